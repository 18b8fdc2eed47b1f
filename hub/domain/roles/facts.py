"""What happened to a role: created, filled, learned, laid down; and what was asked of who holds it."""

from __future__ import annotations

from hub.domain.base import DecisionId, Event, Kind, MemberId, Millis, RoleName, Words, event


class Why(Kind):
    """Why somebody no longer holds a role."""

    TERM = "term"
    STEPPED_DOWN = "stepped_down"
    HANDED_OVER = "handed_over"
    REPLACED = "replaced"
    RECALLED = "recalled"
    LEFT = "left"
    CLOSED = "closed"


@event("role.created", street=True)
class RoleCreated(Event):
    """A role beside the four every hub has: a name and what it is for. The hub gives it its code."""

    role: RoleName
    decision: DecisionId | None
    by: MemberId
    title: Words
    purpose: Words


@event("role.closed", street=True)
class RoleClosed(Event):
    """A role that was created is not needed any more."""

    role: RoleName
    decision: DecisionId | None
    by: MemberId


@event("role.filled", street=True)
class RoleFilled(Event):
    """Somebody holds a role until its term ends.

    `provisional`: no assembly has confirmed it yet. `decision` is the assembly's, if it was one. `outside`
    names the articles this was outside of.
    """

    role: RoleName
    member: MemberId
    since: Millis
    until: Millis
    provisional: bool
    decision: DecisionId | None
    outside: tuple[str, ...]


@event("role.ended", street=True)
class RoleEnded(Event):
    """Somebody no longer holds a role. Neighbours hear that it is so, never why."""

    role: RoleName
    member: MemberId


@event("role.laid_down")
class RoleLaidDown(Event):
    """Why a role ended; stands before the fact that it did."""

    role: RoleName
    member: MemberId
    why: Why
