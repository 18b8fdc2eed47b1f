"""Exact counting: whole numbers and fractions, never a float, and every rule in one printable line.

Shares are compared by multiplying across, so that 2 of 3 is two thirds on every machine. A vote is a
choice: the numbers of the options marked, from 1, in rising order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

Choice = tuple[int, ...]
"""What one ballot says. Nothing marked is an answer too: none of these."""

YES: Final = 1
NO: Final = 2
ABSTAIN: Final = 3
"""The options of a yes / no question, in printed order."""

NOBODY_WINS: Final = 0
FEWEST_FOR_PATTERNS: Final = 10
MOST_OPTIONS_FOR_PATTERNS: Final = 5
"""Under ten ballots, or beyond five options, a list of marks is a fingerprint (ballots.md, 3)."""


def more_than(share: Fraction, part: int, whole: int) -> bool:
    """Whether `part` is more than `share` of `whole`. Nothing of nothing is never more."""
    return part * share.denominator > share.numerator * whole


def at_least(share: Fraction, part: int, whole: int) -> bool:
    """Whether `part` is `share` of `whole` or more. Of nothing, nothing is enough for nothing."""
    return whole > 0 and part * share.denominator >= share.numerator * whole


def quorum(share: Fraction, base: int) -> int:
    """The fewest of `base` people that are at least `share` of them: 1/5 of 12 is 3."""
    return -(-base * share.numerator // share.denominator)


def sums(choices: Iterable[Choice], options: int) -> tuple[int, ...]:
    """How often each option was marked, in printed order; last, how many ballots marked none."""
    counted = Counter(option for choice in choices for option in (choice or (options + 1,)))
    return tuple(counted[option] for option in range(1, options + 2))


def approval_winner(approvals: Sequence[int], none: int, lots: Sequence[int]) -> int:
    """The option marked on most ballots, from 1. Of equals, the one that comes first in `lots` wins.

    Nobody wins when nothing was marked, or when more ballots marked none than marked the best.
    """
    most = max(approvals)
    if most == 0 or none > most:
        return NOBODY_WINS
    return next(option for option in lots if approvals[option - 1] == most)


def tied(approvals: Sequence[int], option: int) -> bool:
    """Whether another option was marked as often as this one: then the lots decided."""
    return sum(1 for marks in approvals if marks == approvals[option - 1]) > 1


def patterns(choices: Iterable[Choice]) -> tuple[tuple[Choice, int], ...]:
    """Each different ballot with how often it was cast, sorted, so that no order of casting is left."""
    return tuple(sorted(Counter(choices).items()))


def patterns_hide(ballots: int, options: int, *, one_choice: bool) -> bool:
    """Whether patterns may be shown without telling who cast which."""
    return ballots >= FEWEST_FOR_PATTERNS and (one_choice or options <= MOST_OPTIONS_FOR_PATTERNS)
