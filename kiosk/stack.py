"""The screens that lie on each other, the last in front. The first is always there."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from kiosk.page import Page


class Screen(Protocol):
    """One step of a flow: whatever it remembers, and the page it shows now."""

    def page(self) -> Page:
        """What to draw, made anew each time: cheap, and in today's language."""


@runtime_checkable
class Live(Protocol):
    """A screen that looks for news by itself while it is in front."""

    def refresh(self) -> None:
        """Time passed, called a few times a second: ask the hub in the background, now and then."""


class Stack:
    """Where a person is, and the way back. Whoever builds on it is told of each step in `_moved`."""

    def __init__(self, first: Screen) -> None:
        self._screens = [first]

    @property
    def screen(self) -> Screen:
        """The screen in front."""
        return self._screens[-1]

    @property
    def depth(self) -> int:
        """How many screens lie on each other; 1 is the first."""
        return len(self._screens)

    def go(self, screen: Screen) -> None:
        """Put a screen in front."""
        self._screens.append(screen)
        self._moved()

    def instead(self, screen: Screen) -> None:
        """Put a screen in the place of the one in front, which is done and not to be come back to."""
        if self.depth > 1:
            self._screens.pop()
        self.go(screen)

    def finish(self, screen: Screen) -> None:
        """A flow is done: its last screen stands on the first, so that Back does nothing twice."""
        del self._screens[1:]
        self.go(screen)

    def back(self) -> None:
        """One screen back."""
        if self.depth > 1:
            self._screens.pop()
        self._moved()

    def home(self) -> None:
        """To the first screen."""
        del self._screens[1:]
        self._moved()

    def _moved(self) -> None:
        """Another screen is in front."""
