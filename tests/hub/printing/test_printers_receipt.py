"""A receipt printer, met with every trouble it may have."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from threading import Event

import pytest

from hub.printing.port import Ended, Job, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.printers.receipt import ReceiptPrinter
from hub.printing.printers.simulated import SimulatedLink, SimulatedPrinter
from hub.printing.printers.talk import Link, Patience
from hub.printing.raster import Raster
from hub.printing.reader import Cut, Reader, Start, Strip
from hub.printing.strips import pieces

QUICK = Patience(answer=0.02, poll=0.001, silence=0.05, quiet=0.05, person=5)


def sheet(rows: int = 500, width: int = 384, seed: int = 1) -> Raster:
    return Raster(width, rows, random.Random(seed).randbytes(rows * width // 8))


class Bench:
    """A simulated printer on a table, and ours that drives it; each connection is a new cable."""

    def __init__(self, patience: Patience = QUICK, *, broke_off: bool = False, **settings: bool | int) -> None:
        self.device = SimulatedPrinter(384)
        self.stopping = Event()
        self.links: list[SimulatedLink] = []
        self.prepare: Callable[[SimulatedLink], None] = lambda link: None
        wanted = PrinterSettings("network", "printer", **{"width": 384, **settings})  # type: ignore[arg-type]
        self.printer = ReceiptPrinter(wanted, self.connect, self.stopping, patience, broke_off=broke_off)
        self.told: list[Trouble | None] = []
        self.sendings: list[int] = []
        """Rows that hung out of the printer whenever a sheet was about to be sent."""

    def connect(self) -> Link:
        link = SimulatedLink(self.device)
        self.prepare(link)
        self.links.append(link)
        return link

    def print(self, raster: Raster, when_told: Callable[[], object] = lambda: None) -> Ended:
        def noticed(trouble: Trouble | None) -> None:
            self.told.append(trouble)
            if trouble:
                when_told()

        return self.printer.print(Job(raster, noticed=noticed), self.sending)

    def sending(self) -> None:
        self.sendings.append(self.device.hanging)

    def trouble_of(self, raster: Raster, when_told: Callable[[], object] = lambda: None) -> tuple[Trouble, bool]:
        with pytest.raises(PrinterTrouble) as caught:
            self.print(raster, when_told)
        return caught.value.trouble, caught.value.began


def test_a_sheet_comes_out_whole_and_the_printer_says_so() -> None:
    bench = Bench()
    assert bench.print(sheet()) is Ended.DONE
    assert bench.device.sheets == [sheet()]
    assert bench.sendings == [0]
    assert bench.told == []


def test_sheets_follow_each_other_over_one_link() -> None:
    bench = Bench()
    for seed in range(3):
        bench.print(sheet(seed=seed))
    assert bench.device.sheets == [sheet(seed=seed) for seed in range(3)]
    assert len(bench.links) == 1


@pytest.mark.parametrize(
    ("spoil", "trouble"),
    [
        (lambda device: device.refill(0), Trouble.PAPER_OUT),
        (lambda device: device.lid(is_open=True), Trouble.COVER_OPEN),
        (lambda device: device.jam(stuck=True), Trouble.ERROR),
        (lambda device: (device.refill(0), device.lid(is_open=True)), Trouble.COVER_OPEN),
        (lambda device: setattr(device, "mute", True), Trouble.LOST),
    ],
)
def test_a_trouble_there_was_before_is_told_and_nothing_is_sent(
    spoil: Callable[[SimulatedPrinter], object], trouble: Trouble
) -> None:
    bench = Bench()
    spoil(bench.device)
    assert bench.printer.trouble() is trouble
    assert bench.trouble_of(sheet()) == (trouble, False)
    assert bench.sendings == []
    assert bench.device.hanging == 0


@pytest.mark.parametrize("rows", [1, 104, 250, 499])
def test_paper_that_runs_out_is_waited_for_and_the_sheet_goes_on_where_it_stood(rows: int) -> None:
    bench = Bench()
    bench.device.paper = rows
    assert bench.print(sheet(), when_told=bench.device.refill) is Ended.DONE
    assert bench.device.sheets == [sheet()]
    assert bench.told == [Trouble.PAPER_OUT, None]


def test_paper_that_runs_out_twice_is_waited_for_twice() -> None:
    bench = Bench()
    bench.device.paper = 200
    rolls = iter([100, None])
    assert bench.print(sheet(), when_told=lambda: bench.device.refill(next(rolls))) is Ended.DONE
    assert bench.device.sheets == [sheet()]
    assert bench.told == [Trouble.PAPER_OUT, None] * 2


def test_a_person_who_opens_the_lid_to_put_paper_in_is_told_each_step_once() -> None:
    bench = Bench()
    bench.device.paper = 200
    device = bench.device

    def step() -> None:
        if device.open:
            device.refill()
        device.lid(is_open=not device.open)

    assert bench.print(sheet(), when_told=step) is Ended.DONE
    assert bench.device.sheets == [sheet()]
    assert bench.told == [Trouble.PAPER_OUT, Trouble.COVER_OPEN, None]


def test_nobody_brings_paper() -> None:
    bench = Bench(Patience(answer=0.02, poll=0.001, silence=0.05, quiet=0.05, person=0.02))
    bench.device.paper = 200
    assert bench.trouble_of(sheet()) == (Trouble.PAPER_OUT, True)
    assert bench.links[0].closed


def test_a_hub_that_stops_does_not_wait_for_paper() -> None:
    bench = Bench()
    bench.device.paper = 200
    assert bench.trouble_of(sheet(), when_told=bench.stopping.set) == (Trouble.PAPER_OUT, True)


@pytest.mark.parametrize("after", [13, 500, 6000, 23000])
def test_a_cable_pulled_within_a_sheet_is_told_and_the_next_sheet_comes_out_by_itself(after: int) -> None:
    bench = Bench()
    assert bench.printer.trouble() is None
    bench.links[0].breaks_after = after + len(b"\x10\x04\x01") * 3
    assert bench.trouble_of(sheet()) == (Trouble.LOST, True)
    assert bench.print(sheet(seed=2)) is Ended.DONE
    assert bench.device.sheets[-1] == sheet(seed=2)
    assert len(bench.device.sheets) <= 2


def test_a_printer_switched_off_within_a_sheet_prints_the_next_one_whole() -> None:
    bench = Bench()
    bench.prepare = lambda link: setattr(link, "breaks_after", 4000 if len(bench.links) == 0 else None)
    assert bench.trouble_of(sheet()) == (Trouble.LOST, True)
    bench.device.restart()
    assert bench.print(sheet(seed=2)) is Ended.DONE
    assert bench.device.sheets[-1] == sheet(seed=2)


@pytest.mark.parametrize("begun", [0, 100, 4000])
def test_a_program_that_was_killed_within_a_sheet_prints_the_next_one_whole_by_itself(begun: int) -> None:
    bench = Bench(broke_off=True)
    bench.device.receive(b"".join(pieces(sheet()))[:begun])
    assert bench.print(sheet(seed=2)) is Ended.DONE
    assert bench.device.sheets[-1] == sheet(seed=2)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EBUSY])
def test_a_printer_somebody_else_holds_is_said_to_be_taken(code: int) -> None:
    def connect() -> Link:
        raise OSError(code, "no")

    printer = ReceiptPrinter(PrinterSettings("usb", "04b8:0e15"), connect, Event(), QUICK)
    assert printer.trouble() is Trouble.TAKEN


def test_a_link_that_broke_between_two_sheets_is_made_anew_without_a_word() -> None:
    bench = Bench()
    bench.print(sheet())
    bench.links[0].breaks_after = 0
    assert bench.print(sheet(seed=2)) is Ended.DONE
    assert len(bench.links) == 2


def test_a_mute_printer_is_never_asked_and_says_nothing_about_the_end() -> None:
    bench = Bench(mute=True)
    bench.device.mute = True
    taken = bytearray()
    receive = bench.device.receive
    bench.device.receive = lambda content: (taken.extend(content), receive(content))[1]  # type: ignore[method-assign]
    assert bench.printer.trouble() is None
    assert bench.print(sheet()) is Ended.SENT
    assert not bench.printer.answers
    assert {type(each) for each in Reader().feed(bytes(taken))} == {Start, Strip, Cut}
    assert bench.device.sheets == [sheet()]
    assert bench.links[0].closed


def test_a_printer_that_never_says_it_has_printed_is_not_believed() -> None:
    bench = Bench()
    bench.device.fenceless = True
    assert bench.trouble_of(sheet(20)) == (Trouble.LOST, True)


def test_a_printer_that_fell_silent_is_called_anew() -> None:
    bench = Bench()
    bench.device.mute = True
    assert bench.printer.trouble() is Trouble.LOST
    bench.device.mute = False
    assert bench.printer.trouble() is None
    assert len(bench.links) == 2


def test_a_printer_that_falls_silent_within_a_sheet_is_lost() -> None:
    bench = Bench()
    bench.device.at_strip = lambda number: setattr(bench.device, "mute", number >= 2)
    assert bench.trouble_of(sheet()) == (Trouble.LOST, True)


def test_a_printer_that_takes_no_bytes_for_a_while_is_waited_for() -> None:
    bench = Bench()
    bench.prepare = lambda link: setattr(link, "takes", 3000)
    assert bench.print(sheet(), when_told=lambda: setattr(bench.links[0], "takes", None)) is Ended.DONE
    assert bench.device.sheets == [sheet()]
    assert bench.told == [Trouble.LOST, None]


def test_a_hub_that_stops_does_not_wait_for_a_printer_that_takes_no_bytes() -> None:
    bench = Bench()
    bench.prepare = lambda link: setattr(link, "takes", 3000)
    assert bench.trouble_of(sheet(), when_told=bench.stopping.set) == (Trouble.LOST, True)


def test_a_sheet_of_another_width_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="576 dots for paper of 384"):
        Bench().print(sheet(width=576))


def test_a_rest_between_strips_ends_at_once_when_the_hub_stops() -> None:
    bench = Bench(strip_delay_ms=60_000)
    bench.stopping.set()
    assert bench.trouble_of(sheet()) == (Trouble.LOST, True)
