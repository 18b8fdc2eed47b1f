"""A few words that stand on several screens, as the sheets say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub.domain.base import N_
from hub.words.speaker import Speaker


def typed(speaker: Speaker, words: Mapping[str, str]) -> tuple[str, str]:
    """What a person typed and its language, or that it was taken back."""
    if not words:
        return speaker.say(N_("(These words were taken back.)")), ""
    return speaker.pick(words)


def room(speaker: Speaker, row: Mapping[str, Any]) -> str:
    """How much room there is on a list, in a few words."""
    free = max(0, row["places"] - row["taken"])
    if row["state"] == "cancelled":
        return speaker.say(N_("does not take place"))
    if row["state"] == "closed":
        return speaker.say(N_("closed"))
    if free:
        return speaker.count("one place free", "{n} places free", free)
    if row["waiting"]:
        return speaker.count("full, one waits", "full, {n} wait", row["waiting"])
    return speaker.say(N_("full"))


def when_and_where(speaker: Speaker, row: Mapping[str, Any], *, whole: bool = False) -> str:
    """The moment, and the place where one is named; `whole` with the year, outside of lists."""
    place = speaker.pick(row["place"])[0]
    moment = speaker.moment(row["starts"]) if whole else speaker.short_moment(row["starts"])
    return " · ".join([moment, *([place] if place else [])])
