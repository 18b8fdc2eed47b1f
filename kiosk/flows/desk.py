"""The keeper's desk: what those who hold a role do, and whoever helps them. Who may is for the rules to say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.client import Client
from hub.domain.base import BALLOT_STEWARD, LEDGER_KEEPER, MINUTE_TAKER, N_
from kiosk.flows import accounts, lists, meeting, money, opening, paper
from kiosk.flows.told import Told, ask
from kiosk.flows.who import known
from kiosk.page import Button, Icon, Line, Page, Press, Reading, Style, Tile, Tiles
from kiosk.session import Session


def start(session: Session) -> None:
    """Ask for a card, then show the desk."""

    def opened() -> None:
        visit = session.visit

        def asked(client: Client) -> Any:
            return {each["role"]["role"]: each for each in client.read("roles", visit)}

        ask(session, asked, lambda told: Desk(session, told))

    known(session, opened)


class Desk:
    """A tile for each act; below it, whose act it is by role."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """All that can be done here."""
        session = self._session
        return Page(
            session.say(N_("Keeper's desk")),
            Tiles(tuple(self._tiles())),
            back=session.back,
            leave=session.leave,
            name="desk",
        )

    def _tiles(self) -> Iterator[Tile]:
        session = self._session
        yield self._tile(N_("Open a ballot"), BALLOT_STEWARD, Icon.VOTE, lambda: opening.start(session))
        yield self._tile(N_("Post the budget"), LEDGER_KEEPER, Icon.BOOKS, lambda: accounts.post_budget(session))
        yield self._tile(N_("Open a list"), "", Icon.SIGNUP, lambda: lists.start(session))
        yield self._tile(N_("Take minutes"), MINUTE_TAKER, Icon.MINUTES, lambda: meeting.start(session))
        yield self._tile(N_("Write down money"), LEDGER_KEEPER, Icon.MONEY, lambda: money.start(session))
        yield self._tile(N_("Count the tin"), "two", Icon.MONEY, lambda: accounts.count_tin(session))
        yield self._tile(N_("Check the paper"), "", Icon.DESK, lambda: check_paper(session))

    def _tile(self, label: str, role: str, icon: Icon, press: Press) -> Tile:
        return Tile(self._session.say(label), self._whose(role), icon, press=press)

    def _whose(self, role: str) -> str:
        """By whom this is done: the reader, somebody, or anybody while nobody holds the role."""
        say, found = self._session.say, self._told.now.get(role)
        if role == "two":
            return say(N_("Two members"))
        if found is None:
            return say(N_("Any member"))
        if found["mine"]:
            return say(N_("Your role"))
        return say(N_("{role}: {name}"), role=found["title"], name=found["name"] or say(N_("nobody now")))


def check_paper(session: Session) -> None:
    """Ask how the printer is."""
    ask(session, lambda client: client.printer(), lambda told: Printer(session, told))


class Printer:
    """How the printer is, and a test sheet."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """What is wrong with it, and how many sheets wait."""
        session, printer = self._session, self._told.now
        say = session.say
        trouble = printer["trouble"] or say(N_("The printer is ready."))
        waiting = session.count("{n} sheet waits to be printed.", "{n} sheets wait to be printed.", printer["queued"])
        return Page(
            say(N_("Check the paper")),
            Reading((Line(trouble, Style.STRONG), Line(waiting))),
            buttons=(
                Button(say(N_("Look again")), self._told.again),
                Button(say(N_("Print a test sheet")), lambda: paper.start(session, "printer_test"), main=True),
            ),
            back=session.back,
            leave=session.leave,
            name="printer",
        )
