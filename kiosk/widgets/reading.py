"""Text to read, lines with a value at the far end, bars; codes and sheets of paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import segno
from PIL import Image

from kiosk import theme
from kiosk.page import Code, Line, Picture, Row, Rows, Style
from kiosk.theme import Ink
from kiosk.widgets import pieces
from kiosk.widgets.lettering import Face
from kiosk.widgets.lines import paragraph, put, rows
from kiosk.widgets.pieces import Piece
from kiosk.widgets.setting import Setting, block
from kiosk.widgets.shapes import Card, Dots, Easel, Mark, Rect, Sheet, Side, Sign

BAR: Final = 4.0
TICK: Final = 24.0
PAPER: Final = 92.0
"""Width of a sheet on the screen, in millimetres at most; larger with the text."""
QUIET: Final = 4
"""Light modules around a code (ISO/IEC 18004, 9.1)."""
_WHITE_FROM: Final = 250


def reading(setting: Setting, lines: tuple[Line, ...], width: float, tallest: float) -> list[Piece]:
    """All lines, from top to bottom."""
    return [piece for line in lines for piece in _line(setting, line, width, tallest)]


def done(setting: Setting, lines: tuple[Line, ...], width: float, tallest: float) -> list[Piece]:
    """The lines beside a large tick; below it on a screen that stands; without it where they need its place."""
    side, gap = setting.mm(TICK), setting.mm(5)
    words = reading(setting, lines, width - side - gap, tallest)
    if setting.wide and max(side, pieces.height_of(words)) <= tallest:
        return [_beside(words, side, gap)]
    alone = Piece(side, lambda easel, at: _tick(easel, Rect(at.x, at.y, side, side)), setting.mm(3))
    words = reading(setting, lines, width, tallest)
    return [alone, *words] if pieces.height_of([alone, *words]) <= tallest else words


def _beside(words: list[Piece], side: float, gap: float) -> Piece:
    """Both in the middle of each other's height."""
    high = pieces.height_of(words)

    def draw(easel: Easel, at: Rect) -> None:
        _tick(easel, Rect(at.x, at.y + max(0.0, high - side) / 2, side, side))
        down = max(0.0, side - high) / 2
        pieces.draw(easel, tuple(words), Rect(at.x + side + gap, at.y + down, at.w - side - gap, high))

    return Piece(max(side, high), draw)


def _tick(easel: Easel, at: Rect) -> None:
    easel.add(Mark(at, Sign.DONE, Ink.LEAF, Ink.GROUND))


def _line(setting: Setting, line: Line, width: float, tallest: float) -> list[Piece]:
    if line.style is Style.RULE:
        return _rule(setting, line, width)
    if line.style is Style.CHOSEN:
        return rows(setting, Rows((Row(line.text, mark=line.value, chosen=True, lang=line.lang),)), width, tallest)
    face = _face(setting, line)
    ink = Ink.SOFT if line.style is Style.SMALL else Ink.TEXT
    heading = line.style is Style.HEADING
    gap = setting.mm(1.2 if heading else 2.2)
    made = _valued(setting, line, face, ink, width) if line.value else []
    made = made or paragraph(
        block(setting, line.text, face, width, ink), gap, clings=heading or line.style is Style.STRONG
    )
    if line.share is not None:
        made += [_bar(setting, line.share)]
    return made


def _face(setting: Setting, line: Line) -> Face:
    match line.style:
        case Style.HEADING:
            return setting.face(theme.BODY * 1.12, True, line.lang)
        case Style.STRONG:
            return setting.body(True, line.lang)
        case Style.SMALL:
            return setting.small(False, line.lang)
        case _:
            return setting.body(False, line.lang)


def _rule(setting: Setting, line: Line, width: float) -> list[Piece]:
    def draw(easel: Easel, at: Rect) -> None:
        easel.add(Card(Rect(at.x, at.y + at.h / 2, at.w, setting.mm(0.3)), Ink.THIN))

    words = paragraph(block(setting, line.text, setting.small(), width, Ink.SOFT), setting.mm(1)) if line.text else []
    return [*words, Piece(setting.mm(2), draw, setting.mm(1))]


def _valued(setting: Setting, line: Line, face: Face, ink: Ink, width: float) -> list[Piece]:
    """The words and, at the far end, the value; below each other where they are too wide together."""
    strong = Face(face.size, True, setting.language)
    gap = setting.mm(1.2 if line.share else 2.2)
    wide = setting.lettering.width(line.value, strong) + 2
    if wide > width * 0.5:
        words = paragraph(block(setting, line.text, face, width, ink), 0.0, clings=True)
        return [*words, *paragraph(block(setting, line.value, strong, width), gap)]
    words = paragraph(block(setting, line.text, face, width - wide - setting.mm(3), ink), gap)
    if not words:
        words = [Piece(float(face.line), lambda _easel, _at: None, gap)]
    first = words[0]

    def draw(easel: Easel, at: Rect) -> None:
        first.draw(easel, Rect(at.x, at.y, at.w - wide - setting.mm(3), at.h))
        put(easel, line.value, strong, Rect(at.right - wide, at.y, wide, strong.line), Ink.TEXT, side=Side.END)

    return [Piece(first.height, draw, first.gap, clings=first.clings or line.share is not None), *words[1:]]


def _bar(setting: Setting, share: tuple[int, int]) -> Piece:
    part, whole = share
    reached = min(1.0, max(0.0, part / whole)) if whole > 0 else 0.0

    def draw(easel: Easel, at: Rect) -> None:
        easel.add(Card(at, Ink.WHITE, Ink.THIN, setting.mm(0.3), at.h / 2))
        if reached > 0:
            inner = at.inset(setting.mm(0.3))
            easel.add(
                Card(Rect(inner.x, inner.y, max(inner.h, inner.w * reached), inner.h), Ink.LEAF, radius=inner.h / 2)
            )

    return Piece(setting.mm(BAR), draw, setting.mm(3))


# Codes and paper


def forget() -> None:
    """Keep nothing of the codes and sheets that were shown so far."""
    _modules.cache_clear()
    _sheet.cache_clear()


def code(setting: Setting, body: Code, width: float, tallest: float) -> list[Piece]:
    """A code with the words beside it where both fit, else the words after it."""
    gap, side = setting.mm(6), min(tallest, setting.mm(70), width * (0.42 if setting.wide else 1.0))
    matrix = _modules(body.content)
    words = reading(setting, body.lines, width - side - gap, tallest)
    if setting.wide and pieces.height_of(words) <= tallest:

        def both(easel: Easel, at: Rect) -> None:
            square = Rect(at.x, at.y, side, side)
            easel.add(Dots(square, matrix))
            beside = Rect(at.x + side + gap, at.y, at.w - side - gap, at.h)
            pieces.draw(easel, tuple(words), beside)

        return [Piece(max(side, pieces.height_of(words)), both)]
    alone = Piece(side, lambda easel, at: easel.add(Dots(Rect(at.x, at.y, side, side), matrix)), setting.mm(3))
    return [alone, *reading(setting, body.lines, width, tallest)]


@lru_cache(maxsize=8)
def _modules(content: str) -> tuple[bytes, ...]:
    return tuple(bytes(row) for row in segno.make(content, micro=False).matrix_iter(border=QUIET))


def picture(setting: Setting, body: Picture, width: float, tallest: float) -> list[Piece]:
    """A sheet cut into pieces of the screen's height, where it is white if it can be."""
    across, down, white = _sheet(body.png)
    pad = setting.mm(3)
    wide = min(width, setting.mm(PAPER) * setting.scale)
    scale = (wide - 2 * pad) / across
    made: list[Piece] = []
    top, most = 0, max(8, int((tallest - 2 * pad) / scale))
    while top < down:
        bottom = _cut(white, top, min(down, top + most), down)
        made.append(Piece((bottom - top) * scale + 2 * pad, _slice(body.png, top, bottom, wide, pad), setting.mm(2)))
        top = bottom
    return made


def _slice(png: bytes, top: int, bottom: int, wide: float, pad: float) -> Callable[[Easel, Rect], None]:
    def draw(easel: Easel, at: Rect) -> None:
        paper = Rect(at.x + (at.w - wide) / 2, at.y, wide, at.h)
        easel.add(
            Card(paper, Ink.PAPER, Ink.THIN, max(1.0, pad / 10), pad / 3), Sheet(paper.inset(pad), png, top, bottom)
        )

    return draw


def _cut(white: bytes, top: int, bottom: int, down: int) -> int:
    """Where to end a piece: at the last white row of its last third, else at its end."""
    if bottom >= down:
        return down
    for row in range(bottom, top + (bottom - top) * 2 // 3, -1):
        if white[row - 1]:
            return row
    return bottom


@lru_cache(maxsize=4)
def _sheet(png: bytes) -> tuple[int, int, bytes]:
    """Width and height of a picture, and for each row whether it is white."""
    with Image.open(io.BytesIO(png)) as image:
        grey = image.convert("L")
    rows = grey.resize((1, grey.height), Image.Resampling.BOX).tobytes()
    return grey.width, grey.height, bytes(value >= _WHITE_FROM for value in rows)
