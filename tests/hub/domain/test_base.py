"""The shared vocabulary: what becomes of typed words, who acts, who may look, how a no is said."""

import unicodedata
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import Articles
from hub.domain.base import (
    LONGEST_LINE,
    LONGEST_TEXT,
    N_,
    Actor,
    Circle,
    Command,
    Context,
    Event,
    Kind,
    Refusal,
    Tier,
    Viewer,
    command,
    event,
    harmless,
    is_language,
    listed,
    optional,
    plain,
    title,
    typed,
    within,
)

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ODD = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\t\v\x1b\x85\u2028\u2029\u0301\u200d \u00e9e" + OVERRIDES))
)


def acting(actor=Actor(), second=None):  # noqa: B008  both are frozen
    return Context(actor, 1_900_000_000_000, Articles(), second=second)


def the_no(act, *arguments, **named):
    with pytest.raises(Refusal) as no:
        act(*arguments, **named)
    return no.value


# What a person typed


@given(ODD)
def test_plain_text_is_plain_already(text):
    assert plain(plain(text)) == plain(text)


@given(ODD)
def test_plain_text_holds_no_control_character_but_the_line_feed_and_turns_no_writing_around(text):
    kept = plain(text)
    assert not set(kept) & set(OVERRIDES)
    assert not [each for each in kept if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} and each != "\n"]
    assert kept == kept.strip()
    assert unicodedata.is_normalized("NFC", kept)


@given(ODD)
def test_a_harmless_line_is_one_line(text):
    assert len(harmless(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Rice \n", "Rice"),
        ("Rice\r\nand\rbeans\u2028today", "Rice\nand\nbeans\ntoday"),
        ("Rice\tand beans", "Rice and beans"),
        ("e\u0301", "é"),
        ("e\x00\u0301", "é"),
        ("\x1b@Rice\x07", "@Rice"),
        ("\u202eeciR", "eciR"),
        ("\ud800Rice", "Rice"),
        ("👩\u200d🍳", "👩\u200d🍳"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("", ""),
    ],
)
def test_plain_text_keeps_what_is_read_and_drops_what_a_printer_obeys(text, kept):
    assert plain(text) == kept


def test_typed_words_are_cleaned_in_every_language_and_empty_ones_go():
    assert typed({"en": " Rice ", "es": " \x00", "pt-BR": "Arroz"}) == {"en": "Rice", "pt-BR": "Arroz"}


@pytest.mark.parametrize("nothing", [{}, {"en": ""}, {"en": " \n"}, {"en": "\u200d\u200b"}, {"en": "\u0301\u202e"}])
def test_words_that_say_nothing_are_asked_for_again(nothing):
    assert "write a few words" in str(the_no(typed, nothing))
    assert optional(nothing) == {}


def test_one_sign_one_digit_or_one_emoji_says_something():
    assert [typed({"en": text}) for text in "7?🍲ß米"] == [{"en": text} for text in "7?🍲ß米"]


def test_a_text_fits_the_sheet_or_is_refused_with_its_length():
    assert typed({"en": "ä" * LONGEST_TEXT})
    no = the_no(typed, {"en": "ä" * (LONGEST_TEXT + 1)})
    assert no.parameters == {"length": 2001, "most": 2000}
    assert "2001 characters long; 2000 fit" in str(no)


def test_words_in_no_language_are_refused_and_their_tag_is_not_repeated_at_length():
    no = the_no(typed, {"E" * 99: "Rice"})
    assert "not a language" in str(no)
    assert no.parameters == {"language": "E" * 20}


def test_a_title_is_one_short_line():
    assert title({"en": " Bean \n\t soup \x00 today "}) == {"en": "Bean soup today"}
    assert title({"en": "b" * LONGEST_LINE})
    assert "120 fit" in str(the_no(title, {"en": "b" * (LONGEST_LINE + 1)}))


@given(ODD)
def test_a_title_is_a_title_already(text):
    try:
        once = title({"en": text})
    except Refusal:
        return
    assert title(once) == once
    assert "\n" not in once["en"]


def test_what_may_be_left_out_is_held_to_the_same_length_where_it_is_not():
    assert optional({"en": " At six "}) == {"en": "At six"}
    assert "3 fit" in str(the_no(optional, {"en": "At six"}, 3))


@pytest.mark.parametrize("tag", ["es", "pt-BR", "ckb", "zh-Hant", "es-419"])
def test_languages_are_named_by_short_tags(tag):
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "e", "ES", "es-", "es-a b", "es-çç", "espa", "es_ES", "ñu", "e1", "pt-123456789"])
def test_other_tags_name_no_language(tag):
    assert not is_language(tag)


def test_a_number_stands_within_its_bounds_or_both_are_named():
    assert [within(each, 1, 3, N_("{least} to {most}")) for each in (1, 2, 3)] == [1, 2, 3]
    assert [str(the_no(within, each, 1, 3, "{least} to {most}")) for each in (0, 4, -(10**30))] == ["1 to 3"] * 3


def test_names_are_listed_in_order():
    assert listed({"c", "a", "b"}) == "a, b, c"
    assert listed([]) == ""


# Who acts


def test_without_a_card_nobody_acts():
    assert "Show your member card first" in str(the_no(lambda: acting().by))
    assert "Show your member card first" in str(the_no(acting().two_people, "vouchers"))
    assert acting(Actor("ana")).by == "ana"


@pytest.mark.parametrize("second", [None, Actor(), Actor("ana", Tier.PIN)])
def test_two_people_are_two_different_members(second):
    no = the_no(acting(Actor("ana"), second).two_people, "vouchers")
    assert no.article == "vouchers"
    assert "takes two members" in str(no)


def test_the_two_who_act_are_named_in_the_order_they_came():
    assert acting(Actor("cem"), Actor("ana")).two_people("") == ("cem", "ana")


# Who looks


def test_a_wider_circle_holds_the_narrower_eyes():
    for eyes in Circle:
        seen = [circle for circle in Circle if Viewer(eyes).may_see(circle)]
        assert seen == [circle for circle in Circle if circle >= eyes]


def test_whom_it_concerns_sees_it_whatever_the_circle_and_nobody_is_not_somebody():
    assert Viewer(Circle.ROOM, "ana").may_see(Circle.CONCERNED, "ben", "ana")
    assert not Viewer(Circle.ROOM, "ana").may_see(Circle.CONCERNED, "ben", None)
    assert not Viewer(Circle.ROOM).may_see(Circle.CONCERNED, None)


# Forms


class Taste(Kind):
    SWEET = "sweet"


@event("soup.cooked", street=True)
class SoupCooked(Event):
    pots: int


@command("cook", Tier.CARD)
class Cook(Command):
    pots: int = 1


def test_a_fact_and_a_request_are_frozen_and_know_their_names():
    assert (SoupCooked.KIND, SoupCooked.STREET) == ("soup.cooked", True)
    assert (Cook.KIND, Cook.TIER, Cook().pots) == ("cook", Tier.CARD, 1)
    with pytest.raises(FrozenInstanceError):
        SoupCooked(2).pots = 3


def test_a_word_of_a_closed_vocabulary_reads_as_it_stands_in_the_log():
    assert str(Taste.SWEET) == "sweet"


def test_a_no_keeps_its_sentence_and_its_places_apart():
    no = Refusal("quorum", N_("{here} of {all} are here."), here=2, all=9)
    assert (no.article, no.message, no.parameters) == ("quorum", "{here} of {all} are here.", {"here": 2, "all": 9})
    assert str(no) == "2 of 9 are here."
