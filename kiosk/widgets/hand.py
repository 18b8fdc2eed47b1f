"""One finger at a time: what shows on touch-down, what acts on release, and which touches are ignored."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from kiosk.widgets.shapes import Target

AGAIN: Final = 0.4
"""Seconds in which a second touch on the same button does nothing: hands tremble."""
LONGEST: Final = 10.0
"""Seconds after which a finger that lies on the glass is a drop of water, or one whose lifting was never told."""
SETTLE: Final = 0.3
"""Seconds after a screen changed in which a touch was meant for the one before."""


class Hand:
    """The touches on a panel; seconds come from outside and never go back."""

    def __init__(self) -> None:
        self.held: int | None = None
        """The number of the target under the finger; None where it slid off."""
        self._finger: Hashable = None
        self._target: Target | None = None
        self._since = -1e9
        self._last: tuple[str, float] = ("", -1e9)
        self._changed = -1e9

    def forget(self) -> None:
        """Keep nothing of what was touched so far."""
        self.cancel()
        self._last = ("", -1e9)

    def changed(self, now: float) -> None:
        """Another screen is in front: what was held is let go."""
        self._changed = now
        self.cancel()

    def cancel(self) -> None:
        """Forget the touch under way."""
        self.held, self._finger, self._target = None, None, None

    def down(self, finger: Hashable, x: float, y: float, targets: Sequence[Target], now: float) -> bool:
        """A finger came down; whether a target took it. Others are ignored until it is lifted, or lies there."""
        if (self._finger is not None and now - self._since < LONGEST) or now - self._changed < SETTLE:
            return False
        self.cancel()
        self._finger, self._since = finger, now
        number = _at(targets, x, y)
        if number is None or (not targets[number].key and self._again(targets[number], now)):
            return False
        self.held, self._target = number, targets[number]
        return True

    def move(self, finger: Hashable, x: float, y: float, targets: Sequence[Target]) -> None:
        """The finger slid; off its target nothing is held, back on it is again."""
        if finger != self._finger or self._target is None:
            return
        number = _at(targets, x, y)
        inside = number is not None and targets[number].rect == self._target.rect
        self.held = number if inside else None

    def up(self, finger: Hashable, x: float, y: float, targets: Sequence[Target], now: float) -> Target | None:
        """The finger was lifted: the target it acts on, where it is still the one that was touched."""
        if finger != self._finger:
            return None
        self.move(finger, x, y, targets)
        held, began = self.held, self._target
        self.cancel()
        if held is None or began is None or targets[held].label != began.label:
            return None
        self._last = (began.label, now)
        return targets[held]

    def _again(self, target: Target, now: float) -> bool:
        label, when = self._last
        return target.label == label and now - when < AGAIN


def _at(targets: Sequence[Target], x: float, y: float) -> int | None:
    return next((i for i, target in enumerate(targets) if target.rect.has(x, y)), None)
