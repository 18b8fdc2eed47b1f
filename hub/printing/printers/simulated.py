"""A thermal printer in memory, with the troubles of a real one at the turn of a switch.

Bytes go in, answers come out, and paper hangs out of it. What is meant for the paper waits while there is
none, the lid is open or the cutter is stuck; questions are answered all the same. Sheets are what `reader`
makes of the bytes.

    printer = SimulatedPrinter(576)
    printer.paper = 50                  # rows left on the roll
    printer.receive(...); printer.sheets
    printer.refill()
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import RLock

from hub.printing.raster import Raster
from hub.printing.reader import Ask, Command, Cut, Feed, Fence, Reader, Sheet, Strip
from hub.printing.status import (
    COVER_OPEN,
    ERROR,
    IS_OFFLINE,
    LIVE,
    OFFLINE,
    PAPER,
    PAPER_END,
    PAPER_STOPPED,
    PRINTER,
)


def nobody(_answer: bytes) -> None:
    """Nobody hears what the printer says."""


class SimulatedPrinter:
    """Switches may be turned from another thread than the one that brings bytes."""

    def __init__(self, width: int = 576) -> None:
        self.width = width
        self.sheets: list[Raster] = []
        """What was cut off."""
        self.received = 0
        """Bytes."""
        self.mute = False
        """Never says anything."""
        self.fenceless = False
        """Leaves GS r out, as cheap printers do."""
        self.paper: int | None = None
        """Rows left on the roll; None is plenty."""
        self.open = False
        self.stuck = False
        self.answer: Callable[[bytes], None] = nobody
        self.at_strip: Callable[[int], object] = int
        """Called with the number of each strip, from 1, before it is printed: to be slow, or to pull something."""
        self.strips = 0
        self._lock = RLock()
        self._reader = Reader()
        self._waiting: deque[Command] = deque()
        self._sheet = Sheet(width)

    def receive(self, content: bytes) -> None:
        """Take bytes, print what can be printed, answer what is asked."""
        with self._lock:
            self.received += len(content)
            for command in self._reader.feed(content):
                if isinstance(command, Ask):
                    self._say(self._state(command.what))
                else:
                    self._waiting.append(command)
                    self._go_on()

    def refill(self, rows: int | None = None) -> None:
        """Put in paper."""
        with self._lock:
            self.paper = rows
            self._go_on()

    def lid(self, *, is_open: bool) -> None:
        """Open or close it."""
        with self._lock:
            self.open = is_open
            self._go_on()

    def jam(self, *, stuck: bool) -> None:
        """Let the cutter be stuck, or free it."""
        with self._lock:
            self.stuck = stuck
            self._go_on()

    def hang_up(self) -> None:
        """The connection ended: half a command is forgotten, as print servers do."""
        with self._lock:
            self._reader = Reader()

    def restart(self) -> None:
        """Switched off and on: what was not printed is gone."""
        with self._lock:
            self._waiting.clear()
            self._reader = Reader()

    @property
    def hanging(self) -> int:
        """Rows printed since the last cut."""
        return self._sheet.height

    @property
    def paper_out(self) -> bool:
        return self.paper == 0

    def _go_on(self) -> None:
        while self._waiting and not (self.open or self.stuck or self.paper_out):
            command = self._waiting.popleft()
            match command:
                case Strip() | Feed():
                    self._move(command)
                case Cut():
                    if self._sheet.height:
                        self.sheets.append(self._sheet.raster())
                    self._sheet = Sheet(self.width)
                case Fence() if not self.fenceless:
                    self._say(0)
                case _:
                    pass

    def _move(self, command: Strip | Feed) -> None:
        """Print as far as there is paper; the rest waits."""
        if isinstance(command, Strip):
            self.strips += 1
            self.at_strip(self.strips)
        across = self.width // 8
        wanted = command.rows if isinstance(command, Feed) else len(command.rows) // across
        possible = wanted if self.paper is None else min(wanted, self.paper)
        if self.paper is not None:
            self.paper -= possible
        if isinstance(command, Feed):
            self._sheet.add(Feed(possible))
            rest: Command = Feed(wanted - possible)
        else:
            self._sheet.add(Strip(command.width, command.rows[: possible * across]))
            rest = Strip(command.width, command.rows[possible * across :])
        if possible < wanted:
            self._waiting.appendleft(rest)

    def _state(self, what: int) -> int:
        stopped = self.open or self.stuck or self.paper_out
        bits = {
            PRINTER: IS_OFFLINE * stopped,
            OFFLINE: COVER_OPEN * self.open | PAPER_STOPPED * self.paper_out | ERROR * self.stuck,
            PAPER: PAPER_END * self.paper_out,
        }
        return LIVE | bits.get(what, 0)

    def _say(self, byte: int) -> None:
        if not self.mute:
            self.answer(bytes([byte]))


class SimulatedLink:
    """`Link` straight into a simulated printer."""

    def __init__(self, printer: SimulatedPrinter) -> None:
        self.printer = printer
        self.takes: int | None = None
        """How many more bytes it takes before it takes none; None is any number."""
        self.breaks_after: int | None = None
        """How many more bytes go through before the cable is pulled."""
        self.closed = False
        self._answers = bytearray()
        printer.answer = self._answers.extend

    def send(self, content: memoryview) -> int:
        if self.breaks_after == 0:
            raise ConnectionError("the cable was pulled")
        limits = [limit for limit in (self.takes, self.breaks_after) if limit is not None]
        taken = min([len(content), *limits])
        self.printer.receive(bytes(content[:taken]))
        self.takes = None if self.takes is None else self.takes - taken
        self.breaks_after = None if self.breaks_after is None else self.breaks_after - taken
        return taken

    def receive(self, seconds: float) -> bytes:
        """At once, whatever there is: time does not pass here."""
        if self.breaks_after == 0:
            raise ConnectionError("the cable was pulled")
        found = bytes(self._answers)
        self._answers.clear()
        return found

    def close(self) -> None:
        self.closed = True
