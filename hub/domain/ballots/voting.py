"""Voting: who may put what into the box. Nothing here is a fact, nothing here enters the log."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Final, assert_never

from hub.domain import tally
from hub.domain.ballots.facts import Method
from hub.domain.ballots.requests import MOST_OPTIONS
from hub.domain.ballots.state import Ballot, State, deadline, voting
from hub.domain.base import N_, BallotId, MemberId, Millis, Refusal, Tier
from hub.domain.deadlines import Rests
from hub.domain.tally import Choice

CAST_TIER: Final = Tier.PIN
"""What a secret vote asks of a card."""
CHOICE_BYTES: Final = 64


def check_cast(state: State, ballot: BallotId, member: MemberId, choice: Choice, now: Millis, rests: Rests = ()) -> int:
    """The voter's place on the roll, from 0: all the box may learn of them. Raises Refusal."""
    found = voting(state, ballot)
    if now >= deadline(found, rests):
        raise Refusal("ballot_days", N_("The time for this ballot is over. Your vote was not cast."))
    place = bisect_left(found.roll, member)
    if place == len(found.roll) or found.roll[place] != member:
        raise Refusal(
            "voting_age",
            N_("This ballot is for those who could vote when it opened. You can vote in the next one."),
        )
    if not is_choice(found, choice):
        raise Refusal("", N_("That is not one of the answers. Your vote was not cast; choose again."))
    return place


def voted_already() -> Refusal:
    """The no to a second vote. Only the box knows who voted, so only who holds it can say this."""
    return Refusal("", N_("You have voted in this already. It cannot be changed: nobody can find your vote."))


def is_choice(ballot: Ballot, choice: Choice) -> bool:
    """Whether a choice can be given in this ballot: one answer, or any options in rising order."""
    match ballot.method:
        case Method.HANDS:
            return False
        case Method.YES_NO:
            return choice in ((tally.YES,), (tally.NO,), (tally.ABSTAIN,))
        case Method.APPROVAL:
            rising = all(one < other for one, other in pairwise(choice))
            return rising and all(1 <= option <= ballot.options for option in choice)
        case _:
            assert_never(ballot.method)


def encode_choice(choice: Choice) -> bytes:
    """A choice for a sealed slot: always as long, whatever was chosen and whichever the method."""
    marks = sum(1 << option for option in set(choice))
    return marks.to_bytes(CHOICE_BYTES, "little")


def decode_choice(content: bytes) -> Choice:
    """The choice in a slot. Raises ValueError when it is none: such a ballot is spoiled."""
    marks = int.from_bytes(content, "little")
    if len(content) != CHOICE_BYTES or marks & 1 or marks >> (MOST_OPTIONS + 1):
        raise ValueError("this is not a choice")
    return tuple(option for option in range(1, MOST_OPTIONS + 1) if marks >> option & 1)


def turnout_about(cast: int) -> int:
    """How many have voted, in tens: all anybody learns while a ballot is open."""
    return (cast + 5) // 10 * 10
