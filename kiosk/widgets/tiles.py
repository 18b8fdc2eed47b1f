"""Large choices in a grid: as many columns as the words allow, all tiles of one height."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kiosk import theme
from kiosk.page import Icon, Row, Rows, Tile
from kiosk.theme import Ink
from kiosk.widgets.lines import rows
from kiosk.widgets.pieces import Piece
from kiosk.widgets.setting import Block, Setting, block
from kiosk.widgets.shapes import Card, Easel, Mark, Rect, Target

LEAST_WIDTH, MOST_COLUMNS = 38.0, 4
ICON: Final = 8.0
HIGH_PAD: Final = 2.2
"""Free above and below what stands in a tile, at least."""


class Way(Enum):
    """How icon and words stand to each other, the most spacious first."""

    BELOW = 0
    HEADED = 1
    """The icon beside the label, the detail below both."""
    BESIDE = 2
    PLAIN = 3
    """Without the icon, where large words need its place."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A tile with its words broken for a width."""

    tile: Tile
    figure: Block
    label: Block
    detail: Block
    way: Way

    @property
    def icon(self) -> bool:
        """Whether there is an icon to draw."""
        return self.tile.icon is not Icon.NONE and not self.tile.figure and self.way is not Way.PLAIN

    @property
    def aside(self) -> bool:
        """Whether the words stand beside a figure."""
        return bool(self.figure.lines) and self.way is Way.BESIDE

    def words(self, setting: Setting) -> float:
        """Height of icon and words together."""
        if self.aside:
            return max(self.figure.height, self.label.height + self.detail.height)
        plain = self.figure.height + self.label.height + self.detail.height
        if not self.icon:
            return plain
        icon = setting.mm(ICON)
        if self.way is Way.BELOW:
            return plain + icon + setting.mm(0.8)
        if self.way is Way.HEADED:
            return max(icon, self.label.height) + self.detail.height
        return max(icon, plain)

    def height(self, setting: Setting) -> float:
        """What the tile needs."""
        return float(round(self.words(setting) + 2 * setting.mm(HIGH_PAD)))


def tiles(setting: Setting, all_tiles: Sequence[Tile], width: float, tallest: float) -> list[Piece]:
    """The rows of the grid on as few parts as can be; a list where the words are too long for tiles."""
    gap = setting.mm(theme.GAP)
    most = min(MOST_COLUMNS, int((width + gap) / (setting.mm(LEAST_WIDTH * setting.scale) + gap)))
    found: list[tuple[int, int, int, list[_Cell]]] = []
    for columns in _columns(len(all_tiles), max(1, most)):
        for way in Way if columns > 1 else (Way.BESIDE, Way.PLAIN):
            cells = [_cell(setting, tile, _width(setting, width, columns), way) for tile in all_tiles]
            high = _height(setting, cells, tallest)
            if _whole(cells) and high <= tallest:
                rows_of_part = int((tallest + gap) // (high + gap))
                parts = -(-len(all_tiles) // (columns * rows_of_part))
                found.append((parts, -columns, way.value, cells))
    if not found:
        return rows(setting, Rows(tuple(_as_row(tile) for tile in all_tiles)), width, tallest)
    _, columns, _, cells = min(found, key=lambda each: each[:3])
    return _grid(setting, cells, -columns, tallest)


def _height(setting: Setting, cells: Sequence[_Cell], tallest: float) -> float:
    """Of every tile: what the highest needs, and what two rows on a small screen leave."""
    two = (tallest - setting.mm(theme.GAP)) // 2
    beside = all(cell.way is Way.BESIDE for cell in cells)
    least = setting.mm(theme.TARGET) if beside else min(setting.mm(theme.TILE_HEIGHT), two)
    return max(least, setting.mm(theme.TARGET), *(cell.height(setting) for cell in cells))


def _columns(count: int, most: int) -> list[int]:
    """Numbers of columns to try, the even grid first, the single column last."""
    if count == 0:
        return []
    even = -(-count // -(-count // most))
    return list(range(min(even, count), 0, -1))


def _width(setting: Setting, width: float, columns: int) -> float:
    return (width - setting.mm(theme.GAP) * (columns - 1)) / columns


def _whole(cells: Sequence[_Cell]) -> bool:
    """Whether no word was broken, and no figure."""
    return all(
        len(cell.figure.lines) <= 1 and " ".join(cell.label.lines).split() == cell.tile.label.split() for cell in cells
    )


def _cell(setting: Setting, tile: Tile, width: float, way: Way) -> _Cell:
    inner = width - 2 * setting.mm(theme.PAD)
    has_icon = tile.icon is not Icon.NONE and not tile.figure and way is not Way.PLAIN
    icon = setting.mm(ICON + theme.PAD) if has_icon else 0.0
    label = inner - (icon if way is not Way.BELOW else 0.0)
    detail = inner - (icon if way is Way.BESIDE else 0.0)
    large = setting.face(theme.TITLE * 1.35, bold=True)
    if tile.figure and way is Way.BESIDE:
        label = detail = max(1.0, inner - setting.lettering.width(tile.figure, large) - setting.mm(theme.PAD))
    return _Cell(
        tile,
        block(setting, tile.figure, large, inner, Ink.LEAF),
        block(setting, tile.label, setting.body(bold=True), label),
        block(setting, tile.detail, setting.small(), detail, Ink.SOFT),
        way,
    )


def _grid(setting: Setting, cells: Sequence[_Cell], columns: int, tallest: float) -> list[Piece]:
    height = _height(setting, cells, tallest)
    return [
        Piece(height, _drawn(setting, cells[i : i + columns], columns), setting.mm(theme.GAP), grows=True)
        for i in range(0, len(cells), columns)
    ]


def _drawn(setting: Setting, cells: Sequence[_Cell], columns: int) -> Callable[[Easel, Rect], None]:
    def draw(easel: Easel, at: Rect) -> None:
        wide = _width(setting, at.w, columns)
        for i, cell in enumerate(cells):
            _draw(setting, easel, cell, Rect(at.x + i * (wide + setting.mm(theme.GAP)), at.y, wide, at.h))

    return draw


def _draw(setting: Setting, easel: Easel, cell: _Cell, at: Rect) -> None:
    tile, of, radius = cell.tile, None, setting.mm(2.4)
    if tile.press is not None:
        label = " ".join(part for part in (tile.label, tile.figure, tile.detail) if part)
        of, on = easel.target(Target(at, tile.press, label, radius=radius)), Ink.CARD
        easel.add(Card(at, on, Ink.EDGE, setting.mm(0.45), radius, of))
    else:
        on = Ink.WHITE
        easel.add(Card(at, on, Ink.THIN, setting.mm(0.3), radius))
    inner = at.inset(setting.mm(theme.PAD))
    y = at.y + (at.h - cell.words(setting)) / 2
    if cell.icon:
        _draw_with_icon(setting, easel, cell, Rect(inner.x, y, inner.w, at.bottom - y), on, of)
        return
    if cell.aside:
        _draw_aside(setting, easel, cell, Rect(inner.x, at.y, inner.w, at.h), on, of)
        return
    for words in (cell.figure, cell.label, cell.detail):
        y = words.draw(easel, Rect(inner.x, y, inner.w, words.height), on, of=of)


def _draw_aside(setting: Setting, easel: Easel, cell: _Cell, at: Rect, on: Ink, of: int | None) -> None:
    """The figure, and the words beside it, in the middle of a height."""
    wide = setting.lettering.width(cell.tile.figure, cell.figure.face) + 2
    cell.figure.draw(easel, Rect(at.x, at.y + (at.h - cell.figure.height) / 2, wide, 0), on, of=of)
    after = wide - 2 + setting.mm(theme.PAD)
    y = at.y + (at.h - cell.label.height - cell.detail.height) / 2
    for words in (cell.label, cell.detail):
        y = words.draw(easel, Rect(at.x + after, y, at.w - after, 0), on, of=of)


def _draw_with_icon(setting: Setting, easel: Easel, cell: _Cell, at: Rect, on: Ink, of: int | None) -> None:
    icon, y = setting.mm(ICON), at.y
    aside = icon + setting.mm(theme.PAD)
    label = Rect(at.x + aside, y, at.w - aside, 0) if cell.way is not Way.BELOW else Rect(at.x, 0, at.w, 0)
    detail = Rect(at.x + aside, y, at.w - aside, 0) if cell.way is Way.BESIDE else Rect(at.x, 0, at.w, 0)
    match cell.way:
        case Way.BELOW:
            top, first = y, y + icon + setting.mm(0.8)
        case Way.HEADED:
            band = max(icon, cell.label.height)
            top, first = y + (band - icon) / 2, y + (band - cell.label.height) / 2
        case Way.BESIDE:
            plain, whole = cell.label.height + cell.detail.height, cell.words(setting)
            top, first = y + (whole - icon) / 2, y + (whole - plain) / 2
    easel.add(Mark(Rect(at.x, top, icon, icon), cell.tile.icon, Ink.LEAF, on, of))
    after = cell.label.draw(easel, Rect(label.x, first, label.w, 0), on, of=of)
    if cell.way is Way.HEADED:
        after = y + max(icon, cell.label.height)
    cell.detail.draw(easel, Rect(detail.x, after, detail.w, 0), on, of=of)


def _as_row(tile: Tile) -> Row:
    return Row(tile.label, tile.detail, tile.figure, press=tile.press)
