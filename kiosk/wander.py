"""Presses everything there is, the least pressed first: how every screen is found, for pictures and for tests.

It is at a practice hub, knows everybody's card, and has no idea what it does. What no wandering reaches, no
neighbour reaches either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle

from kiosk.page import Keypad, Page, Press, Rows, Tiles, Typing
from kiosk.session import Session

Move = tuple[str, Press]
WAY_OUT = {"back": 2, "leave": 4}
"""How much rarer the ways out are taken than the ways on."""
SAMPLES = {"en": "Soup for twelve", "es": "Sopa para doce", "ar": "حساء لاثني عشر"}


@dataclass(slots=True)
class Wanderer:
    """Somebody curious at the screen. `cards` are shown in turn; `wait` lets a second pass.

    With a `door`, the first screen is no choice: from there they go in by that door each time.
    """

    session: Session
    cards: Sequence[str]
    pin: str
    wait: Callable[[], None]
    door: Press | None = None
    pressed: Counter[tuple[str, str]] = field(default_factory=Counter)
    _cards: Iterator[str] = field(init=False)
    _pins: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self._cards = cycle(self.cards)
        self._pins = cycle([self.pin, self.pin, self.pin, "9999"])

    def walk(self, steps: int) -> Iterator[Page]:
        """The page before each of so many presses."""
        for _ in range(steps):
            page = self.session.page()
            yield page
            self._press(page)
            self.wait()

    def _press(self, page: Page) -> None:
        moves = list(self._moves(page))
        if moves:
            label, press = min(moves, key=lambda move: self._weariness(page, move[0]))
            self.pressed[page.name, label] += 1
            self.session.press(press)

    def _weariness(self, page: Page, label: str) -> int:
        return self.pressed[page.name, label] * WAY_OUT.get(label, 1) + WAY_OUT.get(label, 0)

    def _moves(self, page: Page) -> Iterator[Move]:
        """What a finger, a keyboard or a card could do here; an empty field is filled before anything else."""
        body = page.body
        if page.name == "home" and self.door is not None:
            yield "door", self.door
            return
        if isinstance(body, Typing) and not body.text:
            yield "type", partial(body.typed, SAMPLES.get(self.session.language, SAMPLES["en"])[: body.most])
            return
        if isinstance(body, Keypad) and not body.digits:
            yield "digits", partial(body.typed, next(self._pins) if body.secret else "12")
            return
        if page.scan is not None and self.cards:
            yield "scan", partial(page.scan, next(self._cards))
        if isinstance(body, Tiles):
            yield from ((tile.label or tile.figure, tile.press) for tile in body.tiles if tile.press)
        if isinstance(body, Rows):
            yield from ((f"row {place}", row.press) for place, row in enumerate(body.rows) if row.press)
        yield from ((button.label, button.press) for button in page.buttons)
        if page.back is not None:
            yield "back", page.back
        if page.leave is not None:
            yield "leave", page.leave
