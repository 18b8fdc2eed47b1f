"""Pacts: with whom, and who makes and ends one."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from hub.domain.base import N_, Context, DecisionId, HubId, MemberId, Refusal, Tier
from hub.domain.federation.state import Neighbour, State, is_neighbour

KEY_DIGITS: Final = 64

NO_PACT: Final = N_("There is no pact with that hub. Make one first.")


def key(text: str) -> HubId:
    """A hub's key as a person typed or a camera read it: 64 hexadecimal digits, spaces between them.

    Raises Refusal when it is none.
    """
    digits = "".join(text.split()).replace("-", "").lower()
    if len(digits) != KEY_DIGITS or not set(digits) <= set("0123456789abcdef"):
        raise Refusal(
            "",
            N_("A hub's key has {digits} digits, 0 to 9 and a to f. Scan it, or type it again."),
            digits=KEY_DIGITS,
        )
    return HubId(digits)


def stranger(state: State, hub: HubId, own: HubId) -> HubId:
    """A hub we have no pact with, and not this one. Raises Refusal."""
    if hub == own:
        raise Refusal("", N_("That is the key of this hub. Ask the other hub for theirs."))
    if is_neighbour(state, hub):
        raise Refusal("", N_("We have a pact with this hub already."))
    return hub


def partner(state: State, hub: HubId) -> Neighbour:
    """What we hold of a hub we have a pact with. Raises Refusal."""
    neighbour = state.neighbours.get(hub)
    if neighbour is None or not neighbour.accepted:
        raise Refusal("", NO_PACT)
    return neighbour


def pact_makers(
    context: Context, decision: DecisionId | None, decisions: Container[DecisionId]
) -> tuple[MemberId, ...]:
    """Who makes or ends a pact: two with their PINs, or one who enters what an assembly decided.

    Raises Refusal.
    """
    if decision is None:
        return two_with_pin(context)
    if decision not in decisions:
        raise Refusal("", N_("Enter the meeting's decision in the minutes first, or ask a second member."))
    return (context.by,)


def two_with_pin(context: Context) -> tuple[MemberId, ...]:
    """Two members, each with their PIN. Raises Refusal."""
    pair = context.two_people("")
    if context.second is not None and context.second.tier < Tier.PIN:
        raise Refusal("", N_("The second member types their PIN too."))
    return pair
