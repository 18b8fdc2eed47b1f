"""The federation: which hubs we have a pact with, and how much of each one's chain we hold.

Neighbours decide for themselves: nothing they publish changes anything here. What is heard of them
continues what was heard before, or it is not taken in. A hub that shows two different heads for one
place in its chain has told two stories; that is kept, shown, and settled by people.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain.base import (
    N_,
    Circle,
    Command,
    Context,
    DecisionId,
    Event,
    HubId,
    MemberId,
    Millis,
    Position,
    Refusal,
    Tier,
    Words,
    command,
    event,
    title,
)

KEY_DIGITS: Final = 64


@event("neighbour.accepted", street=True)
class NeighbourAccepted(Event):
    """A pact: from now on we take in what this hub publishes. `decision` is an assembly's, if one was."""

    hub: HubId
    by: tuple[MemberId, ...]
    decision: DecisionId | None
    name: Words


@event("neighbour.ended", street=True)
class NeighbourEnded(Event):
    """The pact is over. What was heard is kept; nothing more is taken in."""

    hub: HubId
    by: tuple[MemberId, ...]
    decision: DecisionId | None


@event("neighbour.heard")
class NeighbourHeard(Event):
    """A batch of a neighbour's street chain was taken in: its number, its last line, that line's hash."""

    author: HubId
    batch: int
    upto: Position
    head: str
    at: Millis


@event("neighbour.forked", street=True)
class NeighbourForked(Event):
    """A neighbour signed two different heads for the place `upto` of its chain."""

    author: HubId
    upto: Position


@event("neighbour.settled", street=True)
class NeighbourSettled(Event):
    """Two members spoke with the forked neighbour; its chain goes on where we hold it."""

    author: HubId
    by: tuple[MemberId, ...]


Events = NeighbourAccepted | NeighbourEnded | NeighbourHeard | NeighbourForked | NeighbourSettled


@command("accept_neighbour", Tier.PIN)
class AcceptNeighbour(Command):
    """Make a pact with a hub, by its key, typed or scanned: two members, or one who names the decision."""

    hub: str
    name: Words
    decision: DecisionId | None = None


@command("end_neighbour", Tier.PIN)
class EndNeighbour(Command):
    """End a pact: two members, or one who names the decision."""

    hub: HubId
    decision: DecisionId | None = None


@command("hear_neighbour", Tier.NONE)
class HearNeighbour(Command):
    """The hub's own act: `author`'s chain is held, verified, up to this batch, this line, this hash."""

    author: HubId
    batch: int
    upto: Position
    head: str


@command("report_fork", Tier.NONE)
class ReportFork(Command):
    """The hub's own act: for the place `upto`, this author signed another head than the one we hold."""

    author: HubId
    upto: Position


@command("settle_fork", Tier.PIN)
class SettleFork(Command):
    """Say, by two members who spoke with that hub, that its chain goes on where we hold it."""

    author: HubId


Commands = AcceptNeighbour | EndNeighbour | HearNeighbour | ReportFork | SettleFork


NOWHERE: Final = Position(0)
"""Before the first line of a chain."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What we hold of one hub. `head` is "" before anything was heard."""

    accepted: bool = True
    batch: int = 0
    upto: Position = NOWHERE
    head: str = ""
    heard: Millis | None = None
    forked: Position | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Every hub we ever had a pact with."""

    neighbours: Map[HubId, Neighbour] = field(default_factory=Map)


BY_ITSELF: Final = N_("The hub does this by itself when it hears from a neighbour.")
NO_PACT: Final = N_("There is no pact with that hub. Make one first.")


def decide(
    state: State,
    request: Commands,
    context: Context,
    *,
    own: HubId,
    decisions: Container[DecisionId] = (),
) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `own` is this hub's key; `decisions` are those an assembly has recorded.
    """
    match request:
        case AcceptNeighbour():
            hub = _stranger(state, key(request.hub), own)
            by = _pact_makers(context, request.decision, decisions)
            return [NeighbourAccepted(hub, by, request.decision, title(request.name))]
        case EndNeighbour(hub, decision):
            _partner(state, hub)
            return [NeighbourEnded(hub, _pact_makers(context, decision, decisions), decision)]
        case HearNeighbour():
            return _heard(state, request, context)
        case ReportFork(author, upto):
            return _forked(_listening(state, author, context), author, upto)
        case SettleFork(author):
            if _partner(state, author).forked is None:
                raise Refusal("", N_("There is nothing to settle with this hub."))
            return [NeighbourSettled(author, _two_with_pin(context))]
        case _:
            assert_never(request)


def key(text: str) -> HubId:
    """A hub's key as a person typed or a camera read it: 64 hexadecimal digits, spaces between them.

    Raises Refusal when it is none.
    """
    digits = "".join(text.split()).replace("-", "").lower()
    if len(digits) != KEY_DIGITS or not set(digits) <= set("0123456789abcdef"):
        raise Refusal(
            "",
            N_("A hub's key has {digits} digits, 0 to 9 and a to f. Scan it, or type it again."),
            digits=KEY_DIGITS,
        )
    return HubId(digits)


def _stranger(state: State, hub: HubId, own: HubId) -> HubId:
    if hub == own:
        raise Refusal("", N_("That is the key of this hub. Ask the other hub for theirs."))
    if is_neighbour(state, hub):
        raise Refusal("", N_("We have a pact with this hub already."))
    return hub


def _partner(state: State, hub: HubId) -> Neighbour:
    neighbour = state.neighbours.get(hub)
    if neighbour is None or not neighbour.accepted:
        raise Refusal("", NO_PACT)
    return neighbour


def _pact_makers(
    context: Context, decision: DecisionId | None, decisions: Container[DecisionId]
) -> tuple[MemberId, ...]:
    """Who makes or ends a pact: two with their PINs, or one who enters what an assembly decided."""
    if decision is None:
        return _two_with_pin(context)
    if decision not in decisions:
        raise Refusal("", N_("Enter the meeting's decision in the minutes first, or ask a second member."))
    return (context.by,)


def _two_with_pin(context: Context) -> tuple[MemberId, ...]:
    pair = context.two_people("")
    if context.second is not None and context.second.tier < Tier.PIN:
        raise Refusal("", N_("The second member types their PIN too."))
    return pair


def _listening(state: State, author: HubId, context: Context) -> Neighbour:
    if not context.clockwork:
        raise Refusal("", BY_ITSELF)
    return _partner(state, author)


def _heard(state: State, request: HearNeighbour, context: Context) -> list[Events]:
    """What was taken in goes on from what we hold, or we know it already, or it contradicts it.

    That each line follows the one before it has been checked where the bytes are.
    """
    held = _listening(state, request.author, context)
    if request.upto == held.upto and request.head != held.head:
        return _forked(held, request.author, held.upto)
    if request.upto <= held.upto:
        return []
    if held.forked is not None:
        raise Refusal("", N_("This hub has told two different stories. Two members settle it first."))
    if request.batch <= held.batch:
        raise Refusal("", N_("These lines do not go on from what we hold."))
    return [NeighbourHeard(request.author, request.batch, request.upto, request.head, context.now)]


def _forked(held: Neighbour, author: HubId, upto: Position) -> list[Events]:
    return [NeighbourForked(author, upto)] if held.forked is None else []


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case NeighbourAccepted(hub):
            return _with(state, hub, replace(state.neighbours.get(hub, Neighbour()), accepted=True))
        case NeighbourEnded(hub):
            return _with(state, hub, replace(state.neighbours[hub], accepted=False))
        case NeighbourHeard(author, batch, upto, head, at):
            heard = replace(state.neighbours[author], batch=batch, upto=upto, head=head, heard=at)
            return _with(state, author, heard)
        case NeighbourForked(author, upto):
            return _with(state, author, replace(state.neighbours[author], forked=upto))
        case NeighbourSettled(author):
            return _with(state, author, replace(state.neighbours[author], forked=None))
        case _:
            assert_never(happened)


def _with(state: State, hub: HubId, neighbour: Neighbour) -> State:
    return replace(state, neighbours=state.neighbours.set(hub, neighbour))


def is_neighbour(state: State, author: HubId) -> bool:
    """Whether we have a pact with this hub now."""
    neighbour = state.neighbours.get(author)
    return neighbour is not None and neighbour.accepted


def heard(state: State, author: HubId) -> Position:
    """Up to which line we hold this hub's chain; 0 before anything was heard."""
    neighbour = state.neighbours.get(author)
    return neighbour.upto if neighbour is not None else NOWHERE


def takes_in(state: State, author: HubId) -> bool:
    """Whether we take in what this hub publishes now: a pact, and no two stories."""
    return is_neighbour(state, author) and state.neighbours[author].forked is None


def circle_of(happened: Events) -> Circle:
    """Pacts and forks are for everybody; what we hold of whom is for the house."""
    match happened:
        case NeighbourHeard():
            return Circle.ROOM
        case NeighbourAccepted() | NeighbourEnded() | NeighbourForked() | NeighbourSettled():
            return Circle.FEDERATION
        case _:
            assert_never(happened)
