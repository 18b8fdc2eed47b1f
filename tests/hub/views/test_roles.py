"""The view of roles: the roster as the room may read it, and as members may."""

from __future__ import annotations

from msgspec import Raw

from hub.domain.base import (
    DAY,
    FACILITATOR,
    LEDGER_KEEPER,
    ROLES,
    Circle,
    HubId,
    MemberId,
    Millis,
    RoleName,
    Viewer,
    Words,
)
from hub.domain.roles import (
    ENDS_SOON,
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
from hub.entry import Entry, Head
from hub.views.roles import RoleRow, RolesView

NOW = Millis(1_900_000_000_000)
UNTIL = Millis(NOW + 90 * DAY)
ANA, BEN, CEM = MemberId("memberana001"), MemberId("memberben001"), MemberId("membercem001")
ROOM, MEMBERS = Viewer(Circle.ROOM), Viewer(Circle.MEMBERS, CEM)
KEY = RoleName("role_1")


def words(text: str) -> Words:
    return Words({"en": text})


def filled(by: MemberId = ANA, role: RoleName = FACILITATOR, **more: object) -> RoleFilled:
    values = {"since": NOW, "until": UNTIL, "provisional": False, "decision": None, "outside": (), **more}
    return RoleFilled(role, by, **values)


def view(*facts: Events) -> RolesView:
    found = RolesView()
    for seq, fact in enumerate(facts, 1):
        head = Head(kind=fact.KIND, seq=seq, prev="", boot=1, time=NOW + seq, data=Raw(b"{}"))
        found.apply(Entry(HubId("ab" * 32), head, "", None), fact)
    return found


def row(found: RolesView, role: RoleName = FACILITATOR, viewer: Viewer = MEMBERS, now: Millis = NOW) -> RoleRow:
    shown = found.role(viewer, role, now)
    assert shown is not None
    return shown


CREATED = RoleCreated(KEY, None, ANA, words("Keeper of the key"), words("Opens at five"))
PETITION = RecallPetitioned(FACILITATOR, ANA, BEN, words("Shouts"))


def test_at_first_every_hub_has_four_roles_and_nobody_holds_one() -> None:
    rows = view().all(ROOM, NOW)
    assert tuple(each.role for each in rows) == ROLES
    assert [each.member for each in rows] == [None] * 4
    assert [each.why for each in rows] == [""] * 4


def test_who_holds_a_role_until_when_is_for_the_room() -> None:
    shown = row(view(filled(provisional=True, outside=("rotation",))), viewer=ROOM)
    assert (shown.member, shown.since, shown.until) == (ANA, NOW, UNTIL)
    assert (shown.provisional, shown.outside) == (True, ("rotation",))


def test_who_learns_it_and_who_can_do_it_is_for_members() -> None:
    found = view(filled(), RoleLearning(FACILITATOR, BEN), RoleLearning(FACILITATOR, CEM))
    found.apply(_entry(), RoleTrained(FACILITATOR, BEN, ANA))
    mine, theirs = row(found), row(found, viewer=ROOM)
    assert (mine.learning, mine.trained, mine.taught) == ((CEM,), (BEN,), (BEN,))
    assert (theirs.learning, theirs.trained, theirs.taught) == ((), (), ())


def _entry() -> Entry:
    return Entry(HubId("ab" * 32), Head(kind="", seq=99, prev="", boot=1, time=NOW, data=Raw(b"{}")), "", None)


def test_who_stops_learning_is_on_no_list_and_who_is_trained_twice_once() -> None:
    twice = [RoleTrained(FACILITATOR, BEN, ANA)] * 2
    assert row(view(filled(), RoleLearning(FACILITATOR, BEN), *twice)).trained == (BEN,)
    gone = row(view(filled(), RoleLearning(FACILITATOR, BEN), *twice, RoleLearningEnded(FACILITATOR, BEN)))
    assert (gone.learning, gone.trained, gone.taught) == ((), (), ())


def test_a_role_laid_down_is_a_gap_that_says_why() -> None:
    shown = row(view(filled(), RoleEnded(FACILITATOR, ANA, Why.STEPPED_DOWN)), viewer=ROOM)
    assert (shown.member, shown.why, shown.until) == (None, "stepped_down", 0)


def test_a_new_holder_begins_a_new_time_and_the_same_one_goes_on() -> None:
    later = Millis(NOW + DAY)
    taught = [RoleLearning(FACILITATOR, BEN), RoleTrained(FACILITATOR, BEN, ANA)]
    same = row(view(filled(), *taught, filled(since=later)))
    assert (same.since, same.taught) == (NOW, (BEN,))
    other = row(view(filled(), *taught, RoleEnded(FACILITATOR, ANA, Why.REPLACED), filled(BEN, since=later)))
    assert (other.member, other.since, other.taught, other.why) == (BEN, later, (), "")
    assert other.trained == (BEN,)


def test_a_term_that_has_run_out_is_over_whether_or_not_it_was_said_yet() -> None:
    found = view(filled(), PETITION)
    assert row(found, now=Millis(UNTIL - 1)).member == ANA
    over = row(found, now=UNTIL)
    assert (over.member, over.why, over.petition) == (None, "term", None)


def test_the_last_two_weeks_of_a_term_end_soon() -> None:
    found = view(filled())
    soon = Millis(UNTIL - ENDS_SOON)
    assert row(found, now=soon).ends_soon(soon)
    assert not row(found).ends_soon(Millis(soon - 1))
    assert not row(view()).ends_soon(soon)


def test_a_created_role_has_a_title_until_it_is_closed_and_old_minutes_know_it_after() -> None:
    found = view(CREATED)
    assert (row(found, KEY, ROOM).title, row(found, KEY, ROOM).purpose) == (
        words("Keeper of the key"),
        words("Opens at five"),
    )
    assert row(found, KEY).position == 1
    closed = view(CREATED, RoleClosed(KEY, None, ANA))
    assert closed.role(MEMBERS, KEY, NOW) is None
    assert closed.titles() == {KEY: words("Keeper of the key")}


def test_a_title_given_out_is_the_caller_s_own() -> None:
    found = view(CREATED)
    found.titles().clear()
    assert found.titles() == {KEY: words("Keeper of the key")}


def test_a_petition_its_reason_and_its_names_are_for_members() -> None:
    found = view(filled(), PETITION, RecallSupported(FACILITATOR, CEM))
    asked = row(found).petition
    assert asked is not None
    assert (asked.reason, asked.signed, asked.names, asked.until) == (words("Shouts"), 2, (BEN, CEM), 0)
    assert row(found, viewer=ROOM).petition is None


def test_a_petition_without_names_is_none_and_one_that_was_voted_on_is_over() -> None:
    assert row(view(filled(), PETITION, RecallUnsigned(FACILITATOR, BEN))).petition is None
    due = Millis(NOW + 14 * DAY)
    found = view(filled(), PETITION, RecallReached(FACILITATOR, ANA, due))
    asked = row(found).petition
    assert asked is not None
    assert asked.until == due
    assert row(found, now=due).petition is None


def test_a_petition_goes_with_who_it_was_about() -> None:
    found = view(filled(), PETITION, RoleEnded(FACILITATOR, ANA, Why.RECALLED), filled(BEN))
    assert row(found).petition is None


def test_a_member_finds_the_roles_they_hold() -> None:
    found = view(filled(), filled(BEN, LEDGER_KEEPER))
    assert [each.role for each in found.held_by(ANA, NOW)] == [FACILITATOR]
    assert found.held_by(ANA, UNTIL) == []
    assert found.held_by(CEM, NOW) == []


def test_a_chain_may_begin_in_the_middle() -> None:
    facts: list[Events] = [
        filled(ANA, KEY),
        RecallSupported(KEY, BEN),
        RoleLearning(KEY, CEM),
    ]
    shown = row(view(*facts), KEY)
    assert (shown.member, shown.title, shown.learning) == (ANA, {}, (CEM,))
    assert shown.petition is not None
    assert (shown.petition.names, shown.petition.reason) == ((BEN,), {})
