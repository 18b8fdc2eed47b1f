"""Sheets as plain text look like the strip of paper they would be."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.documents.as_text import WIDTH, as_text, columns, short_hash
from hub.documents.blocks import Bar, Box, Code, Document, Heading, Item, Row, Rule, Seal, Table, Text

HASH = "ab" * 32


def strip(*blocks, width=WIDTH):
    return as_text(Document("test", "en", "Test", blocks), width)


# What each block looks like


def test_a_sheet_reads_like_the_strip_of_paper():
    shown = strip(
        Heading("Soup night", 1),
        Text("We cook for forty and need hands from four o'clock."),
        Heading("Who brings what"),
        Item("Rice for forty people, and beans for the pot", mark="1."),
        Item("Onions", detail="Food · Today"),
        Row("Taken", "3 of 8"),
        Rule(),
        Bar("Places", 3, 8, "3 of 8"),
        Box("Name"),
        Code("trestle:abc", "Show this code"),
        Seal(12, HASH, "Place in the log:"),
        width=30,
    )
    assert shown.splitlines() == [
        "",
        "SOUP NIGHT",
        "==========",
        "We cook for forty and need",
        "hands from four o'clock.",
        "",
        "Who brings what",
        "---------------",
        "1. Rice for forty people, and",
        "   beans for the pot",
        "• Onions",
        "    Food · Today",
        "Taken                   3 of 8",
        "------------------------------",
        "Places                  3 of 8",
        "[####......]",
        "Name _________________________",
        "Show this code",
        "trestle:abc",
        "",
        "Place in the log:",
        "12 · VOV2X K5LVO V2XK5 LVOV2",
    ]


def test_an_empty_sheet_is_one_empty_line():
    assert strip() == "\n"


def test_a_table_stands_in_columns_where_they_fit():
    table = Table(("What", "Euro"), (("Rice", "12.50"), ("Onions\nred", "3.00")), numeric=(1,))
    assert strip(table).splitlines() == [
        "What         Euro",
        "-----------------",
        "Rice        12.50",
        "Onions red   3.00",
    ]


def test_a_table_too_wide_for_the_roll_is_read_row_by_row():
    table = Table(("What", "Euro"), (("Rice and beans for the whole street", "12.50"),), numeric=(1,))
    assert strip(table, width=24).splitlines() == [
        "What",
        "  Rice and beans for the",
        "  whole street",
        "Euro               12.50",
        "",
    ]


def test_a_long_label_breaks_and_its_value_stands_at_the_end_of_its_last_line():
    assert strip(Row("The ledger keeper alone may spend up to", "€50.00"), width=30).splitlines() == [
        "The ledger keeper alone",
        "may spend up to         €50.00",
    ]


def test_a_long_value_stands_below_its_label():
    assert strip(Row("Price", "as much as you can give"), width=24).splitlines() == [
        "Price",
        " as much as you can give",
    ]


def test_a_wide_mark_stands_above_its_text():
    assert strip(Item("Rice", mark="on Wednesday"), width=16).splitlines() == ["on Wednesday", "Rice"]


@pytest.mark.parametrize(
    ("part", "whole", "drawn"),
    [
        (0, 8, ".........."),
        (4, 8, "#####....."),
        (8, 8, "##########"),
        (9, 8, "##########"),
        (-1, 8, ".........."),
        (0, 0, ".........."),
        (3, 0, "##########"),
    ],
)
def test_a_bar_is_never_longer_than_the_whole(part, whole, drawn):
    assert strip(Bar("Places", part, whole, "")).splitlines()[1] == f"[{drawn}]"


def test_line_breaks_a_person_typed_stay():
    assert strip(Text("Rice\n\nBeans")) == "Rice\n\nBeans\n"


def test_a_word_too_long_for_the_roll_is_cut_and_nothing_of_it_is_lost():
    address = "https://example.org/" + "a" * 60
    lines = strip(Text(f"See {address}")).splitlines()
    assert lines[0] == "See"
    assert "".join(lines[1:]) == address


def test_what_does_not_break_stays_together():
    assert strip(Text("costs 12.50\u00a0€ today"), width=12).splitlines() == ["costs", "12.50\u00a0€", "today"]


def test_what_a_terminal_would_obey_is_left_out_whoever_wrote_it():
    shown = strip(Text("\x1b[2JRice\u202e\x9b and\u2028beans"), Row("\x07Label", "\x00value"), Code("\x1b@", "\x08"))
    assert not [each for each in shown if unicodedata.category(each) in {"Cc", "Zl"} and each != "\n"]
    assert "[2JRice" in shown


# Columns


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("rice", 4),
        ("米", 2),
        ("ｱ", 1),
        ("Ａ", 2),
        ("e\u0301", 1),
        ("a\u200db", 2),
        ("\u20dd", 0),
        ("🍲", 2),
        ("أرز", 3),
        ("", 0),
    ],
)
def test_columns_are_counted_as_a_terminal_counts_them(text, taken):
    assert columns(text) == taken


scripts = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)),
    st.text(st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF)),
    st.text(st.characters(min_codepoint=0x0600, max_codepoint=0x06FF, categories=["L", "M", "P", "N"])),
    st.text("abcdefgh ij \n", max_size=80),
    st.lists(st.sampled_from(["Rice", "米飯", "👩\u200d🍳", "أرز", "e\u0301", "x" * 50, "\n", "12.50\u00a0€"])).map(
        " ".join
    ),
)
numbers = st.integers(-(10**6), 10**6)
tables = st.integers(1, 4).flatmap(
    lambda wide: st.builds(
        Table,
        st.tuples(*[scripts] * wide),
        st.lists(st.tuples(*[scripts] * wide), max_size=3).map(tuple),
        st.sets(st.integers(0, wide - 1)).map(tuple),
    )
)
blocks = st.one_of(
    st.builds(Heading, scripts, st.integers(1, 3)),
    st.builds(Text, scripts),
    st.builds(Row, scripts, scripts),
    st.builds(Item, scripts, scripts, scripts),
    tables,
    st.builds(Bar, scripts, numbers, numbers, scripts),
    st.builds(Box, scripts),
    st.just(Rule()),
    st.builds(Code, scripts, scripts),
    st.builds(Seal, st.integers(1, 2**53), st.just(HASH), scripts),
)


@given(st.lists(blocks, max_size=6), st.integers(12, 80))
def test_no_line_is_wider_than_the_roll_in_any_script(sheet, width):
    shown = strip(*sheet, width=width)
    assert shown.endswith("\n")
    assert [line for line in shown.split("\n") if columns(line) > width] == []


@given(scripts, st.integers(12, 80))
def test_wrapping_loses_no_letter(text, width):
    def letters(said):
        return [each for each in said if unicodedata.category(each)[0] in "LNPSM"]

    assert letters(strip(Text(text), width=width)) == letters(text)


# The seal


@given(st.binary(min_size=32, max_size=32))
def test_a_hash_is_printed_as_twenty_letters_in_groups_of_five(digest):
    assert re.fullmatch(r"([A-Z2-7]{5} ){3}[A-Z2-7]{5}", short_hash(digest.hex()))


def test_the_printed_letters_are_the_first_hundred_bits():
    assert short_hash("00" * 32) == "AAAAA AAAAA AAAAA AAAAA"
    assert short_hash("00" * 12 + "0f" + "ff" * 19) == short_hash("00" * 32)
    assert short_hash("00" * 12 + "10" + "00" * 19) == "AAAAA AAAAA AAAAA AAAAB"
