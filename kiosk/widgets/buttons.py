"""Buttons in rows, as wide as their words need, and never smaller than a finger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk import theme
from kiosk.page import Press
from kiosk.theme import Ink
from kiosk.widgets.lettering import Face
from kiosk.widgets.setting import Block, Setting, block
from kiosk.widgets.shapes import Card, Easel, Rect, Side, Target

MOST_LINES: Final = 2
PAIR: Final = 2
MOST_WIDTH: Final = 48.0
"""Of a button in millimetres, where others stand on the other side."""
QUIET_WIDTH: Final = 30.0
"""Of the quiet ones: small enough to stand in the same place on nearly every page."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A button to be: `quiet` ones stand on the leading side and are not filled."""

    label: str
    press: Press
    main: bool = False
    quiet: bool = False
    local: bool = False
    hidden: bool = False
    """Nothing to press now, but its place is kept, so that its neighbours stand still."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A button with its words broken into lines, and its width."""

    verb: Verb
    words: Block
    width: float


@dataclass(frozen=True, slots=True)
class Rank:
    """One row of buttons and its height."""

    buttons: tuple[Placed, ...]
    height: float


def ranks(
    setting: Setting,
    verbs: Sequence[Verb],
    width: float,
    most_rows: int = 2,
    height: float = theme.TARGET,
    *,
    low: bool = False,
) -> list[Rank]:
    """The rows in which the buttons stand, with the largest letters that need few rows; `height` mm at least.

    `low`: rather smaller letters than a higher row, as always where two rows take half of a screen that lies.
    """
    if not verbs:
        return []
    found: list[Rank] = []
    for rows in range(1, most_rows + 1):
        flat = low or (rows > 1 and setting.wide)
        for shared in _shares(verbs, rows):
            for face in setting.label_faces():
                found = [_rank(setting, row, width, face, height) for row in shared]
                high = flat and any(rank.height > setting.mm(height) for rank in found)
                if not high and all(_fits(rank, width, setting.mm(theme.GAP)) for rank in found):
                    return found
    return found


def heights(setting: Setting, rows: Sequence[Rank]) -> float:
    """Of all rows."""
    return sum(rank.height for rank in rows) + setting.mm(theme.GAP) * max(0, len(rows) - 1)


def draw(setting: Setting, easel: Easel, rows: Sequence[Rank], at: Rect, *, spread: bool = True) -> None:
    """Put the rows below each other. `spread`: they take the whole width."""
    y, gap = at.y, setting.mm(theme.GAP)
    for rank in rows:
        free = at.w - sum(placed.width for placed in rank.buttons) - gap * (len(rank.buttons) - 1)
        more = max(0.0, free / len(rank.buttons)) if spread else 0.0
        quiet = any(placed.verb.quiet for placed in rank.buttons)
        most = setting.mm(MOST_WIDTH) * setting.scale if quiet else at.w
        x = at.x
        widths = [min(placed.width + more, max(placed.width, _most(setting, placed, most))) for placed in rank.buttons]
        slack = at.w - sum(widths) - gap * (len(widths) - 1)
        first_trailing = next((i for i, placed in enumerate(rank.buttons) if not placed.verb.quiet), len(widths))
        for i, (placed, wide) in enumerate(zip(rank.buttons, widths, strict=True)):
            if i == first_trailing:
                x += max(0.0, slack)
            if not placed.verb.hidden:
                _draw_button(setting, easel, placed, Rect(x, y, wide, rank.height))
            x += wide + gap
        y += rank.height + gap


def _most(setting: Setting, placed: Placed, most: float) -> float:
    return setting.mm(QUIET_WIDTH) * setting.scale if placed.verb.quiet else most


def _draw_button(setting: Setting, easel: Easel, placed: Placed, at: Rect) -> None:
    verb = placed.verb
    radius = setting.mm(2)
    of = easel.target(Target(at, verb.press, verb.label, local=verb.local, radius=radius))
    fill, ink = (Ink.MAIN, Ink.ON_MAIN) if verb.main else (Ink.WHITE, Ink.TEXT if verb.quiet else Ink.LEAF)
    easel.add(Card(at, fill, Ink.EDGE, setting.mm(0.4), radius, of))
    words = Block(placed.words.lines, placed.words.face, ink)
    top = at.y + (at.h - words.height) / 2
    words.draw(easel, Rect(at.x, top, at.w, words.height), fill, Side.MIDDLE, of)


def _shares(verbs: Sequence[Verb], rows: int) -> Iterator[list[Sequence[Verb]]]:
    """The ways to share the verbs out to rows: first with the quiet ones in a row of their own."""
    quiet = sum(verb.quiet for verb in verbs)
    if rows == PAIR and 0 < quiet < len(verbs):
        yield [verbs[:quiet], verbs[quiet:]]
    yield _shared(verbs, rows)


def _shared(verbs: Sequence[Verb], rows: int) -> list[Sequence[Verb]]:
    """The verbs in as many rows; the main one ends the last."""
    each = -(-len(verbs) // rows)
    first = len(verbs) - each * (rows - 1) if rows > 1 else len(verbs)
    if first <= 0:
        return [verbs]
    return [verbs[:first], *(verbs[i : i + each] for i in range(first, len(verbs), each))]


def _rank(setting: Setting, verbs: Sequence[Verb], width: float, face: Face, height: float) -> Rank:
    pad, gap = setting.mm(2), setting.mm(theme.GAP)
    least = setting.mm(theme.TARGET)
    free = width - gap * (len(verbs) - 1)
    wanted = [max(least, setting.lettering.width(verb.label, face) + 2 * pad + 2) for verb in verbs]
    if sum(wanted) > free:
        wanted = _squeezed(setting, verbs, face, free, wanted)
    placed = tuple(
        Placed(verb, block(setting, verb.label, face, wide - 2 * pad), wide)
        for verb, wide in zip(verbs, wanted, strict=True)
    )
    tallest = max(each.words.height for each in placed)
    return Rank(placed, max(setting.mm(height), tallest + setting.mm(1.6)))


def _squeezed(setting: Setting, verbs: Sequence[Verb], face: Face, free: float, wanted: list[float]) -> list[float]:
    """Narrower buttons: first what two lines need, then all alike."""
    pad, least = setting.mm(2), setting.mm(theme.TARGET)
    words = [max(least, setting.lettering.words(verb.label, face) + 2 * pad + 2) for verb in verbs]
    narrow = [max(word, min(want, want / 2 + 3 * pad)) for word, want in zip(words, wanted, strict=True)]
    if sum(narrow) <= free:
        return [wide + (free - sum(narrow)) / len(narrow) for wide in narrow]
    even = free / len(verbs)
    return [even] * len(verbs) if even >= least else narrow


def _fits(rank: Rank, width: float, gap: float) -> bool:
    """Whether the row is not too wide, no word is broken and no label is longer than two lines."""
    used = sum(placed.width for placed in rank.buttons) + gap * (len(rank.buttons) - 1)
    return used <= width + 1 and all(
        len(placed.words.lines) <= MOST_LINES and " ".join(placed.words.lines).split() == placed.verb.label.split()
        for placed in rank.buttons
    )
