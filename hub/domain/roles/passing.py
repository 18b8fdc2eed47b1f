"""A role on its way: taken at the beginning, learned, taught, handed over."""

from __future__ import annotations

from typing import Final

from hub.domain.base import (
    DAY,
    LEDGER_KEEPER,
    N_,
    ROLES,
    Context,
    MemberId,
    Millis,
    Refusal,
    RoleName,
    title,
    typed,
)
from hub.domain.roles.facts import (
    Events,
    RoleClosed,
    RoleCreated,
    RoleEnded,
    RoleFilled,
    RoleLearning,
    RoleLearningEnded,
    RoleTrained,
    Why,
)
from hub.domain.roles.requests import CloseRole, ConfirmTrained, CreateRole, HandOver
from hub.domain.roles.state import Role, State, holder, holds_another

MOST_ROLES: Final = 24
NO_ROLE: Final = N_("There is no such role here. See which there are under Roles.")
ASSEMBLY: Final = N_("An assembly decides this. Bring it as a topic; then write here which decision it was.")


def known(state: State, name: RoleName) -> Role:
    """A role of this hub. Raises Refusal."""
    role = state.roles.get(name)
    if role is None:
        raise Refusal("", NO_ROLE)
    return role


def mine(state: State, name: RoleName, context: Context) -> Role:
    """A role the actor holds today. Raises Refusal."""
    role = known(state, name)
    if context.by != holder(state, name, context.now):
        raise Refusal("", N_("You do not hold this role."))
    return role


def created(state: State, request: CreateRole, context: Context, *, decided: bool) -> RoleCreated:
    """A new role. Raises Refusal."""
    by = context.by
    _decided(context, decided=decided)
    if len(state.roles) >= MOST_ROLES:
        raise Refusal("", N_("There are {most} roles already. Close one that nobody needs."), most=MOST_ROLES)
    code = RoleName(f"role_{state.created + 1}")
    decision = request.decision if decided else None
    return RoleCreated(code, decision, by, title(request.title), typed(request.purpose))


def closed(state: State, request: CloseRole, context: Context, *, decided: bool) -> list[Events]:
    """A created role closed; whoever holds it lays it down. Raises Refusal."""
    by, role = context.by, known(state, request.role)
    if request.role in ROLES:
        raise Refusal("", N_("Every hub has this role, so it stays."))
    _decided(context, decided=decided)
    ended: list[Events] = [RoleEnded(request.role, role.member, Why.CLOSED)] if role.member is not None else []
    return [*ended, RoleClosed(request.role, request.decision if decided else None, by)]


def _decided(context: Context, *, decided: bool) -> None:
    if not decided and not context.forming:
        raise Refusal("", ASSEMBLY)


def taken(state: State, name: RoleName, context: Context, *, voter: bool) -> RoleFilled:
    """A free role taken for now, in the forming season. Raises Refusal."""
    role, by = known(state, name), context.by
    if not context.forming:
        raise Refusal(
            "forming_days", N_("An assembly or a vote fills this role. Bring it as a topic, and say that you would.")
        )
    if holder(state, name, context.now) is not None:
        raise Refusal("", N_("Somebody holds this role now. You can learn it beside them."))
    if not voter:
        raise Refusal("voting_age", N_("Roles are for members of voting age. You can learn this one."))
    if context.articles.rotation and role.last == by:
        raise Refusal("rotation", N_("You held this role for a whole term. Now it is somebody else's turn."))
    until = Millis(context.now + context.articles.term_days * DAY)
    return RoleFilled(name, by, context.now, until, True, None, ())


def handed_over(state: State, request: HandOver, context: Context, *, belongs: bool) -> list[Events]:
    """A role passed on for the rest of its term. Stepping down needs none of this. Raises Refusal."""
    name, to, role = request.role, request.to, mine(state, request.role, context)
    if not belongs or to == context.by:
        raise Refusal("", N_("Choose another member to hand this role to."))
    if name == LEDGER_KEEPER:
        _check_taught(role, to, context.articles.trained)
    if context.articles.rotation and not context.forming and holds_another(state, name, to, context.now):
        raise Refusal("rotation", N_("They hold one of the four roles already. Choose somebody else."))
    if context.second is None or context.second.member != to:
        raise Refusal("", N_("Ask them to show their card too: nobody is given a role without a yes."))
    return [
        RoleEnded(name, context.by, Why.HANDED_OVER),
        RoleFilled(name, to, context.now, role.until, True, None, ()),
    ]


def _check_taught(role: Role, to: MemberId, needed: int) -> None:
    if len(role.taught) < needed:
        raise Refusal(
            "trained",
            N_("First teach {needed} others; so far you taught {taught}. You can step down today all the same."),
            needed=needed,
            taught=len(role.taught),
        )
    if needed and to not in role.trained:
        raise Refusal("trained", N_("They learn to keep the book first. Choose somebody who can."))


def learning(state: State, name: RoleName, context: Context) -> RoleLearning:
    """A member learns a role. Raises Refusal."""
    role, by = known(state, name), context.by
    if by == role.member or by in role.learning | role.trained:
        raise Refusal("", N_("You hold or learn this role already."))
    return RoleLearning(name, by)


def learning_ended(state: State, name: RoleName, context: Context) -> RoleLearningEnded:
    """A member learns it no longer. Raises Refusal."""
    role, by = known(state, name), context.by
    if by not in role.learning | role.trained:
        raise Refusal("", N_("You are not learning this role."))
    return RoleLearningEnded(name, by)


def trained(state: State, request: ConfirmTrained, context: Context) -> RoleTrained:
    """Who holds a role says that somebody can do it. Raises Refusal."""
    role = mine(state, request.role, context)
    if request.member not in role.learning | role.trained:
        raise Refusal("", N_("They first say themselves that they learn this role."))
    if request.member in role.taught:
        raise Refusal("", N_("You said so already. Thank you for teaching them!"))
    return RoleTrained(request.role, request.member, context.by)
