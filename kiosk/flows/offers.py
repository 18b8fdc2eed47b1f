"""What is on offer: one offer, asking for it, and ending one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hub.domain.base import N_, OfferId
from hub.domain.needs import AskForOffer, WithdrawOffer
from hub.words.kinds import CIRCLES, NEEDS, SOONS
from kiosk.flows import asking
from kiosk.flows.choices import Choose, Option
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Read, finished
from kiosk.flows.who import known
from kiosk.flows.writing import SEND, Write, words
from kiosk.page import Line, Privacy, Style
from kiosk.session import Session
from kiosk.vocabulary import typed

Row = dict[str, Any]


def listed(session: Session, row: Row) -> Option[int]:
    """A need or an offer in a list."""
    text, lang = typed(session.speaker, row["text"])
    what = session.say(NEEDS[row["sort"]])
    detail = f"{what} · {session.say(SOONS[row['soon']])}" if "soon" in row else what
    return Option(text, row["number"], detail, mark=f"{row['number']}.", lang=lang)


def start(session: Session) -> None:
    """All that is on offer, newest first."""
    visit = session.visit

    def show(rows: Sequence[Row]) -> None:
        def options() -> Sequence[Option[int]]:
            return [listed(session, row) for row in rows]

        def chosen(number: int) -> None:
            _open_offer(session, next(row for row in rows if row["number"] == number))

        session.go(
            Choose(
                session,
                N_("On offer"),
                options,
                chosen,
                empty=N_("Nothing is on offer right now. What could you share?"),
                acts=() if rows else (Act(N_("Offer something"), lambda: asking.offer(session), main=True),),
                privacy=Privacy.OPEN,
                name="offers",
            )
        )

    session.ask(lambda client: client.read("offers", visit), show)


def _open_offer(session: Session, row: Row) -> None:
    """One offer: ask for it, or end one's own."""
    number, sending = OfferId(row["number"]), Sending(session)

    def mine() -> bool:
        return session.person is not None and session.person.member == row["by"]

    def lines() -> Sequence[Line]:
        text, lang = typed(session.speaker, row["text"])
        kind, seen = session.say(NEEDS[row["sort"]]), session.say(CIRCLES[row["circle"]])
        about = f"{kind} · {session.say(N_('seen by: {circle}'), circle=seen)}"
        return [Line(text, Style.STRONG, lang=lang), Line(about, Style.SMALL)]

    def acts() -> Sequence[Act]:
        if mine():
            return (Act(N_("End my offer"), end, main=True),)
        return (Act(N_("I would like this"), lambda: known(session, ask), main=True),)

    def end() -> None:
        off = N_("Your offer is off the list.")
        sending.send(WithdrawOffer(number), lambda _: finished(session, N_("Done"), off, name="offer-ended"))

    def ask() -> None:
        if mine():
            return
        title, note = N_("When and where would suit you?"), N_("Only who offers it reads this, with your name.")
        session.go(
            Write(session, title, asked, note=note, optional=True, many=True, next=SEND, skip=SEND, name="offer-where")
        )

    def asked(text: str) -> None:
        done = N_("They will see that you would like this.")
        sending.send(
            AskForOffer(number, words(session, text)),
            lambda _: finished(session, N_("Thank you!"), done, name="offer-asked"),
        )

    def title() -> str:
        return session.say(N_("Offer {number}"), number=row["number"])

    session.go(Read(session, title, lines, acts, privacy=Privacy.OPEN, name="offer"))
