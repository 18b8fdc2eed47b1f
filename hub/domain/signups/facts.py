"""What happened to a list and to those on it."""

from __future__ import annotations

from hub.domain.base import Circle, Event, Kind, ListId, MemberId, Millis, Words, event


class Sort(Kind):
    """What people sign up for."""

    MEAL = "meal"
    SHIFT = "shift"
    CHILDCARE = "childcare"
    TRIP = "trip"
    OTHER = "other"


@event("signup.opened", street=True)
class SignupOpened(Event):
    """A list was opened: what, when, where, for how many, for whose eyes."""

    signup: ListId
    sort: Sort
    starts: Millis
    places: int
    circle: Circle
    by: MemberId
    title: Words
    place: Words


@event("signup.changed", street=True)
class SignupChanged(Event):
    """Its time, its places or where it is changed. Where `place` is empty, it stayed."""

    signup: ListId
    starts: Millis
    places: int
    by: MemberId
    place: Words


@event("signup.closed", street=True)
class SignupClosed(Event):
    """No one more signs up; `cancelled` says it does not take place at all."""

    signup: ListId
    cancelled: bool
    by: MemberId
    why: Words


@event("signup.reopened", street=True)
class SignupReopened(Event):
    """A closed list is open again, a cancelled meal takes place after all."""

    signup: ListId
    by: MemberId


@event("signup.joined")
class SignupJoined(Event):
    """A party has its places. Parties of a list count from 1."""

    signup: ListId
    party: int
    who: MemberId
    size: int
    guest: bool


@event("signup.waiting")
class SignupWaiting(Event):
    """The list is too full for this party: it waits, in order."""

    signup: ListId
    party: int
    who: MemberId
    size: int
    guest: bool


@event("signup.moved_up")
class SignupMovedUp(Event):
    """There was room for a waiting party: it has its places."""

    signup: ListId
    party: int


@event("signup.resized")
class SignupResized(Event):
    """A party is more or fewer than it said."""

    signup: ListId
    party: int
    size: int


@event("signup.left")
class SignupLeft(Event):
    """A party is off the list; its places are free."""

    signup: ListId
    party: int


@event("signup.handed_over")
class SignupHandedOver(Event):
    """A party's places are somebody else's now, who was not on the list."""

    signup: ListId
    party: int
    to: MemberId


Events = (
    SignupOpened
    | SignupChanged
    | SignupClosed
    | SignupReopened
    | SignupJoined
    | SignupWaiting
    | SignupMovedUp
    | SignupResized
    | SignupLeft
    | SignupHandedOver
)
