"""The spool: what is promised is on the medium, and after any crash it says what is true."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from kitchen import Clock, seeded
from simulated_disk import SimulatedDisk, crash

from hub.domain.base import DAY, Circle, Refusal
from hub.log.faults import Fault
from hub.log.fs import RealDisk
from hub.printing import spool as limits
from hub.printing.raster import Raster
from hub.printing.spool import Spool
from hub.printing.spooled import Spooled, State, Wanted
from hub.printing.tray import NotSpooled, SpoolFull

PLACE = Path("/data/spool")
DOTS = Raster(16, 4, bytes(range(8)))


@dataclass(slots=True)
class Shop:
    """A spool on a disk, and starts of it."""

    disk: SimulatedDisk = field(default_factory=SimulatedDisk)
    clock: Clock = field(default_factory=Clock)
    dice: Callable[[int], bytes] = field(default_factory=lambda: seeded("spool"))
    spool: Spool = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Open it, as after a start of the hub."""
        self.spool = Spool(self.disk, PLACE, self.dice, lambda: self.clock.now)

    def add(self, key: str, circle: Circle = Circle.ROOM, copies: int = 1) -> Spooled:
        return self.spool.add(Wanted("budget", "en", DOTS, key, circle, copies))

    def state(self, spooled: Spooled) -> State | None:
        found = self.spool.find(spooled.job)
        return found.state if found else None

    def print_next(self, ended: State = State.DONE) -> Spooled:
        """What the press does with the next one."""
        found = self.spool.next()
        assert found is not None
        assert self.spool.raster(found) == DOTS
        self.spool.begin(found.job)
        self.spool.end(found.job, ended)
        return found

    def pictures(self) -> list[str]:
        return [name for name in self.disk.names(PLACE) if name.endswith(".png")]


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_sheets_are_printed_in_the_order_they_came_and_private_ones_go_first(shop: Shop) -> None:
    first, second = shop.add("a"), shop.add("b")
    private = shop.add("c", Circle.CONCERNED)
    assert [shop.print_next().job for _ in range(3)] == [private.job, first.job, second.job]
    assert shop.spool.next() is None
    assert shop.spool.waiting == 0


def test_the_same_key_is_the_same_sheet_also_after_a_start(shop: Shop) -> None:
    first = shop.add("a")
    assert shop.add("a") == first
    shop.print_next()
    shop.start()
    assert shop.add("a").job == first.job
    assert shop.spool.next() is None


def test_a_sheet_that_waited_is_printed_after_a_start(shop: Shop) -> None:
    first = shop.add("a")
    shop.start()
    assert shop.spool.next() == first
    assert shop.spool.raster(first) == DOTS


def test_a_sheet_that_was_being_sent_is_unknown_after_a_start_and_not_printed_by_itself(shop: Shop) -> None:
    first = shop.add("a")
    shop.spool.begin(first.job)
    assert not shop.spool.broke_off
    shop.start()
    assert shop.state(first) is State.UNKNOWN
    assert shop.spool.next() is None
    assert shop.spool.broke_off, "the printer may still wait for the rest of a strip"
    shop.start()
    assert not shop.spool.broke_off


def test_one_that_came_out_whole_is_done_and_its_picture_goes(shop: Shop) -> None:
    first = shop.add("a")
    shop.print_next(State.UNKNOWN)
    assert shop.pictures()
    shop.spool.came_out(first.job, True)
    assert shop.state(first) is State.DONE
    assert not shop.pictures()


def test_one_that_did_not_is_printed_again_as_a_copy_and_only_once(shop: Shop) -> None:
    first = shop.add("a")
    shop.print_next(State.UNKNOWN)
    for _ in range(2):
        shop.spool.came_out(first.job, False)
    again = shop.spool.next()
    assert again is not None
    assert (again.job, again.copy) == (first.job, True)
    shop.print_next()
    shop.spool.came_out(first.job, False)
    assert shop.state(first) is State.DONE


def test_of_several_copies_each_is_counted_through_a_start(shop: Shop) -> None:
    first = shop.add("a", copies=3)
    shop.print_next()
    shop.print_next(State.UNKNOWN)
    shop.start()
    assert shop.spool.next() is None
    shop.spool.came_out(first.job, True)
    shop.print_next()
    found = shop.spool.find(first.job)
    assert found is not None
    assert (found.state, found.printed) == (State.DONE, 3)


def test_of_a_private_sheet_no_byte_is_on_the_disk_and_after_a_start_it_is_lost(shop: Shop) -> None:
    secret = Raster(16, 4, b"\x5a\xa5secret")
    private = shop.spool.add(Wanted("card", "en", secret, "card of rosa", Circle.CONCERNED))
    assert shop.spool.raster(private) == secret
    everything = b"".join(shop.disk.snapshot().values())
    assert not shop.pictures()
    assert secret.rows not in everything
    assert b"rosa" not in everything
    shop.start()
    assert shop.state(private) is State.LOST
    assert shop.spool.next() is None


def test_of_private_sheets_nobody_reads_later_when_or_in_which_order_they_came(shop: Shop) -> None:
    at = {}
    for key in "abcde":
        at[shop.add(key, Circle.CONCERNED).job] = str(shop.clock.now)
        shop.print_next()
        shop.clock.forward(61_001)
    [kept] = [shop.disk.snapshot()[PLACE / name].decode() for name in shop.disk.names(PLACE)]
    assert not [moment for moment in at.values() if moment in kept]
    assert sorted(at, key=kept.index) == sorted(at)
    assert kept.count('"place":0') == 5


def test_a_private_sheet_is_the_same_for_its_key_until_the_next_day_is_over(shop: Shop) -> None:
    private = shop.add("a", Circle.CONCERNED)
    shop.print_next()
    for number in range(limits.KEPT + 5):
        shop.add(f"{number}")
        shop.print_next()
    shop.clock.forward(DAY)
    shop.start()
    assert shop.add("a", Circle.CONCERNED).job == private.job
    shop.clock.forward(DAY)
    shop.start()
    assert shop.add("a", Circle.CONCERNED).job != private.job


@pytest.mark.parametrize("act", ["create", "write", "sync", "rename", "sync directory"])
def test_a_private_sheet_the_disk_does_not_take_is_refused_and_never_printed(shop: Shop, act: str) -> None:
    shop.disk.trip(act, errno.ENOSPC)
    with pytest.raises(SpoolFull):
        shop.add("a", Circle.CONCERNED)
    shop.disk.clear_trips()
    assert shop.spool.next() is None
    shop.add("a", Circle.CONCERNED)
    shop.print_next()
    shop.start()
    assert shop.state(shop.add("a", Circle.CONCERNED)) is State.DONE


def test_what_was_read_before_words_were_taken_back_is_not_taken_in_after(shop: Shop) -> None:
    shop.spool.erase(3)
    shop.start()
    with pytest.raises(Refusal, match="taken back"):
        shop.spool.add(Wanted("budget", "en", DOTS, "a", erasures=2))
    shop.spool.add(Wanted("budget", "en", DOTS, "a", erasures=3))


@pytest.mark.parametrize("restarted", [False, True])
def test_a_private_sheet_is_never_printed_a_second_time_by_the_machine(shop: Shop, restarted: bool) -> None:
    private = shop.add("a", Circle.CONCERNED)
    shop.print_next(State.UNKNOWN)
    if restarted:
        shop.start()
    assert shop.spool.raster(private) is None
    shop.spool.came_out(private.job, False)
    assert shop.state(private) is State.SPOILED
    assert shop.spool.next() is None


def test_an_answer_nobody_asked_for_changes_nothing(shop: Shop) -> None:
    first = shop.add("a")
    shop.spool.came_out(first.job, True)
    assert shop.state(first) is State.QUEUED
    assert shop.spool.came_out("nothing", True) is None


def test_too_much_is_refused(shop: Shop) -> None:
    tall = Raster(8, limits.MOST_ROWS + 1, bytes(limits.MOST_ROWS + 1))
    with pytest.raises(Refusal, match="longer than a roll"):
        shop.spool.add(Wanted("budget", "en", tall, "tall"))
    for copies in (0, limits.MOST_COPIES + 1):
        with pytest.raises(Refusal, match="copies"):
            shop.add("many", copies=copies)
    for number in range(limits.MOST_WAITING):
        shop.add(f"{number}")
    with pytest.raises(Refusal, match="waiting"):
        shop.add("one more")


def test_what_is_long_settled_is_forgotten_and_what_waits_never_is(shop: Shop) -> None:
    for number in range(limits.KEPT + 5):
        shop.add(f"{number}")
        shop.print_next()
    waits = shop.add("waits")
    assert len(shop.disk.names(PLACE)) == limits.KEPT + 2
    shop.clock.forward(2 * DAY)
    shop.start()
    assert shop.spool.next() == waits
    assert len(shop.disk.names(PLACE)) == 2


@pytest.mark.parametrize(("code", "said"), [(errno.ENOSPC, SpoolFull), (errno.EIO, NotSpooled)])
@pytest.mark.parametrize("act", ["create", "write", "sync", "rename", "sync directory"])
@pytest.mark.parametrize("after", [0, 1])
def test_what_the_disk_does_not_take_is_refused_and_never_printed(
    shop: Shop, act: str, after: int, code: int, said: type[Fault]
) -> None:
    if (act, after) == ("sync directory", 1):
        after = 0
    shop.disk.trip(act, code, after)
    with pytest.raises(said):
        shop.add("a")
    assert shop.spool.next() is None
    shop.start()
    assert shop.spool.next() is None
    shop.disk.clear_trips()
    again = shop.add("a")
    assert shop.print_next().job == again.job


def test_a_full_disk_at_the_start_stops_nothing(shop: Shop) -> None:
    waits, sent = shop.add("a"), shop.add("b")
    shop.spool.begin(sent.job)
    shop.disk.trip("create", errno.ENOSPC)
    shop.start()
    assert shop.state(sent) is State.UNKNOWN
    assert shop.spool.next() == waits


def test_a_disk_that_cannot_be_read_at_the_start_is_tried_again_when_somebody_prints() -> None:
    disk = SimulatedDisk()
    disk.trip("make directory", errno.EIO)
    shop = Shop(disk)
    shop.add("a")
    assert shop.spool.waiting == 1


def test_where_the_medium_does_not_take_the_end_it_is_true_all_the_same_and_written_later(shop: Shop) -> None:
    first = shop.add("a")
    shop.spool.begin(first.job)
    shop.disk.trip("create", errno.ENOSPC)
    shop.spool.end(first.job, State.DONE)
    assert shop.state(first) is State.DONE
    shop.spool.next()
    shop.start()
    assert shop.state(first) is State.DONE


def test_a_spool_of_noise_loses_what_it_must_and_prints_the_rest(shop: Shop) -> None:
    torn, bare, noisy, whole = (shop.add(key) for key in "abcd")
    for name, content in ((f"{torn.job}.json", b"{noise"), (f"{noisy.job}.png", b"noise"), ("README", b"hello")):
        with_content(shop.disk, PLACE / name, content)
    shop.disk.remove(PLACE / f"{bare.job}.png")
    shop.start()
    assert shop.state(torn) is State.LOST
    while (found := shop.spool.next()) and shop.spool.raster(found) is None:
        shop.spool.end(found.job, State.LOST)
    assert found == whole
    assert (shop.state(bare), shop.state(noisy)) == (State.LOST, State.LOST)


def with_content(disk: SimulatedDisk, path: Path, content: bytes) -> None:
    file = disk.open(path, create=True)
    file.truncate(0)
    file.write_at(0, content)


class Broken(AssertionError):
    """A promise was not kept."""


def hold(true: object, promise: object) -> None:
    if not true:
        raise Broken(promise)


def first_broken(skips: tuple[str, ...] = ()) -> str | None:
    """Cut the power at many moments of a few sheets' lives; the first broken promise, if any."""
    for seed in range(40):
        disk = SimulatedDisk(skips=skips)
        live(Shop(disk))
        rng = random.Random(seed)
        for _ in range(10):
            after, promised = crash(disk, rng.choice(disk.moments()), rng)
            try:
                check(after, promised if isinstance(promised, dict) else {})
            except Broken as broken:
                return f"seed {seed}: {broken}"
    return None


def live(shop: Shop) -> None:
    """Three sheets come, two are printed; what is promised is noted at each step."""
    promised: dict[str, State] = {}

    def note(spooled: Spooled, state: State) -> None:
        promised[spooled.job] = state
        shop.disk.note(dict(promised))

    for key in "abc":
        note(shop.add(key), State.QUEUED)
    for _ in range(2):
        found = shop.spool.next()
        assert found is not None
        shop.spool.begin(found.job)
        note(found, State.SENDING)
        shop.spool.end(found.job, State.DONE)
        note(found, State.DONE)


def check(after: SimulatedDisk, promised: dict[str, State]) -> None:
    """What was promised is there; what may have been sent is not printed by itself."""
    found = Shop(after)
    allowed = {
        State.QUEUED: (State.QUEUED, State.UNKNOWN),
        State.SENDING: (State.UNKNOWN, State.DONE),
        State.DONE: (State.DONE,),
    }
    for job, state in promised.items():
        kept = found.spool.find(job)
        hold(kept and kept.state in allowed[state], (state, kept and kept.state))
        if kept and kept.state is State.QUEUED:
            hold(found.spool.raster(kept) == DOTS, "the picture is whole")


def test_no_power_cut_prints_twice_or_loses_what_was_promised() -> None:
    assert first_broken() is None


@pytest.mark.parametrize("skipped", ["sync", "sync directory"])
def test_a_disk_that_lies_is_found_out(skipped: str) -> None:
    assert first_broken(skips=(skipped,)) is not None


def test_on_a_real_disk_only_its_owner_reads_the_spool(tmp_path: Path) -> None:
    spool = Spool(RealDisk(), tmp_path / "spool", seeded("real"), lambda: Clock().now)
    spool.add(Wanted("budget", "en", DOTS, "a"))
    for path in (tmp_path / "spool", *(tmp_path / "spool").iterdir()):
        assert path.stat().st_mode & 0o077 == 0
