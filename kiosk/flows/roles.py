"""Roles: who holds what until when, who learns it; take it, learn it, lay it down, ask for a recall."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hub.client import Client, Receipt
from hub.domain.base import N_, Command, MemberId, RoleName
from hub.domain.roles import (
    ConfirmTrained,
    Learn,
    PetitionRecall,
    StepDown,
    StopLearning,
    TakeRole,
    UnsignRecall,
)
from kiosk.flows import sheet
from kiosk.flows.forms import LONGEST, Pick, Signing, finished, last_look, words
from kiosk.flows.steps import Write
from kiosk.flows.told import Told, ask
from kiosk.flows.who import known
from kiosk.page import Button, Line, Page, Press, Reading, Row, Rows, Style
from kiosk.session import Session
from kiosk.vocabulary import typed

REASON_READERS = N_("Members will read it, with your name. Who holds the role will, too.")


def start(session: Session) -> None:
    """Show every role."""

    def asked(client: Client) -> object:
        return client.read("roles", session.visit)

    ask(session, asked, lambda told: Roles(session, told))


class Roles:
    """Every role, who holds it and until when."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """A row for each; a gap says so."""
        session = self._session
        return Page(
            session.say(N_("Who does what")),
            Rows(tuple(map(self._row, self._told.now))),
            buttons=(Button(session.say(N_("Print the list")), lambda: sheet.start(session, "roles")),),
            back=session.back,
            leave=session.leave,
            name="roles",
        )

    def _row(self, found: dict[str, Any]) -> Row:
        session = self._session
        who = found["name"] or session.say(N_("Nobody holds this role."))
        notes = " · ".join((who, *found["notes"][:1])) if found["name"] else who
        role = found["role"]["role"]
        return Row(found["title"], notes, press=lambda: session.go(Role(session, self._told, role)))


class Role:
    """One role. Without a card it is only read; with one, there are acts that fit the person."""

    def __init__(self, session: Session, told: Told, role: str) -> None:
        self._session, self._told, self._role = session, told, RoleName(role)
        self._signing = Signing(session)

    @property
    def _found(self) -> dict[str, Any] | None:
        return next((each for each in self._told.now if each["role"]["role"] == self._role), None)

    def page(self) -> Page:
        """What it is for, who holds it, what is asked of it."""
        session, found = self._session, self._found
        say = session.say
        if found is None:
            lines = (Line(say(N_("This role is closed."))),)
            return Page(say(N_("Roles")), Reading(lines), back=session.back, leave=session.leave, name="role")
        acts = Button(say(N_("What can I do?")), self._acts, main=True)
        return Page(
            found["title"],
            Reading(tuple(self._lines(found))),
            buttons=(acts,),
            back=session.back,
            leave=session.leave,
            name="role",
        )

    def _lines(self, found: dict[str, Any]) -> Iterator[Line]:
        session = self._session
        say = session.say
        yield Line(found["task"])
        yield Line(found["name"] or say(N_("Nobody holds this role.")), Style.STRONG)
        yield from map(Line, found["notes"])
        if found["learners"]:
            names = ", ".join(each["name"] for each in found["learners"])
            yield Line(say(N_("Learning it: {names}"), names=names))
        petition = found["role"]["petition"]
        if petition:
            yield Line(say(N_("A recall is asked for")), Style.HEADING)
            text, lang = typed(session.speaker, petition["reason"])
            yield Line(text, lang=lang)
            signed = say(N_("{signed} of {needed} names"), signed=petition["signed"], needed=found["needed"])
            yield Line(signed)

    def _acts(self) -> None:
        """What fits this person is known once they showed their card."""
        known(self._session, self._look_again)

    def _look_again(self) -> None:
        session, visit = self._session, self._session.visit

        def asked(client: Client) -> object:
            return client.read("roles", visit)

        def show(told: Told) -> Pick:
            self._told = told
            return Pick(session, N_("What would you like to do?"), lambda: list(self._rows()), name="role-acts")

        ask(session, asked, show)

    def _rows(self) -> Iterator[Row]:
        found, role = self._found, self._role
        if found is None:
            return
        if found["mine"]:
            yield self._act(N_("I lay it down today"), StepDown(role), N_("You have laid it down. Thank you!"))
            for each in found["learners"]:
                yield self._trained(each)
            return
        if not found["name"] and found["forming"]:
            said = N_("It is yours for now. Thank you! The next meeting confirms it.")
            yield self._act(N_("I take it for now"), TakeRole(role), said)
        if found["learns"] or found["can"]:
            yield self._act(
                N_("I am not learning it any more"), StopLearning(role), N_("You are not learning it any more.")
            )
        else:
            said = N_("Good! Now ask who holds it to show you.")
            yield self._act(N_("I want to learn it"), Learn(role), said)
        if found["name"]:
            yield from self._recall(found)

    def _act(self, label: str, command: Command, said: str) -> Row:
        return Row(self._session.say(label), press=lambda: self._sure(label, command, said))

    def _trained(self, learner: dict[str, Any]) -> Row:
        session, command = self._session, ConfirmTrained(self._role, MemberId(learner["member"]))
        label = session.say(N_("{name} can do it now"), name=learner["name"])
        said = N_("Thank you for teaching them!")
        return Row(label, press=lambda: self._signing.send(command, self._done(said)))

    def _sure(self, label: str, command: Command, said: str) -> None:
        """Look once more: title, who sees it, send."""
        session = self._session

        def lines() -> list[Line]:
            return [Line(self._found["title"] if self._found else "", Style.STRONG)]

        session.go(
            last_look(
                session,
                label,
                lines,
                N_("Yes"),
                lambda: self._signing.send(command, self._done(said)),
                note=N_("Members will see it."),
                name="role-review",
            )
        )

    def _done(self, said: str) -> Callable[[Receipt], None]:
        session = self._session
        more: list[tuple[str, Press]] = [(N_("See the roles"), lambda: start(session))]

        def done(_: Receipt) -> None:
            finished(session, N_("Done"), lambda: [Line(session.say(said))], more)

        return done

    def _recall(self, found: dict[str, Any]) -> Iterator[Row]:
        say = self._session.say
        if found["signed"]:
            yield self._act(N_("Take my name off the recall"), UnsignRecall(self._role), N_("Your name is off it."))
        elif found["role"]["petition"]:
            yield self._act(N_("Sign the recall, with my name"), PetitionRecall(self._role), N_("Your name is on it."))
        else:
            yield Row(say(N_("Ask for a recall")), press=self._ask_for_recall)

    def _ask_for_recall(self) -> None:
        session = self._session

        def review(reason: str) -> None:
            command = PetitionRecall(self._role, words(session, reason))

            def lines() -> list[Line]:
                title = self._found["title"] if self._found else ""
                return [Line(title, Style.STRONG), Line(reason)]

            session.go(
                last_look(
                    session,
                    N_("Ask for a recall"),
                    lines,
                    N_("Send it"),
                    lambda: self._signing.send(command, self._done(N_("Your name is on it."))),
                    note=REASON_READERS,
                    name="recall-review",
                )
            )

        session.go(
            Write(session, N_("Why?"), review, note=REASON_READERS, name="recall-reason", many=True, most=LONGEST)
        )
