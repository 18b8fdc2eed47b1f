"""A list as a whole: opened, changed, closed, opened again."""

from __future__ import annotations

from typing import Final

from hub.domain.base import DAY, N_, Circle, Context, ListId, Millis, Refusal, Words, optional, within
from hub.domain.base import title as one_line
from hub.domain.signups.facts import Events, SignupChanged, SignupClosed, SignupOpened, SignupReopened
from hub.domain.signups.requests import ChangeSignup, CloseSignup, OpenSignup, ReopenSignup
from hub.domain.signups.state import LASTS, Signup, State, then_up

MOST_PLACES: Final = 500

FARTHEST: Final = Millis(366 * DAY)
"""How far ahead a list may be dated; beyond it, it is a slip of the finger."""

GONE: Final = N_("That list is over, or there is no such number. Look at the lists that are open.")

CLOSED: Final = N_("This list is closed. Ask who opened it, or look for another one.")

NOT_YOUR_LIST: Final = N_(
    "This is for the person who opened the list, or for someone who holds a role. "
    "Or do it together: ask another member to show their card too."
)


def list_opened(state: State, request: OpenSignup, context: Context) -> SignupOpened:
    """A new list. Raises Refusal."""
    if request.circle < Circle.MEMBERS:
        raise Refusal("", N_("People must see a list to sign up. Choose members or wider."))
    return SignupOpened(
        ListId(len(state.signups) + 1),
        request.sort,
        _to_come(request.starts, context.now),
        _places(request.places),
        request.circle,
        context.by,
        one_line(request.title),
        _where(request.place),
    )


def _to_come(starts: Millis, now: Millis) -> Millis:
    if not now <= starts <= now + FARTHEST:
        raise Refusal("", N_("Choose a day and a time still to come, within a year."))
    return starts


def _places(places: int) -> int:
    return within(places, 1, MOST_PLACES, N_("A list has {least} to {most} places."))


def _where(place: Words) -> Words:
    return one_line(place) if optional(place) else Words({})


def list_changed(state: State, request: ChangeSignup, context: Context) -> list[Events]:
    """A list at another time or with other places, and who moves up for it. Raises Refusal."""
    signup = _in_charge(state, request.signup, context)
    if _places(request.places) < signup.taken:
        raise Refusal(
            "",
            N_("Places taken already: {taken}. Ask somebody to give theirs back first."),
            taken=signup.taken,
        )
    starts = signup.starts if request.starts == signup.starts else _to_come(request.starts, context.now)
    place = _where(request.place)
    if (starts, request.places) == (signup.starts, signup.places) and not place:
        return []
    return then_up(state, [SignupChanged(request.signup, starts, request.places, context.by, place)])


def list_closed(state: State, request: CloseSignup, context: Context) -> SignupClosed:
    """A list closed or cancelled. Raises Refusal."""
    signup = _in_charge(state, request.signup, context)
    if signup.cancelled or (signup.closed and not request.cancel):
        raise Refusal("", N_("This list is closed already. You can open it again."))
    return SignupClosed(request.signup, request.cancel, context.by, optional(request.why))


def list_reopened(state: State, request: ReopenSignup, context: Context) -> list[Events]:
    """A closed list open again. Raises Refusal."""
    if not _in_charge(state, request.signup, context).closed:
        raise Refusal("", N_("This list is open. People can sign up."))
    return [SignupReopened(request.signup, context.by)]


def at_hand(state: State, number: ListId, now: Millis) -> Signup:
    """A list that is not history yet."""
    signup = state.signups.get(number)
    if signup is None or now > signup.starts + LASTS:
        raise Refusal("", GONE)
    return signup


def _in_charge(state: State, number: ListId, context: Context) -> Signup:
    """The list, if the actor opened it or holds a role, or if two members act together."""
    signup = at_hand(state, number, context.now)
    if context.by == signup.by or context.actor.roles:
        return signup
    if context.second is None or context.second.member in (None, context.by):
        raise Refusal("", NOT_YOUR_LIST)
    return signup
