"""Needs and offers at the kiosk: asking without a card, taking up, letting go, meeting, offering."""

from __future__ import annotations

import pytest
from pressing import Evening

from hub.domain import needs
from hub.domain.base import Circle, MemberId, NeedId, OfferId, Viewer, Words
from hub.views.needs import NeedRow, OfferRow

TAP = "The tap in my kitchen drips"


def need(evening: Evening, number: int = 1, member: MemberId | None = None) -> NeedRow:
    viewer = Viewer(Circle.MEMBERS, member)
    found = evening.kitchen.service.read(lambda views: views.needs.need(viewer, NeedId(number)))
    assert found is not None
    return found


def offer(evening: Evening, name: str) -> OfferRow:
    viewer = Viewer(Circle.MEMBERS, evening.members[name])
    found = evening.kitchen.service.read(lambda views: views.needs.offer(viewer, OfferId(1)))
    assert found is not None
    return found


def ask(evening: Evening, circle: str = "Everyone in the room") -> None:
    """Fill in everything up to the last look."""
    person = evening.person
    person.press("Ask for help")
    person.press("Repairs")
    person.press("Any time")
    person.type(TAP)
    person.press("Next")
    person.press(circle)


@pytest.fixture
def asked(evening: Evening) -> Evening:
    """Rosa asked for somebody to mend her tap; everybody in the room may see it."""
    command = needs.ReportNeed(needs.Sort.REPAIR, needs.Soon.WEEK, Words({"en": TAP}), Circle.ROOM)
    evening.kitchen.submit(command, evening.members["Rosa"])
    evening.person.press("Offer or help")
    evening.person.press("Who can help?")
    return evening


def take_up(evening: Evening, note: str = "") -> None:
    person = evening.person
    person.press(TAP)
    person.press("I will see to it")
    person.scan(evening.card("Ali"))
    if note:
        person.type(note)
    person.press("Send it")


def test_asking_takes_no_card_names_the_circle_and_ends_with_a_number(evening: Evening) -> None:
    ask(evening)
    assert "Who sees it Everyone in the room" in evening.person.text()
    assert "It does not say who asked." in evening.person.text()
    evening.person.press("Ask")
    assert "It is number 1: keep it in mind." in evening.person.text()
    assert (need(evening).by, need(evening).text) == (None, Words({"en": TAP}))


def test_asking_with_a_card_waits_for_who_asked(evening: Evening) -> None:
    ask(evening, "Members")
    evening.person.press("With my card")
    evening.person.scan(evening.card("Rosa"))
    assert "Who takes it up sees your name." in evening.person.text()
    evening.person.press("Ask")
    assert need(evening).by == evening.members["Rosa"]
    assert "Waiting for you" in evening.person.text()


def test_nothing_typed_is_said_above_the_field(evening: Evening) -> None:
    evening.person.press("Ask for help")
    evening.person.press("Food")
    evening.person.press("Today")
    evening.person.press("Next")
    assert evening.person.page.trouble == "Please write a few words first."


def test_a_hub_killed_while_asking_keeps_the_words_and_asks_once(evening: Evening) -> None:
    ask(evening)
    evening.hub.lost = True
    evening.person.press("Ask")
    assert evening.person.title == "The hub does not answer"
    evening.hub.lost = False
    evening.wait(6)
    assert "It is number 1" in evening.person.text()
    rows = evening.kitchen.service.read(lambda views: views.needs.open(Viewer(Circle.MEMBERS)))
    assert len(rows) == 1


def test_words_changed_after_a_no_are_sent_as_a_new_form(evening: Evening) -> None:
    ask(evening)
    evening.hub.down = True
    evening.person.press("Ask")
    evening.hub.down = False
    evening.person.press("Leave")
    ask(evening, "Members")
    evening.person.press("Ask")
    assert need(evening).circle == Circle.MEMBERS


def test_taking_one_up_asks_for_a_card_and_says_who_reads_the_note(asked: Evening) -> None:
    asked.person.press(TAP)
    asked.person.press("I will see to it")
    asked.person.scan(asked.card("Ali"))
    assert "Only who asked reads your note, with your name." in asked.person.text()
    asked.person.type("Tomorrow at eight")
    asked.person.press("Send it")
    assert "They will see that you are coming." in asked.person.text()
    assert (need(asked).taker, need(asked).note) == (asked.members["Ali"], Words({"en": "Tomorrow at eight"}))


def test_who_asked_without_a_card_finds_the_note_by_the_number(evening: Evening) -> None:
    ask(evening)
    evening.person.press("Ask")
    evening.person.press("Done")
    evening.kitchen.submit(needs.TakeUpNeed(NeedId(1), Words({"en": "At the door"})), evening.members["Ali"])
    evening.person.press("Offer or help")
    evening.person.press("I asked for something")
    evening.person.keys("1")
    evening.person.press("Next")
    assert "At the door" in evening.person.text()
    assert "Ali" not in evening.person.text()


def test_a_number_that_is_none_is_said_and_can_be_typed_again(evening: Evening) -> None:
    evening.person.press("Offer or help")
    evening.person.press("I asked for something")
    evening.person.keys("77")
    evening.person.press("Next")
    assert "No need with this number is shown here." in evening.person.text()
    assert evening.session.page().name == "need-number"


def test_for_others_a_taken_need_names_nobody(asked: Evening) -> None:
    asked.kitchen.submit(needs.TakeUpNeed(NeedId(1), Words({"en": "secretplace"})), asked.members["Ali"])
    asked.person.press(TAP)
    assert "Somebody is seeing to it." in asked.person.text()
    assert "secretplace" not in asked.person.text()
    got = asked.client.read("need", need=1)
    assert (got["need"]["taker"], got["need"]["note"], got["taker"]) == (None, {}, "")


def test_who_took_it_up_lets_it_go(asked: Evening) -> None:
    take_up(asked)
    asked.person.press("Done")
    asked.person.press("Waiting for you")
    asked.person.press(TAP)
    asked.person.press("I cannot after all")
    assert (asked.person.title, need(asked).taker) == ("That is all right", None)


def test_who_asked_says_that_it_was_met(asked: Evening) -> None:
    take_up(asked)
    asked.person.press("Leave")
    asked.person.press("Waiting for you")
    asked.person.scan(asked.card("Rosa"))
    asked.person.press(TAP)
    assert "Ali took it up." in asked.person.text()
    assert "No place was named: meet in the kitchen." in asked.person.text()
    asked.person.press("It was met")
    assert need(asked).state == "met"


def test_an_offer_is_made_with_a_card(evening: Evening) -> None:
    person = evening.person
    person.press("Offer or help")
    person.press("Offer something")
    person.scan(evening.card("Mei"))
    person.press("Things")
    person.type("A ladder")
    person.press("Next")
    person.press("Members")
    assert "Who sees it Members" in person.text()
    person.press("Offer it")
    assert (person.title, offer(evening, "Mei").text) == ("Thank you!", Words({"en": "A ladder"}))


def test_an_offer_is_asked_for_and_its_maker_ends_it(evening: Evening) -> None:
    person = evening.person
    made = needs.MakeOffer(needs.Sort.THINGS, Words({"en": "A ladder"}), Circle.ROOM)
    evening.kitchen.submit(made, evening.members["Mei"])
    person.press("Offer or help")
    person.press("On offer")
    person.press("A ladder")
    person.press("I would like this")
    person.scan(evening.card("Ali"))
    person.type("On Sunday")
    person.press("Send it")
    assert offer(evening, "Mei").asked == ((evening.members["Ali"], {"en": "On Sunday"}),)
    person.press("Leave")
    person.press("Waiting for you")
    person.scan(evening.card("Mei"))
    person.row("A ladder")
    assert "Ali would like this." in person.text()
    assert "On Sunday" in person.text()
    person.press("Back")
    person.press("Back")
    person.press("Offer or help")
    person.press("On offer")
    person.press("A ladder")
    person.press("End my offer")
    assert offer(evening, "Mei").state == "withdrawn"
