"""Voting at the kiosk, from the question to the box; and what may go wrong on the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from pressing import PIN, Evening, Presser

from hub.domain import ballots
from hub.domain.ballots import Method
from hub.domain.base import DAY, BallotId, Tier, Words
from kiosk.away import COUNTDOWN, IDLE
from kiosk.errand import RETRY
from kiosk.flows import vote
from kiosk.flows.ballot import Choosing, Reviewing, Slip
from kiosk.page import Privacy, Row

POT = "Shall we buy the big pot?"
SOUPS = ("Lentil", "Onion", "Beet")
IN_THE_BOX = "Your vote is in the box"


@pytest.fixture
def person(evening: Evening) -> Presser:
    for name in ("Rosa", "Ali"):
        evening.chose_pin(name)
    return evening.person


def open_ballot(evening: Evening, method: Method = Method.YES_NO) -> None:
    options = tuple(Words({"en": soup, "es": f"{soup}!"}) for soup in SOUPS) if method is Method.APPROVAL else ()
    request = ballots.OpenBallot(method, Words({"en": POT}), options)
    evening.kitchen.submit(request, evening.members["Rosa"], Tier.PIN)


def sums(evening: Evening) -> tuple[int, ...]:
    """What comes out of the box once the time is over."""
    evening.kitchen.clock.forward(8 * DAY)
    evening.kitchen.service.tick()
    (row,) = evening.client.read("ballot_results")
    return tuple(row["sums"])


def identify(evening: Evening, name: str = "Rosa") -> None:
    """Card and PIN."""
    evening.person.scan(evening.card(name))
    evening.person.keys(PIN)
    evening.person.press("Next")


def to_choosing(evening: Evening, name: str = "Rosa") -> None:
    """From the list to the choice."""
    vote.start(evening.session)
    evening.person.press(POT)
    evening.person.press("Vote now")
    identify(evening, name)


def to_review(evening: Evening, *answers: str) -> None:
    """From the list to the last look."""
    to_choosing(evening)
    for answer in answers:
        evening.person.press(answer)
    evening.person.press("Next")


def chosen(person: Presser) -> list[str]:
    body = person.page.body
    return [row.label for row in body.rows if row.chosen]  # type: ignore[union-attr]


def test_a_vote_from_the_question_to_the_box(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    vote.start(evening.session)
    assert "Secret vote: yes or no · Open until" in person.text()
    person.press(POT)
    assert all(part in person.text() for part in ("more than 1/2 of yes and no", "It cannot stop someone", POT))
    person.press("Vote now")
    assert person.page.privacy is Privacy.BALLOT
    identify(evening)
    person.press("Yes")
    assert chosen(person) == ["Yes"]
    person.press("Next")
    assert all(part in person.text() for part in ("You choose:", "Yes", "Nothing is sent yet."))
    person.press("Cast my vote")
    assert person.title == IN_THE_BOX
    assert "Nobody can see what you chose." in person.text()
    assert "Yes" not in person.text()
    person.press("Leave")
    assert sums(evening) == (1, 0, 0)


def test_several_options_may_be_marked_and_none_of_these_stands_alone(evening: Evening, person: Presser) -> None:
    open_ballot(evening, Method.APPROVAL)
    to_choosing(evening)
    person.press("Next")
    assert "Choose first" in person.text()
    for soup in ("Beet", "Lentil", "Onion", "Onion"):
        person.press(soup)
    assert chosen(person) == ["Lentil", "Beet"]
    person.press("None of these")
    assert chosen(person) == ["None of these"]
    person.press("Beet")
    person.press("Lentil")
    person.press("Next")
    person.press("Change it")
    assert chosen(person) == ["Lentil", "Beet"]
    person.press("Next")
    person.press("Cast my vote")
    assert sums(evening) == (1, 0, 1, 0)


def test_none_of_these_is_a_vote(evening: Evening, person: Presser) -> None:
    open_ballot(evening, Method.APPROVAL)
    to_review(evening, "None of these")
    person.press("Cast my vote")
    assert (person.title, sums(evening)) == (IN_THE_BOX, (0, 0, 0, 1))


def test_who_votes_for_the_first_time_chooses_a_pin(evening: Evening) -> None:
    open_ballot(evening)
    person = evening.person
    vote.start(evening.session)
    person.press(POT)
    person.press("Vote now")
    person.scan(evening.card("Mei"))
    for digits in ("8264", "8246", "8264", "8264"):
        person.keys(digits)
        person.press("Next")
    assert person.labels()[1:4] == ["Yes", "No", "I abstain"]


def test_a_wrong_pin_is_told_and_tried_again(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    vote.start(evening.session)
    person.press(POT)
    person.press("Vote now")
    person.scan(evening.card("Rosa"))
    person.keys("9999")
    person.press("Next")
    assert (person.title, "4" in person.page.trouble) == ("Your PIN", True)
    person.keys(PIN)
    person.press("Next")
    assert "I abstain" in person.labels()


def test_a_vote_whose_answer_was_lost_is_cast_once(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "No")
    evening.hub.lost = True
    person.press("Cast my vote")
    assert person.title == "The hub does not answer"
    evening.wait(RETRY)
    evening.hub.lost = False
    evening.wait(RETRY)
    assert person.title == IN_THE_BOX
    assert sums(evening) == (0, 1, 0)


def test_a_vote_the_hub_never_heard_is_cast_when_it_is_back(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "No")
    evening.hub.down = True
    person.press("Cast my vote")
    evening.wait(3 * RETRY)
    evening.hub.down = False
    evening.wait(RETRY)
    assert (person.title, sums(evening)) == (IN_THE_BOX, (0, 1, 0))


def test_who_leaves_while_the_answer_is_missing_is_told_that_nobody_knows(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "No")
    evening.hub.down = True
    person.press("Cast my vote")
    person.press("Leave")
    assert "vote again: it counts once" in evening.session.notice


def test_a_second_vote_is_refused_plainly(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "Yes")
    person.press("Cast my vote")
    person.press("Leave")
    to_review(evening, "No")
    person.press("Cast my vote")
    assert person.title == "You have voted"
    assert "It cannot be changed" in person.text()
    assert sums(evening) == (1, 0, 0)


def test_an_unsent_ballot_is_hidden_then_dropped(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "Yes")
    evening.wait(IDLE[Privacy.BALLOT])
    assert "Your vote is not cast yet." in person.text()
    assert POT not in person.text()
    evening.wait(COUNTDOWN)
    assert evening.session.notice == "Your vote was not cast."
    assert (evening.session.depth, evening.session.person, marks()) == (1, None, [])
    assert sums(evening) == (0, 0, 0)


@pytest.mark.parametrize("looked", [False, True])
def test_who_leaves_with_a_choice_is_told_that_it_was_not_cast(
    evening: Evening, person: Presser, *, looked: bool
) -> None:
    open_ballot(evening)
    to_choosing(evening)
    person.press("Yes")
    if looked:
        person.press("Next")
    person.press("Leave")
    assert (evening.session.notice, marks()) == ("Your vote was not cast.", [])


def test_going_back_forgets_the_marks(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_choosing(evening)
    person.press("Yes")
    person.press("Back")
    person.press("Vote now")
    assert chosen(person) == []


def test_a_visit_that_ran_out_says_that_the_vote_was_not_cast(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "Yes")
    evening.kitchen.clock.forward(DAY)
    person.press("Cast my vote")
    assert evening.session.notice.endswith("Your vote was not cast.")
    assert sums(evening) == (0, 0, 0)


def test_a_visit_that_ran_out_while_the_answer_was_lost_says_that_nobody_knows(
    evening: Evening, person: Presser
) -> None:
    open_ballot(evening)
    to_review(evening, "Yes")
    evening.hub.lost = True
    person.press("Cast my vote")
    evening.kitchen.clock.forward(DAY)
    evening.hub.lost = False
    evening.wait(RETRY)
    assert "vote again: it counts once" in evening.session.notice


def test_after_the_vote_to_leave_is_the_main_step(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "Yes")
    person.press("Cast my vote")
    assert [button.label for button in person.page.buttons if button.main] == ["Leave"]
    person.press("Leave")
    assert evening.session.person is None


def test_nothing_of_the_choice_is_left_once_it_is_cast(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "Yes")
    assert any(isinstance(each, Slip) and each.filled for each in reached(evening.session))
    person.press("Cast my vote")
    for each in reached(evening.session):
        assert not isinstance(each, (Slip, Choosing, Reviewing))
        assert not (isinstance(each, Row) and each.chosen)
        assert not (isinstance(each, bytes) and b"choice" in each)
    assert marks() == []


def marks() -> list[Slip]:
    """Every slip in this program that still says something."""
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, Slip) and each.filled]


def reached(start: object) -> Iterator[Any]:
    """All that can be reached from an object, closures too; not the program's own code."""
    seen, waiting = {id(start)}, [start]
    while waiting:
        each = waiting.pop()
        yield each
        for other in gc.get_referents(each):
            if id(other) not in seen and not isinstance(other, ModuleType | type) and not _is_code(other):
                seen.add(id(other))
                waiting.append(other)


def _is_code(each: object) -> bool:
    """The globals of a module: every function refers to them."""
    return isinstance(each, dict) and "__builtins__" in each


def test_a_paused_ballot_takes_no_vote_and_keeps_the_choice(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "Yes")
    steward = evening.members["Rosa"]
    evening.kitchen.submit(ballots.PauseBallot(BallotId(1)), steward, second=evening.members["Ali"])
    person.press("Cast my vote")
    assert (person.title, bool(person.page.trouble), "Yes" in person.text()) == ("Is this right?", True, True)
    evening.session.home()
    vote.start(evening.session)
    assert "Voting has stopped" in person.text()
    person.press(POT)
    assert "Vote now" not in person.labels()
    evening.kitchen.submit(ballots.ResumeBallot(BallotId(1)), steward, second=evening.members["Ali"])
    to_choosing_known(evening)
    assert "I abstain" in person.labels()


def to_choosing_known(evening: Evening) -> None:
    """From the list to the choice, for who is known already."""
    evening.session.home()
    vote.start(evening.session)
    evening.person.press(POT)
    evening.person.press("Vote now")


def test_a_ballot_that_closed_meanwhile_takes_no_vote(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    to_review(evening, "Yes")
    evening.client.leave(evening.session.visit)
    evening.kitchen.clock.forward(8 * DAY)
    shown = evening.client.show_card(evening.card("Rosa"), PIN)
    evening.session.welcome(shown, evening.card("Rosa"))
    person.press("Cast my vote")
    assert "Your vote was not cast" in person.page.trouble


def test_who_joined_later_learns_it_before_choosing(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    evening.members["Jo"] = evening.kitchen.join("Jo", evening.members["Rosa"])
    evening.chose_pin("Jo")
    to_choosing(evening, "Jo")
    assert "You can vote in the next one." in person.page.trouble


def test_another_language_keeps_the_place_and_the_marks(evening: Evening, person: Presser) -> None:
    open_ballot(evening, Method.APPROVAL)
    to_choosing(evening)
    person.press("Beet")
    evening.session.speak("es")
    assert chosen(person) == ["Beet!"]


def test_another_language_says_the_rules_anew(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    vote.start(evening.session)
    person.press(POT)
    evening.session.speak("es")
    person.text()
    assert "It counts when" not in person.text()


def test_a_show_of_hands_is_not_for_the_kiosk(evening: Evening) -> None:
    request = ballots.OpenHandCount(Words({"en": "Soup on Friday?"}))
    evening.kitchen.submit(request, evening.members["Rosa"])
    vote.start(evening.session)
    evening.person.press("Soup on Friday?")
    assert "Raise your hand at the meeting." in evening.person.text()
    assert evening.person.labels() == ["Back", "Leave"]


def test_without_a_ballot_the_page_says_what_to_do(evening: Evening) -> None:
    vote.start(evening.session)
    assert "Bring a topic" in evening.person.text()
    evening.person.press("Results")
    assert "Nothing has been voted on yet." in evening.person.text()


def test_a_result_is_read_and_objected_to(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    for name in ("Rosa", "Ali"):
        to_choosing(evening, name)
        person.press("Yes")
        person.press("Next")
        person.press("Cast my vote")
        person.press("Leave")
    sums(evening)
    vote.start(evening.session)
    person.press("Results")
    assert "Yes. It is agreed." in person.text()
    person.press(POT)
    assert "How it was counted" in person.text()
    person.press("Something was wrong")
    person.type("The screen froze.")
    person.press("Next")
    assert "Members will read this, with your name." in person.text()
    person.press("Object")
    person.scan(evening.card("Ali"))
    assert "The next meeting decides." in person.text()
    assert evening.client.read("ballot", ballot=1)["objections"] == 1


def test_the_notice_is_printed_from_the_question(evening: Evening, person: Presser) -> None:
    open_ballot(evening)
    vote.start(evening.session)
    person.press(POT)
    person.press("Print the notice")
    assert person.title == "So it looks on paper"
