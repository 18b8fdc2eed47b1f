"""Roles: who holds what until when, who learns it, and what is asked of it. What one can do is in `duties`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hub.domain.base import N_, RoleName
from kiosk.flows import duties
from kiosk.flows.choices import Choose, Option, ways
from kiosk.flows.sheet import opens
from kiosk.flows.steps import Act, Read
from kiosk.flows.told import Question, Told, ask
from kiosk.flows.who import known
from kiosk.page import Line, Page, Press, Privacy, Style
from kiosk.session import Session
from kiosk.vocabulary import typed


def start(session: Session) -> None:
    """Show every role, who holds it and until when; a gap says so."""

    def show(told: Told) -> Choose[Press]:
        def options() -> Sequence[Option[Press]]:
            return [_option(session, told, found) for found in told.now]

        acts = (Act(N_("Print the list"), opens(session, "roles")),)
        return ways(session, N_("Who does what"), options, acts=acts, privacy=Privacy.OPEN, name="roles")

    ask(session, _asked(session), show)


def _option(session: Session, told: Told, found: dict[str, Any]) -> Option[Press]:
    role = Role(session, told, found["role"]["role"])
    who = found["name"] or session.say(N_("Nobody holds this role."))
    notes = found["notes"][:1] if found["name"] else ()
    return Option(found["title"], lambda: session.go(role), " · ".join((who, *notes)))


def _asked(session: Session) -> Question:
    """The roles, as who is here when it is asked may see them."""
    return lambda client: client.read("roles", session.visit)


class Role:
    """One role. Without a card it is only read; with one, there are acts that fit the person."""

    def __init__(self, session: Session, told: Told, role: str) -> None:
        self._session, self._told, self._role = session, told, role

    def page(self) -> Page:
        """What it is for, who holds it, what is asked of it."""
        session = self._session
        found = next((each for each in self._told.now if each["role"]["role"] == self._role), None)
        if found is None:
            closed = [Line(session.say(N_("This role is closed.")))]
            return Read(session, N_("Roles"), lambda: closed, privacy=Privacy.OPEN, name="role").page()
        acts = (Act(N_("What can I do?"), lambda: known(session, self._look_again), main=True),)
        lines = list(self._lines(found))
        return Read(session, lambda: str(found["title"]), lambda: lines, acts, privacy=Privacy.OPEN, name="role").page()

    def _lines(self, found: dict[str, Any]) -> Iterator[Line]:
        session = self._session
        say = session.say
        yield Line(found["task"])
        yield Line(found["name"] or say(N_("Nobody holds this role.")), Style.STRONG)
        yield from map(Line, found["notes"])
        if found["learners"]:
            names = ", ".join(each["name"] for each in found["learners"])
            yield Line(say(N_("Learning it: {names}"), names=names))
        petition = found["role"]["petition"]
        if petition:
            yield Line(say(N_("A recall is asked for")), Style.HEADING)
            text, lang = typed(session.speaker, petition["reason"])
            yield Line(text, lang=lang)
            yield Line(say(N_("{signed} of {needed} names"), signed=petition["signed"], needed=found["needed"]))

    def _look_again(self) -> None:
        """What fits this person is known now that they showed their card."""
        session = self._session

        def show(told: Told) -> Choose[Press]:
            self._told = told
            return duties.acts(session, RoleName(self._role), told, lambda: start(session))

        ask(session, _asked(session), show)
