"""How fast the log is beside the disk it stands on: `python tests/bench/bench_log.py [directory]`.

Every pair that is compared runs side by side in one run, alternating, so that the ratio holds when
the machine does not. Prints a table, then the same as JSON. Targets: docs on storage.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from hub.domain.base import Millis, Words
from hub.log.chain import Record, Stamp
from hub.log.fs import RealDisk
from hub.log.journal import Journal
from hub.log.keys import Keys

KEYS = Keys(bytes(32))
APPENDS = 400
SIZES = (10_000, 100_000)
BOOT = "--boot"


def record(n: int) -> Record:
    words: dict[str, Words | list[Words]] = {"text": Words({"en": f"Could somebody bring flour and salt, {n}?"})}
    return Record("need.voiced", b'{"by":"abc123def456","circle":1,"need":%d}' % n, words, "abc123def456", f"k{n}")


def opened(data: Path) -> Journal:
    return Journal.open(RealDisk(), data / "journal", KEYS, data / "quarantine", os.urandom)


def median_append(data: Path) -> dict[str, float]:
    """Milliseconds of one append, and of as many bytes written and fdatasynced by hand."""
    journal = opened(data)
    bare = os.open(data / "bare", os.O_RDWR | os.O_CREAT, 0o600)
    ours: list[float] = []
    theirs: list[float] = []
    line = bytes(550)
    for n in range(APPENDS):
        start = time.perf_counter()
        journal.append([record(n)], Stamp(Millis(n), True))
        between = time.perf_counter()
        os.pwrite(bare, line, n * len(line))
        os.fdatasync(bare)
        end = time.perf_counter()
        ours.append(between - start)
        theirs.append(end - between)
    os.close(bare)
    journal.close()
    append, sync = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    return {"append_ms": append, "bare_fdatasync_ms": sync, "append_ratio": append / sync}


def fill(data: Path, count: int) -> None:
    journal = opened(data)
    for first in range(0, count, 100):
        journal.append([record(n) for n in range(first, first + 100)], Stamp(Millis(first), True))
    journal.close()


def boot(data: Path) -> dict[str, float]:
    """In a process of its own: open, then read every entry; seconds, and what memory it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    journal = opened(data)
    middle = time.perf_counter()
    count = sum(1 for _ in journal.read())
    end = time.perf_counter()
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "events": count,
        "open_s": middle - start,
        "read_s": end - middle,
        "rss_mb": rss / 1024,
        "rss_growth_mb": (rss - before) / 1024,
    }


def best_boot(data: Path) -> dict[str, float]:
    command = [sys.executable, __file__, BOOT, str(data)]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(3)]
    return min(runs, key=lambda run: run["open_s"] + run["read_s"])


def measure(directory: str | None) -> dict[str, float]:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=directory) as data:
        found |= median_append(Path(data))
    for count in SIZES:
        with tempfile.TemporaryDirectory(dir=directory) as data:
            fill(Path(data), count)
            run = best_boot(Path(data))
        name = f"{count // 1000}k"
        found[f"open_{name}_per_s"] = count / run["open_s"]
        found[f"open_and_read_{name}_per_s"] = count / (run["open_s"] + run["read_s"])
        found[f"boot_{name}_s"] = run["open_s"] + run["read_s"]
        found[f"rss_{name}_mb"] = run["rss_mb"]
        found[f"rss_growth_{name}_mb"] = run["rss_growth_mb"]
    found["boot_100k_over_10k"] = found["boot_100k_s"] / found["boot_10k_s"]
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
