"""The press: the one owner of the printer. It alone looks at it, opens it and sends it anything, in one thread.

Whoever wants something printed puts it into the spool and is told where it stands. A trouble before the
first byte costs nothing: the sheet waits, the printer is looked at every few seconds, and printing goes on
by itself. A trouble after it leaves the sheet unknown, for a person to look at.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hub.documents.blocks import Document
from hub.domain.base import N_, Circle, Refusal
from hub.log.faults import Fault
from hub.printing.port import BadPrinter, Ended, Job, Printer, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.printers import file, folder
from hub.printing.raster import Raster
from hub.printing.spool import NO_MORE, TAKEN_BACK, Spool
from hub.printing.spooled import Spooled, State, Wanted
from hub.printing.typecase import NoFonts, TypeCase, Typesetting

POLL: Final = 3.0
"""Seconds between two looks at a printer for which something waits."""
IDLE: Final = 15.0
"""Seconds between two looks at a printer for which nothing does."""
NARROW: Final = "members-"
"""Before the kind of a sheet that is not for the room, where a printer names files by kinds."""
GONE: Final = N_("The hub was started again before this was printed. Private sheets are not kept: ask for it again.")
UNREADABLE: Final = N_("This sheet was not kept well until the printer was ready. Please ask for it again.")
WITHIN: Final = N_("The printer may have stopped in the middle of this sheet. Look at the paper.")
NEVER_TWICE: Final = N_("A private sheet is never printed twice by itself. Tear this one up, and ask for a new one.")
OTHER_WORDS: Final = N_("This was sent before, for another sheet. Ask for it again.")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for people, marked for translation, and what fills its places."""

    message: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)


class Press:
    """One printer and its spool. `step` and `run` are for one thread; all else may be called from any."""

    def __init__(
        self,
        settings: PrinterSettings,
        spool: Spool,
        typesetting: Callable[[], Typesetting],
        opening: Callable[[PrinterSettings], Printer],
        erasures: Callable[[], int] = lambda: 0,
    ) -> None:
        """`erasures` tells how often words were taken back: pictures from before are let go."""
        self.settings, self.spool = settings, spool
        self.erasures, self._erased = erasures, spool.erased()
        self.typecase = TypeCase(typesetting)
        self._opening = opening
        self._printer: Printer | None = None
        self._woken = threading.Event()
        self.trouble: Said | None = None
        """What keeps the printer from printing, as it was seen last."""
        self.answers: bool | None = None
        """Whether the printer says how it is; None until it was reached once."""

    # For whoever wants something printed

    def preview(self, document: Document) -> Raster:
        """The very dots that would be printed. Raises NoFonts, Refusal."""
        return self.typecase.raster(document, self.settings.width)

    def put(
        self,
        document: Document,
        key: str,
        circle: Circle = Circle.ROOM,
        copies: int = 1,
        *,
        specimen: bool = False,
        raster: Raster | None = None,
        erasures: int | None = None,
    ) -> Spooled:
        """Have a sheet printed; `raster` where its dots are made already. The same key is the same sheet.

        `erasures` is what `erasures` said before it was read: what was taken back since is not printed.

        Raises Refusal, NotSpooled, SpoolFull, NoFonts.
        """
        found = self.spool.of_key(key)
        if found is None:
            dots = raster or self.preview(document)
            found = self.spool.add(Wanted(document.kind, document.lang, dots, key, circle, copies, specimen, erasures))
        if found.kind != document.kind:
            raise Refusal("", OTHER_WORDS)
        self.wake()
        return found

    def came_out(self, job: str, whole: bool) -> Spooled | None:
        """Somebody looked whether a sheet came out whole. None for one that is not known."""
        found = self.spool.came_out(job, whole)
        self.wake()
        return found

    def why(self, spooled: Spooled) -> Said | None:
        """What stands in the way of a sheet, or stood when it was given up."""
        if spooled.waits:
            return self.trouble
        if spooled.state is State.LOST and spooled.trouble == TAKEN_BACK:
            return Said(NO_MORE)
        if spooled.state is State.LOST:
            return Said(GONE if spooled.private else UNREADABLE)
        if spooled.state is State.SPOILED:
            return Said(NEVER_TWICE)
        if spooled.state is State.UNKNOWN:
            return Said(WITHIN) if spooled.trouble else None
        return Said(Trouble[spooled.trouble].value) if spooled.trouble in Trouble.__members__ else None

    def pictures(self) -> list[Path]:
        """What a folder printer made, newest first; nothing while words on it are being taken back, or it is none."""
        place = Path(self.settings.address)
        if self.settings.kind == "folder" and self.erasures() == self._erased:
            with suppress(OSError):
                return [place / name for name in folder.printed(place)]
        return []

    def wake(self) -> None:
        """Look now: something waits, or the hub is about to stop."""
        self._woken.set()

    # For the one thread

    def run(self, stopping: threading.Event) -> None:
        """Print whatever waits, until `stopping` is set and `wake` called."""
        with suppress(NoFonts, Refusal):  # said to whoever prints
            self.preview(Document("warm", "en", "", ()))
        while True:
            self._woken.clear()
            if stopping.is_set():  # looked at after the bell is cleared, so that no ring is missed
                break
            if not self.step():
                self._woken.wait(POLL if self.spool.waiting else IDLE)
        self.close()

    def close(self) -> None:
        """Let go of the printer."""
        if self._printer is not None:
            self._printer.close()

    def step(self) -> bool:
        """One round: look at the printer, and print the next sheet. Returns whether there may be more to do."""
        self._erase()
        printer, spooled = self._ready(), self.spool.next()
        if printer is None or spooled is None:
            return False
        try:
            return self._print(printer, spooled)
        except Exception:  # a bug, which ends the hub; after the next start this sheet does not end it again
            found = self.spool.find(spooled.job)
            sent = found is not None and found.state is State.SENDING
            self.spool.end(spooled.job, State.UNKNOWN if sent else State.LOST)
            raise

    def _erase(self) -> None:
        """Let go of pictures that may show what was taken back meanwhile. What fails is tried again."""
        wanted = self.erasures()
        if wanted == self._erased:
            return
        with suppress(Fault, OSError):
            if self.settings.kind == "folder":
                folder.forget(Path(self.settings.address))
            elif self.settings.kind == "file":
                file.forget(self.settings.address)
            self.spool.erase(wanted)
            self._erased = wanted

    def _ready(self) -> Printer | None:
        """The printer, if nothing keeps it from printing."""
        try:
            if self._printer is None:
                self._printer = self._opening(self.settings)
            trouble = self._printer.trouble()
            self.answers = self._printer.answers
        except BadPrinter as fault:
            self.trouble = Said(fault.message, fault.parameters)
            return None
        except PrinterTrouble as fault:
            trouble = fault.trouble
        except OSError:
            trouble = Trouble.LOST
        self._notice(trouble)
        return self._printer if trouble is None else None

    def _notice(self, trouble: Trouble | None) -> None:
        self.trouble = Said(trouble.value) if trouble else None
        if trouble is Trouble.LOST and self._printer is not None:
            self._printer.close()

    def _print(self, printer: Printer, spooled: Spooled) -> bool:
        raster = self._dots(spooled)
        if raster is None or raster.width != printer.width:
            self.spool.end(spooled.job, State.LOST)
            return True
        begun: list[str] = []

        def sending() -> None:
            self.spool.begin(spooled.job)
            begun.append(spooled.job)

        open_to_all = spooled.specimen or spooled.circle >= Circle.ROOM
        named = spooled.kind if open_to_all else NARROW + spooled.kind
        job = Job(raster, spooled.kind, spooled.private, named, spooled.specimen, self._within)
        try:
            ended = printer.print(job, sending)
        except PrinterTrouble as fault:
            return self._stopped(spooled, fault.trouble, began=fault.began)
        except Fault as fault:  # the spool could not say that it begins, so nothing was sent
            self.trouble = Said(fault.message, fault.parameters)
            return False
        except OSError:
            return self._stopped(spooled, Trouble.LOST, began=bool(begun))
        self.spool.end(spooled.job, State.DONE if ended is Ended.DONE else State.UNKNOWN)
        return True

    def _dots(self, spooled: Spooled) -> Raster | None:
        """What is printed: the kept picture, with a band above it where a first try may lie beside it."""
        raster = self.spool.raster(spooled)
        if raster is None or not spooled.copy:
            return raster
        empty = Document(spooled.kind, spooled.lang, "", ())
        try:
            band = self.typecase.raster(empty, raster.width, copy=True)
        except (NoFonts, Refusal):
            return None
        return Raster(raster.width, band.height + raster.height, band.rows + raster.rows)

    def _within(self, trouble: Trouble | None) -> None:
        """A trouble within a sheet, which the printer waits out, and its end."""
        self.trouble = Said(trouble.value) if trouble else None

    def _stopped(self, spooled: Spooled, trouble: Trouble, *, began: bool) -> bool:
        """A sheet did not end well. Returns whether the printer is worth another look at once."""
        if trouble is Trouble.REFUSED:
            self.spool.end(spooled.job, State.REFUSED, trouble.name)
            return True
        self._notice(trouble)
        self.spool.end(spooled.job, State.UNKNOWN if began else State.QUEUED, trouble.name)
        return False
