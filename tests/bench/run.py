"""Every figure in one run: `python tests/bench/run.py [--write FILE] [--figures FILE] [--place DIR]`.

Runs each bench beside this file in a process of its own and the replay of the real budgets, adds what the
long tests noted in `--figures` (one JSON object a line), and writes it all down with commit, date, machine
and seeds. Figures are shown, never asserted: the machine is busy or it is not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
BALLOTS: Final = ROOT.parent / "shared" / "data" / "ballots"
BENCHES: Final = {
    "bench_kiosk.py": "The glass beside a bare Kivy window, offscreen under software GL",
    "bench_hub.py": "The whole hub beside TinyDB on a file, and its start on a long log",
    "bench_log.py": "The journal beside a bare write and fdatasync",
    "bench_sheets.py": "Sheets set for a roll and for a page, milliseconds",
    "bench_printing.py": "Sheets as bytes for a receipt printer",
    "bench_press.py": "From the touch to the printer, through the whole hub, milliseconds",
}
KILLS: Final = (0, 20)
MANY_KILLS: Final = 200
"""Of the hub, under the load of the largest file."""
SEED: Final = 1

Figures = dict[str, Any]


def bench(name: str, place: str) -> Figures:
    """One bench; its last line is JSON."""
    done = subprocess.run([sys.executable, str(HERE / name), place], capture_output=True, text=True, check=True)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def tables() -> list[Figures]:
    """The rows of bench_tables.py."""
    command = [sys.executable, str(HERE / "bench_tables.py"), "--json"]
    found: list[Figures] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def replays() -> Iterator[tuple[str, int, Figures]]:
    """Every real budget there is, voted again; in peace, and with the hub killed on the way."""
    files = sorted(BALLOTS.glob("*.pb"), key=lambda path: path.stat().st_size)
    for path in files:
        for kills in (*KILLS, *([MANY_KILLS] if path == files[-1] else [])):
            command = [sys.executable, "-m", "hub", "replay", str(path), "--json"]
            options = ["--kills", str(kills), "--seed", str(SEED)]
            done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=ROOT)
            yield path.name, kills, json.loads(done.stdout) if done.stdout else {"fault": done.stderr.strip()}


def noted(path: Path | None) -> list[Figures]:
    """What the long tests noted."""
    if path is None or not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def head() -> list[str]:
    """Where and when: without it a figure is a rumour."""
    told = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12"]
    commit = subprocess.run(told, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
    return [
        "# Measured",
        "",
        "Written by `deploy/test --long`. Ratios are of steps taken side by side in one run; trust them before",
        "the figures. Nothing here was measured on a Raspberry Pi.",
        "",
        f"- commit `{commit}`, {datetime.now(UTC):%Y-%m-%d}",
        f"- Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        f"- seeds: replay {SEED}; simulated power cuts from 1 on; hypothesis derandomised",
    ]


def listed(title: str, found: Figures) -> list[str]:
    """One table of name and figure."""
    rows = [f"| {name.replace('_', ' ')} | {value} |" for name, value in found.items()]
    return ["", f"## {title}", "", "| what | measured |", "|---|---:|", *rows]


def of_tables(rows: list[Figures]) -> list[str]:
    """Microseconds per step: kinds down, sizes across."""
    sizes = sorted({row["documents"] for row in rows})
    lines = ["", "## Our tables beside TinyDB's, microseconds per step", ""]
    lines += ["| step | kind | " + " | ".join(f"{size:,}" for size in sizes) + " |", "|---|---|" + "---:|" * len(sizes)]
    for step, kind in dict.fromkeys((row["step"], row["kind"]) for row in rows):
        found = {row["documents"]: row["microseconds"] for row in rows if (row["step"], row["kind"]) == (step, kind)}
        lines.append(f"| {step} | {kind} | " + " | ".join(str(found.get(size, "-")) for size in sizes) + " |")
    return lines


def of_replays() -> list[str]:
    """Real budgets, voted again."""
    wanted = ("voters", "counts_equal", "lost", "struck", "verified", "starts", "starts_while_voting")
    wanted += ("seconds", "votes_per_second")
    heads = " | ".join(name.replace("_", " ") for name in wanted)
    lines = ["", "## Real participatory budgets through the real API", ""]
    lines += [
        "Kills come at random moments until all have voted; each start but the first follows one of them.",
        "",
    ]
    lines += [f"| file | kills wanted | {heads} |", "|---|---:|" + "---:|" * len(wanted)]
    for name, kills, found in replays():
        lines.append(f"| {name} | {kills} | " + " | ".join(str(found.get(each, "?")) for each in wanted) + " |")
    return lines


def main() -> None:
    """Measure everything and show or write it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", type=Path)
    options.add_argument("--figures", type=Path)
    options.add_argument("--place", default="/var/tmp", help="a directory on the disk to be measured")
    asked = options.parse_args()
    lines = head()
    for figure in noted(asked.figures):
        lines += listed(figure.pop("title"), figure)
    lines += of_replays()
    for name, title in BENCHES.items():
        lines += listed(title, bench(name, asked.place))
    lines += of_tables(tables())
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.write:
        asked.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
