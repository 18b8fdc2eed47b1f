"""A small participatory budget of our own, voted through the real hub, which is killed on the way."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hub import pabulib
from hub.commands.replay import run

VOTES = ["A", "B", "A,B", "A,C", "", "B,C", "A", "C", "A,B,C", "B", "A", "A,C"]
REAL = Path(__file__).parents[3] / "shared" / "data" / "ballots"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twelve voters, three projects; the counts are counted here, by another hand than the hub's."""
    counts = {name: sum(name in vote.split(",") for vote in VOTES) for name in "ABC"}
    lines = ["META", "key;value", "description;Three wishes", "vote_type;approval", "PROJECTS"]
    lines += ["project_id;cost;votes;name", *(f"{name};1000;{counts[name]};Wish {name}" for name in "ABC")]
    lines += ["VOTES", "voter_id;age;vote", *(f"{place};30;{vote}" for place, vote in enumerate(VOTES))]
    path = tmp_path / "wishes.pb"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_budget_votes_through_the_real_api(file: Path, tmp_path: Path) -> None:
    found = run(pabulib.read(file), tmp_path / "hub", 0, random.Random(1))
    assert found["counts"] == [7, 5, 5]
    assert found["counts_equal"]
    assert found["verified"]
    assert found["lost"] == 0
    assert found["struck"] == found["voters"] == 12


def test_killed_at_random_it_goes_on_and_counts_the_same(file: Path, tmp_path: Path) -> None:
    found = run(pabulib.read(file), tmp_path / "hub", 4, random.Random(7))
    assert found["starts"] == 5
    assert found["starts_while_voting"] in range(1, 5)
    assert found["counts"] == [7, 5, 5]
    assert found["verified"]
    assert found["lost"] == 0
    assert found["struck"] == 12


def test_a_replay_that_was_killed_itself_goes_on_where_it_was(file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hub", "replay", str(file), "--data", str(tmp_path / "kept"), "--json"]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    journal = tmp_path / "kept" / "hub" / "journal" / "00000001.jsonl"
    deadline = time.monotonic() + 30
    while not (journal.exists() and journal.read_bytes().count(b"\n") > 30) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    found = json.loads(done.stdout)
    assert found["counts"] == [7, 5, 5]
    assert found["verified"]


def test_a_file_that_is_no_budget_is_refused_plainly(tmp_path: Path) -> None:
    path = tmp_path / "noise.pb"
    path.write_text("hello", encoding="utf-8")
    command = [sys.executable, "-m", "hub", "replay", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "section META" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("name", ["pb-warszawa-2018-niskie-okecie.pb", "pb-warszawa-2019-sadul.pb"])
@pytest.mark.parametrize("kills", [0, 20])
def test_a_real_budget_counts_as_the_city_counted(name: str, kills: int, tmp_path: Path) -> None:
    if not (REAL / name).exists():
        pytest.skip(f"{name} is not beside this checkout")
    found = run(pabulib.read(REAL / name), tmp_path / "hub", kills, random.Random(1))
    assert found["counts_equal"]
    assert found["verified"]
    assert found["lost"] == 0
    assert found["struck"] == found["voters"]
