"""The pages of sign-ups, as phones in the hall see them."""

from __future__ import annotations

import re

import pytest
from kitchen import NOON, Kitchen, Phone, own_program

from hub.domain.base import DAY, HOUR, Circle, ListId, MemberId, Millis, Words
from hub.domain.signups import OpenSignup, SignUp, Sort

SOUP = {"sort": "meal", "title": "Bean <soup>", "day": "2026-11-23", "hour": "19:00", "places": "3", "circle": "2"}
FIRST = ListId(1)


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening("Rosa", "Ali", "Mei")


@pytest.fixture
def rosa(visitor: Phone, members: list[MemberId]) -> Phone:
    visitor.pair(members[0])
    visitor.send("/signups/open", place="Kitchen", **SOUP)
    return visitor


def beside(first: Phone, member: MemberId) -> Phone:
    """A second phone at the same running hub."""
    other = Phone(first.app.test_client(), first.app)
    other.pair(member)
    return other


def stranger(first: Phone) -> Phone:
    """A phone of nobody in particular at the same running hub."""
    return Phone(first.app.test_client(), first.app)


def test_an_empty_board_says_who_can_open_a_list(visitor: Phone) -> None:
    assert "Any member can open one" in visitor.get("/signups")
    assert "0 lists" in visitor.get("/")


def test_a_member_opens_a_list_and_the_room_sees_it_by_the_hub_s_clock(rosa: Phone) -> None:
    page = stranger(rosa).get("/signups")
    assert "Bean &lt;soup&gt;" in page
    assert "7:00" in page
    assert "3 places free" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "soon"}, "Choose a day and an hour"),
        ({"day": "2024-01-01"}, "still to come"),
        ({"hour": "25:99"}, "Choose a day and an hour"),
        ({"places": "many"}, "not a whole number"),
        ({"title": " "}, "write a few words"),
        ({"sort": "party"}, "choose one of the answers"),
    ],
)
def test_a_form_that_cannot_be_is_refused_in_a_sentence_and_keeps_its_answers(
    rosa: Phone, wrong: dict[str, str], sentence: str
) -> None:
    status, page = rosa.send("/signups/open", place="Kitchen", **{**SOUP, **wrong})
    assert status == 422
    assert sentence in page
    assert 'value="Kitchen"' in page


def test_without_a_card_nobody_opens_a_list(visitor: Phone) -> None:
    assert visitor.status("/signups/open") == 403
    assert visitor.send("/signups/open", **SOUP)[0] == 403


def test_a_member_signs_up_changes_the_number_and_leaves(rosa: Phone) -> None:
    status, page = rosa.send("/signups/1/sign-up", size="2")
    assert (status, "You have your place" in page) == (200, True)
    assert "2 of 3 places taken" in page
    assert "3 of 3" in rosa.send("/signups/1/resize", party="1", size="3")[1]
    assert "0 of 3" in rosa.send("/signups/1/leave", party="1")[1]


def test_a_guest_signs_up_with_a_first_name_and_the_room_sees_only_a_number(rosa: Phone) -> None:
    guest = stranger(rosa)
    status, page = guest.send("/signups/1/guest", name="Olga", size="1")
    assert (status, "You have your place" in page) == (200, True)
    assert "1 of 3" in page
    assert "Olga" not in page
    assert "Olga" in rosa.get("/signups/1")


def test_a_guest_needs_a_name_and_leaves_by_telling_any_member(rosa: Phone) -> None:
    guest = stranger(rosa)
    assert guest.send("/signups/1/guest", name=" ", size="1")[0] == 422
    guest.send("/signups/1/guest", name="Olga", size="1")
    assert guest.send("/signups/1/leave", party="1")[0] == 403
    assert "Olga" not in rosa.send("/signups/1/leave", party="1")[1]


def test_a_guest_s_name_is_gone_after_the_meal(kitchen: Kitchen, rosa: Phone) -> None:
    stranger(rosa).send("/signups/1/guest", name="Olga", size="1")
    kitchen.clock.forward(3 * DAY)
    people = kitchen.service.people
    people.sweep(kitchen.clock.now)
    assert "Olga" not in {people.name(each) for each in people.members()}


def test_guests_see_no_form_where_they_cannot_sign_up(rosa: Phone) -> None:
    rosa.send("/signups/open", **{**SOUP, "sort": "shift", "title": "Dishes"})
    page = stranger(rosa).get("/signups/2")
    assert "Your first name" not in page
    assert "scan your member card" in page
    assert "sign up for meals" in stranger(rosa).send("/signups/2/guest", name="Olga", size="1")[1]


def test_when_it_is_full_people_wait_and_move_up_by_themselves(rosa: Phone, members: list[MemberId]) -> None:
    ali = beside(rosa, members[1])
    rosa.send("/signups/1/sign-up", size="3")
    assert "It is full just now, so you wait" in ali.send("/signups/1/sign-up", size="2")[1]
    assert "You wait for a place" in ali.get("/signups/1")
    rosa.send("/signups/1/leave", party="1")
    assert "You have a place" in ali.get("/signups/1")


def test_a_party_too_big_for_what_is_left_is_not_told_that_it_is_full(rosa: Phone, members: list[MemberId]) -> None:
    ali = beside(rosa, members[1])
    rosa.send("/signups/1/sign-up", size="2")
    page = ali.send("/signups/1/sign-up", size="2")[1]
    assert "There is not room for all of you" in page
    assert "It is full" not in page
    assert "2 of 3 places taken" in page


def test_a_guest_reads_who_will_see_their_name_before_they_send_it(rosa: Phone) -> None:
    form = stranger(rosa).get("/signups/1").partition("Your first name")[2].partition("</form>")[0]
    assert "Members see your name" in form.partition("<button")[0]


def test_the_second_member_reads_it_in_their_own_language(rosa: Phone, members: list[MemberId]) -> None:
    ali = Phone(rosa.app.test_client(), rosa.app, "es")
    ali.pair(members[1])
    change = {"day": "2026-11-24", "hour": "18:00", "places": "9", "place": "Patio"}
    asked = ali.send("/signups/1/change", together="yes", key="k1", **change)[1]
    number = "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", asked)[0])
    read = beside(rosa, members[2]).get(f"/signups/together?number={number}")
    for line in ("Change the time or the places of this list", "Tuesday, November 24", "Places: 9", "Patio"):
        assert line in read
        assert line not in asked or line == "Patio"


def test_a_place_is_given_to_who_waits_or_to_a_member(rosa: Phone, members: list[MemberId]) -> None:
    ali = beside(rosa, members[1])
    rosa.send("/signups/1/sign-up", size="3")
    ali.send("/signups/1/sign-up", size="2")
    assert "That was kind" in rosa.send("/signups/1/give", party="1", to="waiting 2")[1]
    assert "You have a place" in ali.get("/signups/1")
    assert "That was kind" in ali.send("/signups/1/give", party="2", to=f"member {members[2]}")[1]
    assert "Mei" in rosa.get("/signups/1")
    for nobody in ("", "waiting x", "member nobody", "elsewhere 1"):
        assert beside(rosa, members[2]).send("/signups/1/give", party="2", to=nobody)[0] == 422


def test_only_who_opened_it_changes_it_and_two_members_can(rosa: Phone, members: list[MemberId]) -> None:
    ali, mei = beside(rosa, members[1]), beside(rosa, members[2])
    change = {"day": "2026-11-24", "hour": "18:00", "places": "9", "place": ""}
    status, page = ali.send("/signups/1/change", **change)
    assert (status, "opened the list" in page) == (422, True)
    asked = ali.send("/signups/1/change", together="yes", key="k1", **change)[1]
    number = "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", asked)[0])
    assert "it is your own" in ali.get(f"/signups/together?number={number}")
    read = mei.get(f"/signups/together?number={number}")
    assert "Ali asks you to agree" in read
    assert "Places: 9" in read
    assert "You agreed" in mei.send("/signups/together", number=number)[1]
    assert "9 places free" in mei.get("/signups/1")
    assert "Nothing waits" in mei.send("/signups/together", number=number)[1]


def test_a_meal_that_does_not_take_place_says_why_to_everybody(rosa: Phone) -> None:
    rosa.send("/signups/1/cancel", why="No gas")
    page = stranger(rosa).get("/signups/1")
    assert "This does not take place" in page
    assert "No gas" in page
    assert "Your first name" not in page
    assert "open again" in rosa.send("/signups/1/reopen")[1]
    assert "closed" in rosa.send("/signups/1/close", why="")[1]


def test_a_list_for_members_is_not_there_for_the_room(rosa: Phone) -> None:
    rosa.send("/signups/open", **{**SOUP, "circle": "1"})
    room = stranger(rosa)
    assert room.status("/signups/2") == 404
    assert room.status("/signups/2/sheet") == 404
    assert room.send("/signups/2/guest", name="Olga", size="1")[0] == 404
    assert room.get("/signups").count("Bean") == 1


def test_lists_that_are_over_stay_to_look_at(kitchen: Kitchen, rosa: Phone) -> None:
    rosa.send("/signups/1/sign-up", size="2")
    kitchen.clock.forward(2 * DAY)
    room = stranger(rosa)
    assert "Bean" not in room.get("/signups")
    assert "2 people came" in room.get("/signups/past")
    assert "This is over" in room.get("/signups/1")


def test_the_fridge_sheet_has_names_for_members_only(rosa: Phone) -> None:
    rosa.send("/signups/1/sign-up", size="1")
    assert "Rosa" in rosa.get("/signups/1/sheet")
    assert "Rosa" not in stranger(rosa).get("/signups/1/sheet")
    assert "Bean" in stranger(rosa).get("/signups/sheet")


def test_what_is_not_there_is_not_found(rosa: Phone) -> None:
    assert rosa.status("/signups/99") == 404
    assert rosa.send("/signups/1/dance")[0] == 404


def test_a_double_click_signs_up_once(rosa: Phone) -> None:
    for _ in range(2):
        page = rosa.send("/signups/1/sign-up", size="1", key="one-form")[1]
    assert "1 of 3" in page


def test_the_pages_speak_spanish(rosa: Phone) -> None:
    spanish = Phone(rosa.app.test_client(), rosa.app, "es")
    for path in ("/signups", "/signups/1", "/signups/past", "/signups/sheet", "/signups/1/sheet"):
        page = spanish.get(path)
        assert 'lang="es"' in page
        assert "places" not in page
        assert "Sign up" not in page


def test_the_kiosk_reads_the_lists_and_tonight_s_reminders(kitchen: Kitchen, members: list[MemberId]) -> None:
    for starts in (NOON + 7 * HOUR, NOON + 3 * DAY):
        opened = OpenSignup(Sort.MEAL, Words({"en": "Soup"}), Millis(starts), 4, circle=Circle.ROOM)
        kitchen.submit(opened, members[0])
    kitchen.submit(SignUp(FIRST, 2), members[1])
    client, token = own_program(kitchen.app())
    rows = client.get("/api/read/signups", headers=token).json
    assert [(row["number"], row["taken"], row["parties"]) for row in rows] == [(1, 2, []), (2, 0, [])]
    assert [row["number"] for row in client.get("/api/read/signups_tonight", headers=token).json] == [1]
    assert client.get("/api/read/signup?signup=1", headers=token).json["taken"] == 2
    assert client.get("/api/read/signup?signup=x", headers=token).json is None
    assert "Soup" in client.get("/api/documents/signup_list?signup=1", headers=token).json["text"].title()
    assert "Soup" in client.get("/api/documents/signups", headers=token).json["text"]
    assert kitchen.service.rules(lambda house: house.signups.signups[FIRST].taken) == 2
