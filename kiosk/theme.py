"""Measures and colours of the glass, without a widget: millimetres, steps of text, and contrast as arithmetic.

Sizes are millimetres because a finger is: a target is 15 mm and never under 12.7 (VVSG 2.0, 7.2-I). Colours are
named by their part, so that a theme is one table and its floors can be tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

TARGET, LEAST_TARGET, GAP, LEAST_GAP, SIDE = 15.0, 12.7, 2.5, 2.0, 4.0
HEADER, ROW, PAD = 12.0, 13.5, 3.0
TILE_HEIGHT = 27.0
TITLE, BODY, SMALL = 6.4, 4.9, 4.2
"""Type in millimetres of an em."""
LINE: Final = 1.36
"""Height of a line in em."""
STEPS: Final = (1.0, 1.4, 1.85)
"""How much larger the text is, in three steps; the same as kiosk.session.SIZES."""
BODY_FLOOR, TEXT_FLOOR, BORDER_FLOOR = 10.0, 7.0, 3.0
"""Contrast ratios (WCAG 2.2): body text, any other text, borders."""


class Ink(Enum):
    """A colour by what it is for."""

    GROUND = "ground"
    TEXT = "text"
    SOFT = "soft"
    LEAF = "leaf"
    """Words on buttons, icons, big figures."""
    CARD = "card"
    """What may be touched and is a choice."""
    WHITE = "white"
    """What may be touched and is a button or a key; fields."""
    EDGE = "edge"
    THIN = "thin"
    """Edges of keys and of what is only read."""
    MAIN = "main"
    ON_MAIN = "on main"
    PRESSED = "pressed"
    ON_PRESSED = "on pressed"
    ALERT = "alert"
    ALERT_CARD = "alert card"
    FOCUS = "focus"
    PAPER = "paper"
    """Under pictures of paper and codes: white in every theme."""
    DOTS = "dots"
    """The ink of a code: black in every theme."""


Colour = tuple[int, int, int]
Palette = Mapping[Ink, Colour]


def colour(written: str) -> Colour:
    """ "#0b4f4a" as three numbers up to 255."""
    return int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)


_LIGHT: Final = {
    Ink.GROUND: "#fbf6ec",
    Ink.TEXT: "#1b1815",
    Ink.SOFT: "#474039",
    Ink.LEAF: "#0b4a45",
    Ink.CARD: "#deebe5",
    Ink.WHITE: "#ffffff",
    Ink.EDGE: "#0f5f58",
    Ink.THIN: "#837b70",
    Ink.MAIN: "#0b4f4a",
    Ink.ON_MAIN: "#ffffff",
    Ink.PRESSED: "#08332f",
    Ink.ON_PRESSED: "#ffffff",
    Ink.ALERT: "#7d160f",
    Ink.ALERT_CARD: "#fdebe3",
    Ink.FOCUS: "#b1008b",
    Ink.PAPER: "#ffffff",
    Ink.DOTS: "#000000",
}
_STRONG: Final = {
    Ink.GROUND: "#000000",
    Ink.TEXT: "#ffffff",
    Ink.SOFT: "#ffffff",
    Ink.LEAF: "#ffe45c",
    Ink.CARD: "#000000",
    Ink.WHITE: "#000000",
    Ink.EDGE: "#ffffff",
    Ink.THIN: "#ffffff",
    Ink.MAIN: "#ffe45c",
    Ink.ON_MAIN: "#000000",
    Ink.PRESSED: "#ffffff",
    Ink.ON_PRESSED: "#000000",
    Ink.ALERT: "#ffb3a8",
    Ink.ALERT_CARD: "#000000",
    Ink.FOCUS: "#00e5ff",
    Ink.PAPER: "#ffffff",
    Ink.DOTS: "#000000",
}
LIGHT: Final[Palette] = {ink: colour(written) for ink, written in _LIGHT.items()}
STRONG: Final[Palette] = {ink: colour(written) for ink, written in _STRONG.items()}
"""High contrast: light on black."""


def palette(contrast: bool) -> Palette:
    """The colours of a theme."""
    return STRONG if contrast else LIGHT


def contrast_of(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


@dataclass(frozen=True, slots=True)
class Screen:
    """A panel: its dots, and how many of them make a millimetre."""

    width: int
    height: int
    per_mm: float

    @property
    def unit(self) -> float:
        """Dots of a design millimetre: on a larger panel, read from further off, all is drawn larger."""
        longer, shorter = max(self.width, self.height) / self.per_mm, min(self.width, self.height) / self.per_mm
        return self.per_mm * min(1.6, max(1.0, min(longer / 157, shorter / 93)))


SCREENS: Final = {
    "800x480": Screen(800, 480, 5.19),
    "1280x720": Screen(1280, 720, 8.2),
    "720x1280": Screen(720, 1280, 8.2),
    "1920x1080": Screen(1920, 1080, 5.58),
}
"""The first official 7-inch panel, the second one lying and standing, and a monitor of 15.6 inches."""


def screen_of(size: str) -> Screen:
    """A screen by its "800x480"; one we do not know is taken for 7 inches. Raises ValueError."""
    if size in SCREENS:
        return SCREENS[size]
    width, height = (int(part) for part in size.lower().split("x"))
    if min(width, height) < 240:
        raise ValueError(f"a screen of {size} is too small")
    return Screen(width, height, float((width**2 + height**2) ** 0.5) / 177.8)
