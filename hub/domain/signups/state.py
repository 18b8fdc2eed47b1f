"""What the rules remember of lists, who moves up, and what others may ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain.base import HOUR, Circle, ListId, MemberId, Millis
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

LASTS: Final = Millis(12 * HOUR)
"""So long after it began a list is still open to the hand: latecomers, and the paper from the fridge."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody and those they bring."""

    who: MemberId
    size: int
    guest: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Signup:
    """One list. `parties` are those on it, by number; `given` is how many numbers were ever given."""

    sort: Sort
    starts: Millis
    places: int
    circle: Circle
    by: MemberId
    closed: bool = False
    cancelled: bool = False
    given: int = 0
    parties: Map[int, Party] = field(default_factory=Map)

    @property
    def taken(self) -> int:
        """Places that are somebody's."""
        return sum(party.size for party in self.parties.values() if not party.waits)

    @property
    def free(self) -> int:
        """Places that are nobody's yet."""
        return self.places - self.taken

    @property
    def waiting(self) -> list[int]:
        """The numbers of the parties that wait, in order."""
        return sorted(number for number, party in self.parties.items() if party.waits)


@dataclass(frozen=True, slots=True)
class State:
    """All lists of this hub, past ones too."""

    signups: Map[ListId, Signup] = field(default_factory=Map)


def then_up(state: State, facts: list[Events]) -> list[Events]:
    """The facts, and after them everyone who waited and has room now: the first that fits, then the next."""
    number = facts[-1].signup
    for fact in facts:
        state = evolve(state, fact)
    signup = state.signups[number]
    free = signup.free
    for waiting in signup.waiting:
        if signup.parties[waiting].size <= free:
            free -= signup.parties[waiting].size
            facts = [*facts, SignupMovedUp(number, waiting)]
    return facts


def is_on(signup: Signup, who: MemberId) -> bool:
    return any(party.who == who for party in signup.parties.values())


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case SignupOpened(number, sort, starts, places, circle, by):
            opened = Signup(sort, starts, places, circle, by)
            return replace(state, signups=state.signups.set(number, opened))
        case SignupChanged(number, starts, places):
            return _with(state, number, replace(state.signups[number], starts=starts, places=places))
        case SignupClosed(number, cancelled):
            return _with(state, number, replace(state.signups[number], closed=True, cancelled=cancelled))
        case SignupReopened(number):
            return _with(state, number, replace(state.signups[number], closed=False, cancelled=False))
        case SignupJoined(number, party, who, size, guest):
            return _seated(state, number, party, Party(who, size, guest, waits=False))
        case SignupWaiting(number, party, who, size, guest):
            return _seated(state, number, party, Party(who, size, guest, waits=True))
        case SignupMovedUp(number, party):
            return _seated(state, number, party, replace(_party(state, happened), waits=False))
        case SignupResized(number, party, size):
            return _seated(state, number, party, replace(_party(state, happened), size=size))
        case SignupHandedOver(number, party, to):
            return _seated(state, number, party, replace(_party(state, happened), who=to, guest=False))
        case SignupLeft(number, party):
            signup = state.signups[number]
            return _with(state, number, replace(signup, parties=signup.parties.delete(party)))
        case _:
            assert_never(happened)


def _with(state: State, number: ListId, signup: Signup) -> State:
    return replace(state, signups=state.signups.set(number, signup))


def _party(state: State, happened: SignupMovedUp | SignupResized | SignupHandedOver) -> Party:
    return state.signups[happened.signup].parties[happened.party]


def _seated(state: State, number: ListId, party: int, seated: Party) -> State:
    signup = state.signups[number]
    parties = signup.parties.set(party, seated)
    return _with(state, number, replace(signup, parties=parties, given=max(signup.given, party)))


def circle_of(state: State, happened: Events) -> Circle:
    """The circle of the list a fact is about. Who is on it is for members at most."""
    circle = state.signups[happened.signup].circle
    return circle if happened.STREET else min(circle, Circle.MEMBERS)


def vacate(state: State, gone: MemberId, now: Millis) -> list[Events]:
    """Somebody left or died: their places on lists to come are free, and who waited moves up."""
    facts: list[Events] = []
    for number, signup in sorted(state.signups.items()):
        if now <= signup.starts:
            for party in [each for each, seat in signup.parties.items() if seat.who == gone]:
                facts += then_up(state, [SignupLeft(number, party)])
    return facts


def guests(state: State) -> set[MemberId]:
    """Everyone who signed up by first name and is still on a list."""
    return {party.who for signup in state.signups.values() for party in signup.parties.values() if party.guest}


SOON: Final = Millis(18 * HOUR)

JUST_BEGUN: Final = Millis(3 * HOUR)


def tonight(state: State, now: Millis) -> list[ListId]:
    """Lists the idle screen reminds of, soonest first: just begun or beginning soon, cancelled ones too."""
    soon = [
        (signup.starts, number)
        for number, signup in state.signups.items()
        if now - JUST_BEGUN <= signup.starts <= now + SOON
    ]
    return [number for _, number in sorted(soon)]


def coming(state: State, member: MemberId, now: Millis) -> list[ListId]:
    """Lists to come that a member is on, or waits for, soonest first."""
    mine = [
        (signup.starts, number)
        for number, signup in state.signups.items()
        if now - JUST_BEGUN <= signup.starts and is_on(signup, member)
    ]
    return [number for _, number in sorted(mine)]
