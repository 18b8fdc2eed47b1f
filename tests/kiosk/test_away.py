"""Somebody walked off: when it asks, how it counts, what a wipe means."""

from __future__ import annotations

import pytest

from kiosk.away import COUNTDOWN, IDLE, lost, over, seconds_left
from kiosk.page import Privacy

ASKED = [Privacy.PERSONAL, Privacy.BALLOT]


@pytest.mark.parametrize("privacy", ASKED)
def test_it_asks_then_counts_whole_seconds_down_to_nothing(privacy: Privacy) -> None:
    begin = IDLE[privacy]
    assert seconds_left(privacy, begin - 0.1) is None
    assert [seconds_left(privacy, begin + past) for past in (0, 0.5, 1, COUNTDOWN, COUNTDOWN + 9)] == [45, 45, 44, 0, 0]


def test_a_page_without_names_never_asks() -> None:
    assert seconds_left(Privacy.OPEN, 1e6) is None
    assert not over(Privacy.OPEN, IDLE[Privacy.OPEN] - 0.1)
    assert over(Privacy.OPEN, IDLE[Privacy.OPEN])


@pytest.mark.parametrize("privacy", ASKED)
def test_it_wipes_once_the_count_is_over(privacy: Privacy) -> None:
    end = IDLE[privacy] + COUNTDOWN
    assert (over(privacy, end - 0.1), over(privacy, end)) == (False, True)


def test_a_ballot_on_its_way_is_never_called_uncast() -> None:
    assert lost(Privacy.BALLOT, sent=False) == "Your vote was not cast."
    assert "nobody knows yet" in lost(Privacy.BALLOT, sent=True)
    assert lost(Privacy.PERSONAL, sent=True) == "The screen was wiped."
