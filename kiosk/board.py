"""What is open now, as the hub said last: kept beside the screen, so that it is there when the hub is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from hub.domain.base import Millis
from kiosk.session import Session

EVERY: Final = 10.0
"""Seconds between two looks while the first screen stands."""
AWAY: Final = 1.0
"""Not in front for longer than this: whoever comes back sees it fresh."""
NEVER: Final = float("-inf")


class Board:
    """The last answer of the hub to “what is open now”. `came` is told when there is another."""

    def __init__(self) -> None:
        self.told: dict[str, Any] | None = None
        self.down = False
        self._at = 0.0
        self._asked = self._seen = NEVER
        self._asking = False

    def stale(self) -> None:
        """Ask at the next look, whenever the last one was."""
        self._seen = NEVER

    def look(self, session: Session, came: Callable[[], None]) -> None:
        """Ask again when it is time; called a few times a second while the first screen stands."""
        back, self._seen = session.now - self._seen > AWAY, session.now
        if self._asking or not (back or session.now - self._asked >= EVERY):
            return
        self._asking, self._asked = True, session.now

        def then(told: dict[str, Any]) -> None:
            self._asking, self.down = False, False
            self.told, self._at = told, session.now
            came()

        def gone() -> None:
            self._asking, self.down = False, True
            came()

        session.look(lambda client: client.read("home"), then, gone)

    @property
    def as_of(self) -> Millis:
        """When the hub said it, by the hub's clock."""
        return Millis(self.told["now"] if self.told else 0)

    def now(self, session: Session) -> Millis:
        """The hub's clock at this moment, as far as can be known here."""
        return Millis(self.as_of + int((session.now - self._at) * 1000))
