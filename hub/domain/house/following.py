"""What follows: from one institution's fact for the others, and from time for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from hub.domain import archive, assemblies, ballots, constitution, ledger, membership, needs, roles, signups
from hub.domain.base import Consequence, Context, DecisionId, Effect, MemberId, Millis
from hub.domain.house.state import AnyCommand, AnyEvent, Asking, House


def consequences(house: House, fact: AnyEvent, context: Context, asking: Asking) -> Iterable[AnyEvent]:
    """What one institution's fact means for the others, judged in the house after it."""
    match fact:
        case membership.MemberLeft(member) | membership.MemberDied(member):
            yield from needs.vacate(house.needs, member)
            yield from signups.vacate(house.signups, member, context.now)
            yield from roles.vacate(house.roles, member)
        case membership.MemberForgotten():
            yield from (archive.WordsRedacted(place, ()) for place in asking.own_lines)
        case assemblies.DecisionMinuted() if assemblies.takes_effect(fact):
            yield from _enacted(house, fact.effect, context, fact.decision)
        case ballots.HandsCertified() | ballots.BallotCertified() if fact.passed and fact.quorum_met:
            yield from _enacted(house, fact.effect, context, None)
    yield from _outside(house, fact)


def _enacted(house: House, effect: Effect, context: Context, decision: DecisionId | None) -> Iterable[AnyEvent]:
    """A decision's consequence, the moment it is certified."""
    match effect.consequence:
        case Consequence.NOTHING:
            return []
        case Consequence.AMEND:
            return constitution.enact(house.constitution, effect)
        case Consequence.APPOINT:
            belongs = membership.belongs(house.membership, effect.member)
            return roles.enact_appointment(house.roles, effect, context, decision, belongs=belongs)
        case Consequence.RECALL:
            return roles.enact_recall(house.roles, effect)
        case _:
            assert_never(effect.consequence)


def _outside(house: House, fact: AnyEvent) -> Iterable[AnyEvent]:
    """What happened outside an article stands on the next agenda by itself (life.md, 1).

    Outside two articles it is two topics: the second is numbered after the first.
    """
    state = house.assemblies
    for article in getattr(fact, "outside", ()):
        for topic in assemblies.notice(state, assemblies.Because.OUTSIDE, article):
            state = assemblies.evolve(state, topic)
            yield topic


def due(house: House, now: Millis, unseen: Sequence[MemberId]) -> Iterable[AnyCommand]:
    """What the hub does by itself now. `unseen` are active members not seen for the months agreed."""
    state = house.constitution
    if not state.formed and now >= state.forms_until:
        yield constitution.EndForming()
    if constitution.resting(state, now) is not None:
        return
    ready = ballots.due(house.ballots, now, state.closures)
    yield from (ballots.CloseBallot(ballot) for ballot in ready.close)
    yield from (ballots.CertifyBallot(ballot) for ballot in ready.certify)
    if unseen:
        yield membership.Rest(tuple(unseen))
    yield from roles.due(house.roles, now)
    if assemblies.meeting_now(house.assemblies) is None:  # what a meeting settles does not come back to it
        yield from _topics(house, now)


def _topics(house: House, now: Millis) -> Iterable[AnyCommand]:
    """What the hub brings before the next assembly by itself."""
    articles = house.constitution.articles
    found: list[tuple[assemblies.Because, str]] = []
    if ledger.budget_overdue(house.ledger, articles, now):
        found.append((assemblies.Because.BUDGET_LATE, "budget_days"))
    if ledger.unexplained(house.ledger):
        found.append((assemblies.Because.UNEXPLAINED, ""))
    if len(membership.active(house.membership)) > articles.split_at:
        found.append((assemblies.Because.SPLIT, "split_at"))
    if house.constitution.formed:
        found += _of_roles(house, now)
    for because, article in found:
        if assemblies.notice(house.assemblies, because, article):
            yield assemblies.AddHubTopic(because, article, 0)


def _of_roles(house: House, now: Millis) -> Iterable[tuple[assemblies.Because, str]]:
    """Roles nobody holds, roles whose term ends soon, and roles somebody has for now.

    A role without a holder is no second topic where the meeting is asked already who does it next.
    """
    because, ending = assemblies.Because, roles.ending(house.roles, now)
    yield from (
        (because.GAP, role)
        for role in roles.gaps(house.roles, now)
        if assemblies.notice(house.assemblies, because.ENDING, role)
    )
    yield from ((because.ENDING, role) for role in ending)
    yield from ((because.UNCONFIRMED, role) for role in roles.unconfirmed(house.roles, now) if role not in ending)
