"""The steps every flow is made of: sentences, buttons, something to read, the last look, and the end.

A step is given sentences, not their translation, so that it speaks the reader's language at each drawing
and a change of language keeps the place and the answers. Steps of other shapes are in `choices` and `writing`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hub.domain.base import N_
from kiosk.page import Body, Button, Line, Page, Press, Privacy, Reading, Style
from kiosk.session import Session

Text = str | Callable[[], str]
"""A marked sentence, or what makes one where it has places to fill."""
Lines = Callable[[], Sequence[Line]]
IS_THIS_RIGHT: Final = N_("Is this right?")


def said(session: Session, text: Text) -> str:
    """A sentence in the reader's language."""
    return text() if callable(text) else session.say(text) if text else ""


@dataclass(frozen=True, slots=True)
class Act:
    """A button of a step: its marked word, and what it does."""

    label: str
    press: Press
    main: bool = False


Acts = Sequence[Act] | Callable[[], Sequence[Act]]
"""The buttons of a step, or what tells them at each drawing."""


def buttons(session: Session, acts: Acts) -> tuple[Button, ...]:
    """Buttons in the reader's language."""
    now = acts() if callable(acts) else acts
    return tuple(Button(session.say(each.label), each.press, each.main) for each in now)


def inner(session: Session, title: Text, body: Body, note: Text, acts: Acts, privacy: Privacy, name: str) -> Page:
    """A screen within a flow: the way back and the way out are always there."""
    return Page(
        said(session, title),
        body,
        note=said(session, note),
        buttons=buttons(session, acts),
        back=session.back,
        leave=session.leave,
        privacy=privacy,
        name=name,
    )


@dataclass(slots=True)
class Read:
    """Something to read, and what to do then: before a form is sent, or after.

    `last` ends a flow, and goes home; a large tick says that it is done, unless it is not `ticked`.
    """

    session: Session
    title: Text
    lines: Lines
    acts: Acts = ()
    note: Text = ""
    privacy: Privacy = Privacy.PERSONAL
    name: str = "read"
    last: bool = False
    ticked: bool = True

    def page(self) -> Page:
        """The lines, the buttons."""
        session, body = self.session, Reading(tuple(self.lines()), done=self.last and self.ticked)
        page = inner(session, self.title, body, self.note, self.acts, self.privacy, self.name)
        if not self.last:
            return page
        done = Button(session.say(N_("Done")), session.home, main=True)
        return replace(page, buttons=(*page.buttons, done), back=None)


def last_look(
    session: Session,
    lines: Lines,
    label: str,
    send: Press,
    *,
    title: Text = IS_THIS_RIGHT,
    note: Text = "",
    two: Press | None = None,
    name: str = "review",
) -> Read:
    """Look once more, then send. `two` sends it with a second member, where one alone may not."""
    together = (Act(N_("Two of us do it"), two),) if two else ()
    return Read(session, title, lines, (*together, Act(label, send, main=True)), note=note, name=name)


def finished(
    session: Session, title: Text, *told: Text, acts: Sequence[Act] = (), ticked: bool = True, name: str = "done"
) -> None:
    """The end of a flow: what came of it, what happens next, and where to go from here."""

    def lines() -> Sequence[Line]:
        return [Line(said(session, line), Style.BODY if n else Style.STRONG) for n, line in enumerate(told)]

    session.finish(Read(session, title, lines, acts, name=name, last=True, ticked=ticked))
