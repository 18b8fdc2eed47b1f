"""The stores of one hub: opened in order by one writer, found again, and refused where they could not be kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from kitchen import Clock, seeded

from hub.log.chain import Record
from hub.log.faults import KeysDamaged, KeysMissing, Occupied
from hub.log.keys import FILE as KEYS
from hub.log.lock import unfit
from hub.people import PeopleDamaged
from hub.stores import Stores, Unfit, check_place, founded, no_such_hub, open_stores

LINE = Record("line.written", b"{}", None)
MEMORY = Path("/dev/shm")
"""Gone at power-off, on most machines."""


def opened(place: Path, seed: str = "dice") -> Stores:
    return open_stores(place / "hub", seeded(seed))


def test_a_hub_begins_with_a_key_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    first = opened(tmp_path)
    hub = first.keys.hub
    first.close()
    again = opened(tmp_path, "other dice")
    assert again.keys.hub == hub
    again.close()
    elsewhere = opened(tmp_path / "elsewhere", "other dice")
    assert elsewhere.keys.hub != hub
    elsewhere.close()


def test_lines_and_names_are_there_after_a_restart(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.journal.append([LINE], Clock()())
    ana = first.people.welcome("Ana", "es")
    first.close()
    again = opened(tmp_path)
    assert again.journal.length == 1
    assert again.people.name(ana) == "Ana"
    again.close()


def test_only_its_owner_may_look_inside(tmp_path: Path) -> None:
    stores = opened(tmp_path)
    assert stores.directory.stat().st_mode & 0o077 == 0
    assert stores.boxes.is_dir()
    stores.close()


def test_a_hub_is_founded_by_its_first_line_not_by_its_key(tmp_path: Path) -> None:
    place = tmp_path / "hub"
    assert not founded(place)
    stores = opened(tmp_path)
    (place / "journal" / "00000001.jsonl").touch()
    assert not founded(place)
    stores.journal.append([LINE], Clock()())
    stores.close()
    assert founded(place)


# One writer


def test_a_second_writer_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = opened(tmp_path)
    with pytest.raises(Occupied):
        opened(tmp_path)
    first.close()
    opened(tmp_path).close()


# Damage


def written(place: Path) -> Path:
    """A hub in which something was written, closed."""
    stores = opened(place)
    stores.journal.append([LINE], Clock()())
    stores.people.welcome("Ana", "es")
    stores.close()
    return place / "hub"


def test_a_hub_that_lost_its_key_gets_no_new_one(tmp_path: Path) -> None:
    hub = written(tmp_path)
    (hub / KEYS).unlink()
    with pytest.raises(KeysMissing):
        opened(tmp_path)
    assert not (hub / KEYS).exists()


def test_damaged_keys_and_persons_are_refused_and_kept_and_the_lock_is_let_go(tmp_path: Path) -> None:
    hub = written(tmp_path)
    for name, fault in (("people.json", PeopleDamaged), (KEYS, KeysDamaged)):
        whole = (hub / name).read_bytes()
        (hub / name).write_bytes(whole[:-3])
        with pytest.raises(fault):
            opened(tmp_path)
        assert (hub / name).read_bytes() == whole[:-3]
        (hub / name).write_bytes(whole)
    opened(tmp_path).close()


# The place


@pytest.mark.skipif(unfit(MEMORY) != "tmpfs", reason="this machine keeps /dev/shm on a disk")
def test_a_place_that_forgets_is_for_a_practice_hub_only() -> None:
    with pytest.raises(Unfit, match="on a tmpfs file system, which does not keep what it is told to keep"):
        check_place(MEMORY / "no-hub-here", ephemeral=False)
    check_place(MEMORY / "no-hub-here", ephemeral=True)
    assert not (MEMORY / "no-hub-here").exists()


def test_where_there_is_no_hub_the_answer_says_how_to_found_one(tmp_path: Path) -> None:
    assert str(no_such_hub(tmp_path)) == f"There is no hub in {tmp_path}. Found one with: trestle found"
