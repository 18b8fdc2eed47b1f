"""What the rules remember of neighbours, and what others may ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain.base import Circle, HubId, Millis, Position
from hub.domain.federation.facts import (
    Events,
    NeighbourAccepted,
    NeighbourEnded,
    NeighbourForked,
    NeighbourHeard,
    NeighbourSettled,
)

NOWHERE: Final = Position(0)
"""Before the first line of a chain."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What we hold of one hub. `head` is "" before anything was heard."""

    accepted: bool = True
    batch: int = 0
    upto: Position = NOWHERE
    head: str = ""
    heard: Millis | None = None
    forked: Position | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Every hub we ever had a pact with."""

    neighbours: Map[HubId, Neighbour] = field(default_factory=Map)


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case NeighbourAccepted(hub):
            return _with(state, hub, replace(state.neighbours.get(hub, Neighbour()), accepted=True))
        case NeighbourEnded(hub):
            return _with(state, hub, replace(state.neighbours[hub], accepted=False))
        case NeighbourHeard(author, batch, upto, head, at):
            heard = replace(state.neighbours[author], batch=batch, upto=upto, head=head, heard=at)
            return _with(state, author, heard)
        case NeighbourForked(author, upto):
            return _with(state, author, replace(state.neighbours[author], forked=upto))
        case NeighbourSettled(author):
            return _with(state, author, replace(state.neighbours[author], forked=None))
        case _:
            assert_never(happened)


def _with(state: State, hub: HubId, neighbour: Neighbour) -> State:
    return replace(state, neighbours=state.neighbours.set(hub, neighbour))


def is_neighbour(state: State, author: HubId) -> bool:
    """Whether we have a pact with this hub now."""
    neighbour = state.neighbours.get(author)
    return neighbour is not None and neighbour.accepted


def heard(state: State, author: HubId) -> Position:
    """Up to which line we hold this hub's chain; 0 before anything was heard."""
    neighbour = state.neighbours.get(author)
    return neighbour.upto if neighbour is not None else NOWHERE


def takes_in(state: State, author: HubId) -> bool:
    """Whether we take in what this hub publishes now: a pact, and no two stories."""
    return is_neighbour(state, author) and state.neighbours[author].forked is None


def circle_of(happened: Events) -> Circle:
    """Pacts and forks are for everybody; what we hold of whom is for the house."""
    match happened:
        case NeighbourHeard():
            return Circle.ROOM
        case NeighbourAccepted() | NeighbourEnded() | NeighbourForked() | NeighbourSettled():
            return Circle.FEDERATION
        case _:
            assert_never(happened)
