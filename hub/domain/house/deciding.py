"""Deciding: a request goes to the institution it is for, with what the others know of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    LEDGER_KEEPER,
    N_,
    Actor,
    Consequence,
    Context,
    DecisionId,
    Effect,
    MemberId,
    Millis,
    Refusal,
    RoleName,
    Tier,
)
from hub.domain.house.ages import check_age
from hub.domain.house.following import consequences
from hub.domain.house.state import AnyCommand, AnyEvent, Asking, House, Person, evolve


def decide(house: House, request: AnyCommand, asking: Asking) -> tuple[list[AnyEvent], House]:
    """The facts a request leads to, with all that follows from them, and the house after. Raises Refusal."""
    check_tier(house, request.TIER, asking)
    check_age(house, request, asking)
    context = _context(house, asking)
    facts: list[AnyEvent] = []
    pending: list[AnyEvent] = list(_decided(house, request, context, asking))
    while pending:
        fact = pending.pop(0)
        facts.append(fact)
        house = evolve(house, fact)
        pending = [*consequences(house, fact, context, asking), *pending]
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
        return archive.decide(request, context, writer=asking.writer, kind=asking.line_kind)
    assert_never(request)


def _of_assemblies(house: House, request: assemblies.Commands, context: Context) -> Iterable[AnyEvent]:
    return assemblies.decide(
        house.assemblies,
        request,
        context,
        active=len(membership.active(house.membership)),
        held=_held(house, context.now),
        roles=house.roles.roles,
        petitioned=roles.petitioned(house.roles, context.now),
        belongs=lambda member: _belongs(house, member),
    )


def _of_ballots(house: House, request: ballots.Commands, context: Context, asking: Asking) -> Iterable[AnyEvent]:
    if isinstance(request, ballots.OpenHandCount):
        _check_whom(house, request.effect, context)
    return ballots.decide(
        house.ballots,
        request,
        context,
        roll=membership.voters(house.membership),
        steward_held=BALLOT_STEWARD in _held(house, context.now),
        ephemeral=house.constitution.ephemeral,
        assemblies=assemblies.met(house.assemblies),
        decisions=_decisions(house),
        rests=house.constitution.closures,
        opening=asking.opening,
        emptied=asking.emptied,
    )


def _check_whom(house: House, effect: Effect, context: Context) -> None:
    """Raise Refusal when a question about a person names no role or no member, or is not signed for."""
    if effect.consequence not in (Consequence.APPOINT, Consequence.RECALL):
        return
    roles.check(house.roles, effect)
    if not membership.of_age(house.membership, effect.member):
        raise Refusal("voting_age", N_("Choose whom this is about from the members of voting age."))
    signed = RoleName(effect.name) in roles.petitioned(house.roles, context.now)
    if effect.consequence is Consequence.RECALL and not signed and not context.forming:
        unsigned = N_("A recall begins under Roles: enough members sign for it openly, then it is voted on.")
        raise Refusal("recall_petition", unsigned)


def _of_roles(house: House, request: roles.Commands, context: Context) -> Iterable[AnyEvent]:
    """A role is handed to members of voting age alone, as it is taken by them alone."""
    named = getattr(request, "to", getattr(request, "member", None))
    return roles.decide(
        house.roles,
        request,
        context,
        belongs=membership.of_age(house.membership, named),
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
