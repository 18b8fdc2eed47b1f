"""The agenda at the kiosk: read it, add a topic, support one, take your own back."""

from __future__ import annotations

import pytest
from pressing import Evening

from hub.domain import assemblies
from hub.domain.base import DAY, Millis, Words
from kiosk.flows import topics


def add(evening: Evening, text: str, name: str = "Rosa") -> None:
    evening.kitchen.submit(assemblies.AddTopic(Words({"en": text})), evening.members[name])


def test_a_topic_is_added_with_a_card_and_names_who_will_read_it(evening: Evening) -> None:
    person = evening.person
    topics.start(evening.session)
    assert "No meeting is called yet." in person.text()
    person.press("Add a topic")
    person.scan(evening.card("Rosa"))
    person.press("Next")
    assert person.page.trouble
    person.type("Who has a key?")
    person.press("Next")
    assert person.page.note == "Everybody here will read it."
    person.press("Put it on the agenda")
    person.press("See the agenda")
    assert "one person wants this · You brought it." in person.text()


def test_a_topic_added_while_the_answer_was_lost_stands_once(evening: Evening) -> None:
    person = evening.person
    topics.start(evening.session)
    person.press("Add a topic")
    person.scan(evening.card("Rosa"))
    person.type("Who has a key?")
    person.press("Next")
    evening.hub.lost = True
    person.press("Put it on the agenda")
    evening.wait(6)
    evening.hub.lost = False
    evening.wait(6)
    assert "It is on the agenda." in person.text()
    assert len(evening.client.read("topics")) == 1


@pytest.mark.parametrize("lost", [False, True])
def test_over_a_start_of_the_hub_a_topic_is_kept_and_stands_once(lost: bool, evening: Evening) -> None:
    person = evening.person
    topics.start(evening.session)
    person.press("Add a topic")
    person.scan(evening.card("Rosa"))
    person.type("Who has a key?")
    person.press("Next")
    evening.hub.lost = lost
    if lost:
        person.press("Put it on the agenda")
        evening.wait(6)
        evening.hub.lost = False
    evening.client.leave(evening.session.visit)  # a hub that starts again knows no visit of before
    if lost:
        evening.wait(6)
    else:
        person.press("Put it on the agenda")
    assert "Who has a key?" in person.text()
    assert person.page.trouble.endswith("please press once more.")
    person.press("Put it on the agenda")
    assert "It is on the agenda." in person.text()
    assert len(evening.client.read("topics")) == 1


def test_a_topic_is_supported_with_a_card(evening: Evening) -> None:
    add(evening, "A bench")
    person = evening.person
    topics.start(evening.session)
    person.row("A bench")
    person.press("I want this too")
    person.scan(evening.card("Ali"))
    assert "more support brings it further up" in person.text()
    person.press("See the agenda")
    assert "2 people want this · You want it too." in person.text()


def test_only_who_brought_a_topic_takes_it_back(evening: Evening) -> None:
    add(evening, "A bench")
    person = evening.person
    topics.start(evening.session)
    person.row("A bench")
    person.press("I brought it: take it back")
    person.scan(evening.card("Ali"))
    assert "Only the person who brought a topic takes it back." in person.page.trouble
    person.press("Leave")
    topics.start(evening.session)
    person.row("A bench")
    person.press("I brought it: take it back")
    person.scan(evening.card("Rosa"))
    assert "It is off the agenda." in person.text()


def test_the_next_meeting_is_named_and_the_agenda_can_be_printed(evening: Evening) -> None:
    starts = Millis(evening.kitchen.clock.now + 8 * DAY)
    evening.kitchen.submit(assemblies.ConvokeAssembly(starts, Words({"en": "Hall"})), evening.members["Rosa"])
    topics.start(evening.session)
    assert evening.person.page.note.endswith("Hall")
    evening.person.press("Print the agenda")
    evening.person.press("Print it")
    assert evening.person.title == "So it looks on paper"
