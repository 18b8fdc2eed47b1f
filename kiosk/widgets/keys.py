"""Which keys there are: by language, by face of the board, and by how wide the screen is. No keys for guesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kiosk.widgets.look import Board


class Does(Enum):
    """What a key does, where it is not a letter."""

    LETTER = "letter"
    ERASE = "erase"
    SHIFT = "shift"
    SPACE = "space"
    LINE = "line"
    LETTERS = "letters"
    DIGITS = "digits"
    ACCENTS = "accents"
    REST = "rest"
    """A place without a key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of some columns."""

    letter: str = ""
    does: Does = Does.LETTER
    wide: int = 1


Row = tuple[Key, ...]
NARROW: Final = 6
"""Columns where the screen stands: a key is as wide as a finger there, so the letters stand in their order."""

_LATIN: Final = ("qwertyuiop", "asdfghjkl'", "zxcvbnm.")
_SPANISH: Final = ("qwertyuiop", "asdfghjklñ", "zxcvbnm.")
_ARABIC: Final = ("ضصثقفغعهخحج", "شسيبلاتنمكط", "ذءرأىةوزظد")
_DIGITS: Final = ("1234567890", "@#€$%&*()+", "!?:;/'\"_.")
_ACCENTS: Final = ("áéíóúñü¿¡ç", "àèìòùâêîôû", "äëïößåøœ")
_ARABIC_MORE: Final = ("أإآؤئءىةً", "٠١٢٣٤٥٦٧٨٩", "؟؛،«»ٌٍّ")
_NOT_CASED: Final = frozenset(Board) - {Board.LETTERS, Board.ACCENTS}


def letters_of(language: str, board: Board) -> tuple[str, ...]:
    """The rows of signs of a face of the board."""
    base = language.partition("-")[0]
    if board is Board.DIGITS:
        return _DIGITS
    if board is Board.ACCENTS:
        return _ARABIC_MORE if base == "ar" else _ACCENTS
    return {"ar": _ARABIC, "es": _SPANISH}.get(base, _LATIN)


def cased(language: str, board: Board) -> bool:
    """Whether there are capitals."""
    return board not in _NOT_CASED and any(letter.upper() != letter for letter in "".join(letters_of(language, board)))


def keyboard(language: str, board: Board, *, wide: bool, many: bool) -> tuple[int, list[Row]]:
    """The columns of a board, and its rows; each row fills them."""
    signs = letters_of(language, board)
    if not wide:
        return NARROW, _narrow("".join(signs), cased(language, board), board, many)
    columns = max(len(row) for row in signs)
    columns = max(columns, len(signs[2]) + (2 if cased(language, board) else 1))
    rows = [_filled([Key(letter) for letter in row], columns) for row in signs[:2]]
    third = [Key(letter) for letter in signs[2]]
    if cased(language, board):
        third = [Key(does=Does.SHIFT), *third]
    rows.append(_last_filled([*third, Key(does=Does.ERASE)], columns))
    return columns, [*rows, _bottom(columns, board, many)]


def _bottom(columns: int, board: Board, many: bool) -> Row:
    others = [Key(does=does, wide=2) for does in _others(board)]
    end = [Key(","), Key(does=Does.LINE) if many else Key("-")]
    return (*others, Key(does=Does.SPACE, wide=columns - 6), *end)


def _narrow(signs: str, capitals: bool, board: Board, many: bool) -> list[Row]:
    order = sorted(signs, key=lambda sign: (not sign.isalnum(), sign)) if board is Board.LETTERS else list(signs)
    keys = [*map(Key, order), Key(","), Key(does=Does.LINE) if many else Key("-")]
    rows = [_filled(keys[i : i + NARROW], NARROW) for i in range(0, len(keys), NARROW)]
    first, second = _others(board)
    shift = Key(does=Does.SHIFT) if capitals else Key(does=Does.REST)
    space = Key(does=Does.SPACE, wide=2 if capitals else 3)
    bottom = [shift] if capitals else []
    return [*rows, (*bottom, Key(does=first), Key(does=second), space, Key(does=Does.ERASE))]


def _others(board: Board) -> Sequence[Does]:
    all_boards = {Board.LETTERS: Does.LETTERS, Board.DIGITS: Does.DIGITS, Board.ACCENTS: Does.ACCENTS}
    return [does for each, does in all_boards.items() if each is not board]


def _filled(keys: list[Key], columns: int) -> Row:
    return (*keys, *(Key(does=Does.REST) for _ in range(columns - len(keys))))


def _last_filled(keys: list[Key], columns: int) -> Row:
    """The last key takes what is left, two columns at most."""
    spare = columns - len(keys)
    if spare <= 0:
        return tuple(keys)
    wide = Key(keys[-1].letter, keys[-1].does, 1 + min(1, spare))
    return _filled([*keys[:-1], wide], columns - (wide.wide - 1))
