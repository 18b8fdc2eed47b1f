"""Steps in which something is typed: a few words, or a whole number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hub.domain.base import LONGEST_LINE, N_, Words
from kiosk.flows.steps import Act, Text, inner, said
from kiosk.page import Keypad, Page, Privacy, Typing
from kiosk.session import Session

LONGEST: Final = 600
"""Characters of a text typed at the screen, where more than a line may be written."""
SEND: Final = N_("Send it")
"""What the button says where the words go to the hub at once."""
ROOM_READS: Final = N_("Everybody here will read it.")


def words(session: Session, text: str) -> Words:
    """What a person typed, in the language they read; nothing where they typed nothing."""
    return Words({session.language: text} if text else {})


@dataclass(slots=True)
class Write:
    """A few words. What was typed stays while the person goes on and comes back."""

    session: Session
    title: Text
    then: Callable[[str], None]
    hint: Text = ""
    note: Text = ""
    text: str = ""
    missing: str = N_("Please write a few words first.")
    optional: bool = False
    many: bool = False
    is_name: bool = False
    most: int = LONGEST_LINE
    next: str = N_("Next")
    skip: str = N_("Skip this")
    name: str = "write"

    def page(self) -> Page:
        """A field and the keyboard."""
        hint, empty = said(self.session, self.hint), self.optional and not self.text.strip()
        body = Typing(self.text, self._typed, hint, self.many, self.is_name, self.most)
        acts = (Act(self.skip if empty else self.next, self._next, main=True),)
        return inner(self.session, self.title, body, self.note, acts, Privacy.PERSONAL, self.name)

    def _typed(self, text: str) -> None:
        self.text = text[: self.most]
        self.session.trouble = ""

    def _next(self) -> None:
        if not self.optional and not self.text.strip():
            self.session.trouble = self.session.say(self.missing)
            return
        self.then(self.text.strip())


@dataclass(slots=True)
class Number:
    """A whole number. `shown` says it as money or as a time, beside the title, as soon as there is a digit."""

    session: Session
    title: Text
    then: Callable[[int], None]
    shown: Callable[[int], str] | None = None
    note: Text = ""
    name: str = "number"
    least: int = 0
    digits: str = ""

    def page(self) -> Page:
        """A keypad."""
        shown = self.shown(self._number) if self.shown and self.digits else ""
        title = f"{said(self.session, self.title)} {shown}".rstrip()
        body, acts = Keypad(self.digits, self._typed), (Act(N_("Next"), self._next, main=True),)
        return inner(self.session, lambda: title, body, self.note, acts, Privacy.PERSONAL, self.name)

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
