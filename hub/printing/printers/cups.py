"""A printer behind a CUPS queue: raw bytes through `lp`.

The queue takes a sheet and says nothing about paper, so a person must look; and it keeps sheets on disk
while they wait, so private ones are refused. No title is given to it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Final

from hub.domain.base import N_
from hub.printing.port import BadPrinter, Ended, Job, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.strips import sheet

QUEUE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}")
SECONDS: Final = 30


class QueuePrinter:
    """`Printer` that hands each sheet to `lp`."""

    answers = False

    def __init__(self, settings: PrinterSettings) -> None:
        if not QUEUE.fullmatch(settings.address):
            raise BadPrinter(N_("“{name}” is not the name of a print queue."), name=settings.address)
        if not shutil.which("lp"):
            raise BadPrinter(
                N_("Print queues need the program “lp”, and it is not on this machine. Install cups-client.")
            )
        self.width = settings.width
        self._settings = settings

    def trouble(self) -> Trouble | None:
        """Whether the queue is known and not switched off."""
        try:
            told = run(["lpstat", "-p", self._settings.address])
        except (OSError, subprocess.SubprocessError):
            return Trouble.LOST
        return Trouble.LOST if told.returncode or b"disabled" in told.stdout else None

    def print(self, job: Job, sending: Callable[[], None]) -> Ended:
        if job.secret:
            raise PrinterTrouble(Trouble.REFUSED)
        if trouble := self.trouble():
            raise PrinterTrouble(trouble)
        content = b"".join(sheet(job.raster, self._settings))
        sending()
        try:
            told = run(["lp", "-s", "-d", self._settings.address, "-o", "raw", "-t", "trestle", "-"], content)
        except (OSError, subprocess.SubprocessError):
            raise PrinterTrouble(Trouble.LOST, began=True) from None
        if told.returncode:
            raise PrinterTrouble(Trouble.LOST)
        return Ended.SENT

    def close(self) -> None:
        """Nothing is held open."""


def run(command: list[str], content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """One program in plain English. Raises OSError, or SubprocessError when it takes too long."""
    plain = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, env=plain, check=False)
