"""Where there is nothing, the page has a button for what its sentence asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pressing import Evening

from kiosk.flows import needs, offers, signups, vote, waiting
from kiosk.session import Session

EMPTY = [
    (signups.start, "Any member can open one.", "Open a list", "What is the list for?"),
    (offers.start, "What could you share?", "Offer something", "Who are you?"),
    (vote.start, "Bring a topic", "Add a topic", "What we will speak of"),
]


@pytest.mark.parametrize(("start", "said", "button", "title"), EMPTY)
def test_an_empty_list_leads_on(
    evening: Evening, start: Callable[[Session], None], said: str, button: str, title: str
) -> None:
    start(evening.session)
    assert said in evening.person.text()
    evening.person.press(button)
    assert evening.person.title == title


def test_where_nothing_is_needed_one_may_ask(evening: Evening) -> None:
    needs.start(evening.session)
    evening.person.press("Who can help?")
    evening.person.press("Ask for help")
    assert evening.person.title == "What is it about?"


def test_whoever_has_nothing_waiting_may_ask(evening: Evening) -> None:
    waiting.start(evening.session)
    evening.person.scan(evening.card("Rosa"))
    evening.person.press("Ask for help")
    assert evening.person.title == "What is it about?"


def test_who_has_no_card_is_told_where_to_get_one(evening: Evening) -> None:
    waiting.start(evening.session)
    assert "No card, or lost it? Press “Join us” on the first screen." in evening.person.text()
