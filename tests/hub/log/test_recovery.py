"""What may be cut at boot, and what must stay for people to look at."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from simulated_disk import SimulatedDisk

from hub.domain.base import Millis, Words
from hub.log.chain import Limits, Record, Stamp
from hub.log.journal import Journal
from hub.log.keys import Keys
from hub.log.quarantine import Quarantine

DATA = Path("/data")
KEYS = Keys(bytes(32))
NOON = Stamp(Millis(43_200_000), True)
FIRST, SECOND = (DATA / "journal" / name for name in ("00000001.jsonl", "00000004.jsonl"))


def opened(disk: SimulatedDisk) -> Journal:
    limits = Limits(lines=3, size=1 << 20)
    return Journal.open(disk, DATA / "journal", KEYS, DATA / "quarantine", random.Random(1).randbytes, limits)


def written(groups: tuple[int, ...]) -> dict[Path, bytes]:
    """The files after acts of so many lines each."""
    disk = SimulatedDisk()
    journal = opened(disk)
    for n, size in enumerate(groups):
        journal.append([Record("k", b"{}", {"t": Words({"en": f"act {n} part {m}"})}) for m in range(size)], NOON)
    return disk.snapshot()


def kept_copies(disk: SimulatedDisk) -> list[bytes]:
    return [content for path, content in disk.snapshot().items() if path.parent == DATA / "quarantine"]


def cut_by(size: int) -> Callable[[bytes], bytes]:
    return lambda content: content[:-size]


TORN: dict[str, Callable[[bytes], bytes]] = {
    "one byte short": cut_by(1),
    "half a line": cut_by(150),
    "zeros after it": lambda content: content[:-1] + bytes(40),
    "noise in the last line": lambda content: content[:-90] + b"\xff\n\x00" * 30,
    "an old line behind half a new one": lambda content: content[:-200] + b"\n" + content.split(b"\n")[0] + b"\n",
}


@pytest.mark.parametrize("how", TORN)
def test_a_torn_last_line_is_set_aside_and_cut(how: str) -> None:
    files = written((1, 1))
    good = files[FIRST].index(b"\n") + 1
    torn = TORN[how](files[FIRST])
    disk = SimulatedDisk({FIRST: torn})
    journal = opened(disk)
    assert (journal.length, journal.damage, journal.recovered) == (1, None, len(torn) - good)
    assert kept_copies(disk) == [torn[good:]]
    assert disk.snapshot()[FIRST] == torn[:good]
    journal.append([Record("k", b"{}")], NOON)
    assert opened(disk).length == 2


@pytest.mark.parametrize("lost", [1, 200, 700])
def test_an_act_of_several_lines_goes_as_a_whole(lost: int) -> None:
    content = written((1, 2))[FIRST]
    journal = opened(SimulatedDisk({FIRST: content[:-lost]}))
    assert (journal.length, journal.damage) == (1, None)


def test_an_act_whose_first_line_is_lost_goes_too() -> None:
    content = written((1, 2))[FIRST]
    first, second, third, _ = content.split(b"\n")
    journal = opened(SimulatedDisk({FIRST: b"\n".join([first, bytes(len(second)), third, b""])}))
    assert (journal.length, journal.damage) == (1, None)


def test_a_torn_line_alone_in_a_new_segment_goes() -> None:
    files = written((1, 1, 1, 1))
    disk = SimulatedDisk({**files, SECOND: files[SECOND][:50]})
    journal = opened(disk)
    assert (journal.length, journal.damage) == (3, None)
    journal.append([Record("k", b"{}")], NOON)
    assert opened(disk).length == 4


def test_an_empty_segment_is_no_harm_even_behind_a_torn_line() -> None:
    files = written((1, 1, 1))
    for content, length in ((files[FIRST], 3), (files[FIRST][:-5], 2)):
        disk = SimulatedDisk({FIRST: content, SECOND: b""})
        journal = opened(disk)
        assert (journal.length, journal.damage) == (length, None)
        journal.append([Record("k", b"{}")], NOON)
        assert opened(disk).length == length + 1


def test_a_last_line_that_another_key_signed_goes() -> None:
    content = written((1, 1))[FIRST]
    at = content.rindex(b'"sig":"') + 10
    other = b"A" if content[at : at + 1] != b"A" else b"B"
    journal = opened(SimulatedDisk({FIRST: content[:at] + other + content[at + 1 :]}))
    assert (journal.length, journal.damage) == (1, None)


def test_every_flipped_bit_before_the_last_line_is_damage_and_nothing_is_cut() -> None:
    content = written((1, 1, 1))[FIRST]
    last = content.rindex(b"\n", 0, -1) + 1
    for at in range(0, last, 3):
        flipped = content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]
        disk = SimulatedDisk({FIRST: flipped})
        journal = opened(disk)
        in_signature = journal.length == 3 and not journal.verify().sound
        assert journal.damage or in_signature, at
        assert disk.snapshot() == {FIRST: flipped}


def test_every_flipped_bit_is_found_by_the_full_check() -> None:
    content = written((2, 1))[FIRST]
    for at in range(len(content)):
        disk = SimulatedDisk({FIRST: content})
        journal = opened(disk)
        disk.contents[0][at] ^= 1 << at % 8
        assert not journal.verify().sound, at


def without_line(content: bytes, number: int) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(lines[: number - 1] + lines[number:])


def test_a_missing_line_or_file_is_damage() -> None:
    files = written((1, 1, 1, 1, 1))
    for harmed in (
        {**files, FIRST: without_line(files[FIRST], 2)},
        {**files, FIRST: without_line(files[FIRST], 3)},
        {SECOND: files[SECOND]},
        {**files, FIRST: b""},
        {**files, FIRST: files[FIRST][:-3]},
    ):
        journal = opened(SimulatedDisk(harmed))
        assert journal.damage
        assert len(list(journal.read())) == journal.length


def test_lines_in_another_order_are_damage() -> None:
    one, two, three, _ = written((1, 1, 1))[FIRST].split(b"\n")
    assert opened(SimulatedDisk({FIRST: b"\n".join([one, three, two, b""])})).damage


def test_another_hubs_log_is_damage_not_rubbish() -> None:
    disk = SimulatedDisk(written((1, 1)))
    other = Keys(bytes(31) + b"1")
    journal = Journal.open(disk, DATA / "journal", other, DATA / "quarantine", random.Random(1).randbytes)
    assert journal.length == 0


def test_a_line_of_a_later_version_is_not_cut() -> None:
    """After an automatic roll-back of an update the log may end in lines we cannot read."""
    from hub import entry

    files = written((1,))
    head = b'{"v":99,"what":"nobody knows yet"}'
    line = entry.write_line(head, KEYS.sign(entry.head_hash(head)), None)
    disk = SimulatedDisk({FIRST: files[FIRST] + line})
    assert opened(disk).damage
    assert disk.snapshot()[FIRST].endswith(line)


def test_with_no_room_to_set_it_aside_nothing_is_cut() -> None:
    torn = written((1, 1))[FIRST][:-9]
    disk = SimulatedDisk({FIRST: torn})
    disk.trip("write", errno.ENOSPC)
    journal = opened(disk)
    assert journal.damage
    assert "Make room on the disk" in journal.damage
    assert disk.snapshot()[FIRST] == torn
    assert len(list(journal.read())) == 1
    assert opened(disk).damage is None


def test_words_are_struck_out_of_quarantine_in_part_too() -> None:
    disk = SimulatedDisk()
    quarantine = Quarantine(disk, DATA / "quarantine")
    path = quarantine.keep("journal", b'{"words":{"en":"Ada owes \\u2713 the bak')
    quarantine.keep("journal", b"nothing of it")
    assert quarantine.scrub(["Ada owes", "the baker forty"]) == 1
    content = disk.snapshot()[path]
    assert not any(part in content for part in (b"Ada", b"owes", b"the bak"))
    assert content.startswith(b'{"words":{"en":"')
    assert quarantine.scrub(["Ada owes", "the baker forty", ""]) == 0


@pytest.mark.parametrize("left", [0, 150, -1])
def test_where_fewer_lines_stand_than_were_promised_nothing_is_cut(left: int) -> None:
    files = {FIRST: written((3,))[FIRST][:left]}
    disk = SimulatedDisk(files)
    keys, place = KEYS, DATA / "quarantine"
    journal = Journal.open(disk, DATA / "journal", keys, place, random.Random(1).randbytes, promised=3)
    assert journal.damage is not None
    assert (journal.length, kept_copies(disk)) == (0, [])
    assert disk.snapshot()[FIRST] == files[FIRST]
    assert not journal.verify().sound
