"""Every screen, at every size, in every language, at every step of the text: found by wandering, read by the lint."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from layout_lint import faults

import kiosk
from hub.words import Catalogue
from kiosk import theme
from kiosk.gallery import Shot, every_screen
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.setting import Setting
from kiosk.widgets.typeface import faces

pytestmark = pytest.mark.xdist_group("gallery")
CATALOGUE = Catalogue.load()
LANGUAGES = tuple(tag for tag, _ in CATALOGUE.languages)
ELSEWHERE = {"rest", "vouched"}
"""Screens no practice evening has: a rest that lasts now, a newcomer who needs one more to vouch."""


@cache
def shots() -> tuple[Shot, ...]:
    return tuple(every_screen(LANGUAGES))


@cache
def lettering() -> Lettering:
    return Lettering(faces())


def setting(size: str, language: str, step: int) -> Setting:
    def say(message: str, /, **parameters: str | int) -> str:
        return CATALOGUE.say(language, message, **parameters)

    return Setting(theme.SCREENS[size], lettering(), language, say, step)


def named() -> set[str]:
    """What the flows call their screens."""
    found: set[str] = set()
    for path in (Path(kiosk.__file__).parent / "flows").glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            found |= set(re.findall(r'\bname="([a-z-]+)"', line))
    return found


@pytest.mark.parametrize("size", list(theme.SCREENS))
def test_no_screen_has_a_fault(size: str) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for shot in shots():
        for step in range(3):
            told = faults(shot.page, setting(size, shot.language, step))
            found[f"{shot.name} {shot.language} {step}"] += told[:3]
    assert {name: told for name, told in found.items() if told} == {}


def test_the_wandering_sees_every_screen_a_flow_names() -> None:
    met = {shot.name.removeprefix("empty-") for shot in shots()}
    assert len(met) > 140
    assert named() - met - ELSEWHERE == set()


def test_every_screen_is_met_in_every_language() -> None:
    assert {shot.language for shot in shots()} == set(LANGUAGES)
    assert len(shots()) % len(LANGUAGES) == 0
