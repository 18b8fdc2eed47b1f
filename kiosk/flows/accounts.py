"""Keep the book: two members count the tin; the budget is posted and printed for the wall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hub.client import Client, Receipt
from hub.domain.base import N_, TransactionId
from hub.domain.ledger import CountTin, PostBudget
from kiosk import reading
from kiosk.flows import paper
from kiosk.flows.forms import ROOM_READS, Number, Signing, finished, last_look
from kiosk.flows.money import choices, how_to_type, money
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
                lambda minor: money(session, found, minor),
                how_to_type(found),
                name="tin-sum",
            )
        )

    session.ask(choices, show)


def _counted(session: Session, found: dict[str, Any], minor: int) -> None:
    signing, command = Signing(session), CountTin(minor)

    def done(_: Receipt) -> None:
        session.ask(lambda client: client.read("records"), told)

    def told(records: Sequence[dict[str, Any]]) -> None:
        difference = records[0]["difference"]
        finished(session, N_("It is in the book"), lambda: [Line(difference)], name="tin-done")

    def lines() -> Sequence[Line]:
        sum_ = Line(session.say(N_("In the tin")), Style.STRONG, value=money(session, found, minor))
        return [sum_, Line(session.say(N_("Both of you counted, and both of you show your card.")))]

    session.go(
        last_look(
            session,
            N_("Is this right?"),
            lines,
            N_("We counted it"),
            lambda: signing.with_second(command, done),
            note=ROOM_READS,
            name="tin-review",
        )
    )


def post_budget(session: Session) -> None:
    """Read the budget so far, post it, and print it for the wall."""
    signing = Signing(session)

    def asked(client: Client) -> Any:
        return {"upto": client.read("book")["upto"], "blocks": client.document("budget", budget=0)["blocks"]}

    def show(found: dict[str, Any]) -> None:
        command = PostBudget(TransactionId(found["upto"]))
        session.go(
            last_look(
                session,
                N_("The budget so far"),
                lambda: reading.lines(found["blocks"]),
                N_("Post it"),
                lambda: signing.send(command, done),
                note=N_("Everybody here will read it. Once posted it stays as it is."),
                name="budget-review",
            )
        )

    def done(_: Receipt) -> None:
        session.ask(lambda client: client.read("book")["posted"][0]["number"], posted)

    def posted(number: int) -> None:
        said = N_("Print it and hang it on the wall.")
        on_paper = (N_("Print the budget"), lambda: paper.start(session, "budget", budget=number))
        finished(session, N_("The budget is posted"), lambda: [Line(session.say(said))], [on_paper], "budget-posted")

    session.ask(asked, show)
