"""In what a page is set: the screen, the step of the text, the reader's language; and how lines are put on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kiosk import theme
from kiosk.theme import Ink, Screen
from kiosk.widgets.lettering import Face, Lettering, rtl_of
from kiosk.widgets.shapes import Easel, Rect, Side, Text


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a layout depends on besides the page. `step` counts theme.STEPS; `say` translates our own words."""

    screen: Screen
    lettering: Lettering
    language: str
    say: Callable[..., str]
    step: int = 0

    @property
    def scale(self) -> float:
        """How much larger the text is."""
        return theme.STEPS[self.step]

    @property
    def rtl(self) -> bool:
        """Whether the page is mirrored."""
        return rtl_of(self.language)

    @property
    def wide(self) -> bool:
        """Whether the screen lies."""
        return self.screen.width > self.screen.height

    def mm(self, millimetres: float) -> float:
        """In dots, whole ones."""
        return float(round(millimetres * self.screen.unit))

    def face(self, em: float, bold: bool = False, language: str = "", *, scaled: bool = True) -> Face:
        """Letters of an em in millimetres, scaled by the reader's step."""
        size = em * self.screen.unit * (self.scale if scaled else 1.0)
        return Face(round(size), bold, language or self.language)

    def title(self) -> Face:
        """Of titles."""
        return self.face(theme.TITLE, bold=True)

    def body(self, bold: bool = False, language: str = "") -> Face:
        """Of what is read and chosen."""
        return self.face(theme.BODY, bold, language)

    def small(self, bold: bool = False, language: str = "") -> Face:
        """Of what stands beside; the smallest there is."""
        return self.face(theme.SMALL, bold, language)

    def label_faces(self) -> Iterator[Face]:
        """Of words on buttons, from the one wanted to the one that must do."""
        yield self.body(bold=True)
        yield self.small(bold=True)
        yield self.between(bold=True)
        yield self.face(theme.SMALL * (1 + (self.scale - 1) / 4), bold=True, scaled=False)
        yield self.face(theme.SMALL, bold=True, scaled=False)

    def between(self, bold: bool = False) -> Face:
        """Half as much larger as the reader asked: for what stands at the edges of every page."""
        return self.face(theme.SMALL * (1 + (self.scale - 1) / 2), bold, scaled=False)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text in one face."""

    lines: tuple[str, ...]
    face: Face
    ink: Ink

    @property
    def height(self) -> float:
        """In dots."""
        return float(len(self.lines) * self.face.line)

    def draw(self, easel: Easel, at: Rect, on: Ink, side: Side = Side.START, of: int | None = None) -> float:
        """Put the lines below each other from the top of a place; returns where they end."""
        y = at.y
        for line in self.lines:
            if line:
                rect = Rect(at.x, y, at.w, float(self.face.line))
                easel.add(Text(rect, line, self.face, self.ink, on, side, of))
            y += self.face.line
        return y


NO_BLOCK: Final = Block((), Face(1), Ink.TEXT)


def block(setting: Setting, text: str, face: Face, width: float, ink: Ink = Ink.TEXT) -> Block:
    """A text broken into lines of a width; nothing for nothing."""
    return Block(tuple(setting.lettering.wrap(text, face, width)), face, ink) if text else NO_BLOCK
