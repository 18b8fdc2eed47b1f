"""The floor of a meeting tonight: what is on the table, who speaks, who would like to.

In memory only: who spoke how often is nobody's record. Who has not spoken yet tonight comes before who
has; among them, whoever asked first.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from hub.domain.base import AssemblyId, MemberId, Millis, TopicId

LONGEST_QUEUE: Final = 60
NEVER: Final = Millis(0)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks: a member, or a first name called out in the room."""

    member: MemberId | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The floor as everybody sees it. `queue` says of each whether they speak for the first time."""

    topic: TopicId | None = None
    topic_since: Millis = NEVER
    speaker: Voice | None = None
    speaker_since: Millis = NEVER
    queue: tuple[tuple[Voice, bool], ...] = ()


class Floor:
    """The floors of all open meetings. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tables: dict[AssemblyId, Table] = {}
        self._asked: dict[AssemblyId, list[Voice]] = {}
        self._spoke: dict[AssemblyId, Counter[Voice]] = {}

    def table(self, assembly: AssemblyId) -> Table:
        """What is on the table and who speaks, with the queue in its order."""
        with self._lock:
            queue = tuple((voice, not self._times(assembly, voice)) for voice in self._in_order(assembly))
            return replace(self._tables.get(assembly, Table()), queue=queue)

    def put(self, assembly: AssemblyId, topic: TopicId | None, now: Millis) -> None:
        """Put a topic on the table."""
        with self._lock:
            table = self._tables.get(assembly, Table())
            self._tables[assembly] = replace(table, topic=topic, topic_since=now)

    def ask(self, assembly: AssemblyId, voice: Voice) -> None:
        """Ask to speak. Asking twice is asking once."""
        with self._lock:
            queue = self._asked.setdefault(assembly, [])
            if voice not in queue and len(queue) < LONGEST_QUEUE:
                queue.append(voice)

    def no_longer(self, assembly: AssemblyId, voice: Voice) -> None:
        """Not want to speak any more."""
        with self._lock:
            self._asked[assembly] = [each for each in self._asked.get(assembly, []) if each != voice]

    def next(self, assembly: AssemblyId, now: Millis) -> None:
        """The next one speaks; nobody does when nobody waits."""
        with self._lock:
            first = next(iter(self._in_order(assembly)), None)
            table = self._tables.get(assembly, Table())
            self._tables[assembly] = replace(table, speaker=first, speaker_since=now)
            if first is not None:
                self._asked[assembly].remove(first)
                self._spoke.setdefault(assembly, Counter())[first] += 1

    def clear(self, assembly: AssemblyId) -> None:
        """The meeting is over: forget who spoke."""
        with self._lock:
            for held in (self._tables, self._asked, self._spoke):
                held.pop(assembly, None)

    def _in_order(self, assembly: AssemblyId) -> list[Voice]:
        return sorted(self._asked.get(assembly, []), key=lambda voice: self._times(assembly, voice))

    def _times(self, assembly: AssemblyId, voice: Voice) -> int:
        return self._spoke.get(assembly, Counter())[voice]
