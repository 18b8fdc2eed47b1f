"""The street: derived, and yet the same for ever once a batch is closed."""

from __future__ import annotations

import errno
import random
from pathlib import Path

import pytest
from simulated_disk import SimulatedDisk

from hub import entry
from hub.domain.base import Millis, Words
from hub.log.chain import Record, Stamp
from hub.log.faults import DiskFull, Stopped
from hub.log.keys import Keys
from hub.log.street import Street

DATA = Path("/data")
KEYS = Keys(bytes(32))
NOON = Stamp(Millis(43_200_000), True)
BATCHES = DATA / "street" / "batches.jsonl"
LINES = DATA / "street" / "00000001.jsonl"


def opened(disk: SimulatedDisk, keys: Keys = KEYS) -> Street:
    return Street.open(disk, DATA / "street", keys, DATA / "quarantine", random.Random(1).randbytes)


def told(cause: int, text: str = "") -> Record:
    return Record("need.voiced", b"{}", {"text": Words({"en": text or f"line {cause}"})}, cause=cause)


def filled(disk: SimulatedDisk, count: int) -> Street:
    """A line for every second position of the journal."""
    street = opened(disk)
    street.append([told(2 * n) for n in range(1, count + 1)], NOON)
    return street


def test_a_batch_closes_by_itself_at_64_lines() -> None:
    street = filled(SimulatedDisk(), 130)
    assert (street.batch_count, street.pending, street.length) == (2, 2, 130)
    assert [len(entry.read_batch(each)[1]) for each in street.batches()] == [64, 64]


def test_a_batch_closes_when_asked_and_never_empty() -> None:
    street = filled(SimulatedDisk(), 3)
    assert [street.close_batch(), street.close_batch()] == [1, None]
    assert street.batches(after=1) == []
    with pytest.raises(IndexError):
        street.batch(2)


def test_appending_does_not_wait_for_the_disk_and_closing_does() -> None:
    disk = SimulatedDisk()
    street = filled(disk, 1)
    disk.acts.clear()
    street.append([told(10)], NOON)
    assert [act[0] for act in disk.acts] == ["write"]
    street.close_batch()
    assert [act[0] for act in disk.acts] == ["write", "sync", "write", "sync"]


def test_a_line_is_found_by_the_journal_line_it_stems_from() -> None:
    disk = SimulatedDisk()
    filled(disk, 70)
    street = opened(disk)
    assert [street.find(cause) for cause in (1, 2, 3, 140, 141)] == [None, 1, None, 70, None]
    assert street.last_cause == 140


def test_a_journal_line_comes_to_the_street_once() -> None:
    street = filled(SimulatedDisk(), 2)
    for cause in (4, 3, 0):
        with pytest.raises(ValueError, match="comes after 4"):
            street.append([told(cause)], NOON)
    assert street.length == 2


def test_batches_are_the_same_after_a_restart() -> None:
    disk = SimulatedDisk()
    street = filled(disk, 130)
    again = opened(disk)
    assert again.batches() == street.batches()
    assert (again.pending, again.verify().sound) == (2, True)


def test_lines_that_were_lost_may_come_out_different_but_no_batch_changes() -> None:
    disk = SimulatedDisk()
    before = filled(disk, 66).batches()
    content = disk.snapshot()[LINES]
    cut = b"".join(content.splitlines(keepends=True)[:65])[:-20]
    disk = SimulatedDisk({**disk.snapshot(), LINES: cut})
    street = opened(disk)
    assert (street.damage, street.length, street.last_cause) == (None, 64, 128)
    assert not disk.names(DATA / "quarantine")
    street.append([told(130, "another account")], NOON)
    assert street.batches() == before
    assert opened(disk).verify().sound


def test_a_line_lost_from_a_closed_batch_is_damage() -> None:
    disk = SimulatedDisk()
    filled(disk, 64)
    content = disk.snapshot()[LINES]
    street = opened(SimulatedDisk({**disk.snapshot(), LINES: content[:-20]}))
    assert street.damage
    assert street.length == 63


def test_a_boundary_that_names_another_line_is_damage() -> None:
    disk = SimulatedDisk()
    filled(disk, 10).close_batch()
    boundary = disk.snapshot()[BATCHES].replace(b'"last":10', b'"last":9')
    assert opened(SimulatedDisk({**disk.snapshot(), BATCHES: boundary})).damage


@pytest.mark.parametrize("lost", [1, 30, 400])
def test_a_torn_boundary_was_never_promised(lost: int) -> None:
    disk = SimulatedDisk()
    filled(disk, 3).close_batch()
    street = opened(SimulatedDisk({**disk.snapshot(), BATCHES: disk.snapshot()[BATCHES][:-lost]}))
    assert (street.damage, street.batch_count, street.pending) == (None, 0, 3)
    assert street.close_batch() == 1


def test_a_bad_boundary_before_a_good_one_is_damage() -> None:
    disk = SimulatedDisk()
    filled(disk, 130)
    boundaries = disk.snapshot()[BATCHES].replace(b'"number":1', b'"number":7')
    assert opened(SimulatedDisk({**disk.snapshot(), BATCHES: boundaries})).damage


def test_a_redaction_gives_the_batch_every_holder_makes() -> None:
    disk = SimulatedDisk()
    street = filled(disk, 70)
    before = street.batch(1)
    street.blank([3, 66])
    street.close_batch()
    assert street.batch(1) == entry.reissue(before, [3])
    assert entry.read_batch(street.batch(2))[0].seed == ""
    assert opened(disk).batches() == street.batches()
    assert street.verify().sound


def test_salts_come_from_one_seed_that_no_other_hub_can_make() -> None:
    batches = []
    for keys in (KEYS, Keys(b"1" * 32)):
        street = opened(SimulatedDisk(), keys)
        street.append([told(1), told(2)], NOON)
        street.close_batch()
        batches.append(entry.read_batch(street.batch(1))[0])
    assert batches[0].seed != batches[1].seed
    assert not any(line.salt for batch in batches for line in batch.lines)


def test_a_torn_boundary_that_cannot_be_cut_is_said() -> None:
    disk = SimulatedDisk()
    filled(disk, 3).close_batch()
    disk = SimulatedDisk({**disk.snapshot(), BATCHES: disk.snapshot()[BATCHES][:-4]})
    disk.trip("truncate", errno.EIO)
    street = opened(disk)
    assert street.damage
    assert [each.seq for each in street.read()] == [1, 2, 3]


def test_a_street_that_is_closed_goes_on_when_opened_again() -> None:
    disk = SimulatedDisk()
    street = filled(disk, 3)
    street.sync()
    street.close()
    with pytest.raises(Stopped):
        street.close_batch()
    assert opened(disk).close_batch() == 1


def test_a_boundary_that_does_not_fit_may_be_tried_again() -> None:
    disk = SimulatedDisk()
    street = filled(disk, 2)
    disk.trip("write", errno.ENOSPC)
    with pytest.raises(DiskFull):
        street.close_batch()
    assert street.batch_count == 0
    assert street.close_batch() == 1
    assert opened(disk).batch_count == 1


def test_a_failed_sync_closes_no_batch() -> None:
    disk = SimulatedDisk()
    street = filled(disk, 2)
    disk.trip("sync", errno.EIO)
    for _ in range(2):
        with pytest.raises(Stopped):
            street.close_batch()
    assert street.batch_count == opened(disk).batch_count == 0
