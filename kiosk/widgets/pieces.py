"""Pages are cut, never scrolled: a body is a run of pieces, and each part of the page holds as many as fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.widgets.shapes import Easel, Rect


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is not cut: its height, what is left free below, and how it is drawn in a place.

    `clings` keeps it with the piece after it (a heading). `grows` lets it take what is left of the height.
    """

    height: float
    draw: Callable[[Easel, Rect], None]
    gap: float = 0.0
    clings: bool = False
    grows: bool = False


Part = tuple[Piece, ...]


def height_of(part: Sequence[Piece]) -> float:
    """Of some pieces below each other."""
    return sum(piece.height + piece.gap for piece in part[:-1]) + (part[-1].height if part else 0.0)


def cut(pieces: Sequence[Piece], height: float) -> list[Part]:
    """The parts of a page; at least one. A piece higher than a part stands alone."""
    parts: list[Part] = []
    held: list[Piece] = []
    for piece in pieces:
        if held and height_of([*held, piece]) > height:
            kept = _clinging(held)
            while kept and height_of([*held[-kept:], piece]) > height:
                kept -= 1
            parts.append(tuple(held[: len(held) - kept]))
            held = held[len(held) - kept :]
        held.append(piece)
    return [*parts, tuple(held)] if held or not parts else parts


def draw(easel: Easel, part: Part, at: Rect, most_growth: float = 1.6) -> None:
    """Put the pieces of a part below each other; the growing ones share what is left."""
    growing = sum(piece.grows for piece in part)
    spare = (at.h - height_of(part)) / growing if growing else 0.0
    y = at.y
    for piece in part:
        more = min(spare, piece.height * (most_growth - 1)) if piece.grows else 0.0
        piece.draw(easel, Rect(at.x, y, at.w, piece.height + max(0.0, more)))
        y += piece.height + max(0.0, more) + piece.gap


def _clinging(held: Sequence[Piece]) -> int:
    """How many of the last pieces cling to what follows; never all."""
    count = 0
    while count < len(held) - 1 and held[-1 - count].clings:
        count += 1
    return count
