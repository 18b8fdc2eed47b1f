"""A hub that signs whatever it is told: a key of its own, and no rules."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kitchen import NOON
from simulated_disk import SimulatedDisk

from hub import entry
from hub.domain.base import HubId, Millis
from hub.log.chain import Record, Stamp
from hub.log.keys import Keys
from hub.log.street import Street

DATA = Path("/data")
Said = tuple[str, dict[str, Any], entry.Typed | None]
"""One line: its kind, its data, its words."""


class Stranger:
    """Its street, of any lines at all."""

    def __init__(self, seed: bytes = b"s") -> None:
        keys = Keys(seed * 32)
        disk = SimulatedDisk()
        self.hub: HubId = keys.hub
        self._street = Street.open(disk, DATA / "street", keys, DATA / "quarantine", random.Random(1).randbytes)

    def says(self, lines: Iterable[Said], time: int = NOON) -> bytes:
        """One batch of these lines."""
        for kind, data, words in lines:
            record = Record(kind, entry.canonical(data), words, cause=self._street.length + 1)
            self._street.append([record], Stamp(Millis(time), True))
        number = self._street.close_batch()
        assert number is not None
        return self._street.batch(number)
