"""One sheet in the spool: where it stands, and what a start or a finished copy makes of that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from hub.domain.base import Circle, Millis
from hub.printing.raster import Raster


class State(Enum):
    """Where a sheet stands."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    UNKNOWN = "unknown"
    """A part of it or all may be on paper: a person has to look."""
    SPOILED = "spoiled"
    """A private sheet that did not come out whole. The machine never prints it again."""
    REFUSED = "refused"
    """A private sheet for a printer that keeps pictures."""
    LOST = "lost"
    """Its picture is gone, and nothing of it was printed."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """One sheet in the spool: `copies` wanted, `printed` of them whole so far; `copy` asks for a band that says so.

    `circle` is who may see it: what is for those concerned alone is private. `key` is a hash of the
    request's key. `made` is when it came; of a private one only the end of that day. `trouble` is the name of
    what stood in the way last, "" for nothing.
    """

    job: str
    place: int
    key: str
    kind: str
    lang: str
    circle: Circle
    made: Millis
    state: State = State.QUEUED
    copies: int = 1
    printed: int = 0
    copy: bool = False
    specimen: bool = False
    trouble: str = ""

    @property
    def private(self) -> bool:
        """Whether nothing of it may touch a disk."""
        return self.circle is Circle.CONCERNED

    @property
    def waits(self) -> bool:
        """Whether it is still to be printed, or just being printed."""
        return self.state in (State.QUEUED, State.SENDING)

    @property
    def printable(self) -> bool:
        """Whether its picture may be needed again."""
        return self.waits or (self.state is State.UNKNOWN and not self.private)

    @property
    def rank(self) -> tuple[bool, int]:
        """Its turn: somebody stands before the machine and waits for a private sheet, so that it goes first."""
        return not self.private, self.place


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sheet to print. `key` names the request: the same key is the same sheet, however often it comes."""

    kind: str
    lang: str
    raster: Raster
    key: str
    circle: Circle = Circle.ROOM
    copies: int = 1
    specimen: bool = False
    erasures: int | None = None
    """How many erasures there were in the log before it was made, where it was not made just now."""


def awake(kept: Spooled) -> Spooled:
    """What a state means after a start."""
    if kept.state is State.SENDING:
        return replace(kept, state=State.UNKNOWN)
    if kept.state is State.QUEUED and kept.private:
        return replace(kept, state=State.LOST)
    return kept


def one_more(spooled: Spooled) -> Spooled:
    """One copy came out whole; the next is wanted where there is one."""
    printed = spooled.printed + 1
    state = State.DONE if printed >= spooled.copies else State.QUEUED
    return replace(spooled, printed=printed, state=state, copy=False, trouble="")
