"""What people read about neighbour hubs: whom we have a pact with, and how much of each we hold.

All of it is for the room. What a neighbour says is in that neighbour's own set of views.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from hub.domain import federation
from hub.domain.base import HubId, Millis, Words
from hub.entry import Entry
from hub.views.tables import Document, memory_table


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """One hub. `name` is what we call it; `forked` the line at which it told two stories, or 0."""

    hub: HubId
    name: Words
    accepted: bool
    since: Millis
    decision: int | None
    batch: int
    upto: int
    head: str
    heard: Millis
    forked: int
    position: int


class FederationView:
    """Folds facts about the federation into one table, in the order of the pacts."""

    def __init__(self) -> None:
        self._hubs = memory_table("hubs")
        self._number: dict[HubId, int] = {}

    def apply(self, entry: Entry, fact: federation.Events) -> None:
        """Fold one fact."""
        match fact:
            case federation.NeighbourAccepted():
                self._accepted(entry, fact)
            case federation.NeighbourEnded(hub):
                self._change(hub, accepted=False)
            case federation.NeighbourHeard(author, batch, upto, head, at):
                self._change(author, batch=batch, upto=upto, head=head, heard=at)
            case federation.NeighbourForked(author, upto):
                self._change(author, forked=upto)
            case federation.NeighbourSettled(author):
                self._change(author, forked=0)
            case _:
                assert_never(fact)

    def _accepted(self, entry: Entry, fact: federation.NeighbourAccepted) -> None:
        number = self._number.setdefault(fact.hub, entry.head.seq)
        row = {
            "hub": fact.hub,
            "batch": 0,
            "upto": 0,
            "head": "",
            "heard": 0,
            "forked": 0,
            **(self._hubs.row(number) or {}),
            "name": fact.name,
            "accepted": True,
            "since": entry.head.time,
            "decision": fact.decision,
            "position": entry.head.seq,
        }
        self._hubs.upsert(Document(row, doc_id=number))

    def _change(self, hub: HubId, **changes: object) -> None:
        if hub in self._number:
            self._hubs.update(changes, doc_ids=[self._number[hub]])

    def neighbours(self) -> list[NeighbourRow]:
        """Every hub we have a pact with, and after them those we had one with."""
        rows = [NeighbourRow(**row) for row in self._hubs.all()]
        return sorted(rows, key=lambda row: (not row.accepted, self._number[row.hub]))

    def neighbour(self, hub: HubId) -> NeighbourRow | None:
        """One hub, by its key."""
        row = self._hubs.row(self._number[hub]) if hub in self._number else None
        return NeighbourRow(**row) if row is not None else None
