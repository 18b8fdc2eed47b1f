"""What the chains mean today: the rules' state, the read models, and what was acknowledged under which key.

All of it is made from the log, line by line, and made again at boot and after a redaction.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from hub import facts
from hub.domain import archive, ballots, house, membership, signups
from hub.domain.base import Circle, HubId, MemberId, Millis, Position, Viewer
from hub.domain.house import AnyEvent, House
from hub.entry import Damaged, Entry
from hub.views.house import Views

EVERYTHING: Final = Viewer(Circle.CONCERNED)
"""Eyes that see what hangs on no wall: here only to hold one fact against another."""


@dataclass(slots=True)
class Folded:
    """Our own chain folded, and each neighbour's in read models of its own.

    `receipts` is where the lines begin that an actor's idempotency key led to. `persons` are those a line
    brought in; `cards` is whose card was made out there, as long as it is that member's latest.
    `redacted` are the lines whose words were taken back; `erasures` counts them, and who was forgotten, so
    that pictures of sheets from before can go. `guests` are all who ever came for one evening. `unread` counts
    lines of kinds this version does not know.
    """

    house: House = field(default_factory=House)
    views: Views = field(default_factory=Views)
    neighbours: dict[HubId, Views] = field(default_factory=dict)
    receipts: dict[tuple[str, str], Position] = field(default_factory=dict)
    persons: dict[Position, MemberId] = field(default_factory=dict)
    cards: dict[Position, MemberId] = field(default_factory=dict)
    redacted: list[Position] = field(default_factory=list)
    erasures: int = 0
    guests: set[MemberId] = field(default_factory=set)
    unread: int = 0
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
                self.erasures += 1
            case membership.MemberForgotten():
                self.erasures += 1
            case signups.SignupJoined(who=who, guest=True) | signups.SignupWaiting(who=who, guest=True):
                self.guests.add(who)
            case membership.CardIssued(member):
                self.cards.pop(self._latest.get(member, Position(0)), None)
                self.cards[entry.seq] = member
                self._latest[member] = entry.seq

    def fold_all(self, entries: Iterable[Entry], then: Callable[[Entry, AnyEvent, House], None]) -> None:
        """Fold our chain from its first line on; `then` is told of each line, and of the house after it.

        A kind this version does not know is passed over, and counted.
        """
        for entry in entries:
            fact = facts.fact_of(entry)
            if isinstance(fact, facts.Unknown):
                self.unread += 1
                continue
            self.house = house.evolve(self.house, fact)
            self.fold(entry, fact)
            then(entry, fact, self.house)

    def of(self, author: HubId) -> Views:
        """The read models of a neighbour's chain."""
        return self.neighbours.setdefault(author, Views())

    def hear(self, author: HubId, entries: Iterable[Entry]) -> None:
        """Fold lines of a neighbour. What makes no sense to us is theirs: kept, passed on, counted, not shown."""
        views = self.of(author)
        for entry in entries:
            views.senseless += not _understood(views, entry)

    def hear_again(self, author: HubId, entries: Iterable[Entry]) -> None:
        """Fold a neighbour's chain from its first line on."""
        self.neighbours[author] = Views()
        self.hear(author, entries)


def _understood(views: Views, entry: Entry) -> bool:
    """Fold one line of a neighbour, if it could be a real hub's. A kind from a newer version may well be."""
    try:
        fact = facts.fact_of(entry)
        if isinstance(fact, facts.Unknown):
            return True
        if not house.plausible(fact, Millis(entry.head.time)) or not _follows(views, fact):
            return False
        views.apply(entry, fact)
    except (Damaged, LookupError, ValueError, ArithmeticError, TypeError, AssertionError):
        return False
    return True


def _follows(views: Views, fact: AnyEvent) -> bool:
    """Whether what came out of a vote fits what was put to it, as far as we have heard of it."""
    if not isinstance(fact, ballots.HandsCertified | ballots.BallotReleased | ballots.BallotCertified):
        return True
    row = views.ballots.ballot(EVERYTHING, fact.ballot)
    return row is None or house.follows(fact, row.lots, row.sums, row.roll_size)
