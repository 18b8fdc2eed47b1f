"""Steps that are one decision: an answer among several, a way to go on, all that are ticked, how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from kiosk.flows.steps import Act, Acts, Text, inner, said
from kiosk.page import Body, Icon, Page, Press, Privacy, Row, Rows, Tile, Tiles
from kiosk.session import Session

T = TypeVar("T")

MANY: Final = 4
"""Answers that no longer fit under each other on the smallest screen."""


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One of several answers. `lang` is set where the label is a person's own words."""

    label: str
    value: T
    detail: str = ""
    mark: str = ""
    lang: str = ""


def labelled(session: Session, words: Mapping[T, str]) -> list[Option[T]]:
    """A closed vocabulary as answers: value -> marked word."""
    return [Option(session.say(word), value) for value, word in words.items()]


@dataclass(slots=True)
class Choose(Generic[T]):
    """One decision: several answers, one press. `options` are made at each drawing, in the reader's language."""

    session: Session
    title: Text
    options: Callable[[], Sequence[Option[T]]]
    then: Callable[[T], None]
    note: Text = ""
    empty: Text = ""
    acts: Acts = ()
    privacy: Privacy = Privacy.PERSONAL
    name: str = "choose"

    def page(self) -> Page:
        """The answers as rows; as tiles where they are many and short, so that more of them are seen at once."""
        options = self.options()
        short = len(options) >= MANY and not any(each.detail or each.mark or each.lang for each in options)
        body: Body = Tiles(tuple(map(self._tile, options))) if short else self._rows(options)
        return inner(self.session, self.title, body, self.note, self.acts, self.privacy, self.name)

    def _tile(self, option: Option[T]) -> Tile:
        return Tile(option.label, press=self._taking(option.value))

    def _rows(self, options: Sequence[Option[T]]) -> Rows:
        rows = (
            Row(each.label, each.detail, each.mark, press=self._taking(each.value), lang=each.lang) for each in options
        )
        return Rows(tuple(rows), said(self.session, self.empty))

    def _taking(self, value: T) -> Press:
        return lambda: self.then(value)


@dataclass(slots=True)
class Tick:
    """Several of many, then one button for all that are ticked. `options` have what `then` is told as their values."""

    session: Session
    title: Text
    options: Callable[[], Sequence[Option[str]]]
    label: str
    then: Callable[[Sequence[str]], None]
    missing: str
    ticked: set[str]
    note: Text = ""
    empty: Text = ""
    name: str = "tick"

    def page(self) -> Page:
        """A row each, with a tick at whatever is chosen."""
        options = self.options()
        rows = tuple(
            Row(each.label, each.detail, chosen=each.value in self.ticked, press=self._toggling(each.value))
            for each in options
        )
        body = Rows(rows, said(self.session, self.empty))
        acts = (Act(self.label, self._send, main=True),) if rows else ()
        return inner(self.session, self.title, body, self.note, acts, Privacy.PERSONAL, self.name)

    def _toggling(self, value: str) -> Press:
        def toggle() -> None:
            self.ticked ^= {value}
            self.session.trouble = ""

        return toggle

    def _send(self) -> None:
        chosen = [each.value for each in self.options() if each.value in self.ticked]
        if chosen:
            self.then(chosen)
        else:
            self.session.trouble = self.session.say(self.missing)


def ways(
    session: Session,
    title: Text,
    options: Callable[[], Sequence[Option[Press]]],
    *,
    note: Text = "",
    empty: Text = "",
    acts: Acts = (),
    privacy: Privacy = Privacy.PERSONAL,
    name: str = "ways",
) -> Choose[Press]:
    """A list of ways to go on: each does a thing of its own."""
    return Choose(session, title, options, lambda press: press(), note, empty, acts, privacy, name)


@dataclass(slots=True)
class Menu:
    """Large choices, with pictures or figures."""

    session: Session
    title: Text
    tiles: Callable[[], Sequence[Tile]]
    note: Text = ""
    acts: Acts = ()
    privacy: Privacy = Privacy.OPEN
    name: str = "menu"

    def page(self) -> Page:
        """The tiles."""
        body = Tiles(tuple(self.tiles()))
        return inner(self.session, self.title, body, self.note, self.acts, self.privacy, self.name)


def tile(session: Session, label: str, press: Press, detail: Text = "", icon: Icon = Icon.NONE) -> Tile:
    """One large choice, in the reader's language."""
    return Tile(session.say(label), said(session, detail), icon, press=press)


def how_many(session: Session, title: Text, most: int, then: Callable[[int], None], note: Text, name: str) -> Menu:
    """A small number of people, one press: large figures from 1 to `most`."""

    def people(n: int) -> Tile:
        return Tile(session.count("one person", "{n} people", n), figure=str(n), press=lambda: then(n))

    return Menu(
        session, title, lambda: [people(n) for n in range(1, most + 1)], note, privacy=Privacy.PERSONAL, name=name
    )
