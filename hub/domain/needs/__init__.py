"""Needs and offers: what is asked, who takes it up, what was met. Nothing here expires by itself.

Asking needs no card. Taking up and offering does, so that the person who asked knows who comes.
The circle of each need is chosen by whom it concerns and may be widened by them alone (life.md, 2).
"""

from __future__ import annotations

from typing import assert_never

from hub.domain.base import Context, NeedId, OfferId
from hub.domain.needs.asking import GONE, NOT_YOURS, asker, concerned, pair, reported, taken_up, taker, widened
from hub.domain.needs.facts import (
    ContactAgreed,
    Events,
    NeedConfirmed,
    NeedLetGo,
    NeedMet,
    NeedReported,
    NeedTakenUp,
    NeedWidened,
    NeedWithdrawn,
    OfferAskedFor,
    OfferMade,
    OfferWithdrawn,
    Soon,
    Sort,
)
from hub.domain.needs.offering import asked_for, offer_withdrawn, offered
from hub.domain.needs.requests import (
    AgreeContact,
    AskForOffer,
    Commands,
    ConfirmNeed,
    LetGoNeed,
    MakeOffer,
    MarkNeedMet,
    ReportNeed,
    TakeUpNeed,
    WidenNeed,
    WithdrawNeed,
    WithdrawOffer,
)
from hub.domain.needs.state import REMIND_AFTER, Need, Offer, State, circle_of, evolve, inherit, vacate

__all__ = [
    "GONE",
    "NOT_YOURS",
    "REMIND_AFTER",
    "AgreeContact",
    "AskForOffer",
    "Commands",
    "ConfirmNeed",
    "ContactAgreed",
    "Events",
    "LetGoNeed",
    "MakeOffer",
    "MarkNeedMet",
    "Need",
    "NeedConfirmed",
    "NeedId",
    "NeedLetGo",
    "NeedMet",
    "NeedReported",
    "NeedTakenUp",
    "NeedWidened",
    "NeedWithdrawn",
    "Offer",
    "OfferAskedFor",
    "OfferId",
    "OfferMade",
    "OfferWithdrawn",
    "ReportNeed",
    "Soon",
    "Sort",
    "State",
    "TakeUpNeed",
    "WidenNeed",
    "WithdrawNeed",
    "WithdrawOffer",
    "circle_of",
    "decide",
    "evolve",
    "inherit",
    "vacate",
]


def decide(state: State, request: Commands, context: Context) -> list[Events]:
    """The facts a request leads to. Raises Refusal."""
    match request:
        case ReportNeed():
            return [reported(state, request, context)]
        case TakeUpNeed():
            return [taken_up(state, request, context)]
        case LetGoNeed():
            taker(state, request.need, context)
            return [NeedLetGo(request.need, context.by)]
        case MarkNeedMet():
            concerned(state, request.need, context)
            return [NeedMet(request.need, context.by)]
        case WithdrawNeed():
            asker(state, request.need, context)
            return [NeedWithdrawn(request.need, context.by)]
        case ConfirmNeed():
            asker(state, request.need, context)
            return [NeedConfirmed(request.need, context.by)]
        case WidenNeed():
            return [widened(state, request, context)]
        case AgreeContact():
            pair(state, request.need, context)
            return [ContactAgreed(request.need, context.by)]
        case MakeOffer():
            return [offered(state, request, context)]
        case AskForOffer():
            return [asked_for(state, request, context)]
        case WithdrawOffer():
            return [offer_withdrawn(state, request.offer, context)]
        case _:
            assert_never(request)
