"""Needs and offers: what is asked, who takes it up, what was met. Nothing here expires by itself.

Asking needs no card. Taking up and offering does, so that the person who asked knows who comes.
The circle of each need is chosen by whom it concerns and may be widened by them alone (life.md, 2).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain.base import (
    N_,
    Circle,
    Command,
    Context,
    Event,
    Kind,
    MemberId,
    Millis,
    NeedId,
    OfferId,
    Refusal,
    Tier,
    Words,
    command,
    event,
    optional,
    typed,
)


class Sort(Kind):
    """What a need or an offer is about."""

    FOOD = "food"
    HOME = "home"
    CARE = "care"
    REPAIR = "repair"
    TRANSPORT = "transport"
    THINGS = "things"
    COMPANY = "company"
    OTHER = "other"


class Soon(Kind):
    """How soon it is needed."""

    TODAY = "today"
    WEEK = "week"
    ANY_TIME = "any_time"


@event("need.reported", street=True)
class NeedReported(Event):
    """Somebody asked. `by` is None for a neighbour without a card."""

    need: NeedId
    sort: Sort
    soon: Soon
    circle: Circle
    by: MemberId | None
    text: Words


@event("need.taken_up", street=True)
class NeedTakenUp(Event):
    """A member said they will see to it; `note` says when and where."""

    need: NeedId
    by: MemberId
    note: Words


@event("need.let_go", street=True)
class NeedLetGo(Event):
    """Who had taken it up cannot after all; it is open again."""

    need: NeedId
    by: MemberId


@event("need.met", street=True)
class NeedMet(Event):
    """It was met, says one of those it concerns."""

    need: NeedId
    by: MemberId


@event("need.withdrawn", street=True)
class NeedWithdrawn(Event):
    """It is no longer asked, without having been met."""

    need: NeedId
    by: MemberId


@event("need.widened", street=True)
class NeedWidened(Event):
    """Whom it concerns let more people see it. Words travel again with the wider circle."""

    need: NeedId
    sort: Sort
    soon: Soon
    circle: Circle
    text: Words


@event("need.contact_agreed")
class ContactAgreed(Event):
    """One side of a taken-up need lets the other see how to reach them."""

    need: NeedId
    by: MemberId


@event("offer.made", street=True)
class OfferMade(Event):
    """A member offers time, a skill or a thing."""

    offer: OfferId
    sort: Sort
    circle: Circle
    by: MemberId
    text: Words


@event("offer.asked_for")
class OfferAskedFor(Event):
    """A member would like what is offered."""

    offer: OfferId
    by: MemberId
    note: Words


@event("offer.withdrawn", street=True)
class OfferWithdrawn(Event):
    """The offer is over."""

    offer: OfferId
    by: MemberId


Events = (
    NeedReported
    | NeedTakenUp
    | NeedLetGo
    | NeedMet
    | NeedWithdrawn
    | NeedWidened
    | ContactAgreed
    | OfferMade
    | OfferAskedFor
    | OfferWithdrawn
)


@command("report_need", Tier.NONE)
class ReportNeed(Command):
    """Ask for help. The circle is members or wider: somebody must be able to answer."""

    sort: Sort
    soon: Soon
    text: Words
    circle: Circle = Circle.MEMBERS


@command("take_up_need", Tier.CARD)
class TakeUpNeed(Command):
    """Say that you will see to a need."""

    need: NeedId
    note: Words = field(default_factory=lambda: Words({}))


@command("let_go_need", Tier.CARD)
class LetGoNeed(Command):
    """Say that you cannot after all."""

    need: NeedId


@command("mark_need_met", Tier.CARD)
class MarkNeedMet(Command):
    """Say that a need was met."""

    need: NeedId


@command("withdraw_need", Tier.CARD)
class WithdrawNeed(Command):
    """Stop asking."""

    need: NeedId


@command("widen_need", Tier.CARD)
class WidenNeed(Command):
    """Let more people see your need; `text` is written again, for the wider circle."""

    need: NeedId
    circle: Circle
    text: Words


@command("agree_contact", Tier.CARD)
class AgreeContact(Command):
    """Let the other side of a taken-up need see how to reach you."""

    need: NeedId


@command("make_offer", Tier.CARD)
class MakeOffer(Command):
    """Offer time, a skill or a thing."""

    sort: Sort
    text: Words
    circle: Circle = Circle.MEMBERS


@command("ask_for_offer", Tier.CARD)
class AskForOffer(Command):
    """Say that you would like what is offered."""

    offer: OfferId
    note: Words = field(default_factory=lambda: Words({}))


@command("withdraw_offer", Tier.CARD)
class WithdrawOffer(Command):
    """End your offer."""

    offer: OfferId


Commands = (
    ReportNeed
    | TakeUpNeed
    | LetGoNeed
    | MarkNeedMet
    | WithdrawNeed
    | WidenNeed
    | AgreeContact
    | MakeOffer
    | AskForOffer
    | WithdrawOffer
)


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
    """What the rules remember of an offer."""

    by: MemberId
    circle: Circle
    closed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All needs and offers of this hub. Numbers count from 1 and are never given twice."""

    needs: Map[NeedId, Need] = field(default_factory=Map)
    offers: Map[OfferId, Offer] = field(default_factory=Map)


GONE: Final = N_("That is already closed, or there is no such number. Look at the list again.")
NOT_YOURS: Final = N_("Only the people it concerns can change this.")


def decide(state: State, request: Commands, context: Context) -> list[Events]:
    """The facts a request leads to. Raises Refusal."""
    match request:
        case ReportNeed():
            return [_reported(state, request, context)]
        case TakeUpNeed():
            return [_taken_up(state, request, context)]
        case LetGoNeed():
            _taker(state, request.need, context)
            return [NeedLetGo(request.need, context.by)]
        case MarkNeedMet():
            _concerned(state, request.need, context)
            return [NeedMet(request.need, context.by)]
        case WithdrawNeed():
            _asker(state, request.need, context)
            return [NeedWithdrawn(request.need, context.by)]
        case WidenNeed():
            return [_widened(state, request, context)]
        case AgreeContact():
            _pair(state, request.need, context)
            return [ContactAgreed(request.need, context.by)]
        case MakeOffer():
            return [_offered(state, request, context)]
        case AskForOffer():
            return [_asked_for(state, request, context)]
        case WithdrawOffer():
            offer = _open_offer(state, request.offer)
            if offer.by != context.by:
                raise Refusal("", NOT_YOURS)
            return [OfferWithdrawn(request.offer, context.by)]
        case _:
            assert_never(request)


def _reported(state: State, request: ReportNeed, context: Context) -> NeedReported:
    text, circle = typed(request.text), _seen_by_somebody(request.circle)
    number = NeedId(len(state.needs) + 1)
    return NeedReported(number, request.sort, request.soon, circle, context.actor.member, text)


def _offered(state: State, request: MakeOffer, context: Context) -> OfferMade:
    text, circle = typed(request.text), _seen_by_somebody(request.circle)
    return OfferMade(OfferId(len(state.offers) + 1), request.sort, circle, context.by, text)


def _seen_by_somebody(circle: Circle) -> Circle:
    if circle < Circle.MEMBERS:
        raise Refusal("", N_("Somebody must be able to see it to help. Choose members or wider."))
    return circle


def _taken_up(state: State, request: TakeUpNeed, context: Context) -> NeedTakenUp:
    need = _open_need(state, request.need)
    if need.by == context.by:
        raise Refusal("", N_("This is your own need. If it is met, press “It was met”."))
    if need.taker is not None:
        raise Refusal("", N_("Somebody has already taken this up. Thank you! See what else is open."))
    return NeedTakenUp(request.need, context.by, optional(request.note))


def _widened(state: State, request: WidenNeed, context: Context) -> NeedWidened:
    need = _asker(state, request.need, context)
    if request.circle <= need.circle:
        raise Refusal("", N_("That circle is not wider than the one it has now."))
    return NeedWidened(request.need, need.sort, need.soon, request.circle, typed(request.text))


def _asked_for(state: State, request: AskForOffer, context: Context) -> OfferAskedFor:
    if _open_offer(state, request.offer).by == context.by:
        raise Refusal("", N_("This is your own offer."))
    return OfferAskedFor(request.offer, context.by, optional(request.note))


def _open_need(state: State, number: NeedId) -> Need:
    need = state.needs.get(number)
    if need is None or need.closed:
        raise Refusal("", GONE)
    return need


def _open_offer(state: State, number: OfferId) -> Offer:
    offer = state.offers.get(number)
    if offer is None or offer.closed:
        raise Refusal("", GONE)
    return offer


def _asker(state: State, number: NeedId, context: Context) -> Need:
    """The need, if the actor asked for it, or, where nobody showed a card, any member for them."""
    need = _open_need(state, number)
    if need.by not in (None, context.by):
        raise Refusal("", NOT_YOURS)
    return need


def _taker(state: State, number: NeedId, context: Context) -> Need:
    need = _open_need(state, number)
    if need.taker != context.by:
        raise Refusal("", NOT_YOURS)
    return need


def _pair(state: State, number: NeedId, context: Context) -> Need:
    need = _open_need(state, number)
    if need.taker is None or context.by not in (need.by, need.taker):
        raise Refusal("", NOT_YOURS)
    return need


def _concerned(state: State, number: NeedId, context: Context) -> Need:
    need = _open_need(state, number)
    if need.by is not None and context.by not in (need.by, need.taker):
        raise Refusal("", NOT_YOURS)
    return need


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
        case ContactAgreed() | OfferAskedFor():
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
        case ContactAgreed() | OfferAskedFor():
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


REMIND_AFTER: Final = Millis(14 * 86_400_000)
"""After two weeks "Waiting for you" asks whether a need is still open. It never closes by itself."""
