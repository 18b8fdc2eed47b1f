"""Kivy made ready for one panel: what must be set before its first import, and the window after it."""

from __future__ import annotations

import logging
import os
from typing import Any, Final

from kiosk.theme import Screen
from kiosk.widgets.typeface import cache, made

FRAMES: Final = 30
"""A second, at most."""


def prepare(screen: Screen, *, offscreen: bool = False, fullscreen: bool = False) -> None:
    """Set what Kivy reads when it is first imported: no arguments, no log files, touches from SDL alone.

    Raises NoLetters.
    """
    home = made(cache() / "kivy")
    wanted = {
        "KIVY_HOME": str(home),
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_LOG_MODE": "PYTHON",
        "KIVY_DPI": str(round(screen.per_mm * 25.4)),
        "KIVY_METRICS_DENSITY": "1",
        "KIVY_WINDOW": "sdl2",
        "KIVY_TEXT": "pil",
        "KIVY_IMAGE": "pil",
        "KIVY_CLIPBOARD": "dummy",
    }
    if offscreen:
        wanted |= {"SDL_VIDEODRIVER": "offscreen", "LIBGL_ALWAYS_SOFTWARE": "1"}
    os.environ.update(wanted)
    quiet = logging.getLogger("kivy")
    quiet.setLevel(logging.CRITICAL)
    config = _config()
    quiet.setLevel(logging.CRITICAL)  # its import set its own; what it lacks and we need not, it calls an error
    config.remove_section("input")
    config.add_section("input")
    graphics: dict[str, int | str] = {
        "width": screen.width,
        "height": screen.height,
        "maxfps": FRAMES,
        "multisamples": 0,
        "resizable": 0,
        "fullscreen": "auto" if fullscreen else 0,
        "show_cursor": 0 if fullscreen else 1,
    }
    for name, value in graphics.items():
        config.set("graphics", name, str(value))
    own: dict[str, int | str] = {
        "exit_on_escape": 0,
        "keyboard_mode": "system",
        "log_enable": 0,
        "log_level": "critical",
        "pause_on_minimize": 0,
    }
    for name, value in own.items():
        config.set("kivy", name, str(value))
    config.set("postproc", "double_tap_time", "1")


def _config() -> Any:
    from kivy.config import Config

    return Config
