"""The file of the persons: replaced whole or not at all, and believed only with its checksum."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from hub.log.fs import Disk, read, remove_durably, replace


class PeopleDamaged(Exception):
    """The people file is not what this hub wrote. It is left as it is; restore it from the backup."""


class AtomicStorage(Storage):
    """TinyDB's two-method port on one file that is replaced whole or not at all.

    The file is a checksum (SHA-256, hexadecimal), a line feed, and JSON. It is read once, here;
    afterwards memory is what the medium holds. Raises PeopleDamaged and touches nothing when the
    checksum does not match. Removes what a power cut left of an unfinished write: it may hold
    someone who was forgotten since.
    """

    def __init__(self, disk: Disk, path: Path) -> None:
        self._disk, self._path = disk, path
        self._tables = self._stored()
        self._sweep_unfinished()

    def read(self) -> dict[str, dict[str, Any]] | None:
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Return once `data` is on the medium. After OSError memory says again what the file says.

        Nothing is lost by a next attempt: it writes a new file from the start.
        """
        content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            replace(self._disk, self._path, _checksum(content) + b"\n" + content)
        except OSError:
            self._tables = self._stored()
            with suppress(OSError):
                self._sweep_unfinished()
            raise
        self._tables = data

    def _stored(self) -> dict[str, dict[str, Any]] | None:
        raw = read(self._disk, self._path)
        if raw is None:
            return None
        checksum, _, content = raw.partition(b"\n")
        if checksum != _checksum(content):
            raise PeopleDamaged(f"{self._path} is damaged. It was not touched; restore it from the backup.")
        tables: dict[str, dict[str, Any]] = json.loads(content)
        return tables

    def _sweep_unfinished(self) -> None:
        unfinished = self._path.with_name(self._path.name + ".new")
        if unfinished.name in self._disk.names(self._path.parent):
            remove_durably(self._disk, unfinished)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
