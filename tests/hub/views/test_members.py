"""The view of members: who asked, who belongs, who rests. Ids only; a name is in no view."""

from __future__ import annotations

from msgspec import Raw

from hub.domain.base import HubId, MemberId, Millis
from hub.domain.membership import (
    CardIssued,
    Events,
    MemberAdmitted,
    MemberAsked,
    MemberCameOfAge,
    MemberDied,
    MemberForgotten,
    MemberLeft,
    MemberRested,
    MemberReturned,
    MemberVouched,
    Standing,
)
from hub.entry import Entry, Head
from hub.views.members import MemberRow, MembersView

NOW = Millis(1_900_000_000_000)
ANA, BEN, CEM = MemberId("memberana001"), MemberId("memberben001"), MemberId("membercem001")
ASKED = MemberAsked(ANA, adult=True)
IN = (ASKED, MemberVouched(ANA, BEN), MemberVouched(ANA, CEM), MemberAdmitted(ANA), CardIssued(ANA, (BEN, CEM)))


def view(*facts: Events) -> MembersView:
    found = MembersView()
    for seq, fact in enumerate(facts, 1):
        head = Head(kind=fact.KIND, seq=seq, prev="", boot=1, time=NOW + seq, data=Raw(b"{}"))
        found.apply(Entry(HubId("ab" * 32), head, "", None), fact)
    return found


def row(*facts: Events) -> MemberRow:
    found = view(*facts).member(ANA)
    assert found is not None
    return found


def test_who_asks_waits_with_the_words_of_who_knows_them() -> None:
    shown = row(ASKED, MemberVouched(ANA, BEN))
    assert (shown.standing, shown.adult, shown.asked_at, shown.since) == ("asked", True, NOW + 1, 0)
    assert shown.vouched_by == (BEN,)


def test_who_is_admitted_belongs_since_that_moment() -> None:
    shown = row(*IN)
    assert (shown.standing, shown.since, shown.vouched_by) == ("member", NOW + 4, (BEN, CEM))


def test_who_rests_and_returns_belongs_since_the_same_moment_as_before() -> None:
    assert row(*IN, MemberRested(ANA)).standing == "resting"
    back = row(*IN, MemberRested(ANA), MemberReturned(ANA))
    assert (back.standing, back.since) == ("member", NOW + 4)


def test_a_young_member_comes_of_age() -> None:
    young = MemberAsked(ANA, adult=False)
    assert not row(young).adult
    assert row(young, MemberAdmitted(ANA), MemberCameOfAge(ANA)).adult


def test_who_left_or_died_is_counted_no_longer() -> None:
    assert view(*IN).count(Standing.MEMBER) == 1
    for gone, standing in ((MemberLeft(ANA), Standing.LEFT), (MemberDied(ANA), Standing.DIED)):
        found = view(*IN, gone)
        assert (found.count(Standing.MEMBER), found.count(standing)) == (0, 1)


def test_who_is_forgotten_is_in_no_list() -> None:
    found = view(*IN, MemberLeft(ANA), MemberForgotten(ANA))
    assert found.member(ANA) is None
    assert not any(found.count(each) for each in Standing)


def test_everybody_stands_in_the_order_of_asking() -> None:
    found = view(MemberAsked(CEM, adult=True), MemberAsked(ANA, adult=True), MemberAsked(BEN, adult=False))
    assert [each.member for each in found.standing(Standing.ASKED)] == [CEM, ANA, BEN]
    assert found.standing(Standing.MEMBER) == []


def test_nobody_knows_a_stranger() -> None:
    assert view(*IN).member(MemberId("nobody")) is None
