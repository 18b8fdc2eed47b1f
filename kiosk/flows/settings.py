"""Language, each in its own name; the text's size and its contrast; and a screen that may be wiped clean."""

from __future__ import annotations

from typing import Final

from hub.domain.base import N_
from kiosk.page import Button, Line, Page, Press, Privacy, Reading, Row, Rows, Style
from kiosk.session import SIZES, Session

WIPING: Final = 20.0
"""Seconds in which no touch counts."""
SIZE_WORDS: Final = (N_("Normal"), N_("Larger"), N_("Largest"))


def start(session: Session) -> None:
    """Choose a language; it goes on at the same place."""
    session.go(Language(session))


def text_size(session: Session) -> None:
    """Choose how large and how strong the text is."""
    session.go(TextSize(session))


def wipe(session: Session) -> None:
    """Let somebody clean the glass."""
    session.go(Wiping(session))


class Language:
    """Every language this hub speaks, each in its own name."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self) -> Page:
        """A row for each."""
        session = self._session
        rows = tuple(
            Row(own, chosen=tag == session.language, press=self._choosing(tag), lang=tag)
            for tag, own in session.catalogue.languages
        )
        return Page(session.say(N_("Language")), Rows(rows), back=session.back, leave=session.leave, name="language")

    def _choosing(self, tag: str) -> Press:
        def choose() -> None:
            self._session.speak(tag)
            self._session.back()

        return choose


class TextSize:
    """Three sizes, and strong contrast. Whoever comes next has the hub's own again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self) -> Page:
        """What is chosen shows at once."""
        session, say = self._session, self._session.say
        sizes = tuple(
            Row(say(word), chosen=size == session.size, press=self._sizing(size))
            for size, word in zip(range(len(SIZES)), SIZE_WORDS, strict=True)
        )
        strong = Row(say(N_("Strong contrast")), chosen=session.contrast, press=self._contrast)
        done = Button(say(N_("Done")), session.back, main=True)
        return Page(
            say(N_("Text size")),
            Rows((*sizes, strong)),
            note=say(N_("The next person has it as it was.")),
            buttons=(done,),
            back=session.back,
            leave=session.leave,
            name="text-size",
        )

    def _sizing(self, size: int) -> Press:
        def choose() -> None:
            self._session.size = size

        return choose

    def _contrast(self) -> None:
        self._session.contrast = not self._session.contrast


class Wiping:
    """Nothing can be pressed until the time is over; then it goes back by itself."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._until = session.now + WIPING
        self._drawn = self.left

    @property
    def left(self) -> int:
        """Whole seconds until touches count again."""
        return max(0, int(self._until - self._session.now + 0.999))

    def page(self) -> Page:
        """The seconds, large, and no button."""
        session = self._session
        left = session.count("{n} second left", "{n} seconds left", self.left)
        return Page(
            session.say(N_("Wipe the screen now")),
            Reading(
                (
                    Line(left, Style.HEADING),
                    Line(session.say(N_("No touch counts until then. It goes back by itself."))),
                )
            ),
            privacy=Privacy.OPEN,
            name="wipe",
        )

    def refresh(self) -> None:
        """A second passed, or the time is over."""
        left = self.left
        if left == 0:
            self._session.back()
        elif left != self._drawn:
            self._drawn = left
            self._session.changed()
