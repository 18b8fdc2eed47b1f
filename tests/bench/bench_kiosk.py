"""What the glass costs beside a bare Kivy window: `python tests/bench/bench_kiosk.py [directory]`.

Both run offscreen under software GL in processes of their own, with the faces built already. Prints a table, then
the same as JSON. `cold` is from the start of the interpreter to the first frame, `tap` from a touch to the frame
that shows it, `idle` the share of one core while nobody touches anything.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

COLD, TAPS, IDLE = 5, 40, 6.0
SIZE = "800x480"
BARE, OURS = "bare", "ours"


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in (BARE, OURS):
        print(json.dumps(of_process(sys.argv[1], float(sys.argv[2]))))
        return
    found: dict[str, float] = {}
    started(OURS)  # the faces are built, the files are read once
    for kind in (BARE, OURS):
        runs = [started(kind) for _ in range(COLD)]
        for what in runs[0]:
            found[f"{kind}_{what}"] = round(statistics.median(run[what] for run in runs), 2)
    for name, value in found.items():
        print(f"{name:<40}{value:>12,.2f}")
    print(json.dumps(found))


def started(kind: str) -> dict[str, float]:
    """One process, from cold."""
    command = [sys.executable, str(Path(__file__)), kind, str(time.time())]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def of_process(kind: str, began: float) -> dict[str, float]:
    """What this process measures of itself."""
    from kiosk import theme

    screen = theme.SCREENS[SIZE]
    first, found, step = bare(screen) if kind == BARE else ours(screen)
    found = {"cold_ms": (first - began) * 1000} | found
    found["idle_percent"] = idle(step)
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def idle(step: Callable[[], None]) -> float:
    """Per cent of a core over some seconds of nothing."""
    used, until = time.process_time(), time.monotonic() + IDLE
    while time.monotonic() < until:
        step()
    return (time.process_time() - used) / IDLE * 100


def bare(screen: Any) -> tuple[float, dict[str, float], Callable[[], None]]:
    """A window with nothing in it."""
    from kiosk.offscreen import Rig

    rig = Rig(screen)
    rig.frame()
    return time.time(), {}, rig.frame


def ours(screen: Any) -> tuple[float, dict[str, float], Callable[[], None]]:
    """The first screen's six tiles, tapped."""
    from hub.words import Catalogue
    from kiosk.offscreen import Rig, front_of
    from kiosk.page import Button, Icon, Page, Tile, Tiles
    from kiosk.widgets.lettering import Lettering
    from kiosk.widgets.typeface import faces

    icons = list(Icon)[1:7]
    tiles = Tiles(tuple(Tile(f"Choice {n}", "What it is for", icon, press=list) for n, icon in enumerate(icons)))
    page = Page("Maple Street Kitchen", tiles, buttons=(Button("Language", list), Button("Help", list)), name="home")
    front = front_of(page, screen, Lettering(faces()), Catalogue.load(), clock=time.monotonic)
    rig = Rig(screen)
    rig.show(front)
    first = time.time()
    taps = [tap(rig, front, number % len(icons)) for number in range(TAPS)]
    return first, {"tap_ms": statistics.median(taps), "slowest_tap_ms": max(taps)}, rig.frame


def tap(rig: Any, front: Any, number: int) -> float:
    """Milliseconds from a touch to the end of the frame that shows it."""
    rect = front.drawing.targets[number].rect
    front.hand.changed(-1e9)
    start = time.perf_counter()
    finger = rig.touch(rect.x + rect.w / 2, rect.y + rect.h / 2)
    taken = (time.perf_counter() - start) * 1000
    assert front.hand.held == number
    rig.lift(finger)
    return taken


if __name__ == "__main__":
    main()
