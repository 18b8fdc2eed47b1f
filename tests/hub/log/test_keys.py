"""The hub's key: one secret, kept whole or not at all."""

from __future__ import annotations

import base64
import random
import stat
from pathlib import Path

import pytest
from simulated_disk import SimulatedDisk, crash

from hub import entry
from hub.log.faults import KeysDamaged, KeysMissing, KeysPresent
from hub.log.fs import RealDisk
from hub.log.keys import Keys

DATA = Path("/data")


def make(disk: SimulatedDisk, seed: int = 1) -> Keys:
    return Keys.create(disk, DATA, random.Random(seed).randbytes)


def test_a_hub_keeps_its_name() -> None:
    disk = SimulatedDisk()
    assert make(disk).hub == Keys.load(disk, DATA).hub


def test_its_signature_is_checked_by_its_name() -> None:
    keys = make(SimulatedDisk())
    signature = base64.b64encode(keys.sign("ab" * 32)).decode()
    entry.check_signature(keys.hub, "ab" * 32, signature)
    with pytest.raises(entry.Damaged):
        entry.check_signature(keys.hub, "ac" * 32, signature)


def test_each_purpose_has_a_secret_of_its_own() -> None:
    keys, other = make(SimulatedDisk(), 1), make(SimulatedDisk(), 2)
    secrets = {each.secret(purpose) for each in (keys, other) for purpose in ("cards", "pins", "street salts")}
    assert len(secrets) == 6
    assert all(len(secret) == 32 for secret in secrets)
    assert keys.secret("cards") == keys.secret("cards")


def test_without_a_key_the_reader_learns_what_to_do() -> None:
    with pytest.raises(KeysMissing, match="restore it from the backup stick"):
        Keys.load(SimulatedDisk(), DATA)


def test_a_key_is_never_overwritten() -> None:
    disk = SimulatedDisk()
    before = make(disk).hub
    with pytest.raises(KeysPresent):
        make(disk, 2)
    assert Keys.load(disk, DATA).hub == before


@pytest.mark.parametrize("content", [b"", b"{}", b'{"hub":"00","root":"zz"}', b"\x00" * 160])
def test_a_file_that_holds_no_key_is_not_used(content: bytes) -> None:
    with pytest.raises(KeysDamaged):
        Keys.load(SimulatedDisk({DATA / "keys.json": content}), DATA)


def test_a_flipped_bit_never_gives_another_name() -> None:
    disk = SimulatedDisk()
    hub = make(disk).hub
    content = disk.snapshot()[DATA / "keys.json"]
    for at in range(len(content)):
        flipped = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        try:
            assert Keys.load(SimulatedDisk({DATA / "keys.json": flipped}), DATA).hub == hub
        except KeysDamaged:
            continue


def test_a_power_cut_leaves_the_whole_key_or_none() -> None:
    disk = SimulatedDisk()
    hub = make(disk).hub
    disk.note("created")
    for moment in disk.moments():
        for seed in range(20):
            after, promised = crash(disk, moment, random.Random(seed))
            try:
                assert Keys.load(after, DATA).hub == hub
            except KeysMissing:
                assert promised is None


def test_only_its_owner_reads_the_key(tmp_path: Path) -> None:
    Keys.create(RealDisk(), tmp_path, random.Random(1).randbytes)
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_a_key_does_not_print_itself() -> None:
    keys = make(SimulatedDisk())
    assert keys._root.hex() not in repr(keys) + str(vars(keys)["hub"])
