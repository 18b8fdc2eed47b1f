"""The view of needs and offers: what a board would show, to the eyes it is for."""

from __future__ import annotations

from msgspec import Raw

from hub.domain.base import Circle, HubId, MemberId, Millis, NeedId, OfferId, Viewer, Words
from hub.domain.needs import (
    ContactAgreed,
    Events,
    NeedLetGo,
    NeedMet,
    NeedReported,
    NeedTakenUp,
    NeedWidened,
    NeedWithdrawn,
    OfferAskedFor,
    OfferMade,
    OfferWithdrawn,
    Soon,
    Sort,
)
from hub.entry import Entry, Head
from hub.views.needs import NeedRow, NeedsView

NOW = Millis(1_900_000_000_000)
ANA, BEN, CEM = MemberId("memberana001"), MemberId("memberben001"), MemberId("membercem001")
ROOM, STREET = Viewer(Circle.ROOM), Viewer(Circle.FEDERATION)
FIRST, SECOND = NeedId(1), NeedId(2)
HAIR = OfferId(1)


def words(text: str) -> Words:
    return Words({"en": text} if text else {})


def eyes(member: MemberId) -> Viewer:
    return Viewer(Circle.MEMBERS, member)


def asked(
    number: NeedId = FIRST,
    soon: Soon = Soon.WEEK,
    circle: Circle = Circle.ROOM,
    by: MemberId | None = ANA,
    text: str = "Rice",
) -> NeedReported:
    return NeedReported(number, Sort.FOOD, soon, circle, by, words(text))


def offered(number: OfferId = HAIR, circle: Circle = Circle.MEMBERS) -> OfferMade:
    return OfferMade(number, Sort.CARE, circle, ANA, words("I cut hair"))


def view(*facts: Events) -> NeedsView:
    """A view in which these facts stand on the lines 1, 2, 3 of a log."""
    found = NeedsView()
    for seq, fact in enumerate(facts, 1):
        head = Head(kind=fact.KIND, seq=seq, prev="", boot=1, time=NOW + seq, data=Raw(b"{}"))
        found.apply(Entry(HubId("ab" * 32), head, "", None), fact)
    return found


def need(found: NeedsView, viewer: Viewer, number: NeedId = FIRST) -> NeedRow:
    row = found.need(viewer, number)
    assert row is not None
    return row


def test_the_most_urgent_comes_first_and_of_those_the_oldest() -> None:
    found = view(
        asked(NeedId(1), Soon.ANY_TIME), asked(NeedId(2), Soon.WEEK), asked(NeedId(3), Soon.TODAY), asked(NeedId(4))
    )
    assert [row.number for row in found.open(ROOM)] == [3, 2, 4, 1]


def test_a_need_is_seen_by_its_circle_and_by_who_asked() -> None:
    found = view(
        asked(NeedId(1), circle=Circle.CONCERNED),
        asked(NeedId(2), circle=Circle.MEMBERS),
        asked(NeedId(3), circle=Circle.ROOM),
        asked(NeedId(4), circle=Circle.FEDERATION),
    )
    seen = {who: [row.number for row in found.open(who)] for who in (eyes(ANA), eyes(BEN), ROOM, STREET)}
    assert seen == {eyes(ANA): [1, 2, 3, 4], eyes(BEN): [2, 3, 4], ROOM: [3, 4], STREET: [4]}
    assert found.need(ROOM, SECOND) is None
    assert found.need(ROOM, NeedId(99)) is None


def test_who_takes_it_up_says_when_and_it_is_open_no_more() -> None:
    found = view(asked(), NeedTakenUp(FIRST, BEN, words("At six")))
    row = need(found, eyes(ANA))
    assert (row.state, row.taker, row.note, row.note_position) == ("taken", BEN, {"en": "At six"}, 2)
    assert (row.at, row.taken_at) == (NOW + 1, NOW + 2)
    assert found.open(ROOM) == []


def test_who_cannot_after_all_leaves_nothing_behind() -> None:
    found = view(asked(), NeedTakenUp(FIRST, BEN, words("At six")), ContactAgreed(FIRST, ANA), NeedLetGo(FIRST, BEN))
    row = need(found, eyes(ANA))
    assert (row.state, row.taker, row.note, row.note_position, row.agreed) == ("open", None, {}, 0, ())


def test_both_agree_one_after_the_other() -> None:
    taken = NeedTakenUp(FIRST, BEN, words(""))
    assert need(view(asked(), taken, ContactAgreed(FIRST, BEN)), eyes(ANA)).agreed == (BEN,)
    both = view(asked(), taken, ContactAgreed(FIRST, BEN), ContactAgreed(FIRST, ANA))
    assert need(both, eyes(ANA)).agreed == (BEN, ANA)


def test_met_and_withdrawn_needs_are_off_the_list_and_still_there_to_look_at() -> None:
    found = view(asked(), asked(SECOND), NeedMet(FIRST, ANA), NeedWithdrawn(SECOND, ANA))
    assert found.open(ROOM) == []
    assert [need(found, ROOM, number).state for number in (FIRST, SECOND)] == ["met", "withdrawn"]


def test_a_wider_circle_reads_the_new_words_and_the_line_of_the_old_ones_is_remembered() -> None:
    wider = NeedWidened(FIRST, Sort.FOOD, Soon.TODAY, Circle.ROOM, words("Rice, please"))
    found = view(asked(circle=Circle.MEMBERS), wider)
    row = need(found, ROOM)
    assert (row.by, row.text, row.position, row.earlier, row.at) == (ANA, {"en": "Rice, please"}, 2, (1,), NOW + 1)


def test_old_words_that_were_taken_back_are_nowhere_to_take_back_again() -> None:
    wider = NeedWidened(FIRST, Sort.FOOD, Soon.TODAY, Circle.ROOM, words("Rice, please"))
    assert need(view(asked(text="", circle=Circle.MEMBERS), wider), ROOM).earlier == ()


def test_who_would_like_an_offer_is_told_to_its_maker_alone() -> None:
    found = view(offered(), OfferAskedFor(HAIR, BEN, words("Saturday?")))
    told = {who: [row.asked for row in found.offers(eyes(who))] for who in (ANA, BEN, CEM)}
    assert told == {ANA: [((BEN, {"en": "Saturday?"}),)], BEN: [()], CEM: [()]}
    mine = found.offer(eyes(ANA), HAIR)
    assert mine is not None
    assert mine.asked == ((BEN, {"en": "Saturday?"}),)
    assert [row.number for row in found.asked_of(ANA)] == [1]
    assert found.asked_of(BEN) == []


def test_offers_come_newest_first_each_for_its_circle_and_end() -> None:
    found = view(offered(), offered(OfferId(2), Circle.ROOM), offered(OfferId(3), Circle.ROOM))
    assert [row.number for row in found.offers(eyes(BEN))] == [3, 2, 1]
    assert [row.number for row in found.offers(ROOM)] == [3, 2]
    assert found.offer(ROOM, HAIR) is None
    ended = view(offered(), OfferWithdrawn(HAIR, ANA))
    assert ended.offers(eyes(BEN)) == []
    assert ended.asked_of(ANA) == []


def test_what_waits_for_a_person_is_what_they_asked_and_what_they_took_up() -> None:
    found = view(
        asked(),
        asked(SECOND, by=BEN),
        asked(NeedId(3), by=None),
        asked(NeedId(4)),
        NeedTakenUp(SECOND, ANA, words("")),
        NeedMet(NeedId(4), ANA),
    )
    assert [row.number for row in found.waiting_for(ANA)] == [1, 2]
    assert [row.number for row in found.waiting_for(BEN)] == [2]
    assert found.waiting_for(CEM) == []


def test_a_page_that_changes_what_it_was_given_changes_its_own_copy() -> None:
    found = view(asked())
    need(found, ROOM).text["en"] = "Gold"
    assert need(found, ROOM).text == {"en": "Rice"}


def test_a_neighbour_s_chain_may_begin_in_the_middle() -> None:
    facts: list[Events] = [
        NeedTakenUp(FIRST, BEN, words("")),
        ContactAgreed(FIRST, BEN),
        NeedLetGo(FIRST, BEN),
        NeedMet(FIRST, ANA),
        NeedWithdrawn(FIRST, ANA),
        OfferAskedFor(HAIR, BEN, words("")),
        OfferWithdrawn(HAIR, ANA),
    ]
    assert view(*facts).open(STREET) == []
    wider = NeedWidened(FIRST, Sort.FOOD, Soon.TODAY, Circle.FEDERATION, words("Rice"))
    row = need(view(*facts, wider), STREET)
    assert (row.by, row.text, row.state) == (None, {"en": "Rice"}, "open")
