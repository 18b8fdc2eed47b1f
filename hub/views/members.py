"""What people read about membership: who belongs, who asked to join, who vouched. Ids only.

Names come from the people store at the moment of showing, so that a forgotten name is in no view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from hub.domain import membership
from hub.domain.base import MemberId, Millis
from hub.domain.membership import Standing
from hub.entry import Entry
from hub.views.tables import Document, memory_table, where


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person: where they stand, since when, and whose word brought them."""

    member: MemberId
    standing: str
    adult: bool
    asked_at: Millis
    since: Millis
    vouched_by: tuple[str, ...]


class MembersView:
    """Folds facts about membership into one table, keyed by the order of asking."""

    def __init__(self) -> None:
        self._members = memory_table("members")
        self._number: dict[MemberId, int] = {}

    def apply(self, entry: Entry, fact: membership.Events) -> None:
        """Fold one fact."""
        match fact:
            case membership.MemberAsked(member, adult):
                self._asked(entry, member, adult)
            case membership.MemberVouched(member, by):
                row = self._members.row(self._number[member])
                assert row is not None
                self._change(member, vouched_by=[*row["vouched_by"], by])
            case membership.MemberAdmitted(member):
                self._change(member, standing=Standing.MEMBER.value, since=entry.head.time)
            case membership.MemberReturned(member):
                self._change(member, standing=Standing.MEMBER.value)
            case membership.MemberRested(member):
                self._change(member, standing=Standing.RESTING.value)
            case membership.MemberLeft(member):
                self._change(member, standing=Standing.LEFT.value)
            case membership.MemberDied(member):
                self._change(member, standing=Standing.DIED.value)
            case membership.MemberCameOfAge(member):
                self._change(member, adult=True)
            case membership.MemberForgotten(member):
                self._members.remove(doc_ids=[self._number.pop(member)])
            case membership.CardIssued():
                pass
            case _:
                assert_never(fact)

    def _asked(self, entry: Entry, member: MemberId, adult: bool) -> None:
        number = self._number[member] = entry.head.seq
        row = {
            "member": member,
            "standing": Standing.ASKED.value,
            "adult": adult,
            "asked_at": entry.head.time,
            "since": 0,
            "vouched_by": [],
        }
        self._members.insert(Document(row, doc_id=number))

    def _change(self, member: MemberId, **changes: object) -> None:
        self._members.update(changes, doc_ids=[self._number[member]])

    def standing(self, standing: Standing) -> list[MemberRow]:
        """Everybody who stands there now, in the order of asking."""
        return [_row(row) for row in self._members.search(where("standing") == standing.value)]

    def count(self, standing: Standing) -> int:
        """How many stand there now."""
        return self._members.count(where("standing") == standing.value)

    def member(self, member: MemberId) -> MemberRow | None:
        """One person."""
        number = self._number.get(member)
        row = self._members.row(number) if number is not None else None
        return _row(row) if row is not None else None


def _row(row: Document) -> MemberRow:
    return MemberRow(**{**row, "vouched_by": tuple(row["vouched_by"])})
