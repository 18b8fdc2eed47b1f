"""A disk in memory that remembers every act, and replays what a power cut may have left of them.

It stands behind `hub.log.fs.Disk`. What is written is seen at once, as on a real machine; what is on
the medium is another matter. Until a file is synced each of its pages may be there or not, in any
order, in any of the versions it had, half, zeroed, or holding what stood in the block before; until a
directory is synced its creations, renames and removals may be lost. `crash` picks one such state.

    disk = SimulatedDisk()
    ... work on it, `disk.note(what is promised so far)` ...
    for moment in disk.moments():
        after, promised = crash(disk, moment, random.Random(seed))

Not simulated: a sector that was durable and is lost (no store survives that alone), and blocks that
come back with bytes of a file removed earlier (ext4 with data=ordered does not show them).
"""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Act = tuple[object, ...]
"""("write", node, offset, content), ("sync", node), ("rename", source, target), ..., ("note", value)."""


class SimulatedFile:
    """One open file of a simulated disk."""

    def __init__(self, disk: SimulatedDisk, node: int) -> None:
        self._disk = disk
        self._node = node

    def read(self, offset: int = 0, size: int | None = None) -> bytes:
        content = self._disk.contents[self._node]
        return bytes(content[offset:] if size is None else content[offset : offset + size])

    def write_at(self, offset: int, content: bytes) -> None:
        fits, fault = self._disk.admit("write", len(content))
        if fits:
            self._disk.record("write", self._node, offset, content[:fits])
            overwrite(self._disk.contents[self._node], offset, content[:fits])
        if fault:
            raise fault

    def truncate(self, size: int) -> None:
        _, fault = self._disk.admit("truncate")
        if fault:
            raise fault
        self._disk.record("truncate", self._node, size)
        resize(self._disk.contents[self._node], size)

    def sync(self) -> None:
        _, fault = self._disk.admit("sync")
        self._disk.record("failed sync" if fault else "sync", self._node)
        if fault:
            raise fault

    def forget_time(self) -> None:
        pass

    def close(self) -> None:
        pass


class SimulatedDisk:
    """`Disk` in memory. `skips` names acts it pretends to do: a seeded bug, as in a lying driver."""

    def __init__(
        self,
        files: Mapping[Path, bytes] | None = None,
        directories: Collection[Path] = (Path("/"), Path("/data")),
        *,
        page: int = 128,
        skips: Collection[str] = (),
    ) -> None:
        self.page = page
        self.skips = frozenset(skips)
        self.acts: list[Act] = []
        self.contents = [bytearray(content) for content in (files or {}).values()]
        self.files = {path: node for node, path in enumerate(files or {})}
        self.directories = set(directories)
        self.first_files, self.first_directories = dict(files or {}), frozenset(directories)
        self._trips: dict[str, tuple[int, int]] = {}

    # What the stores call.

    def open(self, path: Path, *, create: bool = False) -> SimulatedFile:
        if path not in self.files:
            if not create or path.parent not in self.directories:
                raise FileNotFoundError(errno.ENOENT, "no such file", str(path))
            self._act("create", path, len(self.contents))
            self.files[path] = len(self.contents)
            self.contents.append(bytearray())
        return SimulatedFile(self, self.files[path])

    def names(self, directory: Path) -> list[str]:
        return sorted(path.name for path in self.files if path.parent == directory)

    def make_directory(self, path: Path) -> None:
        for each in (*reversed(path.parents), path):
            if each not in self.directories:
                self._act("make directory", each)
                self.directories.add(each)

    def rename(self, source: Path, target: Path) -> None:
        self._act("rename", source, target)
        self.files[target] = self.files.pop(source)

    def remove(self, path: Path) -> None:
        self._act("remove", path)
        del self.files[path]

    def sync_directory(self, directory: Path) -> None:
        self._act("sync directory", directory)

    # What the tests call.

    def note(self, value: object) -> None:
        """Remember, between two acts, what was promised so far."""
        self.record("note", value)

    def moments(self) -> range:
        """The numbers of acts after which the power may go."""
        return range(1, len(self.acts) + 1)

    def trip(self, kind: str, code: int, after: int = 0) -> None:
        """Make the act `kind` fail once with an errno, when `after` more of them have succeeded.

        A write fails after a part of it, as ENOSPC does; kinds are those in `Act`, "create" too.
        """
        self._trips[kind] = (after, code)

    def clear_trips(self) -> None:
        """Let everything succeed again."""
        self._trips.clear()

    def snapshot(self) -> dict[Path, bytes]:
        """Every file as it is seen now."""
        return {path: bytes(self.contents[node]) for path, node in self.files.items()}

    # What the files call.

    def admit(self, kind: str, size: int = 0) -> tuple[int, OSError | None]:
        """How many bytes of an act succeed, and the fault to raise after them."""
        after, code = self._trips.get(kind, (-1, 0))
        if after > 0:
            self._trips[kind] = (after - 1, code)
        if after != 0:
            return size, None
        del self._trips[kind]
        return size * 2 // 3, OSError(code, os.strerror(code))

    def record(self, kind: str, *what: object) -> None:
        if kind not in self.skips:
            self.acts.append((kind, *what))

    def _act(self, kind: str, *what: object) -> None:
        _, fault = self.admit(kind)
        if fault:
            raise fault
        self.record(kind, *what)


def overwrite(content: bytearray, offset: int, new: bytes) -> None:
    """Write into a file's content, growing it with zeros where needed."""
    if new and len(content) < offset:
        resize(content, offset)
    content[offset : offset + len(new)] = new


def resize(content: bytearray, size: int) -> None:
    """Cut a file's content, or grow it with zeros."""
    del content[size:]
    content.extend(bytes(size - len(content)))


# The medium.


@dataclass
class _Node:
    """A file on the medium: what is durable, what is seen, and what happened in between."""

    durable: bytearray
    seen: bytearray
    pages: dict[int, list[bytes]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    writes: list[tuple[int, bytes | None]] = field(default_factory=list)

    def touch(self, first: int, last: int, page: int) -> None:
        for number in range(first // page, last // page + 1):
            self.pages.setdefault(number, []).append(bytes(self.seen[number * page : (number + 1) * page]))
        self.sizes.append(len(self.seen))

    def clean(self) -> None:
        self.pages, self.sizes, self.writes = {}, [], []


class _Medium:
    """Replays acts, keeping apart what is seen and what is durable."""

    def __init__(self, disk: SimulatedDisk, rng: random.Random) -> None:
        self.page = disk.page
        self.rng = rng
        self.nodes = [_Node(bytearray(content), bytearray(content)) for content in disk.first_files.values()]
        self.files = {path: node for node, path in enumerate(disk.first_files)}
        self.directories = set(disk.first_directories)
        self.pending: dict[Path, list[Act]] = {}
        self.notes: list[object] = []

    def play(self, act: Act) -> None:
        match act:
            case ("note", value):
                self.notes.append(value)
            case ("write", int(node), int(offset), bytes(content)):
                self._write(self.nodes[node], offset, content)
            case ("truncate", int(node), int(size)):
                self._truncate(self.nodes[node], size)
            case ("sync", int(node)):
                self._sync(self.nodes[node])
            case ("failed sync", int(node)):
                self._fail_sync(self.nodes[node])
            case ("sync directory", Path() as directory):
                for each in self.pending.pop(directory, []):
                    self._apply(each)
            case (_, Path() as path, *_):
                if act[0] == "create":
                    self.nodes.append(_Node(bytearray(), bytearray()))
                self.pending.setdefault(path.parent, []).append(act)

    def _write(self, node: _Node, offset: int, content: bytes) -> None:
        overwrite(node.seen, offset, content)
        node.touch(offset, offset + len(content) - 1, self.page)
        node.writes.append((offset, content))

    def _truncate(self, node: _Node, size: int) -> None:
        resize(node.seen, size)
        node.touch(max(size - 1, 0), max(size - 1, 0), self.page)
        node.writes.append((size, None))

    def _sync(self, node: _Node) -> None:
        """Bring the dirty pages to the medium; pages that a failed sync called clean are not."""
        if node.sizes:
            resize(node.durable, len(node.seen))
        for number in node.pages:
            start = number * self.page
            overwrite(node.durable, start, bytes(node.seen[start : start + self.page]))
        node.clean()

    def _fail_sync(self, node: _Node) -> None:
        """Some pages made it, the others are lost, and the system calls all of them clean."""
        node.durable = bytearray(self._torn(node))
        node.clean()

    def _apply(self, act: Act) -> None:
        match act:
            case ("create", Path() as path, int(node)):
                self.files[path] = node
            case ("rename", Path() as source, Path() as target):
                if (moved := self.files.pop(source, None)) is not None:
                    self.files[target] = moved
            case ("remove", Path() as path):
                self.files.pop(path, None)
            case ("make directory", Path() as path):
                self.directories.add(path)

    # The power goes.

    def crash(self) -> SimulatedDisk:
        for directory in sorted(self.pending):
            for act in self._survivors(self.pending[directory]):
                self._apply(act)
        there = {each for each in self.directories if all(parent in self.directories for parent in each.parents)}
        contents = {number: self._torn(node) for number, node in enumerate(self.nodes)}
        files = {path: contents[node] for path, node in self.files.items() if path.parent in there}
        return SimulatedDisk(files, there, page=self.page)

    def _survivors(self, acts: list[Act]) -> list[Act]:
        """A journaling file system keeps the first few; one that does not, any of them."""
        if self.rng.random() < 0.5:
            return acts[: self.rng.randint(0, len(acts))]
        return [act for act in acts if self.rng.random() < 0.5]

    def _torn(self, node: _Node) -> bytes:
        """One of the contents this file may have on the medium."""
        if not node.sizes:
            return bytes(node.durable)
        match self.rng.choice(("lost", "all", "stale", "some writes", "pages", "pages", "pages", "pages")):
            case "lost":
                return bytes(node.durable)
            case "all":
                return bytes(node.seen)
            case "stale":
                grown = max(len(node.seen) - len(node.durable), 0)
                return bytes(node.durable) + self._stale(node, len(node.durable), grown)
            case "some writes":
                return self._some_writes(node)
            case _:
                return self._some_pages(node)

    def _some_writes(self, node: _Node) -> bytes:
        """Whole writes, some of them, in another order."""
        content = bytearray(node.durable)
        for offset, new in self.rng.sample(node.writes, self.rng.randint(0, len(node.writes))):
            if new is None:
                resize(content, offset)
            else:
                overwrite(content, offset, new)
        return bytes(content)

    def _some_pages(self, node: _Node) -> bytes:
        """Each dirty page for itself; the size of any moment."""
        content = bytearray(node.durable)
        size = self.rng.choice([len(node.durable), *node.sizes, node.sizes[-1]])
        for number, versions in sorted(node.pages.items()):
            start = number * self.page
            old = bytes(node.durable[start : start + self.page])
            overwrite(content, start, self._some_page(node, start, old, versions))
        resize(content, size)
        return bytes(content)

    def _some_page(self, node: _Node, start: int, old: bytes, versions: list[bytes]) -> bytes:
        new = self.rng.choice(versions)
        match self.rng.choice(("old", "new", "new", "new", "torn", "zeroed", "stale")):
            case "old":
                return old
            case "new":
                return new
            case "torn":
                at = self.rng.randint(0, len(new))
                return new[:at] + old[at:]
            case "zeroed":
                return old + bytes(max(self.page - len(old), 0))
            case _:
                return old + self._stale(node, start + len(old), self.page - len(old))

    def _stale(self, node: _Node, start: int, size: int) -> bytes:
        """What the blocks held before: the end of an earlier copy of this file, one line shorter."""
        lines = bytes(node.durable).split(b"\n")[:-1]
        if not lines or self.rng.random() < 0.2:
            return self.rng.randbytes(size)
        back = len(self.rng.choice(lines)) + 1
        found = bytes(node.durable[start - back : start - back + size]) if start >= back else b""
        return found + bytes(size - len(found))


def crash(disk: SimulatedDisk, moment: int, rng: random.Random) -> tuple[SimulatedDisk, object]:
    """The disk as it may be found when the power went after `moment` acts, and the last note then."""
    medium = _Medium(disk, rng)
    for act in disk.acts[:moment]:
        medium.play(act)
    return medium.crash(), medium.notes[-1] if medium.notes else None
