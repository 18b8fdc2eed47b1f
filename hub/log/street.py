"""The street: what neighbours may hear, one line for each public event of the journal.

Derived, so it is not synced line by line: after a crash the service goes on from `last_cause`, and
lines that were lost may come out different. Not so for a closed batch: its bytes and boundary are on
the medium before anybody is handed them. Each line is signed like a journal line, although a batch
carries only its last signature: it costs far less than one sync, and recovery needs no other rule.
"""

from __future__ import annotations

import hmac
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from hub import entry
from hub.log import fs, recovery
from hub.log.audit import Verified
from hub.log.chain import Chain, Limits, Record, Stamp
from hub.log.faults import NotRepaired, ReadOnly
from hub.log.keys import Keys
from hub.log.segments import split
from hub.log.tail import Tail, settle

BATCHES: Final = "batches.jsonl"
BATCH_LINES: Final = 64


class Closed(msgspec.Struct, frozen=True):
    """A batch's boundary: its number, its lines, and the hash of the last, which fixes them all."""

    number: int
    first: int
    last: int
    head: str


class Street(Chain):
    """Our public chain. Its salts come from one seed for each batch, which only this hub can make."""

    NAME = "street"
    DERIVED = True

    def __init__(
        self,
        disk: fs.Disk,
        directory: Path,
        keys: Keys,
        quarantine: Path,
        random_bytes: Callable[[int], bytes],
        limits: Limits,
        batch_lines: int = BATCH_LINES,
    ) -> None:
        super().__init__(disk, directory, keys, quarantine, random_bytes, limits)
        self._batch_lines = batch_lines
        self._secret = keys.secret("street salts")
        self._closed: list[Closed] = []
        self._boundaries: Tail | None = None
        self._causes = array("Q")

    @property
    def last_cause(self) -> int:
        """The journal position of the last line here: whence to go on deriving. 0 at the start."""
        return self._causes[-1] if self._causes else 0

    @property
    def batch_count(self) -> int:
        """How many batches are closed; the number of the last."""
        return len(self._closed)

    @property
    def pending(self) -> int:
        """How many lines are in no batch yet."""
        return self.length - self._firm

    def append(self, records: Sequence[Record], stamp: Stamp) -> list[entry.Entry]:
        """Add lines, NOT durable yet; each must stem from a later journal position than the last.

        A batch that is full is closed, durably. Raises like Chain.append; lines before the fault
        stand, so go on from `last_cause`.
        """
        entries: list[entry.Entry] = []
        while records:
            some = records[: self._batch_lines - self.pending]
            self._check_causes(some)
            entries += super().append(some, stamp)
            self._causes.extend(record.cause for record in some)
            if self.pending >= self._batch_lines:
                self.close_batch()
            records = records[len(some) :]
        return entries

    def sync(self) -> None:
        """Make every line durable. Raises Stopped."""
        with self._guard.acting():
            if self._tail:
                self._tail.sync()

    def close_batch(self) -> int | None:
        """Fix what is pending as one batch for ever; durable when this returns.

        Returns its number, None when nothing was pending. Raises DiskFull, Stopped, ReadOnly.
        """
        self._guard.check()
        if not self.pending:
            return None
        self.sync()
        closed = Closed(self.batch_count + 1, self._firm + 1, self.length, self.head)
        with self._guard.acting():
            assert self._boundaries is not None
            self._boundaries.append(msgspec.json.encode(closed) + b"\n")
        self._closed.append(closed)
        return closed.number

    def batch(self, number: int) -> bytes:
        """The bytes of a closed batch, as every holder has them. Raises IndexError."""
        if not 1 <= number <= self.batch_count:
            raise IndexError(f"the street has no batch {number}")
        closed = self._closed[number - 1]
        lines = [self.line(seq) for seq in range(closed.first, closed.last + 1)]
        blank = any(line.body is None and entry.read_head(line.head).body for line in lines)
        seed = "" if blank else self._seed(closed.first).hex()
        return entry.write_batch(self._keys.hub, number, seed, lines)

    def batches(self, after: int = 0) -> list[bytes]:
        """The bytes of every closed batch after number `after`."""
        return [self.batch(number) for number in range(max(after, 0) + 1, self.batch_count + 1)]

    def find(self, cause: int) -> int | None:
        """The line that stems from a journal position; None when that event is not public."""
        at = bisect_left(self._causes, cause)
        return at + 1 if at < len(self._causes) and self._causes[at] == cause else None

    def verify(self) -> Verified:
        """Check every line, and that every batch reads back as a neighbour would read it."""
        found = super().verify()
        for closed in self._closed if found.sound else []:
            _, entries = entry.read_batch(self.batch(closed.number))
            if (entries[0].seq, entries[-1].hash) != (closed.first, closed.head):
                found.faults.append((closed.last, f"batch {closed.number} is not the one that was closed"))
        return found

    def close(self) -> None:
        """Let go of the files. Lines since the last batch may be lost; they are derived again."""
        super().close()
        if self._boundaries:
            self._boundaries.close()
            self._boundaries = None

    # Within.

    @property
    def _firm(self) -> int:
        return self._closed[-1].last if self._closed else 0

    def _seed(self, first: int) -> bytes:
        """The seed of the batch whose first line is `first`."""
        return hmac.digest(self._secret, first.to_bytes(8, "big"), "sha256")

    def _salt(self, seq: int) -> str:
        return entry.salt(self._seed(self._firm + 1), seq)

    def _check_causes(self, records: Sequence[Record]) -> None:
        before = self.last_cause
        for record in records:
            if record.cause <= before:
                raise ValueError(f"journal line {record.cause} comes after {before} on the street")
            before = record.cause

    def _open(self) -> None:
        content = fs.read(self._disk, self._directory / BATCHES) or b""
        self._closed, good = _read_boundaries(content)
        super()._open()
        del self._causes[self.length :]
        if self.fault:
            return
        if any(number > self.batch_count + 1 for number in _numbers(content[good:])):
            self._guard.fault = self._damaged(ReadOnly, f"{BATCHES} is bad in the middle")
        elif self._closed and self._hash_of(self._firm) != self._closed[-1].head:
            self._guard.fault = self._damaged(ReadOnly, f"line {self._firm} is not the one a batch was closed on")
        else:
            self._open_boundaries(content, good)

    def _open_boundaries(self, content: bytes, good: int) -> None:
        path = self._directory / BATCHES
        try:
            file = self._disk.open(path, create=True)
            file.truncate(good)
            start = content.rfind(b"\n", 0, max(good - 1, 0)) + 1
            settle(file, start, content[start:good])
            self._disk.sync_directory(self._directory)
        except OSError as fault:
            self._guard.fault = self._damaged(NotRepaired, fault)
            return
        self._boundaries = Tail(file, good)

    def _hash_of(self, seq: int) -> str:
        return entry.head_hash(bytes(self.line(seq).head))

    def _survey(self) -> recovery.Survey:
        self._causes = array("Q")
        return recovery.survey(
            self._disk,
            self._directory,
            self._keys.hub,
            self.NAME,
            self._firm,
            lambda head: self._causes.append(head.cause),
        )


def _read_boundaries(content: bytes) -> tuple[list[Closed], int]:
    """The boundaries that continue one another, and how many bytes they fill."""
    closed: list[Closed] = []
    good = 0
    for raw in split(content):
        each = _boundary(raw)
        if each is None:
            break
        begun = closed[-1].last + 1 if closed else 1
        whole = good + len(raw) < len(content)
        if each.number != len(closed) + 1 or each.first != begun or each.last < begun or not whole:
            break
        closed.append(each)
        good += len(raw) + 1
    return closed, good


def _boundary(raw: bytes) -> Closed | None:
    try:
        return msgspec.json.decode(raw, type=Closed)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _numbers(content: bytes) -> list[int]:
    """The numbers of the boundaries in these bytes, whatever else is there."""
    return [each.number for each in map(_boundary, split(content)) if each]
