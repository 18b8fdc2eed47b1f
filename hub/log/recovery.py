"""What a chain's files hold after any power cut, and what of it may be cut. Reads, never writes.

Only an end that nobody was told of may go: a bad tail with no valid line after it. Everything else
that is wrong stays as it is, for people to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hub import entry
from hub.domain.base import HubId
from hub.log import fs
from hub.log.segments import Segment, is_signed, list_segments, read_strictly, split

_LINES: Final = re.compile(rb'\{"head":[^\n]*?(?=\{"head":|\n|\Z)')

Seen = Callable[[entry.Head], None]


@dataclass(slots=True)
class Survey:
    """What was found: `length` good lines, the last of them `last` with the hash `head`.

    `group` is the first line of the last call, or the first that is not firm: what stands from there
    on may not be on the medium yet.
    `reason` says what is wrong after the good lines, "" when nothing is; `rest` holds the bytes
    there, by segment, and `torn` says whether they may be cut.
    """

    segments: list[Segment]
    genesis: str
    length: int = 0
    head: str = ""
    last: entry.Head | None = None
    group: int = 1
    reason: str = ""
    rest: list[tuple[Segment, bytes]] = field(default_factory=list)
    torn: bool = False

    def add(self, segment: Segment, size: int, head: entry.Head, found_hash: str) -> None:
        """Count one more good line."""
        segment.add(size)
        self.length, self.head, self.last = head.seq, found_hash, head
        if head.part is None or head.part[0] == 1:
            self.group = head.seq

    def raw(self, disk: fs.Disk, seq: int) -> bytes:
        """A good line's bytes."""
        segment = next(each for each in self.segments if each.first <= seq <= each.last)
        return segment.read(disk, seq, seq)[0]

    def expect(self, promised: int) -> None:
        """Fewer lines than were promised were lost, not torn in the writing: nothing may be cut."""
        if self.length < promised:
            self.torn = False
            self.reason = self.reason or "lines are missing at the end"

    def drop_from(self, disk: fs.Disk, seq: int, reason: str) -> None:
        """Take the line `seq` and all after it out of the good ones."""
        for segment in self.segments:
            segment.drop_from(seq)
        self.length, self.head, self.last, self.group = seq - 1, self.genesis, None, 1
        self.reason = self.reason or reason
        if self.length:
            head = bytes(entry.read_line(self.raw(disk, self.length)).head)
            self.head, self.last = entry.head_hash(head), entry.read_head(head)
            self.group = self.length - (self.last.part[0] if self.last.part else 1) + 1


def survey(
    disk: fs.Disk,
    directory: Path,
    author: HubId,
    chain: str,
    firm: int | None = None,
    seen: Seen | None = None,
) -> Survey:
    """Read a chain and judge its end. `seen` is told of every head that links.

    `firm`: lines up to here were promised, those after it are derived and may go whatever follows
    them (the street); None: any line that is followed by a signed one was promised (the journal).
    """
    genesis = entry.genesis(author, chain)
    found = Survey(list_segments(disk, directory), genesis, head=genesis)
    _follow_links(disk, found, seen)
    if is_incomplete(found):
        found.drop_from(disk, found.group, "a group of lines is not complete")
    _check_signatures(disk, found, author, firm)
    if firm is not None:
        found.group = firm + 1
    found.rest = list(_beyond(disk, found))
    if firm is not None and found.length < firm:
        found.reason = found.reason or "lines are missing at the end"
    elif found.rest:
        found.reason = found.reason or "a file is missing before this one"
        found.torn = firm is not None or not _is_followed(found, author)
    return found


def _follow_links(disk: fs.Disk, found: Survey, seen: Seen | None) -> None:
    for segment in found.segments:
        if segment.first != found.length + 1:
            return
        with fs.opened(disk, segment.path) as file:
            content = file.read()
        try:
            for raw in split(content):
                head, found_hash = _follow(found, raw, complete=segment.size + len(raw) < len(content))
                found.add(segment, len(raw) + 1, head, found_hash)
                if seen:
                    seen(head)
        except entry.Damaged as fault:
            found.reason = str(fault)
            return


def _follow(found: Survey, raw: bytes, *, complete: bool) -> tuple[entry.Head, str]:
    _, head, found_hash = read_strictly(raw, found.head, found.length + 1)
    if not complete:
        raise entry.Damaged(f"line {head.seq} has no end")
    check_group(found.last.part if found.last else None, head)
    return head, found_hash


def check_group(before: tuple[int, int] | None, head: entry.Head) -> None:
    """Raise Damaged unless `head` goes on with the group of the line before it, or begins one."""
    if before is None and head.part is None:
        return
    n, of = before or (1, 1)
    part = head.part or (1, 1)
    if part[0] > part[1] or part != ((n + 1, of) if n < of else (1, part[1])):
        raise entry.Damaged(f"line {head.seq} does not continue its group")


def is_incomplete(found: Survey) -> bool:
    """Whether the last good line is not the last of its call."""
    part = found.last.part if found.last else None
    return part is not None and part[0] < part[1]


def _check_signatures(disk: fs.Disk, found: Survey, author: HubId, firm: int | None) -> None:
    """Check the signatures of the last call, or of all that is not firm; drop it while they fail."""
    while found.length:
        first = found.group if firm is None else min(firm + 1, found.length)
        numbers = range(first, found.length + 1)
        bad = next((seq for seq in numbers if not is_signed(found.raw(disk, seq), author)), None)
        if bad is None:
            return
        found.drop_from(disk, found.group if firm is None else bad, "a signature at the end is not this hub's")


def _beyond(disk: fs.Disk, found: Survey) -> Iterator[tuple[Segment, bytes]]:
    """The bytes after the good lines, by segment; a segment out of place counts even when empty."""
    for segment in found.segments:
        with fs.opened(disk, segment.path) as file:
            rest = file.read(segment.size)
        if rest or (not segment.starts and segment.first != found.length + 1):
            yield segment, rest


def _is_followed(found: Survey, author: HubId) -> bool:
    """Whether after the good lines there is one we signed that is not of the very call that failed."""
    lines = (raw for _, rest in found.rest for raw in _LINES.findall(rest))
    return any(is_signed(raw, author) and not _is_of_last_call(found, raw) for raw in lines)


def _is_of_last_call(found: Survey, raw: bytes) -> bool:
    """A line of the call that was cut short, or an old one that came back with a stale block."""
    try:
        head = entry.read_head(entry.read_line(raw).head)
    except entry.Damaged:
        return False
    if head.part is None:
        return head.seq <= found.length or (head.seq == found.length + 1 and head.prev == found.head)
    return head.seq - head.part[0] <= found.length
