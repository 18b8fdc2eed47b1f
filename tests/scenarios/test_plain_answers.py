"""What goes wrong on an ordinary evening: a clear answer in the person's language, and nothing lost."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from flask.testing import FlaskClient
from kitchen import CATALOGUE, Clock, Kitchen, own_program, phone, seeded
from werkzeug.test import TestResponse

from hub.commands.found import founding
from hub.domain import ballots, membership
from hub.domain.base import DAY, BallotId, MemberId, Tier, Words
from hub.log.fs import File, RealDisk
from hub.service import Newcomer, Service
from hub.stores import open_stores
from hub.web import create_app
from hub.web.access import Door

PIN, EASY, WRONG = "2580", "1234", "9999"


@dataclass(slots=True)
class Kiosk:
    """The kiosk, set to Spanish."""

    client: FlaskClient
    headers: dict[str, str]

    def call(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        return self.client.open(
            f"/api{path}", method=method, json=body, headers={**self.headers, "Accept-Language": "es", **headers}
        )

    def show(self, card: str, pin: str = "") -> str:
        """Show a card that opens. Returns the visit's secret."""
        visit: str = self.call("POST", "/visits", {"card": card, "pin": pin}).get_json()["visit"]
        return visit

    def vote(self, visit: str, choice: int = 1) -> TestResponse:
        return self.call("POST", "/votes", {"ballot": 1, "choice": [choice]}, **{"Trestle-Visit": visit})


@pytest.fixture
def kiosk(kitchen: Kitchen) -> Kiosk:
    client, headers = own_program(kitchen.app())
    return Kiosk(client, headers)


@pytest.fixture
def rosa(kitchen: Kitchen, kiosk: Kiosk) -> MemberId:
    """A member with a PIN, and a ballot that is open."""
    rosa, ali, mei = kitchen.opening_evening()
    for member in (rosa, ali, mei):
        kitchen.service.people.set_pin(member, PIN)
    kitchen.submit(ballots.OpenBallot(ballots.Method.YES_NO, Words({"es": "¿Una rampa?"})), rosa, Tier.PIN)
    return rosa


def refusal(answer: TestResponse, status: int = 422) -> str:
    """The sentence of a refusal: Spanish, and not the English of the code."""
    assert answer.status_code == status, answer.text
    said: dict[str, Any] = answer.get_json()["refusal"]
    assert said["message"] != said["source"]
    places = {name: "…" for _, name, _, _ in Formatter().parse(said["source"]) if name}
    assert said["message"].startswith(CATALOGUE.say("es", said["source"], **places).split("…")[0])
    return str(said["message"])


def test_a_wrong_pin_says_how_many_tries_are_left_then_how_long_to_wait(
    kitchen: Kitchen, kiosk: Kiosk, rosa: MemberId
) -> None:
    card = kitchen.cards[rosa]
    said = [refusal(kiosk.call("POST", "/visits", {"card": card, "pin": WRONG})) for _ in range(6)]
    assert "4" in said[0]
    assert "minutos" in said[4]
    assert "minutos" in said[5]
    assert "minutos" in refusal(kiosk.call("POST", "/visits", {"card": card, "pin": PIN}))
    kitchen.clock.forward(DAY)
    assert kiosk.show(card, PIN)


def test_an_unknown_card_says_what_to_do(kiosk: Kiosk, rosa: MemberId) -> None:
    assert "tarjeta" in refusal(kiosk.call("POST", "/visits", {"card": "ZZZZ-ZZZZ-ZZZZ"})).lower()


def test_an_easy_pin_is_refused(kitchen: Kitchen, kiosk: Kiosk) -> None:
    ana = kitchen.opening_evening()[0]
    visit = kiosk.show(kitchen.cards[ana])
    refusal(kiosk.call("POST", "/pin", {"pin": EASY}, **{"Trestle-Visit": visit}))
    assert not kitchen.service.people.has_pin(ana)


def test_a_second_vote_is_refused_and_the_first_counts(kitchen: Kitchen, kiosk: Kiosk, rosa: MemberId) -> None:
    visit = kiosk.show(kitchen.cards[rosa], PIN)
    assert kiosk.vote(visit, 1).status_code == 200
    refusal(kiosk.vote(visit, 2))
    kitchen.clock.forward(8 * DAY)
    kitchen.service.tick()
    assert kitchen.service.rules(lambda house: house.ballots.ballots[BallotId(1)].sums) == (1, 0, 0)


def test_a_closed_ballot_says_that_the_vote_was_not_cast(kitchen: Kitchen, kiosk: Kiosk, rosa: MemberId) -> None:
    kitchen.clock.forward(8 * DAY)
    late = kiosk.vote(kiosk.show(kitchen.cards[rosa], PIN))
    assert "no se" in refusal(late).lower()
    kitchen.service.tick()
    refusal(kiosk.vote(kiosk.show(kitchen.cards[rosa], PIN)))


@pytest.mark.parametrize("text", ["", "   \n ", "ä" * 10_000])
def test_a_text_that_is_empty_or_far_too_long_is_refused_and_kept_in_the_form(kitchen: Kitchen, text: str) -> None:
    before = kitchen.service.seal()
    status, page = phone(kitchen.app(), "es").send("/needs/ask", sort="food", soon="today", circle="2", text=text)
    assert status == 422
    assert 'role="alert"' in page
    assert text.strip() in page
    assert "Please" not in page
    assert kitchen.service.seal() == before


@pytest.mark.parametrize("name", ["🌻", "فاطمة الزهراء", "Ångström-O’Malley", "נועה", "ማሪያም"])
def test_any_name_comes_back_as_it_was_given(kitchen: Kitchen, kiosk: Kiosk, name: str) -> None:
    newcomer = {"name": name, "language": "es"}
    rosa = kitchen.opening_evening()[0]
    asked = {"command": "ask_to_join", "values": {"adult": True}, "newcomer": newcomer}
    person = MemberId(kiosk.call("POST", "/commands", asked, **{"Idempotency-Key": "join"}).get_json()["person"])
    card = kitchen.submit(membership.Vouch((person,)), rosa).cards[person]
    assert kiosk.call("POST", "/visits", {"card": card}).get_json()["name"] == name


def test_a_second_program_on_the_same_data_is_turned_away_and_the_first_goes_on(tmp_path: Path) -> None:
    data = str(tmp_path / "hub")
    run = [sys.executable, "-m", "hub"]
    subprocess.run([*run, "found", "--data", data, "--name", "Roble", "--language", "es"], check=True)
    serve = [*run, "serve", "--data", data, "--listen", "127.0.0.1", "--port", "0", "--json"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert json.loads(first.stdout.readline())["pid"] == first.pid
        second = subprocess.run(serve, capture_output=True, text=True, check=False, timeout=60)
        assert second.returncode == 1
        assert "already running" in second.stderr
        assert first.poll() is None
        first.send_signal(signal.SIGTERM)


# A full disk


class FullDisk(RealDisk):
    """The machine's disk, with no room left while `full`."""

    def __init__(self) -> None:
        self.full = False

    def open(self, path: Path, *, create: bool = False) -> File:
        return _Sheet(super().open(path, create=create), self)


class _Sheet:
    """A file on it: a write finds room for a few bytes at most."""

    def __init__(self, file: File, disk: FullDisk) -> None:
        self._file, self._disk = file, disk
        self.read, self.truncate, self.sync = file.read, file.truncate, file.sync
        self.forget_time, self.close = file.forget_time, file.close

    def write_at(self, offset: int, content: bytes) -> None:
        if self._disk.full:
            self._file.write_at(offset, content[:7])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._file.write_at(offset, content)


@dataclass(slots=True)
class Cramped:
    """A hub on a disk that fills up."""

    disk: FullDisk
    directory: Path
    service: Service

    def app(self) -> Any:
        return create_app(self.service, CATALOGUE, {"kiosk-token": Door.KIOSK}, os.urandom)


@pytest.fixture
def cramped(tmp_path: Path) -> Any:
    disk = FullDisk()
    service = Service(open_stores(tmp_path / "hub", seeded("cramped"), disk), Clock())
    service.submit(founding(service.hub, "Roble", "kitchen", "es", "EUR", "UTC", {}, ephemeral=False), key="found")
    yield Cramped(disk, tmp_path / "hub", service)
    service.close()


def test_on_a_full_disk_a_form_says_so_in_spanish_and_works_once_there_is_room(cramped: Cramped) -> None:
    visitor = phone(cramped.app(), "es")
    form = {"sort": "food", "soon": "today", "circle": "2", "text": "Arroz para cuatro", "key": "one form"}
    before = cramped.service.seal()
    cramped.disk.full = True
    status, page = visitor.send("/needs/ask", **form)
    assert status == 507
    assert CATALOGUE.say("es", "That was not recorded") in page
    assert "disco" in page
    assert "Arroz" not in visitor.get("/needs")
    assert visitor.get("/rules")
    cramped.disk.full = False
    assert visitor.send("/needs/ask", **form)[0] == 200
    assert visitor.get("/needs").count("Arroz") == 1
    assert cramped.service.seal()[0] == before[0] + 1
    assert all(found.sound for _, found in cramped.service.verify())


def test_on_a_full_disk_nobody_joins_halfway_and_nothing_stops(cramped: Cramped) -> None:
    cramped.disk.full = True
    visitor = phone(cramped.app(), "es")
    joining = {"name": "Zacarías", "contact": "", "adult": "yes"}
    status, page = visitor.send("/join", **joining)
    assert status == 507
    assert "disco" in page
    assert isinstance(cramped.service.tick(), list)
    cramped.disk.full = False
    assert "Zacarías".encode() not in b"".join(
        each.read_bytes() for each in cramped.directory.rglob("*") if each.is_file()
    )
    assert visitor.send("/join", **joining)[0] == 200


def test_on_a_full_disk_a_vote_is_either_in_or_not_and_never_twice(cramped: Cramped) -> None:
    hub = cramped.service
    people = [hub.submit(membership.AskToJoin(True), newcomer=Newcomer(name, "es")).person for name in "ABC"]
    members = tuple(MemberId(person) for person in people if person)
    cards = hub.submit(membership.OpenEvening(members)).cards
    hub.people.set_pin(members[0], PIN)
    client, headers = own_program(cramped.app())
    kiosk = Kiosk(client, headers)
    visit = kiosk.show(cards[members[0]], PIN)
    question = {"command": "open_ballot", "values": {"method": "yes_no", "text": {"es": "¿Rampa?"}}}
    opened = kiosk.call("POST", "/commands", question, **{"Trestle-Visit": visit, "Idempotency-Key": "open"})
    assert opened.status_code == 200
    cramped.disk.full = True
    answer = kiosk.vote(visit)
    assert answer.status_code in (503, 507)
    assert "fault" in answer.get_json()
    cramped.disk.full = False
    hub.close()
    cramped.service = Service(open_stores(cramped.directory, seeded("again"), cramped.disk), Clock())
    client, headers = own_program(cramped.app())
    kiosk = Kiosk(client, headers)
    visit = kiosk.show(cards[members[0]], PIN)
    answers = [kiosk.vote(visit).status_code for _ in range(2)]
    assert answers in ([200, 422], [422, 422])
    assert cramped.service.turnout(BallotId(1)) == 0
