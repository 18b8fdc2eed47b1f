"""A receipt printer over any link: look, send strips, wait for its own word that all is printed.

    look (DLE EOT 1, 2, 4) -> sending -> strip, glance, strip, glance, ... -> GS r 1 -> its answer

When paper runs out within a job the link is kept and looked at again and again: once there is paper the
printer goes on where it stood, so the job ends well if somebody comes in time. Nothing is sent twice.
A mute printer is never asked anything.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from threading import Event
from typing import Final

from hub.printing.port import Ended, Job, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.printers.talk import Link, Patience, Talk
from hub.printing.status import FENCE, IS_OFFLINE, PRINTER
from hub.printing.strips import clearing, sheet

ROWS_PER_SECOND: Final = 200
"""25 mm: the slowest printer there is."""
NOT_OURS: Final = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.EAGAIN)


class ReceiptPrinter:
    """`Printer` over a link that `connect` opens; it is opened when first used and again after a loss.

    `broke_off`: a sheet was cut off in an earlier life of this program, nobody knows where. What may be missing
    of a strip is then made up before anything else, and the half sheet taken away before the next.
    """

    def __init__(
        self,
        settings: PrinterSettings,
        connect: Callable[[], Link],
        stopping: Event,
        patience: Patience,
        *,
        broke_off: bool = False,
    ) -> None:
        self.width = settings.width
        self.answers = not settings.mute
        self._settings = settings
        self._connect = connect
        self._stopping = stopping
        self._patience = patience
        self._talk: Talk | None = None
        self._missing = settings.strip_rows * settings.width // 8 if broke_off else 0
        self._left_hanging = broke_off

    def trouble(self) -> Trouble | None:
        fresh = self._talk is None
        try:
            found = self._look()
        except OSError as fault:
            self.close()
            if not fresh:
                return self.trouble()
            return Trouble.TAKEN if fault.errno in NOT_OURS else Trouble.LOST
        if found is Trouble.LOST:
            self.close()
        return found

    def print(self, job: Job, sending: Callable[[], None]) -> Ended:
        if job.raster.width != self.width:
            raise ValueError(f"a sheet of {job.raster.width} dots for paper of {self.width}")
        if not self.answers:
            self.close()  # a link may have died meanwhile, and here nobody would say so
        if trouble := self.trouble():
            raise PrinterTrouble(trouble)
        talk = self._opened()
        sending()
        try:
            self._clear(talk, job)
            self._left_hanging = True
            self._send(talk, job)
            if self.answers:
                self._await_fence(talk, job)
        except OSError:
            self.close()
            raise PrinterTrouble(Trouble.LOST, began=True) from None
        except PrinterTrouble:
            self.close()
            raise
        self._left_hanging = False
        if self.answers:
            return Ended.DONE
        self.close()
        return Ended.SENT

    def close(self) -> None:
        talk, self._talk = self._talk, None
        if talk:
            talk.link.close()

    def _opened(self) -> Talk:
        if self._talk is None:
            self._talk = Talk(self._connect())
        while self._missing and (taken := self._talk.link.send(memoryview(bytes(self._missing)))):
            self._missing -= taken
        return self._talk

    def _look(self) -> Trouble | None:
        talk = self._opened()
        return talk.look(self._patience.answer) if self.answers else None

    def _clear(self, talk: Talk, job: Job) -> None:
        """Let the next person not get the half sheet of the last."""
        if self._left_hanging:
            self._hand_over(talk, job, clearing(self.width, self._settings.cut))

    def _send(self, talk: Talk, job: Job) -> None:
        """Every piece, with a glance after each as long as the printer answers glances."""
        settings = self._settings
        glancing = self.answers
        for piece in sheet(job.raster, settings):
            self._hand_over(talk, job, piece)
            if settings.strip_delay_ms and self._stopping.wait(settings.strip_delay_ms / 1000):
                raise PrinterTrouble(Trouble.LOST, began=True)
            if glancing:
                answer = talk.ask(PRINTER, self._patience.answer)
                glancing = answer is not None
                if answer is not None and answer & IS_OFFLINE:
                    self._await_person(talk, job)

    def _hand_over(self, talk: Talk, job: Job, piece: bytes) -> None:
        """One piece, whole.

        What is missing of it after a loss is made up with zeroes once there is a link again: until then a
        printer takes all that comes, questions too, for the rest of the strip.
        """
        left, since, told = memoryview(piece), time.monotonic(), False
        try:
            while left:
                if taken := talk.link.send(left):
                    left, since = left[taken:], time.monotonic()
                    continue
                waited = time.monotonic() - since
                if self._stopping.is_set() or waited > self._patience.person:
                    raise PrinterTrouble(Trouble.LOST, began=True)
                if waited > self._patience.silence and not told:
                    job.noticed(Trouble.LOST)
                    told = True
        finally:
            self._missing = len(left)
        if told:
            job.noticed(None)

    def _await_fence(self, talk: Talk, job: Job) -> None:
        """Return when the printer says that all before is printed."""
        talk.fenced = False
        self._hand_over(talk, job, FENCE)
        quiet = self._patience.quiet + job.raster.height / ROWS_PER_SECOND
        until = time.monotonic() + quiet
        while not talk.fenced:
            talk.hear(self._patience.poll)
            if talk.fenced:
                return
            if self._await_person(talk, job):
                until = time.monotonic() + quiet
            if not talk.fenced and time.monotonic() > until:
                raise PrinterTrouble(Trouble.LOST, began=True)

    def _await_person(self, talk: Talk, job: Job) -> bool:
        """Return when nothing is wrong any more, or all is printed; whether anything was wrong."""
        began = answered = time.monotonic()
        told: Trouble | None = None
        while (trouble := talk.look(self._patience.answer)) and not talk.fenced:
            at = time.monotonic()
            if trouble is not Trouble.LOST:
                answered = at
            silent = at - answered > self._patience.silence
            if silent or at - began > self._patience.person:
                raise PrinterTrouble(trouble, began=True)
            if trouble is not told:
                job.noticed(trouble)
                told = trouble
            if self._stopping.wait(self._patience.poll):
                raise PrinterTrouble(trouble, began=True)
        if told:
            job.noticed(None)
        return told is not None
