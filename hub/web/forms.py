"""What forms and addresses hold: days and hours by the hub's own clock, sums of money, small numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask import request

from hub.domain.base import N_, Millis, Refusal

LONGEST_NUMBER: Final = 9
AMOUNT: Final = re.compile(r"(\d{1,12})(?:[.,٫](\d{1,4}))?")
"""A sum as people write it, in the digits of any script."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def numbered(text: str) -> int:
    """A record's number from an address or a form; 0, which no record has, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def to_minor(written: str, exponent: int) -> int | None:
    """A sum in whole minor units: “12.50” and “12,50” are 1250 where there are cents.

    None where it is no sum, or could be read in two ways: “1,000” is a thousand to some, one to others.
    """
    found = AMOUNT.fullmatch(written.strip())
    whole, part = found.groups("") if found else ("", "")
    return int(whole + part.ljust(exponent, "0")) if whole and len(part) <= exponent else None


def amount(field: str, exponent: int, *, below_zero: bool = False) -> int:
    """A sum of money from a form, in minor units. Raises Refusal. `below_zero`: a debt is an answer too."""
    written = request.form.get(field, "").strip()
    owed = below_zero and written[:1] in ("-", "−")
    minor = to_minor(written[1:] if owed else written, exponent)
    if minor is None:
        example = f"12.{'50'.ljust(exponent, '0')[:exponent]}" if exponent else "1250"
        raise Refusal(
            "", N_("Write the sum in digits, such as {example}, without a mark between thousands."), example=example
        )
    return -minor if owed else minor


def day(zone: str, field: str = "day") -> Millis:
    """The beginning of the day a form names, "2026-11-23". Raises Refusal."""
    try:
        return to_millis(datetime.strptime(request.form.get(field, "").strip(), "%Y-%m-%d"), zone)
    except (ValueError, OverflowError):
        raise Refusal("", N_("Choose a day, such as 2026-11-23.")) from None


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
