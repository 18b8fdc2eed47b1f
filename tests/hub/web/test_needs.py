"""The pages of needs and offers, as phones in the hall see them."""

from __future__ import annotations

import re

from kitchen import Kitchen, Phone, phone

from hub.domain.base import Circle, Words
from hub.domain.needs import ReportNeed, Soon, Sort


def test_a_visitor_asks_for_help_and_sees_it_on_the_list(visitor: Phone) -> None:
    status, page = visitor.send("/needs/ask", sort="food", soon="today", circle="2", text="Rice for <four>")
    assert status == 200
    assert "Thank you for asking" in page
    assert "Rice for &lt;four&gt;" in page


def test_a_need_for_members_is_counted_but_not_shown_to_the_room(visitor: Phone) -> None:
    visitor.send("/needs/ask", sort="food", soon="today", circle="1", text="Rice")
    page = visitor.get("/needs")
    assert "Rice" not in page
    assert "1 more is for members to see" in page


def test_an_empty_text_is_refused_in_the_persons_language_and_the_other_answers_stay(kitchen: Kitchen) -> None:
    page = phone(kitchen.app(), "es").send("/needs/ask", sort="care", soon="week", circle="1", text="  ")[1]
    assert 'value="care" checked' in page
    assert "Please write" not in page


def test_a_long_text_is_kept_in_the_form(visitor: Phone) -> None:
    status, page = visitor.send("/needs/ask", sort="care", soon="week", circle="1", text="ä" * 10_000)
    assert status == 422
    assert "ä" * 10_000 in page
    assert "10000 characters" in page


def test_a_double_click_asks_once(visitor: Phone) -> None:
    for _ in range(2):
        visitor.send("/needs/ask", sort="food", soon="today", circle="2", text="Rice", key="one-form")
    assert visitor.get("/needs").count("Rice") == 1


def test_a_paired_phone_takes_up_a_need_and_sees_it_as_taken(kitchen: Kitchen, visitor: Phone) -> None:
    rosa = kitchen.opening_evening()[0]
    visitor.send("/needs/ask", sort="food", soon="today", circle="1", text="Rice")
    visitor.pair(rosa)
    status, page = visitor.send("/needs/1/take", note="At six")
    assert status == 200
    assert "Somebody is seeing to it" in page
    assert "At six" in page
    assert "Rice" not in visitor.get("/needs")


def looked_up(reader: Phone, number: str) -> tuple[int, str]:
    """What a phone shows for a number its owner was told."""
    answer = reader.client.get("/needs", query_string={"number": number}, follow_redirects=True)
    return answer.status_code, answer.text


def test_who_asks_without_a_card_learns_its_number_and_with_it_when_and_where(kitchen: Kitchen, visitor: Phone) -> None:
    rosa = phone(visitor.app)
    rosa.pair(kitchen.opening_evening()[0])
    rosa.send("/needs/ask", sort="food", soon="today", circle="2", text="Bread")
    asked = visitor.send("/needs/ask", sort="food", soon="today", circle="2", text="Rice")[1]
    assert "It is number 2: keep it in mind" in asked
    assert "can be read by all who can read this need: Everyone in the room" in rosa.get("/needs/2")
    taken = rosa.send("/needs/2/take", note="At six")[1]
    assert "They look up number 2" in taken
    assert "They will see that you are coming" not in taken
    status, page = looked_up(visitor, " 2 ")
    assert (status, "Somebody is seeing to it" in page, "At six" in page, "Rosa" in page) == (200, True, True, False)


def test_a_need_for_members_is_looked_up_by_any_member_and_not_by_the_room(kitchen: Kitchen, visitor: Phone) -> None:
    rosa, ali, _ = kitchen.opening_evening()
    taker, other = phone(visitor.app), phone(visitor.app)
    taker.pair(rosa)
    other.pair(ali)
    visitor.send("/needs/ask", sort="food", soon="today", circle="1", text="Rice")
    taker.send("/needs/1/take", note="At six")
    assert "At six" in looked_up(other, "1")[1]
    for number in ("1", "99", "six", "-1"):
        status, page = looked_up(visitor, number)
        assert (status, "Ask any member to look it up" in page, "At six" in page) == (422, True, False)


def test_a_note_to_who_showed_a_card_is_for_the_two_alone(kitchen: Kitchen, visitor: Phone) -> None:
    rosa, ali, mei = kitchen.opening_evening()
    asker, taker, other = (phone(visitor.app) for _ in range(3))
    for each, member in ((asker, rosa), (taker, ali), (other, mei)):
        each.pair(member)
    asker.send("/needs/ask", sort="food", soon="today", circle="2", text="Rice")
    assert "Only who asked reads your note, with your name." in taker.get("/needs/1")
    assert "They will see that you are coming" in taker.send("/needs/1/take", note="At six")[1]
    assert "At six" in asker.get("/needs/1")
    assert "At six" not in other.get("/needs/1") + visitor.get("/needs/1")


def test_a_form_s_own_words_are_never_lost_to_a_key_that_was_used_before(visitor: Phone) -> None:
    form = {"sort": "food", "soon": "today", "circle": "2", "key": "one-form"}
    visitor.send("/needs/ask", text="Rice", **form)
    status, page = visitor.send("/needs/ask", text="Beans", **form)
    assert (status, "sent before, with other words" in page) == (422, True)
    assert ">Beans</textarea>" in page
    fresh = re.search(r'name="key" value="(\w+)"', page)
    assert fresh is not None
    assert visitor.send("/needs/ask", text="Beans", **{**form, "key": fresh[1]})[0] == 200
    assert "Beans" in visitor.get("/needs")


def test_a_form_with_a_key_that_is_none_is_refused_plainly(visitor: Phone) -> None:
    form = {"sort": "food", "soon": "today", "circle": "2", "text": "Rice"}
    status, page = visitor.send("/needs/ask", **form, key="k" * 76)
    assert (status, "Something is wrong with this form" in page, ">Rice</textarea>" in page) == (422, True, True)
    assert visitor.send("/needs/ask", **form, key="k" * 75)[0] == 200


def test_a_key_typed_on_a_phone_is_never_the_kiosk_s(kitchen: Kitchen, visitor: Phone) -> None:
    kiosk = ReportNeed(Sort.FOOD, Soon.TODAY, Words({"en": "Bread"}), Circle.ROOM)
    kitchen.service.submit(kiosk, key="theirs")
    visitor.send("/needs/ask", sort="food", soon="today", circle="2", text="Rice", key="theirs")
    page = visitor.get("/needs")
    assert "Bread" in page
    assert "Rice" in page


def test_who_offers_is_the_only_one_to_read_who_would_like_it(kitchen: Kitchen, visitor: Phone) -> None:
    rosa, ali, mei = kitchen.opening_evening()
    maker, taker, other = (phone(visitor.app) for _ in range(3))
    for each, member in ((maker, rosa), (taker, ali), (other, mei)):
        each.pair(member)
    maker.send("/offers/new", sort="care", text="An hour", circle="1")
    assert "Only who offers it reads this, with your name." in taker.get("/needs")
    taker.send("/offers/1/ask-for", note="On Monday")
    assert "On Monday" in maker.get("/needs")
    assert "On Monday" not in other.get("/needs")


def test_who_asked_lets_more_people_see_it_in_other_words_and_nobody_else_does(
    kitchen: Kitchen, visitor: Phone
) -> None:
    rosa, ali, _ = kitchen.opening_evening()
    mine, room = phone(visitor.app), phone(visitor.app)
    mine.pair(rosa)
    mine.send("/needs/ask", sort="care", soon="week", circle="1", text="My hip again, who shops for me?")
    assert mine.send("/needs/1/widen", circle="1", text="Who shops?")[0] == 422
    assert mine.send("/needs/1/widen", circle="2", text=" ")[0] == 422
    assert "Who shops?" not in room.get("/needs")
    assert mine.send("/needs/1/widen", circle="2", text="Who shops?")[0] == 200
    assert "Who shops?" in room.get("/needs")
    assert "hip" not in room.get("/needs/1")
    other = phone(visitor.app)
    other.pair(ali)
    assert "Let more people see it" not in other.get("/needs/1")
    assert other.send("/needs/1/widen", circle="3", text="Everybody!")[0] == 422


def test_without_a_card_nobody_takes_up_a_need(visitor: Phone) -> None:
    visitor.send("/needs/ask", sort="food", soon="today", circle="2", text="Rice")
    assert visitor.send("/needs/1/take", note="")[0] == 403
