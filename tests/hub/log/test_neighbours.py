"""Neighbours: their words as they signed them, or nothing."""

from __future__ import annotations

import errno
import random
from pathlib import Path

import msgspec
import pytest
from simulated_disk import SimulatedDisk

from hub import entry
from hub.domain.base import HubId, Millis, Words
from hub.log.chain import Record, Stamp
from hub.log.faults import DiskFull, Forked, NotNext, Stopped
from hub.log.keys import Keys
from hub.log.neighbours import Neighbours
from hub.log.quarantine import Quarantine
from hub.log.street import Street

DATA = Path("/data")
ANNA, BERTA = Keys(b"a" * 32), Keys(b"b" * 32)
FILE = DATA / "neighbours" / f"{ANNA.hub}.jsonl"


def opened(disk: SimulatedDisk) -> Neighbours:
    return Neighbours.open(disk, DATA / "neighbours", DATA / "quarantine")


def street_of(keys: Keys, batches: int, text: str = "flour") -> Street:
    """A street with so many batches of three lines."""
    street = Street.open(SimulatedDisk(), DATA / "street", keys, DATA / "quarantine", random.Random(1).randbytes)
    for n in range(1, 3 * batches + 1):
        words: entry.Typed = {"text": Words({"en": f"{text} {n}"})}
        street.append([Record("need.voiced", b"{}", words, cause=n)], Stamp(Millis(n), True))
        if n % 3 == 0:
            street.close_batch()
    return street


STREET = street_of(ANNA, 4)
BATCHES = STREET.batches()


def filled(disk: SimulatedDisk, count: int = 4) -> Neighbours:
    neighbours = opened(disk)
    for content in BATCHES[:count]:
        neighbours.take(ANNA.hub, content)
    return neighbours


def test_a_batch_is_kept_byte_for_byte_and_its_entries_are_told_once() -> None:
    disk = SimulatedDisk()
    neighbours = opened(disk)
    assert [each.seq for each in neighbours.take(ANNA.hub, BATCHES[0])] == [1, 2, 3]
    assert neighbours.take(ANNA.hub, BATCHES[0]) == []
    assert disk.snapshot()[FILE] == BATCHES[0] + b"\n"


def test_what_is_held_is_known_after_a_restart() -> None:
    disk = SimulatedDisk()
    filled(disk)
    neighbours = opened(disk)
    assert neighbours.held(ANNA.hub) == (4, 12, STREET.head)
    assert neighbours.authors() == [ANNA.hub]
    assert list(neighbours.entries(ANNA.hub)) == list(STREET.read())
    assert [each.seq for each in neighbours.entries(ANNA.hub, after=10)] == [11, 12]
    assert neighbours.batches(ANNA.hub, after=2) == BATCHES[2:]


def test_a_batch_under_another_number_than_its_own_is_not_kept() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk, 2)
    before = disk.snapshot()[FILE]
    for own in (1, 2, 3, 4):
        batch = msgspec.json.decode(BATCHES[own - 1], type=entry.Batch)
        for number in {1, 2, 3, 4, 5} - {own}:
            forged = entry.canonical(msgspec.structs.replace(batch, number=number))
            with pytest.raises((entry.Damaged, NotNext)):
                neighbours.take(ANNA.hub, forged)
    assert disk.snapshot()[FILE] == before


def test_a_stranger_is_held_from_the_beginning() -> None:
    neighbours = opened(SimulatedDisk())
    assert neighbours.held(BERTA.hub) == (0, 0, entry.genesis(BERTA.hub, "street"))
    assert neighbours.authors() == []
    with pytest.raises(entry.Damaged):
        neighbours.held(HubId("../../etc/passwd"))


def test_what_does_not_follow_is_asked_for() -> None:
    neighbours = filled(SimulatedDisk(), 1)
    with pytest.raises(NotNext) as refused:
        neighbours.take(ANNA.hub, BATCHES[2])
    assert refused.value.held == 1


def test_a_changed_batch_or_another_hubs_is_not_kept() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk, 1)
    before = disk.snapshot()
    for content in (BATCHES[1].replace(b"flour", b"floor"), street_of(BERTA, 1).batch(1), b"", b"{}"):
        with pytest.raises(entry.Damaged):
            neighbours.take(ANNA.hub, content)
    assert disk.snapshot() == before


def test_two_accounts_of_one_batch_are_kept_as_proof_without_words() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk, 2)
    other = street_of(ANNA, 3, "sugar")
    for number in (1, 3, 2):
        with pytest.raises(Forked, match="two different accounts"):
            neighbours.take(ANNA.hub, other.batch(number))
    assert neighbours.batches(ANNA.hub) == BATCHES[:2]
    [proof] = [content for path, content in disk.snapshot().items() if path.parent == DATA / "quarantine"]
    entry.read_batch(proof)
    assert b"sugar" not in proof
    assert Quarantine(disk, DATA / "quarantine").scrub(["need.voiced"]) == 0


def test_a_redaction_makes_the_authors_reissue() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk)
    assert neighbours.blank(ANNA.hub, [2, 7, 99]) == 2
    assert neighbours.blank(ANNA.hub, [2, 7]) == 0
    author = street_of(ANNA, 4)
    author.blank([2, 7])
    assert neighbours.batches(ANNA.hub) == opened(disk).batches(ANNA.hub) == author.batches()
    assert b"flour 2" not in disk.snapshot()[FILE]
    assert neighbours.held(ANNA.hub) == (4, 12, STREET.head)


def test_a_reissue_replaces_ours_and_the_old_batch_does_not_come_back() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk)
    reissued = entry.reissue(BATCHES[1], [5])
    assert neighbours.take(ANNA.hub, reissued, lambda: [5]) == []
    assert neighbours.take(ANNA.hub, BATCHES[1], lambda: [5]) == []
    assert neighbours.batches(ANNA.hub) == [BATCHES[0], reissued, *BATCHES[2:]]
    neighbours.take(ANNA.hub, entry.reissue(BATCHES[1], [6]), lambda: [5, 6])
    assert neighbours.batches(ANNA.hub)[1] == entry.reissue(BATCHES[1], [5, 6])
    assert opened(disk).batches(ANNA.hub) == neighbours.batches(ANNA.hub)


def test_words_their_author_never_took_back_are_not_lost_to_a_stripped_copy() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk)
    before = disk.snapshot()[FILE]
    for stripped in (
        entry.reissue(BATCHES[1], [5]),
        entry.reissue(BATCHES[1], [4, 5, 6]),
        entry.reissue(BATCHES[1], []),
    ):
        assert neighbours.take(ANNA.hub, stripped) == []
    assert disk.snapshot()[FILE] == before


def test_who_got_a_stripped_copy_first_is_healed_by_the_true_one() -> None:
    disk = SimulatedDisk()
    neighbours = opened(disk)
    for content in (BATCHES[0], entry.reissue(BATCHES[1], [4, 5, 6]), *BATCHES[2:], BATCHES[1]):
        neighbours.take(ANNA.hub, content)
    assert neighbours.batches(ANNA.hub) == opened(disk).batches(ANNA.hub) == BATCHES


def test_what_was_taken_back_stays_away_when_the_rest_is_healed() -> None:
    disk = SimulatedDisk()
    neighbours = opened(disk)
    for content in (BATCHES[0], entry.reissue(BATCHES[1], [4, 5, 6]), *BATCHES[2:]):
        neighbours.take(ANNA.hub, content)
    neighbours.take(ANNA.hub, BATCHES[1], lambda: [5])
    assert neighbours.batches(ANNA.hub)[1] == entry.reissue(BATCHES[1], [5])
    assert b"flour 5" not in disk.snapshot()[FILE]


def test_what_was_taken_back_is_asked_only_of_two_copies_that_differ() -> None:
    asked: list[int] = []

    def redacted() -> list[int]:
        asked.append(1)
        return []

    neighbours = opened(SimulatedDisk())
    for content in (*BATCHES, *BATCHES):
        neighbours.take(ANNA.hub, content, redacted)
    assert asked == []
    neighbours.take(ANNA.hub, entry.reissue(BATCHES[0], [1]), redacted)
    assert asked == [1]


def test_a_reissue_is_taken_by_who_never_had_the_words() -> None:
    neighbours = opened(SimulatedDisk())
    entries = neighbours.take(ANNA.hub, entry.reissue(BATCHES[0], [2]))
    assert [each.body is None for each in entries] == [False, True, False]


@pytest.mark.parametrize("lost", [1, 100])
def test_a_torn_last_line_is_cut(lost: int) -> None:
    disk = SimulatedDisk()
    filled(disk)
    after = SimulatedDisk({FILE: disk.snapshot()[FILE][:-lost]})
    neighbours = opened(after)
    assert (neighbours.held(ANNA.hub).batch, neighbours.damage) == (3, {})
    assert after.snapshot()[FILE] == b"".join(each + b"\n" for each in BATCHES[:3])
    assert len(neighbours.take(ANNA.hub, BATCHES[3])) == 3


def test_a_hole_keeps_what_follows_and_closes_when_the_batch_comes_again() -> None:
    disk = SimulatedDisk()
    filled(disk)
    harmed = disk.snapshot()[FILE].replace(b"flour 5", b"floor 5")
    after = SimulatedDisk({FILE: harmed})
    neighbours = opened(after)
    assert neighbours.held(ANNA.hub).batch == 1
    assert list(neighbours.damage) == [ANNA.hub]
    assert after.snapshot()[FILE] == harmed
    assert [each.seq for each in neighbours.take(ANNA.hub, BATCHES[1])] == list(range(4, 13))
    assert neighbours.damage == opened(after).damage == {}
    assert opened(after).batches(ANNA.hub) == BATCHES


def test_a_lost_line_feed_is_a_hole_too() -> None:
    disk = SimulatedDisk()
    filled(disk)
    after = SimulatedDisk({FILE: disk.snapshot()[FILE].replace(b"\n", b" ", 1)})
    neighbours = opened(after)
    assert neighbours.held(ANNA.hub).batch == 0
    for content in BATCHES[:2]:
        neighbours.take(ANNA.hub, content)
    assert neighbours.batches(ANNA.hub) == BATCHES


def test_what_does_not_fit_may_be_taken_again() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk, 1)
    disk.trip("write", errno.ENOSPC)
    with pytest.raises(DiskFull):
        neighbours.take(ANNA.hub, BATCHES[1])
    assert neighbours.held(ANNA.hub).batch == opened(disk).held(ANNA.hub).batch == 1
    neighbours.take(ANNA.hub, BATCHES[1])
    assert opened(disk).batches(ANNA.hub) == BATCHES[:2]


def test_one_neighbours_failure_does_not_stop_another() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk, 1)
    disk.trip("sync", errno.EIO)
    with pytest.raises(Stopped):
        neighbours.take(ANNA.hub, BATCHES[1])
    with pytest.raises(Stopped):
        neighbours.take(ANNA.hub, BATCHES[1])
    assert len(neighbours.take(BERTA.hub, street_of(BERTA, 1).batch(1))) == 3


def test_a_batch_that_claims_another_number_does_not_get_in_and_accuses_nobody() -> None:
    disk = SimulatedDisk()
    neighbours = filled(disk, 2)
    for batch, number in ((BATCHES[1], 1), (BATCHES[3], 3), (BATCHES[0], 2), (BATCHES[0], 3)):
        renumbered = msgspec.structs.replace(msgspec.json.decode(batch, type=entry.Batch), number=number)
        with pytest.raises(entry.Damaged):
            neighbours.take(ANNA.hub, entry.canonical(renumbered))
    assert neighbours.batches(ANNA.hub) == BATCHES[:2]
    assert not disk.names(DATA / "quarantine")
