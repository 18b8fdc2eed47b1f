"""Waiting for you and About me at the kiosk: what waits, the slip, the phone, the PIN, the name, leaving."""

from __future__ import annotations

import pytest
from pressing import PIN, Evening, Tray

from hub.domain import needs, signups
from hub.domain.base import HOUR, ListId, Millis, NeedId, Words
from hub.domain.membership import Standing
from hub.domain.needs import REMIND_AFTER
from hub.printing.press import Press

RICE = Words({"en": "Rice for four"})


@pytest.fixture
def rosa(evening: Evening) -> Evening:
    """Rosa asked for rice."""
    command = needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, RICE)
    evening.kitchen.submit(command, evening.members["Rosa"])
    return evening


def arrive(evening: Evening, name: str = "Rosa") -> None:
    evening.person.press("Waiting for you")
    evening.person.scan(evening.card(name))


def about_me(evening: Evening, thing: str) -> None:
    arrive(evening)
    evening.person.press("About me")
    evening.person.press(thing)


def test_an_empty_page_says_what_is_true_and_the_next_step(evening: Evening) -> None:
    arrive(evening)
    assert evening.person.title == "Waiting for Rosa"
    assert "Nothing waits for you just now." in evening.person.text()


def test_an_unknown_card_is_a_plain_no_and_another_may_be_shown(evening: Evening) -> None:
    evening.person.press("Waiting for you")
    evening.person.scan("0000-0000-0000")
    assert "This card is not known here" in evening.person.text()
    evening.person.scan(evening.card("Rosa"))
    assert evening.person.title == "Waiting for Rosa"


def test_everything_that_concerns_a_person_stands_in_one_list(rosa: Evening) -> None:
    kitchen = rosa.kitchen
    kitchen.submit(needs.TakeUpNeed(NeedId(1), Words({"en": "At eight"})), rosa.members["Ali"])
    kitchen.submit(needs.MakeOffer(needs.Sort.THINGS, Words({"en": "A ladder"})), rosa.members["Rosa"])
    starts = Millis(kitchen.clock.now + HOUR)
    kitchen.submit(signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), starts, 4), rosa.members["Mei"])
    kitchen.submit(signups.SignUp(ListId(1)), rosa.members["Rosa"])
    arrive(rosa)
    text = rosa.person.text()
    assert "Ali took it up." in text
    assert "you have a place" in text
    rosa.person.press("Rice for four")
    assert "At eight" in rosa.person.text()
    rosa.person.press("Back")
    rosa.person.press("Supper")
    assert "You have a place" in rosa.person.text()


def test_a_need_that_is_open_for_long_is_asked_about(rosa: Evening) -> None:
    rosa.kitchen.clock.forward(REMIND_AFTER + 1)
    arrive(rosa)
    assert "Is this still needed?" in rosa.person.text()
    rosa.person.press("Rice for four")
    rosa.person.press("It is still needed")
    assert "In two weeks we ask again." in rosa.person.text()
    rosa.person.press("Waiting for you")
    assert "Nobody has taken it up yet." in rosa.person.text()


def test_a_need_is_taken_back(rosa: Evening) -> None:
    arrive(rosa)
    rosa.person.press("Rice for four")
    rosa.person.press("Not needed any more")
    assert rosa.person.title == "It is off the list."


def test_contacts_are_shown_once_both_agreed(rosa: Evening) -> None:
    kitchen = rosa.kitchen
    kitchen.submit(needs.TakeUpNeed(NeedId(1)), rosa.members["Ali"])
    rosa.client.keep(rosa.client.show_card(rosa.card("Ali")).visit, contact="door 4")
    arrive(rosa)
    rosa.person.press("Rice for four")
    rosa.person.press("Let them reach me")
    rosa.person.press("Waiting for you")
    rosa.person.press("Rice for four")
    assert "As soon as the other agrees too" in rosa.person.text()
    kitchen.submit(needs.AgreeContact(NeedId(1)), rosa.members["Ali"])
    rosa.session.home()
    rosa.person.press("Waiting for you")
    rosa.person.press("Rice for four")
    assert "You can reach each other: door 4" in rosa.person.text()


def test_the_slip_is_printed(rosa: Evening, press: Press, tray: Tray) -> None:
    arrive(rosa)
    rosa.person.press("Print it")
    rosa.person.press("Print")
    press.step()
    rosa.wait(3)
    assert (rosa.person.title, tray.kinds) == ("It is printed", ["waiting"])


def test_a_phone_is_paired_by_a_code_for_the_halls_pages(evening: Evening) -> None:
    evening.session.hall = "http://10.42.0.1:8080"
    about_me(evening, "Use my phone")
    assert "http://10.42.0.1:8080/pair/" in evening.person.text()
    assert "It never asks for your PIN." in evening.person.text()


def test_a_pin_is_changed_with_the_old_one_and_counts_at_once(evening: Evening) -> None:
    evening.chose_pin("Rosa")
    about_me(evening, "Change my PIN")
    evening.person.keys(PIN)
    evening.person.press("Next")
    assert evening.person.title == "Choose a PIN"
    for _ in range(2):
        evening.person.keys("8265")
        evening.person.press("Next")
    assert evening.person.title == "Your PIN is changed"
    assert evening.client.show_card(evening.card("Rosa"), "8265").tier == 2


def test_a_wrong_pin_changes_nothing(evening: Evening) -> None:
    evening.chose_pin("Rosa")
    about_me(evening, "Change my PIN")
    evening.person.keys("9999")
    evening.person.press("Next")
    assert evening.person.title == "Your PIN"
    assert evening.person.page.trouble


def test_a_name_and_how_to_reach_somebody_are_changed_and_taken_back(evening: Evening) -> None:
    about_me(evening, "My name")
    evening.person.type("Rosa M.")
    evening.person.press("Change it")
    assert evening.kitchen.service.people.name(evening.members["Rosa"]) == "Rosa M."
    for typed, said in (("door 7", "It is kept for a year"), ("", "Nobody can see here how to reach you.")):
        evening.person.press("Done")
        evening.person.press("Waiting for you")
        evening.person.press("About me")
        evening.person.press("How to reach me")
        evening.person.type(typed)
        evening.person.press("Keep it for a year" if typed else "Keep nothing")
        assert said in evening.person.text()
        assert evening.kitchen.service.people.contact(evening.members["Rosa"], evening.kitchen.clock.now) == typed


def test_leaving_for_good_asks_for_the_pin_and_erases_the_name_where_that_is_wished(evening: Evening) -> None:
    evening.chose_pin("Rosa")
    about_me(evening, "Leave this hub for good")
    evening.person.press("Leave and erase my name")
    evening.person.keys(PIN)
    evening.person.press("Next")
    assert (evening.session.depth, evening.session.notice) == (1, "You have left, and your name is erased.")
    assert evening.kitchen.service.people.name(evening.members["Rosa"]) == ""


def test_leaving_for_good_may_keep_the_name(evening: Evening) -> None:
    evening.chose_pin("Rosa")
    about_me(evening, "Leave this hub for good")
    evening.person.press("Leave for good")
    evening.person.keys(PIN)
    evening.person.press("Next")
    assert "Come back whenever you like." in evening.session.notice
    left = evening.kitchen.service.read(lambda views: views.members.count(Standing.LEFT))
    assert left == 1


def test_after_leaving_the_screen_nothing_of_the_person_is_left(rosa: Evening) -> None:
    arrive(rosa)
    rosa.person.press("Leave")
    rosa.wait(1)
    assert (rosa.session.person, rosa.session.card) == (None, "")
    assert "Rosa" not in rosa.person.text()
