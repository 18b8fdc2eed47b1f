"""The hub's one secret, from which its name, its signatures and its derived secrets come.

The file holds 32 random bytes. The Ed25519 key and every other secret are derived from them by keyed
BLAKE2b (RFC 7693), each under its own name, so that one paper key brings a whole hub back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
from nacl.signing import SigningKey

from hub import entry
from hub.domain.base import HubId
from hub.log import fs
from hub.log.faults import KeysDamaged, KeysMissing, KeysPresent

FILE: Final = "keys.json"
ROOT_BYTES: Final = 32


class _Stored(msgspec.Struct, frozen=True):
    """The key file. `hub` is there so that a damaged root is noticed, not used."""

    hub: HubId
    root: str


class Keys:
    """Signs for the hub and derives its secrets. Never prints itself."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._signing = SigningKey(self._derive(b"trestle sign", ""))
        self.hub = HubId(self._signing.verify_key.encode().hex())

    @classmethod
    def create(cls, disk: fs.Disk, directory: Path, random_bytes: Callable[[int], bytes]) -> Keys:
        """A new hub's keys, durable before they are returned. Raises KeysPresent."""
        fs.make_durable_directory(disk, directory)
        if fs.read(disk, directory / FILE) is not None:
            raise KeysPresent
        root = random_bytes(ROOT_BYTES)
        keys = cls(root)
        fs.replace(disk, directory / FILE, msgspec.json.encode(_Stored(keys.hub, root.hex())) + b"\n")
        return keys

    @classmethod
    def load(cls, disk: fs.Disk, directory: Path) -> Keys:
        """The keys of the hub in `directory`. Raises KeysMissing or KeysDamaged."""
        content = fs.read(disk, directory / FILE)
        if content is None:
            raise KeysMissing
        try:
            stored = msgspec.json.decode(content, type=_Stored)
            root = bytes.fromhex(stored.root)
        except (msgspec.MsgspecError, ValueError) as fault:
            raise KeysDamaged from fault
        keys = cls(root)
        if len(root) != ROOT_BYTES or keys.hub != stored.hub:
            raise KeysDamaged
        return keys

    def sign(self, hash_of_head: str) -> bytes:
        """The 64 bytes of the Ed25519 signature on a chain up to the line with this hash."""
        return self._signing.sign(entry.signed_bytes(hash_of_head)).signature

    def secret(self, purpose: str) -> bytes:
        """32 secret bytes for one purpose ("street salts", "cards", "pins"); always the same ones."""
        return self._derive(b"trestle secret", purpose)

    def _derive(self, realm: bytes, purpose: str) -> bytes:
        return hashlib.blake2b(purpose.encode(), digest_size=32, key=self._root, person=realm).digest()
