"""What people read about roles: who holds what until when, who learns it, what is asked of it.

Who holds a role is for the room; who learns it and who signed a petition is for members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from hub.domain import roles
from hub.domain.base import ROLES, Circle, MemberId, Millis, RoleName, Viewer, Words
from hub.domain.roles import ENDS_SOON, Why
from hub.entry import Entry
from hub.views.tables import Document, memory_table, where

_NONE: Final = Words({})


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """A petition for a recall. `signed` counts the names; they are for members' eyes.

    `until` is when its vote is due, 0 while it still gathers names. `position` is its line in the journal.
    """

    reason: Words
    signed: int
    names: tuple[MemberId, ...]
    until: Millis
    position: int


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role as it stands. `member` is None for a gap, and `why` then says how it came to be one.

    `title` and `purpose` are empty for the four every hub has. `taught` are those whom the present
    holder trained.
    """

    role: RoleName
    title: Words
    purpose: Words
    member: MemberId | None
    since: Millis
    until: Millis
    provisional: bool
    outside: tuple[str, ...]
    why: str
    learning: tuple[MemberId, ...]
    trained: tuple[MemberId, ...]
    taught: tuple[MemberId, ...]
    petition: PetitionRow | None
    position: int

    def ends_soon(self, now: Millis) -> bool:
        """Whether somebody holds it, but not for long."""
        return self.member is not None and now >= self.until - ENDS_SOON


class RolesView:
    """Folds facts about roles into one table."""

    def __init__(self) -> None:
        self._roles = memory_table("roles")
        self._titles: dict[str, Words] = {}
        for role in ROLES:
            self._roles.insert(_empty(role))

    def apply(self, entry: Entry, fact: roles.Events) -> None:
        """Fold one fact. A fact about a role nobody heard of begins with an empty one."""
        match fact:
            case roles.RoleCreated(role, _, _, title, purpose):
                self._titles[role] = title
                self._write(role, title=title, purpose=purpose, position=entry.head.seq)
            case roles.RoleClosed(role):
                self._roles.remove(where("role") == role)
            case roles.RoleFilled():
                self._filled(fact)
            case roles.RoleEnded(role, _, why):
                self._write(role, member=None, why="" if why is Why.REPLACED else why.value, **_NOBODY)
            case roles.RoleLearning(role, member):
                self._write(role, learning=[*self._found(role)["learning"], member])
            case roles.RoleLearningEnded(role, member):
                lists = ("learning", "trained", "taught")
                self._write(role, **{name: _without(self._found(role)[name], member) for name in lists})
            case roles.RoleTrained(role, member):
                self._trained(role, member)
            case roles.RecallPetitioned(role, _, by, reason):
                asked = {"reason": reason, "names": [by], "until": 0, "position": entry.head.seq}
                self._write(role, petition=asked)
            case roles.RecallSupported(role, by):
                self._petition(role, add=[by])
            case roles.RecallUnsigned(role, by):
                self._petition(role, drop=by)
            case roles.RecallReached(role, _, until):
                self._petition(role, until=until)
            case _:
                assert_never(fact)

    def _found(self, role: RoleName) -> Document:
        for row in self._roles.search(where("role") == role):
            return row
        number = self._roles.insert(_empty(role))
        return Document(_empty(role), number)

    def _write(self, role: RoleName, **changes: object) -> None:
        self._roles.update(changes, doc_ids=[self._found(role).doc_id])

    def _filled(self, fact: roles.RoleFilled) -> None:
        before = self._found(fact.role)
        same = before["member"] == fact.member
        held = {
            **_NOBODY,
            "member": fact.member,
            "why": "",
            "since": before["since"] if same else fact.since,
            "until": fact.until,
            "provisional": fact.provisional,
            "outside": list(fact.outside),
            "taught": before["taught"] if same else [],
            "learning": _without(before["learning"], fact.member),
        }
        self._write(fact.role, **held)

    def _trained(self, role: RoleName, member: MemberId) -> None:
        row = self._found(role)
        self._write(
            role,
            learning=_without(row["learning"], member),
            trained=[*_without(row["trained"], member), member],
            taught=[*_without(row["taught"], member), member],
        )

    def _petition(
        self, role: RoleName, add: list[MemberId] | None = None, drop: MemberId | None = None, until: int | None = None
    ) -> None:
        before = self._found(role)["petition"] or {"reason": _NONE, "names": [], "until": 0, "position": 0}
        names = [each for each in before["names"] if each != drop] + (add or [])
        self._write(
            role,
            petition={**before, "names": names, "until": before["until"] if until is None else until},
        )

    # What is asked of it

    def all(self, viewer: Viewer, now: Millis) -> list[RoleRow]:
        """Every role, the four first."""
        return [_row(row, viewer, now) for row in self._roles.all()]

    def role(self, viewer: Viewer, role: RoleName, now: Millis) -> RoleRow | None:
        """One role."""
        for row in self._roles.search(where("role") == role):
            return _row(row, viewer, now)
        return None

    def titles(self) -> dict[str, Words]:
        """What every role created here was ever called: old minutes name roles that are closed now."""
        return dict(self._titles)

    def held_by(self, member: MemberId, now: Millis) -> list[RoleRow]:
        """The roles a member holds."""
        rows = self.all(Viewer(Circle.MEMBERS, member), now)
        return [row for row in rows if row.member == member]


_NOBODY: Final = {
    "since": 0,
    "until": 0,
    "provisional": False,
    "outside": [],
    "taught": [],
    "petition": None,
}
"""What goes with who held it."""


def _empty(role: RoleName) -> dict[str, object]:
    return {
        "role": role,
        "title": _NONE,
        "purpose": _NONE,
        "member": None,
        "why": "",
        "learning": [],
        "trained": [],
        "position": 0,
        **_NOBODY,
    }


def _without(names: list[MemberId], member: MemberId) -> list[MemberId]:
    return [each for each in names if each != member]


def _row(row: Document, viewer: Viewer, now: Millis) -> RoleRow:
    """A role for these eyes, at this moment: a term that has run out is over, whether or not it was said yet."""
    values = {**row}
    if row["member"] is not None and now >= row["until"]:
        values |= {**_NOBODY, "member": None, "why": Why.TERM.value}
    seen = viewer.may_see(Circle.MEMBERS)
    lists = {name: tuple(values[name]) if seen else () for name in ("learning", "trained", "taught")}
    asked = values["petition"]
    petition = _asked(asked, seen) if asked and asked["names"] and not 0 < asked["until"] <= now else None
    return RoleRow(**{**values, **lists, "outside": tuple(values["outside"]), "petition": petition})


def _asked(asked: dict[str, object], seen: bool) -> PetitionRow | None:
    """A petition, for members: it is about a person."""
    if not seen:
        return None
    names = asked["names"]
    assert isinstance(names, list)
    return PetitionRow(**{**asked, "names": tuple(names), "signed": len(names)})  # type: ignore[arg-type]
