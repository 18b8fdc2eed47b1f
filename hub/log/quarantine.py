"""Where half-written ends go before they are cut: evidence, and perhaps a sentence somebody typed.

Words that are taken back are taken back here too. A torn line may hold only a part of them, so that
every run of `FRAGMENT` bytes of the text is struck out, not only the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from hub.log import fs

TORN: Final = ".torn"
PROOF: Final = ".proof"
FRAGMENT: Final = 4
"""Bytes of a text that, found in a file, count as a part of it."""


class Quarantine:
    """A directory of bytes that were cut, each file named after where it came from."""

    def __init__(self, disk: fs.Disk, directory: Path) -> None:
        self._disk = disk
        self._directory = directory

    def keep(self, name: str, content: bytes, suffix: str = TORN) -> Path:
        """Copy `content`, durably. The same bytes twice make one file (a crash during recovery)."""
        fs.make_durable_directory(self._disk, self._directory)
        path = self._directory / f"{name}-{hashlib.sha256(content).hexdigest()[:8]}{suffix}"
        fs.replace(self._disk, path, content)
        return path

    def has(self, name: str) -> bool:
        """Whether something of this name is kept already."""
        return any(each.startswith(f"{name}-") for each in self._disk.names(self._directory))

    def tidy(self) -> None:
        """Remove copies that a crash left unfinished. Their originals are not cut yet."""
        fs.remove_unfinished(self._disk, self._directory)

    def scrub(self, texts: Iterable[str]) -> int:
        """Strike these texts out of every torn end, in whole and in part. Returns the files changed.

        Proofs hold no words, and would prove nothing with a part struck out.
        """
        fragments = [msgspec.json.encode(text)[1:-1] for text in texts]
        changed = 0
        for name in self._disk.names(self._directory):
            if not name.endswith(TORN):
                continue
            path = self._directory / name
            content = fs.read(self._disk, path) or b""
            struck = _strike(content, fragments)
            if struck != content:
                fs.replace(self._disk, path, struck)
                changed += 1
        return changed


def _strike(content: bytes, texts: list[bytes]) -> bytes:
    struck = bytearray(content)
    for text in filter(None, texts):
        width = min(FRAGMENT, len(text))
        runs = {text[at : at + width] for at in range(len(text) - width + 1)}
        for at in range(len(content) - width + 1):
            if content[at : at + width] in runs:
                struck[at : at + width] = b"*" * width
    return bytes(struck)
