"""A hub for tests: real stores in a temporary directory, a clock that goes when told, people with cards."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from hub.commands.found import founding
from hub.domain import membership
from hub.domain.base import DAY, MemberId, Millis, Tier
from hub.domain.house import AnyCommand, Person
from hub.log.chain import Stamp
from hub.service import Newcomer, Receipt, Service
from hub.stores import open_stores
from hub.web import create_app
from hub.web.access import Door
from hub.words import Catalogue

NOON = Millis(1_795_435_200_000)
"""2026-11-23 12:00 UTC, a Monday."""
TOKENS = {"kiosk-token": Door.KIOSK, "desk-token": Door.DESK, "mesh-token": Door.MESH}
CATALOGUE = Catalogue.load()


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    now: Millis = NOON
    clock_ok: bool = True

    def __call__(self) -> Stamp:
        return Stamp(self.now, self.clock_ok)

    def forward(self, span: int) -> None:
        """Let time pass, in milliseconds."""
        self.now = Millis(self.now + span)


def seeded(seed: str) -> Callable[[int], bytes]:
    """Dice that fall the same way each time. For a test; a real hub asks the machine."""
    count = 0

    def draw(size: int) -> bytes:
        nonlocal count
        content = b""
        while len(content) < size:
            count += 1
            content += hashlib.sha256(f"{seed} {count}".encode()).digest()
        return content[:size]

    return draw


@dataclass(slots=True)
class Kitchen:
    """One hub, its clock, and the cards its members hold."""

    directory: Path
    clock: Clock = field(default_factory=Clock)
    random_bytes: Callable[[int], bytes] = os.urandom
    cards: dict[MemberId, str] = field(default_factory=dict)
    service: Service = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Open the hub's stores, as after a start."""
        self.service = Service(open_stores(self.directory, self.random_bytes), self.clock)

    def reopen(self) -> None:
        """Stop and start the hub."""
        self.service.close()
        self.open()

    def found(self, *, text: str = "kitchen", ephemeral: bool = False, **values: str) -> None:
        """Found it: Maple Street Kitchen, in euro, by the clock of UTC."""
        name = "Maple Street Kitchen"
        request = founding(self.service.hub, name, text, "en", "EUR", "UTC", values, ephemeral)
        self.service.submit(request, key="founding")

    def ask(self, name: str, *, adult: bool = True) -> MemberId:
        """Somebody asks to join."""
        newcomer = Newcomer(name, "en")
        person = self.service.submit(membership.AskToJoin(adult), newcomer=newcomer).person
        assert person is not None
        return person

    def opening_evening(self, *names: str) -> list[MemberId]:
        """The first people join together."""
        members = [self.ask(name) for name in names or ("Rosa", "Ali", "Mei")]
        self.cards |= self.service.submit(membership.OpenEvening(tuple(members))).cards
        return members

    def join(self, name: str, voucher: MemberId, *, adult: bool = True) -> MemberId:
        """One more joins, on a member's word."""
        member = self.ask(name, adult=adult)
        self.cards |= self.submit(membership.Vouch((member,)), voucher).cards
        return member

    def submit(
        self, command: AnyCommand, who: MemberId | None = None, tier: Tier = Tier.CARD, second: MemberId | None = None
    ) -> Receipt:
        """Submit a command as somebody, by card or as `tier` says."""
        other = Person(second, tier) if second else Person()
        return self.service.submit(command, Person(who, tier) if who else Person(), second=other)

    def end_forming(self) -> None:
        """Let the forming season pass."""
        self.clock.forward(61 * DAY)
        self.service.tick()

    def app(self) -> Flask:
        """The pages and the API."""
        return create_app(self.service, CATALOGUE, TOKENS, self.random_bytes)


@dataclass(slots=True)
class Phone:
    """A phone on the hall's Wi-Fi: keeps its cookies, fills in our forms, pairs with a card."""

    client: FlaskClient
    app: Flask
    language: str = "en"

    def get(self, path: str) -> str:
        """A page that must open. Returns its HTML."""
        answer = self.client.get(path, headers={"Accept-Language": self.language})
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def status(self, path: str) -> int:
        """The status of a page."""
        return self.client.get(path, headers={"Accept-Language": self.language}).status_code

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Fill in and send one of our forms; follows to the page after it. Returns status and HTML."""
        hall, _ = self.app.extensions["trestle"]
        if self.client.get_cookie("visit") is None:
            self.client.set_cookie("visit", "c00c1e")
        cookie = self.client.get_cookie("visit")
        assert cookie is not None
        form = {"secret": hall.visits.form_secret(cookie.value), **fields}
        answer = self.client.post(path, data=form, headers={"Accept-Language": self.language}, follow_redirects=True)
        return answer.status_code, answer.text

    def pair(self, member: MemberId) -> None:
        """Be this member's phone for half an hour."""
        hall, _ = self.app.extensions["trestle"]
        code = hall.visits.offer_pairing(Person(member, Tier.PIN))
        assert self.send(f"/pair/{code}")[0] == 200


def phone(app: Flask, language: str = "en") -> Phone:
    """A phone that just joined the Wi-Fi."""
    return Phone(app.test_client(), app, language)


def own_program(app: Flask, door: str = "kiosk") -> tuple[FlaskClient, dict[str, str]]:
    """One of our programs on this machine: a client, and the headers with its token."""
    return app.test_client(), {"Authorization": f"Bearer {door}-token"}
