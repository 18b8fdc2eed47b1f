"""What the rules remember of needs and offers, and what others may ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain.base import Circle, MemberId, Millis, NeedId, OfferId
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

REMIND_AFTER: Final = Millis(14 * 86_400_000)
"""After two weeks "Waiting for you" asks whether a need is still open. It never closes by itself."""


@dataclass(frozen=True, slots=True)
class Need:
    """What the rules remember of a need: whose, for whose eyes, in whose hands."""

    by: MemberId | None
    sort: Sort
    soon: Soon
    circle: Circle
    taker: MemberId | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What the rules remember of an offer. `asked` are those who would like it."""

    by: MemberId
    circle: Circle
    asked: frozenset[MemberId] = frozenset()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All needs and offers of this hub. Numbers count from 1 and are never given twice."""

    needs: Map[NeedId, Need] = field(default_factory=Map)
    offers: Map[OfferId, Offer] = field(default_factory=Map)


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case NeedReported(need, sort, soon, circle, by):
            return replace(state, needs=state.needs.set(need, Need(by, sort, soon, circle)))
        case NeedTakenUp(need, by):
            return _with(state, need, replace(state.needs[need], taker=by))
        case NeedLetGo(need):
            return _with(state, need, replace(state.needs[need], taker=None))
        case NeedMet(need) | NeedWithdrawn(need):
            return _with(state, need, replace(state.needs[need], closed=True))
        case NeedWidened(need, _, _, circle):
            return _with(state, need, replace(state.needs[need], circle=circle))
        case OfferMade(offer, _, circle, by):
            return replace(state, offers=state.offers.set(offer, Offer(by, circle)))
        case OfferWithdrawn(offer):
            return replace(state, offers=state.offers.set(offer, replace(state.offers[offer], closed=True)))
        case OfferAskedFor(offer, by):
            before = state.offers[offer]
            return replace(state, offers=state.offers.set(offer, replace(before, asked=before.asked | {by})))
        case ContactAgreed() | NeedConfirmed():
            return state
        case _:
            assert_never(happened)


def _with(state: State, number: NeedId, need: Need) -> State:
    return replace(state, needs=state.needs.set(number, need))


def circle_of(state: State, happened: Events) -> Circle:
    """The circle of what a fact is about: of the need or the offer, as it stands after the fact."""
    match happened:
        case NeedReported() | NeedWidened() | OfferMade():
            return happened.circle
        case NeedTakenUp() | NeedLetGo() | NeedMet() | NeedWithdrawn():
            return state.needs[happened.need].circle
        case OfferWithdrawn():
            return state.offers[happened.offer].circle
        case ContactAgreed() | OfferAskedFor() | NeedConfirmed():
            return Circle.CONCERNED
        case _:
            assert_never(happened)


def inherit(state: State, gone: MemberId) -> list[NeedId]:
    """Open needs a member who died or left had taken up: they must be open again."""
    return [number for number, need in state.needs.items() if need.taker == gone and not need.closed]


def vacate(state: State, gone: MemberId) -> list[Events]:
    """What follows when a member left or died: others may take up what they had, theirs is over."""
    own = [number for number, need in state.needs.items() if need.by == gone and not need.closed]
    offers = [number for number, offer in state.offers.items() if offer.by == gone and not offer.closed]
    return [
        *(NeedLetGo(number, gone) for number in sorted(inherit(state, gone))),
        *(NeedWithdrawn(number, gone) for number in sorted(own)),
        *(OfferWithdrawn(number, gone) for number in sorted(offers)),
    ]
