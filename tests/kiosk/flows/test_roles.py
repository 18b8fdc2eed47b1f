"""Roles at the kiosk: take one, learn it, lay it down, teach, ask for a recall."""

from __future__ import annotations

import pytest
from pressing import Evening, Presser

from hub.domain import roles
from hub.domain.base import FACILITATOR, LEDGER_KEEPER, Words
from kiosk.flows import roles as flow

WHO = {"Facilitator": FACILITATOR, "Ledger keeper": LEDGER_KEEPER}


@pytest.fixture
def person(evening: Evening) -> Presser:
    """Rosa facilitates; Mei learns it."""
    evening.kitchen.submit(roles.TakeRole(FACILITATOR), evening.members["Rosa"])
    evening.kitchen.submit(roles.Learn(FACILITATOR), evening.members["Mei"])
    return evening.person


def acts(evening: Evening, role: str, name: str) -> None:
    """What somebody can do about a role."""
    if evening.session.person is not None:
        evening.person.press("Leave")
    flow.start(evening.session)
    evening.person.press(role)
    evening.person.press("What can I do?")
    evening.person.scan(evening.card(name))


def state(evening: Evening, role: str) -> roles.Role:
    return evening.kitchen.service.rules(lambda house: house.roles.roles[WHO[role]])


def test_without_a_card_it_is_read_who_holds_what_and_nothing_of_who_learns(evening: Evening, person: Presser) -> None:
    flow.start(evening.session)
    assert "Rosa · Until" in person.text()
    assert "Nobody holds this role." in person.text()
    person.press("Facilitator")
    assert "Calls our meetings" in person.text()
    assert "Mei" not in person.text()


def test_a_free_role_is_taken_at_the_beginning(evening: Evening, person: Presser) -> None:
    acts(evening, "Ledger keeper", "Ali")
    person.press("I take it for now")
    assert person.page.note == "Members will see it."
    person.press("Yes")
    assert "It is yours for now." in person.text()
    assert state(evening, "Ledger keeper").member == evening.members["Ali"]


def test_a_role_is_learned_taught_and_laid_down_today(evening: Evening, person: Presser) -> None:
    acts(evening, "Facilitator", "Ali")
    person.press("I want to learn it")
    person.press("Yes")
    acts(evening, "Facilitator", "Rosa")
    person.press("Mei can do it now")
    assert evening.members["Mei"] in state(evening, "Facilitator").taught
    acts(evening, "Facilitator", "Rosa")
    person.press("I lay it down today")
    person.press("Yes")
    assert state(evening, "Facilitator").member is None
    acts(evening, "Facilitator", "Ali")
    person.press("I am not learning it any more")
    person.press("Yes")
    assert evening.members["Ali"] not in state(evening, "Facilitator").learning


def test_a_recall_is_asked_for_openly_and_a_name_is_taken_off_again(evening: Evening, person: Presser) -> None:
    acts(evening, "Facilitator", "Ali")
    person.press("Ask for a recall")
    person.type("Nobody else gets to speak.")
    person.press("Next")
    assert "with your name" in person.page.note
    person.press("Send it")
    assert "Your name is on it." in person.text()
    acts(evening, "Facilitator", "Mei")
    person.press("Back")
    assert "Nobody else gets to speak." in person.text()
    acts(evening, "Facilitator", "Mei")
    person.press("Sign the recall, with my name")
    person.press("Yes")
    assert len(state(evening, "Facilitator").petition) == 2
    acts(evening, "Facilitator", "Mei")
    person.press("Take my name off the recall")
    person.press("Yes")
    assert len(state(evening, "Facilitator").petition) == 1


def test_a_petition_is_not_for_the_room(evening: Evening, person: Presser) -> None:
    reason = Words({"en": "Nobody else gets to speak."})
    evening.kitchen.submit(roles.PetitionRecall(FACILITATOR, reason), evening.members["Ali"])
    flow.start(evening.session)
    person.press("Facilitator")
    assert "speak" not in person.text()
