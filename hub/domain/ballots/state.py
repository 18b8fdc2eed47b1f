"""What the rules remember of ballots, and what time brings to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain.ballots.facts import (
    BallotAnnulled,
    BallotCertified,
    BallotClosed,
    BallotObjected,
    BallotOpened,
    BallotPaused,
    BallotReleased,
    BallotResumed,
    Count,
    Events,
    HandsCertified,
    HandsCounted,
    HandsDiffered,
    HandsOpened,
    Method,
    Phase,
    Terms,
)
from hub.domain.ballots.roll import marked, roll_hash
from hub.domain.base import N_, BallotId, Circle, Consequence, Effect, MemberId, Millis, Refusal
from hub.domain.deadlines import Rests, after_rests

NEVER: Final = Millis(0)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What the rules remember of a ballot. `roll` is sorted; a vote's place in it is all the box learns."""

    method: Method
    by: MemberId
    terms: Terms
    effect: Effect
    specimen: bool = False
    options: int = 0
    lots: tuple[int, ...] = ()
    roll: tuple[MemberId, ...] = ()
    opens: Millis = NEVER
    closes: Millis = NEVER
    phase: Phase = Phase.OPEN
    paused: Millis = NEVER
    closed: Millis = NEVER
    until: Millis = NEVER
    struck: str = ""
    cast: int = 0
    sums: tuple[int, ...] = ()
    objectors: frozenset[MemberId] = frozenset()
    counts: Map[MemberId, Count] = field(default_factory=Map)

    @property
    def voted(self) -> tuple[MemberId, ...]:
        """Who voted, once it has closed; sorted, so that nothing tells when."""
        return tuple(self.roll[place] for place in marked(self.struck) if place < len(self.roll))


@dataclass(frozen=True, slots=True)
class State:
    """All ballots of this hub, hand counts among them. Numbers count from 1 and are never given twice."""

    ballots: Map[BallotId, Ballot] = field(default_factory=Map)


GONE: Final = N_("There is no such ballot, or it is over. Look at the list again.")


def voting(state: State, number: BallotId) -> Ballot:
    """The secret ballot, if votes can be cast in it now. Raises Refusal."""
    ballot = state.ballots.get(number)
    if ballot is None or ballot.method is Method.HANDS:
        raise Refusal("", GONE)
    if ballot.phase is Phase.PAUSED:
        raise Refusal("", N_("Voting has stopped for a while. It goes on later, and for longer."))
    if ballot.phase is not Phase.OPEN:
        raise Refusal("", N_("This ballot is not open. Look at the list for those that are."))
    return ballot


def secret_open(state: State) -> Mapping[BallotId, Sequence[MemberId]]:
    """The ballots that need a box, paused ones too, each with its frozen roll."""
    return {
        number: ballot.roll
        for number, ballot in state.ballots.items()
        if ballot.method is not Method.HANDS and ballot.phase in (Phase.OPEN, Phase.PAUSED)
    }


def deadline(ballot: Ballot, rests: Rests = ()) -> Millis:
    """When voting ends: later by as long as the house rests meanwhile."""
    return after_rests(ballot.opens, ballot.closes, rests)


def objections_end(ballot: Ballot, rests: Rests = ()) -> Millis:
    """When a released result can no longer be objected to."""
    return after_rests(ballot.closed, ballot.until, rests)


@dataclass(frozen=True, slots=True)
class Due:
    """What time has brought: ballots to close, and ballots to certify."""

    close: tuple[BallotId, ...]
    certify: tuple[BallotId, ...]


def due(state: State, now: Millis, rests: Rests = ()) -> Due:
    """The ballots whose time has come. A specimen is closed, but never certified."""
    numbered = sorted(state.ballots.items())
    close = (
        number
        for number, ballot in numbered
        if ballot.method is not Method.HANDS and ballot.phase is Phase.OPEN and now >= deadline(ballot, rests)
    )
    certify = (
        number
        for number, ballot in numbered
        if ballot.phase is Phase.RELEASED and not ballot.specimen and now >= objections_end(ballot, rests)
    )
    return Due(tuple(close), tuple(certify))


def evolve(state: State, happened: Events, *, roll: Sequence[MemberId] = ()) -> State:
    """The state after a fact. `roll` is everybody who may vote at this moment, for `ballot.opened`."""
    match happened:
        case HandsOpened(number, _, by, effect, terms):
            return _with(state, number, Ballot(Method.HANDS, by, terms, effect))
        case HandsCounted(number, teller, count):
            counts = state.ballots[number].counts.set(teller, count)
            return _with(state, number, replace(state.ballots[number], counts=counts))
        case HandsDiffered(number):
            return _with(state, number, replace(state.ballots[number], counts=Map()))
        case HandsCertified(number) | BallotCertified(number):
            return _with(state, number, replace(state.ballots[number], phase=Phase.CERTIFIED))
        case BallotOpened(number):
            return _with(state, number, _frozen(happened, roll))
        case BallotPaused(number, _, since):
            paused = replace(state.ballots[number], phase=Phase.PAUSED, paused=since)
            return _with(state, number, paused)
        case BallotResumed(number, _, closes):
            return _with(state, number, replace(state.ballots[number], phase=Phase.OPEN, closes=closes))
        case BallotClosed(number, at, cast, _, struck):
            over = replace(state.ballots[number], closed=at, cast=cast, struck=struck)
            return _with(state, number, over)
        case BallotReleased(number, _, _, sums, _, _, until):
            known = replace(state.ballots[number], phase=Phase.RELEASED, sums=sums, until=until)
            return _with(state, number, known)
        case BallotObjected(number, by):
            ballot = state.ballots[number]
            doubted = replace(ballot, phase=Phase.OBJECTED, objectors=ballot.objectors | {by})
            return _with(state, number, doubted)
        case BallotAnnulled(number):
            return _with(state, number, replace(state.ballots[number], phase=Phase.ANNULLED))
        case _:
            assert_never(happened)


def _frozen(opened: BallotOpened, roll: Sequence[MemberId]) -> Ballot:
    """The ballot with its roll, if that is the roll whose hash was printed; else nobody can vote in it."""
    return Ballot(
        method=opened.method,
        by=opened.by,
        terms=opened.terms,
        effect=opened.effect,
        specimen=opened.specimen,
        options=len(opened.lots),
        lots=opened.lots,
        roll=tuple(sorted(roll)) if roll_hash(roll) == opened.roll_hash else (),
        opens=opened.opens,
        closes=opened.closes,
    )


def _with(state: State, number: BallotId, ballot: Ballot) -> State:
    return replace(state, ballots=state.ballots.set(number, ballot))


def circle_of(state: State, happened: Events) -> Circle:
    """The circle of a fact: text, rules and results for everybody, who voted for members.

    A specimen, and what is about a person, stay in the house.
    """
    match happened:
        case HandsCounted():
            return Circle.CONCERNED
        case HandsDiffered():
            return Circle.ROOM
        case BallotClosed() | BallotObjected():
            return Circle.MEMBERS
        case (
            HandsOpened()
            | HandsCertified()
            | BallotOpened()
            | BallotPaused()
            | BallotResumed()
            | BallotReleased()
            | BallotCertified()
            | BallotAnnulled()
        ):
            ballot = state.ballots[happened.ballot]
            personal = ballot.effect.consequence in (Consequence.APPOINT, Consequence.RECALL)
            return Circle.ROOM if ballot.specimen or personal else Circle.FEDERATION
        case _:
            assert_never(happened)
