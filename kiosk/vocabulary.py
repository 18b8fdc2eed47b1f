"""The words for what is chosen from a closed list, and a few that stand on several screens. As the sheets say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hub.domain.base import N_
from hub.words.speaker import Speaker

NEEDS: Final[Mapping[str, str]] = {
    "food": N_("Food"),
    "home": N_("Home and rent"),
    "care": N_("Care"),
    "repair": N_("Repairs"),
    "transport": N_("Getting there"),
    "things": N_("Things"),
    "company": N_("Company"),
    "other": N_("Something else"),
}
SOONS: Final[Mapping[str, str]] = {
    "today": N_("Today"),
    "week": N_("This week"),
    "any_time": N_("Any time"),
}
LISTS: Final[Mapping[str, str]] = {
    "meal": N_("Meal"),
    "shift": N_("Shift"),
    "childcare": N_("Childcare"),
    "trip": N_("Trip"),
    "other": N_("Something else"),
}
CIRCLES: Final[Mapping[int, str]] = {
    0: N_("Only those it is about"),
    1: N_("Members"),
    2: N_("Everyone in the room"),
    3: N_("Neighbour hubs too"),
}


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
