"""Closing a secret ballot: the box is emptied once, its content told as sums, and the result stands
when nobody objects in time, or when an assembly says so."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from hub.domain import tally
from hub.domain.ballots.facts import (
    BallotAnnulled,
    BallotCertified,
    BallotClosed,
    BallotReleased,
    Method,
    Phase,
    Terms,
    Why,
)
from hub.domain.ballots.opening import salted_hash
from hub.domain.ballots.requests import Emptied, SettleObjection
from hub.domain.ballots.roll import marked
from hub.domain.ballots.state import GONE, Ballot, State, deadline, objections_end, voting
from hub.domain.ballots.voting import is_choice
from hub.domain.base import (
    BALLOT_STEWARD,
    DAY,
    N_,
    BallotId,
    Context,
    DecisionId,
    MemberId,
    Millis,
    Refusal,
)
from hub.domain.deadlines import Rests
from hub.domain.tally import Choice

BY_ITSELF: Final = N_("The hub does this by itself when the time has come.")


def check_close(state: State, ballot: BallotId, cast: int, now: Millis, rests: Rests = ()) -> None:
    """Raise Refusal unless this ballot may close now. To be asked BEFORE the box is opened."""
    found = voting(state, ballot)
    if now < deadline(found, rests) and cast < len(found.roll):
        raise Refusal("ballot_days", N_("It closes by itself when its time is over, or when all have voted."))


def closed(state: State, number: BallotId, now: Millis, box: Emptied) -> list[BallotClosed | BallotReleased]:
    """The end of voting and what was in the box, in one breath. What cannot be read is spoiled."""
    ballot = state.ballots[number]
    if len(box.choices) > box.cast:
        raise ValueError("the box holds more choices than votes")
    if any(place >= len(ballot.roll) for place in marked(box.struck)):
        raise ValueError("the struck roll is not this ballot's")
    read = [choice for choice in box.choices if is_choice(ballot, choice)]
    one_choice = ballot.method is Method.YES_NO
    options = tally.ABSTAIN if one_choice else ballot.options
    hidden = tally.patterns_hide(len(read), options, one_choice=one_choice)
    released = BallotReleased(
        ballot=number,
        cast=box.cast,
        spoiled=box.cast - len(read),
        sums=_sums(read, options, one_choice),
        patterns=tally.patterns(read) if hidden else (),
        nonce=box.nonce,
        until=Millis(now + ballot.terms.objection_days * DAY),
    )
    over = BallotClosed(number, now, released.cast, released.spoiled, box.struck, commitment(released))
    return [over, released]


def _sums(read: list[Choice], options: int, one_choice: bool) -> tuple[int, ...]:
    """Yes, no and abstentions; or approvals of each option, and last of none."""
    *marks, none = tally.sums(read, options)
    return tuple(marks) if one_choice else (*marks, none)


def commitment(released: BallotReleased) -> str:
    """SHA-256 of the nonce and of what was released, as canonical JSON."""
    names = ("ballot", "cast", "spoiled", "sums", "patterns")
    return salted_hash(released.nonce, {name: getattr(released, name) for name in names})


def may_object(state: State, number: BallotId, context: Context, rests: Rests) -> None:
    """Raise Refusal unless the actor may object now: any member, once, in time."""
    ballot = state.ballots.get(number)
    if ballot is None or ballot.phase not in (Phase.RELEASED, Phase.OBJECTED):
        raise Refusal("objection_days", N_("You can object once a ballot has closed and its result is up."))
    if context.by in ballot.objectors:
        raise Refusal("objection_days", N_("You have objected already. The next meeting decides."))
    if context.now >= objections_end(ballot, rests):
        raise Refusal(
            "objection_days", N_("The days for objections are over. Bring it to the next meeting as a topic.")
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a count comes to: passed or not, the option chosen by approval (0 for none), quorum or not."""

    passed: bool
    winner: int
    quorum_met: bool


def outcome(terms: Terms, lots: Sequence[int], sums: Sequence[int], cast: int) -> Outcome:
    """What the sums come to by the printed rules. Without quorum nothing is passed; it is advice.

    Where `lots` are printed it is an approval, else yes, no and abstentions.
    """
    quorum_met = cast >= terms.needed
    if not lots:
        yes, no, _ = sums
        return Outcome(quorum_met and terms.carried(yes, no), tally.NOBODY_WINS, quorum_met)
    *approvals, none = sums
    winner = tally.approval_winner(approvals, none, lots)
    return Outcome(quorum_met and winner != tally.NOBODY_WINS, winner, quorum_met)


def certified(number: BallotId, ballot: Ballot, decision: DecisionId | None) -> BallotCertified:
    """The result as it stands from now on."""
    found = outcome(ballot.terms, ballot.lots, ballot.sums, ballot.cast)
    return BallotCertified(number, found.passed, found.winner, found.quorum_met, ballot.effect, decision)


def settled(
    state: State, request: SettleObjection, decisions: Container[DecisionId]
) -> BallotCertified | BallotAnnulled:
    """What an assembly decided about an objection, entered by its number in the minutes."""
    ballot = state.ballots.get(request.ballot)
    if ballot is None or ballot.phase is not Phase.OBJECTED:
        raise Refusal("objection_days", N_("Nobody has objected to this ballot, or it is settled."))
    if request.decision not in decisions:
        raise Refusal("objection_days", N_("Enter the meeting's decision in the minutes first."))
    if not request.certify:
        return BallotAnnulled(request.ballot, Why.OBJECTION, (), request.decision)
    if ballot.specimen:
        raise Refusal("", N_("This was an example. It never counts as a real vote."))
    return certified(request.ballot, ballot, request.decision)


def annulling(state: State, number: BallotId, why: Why, context: Context) -> tuple[MemberId, ...]:
    """Who takes an open question back: nobody where the hub itself has lost it. Raises Refusal."""
    ballot = state.ballots.get(number)
    if ballot is None or ballot.phase not in (Phase.OPEN, Phase.PAUSED):
        raise Refusal("", GONE)
    if context.clockwork and why in (Why.RESTORED, Why.BOX_LOST):
        return ()
    if why is not Why.WITHDRAWN:
        raise Refusal("", BY_ITSELF)
    pair = context.two_people("")
    roles = context.actor.roles | (context.second.roles if context.second else frozenset())
    if ballot.by not in pair and BALLOT_STEWARD not in roles:
        raise Refusal("", N_("Who opened it can take it back, or the ballot steward, with a second member."))
    return pair
