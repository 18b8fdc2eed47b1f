"""The stores of one hub, opened together and in order: lock, keys, journal, street, neighbours, people.

DIRECTORY/hub.lock           one writer
DIRECTORY/keys.json          the hub's signing key and secret
DIRECTORY/journal/           the truth, in one order
DIRECTORY/street/            what neighbours may hear, derived
DIRECTORY/neighbours/        other hubs' streets, as received
DIRECTORY/people.json        names, contacts, cards, PINs: what can be forgotten
DIRECTORY/boxes/             sealed ballots, while one is open
DIRECTORY/quarantine/        damaged tails, for whoever wants to look
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hub.domain.base import N_, Refusal
from hub.log import fs
from hub.log.fs import Disk, RealDisk
from hub.log.journal import Journal
from hub.log.keys import FILE as KEYS
from hub.log.keys import Keys
from hub.log.lock import Lock, unfit
from hub.log.neighbours import Neighbours
from hub.log.street import Street
from hub.people import People

RandomBytes = Callable[[int], bytes]


class Unfit(Exception):
    """The place for the data cannot keep it. The sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything durable, open. `close` lets go of the lock last."""

    directory: Path
    disk: Disk
    keys: Keys
    journal: Journal
    street: Street
    neighbours: Neighbours
    people: People
    random_bytes: RandomBytes
    _held: ExitStack

    @property
    def boxes(self) -> Path:
        """Where the sealed boxes of open ballots lie."""
        return self.directory / "boxes"

    def close(self) -> None:
        """Close all files and let go of the lock."""
        self._held.close()


def founded(directory: Path) -> bool:
    """Whether a hub lives in this directory: a founding that was refused leaves a key and no line."""
    return any(segment.stat().st_size for segment in (directory / "journal").glob("*.jsonl"))


def _keys(disk: Disk, directory: Path, random_bytes: RandomBytes) -> Keys:
    """The hub's keys; new ones where nothing was ever written with any. Raises KeysMissing, KeysDamaged."""
    if KEYS in disk.names(directory) or disk.names(directory / "journal"):
        return Keys.load(disk, directory)
    return Keys.create(disk, directory, random_bytes)


def check_place(directory: Path, *, ephemeral: bool) -> None:
    """Raise Unfit where the file system forgets or cannot promise an order of writes."""
    kind = unfit(directory)
    if kind and not ephemeral:
        raise Unfit(
            f"The data would lie on a {kind} file system, which does not keep what it is told to keep. "
            "Nothing was written. Choose a directory on the machine's own disk or card, "
            "or add --ephemeral for a hub that forgets everything."
        )


def open_stores(directory: Path, random_bytes: RandomBytes, disk: Disk | None = None) -> Stores:
    """Open a hub's stores, recovering what a power cut left. Raises Occupied, KeysMissing, PeopleDamaged."""
    disk = disk or RealDisk()
    with ExitStack() as held:
        fs.make_durable_directory(disk, directory)
        held.enter_context(Lock(directory))
        keys = _keys(disk, directory, random_bytes)
        quarantine = directory / "quarantine"
        street = Street.open(disk, directory / "street", keys, quarantine, random_bytes)
        held.callback(street.close)
        promised = street.last_cause  # a line comes onto the street only once its cause is durable
        journal = Journal.open(disk, directory / "journal", keys, quarantine, random_bytes, promised=promised)
        held.callback(journal.close)
        neighbours = Neighbours.open(disk, directory / "neighbours", quarantine)
        people = People.open(disk, directory / "people.json", keys.secret("people"), random_bytes)
        fs.make_durable_directory(disk, directory / "boxes")
        return Stores(directory, disk, keys, journal, street, neighbours, people, random_bytes, held.pop_all())


def no_such_hub(directory: Path) -> Refusal:
    """The plain answer where a command finds no hub."""
    return Refusal("", N_("There is no hub in {directory}. Found one with: trestle found"), directory=str(directory))
