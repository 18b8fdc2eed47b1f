"""The sealed box: every vote once, none in an order, whatever the power does."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated_disk import SimulatedDisk, crash

from hub import box
from hub.box import SECTOR, AlreadyVoted, Box, BoxDamaged, NotConfirmed
from hub.log.fs import RealDisk

PLACE = Path("/data")
VOTERS = 6


def dice(seed: int) -> Callable[[int], bytes]:
    """Dice that fall the same way each time."""
    return random.Random(seed).randbytes


def new(tmp_path: Path, size: int = VOTERS, seed: int = 1) -> Box:
    return box.create(RealDisk(), tmp_path, "7", size, dice(seed))


def again(tmp_path: Path, held: Box | None = None) -> Box:
    if held:
        held.close()
    return box.open_box(RealDisk(), tmp_path, "7", os.urandom)


def test_what_goes_in_comes_out_sorted_and_the_roll_is_struck(tmp_path: Path) -> None:
    held = new(tmp_path)
    for entry, choice in ((4, b"yes"), (0, b"no"), (2, b"yes")):
        held.cast(entry, choice)
    assert held.open_all() == [b"no", b"yes", b"yes"]
    assert held.struck() == [True, False, True, False, True, False]


def test_it_is_all_there_after_a_restart(tmp_path: Path) -> None:
    held = new(tmp_path)
    held.cast(3, b"yes")
    held = again(tmp_path, held)
    assert held.open_all() == [b"yes"]
    assert held.has_voted(3)
    assert not held.has_voted(2)


def test_nobody_votes_twice(tmp_path: Path) -> None:
    held = new(tmp_path)
    held.cast(3, b"yes")
    with pytest.raises(AlreadyVoted):
        held.cast(3, b"no")
    with pytest.raises(AlreadyVoted):
        again(tmp_path, held).cast(3, b"no")


@given(choice=st.binary(max_size=box.WIDTH - 2), slot=st.integers(0, 99))
def test_any_choice_that_fits_is_sealed_to_its_slot(
    tmp_path_factory: pytest.TempPathFactory, choice: bytes, slot: int
) -> None:
    held = new(tmp_path_factory.mktemp("box"), 2)
    sealed = held._seal(slot, choice)
    assert len(sealed) == SECTOR
    assert held._unseal(slot, sealed) == choice
    assert held._unseal(slot + 1, sealed) is None
    held.close()


def test_a_choice_too_long_for_a_slot_is_not_cut_but_refused(tmp_path: Path) -> None:
    held = new(tmp_path)
    with pytest.raises(ValueError, match="470 bytes"):
        held.cast(0, b"x" * 471)
    assert held.struck() == [False] * VOTERS


def test_another_ballots_slot_does_not_open(tmp_path: Path) -> None:
    held = new(tmp_path)
    held.cast(0, b"yes")
    held.close()
    for kind in ("box", "roll", "key"):
        (tmp_path / f"7.{kind}").rename(tmp_path / f"8.{kind}")
    with pytest.raises(BoxDamaged, match="1 people are marked and 0 votes"):
        box.open_box(RealDisk(), tmp_path, "8", os.urandom)


def test_a_box_with_one_vote_wiped_says_so_and_changes_nothing(tmp_path: Path) -> None:
    held = new(tmp_path)
    held.cast(0, b"yes")
    held.close()
    slots = bytes(SECTOR * VOTERS)
    (tmp_path / "7.box").write_bytes(slots)
    with pytest.raises(BoxDamaged, match="annul it"):
        again(tmp_path)
    assert (tmp_path / "7.box").read_bytes() == slots


def test_all_bytes_are_gone_when_it_is_destroyed_and_destroying_twice_is_harmless(tmp_path: Path) -> None:
    held = new(tmp_path)
    held.cast(0, b"yes")
    held.destroy()
    box.destroy_leftovers(RealDisk(), tmp_path, "7", os.urandom)
    assert list(tmp_path.iterdir()) == []
    assert box.names(RealDisk(), tmp_path) == set()


def test_a_box_without_its_key_was_never_finished(tmp_path: Path) -> None:
    new(tmp_path).close()
    assert box.exists(RealDisk(), tmp_path, "7")
    (tmp_path / "7.key").unlink()
    assert not box.exists(RealDisk(), tmp_path, "7")


def test_free_slots_are_drawn_alike() -> None:
    drawn = [box._below(6, dice(seed)) for seed in range(3_000)]
    assert all(400 < drawn.count(slot) < 600 for slot in range(6))


def test_a_draw_beyond_the_last_whole_round_is_thrown_away() -> None:
    draws = iter([b"\xff\xff\xff\xff", b"\x00\x00\x00\x05"])
    assert box._below(3, lambda size: next(draws)) == 2


# Power cuts


def voted(disk: SimulatedDisk, skip: str = "") -> None:
    """An evening: a box is made and everybody votes; the disk notes who was told that they have."""
    held = box.create(disk, PLACE, "7", VOTERS, dice(1))
    done: list[int] = []
    disk.note(None)
    for entry in (3, 0, 5, 1):
        if skip == "committing":
            _cast_carelessly(held, entry)
        else:
            held.cast(entry, bytes([entry]))
        done.append(entry)
        disk.note(tuple(done))


def _cast_carelessly(held: Box, entry: int) -> None:
    """A seeded bug: the slot is written before the roll says that somebody is about to vote."""
    slot = held._free_slot()
    held._slots.write_at(slot * SECTOR, held._seal(slot, bytes([entry])))
    held._slots.sync()
    held._used.add(slot)
    held._mark(entry, box.VOTED)


def bad_states(evening: SimulatedDisk, seeds: int) -> list[str]:
    """Every promise that is broken after a power cut at every moment."""
    found = []
    for moment, seed in itertools.product(evening.moments(), range(seeds)):
        left, told = crash(evening, moment, random.Random(f"{moment} {seed}"))
        try:
            found += _check(left, told)
        except (BoxDamaged, AssertionError, IndexError) as fault:
            found.append(f"moment {moment}: {fault!r}")
    return found


def _check(left: SimulatedDisk, told: object) -> list[str]:
    if not box.exists(left, PLACE, "7"):
        return [] if not told else ["the box is gone"]
    held = box.open_box(left, PLACE, "7", dice(2))
    done = told if isinstance(told, tuple) else ()
    choices = [choice[0] for choice in held.open_all()]
    broken = [f"{entry} was told, and is not struck" for entry in done if not held.has_voted(entry)]
    broken += [f"{entry} was told, and is not in" for entry in done if entry not in choices]
    struck = [entry for entry, each in enumerate(held.struck()) if each]
    if sorted(choices) != struck:
        broken.append(f"struck {struck}, in the box {sorted(choices)}")
    for entry in range(VOTERS):
        if not held.has_voted(entry):
            held.cast(entry, bytes([entry]))
    if [choice[0] for choice in held.open_all()] != list(range(VOTERS)):
        broken.append("voting on did not end with every vote once")
    return broken


def test_whenever_the_power_goes_every_vote_counts_once() -> None:
    evening = SimulatedDisk(page=SECTOR)
    voted(evening)
    assert bad_states(evening, seeds=12) == []


@pytest.mark.long
def test_whenever_the_power_goes_every_vote_counts_once_at_length(note: Callable[..., None]) -> None:
    evening = SimulatedDisk(page=SECTOR)
    voted(evening)
    bad = bad_states(evening, seeds=200)
    note("Power cuts of the ballot box, simulated", states=200 * len(evening.moments()), bad=len(bad))
    assert bad == []


@pytest.mark.parametrize("bug", ["sync", "committing"])
def test_a_careless_box_would_be_caught(bug: str) -> None:
    evening = SimulatedDisk(page=SECTOR, skips=[bug])
    voted(evening, bug)
    assert bad_states(evening, seeds=12)


def test_power_lost_again_while_settling_settles_the_same() -> None:
    evening = SimulatedDisk(page=SECTOR)
    voted(evening)
    for moment in evening.moments():
        left, told = crash(evening, moment, random.Random(moment))
        if not box.exists(left, PLACE, "7"):
            continue
        box.open_box(left, PLACE, "7", dice(2))
        for second in left.moments():
            left_again, _ = crash(left, second, random.Random(second))
            assert _check(left_again, told) == []


def test_when_the_disk_fails_the_vote_is_not_confirmed_and_the_box_stops() -> None:
    disk = SimulatedDisk(page=SECTOR)
    held = box.create(disk, PLACE, "7", VOTERS, dice(1))
    disk.trip("sync", 5)
    with pytest.raises(NotConfirmed, match="Nobody can vote twice"):
        held.cast(0, b"yes")
    disk.clear_trips()
    with pytest.raises(NotConfirmed):
        held.cast(1, b"yes")
    opened = box.open_box(disk, PLACE, "7", dice(3))
    assert len(opened.open_all()) == sum(opened.struck())


# Nothing tells the order


def kendall(order: list[int]) -> float:
    """Kendall's tau of a sequence against its own places: 1 as cast, -1 backwards, about 0 when mixed."""
    pairs = list(itertools.combinations(order, 2))
    return sum(1 if first < second else -1 for first, second in pairs) / len(pairs)


def test_slots_do_not_tell_who_came_first(tmp_path: Path) -> None:
    taus = []
    for seed in range(20):
        place = tmp_path / str(seed)
        place.mkdir()
        held = box.create(RealDisk(), place, "7", 60, dice(seed))
        for entry in range(60):
            held.cast(entry, bytes([entry]))
        taus.append(kendall([choice[0] for _, choice in held._readable()]))
        held.close()
    assert abs(sum(taus) / len(taus)) < 0.05
    assert max(map(abs, taus)) < 0.4


def test_the_roll_is_the_same_bytes_whoever_came_first(tmp_path: Path) -> None:
    rolls = set()
    for order in ((0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0)):
        place = tmp_path / "".join(map(str, order))
        place.mkdir()
        held = new(place)
        for entry in order:
            held.cast(entry, b"yes")
        held.close()
        rolls.add((place / "7.roll").read_bytes())
    assert len(rolls) == 1


def test_a_vote_changes_no_name_and_no_size(tmp_path: Path) -> None:
    held = new(tmp_path)
    before = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    held.cast(0, b"yes")
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == before
    held.close()
