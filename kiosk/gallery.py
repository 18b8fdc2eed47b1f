"""Every screen there is, each in each language: found by wandering over practice hubs of our own.

For `trestle kiosk --offscreen --screens DIR`, which draws them, and for the test that reads every drawing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

from hub.client import Client, HubDown, Print, Refused, read_token
from hub.domain.base import Tier
from hub.words import Catalogue
from kiosk.away import COUNTDOWN, IDLE
from kiosk.board import Board
from kiosk.errand import STILL, WORKING
from kiosk.flows import (
    accounts,
    asking,
    books,
    desk,
    help,
    hubs,
    join,
    lists,
    me,
    meeting,
    money,
    needs,
    offers,
    opening,
    roles,
    settings,
    signups,
    topics,
    vote,
    vouching,
    waiting,
)
from kiosk.flows.home import first
from kiosk.flows.paper import Printing
from kiosk.page import Page
from kiosk.rehearsal import PIN, Rehearsal, rehearse
from kiosk.session import Session
from kiosk.wander import Wanderer
from kiosk.worker import Answer, Done, Inline, Work

SERVE: Final = (sys.executable, "-m", "hub", "serve", "--found-if-missing", "--json")
AWAY: Final = ("--listen", "127.0.0.1", "--port", "0")
STEPS: Final = 160
"""Presses from the first screen, and from each of the doors, as a member and as nobody."""
DOORS: Final = (
    waiting.start,
    signups.start,
    help.start,
    settings.text_size,
    vote.start,
    needs.start,
    offers.start,
    asking.start,
    books.start,
    topics.start,
    roles.start,
    hubs.start,
    desk.start,
    meeting.start,
    money.start,
    opening.start,
    lists.start,
    accounts.count_tin,
    accounts.post_budget,
    join.start,
    vouching.start,
    me.start,
)
"""Where flows begin, so that what lies deep in one is reached as well."""


STATES: Final = ("sending", "done", "unknown", "spoiled", "refused", "lost")
"""Of a sheet at the printer, beside the one it has when it waits."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen in one language."""

    name: str
    language: str
    page: Page


@contextmanager
def practice_hub() -> Iterator[Client]:
    """A hub of its own process and its own temporary directory, as a client sees it."""
    with tempfile.TemporaryDirectory(prefix="trestle-practice-") as directory:
        data = Path(directory) / "hub"
        with subprocess.Popen([*SERVE, *AWAY, "--data", str(data)], stdout=subprocess.PIPE, text=True) as hub:
            try:
                assert hub.stdout is not None
                client = Client(json.loads(hub.stdout.readline())["api"], read_token(data, "kiosk"))
                yield client
                client.close()
            finally:
                hub.terminate()


class Held(Inline):
    """A worker at once, with two switches: `held` answers nothing, `down` answers that the hub is gone."""

    held = down = False

    def do(self, work: Work, done: Done) -> None:
        """Do it, unless a switch is set."""
        if self.down:
            done(Answer(why=HubDown("practised")))
        elif not self.held:
            super().do(work, done)


@dataclass(slots=True)
class Seat:
    """A session at a practice hub, and a clock that goes when told."""

    client: Client
    now: float = 0.0
    worker: Held = field(init=False)
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.worker = Held(self.client)
        self.session = Session(self.worker, lambda: self.now, Catalogue.load(), first(Board()))

    def wait(self, seconds: float = 1.0) -> None:
        """Let time pass."""
        self.now += seconds
        self.session.tick()


def every_screen(languages: Sequence[str]) -> Iterator[Shot]:
    """Each screen as it was first met, in each language; the hub's own comes last, so that the walk goes on in it."""
    with practice_hub() as client:
        evening = rehearse(client)
        seat, seen = Seat(client), set[str]()
        yield from _troubled(seat, evening, languages)
        wanderer = Wanderer(seat.session, list(evening.cards.values()), PIN, seat.wait)
        for door, name in product(DOORS, ("", "Ali")):
            seat.session.leave()
            with suppress(Refused):  # a new card was made out on the way
                card = evening.cards.get(name, "")
                seat.session.welcome(client.show_card(card, PIN), card)
            wanderer.door = partial(door, seat.session)
            wanderer.pressed.clear()
            yield from _wandered(wanderer, languages, seen)
        wanderer.door = None
        yield from _wandered(wanderer, languages, seen)
    with practice_hub() as client:
        seat = Seat(client)
        for shot in _wandered(Wanderer(seat.session, [], PIN, seat.wait), languages, set()):
            yield replace(shot, name=f"empty-{shot.name}")


def _wandered(wanderer: Wanderer, languages: Sequence[str], seen: set[str]) -> Iterator[Shot]:
    for page in wanderer.walk(STEPS):
        if page.name not in seen:
            seen.add(page.name)
            yield from _in_each(wanderer.session, page.name, languages)


def _in_each(session: Session, name: str, languages: Sequence[str]) -> Iterator[Shot]:
    before = session.language
    for language in (*(each for each in languages if each != before), before):
        session.speak(language)
        session.page()  # what the hub said is asked for again in this language
        if language in languages:
            yield Shot(name, language, session.page())


def _troubled(seat: Seat, evening: Rehearsal, languages: Sequence[str]) -> Iterator[Shot]:
    """What one sees when something is slow, gone, or about to be wiped."""
    session = seat.session
    seat.wait()
    yield from _in_each(session, "home-at-rest", languages)
    for name, seconds in (("working", WORKING), ("still-working", STILL), ("late", STILL)):
        if name == "working":
            seat.worker.held = True
            session.ask(lambda _: None, lambda _: None)
        seat.wait(seconds)
        yield from _in_each(session, name, languages)
    session.leave()
    for state in STATES:
        session.go(Printing(session, Print("0", state, "")))
        yield from _in_each(session, f"print-{state}", languages)
        session.back()
    seat.worker.held, seat.worker.down = False, True
    session.ask(lambda _: None, lambda _: None)
    yield from _in_each(session, "hub-down", languages)
    session.leave()
    seat.wait(60)
    yield from _in_each(session, "home-hub-down", languages)
    seat.worker.down = False
    seat.wait(60)
    yield from _hidden(seat, evening, languages)


def _hidden(seat: Seat, evening: Rehearsal, languages: Sequence[str]) -> Iterator[Shot]:
    session, card = seat.session, evening.cards["Rosa"]
    session.welcome(evening.client.show_card(card, PIN), card)
    assert session.knows(Tier.PIN)
    vote.start(session)
    privacy = session.page().privacy
    seat.wait(IDLE[privacy])
    yield from _in_each(session, "still-there", languages)
    seat.wait(COUNTDOWN)
    yield from _in_each(session, "home-wiped", languages)
    seat.wait(60)
