"""One person as they are kept: what a name and a contact may be, and until when."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hub.domain.base import N_, Millis, Refusal, Words, plain, title


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept of one person. Moments are Millis; `seen` and `card_issued` are months, "2026-11".

    `card` is the keyed hash of the card number, made out by the log's line `card_place`; `card_shown` says
    whether its holder ever showed it. `pin` is an argon2id hash. `guest_until` is set for who gave a first
    name for one evening.
    """

    name: str
    language: str
    contact: str = ""
    contact_until: int | None = None
    guest_until: int | None = None
    seen: str = ""
    card: str = ""
    card_issued: str = ""
    card_place: int = 0
    card_shown: bool = False
    pin: str = ""
    wrong_pins: int = 0
    pin_paused_until: int | None = None


def readable_name(name: str, language: str) -> str:
    """A name on one line. Raises Refusal for one nobody can read."""
    if not any(unicodedata.category(character)[0] in "LNPS" for character in plain(name)):
        raise Refusal("", N_("Please write a name. A first name or a nickname is fine."))
    return title(Words({language: name}))[language]


def cleaned_contact(contact: str) -> str:
    """A contact on one line, or "". Raises Refusal when it is too long."""
    return title(Words({"en": contact}))["en"] if plain(contact) else ""


def expiry(contact: str, until: Millis | None) -> Millis | None:
    """When a contact expires; None without one. Raises ValueError for a contact without an end."""
    if not cleaned_contact(contact):
        return None
    if until is None:
        raise ValueError("a contact is kept until a moment, never for ever")
    return until


def over(until: int | None, now: Millis) -> bool:
    """Whether a moment, if there is one, has come."""
    return until is not None and until <= now


def month(now: Millis) -> str:
    """The month of a moment, "2026-11"."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=now)).strftime("%Y-%m")
