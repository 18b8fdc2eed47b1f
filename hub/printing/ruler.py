"""A ruler for the head of a test sheet: shows whether every dot across prints, and how wide they stand."""

from __future__ import annotations

from typing import Final

from hub.printing.raster import Raster

MILLIMETRE: Final = 8
"""Dots, at 203.2 dots an inch."""
EDGE: Final = 3
"""Dots of the bars at both ends: where one is missing, the sheet is cut off or shifted."""
ROWS: Final[dict[int, int]] = {10: 40, 5: 26, 1: 16}
"""How far down the tick of every tenth, fifth and single millimetre goes, in rows."""
HEIGHT: Final = 48


def with_ruler(raster: Raster) -> Raster:
    """The sheet under a ruler across its whole width, a tick a millimetre."""
    rows = b"".join(_row(raster.width, row) for row in range(HEIGHT))
    return Raster(raster.width, HEIGHT + raster.height, rows + raster.rows)


def _row(width: int, row: int) -> bytes:
    dots = bytearray(width // 8)
    for dot in range(width):
        if dot < EDGE or dot >= width - EDGE or row < EDGE or _ticked(dot, row):
            dots[dot // 8] |= 0x80 >> dot % 8
    return bytes(dots)


def _ticked(dot: int, row: int) -> bool:
    millimetre, within = divmod(dot, MILLIMETRE)
    if within > 1:
        return False
    return row < next(rows for every, rows in ROWS.items() if millimetre % every == 0)
