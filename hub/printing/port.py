"""The port every printer stands behind: what it is given, how it ends, what can be wrong with it.

There is one owner of a printer and it calls from one thread, so nothing here is locked. A printer
says how a job ended only as far as it knows: `DONE` is the printer's own word, `SENT` is ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from hub.domain.base import N_
from hub.printing.raster import Raster

KINDS: Final = ("folder", "file", "network", "usb", "serial", "cups")
WIDTHS: Final = (576, 384)
"""Dots across an 80 mm and a 58 mm roll at 203.2 dpi."""
FEWEST_ROWS: Final = 24
MOST_ROWS: Final = 240


class Trouble(Enum):
    """Why nothing prints now; the value is the sentence a person is shown."""

    PAPER_OUT = N_("The printer has no paper. Nothing is lost. Put in a new roll; it goes on by itself.")
    COVER_OPEN = N_("The printer's lid is open. Nothing is lost. Close it until it clicks; it goes on by itself.")
    ERROR = N_(
        "The printer has stopped: it is too hot, or its cutter is stuck. Nothing is lost. "
        "Switch it off, look for stuck paper, wait five minutes, and switch it on."
    )
    LOST = N_(
        "The printer does not answer. Nothing is lost. Look whether it is switched on and its cable is in; "
        "it goes on by itself."
    )
    TAKEN = N_(
        "The hub cannot use the printer: another program holds it, or the hub has no right to. Nothing is lost. "
        "Stop the other program, or ask whoever set up this machine; it goes on by itself."
    )
    REFUSED = N_(
        "This sheet is private, and this printer keeps a picture of every sheet. Nothing was printed or kept. "
        "Connect a receipt printer for ballot slips and cards."
    )
    NO_ROOM = N_(
        "The place where printed sheets are kept cannot be written. Nothing is lost. "
        "Make room on the disk; it goes on by itself."
    )


class Ended(Enum):
    """How a job ended that met no trouble."""

    DONE = "done"
    """The printer itself said so after the last byte."""
    SENT = "sent"
    """Every byte was handed over to a printer that never answers: a person must look."""


class PrinterTrouble(Exception):
    """The job did not end well. `began` says whether a first byte of it may have been printed."""

    def __init__(self, trouble: Trouble, began: bool = False) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.began = began


class BadPrinter(Exception):
    """Settings no printer can be opened with; the message is a plain sentence, marked for translation."""

    def __init__(self, message: str, **parameters: str | int) -> None:
        super().__init__(message.format(**parameters))
        self.message = message
        self.parameters = parameters


def unheard(trouble: Trouble | None) -> None:
    """Nobody wants to know of troubles while the job waits."""


@dataclass(frozen=True, slots=True)
class Job:
    """One sheet to print.

    `private` sheets (slip, card, token) may not touch a disk, unless they are a `specimen`. `title` may name
    people and is never written anywhere; `kind` ("minutes") names files. `noticed` is told when a trouble
    comes up within the job and the printer waits for a person, and told None when it has passed.
    """

    raster: Raster
    title: str = ""
    private: bool = False
    kind: str = "sheet"
    specimen: bool = False
    noticed: Callable[[Trouble | None], None] = unheard

    @property
    def secret(self) -> bool:
        """Whether nothing of it may stay behind."""
        return self.private and not self.specimen


class Printer(Protocol):
    """One printer. Nobody else may hold it meanwhile."""

    width: int
    """Dots across."""
    answers: bool
    """False for a mute one: it never says how it is, and a person must look at each sheet."""

    def trouble(self) -> Trouble | None:
        """Look now what keeps it from printing; None when nothing does, or when it is mute."""

    def print(self, job: Job, sending: Callable[[], None]) -> Ended:
        """Print one job; `sending` is called once, before the first byte. Raises PrinterTrouble."""

    def close(self) -> None:
        """Let go of the printer. It is opened again by itself when it is used again."""


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """Which printer, and what it must be spared.

    `address`: a directory, a file or device node, `host:port`, `vendor:product[:serial]` in hexadecimal,
    `device@baud[,xonxoff]`, or the name of a print queue. `strip_rows`: rows sent at once; printers of the
    5890 class lose their place with more. `strip_delay_ms`: a rest between strips for those that choke.
    `cut`: whether it has a cutter. `feeds`: send blank rows as paper feeds; off for printers that feed by a
    unit of their own instead of one row.
    """

    kind: str
    address: str
    width: int = 576
    mute: bool = False
    strip_rows: int = 104
    strip_delay_ms: int = 0
    cut: bool = True
    feeds: bool = True

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadPrinter(
                N_("There is no printer of the kind “{kind}”. Use one of these: {kinds}."),
                kind=self.kind,
                kinds=", ".join(KINDS),
            )
        if self.width not in WIDTHS:
            raise BadPrinter(
                N_("A printer cannot be {width} dots wide. Use 576 for rolls of 80 mm, 384 for 58 mm."),
                width=self.width,
            )
        if not FEWEST_ROWS <= self.strip_rows <= MOST_ROWS:
            raise BadPrinter(
                N_("A strip of {rows} rows is not possible. Use a number from {fewest} to {most}."),
                rows=self.strip_rows,
                fewest=FEWEST_ROWS,
                most=MOST_ROWS,
            )
        if not self.address.strip():
            raise BadPrinter(N_("The printer's address is missing. Say where it is in the settings."))
