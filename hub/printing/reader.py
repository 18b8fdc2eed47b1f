"""ESC/POS bytes back into rasters: what a printer would have made of them.

It knows the commands `strips` sends and the questions we ask, and nothing else: any other byte is a
fault of ours and raises `Stray`. No I/O: bytes in, commands out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hub.printing.raster import Raster


class Stray(ValueError):
    """Bytes we never mean to send."""


@dataclass(frozen=True, slots=True)
class Start:
    """ESC @"""


@dataclass(frozen=True, slots=True)
class Strip:
    """GS v 0: `rows` packed, most significant bit leftmost, 1 is black."""

    width: int
    rows: bytes


@dataclass(frozen=True, slots=True)
class Feed:
    """ESC J n, in rows."""

    rows: int


@dataclass(frozen=True, slots=True)
class Cut:
    """GS V B 0"""


@dataclass(frozen=True, slots=True)
class Ask:
    """DLE EOT n: answered at once, whatever the printer is doing."""

    what: int


@dataclass(frozen=True, slots=True)
class Fence:
    """GS r 1: answered when all before it is printed."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Zeroes: they end a strip that was cut off, and mean nothing otherwise."""

    count: int


Command = Start | Strip | Feed | Cut | Ask | Fence | Filler

STRIP: Final = b"\x1dv0\x00"
STRIP_HEAD: Final = len(STRIP) + 4
FIXED: Final[dict[bytes, Command]] = {b"\x1b@": Start(), b"\x1dVB\x00": Cut(), b"\x1dr\x01": Fence()}
WITH_NUMBER: Final[dict[bytes, type[Feed] | type[Ask]]] = {b"\x1bJ": Feed, b"\x10\x04": Ask}


@dataclass(slots=True)
class Reader:
    """Takes bytes as they come and gives whole commands; keeps what is not whole yet."""

    waiting: bytearray = field(default_factory=bytearray)

    def feed(self, content: bytes) -> Iterator[Command]:
        """The commands that are whole now. Raises Stray at the first byte that is none of ours."""
        self.waiting += content
        while self.waiting and (found := self._next()):
            command, size = found
            del self.waiting[:size]
            yield command

    def _next(self) -> tuple[Command, int] | None:
        held = self.waiting
        if held[0] == 0:
            size = len(held) - len(held.lstrip(b"\x00"))
            return Filler(size), size
        for start, command in FIXED.items():
            if held.startswith(start):
                return command, len(start)
        for start, made in WITH_NUMBER.items():
            if held.startswith(start):
                return (made(held[len(start)]), len(start) + 1) if len(held) > len(start) else None
        if held.startswith(STRIP):
            return self._strip()
        if any(start.startswith(held) for start in (*FIXED, *WITH_NUMBER, STRIP)):
            return None
        raise Stray(f"not a command of ours: {bytes(held[:8]).hex(' ')}")

    def _strip(self) -> tuple[Command, int] | None:
        held = self.waiting
        if len(held) < STRIP_HEAD:
            return None
        across = int.from_bytes(held[4:6], "little")
        height = int.from_bytes(held[6:8], "little")
        size = STRIP_HEAD + across * height
        if len(held) < size:
            return None
        return Strip(across * 8, bytes(held[STRIP_HEAD:size])), size


@dataclass(slots=True)
class Sheet:
    """The paper that hangs out of the printer: rows as they are printed."""

    width: int
    rows: bytearray = field(default_factory=bytearray)

    @property
    def height(self) -> int:
        return len(self.rows) * 8 // self.width

    def add(self, command: Strip | Feed) -> None:
        """Print a strip or feed. Raises Stray for a strip of another width than the paper's."""
        match command:
            case Feed(rows):
                self.rows += bytes(rows * self.width // 8)
            case Strip(width, rows):
                if width != self.width:
                    raise Stray(f"a strip of {width} dots on paper of {self.width}")
                self.rows += rows

    def raster(self) -> Raster:
        """What is on it now."""
        return Raster(self.width, self.height, bytes(self.rows))


def read(content: bytes, width: int) -> list[Raster]:
    """The sheets these bytes print on paper `width` dots wide; the last may be uncut. Raises Stray."""
    reader, sheets = Reader(), [Sheet(width)]
    for command in reader.feed(content):
        match command:
            case Strip() | Feed():
                sheets[-1].add(command)
            case Cut():
                sheets.append(Sheet(width))
            case _:
                pass
    if reader.waiting:
        raise Stray(f"{len(reader.waiting)} bytes of a command that never ends")
    return [sheet.raster() for sheet in sheets if sheet.height]
