"""The command line, as the person who looks after the hub uses it."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from kitchen import NOON, Kitchen
from served import run, trestle

from hub.commands.export import write
from hub.domain import archive, assemblies, ballots, ledger, needs
from hub.domain.base import HOUR, AssemblyId, Circle, Millis, Tier, Words
from hub.domain.house import Person

COMMANDS = ("doctor", "export", "found", "replay", "serve", "status", "verify")


@pytest.fixture
def founded(tmp_path: Path) -> str:
    """The data directory of a founded hub."""
    data = str(tmp_path / "hub")
    trestle("found", "--data", data, "--name", "Oak Street", "--text", "tenants", "--language", "es")
    return data


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
        (("--set", "nonsense=1"), "There is no article"),
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
    findings = json.loads(run("doctor", "--data", founded, "--json").stdout)
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


def test_a_founding_or_an_export_that_is_refused_leaves_nothing_behind(founded: str, tmp_path: Path) -> None:
    for option in (("--language", "xx"), ("--zone", "Mars/Base"), ("--currency", "XXY")):
        trestle("found", "--data", str(tmp_path / "new"), "--name", "Oak", *option, status=1)
        assert not (tmp_path / "new").exists()
    out = tmp_path / "out"
    for data, *language in ((founded, "--language", "xx"), (str(tmp_path / "none"),)):
        trestle("export", "--data", data, str(out), *language, status=1)
        assert not out.exists()


def test_a_founded_hub_is_open_to_its_owner_alone(founded: str) -> None:
    assert Path(founded).stat().st_mode & 0o077 == 0
    findings = json.loads(run("doctor", "--data", founded, "--json").stdout)
    assert [each["seen"] for each in findings if each["what"] == "access"] == ["owner only"]


@pytest.mark.parametrize("address", ["999.1.1.1", "203.0.113.7"])
def test_an_address_that_is_not_this_machine_s_is_named(founded: str, address: str) -> None:
    assert address in trestle("serve", "--data", founded, "--listen", address, "--port", "0", status=1).stderr


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


def test_an_export_holds_all_minutes_budgets_notices_and_results_there_ever_were(
    kitchen: Kitchen, tmp_path: Path
) -> None:
    rosa, ali, mei = kitchen.opening_evening("Rosamunde", "Ali", "Mei")
    for number in (1, 2):
        hall = assemblies.ConvokeAssembly(Millis(kitchen.clock.now + HOUR), Words({"en": "Hall"}))
        kitchen.submit(hall, rosa, second=ali)
        kitchen.submit(assemblies.OpenMeeting(AssemblyId(number), (rosa, mei)[number - 1], 3), rosa)
        kitchen.submit(assemblies.CloseMeeting(AssemblyId(number)), rosa, second=ali)
        kitchen.submit(came_in(number * 100), rosa, second=ali)
        kitchen.submit(ledger.PostBudget(), rosa, second=ali)
    kitchen.submit(ballots.OpenBallot(ballots.Method.YES_NO, Words({"en": "A ramp?"})), rosa, Tier.PIN)
    wanted = {"minutes-1", "minutes-2", "budget", "budget-1", "budget-2", "ballot_notice-1", "ballot_result-1"}
    for people in (False, True):
        files = list(write(kitchen.service, tmp_path / str(people), "en", people=people))
        assert wanted <= {path.stem for path in files if path.suffix == ".txt"}
        minutes = next(path for path in files if path.name == "minutes-1.txt").read_text(encoding="utf-8")
        assert ("Rosamunde" in minutes) is people
    lines = [json.loads(line) for line in (tmp_path / "True" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    sheet = (tmp_path / "True" / "sheets" / "budget-2.txt").read_text(encoding="utf-8")
    assert f"{lines[-1]['place']} · {lines[-1]['seal']}" in sheet


def came_in(minor: int) -> ledger.RecordMoney:
    """Money came into the tin."""
    return ledger.RecordMoney(NOON, ledger.came_in(ledger.Account("dues"), ledger.TIN, minor), Words({"en": "Dues"}))


def test_an_export_with_people_holds_names_and_is_not_written_over_anything(kitchen: Kitchen, tmp_path: Path) -> None:
    kitchen.opening_evening("Rosamunde", '=1+2 "Ali"', "Mei")
    files = list(write(kitchen.service, tmp_path / "out", "en", people=True))
    listed = next(path for path in files if path.name == "people.csv").read_text(encoding="utf-8")
    names = {row["name"] for row in csv.DictReader(io.StringIO(listed))}
    assert names == {"Rosamunde", '\'=1+2 "Ali"', "Mei"}  # no spreadsheet takes a name for a formula
    assert os.listdir(tmp_path / "out")
    kitchen.service.close()
    done = trestle("export", "--data", str(kitchen.directory), str(tmp_path / "out"), status=1)
    assert "not empty" in done.stderr
