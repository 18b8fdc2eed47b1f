"""Who is at the screen or on the phone just now: visits, pairings, and the form's own secret.

All in memory: a restart ends every visit. A visit's secret is its cookie (a phone) or its token (the
kiosk), good at the door it began at and no other. A phone pairs by a one-time code shown at the kiosk and
never rises above CARD (life.md, 4). Who left, or whose card was made out anew, is nobody from then on.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from hub.domain.base import MINUTE, MemberId, Millis, Tier
from hub.domain.house import Person
from hub.web.access import Door

PHONE: Final = Millis(30 * MINUTE)
KIOSK: Final = Millis(60 * MINUTE)
"""As long as somebody may write minutes; the kiosk itself ends a visit soon after nobody touches it."""
PAIRING: Final = Millis(2 * MINUTE)
MOST: Final = 500
"""Visits remembered at once; the oldest goes first."""
_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with a card, until a moment. `cards` is how many were made out to them by then."""

    person: Person
    until: Millis
    door: Door
    cards: int | None


Cards = Callable[[MemberId], int | None]
"""How many cards were ever made out to a member; None for who belongs no longer."""


class Visits:
    """Visits and pairings of one running hub. Thread-safe."""

    def __init__(self, random_bytes: Callable[[int], bytes], clock: Callable[[], Millis], cards: Cards) -> None:
        self._random = random_bytes
        self._clock = clock
        self._cards = cards
        self._key = random_bytes(32)
        self._lock = threading.Lock()
        self._visits: dict[str, Visit] = {}
        self._pairings: dict[str, Visit] = {}

    def secret(self) -> str:
        """A fresh secret for a cookie or a token, 128 bits."""
        return self._random(16).hex()

    def begin(self, person: Person, length: Millis, door: Door = Door.HALL) -> str:
        """Begin a visit at a door. Returns its secret."""
        with self._lock:
            secret = self.secret()
            self._visits[secret] = self._visit(person, length, door)
            while len(self._visits) > MOST:
                del self._visits[next(iter(self._visits))]
            return secret

    def _visit(self, person: Person, length: Millis, door: Door) -> Visit:
        return Visit(person, Millis(self._clock() + length), door, self._cards_of(person))

    def _cards_of(self, person: Person) -> int | None:
        return self._cards(person.member) if person.member is not None else None

    def person(self, secret: str, door: Door = Door.HALL) -> Person:
        """Who that visit is, at this door; nobody once it is over."""
        with self._lock:
            visit = self._visits.get(secret)
            if visit is None or visit.door is not door:
                return Person()
            if self._is_over(visit):
                del self._visits[secret]
                return Person()
            return visit.person

    def _is_over(self, visit: Visit) -> bool:
        now = self._cards_of(visit.person)
        return visit.until <= self._clock() or now is None or now != visit.cards

    def end(self, secret: str) -> None:
        """End a visit at once."""
        with self._lock:
            self._visits.pop(secret, None)

    def offer_pairing(self, person: Person) -> str:
        """A one-time code that lets a phone be this person, as far as a card goes, for two minutes."""
        with self._lock:
            self._pairings = {code: each for code, each in self._pairings.items() if not self._is_over(each)}
            code = "".join(_LETTERS[byte % len(_LETTERS)] for byte in self._random(10))
            lowered = replace(person, tier=min(person.tier, Tier.CARD))
            self._pairings[code] = self._visit(lowered, PAIRING, Door.HALL)
            return code

    def pair(self, code: str) -> str | None:
        """Turn a pairing code into a visit, once. None when it was used or is too old."""
        with self._lock:
            offered = self._pairings.pop(code, None)
            if offered is None or self._is_over(offered):
                return None
        return self.begin(offered.person, PHONE)

    def form_secret(self, cookie: str) -> str:
        """What a form sent by this visitor must hold, so that no other site can send it for them."""
        return hmac.new(self._key, cookie.encode(), "sha256").hexdigest()

    def form_is_ours(self, cookie: str, sent: str) -> bool:
        """Whether a form was written by us for this visitor."""
        return bool(cookie) and hmac.compare_digest(self.form_secret(cookie).encode(), sent.encode())
