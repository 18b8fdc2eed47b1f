"""A barcode scanner is a keyboard that types fast and ends with Enter; its keys are read by their place.

By the key's place and not by what is printed on it: scanners speak as an American keyboard, whatever the hall's is
(USB HID usage tables, page 7, the same numbers as SDL's scancodes).
"""

from __future__ import annotations

from typing import Final

FASTEST_HAND: Final = 0.05
"""Seconds between two keys of a scanner, at most; nobody types faster for long."""
SHORTEST, LONGEST = 6, 64
"""Letters of a code."""
ENTER: Final = (40, 88)
SHIFTS: Final = (225, 229)
KEYS: Final = (
    {4 + i: letter for i, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    | {30 + i: digit for i, digit in enumerate("1234567890")}
    | {45: "-"}
)


class Scanner:
    """Tells a burst of keys from a hand; seconds come from outside."""

    def __init__(self) -> None:
        self._letters = ""
        self._last = -1e9
        self.keys = 0
        """How many keys the burst under way has so far, those that no code has among them."""
        self.ended = 0
        """How many the burst had that the last key ended: of a scanner where it is SHORTEST or more; else 0."""

    def key(self, scancode: int, now: float) -> str:
        """A key went down: the code where this key ended one, else ""."""
        self.ended = 0
        if scancode in SHIFTS:
            return ""
        slow, self._last = now - self._last > FASTEST_HAND, now
        if slow:
            self._letters, self.keys = "", 0
        if scancode in ENTER:
            code, self.ended = self._letters, self.keys
            self.forget()
            return code if len(code) == self.ended and SHORTEST <= len(code) <= LONGEST else ""
        self._letters += KEYS.get(scancode, "")
        self.keys += 1
        return ""

    def forget(self) -> None:
        """Keep nothing of a burst under way."""
        self._letters, self.keys = "", 0
