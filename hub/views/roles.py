"""What people read about roles: who holds what until when, who learns it, what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

from hub.domain import roles
from hub.domain.base import ROLES, MemberId, Millis, RoleName, Words
from hub.entry import Entry


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role as it stands. `member` is None for a gap; `signed` counts who signed a petition for recall."""

    role: RoleName
    member: MemberId | None = None
    since: Millis = Millis(0)
    until: Millis = Millis(0)
    provisional: bool = False
    learning: tuple[MemberId, ...] = ()
    trained: tuple[MemberId, ...] = ()
    signed: int = 0
    reason: Words = field(default_factory=lambda: Words({}))
    recall_until: Millis = Millis(0)


class RolesView:
    """Folds facts about roles. There are a handful of roles, so a dictionary is table enough."""

    def __init__(self) -> None:
        self._roles: dict[RoleName, RoleRow] = {role: RoleRow(role) for role in ROLES}

    def apply(self, entry: Entry, fact: roles.Events) -> None:
        """Fold one fact. A neighbour's chain names no persons: a role held there shows as held."""
        row = self._roles.get(fact.role, RoleRow(fact.role))
        match fact:
            case roles.RoleFilled(role, member, until, provisional):
                learning = tuple(each for each in row.learning if each != member)
                trained = tuple(each for each in row.trained if each != member)
                row = RoleRow(role, member, Millis(entry.head.time), until, provisional, learning, trained)
            case roles.RoleEnded(role):
                row = RoleRow(role, learning=row.learning, trained=row.trained)
            case roles.RoleLearning(role, member):
                row = _with(row, learning=(*row.learning, member))
            case roles.RoleTrained(role, member):
                learning = tuple(each for each in row.learning if each != member)
                row = _with(row, learning=learning, trained=(*row.trained, member))
            case roles.RecallPetitioned(role, _, _, reason):
                row = _with(row, signed=1, reason=reason)
            case roles.RecallSupported():
                row = _with(row, signed=row.signed + 1)
            case roles.RecallReached(_, _, until):
                row = _with(row, recall_until=until)
            case _:
                assert_never(fact)
        self._roles[fact.role] = row

    def all(self) -> list[RoleRow]:
        """Every role, in the order hubs list them."""
        return list(self._roles.values())

    def role(self, role: RoleName) -> RoleRow | None:
        """One role."""
        return self._roles.get(role)

    def held_by(self, member: MemberId) -> list[RoleRow]:
        """The roles a member holds."""
        return [row for row in self._roles.values() if row.member == member]


def _with(row: RoleRow, **changes: object) -> RoleRow:
    return replace(row, **changes)  # type: ignore[arg-type]
