"""The view of assemblies: the agenda on the door, the meeting tonight, the minutes."""

from __future__ import annotations

from msgspec import Raw

from hub.domain.assemblies import (
    WAITS,
    AssemblyCancelled,
    AssemblyConvoked,
    AssemblyMoved,
    Because,
    DecisionMinuted,
    Events,
    MeetingClosed,
    MeetingOpened,
    MinutesAdopted,
    MinutesCorrected,
    NotesRecorded,
    PresentCounted,
    Sort,
    TopicAdded,
    TopicSettled,
    TopicSupported,
    TopicWithdrawn,
)
from hub.domain.base import (
    DAY,
    AssemblyId,
    Circle,
    DecisionId,
    Effect,
    HubId,
    MemberId,
    Millis,
    TopicId,
    Viewer,
    Words,
)
from hub.entry import Entry, Head
from hub.views.assemblies import AssembliesView

NOW = Millis(1_900_000_000_000)
ANA, BEN = MemberId("memberana001"), MemberId("memberben001")
ROOM, MEMBERS = Viewer(Circle.ROOM), Viewer(Circle.MEMBERS, BEN)
FIRST, SECOND = AssemblyId(1), AssemblyId(2)


def words(text: str) -> Words:
    return Words({"en": text})


def called(number: AssemblyId = FIRST, days: int = 7, outside: tuple[str, ...] = ()) -> AssemblyConvoked:
    starts = Millis(NOW + days * DAY)
    return AssemblyConvoked(number, Sort.ORDINARY, starts, NOW, ANA, outside, words("Hall"))


def begun(number: AssemblyId = FIRST, held: int = 0, outside: tuple[str, ...] = ()) -> MeetingOpened:
    return MeetingOpened(number, Millis(NOW + held), ANA, 12, 40, False, BEN, outside)


def decided(topic: int | None = None, *, advisory: bool = False) -> DecisionMinuted:
    about = TopicId(topic) if topic else None
    why = ("quorum",) if advisory else ()
    return DecisionMinuted(
        DecisionId(1), FIRST, about, False, 9, 1, 2, True, advisory, Effect(), BEN, None, why, words("Fix it")
    )


def topic(number: int, because: Because = Because.MEMBER) -> TopicAdded:
    mine = because is Because.MEMBER
    by, text = (ANA, words(f"Topic {number}")) if mine else (None, Words({}))
    return TopicAdded(TopicId(number), because, by, "" if mine else "quorum", 0, text)


def view(*facts: Events) -> AssembliesView:
    found = AssembliesView()
    for seq, fact in enumerate(facts, 1):
        head = Head(kind=fact.KIND, seq=seq, prev="", boot=1, time=NOW + seq, data=Raw(b"{}"))
        found.apply(Entry(HubId("ab" * 32), head, "", None), fact)
    return found


def numbers(rows: list) -> list[int]:  # type: ignore[type-arg]
    return [row.number for row in rows]


def test_the_agenda_stands_in_the_order_of_support_and_the_hub_s_own_come_last() -> None:
    facts = (topic(1, Because.OUTSIDE), topic(2), topic(3), TopicSupported(TopicId(3), BEN))
    found = view(*facts).agenda(MEMBERS)
    assert numbers(found) == [3, 2, 1]
    assert [row.support for row in found] == [2, 1, 0]
    assert found[0].supporters == (ANA, BEN)


def test_the_room_sees_how_many_support_a_topic_and_not_who() -> None:
    row = view(topic(1), TopicSupported(TopicId(1), BEN)).agenda(ROOM)[0]
    assert (row.support, row.supporters) == (2, ())


def test_a_topic_leaves_the_agenda_when_it_is_settled_taken_back_or_decided_but_not_by_advice() -> None:
    facts = [topic(number) for number in (1, 2, 3, 4)]
    gone = (TopicSettled(TopicId(1), FIRST), TopicWithdrawn(TopicId(2), ANA), decided(3))
    assert numbers(view(*facts, *gone).agenda(ROOM)) == [4]
    assert numbers(view(*facts, decided(3, advisory=True)).agenda(ROOM)) == [1, 2, 3, 4]
    found = view(*facts, *gone).topic(ROOM, TopicId(3))
    assert found is not None
    assert found.state == "settled"


def test_the_next_assembly_is_the_soonest_that_nobody_opened() -> None:
    found = view(called(), called(SECOND, days=5), called(AssemblyId(3), days=2), begun(AssemblyId(3)))
    assert numbers(found.upcoming(NOW)) == [2, 1]
    assert numbers(found.running()) == [3]


def test_an_assembly_of_which_nothing_is_written_is_asked_for() -> None:
    later = Millis(NOW + 7 * DAY + WAITS + 1)
    assert view(called()).upcoming(later) == []
    assert numbers(view(called()).missed(later)) == [1]
    assert view(called()).missed(NOW) == []


def test_a_moved_assembly_keeps_its_place_unless_it_has_another_and_tells_of_its_notice() -> None:
    soon = Millis(NOW + DAY)
    moved = AssemblyMoved(FIRST, soon, NOW, ANA, ("notice_days",), Words({}))
    row = view(called(), moved).assembly(FIRST)
    assert row is not None
    assert (row.starts, row.place, row.outside) == (soon, {"en": "Hall"}, ("notice_days",))
    yard = AssemblyMoved(FIRST, soon, NOW, ANA, (), words("Yard"))
    again = view(called(), moved, yard).assembly(FIRST)
    assert again is not None
    assert (again.place, again.outside) == ({"en": "Yard"}, ())


def test_a_cancelled_assembly_says_why() -> None:
    row = view(called(), AssemblyCancelled(FIRST, ANA, words("Flood"))).assembly(FIRST)
    assert row is not None
    assert (row.stage, row.why) == ("cancelled", {"en": "Flood"})


def test_minutes_hold_decisions_notes_and_what_they_were_about() -> None:
    notes = (NotesRecorded(FIRST, TopicId(1), words("It leaks")), NotesRecorded(FIRST, None, words("Cake")))
    facts = (topic(1), called(), begun(), PresentCounted(FIRST, 14), *notes, decided(1))
    found = view(*facts).minutes(FIRST)
    assert found is not None
    assert (found.assembly.present, found.assembly.facilitator) == (14, ANA)
    assert [note.text["en"] for note in found.notes] == ["It leaks", "Cake"]
    assert [decision.text["en"] for decision in found.decisions] == ["Fix it"]
    assert numbers(list(found.topics)) == [1]


def test_there_are_no_minutes_before_the_meeting() -> None:
    assert view(called()).minutes(FIRST) is None
    assert view().minutes(FIRST) is None


def test_what_calling_and_opening_were_outside_of_stands_together() -> None:
    found = view(called(outside=("notice_days",)), begun(outside=("quorum", "notice_days")))
    row = found.assembly(FIRST)
    assert row is not None
    assert row.outside == ("notice_days", "quorum")


def test_minutes_are_a_draft_until_a_later_meeting_adopts_them() -> None:
    facts = (called(), begun(), MeetingClosed(FIRST, BEN), called(SECOND), begun(SECOND, held=DAY))
    assert numbers(view(*facts).drafts()) == [1]
    corrected = MinutesCorrected(FIRST, SECOND, BEN, words("Nine"))
    found = view(*facts, corrected, MinutesAdopted(FIRST, SECOND, BEN), MeetingClosed(SECOND, BEN))
    assert numbers(found.drafts()) == [2]
    assert numbers(found.met()) == [2, 1]
    row = found.assembly(FIRST)
    assert row is not None
    assert (row.stage, row.adopted_at, row.corrections) == ("adopted", 2, ({"en": "Nine"},))


def test_a_chain_may_begin_in_the_middle() -> None:
    facts: list[Events] = [
        AssemblyMoved(FIRST, NOW, NOW, ANA, (), Words({})),
        AssemblyCancelled(FIRST, ANA, Words({})),
        begun(),
        PresentCounted(FIRST, 3),
        NotesRecorded(FIRST, TopicId(1), words("It leaks")),
        decided(1),
        MeetingClosed(FIRST, BEN),
        MinutesCorrected(FIRST, SECOND, BEN, words("Nine")),
        MinutesAdopted(FIRST, SECOND, BEN),
        TopicSupported(TopicId(1), BEN),
        TopicSettled(TopicId(1), FIRST),
        TopicWithdrawn(TopicId(1), ANA),
    ]
    found = view(*facts)
    assert (found.met(), found.agenda(MEMBERS), found.minutes(FIRST)) == ([], [], None)
    whole = view(called(), begun(), *facts[4:6]).minutes(FIRST)
    assert whole is not None
    assert (whole.topics, len(whole.decisions)) == ((), 1)
