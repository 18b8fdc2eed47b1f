"""Asking for help and taking it up: who may say what of a need."""

from __future__ import annotations

from typing import Final

from hub.domain.base import N_, Circle, Context, NeedId, Refusal, optional, typed
from hub.domain.needs.facts import NeedReported, NeedTakenUp, NeedWidened
from hub.domain.needs.requests import ReportNeed, TakeUpNeed, WidenNeed
from hub.domain.needs.state import Need, State

GONE: Final = N_("That is already closed, or there is no such number. Look at the list again.")

NOT_YOURS: Final = N_("Only the people it concerns can change this.")


def reported(state: State, request: ReportNeed, context: Context) -> NeedReported:
    """A new need. Raises Refusal."""
    text, circle = typed(request.text), seen_by_somebody(request.circle)
    number = NeedId(len(state.needs) + 1)
    return NeedReported(number, request.sort, request.soon, circle, context.actor.member, text)


def seen_by_somebody(circle: Circle) -> Circle:
    """The circle, if somebody in it could help. Raises Refusal."""
    if circle < Circle.MEMBERS:
        raise Refusal("", N_("Somebody must be able to see it to help. Choose members or wider."))
    return circle


def taken_up(state: State, request: TakeUpNeed, context: Context) -> NeedTakenUp:
    """A need in the hands of a member whose own it is not. Raises Refusal."""
    need = _open_need(state, request.need)
    if need.by == context.by:
        raise Refusal("", N_("This is your own need. If it is met, press “It was met”."))
    if need.taker is not None:
        raise Refusal("", N_("Somebody has already taken this up. Thank you! See what else is open."))
    return NeedTakenUp(request.need, context.by, optional(request.note))


def widened(state: State, request: WidenNeed, context: Context) -> NeedWidened:
    """A need for more eyes than before. Raises Refusal."""
    need = asker(state, request.need, context)
    if request.circle <= need.circle:
        raise Refusal("", N_("That circle is not wider than the one it has now."))
    return NeedWidened(request.need, need.sort, need.soon, request.circle, typed(request.text))


def _open_need(state: State, number: NeedId) -> Need:
    """A need that is still asked. Raises Refusal."""
    need = state.needs.get(number)
    if need is None or need.closed:
        raise Refusal("", GONE)
    return need


def asker(state: State, number: NeedId, context: Context) -> Need:
    """The need, if the actor asked for it, or, where nobody showed a card, any member for them. Raises Refusal."""
    need = _open_need(state, number)
    if need.by not in (None, context.by):
        raise Refusal("", NOT_YOURS)
    return need


def taker(state: State, number: NeedId, context: Context) -> Need:
    """The need, if the actor has taken it up. Raises Refusal."""
    need = _open_need(state, number)
    if need.taker != context.by:
        raise Refusal("", NOT_YOURS)
    return need


def pair(state: State, number: NeedId, context: Context) -> Need:
    """The need, if it is taken up and the actor is one of the two. Raises Refusal."""
    need = _open_need(state, number)
    if need.taker is None or context.by not in (need.by, need.taker):
        raise Refusal("", NOT_YOURS)
    return need


def concerned(state: State, number: NeedId, context: Context) -> Need:
    """The need, if it is the actor's to say that it was met: theirs, taken up by them, or nobody's. Raises Refusal."""
    need = _open_need(state, number)
    if need.by is not None and context.by not in (need.by, need.taker):
        raise Refusal("", NOT_YOURS)
    return need
