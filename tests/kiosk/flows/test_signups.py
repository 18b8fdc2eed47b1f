"""Sign up at the kiosk: with a card, as a guest, waiting, changing, giving, printing."""

from __future__ import annotations

import pytest
from pressing import Evening, Tray

from hub.domain import signups
from hub.domain.base import HOUR, Circle, ListId, Millis, Viewer, Words
from hub.printing.port import Trouble
from hub.printing.press import Press
from hub.views.signups import SignupRow

SUPPER = ListId(1)


@pytest.fixture
def supper(evening: Evening) -> Evening:
    """A supper with five places."""
    starts = Millis(evening.kitchen.clock.now + 3 * HOUR)
    place = Words({"en": "Kitchen"})
    command = signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), starts, 5, place)
    evening.kitchen.submit(command, evening.members["Rosa"])
    evening.person.press("Sign up")
    return evening


def row(evening: Evening) -> SignupRow:
    found = evening.kitchen.service.read(lambda views: views.signups.signup(Viewer(Circle.MEMBERS), SUPPER))
    assert found is not None
    return found


def as_guest(evening: Evening, name: str, size: str) -> None:
    evening.person.press("Supper")
    evening.person.press("Sign up without a card")
    evening.person.type(name)
    evening.person.press("Next")
    evening.person.press(size)


def test_with_a_card_it_takes_the_list_the_card_and_a_number(supper: Evening) -> None:
    person = supper.person
    assert "Kitchen · 5 places free" in person.text()
    person.press("Supper")
    person.press("Sign up with my card")
    person.scan(supper.card("Rosa"))
    assert person.title == "How many are you, with those you bring?"
    person.press("2 people")
    assert "You have your place. See you there!" in person.text()
    assert (row(supper).taken, row(supper).of(supper.members["Rosa"]) is not None) == (2, True)
    person.press("Done")
    assert supper.session.depth == 1


def test_a_guest_signs_up_by_first_name_and_is_told_who_sees_it(supper: Evening) -> None:
    person = supper.person
    person.press("Supper")
    assert "Rosa" not in person.text()
    person.press("Sign up without a card")
    person.press("Next")
    assert "Please write your first name." in person.text()
    person.type("Sam")
    person.press("Next")
    assert "Members see your name. The room sees only how many you are." in person.text()
    person.press("one person")
    assert (person.title, row(supper).taken) == ("You are on the list", 1)


def test_a_full_list_says_plainly_that_one_waits(supper: Evening) -> None:
    as_guest(supper, "Sam", "5 people")
    supper.person.press("Done")
    supper.person.press("Sign up")
    as_guest(supper, "Noor", "one person")
    assert supper.person.title == "You wait for a place"
    assert "It is full just now, so you wait." in supper.person.text()


def test_a_guest_is_asked_for_where_the_rules_and_the_list_allow_it_alone(evening: Evening) -> None:
    starts = Millis(evening.kitchen.clock.now + HOUR)
    shift = signups.OpenSignup(signups.Sort.SHIFT, Words({"en": "Washing up"}), starts, 2)
    evening.kitchen.submit(shift, evening.members["Rosa"])
    evening.person.press("Sign up")
    evening.person.press("Washing up")
    assert "Sign up without a card" not in evening.person.labels()


def test_members_see_who_comes_and_change_their_own_place(supper: Evening) -> None:
    kitchen, person = supper.kitchen, supper.person
    for name in ("Rosa", "Ali"):
        kitchen.submit(signups.SignUp(SUPPER, 2), supper.members[name])
    person.press("Supper")
    person.press("Sign up with my card")
    person.scan(supper.card("Ali"))
    assert "Rosa 2 people" in person.text()
    person.press("Change my place")
    person.press("We are more, or fewer")
    person.press("3 people")
    assert (person.title, row(supper).taken) == ("The number is changed.", 5)


def test_who_cannot_come_takes_themselves_off_and_who_waits_moves_up(supper: Evening) -> None:
    kitchen, person = supper.kitchen, supper.person
    kitchen.submit(signups.SignUp(SUPPER, 5), supper.members["Rosa"])
    kitchen.submit(signups.SignUp(SUPPER, 1), supper.members["Ali"])
    person.press("Supper")
    person.press("Sign up with my card")
    person.scan(supper.card("Rosa"))
    person.press("Change my place")
    person.press("I cannot come")
    person.press("Take off the list")
    seated = row(supper).of(supper.members["Ali"])
    assert (person.title, seated is not None and seated.waits) == ("Off the list.", False)


def test_a_place_is_given_to_a_member(supper: Evening) -> None:
    person = supper.person
    supper.kitchen.submit(signups.SignUp(SUPPER), supper.members["Rosa"])
    person.press("Supper")
    person.press("Sign up with my card")
    person.scan(supper.card("Rosa"))
    person.press("Change my place")
    person.press("Give my place to somebody")
    assert "Rosa" not in person.labels()
    person.press("Mei")
    assert row(supper).of(supper.members["Mei"]) is not None


def test_any_member_takes_a_guest_off(supper: Evening) -> None:
    as_guest(supper, "Sam", "one person")
    supper.person.press("Leave")
    supper.person.press("Sign up")
    supper.person.press("Supper")
    supper.person.press("Sign up with my card")
    supper.person.scan(supper.card("Mei"))
    supper.person.press("Back")
    supper.person.press("A guest cannot come")
    supper.person.press("Sam")
    supper.person.press("Take off the list")
    assert row(supper).parties == ()


def test_a_hub_that_dies_before_its_answer_keeps_the_name_and_seats_once(supper: Evening) -> None:
    supper.person.press("Supper")
    supper.person.press("Sign up without a card")
    supper.person.type("Sam")
    supper.person.press("Next")
    supper.hub.lost = True
    supper.person.press("2 people")
    assert supper.person.title == "The hub does not answer"
    assert "What you typed is kept here." in supper.person.text()
    supper.wait(6)
    supper.hub.lost = False
    supper.wait(6)
    assert (supper.person.title, row(supper).taken) == ("You are on the list", 2)


def test_another_language_in_the_middle_keeps_the_place_and_the_name(supper: Evening) -> None:
    supper.person.press("Supper")
    supper.person.press("Sign up without a card")
    supper.person.type("Sam")
    screen = supper.session.screen
    supper.session.speak("es")
    assert supper.session.screen is screen
    assert "Sam" in supper.person.text()
    assert supper.person.title != "Your first name"


def test_who_walks_off_leaves_no_name_behind(supper: Evening) -> None:
    supper.person.press("Supper")
    supper.person.press("Sign up without a card")
    supper.person.type("Sam")
    supper.wait(61)
    assert "Sam" not in supper.person.text()
    supper.wait(46)
    assert (supper.session.depth, supper.session.notice) == (1, "The screen was wiped.")


def test_the_list_is_looked_at_and_printed_for_the_fridge(supper: Evening, press: Press, tray: Tray) -> None:
    person = supper.person
    person.press("Supper")
    person.press("Print")
    assert supper.session.page().name == "preview"
    person.press("Print")
    assert person.title == "It is being printed"
    press.step()
    supper.wait(3)
    assert (person.title, tray.kinds) == ("It is printed", ["signup_list"])
    person.press("Go on")
    assert person.title == "Supper"


def test_without_paper_nothing_is_lost_and_nobody_need_wait(supper: Evening, press: Press, tray: Tray) -> None:
    tray.wrong = Trouble.PAPER_OUT
    supper.person.press("Supper")
    supper.person.press("Print")
    supper.person.press("Print")
    press.step()
    supper.wait(3)
    assert "The printer has no paper. Nothing is lost." in supper.person.text()
    assert "You need not wait here" in supper.person.text()
    tray.wrong = None
    press.step()
    supper.wait(3)
    assert supper.person.title == "It is printed"


def test_a_mute_printer_is_looked_at_by_a_person_and_no_means_once_more(
    supper: Evening, press: Press, tray: Tray
) -> None:
    tray.answers = False
    supper.person.press("Supper")
    supper.person.press("Print")
    supper.person.press("Print")
    press.step()
    supper.wait(3)
    assert "Did it come out whole?" in supper.person.text()
    supper.person.press("No, once more")
    press.step()
    supper.wait(3)
    supper.person.press("Yes, it is whole")
    assert (supper.person.title, len(tray.kinds)) == ("It is printed", 2)
