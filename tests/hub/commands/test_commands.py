"""The command line, as the person who looks after the hub uses it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from kitchen import Kitchen

from hub.client import Client, Refused, fresh_key, read_token
from hub.commands.export import write
from hub.domain import archive, needs
from hub.domain.base import Circle, Tier, Words
from hub.domain.house import Person

COMMANDS = ("doctor", "export", "found", "replay", "serve", "status", "verify")


def trestle(*arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command as a person would, and look at how it ends."""
    done = subprocess.run(
        [sys.executable, "-m", "hub", *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == status, (arguments, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def founded(tmp_path: Path) -> str:
    """The data directory of a founded hub."""
    data = str(tmp_path / "hub")
    trestle("found", "--data", data, "--name", "Oak Street", "--text", "tenants", "--language", "es")
    return data


@pytest.fixture
def served(founded: str) -> Iterator[tuple[str, str]]:
    """A hub that is running: its data and its address."""
    command = [sys.executable, "-m", "hub", "serve", "--data", founded, "--listen", "127.0.0.1", "--port", "0"]
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield founded, json.loads(process.stdout.readline())["address"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_every_command_has_help() -> None:
    listed = trestle("--help").stdout
    for name in COMMANDS:
        assert name in listed
        assert "Usage: trestle " + name in trestle(name, "--help").stdout


def test_founding_twice_changes_nothing(founded: str) -> None:
    before = (Path(founded) / "journal" / "00000001.jsonl").read_bytes()
    done = trestle("found", "--data", founded, "--name", "Again", status=1)
    assert "There is a hub" in done.stderr
    assert (Path(founded) / "journal" / "00000001.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--currency", "XXQ"), "not a currency"),
        (("--zone", "Mars/North"), "not a time zone"),
        (("--language", "xx"), "no translation"),
        (("--set", "quorum=2/1"), "not a value"),
        (("--set", "forming_days=many"), "not a value"),
        (("--set", "nonsense=1"), "not a value"),
    ],
)
def test_a_founding_that_cannot_be_is_refused_and_leaves_no_hub(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    data = tmp_path / "hub"
    assert said in trestle("found", "--data", str(data), "--name", "Oak", *arguments, status=1).stderr
    trestle("found", "--data", str(data), "--name", "Oak")


def test_founding_takes_the_articles_it_is_given(tmp_path: Path) -> None:
    data = str(tmp_path / "hub")
    trestle("found", "--data", data, "--name", "Oak", "--set", "vouchers=3", "--set", "quorum=1/3")
    out = tmp_path / "out"
    trestle("export", "--data", data, str(out))
    assert "1/3" in (out / "sheets" / "constitution.txt").read_text(encoding="utf-8")


def test_where_there_is_no_hub_commands_say_how_to_found_one(tmp_path: Path) -> None:
    for name in ("serve", "verify", "status"):
        assert "trestle found" in trestle(name, "--data", str(tmp_path / "none"), status=1).stderr


def test_status_and_doctor_speak_json(founded: str) -> None:
    assert json.loads(trestle("status", "--data", founded, "--json").stdout)["hub"] == "Oak Street"
    findings = json.loads(
        subprocess.run(
            [sys.executable, "-m", "hub", "doctor", "--data", founded, "--json"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
    )
    assert {finding["what"] for finding in findings} >= {"clock", "file system", "free space", "log", "journal"}


def test_verify_tells_what_it_checked_and_finds_one_changed_byte(founded: str) -> None:
    assert json.loads(trestle("verify", "--data", founded, "--json").stdout)["sound"]
    journal = Path(founded) / "journal" / "00000001.jsonl"
    content = bytearray(journal.read_bytes())
    content[content.index(b"Oak")] = ord("A")
    journal.write_bytes(content)
    done = trestle("verify", "--data", founded, status=1)
    assert "line 1" in done.stdout
    assert "NOT" in done.stdout


def test_a_damaged_hub_is_read_and_not_written(founded: str) -> None:
    journal = Path(founded) / "journal" / "00000001.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:3], b"noise\n", *lines[4:]]))
    assert "damaged" in trestle("status", "--data", founded, status=1).stdout


def test_beside_a_running_hub_a_second_one_is_turned_away_and_reading_goes_on(served: tuple[str, str]) -> None:
    data, address = served
    done = trestle("serve", "--data", data, "--port", "0", status=1)
    assert done.stderr.startswith("trestle: ")
    assert json.loads(trestle("verify", "--data", data, "--json").stdout)["sound"]
    assert trestle("status", "--data", data).stdout.startswith("hub")
    with urllib.request.urlopen(address + "/healthz", timeout=5) as answer:
        assert answer.read() == b"ok\n"


def test_the_kiosks_client_speaks_to_a_running_hub(served: tuple[str, str]) -> None:
    data, address = served
    client = Client(address, read_token(Path(data), "kiosk"), language="es")
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


def test_settings_out_of_order_are_named(founded: str) -> None:
    path = Path(founded) / "trestle.toml"
    for text, said in (("port = ", "TOML"), ("colour = 1", "colour"), ("port = 'x'", "port"), ("port = 99999", "port")):
        path.write_text(text, encoding="utf-8")
        assert said in trestle("serve", "--data", founded, status=1).stderr


def test_an_export_holds_the_log_and_the_sheets_and_no_redacted_word(kitchen: Kitchen, tmp_path: Path) -> None:
    rosa = kitchen.opening_evening("Rosamunde", "Ali", "Mei")[0]
    for text in ("xylophone", "harmonica"):
        report = needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": text}), Circle.FEDERATION)
        position = kitchen.service.submit(report, Person(rosa, Tier.CARD)).position
    kitchen.submit(archive.Redact(position), rosa)
    files = list(write(kitchen.service, tmp_path / "out", "en", people=False))
    content = b"".join(path.read_bytes() for path in files)
    assert b"xylophone" in content
    assert b"harmonica" not in content
    assert b"Rosamunde" not in content
    assert {"README.txt", "log.jsonl", "constitution.txt", "needs.html"} <= {path.name for path in files}


def test_an_export_with_people_holds_names_and_is_not_written_over_anything(kitchen: Kitchen, tmp_path: Path) -> None:
    kitchen.opening_evening("Rosamunde", "Ali", "Mei")
    files = list(write(kitchen.service, tmp_path / "out", "en", people=True))
    assert "Rosamunde" in next(path for path in files if path.name == "people.csv").read_text(encoding="utf-8")
    assert os.listdir(tmp_path / "out")
    kitchen.service.close()
    done = trestle("export", "--data", str(kitchen.directory), str(tmp_path / "out"), status=1)
    assert "not empty" in done.stderr
