"""Our neighbours: which hubs we have a pact with, when we heard of them last, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.client import Client
from hub.domain.base import N_
from kiosk import reading
from kiosk.flows import sheet
from kiosk.flows.told import Told, ask
from kiosk.page import Button, Line, Page, Reading, Row, Rows, Style
from kiosk.session import Session

SHEETS = {
    "needs": N_("What they need and offer"),
    "signups": N_("What they sign up for"),
    "budgets": N_("Their posted budgets"),
    "constitution": N_("Their rules"),
}
"""What a button for each of their sheets says, by the sheet's kind."""


def start(session: Session) -> None:
    """Show the neighbours there are."""
    ask(session, lambda client: client.read("hubs"), lambda told: Hubs(session, told))


class Hubs:
    """Every hub we know, those of today first."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """A row for each; where there are none, what to do."""
        session = self._session
        say = session.say
        none = N_("We have no neighbour hub yet. Print our half of the pact and bring it to another hub.")
        return Page(
            say(N_("Neighbours")),
            Rows(tuple(map(self._row, self._told.now)), say(none)),
            buttons=(Button(say(N_("Our half of the pact")), lambda: sheet.start(session, "pact")),),
            back=session.back,
            leave=session.leave,
            name="hubs",
        )

    def _row(self, hub: dict[str, Any]) -> Row:
        session = self._session
        name, lang = session.speaker.pick(hub["name"])
        return Row(name or hub["hub"][:8], heard(session, hub), lang=lang, press=lambda: _one(session, hub["hub"]))


def heard(session: Session, hub: dict[str, Any]) -> str:
    """How it stands between us and a hub, in a sentence."""
    if hub["forked"]:
        return session.say(N_("They told two different stories. We believe neither until it is settled."))
    if not hub["accepted"]:
        return session.say(N_("We have no pact with them any more."))
    if not hub["heard"]:
        return session.say(N_("Nothing heard from them yet."))
    return session.say(N_("Last heard: {moment}"), moment=session.speaker.moment(hub["heard"]))


def _one(session: Session, hub: str) -> None:
    def asked(client: Client) -> object:
        return client.read("neighbour", hub=hub)

    ask(session, asked, lambda told: Hub(session, told))


class Hub:
    """One neighbour: since when, and the ways to its sheets."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """How it stands, and a button for each sheet of theirs."""
        session, found = self._session, self._told.now
        name, _ = session.speaker.pick(found["hub"]["name"])
        return Page(
            name or session.say(N_("A neighbour")),
            Rows(tuple(self._rows()), session.say(N_("Nothing that we have heard of."))),
            note=heard(session, found["hub"]),
            buttons=(Button(session.say(N_("Their key")), lambda: session.go(Key(session, found["key"]))),),
            back=session.back,
            leave=session.leave,
            name="hub",
        )

    def _rows(self) -> Iterator[Row]:
        for place, each in enumerate(self._told.now["sheets"]):
            label = SHEETS.get(each["kind"], "")
            yield Row(self._session.say(label) if label else each["title"], press=self._opens(place))

    def _opens(self, place: int) -> Any:
        return lambda: self._session.go(Theirs(self._session, self._told, place))


class Theirs:
    """One sheet of a neighbour."""

    def __init__(self, session: Session, told: Told, place: int) -> None:
        self._session, self._told, self._place = session, told, place

    def page(self) -> Page:
        """The sheet as lines to read. It is theirs, so it is not printed as one of ours."""
        session, found = self._session, self._told.now
        each = found["sheets"][self._place]
        name, _ = session.speaker.pick(found["hub"]["name"])
        return Page(
            each["title"],
            Reading(reading.lines(each["blocks"])),
            corner=(name,),
            back=session.back,
            leave=session.leave,
            name="neighbour-sheet",
        )


class Key:
    """A neighbour's key, to hold against theirs."""

    def __init__(self, session: Session, key: str) -> None:
        self._session, self._key = session, key

    def page(self) -> Page:
        """The key in groups of four."""
        session = self._session
        said = session.say(N_("Hold this against the key on their screen. Every sign is the same."))
        return Page(
            session.say(N_("Their key")),
            Reading((Line(said), Line(self._key, Style.STRONG))),
            back=session.back,
            leave=session.leave,
            name="hub-key",
        )
