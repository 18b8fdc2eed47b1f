"""Lines as they will stand: numbered, timed, linked, signed. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from hub import entry
from hub.domain.base import Millis
from hub.log.keys import Keys

_encoder: Final = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Record:
    """What a line should say. `data` is JSON of ids and numbers; `words` is what a person typed."""

    kind: str
    data: bytes
    words: entry.Typed | None = None
    actor: str = ""
    key: str = ""
    cause: int = 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """A reading of the wall clock, and whether it is trusted (no RTC: it may run backwards)."""

    time: Millis
    clock_ok: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """The end of a chain: all that the next line depends on."""

    length: int
    head: str
    boot: int
    time: int = 0
    tick: int = 0

    def after(self, line: entry.Entry) -> Stand:
        """The end of the chain once this line is on it."""
        return Stand(line.head.seq, line.hash, self.boot, line.head.time, line.head.tick)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A line ready to be written: what it says, and its bytes with the line feed."""

    entry: entry.Entry
    content: bytes


def draft(
    keys: Keys,
    stand: Stand,
    records: Sequence[Record],
    stamp: Stamp,
    salt: Callable[[int], str],
    *,
    grouped: bool,
) -> Iterator[Drafted]:
    """One line for each record, in order; `grouped` marks them as parts of one call."""
    for n, record in enumerate(records, 1):
        body = entry.Body(salt(stand.length + 1), record.words) if record.words else None
        part = (n, len(records)) if grouped and len(records) > 1 else None
        content = _head(stand, record, stamp, part, entry.body_hash(body) if body else "")
        head_hash = entry.head_hash(content)
        line = entry.Entry(keys.hub, entry.read_head(content), head_hash, body)
        yield Drafted(line, entry.write_line(content, keys.sign(head_hash), body))
        stand = stand.after(line)


def _head(stand: Stand, record: Record, stamp: Stamp, part: tuple[int, int] | None, body: str) -> bytes:
    """A head's canonical bytes. Hybrid time: the clock's, or one tick more where that is behind."""
    ahead = stamp.time > stand.time
    head = entry.Head(
        kind=record.kind,
        seq=stand.length + 1,
        prev=stand.head,
        boot=stand.boot,
        time=stamp.time if ahead else stand.time,
        tick=0 if ahead else stand.tick + 1,
        clock_ok=stamp.clock_ok,
        actor=record.actor,
        key=record.key,
        part=part,
        cause=record.cause,
        data=msgspec.Raw(record.data),
        body=body,
    )
    return entry.canonical(msgspec.json.decode(_encoder.encode(head)))
