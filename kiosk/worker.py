"""Work for the hub, off the screen's thread: one thing at a time, answered on the thread that draws."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from hub.client import Client, Fault, HubDown, Refused, VisitOver

Work = Callable[[Client], Any]
Known = HubDown | Refused | VisitOver | Fault
"""What the hub's client may raise; anything else is a bug of ours and ends the kiosk."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a piece of work: a value, or why not."""

    value: Any = None
    why: Known | None = None


Done = Callable[[Answer], None]


class Worker(Protocol):
    """Something that does work for the hub."""

    def do(self, work: Work, done: Done) -> None:
        """Do it, and call `done` on the thread that draws."""


def answer(client: Client, work: Work) -> Answer:
    """Do one piece of work now."""
    try:
        return Answer(work(client))
    except (HubDown, Refused, VisitOver, Fault) as why:
        return Answer(why=why)


class Inline:
    """Does work at once, on the thread that asks: for tests, and for drawing every screen."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def do(self, work: Work, done: Done) -> None:
        """Do it before returning."""
        done(answer(self.client, work))


class Thread:
    """One thread with one connection. `post` brings a call to the thread that draws."""

    def __init__(self, client: Client, post: Callable[[Callable[[], None]], None]) -> None:
        self._client = client
        self._post = post
        self._waiting: queue.SimpleQueue[tuple[Work, Done] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
        self._thread.start()

    def do(self, work: Work, done: Done) -> None:
        """Queue it; what was asked first is done first."""
        self._waiting.put((work, done))

    def close(self) -> None:
        """Finish what is queued, and let go of the connection."""
        self._waiting.put(None)
        self._thread.join()
        self._client.close()

    def _run(self) -> None:
        while (asked := self._waiting.get()) is not None:
            work, done = asked
            try:
                told = answer(self._client, work)
            except Exception as bug:  # shown on the thread that draws, where it ends the program
                self._post(_raising(bug))
                return
            self._post(_telling(done, told))


def _telling(done: Done, told: Answer) -> Callable[[], None]:
    return lambda: done(told)


def _raising(bug: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise bug

    return fail
