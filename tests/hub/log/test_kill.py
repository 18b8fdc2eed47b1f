"""A real process on a real disk, killed at any moment: nothing that it acknowledged is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.log.chain import Limits
from hub.log.fs import RealDisk
from hub.log.journal import Journal
from hub.log.keys import Keys

ROOT = Path(__file__).parents[3]
KEYS = Keys(bytes(32))
LIMITS = Limits(lines=40, size=1 << 20)

WRITER = """
import os, random, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from hub.log.chain import Limits, Record, Stamp
from hub.log.fs import RealDisk
from hub.log.journal import Journal
from hub.log.keys import Keys

data, rng = Path(sys.argv[2]), random.Random(int(sys.argv[3]))
limits = Limits(lines=40, size=1 << 20)
journal = Journal.open(RealDisk(), data / "journal", Keys(bytes(32)), data / "quarantine", os.urandom, limits)
while True:
    words = {"t": {"en": "words " * rng.randrange(60)}}
    records = [Record("k", b"{}", words)] * rng.choice((1, 1, 3))
    for entry in journal.append(records, Stamp(rng.randrange(10**12), False)):
        os.write(1, f"{entry.seq} {entry.hash}\\n".encode())
    if rng.random() < 0.1:
        journal.blank([rng.randrange(journal.length) + 1])
"""


def opened(data: Path) -> Journal:
    return Journal.open(RealDisk(), data / "journal", KEYS, data / "quarantine", os.urandom, LIMITS)


def run_and_kill(data: Path, seed: int) -> dict[int, str]:
    """What the writer acknowledged before it was killed."""
    command = [sys.executable, "-c", WRITER, str(ROOT), str(data), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        first = writer.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.15))
        writer.kill()
        said = (first + writer.stdout.read()).decode().splitlines()
    return {int(seq): found for seq, found in (line.split() for line in said)}


def count_lost(data: Path, kills: int) -> int:
    acknowledged: dict[int, str] = {}
    for seed in range(kills):
        acknowledged |= run_and_kill(data, seed)
        journal = opened(data)
        assert journal.damage is None
        assert len(list(journal.read())) == journal.length
        journal.close()
    journal = opened(data)
    assert journal.verify().sound
    there = {each.head.seq: each.hash for each in journal.read()}
    return sum(there.get(seq) != found for seq, found in acknowledged.items())


def test_eight_kills_lose_nothing(tmp_path: Path) -> None:
    assert count_lost(tmp_path, 8) == 0


@pytest.mark.long
@pytest.mark.skipif("TRESTLE_LONG" not in os.environ, reason="minutes; set TRESTLE_LONG=1")
def test_two_hundred_kills_lose_nothing(tmp_path: Path, note: Callable[..., None]) -> None:
    lost = count_lost(tmp_path, 200)
    note("SIGKILL of a process that writes the log", kills=200, acknowledged_lines_lost=lost)
    assert lost == 0
