"""Ballots: open hand counts, and secret walk-up ballots by yes / no or by approval (ballots.md).

A hand count stands when two tellers counted the same. A walk-up ballot keeps the roll and the box
apart: the roll freezes when it opens, a vote is never a fact of the log, and what was chosen comes
out of the box once, as sums, when it has closed. An open ballot keeps the rules it was printed with.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import assert_never

from hub.domain.ballots import hands
from hub.domain.ballots.closing import (
    BY_ITSELF,
    Outcome,
    annulling,
    certified,
    check_close,
    closed,
    commitment,
    may_object,
    outcome,
    settled,
)
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
    Why,
)
from hub.domain.ballots.opening import may_open, may_walk_up, opened, text_hash
from hub.domain.ballots.requests import (
    LEAST_OPTIONS,
    LONGEST,
    MOST_OPTIONS,
    SHORTEST,
    AnnulBallot,
    CertifyBallot,
    CloseBallot,
    Commands,
    Emptied,
    EnterCount,
    ObjectToBallot,
    OpenBallot,
    OpenHandCount,
    Opening,
    PauseBallot,
    ResumeBallot,
    SettleObjection,
)
from hub.domain.ballots.roll import bitmap, marked, roll_hash
from hub.domain.ballots.state import (
    Ballot,
    Due,
    State,
    circle_of,
    deadline,
    due,
    evolve,
    objections_end,
    secret_open,
    voting,
)
from hub.domain.ballots.voting import (
    CAST_TIER,
    CHOICE_BYTES,
    check_cast,
    decode_choice,
    encode_choice,
    is_choice,
    turnout_about,
    voted_already,
)
from hub.domain.base import (
    BALLOT_STEWARD,
    N_,
    AssemblyId,
    Context,
    DecisionId,
    MemberId,
    Millis,
    Refusal,
    typed,
)
from hub.domain.deadlines import Rests

__all__ = [
    "CAST_TIER",
    "CHOICE_BYTES",
    "LEAST_OPTIONS",
    "LONGEST",
    "MOST_OPTIONS",
    "SHORTEST",
    "AnnulBallot",
    "Ballot",
    "BallotAnnulled",
    "BallotCertified",
    "BallotClosed",
    "BallotObjected",
    "BallotOpened",
    "BallotPaused",
    "BallotReleased",
    "BallotResumed",
    "CertifyBallot",
    "CloseBallot",
    "Commands",
    "Count",
    "Due",
    "Emptied",
    "EnterCount",
    "Events",
    "HandsCertified",
    "HandsCounted",
    "HandsDiffered",
    "HandsOpened",
    "Method",
    "ObjectToBallot",
    "OpenBallot",
    "OpenHandCount",
    "Opening",
    "Outcome",
    "PauseBallot",
    "Phase",
    "Rests",
    "ResumeBallot",
    "SettleObjection",
    "State",
    "Terms",
    "Why",
    "bitmap",
    "check_cast",
    "check_close",
    "circle_of",
    "commitment",
    "deadline",
    "decide",
    "decode_choice",
    "due",
    "encode_choice",
    "evolve",
    "is_choice",
    "marked",
    "objections_end",
    "outcome",
    "roll_hash",
    "secret_open",
    "text_hash",
    "turnout_about",
    "voted_already",
    "voting",
]


def decide(
    state: State,
    request: Commands,
    context: Context,
    *,
    roll: Sequence[MemberId] = (),
    steward_held: bool = False,
    ephemeral: bool = False,
    assemblies: Container[AssemblyId] = (),
    decisions: Container[DecisionId] = (),
    rests: Rests = (),
    opening: Opening | None = None,
    emptied: Emptied | None = None,
) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `roll` is everybody who may vote now, sorted. `steward_held`: somebody is ballot steward today.
    `assemblies` are the meetings that have begun, `decisions` those an assembly has recorded.
    `opening` comes with `open_ballot`, `emptied` with `close_ballot`, both from the service.
    """
    match request:
        case OpenHandCount():
            return [hands.opened(state, request, context, roll, assemblies)]
        case EnterCount():
            return [*hands.counted(state, request, context, roll)]
        case OpenBallot():
            may_open(context, roll, steward_held)
            may_walk_up(request, context)
            assert opening is not None, "the service draws the lots"
            specimen = request.specimen or ephemeral
            return [opened(state, request, context, roll, opening, specimen=specimen)]
        case PauseBallot(ballot):
            voting(state, ballot)
            return [BallotPaused(ballot, _halting(context), context.now)]
        case ResumeBallot():
            return [_resumed(state, request, context)]
        case CloseBallot(ballot):
            voting(state, ballot)
            assert emptied is not None, "an open ballot has a box, and the service empties it"
            check_close(state, ballot, emptied.cast, context.now, rests)
            return [*closed(state, ballot, context.now, emptied)]
        case ObjectToBallot(ballot, reason):
            may_object(state, ballot, context, rests)
            return [BallotObjected(ballot, context.by, typed(reason))]
        case CertifyBallot(ballot):
            if not context.clockwork or ballot not in due(state, context.now, rests).certify:
                raise Refusal("objection_days", BY_ITSELF)
            return [certified(ballot, state.ballots[ballot], None)]
        case SettleObjection():
            return [settled(state, request, decisions)]
        case AnnulBallot(ballot, why):
            return [BallotAnnulled(ballot, why, annulling(state, ballot, why, context), None)]
        case _:
            assert_never(request)


def _halting(context: Context) -> tuple[MemberId, ...]:
    """Who may stop a vote and let it go on: the steward alone, or any two."""
    if BALLOT_STEWARD in context.actor.roles:
        return (context.by,)
    return context.two_people("")


def _resumed(state: State, request: ResumeBallot, context: Context) -> BallotResumed:
    ballot = state.ballots.get(request.ballot)
    if ballot is None or ballot.phase is not Phase.PAUSED:
        raise Refusal("", N_("Voting has not stopped in this ballot."))
    longer = max(0, context.now - ballot.paused)
    return BallotResumed(request.ballot, _halting(context), Millis(ballot.closes + longer))
