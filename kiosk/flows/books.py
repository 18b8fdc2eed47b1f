"""Read our books: three big numbers, then what stands behind them; the minutes; the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hub.domain.base import N_
from kiosk.flows import records
from kiosk.flows.choices import Choose, Menu, Option, tile, ways
from kiosk.flows.sheet import opens
from kiosk.flows.steps import Act, Read
from kiosk.flows.told import Told, ask, named
from kiosk.page import Icon, Line, Press, Privacy, Style, Tile
from kiosk.session import Session


def start(session: Session) -> None:
    """Show the big numbers."""
    ask(session, named("book"), lambda told: _numbers(session, told))


def _numbers(session: Session, book: Told) -> Menu:
    """What came in, went out and is there, and the way behind it. Unexplained money stands above them."""
    say = session.say

    def tiles() -> Sequence[Tile]:
        since = say(N_("Since {day}"), day=session.speaker.short_day(book.now["since"]))
        return [
            Tile(say(N_("Came in")), since, figure=book.now["came_in"]),
            Tile(say(N_("Went out")), since, figure=book.now["went_out"]),
            Tile(say(N_("There is")), say(N_("Today")), figure=book.now["there_is"]),
        ]

    acts = (
        Act(N_("Minutes"), lambda: minutes(session)),
        Act(N_("Our rules"), opens(session, "constitution")),
        Act(N_("Look inside"), lambda: session.go(_inside(session, book)), main=True),
    )
    return Menu(
        session,
        N_("Our books"),
        tiles,
        lambda: " ".join(book.now["unexplained"]) or say(N_("All money is explained.")),
        acts,
        name="books",
    )


def _inside(session: Session, book: Told) -> Menu:
    """A tile for each way to look behind the numbers."""

    def tiles() -> Sequence[Tile]:
        return [
            tile(session, N_("The budget"), opens(session, "budget", budget=0), icon=Icon.BOOKS),
            tile(session, N_("Month by month"), lambda: _months(session), icon=Icon.BOOKS),
            tile(session, N_("Posted budgets"), lambda: _posted(session, book), icon=Icon.BOOKS),
            tile(session, N_("Every record"), lambda: records.start(session), icon=Icon.MONEY),
            tile(session, N_("From whom"), lambda: records.partners(session), icon=Icon.MONEY),
        ]

    return Menu(session, N_("Look inside"), tiles, name="books-inside")


def _posted(session: Session, book: Told) -> None:
    """The budgets that were posted, the latest first."""

    def options() -> Sequence[Option[Press]]:
        return list(map(option, book.now["posted"]))

    def option(each: dict[str, Any]) -> Option[Press]:
        since, until = session.speaker.day(each["since"]), session.speaker.day(each["until"])
        title = session.say(N_("Budget {number}"), number=each["number"])
        span = session.say(N_("{since} to {until}"), since=since, until=until)
        return Option(f"{title} · {each['there_is']}", opens(session, "budget", budget=each["number"]), span)

    empty = N_("No budget was posted yet.")
    session.go(ways(session, N_("Posted budgets"), options, empty=empty, privacy=Privacy.OPEN, name="posted"))


def _months(session: Session) -> None:
    """Two sums below each month, the latest month first."""
    say = session.say

    def show(told: Told) -> Read:
        def lines() -> Iterator[Line]:
            for each in told.now:
                yield Line(each["month"], Style.HEADING)
                yield Line(say(N_("Came in")), value=each["came_in"])
                yield Line(say(N_("Went out")), value=each["went_out"])

        def all_lines() -> Sequence[Line]:
            return list(lines()) or [Line(say(records.NOTHING))]

        return Read(session, N_("Month by month"), all_lines, privacy=Privacy.OPEN, name="months")

    ask(session, named("months"), show)


def minutes(session: Session) -> None:
    """The minutes of every meeting, the latest first; what was decided stands first in each."""

    def show(told: Told) -> Choose[Press]:
        def options() -> Iterator[Option[Press]]:
            for each in (*told.now["running"], *told.now["met"]):
                adopted = N_("Adopted") if each["adopted_at"] else N_("Draft")
                state = session.say(adopted if each["closed_at"] else N_("The meeting is still going on."))
                sheet = opens(session, "minutes", assembly=each["number"])
                yield Option(session.speaker.day(each["held"]), sheet, state)

        empty = N_("No meeting was held yet.")
        return ways(session, N_("Minutes"), lambda: list(options()), empty=empty, privacy=Privacy.OPEN, name="minutes")

    ask(session, named("assemblies"), show)
