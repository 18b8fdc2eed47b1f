"""Choose a day and an hour, by the hub's own clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hub.client import Client
from hub.domain.base import N_, Millis
from kiosk.flows.choices import Choose, Option
from kiosk.flows.writing import Number
from kiosk.session import Session

DAYS: Final = 28
"""How many days ahead can be chosen."""
NOON: Final = 12


def now(client: Client) -> Millis:
    """This moment, by the hub's clock."""
    return Millis(client.status()["now"])


def when(session: Session, title: str, then: Callable[[Millis], None]) -> None:
    """Ask which day, then at what time."""
    session.ask(now, lambda today: session.go(_days(session, title, today, then)))


def _days(session: Session, title: str, today: Millis, then: Callable[[Millis], None]) -> Choose[datetime]:
    first = datetime.fromtimestamp(today / 1000, ZoneInfo(session.zone)).replace(hour=NOON, minute=0, tzinfo=None)
    days = [first + timedelta(days=count) for count in range(DAYS)]

    def options() -> Sequence[Option[datetime]]:
        return [Option(session.speaker.short_day(at(day, session.zone)), day) for day in days]

    def chosen(day: datetime) -> None:
        session.go(_hour(session, title, day, then))

    return Choose(session, title, options, chosen, note=N_("Which day?"), name="day")


def _hour(session: Session, title: str, day: datetime, then: Callable[[Millis], None]) -> Number:
    def shown(typed: int) -> str:
        return f"{typed // 100:02}:{typed % 100:02}"

    def timed(typed: int) -> None:
        hour, minute = divmod(typed, 100)
        if hour > 23 or minute > 59:
            session.trouble = session.say(N_("There is no such time. Type 1830 for half past six in the evening."))
            return
        then(at(day.replace(hour=hour, minute=minute), session.zone))

    note = N_("At what time? Type 1830 for half past six in the evening.")
    return Number(session, title, timed, shown, note, name="hour")


def at(local: datetime, zone: str) -> Millis:
    """A moment on the hub's wall, as milliseconds."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return Millis((local.replace(tzinfo=ZoneInfo(zone)) - epoch) // timedelta(milliseconds=1))
