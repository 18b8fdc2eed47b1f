"""Roles: held for a term, handed over, recalled at once. None of them is an administrator.

In the forming season roles are provisional and anybody may take a free one; afterwards an assembly or
a ballot fills them. Stepping down is always possible, today; a role nobody holds shows as a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final, assert_never

from immutables import Map

from hub.domain.base import (
    DAY,
    LEDGER_KEEPER,
    ROLES,
    Circle,
    Command,
    Context,
    DecisionId,
    Effect,
    Event,
    Kind,
    MemberId,
    Millis,
    N_,
    Refusal,
    RoleName,
    Tier,
    Words,
    command,
    event,
    optional,
    typed,
)


class Why(Kind):
    """Why somebody no longer holds a role."""

    TERM = "term"
    STEPPED_DOWN = "stepped_down"
    HANDED_OVER = "handed_over"
    LEFT = "left"
    RECALLED = "recalled"


@event("role.filled", street=True)
class RoleFilled(Event):
    """Somebody holds a role from now until its term ends. `decision` is the assembly's, if it was one."""

    role: RoleName
    member: MemberId
    until: Millis
    provisional: bool
    decision: DecisionId | None


@event("role.ended", street=True)
class RoleEnded(Event):
    """Somebody no longer holds a role."""

    role: RoleName
    member: MemberId
    why: Why


@event("role.learning")
class RoleLearning(Event):
    """A member is learning a role beside whoever holds it."""

    role: RoleName
    member: MemberId


@event("role.trained")
class RoleTrained(Event):
    """Who holds the role says that this member can do it."""

    role: RoleName
    member: MemberId
    by: MemberId


@event("recall.petitioned")
class RecallPetitioned(Event):
    """A member openly asks for a recall."""

    role: RoleName
    member: MemberId
    by: MemberId
    reason: Words


@event("recall.supported")
class RecallSupported(Event):
    """Another member openly signs the petition."""

    role: RoleName
    by: MemberId


@event("recall.reached", street=True)
class RecallReached(Event):
    """Enough members signed: it is voted until this moment, in a meeting ballot."""

    role: RoleName
    member: MemberId
    until: Millis


Events = RoleFilled | RoleEnded | RoleLearning | RoleTrained | RecallPetitioned | RecallSupported | RecallReached


@command("take_role", Tier.CARD)
class TakeRole(Command):
    """Take a free role for now, in the forming season."""

    role: RoleName


@command("step_down", Tier.CARD)
class StepDown(Command):
    """Lay a role down, today."""

    role: RoleName


@command("hand_over_role", Tier.PIN)
class HandOver(Command):
    """Pass a role on to somebody who learned it, for the rest of its term."""

    role: RoleName
    to: MemberId


@command("learn_role", Tier.CARD)
class Learn(Command):
    """Learn a role beside whoever holds it."""

    role: RoleName


@command("confirm_trained", Tier.CARD)
class ConfirmTrained(Command):
    """Say, as who holds the role, that this member can do it."""

    role: RoleName
    member: MemberId


@command("petition_recall", Tier.CARD)
class PetitionRecall(Command):
    """Ask openly for a recall, or sign one that is asked for."""

    role: RoleName
    reason: Words = field(default_factory=lambda: Words({}))


@command("end_terms", Tier.NONE)
class EndTerms(Command):
    """The hub's own act: terms that have run out."""


Commands = TakeRole | StepDown | HandOver | Learn | ConfirmTrained | PetitionRecall | EndTerms


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the rules remember it. `last` held it before, for a full term."""

    member: MemberId | None = None
    until: Millis = Millis(0)
    provisional: bool = False
    last: MemberId | None = None
    learning: frozenset[MemberId] = frozenset()
    trained: frozenset[MemberId] = frozenset()
    petition: frozenset[MemberId] = frozenset()
    reached: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Every role of this hub."""

    roles: Map[RoleName, Role] = field(default_factory=lambda: Map({role: Role() for role in ROLES}))


NO_ROLE: Final = N_("There is no such role here. See which there are under Roles.")
NOT_HELD: Final = N_("Nobody holds this role now, so there is nothing to do here.")
NOT_YOURS: Final = N_("You do not hold this role.")


def decide(state: State, request: Commands, context: Context, *, belongs: bool, active: int) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `belongs` says whether the member named in the request is one; `active` is how many members count.
    """
    match request:
        case TakeRole(role):
            return _taken(state, role, context)
        case StepDown(role):
            _mine(state, role, context)
            return [RoleEnded(role, context.by, Why.STEPPED_DOWN)]
        case HandOver(role, to):
            return _handed_over(state, role, to, context, belongs=belongs)
        case Learn(role):
            return _learning(state, role, context)
        case ConfirmTrained(role, member):
            return _trained(state, role, member, context)
        case PetitionRecall(role, reason):
            return _petitioned(state, role, reason, context, active)
        case EndTerms():
            if not context.clockwork:
                raise Refusal("term_days", N_("Terms end by themselves. To lay a role down today, step down."))
            return [RoleEnded(role, member, Why.TERM) for role, member in _over(state, context.now)]
        case _:
            assert_never(request)


def _role(state: State, name: RoleName) -> Role:
    role = state.roles.get(name)
    if role is None:
        raise Refusal("", NO_ROLE)
    return role


def _mine(state: State, name: RoleName, context: Context) -> Role:
    role = _role(state, name)
    if role.member != context.by:
        raise Refusal("term_days", NOT_YOURS)
    return role


def _taken(state: State, name: RoleName, context: Context) -> list[Events]:
    role = _role(state, name)
    if not context.forming:
        raise Refusal("term_days", N_("An assembly or a vote fills this role. Bring it up as a topic."))
    if role.member is not None:
        raise Refusal("term_days", N_("Somebody holds this role now. You can learn it beside them."))
    until = Millis(context.now + context.articles.term_days * DAY)
    return [RoleFilled(name, context.by, until, True, None)]


def _handed_over(
    state: State, name: RoleName, to: MemberId, context: Context, *, belongs: bool
) -> list[Events]:
    role = _mine(state, name, context)
    if not belongs or to == context.by:
        raise Refusal("term_days", N_("Choose another member to hand this role to."))
    if to not in role.trained:
        raise Refusal("trained", N_("They learn the role beside you first; then say that they can do it."))
    needed = context.articles.trained if name == LEDGER_KEEPER else 1
    if len(role.trained) < needed:
        raise Refusal(
            "trained",
            N_("First train {needed} others; so far there are {trained}. You can step down today all the same."),
            needed=needed,
            trained=len(role.trained),
        )
    return [RoleEnded(name, context.by, Why.HANDED_OVER), RoleFilled(name, to, role.until, role.provisional, None)]


def _learning(state: State, name: RoleName, context: Context) -> list[Events]:
    role = _role(state, name)
    if role.member == context.by or context.by in role.learning | role.trained:
        raise Refusal("trained", N_("You hold or learn this role already."))
    return [RoleLearning(name, context.by)]


def _trained(state: State, name: RoleName, member: MemberId, context: Context) -> list[Events]:
    role = _mine(state, name, context)
    if member not in role.learning:
        raise Refusal("trained", N_("They first say that they want to learn this role."))
    return [RoleTrained(name, member, context.by)]


def _petitioned(state: State, name: RoleName, reason: Words, context: Context, active: int) -> list[Events]:
    role = _role(state, name)
    if role.member is None:
        raise Refusal("recall_petition", NOT_HELD)
    if context.by in role.petition:
        raise Refusal("recall_petition", N_("You signed this petition already. Ask others to sign it too."))
    facts: list[Events] = [RecallSupported(name, context.by)]
    if not role.petition:
        facts = [RecallPetitioned(name, role.member, context.by, typed(reason))]
    else:
        optional(reason)
    signed = len(role.petition) + 1
    if not role.reached and Fraction(signed) >= context.articles.recall_petition * active:
        until = Millis(context.now + context.articles.recall_days * DAY)
        facts.append(RecallReached(name, role.member, until))
    return facts


def check(state: State, effect: Effect) -> None:
    """Raise Refusal when an appointment or a recall names no role or nobody who holds it."""
    _role(state, RoleName(effect.name))


def enact_appointment(
    state: State, effect: Effect, context: Context, decision: DecisionId | None
) -> list[Events]:
    """The facts of a certified appointment: whoever held the role hands it over."""
    name, member = RoleName(effect.name), effect.member
    role = state.roles.get(name)
    if role is None or member is None:
        return []
    facts: list[Events] = []
    if role.member is not None:
        facts.append(RoleEnded(name, role.member, Why.TERM))
    until = Millis(context.now + context.articles.term_days * DAY)
    return [*facts, RoleFilled(name, member, until, False, decision)]


def enact_recall(state: State, effect: Effect) -> list[Events]:
    """The facts of a certified recall, in force at once. Nothing where they no longer hold the role."""
    name = RoleName(effect.name)
    role = state.roles.get(name)
    if role is None or role.member is None or role.member != effect.member:
        return []
    return [RoleEnded(name, role.member, Why.RECALLED)]


def vacate(state: State, gone: MemberId) -> list[Events]:
    """A member left or died: their roles show as gaps."""
    return [RoleEnded(name, gone, Why.LEFT) for name, role in sorted(state.roles.items()) if role.member == gone]


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case RoleFilled(name, member, until, provisional):
            before = state.roles.get(name, Role())
            learned = before.learning - {member}
            role = Role(member, until, provisional, before.last, learned, before.trained - {member})
            return _with(state, name, role)
        case RoleEnded(name, member, why):
            before = state.roles[name]
            last = member if why is Why.TERM else before.last
            return _with(state, name, Role(last=last, learning=before.learning, trained=before.trained))
        case RoleLearning(name, member):
            before = state.roles[name]
            return _with(state, name, replace(before, learning=before.learning | {member}))
        case RoleTrained(name, member):
            before = state.roles[name]
            learned, trained = before.learning - {member}, before.trained | {member}
            return _with(state, name, replace(before, learning=learned, trained=trained))
        case RecallPetitioned(name, _, by) | RecallSupported(name, by):
            before = state.roles[name]
            return _with(state, name, replace(before, petition=before.petition | {by}))
        case RecallReached(name):
            return _with(state, name, replace(state.roles[name], reached=True))
        case _:
            assert_never(happened)


def _with(state: State, name: RoleName, role: Role) -> State:
    return replace(state, roles=state.roles.set(name, role))


def _over(state: State, now: Millis) -> list[tuple[RoleName, MemberId]]:
    return [
        (name, role.member)
        for name, role in sorted(state.roles.items())
        if role.member is not None and now >= role.until
    ]


def due(state: State, now: Millis) -> Iterable[EndTerms]:
    """What the hub has to do about terms now."""
    return [EndTerms()] if _over(state, now) else []


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


def circle_of(happened: Events) -> Circle:
    """Who holds what is for everybody; who signed a petition, or learns, is the members'."""
    return Circle.FEDERATION if happened.STREET else Circle.MEMBERS
