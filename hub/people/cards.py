"""Cards: a number to type or scan, known here by its keyed hash alone."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Final

from hub.domain.base import MemberId

CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 without i, l, o and u (Douglas Crockford, crockford.com/base32.html): hard to misread."""
SYMBOLS: Final = 12
"""Of an id and of a card number: 12 x 5 = 60 random bits."""


class Cards:
    """Whose card is whose, by keyed BLAKE2b under a key drawn from the hub's `secret`.

    A slow hash is for secrets people choose: 60 random bits leave nothing to guess, and without the
    hub's secret nothing to test a guess against.
    """

    def __init__(self, secret: bytes) -> None:
        self._key = hashlib.blake2b(secret, person=b"trestle cards").digest()
        self._holders: dict[str, MemberId] = {}

    def follow(self, held: Iterable[tuple[str, MemberId]]) -> None:
        """Know these cards, by their hashes, and no others."""
        self._holders = dict(held)

    def holder(self, card: str) -> MemberId | None:
        """Whose card this is, however it was typed; None when nobody's."""
        number = _number(card)
        return self._holders.get(self.hash(number)) if number else None

    def hash(self, number: str) -> str:
        """What is kept of a card number: 64 hexadecimal digits."""
        return hashlib.blake2b(number.encode(), key=self._key, digest_size=32).hexdigest()


def symbols(content: bytes) -> str:
    """Random bytes as symbols that are hard to misread, one for each byte."""
    return "".join(CROCKFORD[byte & 31] for byte in content)


def shown(number: str) -> str:
    """A card number as it is printed: XXXX-XXXX-XXXX."""
    return "-".join(number[at : at + 4] for at in range(0, SYMBOLS, 4)).upper()


def _number(card: str) -> str:
    """The 12 symbols a person meant, or "". Spaces and dashes go; o is 0, i and l are 1."""
    folded = unicodedata.normalize("NFKC", card).lower().translate(str.maketrans("oil", "011"))
    number = "".join(character for character in folded if character in CROCKFORD)
    stray = any(character.isalnum() and character not in CROCKFORD for character in folded)
    return number if len(number) == SYMBOLS and not stray else ""
