"""Questions and answers over a link to a receipt printer, and how long to wait for what."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol

from hub.printing.port import Trouble
from hub.printing.status import FENCE, PRINTER, QUESTIONS, Answers, judge, question


class Link(Protocol):
    """A way to a printer. Each method raises OSError when the way is gone."""

    def send(self, content: memoryview) -> int:
        """Hand over some bytes and return how many; 0 when the printer takes none for a moment."""

    def receive(self, seconds: float) -> bytes:
        """What came back within this time, as soon as there is any; empty when nothing came."""

    def close(self) -> None:
        """Hand over what is still on its way, and let go."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds."""

    answer: float = 1.0
    """For the answer to a question."""
    poll: float = 0.5
    """Between two looks."""
    silence: float = 15.0
    """Before a printer that does not answer within a job is taken for lost."""
    quiet: float = 60.0
    """Before a printer that is well and still does not say it has printed is taken for lost."""
    person: float = 1800.0
    """For somebody to bring paper."""


@dataclass(slots=True)
class Talk:
    """One link and what came back over it."""

    link: Link
    answers: Answers = field(default_factory=Answers)
    live: list[int] = field(default_factory=list)
    fenced: bool = False

    def hear(self, seconds: float) -> None:
        """Sort what comes within this time."""
        for is_fence, byte in self.answers.sort(self.link.receive(seconds)):
            if is_fence:
                self.fenced = True
            else:
                self.live.append(byte)

    def ask(self, what: int, seconds: float) -> int | None:
        """The answer to one question, or None when none comes in time."""
        self.hear(0)
        self.live.clear()
        if self.link.send(memoryview(question(what))) == 0:
            return None
        until = time.monotonic() + seconds
        while not self.live and (left := until - time.monotonic()) > 0:
            self.hear(left)
        return self.live[0] if self.live else None

    def reaches_fence(self, seconds: float) -> bool:
        """Whether GS r 1 is answered in time."""
        self.fenced = False
        self.link.send(memoryview(FENCE))
        until = time.monotonic() + seconds
        while not self.fenced and (left := until - time.monotonic()) > 0:
            self.hear(left)
        return self.fenced

    def look(self, seconds: float) -> Trouble | None:
        """Ask for everything; no answer to the first question is LOST."""
        found: dict[int, int] = {}
        for what in QUESTIONS:
            if (answer := self.ask(what, seconds)) is not None:
                found[what] = answer
            elif what == PRINTER:
                return Trouble.LOST
        return judge(found)
