"""A show of hands: put to a meeting, counted by two tellers, certified when they counted the same."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import assert_never

from hub.domain.amending import value_of
from hub.domain.ballots.closing import outcome
from hub.domain.ballots.facts import (
    Count,
    HandsCertified,
    HandsCounted,
    HandsDiffered,
    HandsOpened,
    Method,
    Phase,
)
from hub.domain.ballots.opening import next_number, somebody, terms
from hub.domain.ballots.requests import EnterCount, OpenHandCount
from hub.domain.ballots.state import GONE, Ballot, State
from hub.domain.base import (
    N_,
    AssemblyId,
    BallotId,
    Consequence,
    Context,
    Effect,
    MemberId,
    Refusal,
    typed,
    within,
)


def opened(
    state: State,
    request: OpenHandCount,
    context: Context,
    roll: Sequence[MemberId],
    assemblies: Container[AssemblyId],
) -> HandsOpened:
    """The question as it is put. One that changes a rule or a role needs a meeting that has begun.

    In the forming season a show of hands is enough: there may be no meetings yet (life.md, 5).
    """
    somebody(roll)
    _of_age(context, roll)
    if request.assembly is not None and request.assembly not in assemblies:
        raise Refusal("", N_("That meeting has not begun. Open the meeting first, or leave it out."))
    _check(request.effect)
    binding = request.effect.consequence is not Consequence.NOTHING
    if binding and request.assembly is None and not context.forming:
        raise Refusal("", N_("Rules and roles are decided in a meeting. Count the hands on its page."))
    return HandsOpened(
        next_number(state),
        request.assembly,
        context.by,
        request.effect,
        terms(context.articles, request.effect, len(roll)),
        typed(request.text),
    )


def _of_age(context: Context, roll: Sequence[MemberId]) -> None:
    if context.by not in roll:
        raise Refusal("voting_age", N_("Counting hands is for members of voting age. Ask another member."))


def _check(effect: Effect) -> None:
    """Raise Refusal for an effect that could not be carried out once the question has passed."""
    match effect.consequence:
        case Consequence.AMEND:
            value_of(effect.name, effect.value)
        case Consequence.APPOINT | Consequence.RECALL:
            if not effect.name or effect.member is None:
                raise Refusal("", N_("Say which role, and whose it is about."))
        case Consequence.NOTHING:
            pass
        case _:
            assert_never(effect.consequence)


Counted = HandsCounted | HandsDiffered | HandsCertified


def counted(state: State, request: EnterCount, context: Context, roll: Sequence[MemberId]) -> list[Counted]:
    """One teller's count, and with a second teller's what follows from the two."""
    number, teller = request.ballot, context.by
    ballot = _counting(state, number)
    _of_age(context, roll)
    if teller == ballot.effect.member:
        raise Refusal("", N_("This is about you: two others count."))
    count = _plausible(Count(request.yes, request.no, request.abstain), ballot.terms.base)
    first = HandsCounted(number, teller, count)
    other = next(((who, theirs) for who, theirs in ballot.counts.items() if who != teller), None)
    if other is None:
        return [first]
    who, theirs = other
    if theirs != count:
        return [first, HandsDiffered(number, (who, teller), (theirs, count))]
    found = outcome(ballot.terms, (), (count.yes, count.no, count.abstain), count.all)
    certified = HandsCertified(number, (who, teller), count, found.passed, found.quorum_met, ballot.effect)
    return [first, certified]


def _counting(state: State, number: BallotId) -> Ballot:
    ballot = state.ballots.get(number)
    if ballot is None or ballot.method is not Method.HANDS or ballot.phase is not Phase.OPEN:
        raise Refusal("", GONE)
    return ballot


def _plausible(count: Count, base: int) -> Count:
    """The count, if so many may vote here. The hub does not certify more hands than voters."""
    message = N_("Only {most} people can vote here. Ask who may raise a hand, and count again.")
    for hands in (count.yes, count.no, count.abstain, count.all):
        within(hands, 0, base, message)
    return count
