"""The top of a page: its title, two lines in the corner, which part is seen; and a lower one above a keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hub.domain.base import N_
from kiosk import theme
from kiosk.page import Page
from kiosk.theme import Ink
from kiosk.widgets import buttons
from kiosk.widgets.buttons import Rank, Verb
from kiosk.widgets.lettering import Face
from kiosk.widgets.lines import paragraph, put
from kiosk.widgets.pieces import Piece
from kiosk.widgets.setting import NO_BLOCK, Block, Setting, block
from kiosk.widgets.shapes import Easel, Rect, Side

MOST_LINES: Final = 2
COUNTED: Final = N_("{part} of {parts}")
LOW: Final = 13.0
"""Of a button above a keyboard, in millimetres."""
CORNER: Final = 0.42
"""Of the width, at most, for what stands in the corner."""


@dataclass(frozen=True, slots=True)
class Header:
    """A title broken into lines, and the corner. `rest` is what had no room and begins the body."""

    title: Block
    corner: Block
    corner_width: float
    height: float
    rest: tuple[Piece, ...] = ()

    def draw(self, easel: Easel, at: Rect, count: str) -> None:
        """Put it at the top of a place; `count` says which part is seen."""
        wide = at.w - self.corner_width
        self.title.draw(easel, Rect(at.x, at.y + (self.height - self.title.height) / 2, wide, 0), Ink.GROUND)
        lines = (*self.corner.lines, *([count] if count else []))
        y = at.y + (self.height - len(lines) * self.corner.face.line) / 2
        for line in lines:
            place = Rect(at.right - self.corner_width, y, self.corner_width, float(self.corner.face.line))
            put(easel, line, self.corner.face, place, Ink.SOFT, side=Side.END)
            y += self.corner.face.line


def make(setting: Setting, page: Page, width: float, *, paged: bool) -> Header:
    """The header of a page in a width. A title too long for two lines is cut there, and stands whole below."""
    small = setting.between()
    counted = setting.say(COUNTED, part=88, parts=88) if paged else ""
    corner = [line for line in (*page.corner, counted) if line]
    wide = max((setting.lettering.width(line, small) + 2 for line in corner), default=0.0)
    rest: list[Piece] = []
    if wide > width * CORNER or (setting.step and setting.wide and len(corner) > MOST_LINES):
        line = " · ".join(line for line in page.corner if line)
        rest += paragraph(block(setting, line, small, width, Ink.SOFT), setting.mm(1.5))
        wide = setting.lettering.width(counted, small) + 2 if counted else 0.0
        kept: tuple[str, ...] = ()
    else:
        kept = tuple(line for line in page.corner if line)
    gap = setting.mm(3) if wide else 0.0
    title, whole = _title(setting, page.title, width - wide - gap, _title_faces(setting))
    if not whole:
        rest = [*paragraph(block(setting, page.title, setting.body(bold=True), width), setting.mm(2)), *rest]
    lines = len(kept) + bool(counted)
    height = max(setting.mm(theme.HEADER), title.height, float(lines * small.line))
    return Header(title, Block(kept, small, Ink.SOFT), wide, height, tuple(rest))


def small_words(setting: Setting, text: str, width: float, ink: Ink, *, bold: bool = False) -> list[Piece]:
    """Words above a field, close together."""
    return paragraph(block(setting, text, setting.small(bold), width, ink), setting.mm(0.3)) if text else []


def _title_faces(setting: Setting) -> list[tuple[Face, int]]:
    """Faces and how many lines in each, the one wanted first. Low screens with large text want one line."""
    large, middle = setting.title(), setting.face(theme.BODY * 1.1, bold=True)
    small, body = setting.small(bold=True), setting.body(bold=True)
    if setting.step and setting.wide:
        return [
            (large, 1),
            (middle, 1),
            (body, 1),
            (small, 1),
            (small, MOST_LINES),
            (setting.between(True), MOST_LINES),
        ]
    return [(large, MOST_LINES), (middle, MOST_LINES), (small, MOST_LINES)]


def _title(setting: Setting, text: str, width: float, faces: Sequence[tuple[Face, int]]) -> tuple[Block, bool]:
    """The title in the largest face that needs few lines; cut in the last one, and then False."""
    lines: list[str] = []
    face, most = faces[0]
    for face, most in faces:
        lines = setting.lettering.wrap(text, face, width)
        if len(lines) <= most and " ".join(lines).split() == text.split():
            return Block(tuple(lines), face, Ink.TEXT), True
    kept = lines[:most]
    if len(lines) > most:
        end = kept[-1]
        while end and setting.lettering.width(end + "…", face) > width:
            end = end[:-1]
        kept[-1] = end.rstrip() + "…"
    return Block(tuple(kept), face, Ink.TEXT), len(lines) <= most


@dataclass(frozen=True, slots=True)
class Compact:
    """One row above a keyboard: quiet buttons, the title, the other buttons. `whole`: the title had room."""

    leading: tuple[Rank, ...]
    title: Block
    trailing: tuple[Rank, ...]
    height: float
    whole: bool

    @classmethod
    def make(cls, setting: Setting, page: Page, verbs: Sequence[Verb], width: float) -> Compact:
        """For a page, its buttons and a width."""
        quiet = [verb for verb in verbs if verb.quiet]
        leading = buttons.ranks(setting, quiet, width * 0.56, 1, LOW, low=True)
        trailing = buttons.ranks(setting, verbs[len(quiet) :], width * 0.4, 1, LOW, low=True)
        used = sum(_width(setting, rank) for rank in (*leading, *trailing))
        free = max(1.0, width - used - setting.mm(3) * (len(leading) + len(trailing)))
        height = max((rank.height for rank in (*leading, *trailing)), default=setting.mm(theme.HEADER))
        faces = [(face, int((height + 2) // face.line)) for face, _ in _title_faces(setting)]
        faces = [(face, min(MOST_LINES, lines)) for face, lines in faces if lines]
        title, whole = _title(setting, page.title, free, faces) if faces else (NO_BLOCK, False)
        if not whole:
            title = NO_BLOCK
        return cls(tuple(leading), title, tuple(trailing), height, whole)

    def draw(self, setting: Setting, easel: Easel, at: Rect) -> None:
        """Put it at the top of a place."""
        x, gap = at.x, setting.mm(3)
        for rank in self.leading:
            wide = _width(setting, rank)
            even = Rank(rank.buttons, self.height)
            buttons.draw(setting, easel, [even], Rect(x, at.y, wide, self.height), spread=False)
            x += wide + gap
        right = at.right
        for rank in self.trailing:
            wide = _width(setting, rank)
            even = Rank(rank.buttons, self.height)
            right -= wide
            buttons.draw(setting, easel, [even], Rect(right, at.y, wide, self.height), spread=False)
            right -= gap
        y = at.y + (self.height - self.title.height) / 2
        self.title.draw(easel, Rect(x, y, max(1.0, right - x), 0), Ink.GROUND)


def _width(setting: Setting, rank: Rank) -> float:
    return sum(placed.width for placed in rank.buttons) + setting.mm(theme.GAP) * (len(rank.buttons) - 1)
