"""What people type into forms: sums of money, in the habits and the digits of any place."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.base import Millis, Refusal
from hub.web.forms import amount, day, day_and_hour, to_minor

APP = Flask(__name__)


@pytest.mark.parametrize(
    ("written", "exponent", "minor"),
    [
        ("12.50", 2, 1250),
        ("12,50", 2, 1250),
        (" 12 ", 2, 1200),
        ("12.5", 2, 1250),
        ("0", 2, 0),
        ("0.05", 2, 5),
        ("1250", 0, 1250),
        ("1.005", 3, 1005),
        ("1", 3, 1000),
        ("١٢٫٥٠", 2, 1250),
        ("１２５０", 0, 1250),
        ("999999999999.99", 2, 99_999_999_999_999),
    ],
)
def test_a_sum_is_read_exactly(written: str, exponent: int, minor: int) -> None:
    assert to_minor(written, exponent) == minor


@pytest.mark.parametrize(
    ("written", "exponent"),
    [
        ("1,000", 2),
        ("1.000", 2),
        ("1.000,50", 2),
        ("1 000", 2),
        ("12.505", 2),
        ("12.5", 0),
        ("1.0005", 3),
        ("12.", 2),
        (".5", 2),
        ("-5", 2),
        ("+5", 2),
        ("€5", 2),
        ("1e3", 2),
        ("²", 2),
        ("five", 2),
        ("", 2),
        ("9" * 5000, 2),
    ],
)
def test_what_is_no_sum_or_could_be_two_is_none(written: str, exponent: int) -> None:
    assert to_minor(written, exponent) is None


@given(st.integers(0, 10**14), st.sampled_from([0, 2, 3]), st.sampled_from([".", ","]))
def test_what_is_written_out_is_read_back_to_the_last_coin(minor: int, exponent: int, mark: str) -> None:
    whole, part = divmod(minor, 10**exponent)
    written = f"{whole}{mark}{part:0{exponent}}" if exponent else str(whole)
    assert to_minor(written, exponent) == (minor if whole < 10**12 else None)


@pytest.mark.parametrize(("exponent", "example"), [(2, "12.50"), (0, "1250"), (3, "12.500"), (1, "12.5")])
def test_a_refusal_shows_how_it_is_written_here(exponent: int, example: str) -> None:
    with APP.test_request_context(method="POST", data={"sum": "a lot"}), pytest.raises(Refusal) as no:
        amount("sum", exponent)
    assert f"such as {example}, without a mark between thousands" in str(no.value)
    assert to_minor(example, exponent) is not None


def test_a_debt_is_an_answer_only_where_it_is_asked_for() -> None:
    for written in ("-12.50", "−12.50"):
        with APP.test_request_context(method="POST", data={"sum": written}):
            assert amount("sum", 2, below_zero=True) == -1250
            with pytest.raises(Refusal):
                amount("sum", 2)


def test_a_day_begins_at_midnight_on_the_hub_s_wall() -> None:
    with APP.test_request_context(method="POST", data={"day": "2026-11-23"}):
        found = day("Asia/Kathmandu")
    assert isinstance(found, int)
    assert day_and_hour(Millis(found), "Asia/Kathmandu") == ("2026-11-23", "00:00")


@pytest.mark.parametrize("written", ["", "23.11.2026", "2026-02-30", "0001-01-01x", "soon"])
def test_what_is_no_day_is_refused_with_an_example(written: str) -> None:
    with APP.test_request_context(method="POST", data={"day": written}), pytest.raises(Refusal, match="2026-11-23"):
        day("Europe/Madrid")
