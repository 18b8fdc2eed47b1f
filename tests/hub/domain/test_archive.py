"""One's own words are taken back alone, everybody's by two members, the page of rules by nobody."""

import pytest

from hub.domain.archive import ABOUT_ONESELF, FOR_GOOD, PERSONAL, Redact, WordsRedacted, decide
from hub.domain.articles import Articles
from hub.domain.base import SYSTEM, Actor, Context, Refusal, Tier
from hub.facts import FACTS, word_fields

NOW = 1_900_000_000_000
WORDY = {kind for kind in FACTS if word_fields(kind)}
"""Every kind of line that holds words."""


def redact(who, writer, second=None, kind="need.reported"):
    actor = Actor(who, Tier.CARD) if who else Actor()
    context = Context(actor, NOW, Articles(), second=Actor(second, Tier.CARD) if second else None)
    return decide(Redact(7), context, writer=writer, kind=kind)


def test_who_wrote_takes_back_alone():
    assert redact("ana", "ana") == [WordsRedacted(7, ("ana",))]
    assert redact("ana", "ana", second="ben") == [WordsRedacted(7, ("ana",))]


@pytest.mark.parametrize(
    "kind", ["need.taken_up", "offer.made", "signup.opened", "signup.closed", "topic.added", "ballot.objected"]
)
def test_what_is_plainly_one_s_own_goes_by_one_s_own_card(kind):
    assert redact("ana", "ana", kind=kind) == [WordsRedacted(7, ("ana",))]


@pytest.mark.parametrize("kind", sorted(WORDY - set(FOR_GOOD)))
def test_what_is_everybody_s_takes_two_whoever_typed_it(kind):
    if not kind.startswith(PERSONAL):
        with pytest.raises(Refusal, match="takes two members"):
            redact("ana", "ana", kind=kind)
    assert redact("ana", "cem", second="ben", kind=kind) == [WordsRedacted(7, ("ana", "ben"))]


@pytest.mark.parametrize("kind", ["hands.opened", "ballot.opened", "meeting.decided", "money.recorded", "closure.set"])
def test_questions_minutes_books_and_announcements_are_everybody_s(kind):
    assert kind in WORDY
    assert not kind.startswith(PERSONAL)


def test_a_kind_nobody_told_of_is_everybody_s():
    with pytest.raises(Refusal, match="takes two members"):
        redact("ana", "ana", kind="")


@pytest.mark.parametrize("kind", ["line.written", "hub.founded"])
@pytest.mark.parametrize("writer", ["ana", "", SYSTEM])
def test_two_members_never_take_back_the_rules_or_the_hub_s_name(kind, writer):
    with pytest.raises(Refusal, match="Only an assembly"):
        redact("ana", writer, second="ben", kind=kind)


@pytest.mark.parametrize("writer", ["cem", "", SYSTEM, "ben"])
def test_others_words_guests_words_and_the_hubs_take_two_members(writer):
    assert redact("ana", writer, second="ben") == [WordsRedacted(7, ("ana", "ben"))]


@pytest.mark.parametrize("second", [None, "ana"])
def test_one_member_alone_takes_back_nobody_elses(second):
    with pytest.raises(Refusal, match="takes two members"):
        redact("ana", "cem", second=second)


@pytest.mark.parametrize("who", ["ana", None])
def test_where_no_words_stand_nothing_is_taken_back(who):
    with pytest.raises(Refusal, match="no words to take back"):
        redact(who, None)


@pytest.mark.parametrize("writer", ["cem", "", SYSTEM])
def test_without_a_card_nothing_is_taken_back(writer):
    with pytest.raises(Refusal, match="member card first"):
        redact(None, writer, second="ben")


def test_what_is_about_oneself_is_needs_offers_and_sign_ups_and_neither_minutes_nor_books():
    assert [kind.startswith(ABOUT_ONESELF) for kind in ("need.reported", "offer.made", "signup.opened")] == [True] * 3
    assert not any(kind.startswith(ABOUT_ONESELF) for kind in ("meeting.decided", "money.recorded", "line.written"))
