"""One neighbour's file: the bytes of its batches as received, one a line."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from hub import entry
from hub.domain.base import HubId
from hub.log import fs
from hub.log.guard import Guard, sync_names
from hub.log.segments import split
from hub.log.tail import Tail, settle


class Held(NamedTuple):
    """How far we hold a neighbour's chain: the last batch, its last line, that line's hash."""

    batch: int
    upto: int
    head: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a batch stands in the file, and what it binds."""

    offset: int
    size: int
    first: int
    last: int
    prev: str
    head: str


class Shelf:
    """The batches of one author, in order from 1. After damage there may be more beyond a hole.

    A hole is not cut: what follows it is the author's signed word. `damaged` says there is one; it
    closes when the missing batch is taken in again, from whomever has it.
    """

    def __init__(self, disk: fs.Disk, path: Path, author: HubId) -> None:
        self._disk = disk
        self._path = path
        self._author = author
        self._places: dict[int, _Place] = {}
        self._tail: Tail | None = None
        self._reading = threading.Lock()
        self.damaged = False
        self.guard = Guard(self._clear_away)
        self.held = Held(0, 0, entry.genesis(author, "street"))

    def open(self) -> None:
        """Read the file; cut a torn last line. Raises OSError.

        It is not kept: its author has it, and here its words would outlive their redaction.
        """
        content = fs.read(self._disk, self._path)
        if content is None:
            return
        torn = self._index(content)
        file = self._disk.open(self._path)
        good = len(content) - len(torn)
        file.truncate(good)
        start = content.rfind(b"\n", 0, max(good - 1, 0)) + 1
        settle(file, start, content[start:good])
        self._disk.sync_directory(self._path.parent)
        self._tail = Tail(file, good)

    def read(self, number: int) -> bytes:
        """The bytes of a batch we hold. Raises KeyError."""
        with self._reading, fs.opened(self._disk, self._path) as file:
            place = self._places[number]
            return file.read(place.offset, place.size)

    def entries(self, after: int) -> Iterator[entry.Entry]:
        """The verified entries after line `after`."""
        for number in range(1, self.held.batch + 1):
            if self._places[number].last > after:
                _, entries = entry.read_batch(self.read(number))
                yield from (each for each in entries if each.seq > after)

    def numbers_of(self, entries: Collection[entry.Entry]) -> list[int]:
        """The batches in which these entries stand."""
        seqs = {each.head.seq for each in entries}
        return [number for number, place in self._places.items() if seqs & set(range(place.first, place.last + 1))]

    def add(self, number: int, content: bytes, entries: list[entry.Entry]) -> None:
        """Put the next batch on the shelf; durable when this returns. Raises DiskFull, Stopped."""
        with self.guard.acting():
            if self.damaged:
                self._rewrite({number: content})
                return
            tail = self._tail or self._create()
            offset = tail.size
            tail.append(content + b"\n")
        self._places[number] = _place(offset, content, entries)
        self._count()

    def replace(self, contents: dict[int, bytes]) -> None:
        """Put other bytes in the place of batches we hold, in one step. Raises DiskFull, Stopped."""
        with self.guard.acting():
            self._rewrite(contents)

    def close(self) -> None:
        """Let go of the file."""
        if self._tail:
            self._tail.close()
            self._tail = None

    def _index(self, content: bytes) -> bytes:
        """Find the batches. Returns the bad bytes at the end, after which there is nothing valid."""
        self._places.clear()
        offset = good = 0
        for raw in split(content):
            try:
                batch, entries = entry.read_batch(raw)
            except entry.Damaged:
                batch = None
            if batch and self._is_new(batch) and offset + len(raw) < len(content):
                self._places[batch.number] = _place(offset, raw, entries)
                self.damaged = self.damaged or good != offset
                good = offset + len(raw) + 1
            offset += len(raw) + 1
        self._count()
        self.damaged = self.damaged or len(self._places) != self.held.batch
        return content[good:]

    def _is_new(self, batch: entry.Batch) -> bool:
        """A batch once more is what a stale block shows; it keeps no torn end from being cut."""
        return batch.author == self._author and batch.number not in self._places

    def _count(self) -> None:
        """Follow the links from the first batch as far as they go."""
        held = Held(0, 0, entry.genesis(self._author, "street"))
        if self.held.batch in self._places:
            held = self.held
        while place := self._places.get(held.batch + 1):
            if place.prev != held.head or place.first != held.upto + 1:
                break
            held = Held(held.batch + 1, place.last, place.head)
        self.held = held

    def _create(self) -> Tail:
        file = self._disk.open(self._path, create=True)
        sync_names(self._disk, self._path.parent)
        self._tail = Tail(file, 0)
        return self._tail

    def _rewrite(self, contents: dict[int, bytes]) -> None:
        """The whole file again: what we hold, with `contents` put in, by number."""
        old = fs.read(self._disk, self._path) or b""
        kept = {number: old[place.offset : place.offset + place.size] for number, place in self._places.items()}
        lines = [content for _, content in sorted({**kept, **contents}.items())]
        new = b"".join(line + b"\n" for line in lines)
        fs.prepare(self._disk, self._path, new)
        with self._reading:
            self._disk.rename(fs.unfinished(self._path), self._path)
            self.close()
            self._tail = Tail(self._disk.open(self._path), len(new))
            self.damaged, self.held = False, Held(0, 0, "")
            self._index(new)
        sync_names(self._disk, self._path.parent)

    def _clear_away(self) -> None:
        fs.remove_unfinished(self._disk, self._path.parent)


def _place(offset: int, content: bytes, entries: list[entry.Entry]) -> _Place:
    first, last = entries[0], entries[-1]
    return _Place(offset, len(content), first.head.seq, last.head.seq, first.head.prev, last.hash)
