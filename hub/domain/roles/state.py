"""What the rules remember of roles, what a decision makes of them, and what others may ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain.base import DAY, ROLES, Context, DecisionId, Effect, MemberId, Millis, RoleName
from hub.domain.roles.facts import (
    Events,
    RecallPetitioned,
    RecallReached,
    RecallSupported,
    RecallUnsigned,
    RoleClosed,
    RoleCreated,
    RoleEnded,
    RoleFilled,
    RoleLearning,
    RoleLearningEnded,
    RoleTrained,
    Why,
)
from hub.domain.roles.requests import EndTerms

ENDS_SOON: Final = Millis(14 * DAY)
"""So long before a term ends, the roster and who holds the role are told."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the rules remember it.

    `last` held it for a full term until just now. `trained` can do it; `taught` are those whom the
    present holder trained. `petition` signed for a recall, which is voted on until `reached`.
    """

    member: MemberId | None = None
    until: Millis = Millis(0)
    provisional: bool = False
    last: MemberId | None = None
    learning: frozenset[MemberId] = frozenset()
    trained: frozenset[MemberId] = frozenset()
    taught: frozenset[MemberId] = frozenset()
    petition: frozenset[MemberId] = frozenset()
    reached: Millis = Millis(0)


@dataclass(frozen=True, slots=True)
class State:
    """Every role of this hub. `created` is how many beside the first four there ever were."""

    roles: Map[RoleName, Role] = field(default_factory=lambda: Map({role: Role() for role in ROLES}))
    created: int = 0


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case RoleCreated(role):
            return replace(state, roles=state.roles.set(role, Role()), created=state.created + 1)
        case RoleClosed(role):
            return replace(state, roles=state.roles.delete(role))
        case RoleFilled():
            return _filled(state, happened)
        case RoleEnded(role, member, why):
            before = state.roles[role]
            last = member if why is Why.TERM else before.last
            return _with(state, role, Role(last=last, learning=before.learning, trained=before.trained))
        case RoleLearning(role, member):
            before = state.roles[role]
            return _with(state, role, replace(before, learning=before.learning | {member}))
        case RoleLearningEnded(role, member):
            return _with(state, role, _without(state.roles[role], member))
        case RoleTrained(role, member):
            before = state.roles[role]
            learned, trained = before.learning - {member}, before.trained | {member}
            return _with(
                state, role, replace(before, learning=learned, trained=trained, taught=before.taught | {member})
            )
        case RecallPetitioned(role, _, by):
            return _with(state, role, replace(state.roles[role], petition=frozenset({by}), reached=Millis(0)))
        case RecallSupported(role, by):
            before = state.roles[role]
            return _with(state, role, replace(before, petition=before.petition | {by}))
        case RecallUnsigned(role, by):
            before = state.roles[role]
            return _with(state, role, replace(before, petition=before.petition - {by}))
        case RecallReached(role, _, until):
            return _with(state, role, replace(state.roles[role], reached=until))
        case _:
            assert_never(happened)


def _with(state: State, name: RoleName, role: Role) -> State:
    return replace(state, roles=state.roles.set(name, role))


def _filled(state: State, happened: RoleFilled) -> State:
    """Somebody holds it: what was signed against who held it before is no longer open."""
    before = state.roles[happened.role]
    role = Role(happened.member, happened.until, happened.provisional, trained=before.trained)
    if before.member == happened.member:
        role = replace(role, taught=before.taught)
    role = replace(role, learning=before.learning - {happened.member})
    return _with(state, happened.role, role)


def _without(role: Role, member: MemberId) -> Role:
    gone = {member}
    return replace(role, learning=role.learning - gone, trained=role.trained - gone, taught=role.taught - gone)


# What a decision makes of a role


def enact_appointment(
    state: State, effect: Effect, context: Context, decision: DecisionId | None, *, belongs: bool = True
) -> list[Events]:
    """The facts of a certified appointment: whoever held the role no longer does.

    A decision is never refused: what it is outside of is marked. `belongs`: whom it is about is still
    a member.
    """
    name, member = RoleName(effect.name), effect.member
    role = state.roles.get(name)
    if role is None or member is None or not belongs:
        return []
    ended: list[Events] = []
    if role.member is not None and role.member != member:
        ended = [RoleEnded(name, role.member, Why.REPLACED)]
    outside = _outside(state, name, member, context)
    until = Millis(context.now + context.articles.term_days * DAY)
    return [*ended, RoleFilled(name, member, context.now, until, False, decision, outside)]


def _outside(state: State, name: RoleName, member: MemberId, context: Context) -> tuple[str, ...]:
    """Whether somebody follows themselves after a full term, or would hold two of the four roles."""
    role = state.roles[name]
    follows = role.last == member or (role.member == member and not role.provisional)
    crowded = not context.forming and holds_another(state, name, member, context.now)
    return ("rotation",) if context.articles.rotation and (follows or crowded) else ()


def holds_another(state: State, name: RoleName, member: MemberId, now: Millis) -> bool:
    """Whether a member holds another of the four roles every hub has, and this is one of them."""
    return name in ROLES and bool(roles_of(state, member, now) & (set(ROLES) - {name}))


def enact_recall(state: State, effect: Effect) -> list[Events]:
    """The facts of a certified recall, in force at once. Nothing where they no longer hold the role."""
    name = RoleName(effect.name)
    role = state.roles.get(name)
    if role is None or role.member is None or role.member != effect.member:
        return []
    return [RoleEnded(name, role.member, Why.RECALLED)]


def vacate(state: State, gone: MemberId) -> list[Events]:
    """A member left or died: their roles show as gaps, and their name stands on nothing that is open."""
    facts: list[Events] = []
    for name, role in sorted(state.roles.items()):
        if role.member == gone:
            facts.append(RoleEnded(name, gone, Why.LEFT))
        if gone in role.learning | role.trained:
            facts.append(RoleLearningEnded(name, gone))
        if gone in role.petition and role.member != gone:
            facts.append(RecallUnsigned(name, gone))
    return facts


# What others may ask


def over(state: State, now: Millis) -> list[tuple[RoleName, MemberId]]:
    """The roles whose term has run out, and who held them."""
    return [
        (name, role.member)
        for name, role in sorted(state.roles.items())
        if role.member is not None and now >= role.until
    ]


def due(state: State, now: Millis) -> Iterable[EndTerms]:
    """What the hub has to do about terms now."""
    return [EndTerms()] if over(state, now) else []


def holder(state: State, name: RoleName, now: Millis) -> MemberId | None:
    """Who holds a role now; nobody once its term has run out."""
    role = state.roles.get(name)
    return role.member if role is not None and now < role.until else None


def roles_of(state: State, member: MemberId, now: Millis) -> frozenset[RoleName]:
    """The roles a member holds now."""
    return frozenset(name for name in state.roles if holder(state, name, now) == member)


def gaps(state: State, now: Millis) -> list[RoleName]:
    """Roles nobody holds now."""
    return sorted(name for name in state.roles if holder(state, name, now) is None)


def ending(state: State, now: Millis) -> list[RoleName]:
    """Roles whose term ends soon: the next assembly fills them."""
    return sorted(
        name
        for name, role in state.roles.items()
        if holder(state, name, now) is not None and now >= role.until - ENDS_SOON
    )


def petitioned(state: State, now: Millis) -> list[RoleName]:
    """Roles for whose recall enough members signed, as long as its vote is due."""
    return sorted(name for name, role in state.roles.items() if role.petition and now < role.reached)


def unconfirmed(state: State, now: Millis) -> list[RoleName]:
    """Roles somebody holds that no assembly has confirmed."""
    return sorted(name for name in state.roles if state.roles[name].provisional and holder(state, name, now))
