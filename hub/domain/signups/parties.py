"""Who is on a list: signing up, being more or fewer, giving a place away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hub.domain.base import N_, Circle, Context, MemberId, Millis, Refusal, within
from hub.domain.signups.facts import (
    Events,
    SignupHandedOver,
    SignupJoined,
    SignupLeft,
    SignupMovedUp,
    SignupResized,
    SignupWaiting,
    Sort,
)
from hub.domain.signups.lists import CLOSED, at_hand
from hub.domain.signups.requests import HandOver, LeaveSignup, ResizeParty, SignUp, SignUpGuest
from hub.domain.signups.state import Party, Signup, State, is_on, then_up

LARGEST_PARTY: Final = 6

NOT_YOURS: Final = N_("Only the person who signed up can change this. For a guest, any member can.")

ALREADY: Final = N_("This person is on the list already. To be more or fewer people, change the number there.")


def signed_up(
    state: State, request: SignUp | SignUpGuest, who: MemberId, *, guest: bool, now: Millis
) -> SignupJoined | SignupWaiting:
    """A party's places, or its place in the waiting list. Raises Refusal."""
    signup = at_hand(state, request.signup, now)
    if signup.closed:
        raise Refusal("", CLOSED)
    if is_on(signup, who):
        raise Refusal("", ALREADY)
    size = _size(request.size, signup)
    number = signup.given + 1
    if size <= signup.free:
        return SignupJoined(request.signup, number, who, size, guest)
    return SignupWaiting(request.signup, number, who, size, guest)


def guest_signed_up(state: State, request: SignUpGuest, context: Context) -> SignupJoined | SignupWaiting:
    """The same for somebody without a card: meals the room may see, if the articles allow guests."""
    signup = at_hand(state, request.signup, context.now)
    if not context.articles.guests:
        raise Refusal("guests", N_("Guests come with a member here. Ask a member to bring you along."))
    if signup.sort is not Sort.MEAL:
        raise Refusal("guests", N_("Without a card you can sign up for meals. For this list, ask a member."))
    if signup.circle < Circle.ROOM:
        raise Refusal("guests", N_("This list is for members. Ask a member to bring you along."))
    if not context.fresh:
        raise Refusal("", N_("Please write your first name."))
    return signed_up(state, request, MemberId(context.fresh), guest=True, now=context.now)


def _size(size: int, signup: Signup) -> int:
    within(size, 1, LARGEST_PARTY, N_("A group is {least} to {most} people. For more, sign up twice."))
    if size > signup.places:
        raise Refusal(
            "",
            N_("Places on this list, in all: {places}. Come as fewer people, or ask for more places."),
            places=signup.places,
        )
    return size


def resized(state: State, request: ResizeParty, context: Context) -> list[Events]:
    """A party that is more or fewer now, and who moves up for it. Raises Refusal."""
    signup, party = spoken_for(state, request, context)
    size = _size(request.size, signup)
    if not party.waits and size - party.size > signup.free:
        raise Refusal(
            "",
            N_("There is room for {free} more. The others can sign up by themselves and wait."),
            free=signup.free,
        )
    if size == party.size:
        return []
    return then_up(state, [SignupResized(request.signup, request.party, size)])


def handed_over(state: State, request: HandOver, context: Context, belongs: Callable[[MemberId], bool]) -> list[Events]:
    """A party's places given away: to one that waits, or to a member not on the list. Raises Refusal."""
    signup, party = spoken_for(state, request, context)
    if party.waits:
        raise Refusal("", N_("You are still waiting: there is no place to give yet."))
    if request.waiting is not None:
        return _to_waiting(state, request, request.waiting, signup, party)
    if request.to is None or not belongs(request.to):
        raise Refusal("", N_("Choose who gets the place: a member, or somebody who waits."))
    if is_on(signup, request.to):
        raise Refusal("", ALREADY)
    return [SignupHandedOver(request.signup, request.party, request.to)]


def _to_waiting(state: State, request: HandOver, waiting: int, signup: Signup, party: Party) -> list[Events]:
    other = signup.parties.get(waiting)
    if other is None or not other.waits:
        raise Refusal("", N_("They are not waiting any more. Look at the list again."))
    if other.size > signup.free + party.size:
        raise Refusal(
            "",
            N_("They are {size} people and there is not room for all. Choose somebody else who waits."),
            size=other.size,
        )
    return then_up(
        state,
        [SignupLeft(request.signup, request.party), SignupMovedUp(request.signup, waiting)],
    )


def spoken_for(state: State, request: ResizeParty | LeaveSignup | HandOver, context: Context) -> tuple[Signup, Party]:
    """The list and a party on it, if it is the actor's own or a guest's."""
    signup = at_hand(state, request.signup, context.now)
    party = signup.parties.get(request.party)
    if party is None:
        raise Refusal("", N_("They are not on this list any more. Look at the list again."))
    if party.who != context.by and not party.guest:
        raise Refusal("", NOT_YOURS)
    return signup, party
