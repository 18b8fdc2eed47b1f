"""Composes the kiosk: a session, its worker, the voice, the glass; and runs them until it is told to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final

from hub.client import Client
from hub.words import Catalogue
from kiosk import speech
from kiosk.board import Board
from kiosk.flows import home
from kiosk.page import Press, Privacy, audible, spoken
from kiosk.session import Session
from kiosk.theme import Screen, screen_of
from kiosk.widgets.front import Front
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.panel import prepare
from kiosk.widgets.typeface import faces
from kiosk.worker import Thread

LISTENED: Final = 1.0
"""Seconds between two looks at whether something is read aloud."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Where the kiosk is drawn."""

    screen: Screen
    fullscreen: bool = False
    offscreen: bool = False


def run(client: Client, panel: Panel, language: str = "en", shown: Press = lambda: None) -> None:
    """Show the kiosk until a signal or the window ends it. A bug of ours is raised: the service starts it again.

    `shown` is called once the first frame was drawn. The hub need not be up: the screens say so themselves.
    Raises NoLetters, FontsMissing.
    """
    lettering = Lettering(faces())
    prepare(panel.screen, offscreen=panel.offscreen, fullscreen=panel.fullscreen)
    from kivy.base import stopTouchApp
    from kivy.clock import Clock
    from kivy.core.window import Window

    screen = _real(int(Window.width), int(Window.height), panel.screen)
    front, worker = composed(client, screen, lettering, language)
    voice = speech.Voice()
    if speech.available():
        lend_voice(front, voice)
        Clock.schedule_interval(lambda _passed: listening(front, voice), LISTENED)
    front.touched = voice.stop
    if panel.offscreen:
        Window.bind(on_flip=lambda _window: _finish())
    try:
        _show(front, Clock, stopTouchApp, shown)
    finally:
        voice.stop()
        worker.close()


def composed(
    client: Client,
    screen: Screen,
    lettering: Lettering,
    language: str = "en",
    clock: Callable[[], float] = time.monotonic,
) -> tuple[Front, Thread]:
    """The first screen at a hub, on a front of this size, and the worker that asks the hub. After `prepare`."""
    from kivy.clock import Clock

    worker = Thread(client, lambda call: _posted(Clock, call))
    session = Session(worker, clock, Catalogue.load(), home.first(Board()), language=language)
    return Front(session, lettering, screen, clock), worker


def _real(width: int, height: int, wanted: Screen) -> Screen:
    """The screen there is: a fullscreen window takes the panel's size, whatever was asked for."""
    if (width, height) == (wanted.width, wanted.height):
        return wanted
    return screen_of(f"{width}x{height}")


def lend_voice(front: Front, voice: speech.Voice) -> None:
    """Read aloud from when somebody asks for it until they ask again or leave: each page as it comes in front."""
    session = front.session

    def turned() -> None:
        if session.aloud:
            read_aloud(session, voice)

    def switch() -> None:
        session.aloud = not session.aloud
        turned()

    session.read_aloud, front.turned = switch, turned


def listening(front: Front, voice: speech.Voice) -> None:
    """Whoever listens is there, though they touch nothing; with something personal in front they are asked."""
    if voice.speaking and front.page.privacy is Privacy.OPEN:
        front.session.touched()


def read_aloud(session: Session, voice: speech.Voice) -> None:
    """Say the page in front."""
    voice.say(spoken(audible(session.page())), session.language, session.volume)


def _show(front: Front, clock: Any, stop: Press, shown: Press) -> None:
    """The glass in its window, and Kivy's loop."""
    from kivy.base import runTouchApp

    from kiosk.widgets.glass import Glass

    ending = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ending.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    glass = Glass(front, size=(front.screen.width, front.screen.height))
    glass.start()
    clock.schedule_once(lambda _passed: shown(), 0.1)
    clock.schedule_interval(lambda _passed: stop() if ending.is_set() else None, 0.1)
    try:
        runTouchApp(glass)
    finally:
        glass.stop()


def _posted(clock: Any, call: Callable[[], None]) -> None:
    clock.schedule_once(lambda _passed: call(), 0)


def _finish() -> None:
    """Offscreen, each frame keeps a buffer of its own unless it is waited for before it is flipped."""
    from kivy.graphics import opengl

    opengl.glFinish()
