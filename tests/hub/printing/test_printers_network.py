"""A receipt printer on the network."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from dataclasses import replace

import pytest
from emulated_printer import EmulatedPrinter

from hub.printing.port import Ended, Job, Printer, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.printers import open_printer, probe
from hub.printing.printers.network import TcpLink, host_and_port
from hub.printing.printers.talk import Patience
from hub.printing.raster import Raster

QUICK = Patience(answer=2, poll=0.01, silence=0.2, quiet=0.2, person=20)


def sheet(width: int = 576, rows: int = 3000) -> Raster:
    across = width // 8
    dice = random.Random(width)
    return Raster(
        width, rows, b"".join(bytes(across) if row // 40 % 3 else dice.randbytes(across) for row in range(rows))
    )


def reached(device: EmulatedPrinter, **changed: bool) -> Printer:
    settings = PrinterSettings("network", device.address, device.device.width)
    return open_printer(replace(settings, **changed), patience=QUICK)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [576, 384])
def test_a_tall_sheet_comes_out_dot_for_dot(width: int) -> None:
    with EmulatedPrinter(width) as device:
        printer = reached(device)
        assert printer.trouble() is None
        assert printer.print(Job(sheet(width)), lambda: None) is Ended.DONE
        assert device.device.sheets == [sheet(width)]
        printer.close()


def test_paper_is_brought_while_the_sheet_waits() -> None:
    with EmulatedPrinter() as device:
        device.device.paper = 1234
        told: list[Trouble | None] = []

        def noticed(trouble: Trouble | None) -> None:
            told.append(trouble)
            device.device.refill()

        printer = reached(device)
        assert printer.print(Job(sheet(), noticed=noticed), lambda: None) is Ended.DONE
        assert device.device.sheets == [sheet()]
        assert told == [Trouble.PAPER_OUT, None]
        printer.close()


@pytest.mark.parametrize("after", [30, 5000, 70_000])
def test_a_connection_that_drops_within_a_sheet_leaves_it_begun_and_the_next_one_is_whole(after: int) -> None:
    with EmulatedPrinter() as device:
        printer = reached(device)
        device.drop_after = after
        with pytest.raises(PrinterTrouble) as caught:
            printer.print(Job(sheet()), lambda: None)
        assert (caught.value.trouble, caught.value.began) == (Trouble.LOST, True)
        assert printer.print(Job(sheet(rows=200)), lambda: None) is Ended.DONE
        assert device.device.sheets[-1] == sheet(rows=200)
        printer.close()


def test_a_printer_that_hung_up_between_two_sheets_is_called_again() -> None:
    with EmulatedPrinter() as device:
        printer = reached(device)
        printer.print(Job(sheet(rows=100)), lambda: None)
        device.drop_after = 1
        assert printer.print(Job(sheet(rows=100)), lambda: None) is Ended.DONE
        assert device.device.sheets == [sheet(rows=100)] * 2
        assert device.connections == 2
        printer.close()


def test_a_printer_that_never_stops_talking_is_hung_up_on() -> None:
    ours, theirs = socket.socketpair()

    def talk() -> None:
        with contextlib.suppress(OSError):
            while True:
                theirs.sendall(b"\x12" * 256)

    talking = threading.Thread(target=talk)
    talking.start()
    TcpLink(ours).close()
    talking.join(10)
    assert not talking.is_alive()
    theirs.close()


def test_a_printer_that_is_not_there_is_lost_and_nothing_began() -> None:
    with EmulatedPrinter() as device:
        printer = reached(device)
    assert printer.trouble() is Trouble.LOST
    with pytest.raises(PrinterTrouble, match="does not answer") as caught:
        printer.print(Job(sheet()), lambda: pytest.fail("nothing may be sent"))
    assert not caught.value.began


def test_a_mute_printer_takes_all_and_somebody_must_look() -> None:
    with EmulatedPrinter() as device:
        device.device.mute = True
        printer = reached(device, mute=True)
        assert printer.print(Job(sheet()), lambda: None) is Ended.SENT
        assert device.wait_for_sheets(1)
        assert device.device.sheets == [sheet()]


def test_which_printer_answers_is_found_out_once() -> None:
    with EmulatedPrinter() as device:
        settings = PrinterSettings("network", device.address, mute=True)
        short = Patience(answer=0.05)
        assert probe(settings)
        device.device.fenceless = True
        assert not probe(settings, short)
        device.device.mute = True
        assert not probe(settings, short)
    assert not probe(settings, short)


def test_a_printer_that_takes_no_bytes_is_said_to_take_none() -> None:
    from hub.printing.printers.network import connect

    with socket.create_server(("127.0.0.1", 0)) as listener:
        link = connect("127.0.0.1", listener.getsockname()[1])
        while link.send(memoryview(bytes(1 << 16))):
            pass
        assert link.receive(0) == b""
        link.close()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("192.168.4.20", ("192.168.4.20", 9100)),
        ("192.168.4.20:9101", ("192.168.4.20", 9101)),
        ("printer.local:9100", ("printer.local", 9100)),
        ("[fe80::1]:9100", ("fe80::1", 9100)),
        ("[fe80::1]", ("fe80::1", 9100)),
    ],
)
def test_an_address_is_a_host_and_perhaps_a_port(address: str, found: tuple[str, int]) -> None:
    assert host_and_port(address) == found
