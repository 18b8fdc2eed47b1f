"""Deadlines: they stand still while the house rests (life.md, 7)."""

from __future__ import annotations

from collections.abc import Sequence

from hub.domain.base import Millis

Rests = Sequence[tuple[Millis, Millis]]
"""When the house rests, from and until."""


def after_rests(since: Millis, until: Millis, rests: Rests) -> Millis:
    """When a span begun at `since` ends: later than `until` by as long as the house rests meanwhile."""
    for begin, end in sorted(rests):
        start = max(begin, since)
        if start < until and start < end:
            since, until = end, Millis(until + end - start)
    return until
