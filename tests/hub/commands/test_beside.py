"""Commands beside a hub that is running and being written: each sees one whole moment of it."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from kitchen import Kitchen
from served import COMMAND, Served, run, serving, trestle

from hub.client import Refused, fresh_key
from hub.commands.copying import copy
from hub.domain import archive, membership, needs
from hub.domain.base import Circle, MemberId, Position, Words
from hub.entry import read_batch
from hub.log.street import BATCH_LINES


@pytest.fixture
def served(kitchen: Kitchen) -> Iterator[Served]:
    """A founded hub that is running."""
    kitchen.service.close()
    with serving(kitchen.directory) as hub:
        yield hub


def test_beside_a_running_hub_a_second_one_is_turned_away_and_reading_goes_on(served: Served) -> None:
    data = str(served.data)
    done = trestle("serve", "--data", data, "--port", "0", status=1)
    assert done.stderr.startswith("trestle: ")
    assert json.loads(trestle("verify", "--data", data, "--json").stdout)["sound"]
    assert trestle("status", "--data", data).stdout.startswith("hub")
    with urllib.request.urlopen(served.address + "/healthz", timeout=5) as answer:
        assert answer.read() == b"ok\n"


def test_a_copy_is_gone_after_reading_and_one_left_behind_goes_within_the_hour(served: Served) -> None:
    left, fresh = served.data / ".reading-left", served.data / ".reading-fresh"
    for place in (left, fresh):
        place.mkdir()
        (place / "people.json").write_text("names", encoding="utf-8")
    os.utime(left, (0, 0))
    trestle("status", "--data", str(served.data))
    assert [place.name for place in served.data.glob(".reading-*")] == [fresh.name]


def test_the_kiosks_client_speaks_to_a_running_hub(served: Served) -> None:
    client = served.client(language="es")
    words = Words({"es": "Arroz"})
    command = needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, words, Circle.ROOM)
    key = fresh_key()
    assert client.submit(command, key=key) == client.submit(command, key=key)
    assert client.read("needs")[0]["text"] == {"es": "Arroz"}
    with pytest.raises(Refused, match="tarjeta"):
        client.submit(needs.MarkNeedMet(needs.NeedId(1)), key=fresh_key())
    assert client.status()["damage"] is None
    assert client.document("needs")["text"]
    assert client.follow(0)[0]["kind"] == "hub.founded"
    client.close()


@dataclass
class Talk:
    """People who ask for things, one after the other, until it is over; Rosa takes some of it back."""

    hub: Served
    over: threading.Event = field(default_factory=threading.Event)
    taken_back: list[str] = field(default_factory=list)
    """Words whose taking back was answered."""

    def ask(self) -> int:
        """Anybody asks, for all the neighbourhood to hear. Returns how often."""
        client, asked = self.hub.client(), 0
        while not self.over.wait(0.005):
            client.submit(_need(f"bread number {asked}"), key=fresh_key())
            asked += 1
        return asked

    def ask_and_take_back(self, card: str) -> int:
        """Rosa takes back every fifth thing she asks for. Returns how often she asks."""
        client, asked = self.hub.client(), 0
        visit = client.show_card(card).visit
        while not self.over.wait(0.005):
            word = f"xylophone{asked}x"
            asked += 1
            place = client.submit(_need(word), key=fresh_key(), visit=visit).position
            if asked % 5 == 0:
                client.submit(archive.Redact(Position(place)), key=fresh_key(), visit=visit)
                self.taken_back.append(word)
        return asked

    def hand_over(self) -> int:
        """The radio asks for what it does not have yet. Returns how many batches there are."""
        client, held = self.hub.client("mesh"), 0
        while not self.over.wait(0.05):
            held += len(client.batches(held))
        return held


def _need(text: str) -> needs.ReportNeed:
    return needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": text}), Circle.FEDERATION)


def _card(hub: Served) -> str:
    """Three people join together; the card of the first."""
    client = hub.client()
    joining = [{"name": name, "language": "en"} for name in ("Rosa", "Ali", "Mei")]
    ask = membership.AskToJoin(adult=True)
    people = [client.submit(ask, key=fresh_key(), newcomer=newcomer).person for newcomer in joining]
    opening = membership.OpenEvening(tuple(MemberId(person) for person in people if person))
    cards = client.submit(opening, key=fresh_key()).cards
    return cards[str(people[0])]


def _heads(batch: bytes) -> list[str]:
    return [each.hash for each in read_batch(batch)[1]]


def test_beside_a_hub_that_writes_all_the_time_everything_read_is_sound(served: Served, tmp_path: Path) -> None:
    data, out, talk, card = str(served.data), tmp_path / "out", Talk(served), _card(served)
    with ThreadPoolExecutor() as people:
        talking = [people.submit(talk.ask), people.submit(talk.ask_and_take_back, card), people.submit(talk.hand_over)]
        try:
            for turn in range(5):
                gone = list(talk.taken_back)
                assert json.loads(trestle("verify", "--data", data, "--json").stdout)["sound"]
                assert json.loads(trestle("status", "--data", data, "--json").stdout)["damage"] == ""
                trestle("export", "--data", data, str(out / str(turn)))
                written = b"".join(path.read_bytes() for path in (out / str(turn)).rglob("*") if path.is_file())
                assert not [word for word in gone if word.encode() in written]
                findings = json.loads(run("doctor", "--data", data, "--json").stdout)
                assert all(each["well"] for each in findings if each["what"] in ("log", "journal", "street"))
        finally:
            talk.over.set()
        assert all(each.result() > 5 for each in talking)
    assert talk.taken_back
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hub", "out"]
    handed_over = [_heads(batch) for batch in served.client("mesh").batches(0)]
    for turn in range(5):
        exported = sorted((out / str(turn) / "street").iterdir())
        assert [_heads(path.read_bytes().strip()) for path in exported] == handed_over[: len(exported)]


@pytest.mark.parametrize("meanwhile", ["take back", "ask"])
def test_an_export_holds_one_moment_whatever_happens_while_it_copies(
    served: Served, tmp_path: Path, meanwhile: str
) -> None:
    kiosk, radio, out = served.client(), served.client("mesh"), tmp_path / "out"
    visit = kiosk.show_card(_card(served)).visit
    place = kiosk.submit(_need("xylophone"), key=fresh_key(), visit=visit).position
    radio.batches(0)
    with waiting_to_copy(served.data / "neighbours", ["export", "--data", str(served.data), str(out)]):
        if meanwhile == "take back":
            kiosk.submit(archive.Redact(Position(place)), key=fresh_key(), visit=visit)
        else:
            for number in range(BATCH_LINES):
                kiosk.submit(_need(f"bread number {number}"), key=fresh_key())
    written = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert b"bread" in b"".join(written.values()) or meanwhile == "take back"
    assert (meanwhile == "ask") == any(b"xylophone" in content for content in written.values())
    exported = [content.strip() for name, content in sorted(written.items()) if name.startswith("street")]
    assert exported == radio.batches(0)[: len(exported)]


@contextmanager
def waiting_to_copy(directory: Path, command: list[str]) -> Iterator[None]:
    """A command that copies a hub, and waits at this directory for the length of the block; then it ends well.

    A pipe stands among the files: whoever opens it to read waits for somebody who writes, and closes it.
    """
    pipe = directory / "1.jsonl"
    os.mkfifo(pipe)
    with subprocess.Popen([*COMMAND, *command], stderr=subprocess.PIPE, text=True) as process:
        try:
            writer = _opened_by_reader(pipe, process)
            pipe.unlink()
            yield
            os.close(writer)
            _, troubles = process.communicate(timeout=60)
            assert (process.returncode, troubles) == (0, "")
        finally:
            process.kill()


def _opened_by_reader(pipe: Path, process: subprocess.Popen[str]) -> int:
    """Open a pipe to write, as soon as the process has opened it to read."""
    while process.poll() is None:
        with suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.02)
    raise AssertionError("it ended without looking there")


def test_a_copy_holds_what_is_read_and_nothing_half_written_or_secret(served: Served, tmp_path: Path) -> None:
    _card(served)
    (served.data / "street" / "00000001.jsonl.new").write_bytes(b"half")
    (served.data / "boxes" / "1").write_bytes(b"sealed")
    (tmp_path / "copy").mkdir()
    copy(served.data, tmp_path / "copy")
    found = sorted(str(path.relative_to(tmp_path / "copy")) for path in (tmp_path / "copy").rglob("*"))
    assert found == [
        "journal",
        "journal/00000001.jsonl",
        "keys.json",
        "neighbours",
        "people.json",
        "street",
        "street/00000001.jsonl",
        "street/batches.jsonl",
    ]


def test_an_export_beside_a_hub_closes_no_batch_and_tells_what_the_radio_told(served: Served, tmp_path: Path) -> None:
    kiosk, radio = served.client(), served.client("mesh")
    kiosk.submit(_need("bread"), key=fresh_key())
    closed = radio.batches(0)
    kiosk.submit(_need("soup"), key=fresh_key())
    trestle("export", "--data", str(served.data), str(tmp_path / "out"))
    assert [path.read_bytes().strip() for path in (tmp_path / "out" / "street").iterdir()] == closed
    kiosk.submit(_need("beans"), key=fresh_key())
    assert len(radio.batches(0)) == len(closed) + 1
