"""The envelope: one encoding, nothing altered unseen, a redaction that comes out the same everywhere."""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st
from simulated_disk import SimulatedDisk

from hub import entry
from hub.domain.base import HubId, Millis, Words
from hub.log.chain import Record, Stamp
from hub.log.keys import Keys
from hub.log.street import Street

DATA = Path("/data")
KEYS = Keys(bytes(32))

whole = st.integers(-entry.GREATEST, entry.GREATEST)
text = st.text(st.characters(exclude_categories=["Cs"]))
names = st.text(st.characters(codec="ascii"))
values = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inner: st.lists(inner) | st.dictionaries(names, inner),
    max_leaves=20,
)


@given(values)
@example({"\x7f": '\x7f\u2028\u0000\u001f"\\/\b\f\n\r\t', "a": [{}, [], ""], "": "€ \U0001f35e"})
def test_canonical_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert entry.canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(values)
def test_canonical_bytes_read_back_to_the_same_bytes(value: object) -> None:
    content = entry.canonical(value)
    assert entry.canonical(msgspec.json.decode(content)) == content


@pytest.mark.parametrize("value", [0.5, 1.0, [1, {"a": 2.5}], 2**53, -(2**53), 2**64, 2**70])
def test_what_some_machines_would_round_is_refused(value: object) -> None:
    with pytest.raises(entry.Damaged):
        entry.canonical(value)


def make_street(count: int = 5, *, silent: Sequence[int] = ()) -> Street:
    """A street of one batch; the lines `silent` never had words."""
    street = Street.open(SimulatedDisk(), DATA / "street", KEYS, DATA / "quarantine", random.Random(1).randbytes)
    records = [
        Record(
            "need.voiced",
            b'{"by":"ada","need":%d}' % n,
            None if n in silent else {"text": Words({"en": f"flour {n}", "es": f"harina “{n}”"})},
            cause=n,
        )
        for n in range(1, count + 1)
    ]
    street.append(records, Stamp(Millis(7), False))
    street.close_batch()
    return street


BATCH = make_street(4, silent=[2]).batch(1)
REISSUED = entry.reissue(BATCH, [3])


def test_a_batch_gives_back_every_line() -> None:
    street = make_street(5)
    batch, entries = entry.read_batch(street.batch(1))
    assert entries == list(street.read())
    assert (batch.author, batch.number, batch.first, batch.prev) == (
        KEYS.hub,
        1,
        1,
        entry.genesis(KEYS.hub, "street"),
    )


@pytest.mark.parametrize("content", [BATCH, REISSUED], ids=["issued", "reissued"])
def test_every_changed_byte_of_a_batch_is_caught(content: bytes) -> None:
    rng = random.Random(1)
    unsigned = content.index(b'"number":') + len(b'"number":')
    for at in set(range(len(content))) - {unsigned}:
        others = {content[at] ^ 1, content[at] ^ 0x20, rng.randrange(256), ord("0"), ord(" ")} - {content[at]}
        for other in others:
            with pytest.raises(entry.Damaged):
                entry.read_batch(content[:at] + bytes([other]) + content[at + 1 :])


@pytest.mark.parametrize("content", [BATCH, REISSUED], ids=["issued", "reissued"])
def test_a_batch_cut_or_grown_is_caught(content: bytes) -> None:
    for cut in range(len(content)):
        with pytest.raises(entry.Damaged):
            entry.read_batch(content[:cut])
    for more in (b" ", b"\n", b"\x00", content):
        with pytest.raises(entry.Damaged):
            entry.read_batch(content + more)


def test_the_same_signature_written_otherwise_is_not_the_same_batch() -> None:
    batch = msgspec.json.decode(BATCH, type=entry.Batch)
    sig = batch.sig
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    alias = sig[:-3] + alphabet[alphabet.index(sig[-3]) + 1] + "=="
    assert base64.b64decode(alias) == base64.b64decode(sig)
    for changes in ({"sig": alias}, {"seed": batch.seed.upper()}, {"author": batch.author.upper()}):
        with pytest.raises(entry.Damaged):
            entry.read_batch(entry.canonical(msgspec.structs.replace(batch, **changes)))


@pytest.mark.parametrize(("content", "place"), [(BATCH, 0), (BATCH, 1), (REISSUED, 1), (REISSUED, 2)])
def test_a_salt_that_nothing_needs_is_no_part_of_a_batch(content: bytes, place: int) -> None:
    batch = msgspec.json.decode(content, type=entry.Batch)
    assert not batch.lines[place].salt
    lines = list(batch.lines)
    lines[place] = msgspec.structs.replace(lines[place], salt="0")
    with pytest.raises(entry.Damaged):
        entry.read_batch(entry.canonical(msgspec.structs.replace(batch, lines=lines)))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(st.binary(max_size=200))
@example(b"[" * 100_000)
@example(b'{"v":' + b"9" * 5_000 + b"}")
@example(b'"\\ud800"')
def test_rubbish_is_never_more_than_damaged(content: bytes) -> None:
    for read in (entry.read_batch, entry.read_line, entry.read_head):
        with pytest.raises(entry.Damaged):
            read(content)


@given(st.data())
def test_a_batch_with_a_strange_value_is_never_more_than_damaged(data: st.DataObject) -> None:
    """A stranger chooses every value, and writes it canonically where he can."""
    batch = msgspec.json.decode(data.draw(st.sampled_from([BATCH, REISSUED])))
    line = data.draw(st.sampled_from(batch["lines"]))
    place = data.draw(st.sampled_from([batch, line, line["head"]]))
    key = data.draw(st.sampled_from([*sorted(place.keys() - {"number"}), "seq", "prev", "salt", "words", "part"]))
    value = data.draw(json_values | whole | st.just(None))
    if place.get(key) != value or type(place.get(key)) is not type(value):
        place[key] = value
        with pytest.raises(entry.Damaged):
            entry.read_batch(msgspec.json.encode(batch, order="sorted"))


def test_reissue_is_equal_from_holder_and_author() -> None:
    for taken in ([1], [4], [1, 3], [1, 2, 3, 4], [2], [99]):
        street = make_street(4, silent=[2])
        street.blank([seq for seq in taken if seq <= 4])
        expected = entry.reissue(BATCH, taken) if set(taken) & {1, 3, 4} else BATCH
        assert street.batch(1) == expected


@given(st.lists(st.sets(st.integers(1, 4)), min_size=1, max_size=4), st.randoms())
def test_redactions_may_be_heard_in_any_order(heard: list[set[int]], rng: random.Random) -> None:
    shuffled = rng.sample(heard, len(heard))
    here = there = BATCH
    for one, other in zip(heard, shuffled, strict=True):
        here, there = entry.reissue(here, one), entry.reissue(there, other)
    assert here == there == entry.reissue(BATCH, set().union(*heard))


def test_a_reissue_holds_neither_the_words_nor_what_would_let_one_guess_them() -> None:
    _, entries = entry.read_batch(REISSUED)
    assert [bool(each.body) for each in entries] == [True, False, False, True]
    batch = msgspec.json.decode(BATCH, type=entry.Batch)
    salt = entry.salt(bytes.fromhex(batch.seed), 3)
    for secret in ("flour 3", "harina “3”", batch.seed, salt):
        assert secret.encode() not in REISSUED


def test_a_head_says_nothing_of_its_words_without_the_salt() -> None:
    same = entry.Body("00" * 16, {"text": Words({"en": "yes"})})
    other = entry.Body("01" * 16, {"text": Words({"en": "yes"})})
    assert entry.body_hash(same) != entry.body_hash(other)


def test_each_chain_of_each_hub_begins_elsewhere() -> None:
    hubs = [HubId("00" * 32), HubId("01" * 32)]
    assert len({entry.genesis(hub, chain) for hub in hubs for chain in ("journal", "street")}) == 4


def test_a_stranger_cannot_sign_for_the_author() -> None:
    batch = msgspec.json.decode(BATCH, type=entry.Batch)
    _, entries = entry.read_batch(BATCH)
    sig = base64.b64encode(Keys(b"1" * 32).sign(entries[-1].hash)).decode()
    with pytest.raises(entry.Damaged):
        entry.read_batch(entry.canonical(msgspec.structs.replace(batch, sig=sig)))


def test_a_shorter_batch_under_the_same_signature_is_caught() -> None:
    batch = msgspec.json.decode(BATCH, type=entry.Batch)
    for lines in (batch.lines[:-1], batch.lines[1:], batch.lines[::-1], [*batch.lines, batch.lines[-1]], []):
        with pytest.raises(entry.Damaged):
            entry.read_batch(entry.canonical(msgspec.structs.replace(batch, lines=lines)))


def test_a_batch_that_keeps_its_seed_keeps_its_words() -> None:
    batch = msgspec.json.decode(BATCH, type=entry.Batch)
    lines = [entry.BatchLine(batch.lines[0].head), *batch.lines[1:]]
    with pytest.raises(entry.Damaged, match="guessed"):
        entry.read_batch(entry.canonical(msgspec.structs.replace(batch, lines=lines)))
