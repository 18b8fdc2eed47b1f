"""A chain of lines on disk: one writer, hash-linked, signed, cut into segments.

The order that makes it hold: write -> fdatasync -> only then is a line counted, read or told of. All
lines of one call go out in one write and one sync and carry (n, of), so that after a power cut they
are there together or not at all. Journal and street are chains; what they share lives here.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Self

from hub import entry
from hub.log import fs, recovery
from hub.log.audit import Verified, verify
from hub.log.drafting import Drafted, Record, Stamp, Stand, draft
from hub.log.faults import Fault, NotRepaired, ReadOnly, Stopped
from hub.log.guard import Guard, sync_names
from hub.log.keys import Keys
from hub.log.quarantine import Quarantine
from hub.log.repair import keep_torn, repair
from hub.log.segments import LIMITS, Limits, Segment, blanked
from hub.log.tail import Tail

__all__ = ["Chain", "Limits", "Record", "Stamp", "Verified", "words_in"]


class Chain:
    """Opened once, by the one process that holds `hub.lock`. Other threads may read meanwhile.

    `recovered` bytes of a half-written end were cut at this opening. A damaged chain is read
    up to `length` and not added to.
    """

    NAME: ClassVar[str]
    DERIVED: ClassVar[bool] = False
    """Whether lines can be made again: then they are not synced one by one, not grouped, and a torn
    end is not kept (in quarantine its words would outlive their redaction)."""

    def __init__(
        self,
        disk: fs.Disk,
        directory: Path,
        keys: Keys,
        quarantine: Path,
        random_bytes: Callable[[int], bytes],
        limits: Limits,
    ) -> None:
        self._disk = disk
        self._directory = directory
        self._keys = keys
        self._quarantine = Quarantine(disk, quarantine)
        self._random_bytes = random_bytes
        self._limits = limits
        self._segments: list[Segment] = []
        self._tail: Tail | None = None
        self._guard = Guard(self._clear_away)
        self._reading = threading.Lock()
        self._stand = Stand(0, entry.genesis(keys.hub, self.NAME), 1)
        self._promised = 0
        self.recovered = 0

    @classmethod
    def open(
        cls,
        disk: fs.Disk,
        directory: Path,
        keys: Keys,
        quarantine: Path,
        random_bytes: Callable[[int], bytes],
        limits: Limits = LIMITS,
        promised: int = 0,
    ) -> Self:
        """The chain in `directory` (made if missing), its torn end cut. Raises OSError if unreadable.

        `promised` lines are known to have been durable once: where fewer are found, nothing was torn in
        the writing, something was lost. Look at `damage` afterwards: a damaged chain opens, to be read.
        """
        chain = cls(disk, directory, keys, quarantine, random_bytes, limits)
        chain._promised = promised
        fs.make_durable_directory(disk, directory)
        chain._open()
        return chain

    @property
    def length(self) -> int:
        """How many lines are acknowledged; the last one's `seq`."""
        return self._stand.length

    @property
    def head(self) -> str:
        """The hash of the last line, or the chain's genesis."""
        return self._stand.head

    @property
    def boot(self) -> int:
        """The number lines get in this opening: one more than that of the last line found."""
        return self._stand.boot

    @property
    def fault(self) -> Fault | None:
        """What `append` would raise; None when it can write."""
        return self._guard.fault

    @property
    def damage(self) -> str | None:
        """In plain words why this chain is read-only; None when it is sound."""
        return str(self.fault) if isinstance(self.fault, ReadOnly) else None

    def stop(self, reason: str) -> None:
        """Take no more lines: what was made of the last ones in memory is in doubt. A new opening may."""
        self._guard.fault = self.fault or Stopped(reason=reason)

    def close(self) -> None:
        """Let go of the file. What was acknowledged is on the medium already."""
        if self._tail:
            self._tail.close()
            self._tail = None
        self._guard.fault = self.fault or Stopped(reason="closed")

    # Writing.

    def append(self, records: Sequence[Record], stamp: Stamp) -> list[entry.Entry]:
        """Add one line for each record; they are durable together when this returns.

        Raises DiskFull (nothing was added, later calls may succeed), Stopped (only a new opening may
        write), ReadOnly.
        """
        self._guard.check()
        if not records:
            return []
        lines = list(draft(self._keys, self._stand, records, stamp, self._salt, grouped=not self.DERIVED))
        content = b"".join(line.content for line in lines)
        with self._guard.acting():
            self._make_room(len(lines), len(content)).append(content, sync=not self.DERIVED)
            self._count(lines)
        return [line.entry for line in lines]

    def blank(self, seqs: Collection[int]) -> int:
        """Take the words of these lines off the disk, quarantine too; durable when this returns.

        Lines without words are left alone, so that repeating it is cheap. Returns how many had any.
        Heads and signatures stay. Raises like `append`; after DiskFull make room and repeat it.
        """
        self._guard.check()
        wanted = {seq for seq in seqs if self.line(seq).body is not None}
        if not wanted:
            return 0
        with self._guard.acting():
            self.scrub(self.texts(wanted))
            for segment in self._segments:
                if within := {seq for seq in wanted if segment.first <= seq <= segment.last}:
                    self._rewrite(segment, within)
        return len(wanted)

    def scrub(self, texts: Collection[str]) -> int:
        """Strike these texts out of the quarantine, in whole and in part. Returns files changed."""
        return self._quarantine.scrub(texts)

    # Reading.

    def read(self, after: int = 0, upto: int | None = None) -> Iterator[entry.Entry]:
        """The entries after line `after`, in order, as of this call.

        Links are checked again, words were checked at the opening (that is half its time). Raises
        Damaged where a line does not follow the one before.
        """
        last = self.length if upto is None else min(upto, self.length)
        return self._entries(max(after, 0) + 1, last)

    def line(self, seq: int) -> entry.Line:
        """One line as it stands. Raises IndexError when there is none of that number."""
        return entry.read_line(self._raw(seq, seq)[0])

    def texts(self, seqs: Collection[int]) -> list[str]:
        """Every text typed in these lines, for whoever keeps a copy elsewhere."""
        bodies = (self.line(seq).body for seq in seqs)
        return [text for body in bodies if body for text in words_in(body.words)]

    def verify(self) -> Verified:
        """Check every hash, link, group, body and signature: some 10,000 lines a second.

        Of a damaged chain what lies beyond the good lines is judged too, and one fault is named at least.
        """
        found = verify(self._disk, self._directory, self._keys.hub, self.NAME, None if self.damage else self.length)
        if self.fault and self.damage and found.sound:
            found.faults.append((self.length + 1, str(self.fault.parameters["reason"])))
        return found

    # Within: opening.

    def _open(self) -> None:
        found = self._survey()
        found.expect(self._promised)
        self._segments = found.segments
        last = found.last
        if last:
            self._stand = Stand(found.length, found.head, last.boot + 1, last.time, last.tick)
        if found.reason and not found.torn:
            self._segments = [segment for segment in found.segments if segment.starts]
            self._guard.fault = self._damaged(ReadOnly, found.reason)
            return
        try:
            self._quarantine.tidy()
            if not self.DERIVED:
                keep_torn(self._quarantine, self.NAME, found)
            self._tail = repair(self._disk, self._directory, found)
        except OSError as fault:
            self._segments = [segment for segment in self._segments if segment.starts]
            self._guard.fault = self._damaged(NotRepaired, fault)
            return
        self._segments = found.segments
        self.recovered = sum(len(rest) for _, rest in found.rest)

    def _survey(self) -> recovery.Survey:
        return recovery.survey(self._disk, self._directory, self._keys.hub, self.NAME)

    def _damaged(self, kind: type[ReadOnly], reason: object) -> ReadOnly:
        return kind(chain=self.NAME, line=self.length + 1, kept=self.length, reason=str(reason))

    # Within: writing.

    def _clear_away(self) -> None:
        """Remove what a full disk left unfinished: it may hold words that are taken back later."""
        fs.remove_unfinished(self._disk, self._directory)
        self._quarantine.tidy()

    def _salt(self, seq: int) -> str:
        return self._random_bytes(entry.SALT_BYTES).hex()

    def _make_room(self, lines: int, size: int) -> Tail:
        """The end these lines go to: the last segment's, or a new one's whose name is durable."""
        if self._tail and self._segments[-1].has_room(lines, size, self._limits):
            return self._tail
        if self._tail:
            self._tail.sync()
        segment = Segment(self._directory, self.length + 1)
        file = self._disk.open(segment.path, create=True)
        with self._reading:
            if self._tail:
                self._tail.close()
            self._tail = Tail(file, 0)
            self._segments.append(segment)
        sync_names(self._disk, self._directory)
        return self._tail

    def _count(self, lines: list[Drafted]) -> None:
        """Only now do the lines exist for readers."""
        with self._reading:
            for line in lines:
                self._segments[-1].add(len(line.content))
            self._stand = self._stand.after(lines[-1].entry)

    def _rewrite(self, segment: Segment, without: set[int]) -> None:
        """Put a segment without the words of some lines in the place of the old one."""
        lines = segment.read(self._disk, segment.first, segment.last)
        for seq in without:
            lines[seq - segment.first] = blanked(lines[seq - segment.first])
        fs.prepare(self._disk, segment.path, b"".join(line + b"\n" for line in lines))
        with self._reading:
            self._disk.rename(fs.unfinished(segment.path), segment.path)
            segment.recount(lines)
            if self._tail and segment is self._segments[-1]:
                self._tail.close()
                self._tail = Tail(self._disk.open(segment.path), segment.size)
        sync_names(self._disk, self._directory)

    # Within: reading.

    def _raw(self, first: int, last: int) -> list[bytes]:
        """The lines from `first` on, up to `last` or the end of their segment."""
        if not 1 <= first <= self.length:
            raise IndexError(f"the {self.NAME} has no line {first}")
        with self._reading:
            at = bisect_right(self._segments, first, key=lambda segment: segment.first) - 1
            segment = self._segments[at]
            return segment.read(self._disk, first, min(last, segment.last))

    def _entries(self, first: int, last: int) -> Iterator[entry.Entry]:
        prev = entry.genesis(self._keys.hub, self.NAME) if first == 1 else None
        while first <= last:
            lines = self._raw(first, last)
            if not lines:
                raise entry.Damaged(f"line {first} is not there any more")
            for seq, raw in enumerate(lines, first):
                line = entry.read_line(raw)
                head = entry.read_head(line.head)
                entry.check_link(head, head.prev if prev is None else prev, seq)
                prev = entry.head_hash(bytes(line.head))
                yield entry.Entry(self._keys.hub, head, prev, line.body)
            first += len(lines)


def words_in(words: entry.Typed) -> list[str]:
    """Every text of a line's words, whatever the field and the language."""
    fields = (value if isinstance(value, list) else [value] for value in words.values())
    return [text for texts in fields for each in texts for text in each.values()]
