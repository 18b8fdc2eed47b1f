"""A raster as ESC/POS bytes, in pieces a small printer can swallow.

Only five commands are ever sent: ESC @ (start afresh), GS v 0 (a strip of dots), ESC J (feed), GS V B
(feed to the knife and cut) and, by whoever waits for the end, GS r 1. Every strip is as wide as the
paper: printers disagree on where a narrower one goes. Blank rows go as feeds, which is shorter by a
third. No strip is a multiple of 48 rows high, which printers of the 5890 class stumble over.

python-escpos builds the bytes. It is imported with the first strip, for it is slow to load. Each process that
loads it makes a temporary directory for a pickle of its printer profiles; that is removed at once.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image

from hub.printing.port import PrinterSettings
from hub.printing.raster import Raster

PROFILES: Final = {576: "TM-T20II", 384: "POS-5890"}
"""By dots across; a profile refuses what is wider than its paper."""
FEED: Final = b"\x1bJ"
MOST_FED: Final = 255
FEWEST_BLANK: Final = 8
"""Blank rows in a row that are worth a feed: below a millimetre the print head only stutters."""
STUMBLE: Final = 48
TEAR_ROWS: Final = 112
"""14 mm: from the print head to the edge the paper is torn at."""
PICKLES: Final = "ESCPOS_CAPABILITIES_PICKLE_DIR"


def pieces(raster: Raster, *, strip_rows: int = 104, cut: bool = True, feeds: bool = True) -> Iterator[bytes]:
    """The bytes of one sheet, to be sent one piece after the other. Raises ValueError for a width nobody has."""
    paper = blank_paper(raster.width)
    paper.hw("INIT")
    yield taken(paper)
    for first, count, inked in parts(raster, strip_rows, feeds):
        yield strip(paper, raster, first, count) if inked else feed(count)
    yield ending(paper, cut)


def sheet(raster: Raster, settings: PrinterSettings) -> Iterator[bytes]:
    """`pieces` as a printer wants them."""
    return pieces(raster, strip_rows=settings.strip_rows, cut=settings.cut, feeds=settings.feeds)


def ending(paper: Any, cut: bool) -> bytes:
    """The sheet comes off: cut, or fed up to where it is torn."""
    if not cut:
        return feed(TEAR_ROWS)
    paper.cut(feed=False)
    return taken(paper)


def clearing(width: int, cut: bool) -> bytes:
    """Takes away what a broken job left hanging, before the next sheet."""
    return ending(blank_paper(width), cut)


def parts(raster: Raster, strip_rows: int, feeds: bool) -> Iterator[tuple[int, int, bool]]:
    """First row, number of rows, and whether they are printed or fed."""
    blank = blank_runs(raster) if feeds else {}
    row, height = 0, raster.height
    while row < height:
        if row in blank:
            yield row, blank[row], False
            row += blank[row]
            continue
        limit = min(height, row + strip_rows)
        end = next((each for each in range(row + 1, limit) if each in blank), limit)
        if (end - row) % STUMBLE == 0:
            end -= 1
        yield row, end - row, True
        row = end


def blank_runs(raster: Raster) -> dict[int, int]:
    """Where enough blank rows begin, and how many there are."""
    across = raster.width // 8
    nothing = bytes(across)
    runs: dict[int, int] = {}
    began = None
    for row in range(raster.height + 1):
        if row < raster.height and raster.rows[row * across : (row + 1) * across] == nothing:
            began = row if began is None else began
        elif began is not None:
            if row - began >= FEWEST_BLANK:
                runs[began] = row - began
            began = None
    return runs


def strip(paper: Any, raster: Raster, first: int, count: int) -> bytes:
    """One GS v 0."""
    across = raster.width // 8
    dots = raster.rows[first * across : (first + count) * across]
    paper.image(Image.frombytes("1", (raster.width, count), dots, "raw", "1;I"))
    return taken(paper)


def feed(rows: int) -> bytes:
    """ESC J as often as needed."""
    whole, rest = divmod(rows, MOST_FED)
    return (FEED + bytes([MOST_FED])) * whole + (FEED + bytes([rest]) if rest else b"")


def blank_paper(width: int) -> Any:
    """A printer of python-escpos that only collects bytes."""
    if width not in PROFILES:
        raise ValueError(f"no printer is {width} dots wide")
    first = "escpos" not in sys.modules
    from escpos import capabilities
    from escpos.printer import Dummy

    if first and PICKLES not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy(profile=PROFILES[width])


def taken(paper: Any) -> bytes:
    """What was collected since."""
    found: bytes = paper.output
    paper.clear()
    return found
