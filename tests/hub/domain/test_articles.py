"""The parameters an assembly may set: what a text means, and where it stops."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import FINEST, NAMES, Articles, amended, bounds, read, write

names = st.sampled_from(NAMES)


def inside(name):
    limit = bounds(name)
    if isinstance(limit.least, bool):
        return st.booleans()
    if isinstance(limit.least, Fraction):
        return st.fractions(limit.least, limit.most, max_denominator=FINEST)
    return st.integers(limit.least, limit.most)


def outside(name):
    limit = bounds(name)
    if isinstance(limit.least, bool):
        return st.sampled_from(["", "true", "1", "YES", "oui"])
    if isinstance(limit.least, Fraction):
        beyond = st.fractions(max_denominator=FINEST).filter(lambda share: not limit.least <= share <= limit.most)
    else:
        beyond = st.integers().filter(lambda number: not limit.least <= number <= limit.most)
    return beyond.map(str)


def is_no_value(name, text):
    try:
        read(name, text)
    except ValueError:
        return True
    return False


@given(st.data())
def test_every_value_within_bounds_is_read_as_it_was_written(data):
    name = data.draw(names)
    value = data.draw(inside(name))
    assert read(name, write(value)) == value
    assert type(read(name, write(value))) is type(value)


@given(st.data())
def test_every_value_out_of_bounds_is_refused(data):
    name = data.draw(names)
    assert is_no_value(name, data.draw(outside(name)))


@given(names, st.text())
def test_any_other_text_is_a_value_error_and_no_other_fault(name, text):
    try:
        value = read(name, text)
    except ValueError:
        return
    assert read(name, write(value)) == value


@pytest.mark.parametrize("share", ["1/0", "1/ 0", "1/-3", "1/", "/2", "0.5", "1/1001", "1/2/3", "1/٠", "⅔", "nan", ""])
def test_a_share_is_one_whole_number_of_up_to_a_thousand_parts(share):
    assert is_no_value("quorum", share)


def test_a_share_is_written_in_its_lowest_terms():
    assert write(read("quorum", " 2/8 ")) == "1/4"
    assert write(read("quorum", "1")) == "1"


def test_a_number_too_long_to_be_one_is_refused():
    assert is_no_value("split_at", "9" * 5_000)


def test_whole_numbers_may_be_typed_in_any_scripts_digits_and_are_kept_in_one():
    assert write(read("ballot_days", "١٤")) == "14"


def test_more_than_all_of_the_votes_would_never_decide():
    assert is_no_value("majority", "1")
    assert read("amendment", "1") == 1


@pytest.mark.parametrize("name", ["", "qorum", "__class__", "Quorum"])
def test_what_is_no_article_is_a_key_error(name):
    with pytest.raises(KeyError):
        read(name, "1")
    with pytest.raises(KeyError):
        amended(Articles(), name, "1")


def test_every_default_lies_within_its_bounds():
    for name in NAMES:
        value = getattr(Articles(), name)
        assert read(name, write(value)) == value


def test_an_amendment_changes_one_parameter_and_leaves_the_others():
    before = Articles()
    after = amended(before, "quorum", "1/4")
    assert after.quorum == Fraction(1, 4)
    assert [name for name in NAMES if getattr(after, name) != getattr(before, name)] == ["quorum"]


def test_yes_and_no_are_written_as_words():
    assert [write(True), write(False)] == ["yes", "no"]
    assert not amended(Articles(), "walk_up", "no").walk_up
