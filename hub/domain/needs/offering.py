"""Offering, and asking for what is offered."""

from __future__ import annotations

from hub.domain.base import N_, Context, OfferId, Refusal, optional, typed
from hub.domain.needs.asking import GONE, NOT_YOURS, seen_by_somebody
from hub.domain.needs.facts import OfferAskedFor, OfferMade, OfferWithdrawn
from hub.domain.needs.requests import AskForOffer, MakeOffer
from hub.domain.needs.state import Offer, State


def offered(state: State, request: MakeOffer, context: Context) -> OfferMade:
    """A new offer. Raises Refusal."""
    text, circle = typed(request.text), seen_by_somebody(request.circle)
    return OfferMade(OfferId(len(state.offers) + 1), request.sort, circle, context.by, text)


def asked_for(state: State, request: AskForOffer, context: Context) -> OfferAskedFor:
    """A member who would like what somebody else offers, said once. Raises Refusal."""
    offer = _open_offer(state, request.offer)
    if offer.by == context.by:
        raise Refusal("", N_("This is your own offer."))
    if context.by in offer.asked:
        raise Refusal("", N_("You have asked for this already. Who offers it knows."))
    return OfferAskedFor(request.offer, context.by, optional(request.note))


def offer_withdrawn(state: State, number: OfferId, context: Context) -> OfferWithdrawn:
    """The end of an offer, by who made it. Raises Refusal."""
    if _open_offer(state, number).by != context.by:
        raise Refusal("", NOT_YOURS)
    return OfferWithdrawn(number, context.by)


def _open_offer(state: State, number: OfferId) -> Offer:
    offer = state.offers.get(number)
    if offer is None or offer.closed:
        raise Refusal("", GONE)
    return offer
