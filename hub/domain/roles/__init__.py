"""Roles: held for a term, handed over, recalled at once. None of them is an administrator.

In the forming season roles are provisional and any member may take a free one; afterwards an assembly or
a vote fills them. Stepping down is always possible, today; a role nobody holds shows as a gap.
"""

from __future__ import annotations

from typing import assert_never

from hub.domain.base import N_, Context, Effect, Refusal, RoleName
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
from hub.domain.roles.passing import (
    MOST_ROLES,
    closed,
    created,
    handed_over,
    known,
    learning,
    learning_ended,
    mine,
    taken,
    trained,
)
from hub.domain.roles.recalling import signed, unsigned
from hub.domain.roles.requests import (
    CloseRole,
    Commands,
    ConfirmTrained,
    CreateRole,
    EndTerms,
    HandOver,
    Learn,
    PetitionRecall,
    StepDown,
    StopLearning,
    TakeRole,
    UnsignRecall,
)
from hub.domain.roles.state import (
    ENDS_SOON,
    Role,
    State,
    due,
    enact_appointment,
    enact_recall,
    ending,
    evolve,
    gaps,
    holder,
    over,
    petitioned,
    roles_of,
    unconfirmed,
    vacate,
)

__all__ = [
    "ENDS_SOON",
    "MOST_ROLES",
    "CloseRole",
    "Commands",
    "ConfirmTrained",
    "CreateRole",
    "EndTerms",
    "Events",
    "HandOver",
    "Learn",
    "PetitionRecall",
    "RecallPetitioned",
    "RecallReached",
    "RecallSupported",
    "RecallUnsigned",
    "Role",
    "RoleClosed",
    "RoleCreated",
    "RoleEnded",
    "RoleFilled",
    "RoleLearning",
    "RoleLearningEnded",
    "RoleTrained",
    "State",
    "StepDown",
    "StopLearning",
    "TakeRole",
    "UnsignRecall",
    "Why",
    "check",
    "decide",
    "due",
    "enact_appointment",
    "enact_recall",
    "ending",
    "evolve",
    "gaps",
    "holder",
    "petitioned",
    "roles_of",
    "unconfirmed",
    "vacate",
]


def decide(
    state: State,
    request: Commands,
    context: Context,
    *,
    belongs: bool,
    active: int,
    voter: bool = True,
    decided: bool = False,
) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `belongs`: the member named in the request is one. `active` is how many members count. `voter`: who
    acts is of voting age. `decided`: the decision the request names was passed.
    """
    match request:
        case CreateRole():
            return [created(state, request, context, decided=decided)]
        case CloseRole():
            return closed(state, request, context, decided=decided)
        case TakeRole(role):
            return [taken(state, role, context, voter=voter)]
        case StepDown(role):
            mine(state, role, context)
            return [RoleEnded(role, context.by, Why.STEPPED_DOWN)]
        case HandOver():
            return handed_over(state, request, context, belongs=belongs)
        case Learn(role):
            return [learning(state, role, context)]
        case StopLearning(role):
            return [learning_ended(state, role, context)]
        case ConfirmTrained():
            return [trained(state, request, context)]
        case PetitionRecall():
            return signed(state, request, context, active=active, voter=voter)
        case UnsignRecall(role):
            return [unsigned(state, role, context)]
        case EndTerms():
            if not context.clockwork:
                raise Refusal("term_days", N_("Terms end by themselves. To lay a role down today, step down."))
            return [RoleEnded(role, member, Why.TERM) for role, member in over(state, context.now)]
        case _:
            assert_never(request)


def check(state: State, effect: Effect) -> None:
    """Raise Refusal when an appointment or a recall names no role of this hub."""
    known(state, RoleName(effect.name))
