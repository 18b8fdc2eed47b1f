"""A folder of pictures: the printer of a fresh install, before anybody has plugged one in.

Names are a running number and the kind of sheet, so they sort by age even where the clock is wrong, and
tell nothing about people. Private sheets are refused; only the newest pictures are kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from hub.log import fs
from hub.printing.port import Ended, Job, PrinterSettings, PrinterTrouble, Trouble

KEPT: Final = 200
NAME: Final = re.compile(r"(\d{6,12})-[a-z0-9]+(?:-[a-z0-9]+)*\.png")


class FolderPrinter:
    """`Printer` that makes a PNG of each sheet."""

    answers = True

    def __init__(self, settings: PrinterSettings, disk: fs.Disk | None = None, kept: int = KEPT) -> None:
        self.width = settings.width
        self.folder = Path(settings.address)
        self._disk = disk or fs.RealDisk()
        self._kept = kept

    def trouble(self) -> Trouble | None:
        """Whether the folder is there, or can be made, and written."""
        place = self.folder
        while not place.exists() and place != place.parent:
            place = place.parent
        return None if place.is_dir() and os.access(place, os.W_OK | os.X_OK) else Trouble.NO_ROOM

    def print(self, job: Job, sending: Callable[[], None]) -> Ended:
        if job.secret:
            raise PrinterTrouble(Trouble.REFUSED)
        picture = job.raster.png()
        sending()
        try:
            self._disk.make_directory(self.folder)
            fs.remove_unfinished(self._disk, self.folder)
            fs.replace(self._disk, self.folder / self._next(job.kind), picture)
        except OSError:
            raise PrinterTrouble(Trouble.NO_ROOM) from None
        with suppress(OSError):  # what does not go now goes with a later one; this sheet is out
            self._forget()
        return Ended.DONE

    def close(self) -> None:
        """Nothing is held open."""

    def _next(self, kind: str) -> str:
        newest = self.names()[:1]
        number = int(newest[0].partition("-")[0]) + 1 if newest else 1
        plain = re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")[:40].strip("-") or "sheet"
        return f"{number:06d}-{plain}.png"

    def _forget(self) -> None:
        for name in self.names()[self._kept :]:
            self._disk.remove(self.folder / name)

    def names(self) -> list[str]:
        """The pictures, newest first."""
        return printed(self.folder, self._disk)


def printed(folder: Path, disk: fs.Disk | None = None) -> list[str]:
    """Names of the pictures a folder printer made there, newest first; nothing else that lies there."""
    found = [name for name in (disk or fs.RealDisk()).names(folder) if NAME.fullmatch(name)]
    return sorted(found, key=lambda name: int(name.partition("-")[0]), reverse=True)


def forget(folder: Path, disk: fs.Disk | None = None) -> None:
    """Remove every picture a folder printer made there. Raises OSError."""
    place = disk or fs.RealDisk()
    for name in printed(folder, place):
        place.remove(folder / name)
    if folder.is_dir():
        place.sync_directory(folder)
