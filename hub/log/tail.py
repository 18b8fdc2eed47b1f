"""The growing end of one file: what is added is there whole and durable, or the file is as it was.

A failed sync is never tried again: the system may have dropped the pages and call the next one a
success. After it, and after anything else that leaves the end in doubt, only a fresh opening, which
reads what is there and writes it out again, may go on.
"""

from __future__ import annotations

from hub.log import fs
from hub.log.faults import DiskFull, Stopped


class Tail:
    """Adds bytes at the end of an open file. `size` is the length of what is good, in bytes.

    Whoever holds it stands behind a Guard: after Stopped nothing more comes here.
    """

    def __init__(self, file: fs.File, size: int) -> None:
        self._file = file
        self.size = size
        self.synced = True

    def append(self, content: bytes, *, sync: bool = True) -> None:
        """One write, and one sync unless the caller does it later. Raises DiskFull or Stopped."""
        try:
            self._file.write_at(self.size, content)
        except OSError as fault:
            if not fs.is_full(fault):
                raise Stopped(reason=str(fault)) from fault
            self._cut_back()
            raise DiskFull from fault
        self.size += len(content)
        self.synced = False
        if sync:
            self._sync()

    def sync(self) -> None:
        """Make everything added so far durable. Raises Stopped."""
        if not self.synced:
            self._sync()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _sync(self) -> None:
        try:
            self._file.sync()
        except OSError as fault:
            raise Stopped(reason=str(fault)) from fault
        self.synced = True

    def _cut_back(self) -> None:
        """Take away the part that did fit; durably, or a power cut could bring back what we refused."""
        try:
            self._file.truncate(self.size)
        except OSError as fault:
            raise Stopped(reason=str(fault)) from fault
        self._sync()


def settle(file: fs.File, offset: int, content: bytes) -> None:
    """Write again what was read from `offset` on, and sync. Raises OSError.

    What a killed process left may still be in memory only, and after a failed sync the system calls
    it clean: without this a line could be believed, shown, and gone at the next power cut.
    """
    if content:
        file.write_at(offset, content)
    file.sync()
