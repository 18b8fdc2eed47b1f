"""A receipt printer on USB; the bus and the printer's descriptors are simulated, pyusb is real."""

from __future__ import annotations

import errno
from array import array
from collections.abc import Iterator
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend
import usb.core

from hub.printing.port import Ended, Job, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.printers.receipt import ReceiptPrinter
from hub.printing.printers.simulated import SimulatedPrinter
from hub.printing.printers.talk import Patience
from hub.printing.printers.usb import UsbLink, connect, identity
from hub.printing.raster import Raster

SHEET = Raster(384, 300, bytes(range(240)) * 60)
QUICK = Patience(answer=0.2, poll=0.001, silence=0.05, quiet=0.05, person=5)
VENDOR, PRODUCT, SERIAL = 0x04B8, 0x0E15, "J5XY"
OUT, INTO = 0x03, 0x84
BULK = 2


class Bus(usb.backend.IBackend):  # type: ignore[misc]
    """One printer with two interfaces, of which the second prints; endpoints where nobody would guess them."""

    def __init__(self) -> None:
        self.device = SimulatedPrinter(384)
        self.plugged = True
        self.kernel_holds = True
        self.reset = 0
        self.timeouts: list[int] = []
        self.portion: int | None = None
        self._answers = bytearray()
        self.device.answer = self._answers.extend

    def enumerate_devices(self) -> Iterator[str]:
        return iter(["printer"] if self.plugged else [])

    def get_device_descriptor(self, _device: str) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=1, iProduct=2,
            iSerialNumber=3, bNumConfigurations=1, bus=1, address=5, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, _device: str, number: int) -> Any:
        if number:
            raise IndexError(number)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=55, bNumInterfaces=2, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, _device: str, number: int, alternate: int, _configuration: int) -> Any:
        if number > 1 or alternate:
            raise IndexError(number)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=number, bAlternateSetting=0, bNumEndpoints=2 * number,
            bInterfaceClass=7 if number else 3, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, _device: str, number: int, *_where: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(INTO, OUT)[number], bmAttributes=BULK, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, device: str) -> str:
        return device

    def close_device(self, _opened: str) -> None:
        """Nothing to let go of."""

    def get_configuration(self, _opened: str) -> int:
        return 1

    def claim_interface(self, _opened: str, number: int) -> None:
        if self.kernel_holds:
            raise usb.core.USBError("busy", errno=errno.EBUSY)
        assert number == 1

    def release_interface(self, _opened: str, _number: int) -> None:
        """Nothing to let go of."""

    def is_kernel_driver_active(self, _opened: str, _number: int) -> bool:
        return self.kernel_holds

    def detach_kernel_driver(self, _opened: str, _number: int) -> None:
        self.kernel_holds = False

    def reset_device(self, _opened: str) -> None:
        self.reset += 1

    def ctrl_transfer(
        self, _opened: str, _kind: int, _request: int, value: int, _index: int, into: Any, *_: Any
    ) -> int:
        """Strings: the languages, or the serial number."""
        text = array("B", SERIAL.encode("utf-16-le") if value & 0xFF else (9, 4))
        answer = array("B", [len(text) + 2, 3]) + text
        into[: len(answer)] = answer[: len(into)]
        return min(len(answer), len(into))

    def bulk_write(self, _opened: str, endpoint: int, _interface: int, content: Any, timeout: int) -> int:
        self._there(timeout)
        assert endpoint == OUT
        if self.portion == 0:
            raise usb.core.USBTimeoutError("timed out")
        taken = bytes(content)[: self.portion]
        self.device.receive(taken)
        return len(taken)

    def bulk_read(self, _opened: str, endpoint: int, _interface: int, into: Any, timeout: int) -> int:
        self._there(timeout)
        assert endpoint == INTO
        if not self._answers:
            raise usb.core.USBTimeoutError("timed out")
        taken = self._answers[: len(into)]
        into[: len(taken)] = array("B", taken)
        del self._answers[: len(taken)]
        return len(taken)

    def _there(self, timeout: int) -> None:
        self.timeouts.append(timeout)
        if not self.plugged:
            raise usb.core.USBError("no such device", errno=errno.ENODEV)


@pytest.fixture
def bus() -> Bus:
    return Bus()


def reached(bus: Bus) -> ReceiptPrinter:
    def link() -> UsbLink:
        return connect(VENDOR, PRODUCT, SERIAL, bus)

    return ReceiptPrinter(PrinterSettings("usb", "04b8:0e15", 384), link, Event(), QUICK)


def test_a_sheet_comes_out_whole_by_the_printers_own_endpoints(bus: Bus) -> None:
    printer = reached(bus)
    assert printer.trouble() is None
    assert printer.print(Job(SHEET), lambda: None) is Ended.DONE
    assert bus.device.sheets == [SHEET]
    printer.close()


def test_every_transfer_has_a_bound_and_nothing_is_reset(bus: Bus) -> None:
    reached(bus).print(Job(SHEET), lambda: None)
    assert min(bus.timeouts) > 0
    assert max(bus.timeouts) < 1000
    assert bus.reset == 0


def test_a_printer_that_takes_small_portions_gets_each_byte_once(bus: Bus) -> None:
    bus.portion = 61
    assert reached(bus).print(Job(SHEET), lambda: None) is Ended.DONE
    assert bus.device.sheets == [SHEET]


def test_a_printer_that_takes_nothing_for_a_moment_is_tried_again(bus: Bus) -> None:
    told: list[Trouble | None] = []

    def noticed(trouble: Trouble | None) -> None:
        told.append(trouble)
        bus.portion = None

    def sending() -> None:
        bus.portion = 0

    assert reached(bus).print(Job(SHEET, noticed=noticed), sending) is Ended.DONE
    assert bus.device.sheets == [SHEET]
    assert told == [Trouble.LOST, None]


def test_a_printer_that_is_unplugged_is_lost_and_found_again(bus: Bus) -> None:
    printer = reached(bus)
    bus.plugged = False
    assert printer.trouble() is Trouble.LOST
    bus.plugged = True
    assert printer.trouble() is None

    def pulled() -> None:
        bus.plugged = False

    with pytest.raises(PrinterTrouble) as caught:
        printer.print(Job(SHEET), pulled)
    assert (caught.value.trouble, caught.value.began) == (Trouble.LOST, True)


def test_a_printer_with_another_serial_number_is_not_ours(bus: Bus) -> None:
    with pytest.raises(OSError, match="no such device"):
        connect(VENDOR, PRODUCT, "OTHER", bus)


def test_a_machine_without_usb_says_that_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_wanted: object) -> None:
        raise usb.core.NoBackendError("no backend")

    monkeypatch.setattr(usb.core, "find", none)
    with pytest.raises(OSError, match="no backend"):
        connect(VENDOR, PRODUCT, "")


def test_an_address_is_two_numbers_and_perhaps_a_serial_number() -> None:
    assert identity("04b8:0e15") == (0x04B8, 0x0E15, "")
    assert identity("04b8:0E15:J5XY:1") == (0x04B8, 0x0E15, "J5XY:1")
