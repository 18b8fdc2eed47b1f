"""Our neighbours: which hubs we have a pact with, when we heard of them last, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from hub.domain.base import N_
from kiosk import reading
from kiosk.flows.choices import Choose, Option, ways
from kiosk.flows.sheet import opens
from kiosk.flows.steps import Act, Read
from kiosk.flows.told import Told, ask, named
from kiosk.page import Line, Page, Press, Privacy, Reading, Style
from kiosk.session import Session

SHEETS: Final = {
    "needs": N_("What they need and offer"),
    "signups": N_("What they sign up for"),
    "budgets": N_("Their posted budgets"),
    "constitution": N_("Their rules"),
}
"""What the way to each of their sheets is called, by the sheet's kind."""


def start(session: Session) -> None:
    """Show every hub we know, those of today first; where there are none, what to do."""

    def show(told: Told) -> Choose[Press]:
        def options() -> Sequence[Option[Press]]:
            return [option(each) for each in told.now]

        def option(hub: dict[str, Any]) -> Option[Press]:
            name, lang = session.speaker.pick(hub["name"])
            return Option(name or hub["hub"][:8], lambda: _one(session, hub["hub"]), heard(session, hub), lang=lang)

        return ways(
            session,
            N_("Neighbours"),
            options,
            empty=N_("We have no neighbour hub yet. Print our half of the pact and bring it to another hub."),
            acts=(Act(N_("Our half of the pact"), opens(session, "pact")),),
            privacy=Privacy.OPEN,
            name="hubs",
        )

    ask(session, named("hubs"), show)


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
    """One neighbour: how it stands, and the ways to its sheets."""

    def show(told: Told) -> Choose[Press]:
        def options() -> Iterator[Option[Press]]:
            for place, each in enumerate(told.now["sheets"]):
                label = SHEETS.get(each["kind"])
                yield Option(session.say(label) if label else each["title"], opening(place))

        def opening(place: int) -> Press:
            return lambda: session.go(Theirs(session, told, place))

        return ways(
            session,
            lambda: _name(session, told) or session.say(N_("A neighbour")),
            lambda: list(options()),
            note=lambda: heard(session, told.now["hub"]),
            empty=N_("Nothing that we have heard of."),
            acts=(Act(N_("Their key"), lambda: session.go(_key(session, told.now["key"]))),),
            privacy=Privacy.OPEN,
            name="hub",
        )

    ask(session, named("neighbour", hub=hub), show)


def _name(session: Session, told: Told) -> str:
    return session.speaker.pick(told.now["hub"]["name"])[0]


class Theirs:
    """One sheet of a neighbour. It is theirs, so it is not printed as one of ours."""

    def __init__(self, session: Session, told: Told, place: int) -> None:
        self._session, self._told, self._place = session, told, place

    def page(self) -> Page:
        """The sheet as lines to read, and whose it is."""
        session = self._session
        each = self._told.now["sheets"][self._place]
        return Page(
            each["title"],
            Reading(reading.lines(block for block in each["blocks"] if block["is"] != "seal")),
            corner=(_name(session, self._told),),
            back=session.back,
            leave=session.leave,
            name="neighbour-sheet",
        )


def _key(session: Session, key: str) -> Read:
    """A neighbour's key in groups of four, to hold against theirs."""

    def lines() -> Sequence[Line]:
        said = session.say(N_("Hold this against the key on their screen. Every sign is the same."))
        return [Line(said), Line(key, Style.STRONG)]

    return Read(session, N_("Their key"), lines, privacy=Privacy.OPEN, name="hub-key")
