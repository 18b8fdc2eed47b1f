"""A scanner's burst is a card; a hand, however fast, is not."""

from __future__ import annotations

from kiosk.scanner import ENTER, KEYS, SHIFTS, SHORTEST, Scanner

PLACES = {letter: place for place, letter in KEYS.items()}


def read(scanner: Scanner, code: str, *, apart: float, start: float = 100.0) -> str:
    """What the scanner makes of keys and an Enter, so many seconds apart."""
    for number, letter in enumerate(code):
        assert scanner.key(PLACES[letter], start + number * apart) == ""
    return scanner.key(ENTER[0], start + len(code) * apart)


def test_a_burst_that_ends_in_enter_is_a_card() -> None:
    assert read(Scanner(), "TRSTL-07-ABCDEF", apart=0.01) == "TRSTL-07-ABCDEF"


def test_a_hand_is_not() -> None:
    assert read(Scanner(), "TRSTL-07-ABCDEF", apart=0.12) == ""


def test_a_few_quick_keys_are_not() -> None:
    assert read(Scanner(), "ABC", apart=0.01) == ""


def test_what_was_typed_before_the_burst_is_not_part_of_it() -> None:
    scanner = Scanner()
    scanner.key(PLACES["X"], 99.0)
    assert read(scanner, "ABCDEF12", apart=0.01) == "ABCDEF12"


def test_two_cards_after_each_other_are_two() -> None:
    scanner = Scanner()
    assert read(scanner, "ABCDEF12", apart=0.01) == "ABCDEF12"
    assert read(scanner, "GHIJKL34", apart=0.01, start=101.0) == "GHIJKL34"


def test_capitals_are_typed_with_shift_and_read_without() -> None:
    scanner = Scanner()
    for number, letter in enumerate("ABCDEF"):
        scanner.key(SHIFTS[0], 1 + number * 0.02)
        scanner.key(PLACES[letter], 1 + number * 0.02 + 0.01)
    assert scanner.key(ENTER[1], 1.13) == "ABCDEF"


def test_a_key_no_code_has_ends_the_burst() -> None:
    scanner = Scanner()
    for number, letter in enumerate("ABCDEF"):
        scanner.key(PLACES[letter], number * 0.01)
    scanner.key(54, 0.06)
    assert scanner.key(ENTER[0], 0.07) == ""


def test_a_code_of_another_kind_ends_its_burst_as_a_scanner_and_is_no_card() -> None:
    scanner = Scanner()
    for number, place in enumerate([26, 12, 9, 12, 51, 22, 51]):  # WIFI;S;
        scanner.key(place, number * 0.01)
    assert scanner.key(ENTER[0], 0.07) == ""
    assert scanner.ended == 7


def test_a_hand_that_ends_a_line_is_no_scanner() -> None:
    scanner = Scanner()
    read(scanner, "ABCDEF12", apart=0.12)
    assert scanner.ended < SHORTEST
