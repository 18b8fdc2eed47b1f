"""Open a list people can sign up for: what, when, how many places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hub.client import Client, Receipt
from hub.domain.base import N_, Millis
from hub.domain.signups import OpenSignup, Sort
from kiosk.flows import paper
from kiosk.flows.days import when
from kiosk.flows.forms import ROOM_READS, Number, Pick, Signing, finished, last_look, words
from kiosk.flows.steps import Write
from kiosk.page import Line, Press, Row, Style
from kiosk.session import Session
from kiosk.vocabulary import LISTS

TITLE: Final = 60
"""Characters of a list's title: it stands on the idle screen."""


@dataclass(slots=True)
class Draft:
    """A list that is not open yet."""

    sort: Sort = Sort.MEAL
    title: str = ""
    starts: Millis = Millis(0)
    places: int = 0
    place: str = ""


def start(session: Session) -> None:
    """Ask what people sign up for."""
    opening = Opening(session)
    session.go(Pick(session, N_("What is the list for?"), opening.sorts, name="list-sort"))


class Opening:
    """The steps, in their order."""

    def __init__(self, session: Session) -> None:
        self._session, self._draft, self._signing = session, Draft(), Signing(session)

    def sorts(self) -> Sequence[Row]:
        """What a list can be for."""
        return [Row(self._session.say(LISTS[sort.value]), press=self._sorted(sort)) for sort in Sort]

    def _sorted(self, sort: Sort) -> Press:
        def press() -> None:
            self._draft.sort = sort
            title = N_("What do you call it?")
            self._session.go(
                Write(
                    self._session,
                    title,
                    self._titled,
                    hint=N_("Such as: Supper for all"),
                    note=ROOM_READS,
                    name="list-title",
                    most=TITLE,
                    text=self._draft.title,
                )
            )

        return press

    def _titled(self, title: str) -> None:
        self._draft.title = title
        when(self._session, N_("When is it?"), self._starting)

    def _starting(self, starts: Millis) -> None:
        self._draft.starts = starts
        self._session.go(
            Number(self._session, N_("How many places are there?"), self._placed, name="list-places", least=1)
        )

    def _placed(self, places: int) -> None:
        self._draft.places = places
        hint = N_("No need to say? Just go on.")
        self._session.go(
            Write(
                self._session,
                N_("Where is it?"),
                self._where,
                hint=hint,
                note=ROOM_READS,
                name="list-where",
                optional=True,
                text=self._draft.place,
            )
        )

    def _where(self, place: str) -> None:
        self._draft.place = place
        self._session.go(
            last_look(
                self._session,
                N_("Is this right?"),
                self._lines,
                N_("Open the list"),
                lambda: self._signing.send(self._command(), self._opened),
                note=ROOM_READS,
                name="list-review",
            )
        )

    def _lines(self) -> Sequence[Line]:
        session, draft = self._session, self._draft
        places = session.count("{n} place", "{n} places", draft.places)
        return [
            Line(draft.title, Style.STRONG),
            Line(session.speaker.moment(draft.starts), value=places),
            *([Line(draft.place)] if draft.place else []),
        ]

    def _command(self) -> OpenSignup:
        session, draft = self._session, self._draft
        title, place = words(session, draft.title), words(session, draft.place)
        return OpenSignup(draft.sort, title, draft.starts, draft.places, place)

    def _opened(self, receipt: Receipt) -> None:
        session, place = self._session, receipt.facts[0][0]

        def numbered(client: Client) -> int:
            return int(next(row["number"] for row in client.read("signups") if row["position"] == place))

        def done(number: int) -> None:
            said = N_("People can sign up now. Print the list for the fridge.")
            on_paper = (N_("Print the list"), lambda: paper.start(session, "signup_list", signup=number))
            finished(session, N_("The list is open"), lambda: [Line(session.say(said))], [on_paper], "list-opened")

        session.ask(numbered, done)
