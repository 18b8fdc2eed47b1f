"""Who comes after somebody: what is hidden stays so, a stray scanner presses nothing, a wipe leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pytest
from at_the_glass import lettering
from wild_pages import nothing, sheet

from hub.words import Catalogue
from kiosk import theme
from kiosk.app import lend_voice, listening
from kiosk.away import COUNTDOWN
from kiosk.offscreen import NoHub
from kiosk.page import Button, Code, Keypad, Line, Page, Picture, Privacy, Rows, Typing
from kiosk.scanner import ENTER, KEYS
from kiosk.session import Session
from kiosk.speech import Voice
from kiosk.widgets import reading
from kiosk.widgets.front import Front
from kiosk.widgets.hand import LONGEST

PLACES = {letter: place for place, letter in KEYS.items()}
SEMICOLON = 51
WIFI = [PLACES.get(letter, SEMICOLON) for letter in "WIFI;S;KITCHEN;P;SOUP;;"]


@dataclass
class Plain:
    """A screen with one main button, and what was pressed, written and scanned."""

    shown: Page
    told: list[str] = field(default_factory=list)

    def page(self) -> Page:
        send = Button("Send it", lambda: self.told.append("sent"), main=True)
        scan = self.shown.scan and self.told.append
        return replace(self.shown, buttons=(send,), leave=nothing, scan=scan)

    def write(self, text: str) -> None:
        body = self.shown.body
        assert isinstance(body, Typing | Keypad)
        self.shown = replace(self.shown, body=replace(body, **{_field(body): text}))


def _field(body: Typing | Keypad) -> str:
    return "text" if isinstance(body, Typing) else "digits"


class Wall:
    """A front whose first screen says nothing; a page of somebody's lies on it."""

    def __init__(self, page: Page) -> None:
        self.now, self.silenced = 100.0, 0
        self.first, self.screen = Plain(Page("First", Rows(()), name="home")), Plain(page)
        if isinstance(page.body, Typing | Keypad):
            self.screen.shown = replace(page, body=replace(page.body, typed=self.screen.write))
        self.session = Session(NoHub(), lambda: self.now, Catalogue.load(), lambda _: self.first)
        self.front = Front(self.session, lettering(), theme.SCREENS["800x480"], lambda: self.now)
        self.front.touched = self._silence
        self.session.go(self.screen)
        self.wait(1)

    def _silence(self) -> None:
        self.silenced += 1

    @property
    def name(self) -> str:
        return self.front.page.name

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.session.tick()

    def tap(self, label: str) -> None:
        place = next(each.rect for each in self.front.drawing.targets if each.label == label)
        x, y = place.x + place.w / 2, place.y + place.h / 2
        self.front.down("one", x, y)
        self.front.up("one", x, y)

    def scan(self, places: Iterable[int]) -> bool:
        """Keys of a scanner, as the glass tells them, and its Enter; whether that was taken as a scanner's."""
        for place in places:
            self.now += 0.01
            if not self.front.scanned(place):
                self.front.letter(KEYS.get(place, ";").lower())
        self.now += 0.01
        if self.front.scanned(ENTER[0]):
            return True
        self.front.enter()
        return False


HERS = Page("Hers", Rows(()), privacy=Privacy.PERSONAL, name="hers", scan=nothing)
FIELD = Typing("Soup", nothing)


@pytest.fixture
def hidden() -> Wall:
    """Somebody's page, hidden because nobody touched it."""
    wall = Wall(replace(HERS, body=FIELD))
    wall.wait(61)
    assert wall.name == "still-there"
    return wall


def test_leave_on_a_hidden_page_leaves_and_never_shows_it(hidden: Wall) -> None:
    hidden.wait(1)
    hidden.tap("Leave")
    assert hidden.name == "home"


def test_the_one_who_is_still_there_goes_on(hidden: Wall) -> None:
    hidden.wait(1)
    hidden.tap("Yes, go on")
    assert (hidden.name, hidden.screen.told) == ("hers", [])


def test_a_touch_beside_the_buttons_shows_what_was_hidden_and_presses_nothing(hidden: Wall) -> None:
    hidden.wait(1)
    hidden.front.down("one", 2, 2)
    assert (hidden.name, hidden.front.hand.held) == ("hers", None)


def test_enter_on_a_hidden_page_never_presses_what_is_hidden(hidden: Wall) -> None:
    hidden.front.enter()
    assert (hidden.name, hidden.screen.told) == ("hers", [])


def test_a_letter_on_a_hidden_page_is_not_written(hidden: Wall) -> None:
    hidden.front.letter("x")
    assert (hidden.name, hidden.screen.shown.body) == ("hers", replace(FIELD, typed=hidden.screen.write))


def test_a_card_shown_to_a_hidden_page_signs_nothing_for_whoever_left_it(hidden: Wall) -> None:
    assert hidden.scan(PLACES[letter] for letter in "TRSTL-07-ABCDEF")
    assert (hidden.name, hidden.screen.told) == ("hers", [])
    assert isinstance(hidden.screen.shown.body, Typing)
    assert hidden.screen.shown.body.text == "Soup"
    hidden.wait(1)
    hidden.scan(PLACES[letter] for letter in "TRSTL-07-ABCDEF")
    assert hidden.screen.told == ["TRSTL-07-ABCDEF"]


@pytest.mark.parametrize("body", [Rows(()), FIELD, replace(FIELD, many=True), Keypad("12", nothing)])
def test_a_code_that_is_no_card_presses_nothing_and_leaves_no_letter(body: Rows | Typing | Keypad) -> None:
    wall = Wall(replace(HERS, body=body))
    assert wall.scan(WIFI)
    assert wall.screen.told == []
    after = wall.screen.shown.body
    assert getattr(after, "text", "Soup") == "Soup"
    assert getattr(after, "digits", "12") == "12"


def test_enter_from_a_hand_still_presses_the_main_button() -> None:
    wall = Wall(replace(HERS, body=FIELD))
    for letter in "and bread":
        wall.now += 0.12
        assert not wall.front.scanned(PLACES.get(letter.upper(), SEMICOLON))
        wall.front.letter(letter)
    wall.now += 0.12
    assert not wall.front.scanned(ENTER[0])
    wall.front.enter()
    assert wall.screen.told == ["sent"]


def test_a_drop_of_water_does_not_hold_the_glass_for_ever() -> None:
    wall = Wall(HERS)
    wall.front.down("drop", 5, 5)
    wall.tap("Send it")
    assert wall.screen.told == []
    wall.wait(LONGEST)
    wall.tap("Send it")
    assert wall.screen.told == ["sent"]


def test_the_voice_stops_where_a_page_is_hidden_and_where_it_is_wiped() -> None:
    wall = Wall(HERS)
    wall.wait(59)
    wall.wait(1)
    assert (wall.name, wall.silenced) == ("still-there", 1)
    wall.wait(COUNTDOWN)
    assert (wall.name, wall.silenced) == ("home", 2)


@pytest.mark.parametrize("body", [Typing("Zwetschgenknödel", nothing), Code("TRSTL-07"), Picture(sheet())])
def test_after_a_wipe_the_glass_keeps_nothing_of_what_was_shown(body: Typing | Code | Picture) -> None:
    wall, forgotten = Wall(replace(HERS, title="Zwetschgenknödel", body=body)), [0]
    wall.front.forgotten = lambda: forgotten.append(1)
    wall.front.scanned(PLACES["Z"])
    assert any("Zwetschgenknödel" in text for text, _ in lettering()._widths)
    wall.wait(1)
    wall.tap("Send it")
    wall.session.leave()
    assert not any("Zwetsch" in text for text, _ in lettering()._widths)
    assert "Send it" not in wall.front.hand._last
    assert (reading._modules.cache_info().currsize, reading._sheet.cache_info().currsize) == (0, 0)
    assert (wall.front._page.title, wall.front._unscanned, wall.front.scanner.keys) == ("First", None, 0)
    assert forgotten == [0, 1]


class Ear(Voice):
    """A voice that is only written down."""

    def __init__(self) -> None:
        super().__init__("no such program")
        self.heard: list[str] = []
        self.busy = False

    @property
    def speaking(self) -> bool:
        return self.busy

    def say(self, phrases: Iterable[tuple[str, str]], language: str, volume: int = 1) -> None:
        self.heard += [text for text, _ in phrases if text]


@pytest.fixture
def ear() -> Ear:
    return Ear()


def aloud(page: Page, ear: Ear) -> Wall:
    """That page, come to by somebody who asked to have pages read aloud."""
    wall = Wall(Page("Before", Rows(())))
    lend_voice(wall.front, ear)
    assert wall.session.read_aloud is not None
    wall.session.press(wall.session.read_aloud)
    assert ear.heard == ["Before", "Send it"]
    ear.heard.clear()
    wall.session.go(Plain(page))
    assert wall.name == page.name
    return wall


def test_each_page_is_read_aloud_until_they_leave(ear: Ear) -> None:
    wall = aloud(HERS, ear)
    assert ear.heard == ["Hers", "Send it"]
    wall.session.trouble = "Choose first."
    wall.session.changed()
    assert wall.front.page.trouble
    assert ear.heard == ["Hers", "Send it", "Hers", "Choose first.", "Send it"]
    wall.session.leave()
    assert (wall.name, len(ear.heard), wall.session.aloud) == ("home", 5, False)


@pytest.mark.parametrize(
    "body",
    [Keypad("4711", nothing, secret=True), Typing("4711", nothing), Code("4711", (Line("4711"), Line("Your card")))],
)
def test_no_pin_no_code_and_nothing_typed_is_said_aloud(ear: Ear, body: Keypad | Typing | Code) -> None:
    aloud(replace(HERS, body=body), ear)
    assert ear.heard[0] == "Hers"
    assert not any("4711" in text for text in ear.heard)


@pytest.mark.parametrize(("privacy", "after"), [(Privacy.OPEN, "hers"), (Privacy.PERSONAL, "still-there")])
def test_whoever_listens_to_a_long_text_is_there_but_nothing_personal_stays_for_it(
    ear: Ear, privacy: Privacy, after: str
) -> None:
    wall = aloud(replace(HERS, privacy=privacy), ear)
    ear.busy = True
    for _ in range(100):
        wall.wait(1)
        listening(wall.front, ear)
    assert wall.name == after
    ear.busy = False
    wall.wait(90)
    assert wall.name == "home"
