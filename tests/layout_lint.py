"""Reads a drawing and says what is wrong with it: clipped, overlapping, too small, too faint, the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kiosk import theme
from kiosk.page import Page, Reading, Row, Rows, Tiles
from kiosk.theme import Ink, Palette, contrast_of
from kiosk.widgets.lay import lay
from kiosk.widgets.look import Look
from kiosk.widgets.setting import Setting
from kiosk.widgets.shapes import Card, Drawing, Mark, Rect, Side, Target, Text

SLACK = 1.5
"""Dots that rounding may cost."""
PLAIN = (Ink.TEXT, Ink.LEAF)
"""What body text is set in, and held to the higher floor."""


def all_parts(page: Page, setting: Setting) -> list[Drawing]:
    """Every part of a page."""
    first = lay(page, Look(), setting)
    return [first, *(lay(page, Look(part=part), setting) for part in range(1, first.parts))]


def faults(page: Page, setting: Setting) -> list[str]:
    """Everything wrong with a page in a setting, in both themes."""
    parts = all_parts(page, setting)
    found = [
        f"part {part + 1}: {fault}" for part, drawing in enumerate(parts) for fault in of_drawing(drawing, setting)
    ]
    return [*found, *lost(page, parts)]


def of_drawing(drawing: Drawing, setting: Setting) -> list[str]:
    """What is wrong with one part."""
    return [
        *clipped(drawing, setting),
        *outside(drawing, setting),
        *overlapping(drawing),
        *too_small(drawing.targets, setting),
        *(fault for palette in (theme.LIGHT, theme.STRONG) for fault in too_faint(drawing, palette)),
        *small_print(drawing, setting),
        *wrong_way(drawing, setting),
    ]


def clipped(drawing: Drawing, setting: Setting) -> Iterator[str]:
    """Text wider than its place, or reaching out of the plate it stands on."""
    for shape in drawing.shapes:
        if not isinstance(shape, Text):
            continue
        width = setting.lettering.width(shape.text, shape.face)
        if width > shape.rect.w + SLACK:
            yield f"clipped: {shape.text!r} is {width - shape.rect.w:.0f} dots too wide"
        plate = _plate(drawing, shape)
        if plate is not None and not plate.holds(inked(shape, width), SLACK):
            yield f"clipped: {shape.text!r} reaches out of its plate"


def inked(text: Text, width: float) -> Rect:
    """The place the letters take: the line without the free space above and below."""
    side = {Side.START: Side.END, Side.END: Side.START}.get(text.side, text.side) if text.mirrored else text.side
    free = text.rect.w - width
    x = text.rect.x + {Side.START: 0.0, Side.MIDDLE: free / 2, Side.END: free}[side]
    return Rect(x, text.rect.y + text.face.size * 0.2, width, text.face.size * 0.95)


def _plate(drawing: Drawing, text: Text) -> Rect | None:
    if text.of is None:
        return None
    return next((each.rect for each in drawing.shapes if isinstance(each, Card) and each.of == text.of), None)


def outside(drawing: Drawing, setting: Setting) -> Iterator[str]:
    """Anything not wholly on the glass."""
    glass = Rect(0, 0, setting.screen.width, setting.screen.height)
    for shape in drawing.shapes:
        if not glass.holds(shape.rect, SLACK):
            yield f"outside: {shape!r:.90}"


def overlapping(drawing: Drawing) -> Iterator[str]:
    """Two targets in one place, two lines in one place, a line under a plate it does not belong to."""
    for one, other in combinations(drawing.targets, 2):
        if one.rect.meets(other.rect, SLACK):
            yield f"overlap: {one.label!r} and {other.label!r}"
    lines = [shape for shape in drawing.shapes if isinstance(shape, Text)]
    for first, second in combinations(lines, 2):
        if _letters(first).meets(_letters(second), SLACK):
            yield f"overlap: {first.text!r} and {second.text!r}"
    for line in lines:
        for number, target in enumerate(drawing.targets):
            if line.of != number and _letters(line).meets(target.rect, SLACK):
                yield f"overlap: {line.text!r} and the button {target.label!r}"


def _letters(text: Text) -> Rect:
    return Rect(text.rect.x, text.rect.y + text.face.size * 0.2, text.rect.w, text.face.size * 0.95)


def too_small(targets: Sequence[Target], setting: Setting) -> Iterator[str]:
    """Targets under 12.7 mm, and neighbours under 2 mm apart; keys touch, and their places count whole."""
    per_mm = setting.screen.per_mm
    for target in targets:
        least = min(target.rect.w, target.rect.h) / per_mm
        if least < theme.LEAST_TARGET - 0.15:
            yield f"small: {target.label!r} is {least:.1f} mm"
    for one, other in combinations(targets, 2):
        if not (one.key and other.key) and not one.rect.meets(other.rect, 0):
            across = max(one.rect.x, other.rect.x) - min(one.rect.right, other.rect.right)
            down = max(one.rect.y, other.rect.y) - min(one.rect.bottom, other.rect.bottom)
            apart = max(across, down) / per_mm
            if apart < (0.9 if one.key or other.key else theme.LEAST_GAP - 0.15):
                yield f"close: {one.label!r} and {other.label!r} are {apart:.1f} mm apart"


def too_faint(drawing: Drawing, palette: Palette) -> Iterator[str]:
    """Contrast under the floors."""
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            floor = theme.BODY_FLOOR if shape.ink is Ink.TEXT else theme.TEXT_FLOOR
            ratio = contrast_of(palette[shape.ink], palette[shape.on])
            if ratio < floor:
                yield f"faint: {shape.text!r} has {ratio:.1f} of {floor}"
        elif isinstance(shape, Mark):
            ratio = contrast_of(palette[shape.ink], palette[shape.on])
            if ratio < theme.BORDER_FLOOR:
                yield f"faint: {shape.icon} has {ratio:.1f}"
        elif isinstance(shape, Card) and shape.edge is not None:
            ratio = contrast_of(palette[shape.edge], palette[Ink.GROUND])
            if ratio < theme.BORDER_FLOOR:
                yield f"faint: an edge has {ratio:.1f}"


def small_print(drawing: Drawing, setting: Setting) -> Iterator[str]:
    """Letters under the small size."""
    least = round(theme.SMALL * setting.screen.unit)
    for shape in drawing.shapes:
        if isinstance(shape, Text) and shape.face.size < least:
            yield f"small print: {shape.text!r} is {shape.face.size} dots, not {least}"


def wrong_way(drawing: Drawing, setting: Setting) -> Iterator[str]:
    """A page that does not run the way its language does: the first line stands at the wrong end."""
    if drawing.mirrored != setting.rtl:
        yield "mirrored: the page runs the wrong way"
    lines = [shape for shape in drawing.shapes if isinstance(shape, Text) and shape.of is None]
    if lines:
        first = inked(lines[0], setting.lettering.width(lines[0].text, lines[0].face))
        beside = [each.rect for each in drawing.targets if each.rect.y < first.bottom and each.rect.bottom > first.y]
        left = max((rect.right for rect in beside if rect.right <= first.x), default=0.0)
        right = min((rect.x for rect in beside if rect.x >= first.right), default=setting.screen.width)
        near, far = (right - first.right, first.x - left) if setting.rtl else (first.x - left, right - first.right)
        if lines[0].side is Side.START and near > far + setting.mm(8):
            yield f"mirrored: {lines[0].text!r} stands at the wrong end"


def lost(page: Page, parts: Sequence[Drawing]) -> Iterator[str]:
    """Words of the page that stand on none of its parts."""
    lines = [shape for drawing in parts for shape in drawing.shapes if isinstance(shape, Text)]
    shown = [_squeezed(line.text) for line in lines]
    read = [_squeezed(line.text) for line in lines if line.of is None]
    for words in _said(page):
        wanted = _squeezed(words)
        if wanted not in "".join(shown) and not _found(shown, wanted) and not _found(read, wanted):
            yield f"lost: {words!r:.60}"
    for line in page.corner:
        if _squeezed(line) not in "".join(shown):
            yield f"lost: {line!r:.60}"


def _found(lines: Sequence[str], wanted: str) -> bool:
    return any(_told(lines[start:], wanted) for start, line in enumerate(lines) if wanted.startswith(line))


def _told(lines: Sequence[str], wanted: str) -> bool:
    """Whether the lines, in their order and with others between them, say all of it."""
    for line in lines:
        if wanted.startswith(line):
            wanted = wanted[len(line) :]
        if not wanted:
            return True
    return False


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _said(page: Page) -> Iterator[str]:
    yield from (page.title, page.note, page.trouble)
    match page.body:
        case Tiles(tiles):
            for tile in tiles:
                yield from (tile.label, tile.detail, tile.figure)
        case Rows(rows, empty):
            for row in rows:
                yield from _of_row(row)
            if not rows:
                yield empty
        case Reading(lines):
            for line in lines:
                yield from (line.text, line.value)


def _of_row(row: Row) -> Iterator[str]:
    yield from (row.label, row.detail, row.mark)
