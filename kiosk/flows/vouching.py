"""A member's word: for one who waits, for all of the first evening at once, and two members' for a lost card."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from hub.client import Client, Receipt
from hub.domain.base import N_, MemberId
from hub.domain.membership import OpenEvening, ReissueCard, Vouch
from kiosk.flows.cards import Cards
from kiosk.flows.choices import Choose, Option, Tick
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Read, finished
from kiosk.flows.who import known
from kiosk.page import Line, Style
from kiosk.session import Session

Row = dict[str, Any]
FIRST_TICK: Final = N_("First tick the people you know.")
COUNTS: Final = N_("Your word counts. They belong as soon as enough of us have vouched.")


def start(session: Session) -> None:
    """With a card: who waits, tick whom you know, and say so."""
    known(session, lambda: _asked(session, lambda rows: session.go(_vouch(session, rows, set()))))


def for_one(session: Session, person: str) -> None:
    """The one who just asked, by the member beside them."""

    def show(rows: Sequence[Row]) -> None:
        session.go(_vouch(session, [row for row in rows if row["row"]["member"] == person], {person}))

    known(session, lambda: _asked(session, show))


def _asked(session: Session, then: Callable[[Sequence[Row]], None]) -> None:
    visit = session.visit
    session.ask(lambda client: client.read("asked_to_join", visit)["asked"], then)


def _people(session: Session, rows: Sequence[Row]) -> Sequence[Option[str]]:
    """Who asks to join, since when, and who may not vote yet."""

    def option(row: Row) -> Option[str]:
        when, young = session.speaker.moment(row["row"]["asked_at"]), session.say(N_("not of voting age yet"))
        return Option(row["name"], row["row"]["member"], when if row["row"]["adult"] else f"{when} · {young}")

    return [option(row) for row in rows]


def _vouch(session: Session, rows: Sequence[Row], ticked: set[str]) -> Tick:
    """A member vouches for whom they know."""
    sending = Sending(session)

    def send(members: Sequence[str]) -> None:
        sending.send(Vouch(tuple(map(MemberId, members))), done)

    def done(receipt: Receipt) -> None:
        if receipt.cards:
            _hand_out(session, receipt.cards, rows)
        else:
            finished(session, N_("Thank you!"), COUNTS, name="vouched")

    return Tick(
        session,
        N_("Whom do you know?"),
        lambda: _people(session, rows),
        N_("I vouch for them"),
        send,
        missing=FIRST_TICK,
        ticked=ticked,
        empty=N_("Nobody is asking just now."),
        name="vouch",
    )


def _together(session: Session, rows: Sequence[Row]) -> Tick:
    """The first evening: all who are here, at once."""
    sending = Sending(session)

    def send(members: Sequence[str]) -> None:
        sending.send(
            OpenEvening(tuple(map(MemberId, members))), lambda receipt: _hand_out(session, receipt.cards, rows)
        )

    return Tick(
        session,
        N_("Who is here?"),
        lambda: _people(session, rows),
        N_("We vouch for each other"),
        send,
        missing=FIRST_TICK,
        ticked={row["row"]["member"] for row in rows},
        note=N_("Look around: tick only who is in the room. Whoever is missing can join later."),
        empty=N_("No name is written down yet. Go back and press “I would like to join”."),
        name="evening",
    )


def evening(session: Session, door: Row) -> None:
    """Open the first evening, once enough have written their name."""

    def show(rows: Sequence[Row]) -> None:
        session.go(_together(session, rows))
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
        sending.with_second(ReissueCard(MemberId(row["row"]["member"])), done)

    def done(receipt: Receipt) -> None:
        _hand_out(session, receipt.cards, [row])

    acts = (Act(N_("Now the second member"), send, main=True),)
    session.go(Read(session, N_("A card is lost"), lines, acts, name="lost-sure"))
