"""Every kind of page, on every screen, at every step of the text, either way round: nothing clipped, lost or small."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from layout_lint import all_parts, faults, of_drawing
from wild_pages import ARABIC, nothing, pages

from hub.words import Catalogue
from kiosk import theme
from kiosk.page import Button, Page, Row, Rows
from kiosk.theme import Ink
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.setting import Setting
from kiosk.widgets.shapes import Card, Rect, Target, Text
from kiosk.widgets.typeface import faces

CATALOGUE = Catalogue.load()


@cache
def lettering() -> Lettering:
    return Lettering(faces())


def setting(size: str = "800x480", language: str = "en", step: int = 0) -> Setting:
    def say(message: str, /, **parameters: str | int) -> str:
        return CATALOGUE.say(language, message, **parameters)

    return Setting(theme.SCREENS[size], lettering(), language, say, step)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("step", [0, 1, 2])
@pytest.mark.parametrize("size", list(theme.SCREENS))
def test_no_page_has_a_fault(size: str, step: int, language: str) -> None:
    found = {page.name: faults(page, setting(size, language, step)) for page in pages()}
    assert {name: told[:4] for name, told in found.items() if told} == {}


def plain() -> Page:
    rows = tuple(Row(f"Row {i}", press=nothing) for i in range(3))
    return Page("Three rows", Rows(rows), buttons=(Button("Next", nothing, True),), leave=nothing)


def told(*changed: object) -> str:
    """What the lint says of a sound page once these were added to it."""
    (drawing,) = all_parts(plain(), setting())
    shapes = tuple(each for each in changed if isinstance(each, Card | Text))
    targets = tuple(each for each in changed if isinstance(each, Target))
    broken = replace(drawing, shapes=drawing.shapes + shapes, targets=drawing.targets + targets)
    return " ".join(of_drawing(broken, setting()))


def test_the_lint_is_content_with_a_sound_page() -> None:
    assert told() == ""


def test_the_lint_sees_clipped_text() -> None:
    face = setting().body()
    assert "clipped: 'a long word'" in told(Text(Rect(10, 230, 20, 30), "a long word", face, Ink.TEXT, Ink.GROUND))


def test_the_lint_sees_what_is_outside() -> None:
    assert "outside" in told(Card(Rect(790, 10, 40, 40), Ink.CARD))


def test_the_lint_sees_what_overlaps() -> None:
    assert "overlap: 'Next' and 'On top'" in told(Target(Rect(600, 400, 100, 80), nothing, "On top"))


def test_the_lint_sees_a_small_target_and_one_too_close() -> None:
    said = told(Target(Rect(20, 300, 60, 40), nothing, "Tiny"), Target(Rect(20, 345, 90, 40), nothing, "Near"))
    assert "small: 'Tiny' is 7.7 mm" in said
    assert "close: 'Tiny' and 'Near'" in said


def test_the_lint_sees_faint_and_small_print() -> None:
    face = replace(setting().small(), size=12)
    said = told(Text(Rect(20, 330, 300, 20), "faint", face, Ink.THIN, Ink.GROUND))
    assert "faint: 'faint'" in said
    assert "small print: 'faint' is 12 dots" in said


def test_the_lint_sees_a_page_that_runs_the_wrong_way() -> None:
    (drawing,) = all_parts(plain(), setting())
    assert any(fault.startswith("mirrored") for fault in of_drawing(drawing, setting(language="ar")))


def test_the_lint_sees_a_lost_row() -> None:
    page = plain()
    longer = replace(page, body=Rows((Row("Never shown"),)))
    from layout_lint import lost

    assert list(lost(longer, all_parts(page, setting()))) == ["lost: 'Never shown'"]


def test_a_page_in_arabic_is_mirrored_but_its_keypad_is_not() -> None:
    page = Page(ARABIC, Rows((Row(ARABIC, press=nothing),)), buttons=(Button("التالي", nothing, True),), leave=nothing)
    (drawing,) = all_parts(page, setting(language="ar"))
    leave, following = (
        next(t for t in drawing.targets if t.label == label) for label in (CATALOGUE.say("ar", "Leave"), "التالي")
    )
    assert leave.rect.x > following.rect.x
