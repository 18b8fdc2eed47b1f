"""The house: every institution's state, and the only place where institutions meet.

A request comes in, the institution it is for decides, and what follows elsewhere is decided here in
the same breath: who leaves lets go of what they had taken up, a certified amendment is in force, what
happened outside an article stands on the next agenda.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from hub.domain import (
    archive,
    assemblies,
    ballots,
    constitution,
    federation,
    ledger,
    membership,
    needs,
    roles,
    signups,
)
from hub.domain.base import (
    BALLOT_STEWARD,
    DAY,
    LEDGER_KEEPER,
    N_,
    Actor,
    Circle,
    Consequence,
    Context,
    DecisionId,
    Effect,
    MemberId,
    Millis,
    Position,
    Refusal,
    RoleName,
    Tier,
)

AnyEvent = (
    constitution.Events
    | membership.Events
    | roles.Events
    | assemblies.Events
    | signups.Events
    | needs.Events
    | ledger.Events
    | ballots.Events
    | federation.Events
    | archive.Events
)
AnyCommand = (
    constitution.Commands
    | membership.Commands
    | roles.Commands
    | assemblies.Commands
    | signups.Commands
    | needs.Commands
    | ledger.Commands
    | ballots.Commands
    | federation.Commands
    | archive.Commands
)


@dataclass(frozen=True, slots=True)
class House:
    """All that the rules remember."""

    constitution: constitution.State = field(default_factory=constitution.State)
    membership: membership.State = field(default_factory=membership.State)
    roles: roles.State = field(default_factory=roles.State)
    assemblies: assemblies.State = field(default_factory=assemblies.State)
    signups: signups.State = field(default_factory=signups.State)
    needs: needs.State = field(default_factory=needs.State)
    ledger: ledger.State = field(default_factory=ledger.State)
    ballots: ballots.State = field(default_factory=ballots.State)
    federation: federation.State = field(default_factory=federation.State)


@dataclass(frozen=True, slots=True)
class Person:
    """A person before us, as surely as `tier` says."""

    member: MemberId | None = None
    tier: Tier = Tier.NONE


NOBODY = Person()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, with whom, when, and everything else a decision needs from outside the rules.

    `fresh` is the id of the person a request brings in. `writer` is the actor of the line to redact,
    None where it has no words; `own_lines` is where a person to be forgotten wrote about themselves.
    `opening` and `emptied` come with opening and closing a secret ballot.
    """

    who: Person
    now: Millis
    second: Person = NOBODY
    fresh: str = ""
    clockwork: bool = False
    writer: str | None = None
    own_lines: Sequence[Position] = ()
    opening: ballots.Opening | None = None
    emptied: ballots.Emptied | None = None


def decide(house: House, request: AnyCommand, asking: Asking) -> tuple[list[AnyEvent], House]:
    """The facts a request leads to, with all that follows from them, and the house after. Raises Refusal."""
    check_tier(house, request.TIER, asking)
    context = _context(house, asking)
    facts: list[AnyEvent] = []
    pending: list[AnyEvent] = list(_decided(house, request, context, asking))
    while pending:
        fact = pending.pop(0)
        facts.append(fact)
        house = evolve(house, fact)
        pending = [*_consequences(house, fact, context, asking), *pending]
    return facts, house


def check_tier(house: House, least: Tier, asking: Asking) -> None:
    """Raise Refusal unless who asks is known surely enough, and still belongs."""
    if asking.clockwork:
        return
    if asking.who.tier < least:
        if least is Tier.PIN and asking.who.tier is Tier.CARD:
            raise Refusal("", N_("This needs your PIN too. Type it at the kiosk; a phone never takes it."))
        raise Refusal("", N_("Show your member card first."))
    for person in (asking.who, asking.second):
        if person.member is not None and not membership.belongs(house.membership, person.member):
            raise Refusal("", N_("This card is no longer valid. Ask two members to make out a new one."))


def _context(house: House, asking: Asking) -> Context:
    return Context(
        actor=_actor(house, asking.who, asking.now),
        now=asking.now,
        articles=house.constitution.articles,
        fresh=asking.fresh,
        second=_actor(house, asking.second, asking.now) if asking.second.member else None,
        forming=house.constitution.forming(asking.now),
        clockwork=asking.clockwork,
    )


def _actor(house: House, person: Person, now: Millis) -> Actor:
    if person.member is None:
        return Actor()
    return Actor(person.member, person.tier, roles.roles_of(house.roles, person.member, now))


def _held(house: House, now: Millis) -> frozenset[RoleName]:
    """The roles somebody holds now."""
    return frozenset(role for role in house.roles.roles if roles.holder(house.roles, role, now) is not None)


def _belongs(house: House, member: MemberId | None) -> bool:
    return membership.belongs(house.membership, member)


def _decided(house: House, request: AnyCommand, context: Context, asking: Asking) -> Iterable[AnyEvent]:
    if isinstance(request, constitution.Commands):
        return constitution.decide(house.constitution, request, context)
    if isinstance(request, membership.Commands):
        return membership.decide(house.membership, request, context)
    if isinstance(request, roles.Commands):
        return _of_roles(house, request, context)
    if isinstance(request, assemblies.Commands):
        return _of_assemblies(house, request, context)
    if isinstance(request, signups.Commands):
        return signups.decide(house.signups, request, context, belongs=lambda member: _belongs(house, member))
    if isinstance(request, needs.Commands):
        return needs.decide(house.needs, request, context)
    if isinstance(request, ledger.Commands):
        return _of_ledger(house, request, context)
    if isinstance(request, ballots.Commands):
        return _of_ballots(house, request, context, asking)
    if isinstance(request, federation.Commands):
        decisions = _decisions(house)
        return federation.decide(house.federation, request, context, own=house.constitution.hub, decisions=decisions)
    if isinstance(request, archive.Commands):
        return archive.decide(request, context, writer=asking.writer)
    assert_never(request)


def _of_assemblies(house: House, request: assemblies.Commands, context: Context) -> Iterable[AnyEvent]:
    return assemblies.decide(
        house.assemblies,
        request,
        context,
        active=len(membership.active(house.membership)),
        held=_held(house, context.now),
        roles=house.roles.roles,
        belongs=lambda member: _belongs(house, member),
    )


def _of_ballots(house: House, request: ballots.Commands, context: Context, asking: Asking) -> Iterable[AnyEvent]:
    if isinstance(request, ballots.OpenHandCount):
        _check_whom(house, request.effect)
    return ballots.decide(
        house.ballots,
        request,
        context,
        roll=membership.voters(house.membership),
        steward_held=BALLOT_STEWARD in _held(house, context.now),
        ephemeral=house.constitution.ephemeral,
        assemblies=house.assemblies.assemblies,
        decisions=_decisions(house),
        rests=house.constitution.closures,
        opening=asking.opening,
        emptied=asking.emptied,
    )


def _check_whom(house: House, effect: Effect) -> None:
    """Raise Refusal when a question about a person names no role or no member of this hub."""
    if effect.consequence in (Consequence.APPOINT, Consequence.RECALL):
        roles.check(house.roles, effect)
        if not _belongs(house, effect.member):
            raise Refusal("", N_("Choose whom this is about from the members."))


def _of_roles(house: House, request: roles.Commands, context: Context) -> Iterable[AnyEvent]:
    named = getattr(request, "to", getattr(request, "member", None))
    return roles.decide(
        house.roles,
        request,
        context,
        belongs=_belongs(house, named),
        active=len(membership.active(house.membership)),
        voter=context.actor.member in membership.voters(house.membership),
        decided=getattr(request, "decision", None) in _decisions(house),
    )


def _of_ledger(house: House, request: ledger.Commands, context: Context) -> Iterable[AnyEvent]:
    return ledger.decide(
        house.ledger,
        request,
        context,
        keeper_held=LEDGER_KEEPER in _held(house, context.now),
        decided=getattr(request, "decision", None) in _decisions(house),
        currency=house.constitution.currency,
    )


def _decisions(house: House) -> Sequence[DecisionId]:
    """The decisions others may act on: passed, in a meeting with quorum."""
    return assemblies.binding(house.assemblies)


def evolve(house: House, fact: AnyEvent) -> House:
    """The house after a fact."""
    if isinstance(fact, needs.Events):
        return replace(house, needs=needs.evolve(house.needs, fact))
    if isinstance(fact, membership.Events):
        return replace(house, membership=membership.evolve(house.membership, fact))
    if isinstance(fact, signups.Events):
        return replace(house, signups=signups.evolve(house.signups, fact))
    if isinstance(fact, ledger.Events):
        return replace(house, ledger=ledger.evolve(house.ledger, fact))
    if isinstance(fact, assemblies.Events):
        return replace(house, assemblies=assemblies.evolve(house.assemblies, fact))
    if isinstance(fact, roles.Events):
        return replace(house, roles=roles.evolve(house.roles, fact))
    if isinstance(fact, ballots.Events):
        roll = membership.voters(house.membership) if isinstance(fact, ballots.BallotOpened) else ()
        return replace(house, ballots=ballots.evolve(house.ballots, fact, roll=roll))
    if isinstance(fact, federation.Events):
        return replace(house, federation=federation.evolve(house.federation, fact))
    if isinstance(fact, constitution.Events):
        return replace(house, constitution=constitution.evolve(house.constitution, fact))
    if isinstance(fact, archive.Events):
        return house
    assert_never(fact)


def _consequences(house: House, fact: AnyEvent, context: Context, asking: Asking) -> Iterable[AnyEvent]:
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
            belongs = _belongs(house, effect.member)
            return roles.enact_appointment(house.roles, effect, context, decision, belongs=belongs)
        case Consequence.RECALL:
            return roles.enact_recall(house.roles, effect)
        case _:
            assert_never(effect.consequence)


def _outside(house: House, fact: AnyEvent) -> Iterable[AnyEvent]:
    """What happened outside an article stands on the next agenda by itself (life.md, 1)."""
    for article in getattr(fact, "outside", ()):
        yield from assemblies.notice(house.assemblies, assemblies.Because.OUTSIDE, article)


def due(house: House, now: Millis, unseen: Sequence[MemberId]) -> Iterable[AnyCommand]:
    """What the hub does by itself now. `unseen` are active members not seen for the months agreed."""
    state = house.constitution
    if not state.formed and now >= state.forming_until:
        yield constitution.EndForming()
    if constitution.resting(state, now) is not None:
        return
    ready = ballots.due(house.ballots, now, state.closures)
    yield from (ballots.CloseBallot(ballot) for ballot in ready.close)
    yield from (ballots.CertifyBallot(ballot) for ballot in ready.certify)
    if unseen:
        yield membership.Rest(tuple(unseen))
    yield from roles.due(house.roles, now)
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
        found += [(assemblies.Because.GAP, role) for role in roles.gaps(house.roles, now)]
    for because, article in found:
        if assemblies.notice(house.assemblies, because, article):
            yield assemblies.AddHubTopic(because, article, 0)


def audience(house: House, fact: AnyEvent) -> Circle:
    """Who may see a fact, judged in the house after it. FEDERATION is what goes on the street."""
    if not fact.STREET:
        return Circle.MEMBERS
    if isinstance(fact, needs.Events):
        return needs.circle_of(house.needs, fact)
    if isinstance(fact, signups.Events):
        return signups.circle_of(house.signups, fact)
    if isinstance(fact, ballots.Events):
        return ballots.circle_of(house.ballots, fact)
    if isinstance(fact, federation.Events):
        return federation.circle_of(fact)
    return Circle.FEDERATION


def guest_until(house: House, request: AnyCommand) -> Millis | None:
    """Until when the first name of a guest this request brings in is kept; None where it brings none."""
    if not isinstance(request, signups.SignUpGuest):
        return None
    signup = house.signups.signups.get(request.signup)
    return Millis((signup.starts if signup else 0) + DAY)


def guests(house: House) -> set[MemberId]:
    """Guests of an evening whose names are kept for now."""
    return signups.guests(house.signups)
