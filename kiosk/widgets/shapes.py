"""What a page looks like, as values: shapes to draw, targets to touch. Dots from the top left corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from kiosk.page import Icon, Press
from kiosk.theme import Ink
from kiosk.widgets.lettering import Face


@dataclass(frozen=True, slots=True)
class Rect:
    """A place on the glass."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.h

    def inset(self, by: float, down: float | None = None) -> Rect:
        """The same, smaller on every side."""
        down = by if down is None else down
        return Rect(self.x + by, self.y + down, self.w - 2 * by, self.h - 2 * down)

    def has(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def meets(self, other: Rect, slack: float = 0.5) -> bool:
        """Whether the two share a place, by more than `slack` dots."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across > slack and down > slack

    def holds(self, other: Rect, slack: float = 1.0) -> bool:
        """Whether the other lies wholly in it."""
        inside = other.x >= self.x - slack and other.y >= self.y - slack
        return inside and other.right <= self.right + slack and other.bottom <= self.bottom + slack


class Sign(Enum):
    """Drawings of the glass itself."""

    TICK = "tick"
    DONE = "done"
    BOX = "box"
    ONWARD = "onward"
    ERASE = "erase"
    SHIFT = "shift"
    SHIFTED = "shifted"
    NEW_LINE = "new line"
    ALERT = "alert"


class Side(Enum):
    """Where a line stands in its place; START and END are mirrored with the page."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Card:
    """A rounded plate; `of` is the target it belongs to, which is drawn pressed while it is held."""

    rect: Rect
    fill: Ink | None
    edge: Ink | None = None
    thick: float = 0.0
    radius: float = 0.0
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One line, of letters in `ink` on a ground of `on`."""

    rect: Rect
    text: str
    face: Face
    ink: Ink
    on: Ink
    side: Side = Side.START
    of: int | None = None
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon or a sign."""

    rect: Rect
    icon: Icon | Sign
    ink: Ink
    on: Ink
    of: int | None = None
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows `top` to `bottom` of a picture."""

    rect: Rect
    png: bytes
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Dots:
    """A code: rows of dark and light."""

    rect: Rect
    rows: tuple[bytes, ...]


Shape = Card | Text | Mark | Sheet | Dots


@dataclass(frozen=True, slots=True)
class Target:
    """Something to press. `key` marks one of a board of keys, which touch each other; `local` moves only the glass."""

    rect: Rect
    press: Press
    label: str
    key: bool = False
    local: bool = False
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """One part of a page, ready to draw; `parts` is how many the page was cut into."""

    shapes: tuple[Shape, ...]
    targets: tuple[Target, ...]
    part: int = 0
    parts: int = 1
    mirrored: bool = False
    enter: Press | None = None
    """What Enter on a keyboard means here, where nothing has the focus."""
    typed: Callable[[str], None] | None = None
    """What a letter on a keyboard does here; a backspace is "\\b"."""


@dataclass(slots=True)
class Easel:
    """Where a drawing is made, left to right; `finish` mirrors it for a language written the other way."""

    width: float
    mirrored: bool = False
    shapes: list[Shape] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        """Draw on top of what is there."""
        self.shapes += shapes

    def target(self, target: Target) -> int:
        """Something to press; its number is what its shapes are `of`."""
        self.targets.append(target)
        return len(self.targets) - 1

    def fix(self) -> tuple[int, int]:
        """What is drawn from here on until `fixed` is never mirrored: keyboards, keypads."""
        return len(self.shapes), len(self.targets)

    def fixed(self, since: tuple[int, int], whole: Rect) -> None:
        """Mirror the board's place, not its keys: turned over twice, they stand as they were."""
        if not self.mirrored:
            return
        shapes, targets = since
        self.shapes[shapes:] = [_turned(shape, 2 * whole.x + whole.w) for shape in self.shapes[shapes:]]
        moved = [replace(each, rect=_over(each.rect, 2 * whole.x + whole.w)) for each in self.targets[targets:]]
        self.targets[targets:] = moved

    def finish(self) -> tuple[tuple[Shape, ...], tuple[Target, ...]]:
        """The drawing, mirrored where it is to be."""
        if not self.mirrored:
            return tuple(self.shapes), tuple(self.targets)
        return tuple(_turned(shape, self.width) for shape in self.shapes), tuple(self._turned_targets())

    def _turned_targets(self) -> Iterator[Target]:
        for each in self.targets:
            yield replace(each, rect=_over(each.rect, self.width))


def _over(rect: Rect, width: float) -> Rect:
    return Rect(width - rect.x - rect.w, rect.y, rect.w, rect.h)


def _turned(shape: Shape, width: float) -> Shape:
    rect = _over(shape.rect, width)
    if isinstance(shape, Text | Mark):
        return replace(shape, rect=rect, mirrored=not shape.mirrored)
    return replace(shape, rect=rect)
