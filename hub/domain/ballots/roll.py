"""The roll of a secret ballot: who may vote, sorted once, and marks on it as bits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from hub.domain.base import MemberId


def roll_hash(roll: Iterable[MemberId]) -> str:
    """SHA-256 of the sorted ids, joined by line feeds."""
    return hashlib.sha256("\n".join(sorted(roll)).encode()).hexdigest()


def bitmap(struck: Iterable[bool]) -> str:
    """The struck roll as hexadecimal digits, the first line of the roll in the highest bit."""
    bits = "".join("1" if each else "0" for each in struck)
    width = -(-len(bits) // 8) * 8
    return int("0" + bits.ljust(width, "0"), 2).to_bytes(width // 8, "big").hex()


def marked(struck: str) -> tuple[int, ...]:
    """The places on the roll, from 0, that a bitmap strikes. Raises ValueError when it is none."""
    bits = "".join(f"{byte:08b}" for byte in bytes.fromhex(struck))
    return tuple(place for place, bit in enumerate(bits) if bit == "1")
