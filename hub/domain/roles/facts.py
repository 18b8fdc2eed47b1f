"""What happened to a role: created, filled, learned, laid down; and what was asked of who holds it.

None of it goes to neighbours: who holds a role, and why somebody no longer does, is for this house.
"""

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


@event("role.created")
class RoleCreated(Event):
    """A role beside the four every hub has: a name and what it is for. The hub gives it its code."""

    role: RoleName
    decision: DecisionId | None
    by: MemberId
    title: Words
    purpose: Words


@event("role.closed")
class RoleClosed(Event):
    """A role that was created here is not needed any more."""

    role: RoleName
    decision: DecisionId | None
    by: MemberId


@event("role.filled")
class RoleFilled(Event):
    """Somebody holds a role until its term ends.

    `provisional`: no assembly has confirmed it yet. `decision` is the assembly's, if it was one.
    `outside` names the articles this was outside of.
    """

    role: RoleName
    member: MemberId
    since: Millis
    until: Millis
    provisional: bool
    decision: DecisionId | None
    outside: tuple[str, ...]


@event("role.ended")
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


@event("role.learning_ended")
class RoleLearningEnded(Event):
    """A member learns a role no longer, or will not do it any more."""

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
    """A member openly asks that `member` be recalled, and says why. Their name is the first on it."""

    role: RoleName
    member: MemberId
    by: MemberId
    reason: Words


@event("recall.supported")
class RecallSupported(Event):
    """Another member openly signs the petition."""

    role: RoleName
    by: MemberId


@event("recall.unsigned")
class RecallUnsigned(Event):
    """Somebody took their name off the petition, or belongs no longer."""

    role: RoleName
    by: MemberId


@event("recall.reached")
class RecallReached(Event):
    """Enough members signed: it is voted on until this moment."""

    role: RoleName
    member: MemberId
    until: Millis


Events = (
    RoleCreated
    | RoleClosed
    | RoleFilled
    | RoleEnded
    | RoleLearning
    | RoleLearningEnded
    | RoleTrained
    | RecallPetitioned
    | RecallSupported
    | RecallUnsigned
    | RecallReached
)
