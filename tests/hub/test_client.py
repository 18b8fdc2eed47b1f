"""The client as the kiosk and the mesh use it, against a real server that is down, loses its answer, or says no."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from kitchen import Kitchen
from waitress.server import create_server

from hub.client import Client, Fault, HubDown, NotNext, Refused, Shown, VisitOver, fresh_key, read_token
from hub.domain.ballots import Method, OpenBallot
from hub.domain.base import DAY, Circle, ListId, MemberId, Millis, Tier, Words
from hub.domain.federation import AcceptNeighbour
from hub.domain.membership import AskToJoin
from hub.domain.needs import MakeOffer, ReportNeed, Soon, Sort
from hub.domain.signups import OpenSignup, SignUpGuest
from hub.domain.signups import Sort as Meal
from hub.entry import read_batch

PIN = "4711"
LADDER = MakeOffer(Sort.HOME, Words({"en": "A ladder"}))
RICE = ReportNeed(Sort.FOOD, Soon.TODAY, Words({"en": "Rice"}), Circle.FEDERATION)


class Door:
    """A hub's server on a port of its own. While `lost` is set it does what it is asked, and no answer comes."""

    def __init__(self, app: Any, port: int = 0) -> None:
        self._app = app
        self.lost, self._found = threading.Event(), threading.Event()
        self._server = create_server(self._answer, host="127.0.0.1", port=port, threads=2)
        self.port = int(self._server.effective_port)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._app(environ, start)
        if self.lost.is_set():
            self._found.wait()
        return answer

    def close(self) -> None:
        """Stop serving, with every connection cut."""
        self._found.set()
        with suppress(OSError):  # another pull of the trigger cut it already, between the asking and the pulling
            self._server.trigger.pull_trigger(self._cut)
        self._thread.join()
        self._server.task_dispatcher.shutdown()

    def _cut(self) -> None:
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.close()


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening()


@pytest.fixture
def door(kitchen: Kitchen, members: list[MemberId]) -> Iterator[Door]:
    served = Door(kitchen.app())
    yield served
    served.close()


@pytest.fixture
def kiosk(door: Door) -> Iterator[Client]:
    client = Client(door.address, "kiosk-token")
    yield client
    client.close()


def show(kiosk: Client, kitchen: Kitchen, member: MemberId, pin: str = "") -> Shown:
    return kiosk.show_card(kitchen.cards[member], pin)


def offers(kitchen: Kitchen) -> int:
    return kitchen.service.rules(lambda house: len(house.needs.offers))


def test_a_card_opens_a_visit_and_a_command_gives_a_receipt(
    kiosk: Client, kitchen: Kitchen, members: list[MemberId]
) -> None:
    shown = show(kiosk, kitchen, members[0])
    assert (shown.member, shown.name, shown.tier, shown.has_pin) == (members[0], "Rosa", 1, False)
    receipt = kiosk.submit(LADDER, key=fresh_key(), visit=shown.visit)
    assert receipt.facts == ((receipt.position, "offer.made"),)
    assert kiosk.follow(receipt.position - 1)[0]["kind"] == "offer.made"
    assert kiosk.status()["position"] == receipt.position
    asked = kiosk.submit(AskToJoin(adult=True), key=fresh_key(), newcomer={"name": "Noor", "language": "en"})
    assert kitchen.service.people.name(MemberId(str(asked.person))) == "Noor"


# Down


def test_where_nobody_listens_the_hub_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    client = Client(f"http://127.0.0.1:{port}", "kiosk-token")
    with pytest.raises(HubDown, match="does not answer"):
        client.status()
    client.close()


def test_a_hub_that_says_nothing_counts_as_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = Client(f"http://127.0.0.1:{silent.getsockname()[1]}", "kiosk-token", timeout=0.2)
        with pytest.raises(HubDown):
            client.status()
        client.close()


def test_after_a_lost_answer_the_same_key_gives_the_first_receipt_and_does_nothing_twice(
    door: Door, kiosk: Client, kitchen: Kitchen, members: list[MemberId]
) -> None:
    visit, key = show(kiosk, kitchen, members[0]).visit, fresh_key()
    hasty = Client(door.address, "kiosk-token", timeout=0.5)
    door.lost.set()
    with pytest.raises(HubDown):
        hasty.submit(LADDER, key=key, visit=visit)
    hasty.close()
    door.lost.clear()
    receipt = kiosk.submit(LADDER, key=key, visit=visit)
    assert receipt.facts == ((receipt.position, "offer.made"),)
    assert kiosk.submit(LADDER, key=key, visit=visit) == receipt
    assert offers(kitchen) == 1
    assert kiosk.submit(LADDER, key=fresh_key(), visit=visit).position == receipt.position + 1


def test_a_key_is_good_across_a_restart_of_the_hub(
    door: Door, kiosk: Client, kitchen: Kitchen, members: list[MemberId]
) -> None:
    key = fresh_key()
    receipt = kiosk.submit(LADDER, key=key, visit=show(kiosk, kitchen, members[0]).visit)
    kitchen.reopen()
    again = Door(kitchen.app())
    client = Client(again.address, "kiosk-token")
    assert client.submit(LADDER, key=key, visit=show(client, kitchen, members[0]).visit) == receipt
    assert offers(kitchen) == 1
    client.close()
    again.close()


def test_a_hub_that_is_back_at_its_address_answers_the_same_client(kitchen: Kitchen) -> None:
    first = Door(kitchen.app())
    client = Client(first.address, "kiosk-token")
    position = client.status()["position"]
    first.close()
    with pytest.raises(HubDown):
        client.status()
    back = Door(kitchen.app(), first.port)
    assert client.status()["position"] == position
    client.close()
    back.close()


# No


def test_a_refusal_names_its_article_and_speaks_the_persons_language(
    door: Door, kitchen: Kitchen, members: list[MemberId]
) -> None:
    said = []
    for language in ("en", "es"):
        client = Client(door.address, "kiosk-token", language)
        visit = show(client, kitchen, members[0]).visit
        with pytest.raises(Refused) as no:
            client.submit(OpenBallot(Method.YES_NO, Words({"en": "A ramp?"})), key=fresh_key(), visit=visit)
        assert no.value.source.startswith("This needs your PIN too.")
        assert str(no.value) == no.value.message
        said.append(no.value.message)
        client.close()
    assert said[0] != said[1]


def test_a_refusal_by_an_article_says_which(kiosk: Client, kitchen: Kitchen, members: list[MemberId]) -> None:
    starts = Millis(kitchen.clock.now + DAY)
    kitchen.submit(OpenSignup(Meal.MEAL, Words({"en": "Lentils"}), starts, 4, circle=Circle.MEMBERS), members[0])
    with pytest.raises(Refused, match="This list is for members") as no:
        kiosk.submit(SignUpGuest(ListId(1)), key=fresh_key(), newcomer={"name": "Gus", "language": "en"})
    assert no.value.article == "guests"


def test_a_visit_that_was_ended_is_over(kiosk: Client, kitchen: Kitchen, members: list[MemberId]) -> None:
    visit = show(kiosk, kitchen, members[0]).visit
    kiosk.leave(visit)
    kiosk.leave(visit)
    with pytest.raises(VisitOver, match="Show your card again"):
        kiosk.submit(LADDER, key=fresh_key(), visit=visit)
    with pytest.raises(VisitOver):
        kiosk.read("needs", visit)
    assert offers(kitchen) == 0


def test_a_secret_vote_that_counted_is_refused_when_it_is_asked_again(
    door: Door, kiosk: Client, kitchen: Kitchen, members: list[MemberId]
) -> None:
    kiosk.choose_pin(show(kiosk, kitchen, members[0]).visit, PIN)
    visit = show(kiosk, kitchen, members[0], PIN).visit
    kiosk.submit(OpenBallot(Method.YES_NO, Words({"en": "A ramp?"})), key=fresh_key(), visit=visit)
    kiosk.cast(visit, 1, [1])
    with pytest.raises(Refused, match="You have voted in this already"):
        kiosk.cast(visit, 1, [2])


# Faults


def test_a_wrong_token_and_a_door_that_is_not_ours_are_faults(door: Door) -> None:
    for token, said in (("nonsense", "with their token"), ("mesh-token", "does not open this door")):
        client = Client(door.address, token)
        with pytest.raises(Fault, match=said):
            client.read("needs")
        client.close()


def test_what_the_hub_does_not_know_is_a_fault(kiosk: Client) -> None:
    with pytest.raises(Fault, match="nothing called “moon”"):
        kiosk.read("moon")
    with pytest.raises(Fault, match="no sheet called “moon”"):
        kiosk.document("moon")


def test_a_hub_that_cannot_print_says_so_in_a_sentence(kiosk: Client) -> None:
    for ask in (kiosk.printer, lambda: kiosk.preview("needs"), lambda: kiosk.print_sheet("needs", fresh_key())):
        with pytest.raises(Fault, match="prints nothing just now"):
            ask()


def test_a_server_that_is_no_hub_is_a_fault() -> None:
    def page(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return [b"<h1>Hello</h1>"]

    other = Door(page)
    client = Client(other.address, "kiosk-token")
    with pytest.raises(Fault, match="answered 200 with something that is not JSON"):
        client.status()
    client.close()
    other.close()


# The mesh


def test_the_mesh_takes_out_what_is_for_the_street_and_hands_in_what_it_hears(door: Door) -> None:
    mesh = Client(door.address, "mesh-token")
    mesh.submit(RICE, key=fresh_key())
    batches = mesh.batches(0)
    assert read_batch(batches[-1])[1][-1].head.kind == "need.reported"
    with pytest.raises(Refused, match="not a neighbour"):
        mesh.take_in(batches[0])
    with pytest.raises(Fault):
        mesh.take_in(b"noise")
    mesh.close()


def test_a_batch_that_comes_too_soon_says_which_one_is_held(kitchen: Kitchen, door: Door, tmp_path: Path) -> None:
    mill = Kitchen(tmp_path / "mill")
    mill.found()
    first = mill.service.street(0)
    mill.submit(RICE)
    (second,) = mill.service.street(len(first))
    rosa, ali = list(kitchen.cards)[:2]
    kitchen.submit(AcceptNeighbour(mill.service.hub, Words({"en": "Mill"})), rosa, Tier.PIN, second=ali)
    mesh = Client(door.address, "mesh-token")
    with pytest.raises(NotNext) as early:
        mesh.take_in(second)
    assert early.value.held == 0
    for batch in (*first, second):
        mesh.take_in(batch)
    mesh.close()
    mill.service.close()


def test_a_program_finds_its_token_beside_the_data(tmp_path: Path) -> None:
    (tmp_path / "tokens.json").write_text(json.dumps({"kiosk": "abc"}), encoding="utf-8")
    assert read_token(tmp_path, "kiosk") == "abc"
    with pytest.raises(KeyError):
        read_token(tmp_path, "mesh")
    assert len({fresh_key() for _ in range(100)}) == 100
