"""The steps everyday flows are made of: choose one, write, how many, read before it is sent and after.

A step is given sentences, not their translation, so that it speaks the reader's language at each drawing
and a change of language keeps the place and the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hub.client import Receipt, Refused, fresh_key
from hub.domain.base import LONGEST_LINE, N_, Command, Words
from kiosk.page import Button, Icon, Line, Page, Press, Privacy, Reading, Row, Rows, Style, Tile, Tiles, Typing
from kiosk.session import Session

T = TypeVar("T")

MANY = 4
"""Answers that no longer fit under each other on the smallest screen."""
Text = str | Callable[[], str]
"""A marked sentence, or what makes one where it has places to fill."""
Lines = Callable[[], Sequence[Line]]


def said(session: Session, text: Text) -> str:
    """A sentence in the reader's language."""
    return text() if callable(text) else session.say(text) if text else ""


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One of several answers. `lang` is set where the label is a person's own words."""

    label: str
    value: T
    detail: str = ""
    mark: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A button of a step."""

    label: str
    press: Press
    main: bool = False


@dataclass(slots=True)
class Choose(Generic[T]):
    """One decision: several answers, one press. `options` are made at each drawing, in the reader's language."""

    session: Session
    title: Text
    options: Callable[[], Sequence[Option[T]]]
    then: Callable[[T], None]
    note: Text = ""
    empty: Text = ""
    acts: Sequence[Act] = ()
    privacy: Privacy = Privacy.PERSONAL
    name: str = "choose"

    def page(self) -> Page:
        """The answers as rows; as tiles where they are many and short, so that more of them are seen at once."""
        session = self.session
        return Page(
            said(session, self.title),
            self._body(self.options()),
            note=said(session, self.note),
            buttons=buttons(session, self.acts),
            back=session.back,
            leave=session.leave,
            privacy=self.privacy,
            name=self.name,
        )

    def _body(self, options: Sequence[Option[T]]) -> Rows | Tiles:
        if len(options) >= MANY and not any(each.detail or each.mark or each.lang for each in options):
            return Tiles(tuple(Tile(each.label, press=self._taking(each.value)) for each in options))
        rows = (
            Row(each.label, each.detail, each.mark, press=self._taking(each.value), lang=each.lang) for each in options
        )
        return Rows(tuple(rows), said(self.session, self.empty))

    def _taking(self, value: T) -> Press:
        return lambda: self.then(value)


def words(session: Session, text: str) -> Words:
    """What a person typed, in the language they read; nothing where they typed nothing."""
    return Words({session.language: text} if text else {})


def buttons(session: Session, acts: Sequence[Act]) -> tuple[Button, ...]:
    """Buttons in the reader's language."""
    return tuple(Button(session.say(each.label), each.press, each.main) for each in acts)


def labelled(session: Session, choices: Mapping[T, str]) -> list[Option[T]]:
    """A closed vocabulary as answers: value -> marked word."""
    return [Option(session.say(word), value) for value, word in choices.items()]


@dataclass(slots=True)
class Menu:
    """Large choices."""

    session: Session
    title: Text
    tiles: Callable[[], Sequence[Tile]]
    note: Text = ""
    name: str = "menu"
    privacy: Privacy = Privacy.OPEN

    def page(self) -> Page:
        """The tiles."""
        session = self.session
        return Page(
            said(session, self.title),
            Tiles(tuple(self.tiles())),
            note=said(session, self.note),
            back=session.back,
            leave=session.leave,
            privacy=self.privacy,
            name=self.name,
        )


def tile(session: Session, label: str, press: Press, detail: Text = "", icon: Icon = Icon.NONE) -> Tile:
    """One large choice, in the reader's language."""
    return Tile(session.say(label), said(session, detail), icon, press=press)


@dataclass(slots=True)
class HowMany:
    """A small number, one press: large figures from 1 to `most`."""

    session: Session
    title: Text
    most: int
    then: Callable[[int], None]
    note: Text = ""
    name: str = "how-many"

    def page(self) -> Page:
        """The numbers as tiles."""
        session = self.session
        tiles = tuple(
            Tile(session.count("one person", "{n} people", n), figure=str(n), press=self._taking(n))
            for n in range(1, self.most + 1)
        )
        return Page(
            said(session, self.title),
            Tiles(tiles),
            note=said(session, self.note),
            back=session.back,
            leave=session.leave,
            privacy=Privacy.PERSONAL,
            name=self.name,
        )

    def _taking(self, n: int) -> Press:
        return lambda: self.then(n)


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
        session = self.session
        skip = self.optional and not self.text.strip()
        return Page(
            said(session, self.title),
            Typing(self.text, self._typed, said(session, self.hint), self.many, self.is_name, self.most),
            note=said(session, self.note),
            buttons=(Button(session.say(self.skip if skip else self.next), self._next, main=True),),
            back=session.back,
            leave=session.leave,
            privacy=Privacy.PERSONAL,
            name=self.name,
        )

    def _typed(self, text: str) -> None:
        self.text = text[: self.most]
        self.session.trouble = ""

    def _next(self) -> None:
        if not self.optional and not self.text.strip():
            self.session.trouble = self.session.say(self.missing)
            return
        self.then(self.text.strip())


@dataclass(slots=True)
class Read:
    """Something to read, and what to do then: before a form is sent, or after. `last` ends a flow, and goes home."""

    session: Session
    title: Text
    lines: Lines
    acts: Sequence[Act] | Callable[[], Sequence[Act]] = ()
    note: Text = ""
    privacy: Privacy = Privacy.PERSONAL
    name: str = "read"
    last: bool = False

    def page(self) -> Page:
        """The lines, the buttons."""
        session = self.session
        acts = self.acts() if callable(self.acts) else self.acts
        done = (Act(N_("Done"), session.home, main=True),) if self.last else ()
        return Page(
            said(session, self.title),
            Reading(tuple(self.lines())),
            note=said(session, self.note),
            buttons=buttons(session, (*acts, *done)),
            back=None if self.last else session.back,
            leave=session.leave,
            privacy=self.privacy,
            name=self.name,
        )


def told(session: Session, title: Text, *lines: Text, acts: Sequence[Act] = (), name: str = "done") -> None:
    """The end of a flow: what came of it, and what happens next."""

    def all_lines() -> Sequence[Line]:
        return [Line(said(session, line), Style.STRONG if n == 0 else Style.BODY) for n, line in enumerate(lines)]

    session.finish(Read(session, title, all_lines, acts, name=name, last=True))


@dataclass(slots=True)
class Sending:
    """A form on its way to the hub: the same content goes under the same key, however often it is tried."""

    session: Session
    _sent: object = None
    _key: str = ""

    def send(
        self,
        command: Command,
        then: Callable[[Receipt], None],
        refused: Callable[[Refused], None] | None = None,
        *,
        newcomer: Mapping[str, object] | None = None,
        with_second: bool = False,
    ) -> None:
        """Submit it while the person waits; `with_second`: as two members."""
        session = self.session
        visit = session.visit
        second = session.second.visit if with_second and session.second is not None else ""
        key = self._key_for((command, visit, second, newcomer))
        session.ask(
            lambda client: client.submit(command, key=key, visit=visit, second=second, newcomer=newcomer),
            then,
            refused,
        )

    def _key_for(self, content: object) -> str:
        if content != self._sent:
            self._sent, self._key = content, fresh_key()
        return self._key
