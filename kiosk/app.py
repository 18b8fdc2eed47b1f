"""Composes the kiosk: a session, its worker, the voice, the glass; and runs them until it is told to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from hub.client import Client
from hub.words import Catalogue
from kiosk import speech
from kiosk.board import Board
from kiosk.flows import home
from kiosk.page import spoken
from kiosk.session import Session
from kiosk.theme import Screen
from kiosk.widgets.front import Front
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.panel import prepare
from kiosk.widgets.typeface import faces
from kiosk.worker import Thread


@dataclass(frozen=True, slots=True)
class Panel:
    """Where the kiosk is drawn."""

    screen: Screen
    fullscreen: bool = False
    offscreen: bool = False


def run(client: Client, panel: Panel, language: str = "en") -> None:
    """Show the kiosk until a signal or the window ends it. A bug of ours is raised: the service starts it again.

    The hub need not be up: the screens say so themselves. Raises NoLetters, FontsMissing.
    """
    lettering = Lettering(faces())
    prepare(panel.screen, offscreen=panel.offscreen, fullscreen=panel.fullscreen)
    from kivy.base import EventLoop, stopTouchApp
    from kivy.clock import Clock
    from kivy.core.window import Window

    screen = Screen(int(Window.width), int(Window.height), panel.screen.per_mm)
    worker = Thread(client, lambda call: _posted(Clock, call))
    session = Session(worker, time.monotonic, Catalogue.load(), home.first(Board()), language=language)
    voice = speech.Voice()
    if speech.available():
        session.read_aloud = lambda: read_aloud(session, voice)
    front = Front(session, lettering, screen, time.monotonic)
    front.touched = voice.stop
    if panel.offscreen:
        Window.bind(on_flip=lambda _window: _finish())
    try:
        _show(front, Clock, EventLoop, Window, stopTouchApp)
    finally:
        voice.stop()
        worker.close()


def read_aloud(session: Session, voice: speech.Voice) -> None:
    """Say the page in front."""
    voice.say(spoken(session.page()), session.language, session.volume)


def _show(front: Front, clock: Any, loop: Any, window: Any, stop: Callable[[], None]) -> None:
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
