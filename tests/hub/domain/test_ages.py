"""A child's card asks, offers, signs up and lets go of its own; it governs nothing, alone or as one of two."""

from dataclasses import fields
from enum import Enum
from types import NoneType
from typing import get_args, get_origin, get_type_hints

import pytest

from hub.domain import house
from hub.domain.archive import Redact, WordsRedacted
from hub.domain.ballots import Opening
from hub.domain.base import Effect, Refusal, Tier, Words
from hub.domain.constitution import EndForming, Found, Line
from hub.domain.house import NOBODY, Asking, House, Person
from hub.domain.membership import AskToJoin, OpenEvening
from hub.facts import REQUESTS

NOON = 1_900_000_000_000
DAY = 86_400_000
ADULTS, CHILD = ("ana", "ben", "cem"), "jun"
FROM_THE_SERVICE = {"fresh": "new", "line_kind": "need.reported", "opening": Opening((1,), "00" * 16, "1")}
FOR_A_CHILD = {
    *("report_need", "take_up_need", "let_go_need", "mark_need_met", "withdraw_need", "confirm_need", "widen_need"),
    *("agree_contact", "make_offer", "ask_for_offer", "withdraw_offer"),
    *("sign_up", "sign_up_guest", "resize_party", "leave_signup", "hand_over"),
    *("add_topic", "withdraw_topic"),
    *("ask_to_join", "return", "leave", "forget"),
    *("learn_role", "stop_learning_role", "step_down", "unsign_recall"),
    "redact",
}


@pytest.fixture(params=[False, True], ids=["formed", "forming"])
def hall(request):
    """A founded house of three adults and a child, in its forming season and after it."""
    lines = tuple(Line((), Words({"en": f"Line {number}"})) for number in range(1, 8))
    made = after(House(), "", Found("ab" * 32, "EUR", 2, "UTC", "en", Words({"en": "Maple Street"}), lines))
    for name in (*ADULTS, CHILD):
        made = after(made, "", AskToJoin(name != CHILD), fresh=name)
    made = after(made, "", OpenEvening((*ADULTS, CHILD)))
    return made if request.param else after(made, "", EndForming(), now=NOON + 61 * DAY, clockwork=True)


def asks(hall, who, request, second="", *, now=NOON + 62 * DAY, **more):
    person, other = (Person(each, Tier.PIN) if each else NOBODY for each in (who, second))
    return house.decide(hall, request, Asking(person, now, other, **more))


def after(hall, who, request, *, now=NOON, **more):
    return asks(hall, who, request, now=now, **more)[1]


def sample(hint):
    """Something of a type, as a form might send it."""
    base = getattr(hint, "__supertype__", hint)
    if hint is Words:
        return Words({"en": "Soup"})
    if NoneType in get_args(hint):
        return None
    if hint is Effect:
        return Effect()
    if get_origin(base) in (tuple, dict):
        return get_origin(base)()
    return next(iter(base)) if issubclass(base, Enum) else base(1)


def any_request(kind):
    hints = get_type_hints(REQUESTS[kind])
    return REQUESTS[kind](**{each.name: sample(hints[each.name]) for each in fields(REQUESTS[kind])})


def no(hall, who, kind, second=""):
    """The article by which this is refused, and the sentence; two empty ones where it is not."""
    try:
        asks(hall, who, any_request(kind), second, writer=who, **FROM_THE_SERVICE)
    except Refusal as refusal:
        return refusal.article, str(refusal)
    return "", ""


def test_every_command_for_a_child_is_one():
    assert set(REQUESTS) >= FOR_A_CHILD


@pytest.mark.parametrize("kind", sorted(REQUESTS))
def test_a_child_may_ask_this_or_is_told_that_it_is_for_members_of_voting_age(hall, kind):
    article, sentence = no(hall, CHILD, kind)
    if kind in FOR_A_CHILD:
        assert article != "voting_age"
        assert "voting age" not in sentence
    else:
        assert (article, sentence[:35]) == ("voting_age", "This is for members of voting age. ")


@pytest.mark.parametrize("kind", sorted(REQUESTS))
@pytest.mark.parametrize(("who", "second"), [("ana", CHILD), (CHILD, "ana")])
def test_a_child_is_neither_of_two_who_act_together(hall, kind, who, second):
    assert no(hall, who, kind, second) == (
        "voting_age",
        "This takes two members of voting age. Ask another member.",
    )


@pytest.mark.parametrize("kind", sorted(REQUESTS))
def test_two_adults_are_never_told_that(hall, kind):
    assert not no(hall, "ana", kind, "ben")[1].startswith(
        ("This is for members of voting", "This takes two members of")
    )


def test_a_child_takes_back_its_own_words_and_nobody_elses(hall):
    facts, _ = asks(hall, CHILD, Redact(3), writer=CHILD, line_kind="need.reported")
    assert facts == [WordsRedacted(3, (CHILD,))]
    with pytest.raises(Refusal, match="takes two members"):
        asks(hall, CHILD, Redact(3), writer="ana", line_kind="need.reported")
