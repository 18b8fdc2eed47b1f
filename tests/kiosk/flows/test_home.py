"""The first screen: what is open now, by itself, also while the hub is away."""

from __future__ import annotations

from pressing import Evening

from hub.domain import needs, signups
from hub.domain.base import DAY, HOUR, Circle, ListId, Millis, Words
from hub.domain.constitution import SetClosure


def supper(evening: Evening) -> None:
    clock = evening.kitchen.clock
    title = Words({"en": "Supper for all", "es": "Cena para todo el mundo"})
    command = signups.OpenSignup(signups.Sort.MEAL, title, Millis(clock.now + 3 * HOUR), 24)
    evening.kitchen.submit(command, evening.members["Rosa"])


def tiles(evening: Evening) -> list[str]:
    """What stands on the page's tiles, in order."""
    return [label for label in evening.person.labels() if label not in ("Language", "Text size", "Help")]


def test_where_nobody_belongs_yet_the_first_tile_is_the_opening_evening(new: Evening) -> None:
    assert (new.person.title, tiles(new)[0]) == ("Maple Street Kitchen", "Open the first evening")


def test_the_first_six_are_what_most_people_come_for(evening: Evening) -> None:
    assert tiles(evening)[:6] == [
        "Sign up",
        "Ask for help",
        "Offer or help",
        "Vote",
        "Waiting for you",
        "Read our books",
    ]
    assert tiles(evening)[6:] == ["Join us", "Add a topic", "Roles", "Neighbours", "Keeper's desk"]


def test_what_was_opened_elsewhere_shows_by_itself_within_ten_seconds(evening: Evening) -> None:
    supper(evening)
    assert "Supper" not in evening.person.text()
    evening.wait(10.5)
    assert "Sign up Supper for all" in evening.person.text()


def test_coming_back_to_it_shows_what_is_new_at_once(evening: Evening) -> None:
    evening.person.press("Ask for help")
    evening.wait(2)
    supper(evening)
    evening.person.press("Back")
    evening.wait(0.25)
    assert "Supper for all" in evening.person.text()


def test_a_hub_that_is_away_leaves_what_was_known_and_says_as_of_when(evening: Evening) -> None:
    supper(evening)
    evening.wait(10.5)
    evening.hub.down = True
    evening.wait(10.5)
    text = evening.person.text()
    assert "The hub does not answer. This is as of 12:00" in text
    assert "Supper for all" in text
    evening.hub.down = False
    evening.wait(10.5)
    assert "does not answer" not in evening.person.text()


def test_a_hub_that_never_answered_is_a_plain_card(new: Evening) -> None:
    new.session.screen._board.told = None  # type: ignore[attr-defined]
    new.hub.down = True
    new.wait(10.5)
    assert "The hub does not answer just now." in new.person.text()
    assert "Help" in new.person.labels()


def test_it_does_not_ask_the_hub_more_often_than_every_ten_seconds(evening: Evening) -> None:
    before = len(evening.hub.asked)
    evening.wait(60)
    assert len(evening.hub.asked) - before == 6


def test_a_rest_is_said_with_its_last_day_and_why(evening: Evening) -> None:
    clock = evening.kitchen.clock
    rest = SetClosure(Millis(clock.now), Millis(clock.now + DAY), Words({"en": "The Feast of Lights"}))
    evening.kitchen.submit(rest, evening.members["Rosa"], second=evening.members["Ali"])
    evening.wait(10.5)
    assert "The Feast of Lights" in evening.person.text()
    evening.person.press("We rest")
    assert "votes and deadlines wait" in evening.person.text()


def test_it_speaks_the_language_that_was_chosen(evening: Evening) -> None:
    supper(evening)
    evening.wait(10.5)
    evening.person.press("Language")
    evening.person.press("Español")
    evening.wait(0.5)
    assert "Cena para todo el mundo" in evening.person.text()


def test_nothing_for_members_alone_is_on_it(evening: Evening) -> None:
    rosa = evening.members["Rosa"]
    need = needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": "Rice"}), Circle.MEMBERS)
    evening.kitchen.submit(need, rosa)
    supper(evening)
    evening.kitchen.submit(signups.SignUp(ListId(1)), rosa)
    evening.wait(10.5)
    assert "Nothing just now" in evening.person.text()
    assert "Rosa" not in repr(evening.session.screen._board.told)  # type: ignore[attr-defined]
