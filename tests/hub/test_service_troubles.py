"""When the disk will not: what was told holds, what should be gone is shown to nobody, half a log erases nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from kitchen import Kitchen

from hub.domain import archive, ballots, federation, house, membership, needs, signups
from hub.domain.base import DAY, BallotId, Circle, ListId, MemberId, Millis, Position, Refusal, Tier, Viewer, Words
from hub.domain.house import Person
from hub.log import fs
from hub.log.chain import Record
from hub.log.faults import DiskFull, Fault, NotFinished, Stopped
from hub.people import PeopleDamaged
from hub.service import Newcomer, Service
from hub.stores import open_stores

ROOM = Viewer(Circle.ROOM)


class UnwillingDisk(fs.RealDisk):
    """A real disk that refuses what `refuses` says, by act and path: with the errno it gives, 0 for none."""

    def __init__(self) -> None:
        self.refuses: Callable[[str, Path], int] = lambda act, path: 0

    def open(self, path: Path, *, create: bool = False) -> fs.File:
        file = super().open(path, create=create)
        write, sync = file.write_at, file.sync

        def write_at(offset: int, content: bytes) -> None:
            self._ask("write", path)
            write(offset, content)

        def synced() -> None:
            self._ask("sync", path)
            sync()

        file.write_at, file.sync = write_at, synced  # type: ignore[method-assign]
        return file

    def _ask(self, act: str, path: Path) -> None:
        if code := self.refuses(act, path):
            raise OSError(code, os.strerror(code))


def full(act: str, path: Path) -> int:
    """No room for anything."""
    return errno.ENOSPC if act == "write" else 0


def full_for_new_files(act: str, path: Path) -> int:
    """Room at the end of a file, none for another: how a card fills up."""
    return errno.ENOSPC if act == "write" and path.suffix == ".new" else 0


def broken_journal(act: str, path: Path) -> int:
    """The journal's medium fails."""
    return errno.EIO if act == "sync" and path.parent.name == "journal" else 0


def willing(act: str, path: Path) -> int:
    return 0


@pytest.fixture
def disk(kitchen: Kitchen) -> UnwillingDisk:
    """The kitchen's disk, willing at first."""
    disk = UnwillingDisk()
    kitchen.service.close()
    start(kitchen, disk)
    return disk


def start(kitchen: Kitchen, disk: UnwillingDisk) -> None:
    kitchen.service = Service(open_stores(kitchen.directory, os.urandom, disk), kitchen.clock)


def report(text: str, circle: Circle = Circle.ROOM) -> needs.ReportNeed:
    return needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": text}), circle)


def everywhere(directory: Path) -> bytes:
    """Every byte the hub keeps."""
    return b"".join(path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file())


def open_needs(kitchen: Kitchen) -> list[str]:
    return [row.text.get("en", "") for row in kitchen.service.read(lambda views: views.needs.open(ROOM))]


def told_of(kitchen: Kitchen) -> bytes:
    """All that a program of ours is told of the log, in words."""
    return b"".join(repr(entry.body).encode() for entry in kitchen.service.follow(Position(0)))


# A full disk


def test_on_a_full_disk_nothing_is_lost_and_reading_goes_on(kitchen: Kitchen, disk: UnwillingDisk) -> None:
    kitchen.service.submit(report("Rice"))
    disk.refuses = full
    with pytest.raises(DiskFull, match="Make room"):
        kitchen.service.submit(report("Beans"), key="beans")
    assert open_needs(kitchen) == ["Rice"]
    disk.refuses = willing
    kitchen.service.submit(report("Beans"), key="beans")
    assert open_needs(kitchen) == ["Rice", "Beans"]
    kitchen.reopen()
    assert open_needs(kitchen) == ["Rice", "Beans"]


def test_a_newcomer_on_a_full_disk_gets_a_plain_fault_and_is_not_half_there(
    kitchen: Kitchen, disk: UnwillingDisk
) -> None:
    for refusal in (full, lambda act, path: full(act, path) if path.parent.name == "journal" else 0):
        disk.refuses = refusal
        with pytest.raises((OSError, Fault)):
            kitchen.ask("Zubeida")
        disk.refuses = willing
        kitchen.reopen()
        assert b"Zubeida" not in everywhere(kitchen.directory)
        kitchen.service.close()
        start(kitchen, disk)


def taken_back(kitchen: Kitchen) -> tuple[MemberId, Position]:
    """A member, and a need of theirs that neighbours may hear of."""
    member = kitchen.opening_evening("Rosa", "Ali", "Mnemosyne")[2]
    told = kitchen.submit(report("Xylophone", Circle.FEDERATION), member)
    kitchen.service.street(0)
    return member, told.position


def test_words_taken_back_on_a_full_disk_are_shown_to_nobody_and_go_when_there_is_room(
    kitchen: Kitchen, disk: UnwillingDisk
) -> None:
    member, place = taken_back(kitchen)
    disk.refuses = full_for_new_files
    for _ in range(2):
        with pytest.raises(NotFinished, match="decided and recorded"):
            kitchen.service.submit(archive.Redact(place), Person(member, Tier.CARD), "once")
        assert open_needs(kitchen) == [""]
        assert b"Xylophone" not in told_of(kitchen)
        with pytest.raises(NotFinished):
            kitchen.service.street(0)
    kitchen.service.close()
    start(kitchen, disk)
    assert open_needs(kitchen) == [""]
    assert b"Xylophone" not in told_of(kitchen)
    assert "unfinished" in " ".join(kitchen.service.tick())
    disk.refuses = willing
    assert kitchen.service.tick() == []
    assert b"Xylophone" not in everywhere(kitchen.directory)
    assert b"Xylophone" not in b"".join(kitchen.service.street(0))
    assert all(found.sound for _, found in kitchen.service.verify())


def test_words_a_neighbour_took_back_on_a_full_disk_of_ours_go_when_there_is_room(
    kitchen: Kitchen, disk: UnwillingDisk, tmp_path: Path
) -> None:
    other = Kitchen(tmp_path / "other")
    other.found()
    theirs = other.service.submit(report("Blanket", Circle.FEDERATION)).position
    [first] = other.service.street(0)
    rosa, ali, _ = kitchen.opening_evening()
    kitchen.submit(federation.AcceptNeighbour(other.service.hub, Words({"en": "Mill"})), rosa, Tier.PIN, ali)
    kitchen.service.take_in(first)
    two = other.opening_evening()
    other.submit(archive.Redact(theirs), two[0], second=two[1])
    [second] = other.service.street(1)
    disk.refuses = full_for_new_files
    with pytest.raises(NotFinished):
        kitchen.service.take_in(second)
    disk.refuses = willing
    assert kitchen.service.tick() == []
    assert b"Blanket" not in everywhere(kitchen.directory)
    shown = kitchen.service.read_neighbour(other.service.hub, lambda views: views.needs.open(ROOM))
    assert shown is not None
    assert [row.text for row in shown] == [{}]
    other.service.close()


def test_who_is_forgotten_on_a_full_disk_is_nobody_at_once_and_erased_when_there_is_room(
    kitchen: Kitchen, disk: UnwillingDisk
) -> None:
    member, _ = taken_back(kitchen)
    disk.refuses = full_for_new_files
    with pytest.raises(NotFinished):
        kitchen.service.submit(membership.Forget(member), Person(member, Tier.PIN), "once")
    assert kitchen.service.people.name(member) == ""
    assert kitchen.service.people.who_holds(kitchen.cards[member]) is None
    disk.refuses = willing
    again = kitchen.service.submit(membership.Forget(member), Person(member, Tier.PIN), "once")
    assert membership.MemberForgotten.KIND in {kind for _, kind in again.facts}
    assert b"Mnemosyne" not in everywhere(kitchen.directory)
    assert b"Xylophone" not in everywhere(kitchen.directory)


# A failing one


def test_a_newcomer_whose_line_nobody_knows_to_be_there_has_a_name_after_the_restart(
    kitchen: Kitchen, disk: UnwillingDisk
) -> None:
    disk.refuses = broken_journal
    with pytest.raises(Stopped):
        kitchen.service.submit(membership.AskToJoin(True), key="z", newcomer=Newcomer("Zubeida", "en"))
    assert "until the hub is started again" in (kitchen.service.damage or "")
    kitchen.reopen()
    persons = kitchen.service.rules(lambda state: set(state.membership.members))
    assert {kitchen.service.people.name(person) for person in persons} == {"Zubeida"}


def test_a_bug_in_the_read_models_stops_the_hub_before_more_is_built_on_it(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hub.views.needs import NeedsView

    with monkeypatch.context() as bug:
        bug.setattr(NeedsView, "apply", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            kitchen.service.submit(report("Rice"), key="rice")
    with pytest.raises(Stopped):
        kitchen.service.submit(report("Beans"))
    kitchen.reopen()
    kitchen.service.submit(report("Rice"), key="rice")
    assert open_needs(kitchen) == ["Rice"]


def test_a_vote_that_was_not_confirmed_may_be_cast_again_without_a_restart_and_counts_once(
    kitchen: Kitchen, disk: UnwillingDisk
) -> None:
    members = kitchen.opening_evening()
    kitchen.submit(
        ballots.OpenBallot(ballots.Method.YES_NO, Words({"en": "A ramp?"})), members[0], Tier.PIN, members[1]
    )
    disk.refuses = lambda act, path: errno.EIO if act == "sync" and path.suffix == ".box" else 0
    with pytest.raises(Fault, match="try once more"):
        kitchen.service.cast(BallotId(1), Person(members[0], Tier.PIN), (1,))
    disk.refuses = willing
    for member in members:
        with suppress(Refusal):  # their vote may be in, after all
            kitchen.service.cast(BallotId(1), Person(member, Tier.PIN), (1,))
        with pytest.raises(Refusal, match="voted in this already"):
            kitchen.service.cast(BallotId(1), Person(member, Tier.PIN), (2,))
    kitchen.clock.forward(8 * DAY)
    assert kitchen.service.tick() == []
    assert kitchen.service.rules(lambda state: state.ballots.ballots[BallotId(1)].sums) == (3, 0, 0)


# Half a log


def test_a_damaged_journal_erases_nobody_and_no_box(kitchen: Kitchen) -> None:
    members = kitchen.opening_evening()
    kitchen.submit(ballots.OpenBallot(ballots.Method.YES_NO, Words({"en": "A ramp?"})), members[0], Tier.PIN)
    kitchen.service.cast(BallotId(1), Person(members[0], Tier.PIN), (1,))
    late = kitchen.join("Late", members[0])
    kitchen.service.close()
    [journal] = (kitchen.directory / "journal").glob("*.jsonl")
    sound = journal.read_bytes()
    lines = sound.splitlines(keepends=True)
    asked = next(place for place, line in enumerate(lines) if b"member.asked" in line)
    journal.write_bytes(sound.replace(lines[asked], lines[asked].replace(b"member.asked", b"member.asleep")))
    kitchen.open()
    assert "is damaged at line" in (kitchen.service.damage or "")
    assert kitchen.service.tick() == []
    kitchen.service.close()
    journal.write_bytes(sound)
    kitchen.open()
    assert kitchen.service.people.name(late) == "Late"
    with pytest.raises(Refusal, match="voted in this already"):
        kitchen.service.cast(BallotId(1), Person(members[0], Tier.PIN), (1,))


def test_lines_of_a_newer_version_make_nobody_an_orphan(kitchen: Kitchen) -> None:
    stranger = kitchen.service.people.welcome("Ines", "en")
    kitchen.ask("Rosa")
    journal = kitchen.service._stores.journal
    journal.append([Record("member.adopted", b'{"member":"x"}', None)], kitchen.clock())
    kitchen.reopen()
    assert kitchen.service.people.name(stranger) == "Ines"


def test_a_hub_with_members_and_no_people_file_is_not_started(kitchen: Kitchen) -> None:
    kitchen.opening_evening()
    kitchen.service.close()
    people = kitchen.directory / "people.json"
    kept = people.rename(kitchen.directory / "elsewhere")
    stores = open_stores(kitchen.directory, os.urandom)
    with pytest.raises(PeopleDamaged, match="Restore that file"):
        Service(stores, kitchen.clock)
    stores.close()
    assert not people.exists()
    kept.rename(people)
    kitchen.open()
    assert {kitchen.service.people.who_holds(card) for card in kitchen.cards.values()} == set(kitchen.cards)


def test_a_guest_is_known_until_the_day_after_the_evening_they_came_for_wherever_it_is_moved(
    kitchen: Kitchen,
) -> None:
    rosa = kitchen.opening_evening()[0]
    supper = Millis(kitchen.clock.now + DAY)
    kitchen.submit(signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), supper, 9), rosa)
    kitchen.service.submit(signups.SignUpGuest(ListId(1)), newcomer=Newcomer("Guesty", "en"))
    [guest] = kitchen.service.rules(house.guests)
    kitchen.submit(signups.ChangeSignup(ListId(1), Millis(supper + 7 * DAY), 9), rosa)
    kitchen.clock.forward(8 * DAY)
    kitchen.service.tick()
    assert kitchen.service.people.name(guest) == "Guesty"
    kitchen.clock.forward(2 * DAY)
    kitchen.service.tick()
    assert kitchen.service.people.name(guest) == ""
