"""What happened between us and a neighbour."""

from __future__ import annotations

from hub.domain.base import DecisionId, Event, HubId, MemberId, Millis, Position, Words, event


@event("neighbour.accepted", street=True)
class NeighbourAccepted(Event):
    """A pact: from now on we take in what this hub publishes. `decision` is an assembly's, if one was."""

    hub: HubId
    by: tuple[MemberId, ...]
    decision: DecisionId | None
    name: Words


@event("neighbour.ended", street=True)
class NeighbourEnded(Event):
    """The pact is over. What was heard is kept; nothing more is taken in."""

    hub: HubId
    by: tuple[MemberId, ...]
    decision: DecisionId | None


@event("neighbour.heard")
class NeighbourHeard(Event):
    """A batch of a neighbour's street chain was taken in: its number, its last line, that line's hash."""

    author: HubId
    batch: int
    upto: Position
    head: str
    at: Millis


@event("neighbour.forked", street=True)
class NeighbourForked(Event):
    """A neighbour signed two different heads for the place `upto` of its chain."""

    author: HubId
    upto: Position


@event("neighbour.settled", street=True)
class NeighbourSettled(Event):
    """Two members spoke with the forked neighbour; its chain goes on where we hold it."""

    author: HubId
    by: tuple[MemberId, ...]


Events = NeighbourAccepted | NeighbourEnded | NeighbourHeard | NeighbourForked | NeighbourSettled
