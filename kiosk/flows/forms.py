"""What the forms of those who govern are made of, beside the everyday steps: a number, a list, a signature.

Titles, hints and notes are marked sentences: they are said when the page is made, in today's language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from hub.client import Receipt
from hub.domain.base import N_, Command, Tier, Words
from kiosk.flows.steps import Act, Lines, Read, Sending
from kiosk.flows.who import known, second
from kiosk.page import Button, Keypad, Page, Press, Privacy, Row, Rows
from kiosk.session import Session

LONGEST: Final = 600
"""Characters of a text typed at the screen."""
ROOM_READS: Final = N_("Everybody here will read it.")
More = Sequence[tuple[str, Press]]
"""Further steps: what the button says, and what it does."""


@dataclass(slots=True)
class Number:
    """Type a whole number. `shown` says it as money or as a time, beside the title, as soon as there is a digit."""

    session: Session
    title: str
    then: Callable[[int], None]
    shown: Callable[[int], str] | None = None
    note: str = ""
    name: str = "number"
    least: int = 0
    digits: str = ""

    def page(self) -> Page:
        """A keypad."""
        say = self.session.say
        shown = self.shown(self._number) if self.shown and self.digits else ""
        return Page(
            f"{say(self.title)} {shown}".rstrip(),
            Keypad(self.digits, self._typed),
            note=say(self.note) if self.note else "",
            buttons=(Button(say(N_("Next")), self._next, main=True),),
            back=self.session.back,
            leave=self.session.leave,
            privacy=Privacy.PERSONAL,
            name=self.name,
        )

    @property
    def _number(self) -> int:
        return int(self.digits) if self.digits else 0

    def _typed(self, digits: str) -> None:
        self.digits, self.session.trouble = digits, ""

    def _next(self) -> None:
        if not self.digits or self._number < self.least:
            self.session.trouble = self.session.say(N_("Type a number, {least} or more."), least=self.least)
            return
        self.then(self._number)


@dataclass(slots=True)
class Pick:
    """A list of ways to go on; each row does a thing of its own."""

    session: Session
    title: str
    rows: Callable[[], Sequence[Row]]
    note: str = ""
    name: str = "pick"

    def page(self) -> Page:
        """The list."""
        say = self.session.say
        return Page(
            say(self.title),
            Rows(tuple(self.rows())),
            note=say(self.note) if self.note else "",
            back=self.session.back,
            leave=self.session.leave,
            privacy=Privacy.PERSONAL,
            name=self.name,
        )


def last_look(
    session: Session,
    title: str,
    lines: Lines,
    label: str,
    send: Press,
    *,
    note: str = "",
    two: Press | None = None,
    name: str = "review",
) -> Read:
    """Look once more, then send. `two` sends it with a second member, where one alone may not."""
    together = (Act(N_("Two of us do it"), two),) if two else ()
    return Read(session, title, lines, (*together, Act(label, send, main=True)), note=note, name=name)


def finished(session: Session, title: str, lines: Lines, more: More = (), name: str = "done") -> None:
    """It is done: what happens next, and where to go from here."""
    acts = [Act(label, press) for label, press in more]
    session.finish(Read(session, title, lines, acts, name=name, last=True))


class Signing:
    """Sends what a form asks for, once it is known who sends it."""

    def __init__(self, session: Session) -> None:
        self._session, self._sending = session, Sending(session)

    def send(self, command: Command, then: Callable[[Receipt], None], tier: Tier = Tier.CARD) -> None:
        """Send it as whoever is here; ask for a card, or a PIN, where there was none."""
        known(self._session, lambda: self._sending.send(command, then), tier)

    def with_second(self, command: Command, then: Callable[[Receipt], None]) -> None:
        """Send it as two members: each shows a card."""
        session = self._session
        known(session, lambda: second(session, lambda: self._sending.send(command, then, with_second=True)))


def words(session: Session, text: str) -> Words:
    """What a person typed, in the language they read."""
    return Words({session.language: text} if text else {})
