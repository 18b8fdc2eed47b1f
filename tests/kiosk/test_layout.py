"""Every kind of page, on every screen, at every step of the text, either way round: nothing clipped, lost or small."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from layout_lint import all_parts, faults, of_drawing
from wild_pages import ARABIC, nothing, pages

from hub.words import Catalogue
from kiosk import theme
from kiosk.page import Button, Line, Page, Reading, Row, Rows
from kiosk.theme import Ink
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.setting import Setting
from kiosk.widgets.shapes import Card, Drawing, Mark, Rect, Sign, Target, Text
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


def ballot(options: int) -> Page:
    rows = tuple(Row(f"Choice {i}", mark=f"{i}.", chosen=False, press=nothing) for i in range(1, options + 1))
    buttons = (Button("Next", nothing, True),)
    return Page("Which?", Rows(rows), note="Mark what is fine.", buttons=buttons, back=nothing, leave=nothing)


def fill_of(drawing: Drawing, label: str) -> Ink | None:
    number = next(i for i, target in enumerate(drawing.targets) if target.label == label)
    return next(shape.fill for shape in drawing.shapes if isinstance(shape, Card) and shape.of == number)


def test_a_list_stands_in_two_columns_where_that_shows_all_of_it() -> None:
    (drawing,) = all_parts(ballot(5), setting())
    first, second, third = (next(t for t in drawing.targets if t.label == f"{i}. Choice {i}") for i in (1, 2, 3))
    assert (first.rect.y, first.rect.x) == (second.rect.y, third.rect.x)
    assert first.rect.right < second.rect.x


def test_all_that_can_be_marked_is_seen_before_next_is_the_main_step() -> None:
    one, two = all_parts(ballot(8), setting())
    assert (fill_of(one, "More"), fill_of(one, "Next")) == (Ink.MAIN, Ink.WHITE)
    assert fill_of(two, "Next") is Ink.MAIN


def test_leave_and_back_stand_in_the_same_place_on_pages_with_few_buttons() -> None:
    pages_ = (replace(plain(), back=nothing), replace(plain(), back=nothing, buttons=()), ballot(3))
    places = {tuple(t.rect for t in all_parts(page, setting())[0].targets if t.label == "Back") for page in pages_}
    assert len(places) == 1


def test_what_is_done_has_a_large_tick_if_there_is_room() -> None:
    page = Page("Thank you!", Reading((Line("It is in the book."),), done=True), leave=nothing)
    (drawing,) = all_parts(page, setting())
    assert [shape.icon for shape in drawing.shapes if isinstance(shape, Mark)] == [Sign.DONE]
    full = replace(page, body=Reading((Line("word " * 90),), done=True))
    assert not any(isinstance(shape, Mark) for each in all_parts(full, setting()) for shape in each.shapes)


def test_no_line_of_a_paragraph_stands_alone_on_a_part() -> None:
    page = Page("Rules", Reading(tuple(Line("word " * 25) for _ in range(4))), leave=nothing)
    counted = [
        sum(isinstance(each, Text) and each.text.startswith("word") for each in drawing.shapes)
        for drawing in all_parts(page, setting())
    ]
    assert 1 not in counted
