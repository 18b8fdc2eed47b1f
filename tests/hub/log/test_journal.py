"""The journal: what it binds, what it gives back, how it takes words back."""

from __future__ import annotations

import errno
import random
from pathlib import Path

import pytest
from simulated_disk import SimulatedDisk

from hub import entry
from hub.domain.base import Millis, Words
from hub.log import fs
from hub.log.chain import Limits, Record, Stamp
from hub.log.faults import DiskFull, ReadOnly, Stopped
from hub.log.fs import RealDisk
from hub.log.journal import Journal
from hub.log.keys import Keys

DATA = Path("/data")
KEYS = Keys(bytes(32))
NOON = Stamp(Millis(43_200_000), True)
SMALL = Limits(lines=3, size=1 << 20)
FIRST = DATA / "journal" / "00000001.jsonl"


def opened(disk: fs.Disk, data: Path = DATA, limits: Limits = SMALL) -> Journal:
    return Journal.open(disk, data / "journal", KEYS, data / "quarantine", random.Random(1).randbytes, limits)


def said(text: str, key: str = "") -> Record:
    return Record("need.voiced", b'{"need":1,"circle":2}', {"text": Words({"en": text})}, "ada", key)


def texts(journal: Journal) -> list[str | None]:
    return [next(iter(journal.texts([each.seq])), None) for each in journal.read()]


def filled(disk: fs.Disk, count: int) -> Journal:
    journal = opened(disk)
    for n in range(1, count + 1):
        journal.append([said(f"line {n}")], NOON)
    return journal


def test_what_is_said_is_read_back_in_order() -> None:
    disk = SimulatedDisk()
    filled(disk, 5)
    again = opened(disk)
    assert texts(again) == [f"line {n}" for n in range(1, 6)]
    assert [each.seq for each in again.read(after=2, upto=4)] == [3, 4]
    assert list(again.read(after=5)) == list(again.read(after=99)) == []


def test_the_memory_disk_and_the_real_one_hold_the_same_bytes(tmp_path: Path) -> None:
    disk = SimulatedDisk()
    filled(disk, 5).blank([2])
    real = opened(RealDisk(), tmp_path)
    for n in range(1, 6):
        real.append([said(f"line {n}")], NOON)
    real.blank([2])
    for path, content in disk.snapshot().items():
        assert (tmp_path / path.relative_to(DATA)).read_bytes() == content


def test_an_entry_says_who_what_and_when() -> None:
    journal = opened(SimulatedDisk())
    [told] = journal.append([said("flour", "k1")], NOON)
    assert (told.head.kind, told.head.actor, told.head.key, told.head.boot) == ("need.voiced", "ada", "k1", 1)
    assert (told.head.time, told.head.tick, told.head.clock_ok) == (43_200_000, 0, True)
    assert bytes(told.head.data) == b'{"circle":2,"need":1}'
    assert [told] == list(journal.read())
    assert journal.head == told.hash


def test_a_line_without_words_has_no_body() -> None:
    journal = opened(SimulatedDisk())
    [told] = journal.append([Record("clock.set", b"{}")], NOON)
    assert told.body is None
    assert told.head.body == ""


def test_a_clock_that_runs_backwards_does_not_take_time_back() -> None:
    journal = opened(SimulatedDisk())
    times = [100, 50, 50, 101]
    told = [journal.append([said("x")], Stamp(Millis(time), time > 60))[0].head for time in times]
    assert [(head.time, head.tick) for head in told] == [(100, 0), (100, 1), (100, 2), (101, 0)]
    assert [head.clock_ok for head in told] == [True, False, False, True]


def test_time_goes_on_after_a_restart_into_the_past() -> None:
    disk = SimulatedDisk()
    filled(disk, 1)
    [told] = opened(disk).append([said("later")], Stamp(Millis(0), False))
    assert (told.head.boot, told.head.time, told.head.tick) == (2, 43_200_000, 1)


def test_an_opening_that_writes_nothing_has_no_number() -> None:
    disk = SimulatedDisk()
    filled(disk, 1)
    assert [opened(disk).boot for _ in range(3)] == [2, 2, 2]


def test_the_lines_of_one_act_say_so_and_stay_in_one_segment() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 2)
    told = journal.append([said(f"part {n}") for n in range(5)], NOON)
    assert [each.head.part for each in told] == [(n, 5) for n in range(1, 6)]
    assert disk.names(DATA / "journal") == ["00000001.jsonl", "00000003.jsonl"]
    assert journal.append([], NOON) == []


def test_an_act_is_one_write_and_one_sync() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 1)
    disk.acts.clear()
    journal.append([said("a"), said("b")], NOON)
    assert [act[0] for act in disk.acts] == ["write", "sync"]


def test_the_name_of_a_new_segment_is_durable_before_its_first_line() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 3)
    disk.acts.clear()
    journal.append([said("next")], NOON)
    assert [act[0] for act in disk.acts] == ["create", "sync directory", "write", "sync"]


def test_words_are_taken_back_and_the_chain_still_verifies() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 7)
    before = [(each.hash, journal.line(each.seq).sig) for each in journal.read()]
    assert journal.texts([2, 7]) == ["line 2", "line 7"]
    assert journal.blank([2, 7]) == 2
    assert texts(journal)[1] is texts(journal)[6] is None
    assert [(each.hash, journal.line(each.seq).sig) for each in journal.read()] == before
    journal.append([said("after")], NOON)
    for found in (journal.verify(), opened(disk).verify()):
        assert (found.lines, found.signatures, found.bodies, found.blanked, found.segments) == (8, 8, 6, 2, 3)
        assert found.sound
    assert not any(b'"line 2"' in content for content in disk.snapshot().values())


def test_taking_back_twice_writes_nothing() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 3)
    journal.blank([2])
    disk.acts.clear()
    assert journal.blank([2]) == 0
    assert disk.acts == []


def test_a_line_that_is_not_there_is_an_error() -> None:
    journal = filled(SimulatedDisk(), 1)
    for seq in (0, 2):
        with pytest.raises(IndexError):
            journal.line(seq)


def test_what_does_not_fit_leaves_the_log_as_it_was() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 2)
    before = disk.snapshot()
    for kind in ("write", "write"):
        disk.trip(kind, errno.ENOSPC)
        with pytest.raises(DiskFull, match="Make room on the disk"):
            journal.append([said("too much")], NOON)
        assert disk.snapshot() == before
    journal.append([said("fits")], NOON)
    assert texts(opened(disk)) == ["line 1", "line 2", "fits"]


def test_a_new_segment_that_does_not_fit_may_be_tried_again() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 3)
    disk.trip("create", errno.ENOSPC)
    with pytest.raises(DiskFull):
        journal.append([said("too much")], NOON)
    journal.append([said("fits")], NOON)
    assert opened(disk).length == 4


def test_a_redaction_that_does_not_fit_leaves_no_copy_and_may_be_tried_again() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 3)
    disk.trip("write", errno.ENOSPC)
    with pytest.raises(DiskFull):
        journal.blank([1])
    assert disk.names(DATA / "journal") == ["00000001.jsonl"]
    assert journal.blank([1]) == 1


@pytest.mark.parametrize(
    ("kind", "code"),
    [("write", errno.EIO), ("sync", errno.EIO), ("sync", errno.ENOSPC), ("truncate", errno.EIO)],
)
def test_after_a_failure_in_doubt_only_a_new_opening_writes(kind: str, code: int) -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 2)
    if kind == "truncate":
        disk.trip("write", errno.ENOSPC)
    disk.trip(kind, code)
    with pytest.raises(Stopped, match="until the hub is started again"):
        journal.append([said("lost?")], NOON)
    with pytest.raises(Stopped):
        journal.append([said("no")], NOON)
    with pytest.raises(Stopped):
        journal.blank([1])
    assert texts(journal) == ["line 1", "line 2"]
    again = opened(disk)
    again.append([said("yes")], NOON)
    assert texts(again)[:2] + texts(again)[-1:] == ["line 1", "line 2", "yes"]


@pytest.mark.parametrize("kind", ["rename", "sync directory"])
def test_a_redaction_in_doubt_stops_the_log_and_reads_on(kind: str) -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 3)
    disk.trip(kind, errno.EIO)
    with pytest.raises(Stopped):
        journal.blank([2])
    assert texts(journal)[0::2] == ["line 1", "line 3"]
    assert opened(disk).blank([2]) <= 1


def test_a_closed_log_takes_nothing() -> None:
    journal = filled(SimulatedDisk(), 1)
    journal.close()
    with pytest.raises(Stopped):
        journal.append([said("late")], NOON)


def test_a_faulty_record_is_refused_before_a_byte_is_written() -> None:
    disk = SimulatedDisk()
    journal = filled(disk, 1)
    before = disk.snapshot()
    with pytest.raises(entry.Damaged):
        journal.append([said("fine"), Record("bad", b'{"share":0.5}')], NOON)
    assert disk.snapshot() == before
    journal.append([said("fine")], NOON)
    assert opened(disk).length == 2


def test_a_damaged_log_refuses_and_says_where() -> None:
    disk = SimulatedDisk()
    filled(disk, 3)
    content = bytearray(disk.snapshot()[FIRST])
    content[content.index(b"line 2")] ^= 1
    journal = opened(SimulatedDisk({FIRST: bytes(content)}))
    assert journal.damage
    assert "line 2" in journal.damage
    assert texts(journal) == ["line 1"]
    with pytest.raises(ReadOnly) as refused:
        journal.append([said("no")], NOON)
    assert refused.value.parameters["kept"] == 1
    assert "{" not in str(refused.value)
