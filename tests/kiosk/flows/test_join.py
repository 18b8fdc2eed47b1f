"""Joining at the kiosk: the first evening, a newcomer and their voucher, a lost card."""

from __future__ import annotations

from kitchen import Kitchen
from pressing import Evening, Tray

from hub.domain.membership import Standing
from hub.printing.press import Press


def count(kitchen: Kitchen, standing: Standing) -> int:
    return kitchen.service.read(lambda views: views.members.count(standing))


def write_down(evening: Evening, name: str, contact: str = "", *, adult: bool = True) -> None:
    """From what we keep to the last look, and send it."""
    person = evening.person
    person.press("Next")
    person.type(name)
    person.press("Next")
    person.press("Yes" if adult else "No, I am younger")
    if contact:
        person.type(contact)
    person.press("Next" if contact else "Skip this")
    assert "Your name " + name in person.text()
    person.press("Ask to join")


def test_the_first_three_open_the_evening_together_and_get_their_cards(new: Evening, press: Press, tray: Tray) -> None:
    person = new.person
    person.press("Open the first evening")
    assert "The first 3 people of voting age vouch for each other." in person.text()
    person.press("I would like to join")
    for name in ("Rosa", "Ali", "Mei"):
        write_down(new, name)
        person.press("The next person" if name != "Mei" else "We are all here")
    assert person.title == "Who is here?"
    person.press("We vouch for each other")
    assert "Card 1 of 3" in person.text()
    person.press("Print all cards")
    assert "All cards are on their way to the printer." in person.text()
    for _ in range(2):
        person.press("Next card")
    person.press("It is handed over")
    while press.step():
        pass
    assert (new.session.depth, tray.kinds) == (1, ["card"] * 3)
    assert count(new.kitchen, Standing.MEMBER) == 3
    new.wait(1)
    assert "Open the first evening" not in person.labels()


def test_two_are_not_enough_for_a_first_evening_and_it_says_so(new: Evening) -> None:
    new.kitchen.ask("Rosa")
    new.person.press("Open the first evening")
    new.person.press("We are all here")
    assert "A hub begins with 3 people of voting age" in new.person.text()
    new.person.press("We vouch for each other")
    assert new.person.page.trouble
    assert count(new.kitchen, Standing.MEMBER) == 0


def test_who_is_not_in_the_room_is_left_unticked_and_asks_on(new: Evening) -> None:
    for name in ("Rosa", "Ali", "Mei", "Ghost"):
        new.kitchen.ask(name)
    new.person.press("Open the first evening")
    new.person.press("We are all here")
    new.person.press("Ghost")
    new.person.press("We vouch for each other")
    assert (count(new.kitchen, Standing.MEMBER), count(new.kitchen, Standing.ASKED)) == (3, 1)


def test_a_newcomer_reads_what_we_keep_before_anything_is_typed(evening: Evening) -> None:
    evening.person.press("Join us")
    evening.person.press("I would like to join")
    assert evening.person.title == "What we keep, and who sees it"
    assert "It is erased after a year." in evening.person.text()


def test_a_member_beside_them_vouches_at_once_and_the_card_has_their_code(evening: Evening) -> None:
    person = evening.person
    person.press("Join us")
    person.press("I would like to join")
    write_down(evening, "Noor", "door 9")
    assert "A member who knows you vouches for you." in person.text()
    person.press("A member is here")
    person.scan(evening.card("Rosa"))
    assert person.title == "Whom do you know?"
    person.press("I vouch for them")
    assert person.title == "Your member card"
    assert "This is shown only now." in person.text()
    code = person.text().splitlines()[2]
    person.press("It is handed over")
    assert evening.session.person is None
    assert evening.client.show_card(code).name == "Noor"


def test_someone_who_waits_is_vouched_for_later(evening: Evening) -> None:
    evening.kitchen.ask("Noor")
    evening.kitchen.ask("Sam")
    person = evening.person
    person.press("Join us")
    assert "2 people wait" in person.text()
    person.press("Vouch for somebody")
    person.scan(evening.card("Ali"))
    person.press("I vouch for them")
    assert person.page.trouble == "First tick the people you know."
    person.press("Sam")
    person.press("I vouch for them")
    assert "Sam" in person.text()
    assert count(evening.kitchen, Standing.ASKED) == 1


def test_where_there_is_no_printer_for_cards_the_code_stays_on_the_screen(evening: Evening, tray: Tray) -> None:
    evening.kitchen.ask("Noor")
    person = evening.person
    person.press("Join us")
    person.press("Vouch for somebody")
    person.scan(evening.card("Ali"))
    person.press("Noor")
    person.press("I vouch for them")
    assert evening.press_room is not None
    evening.press_room.settings = type(evening.press_room.settings)("folder", "prints")
    person.press("Print this card")
    assert "this printer keeps a picture of every sheet" in person.text()
    assert person.title == "Your member card"


def test_a_card_is_printed_and_the_screen_comes_back_to_it(evening: Evening, press: Press, tray: Tray) -> None:
    evening.kitchen.ask("Noor")
    person = evening.person
    person.press("Join us")
    person.press("Vouch for somebody")
    person.scan(evening.card("Ali"))
    person.press("Noor")
    person.press("I vouch for them")
    person.press("Print this card")
    press.step()
    evening.wait(3)
    assert person.title == "It is printed"
    person.press("Go on")
    assert (person.title, tray.kinds) == ("Your member card", ["card"])


def test_a_lost_card_takes_two_others_and_the_old_one_stops_working(evening: Evening) -> None:
    person = evening.person
    old = evening.card("Mei")
    person.press("Join us")
    person.press("A card is lost")
    person.scan(evening.card("Rosa"))
    assert "Rosa" not in person.labels()
    person.press("Mei")
    person.press("Now the second member")
    person.scan(evening.card("Ali"))
    assert person.title == "Your member card"
    assert evening.session.second is None
    person.press("It is handed over")
    person.press("Waiting for you")
    person.scan(old)
    assert "This card is not known here" in person.text()


def test_the_same_card_twice_is_not_two_members(evening: Evening) -> None:
    person = evening.person
    person.press("Join us")
    person.press("A card is lost")
    person.scan(evening.card("Rosa"))
    person.press("Mei")
    person.press("Now the second member")
    person.scan(evening.card("Rosa"))
    assert "This takes two members." in person.text()
    assert evening.client.show_card(evening.card("Mei")).name == "Mei"


def test_a_hub_killed_at_the_last_step_keeps_the_name_and_writes_it_once(evening: Evening) -> None:
    person = evening.person
    person.press("Join us")
    person.press("I would like to join")
    person.press("Next")
    person.type("Noor")
    person.press("Next")
    person.press("Yes")
    person.press("Skip this")
    evening.hub.lost = True
    person.press("Ask to join")
    assert person.title == "The hub does not answer"
    evening.hub.lost = False
    evening.wait(6)
    assert person.title == "What happens next"
    assert count(evening.kitchen, Standing.ASKED) == 1


def test_the_way_back_keeps_what_was_answered(evening: Evening) -> None:
    person = evening.person
    person.press("Join us")
    person.press("I would like to join")
    person.press("Next")
    person.type("Noor")
    person.press("Next")
    person.press("Yes")
    person.press("Back")
    person.press("Back")
    assert "Noor" in person.text()


def test_who_joins_in_spanish_is_greeted_in_spanish_by_their_card(evening: Evening) -> None:
    evening.session.speak("es")
    say = evening.session.say
    person = evening.person
    person.press(say("Join us"))
    person.press(say("I would like to join"))
    person.press(say("Next"))
    person.type("Pilar")
    person.press(say("Next"))
    person.press(say("Yes"))
    person.press(say("Skip this"))
    person.press(say("Ask to join"))
    asked = evening.kitchen.service.read(lambda views: views.members.standing(Standing.ASKED))
    assert evening.kitchen.service.people.language(asked[0].member) == "es"
