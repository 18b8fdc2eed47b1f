"""Hearing a neighbour: what goes on from what we hold, and what contradicts it."""

from __future__ import annotations

from typing import Final

from hub.domain.base import N_, Context, HubId, Position, Refusal
from hub.domain.federation.facts import Events, NeighbourForked, NeighbourHeard
from hub.domain.federation.pacts import partner
from hub.domain.federation.requests import HearNeighbour
from hub.domain.federation.state import Neighbour, State

BY_ITSELF: Final = N_("The hub does this by itself when it hears from a neighbour.")


def listening(state: State, author: HubId, context: Context) -> Neighbour:
    """What we hold of a partner, for an act of the hub itself. Raises Refusal."""
    if not context.clockwork:
        raise Refusal("", BY_ITSELF)
    return partner(state, author)


def continued(state: State, request: HearNeighbour, context: Context) -> list[Events]:
    """What was taken in goes on from what we hold, or we know it already, or it contradicts it.

    That each line follows the one before it has been checked where the bytes are. Raises Refusal.
    """
    held = listening(state, request.author, context)
    if request.upto == held.upto and request.head != held.head:
        return forked(held, request.author, held.upto)
    if request.upto <= held.upto:
        return []
    if held.forked is not None:
        raise Refusal("", N_("This hub has told two different stories. Two members settle it first."))
    if request.batch <= held.batch:
        raise Refusal("", N_("These lines do not go on from what we hold."))
    return [NeighbourHeard(request.author, request.batch, request.upto, request.head, context.now)]


def forked(held: Neighbour, author: HubId, upto: Position) -> list[Events]:
    """Two stories for the place `upto`; nothing when that is known already."""
    return [NeighbourForked(author, upto)] if held.forked is None else []
