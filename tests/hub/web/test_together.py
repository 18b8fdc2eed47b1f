"""What takes two: the first tells a number, the second reads what it is; and the floor of a meeting."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from hub.domain.base import AssemblyId, MemberId, Millis, Refusal, Tier, TopicId
from hub.domain.house import Person
from hub.domain.needs import WithdrawNeed
from hub.web.floor import LONGEST_QUEUE, Floor, Voice
from hub.web.forms import day_and_hour, moment, numbered, optional_moment, to_millis
from hub.web.together import MOST, WAITS, Together

NOW = Millis(1_795_435_200_000)
ANA, BEN, CEM = Voice(MemberId("ana")), Voice(MemberId("ben")), Voice(None, "Cem")
HERE = AssemblyId(1)
ACT = WithdrawNeed(1)  # type: ignore[arg-type]


class Waiting:
    """Acts that wait, and a clock."""

    def __init__(self) -> None:
        self.now, self.drawn = NOW, 0
        self.acts = Together(self.secret, lambda: self.now)

    def secret(self) -> str:
        self.drawn += 1
        return f"{self.drawn:032x}"

    def ask(self, who: str = "ana") -> str:
        return self.acts.ask(ACT, Person(MemberId(who), Tier.CARD), "key", lambda: ("A line",))


def test_another_member_finds_the_act_under_its_number_and_the_asker_does_not() -> None:
    hub = Waiting()
    number = hub.ask()
    assert number == "000001"
    act = hub.acts.waiting(number, MemberId("ben"))
    assert act is not None
    assert (act.command, act.key, act.lines()) == (ACT, "key", ("A line",))
    assert hub.acts.waiting(number, MemberId("ana")) is None
    assert hub.acts.waiting("999999", MemberId("ben")) is None


def test_an_act_waits_ten_minutes_and_until_it_is_done() -> None:
    hub = Waiting()
    first, second = hub.ask(), hub.ask()
    hub.acts.done(first)
    hub.acts.done(first)
    assert hub.acts.waiting(first, MemberId("ben")) is None
    hub.now = Millis(NOW + WAITS)
    assert hub.acts.waiting(second, MemberId("ben")) is None


def test_too_many_acts_push_out_the_oldest() -> None:
    hub = Waiting()
    numbers = [hub.ask() for _ in range(MOST + 1)]
    assert hub.acts.waiting(numbers[0], MemberId("ben")) is None
    assert hub.acts.waiting(numbers[-1], MemberId("ben")) is not None


# The floor


def queue(floor: Floor) -> list[tuple[str, bool]]:
    return [(voice.name or str(voice.member), first) for voice, first in floor.table(HERE).queue]


def test_who_has_not_spoken_yet_comes_before_who_has() -> None:
    floor = Floor()
    floor.ask(HERE, ANA)
    floor.next(HERE, NOW)
    for voice in (ANA, BEN, CEM, BEN):
        floor.ask(HERE, voice)
    assert queue(floor) == [("ben", True), ("Cem", True), ("ana", False)]
    floor.next(HERE, Millis(NOW + 5))
    table = floor.table(HERE)
    assert (table.speaker, table.speaker_since) == (BEN, NOW + 5)
    assert queue(floor) == [("Cem", True), ("ana", False)]


def test_nobody_speaks_when_nobody_waits_and_one_may_change_one_s_mind() -> None:
    floor = Floor()
    floor.ask(HERE, ANA)
    floor.no_longer(HERE, ANA)
    floor.no_longer(HERE, ANA)
    floor.next(HERE, NOW)
    assert floor.table(HERE).speaker is None
    assert queue(floor) == []


def test_each_meeting_has_its_own_floor_and_a_queue_has_an_end() -> None:
    floor = Floor()
    for number in range(LONGEST_QUEUE + 5):
        floor.ask(HERE, Voice(None, f"Guest {number}"))
    assert len(floor.table(HERE).queue) == LONGEST_QUEUE
    assert floor.table(AssemblyId(2)).queue == ()


def test_a_topic_lies_on_the_table_since_a_moment_and_the_end_forgets_all() -> None:
    floor = Floor()
    floor.put(HERE, TopicId(3), NOW)
    floor.ask(HERE, ANA)
    assert (floor.table(HERE).topic, floor.table(HERE).topic_since) == (3, NOW)
    floor.clear(HERE)
    assert floor.table(HERE).topic is None
    assert queue(floor) == []


# Days and hours


@pytest.mark.parametrize("zone", ["UTC", "Europe/Madrid", "America/Chicago", "Asia/Kathmandu"])
def test_a_form_s_day_and_hour_are_those_of_the_wall(zone: str) -> None:
    with Flask(__name__).test_request_context(method="POST", data={"day": "2026-11-23", "hour": "19:30"}):
        found = moment(zone)
    assert day_and_hour(found, zone) == ("2026-11-23", "19:30")
    assert found == to_millis(datetime(2026, 11, 23, 19, 30), zone)


@pytest.mark.parametrize("day", ["", "23.11.2026", "2026-02-30", "0000-01-01", "x" * 400])
def test_what_is_no_day_is_refused(day: str) -> None:
    with (
        Flask(__name__).test_request_context(method="POST", data={"day": day, "hour": "19:30"}),
        pytest.raises(Refusal),
    ):
        moment("Europe/Madrid")


def test_a_day_may_be_left_open() -> None:
    with Flask(__name__).test_request_context(method="POST", data={"day": " ", "hour": "19:30"}):
        assert optional_moment("UTC") is None


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("", 0), ("-1", 0), ("1e3", 0), ("9" * 5000, 0)])
def test_a_number_that_is_none_names_nothing(text: str, number: int) -> None:
    assert numbered(text) == number
