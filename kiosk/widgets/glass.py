"""The one widget: paints what is in front, and hands touches and keys on."""

from __future__ import annotations

from typing import Any, Final

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget

from kiosk.widgets.front import Front
from kiosk.widgets.paint import Painter

TICK: Final = 4.0
"""A second: time passes for the session."""
ALIVE: Final = 1.0
"""Frames a second where nothing happens: a screen that is never drawn stays black on some panels."""
TAB, ENTERS, BACKSPACE = 9, (13, 271), 8
ARROWS: Final = {273: (0, -1), 274: (0, 1), 275: (1, 0), 276: (-1, 0)}


class Glass(Widget):  # type: ignore[misc]
    """Draws a Front's drawing over the whole window."""

    def __init__(self, front: Front, **options: Any) -> None:
        super().__init__(**options)
        self.front = front
        self._painter = Painter(front.lettering, front.screen.height)
        self._paint = Clock.create_trigger(self._painted, 0)
        self._clocks: list[Any] = []
        front.changed, front.forgotten = self._paint, self._painter.forget
        self._painted(0.0)

    def start(self) -> None:
        """Let time pass, and listen to keys."""
        session = self.front.session
        self._clocks = [
            Clock.schedule_interval(lambda _passed: session.tick(), 1 / TICK),
            Clock.schedule_interval(lambda _passed: self.canvas.ask_update(), 1 / ALIVE),
        ]
        Window.bind(on_key_down=self._key, on_textinput=self._text)

    def stop(self) -> None:
        """Let go of clocks and keys."""
        for clock in self._clocks:
            clock.cancel()
        Window.unbind(on_key_down=self._key, on_textinput=self._text)

    def _painted(self, _passed: float) -> None:
        front = self.front
        self._painter.paint(self.canvas, front.drawing, front.palette, front.hand.held, front.focus)

    def on_touch_down(self, touch: Any) -> bool:
        """A finger."""
        self.front.down(touch.uid, *self._place(touch))
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """It slides."""
        self.front.move(touch.uid, *self._place(touch))
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """It is lifted."""
        self.front.up(touch.uid, *self._place(touch))
        return True

    def _place(self, touch: Any) -> tuple[float, float]:
        return float(touch.x), self.front.screen.height - float(touch.y)

    def _key(self, _window: Any, key: int, scancode: int, _letter: str | None, modifiers: list[str]) -> bool:
        front = self.front
        if front.scanned(scancode):
            return True
        if key == TAB:
            front.step(-1 if "shift" in modifiers else 1)
        elif key in ENTERS:
            front.enter()
        elif key == BACKSPACE:
            front.letter("\b")
        elif key in ARROWS:
            front.cross(*ARROWS[key])
        return True

    def _text(self, _window: Any, text: str) -> bool:
        self.front.letter(text)
        return True
