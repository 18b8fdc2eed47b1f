"""What the kiosk's everyday screens ask of the API, each for the eyes before the screen."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from kitchen import Kitchen, own_program

from hub.domain import needs, signups
from hub.domain.base import DAY, HOUR, Circle, ListId, MemberId, Millis, NeedId, Words
from hub.service import Newcomer


class Asked:
    """The kiosk, with or without a card before it."""

    def __init__(self, kitchen: Kitchen) -> None:
        self._kitchen = kitchen
        self._client: FlaskClient
        self._client, self._token = own_program(kitchen.app())

    def show(self, member: MemberId) -> str:
        answer = self._client.post("/api/visits", json={"card": self._kitchen.cards[member]}, headers=self._token)
        return str(answer.get_json()["visit"])

    def read(self, question: str, member: MemberId | None = None) -> Any:
        visit = self.show(member) if member else ""
        return self._client.get(f"/api/read/{question}", headers={**self._token, "Trestle-Visit": visit}).get_json()

    def keep(self, member: MemberId | None, **kept: object) -> int:
        visit = self.show(member) if member else ""
        headers = {**self._token, "Trestle-Visit": visit}
        return self._client.post("/api/me", json=kept, headers=headers).status_code


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening()


@pytest.fixture
def asked(kitchen: Kitchen, members: list[MemberId]) -> Asked:
    return Asked(kitchen)


def test_the_first_screen_is_told_in_one_answer(kitchen: Kitchen, asked: Asked, members: list[MemberId]) -> None:
    starts = Millis(kitchen.clock.now + HOUR)
    kitchen.submit(signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), starts, 4), members[0])
    told = asked.read("home")
    assert (told["begun"], told["hubs"], told["rest"], told["now"]) == (True, 0, None, kitchen.clock.now)
    assert (told["card"]["zone"], told["open"]["members"], len(told["open"]["lists"])) == ("UTC", 3, 1)


def test_before_anybody_belongs_the_door_says_how_many_it_takes(kitchen: Kitchen) -> None:
    kitchen.ask("Rosa")
    asked = Asked(kitchen)
    door = asked.read("joining")
    assert (door["begun"], door["asked"], door["first"], asked.read("home")["begun"]) == (False, 1, 3, False)


def test_a_list_names_who_comes_to_members_and_nobody_to_the_room(
    kitchen: Kitchen, asked: Asked, members: list[MemberId]
) -> None:
    starts = Millis(kitchen.clock.now + HOUR)
    kitchen.submit(signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), starts, 4), members[0])
    kitchen.submit(signups.SignUp(ListId(1)), members[0])
    kitchen.service.submit(signups.SignUpGuest(ListId(1)), newcomer=Newcomer("Sam", "en"))
    room, member = asked.read("signup_page?signup=1"), asked.read("signup_page?signup=1", members[1])
    assert (room["names"], room["list"]["parties"], room["list"]["taken"]) == ({}, [], 2)
    assert sorted(member["names"].values()) == ["Rosa", "Sam"]
    assert (room["guests"], room["most"], room["over"]) == (True, 4, False)
    kitchen.clock.forward(2 * DAY)
    assert asked.read("signup_page?signup=1")["over"] is True


def test_a_need_tells_note_and_names_to_its_two_alone(kitchen: Kitchen, asked: Asked, members: list[MemberId]) -> None:
    rosa, ali, mei = members
    need = needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": "Rice"}), Circle.ROOM)
    kitchen.submit(need, rosa)
    kitchen.submit(needs.TakeUpNeed(NeedId(1), Words({"en": "At eight"})), ali)
    for who in (None, mei):
        other = asked.read("need?need=1", who)
        assert (other["need"]["note"], other["need"]["taker"], other["taker"]) == ({}, None, "")
    mine, taking = asked.read("need?need=1", rosa), asked.read("need?need=1", ali)
    assert (mine["mine"], mine["taker"], mine["need"]["note"]) == (True, "Ali", {"en": "At eight"})
    assert (taking["taking"], taking["mine"]) == (True, False)


def test_a_need_without_a_card_shows_its_note_to_all_who_may_read_it(
    kitchen: Kitchen, asked: Asked, members: list[MemberId]
) -> None:
    receipt = kitchen.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": "Rice"}), Circle.ROOM))
    assert asked.read(f"need_number?record={receipt.position}") == 1
    kitchen.submit(needs.TakeUpNeed(NeedId(1), Words({"en": "At eight"})), members[1])
    found = asked.read("need?need=1")
    assert (found["named"], found["need"]["note"], found["taker"]) == (False, {"en": "At eight"}, "")


def test_a_need_of_members_is_nothing_to_the_room(kitchen: Kitchen, asked: Asked, members: list[MemberId]) -> None:
    kitchen.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": "Rice"})), members[0])
    assert (asked.read("need?need=1"), asked.read("need?need=1", members[1])["mine"]) == (None, False)


def test_what_is_kept_of_a_person_is_theirs_to_read_and_to_change(
    kitchen: Kitchen, asked: Asked, members: list[MemberId]
) -> None:
    rosa = members[0]
    assert asked.keep(rosa, name="Rosa M.", contact="door 4") == 200
    kept = asked.read("me", rosa)
    assert (kept["name"], kept["contact"], kept["language"], kept["has_pin"]) == ("Rosa M.", "door 4", "en", False)
    assert kept["until"] > kitchen.clock.now
    assert asked.keep(rosa, contact="") == 200
    assert asked.read("me", rosa)["contact"] == ""


def test_without_a_card_nothing_of_a_person_is_told_or_changed(asked: Asked) -> None:
    assert asked.keep(None, name="Nobody") == 422
    assert asked.read("me")["refusal"]["message"] == "Show your member card first."
