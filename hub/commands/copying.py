"""A copy of a hub that is running, to be read beside it: as the hub was at one moment, though it goes on.

Nothing is asked of the running hub. Its files are taken in an order in which no file knows of more than
the next one holds, and taken anew where the hub put another file in the place of one just taken.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from hub.domain.base import Refusal
from hub.log import fs, keys
from hub.log.street import BATCHES
from hub.service import Service

ATTEMPTS: Final = 20
PAUSE: Final = 0.05
"""Seconds between two attempts: a rewritten file is in its place by then."""
READING: Final = ".reading-"
"""How the directories of copies begin."""
LEFT: Final = 3600
"""Seconds after which a copy was left behind by a reader that was killed."""


class _Moved(Exception):
    """The hub rewrote a part of what was being copied."""


@contextmanager
def beside(data: Path, open_hub: Callable[[Path], Service]) -> Iterator[Service]:
    """A running hub, opened on a copy that is gone afterwards. Raises Refusal where none came out whole.

    The copy lies within `data`, where the same people may look, and no others.
    """
    sweep(data)
    seen: str | None = None
    for attempt in range(1, ATTEMPTS + 1):
        with TemporaryDirectory(dir=data, prefix=READING) as place, ExitStack() as held:
            try:
                service = _opened(data, Path(place), open_hub, held)
            except (_Moved, FileNotFoundError):
                time.sleep(PAUSE)
                continue
            if service.damage in (None, seen) or attempt == ATTEMPTS:
                yield service
                return
            seen = service.damage  # what two copies show alike is the hub's own
    raise Refusal("", "The hub is writing so much that no steady copy of it came out. Nothing was changed; try again.")


def sweep(data: Path) -> None:
    """Remove copies left behind: they hold names and a key, and no hub keeps them up to date."""
    for place in data.glob(f"{READING}*"):
        with suppress(FileNotFoundError):
            if time.time() - place.stat().st_mtime > LEFT:
                shutil.rmtree(place)


def _opened(data: Path, place: Path, open_hub: Callable[[Path], Service], held: ExitStack) -> Service:
    """Copy and open. Opening derives anew what the street lacks; a batch is closed by the hub alone."""
    copy(data, place)
    boundaries = _content(place / "street" / BATCHES)
    service = open_hub(place)
    held.callback(service.close)
    if _content(place / "street" / BATCHES) != boundaries:
        raise _Moved
    return service


def copy(data: Path, place: Path) -> None:
    """Copy what is needed to read: no ballot box, no token. Raises FileNotFoundError, or _Moved: begin anew.

    The street's lines stem from lines of the journal, so that it goes first; the boundaries of its
    batches stay as they are meanwhile, for pending lines are sealed for the batch they are pending for.
    A street taken before words were taken back may not stand beside a journal taken after it. Persons
    come last: whom the journal does not know yet is not known.
    """
    with ExitStack() as held:
        held.enter_context(_copied(data / keys.FILE, place / keys.FILE))
        boundaries = _content(data / "street" / BATCHES)
        street = _lines(data / "street", place / "street", held)
        if _content(data / "street" / BATCHES) != boundaries:
            raise _Moved
        (place / "street" / BATCHES).write_bytes(boundaries)
        _lines(data / "neighbours", place / "neighbours", held)
        _lines(data / "journal", place / "journal", held)
        if any(_was_replaced(file) for file in street):
            raise _Moved
        if (data / "people.json").exists():
            held.enter_context(_copied(data / "people.json", place / "people.json"))


def _lines(directory: Path, place: Path, held: ExitStack) -> list[BinaryIO]:
    """Copy the files of lines that there are, by number; a file newer than this list holds later lines only."""
    names = {path.name for path in directory.iterdir()} - {BATCHES}
    place.mkdir(mode=0o700)
    return [
        held.enter_context(_copied(directory / name, place / name))
        for name in sorted(names, key=lambda name: (len(name), name))
        if not name.endswith(fs.UNFINISHED)
    ]


@contextmanager
def _copied(path: Path, place: Path) -> Iterator[BinaryIO]:
    """Copy one file; it stays open, so that one put in its place cannot be taken for it."""
    with path.open("rb") as file:
        with place.open("xb") as target:
            shutil.copyfileobj(file, target)
        yield file


def _was_replaced(file: BinaryIO) -> bool:
    return os.fstat(file.fileno()).st_nlink == 0


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
