"""Paper: look at a sheet as it prints, print it, and say in plain words where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from hub.client import Client, Print, fresh_key
from hub.domain.base import N_
from kiosk.flows.steps import Act, buttons
from kiosk.page import Line, Page, Picture, Privacy, Reading, Style
from kiosk.session import Session

LOOK_AGAIN: Final = 2.0
"""Seconds between two looks at where a sheet stands."""
PrintAsked = Callable[[Client], Print]

TITLES: Final = {
    "queued": N_("It is being printed"),
    "sending": N_("It is being printed"),
    "done": N_("It is printed"),
    "unknown": N_("Please look at the paper"),
}
STOPPED: Final = N_("It was not printed")
SILENT: Final = N_("The hub does not answer")


def start(session: Session, sheet: str, /, **parameters: str | int) -> None:
    """Show the sheet of this name as it would print, with “Print”."""
    visit = session.visit
    session.ask(
        lambda client: client.preview(sheet, visit, **parameters),
        lambda png: session.go(Preview(session, png, sheet, parameters)),
    )


def send(session: Session, work: PrintAsked) -> None:
    """Have something printed, and show in the place of the screen in front where it stands."""
    session.ask(work, lambda job: session.instead(Printing(session, job)))


class Preview:
    """A sheet, dot for dot as on paper."""

    def __init__(self, session: Session, png: bytes, sheet: str, parameters: dict[str, str | int]) -> None:
        self._session, self._png, self._sheet, self._parameters = session, png, sheet, parameters
        self._key = fresh_key()

    def page(self) -> Page:
        """The picture, and “Print”."""
        session, say = self._session, self._session.say
        return Page(
            say(N_("So it looks on paper")),
            Picture(self._png),
            buttons=buttons(session, (Act(N_("Print"), self._print, main=True),)),
            back=session.back,
            leave=session.leave,
            privacy=Privacy.PERSONAL if session.person else Privacy.OPEN,
            name="preview",
        )

    def _print(self) -> None:
        session, visit = self._session, self._session.visit
        sheet, key, parameters = self._sheet, self._key, self._parameters
        send(session, lambda client: client.print_sheet(sheet, key, visit, 1, **parameters))


class Printing:
    """Where a sheet stands at the printer; it looks again by itself while the sheet waits."""

    def __init__(self, session: Session, job: Print) -> None:
        self._session, self._job = session, job
        self._looked, self._looking = session.now, False
        self._silent = False
        """Whether the hub did not answer when it was asked last."""

    def page(self) -> Page:
        """The state in words, and what to do."""
        session = self._session
        state = self._job.state
        return Page(
            session.say(SILENT if self._silent else TITLES.get(state, STOPPED)),
            Reading(tuple(self._lines()), done=state == "done"),
            buttons=buttons(session, self._acts()),
            back=session.back,
            leave=session.leave,
            privacy=Privacy.PERSONAL if session.person else Privacy.OPEN,
            name=f"print-{state}",
        )

    def _lines(self) -> Sequence[Line]:
        say, job = self._session.say, self._job
        if self._silent:
            return [Line(say(N_("Please wait a moment.")), Style.STRONG)]
        if job.state == "unknown":
            return [
                Line(say(N_("Did it come out whole?")), Style.STRONG),
                Line(say(N_("If not, we print it once more.") if job.again else N_("If not, tear it up."))),
                *([Line(job.trouble)] if job.trouble else []),
            ]
        if job.trouble:
            return [Line(job.trouble, Style.STRONG), *([self._goes_on()] if job.waits else [])]
        if job.waits:
            return [Line(say(N_("Wait a moment, it comes out at the printer.")), Style.STRONG)]
        if job.state == "done":
            return [Line(say(N_("Take it at the printer.")), Style.STRONG)]
        return [Line(say(N_("Ask somebody who looks after the printer.")), Style.STRONG)]

    def _goes_on(self) -> Line:
        return Line(self._session.say(N_("You need not wait here: it prints by itself as soon as it can.")))

    def _acts(self) -> Sequence[Act]:
        if self._job.state == "unknown":
            return (
                Act(N_("No, once more") if self._job.again else N_("No"), lambda: self._came_out(yes=False)),
                Act(N_("Yes, it is whole"), lambda: self._came_out(yes=True), main=True),
            )
        return (Act(N_("Go on"), self._session.back, main=True),)

    def _came_out(self, *, yes: bool) -> None:
        job = self._job.job
        self._session.ask(lambda client: client.came_out(job, yes), self._stands)

    def refresh(self) -> None:
        """Look again, now and then, while it is not printed yet."""
        session, job = self._session, self._job
        if not job.waits or self._looking or session.busy or session.now - self._looked < LOOK_AGAIN:
            return
        self._looking, self._looked = True, session.now
        session.look(lambda client: client.print_state(job.job), self._news, self._none)

    def _news(self, job: Print) -> None:
        self._looking = False
        if self._silent or job != self._job:
            self._stands(job)
            self._session.changed()

    def _none(self) -> None:
        self._looking, self._silent = False, True
        self._session.changed()

    def _stands(self, job: Print) -> None:
        self._job, self._looked, self._silent = job, self._session.now, False
