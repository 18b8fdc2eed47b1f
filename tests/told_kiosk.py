"""`trestle kiosk` as its own process, told by lines what a person does there; it says which screen is in front.

python tests/told_kiosk.py --offscreen --api http://127.0.0.1:8081
touch Sign up
scan WAEY-W100-A3WH
"""

from __future__ import annotations

import sys
from functools import partial
from threading import Thread
from typing import Any

from kiosk import app
from kiosk.scanner import ENTER, KEYS
from kiosk.widgets.front import Front

STEADY = 0.45
"""Seconds after which a hand touches a screen that is new."""
PLACES = {letter: place for place, letter in KEYS.items()}


def main() -> None:
    """The kiosk, with somebody at it."""
    from hub.cli import main as trestle

    composed = app.composed

    def overheard(*given: Any, **named: Any) -> Any:
        front, worker = composed(*given, **named)
        _begin(front)
        return front, worker

    app.composed = overheard
    trestle(["kiosk", *sys.argv[1:]])


def _begin(front: Front) -> None:
    from kivy.clock import Clock

    said: list[str] = []

    def tell(_passed: float) -> None:
        now = f"{front.page.name}: {front.session.notice}"
        if said[-1:] != [now]:
            said.append(now)
            print(now, flush=True)

    def listen() -> None:
        for line in sys.stdin:
            verb, _, what = line.strip().partition(" ")
            does = {"touch": _touch, "scan": _scan}[verb]
            Clock.schedule_once(partial(_later, does, front, what), STEADY)

    Clock.schedule_interval(tell, 0.02)
    Thread(target=listen, daemon=True).start()


def _later(does: Any, front: Front, what: str, _passed: float) -> None:
    does(front, what)


def _touch(front: Front, label: str) -> None:
    from kivy.tests.common import UnitTestTouch

    rect = next(each.rect for each in front.drawing.targets if each.label.startswith(label))
    finger = UnitTestTouch(rect.x + rect.w / 2, front.screen.height - rect.y - rect.h / 2)
    finger.touch_down()
    finger.touch_up()


def _scan(_front: Front, code: str) -> None:
    from kivy.core.window import Window

    for letter in code:
        Window.dispatch("on_key_down", ord(letter.lower()), PLACES[letter], letter, [])
    Window.dispatch("on_key_down", 13, ENTER[0], None, [])


if __name__ == "__main__":
    main()
