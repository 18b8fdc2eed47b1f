"""Counting is exact, blind to the order of ballots, and breaks ties only by the printed lots."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain import tally

shares = st.builds(lambda part, whole: Fraction(min(part, whole), whole), st.integers(0, 60), st.integers(1, 60))
heads = st.integers(0, 400)
OPTIONS = 6
choices = st.lists(st.sets(st.integers(1, OPTIONS)).map(lambda marks: tuple(sorted(marks))), max_size=60)
lots = st.permutations(range(1, OPTIONS + 1))


@pytest.mark.parametrize(
    ("share", "part", "whole", "more", "enough"),
    [
        (Fraction(1, 2), 5, 10, False, True),
        (Fraction(1, 2), 6, 11, True, True),
        (Fraction(2, 3), 2, 3, False, True),
        (Fraction(2, 3), 66, 100, False, False),
        (Fraction(2, 3), 67, 100, True, True),
        (Fraction(1), 10, 10, False, True),
        (Fraction(0), 0, 0, False, False),
        (Fraction(1, 2), 0, 0, False, False),
    ],
)
def test_half_is_not_more_than_half_and_two_of_three_are_two_thirds(share, part, whole, more, enough):
    assert tally.more_than(share, part, whole) is more
    assert tally.at_least(share, part, whole) is enough


@pytest.mark.parametrize(
    ("share", "base", "needed"),
    [
        (Fraction(1, 5), 12, 3),
        (Fraction(1, 5), 10, 2),
        (Fraction(1, 3), 100, 34),
        (Fraction(0), 100, 0),
        (Fraction(1), 7, 7),
        (Fraction(1, 5), 0, 0),
    ],
)
def test_a_quorum_is_a_whole_number_of_people_rounded_up(share, base, needed):
    assert tally.quorum(share, base) == needed


@given(shares, heads)
def test_the_quorum_is_the_smallest_number_that_is_enough(share, base):
    needed = tally.quorum(share, base)
    assert needed >= share * base
    assert needed == 0 or needed - 1 < share * base


@given(shares, heads, heads)
def test_multiplying_across_agrees_with_exact_division(share, part, rest):
    whole = part + rest
    if whole:
        assert tally.more_than(share, part, whole) == (Fraction(part, whole) > share)
        assert tally.at_least(share, part, whole) == (Fraction(part, whole) >= share)


def test_approval_elects_the_second_choice_of_most_as_in_lippmans_math_in_society():
    # D. Lippman, Math in Society, "Voting Theory": 80 voters approve A and B, 15 B and C, 5 C and B.
    a, b, c = 1, 2, 3
    ballots = [(a, b)] * 80 + [(b, c)] * 15 + [(b, c)] * 5

    *approvals, none = tally.sums(ballots, 3)

    assert approvals == [80, 100, 20]
    assert none == 0
    assert tally.approval_winner(approvals, none, lots=[c, b, a]) == b


def test_approval_of_the_two_nearest_cities_makes_nashville_the_capital_of_tennessee():
    # The capital of Tennessee, the example of Wikipedia's articles on voting methods, per 100 voters.
    memphis, nashville, chattanooga, knoxville = 1, 2, 3, 4
    ballots = (
        [(memphis, nashville)] * 42
        + [(nashville, chattanooga)] * 26
        + [(chattanooga, knoxville)] * 15
        + [(chattanooga, knoxville)] * 17
    )

    *approvals, none = tally.sums(ballots, 4)

    assert approvals == [42, 68, 58, 32]
    assert tally.approval_winner(approvals, none, lots=[4, 3, 2, 1]) == nashville


def test_of_equals_the_one_drawn_first_wins():
    assert tally.approval_winner([7, 9, 9], 0, lots=[1, 3, 2]) == 3
    assert tally.approval_winner([7, 9, 9], 0, lots=[2, 3, 1]) == 2
    assert tally.tied([7, 9, 9], 3)
    assert not tally.tied([7, 9, 8], 2)


def test_nobody_wins_when_more_chose_none_than_the_best():
    assert tally.approval_winner([3, 2], 4, lots=[1, 2]) == tally.NOBODY_WINS
    assert tally.approval_winner([3, 2], 3, lots=[1, 2]) == 1
    assert tally.approval_winner([0, 0], 0, lots=[1, 2]) == tally.NOBODY_WINS


@given(choices, lots)
def test_the_winner_is_never_marked_less_than_another(ballots, order):
    *approvals, none = tally.sums(ballots, OPTIONS)
    winner = tally.approval_winner(approvals, none, order)
    if winner:
        assert approvals[winner - 1] == max(approvals) >= none


@given(choices, lots, st.randoms(use_true_random=False))
def test_no_order_of_casting_shows_in_what_is_counted(ballots, order, shuffler):
    shuffled = list(ballots)
    shuffler.shuffle(shuffled)
    assert tally.sums(shuffled, OPTIONS) == tally.sums(ballots, OPTIONS)
    assert tally.patterns(shuffled) == tally.patterns(ballots)


@given(choices)
def test_patterns_and_sums_count_the_same_ballots(ballots):
    patterns = tally.patterns(ballots)
    assert sum(count for _, count in patterns) == len(ballots)
    again = [choice for choice, count in patterns for _ in range(count)]
    assert tally.sums(again, OPTIONS) == tally.sums(ballots, OPTIONS)


@given(choices, lots, st.integers(1, OPTIONS))
def test_one_more_approval_never_hurts_the_winner(ballots, order, option):
    *approvals, none = tally.sums(ballots, OPTIONS)
    if tally.approval_winner(approvals, none, order) == option:
        *more, still_none = tally.sums([*ballots, (option,)], OPTIONS)
        assert tally.approval_winner(more, still_none, order) == option


def test_patterns_are_shown_only_where_they_are_no_fingerprint():
    assert not tally.patterns_hide(9, 3, one_choice=True)
    assert tally.patterns_hide(10, 3, one_choice=True)
    assert tally.patterns_hide(10, 5, one_choice=False)
    assert not tally.patterns_hide(150, 6, one_choice=False)
