"""A receipt printer on a serial line, and on a device node: both stand on a pseudo-terminal here."""

from __future__ import annotations

import contextlib
import os
import pty
import tty
from collections.abc import Iterator
from threading import Thread

import pytest
import serial

from hub.printing.port import Ended, Job, PrinterSettings, Trouble
from hub.printing.printers import open_printer
from hub.printing.printers.file import is_device
from hub.printing.printers.serial import SerialLink, connect, line
from hub.printing.printers.simulated import SimulatedPrinter
from hub.printing.printers.talk import Patience
from hub.printing.raster import Raster

SHEET = Raster(384, 90, bytes(range(1, 241)) * 18)
QUICK = Patience(answer=5, poll=0.01)


class Wired:
    """A simulated printer at the far end of a line; `path` is ours."""

    def __init__(self) -> None:
        self.device = SimulatedPrinter(384)
        self._far, self._near = pty.openpty()
        tty.setraw(self._near)
        self.path = os.ttyname(self._near)
        self.device.answer = self._say
        self._thread = Thread(target=self._swallow, daemon=True)
        self._thread.start()

    def _say(self, answer: bytes) -> None:
        os.write(self._far, answer)

    def _swallow(self) -> None:
        with contextlib.suppress(OSError):
            while content := os.read(self._far, 4096):
                self.device.receive(content)

    def unplug(self) -> None:
        os.close(self._near)
        self._thread.join(10)
        os.close(self._far)


@pytest.fixture
def wired() -> Iterator[Wired]:
    found = Wired()
    yield found
    found.unplug()


def test_a_sheet_comes_out_whole_over_a_serial_line(wired: Wired) -> None:
    printer = open_printer(PrinterSettings("serial", f"{wired.path}@115200", 384), patience=QUICK)
    assert printer.trouble() is None
    assert printer.print(Job(SHEET), lambda: None) is Ended.DONE
    assert wired.device.sheets == [SHEET]
    wired.device.lid(is_open=True)
    assert printer.trouble() is Trouble.COVER_OPEN
    printer.close()


def test_a_sheet_comes_out_whole_over_a_device_node(wired: Wired) -> None:
    assert is_device(wired.path)
    printer = open_printer(PrinterSettings("file", wired.path, 384), patience=QUICK)
    assert printer.trouble() is None
    assert printer.print(Job(SHEET, private=True), lambda: None) is Ended.DONE
    assert wired.device.sheets == [SHEET]
    printer.close()


def test_a_node_of_a_mute_printer_is_only_written(wired: Wired) -> None:
    wired.device.mute = True
    printer = open_printer(PrinterSettings("file", wired.path, 384, mute=True), patience=QUICK)
    assert printer.trouble() is None
    assert printer.print(Job(SHEET), lambda: None) is Ended.SENT


@pytest.mark.parametrize("kind", ["serial", "file"])
def test_a_device_that_is_unplugged_is_lost(kind: str) -> None:
    address = "/dev/trestle-no-printer" + ("@9600" if kind == "serial" else "")
    assert open_printer(PrinterSettings(kind, address)).trouble() is Trouble.LOST


def test_bytes_are_handed_over_at_the_pace_of_the_line(wired: Wired) -> None:
    rests: list[float] = []
    link = connect(wired.path, 9600, "", rests.append)
    left = memoryview(bytes(2400))
    while left:
        taken = link.send(left)
        assert taken <= 240
        left = left[taken:]
    assert sum(rests) == pytest.approx(2400 * 10 / 9600)
    link.close()


class Wires(serial.Serial):
    """A port whose ready wire is pulled by hand: a pseudo-terminal has none."""

    ready = False

    @property
    def dsr(self) -> bool:
        return self.ready


def test_nothing_is_handed_over_while_the_printer_is_not_ready(wired: Wired) -> None:
    rests: list[float] = []
    with Wires(wired.path, 9600) as port:
        link = SerialLink(port, wait_for_dsr=True, rest=rests.append)
        assert link.send(memoryview(b"\x1b@")) == 0
        assert sum(rests) > 0
        port.ready = True
        assert link.send(memoryview(b"\x1b@")) == 2


def test_what_a_line_takes_is_counted_and_a_full_one_takes_nothing() -> None:
    far, near = pty.openpty()
    tty.setraw(near)
    link = connect(os.ttyname(near), 230400, "", lambda _seconds: None)
    handed = 0
    while taken := link.send(memoryview(bytes(3000))):
        handed += taken
    os.set_blocking(far, False)
    arrived = 0
    with contextlib.suppress(BlockingIOError):
        while content := os.read(far, 4096):
            arrived += len(content)
    assert arrived == handed
    assert link.receive(0) == b""
    link.close()
    os.close(far)
    os.close(near)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/dev/ttyUSB0@9600", ("/dev/ttyUSB0", 9600, "")),
        ("/dev/serial/by-path/pci-0:1.4@115200,xonxoff", ("/dev/serial/by-path/pci-0:1.4", 115200, "xonxoff")),
        ("/dev/ttyS0@19200,dsr", ("/dev/ttyS0", 19200, "dsr")),
    ],
)
def test_an_address_is_a_device_a_speed_and_perhaps_a_flow(address: str, found: tuple[str, int, str]) -> None:
    assert line(address) == found
