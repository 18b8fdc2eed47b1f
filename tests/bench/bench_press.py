"""From the touch to the first byte at the printer: `python tests/bench/bench_press.py [directory]`.

The real hub is served, with an emulated printer in the network behind it; the kiosk asks for sheets of
several kinds through its client. Measured from the asking to the answer, to the first byte of the sheet (after
typesetting, the spool's syncs and the questions to the printer), and to the last.
Prints a table, then the same as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from emulated_printer import EmulatedPrinter
from kitchen import Kitchen
from served import serving

from hub.client import Client, fresh_key

SHEETS = ("constitution", "roles", "budget", "printer_test")
ROUNDS = 15
QUESTIONS = 64
"""More bytes than the press asks of a printer before a sheet; the first strip is larger."""


def founded(place: Path, address: str) -> Path:
    """A hub with members, and this printer."""
    kitchen = Kitchen(place / "hub")
    kitchen.found()
    kitchen.opening_evening()
    settings = f'[printer]\nkind = "network"\naddress = "{address}"\n'
    (kitchen.directory / "trestle.toml").write_text(settings, encoding="utf-8")
    kitchen.service.close()
    return kitchen.directory


def one(client: Client, printer: EmulatedPrinter, name: str) -> tuple[float, float, float]:
    """Milliseconds to the answer, to the first strip at the printer, and to the end of the sheet."""
    received, sheets = printer.device.received, len(printer.device.sheets)
    start = perf_counter()
    client.print_sheet(name, fresh_key())
    answered = perf_counter()
    assert printer.wait_for_bytes(received + QUESTIONS)
    first = perf_counter()
    assert printer.wait_for_sheets(sheets + 1)
    last = perf_counter()
    return (answered - start) * 1000, (first - start) * 1000, (last - start) * 1000


def measure(directory: str | None) -> dict[str, float]:
    with (
        tempfile.TemporaryDirectory(dir=directory) as place,
        EmulatedPrinter() as printer,
        serving(founded(Path(place), printer.address)) as hub,
    ):
        client = hub.client()
        one(client, printer, SHEETS[0])
        found: dict[str, float] = {}
        for name in SHEETS:
            rows = [one(client, printer, name) for _ in range(ROUNDS)]
            for what, figures in zip(("answer", "first_byte", "last_byte"), zip(*rows, strict=True), strict=True):
                found[f"{name}_touch_to_{what}_ms"] = round(median(figures), 1)
        client.close()
        return found


def main(arguments: list[str]) -> None:
    found = measure(arguments[0] if arguments else None)
    for name, value in found.items():
        print(f"{name:<44}{value:>10,.1f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
