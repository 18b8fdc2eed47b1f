"""What the glass remembers of a page in front: which part is seen, which keys are out. Never what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Board(Enum):
    """A face of the keyboard."""

    LETTERS = "letters"
    DIGITS = "digits"
    ACCENTS = "accents"


@dataclass(slots=True)
class Look:
    """Where somebody is on a page. `shift` is None until it was touched: then names begin with a capital."""

    part: int = 0
    board: Board = Board.LETTERS
    shift: bool | None = None

    def turn(self, part: int) -> None:
        """See another part."""
        self.part = part

    def take(self, board: Board) -> None:
        """Bring out other keys."""
        self.board = board

    def lift(self, shift: bool) -> None:
        """Capitals, or not, for the next letter."""
        self.shift = shift
