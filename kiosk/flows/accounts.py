"""Keep the book: two members count the tin; the budget is posted and printed for the wall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hub.client import Client
from hub.domain.base import N_, TransactionId
from hub.domain.ledger import CountTin, PostBudget
from kiosk import reading
from kiosk.flows import paper
from kiosk.flows.money import choices, how_to_type, in_words, to_the_books
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, finished, last_look
from kiosk.flows.told import named
from kiosk.flows.writing import ROOM_READS, Number
from kiosk.page import Line, Style
from kiosk.session import Session


def count_tin(session: Session) -> None:
    """Two members count what lies in the tin."""

    def show(found: dict[str, Any]) -> None:
        session.go(
            Number(
                session,
                N_("How much lies in the tin?"),
                lambda minor: _counted(session, found, minor),
                lambda minor: in_words(session, found, minor),
                how_to_type(found),
                name="tin-sum",
            )
        )

    session.ask(choices, show)


def _counted(session: Session, found: dict[str, Any], minor: int) -> None:
    sending = Sending(session)

    def lines() -> Sequence[Line]:
        sum_ = Line(session.say(N_("In the tin")), Style.STRONG, value=in_words(session, found, minor))
        return [sum_, Line(session.say(N_("Both of you counted, and both of you show your card.")))]

    def send() -> None:
        sending.with_second(CountTin(minor), lambda _: session.ask(named("records"), done))

    def done(records: Sequence[dict[str, Any]]) -> None:
        difference = str(records[0]["difference"])
        finished(session, N_("It is in the book"), lambda: difference, acts=(to_the_books(session),), name="tin-done")

    session.go(last_look(session, lines, N_("We counted it"), send, note=ROOM_READS, name="tin-review"))


def post_budget(session: Session) -> None:
    """Read the budget so far, post it, and print it for the wall."""
    sending = Sending(session)

    def asked(client: Client) -> Any:
        return {"upto": client.read("book")["upto"], "blocks": client.document("budget", budget=0)["blocks"]}

    def show(found: dict[str, Any]) -> None:
        def lines() -> Sequence[Line]:
            return reading.lines(found["blocks"])

        def send() -> None:
            sending.signed(PostBudget(TransactionId(found["upto"])), lambda _: session.ask(named("book"), posted))

        title, note = N_("The budget so far"), N_("Everybody here will read it. Once posted it stays as it is.")
        session.go(last_look(session, lines, N_("Post it"), send, title=title, note=note, name="budget-review"))

    def posted(book: dict[str, Any]) -> None:
        number = int(book["posted"][0]["number"])
        on_paper = Act(N_("Print the budget"), lambda: paper.start(session, "budget", budget=number))
        told = N_("Print it and hang it on the wall.")
        finished(session, N_("The budget is posted"), told, acts=(on_paper,), name="budget-posted")

    session.ask(asked, show)
