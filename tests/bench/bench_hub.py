"""The whole hub beside what a first sketch would have done: `python tests/bench/bench_hub.py [directory]`.

One need recorded by the hub (decided, written, synced, folded) beside one document inserted by TinyDB on
a file, in turns, at growing sizes; and a start of the hub on a long log, in a process of its own.
Prints a table, then the same as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from tinydb import TinyDB

sys.path.insert(0, str(Path(__file__).parents[2]))

from hub import facts
from hub.commands.found import founding
from hub.domain import membership, needs
from hub.domain.base import Circle, MemberId, Millis, NeedId, Words
from hub.log.chain import Record, Stamp
from hub.service import Newcomer, Service
from hub.stores import open_stores

NOON = Millis(1_795_435_200_000)
SIZES = (1_000, 10_000, 100_000)
BOOTS = (10_000, 100_000)
ROUNDS = {1_000: 20, 10_000: 10, 100_000: 3}
A_TURN = 20
"""The hub's needs in each round, before one insert of TinyDB: of a busy moment right after it, the median knows."""
BOOT = "--boot"
EVENTS_OF_A_NEED = 3


def opened(data: Path) -> Service:
    return Service(open_stores(data, os.urandom), lambda: Stamp(NOON, True))


def begun(data: Path) -> list[MemberId]:
    """A founded hub with its first three members."""
    hub = opened(data)
    hub.submit(founding(hub.hub, "Oak", "kitchen", "en", "EUR", "UTC", {}, ephemeral=False), key="founding")
    asked = [hub.submit(membership.AskToJoin(True), newcomer=Newcomer(name, "en")).person for name in "ABC"]
    members = [person for person in asked if person is not None]
    hub.submit(membership.OpenEvening(tuple(members)))
    hub.close()
    return members


def story(count: int, by: MemberId, other: MemberId) -> Iterator[Record]:
    """So many events: needs asked, taken up, met."""
    for n in range(count):
        number = NeedId(n // EVENTS_OF_A_NEED + 1)
        fact = (
            needs.NeedReported(number, needs.Sort.FOOD, needs.Soon.WEEK, Circle.MEMBERS, by, text(n)),
            needs.NeedTakenUp(number, other, Words({"en": "At six, in the kitchen"})),
            needs.NeedMet(number, by),
        )[n % EVENTS_OF_A_NEED]
        data, words = facts.pack(fact)
        yield Record(fact.KIND, data, words, actor=by, key=f"form-{n}")


def text(n: int) -> Words:
    return Words({"en": f"Could somebody bring flour and salt, {n}?"})


def fill(data: Path, count: int) -> None:
    """A hub with so many events in its log."""
    rosa, ali, _ = begun(data)
    stores = open_stores(data, os.urandom)
    records = list(story(count, rosa, ali))
    for first in range(0, count, 100):
        stores.journal.append(records[first : first + 100], Stamp(Millis(NOON + first), True))
    stores.close()


def beside_tinydb(size: int, place: Path) -> dict[str, float]:
    """Milliseconds to record one need: by the hub, and by TinyDB on a file of as many documents."""
    fill(place / "hub", size * EVENTS_OF_A_NEED)
    hub = opened(place / "hub")
    plain = TinyDB(place / "plain.json")
    plain.insert_multiple({"text": text(n), "sort": "food", "circle": 1, "by": "0123456789ab"} for n in range(size))
    ours: list[float] = []
    theirs: list[float] = []
    for n in range(ROUNDS[size]):
        for turn in range(A_TURN):
            start = perf_counter()
            hub.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.WEEK, text(n)), key=f"bench-{n}-{turn}")
            ours.append(perf_counter() - start)
        start = perf_counter()
        plain.insert({"text": text(n), "sort": "food", "circle": 1, "by": "0123456789ab"})
        theirs.append(perf_counter() - start)
    hub.close()
    plain.close()
    hub_ms, plain_ms = median(ours) * 1000, median(theirs) * 1000
    name = f"{size // 1000}k"
    return {f"hub_{name}_ms": hub_ms, f"tinydb_{name}_ms": plain_ms, f"tinydb_over_hub_{name}": plain_ms / hub_ms}


def boot(data: Path) -> dict[str, float]:
    """In a process of its own: start the hub; seconds, and what memory its log took."""
    before = resident_mb()
    start = perf_counter()
    hub = opened(data)
    seconds = perf_counter() - start
    grown = resident_mb() - before
    hub.close()
    return {"seconds": seconds, "rss_growth_mb": grown}


def resident_mb() -> float:
    """What this process holds in memory now. (The greatest ever would count what its parent held.)"""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def best_boot(data: Path) -> dict[str, float]:
    command = [sys.executable, __file__, BOOT, str(data)]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(3)]
    return min(runs, key=lambda run: run["seconds"])


def measure(directory: str | None) -> dict[str, float]:
    found: dict[str, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=directory) as place:
            found |= beside_tinydb(size, Path(place))
    for count in BOOTS:
        with tempfile.TemporaryDirectory(dir=directory) as place:
            fill(Path(place) / "hub", count)
            run = best_boot(Path(place) / "hub")
        name = f"{count // 1000}k"
        found[f"start_{name}_s"] = run["seconds"]
        found[f"start_{name}_events_per_s"] = count / run["seconds"]
        found[f"start_{name}_rss_growth_mb"] = run["rss_growth_mb"]
    found["start_100k_over_10k"] = found["start_100k_s"] / found["start_10k_s"]
    return {name: round(value, 3) for name, value in found.items()}


def main(arguments: list[str]) -> None:
    if arguments[:1] == [BOOT]:
        print(json.dumps(boot(Path(arguments[1]))))
        return
    found = measure(arguments[0] if arguments else None)
    for name, value in found.items():
        print(f"{name:<28}{value:>14,.3f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
