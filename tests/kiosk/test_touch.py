"""Fingers and keys on the front, without a window: what acts, what is ignored, what is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

import pytest
from wild_pages import nothing

from hub.words import Catalogue
from kiosk import theme
from kiosk.offscreen import NoHub
from kiosk.page import Body, Button, Keypad, Page, Row, Rows, Typing
from kiosk.scanner import ENTER, KEYS
from kiosk.session import Session
from kiosk.widgets.front import Front
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.typeface import faces

PLACES = {letter: place for place, letter in KEYS.items()}


@cache
def lettering() -> Lettering:
    return Lettering(faces())


@dataclass
class Desk:
    """A screen whose page can be changed, and what was pressed on it."""

    body: Body
    pressed: list[str] = field(default_factory=list)
    name: str = "desk"
    scan: Callable[[str], None] | None = None

    def page(self) -> Page:
        marked = (Button("Help", lambda: self.pressed.append("Help")), Button("Next", self._next, True))
        return Page("A desk", self.body, buttons=marked, leave=nothing, name=self.name, scan=self.scan)

    def _next(self) -> None:
        self.pressed.append("Next")

    def write(self, text: str) -> None:
        assert isinstance(self.body, Typing)
        self.body = replace(self.body, text=text)

    def dial(self, digits: str) -> None:
        assert isinstance(self.body, Keypad)
        self.body = replace(self.body, digits=digits)


class Hall:
    """A front with a desk on it, and a clock that is moved by hand."""

    def __init__(self, desk: Desk, language: str = "en", size: str = "800x480") -> None:
        self.now, self.desk = 100.0, desk
        session = Session(NoHub(), lambda: self.now, Catalogue.load(), lambda _session: desk, language=language)
        self.front = Front(session, lettering(), theme.SCREENS[size], lambda: self.now)
        self.now += 1

    def place(self, label: str) -> tuple[float, float]:
        said = self.front.session.say(label)
        target = next(each for each in self.front.drawing.targets if each.label == said)
        return target.rect.x + target.rect.w / 2, target.rect.y + target.rect.h / 2

    def tap(self, *labels: str) -> None:
        for label in labels:
            place = self.place(label)
            self.front.down("one", *place)
            self.front.up("one", *place)
            self.now += 0.5


def typing(text: str = "", *, name: bool = False, many: bool = False, most: int = 40) -> Desk:
    desk = Desk(Rows(()))
    desk.body = Typing(text, desk.write, name=name, many=many, most=most)
    return desk


def written(desk: Desk) -> str:
    assert isinstance(desk.body, Typing)
    return desk.body.text


def test_a_press_acts_on_release_and_shows_before() -> None:
    hall = Hall(Desk(Rows(())))
    hall.front.down("one", *hall.place("Next"))
    held = hall.front.hand.held
    assert held is not None
    assert hall.front.drawing.targets[held].label == "Next"
    assert hall.desk.pressed == []
    hall.front.up("one", *hall.place("Next"))
    assert hall.desk.pressed == ["Next"]


def test_a_finger_that_slides_off_presses_nothing() -> None:
    hall = Hall(Desk(Rows(())))
    hall.front.down("one", *hall.place("Next"))
    hall.front.move("one", 5, 5)
    assert hall.front.hand.held is None
    hall.front.up("one", 5, 5)
    assert hall.desk.pressed == []


def test_of_two_fingers_only_the_first_counts() -> None:
    hall = Hall(Desk(Rows(())))
    hall.front.down("one", *hall.place("Next"))
    hall.front.down("two", *hall.place("Help"))
    hall.front.up("two", *hall.place("Help"))
    hall.front.up("one", *hall.place("Next"))
    assert hall.desk.pressed == ["Next"]


def test_a_second_touch_on_the_same_button_within_400_ms_is_ignored() -> None:
    hall = Hall(Desk(Rows(())))
    for wait in (0.39, 0.41):
        hall.front.down("one", *hall.place("Next"))
        hall.front.up("one", *hall.place("Next"))
        hall.now += wait
    assert hall.desk.pressed == ["Next"]
    hall.tap("Next")
    assert hall.desk.pressed == ["Next", "Next"]


def test_a_touch_within_300_ms_of_another_screen_is_ignored() -> None:
    hall = Hall(Desk(Rows(())))
    hall.desk.name = "another"
    hall.front.refresh()
    hall.now += 0.29
    hall.tap("Next")
    assert hall.desk.pressed == []
    hall.tap("Next")
    assert hall.desk.pressed == ["Next"]


def test_the_same_letter_may_come_twice_quickly() -> None:
    hall = Hall(typing())
    for _ in "nn":
        hall.front.down("one", *hall.place("n"))
        hall.front.up("one", *hall.place("n"))
        hall.now += 0.1
    assert written(hall.desk) == "nn"


def test_a_locked_screen_takes_no_touch() -> None:
    hall = Hall(Desk(Rows(()), name="wipe"))
    hall.tap("Next")
    hall.front.enter()
    assert hall.desk.pressed == []


@pytest.mark.parametrize("size", ["800x480", "720x1280"])
def test_a_name_begins_with_a_capital_and_goes_on_without(size: str) -> None:
    hall = Hall(typing(name=True), size=size)
    hall.tap("R", "o", "s", "a", "space", "D")
    assert written(hall.desk) == "Rosa D"


def test_shift_digits_accents_and_taking_back() -> None:
    hall = Hall(typing(), "es")
    hall.tap("ñ", "áñü", "é", "123", "7", "abc", "x", "Take back a letter")
    hall.tap("Capital letters", "M", "a")
    assert written(hall.desk) == "ñé7Ma"


def test_arabic_has_its_own_keys() -> None:
    hall = Hall(typing(), "ar")
    hall.tap("ر", "و", "ز", "ا")
    assert written(hall.desk) == "روزا"


def test_no_more_is_written_than_may_be_and_lines_only_where_they_may() -> None:
    hall = Hall(typing("abc", most=4))
    hall.tap("d", "e")
    hall.front.letter("\n")
    assert written(hall.desk) == "abcd"
    hall = Hall(typing("a", many=True))
    hall.tap("New line", "b")
    assert written(hall.desk) == "a\nb"


def test_a_keypad_takes_digits_only() -> None:
    desk = Desk(Rows(()))
    desk.body = Keypad("", desk.dial, secret=True, most=4)
    hall = Hall(desk)
    hall.tap("4", "7", "1", "Take back a digit", "2")
    hall.front.letter("x")
    hall.front.letter("3")
    hall.front.letter("9")
    assert isinstance(desk.body, Keypad)
    assert desk.body.digits == "4723"


def test_everything_is_reached_with_tab_and_pressed_with_enter() -> None:
    rows = Rows(tuple(Row(f"Row {n}", press=nothing) for n in range(3)))
    hall = Hall(Desk(rows))
    seen = []
    for _ in hall.front.drawing.targets:
        hall.front.step(1)
        assert hall.front.focus is not None
        seen.append(hall.front.drawing.targets[hall.front.focus].label)
    assert seen == ["Row 0", "Row 1", "Row 2", "Leave", "Help", "Next"]
    hall.front.enter()
    assert hall.desk.pressed == ["Next"]


def test_arrows_move_the_focus_to_what_lies_there() -> None:
    hall = Hall(Desk(Rows(tuple(Row(f"Row {n}", press=nothing) for n in range(2)))))
    hall.front.step(1)
    for across, down, label in ((0, 1, "Row 1"), (0, 1, "Help"), (1, 0, "Next"), (0, -1, "Row 1")):
        hall.front.cross(across, down)
        assert hall.front.focus is not None
        assert hall.front.drawing.targets[hall.front.focus].label == label


def test_a_scanned_card_goes_to_the_page_and_leaves_the_field_as_it_was() -> None:
    cards: list[str] = []
    desk = typing("Ro")
    desk.scan = cards.append
    hall = Hall(desk)
    for letter in "TRSTL-07":
        hall.now += 0.01
        assert not hall.front.scanned(PLACES[letter])
        hall.front.letter(letter)
    hall.now += 0.01
    assert hall.front.scanned(ENTER[0])
    assert cards == ["TRSTL-07"]
    assert written(desk) == "Ro"


def test_a_card_that_is_read_twice_leaves_no_digit_in_a_keypad() -> None:
    desk = Desk(Rows(()))
    desk.body = Keypad("47", desk.dial)
    hall = Hall(desk)
    for letter in "TRSTL-07":
        hall.now += 0.01
        hall.front.scanned(PLACES[letter])
        hall.front.letter(letter)
    assert desk.body.digits == "4707"
    hall.front.scanned(ENTER[0])
    assert desk.body.digits == "47"


def test_more_and_earlier_turn_the_page_and_a_choice_keeps_the_part() -> None:
    desk = Desk(Rows(tuple(Row(f"Row {n}", chosen=False, press=nothing) for n in range(9))))
    hall = Hall(desk)
    first = {target.label for target in hall.front.drawing.targets}
    hall.tap("More")
    assert hall.front.drawing.part == 1
    hall.tap(next(t.label for t in hall.front.drawing.targets if t.label.startswith("Row")))
    assert hall.front.drawing.part == 1
    hall.tap("Earlier")
    assert {target.label for target in hall.front.drawing.targets} == first


def test_a_touch_keeps_the_session_awake_and_silences_the_voice() -> None:
    hall = Hall(Desk(Rows(())))
    silenced: list[bool] = []
    hall.front.touched = lambda: silenced.append(True)
    hall.front.down("one", 5, 5)
    assert silenced == [True]
