"""The sealed box and the struck roll of one open walk-up ballot (ballots.md, 2 and 3).

Nothing here may tell in which order people voted. A box is a file of random bytes with one slot for
each line of the roll; a vote goes once, in place, into a random free slot, sealed and of fixed width.
The roll is a file of sectors written in place, without counters or times.

    BALLOT.roll   one sector for each line of the roll: blank, committing or voted
    BALLOT.box    one slot for each line of the roll: random bytes, or nonce and sealed choice
    BALLOT.key    the key of the slots. On the data card: the weaker, walk-up form. Who takes the card
                  while the ballot is open can read what was chosen, though not by whom.

The key file is written last: without it no vote was ever taken, and a box that was cut short in the
making is made anew.

A vote commits by counting, so that no crash can double or lose one: the roll says `committing`, then
the slot is written, then the roll says `voted`, each step durable before the next. After a crash, as
many readable slots as `voted` marks: the vote did not go in, and its mark is released; one more: it did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from hub.domain.base import N_
from hub.log import fs
from hub.log.faults import Fault

SECTOR: Final = 512
"""Bytes a medium writes whole or not at all."""
NONCE: Final = 24
TAG: Final = 16
WIDTH: Final = SECTOR - NONCE - TAG
"""Bytes of one sealed choice, its length byte and padding included."""
KEY: Final = 32
BLANK, COMMITTING, VOTED = 0, 1, 2

RandomBytes = Callable[[int], bytes]


class BoxDamaged(Fault):
    """Roll and box do not agree in a way no crash explains."""

    MESSAGE = N_(
        "The ballot box of ballot {ballot} is damaged: {voted} people are marked and {slots} votes can be read. "
        "Nothing was changed. Stop this ballot, annul it, and vote again on paper."
    )


class BoxLost(BoxDamaged):
    """An open ballot has no box: deleted by hand, or left behind by a copy that was restored."""

    MESSAGE = N_(
        "The ballot box of ballot {ballot} is not here any more, so nobody can vote in it, and no vote in it can be "
        "counted. The hub annuls this ballot by itself. Please hold it again."
    )


class NotConfirmed(Fault):
    """The medium failed while a vote was being put in."""

    MESSAGE = N_(
        "The disk failed while your vote was being put into the box. Nobody can vote twice, so please try once "
        "more. If this comes back, ask who looks after the hub to start it again."
    )


class AlreadyVoted(Exception):
    """This line of the roll is struck."""


class Box:
    """One open box. Not thread-safe: the service's lock guards it. `entry` is a place on the roll, from 0."""

    def __init__(
        self, disk: fs.Disk, directory: Path, ballot: str, random_bytes: RandomBytes, *, again: bool = False
    ) -> None:
        """Open the files; `again` makes sure that what is read there is on the medium, too. Raises BoxDamaged."""
        self._disk, self._directory, self._ballot = disk, directory, ballot
        self._random = random_bytes
        self._failed = False
        self._key = fs.read(disk, _path(directory, ballot, "key")) or b""
        self._roll = disk.open(_path(directory, ballot, "roll"))
        self._slots = disk.open(_path(directory, ballot, "box"))
        content, sealed = self._roll.read(), self._slots.read()
        if len(self._key) != KEY or len(content) % SECTOR or len(content) != len(sealed):
            raise BoxDamaged(ballot=ballot, voted=0, slots=0)
        if again:
            self._settle(content, sealed)
        self._marks = [_mark_of(content[at : at + SECTOR]) for at in range(0, len(content), SECTOR)]
        self._used = {slot for slot, _ in self._readable()}
        self._recover()

    def _settle(self, marks: bytes, sealed: bytes) -> None:
        """Write again what was read, in its place: a killed process or a failed sync may have left it in memory."""
        self._disk.sync_directory(self._directory)
        for file, content in ((self._slots, sealed), (self._roll, marks)):
            file.write_at(0, content)
            file.sync()
            file.forget_time()

    def _recover(self) -> None:
        """Settle the one vote a crash may have cut short. Raises BoxDamaged."""
        committing = [entry for entry, mark in enumerate(self._marks) if mark == COMMITTING]
        voted, slots = self._marks.count(VOTED), len(self._used)
        if len(committing) > 1 or not voted <= slots <= voted + len(committing):
            raise BoxDamaged(ballot=self._ballot, voted=voted, slots=slots)
        for entry in committing:
            self._mark(entry, VOTED if slots > voted else BLANK)

    def _readable(self) -> list[tuple[int, bytes]]:
        """Every slot that opens, with what is in it."""
        content = self._slots.read()
        opened = []
        for slot in range(len(content) // SECTOR):
            choice = self._unseal(slot, content[slot * SECTOR : (slot + 1) * SECTOR])
            if choice is not None:
                opened.append((slot, choice))
        return opened

    def has_voted(self, entry: int) -> bool:
        """Whether this line of the roll is struck."""
        return self._marks[entry] == VOTED

    def struck(self) -> list[bool]:
        """The roll, line by line: struck or not."""
        return [mark == VOTED for mark in self._marks]

    def cast(self, entry: int, choice: bytes) -> None:
        """Put one vote in; it is in for good when this returns.

        Raises AlreadyVoted, NotConfirmed (the box is unusable until opened anew), ValueError for a
        choice of more than 470 bytes, IndexError for a line that is not on the roll.
        """
        if self._failed:
            raise NotConfirmed
        if self._marks[entry] != BLANK:
            raise AlreadyVoted
        slot = self._free_slot()
        sealed = self._seal(slot, choice)
        try:
            self._mark(entry, COMMITTING)
            self._slots.write_at(slot * SECTOR, sealed)
            self._slots.sync()
            self._slots.forget_time()
            self._used.add(slot)
            self._mark(entry, VOTED)
        except OSError as fault:
            self._failed = True
            raise NotConfirmed from fault

    def _free_slot(self) -> int:
        free = [slot for slot in range(len(self._marks)) if slot not in self._used]
        return free[_below(len(free), self._random)]

    def _mark(self, entry: int, mark: int) -> None:
        self._roll.write_at(entry * SECTOR, _sector(mark))
        self._roll.sync()
        self._roll.forget_time()
        self._marks[entry] = mark

    def _seal(self, slot: int, choice: bytes) -> bytes:
        if len(choice) > WIDTH - 2:
            raise ValueError(f"a choice has at most {WIDTH - 2} bytes")
        padded = len(choice).to_bytes(2, "big") + choice
        nonce = self._random(NONCE)
        padded = padded.ljust(WIDTH, b"\0")
        sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(padded, self._bound(slot), nonce, self._key)
        return nonce + sealed

    def _unseal(self, slot: int, content: bytes) -> bytes | None:
        """What is in a slot; None for a free one, which does not open, nor does one torn in the writing."""
        nonce, sealed = content[:NONCE], content[NONCE:]
        try:
            padded = crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, self._bound(slot), nonce, self._key)
        except CryptoError:
            return None
        return padded[2 : 2 + int.from_bytes(padded[:2], "big")]

    def _bound(self, slot: int) -> bytes:
        """What a slot is sealed for: this ballot, this place. Swapped or copied, it does not open."""
        return f"{self._ballot} {slot}".encode()

    def open_all(self) -> list[bytes]:
        """Every choice in the box, sorted, so that no place tells anything."""
        return sorted(choice for _, choice in self._readable())

    def close(self) -> None:
        """Let go of the files."""
        self._roll.close()
        self._slots.close()

    def destroy(self) -> None:
        """Overwrite and remove the files; the key first, since without it the slots say nothing."""
        self.close()
        destroy_leftovers(self._disk, self._directory, self._ballot, self._random)


def create(disk: fs.Disk, directory: Path, ballot: str, size: int, random_bytes: RandomBytes) -> Box:
    """A new, empty box for a roll of `size` lines, durable. Raises OSError."""
    fs.replace(disk, _path(directory, ballot, "roll"), _sector(BLANK) * size)
    fs.replace(disk, _path(directory, ballot, "box"), b"".join(random_bytes(SECTOR) for _ in range(size)))
    fs.replace(disk, _path(directory, ballot, "key"), random_bytes(KEY))
    return Box(disk, directory, ballot, random_bytes)


def open_box(disk: fs.Disk, directory: Path, ballot: str, random_bytes: RandomBytes) -> Box:
    """The box of a ballot that is open, with the vote a crash cut short settled. Raises BoxDamaged."""
    return Box(disk, directory, ballot, random_bytes, again=True)


def exists(disk: fs.Disk, directory: Path, ballot: str) -> bool:
    """Whether this ballot's box was finished. One that was not has taken no vote."""
    return f"{ballot}.key" in disk.names(directory)


def names(disk: fs.Disk, directory: Path) -> set[str]:
    """Every ballot of which some file lies here; what else somebody put here is left alone."""
    stems = {name.split(".")[0] for name in disk.names(directory)}
    return {stem for stem in stems if stem.isdecimal()}


def destroy_leftovers(disk: fs.Disk, directory: Path, ballot: str, random_bytes: RandomBytes) -> None:
    """Overwrite and remove what is left of a box. Safe to repeat after a crash."""
    left = [name for name in disk.names(directory) if name.split(".")[0] == ballot]
    for name in sorted(left, key=lambda name: not name.endswith(".key")):
        path = directory / name
        with fs.opened(disk, path) as file:
            file.write_at(0, random_bytes(len(file.read())))
            file.sync()
        fs.remove_durably(disk, path)


def _path(directory: Path, ballot: str, kind: str) -> Path:
    return directory / f"{ballot}.{kind}"


def _sector(mark: int) -> bytes:
    """One line of the roll on the medium: the mark, and a checksum that tells a torn sector."""
    body = bytes([mark]) * (SECTOR - 32)
    return body + hashlib.sha256(body).digest()


def _mark_of(sector: bytes) -> int:
    """The mark in a sector. A torn one was being written: `committing`, which counting settles."""
    body, digest = sector[:-32], sector[-32:]
    if hashlib.sha256(body).digest() != digest or body[0] not in (BLANK, VOTED):
        return COMMITTING
    return body[0]


def _below(limit: int, random_bytes: RandomBytes) -> int:
    """A number below `limit`, every one as likely: draws beyond the last whole round are thrown away."""
    bound = 2**32 - 2**32 % limit
    while (drawn := int.from_bytes(random_bytes(4), "big")) >= bound:
        pass
    return drawn % limit
