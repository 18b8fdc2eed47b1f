"""Somebody walked off: after how long the screen asks and hides, how it counts down, and what a wipe means."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Final

from hub.domain.base import N_
from kiosk.page import Button, Line, Page, Press, Privacy, Reading

IDLE: Final = {Privacy.OPEN: 90.0, Privacy.PERSONAL: 60.0, Privacy.BALLOT: 120.0}
"""Seconds without a touch until it goes home, or asks."""
COUNTDOWN: Final = 45.0
"""Seconds it asks until it wipes."""
SOON_WIPED: Final = {
    Privacy.OPEN: "",
    Privacy.PERSONAL: N_("What is on the screen is hidden. It is wiped soon."),
    Privacy.BALLOT: N_("Your vote is not cast yet. It is hidden, and dropped soon."),
}
WIPED: Final = {
    Privacy.OPEN: "",
    Privacy.PERSONAL: N_("The screen was wiped."),
    Privacy.BALLOT: N_("Your vote was not cast."),
}
UNSURE: Final = N_(
    "The hub did not answer, so nobody knows yet whether your vote was cast. "
    "Show your card and vote again: it counts once."
)


def seconds_left(privacy: Privacy, idle: float) -> int | None:
    """Whole seconds until the wipe after so many without a touch; None as long as nothing is asked."""
    over = idle - IDLE[privacy]
    if privacy is Privacy.OPEN or over < 0:
        return None
    return max(0, ceil(COUNTDOWN - over))


def over(privacy: Privacy, idle: float) -> bool:
    """Whether nobody is there any more: time to wipe, or to go home."""
    return idle >= IDLE[privacy] + (COUNTDOWN if privacy is not Privacy.OPEN else 0.0)


def still_there(say: Callable[[str], str], left: str, page: Page, leave: Press, stay: Press) -> Page:
    """Ask, with the content of the page hidden."""
    return Page(
        say(N_("Are you still there?")),
        Reading((Line(say(SOON_WIPED[page.privacy])), Line(left))),
        buttons=(Button(say(N_("Leave")), leave), Button(say(N_("Yes, go on")), stay, main=True)),
        privacy=page.privacy,
        scan=page.scan,
        name="still-there",
    )


def lost(privacy: Privacy, *, sent: bool) -> str:
    """What a wipe means for what was on the screen; of a ballot that was `sent` nobody knows whether it arrived."""
    return UNSURE if sent and privacy is Privacy.BALLOT else WIPED[privacy]
