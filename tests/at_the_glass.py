"""A person at the kiosk's glass, for tests: real touches and keys in a real window, the kiosk as the app composes it.

Frames are drawn, the hub is asked from the worker's own thread, and the kiosk's clock goes when it is told.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from hub.client import Client
from kiosk import theme
from kiosk.app import composed
from kiosk.offscreen import Rig
from kiosk.page import Page, spoken
from kiosk.scanner import ENTER, KEYS
from kiosk.session import Session
from kiosk.widgets.front import Front
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.shapes import Target
from kiosk.widgets.typeface import faces
from kiosk.worker import Thread

PIN = "4711"
PATIENCE = 30.0
"""Seconds of the machine's own clock after which a test gives up."""
RESTLESS = 20.0
"""Seconds of the kiosk's clock after which who waits touches the edge of the glass: else it goes home."""
FRAMES = 250
"""A second: tests need not wait as a panel does."""
PLACES = {letter: place for place, letter in KEYS.items()}
Step = Callable[[str], None]
"""Told the name of each step of an errand, before the next touch."""


def nowhere(_step: str) -> None:
    """Nothing happens at this step."""


@cache
def rig() -> Rig:
    """The one window of this process."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"kivy\.")
        made = Rig(theme.SCREENS["800x480"])
    from kivy.clock import Clock

    Clock._max_fps = FRAMES
    return made


@cache
def lettering() -> Lettering:
    return Lettering(faces())


class Seconds:
    """The kiosk's clock."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Person:
    """Somebody before the glass. What is not drawn cannot be touched: then the test fails and says what is."""

    def __init__(self, front: Front, clock: Seconds) -> None:
        self.front, self.clock = front, clock

    @property
    def session(self) -> Session:
        return self.front.session

    @property
    def page(self) -> Page:
        return self.front.page

    @property
    def name(self) -> str:
        """Which screen is in front."""
        return self.page.name

    def text(self) -> str:
        """All the page says, a line each."""
        return "\n".join(text for text, _ in spoken(self.page))

    def labels(self) -> list[str]:
        """What can be touched on the part of the page that is seen."""
        return [target.label for target in self.front.drawing.targets]

    # Touching

    def touch(self, label: str) -> None:
        """Touch the middle of what is called so, on whichever part of the page; wait for what comes of it."""
        finger = self.press(label)
        self.lift(finger)

    def press(self, label: str) -> Any:
        """A finger comes down there, and stays."""
        target = self.find(label)
        self.clock.now += 0.5
        return rig().touch(target.rect.x + target.rect.w / 2, target.rect.y + target.rect.h / 2)

    def lift(self, finger: Any) -> None:
        """It is lifted; what the hub is asked then is waited for."""
        rig().lift(finger)
        self.settle()

    def find(self, label: str) -> Target:
        """Where it is; the page is turned until it is seen."""
        said = self.session.say(label)
        for way in ("More", "Earlier"):
            while (found := self._seen(said)) is None and self._turned(way):
                pass
            if found is not None:
                return found
        raise AssertionError(f"no “{said}” on “{self.name}”:\n{self.text()}\n{self.labels()}")

    def _seen(self, said: str) -> Target | None:
        targets = self.front.drawing.targets
        ways: tuple[Callable[[str], bool], ...] = (
            lambda label: label == said,
            lambda label: label.endswith(f" {said}") or label.startswith(f"{said} "),
        )
        return next((each for way in ways for each in targets if way(each.label)), None)

    def _turned(self, way: str) -> bool:
        found = self._seen(self.session.say(way))
        if found is None:
            return False
        self.clock.now += 0.5
        rig().lift(rig().touch(found.rect.x + found.rect.w / 2, found.rect.y + found.rect.h / 2))
        return True

    # Writing

    def type(self, text: str) -> None:
        """Touch our own keys, one after the other."""
        for letter in text:
            self._key(letter)

    def _key(self, letter: str) -> None:
        labels = self.labels()
        wanted = {" ": self.session.say("space"), "\n": self.session.say("New line")}.get(letter, letter)
        if wanted in labels:
            self.touch(wanted)
        elif letter.swapcase() in labels:
            self.touch("Capital letters")
            self.touch(wanted)
        else:
            self.touch("123" if letter.isdecimal() else "abc")
            self.touch(wanted)

    def pin(self, digits: str = PIN) -> None:
        """Touch the digits of a PIN, and go on."""
        for digit in digits:
            self.touch(digit)
        self.touch("Next")

    def scan(self, code: str) -> None:
        """Hold a card under the scanner, which types its code."""
        self.clock.now += 0.5
        for letter in code:
            self.clock.now += 0.01
            rig().key(ord(letter.lower()), PLACES[letter], letter)
            rig().text(letter)
        self.clock.now += 0.01
        rig().key(13, ENTER[0])
        self.settle()

    # Waiting

    def settle(self) -> None:
        """Let frames pass until the hub has answered, or is known not to."""
        self._until(lambda: not self.session.busy or self.name == "hub-down", "an answer")

    def wait_for(self, *names: str, passing: float = 0.0) -> None:
        """Let frames pass until one of these screens is in front; seconds of the kiosk's clock go by in each."""
        self._until(lambda: self.name in names, " or ".join(names), passing)

    def wait_until(self, said: str, passing: float = 0.0) -> None:
        """Let frames pass until the screen says that."""
        self._until(lambda: said in self.text(), said, passing)

    def _until(self, seen: Callable[[], bool], what: str, passing: float = 0.0) -> None:
        until, touched = time.monotonic() + PATIENCE, self.clock.now
        while not seen():
            assert time.monotonic() < until, f"waited for {what}, and there is “{self.name}”:\n{self.text()}"
            self.clock.now += passing
            rig().frame()
            if self.clock.now - touched > RESTLESS:
                touched = self.clock.now
                rig().lift(rig().touch(1, 1))


@contextmanager
def at_the_glass(client: Client, language: str = "en") -> Iterator[Person]:
    """A kiosk that was just started, at the hub of this client, once its first screen says what is open."""
    clock = Seconds()
    front, worker = composed(client, rig().screen, lettering(), language, clock)
    rig().show(front)
    try:
        yield Person(front, clock)
    finally:
        _put_away(worker)


def _put_away(worker: Thread) -> None:
    rig().clear()
    worker.close()
    rig().frame()


def vote(person: Person, question: str, card: str, answer: str = "Yes", at: Step = nowhere) -> None:
    """From the first screen to the box."""
    person.touch("Vote")
    person.touch(question)
    person.touch("Vote now")
    at("before the card")
    person.scan(card)
    at("once the card was shown")
    person.pin()
    person.touch(answer)
    at("once it was chosen")
    person.touch("Next")
    at("at the last look")
    person.touch("Cast my vote")
    at("once the screen said so")


def to_paper(person: Person, title: str, at: Step = nowhere) -> None:
    """From the first screen to the printer, with a list that one may sign up on."""
    person.touch("Sign up")
    person.touch(title)
    person.touch("Print")
    at("at the preview")
    person.touch("Print")
    at("once it was asked for")
