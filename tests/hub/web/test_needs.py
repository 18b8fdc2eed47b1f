"""The pages of needs and offers, as phones in the hall see them."""

from __future__ import annotations

from kitchen import Kitchen, Phone, phone


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
    assert "Rice" not in page
    assert "Somebody is seeing to it" in visitor.get("/needs/1")


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
