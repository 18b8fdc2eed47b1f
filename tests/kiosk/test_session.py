"""A person's time at the screen: waits, timers, wipes. The hub is played by what a test hands back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from hub.client import Fault, HubDown, Refused, Shown, VisitOver
from hub.words import Catalogue
from kiosk.away import COUNTDOWN
from kiosk.errand import GIVE_UP, RETRY, STILL, WORKING
from kiosk.page import Line, Page, Privacy, Reading, Rows
from kiosk.session import NOTICE, Session
from kiosk.worker import Answer, Done, Known, Work

CATALOGUE = Catalogue.load()
ROSA = Shown("visit-1", "rosa", 1, "Rosa", "en", False)


@dataclass
class Hub:
    """A worker whose answers come when the test says so."""

    asked: list[tuple[Work, Done]] = field(default_factory=list)

    def do(self, work: Work, done: Done) -> None:
        self.asked.append((work, done))

    def answers(self, value: Any = None, why: Known | None = None) -> None:
        """Answer what was asked first."""
        _, done = self.asked.pop(0)
        done(Answer(value, why))


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Plain:
    """A screen that shows one title."""

    title: str = "First"
    privacy: Privacy = Privacy.OPEN

    def page(self) -> Page:
        return Page(self.title, Rows(()), privacy=self.privacy)


@dataclass
class Stage:
    """A session, its clock, its hub, and how often it wanted to be drawn."""

    clock: Clock = field(default_factory=Clock)
    hub: Hub = field(default_factory=Hub)
    drawn: int = 0
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.session = Session(self.hub, self.clock, CATALOGUE, lambda _: Plain(), self._draw)

    def _draw(self) -> None:
        self.drawn += 1

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.session.tick()

    @property
    def title(self) -> str:
        return self.session.page().title


@pytest.fixture
def stage() -> Stage:
    return Stage()


def nothing(_: object) -> None:
    """What follows, where a test does not care."""


def test_a_short_wait_is_not_said_a_long_one_is_and_may_be_left(stage: Stage) -> None:
    stage.session.ask(nothing, nothing)
    assert stage.title == "First"
    stage.wait(WORKING)
    assert stage.title == "Working..."
    assert not stage.session.page().buttons
    stage.wait(STILL)
    assert stage.title == "Still working..."
    stage.wait(GIVE_UP)
    assert [button.label for button in stage.session.page().buttons] == ["Leave", "Try again"]


def test_while_the_hub_works_a_press_does_nothing(stage: Stage) -> None:
    pressed: list[str] = []
    stage.session.ask(nothing, nothing)
    stage.session.press(lambda: pressed.append("early"))
    stage.hub.answers()
    stage.session.press(lambda: pressed.append("later"))
    assert pressed == ["later"]


def test_a_hub_that_is_down_is_asked_the_very_same_until_it_answers(stage: Stage) -> None:
    got: list[str] = []

    def work(_: object) -> str:
        return ""

    stage.session.ask(work, got.append)
    stage.hub.answers(why=HubDown("gone"))
    assert stage.title == "The hub does not answer"
    stage.wait(RETRY - 1)
    assert not stage.hub.asked
    stage.wait(1)
    assert [asked for asked, _ in stage.hub.asked] == [work]
    stage.wait(RETRY * 2)
    assert len(stage.hub.asked) == 1, "one try at a time"
    stage.hub.answers("recorded")
    assert (got, stage.title) == (["recorded"], "First")


def test_a_no_stands_above_the_page_and_goes_with_the_next_screen(stage: Stage) -> None:
    stage.session.ask(nothing, nothing)
    stage.hub.answers(why=Refused("quorum", "Too few are here.", "Too few are here."))
    assert stage.session.page().trouble == "Too few are here."
    stage.session.go(Plain("Second"))
    assert stage.session.page().trouble == ""


def test_a_no_may_be_taken_by_who_asked(stage: Stage) -> None:
    told: list[str] = []
    stage.session.ask(nothing, nothing, lambda no: told.append(no.article))
    stage.hub.answers(why=Refused("quorum", "Too few are here.", ""))
    assert (told, stage.session.page().trouble) == (["quorum"], "")


def test_a_fault_of_ours_is_said_and_keeps_the_page(stage: Stage) -> None:
    stage.session.go(Plain("Form"))
    stage.session.ask(nothing, nothing)
    stage.hub.answers(why=Fault("what?"))
    assert (stage.title, "kept here" in stage.session.page().trouble) == ("Form", True)


def test_a_visit_that_is_over_goes_back_to_the_first_screen_and_says_so(stage: Stage) -> None:
    stage.session.welcome(ROSA, "CARD")
    stage.session.go(Plain("Hers", Privacy.PERSONAL))
    stage.session.ask(nothing, nothing)
    stage.hub.answers(why=VisitOver("Your time is over."))
    stage.hub.answers(why=Refused("", "This card is not known here.", ""))
    assert (stage.title, stage.session.person, stage.session.notice) == ("First", None, "Your time is over.")
    stage.wait(NOTICE)
    assert stage.session.notice == ""


def test_a_hub_that_was_started_again_is_shown_the_card_once_more_and_nothing_typed_is_lost(stage: Stage) -> None:
    stage.session.welcome(ROSA, "CARD")
    stage.session.second = Shown("visit-2", "ali", 1, "Ali", "en", False)
    stage.session.go(Plain("Hers", Privacy.PERSONAL))
    stage.session.ask(nothing, nothing)
    stage.hub.answers(why=VisitOver("Your time is over."))
    asked: list[str] = []
    work, _ = stage.hub.asked[0]
    work(_Reading(asked))  # type: ignore[arg-type]
    assert asked == ["CARD"]
    stage.hub.answers(replace(ROSA, visit="visit-9"))
    assert (stage.title, stage.session.visit, stage.session.second) == ("Hers", "visit-9", None)
    assert stage.session.page().trouble.endswith("please press once more.")


def test_a_visit_that_is_over_on_the_first_screen_or_before_a_ballot_ends_there(stage: Stage) -> None:
    for privacy, title in ((Privacy.PERSONAL, None), (Privacy.BALLOT, "Choose")):
        stage.session.welcome(ROSA, "CARD")
        if title:
            stage.session.go(Plain(title, privacy))
        stage.session.ask(nothing, nothing)
        stage.hub.answers(why=VisitOver("Your time is over."))
        assert (stage.title, stage.session.person) == ("First", None)
        assert stage.session.notice == "Your time is over." + (" Your vote was not cast." if title else "")
        stage.hub.answers()


@dataclass
class _Reading:
    """A scanner's end: the cards that were shown."""

    cards: list[str]

    def show_card(self, card: str) -> None:
        self.cards.append(card)


def test_a_hub_that_is_down_does_not_promise_to_keep_a_ballot(stage: Stage) -> None:
    for privacy in (Privacy.PERSONAL, Privacy.BALLOT):
        stage.session.go(Plain("Hers", privacy))
        stage.session.ask(nothing, nothing)
        stage.hub.answers(why=HubDown("gone"))
        assert ("is kept here" in said(stage.session.page(), 0)) is (privacy is Privacy.PERSONAL)
        stage.session.leave()
        stage.hub.answers()


def test_an_answer_that_comes_after_they_left_changes_nothing(stage: Stage) -> None:
    stage.session.ask(nothing, lambda _: stage.session.go(Plain("Late")))
    stage.session.leave()
    stage.hub.answers("late")
    assert stage.title == "First"


def test_a_page_without_names_goes_home_after_90_seconds(stage: Stage) -> None:
    stage.session.go(Plain("Rules"))
    stage.wait(89)
    assert stage.title == "Rules"
    stage.wait(1)
    assert stage.title == "First"


def test_the_first_screen_of_nobody_in_particular_is_left_alone(stage: Stage) -> None:
    before = stage.drawn
    stage.wait(1000)
    assert stage.drawn == before


@pytest.mark.parametrize(("privacy", "idle"), [(Privacy.PERSONAL, 60), (Privacy.BALLOT, 120)])
def test_something_personal_is_hidden_counted_down_and_wiped(stage: Stage, privacy: Privacy, idle: int) -> None:
    stage.session.welcome(ROSA, "CARD")
    stage.session.go(Plain("Hers", privacy))
    stage.wait(idle - 1)
    assert stage.title == "Hers"
    stage.wait(1)
    page = stage.session.page()
    assert page.title == "Are you still there?"
    assert page.body == Reading((Line(said(page, 0)), Line("45 seconds left")))
    stage.wait(COUNTDOWN - 1)
    assert "1 second left" in said(stage.session.page(), 1)
    stage.wait(1)
    assert (stage.title, stage.session.person, stage.session.card) == ("First", None, "")


def said(page: Page, number: int) -> str:
    assert isinstance(page.body, Reading)
    return page.body.lines[number].text


def test_a_touch_shows_what_was_hidden(stage: Stage) -> None:
    stage.session.go(Plain("Hers", Privacy.PERSONAL))
    stage.wait(61)
    stage.session.touched()
    assert stage.title == "Hers"


def test_each_second_of_the_countdown_is_drawn_once(stage: Stage) -> None:
    stage.session.go(Plain("Hers", Privacy.PERSONAL))
    stage.wait(60)
    before = stage.drawn
    for _ in range(8):
        stage.wait(0.25)
    assert stage.drawn - before == 2


def test_an_unsent_ballot_that_is_dropped_says_that_it_was_not_cast(stage: Stage) -> None:
    stage.session.welcome(ROSA, "CARD")
    stage.session.go(Plain("Choose", Privacy.BALLOT))
    stage.wait(120 + COUNTDOWN)
    assert stage.session.notice == "Your vote was not cast."


def test_a_ballot_nobody_knows_the_end_of_is_not_called_uncast(stage: Stage) -> None:
    stage.session.go(Plain("Cast", Privacy.BALLOT))
    stage.session.ask(nothing, nothing)
    stage.hub.answers(why=HubDown("gone"))
    leave, _ = stage.session.page().buttons
    stage.session.press(leave.press)
    assert stage.session.notice.startswith("The hub did not answer, so nobody knows yet")


def test_whoever_is_known_is_hidden_even_on_a_page_without_names(stage: Stage) -> None:
    stage.session.welcome(ROSA, "CARD")
    stage.wait(61)
    assert stage.title == "Are you still there?"


def test_leaving_ends_every_visit_and_puts_the_settings_back(stage: Stage) -> None:
    stage.session.welcome(ROSA, "CARD")
    stage.session.second = Shown("visit-2", "ali", 1, "Ali", "en", False)
    stage.session.speak("es")
    stage.hub.answers()
    stage.session.size, stage.session.contrast = 2, True
    stage.session.leave()
    left: list[str] = []
    work, _ = stage.hub.asked[-1]
    work(_Recording(left))  # type: ignore[arg-type]
    assert left == ["en", "visit-1", "visit-2"]
    assert (stage.session.language, stage.session.size, stage.session.contrast) == ("en", 0, False)


def test_the_second_member_goes_with_the_act_and_the_first_stays(stage: Stage) -> None:
    stage.session.welcome(ROSA, "CARD")
    stage.session.second = Shown("visit-2", "ali", 1, "Ali", "en", False)
    stage.session.part()
    left: list[str] = []
    work, _ = stage.hub.asked[-1]
    work(_Recording(left))  # type: ignore[arg-type]
    assert left == ["visit-2"]
    assert (stage.session.second, stage.session.person) == (None, ROSA)


@dataclass
class _Recording:
    told: list[str]

    def speak(self, language: str) -> None:
        self.told.append(language)

    def leave(self, visit: str) -> None:
        self.told.append(visit)


def test_a_card_greets_in_its_own_language_unless_one_was_chosen(stage: Stage) -> None:
    marta = Shown("visit-3", "marta", 1, "Marta", "es", False)
    stage.session.welcome(marta, "CARD")
    assert stage.session.language == "es"
    stage.session.leave()
    stage.session.speak("es")
    stage.session.welcome(ROSA, "CARD")
    assert stage.session.language == "es"


def test_what_the_background_reads_troubles_nobody(stage: Stage) -> None:
    gone: list[str] = []
    stage.session.look(nothing, nothing, lambda: gone.append("gone"))
    stage.hub.answers(why=HubDown("gone"))
    assert (stage.title, gone, stage.session.busy) == ("First", ["gone"], False)


def test_back_and_finish_never_leave_the_first_screen(stage: Stage) -> None:
    stage.session.back()
    assert stage.session.depth == 1
    for name in ("a", "b", "c"):
        stage.session.go(Plain(name))
    stage.session.instead(Plain("d"))
    assert (stage.title, stage.session.depth) == ("d", 4)
    stage.session.finish(Plain("Done"))
    assert (stage.title, stage.session.depth) == ("Done", 2)
    stage.session.home()
    assert stage.title == "First"
