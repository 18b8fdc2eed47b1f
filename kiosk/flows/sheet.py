"""A sheet to read on the screen, and to take along on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from hub.client import Client
from hub.domain.base import N_
from kiosk import reading
from kiosk.flows import paper
from kiosk.flows.told import Question, Told, ask
from kiosk.page import Button, Page, Press, Reading
from kiosk.session import Session

PRINT: Final = N_("Print it")
Steps = Sequence[tuple[str, Press]]
"""Further steps from a sheet: what the button says, and what it does."""


def start(session: Session, name: str, more: Steps = (), /, **parameters: int | str) -> None:
    """Open a sheet by its name in the API."""
    question = asked(name, **parameters)
    ask(session, question, lambda told: Sheet(session, told, lambda: paper.start(session, name, **parameters), more))


def asked(name: str, /, **parameters: int | str) -> Question:
    """The question for a sheet, as everybody may see it."""

    def question(client: Client) -> object:
        return client.document(name, "", **parameters)

    return question


class Sheet:
    """One sheet: its title and its blocks."""

    def __init__(
        self, session: Session, told: Told, to_paper: Callable[[], None] | None = None, more: Steps = ()
    ) -> None:
        self._session, self._told, self._to_paper, self._more = session, told, to_paper, more

    def page(self) -> Page:
        """The sheet as lines to read."""
        say, sheet = self._session.say, self._told.now
        printing = ((PRINT, self._to_paper),) if self._to_paper else ()
        return Page(
            sheet["title"],
            Reading(reading.lines(sheet["blocks"])),
            buttons=tuple(Button(say(label), press) for label, press in (*self._more, *printing)),
            back=self._session.back,
            leave=self._session.leave,
            name=f"sheet-{sheet['kind']}",
        )
