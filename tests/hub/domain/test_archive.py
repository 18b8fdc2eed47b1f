"""Words are taken back by who wrote them, or by two members; a line without words has none to take back."""

import pytest

from hub.domain.archive import ABOUT_ONESELF, Redact, WordsRedacted, decide
from hub.domain.articles import Articles
from hub.domain.base import SYSTEM, Actor, Context, Refusal, Tier

NOW = 1_900_000_000_000


def redact(who, writer, second=None):
    actor = Actor(who, Tier.CARD) if who else Actor()
    context = Context(actor, NOW, Articles(), second=Actor(second, Tier.CARD) if second else None)
    return decide(Redact(7), context, writer=writer)


def test_who_wrote_takes_back_alone():
    assert redact("ana", "ana") == [WordsRedacted(7, ("ana",))]
    assert redact("ana", "ana", second="ben") == [WordsRedacted(7, ("ana",))]


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
