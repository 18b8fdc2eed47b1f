"""How long a sheet takes to be typeset: `python tests/bench/bench_sheets.py [directory]`.

Every kind of sheet of a kitchen that has lived through a season, on the wide roll and as a page. Cold is
the first sheet of a process, fonts and template included; warm is the median of sheets that differ, each
set once. Prints a table, then the same as JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from paperwork import every_sheet, lived_in

from hub.documents.blocks import Document, Heading, Row, Text
from hub.printing.typeset import Typesetter

ROUNDS = 7
ROWS = 200
COLD = "--cold"
FIRST = Document("test", "en", "Soup", (Heading("Soup", 1), Text("Lentil, onion, beet")))


def cold() -> dict[str, float]:
    """In a process of its own: a typesetter and its first sheet; milliseconds, and the memory it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = perf_counter()
    Typesetter().raster(FIRST)
    spent = (perf_counter() - start) * 1000
    return {
        "cold_ms": spent,
        "cold_rss_growth_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
    }


def warm(typesetter: Typesetter, document: Document) -> tuple[float, float]:
    """Milliseconds of a roll and of a page, each of a sheet that was not set before."""
    rolls, pages = [], []
    for number in range(ROUNDS):
        fresh = replace(document, blocks=(*document.blocks, Text(f"Round {number} of {document.kind}")))
        start = perf_counter()
        typesetter.raster(fresh)
        between = perf_counter()
        typesetter.pdf(fresh)
        rolls.append((between - start) * 1000)
        pages.append((perf_counter() - between) * 1000)
    return median(rolls), median(pages)


def measure(directory: str | None) -> dict[str, float]:
    found: dict[str, float] = json.loads(
        subprocess.run([sys.executable, __file__, COLD], capture_output=True, check=True).stdout
    )
    with tempfile.TemporaryDirectory(dir=directory) as data:
        kitchen, members = lived_in(Path(data) / "hub")
        sheets = every_sheet(kitchen, members)
        kitchen.service.close()
    sheets["rows"] = Document("rows", "en", "Rows", tuple(Row(f"Rice {number}", "12.50") for number in range(ROWS)))
    typesetter = Typesetter()
    for name, document in sheets.items():
        found[f"{name}_roll_ms"], found[f"{name}_page_ms"] = warm(typesetter, document)
    return {name: round(value, 1) for name, value in found.items()}


def main(arguments: list[str]) -> None:
    if arguments[:1] == [COLD]:
        print(json.dumps(cold()))
        return
    found = measure(arguments[0] if arguments else None)
    for name, value in found.items():
        print(f"{name:<28}{value:>10,.1f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
