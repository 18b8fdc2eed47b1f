"""The slow, full check of a chain: every hash, link, group, body and signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from hub import entry
from hub.domain.base import HubId
from hub.log import fs
from hub.log.recovery import check_group
from hub.log.segments import list_segments, read_strictly, split


@dataclass(slots=True)
class Verified:
    """What was checked, in lines. `faults` holds (line number, what is wrong with it)."""

    lines: int = 0
    signatures: int = 0
    bodies: int = 0
    blanked: int = 0
    segments: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether every line is what was written, or lawfully blank."""
        return not self.faults


def verify(disk: fs.Disk, directory: Path, author: HubId, chain: str, length: int | None) -> Verified:
    """Read the files anew and check everything. A bad line is noted and the next judged by itself.

    `length` is how many lines there must be; None to judge whatever is there.
    """
    found = Verified(segments=len(list_segments(disk, directory)))
    prev: str | None = entry.genesis(author, chain)
    part: tuple[int, int] | None = None
    for seq, raw in enumerate(_lines(disk, directory, length), 1):
        found.lines = seq
        try:
            line, head, head_hash = read_strictly(raw, prev or _prev_of(raw), seq)
            if prev is not None:
                check_group(part, head)
            entry.check_signature(author, head_hash, line.sig)
        except entry.Damaged as fault:
            found.faults.append((seq, str(fault)))
            prev = None
            continue
        prev, part = head_hash, head.part
        found.signatures += 1
        found.bodies += line.body is not None
        found.blanked += bool(head.body) and line.body is None
    if length is not None and found.lines < length:
        found.faults.append((found.lines + 1, "lines are missing at the end"))
    return found


def _lines(disk: fs.Disk, directory: Path, length: int | None) -> Iterator[bytes]:
    """The first `length` lines: what is being appended meanwhile is not judged."""
    return islice(_all_lines(disk, directory), length)


def _all_lines(disk: fs.Disk, directory: Path) -> Iterator[bytes]:
    for segment in list_segments(disk, directory):
        with fs.opened(disk, segment.path) as file:
            yield from split(file.read())


def _prev_of(raw: bytes) -> str:
    """After a bad line the next one's own word for it; its signature still binds it."""
    return entry.read_head(entry.read_line(raw).head).prev
