"""Printers of every kind behind one port: a folder, a file, and receipt printers by network, USB, serial or a queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Event

from hub.printing.port import (
    BadPrinter,
    Ended,
    Job,
    Printer,
    PrinterSettings,
    PrinterTrouble,
    Trouble,
)
from hub.printing.printers import file, network
from hub.printing.printers.cups import QueuePrinter
from hub.printing.printers.file import FilePrinter
from hub.printing.printers.folder import FolderPrinter
from hub.printing.printers.receipt import ReceiptPrinter
from hub.printing.printers.talk import Link, Patience, Talk
from hub.printing.status import PRINTER

__all__ = [
    "BadPrinter",
    "Ended",
    "Job",
    "Patience",
    "Printer",
    "PrinterSettings",
    "PrinterTrouble",
    "Trouble",
    "open_printer",
    "probe",
]


def open_printer(
    settings: PrinterSettings,
    stopping: Event | None = None,
    patience: Patience | None = None,
    *,
    broke_off: bool = False,
) -> Printer:
    """The printer these settings mean, whether it is there now or not. Raises BadPrinter.

    Once `stopping` is set no wait goes on: a job in the middle ends with the trouble it waited for. `broke_off`
    says that a sheet was being sent when the program last ended.
    """
    match settings.kind:
        case "folder":
            return FolderPrinter(settings)
        case "file" if not file.is_device(settings.address):
            return FilePrinter(settings)
        case "cups":
            return QueuePrinter(settings)
    return ReceiptPrinter(settings, link(settings), stopping or Event(), patience or Patience(), broke_off=broke_off)


def link(settings: PrinterSettings) -> Callable[[], Link]:
    """How to reach a receipt printer. The libraries of a kind nobody uses are not loaded."""
    match settings.kind:
        case "file":
            return partial(file.connect, settings.address, settings.mute)
        case "network":
            return partial(network.connect, *network.host_and_port(settings.address))
        case "serial":
            from hub.printing.printers import serial

            return partial(serial.connect, *serial.line(settings.address))
        case "usb":
            from hub.printing.printers import usb

            return partial(usb.connect, *usb.identity(settings.address))
    raise ValueError(settings.kind)


def probe(settings: PrinterSettings, patience: Patience | None = None) -> bool:
    """Whether this printer answers at all, asked once at set-up: False means it is mute, or not there.

    Asks for its state and for the end of nothing; a printer that leaves either out cannot say whether a sheet
    is whole.
    """
    patience = patience or Patience()
    if settings.kind in ("folder", "cups") or (settings.kind == "file" and not file.is_device(settings.address)):
        return settings.kind != "cups"
    try:
        talk = Talk(link(replace(settings, mute=False))())
    except OSError:
        return False
    try:
        return talk.ask(PRINTER, patience.answer) is not None and talk.reaches_fence(patience.answer)
    except OSError:
        return False
    finally:
        talk.link.close()
