"""The files of one chain: `00000001.jsonl`, named by their first line, and one line read strictly."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from hub import entry
from hub.domain.base import HubId
from hub.log import fs

_NAME: Final = re.compile(r"[0-9]{8,}\.jsonl")
_line = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a new segment begins: after so many lines or bytes. A redaction rewrites one segment."""

    lines: int = 4096
    size: int = 4 << 20


LIMITS: Final = Limits()


class Segment:
    """One file of consecutive lines, and where each line starts in it (8 bytes a line)."""

    def __init__(self, directory: Path, first: int) -> None:
        self.path = directory / f"{first:08}.jsonl"
        self.first = first
        self.starts = array("Q")
        self.size = 0

    @property
    def last(self) -> int:
        """The last line's `seq`; `first - 1` in an empty segment."""
        return self.first + len(self.starts) - 1

    def add(self, length: int) -> None:
        """Count a line of `length` bytes, its line feed included."""
        self.starts.append(self.size)
        self.size += length

    def drop_from(self, seq: int) -> None:
        """Forget the line `seq` and all after it."""
        kept = max(seq - self.first, 0)
        if kept < len(self.starts):
            self.size = self.starts[kept]
            del self.starts[kept:]

    def recount(self, lines: list[bytes]) -> None:
        """Measure again after the lines (without line feeds) were rewritten."""
        del self.starts[:]
        self.size = 0
        for line in lines:
            self.add(len(line) + 1)

    def has_room(self, lines: int, size: int, limits: Limits) -> bool:
        """Whether a call's lines still go here. An empty segment takes any: a call is never split."""
        fits = len(self.starts) + lines <= limits.lines and self.size + size <= limits.size
        return fits or not self.starts

    def read(self, disk: fs.Disk, first: int, last: int) -> list[bytes]:
        """The lines `first` to `last`, both of this segment, without their line feeds."""
        start = self.starts[first - self.first]
        end = self.size if last == self.last else self.starts[last - self.first + 1]
        with fs.opened(disk, self.path) as file:
            return file.read(start, end - start).split(b"\n")[:-1]


def list_segments(disk: fs.Disk, directory: Path) -> list[Segment]:
    """The segments in a directory, by name, nothing of them read yet."""
    firsts = sorted(int(name.partition(".")[0]) for name in disk.names(directory) if _NAME.fullmatch(name))
    return [Segment(directory, first) for first in firsts]


def split(content: bytes) -> Iterator[bytes]:
    """The lines of a file without their line feeds, then what follows the last one, if anything."""
    start = 0
    while (end := content.find(b"\n", start)) >= 0:
        yield content[start:end]
        start = end + 1
    if start < len(content):
        yield content[start:]


def read_strictly(raw: bytes, prev: str, seq: int) -> tuple[entry.Line, entry.Head, str]:
    """Line `seq` after the line whose hash is `prev`: all but its signature checked. Raises Damaged.

    A line must stand as it would be written again, to the byte: one flipped bit in the name of a
    field would otherwise pass for a line whose words were taken back.
    """
    line = entry.read_line(raw)
    head = entry.read_head(line.head)
    entry.check_link(head, prev, seq)
    entry.check_body(head, line.body)
    if _line.encode(line) != raw:
        raise entry.Damaged(f"line {seq} is not written as lines are")
    return line, head, entry.head_hash(bytes(line.head))


def blanked(raw: bytes) -> bytes:
    """The line again without its words; head and signature stay, so the chain still verifies."""
    return _line.encode(msgspec.structs.replace(entry.read_line(raw), body=None))


def is_signed(raw: bytes, author: HubId) -> bool:
    """Whether this is a line that `author` has signed, wherever it stands and whatever it says."""
    try:
        line = entry.read_line(raw)
        entry.check_signature(author, entry.head_hash(bytes(line.head)), line.sig)
    except entry.Damaged:
        return False
    return True
