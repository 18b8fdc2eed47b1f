"""Something the hub was asked to do while a person waits: how long it has taken, and what is said meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from hub.client import HubDown, Refused
from hub.domain.base import N_
from kiosk.page import Button, Line, Page, Press, Privacy, Reading
from kiosk.worker import Answer, Work, Worker

WORKING, STILL, GIVE_UP = 0.3, 5.0, 10.0
"""Seconds after which a wait is said, said again, and may be left."""
RETRY: Final = 5.0
"""Seconds between two tries at a hub that is down."""
KEPT: Final = N_("What you typed is kept here. We try again every few seconds.")
ONCE: Final = N_("We try again every few seconds. If the hub has to start again, you vote again: it counts once.")
"""A ballot is not kept over a start of the hub."""


class Wait(IntEnum):
    """How long the person has waited already."""

    SHORT = 0
    SAID = 1
    LONG = 2
    LATE = 3
    DOWN = 4
    """The hub does not answer at all."""


@dataclass(slots=True)
class Errand:
    """One piece of work, and when it began and was tried last. `asked`: an answer is still to come."""

    work: Work
    then: Callable[[Any], None]
    refused: Callable[[Refused], None] | None
    began: float
    tried: float
    down: bool = False
    asked: bool = False


class Errands:
    """One errand at a time. `ended` is told what came of it; `changed` is called where the hub turns out to be down."""

    def __init__(
        self,
        worker: Worker,
        clock: Callable[[], float],
        ended: Callable[[Errand, Answer], None],
        changed: Callable[[], None],
    ) -> None:
        self._worker, self._clock, self._ended, self._changed = worker, clock, ended, changed
        self._errand: Errand | None = None

    def run(self, work: Work, then: Callable[[Any], None], refused: Callable[[Refused], None] | None) -> None:
        """Begin an errand; one that was under way is forgotten."""
        now = self._clock()
        self._errand = Errand(work, then, refused, now, now)
        self.again()

    def again(self) -> None:
        """Try the very same once more, unless an answer is still to come."""
        errand = self._errand
        if errand is not None and not errand.asked:
            errand.tried, errand.asked = self._clock(), True
            self._worker.do(errand.work, lambda told: self._told(errand, told))

    def tick(self) -> None:
        """Time passed: try again now and then while the hub is down."""
        if self._errand is not None and self._errand.down and self._clock() - self._errand.tried >= RETRY:
            self.again()

    def drop(self) -> None:
        """Whoever waited has left; what comes of it is for nobody."""
        self._errand = None

    @property
    def busy(self) -> bool:
        """Whether the person waits for something."""
        return self._errand is not None

    @property
    def wait(self) -> Wait:
        """How long they have waited."""
        errand = self._errand
        if errand is None:
            return Wait.SHORT
        waited = self._clock() - errand.began
        return Wait.DOWN if errand.down else Wait(sum(waited >= step for step in (WORKING, STILL, GIVE_UP)))

    def _told(self, errand: Errand, told: Answer) -> None:
        if errand is not self._errand:
            return
        errand.asked = False
        if isinstance(told.why, HubDown):
            errand.down = True
            self._changed()
        else:
            self._errand = None
            self._ended(errand, told)


def waiting(say: Callable[[str], str], wait: Wait, privacy: Privacy, leave: Press, again: Press) -> Page:
    """The wait, in words. What was asked goes on; nobody presses twice."""
    if wait is Wait.DOWN:
        title = N_("The hub does not answer")
        lines = [
            ONCE if privacy is Privacy.BALLOT else KEPT,
            N_("If you leave now, look later whether it was recorded."),
        ]
    else:
        title = N_("Working...") if wait is Wait.SAID else N_("Still working...")
        lines = [N_("Please wait a moment.")]
    ways_out = (Button(say(N_("Leave")), leave), Button(say(N_("Try again")), again, main=True))
    return Page(
        say(title),
        Reading(tuple(Line(say(line)) for line in lines)),
        buttons=ways_out if wait >= Wait.LATE else (),
        privacy=privacy,
        name="hub-down" if wait is Wait.DOWN else "working",
    )
