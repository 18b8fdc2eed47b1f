"""The pictures beside the words, drawn by us: strokes in a square of 24, painted as smooth lines of one thickness."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from kiosk.page import Icon
from kiosk.widgets.shapes import Sign

Point = tuple[float, float]
THICK: Final = 2.1
_FINER: Final = 4

Stroke = tuple[str, tuple[float, ...]]
"""A kind and its numbers: line x y x y ..., ring x y r, dot x y r, arc x y r from to (degrees), fill x y x y ..."""

STROKES: Final[Mapping[Icon | Sign, tuple[Stroke, ...]]] = {
    Icon.SIGNUP: (  # a plate with knife and fork
        ("ring", (12, 12, 6)),
        ("ring", (12, 12, 2.4)),
        ("line", (2.5, 3, 2.5, 21)),
        ("line", (21.5, 21, 21.5, 3, 20.2, 7, 20.2, 12, 21.5, 12)),
    ),
    Icon.WAITING: (("ring", (12, 13, 8)), ("line", (12, 8, 12, 13, 15.5, 15)), ("line", (9, 2.5, 15, 2.5))),
    Icon.JOIN: (
        ("ring", (9.5, 8, 4)),
        ("arc", (9.5, 21, 7.5, 180, 360)),
        ("line", (19.5, 7, 19.5, 14)),
        ("line", (16, 10.5, 23, 10.5)),
    ),
    Icon.ASK: (  # a raised hand
        ("line", (7, 13, 7, 6.5)),
        ("line", (10.5, 11, 10.5, 3.5)),
        ("line", (14, 11, 14, 4)),
        ("line", (17.5, 12, 17.5, 6.5)),
        ("line", (7, 12.5, 4.5, 11, 3.5, 12.5, 8, 19, 10, 21.5, 15.5, 21.5, 17.5, 18, 17.5, 11)),
    ),
    Icon.OFFER: (  # a heart
        ("arc", (7.6, 8.6, 4.6, 150, 360)),
        ("arc", (16.4, 8.6, 4.6, 180, 390)),
        ("line", (3.6, 10.9, 12, 20.8, 20.4, 10.9)),
    ),
    Icon.VOTE: (  # a slip over a box
        ("line", (3, 13, 3, 21.5, 21, 21.5, 21, 13, 3, 13)),
        ("line", (7, 13, 7, 2.5, 17, 2.5, 17, 13)),
        ("line", (9.5, 7.5, 11.4, 9.6, 14.7, 5.6)),
    ),
    Icon.BOOKS: (
        ("line", (12, 5.5, 12, 20.5)),
        ("line", (12, 5.5, 9, 4, 2.5, 4, 2.5, 19, 9, 19, 12, 20.5)),
        ("line", (12, 5.5, 15, 4, 21.5, 4, 21.5, 19, 15, 19, 12, 20.5)),
    ),
    Icon.TOPIC: (  # a pencil
        ("line", (3.5, 20.5, 4.8, 15.5, 17, 3.3, 20.7, 7, 8.5, 19.2, 3.5, 20.5)),
        ("line", (14, 6.3, 17.7, 10)),
    ),
    Icon.ROLES: (  # two people
        ("ring", (8, 8, 3.5)),
        ("arc", (8, 20, 6, 180, 360)),
        ("arc", (16.5, 7.5, 3.2, 220, 500)),
        ("arc", (16.5, 20, 6, 270, 360)),
    ),
    Icon.HUBS: (
        ("ring", (12, 5, 2.8)),
        ("ring", (5, 18.5, 2.8)),
        ("ring", (19, 18.5, 2.8)),
        ("line", (10.7, 7.5, 6.3, 16)),
        ("line", (13.3, 7.5, 17.7, 16)),
        ("line", (7.8, 18.5, 16.2, 18.5)),
    ),
    Icon.HELP: (
        ("ring", (12, 12, 9.5)),
        ("arc", (12, 9.5, 3, 190, 420)),
        ("line", (13.5, 12.1, 12, 13.2, 12, 14.6)),
        ("dot", (12, 17.6, 1.3)),
    ),
    Icon.DESK: (  # a key
        ("ring", (7.5, 12, 4.5)),
        ("line", (12, 12, 22, 12, 22, 16)),
        ("line", (18, 12, 18, 15)),
    ),
    Icon.MONEY: (("ring", (12, 12, 9.5)), ("ring", (12, 12, 5.5)), ("dot", (12, 12, 1.4))),
    Icon.RULES: (  # a sheet with paragraphs
        ("line", (5, 2.5, 19, 2.5, 19, 21.5, 5, 21.5, 5, 2.5)),
        ("line", (8.5, 7.5, 15.5, 7.5)),
        ("line", (8.5, 12, 15.5, 12)),
        ("line", (8.5, 16.5, 12.5, 16.5)),
    ),
    Icon.MINUTES: (
        ("line", (2.5, 4, 21.5, 4, 21.5, 16, 11, 16, 7, 20.5, 7, 16, 2.5, 16, 2.5, 4)),
        ("line", (7, 8, 17, 8)),
        ("line", (7, 12, 13, 12)),
    ),
    Icon.REST: (("dot", (5, 12, 1.7)), ("dot", (12, 12, 1.7)), ("dot", (19, 12, 1.7))),
    Sign.TICK: (
        ("fill", (2, 2, 22, 2, 22, 22, 2, 22)),
        ("gap", (6.3, 12.5, 10.5, 16.8, 17.7, 7.8)),
    ),
    Sign.DONE: (("dot", (12, 12, 11)), ("gap", (7, 12.4, 10.6, 16.2, 17, 8.4))),
    Sign.BOX: (("line", (3, 3, 21, 3, 21, 21, 3, 21, 3, 3)),),
    Sign.ONWARD: (("line", (9, 5, 16, 12, 9, 19)),),
    Sign.ERASE: (
        ("line", (8, 5, 22, 5, 22, 19, 8, 19, 1.5, 12, 8, 5)),
        ("line", (11.5, 9, 17.5, 15)),
        ("line", (17.5, 9, 11.5, 15)),
    ),
    Sign.SHIFT: (("line", (12, 3, 20.5, 12, 16, 12, 16, 20, 8, 20, 8, 12, 3.5, 12, 12, 3)),),
    Sign.SHIFTED: (("fill", (12, 2, 21.5, 12.8, 16.8, 12.8, 16.8, 21, 7.2, 21, 7.2, 12.8, 2.5, 12.8)),),
    Sign.NEW_LINE: (("line", (20.5, 4, 20.5, 14, 4, 14)), ("line", (9, 9, 4, 14, 9, 19))),
    Sign.ALERT: (
        ("line", (12, 3, 22, 20.5, 2, 20.5, 12, 3)),
        ("line", (12, 9.5, 12, 14)),
        ("dot", (12, 17.3, 1.2)),
    ),
}


@lru_cache(maxsize=128)
def picture(icon: Icon | Sign, size: int, mirrored: bool = False) -> Image.Image:
    """An icon of a size in dots, white on nothing."""
    whole = size * _FINER
    mask = Image.new("L", (whole, whole), 0)
    pen, scale = ImageDraw.Draw(mask), whole / 24
    for kind, numbers in STROKES.get(icon, ()):
        _stroke(pen, kind, [number * scale for number in numbers], numbers, scale)
    if mirrored and icon in (Sign.ONWARD,):
        mask = mask.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return mask.resize((size, size), Image.Resampling.LANCZOS)


def _stroke(pen: ImageDraw.ImageDraw, kind: str, at: list[float], plain: tuple[float, ...], scale: float) -> None:
    half = THICK * scale / 2
    points = list(zip(at[::2], at[1::2], strict=False))
    if kind == "line":
        _path(pen, points, half, 255)
    elif kind == "gap":
        _path(pen, points, half * 1.25, 0)
    elif kind == "fill":
        pen.polygon(points, fill=255)
    elif kind == "dot":
        _disc(pen, at[0], at[1], at[2], 255)
    elif kind == "ring":
        _disc(pen, at[0], at[1], at[2] + half, 255)
        _disc(pen, at[0], at[1], at[2] - half, 0)
    elif kind == "arc":
        x, y, r = at[:3]
        pen.arc((x - r - half, y - r - half, x + r + half, y + r + half), plain[3], plain[4], 255, round(2 * half))


def _path(pen: ImageDraw.ImageDraw, points: list[Point], half: float, fill: int) -> None:
    pen.line(points, fill=fill, width=round(2 * half))
    for x, y in points:
        _disc(pen, x, y, half, fill)


def _disc(pen: ImageDraw.ImageDraw, x: float, y: float, r: float, fill: int) -> None:
    pen.ellipse((x - r, y - r, x + r, y + r), fill=fill)
