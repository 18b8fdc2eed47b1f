"""A receipt printer on USB, by its own endpoints.

pyusb is used directly: python-escpos resets the device whenever it opens it, guesses the endpoints, and
waits for ever by default. Here every transfer has a bound, and nothing is reset. Nobody else may look
through the USB devices meanwhile.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import usb.core
import usb.util

from hub.domain.base import N_
from hub.printing.port import BadPrinter

ADDRESS: Final = re.compile(r"(?P<vendor>[0-9a-fA-F]{4}):(?P<product>[0-9a-fA-F]{4})(?::(?P<serial>\S+))?")
PRINTER_CLASS: Final = 7
MOMENT_MS: Final = 250
AT_ONCE: Final = 4096
READ: Final = 512
"""Bytes: no packet is longer."""
SHORTEST_MS: Final = 5
"""A bound of 0 would be none at all."""


@dataclass(slots=True)
class UsbLink:
    """`Link` over the bulk endpoints of one interface."""

    device: Any
    interface: int
    out: int
    into: int | None

    def send(self, content: memoryview) -> int:
        try:
            return int(self.device.write(self.out, bytes(content[:AT_ONCE]), MOMENT_MS))
        except usb.core.USBTimeoutError:
            return 0

    def receive(self, seconds: float) -> bytes:
        if self.into is None:
            return b""
        try:
            return bytes(self.device.read(self.into, READ, max(SHORTEST_MS, round(seconds * 1000))))
        except usb.core.USBTimeoutError:
            return b""

    def close(self) -> None:
        usb.util.dispose_resources(self.device)


def connect(vendor: int, product: int, serial: str, backend: Any = None) -> UsbLink:
    """Find the printer and take it. Raises OSError when it is not there or somebody else has it."""
    wanted = (lambda device: str(device.serial_number) == serial) if serial else None
    try:
        device = usb.core.find(idVendor=vendor, idProduct=product, custom_match=wanted, backend=backend)
    except (usb.core.NoBackendError, ValueError) as fault:
        raise OSError(str(fault)) from None
    if device is None:
        raise OSError("no such device")
    try:
        return _taken(device)
    except BaseException:
        usb.util.dispose_resources(device)
        raise


def _taken(device: Any) -> UsbLink:
    """Its printing interface, taken from the kernel's own driver."""
    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    faces = sorted(configuration, key=lambda each: each.bInterfaceClass != PRINTER_CLASS)
    for face in faces:
        out = _bulk(face, lambda address: not address & usb.util.ENDPOINT_IN)
        if out is None:
            continue
        number = face.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
        usb.util.claim_interface(device, number)
        return UsbLink(device, number, out, _bulk(face, lambda address: bool(address & usb.util.ENDPOINT_IN)))
    raise OSError("nothing there takes bytes to print")


def _bulk(face: Any, wanted: Callable[[int], bool]) -> int | None:
    """Address of the first bulk endpoint in the wanted direction."""
    for endpoint in face:
        if usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK and wanted(
            endpoint.bEndpointAddress
        ):
            return int(endpoint.bEndpointAddress)
    return None


def identity(address: str) -> tuple[int, int, str]:
    """Vendor, product and serial number from `04b8:0e15` or `04b8:0e15:J5XY1234`."""
    found = ADDRESS.fullmatch(address)
    if not found:
        raise BadPrinter(
            N_("“{address}” is not a USB printer. Write its two numbers as lsusb shows them, like 04b8:0e15."),
            address=address,
        )
    return int(found["vendor"], 16), int(found["product"], 16), found["serial"] or ""
