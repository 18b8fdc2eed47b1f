"""What the chains mean today: the rules' state, the read models, and what was acknowledged under which key.

All of it is made from the log, line by line, and made again at boot and after a redaction.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from hub import facts
from hub.domain import archive, house, membership
from hub.domain.base import HubId, MemberId, Position
from hub.domain.house import AnyEvent, House
from hub.entry import Damaged, Entry
from hub.views.house import Views


@dataclass(slots=True)
class Folded:
    """Our own chain folded, and each neighbour's in read models of its own.

    `receipts` is where the lines begin that an actor's idempotency key led to. `persons` are those a line
    brought in; `cards` is whose card was made out there, as long as it is that member's latest.
    `redacted` are the lines whose words were taken back.
    """

    house: House = field(default_factory=House)
    views: Views = field(default_factory=Views)
    neighbours: dict[HubId, Views] = field(default_factory=dict)
    receipts: dict[tuple[str, str], Position] = field(default_factory=dict)
    persons: dict[Position, MemberId] = field(default_factory=dict)
    cards: dict[Position, MemberId] = field(default_factory=dict)
    redacted: list[Position] = field(default_factory=list)
    _latest: dict[MemberId, Position] = field(default_factory=dict)

    def fold(self, entry: Entry, fact: AnyEvent) -> None:
        """Fold one line of ours into the read models. The rules' state is the caller's to move on."""
        self.views.apply(entry, fact)
        if entry.head.key:
            self.receipts.setdefault((sys.intern(entry.head.actor), entry.head.key), entry.seq)
        match fact:
            case membership.MemberAsked(member):
                self.persons[entry.seq] = member
            case archive.WordsRedacted(position):
                self.redacted.append(position)
            case membership.CardIssued(member):
                self.cards.pop(self._latest.get(member, Position(0)), None)
                self.cards[entry.seq] = member
                self._latest[member] = entry.seq

    def refold(self, entries: Iterable[Entry], then: Callable[[Entry, AnyEvent], None]) -> None:
        """Fold our chain from its first line on; `then` is told of each line, in the house after it.

        What the neighbours said is untouched. A kind this version does not know is passed over.
        """
        self.house, self.views = House(), Views()
        self.receipts.clear()
        self.persons.clear()
        self.cards.clear()
        self.redacted.clear()
        self._latest.clear()
        for entry, fact in _known(entries):
            self.house = house.evolve(self.house, fact)
            self.fold(entry, fact)
            then(entry, fact)

    def of(self, author: HubId) -> Views:
        """The read models of a neighbour's chain."""
        return self.neighbours.setdefault(author, Views())

    def hear(self, author: HubId, entries: Iterable[Entry]) -> None:
        """Fold lines of a neighbour. What makes no sense to us is theirs: kept, passed on, not shown."""
        views = self.of(author)
        for entry in entries:
            try:
                for _, fact in _known([entry]):
                    if fact.STREET:
                        views.apply(entry, fact)
            except (Damaged, LookupError, ValueError, TypeError, AssertionError):
                continue

    def hear_again(self, author: HubId, entries: Iterable[Entry]) -> None:
        """Fold a neighbour's chain from its first line on."""
        self.neighbours[author] = Views()
        self.hear(author, entries)


def _known(entries: Iterable[Entry]) -> Iterator[tuple[Entry, AnyEvent]]:
    for entry in entries:
        fact = facts.fact_of(entry)
        if not isinstance(fact, facts.Unknown):
            yield entry, fact
