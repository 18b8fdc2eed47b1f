"""What a sheet weighs as bytes and how long it takes: `python tests/bench/bench_printing.py [directory]`.

The sheets stand for text: lines of 24 rows with ink on a third of the dots, a gap after each, a wider one after
each paragraph. Seconds on a serial line are computed from its speed; on the network they are those of a printer
in memory behind a TCP port. Prints a table, then the same as JSON.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from emulated_printer import EmulatedPrinter

from hub.printing.port import Job, PrinterSettings
from hub.printing.printers import open_printer
from hub.printing.raster import Raster
from hub.printing.strips import pieces

RUNS = 7
ROWS = {"slip": 400, "minutes": 2000}
LINE, GAP, PARAGRAPH, LINES_OF_ONE = 24, 10, 40, 4
BAUDS = (9600, 115200)
BITS_PER_BYTE = 10


def sheet(width: int, rows: int) -> Raster:
    """Something like text."""
    dice, across, packed, line = random.Random(1), width // 8, bytearray(), 0
    while len(packed) < rows * across:
        line += 1
        inked = (dice.getrandbits(8) & dice.getrandbits(8) for _ in range(across * LINE))
        packed += bytes(inked) + bytes(across * (GAP if line % LINES_OF_ONE else PARAGRAPH))
    return Raster(width, rows, bytes(packed[: rows * across]))


def bytes_of(raster: Raster, *, feeds: bool = True) -> bytes:
    return b"".join(pieces(raster, feeds=feeds))


def median_ms(act: Callable[[], object]) -> float:
    taken: list[float] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def of_sheet(name: str, width: int) -> dict[str, float]:
    raster = sheet(width, ROWS[name])
    content = bytes_of(raster)
    found = {
        "bytes": len(content),
        "saved_by_feeds_percent": 100 - 100 * len(content) / len(bytes_of(raster, feeds=False)),
        "to_bytes_ms": median_ms(lambda: bytes_of(raster)),
    }
    for baud in BAUDS:
        found[f"at_{baud}_s"] = len(content) * BITS_PER_BYTE / baud
    with EmulatedPrinter(width) as device:
        printer = open_printer(PrinterSettings("network", device.address, width))
        found["over_tcp_ms"] = median_ms(lambda: printer.print(Job(raster), lambda: None))
        printer.close()
    return {f"{name}_{width}_{what}": value for what, value in found.items()}


def measure() -> dict[str, float]:
    found: dict[str, float] = {}
    start = time.perf_counter()
    bytes_of(sheet(384, 8))
    found["first_bytes_after_start_ms"] = (time.perf_counter() - start) * 1000
    for width in (576, 384):
        for name in ROWS:
            found |= of_sheet(name, width)
    return {name: round(value, 1) for name, value in found.items()}


def main() -> None:
    found = measure()
    for name, value in found.items():
        print(f"{name:<40}{value:>14,.1f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
