"""Side by side: TinyDB on a file, TinyDB in memory, and our table, at growing sizes.

    python tests/bench/bench_tables.py [--json]

Prints microseconds per step, the median of several rounds taken in turns, so that a busy moment of
the machine falls on all three alike. The plain file stops at 10,000 documents: beyond, one insert
takes the better part of a second.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from hub.views.tables import Document, Table, memory_table, where

SIZES = (100, 1_000, 10_000, 100_000)
LARGEST_FILE = 10_000
ROUNDS = 5

Steps = dict[str, Callable[[Table, int], object]]

STEPS: Steps = {
    "get by id": lambda table, n: table.get(doc_id=7),
    "search": lambda table, n: table.search(where("n") == n),
    "upsert by id": lambda table, n: table.upsert(Document(need(n), 7)),
    "insert": lambda table, n: table.insert(need(n)),
}


def need(n: int) -> dict[str, object]:
    """A document as the views keep them: numbers, ids, and words in two languages."""
    return {"n": n, "by": "0123456789ab", "state": "open", "what": {"en": "a ladder", "es": "una escalera"}}


def tables(size: int, folder: Path) -> dict[str, Table]:
    """The three kinds, each filled with `size` documents."""
    kinds = {
        "TinyDB, file": TinyDB(folder / f"{size}.json").table("needs") if size <= LARGEST_FILE else None,
        "TinyDB, memory": TinyDB(storage=MemoryStorage).table("needs"),
        "ours": memory_table("needs"),
    }
    kept = {name: table for name, table in kinds.items() if table is not None}
    for table in kept.values():
        table.insert_multiple(need(n) for n in range(size))
    return kept


def steps_per_round(kind: str, step: str, size: int) -> int:
    """As many as take long enough to be timed, and few beside the size, which inserts change."""
    flat = kind == "ours" and step != "search"
    return min(1_000, size // 5) if flat else max(1, 2_000 // size)


def measure(size: int) -> list[dict[str, object]]:
    """Rows of (documents, step, kind, microseconds)."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        kinds = tables(size, Path(folder))
        for step, act in STEPS.items():
            taken: dict[str, list[float]] = {kind: [] for kind in kinds}
            for n in range(ROUNDS):
                for kind, table in kinds.items():
                    taken[kind].append(timed(act, table, steps_per_round(kind, step, size), n))
            rows += [
                {"documents": size, "step": step, "kind": kind, "microseconds": round(median(each) * 1e6, 2)}
                for kind, each in taken.items()
            ]
    return rows


def timed(act: Callable[[Table, int], object], table: Table, times: int, n: int) -> float:
    """Seconds per step."""
    start = perf_counter()
    for turn in range(times):
        act(table, n * times + turn)
    return (perf_counter() - start) / times


def show(rows: list[dict[str, object]]) -> None:
    """The rows as a table, steps and kinds down, sizes across."""
    print(f"{'microseconds per step':32}" + "".join(f"{size:>14,}" for size in SIZES))
    for step in STEPS:
        for kind in ("TinyDB, file", "TinyDB, memory", "ours"):
            chosen = [row for row in rows if (row["step"], row["kind"]) == (step, kind)]
            found = {row["documents"]: row["microseconds"] for row in chosen}
            print(f"{step + ': ' + kind:32}" + "".join(f"{found.get(size, '-'):>14}" for size in SIZES))


if __name__ == "__main__":
    measured = [row for size in SIZES for row in measure(size)]
    if "--json" in sys.argv[1:]:
        print(json.dumps(measured, indent=1))
    else:
        show(measured)
