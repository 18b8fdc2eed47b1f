"""Colours keep their floors, a larger panel is drawn larger, and the steps are the session's."""

from __future__ import annotations

import pytest

from kiosk import session, theme
from kiosk.theme import Ink, Palette, contrast_of

THEMES = [theme.LIGHT, theme.STRONG]
GROUNDS = (Ink.GROUND, Ink.CARD, Ink.WHITE)


@pytest.mark.parametrize("palette", THEMES)
def test_body_text_has_ten_to_one_on_every_ground(palette: Palette) -> None:
    assert all(contrast_of(palette[Ink.TEXT], palette[on]) >= theme.BODY_FLOOR for on in GROUNDS)


@pytest.mark.parametrize("palette", THEMES)
def test_any_other_text_has_seven_to_one(palette: Palette) -> None:
    pairs = [(ink, on) for ink in (Ink.SOFT, Ink.LEAF) for on in GROUNDS]
    pairs += [
        (Ink.ON_MAIN, Ink.MAIN),
        (Ink.ON_PRESSED, Ink.PRESSED),
        (Ink.ALERT, Ink.ALERT_CARD),
        (Ink.ALERT, Ink.GROUND),
    ]
    assert {(ink, on) for ink, on in pairs if contrast_of(palette[ink], palette[on]) < theme.TEXT_FLOOR} == set()


@pytest.mark.parametrize("palette", THEMES)
def test_borders_and_the_focus_have_three_to_one_on_every_ground(palette: Palette) -> None:
    edges = (Ink.EDGE, Ink.THIN, Ink.FOCUS, Ink.ALERT)
    assert all(contrast_of(palette[edge], palette[on]) >= theme.BORDER_FLOOR for edge in edges for on in GROUNDS)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast_of((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast_of((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_every_theme_has_every_ink() -> None:
    assert all(set(palette) == set(Ink) for palette in THEMES)


def test_the_steps_of_the_text_are_those_of_the_session() -> None:
    assert theme.STEPS == session.SIZES


def test_a_target_is_as_large_as_a_finger_on_every_panel() -> None:
    for screen in theme.SCREENS.values():
        assert round(theme.TARGET * screen.unit) / screen.per_mm >= theme.LEAST_TARGET


def test_a_panel_we_do_not_know_is_taken_for_seven_inches() -> None:
    assert theme.screen_of("1024x600").per_mm == pytest.approx(6.67, abs=0.01)


@pytest.mark.parametrize("size", ["wide", "10x10", "800"])
def test_a_size_that_is_none_is_refused(size: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        theme.screen_of(size)
