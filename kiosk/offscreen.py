"""The kiosk without a display: frames, real touches through Kivy's own input, and pictures of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from PIL import Image

from hub.words import Catalogue
from kiosk import theme
from kiosk.page import Page
from kiosk.session import Session
from kiosk.theme import Screen
from kiosk.widgets.front import Front
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.panel import prepare
from kiosk.widgets.typeface import faces
from kiosk.worker import Done, Work


class NoHub:
    """A worker for pages that ask nothing of a hub."""

    def do(self, work: Work, done: Done) -> None:
        """Nothing comes of it."""


class Showing:
    """A screen that shows one page, whatever it is."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def page(self) -> Page:
        """That page."""
        return self._page


class Camera:
    """Takes pictures of fronts of any size, in this process, in a frame of its own beside a small window."""

    def __init__(self, lettering: Lettering) -> None:
        prepare(Screen(64, 64, 5.0), offscreen=True)
        from kivy.core.window import Window

        self._window, self._lettering = Window, lettering
        self._painters: dict[int, Any] = {}

    def picture(self, front: Front) -> Image.Image:
        """What the front shows."""
        from kivy.graphics import Fbo

        from kiosk.widgets.paint import Painter

        screen = front.screen
        painter = self._painters.setdefault(screen.height, Painter(self._lettering, screen.height))
        frame = Fbo(size=(screen.width, screen.height))
        painter.paint(frame, front.drawing, front.palette, front.hand.held, front.focus)
        frame.draw()
        image = Image.frombytes("RGBA", (screen.width, screen.height), frame.pixels).convert("RGB")
        return image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)


class Rig:
    """One window of one size, in this process, that nobody sees. Kivy bears one window a process."""

    def __init__(self, screen: Screen) -> None:
        prepare(screen, offscreen=True)
        from kivy.base import EventLoop
        from kivy.core.window import Window

        self.screen, self._window, self._loop = screen, Window, EventLoop
        self._glass: Any = None
        EventLoop.window = Window
        EventLoop.start()
        self._resize(screen)
        Window.register()
        Window.initialized = True
        Window.bind(on_flip=lambda _window: _finish())

    def show(self, front: Front) -> None:
        """Put a front on the glass, in the place of the one before."""
        from kiosk.widgets.glass import Glass

        self.clear()
        if front.screen != self.screen:
            self._resize(front.screen)
        self._glass = Glass(front, size=(front.screen.width, front.screen.height))
        self._window.add_widget(self._glass)
        self._glass.start()
        self.frame()

    def clear(self) -> None:
        """Take off what is on the glass: no time passes for it any more, and no key is heard."""
        if self._glass is not None:
            self._glass.stop()
            self._window.remove_widget(self._glass)
            self._glass = None

    def frame(self, count: int = 1) -> None:
        """Let the window draw."""
        for _ in range(count):
            self._loop.idle()

    def picture(self) -> Image.Image:
        """What is on the glass."""
        from kivy.graphics import opengl

        self.frame(2)
        width, height = self.screen.width, self.screen.height
        dots = opengl.glReadPixels(0, 0, width, height, opengl.GL_RGB, opengl.GL_UNSIGNED_BYTE)
        return Image.frombytes("RGB", (width, height), dots).transpose(Image.Transpose.FLIP_TOP_BOTTOM)

    def touch(self, x: float, y: float) -> Any:
        """A finger comes down, in dots from the top left corner; lift it with `lift`."""
        from kivy.tests.common import UnitTestTouch

        finger = UnitTestTouch(x, self.screen.height - y)
        finger.touch_down()
        self.frame()
        return finger

    def lift(self, finger: Any) -> None:
        """The finger is lifted where it is."""
        finger.touch_up()
        self.frame()

    def key(self, key: int, scancode: int = 0, letter: str | None = None) -> None:
        """A key of a real keyboard goes down."""
        self._window.dispatch("on_key_down", key, scancode, letter, [])
        self.frame()

    def text(self, text: str) -> None:
        """A real keyboard writes."""
        self._window.dispatch("on_textinput", text)
        self.frame()

    def _resize(self, screen: Screen) -> None:
        self.screen = screen
        self._window.size = (screen.width, screen.height)
        self.frame(2)


def shoot(
    screens: Iterable[tuple[str, str, Page]], sizes: Sequence[str], text_sizes: Sequence[int], directory: Path
) -> Iterator[Path]:
    """A picture of every part of every screen (name, language, page): DIR/name-size-language-step-part.png."""
    lettering, catalogue = Lettering(faces()), Catalogue.load()
    directory.mkdir(parents=True, exist_ok=True)
    camera = Camera(lettering)
    for name, language, page in screens:
        for size, step in product(sizes, text_sizes):
            front = front_of(page, theme.screen_of(size), lettering, catalogue, language, step)
            for part in range(front.drawing.parts):
                front.turn(part)
                path = directory / f"{name}-{size}-{language}-{step}-{part + 1}.png"
                camera.picture(front).save(path)
                yield path


def front_of(
    page: Page,
    screen: Screen,
    lettering: Lettering,
    catalogue: Catalogue,
    language: str = "en",
    step: int = 0,
    *,
    contrast: bool = False,
    clock: Callable[[], float] = lambda: 0.0,
) -> Front:
    """A front with one page and no hub."""
    session = Session(NoHub(), clock, catalogue, lambda _session: Showing(page), language=language)
    session.size, session.contrast = step, contrast
    return Front(session, lettering, screen, clock)


def _finish() -> None:
    """Wait for the frame before it is flipped: else each one keeps a buffer of its own."""
    from kivy.graphics import opengl

    opengl.glFinish()
