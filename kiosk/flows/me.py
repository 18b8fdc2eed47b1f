"""About me: my phone, my PIN, my name, how to reach me, and leaving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hub.client import Client
from hub.domain.base import N_, MemberId, Tier
from hub.domain.membership import Forget, Leave
from kiosk.flows.choices import Choose, Option, labelled
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Read, finished
from kiosk.flows.who import NewPin, known
from kiosk.flows.writing import Write
from kiosk.page import Button, Code, Line, Page, Privacy, Style
from kiosk.session import Session

THINGS: Final = {
    "phone": N_("Use my phone"),
    "pin": N_("Change my PIN"),
    "name": N_("My name"),
    "contact": N_("How to reach me"),
    "leave": N_("Leave this hub for good"),
}


def start(session: Session) -> None:
    """What can be changed of oneself, with a card."""

    def chosen(thing: str) -> None:
        steps = {"phone": _phone, "pin": _pin, "name": _name, "contact": _contact, "leave": _leaving}
        steps[thing](session)

    def show() -> None:
        def options() -> Sequence[Option[str]]:
            return labelled(session, THINGS)

        session.go(Choose(session, N_("About me"), options, chosen, name="me"))

    known(session, show)


def _phone(session: Session) -> None:
    visit = session.visit
    session.ask(lambda client: client.offer_pairing(visit), lambda path: session.go(Pairing(session, path)))


class Pairing:
    """The code that makes a phone this person's for half an hour. It works once, for two minutes."""

    def __init__(self, session: Session, path: str) -> None:
        self._session, self._address = session, session.hall + path

    def page(self) -> Page:
        """The code, and what to do with it."""
        session, say = self._session, self._session.say
        lines = (
            Line(say(N_("Hold your phone's camera over this code.")), Style.STRONG),
            Line(say(N_("It works once, for two minutes, on the Wi-Fi of this house."))),
            Line(say(N_("Your phone is then you for half an hour. It never asks for your PIN."))),
            Line(self._address, Style.SMALL),
        )
        return Page(
            say(N_("Use my phone")),
            Code(self._address, lines),
            buttons=(Button(say(N_("Done")), session.home, main=True),),
            back=session.back,
            leave=session.leave,
            privacy=Privacy.PERSONAL,
            name="pairing",
        )


def _pin(session: Session) -> None:
    """The PIN there is, then a new one twice; who had none chose one on the way here."""
    had_one = session.person is not None and session.person.has_pin

    def arrived() -> None:
        assert session.person is not None
        if had_one:
            session.go(NewPin(session, session.card, session.person, changed, Privacy.PERSONAL))
        else:
            changed(session.person)

    def changed(shown: Any) -> None:
        session.welcome(shown, session.card)
        finished(session, N_("Your PIN is changed"), N_("From now on the new one counts."), name="pin-changed")

    known(session, arrived, Tier.PIN)


def _me(client: Client, visit: str) -> dict[str, Any]:
    found: dict[str, Any] = client.read("me", visit)
    return found


def _name(session: Session) -> None:
    def show(kept: dict[str, Any]) -> None:
        session.go(
            Write(
                session,
                N_("What shall we call you?"),
                keep,
                note=N_("Members see it. Paper that was printed still shows the old name."),
                text=kept["name"],
                is_name=True,
                next=N_("Change it"),
                name="my-name",
            )
        )

    def keep(name: str) -> None:
        session.ask(
            lambda client: client.keep(session.visit, name=name),
            lambda _: finished(session, N_("Changed."), lambda: name, name="my-name-changed"),
        )

    session.ask(lambda client: _me(client, session.visit), show)


def _contact(session: Session) -> None:
    def show(kept: dict[str, Any]) -> None:
        session.go(
            Write(
                session,
                N_("How can we reach you?"),
                keep,
                hint=N_("A phone number, a door, or where you often are"),
                note=N_("Only who helps you or whom you help sees it, if both agree."),
                text=kept["contact"],
                optional=True,
                next=N_("Keep it for a year"),
                skip=N_("Keep nothing"),
                name="my-contact",
            )
        )

    def keep(contact: str) -> None:
        said = N_("It is kept for a year, unless you take it back.")
        none = N_("Nobody can see here how to reach you.")
        session.ask(
            lambda client: client.keep(session.visit, contact=contact),
            lambda _: finished(session, N_("Changed."), said if contact else none, name="my-contact-changed"),
        )

    session.ask(lambda client: _me(client, session.visit), show)


# Leaving for good


def _leaving(session: Session) -> None:
    sending = Sending(session)

    def lines() -> Sequence[Line]:
        say = session.say
        return [
            Line(say(N_("Your card stops working, and your roles are free for others.")), Style.STRONG),
            Line(say(N_("What was written down stays. In it you are random letters."))),
            Line(say(N_("You can have your name erased too, for ever."))),
        ]

    def acts() -> Sequence[Act]:
        return (
            Act(N_("Leave and erase my name"), lambda: known(session, erase, Tier.PIN)),
            Act(N_("Leave for good"), lambda: known(session, go, Tier.PIN), main=True),
        )

    def go() -> None:
        sending.send(Leave(), lambda _: session.leave(session.say(N_("You have left. Come back whenever you like."))))

    def erase() -> None:
        assert session.person is not None
        forget = Forget(MemberId(session.person.member))
        sending.send(forget, lambda _: session.leave(session.say(N_("You have left, and your name is erased."))))

    session.go(Read(session, N_("Leave this hub for good"), lines, acts, name="leaving"))
