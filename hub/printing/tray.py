"""The files of the spool: a state for each sheet, and its picture for as long as it may still be printed.

The states of private sheets stand in one file, in no order, without their moments: when and after whom
somebody printed a slip is nobody's business, and a file of its own would say it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from hub.domain.base import N_, Circle, Millis
from hub.log import fs
from hub.log.faults import DiskFull, Fault
from hub.printing.raster import Raster
from hub.printing.spooled import Spooled, State

STATE: Final = ".json"
PICTURE: Final = ".png"
ERASED: Final = "erased"
PRIVATE: Final = "private"


class NotSpooled(Fault):
    """The medium does not take it, for another reason than a full disk."""

    MESSAGE = N_(
        "The disk does not take what is to be printed ({reason}), so nothing was printed. "
        "What was recorded is safe. Look at the disk, then print it again."
    )


class SpoolFull(DiskFull):
    """No room on the medium."""

    MESSAGE = N_(
        "The disk is full, so this was not printed. Everything recorded is safe. "
        "Make room on the disk (old backups go first), then print it again."
    )


class Tray:
    """One directory. What is written is on the medium when the method returns, or NotSpooled or SpoolFull says no."""

    def __init__(self, disk: fs.Disk, directory: Path) -> None:
        self._disk, self._directory = disk, directory
        self._private: dict[str, Spooled] = {}

    def open(self, now: Millis) -> list[Spooled]:
        """Every state there is, as it was written; begins the directory where there is none.

        One that cannot be read is the state of a sheet that is lost.
        """
        with _said():
            fs.make_durable_directory(self._disk, self._directory)
            fs.remove_unfinished(self._disk, self._directory)
            found = [self._read(name, now) for name in self._disk.names(self._directory) if name.endswith(STATE)]
        self._private = {each.job: each for each in self._read_private()}
        return [*found, *self._private.values()]

    def _read(self, name: str, now: Millis) -> Spooled:
        job = name.removesuffix(STATE)
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            kept = msgspec.json.decode(fs.read(self._disk, self._directory / name) or b"", type=Spooled)
            if kept.job == job:
                return kept
        return Spooled(job, 0, "", "", "en", Circle.ROOM, now, State.LOST)

    def _read_private(self) -> list[Spooled]:
        """Nothing where it cannot be read: what was private is gone with a start anyway."""
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            content = fs.read(self._disk, self._directory / PRIVATE)
            return msgspec.json.decode(content or b"[]", type=list[Spooled])
        return []

    def keep(self, spooled: Spooled, raster: Raster | None) -> None:
        """A new sheet; its picture is on the medium no later than its state. What fails leaves nothing behind."""
        try:
            if raster is not None:
                path = self._path(spooled.job, PICTURE)
                with _said():
                    fs.prepare(self._disk, path, raster.png())
                    self._disk.rename(fs.unfinished(path), path)
            self.save(spooled)
        except Fault:
            self.let_go(spooled.job)
            self._remove(self._path(spooled.job, STATE))
            raise

    def save(self, spooled: Spooled) -> None:
        """Where a sheet stands now."""
        with _said():
            if spooled.private:
                self._save_private({**self._private, spooled.job: spooled})
            else:
                fs.replace(self._disk, self._path(spooled.job, STATE), msgspec.json.encode(spooled) + b"\n")

    def _save_private(self, all_: dict[str, Spooled]) -> None:
        told = [replace(all_[job], place=0) for job in sorted(all_)]
        fs.replace(self._disk, self._directory / PRIVATE, msgspec.json.encode(told) + b"\n")
        self._private = all_

    def picture(self, job: str) -> Raster | None:
        """The picture of a sheet; None where it is gone or cannot be read."""
        with suppress(OSError, ValueError):
            content = fs.read(self._disk, self._path(job, PICTURE))
            return Raster.from_png(content) if content is not None else None
        return None

    def let_go(self, job: str) -> None:
        """Remove the picture of a sheet; what the medium does not let go is swept at the next start."""
        self._remove(self._path(job, PICTURE))

    def forget(self, job: str) -> bool:
        """Remove all there is of a sheet. Returns whether its state is gone."""
        if job in self._private:
            with suppress(OSError):
                self._save_private({each: self._private[each] for each in self._private if each != job})
            return job not in self._private
        self.let_go(job)
        return self._remove(self._path(job, STATE))

    def sweep(self, wanted: Collection[str]) -> None:
        """Remove the pictures of all other sheets."""
        for name in self._disk.names(self._directory):
            if name.endswith(PICTURE) and name.removesuffix(PICTURE) not in wanted:
                self._remove(self._directory / name)

    def erased(self) -> int:
        """After how many erasures in the log the pictures here were made; 0 where nobody wrote it down."""
        with suppress(OSError, ValueError):
            return int(fs.read(self._disk, self._directory / ERASED) or b"0")
        return 0

    def note_erased(self, erasures: int) -> None:
        """Write down that no picture is from before."""
        with _said():
            fs.replace(self._disk, self._directory / ERASED, b"%d\n" % erasures)

    def _remove(self, path: Path) -> bool:
        with suppress(OSError):
            if path.name in self._disk.names(self._directory):
                fs.remove_durably(self._disk, path)
            return True
        return False

    def _path(self, job: str, suffix: str) -> Path:
        return self._directory / f"{job}{suffix}"


@contextmanager
def _said() -> Iterator[None]:
    """What the medium says, in plain words."""
    try:
        yield
    except OSError as fault:
        raise SpoolFull if fs.is_full(fault) else NotSpooled(reason=fault.strerror or "?") from fault
