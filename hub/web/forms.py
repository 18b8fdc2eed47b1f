"""What forms and addresses hold: days and hours by the hub's own clock, and small numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask import request

from hub.domain.base import N_, Millis, Refusal

LONGEST_NUMBER: Final = 9
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def numbered(text: str) -> int:
    """A record's number from an address or a form; 0, which no record has, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def moment(zone: str, day: str = "day", hour: str = "hour") -> Millis:
    """The moment a form's two fields name, "2026-11-23" and "19:00". Raises Refusal."""
    written = f"{request.form.get(day, '').strip()}T{request.form.get(hour, '').strip() or '00:00'}"
    try:
        return to_millis(datetime.strptime(written, "%Y-%m-%dT%H:%M"), zone)
    except (ValueError, OverflowError):
        raise Refusal("", N_("Choose a day and an hour, such as 2026-11-23 and 19:00.")) from None


def optional_moment(zone: str, day: str = "day", hour: str = "hour") -> Millis | None:
    """Like `moment`; None where no day was chosen."""
    return moment(zone, day, hour) if request.form.get(day, "").strip() else None


def to_millis(local: datetime, zone: str) -> Millis:
    """A moment on the hub's wall, as milliseconds. Of an hour that comes twice, the first."""
    return Millis((local.replace(tzinfo=ZoneInfo(zone)) - _EPOCH) // timedelta(milliseconds=1))


def day_and_hour(moment: Millis, zone: str) -> tuple[str, str]:
    """A moment as the two fields of a form hold it."""
    local = (_EPOCH + timedelta(milliseconds=moment)).astimezone(ZoneInfo(zone))
    return local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
