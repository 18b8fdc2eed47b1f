"""Turns what the disk says into what people read, and stops a store whose end is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.log import fs
from hub.log.faults import DiskFull, Fault, Stopped


def sync_names(disk: fs.Disk, directory: Path) -> None:
    """Make names in a directory durable. Raises Stopped: what the names are now, nobody knows."""
    try:
        disk.sync_directory(directory)
    except OSError as fault:
        raise Stopped(reason=str(fault)) from fault


class Guard:
    """Stands before every writing act of one store. `undo` clears away what a full disk left over."""

    def __init__(self, undo: Callable[[], None]) -> None:
        self._undo = undo
        self.fault: Fault | None = None

    def check(self) -> None:
        """Raise what keeps this store from being written, if anything does."""
        if self.fault:
            raise self.fault

    @contextmanager
    def acting(self) -> Iterator[None]:
        """A writing act. Raises DiskFull when nothing was changed, else Stopped, for good."""
        self.check()
        self.fault = Stopped(reason="interrupted")
        try:
            yield
        except Stopped as fault:
            self.fault = fault
            raise
        except (DiskFull, OSError) as fault:
            if isinstance(fault, OSError) and not fs.is_full(fault):
                raise self._stop(fault) from fault
            self._clear_away()
            self.fault = None
            raise DiskFull from fault
        self.fault = None

    def _stop(self, reason: object) -> Fault:
        self.fault = Stopped(reason=str(reason))
        return self.fault

    def _clear_away(self) -> None:
        try:
            self._undo()
        except OSError as fault:
            raise self._stop(fault) from fault
