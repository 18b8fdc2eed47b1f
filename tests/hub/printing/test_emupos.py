"""Our bytes through emupos, a point-of-sale simulator of another hand: what it draws is what we meant.

It needs Python 3.13 and an environment of its own: `.venv-emupos` beside this checkout, which
`deploy/setup --dev` makes where it can, or any whose Python the variable TRESTLE_EMUPOS names.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from paperwork import every_sheet, lived_in

from hub.printing.port import Ended, Job, Printer, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.printers import open_printer, probe
from hub.printing.printers.talk import Patience
from hub.printing.raster import Raster
from hub.printing.typeset import Typesetter

ROOT = Path(__file__).parents[3]
PYTHON = Path(os.environ.get("TRESTLE_EMUPOS") or ROOT / ".venv-emupos" / "bin" / "python")
PROFILE = """
type: printer
name: a roll of 58 or 80 mm
dpi: 203
width_dots: %d
font_a: {width: 12, height: 24}
font_b: {width: 9, height: 17}
code_pages: {0: PC437}
default_code_page: 0
drawer_sensor_open_level: high
"""
PATIENCE = Patience(answer=10, poll=0.02, silence=20, quiet=20, person=30)

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(), reason="emupos is not installed: it needs Python 3.13 and .venv-emupos or TRESTLE_EMUPOS"
)


class Emupos:
    """One simulated printer, and the switches on its housing."""

    def __init__(self, place: Path, width: int, stack: ExitStack) -> None:
        self.width = width
        port, api = free_ports(2)
        self.address = f"127.0.0.1:{port}"
        self._api = f"http://127.0.0.1:{api}/api/v1/devices/front"
        (place / "roll.yaml").write_text(PROFILE % width)
        connections = [{"tcp": {"port": port}}]
        front = {"id": "front", "type": "printer", "profile": "./roll.yaml", "connections": connections}
        (place / "emupos.yaml").write_text(json.dumps({"schema": 1, "api": {"port": api}, "devices": [front]}))
        command = [str(PYTHON.with_name("emupos")), "run", "--config", str(place / "emupos.yaml")]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self._process = stack.enter_context(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True)
        )
        stack.callback(self._process.terminate)
        assert self._process.stdout
        said = ""
        while "front" not in said:
            line = self._process.stdout.readline()
            assert line, said
            said += line
        self.asked = stack.enter_context(requests.Session())

    def printer(self) -> Printer:
        return open_printer(PrinterSettings("network", self.address, self.width), patience=PATIENCE)

    def fault(self, name: str, on: bool) -> None:
        ask = self.asked.put if on else self.asked.delete
        ask(f"{self._api}/faults/{name}", timeout=10).raise_for_status()

    def sheets(self) -> list[Raster]:
        """What it drew, oldest first."""
        listed = self.asked.get(f"{self._api}/receipts", timeout=10).json()
        pictures = (self.asked.get(f"{self._api}/receipts/{each['id']}/image", timeout=10).content for each in listed)
        return [Raster.from_png(picture) for picture in pictures][::-1]


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        taken = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in taken]


@pytest.fixture(params=[576, 384])
def emupos(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Emupos]:
    with ExitStack() as stack:
        yield Emupos(tmp_path, request.param, stack)


def sheet(width: int, rows: int, seed: int = 1) -> Raster:
    """Noise with blank gaps of every length; ink in the last row, for emupos leaves out what is only fed at the end."""
    dice, across, packed = random.Random(seed), width // 8, bytearray()
    while len(packed) < rows * across:
        packed += dice.randbytes(across * dice.randint(1, 130)) + bytes(across * dice.randint(0, 300))
    packed[(rows - 1) * across : rows * across] = b"\xff" * across
    return Raster(width, rows, bytes(packed[: rows * across]))


def test_sheets_are_drawn_dot_for_dot(emupos: Emupos) -> None:
    sheets = [sheet(emupos.width, 400), sheet(emupos.width, 3000, 2)]
    printer = emupos.printer()
    for each in sheets:
        assert printer.print(Job(each), lambda: None) is Ended.DONE
    assert emupos.sheets() == sheets
    printer.close()


def test_every_sheet_is_drawn_dot_for_dot(emupos: Emupos, tmp_path: Path) -> None:
    kitchen, members = lived_in(tmp_path / "hub")
    typesetter, printer = Typesetter(), emupos.printer()
    wanted = [typesetter.raster(each, emupos.width) for each in every_sheet(kitchen, members).values()]
    kitchen.service.close()
    for each in wanted:
        assert printer.print(Job(each), lambda: None) is Ended.DONE
    printer.close()
    assert [inked(each) for each in emupos.sheets()] == [inked(each) for each in wanted]


def inked(raster: Raster) -> bytes:
    """A sheet without the white at its foot, which emupos leaves out."""
    return raster.rows.rstrip(b"\0")


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [("paper-out", Trouble.PAPER_OUT), ("cover-open", Trouble.COVER_OPEN), ("offline", Trouble.ERROR)],
)
def test_a_trouble_is_told_and_the_sheet_comes_out_once_it_is_gone(
    emupos: Emupos, fault: str, trouble: Trouble
) -> None:
    printer, wanted = emupos.printer(), sheet(emupos.width, 600)
    emupos.fault(fault, True)
    assert printer.trouble() is trouble
    with pytest.raises(PrinterTrouble) as caught:
        printer.print(Job(wanted), lambda: pytest.fail("nothing may be sent"))
    assert (caught.value.trouble, caught.value.began) == (trouble, False)
    emupos.fault(fault, False)
    assert printer.print(Job(wanted), lambda: None) is Ended.DONE
    assert emupos.sheets() == [wanted]
    printer.close()


@pytest.mark.parametrize(("fault", "trouble"), [("paper-out", Trouble.PAPER_OUT), ("cover-open", Trouble.COVER_OPEN)])
def test_a_trouble_within_a_sheet_is_waited_for(emupos: Emupos, fault: str, trouble: Trouble) -> None:
    printer, wanted = emupos.printer(), sheet(emupos.width, 600)
    told: list[Trouble | None] = []

    def noticed(found: Trouble | None) -> None:
        told.append(found)
        if found:
            emupos.fault(fault, False)

    def sending() -> None:
        emupos.fault(fault, True)

    assert printer.print(Job(wanted, noticed=noticed), sending) is Ended.DONE
    assert emupos.sheets() == [wanted]
    assert told == [trouble, None]
    printer.close()


def test_paper_that_nears_its_end_is_no_trouble(emupos: Emupos) -> None:
    emupos.fault("paper-near-end", True)
    printer = emupos.printer()
    assert printer.trouble() is None
    assert printer.print(Job(sheet(emupos.width, 200)), lambda: None) is Ended.DONE
    printer.close()


def test_it_is_found_to_answer(emupos: Emupos) -> None:
    assert probe(PrinterSettings("network", emupos.address, emupos.width), PATIENCE)
