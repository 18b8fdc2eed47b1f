"""The few file acts every durable store is made of.

The port is as wide as POSIX needs and no wider: a simulated disk stands behind the same face in
the tests, records each act, and replays what a power cut could have left. Recipes that make a
sequence of acts safe (`replace`) live above the port, so that the simulation sees each step.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol


class File(Protocol):
    """One open file. Offsets and sizes are bytes."""

    def read(self, offset: int = 0, size: int | None = None) -> bytes:
        """Return `size` bytes from `offset`, fewer where the file ends; all the rest by default."""

    def write_at(self, offset: int, content: bytes) -> None:
        """Write all of `content` at `offset`. Raises OSError; a part may have been written."""

    def truncate(self, size: int) -> None:
        """Cut or grow the file to `size` bytes."""

    def sync(self) -> None:
        """Return once content and size are on the medium (fdatasync). Never retry after OSError."""

    def forget_time(self) -> None:
        """Let the file not say when it was last written."""

    def close(self) -> None:
        """Let go of the file. Says nothing about durability."""


class Disk(Protocol):
    """The directory acts, and opening."""

    def open(self, path: Path, *, create: bool = False) -> File:
        """Open for reading and writing; `create` makes an empty file where there is none."""

    def names(self, directory: Path) -> list[str]:
        """Sorted names in a directory; empty where there is no such directory."""

    def make_directory(self, path: Path) -> None:
        """Make the directory and its parents, if missing. Durable only after `sync_directory`."""

    def rename(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target` in one step."""

    def remove(self, path: Path) -> None:
        """Unlink a file."""

    def sync_directory(self, directory: Path) -> None:
        """Return once creations, renames and removals in this directory are on the medium."""


class RealFile:
    """`File` on a file descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def read(self, offset: int = 0, size: int | None = None) -> bytes:
        chunks: list[bytes] = []
        end = sys.maxsize if size is None else offset + size
        while offset < end and (chunk := os.pread(self._descriptor, min(1 << 20, end - offset), offset)):
            chunks.append(chunk)
            offset += len(chunk)
        return b"".join(chunks)

    def write_at(self, offset: int, content: bytes) -> None:
        view = memoryview(content)
        while view:
            written = os.pwrite(self._descriptor, view, offset)
            offset += written
            view = view[written:]

    def truncate(self, size: int) -> None:
        os.ftruncate(self._descriptor, size)

    def sync(self) -> None:
        os.fdatasync(self._descriptor)

    def forget_time(self) -> None:
        os.utime(self._descriptor, (0, 0))

    def close(self) -> None:
        os.close(self._descriptor)


class RealDisk:
    """`Disk` on the machine's own file system. Files are readable by their owner only."""

    def open(self, path: Path, *, create: bool = False) -> File:
        flags = os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT if create else 0)
        return RealFile(os.open(path, flags, 0o600))

    def names(self, directory: Path) -> list[str]:
        try:
            return sorted(os.listdir(directory))
        except FileNotFoundError:
            return []

    def make_directory(self, path: Path) -> None:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def rename(self, source: Path, target: Path) -> None:
        os.replace(source, target)

    def remove(self, path: Path) -> None:
        os.unlink(path)

    def sync_directory(self, directory: Path) -> None:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def opened(disk: Disk, path: Path, *, create: bool = False) -> Iterator[File]:
    """Open a file for the length of a `with` block."""
    file = disk.open(path, create=create)
    try:
        yield file
    finally:
        file.close()


def read(disk: Disk, path: Path) -> bytes | None:
    """The whole content of a file, or None where there is none."""
    if path.name not in disk.names(path.parent):
        return None
    with opened(disk, path) as file:
        return file.read()


def make_durable_directory(disk: Disk, path: Path) -> None:
    """Make a directory whose own entry survives a power cut."""
    disk.make_directory(path)
    disk.sync_directory(path.parent)


UNFINISHED: Final = ".new"
"""How a file is named that `replace` has not put in its place yet."""


def unfinished(path: Path) -> Path:
    """Where the new content of a file waits until it is put in its place."""
    return path.with_name(path.name + UNFINISHED)


def prepare(disk: Disk, path: Path, content: bytes) -> None:
    """Write the new content of a file beside it, durably. What stands in its place is untouched."""
    with opened(disk, unfinished(path), create=True) as file:
        file.truncate(0)
        file.write_at(0, content)
        file.sync()


def replace(disk: Disk, path: Path, content: bytes) -> None:
    """Put `content` in the place of a file, whole or not at all.

    Temporary file, sync, rename, sync of the directory: without the last step 65 of 90 simulated
    power cuts brought the old file back after the caller had been told it was replaced.
    """
    prepare(disk, path, content)
    disk.rename(unfinished(path), path)
    disk.sync_directory(path.parent)


def remove_durably(disk: Disk, path: Path) -> None:
    """Unlink a file and return once the removal is on the medium."""
    disk.remove(path)
    disk.sync_directory(path.parent)


def remove_unfinished(disk: Disk, directory: Path) -> bool:
    """Remove what a crash or a full disk within `replace` left in a directory; whether there was any."""
    leftovers = [name for name in disk.names(directory) if name.endswith(UNFINISHED)]
    for name in leftovers:
        disk.remove(directory / name)
    if leftovers:
        disk.sync_directory(directory)
    return bool(leftovers)


def is_full(fault: OSError) -> bool:
    """Whether the medium, or this user's share of it, has no room left."""
    return fault.errno in (errno.ENOSPC, errno.EDQUOT)
