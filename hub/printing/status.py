"""What a receipt printer answers: DLE EOT n and GS r n, told from each other and understood.

Layouts: Epson, ESC/POS Command Reference for TM printers, pages DLE EOT, GS r and GS a. A byte in answer to
DLE EOT has bits 1 and 4 set and bits 0 and 7 clear; in answer to GS r bits 4 and 7 are clear. A printer may
besides send four bytes of its own accord (automatic status), whose first has bit 4 set and bits 0, 1, 7 clear.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from hub.printing.port import Trouble

PRINTER, OFFLINE, PAPER = 1, 2, 4
"""What DLE EOT may be asked."""
QUESTIONS: Final = (PRINTER, OFFLINE, PAPER)
FENCE: Final = b"\x1dr\x01"
"""GS r 1: answered once everything before it is printed."""

LIVE_MASK, LIVE = 0x93, 0x12
OWN_MASK, OWN = 0x93, 0x10
FENCE_MASK: Final = 0x90
OWN_REST: Final = 3

IS_OFFLINE: Final = 0x08
COVER_OPEN: Final = 0x04
PAPER_STOPPED: Final = 0x20
ERROR: Final = 0x40
PAPER_END: Final = 0x60


def question(what: int) -> bytes:
    """DLE EOT n: asked and answered at once, between or within other bytes."""
    return bytes([0x10, 0x04, what])


@dataclass(slots=True)
class Answers:
    """Sorts the bytes that come back."""

    _skip: int = field(default=0, init=False)

    def sort(self, content: bytes) -> Iterable[tuple[bool, int]]:
        """(is a fence, byte) for each answer; what the printer says of its own accord is left out."""
        for byte in content:
            if self._skip:
                self._skip -= 1
            elif byte & LIVE_MASK == LIVE:
                yield False, byte
            elif byte & OWN_MASK == OWN:
                self._skip = OWN_REST
            elif byte & FENCE_MASK == 0:
                yield True, byte


def judge(answers: dict[int, int]) -> Trouble | None:
    """What the answers to DLE EOT 1, 2 and 4 say; some may be missing, as cheap printers leave some out.

    An open lid comes before missing paper: with the lid open the paper cannot be felt.
    """
    offline, paper = answers.get(OFFLINE, 0), answers.get(PAPER, 0)
    if offline & COVER_OPEN:
        return Trouble.COVER_OPEN
    if offline & PAPER_STOPPED or paper & PAPER_END == PAPER_END:
        return Trouble.PAPER_OUT
    if offline & ERROR or answers.get(PRINTER, 0) & IS_OFFLINE:
        return Trouble.ERROR
    return None
