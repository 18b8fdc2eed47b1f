"""The federation: which hubs we have a pact with, and how much of each one's chain we hold.

Neighbours decide for themselves: nothing they publish changes anything here. What is heard of them
continues what was heard before, or it is not taken in. A hub that shows two different heads for one
place in its chain has told two stories; that is kept, shown, and settled by people.
"""

from __future__ import annotations

from collections.abc import Container
from typing import assert_never

from hub.domain.base import N_, Context, DecisionId, HubId, Refusal, title
from hub.domain.federation.facts import (
    Events,
    NeighbourAccepted,
    NeighbourEnded,
    NeighbourForked,
    NeighbourHeard,
    NeighbourSettled,
)
from hub.domain.federation.hearing import BY_ITSELF, continued, forked, listening
from hub.domain.federation.pacts import KEY_DIGITS, NO_PACT, key, pact_makers, partner, stranger, two_with_pin
from hub.domain.federation.requests import (
    AcceptNeighbour,
    Commands,
    EndNeighbour,
    HearNeighbour,
    ReportFork,
    SettleFork,
)
from hub.domain.federation.state import NOWHERE, Neighbour, State, circle_of, evolve, heard, is_neighbour, takes_in

__all__ = [
    "BY_ITSELF",
    "KEY_DIGITS",
    "NOWHERE",
    "NO_PACT",
    "AcceptNeighbour",
    "Commands",
    "EndNeighbour",
    "Events",
    "HearNeighbour",
    "Neighbour",
    "NeighbourAccepted",
    "NeighbourEnded",
    "NeighbourForked",
    "NeighbourHeard",
    "NeighbourSettled",
    "ReportFork",
    "SettleFork",
    "State",
    "circle_of",
    "decide",
    "evolve",
    "heard",
    "is_neighbour",
    "key",
    "takes_in",
]


def decide(
    state: State,
    request: Commands,
    context: Context,
    *,
    own: HubId,
    decisions: Container[DecisionId] = (),
) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `own` is this hub's key; `decisions` are those an assembly has recorded.
    """
    match request:
        case AcceptNeighbour():
            hub = stranger(state, key(request.hub), own)
            by = pact_makers(context, request.decision, decisions)
            return [NeighbourAccepted(hub, by, request.decision, title(request.name))]
        case EndNeighbour(hub, decision):
            partner(state, hub)
            return [NeighbourEnded(hub, pact_makers(context, decision, decisions), decision)]
        case HearNeighbour():
            return continued(state, request, context)
        case ReportFork(author, upto):
            return forked(listening(state, author, context), author, upto)
        case SettleFork(author):
            if partner(state, author).forked is None:
                raise Refusal("", N_("There is nothing to settle with this hub."))
            return [NeighbourSettled(author, two_with_pin(context))]
        case _:
            assert_never(request)
