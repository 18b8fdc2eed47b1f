"""Language, text size, contrast, a screen wiped clean, and help: also while the hub is away."""

from __future__ import annotations

from pressing import Evening

from hub.domain import roles
from hub.domain.base import FACILITATOR
from kiosk.flows import settings
from kiosk.flows.help import fingerprint


def test_each_language_stands_in_its_own_name_and_the_place_is_kept(evening: Evening) -> None:
    evening.person.press("Ask for help")
    evening.person.press("Food")
    settings.start(evening.session)
    assert {"English", "Español"} <= set(evening.person.labels())
    evening.person.press("Español")
    assert (evening.session.language, evening.session.page().name) == ("es", "ask-soon")


def test_size_and_contrast_change_at_once_and_go_with_the_person(evening: Evening) -> None:
    evening.person.press("Text size")
    evening.person.press("Largest")
    evening.person.press("Strong contrast")
    assert (evening.session.size, evening.session.contrast) == (2, True)
    evening.person.press("Done")
    evening.wait(91)
    assert (evening.session.size, evening.session.contrast) == (0, False)


def test_while_the_screen_is_wiped_nothing_can_be_pressed_for_twenty_seconds(evening: Evening) -> None:
    evening.person.press("Help")
    evening.person.press("Wipe the screen")
    assert (evening.person.labels(), "20 seconds left" in evening.person.text()) == ([], True)
    evening.wait(19)
    assert "1 second left" in evening.person.text()
    evening.wait(1)
    assert evening.person.title == "Help"


def test_help_says_what_works_whom_to_ask_and_which_hub_this_is(evening: Evening) -> None:
    evening.kitchen.submit(roles.TakeRole(FACILITATOR), evening.members["Rosa"])
    evening.person.press("Help")
    text = evening.person.text()
    assert "The hub works" in text
    assert "The printer works" in text
    assert "Facilitator Rosa" in text
    assert fingerprint(evening.kitchen.service.hub) in text


def test_help_opens_while_the_hub_is_away_and_tells_how_it_goes_on_with_paper(evening: Evening) -> None:
    evening.hub.down = True
    evening.person.press("Help")
    assert "The hub no answer yet" in evening.person.text()
    evening.person.press("Without this screen")
    assert "by show of hands" in evening.person.text()


def test_a_key_is_read_out_in_groups_of_four() -> None:
    assert fingerprint("3f9a02bc77de410f" + "0" * 48) == "3f9a 02bc 77de 410f"
