"""The spool: what waits for the printer, what is being printed, and what came of it.

A sheet is on the medium before it is promised, and marked `sending` before its first byte, so that after a
crash the worst the spool can say is `unknown`: a person looks. One small file a sheet says where it stands;
its picture lies beside it for as long as it may still be printed. Of a private sheet (a card, a slip) only
the state is written: its picture is in memory, and gone with a restart.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from hub.domain.base import DAY, N_, Circle, Millis, Refusal
from hub.log import fs
from hub.log.faults import Fault
from hub.printing.raster import Raster
from hub.printing.spooled import Spooled, State, Wanted, awake, one_more
from hub.printing.tray import Tray

MOST_WAITING: Final = 50
KEPT: Final = 50
"""States of sheets that wait for nothing any more, and as many of private ones; the oldest go first, and all
after a day."""
MOST_ROWS: Final = 24_000
"""Of one sheet: three metres of paper, at eight dots a millimetre."""
MOST_COPIES: Final = 5
TOO_LONG: Final = N_("This sheet is longer than a roll of paper. Open it as a PDF instead.")
NO_MORE: Final = N_("Words were taken back while this waited, so it was not printed. Please ask for it again.")
TAKEN_BACK: Final = "taken back"
"""The trouble of a sheet that was given up because its words may be gone."""


class Spool:
    """The sheets of one printer, in one directory. Thread-safe. Never raises while it is opened."""

    def __init__(
        self, disk: fs.Disk, directory: Path, random_bytes: Callable[[int], bytes], clock: Callable[[], Millis]
    ) -> None:
        self._tray = Tray(disk, directory)
        self._random, self._clock = random_bytes, clock
        self._lock = threading.RLock()
        self._all: dict[str, Spooled] = {}
        self._secret: dict[str, Raster] = {}
        self._unsaved: set[str] = set()
        self._opened = False
        self._erasures = 0
        self.broke_off = False
        """Whether a sheet was being sent when the program before this one ended: the printer may wait for the rest."""
        with suppress(Fault):  # said to whoever prints, and tried again then
            self._open()

    # What is asked of it

    def add(self, wanted: Wanted) -> Spooled:
        """Take a sheet in; it is on the medium when this returns. Raises Refusal, NotSpooled, SpoolFull."""
        with self._lock:
            self._open()
            found = self.of_key(wanted.key)
            if found is not None:
                return found
            self._check(wanted)
            if wanted.erasures is not None and wanted.erasures < self._erasures:
                raise Refusal("", NO_MORE)
            place = max((each.place for each in self._all.values()), default=0) + 1
            new = Spooled(
                self._random(8).hex(),
                place,
                _digest(wanted.key),
                wanted.kind,
                wanted.lang,
                wanted.circle,
                self._moment(wanted.circle),
                copies=wanted.copies,
                specimen=wanted.specimen,
            )
            self._tray.keep(new, None if new.private else wanted.raster)
            if new.private:
                self._secret[new.job] = wanted.raster
            self._all[new.job] = new
            self._sweep()
            return new

    def find(self, job: str) -> Spooled | None:
        """Where a sheet stands; None for one that is not known, or known no more."""
        with self._lock:
            return self._all.get(job)

    def of_key(self, key: str) -> Spooled | None:
        """The sheet of a request that came before."""
        digest = _digest(key)
        with self._lock:
            return next((each for each in self._all.values() if each.key == digest), None)

    @property
    def waiting(self) -> int:
        """How many sheets are still to be printed."""
        with self._lock:
            return sum(each.waits for each in self._all.values())

    def came_out(self, job: str, whole: bool) -> Spooled | None:
        """Somebody looked. What did not come out whole is printed again as a copy; a private sheet never is.

        An answer nobody asked for changes nothing. Raises NotSpooled, SpoolFull.
        """
        with self._lock:
            found = self._all.get(job)
            if found is None or found.state is not State.UNKNOWN:
                return found
            if whole:
                return self._become(one_more(found))
            if found.private:
                return self._become(replace(found, state=State.SPOILED))
            return self._become(replace(found, state=State.QUEUED, copy=True, trouble=""))

    # What the press does

    def next(self) -> Spooled | None:
        """Whose turn it is; None where nothing waits."""
        with self._lock:
            self._save_late()
            queued = [each for each in self._all.values() if each.state is State.QUEUED]
            return min(queued, key=lambda each: each.rank, default=None)

    def raster(self, spooled: Spooled) -> Raster | None:
        """The picture of a sheet; None where it is gone or cannot be read."""
        with self._lock:
            return self._secret.get(spooled.job) if spooled.private else self._tray.picture(spooled.job)

    def begin(self, job: str) -> None:
        """Mark a sheet as being sent; on the medium when this returns. Raises NotSpooled, SpoolFull."""
        with self._lock:
            self._become(replace(self._all[job], state=State.SENDING, trouble=""))

    def end(self, job: str, state: State, trouble: str = "") -> None:
        """What came of a sheet. Where the medium does not take it, it is true here, and written later."""
        with self._lock:
            found = self._all[job]
            after = one_more(found) if state is State.DONE else replace(found, state=state, trouble=trouble)
            self._all[job] = after
            try:
                self._become(after)
            except Fault:
                self._unsaved.add(job)

    # Erasing

    def erased(self) -> int:
        """After how many erasures in the log the pictures kept were made; 0 where nobody wrote it down."""
        with self._lock:
            return self._tray.erased()

    def erase(self, erasures: int) -> None:
        """Let go of every picture from before so many erasures, and write that down. Raises NotSpooled, SpoolFull."""
        with self._lock:
            self._open()
            for each in list(self._all.values()):
                if each.state is State.QUEUED and not each.private:
                    self.end(each.job, State.LOST, TAKEN_BACK)
                elif each.printable and not each.waits:
                    self._tray.let_go(each.job)
            self._tray.note_erased(erasures)
            self._erasures = erasures

    # Keeping

    def _moment(self, circle: Circle) -> Millis:
        now = self._clock()
        return Millis((now // DAY + 1) * DAY) if circle is Circle.CONCERNED else now

    def _check(self, wanted: Wanted) -> None:
        if wanted.raster.height > MOST_ROWS:
            raise Refusal("", TOO_LONG)
        if not 1 <= wanted.copies <= MOST_COPIES:
            raise Refusal("", N_("Print 1 to {most} copies at once."), most=MOST_COPIES)
        if self.waiting >= MOST_WAITING:
            raise Refusal("", N_("Too many sheets are waiting for the printer. Look at the printer, then try again."))

    def _become(self, after: Spooled) -> Spooled:
        self._tray.save(after)
        self._all[after.job] = after
        self._unsaved.discard(after.job)
        if not after.printable:
            self._secret.pop(after.job, None)
            self._tray.let_go(after.job)
        return after

    def _save_late(self) -> None:
        """Write what the medium did not take before."""
        for job in list(self._unsaved):
            with suppress(Fault):
                self._become(self._all[job])

    def _sweep(self) -> None:
        """Forget what is long settled."""
        now = self._clock()
        settled = sorted((each for each in self._all.values() if not each.waits), key=lambda each: -each.place)
        ranks = {True: count(), False: count()}
        for each in settled:
            rank = next(ranks[each.private])
            old = rank >= KEPT or not -DAY <= now - each.made < DAY
            if old and self._tray.forget(each.job):
                del self._all[each.job]
                self._unsaved.discard(each.job)
                self._secret.pop(each.job, None)

    def _open(self) -> None:
        """Read what was kept: what was being sent is unknown now, and what was in memory alone is lost."""
        if self._opened:
            return
        kept = self._tray.open(self._clock())
        self._opened, self._erasures = True, self._tray.erased()
        self.broke_off = any(each.state is State.SENDING for each in kept)
        self._all = {each.job: awake(each) for each in kept}
        self._unsaved = {each.job for each in kept if awake(each) != each}
        self._save_late()
        self._sweep()
        self._tray.sweep({each.job for each in self._all.values() if each.printable and not each.private})


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
