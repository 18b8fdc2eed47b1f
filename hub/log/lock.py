"""One writer, and a medium that keeps its word.

The lock is flock(2): the kernel lets go of it when the process dies, however it dies.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from hub.log.faults import Occupied

FILE: Final = "hub.lock"
UNFIT: Final = frozenset({"tmpfs", "ramfs", "overlay", "vfat", "msdos", "exfat"})
"""Gone at power-off, or without the atomic rename that `fs.replace` stands on."""


class Lock:
    """Holds `hub.lock` in the data directory for the length of a `with` block."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Raises Occupied when another process holds it."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            os.close(descriptor)
            raise Occupied from fault
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)


class Mount(NamedTuple):
    """Where a path lies: mount point, file system type, device, and all options."""

    point: str
    kind: str
    device: str
    options: frozenset[str]


def unfit(path: Path, mounts: str | None = None) -> str | None:
    """The file system type at `path` if the log cannot be kept there, else None.

    `mounts` is the text of /proc/self/mountinfo (proc(5)), read when it is not given.
    """
    mount = find_mount(path, mounts)
    return mount.kind if mount and mount.kind in UNFIT else None


def unfit_for_ballots(path: Path, mounts: str | None = None) -> str | None:
    """Why the order of secret ballots could be read from this medium, else None (ballots.md, 3).

    Copy on write and a journal of data keep old versions of a sector, in the order of writing.
    """
    mount = find_mount(path, mounts)
    if mount is None or mount.kind in UNFIT or mount.kind == "btrfs":
        return mount.kind if mount else "an unknown file system"
    options = mount.options | _own_options(mount)
    return f"{mount.kind} data=journal" if "data=journal" in options else None


def find_mount(path: Path, mounts: str | None = None) -> Mount | None:
    """The mount that holds `path`: the longest mount point above it, the last of equals."""
    text = Path("/proc/self/mountinfo").read_text() if mounts is None else mounts
    place = os.path.realpath(path)
    above = [mount for mount in map(_parse, text.splitlines()) if mount and _is_above(mount.point, place)]
    return max(enumerate(above), key=lambda each: (len(each[1].point), each[0]))[1] if above else None


def _is_above(point: str, place: str) -> bool:
    return point == "/" or place == point or place.startswith(point + "/")


def _parse(line: str) -> Mount | None:
    """One line: id parent major:minor root POINT options [tags] - KIND DEVICE super-options."""
    before, found, after = line.partition(" - ")
    left, right = before.split(" "), after.split(" ")
    if not found or len(left) < 6 or len(right) < 3:
        return None
    return Mount(_unescape(left[4]), right[0], right[1], frozenset([*left[5].split(","), *right[2].split(",")]))


def _unescape(text: str) -> str:
    """mountinfo writes space, tab, line feed and backslash as three octal digits."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text


def _own_options(mount: Mount) -> frozenset[str]:
    """What the file system says of itself: a default set by tune2fs does not show in mountinfo."""
    try:
        shown = Path("/proc/fs", mount.kind, Path(os.path.realpath(mount.device)).name, "options").read_text()
    except OSError:
        return frozenset()
    return frozenset(shown.split())
