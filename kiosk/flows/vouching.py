"""A member's word: for one who waits, for all of the first evening at once, and two members' for a lost card."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from hub.client import Client, Receipt
from hub.domain.base import N_, MemberId
from hub.domain.membership import OpenEvening, ReissueCard, Vouch
from kiosk.flows.cards import Cards
from kiosk.flows.steps import Act, Choose, Option, Read, Sending, told
from kiosk.flows.who import known, second
from kiosk.page import Button, Line, Page, Press, Privacy, Rows, Style
from kiosk.page import Row as Shown
from kiosk.session import Session

Row = dict[str, Any]
COUNTS: Final = N_("Your word counts. They belong as soon as enough of us have vouched.")


def start(session: Session) -> None:
    """With a card: who waits, tick whom you know, and say so."""
    known(session, lambda: _asked(session, lambda rows: session.go(Vouching(session, rows))))


def for_one(session: Session, person: str) -> None:
    """The one who just asked, by the member beside them."""

    def show(rows: Sequence[Row]) -> None:
        session.go(Vouching(session, [row for row in rows if row["row"]["member"] == person], {person}))

    known(session, lambda: _asked(session, show))


def _asked(session: Session, then: Callable[[Sequence[Row]], None]) -> None:
    visit = session.visit
    session.ask(lambda client: client.read("asked_to_join", visit)["asked"], then)


class Ticking:
    """People to tick, and one button for all who are ticked."""

    title = ""
    label = ""
    name = ""
    note = ""
    empty = N_("Nobody is asking just now.")

    def __init__(self, session: Session, rows: Sequence[Row], ticked: set[str] | None = None) -> None:
        self._session, self._rows, self._ticked = session, rows, ticked or set()
        self._sending = Sending(session)

    def page(self) -> Page:
        """A row each, with a tick before whoever is chosen."""
        session, say = self._session, self._session.say
        rows = tuple(
            Shown(
                row["name"],
                self._detail(row["row"]),
                chosen=row["row"]["member"] in self._ticked,
                press=self._toggling(row["row"]["member"]),
            )
            for row in self._rows
        )
        return Page(
            say(self.title),
            Rows(rows, say(self.empty)),
            note=say(self.note) if self.note else "",
            buttons=(Button(say(self.label), self._send, main=True),) if rows else (),
            back=session.back,
            leave=session.leave,
            privacy=Privacy.PERSONAL,
            name=self.name,
        )

    def _detail(self, row: Row) -> str:
        when = self._session.speaker.moment(row["asked_at"])
        young = self._session.say(N_("not of voting age yet"))
        return when if row["adult"] else f"{when} · {young}"

    def _toggling(self, member: str) -> Press:
        def toggle() -> None:
            self._ticked ^= {member}
            self._session.trouble = ""

        return toggle

    def _chosen(self) -> tuple[MemberId, ...]:
        return tuple(MemberId(row["row"]["member"]) for row in self._rows if row["row"]["member"] in self._ticked)

    def _send(self) -> None:
        if not self._ticked:
            self._session.trouble = self._session.say(N_("First tick the people you know."))
            return
        self._submit()

    def _submit(self) -> None:
        raise NotImplementedError


class Vouching(Ticking):
    """A member vouches for whom they know."""

    title = N_("Whom do you know?")
    label = N_("I vouch for them")
    name = "vouch"

    def _submit(self) -> None:
        self._sending.send(Vouch(self._chosen()), self._done)

    def _done(self, receipt: Receipt) -> None:
        if receipt.cards:
            _hand_out(self._session, receipt.cards, self._rows)
        else:
            told(self._session, N_("Thank you!"), COUNTS, name="vouched")


class Evening(Ticking):
    """The first evening: all who are here, at once."""

    title = N_("Who is here?")
    label = N_("We vouch for each other")
    name = "evening"
    note = N_("Look around: tick only who is in the room. Whoever is missing can join later.")
    empty = N_("No name is written down yet. Go back and press “I would like to join”.")

    def _submit(self) -> None:
        self._sending.send(
            OpenEvening(self._chosen()), lambda receipt: _hand_out(self._session, receipt.cards, self._rows)
        )


def evening(session: Session, door: Row) -> None:
    """Open the first evening, once enough have written their name."""

    def show(rows: Sequence[Row]) -> None:
        session.go(Evening(session, rows, {row["row"]["member"] for row in rows}))
        if len(rows) < door["first"]:
            session.trouble = session.say(
                N_("A hub begins with {first} people of voting age who vouch for each other."), first=door["first"]
            )

    _asked(session, show)


def _hand_out(session: Session, cards: Mapping[str, str], rows: Sequence[Row]) -> None:
    names = {row["row"]["member"]: row["name"] for row in rows}
    session.finish(Cards(session, [(member, names.get(member, ""), code) for member, code in cards.items()]))


# A lost card


def lost(session: Session) -> None:
    """Two members make out a new card for a third; the old one stops working."""

    def members(client: Client) -> Sequence[Row]:
        found: Sequence[Row] = client.read("members", session.visit)["members"]
        return found

    def show(rows: Sequence[Row]) -> None:
        def options() -> Sequence[Option[Row]]:
            others = [row for row in rows if session.person and row["row"]["member"] != session.person.member]
            return [Option(row["name"], row) for row in others]

        session.go(
            Choose(
                session,
                N_("Who needs a new card?"),
                options,
                lambda row: _sure(session, row),
                note=N_("Two other members do this, not the person it is about."),
                name="lost-who",
            )
        )

    known(session, lambda: session.ask(members, show))


def _sure(session: Session, row: Row) -> None:
    sending = Sending(session)

    def lines() -> Sequence[Line]:
        say = session.say
        return [
            Line(say(N_("A new card for {name}"), name=row["name"]), Style.STRONG),
            Line(say(N_("The old one stops working, and the PIN is chosen again."))),
            Line(say(N_("Have {name} beside you: the code is shown once."), name=row["name"])),
        ]

    def send() -> None:
        command = ReissueCard(MemberId(row["row"]["member"]))
        sending.send(command, done, with_second=True)

    def done(receipt: Receipt) -> None:
        other, session.second = session.second, None
        if other is not None:
            session.look(lambda client: client.leave(other.visit), lambda _: None)
        _hand_out(session, receipt.cards, [row])

    acts = (Act(N_("Now the second member"), lambda: second(session, send), main=True),)
    session.go(Read(session, N_("A card is lost"), lines, acts, name="lost-sure"))
