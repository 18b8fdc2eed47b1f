"""Choose a day and an hour, by the hub's own clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hub.client import Client
from hub.domain.base import N_, Millis
from kiosk.flows.forms import Number, Pick
from kiosk.page import Row
from kiosk.session import Session

DAYS: Final = 28
"""How many days ahead can be chosen."""
NOON: Final = 12


def when(session: Session, title: str, then: Callable[[Millis], None]) -> None:
    """Ask which day, then at what time."""

    def asked(client: Client) -> int:
        return int(client.status()["now"])

    session.ask(asked, lambda now: session.go(_days(session, title, now, then)))


def _days(session: Session, title: str, now: int, then: Callable[[Millis], None]) -> Pick:
    first = datetime.fromtimestamp(now / 1000, ZoneInfo(session.zone)).replace(hour=NOON, minute=0, tzinfo=None)
    days = [first + timedelta(days=count) for count in range(DAYS)]

    def row(day: datetime) -> Row:
        return Row(
            session.speaker.day(at(day, session.zone)), press=lambda: session.go(_hour(session, title, day, then))
        )

    return Pick(session, title, lambda: [row(day) for day in days], note=N_("Which day?"), name="day")


def _hour(session: Session, title: str, day: datetime, then: Callable[[Millis], None]) -> Number:
    def shown(typed: int) -> str:
        return f"{typed // 100:02}:{typed % 100:02}"

    def next_(typed: int) -> None:
        hour, minute = divmod(typed, 100)
        if hour > 23 or minute > 59:
            session.trouble = session.say(N_("There is no such time. Type 1830 for half past six in the evening."))
            return
        then(at(day.replace(hour=hour, minute=minute), session.zone))

    note = N_("At what time? Type 1830 for half past six in the evening.")
    return Number(session, title, next_, shown, note, name="hour")


def at(local: datetime, zone: str) -> Millis:
    """A moment on the hub's wall, as milliseconds."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return Millis((local.replace(tzinfo=ZoneInfo(zone)) - epoch) // timedelta(milliseconds=1))
