"""The view of sign-ups: what a fridge would show, to the eyes it is for."""

from __future__ import annotations

from msgspec import Raw

from hub.domain.base import DAY, HOUR, Circle, HubId, ListId, MemberId, Millis, Viewer, Words
from hub.domain.signups import (
    Events,
    SignupChanged,
    SignupClosed,
    SignupHandedOver,
    SignupJoined,
    SignupLeft,
    SignupMovedUp,
    SignupOpened,
    SignupReopened,
    SignupResized,
    SignupWaiting,
    Sort,
)
from hub.entry import Entry, Head
from hub.views.signups import RECENT, SignupsView

NOW = Millis(1_900_000_000_000)
ANA, BEN, OLGA = MemberId("memberana001"), MemberId("memberben001"), MemberId("guestolga001")
ROOM, MEMBERS, STREET = Viewer(Circle.ROOM), Viewer(Circle.MEMBERS, BEN), Viewer(Circle.FEDERATION)
FIRST, SECOND = ListId(1), ListId(2)


def words(text: str) -> Words:
    return Words({"en": text})


def opened(number: ListId = FIRST, circle: Circle = Circle.ROOM, starts: int = 6 * HOUR) -> SignupOpened:
    return SignupOpened(number, Sort.MEAL, Millis(NOW + starts), 4, circle, ANA, words("Soup"), words("Kitchen"))


def view(*facts: Events) -> SignupsView:
    found = SignupsView()
    for seq, fact in enumerate(facts, 1):
        head = Head(kind=fact.KIND, seq=seq, prev="", boot=1, time=NOW + seq, data=Raw(b"{}"))
        found.apply(Entry(HubId("ab" * 32), head, "", None), fact)
    return found


def sheet(found: SignupsView, viewer: Viewer = MEMBERS) -> str:
    row = found.signup(viewer, FIRST)
    assert row is not None
    seated = [f"{party.who} {party.size}" for party in row.seated]
    return " | ".join([f"{row.taken} of {row.places}", *seated, *(f"waits {party.who}" for party in row.queue)])


JOINED = SignupJoined(FIRST, 1, ANA, 3, guest=False)
WAITS = SignupWaiting(FIRST, 2, OLGA, 2, guest=True)


def test_a_list_is_read_as_it_stands() -> None:
    assert sheet(view(opened(), JOINED, WAITS)) == f"3 of 4 | {ANA} 3 | waits {OLGA}"


def test_who_leaves_is_gone_and_who_moves_up_has_a_place() -> None:
    found = view(opened(), JOINED, WAITS, SignupLeft(FIRST, 1), SignupMovedUp(FIRST, 2))
    assert sheet(found) == f"2 of 4 | {OLGA} 2"


def test_a_party_grows_and_a_place_changes_hands() -> None:
    found = view(opened(), JOINED, SignupResized(FIRST, 1, 4), SignupHandedOver(FIRST, 1, BEN))
    assert sheet(found) == f"4 of 4 | {BEN} 4"


def test_the_room_sees_how_many_and_not_who() -> None:
    row = view(opened(), JOINED, WAITS).signup(ROOM, FIRST)
    assert row is not None
    assert (row.taken, row.waiting, row.free, row.parties) == (3, 2, 1, ())


def test_a_list_for_members_is_not_for_the_room_and_one_for_neighbours_is_for_all() -> None:
    found = view(opened(circle=Circle.MEMBERS), opened(SECOND, Circle.FEDERATION))
    assert [row.number for row in found.to_come(MEMBERS, NOW)] == [1, 2]
    assert [row.number for row in found.to_come(ROOM, NOW)] == [2]
    assert [row.number for row in found.to_come(STREET, NOW)] == [2]
    assert found.signup(ROOM, FIRST) is None


def test_a_change_keeps_the_place_unless_it_says_another() -> None:
    later = Millis(NOW + DAY)
    found = view(opened(), SignupChanged(FIRST, later, 9, ANA, Words({})))
    row = found.signup(ROOM, FIRST)
    assert row is not None
    assert (row.starts, row.places, row.place) == (later, 9, {"en": "Kitchen"})


def test_a_closed_list_says_why_until_it_is_open_again() -> None:
    closed = SignupClosed(FIRST, cancelled=True, by=ANA, why=words("No gas"))
    row = view(opened(), closed).signup(ROOM, FIRST)
    assert row is not None
    assert (row.state, row.why) == ("cancelled", {"en": "No gas"})
    again = view(opened(), closed, SignupReopened(FIRST, ANA)).signup(ROOM, FIRST)
    assert again is not None
    assert (again.state, again.why) == ("open", {})


def test_soonest_come_first_and_past_lists_are_history() -> None:
    found = view(opened(starts=2 * DAY), opened(SECOND), opened(ListId(3), starts=-DAY))
    found.apply(
        Entry(HubId("ab" * 32), Head(kind="", seq=9, prev="", boot=1, time=NOW, data=Raw(b"{}")), "", None),
        opened(ListId(4), starts=-RECENT - DAY),
    )
    assert [row.number for row in found.to_come(ROOM, NOW)] == [2, 1]
    assert [row.number for row in found.past(ROOM, NOW)] == [3]
    assert [row.number for row in found.tonight(ROOM, NOW)] == [2]


def test_a_member_finds_the_lists_they_are_on() -> None:
    found = view(opened(), opened(SECOND), JOINED)
    assert [row.number for row in found.of(ANA, NOW)] == [1]
    assert found.of(BEN, NOW) == []


def test_a_neighbour_s_chain_may_begin_in_the_middle() -> None:
    facts: list[Events] = [
        SignupChanged(FIRST, NOW, 9, ANA, Words({})),
        SignupClosed(FIRST, cancelled=False, by=ANA, why=Words({})),
        SignupReopened(FIRST, ANA),
        JOINED,
        WAITS,
        SignupMovedUp(FIRST, 2),
        SignupResized(FIRST, 2, 1),
        SignupHandedOver(FIRST, 2, BEN),
        SignupLeft(FIRST, 1),
    ]
    assert view(*facts).to_come(STREET, NOW) == []
    assert sheet(view(opened(), *facts[5:])) == "0 of 4"
