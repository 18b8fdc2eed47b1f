"""Sign-ups: dated lists with places, a waiting list in order, and whoever gives their place to whom.

A party is who signed up and those they bring. Nobody is moved off a list by the rules; who waits moves
up by itself as soon as there is room for their whole party. Lists never vanish: past ones are history.
A guest of one evening has a random id like a member; the first name is in the people store.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from hub.domain.base import Context, MemberId
from hub.domain.signups.facts import (
    Events,
    SignupChanged,
    SignupClosed,
    SignupHandedOver,
    SignupJoined,
    SignupLeft,
    SignupMovedUp,
    SignupOpened,
    SignupReopened,
    SignupResized,
    SignupWaiting,
    Sort,
)
from hub.domain.signups.lists import (
    FARTHEST,
    MOST_PLACES,
    list_changed,
    list_closed,
    list_opened,
    list_reopened,
)
from hub.domain.signups.parties import (
    LARGEST_PARTY,
    guest_signed_up,
    handed_over,
    resized,
    signed_up,
    spoken_for,
)
from hub.domain.signups.requests import (
    ChangeSignup,
    CloseSignup,
    Commands,
    HandOver,
    LeaveSignup,
    OpenSignup,
    ReopenSignup,
    ResizeParty,
    SignUp,
    SignUpGuest,
)
from hub.domain.signups.state import (
    JUST_BEGUN,
    LASTS,
    SOON,
    Party,
    Signup,
    State,
    circle_of,
    coming,
    evolve,
    guests,
    then_up,
    tonight,
    vacate,
)

__all__ = [
    "FARTHEST",
    "JUST_BEGUN",
    "LARGEST_PARTY",
    "LASTS",
    "MOST_PLACES",
    "SOON",
    "ChangeSignup",
    "CloseSignup",
    "Commands",
    "Events",
    "HandOver",
    "LeaveSignup",
    "OpenSignup",
    "Party",
    "ReopenSignup",
    "ResizeParty",
    "SignUp",
    "SignUpGuest",
    "Signup",
    "SignupChanged",
    "SignupClosed",
    "SignupHandedOver",
    "SignupJoined",
    "SignupLeft",
    "SignupMovedUp",
    "SignupOpened",
    "SignupReopened",
    "SignupResized",
    "SignupWaiting",
    "Sort",
    "State",
    "circle_of",
    "coming",
    "decide",
    "evolve",
    "guests",
    "tonight",
    "vacate",
]


def decide(state: State, request: Commands, context: Context, *, belongs: Callable[[MemberId], bool]) -> list[Events]:
    """The facts a request leads to. `belongs` says whether somebody is a member. Raises Refusal."""
    match request:
        case OpenSignup():
            return [list_opened(state, request, context)]
        case ChangeSignup():
            return list_changed(state, request, context)
        case CloseSignup():
            return [list_closed(state, request, context)]
        case ReopenSignup():
            return list_reopened(state, request, context)
        case SignUp():
            return [signed_up(state, request, context.by, guest=False, now=context.now)]
        case SignUpGuest():
            return [guest_signed_up(state, request, context)]
        case ResizeParty():
            return resized(state, request, context)
        case LeaveSignup():
            spoken_for(state, request, context)
            return then_up(state, [SignupLeft(request.signup, request.party)])
        case HandOver():
            return handed_over(state, request, context, belongs)
        case _:
            assert_never(request)
