"""Bodies made of lines: rows to choose from, and words above any body. What is too high for a screen is cut in two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk import theme
from kiosk.page import Row, Rows
from kiosk.theme import Ink
from kiosk.widgets import pieces
from kiosk.widgets.lettering import Face
from kiosk.widgets.pieces import Piece
from kiosk.widgets.setting import Block, Setting, block
from kiosk.widgets.shapes import Card, Easel, Mark, Rect, Side, Sign, Target, Text

HALF: Final = 66.0
"""Of a row in millimetres, at least, where two stand beside each other."""
CLOSE: Final = theme.LEAST_TARGET + 0.1
"""Height of such a row, at least."""
SIGN: Final = 6.5
"""Of a tick, an onward sign, a warning: millimetres."""


def words(setting: Setting, text: str, width: float, tallest: float, *, trouble: bool = False) -> list[Piece]:
    """A note; or what is wrong, on a plate with a sign."""
    if not text:
        return []
    if not trouble:
        return paragraph(block(setting, text, setting.small(), width, Ink.SOFT), setting.mm(2))
    pad, sign = setting.mm(2.5), setting.mm(SIGN)
    lines = block(setting, text, setting.body(), width - 3 * pad - sign, Ink.ALERT)

    def plate(part: list[Block], first: bool) -> Callable[[Easel, Rect], None]:
        def draw(easel: Easel, at: Rect) -> None:
            easel.add(Card(at, Ink.ALERT_CARD, Ink.ALERT, setting.mm(0.5), setting.mm(2)))
            if first:
                spot = Rect(at.x + pad, at.y + (part[0].height - sign) / 2 + pad / 2, sign, sign)
                easel.add(Mark(spot, Sign.ALERT, Ink.ALERT, Ink.ALERT_CARD))
            _stack(part, easel, Rect(at.x + 2 * pad + sign, at.y, at.w - 3 * pad - sign, at.h), Ink.ALERT_CARD)

        return draw

    parts = chunks(single(lines), tallest - pad)
    return [Piece(_height(part) + pad, plate(part, i == 0), setting.mm(2.5)) for i, part in enumerate(parts)]


def paragraph(lines: Block, gap: float, *, clings: bool = False) -> list[Piece]:
    """Lines that may be cut, but for the first two and the last two: no line stands alone on a part."""
    last = len(lines.lines) - 1
    made = [
        Piece(line.height, _putter(line), clings=clings or (last > 0 and i in (0, last - 1)))
        for i, line in enumerate(single(lines))
    ]
    return [*made[:-1], Piece(made[-1].height, made[-1].draw, gap, clings)] if made else []


def rows(setting: Setting, body: Rows, width: float, tallest: float) -> list[Piece]:
    """A list, a piece for each row; what is true and the next step where it is empty."""
    if not body.rows:
        return paragraph(block(setting, body.empty, setting.body(), width), setting.mm(2))
    mark = max((_mark_width(setting, row) for row in body.rows), default=0.0)
    mark = min(mark, width * 0.34)
    single_file = [piece for row in body.rows for piece in _row(setting, row, width, tallest, mark)]
    if pieces.height_of(single_file) > tallest and width >= 2 * setting.mm(HALF) * setting.scale:
        half = (width - setting.mm(theme.GAP)) / 2
        pairs = _pairs([_row(setting, row, half, tallest, mark, CLOSE) for row in body.rows], half)
        if len(pieces.cut(pairs, tallest)) < len(pieces.cut(single_file, tallest)):
            return pairs
    return single_file


def _pairs(cells: Sequence[list[Piece]], half: float) -> list[Piece]:
    """Two rows beside each other, so that a list is seen at once; all that were cut stay as they are: none."""
    if any(len(cell) != 1 for cell in cells):
        return [piece for cell in cells for piece in cell]
    whole = [cell[0] for cell in cells]
    return [_pair(whole[i : i + 2], half) for i in range(0, len(whole), 2)]


def _pair(cells: Sequence[Piece], half: float) -> Piece:
    def draw(easel: Easel, at: Rect) -> None:
        for cell, x in zip(cells, (at.x, at.right - half), strict=False):
            cell.draw(easel, Rect(x, at.y, half, at.h))

    return Piece(max(cell.height for cell in cells), draw, cells[0].gap, grows=all(cell.grows for cell in cells))


def single(lines: Block) -> list[Block]:
    """Each line for itself."""
    return [Block((line,), lines.face, lines.ink) for line in lines.lines]


def chunks(lines: Sequence[Block], height: float) -> list[list[Block]]:
    """The lines in parts of at most a height, at least one line each; [[]] for none."""
    parts: list[list[Block]] = [[]]
    for line in lines:
        if parts[-1] and _height(parts[-1]) + line.height > height:
            parts.append([])
        parts[-1].append(line)
    return parts


@dataclass(frozen=True, slots=True)
class _Look:
    """How a row is drawn: its ground, and the width of what stands at its ends."""

    fill: Ink | None
    edge: Ink
    thick: float
    mark: float
    tail: float


def _row(
    setting: Setting, row: Row, width: float, tallest: float, mark: float, least: float = theme.ROW
) -> list[Piece]:
    pad, sign = setting.mm(theme.PAD), setting.mm(SIGN)
    touched = row.press is not None or row.chosen is True
    fill = (Ink.CARD if row.chosen is not False else Ink.WHITE) if touched else None
    thick = setting.mm(0.8 if row.chosen else 0.4)
    tail = sign + pad if row.chosen is not None or row.press else 0.0
    look = _Look(fill, Ink.EDGE if touched else Ink.THIN, thick, mark + pad if mark else 0.0, tail)
    inner = width - 2 * pad - look.mark - look.tail
    label = block(setting, row.label, setting.body(True, row.lang), inner)
    detail = block(setting, row.detail, setting.small(), inner, Ink.SOFT)
    marks = block(setting, row.mark, setting.small(True), mark - 2 * setting.mm(1.5)) if row.mark else None
    parts = chunks([*single(label), *single(detail)], tallest - setting.mm(3))
    least = setting.mm(least)
    if marks is not None:
        least = max(least, min(tallest, marks.height + setting.mm(3)))
    grows = row.press is not None
    return [
        Piece(
            max(least, _height(part) + setting.mm(3)),
            _plate(setting, row, look, part, marks),
            setting.mm(theme.GAP),
            grows=grows,
        )
        for part in parts
    ]


def _plate(
    setting: Setting, row: Row, look: _Look, part: list[Block], marks: Block | None
) -> Callable[[Easel, Rect], None]:
    pad, sign = setting.mm(theme.PAD), setting.mm(SIGN)

    def draw(easel: Easel, at: Rect) -> None:
        of = None
        radius = setting.mm(2)
        if row.press is not None:
            label = " ".join(each for each in (row.mark, row.label) if each)
            of = easel.target(Target(at, row.press, label, radius=radius))
            easel.add(Card(at, look.fill, look.edge, look.thick, radius, of))
        elif look.fill is not None:
            easel.add(Card(at, look.fill, look.edge, look.thick, radius))
        else:
            easel.add(Card(Rect(at.x, at.bottom, at.w, setting.mm(0.3)), look.edge))
        on = look.fill or Ink.GROUND
        if marks is not None:
            _pill(setting, easel, marks, Rect(at.x + pad, at.y, look.mark - pad, at.h), of)
        inner = Rect(at.x + pad + look.mark, at.y, at.w - 2 * pad - look.mark - look.tail, at.h)
        _stack(part, easel, inner, on, of)
        spot = Rect(at.right - pad - sign, at.y + (at.h - sign) / 2, sign, sign)
        if row.chosen is not None:
            easel.add(Mark(spot, Sign.TICK if row.chosen else Sign.BOX, Ink.LEAF, on, of))
        elif row.press is not None:
            easel.add(Mark(spot, Sign.ONWARD, Ink.LEAF, on, of))

    return draw


def _pill(setting: Setting, easel: Easel, marks: Block, at: Rect, of: int | None) -> None:
    """The mark of a row, light on dark."""
    height = min(at.h - setting.mm(1.5), max(marks.height + setting.mm(1), setting.mm(9)))
    plate = Rect(at.x, at.y + (at.h - height) / 2, at.w, height)
    easel.add(Card(plate, Ink.MAIN, None, 0.0, min(height / 2, setting.mm(4.5)), of))
    words = Block(marks.lines, marks.face, Ink.ON_MAIN)
    words.draw(easel, Rect(plate.x, plate.y + (height - marks.height) / 2, plate.w, 0), Ink.MAIN, Side.MIDDLE, of)


def _mark_width(setting: Setting, row: Row) -> float:
    if not row.mark:
        return 0.0
    wide = setting.lettering.width(row.mark, setting.small(bold=True)) + 2 * setting.mm(1.5) + 2
    return max(setting.mm(9), wide)


def _stack(lines: Sequence[Block], easel: Easel, at: Rect, on: Ink, of: int | None = None) -> None:
    """Lines below each other in the middle of a place."""
    y = at.y + (at.h - _height(lines)) / 2
    for line in lines:
        y = line.draw(easel, Rect(at.x, y, at.w, line.height), on, Side.START, of)


def _height(lines: Sequence[Block]) -> float:
    return sum(line.height for line in lines)


def _putter(line: Block) -> Callable[[Easel, Rect], None]:
    return lambda easel, at: _one(line, easel, at)


def _one(line: Block, easel: Easel, at: Rect) -> None:
    line.draw(easel, at, Ink.GROUND)


def put(easel: Easel, text: str, face: Face, at: Rect, ink: Ink, on: Ink = Ink.GROUND, side: Side = Side.START) -> None:
    """One line that is known to fit."""
    if text:
        easel.add(Text(at, text, face, ink, on, side))
