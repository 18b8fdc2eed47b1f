"""Raw bytes into a file, or to the device node of a printer (/dev/usb/lp0)."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hub.printing.port import Ended, Job, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.strips import sheet

MOMENT: Final = 0.25
"""Seconds."""
AT_ONCE: Final = 4096


class FilePrinter:
    """`Printer` that adds every sheet's bytes to the end of a file. It keeps them, so private sheets are refused."""

    answers = True

    def __init__(self, settings: PrinterSettings) -> None:
        self.width = settings.width
        self._settings = settings
        self._path = Path(settings.address)

    def trouble(self) -> Trouble | None:
        beside = self._path.parent
        return None if beside.is_dir() and os.access(beside, os.W_OK) else Trouble.NO_ROOM

    def print(self, job: Job, sending: Callable[[], None]) -> Ended:
        if job.secret:
            raise PrinterTrouble(Trouble.REFUSED)
        if trouble := self.trouble():
            raise PrinterTrouble(trouble)
        content = b"".join(sheet(job.raster, self._settings))
        sending()
        try:
            self._add(content)
        except OSError:
            raise PrinterTrouble(Trouble.NO_ROOM) from None
        return Ended.DONE

    def close(self) -> None:
        """Nothing is held open."""

    def _add(self, content: bytes) -> None:
        """All of it, durably, or none."""
        with self._path.open("ab") as file:
            before = file.tell()
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.ftruncate(file.fileno(), before)
                raise


@dataclass(slots=True)
class NodeLink:
    """`Link` over a device node."""

    descriptor: int

    def send(self, content: memoryview) -> int:
        if not select.select([], [self.descriptor], [], MOMENT)[1]:
            return 0
        try:
            return os.write(self.descriptor, content[:AT_ONCE])
        except BlockingIOError:
            return 0

    def receive(self, seconds: float) -> bytes:
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.descriptor, 256)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        os.close(self.descriptor)


def connect(path: str, mute: bool) -> NodeLink:
    """Raises OSError when it is not there or somebody else has it."""
    way = os.O_WRONLY if mute else os.O_RDWR
    return NodeLink(os.open(path, way | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC))


def forget(path: str) -> None:
    """Empty a file of sheets; a device keeps none. Raises OSError."""
    if not is_device(path) and os.path.isfile(path):
        os.truncate(path, 0)


def is_device(path: str) -> bool:
    """Whether this is, or by its place would be, a device node: one that is unplugged now comes back."""
    try:
        return stat.S_ISCHR(os.stat(path).st_mode)
    except OSError:
        return path.startswith("/dev/")
