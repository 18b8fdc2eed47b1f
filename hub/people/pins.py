"""PINs: what one may be, how it is hashed, and how long who mistypes waits."""

from __future__ import annotations

import hashlib
import hmac
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher

from hub.domain.base import DAY, HOUR, MINUTE, N_, MemberId, Millis, Refusal
from hub.people.person import Person

SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 8
TRIES: Final = 5
FIRST_PAUSE: Final = Millis(5 * MINUTE)
LONGEST_PAUSE: Final = DAY
"""Five tries, then 5 minutes, 10, 20, ... a day: about 190 of 10,000 PINs in a first month of trying."""


def pi_hasher() -> PasswordHasher:
    """argon2id as a Raspberry Pi 4 bears it: 19 MiB, two passes, one lane.

    The minimum of the OWASP Password Storage Cheat Sheet. Four kiosks at once stay under 80 MiB.
    """
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)


class Pepper:
    """A key drawn from the hub's `secret`, put into every PIN before it is hashed."""

    def __init__(self, secret: bytes) -> None:
        self._key = hashlib.blake2b(secret, person=b"trestle pins").digest()

    def __call__(self, member: MemberId, pin: str) -> bytes:
        """HMAC-SHA-256 first: 4 to 8 digits are few, and argon2 alone only slows who has the file."""
        return hmac.new(self._key, f"{member} {pin}".encode(), "sha256").digest()


def check_form(pin: str) -> None:
    """Raise Refusal for a PIN that is none, or easy to guess."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        message = N_("A PIN is {least} to {most} digits long, only digits.")
        raise Refusal("", message, least=SHORTEST_PIN, most=LONGEST_PIN)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1:
        raise Refusal("", N_("That PIN is too easy to guess. Please mix the digits more."))


def pause(wrong: int) -> Millis:
    """How long the `wrong`-th wrong PIN in a row pauses: 5 minutes at the fifth, then doubling."""
    doublings = min(max(wrong // TRIES - 1, 0), 16)
    return Millis(min(FIRST_PAUSE << doublings, LONGEST_PAUSE))


def wrong(person: Person, now: Millis) -> Refusal:
    """The no to a wrong PIN: how many tries are left, or how long to wait."""
    if person.pin_paused_until is not None:
        return paused(Millis(person.pin_paused_until - now))
    left = TRIES - person.wrong_pins % TRIES
    if left == 1:
        return Refusal("", N_("That PIN is not right. You can try one more time."))
    return Refusal("", N_("That PIN is not right. You can try {left} more times."), left=left)


def paused(left: Millis) -> Refusal:
    """The no while a PIN is not looked at."""
    if left > 2 * HOUR:
        message = N_("Too many wrong PINs. For safety, please wait {hours} hours, then try again.")
        return Refusal("", message, hours=-(-left // HOUR))
    if left > MINUTE:
        message = N_("Too many wrong PINs. For safety, please wait {minutes} minutes, then try again.")
        return Refusal("", message, minutes=-(-left // MINUTE))
    return Refusal("", N_("Too many wrong PINs. For safety, please wait one minute, then try again."))
