"""The glass in a window nobody sees: it draws, shows a press in the next frame, and hears real touches and keys."""

from __future__ import annotations

import pytest
from at_the_glass import lettering
from at_the_glass import rig as the_rig
from PIL import Image
from wild_pages import nothing

from hub.words import Catalogue
from kiosk import theme
from kiosk.offscreen import Rig, front_of
from kiosk.page import Button, Page, Row, Rows, Typing
from kiosk.theme import Ink
from kiosk.widgets.front import Front

SCREEN = theme.SCREENS["800x480"]


@pytest.fixture
def rig() -> Rig:
    return the_rig()


class Seconds:
    """A clock that is moved by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def show(rig: Rig, page: Page, *, contrast: bool = False) -> tuple[Front, Seconds]:
    clock = Seconds()
    front = front_of(page, SCREEN, lettering(), Catalogue.load(), contrast=contrast, clock=clock)
    rig.show(front)
    clock.now += 1
    return front, clock


def page(pressed: list[str]) -> Page:
    rows = Rows((Row("Roof over the pantry", chosen=True, press=nothing),))
    button = Button("Next", lambda: pressed.append("Next"), True)
    return Page("Which repair first?", rows, buttons=(button,), leave=nothing, name="rows")


def middle(front: Front, label: str) -> tuple[float, float]:
    target = next(each for each in front.drawing.targets if each.label == label)
    return target.rect.x + target.rect.w / 2, target.rect.y + target.rect.h / 2


def dot(picture: Image.Image, front: Front, label: str) -> object:
    """The colour of a button beside its words."""
    target = next(each for each in front.drawing.targets if each.label == label)
    return picture.getpixel((round(target.rect.x + 12), round(target.rect.y + target.rect.h / 2)))


@pytest.mark.parametrize("contrast", [False, True])
def test_a_page_is_drawn_in_the_colours_of_its_theme(rig: Rig, contrast: bool) -> None:
    front, _ = show(rig, page([]), contrast=contrast)
    picture = rig.picture()
    colours = theme.palette(contrast)
    assert picture.size == (800, 480)
    assert picture.getpixel((2, 2)) == colours[Ink.GROUND]
    assert dot(picture, front, "Next") == colours[Ink.MAIN]


def test_the_frame_after_a_touch_shows_it_and_the_release_acts(rig: Rig) -> None:
    pressed: list[str] = []
    front, _ = show(rig, page(pressed))
    finger = rig.touch(*middle(front, "Next"))
    assert dot(rig.picture(), front, "Next") == theme.LIGHT[Ink.PRESSED]
    assert pressed == []
    rig.lift(finger)
    assert pressed == ["Next"]
    assert dot(rig.picture(), front, "Next") == theme.LIGHT[Ink.MAIN]


def test_the_focus_is_seen(rig: Rig) -> None:
    front, _ = show(rig, page([]))
    before = rig.picture()
    rig.key(9)
    assert front.focus == 0
    assert rig.picture() != before


def test_keys_of_a_real_keyboard_write_and_go_on(rig: Rig) -> None:
    told: list[str] = []
    pressed: list[str] = []
    writing = Typing("Ros", told.append)
    show(rig, Page("Your name", writing, buttons=(Button("Next", lambda: pressed.append("Next"), True),)))
    rig.text("a")
    rig.key(8, 42)
    assert told == ["Rosa", "Ro"]
    rig.key(13, 40)
    assert pressed == ["Next"]


def test_a_screen_that_is_left_alone_is_not_drawn_anew(rig: Rig) -> None:
    show(rig, page([]))
    assert rig.picture() == rig.picture()


def test_once_somebody_left_no_picture_of_a_word_is_kept(rig: Rig) -> None:
    front, _ = show(rig, page([]))
    kept = rig._glass._painter._kept
    assert any("Roof over the pantry" in str(key) for key in kept)
    front.forgotten()
    assert not kept
