"""The words for what is chosen from a closed list, on pages, on sheets and at the kiosk alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hub.domain.base import N_

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
"""What a need or an offer is about."""
SOONS: Final[Mapping[str, str]] = {
    "today": N_("Today"),
    "week": N_("This week"),
    "any_time": N_("Any time"),
}
"""How soon something is needed."""
LISTS: Final[Mapping[str, str]] = {
    "meal": N_("Meal"),
    "shift": N_("Shift"),
    "childcare": N_("Childcare"),
    "trip": N_("Trip"),
    "other": N_("Something else"),
}
"""What a list is for."""
CIRCLES: Final[Mapping[int, str]] = {
    0: N_("Only those it is about"),
    1: N_("Members"),
    2: N_("Everyone in the room"),
    3: N_("Neighbour hubs too"),
}
"""Who may see something."""
