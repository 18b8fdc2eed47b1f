"""A line of a chain: envelope, canonical bytes, hash, signature, batches. Pure; no files, no clock.

A line is a head, a signature and a body. The head is what the chain binds: who, when, what, in ids
and numbers. The body is the words people typed; the head holds only a salted hash of it, so that a
body can be blanked later and every chain still verifies. The hash of a head covers the hash of the
head before it, so one signature speaks for the whole chain up to its line.

Canonical bytes are JSON by RFC 8785: sorted keys, no floats, UTF-8. The same bytes stand on disk and
under the signature; keys are ASCII, so that byte order and the RFC's order agree.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from hub.domain.base import HubId, Position, Words

VERSION: Final = 1
GREATEST: Final = 2**53 - 1
"""The largest whole number RFC 8785 lets a line hold."""
SALT_BYTES: Final = 16

Typed = dict[str, Words | list[Words]]
"""The words of one line: field name -> {language: text}, or a list of such."""


class Body(msgspec.Struct, frozen=True):
    """Words and the salt that hides them from guessing once they are gone."""

    salt: str
    words: Typed


class Head(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What the chain binds of one line.

    `seq` counts from 1. (`boot`, `seq`) orders; (`time` in milliseconds, `tick`) is the hybrid
    logical time, which never runs backwards in one chain, and `clock_ok` says whether the clock was
    trusted. `key` is the idempotency key. `part` is (n, of) where one command gave several lines.
    `cause` is the journal position a street line stems from. `body` is the salted hash of the body.
    """

    v: int = VERSION
    kind: str
    seq: int
    prev: str
    boot: int
    time: int
    tick: int = 0
    clock_ok: bool = True
    actor: str = ""
    key: str = ""
    part: tuple[int, int] | None = None
    cause: int = 0
    data: msgspec.Raw
    body: str = ""


class Line(msgspec.Struct, frozen=True):
    """One line as it stands on disk. `head` is kept as its bytes; `sig` is Ed25519, base64."""

    head: msgspec.Raw
    sig: str
    body: Body | None = None


class Damaged(Exception):
    """A line, batch or chain that is not what its author signed, or not a line at all."""


_canonical = msgspec.json.Encoder(order="sorted")
_plain = msgspec.json.Encoder()
_line = msgspec.json.Decoder(Line)
_head = msgspec.json.Decoder(Head)


def canonical(value: object) -> bytes:
    """RFC 8785 bytes. Raises Damaged for what a line may not hold: floats, huge numbers."""
    content = _canonical.encode(value)
    _check_numbers(msgspec.json.decode(content))
    return content


def _check_numbers(value: object) -> None:
    match value:
        case float():
            raise Damaged("a line holds no fractions: write numerator and denominator, or minor units")
        case int() if abs(value) > GREATEST:
            raise Damaged("a number in this line is too large to be kept exactly everywhere")
        case dict():
            for each in value.values():
                _check_numbers(each)
        case list():
            for each in value:
                _check_numbers(each)


def genesis(author: HubId, chain: str) -> str:
    """The `prev` of a chain's first line. `chain` is "journal" or "street"."""
    return hashlib.sha256(f"trestle {VERSION} {chain} {author}".encode()).hexdigest()


def head_hash(head: bytes) -> str:
    """The hash of one head's bytes, 64 hexadecimal digits."""
    return hashlib.sha256(head).hexdigest()


def body_hash(body: Body) -> str:
    """The salted hash a head holds of its body: HMAC-SHA-256 of the words under the salt."""
    return hmac.new(bytes.fromhex(body.salt), _canonical.encode(body.words), "sha256").hexdigest()


def salt(seed: bytes, seq: int) -> str:
    """The salt of the line `seq` in a batch whose seed is `seed`; a journal line draws its own."""
    return hmac.new(seed, seq.to_bytes(8, "big"), "sha256").digest()[:SALT_BYTES].hex()


def write_line(head: bytes, signature: bytes, body: Body | None) -> bytes:
    """One line for the disk, with its line feed."""
    sig = base64.b64encode(signature).decode()
    return _plain.encode(Line(msgspec.Raw(head), sig, body)) + b"\n"


def read_line(content: bytes) -> Line:
    """A line from the disk. Raises Damaged when it is not one."""
    try:
        return _line.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise Damaged(f"this is not a line of a log: {fault}") from fault


def read_head(head: bytes | msgspec.Raw) -> Head:
    """A head from its bytes. Raises Damaged when it is not one."""
    try:
        return _head.decode(head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise Damaged(f"this is not the head of a line: {fault}") from fault


def check_link(head: Head, prev: str, seq: int) -> None:
    """Raise Damaged unless `head` is line `seq` and follows the line whose hash is `prev`."""
    if head.seq != seq:
        raise Damaged(f"line {seq} calls itself {head.seq}")
    if head.prev != prev:
        raise Damaged(f"line {seq} does not follow the line before it")


def check_body(head: Head, body: Body | None) -> None:
    """Raise Damaged unless the body is the one the head was written with, or blank."""
    if body is None:
        return
    if not _is_hex(body.salt) or body_hash(body) != head.body:
        raise Damaged(f"the words of line {head.seq} are not the words that were written")


def check_signature(author: HubId, hash_of_head: str, signature: str) -> None:
    """Raise Damaged unless `author` signed the chain up to this hash."""
    try:
        sig = base64.b64decode(signature, validate=True)
        VerifyKey(bytes.fromhex(author)).verify(signed_bytes(hash_of_head), sig)
    except (BadSignatureError, ValueError, TypeError) as fault:
        raise Damaged("the signature is not that of the hub it names") from fault
    if not _is_hex(author) or base64.b64encode(sig).decode() != signature:
        raise Damaged("the signature or its hub is not written as this version writes it")


def _is_hex(text: str) -> bool:
    """Whether text is hexadecimal as we write it; others would pass for the same bytes, and change ours."""
    try:
        return bytes.fromhex(text).hex() == text
    except ValueError:
        return False


def signed_bytes(hash_of_head: str) -> bytes:
    """What Ed25519 signs: a name for the purpose, then the chain's hash."""
    return b"trestle line " + bytes.fromhex(hash_of_head)


# Batches: what one hub hands to another.


class BatchLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One street line inside a batch: the head without `seq` and `prev`, which are implied."""

    head: dict[str, Any]
    words: Typed | None = None
    salt: str = ""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """A run of street lines whose bytes and boundaries their author fixed for ever.

    `number` counts from 1. `first` is the first line's `seq`, `prev` the hash before it. `seed`
    yields all salts; it is "" in a batch reissued after a redaction, whose lines then carry their
    own. `sig` is the author's signature on the last line.
    """

    v: int = VERSION
    author: HubId
    number: int
    first: int
    prev: str
    seed: str
    lines: list[BatchLine]
    sig: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One verified line, ready to be folded: whose, its head, its hash, its words if not blanked."""

    author: HubId
    head: Head
    hash: str
    body: Body | None

    @property
    def seq(self) -> Position:
        """The line's place in its chain."""
        return Position(self.head.seq)


_batch = msgspec.json.Decoder(Batch)


def write_batch(author: HubId, number: int, seed: str, lines: Sequence[Line]) -> bytes:
    """The bytes of a batch of consecutive street lines (canonical JSON, no line feed)."""
    heads: list[dict[str, Any]] = [msgspec.json.decode(line.head) for line in lines]
    packed = [
        BatchLine(
            {name: value for name, value in head.items() if name not in ("seq", "prev")},
            line.body.words if line.body else None,
            line.body.salt if line.body and not seed else "",
        )
        for head, line in zip(heads, lines, strict=True)
    ]
    return canonical(
        Batch(
            author=author,
            number=number,
            first=heads[0]["seq"],
            prev=heads[0]["prev"],
            seed=seed,
            lines=packed,
            sig=lines[-1].sig,
        )
    )


def read_batch(content: bytes) -> tuple[Batch, list[Entry]]:
    """A batch and its lines, every hash and the signature checked. Raises Damaged, and only that."""
    try:
        batch = _batch.decode(content)
        if batch.v != VERSION or not batch.lines or batch.number < 1 or batch.first < 1:
            raise Damaged("this is not a batch this version can read")
        if not _is_hex(batch.seed) or canonical(batch) != content:
            raise Damaged("this is not a batch this version can read")
        entries = list(_unpack(batch))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as fault:
        raise Damaged(f"this is not a batch of a street chain: {fault}") from fault
    check_signature(batch.author, entries[-1].hash, batch.sig)
    return batch, entries


def _unpack(batch: Batch) -> Iterable[Entry]:
    seed, prev = bytes.fromhex(batch.seed), batch.prev
    for seq, line in enumerate(batch.lines, batch.first):
        if line.head.keys() & {"seq", "prev"}:
            raise Damaged("a line in a batch does not number itself")
        head = canonical({**line.head, "seq": seq, "prev": prev})
        read = read_head(head)
        body = None
        if line.salt and (seed or line.words is None):
            raise Damaged("a line carries a salt that nothing needs: the author did not write it")
        if line.words is not None:
            body = Body(salt(seed, seq) if seed else line.salt, line.words)
        elif seed and read.body:
            raise Damaged("a batch without some of its words has no seed: with it they could be guessed")
        check_body(read, body)
        prev = head_hash(head)
        yield Entry(batch.author, read, prev, body)


def reissue(content: bytes, blanked: Collection[int]) -> bytes:
    """The batch again, without the words of the lines `blanked` and without the seed.

    Pure and the same everywhere: whoever holds the batch and hears of the redaction makes the very
    bytes its author would send. With the seed a reader could test guesses against the hash.
    """
    batch, entries = read_batch(content)
    lines = [
        BatchLine(line.head)
        if entry.body is None or entry.seq in blanked
        else BatchLine(line.head, entry.body.words, entry.body.salt)
        for line, entry in zip(batch.lines, entries, strict=True)
    ]
    return canonical(msgspec.structs.replace(batch, seed="", lines=lines))
