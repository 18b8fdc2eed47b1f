"""The keeper's desk: what those who hold a role do, and whoever helps them. Who may is for the rules to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hub.client import Client
from hub.domain.base import BALLOT_STEWARD, LEDGER_KEEPER, MINUTE_TAKER, N_
from kiosk.flows import accounts, lists, meeting, money, opening, paper
from kiosk.flows.choices import Menu, tile
from kiosk.flows.steps import Act, Read
from kiosk.flows.told import Told, ask
from kiosk.flows.who import known
from kiosk.page import Icon, Line, Privacy, Style, Tile
from kiosk.session import Session


def start(session: Session) -> None:
    """Ask for a card, then show the desk."""

    def opened() -> None:
        def asked(client: Client) -> Any:
            return {each["role"]["role"]: each for each in client.read("roles", session.visit)}

        ask(session, asked, lambda told: _desk(session, told))

    known(session, opened)


def _desk(session: Session, told: Told) -> Menu:
    """A tile for each act; below it, whose act it is."""

    def whose(role: str) -> str:
        """By whom this is done: the reader, somebody, or anybody while nobody holds the role."""
        found = told.now.get(role)
        if found is None:
            return session.say(N_("Any member"))
        if found["mine"]:
            return session.say(N_("Your role"))
        name = found["name"] or session.say(N_("nobody now"))
        return session.say(N_("{role}: {name}"), role=found["title"], name=name)

    def tiles() -> Sequence[Tile]:
        steward, keeper, taker = map(whose, (BALLOT_STEWARD, LEDGER_KEEPER, MINUTE_TAKER))
        anybody, two = session.say(N_("Any member")), session.say(N_("Two members"))
        return [
            tile(session, N_("Open a ballot"), lambda: opening.start(session), steward, Icon.VOTE),
            tile(session, N_("Post the budget"), lambda: accounts.post_budget(session), keeper, Icon.BOOKS),
            tile(session, N_("Open a list"), lambda: lists.start(session), anybody, Icon.SIGNUP),
            tile(session, N_("Take minutes"), lambda: meeting.start(session), taker, Icon.MINUTES),
            tile(session, N_("Write down money"), lambda: money.start(session), keeper, Icon.MONEY),
            tile(session, N_("Count the tin"), lambda: accounts.count_tin(session), two, Icon.MONEY),
            tile(session, N_("Check the paper"), lambda: check_paper(session), anybody, Icon.DESK),
        ]

    return Menu(session, N_("Keeper's desk"), tiles, name="desk")


def check_paper(session: Session) -> None:
    """How the printer is, how many sheets wait, and a test sheet."""

    def show(told: Told) -> Read:
        def lines() -> Sequence[Line]:
            printer = told.now
            trouble = printer["trouble"] or session.say(N_("The printer is ready."))
            waiting = session.count(
                "{n} sheet waits to be printed.", "{n} sheets wait to be printed.", printer["queued"]
            )
            return [Line(trouble, Style.STRONG), Line(waiting)]

        acts = (
            Act(N_("Look again"), told.again),
            Act(N_("Print a test sheet"), lambda: paper.start(session, "printer_test"), main=True),
        )
        return Read(session, N_("Check the paper"), lines, acts, privacy=Privacy.OPEN, name="printer")

    ask(session, lambda client: client.printer(), show)
