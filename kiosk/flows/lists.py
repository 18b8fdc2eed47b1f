"""Open a list people can sign up for: what, when, how many places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hub.client import Client, Receipt
from hub.domain.base import N_, Millis
from hub.domain.signups import OpenSignup, Sort
from hub.words.kinds import LISTS
from kiosk.flows import paper
from kiosk.flows.choices import Choose, labelled
from kiosk.flows.days import when
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, finished, last_look
from kiosk.flows.writing import ROOM_READS, Number, Write, words
from kiosk.page import Line, Style
from kiosk.session import Session

TITLE: Final = 60
"""Characters of a list's title: it stands on the idle screen."""


@dataclass(slots=True)
class Draft:
    """A list that is not open yet."""

    sort: str = Sort.MEAL.value
    title: str = ""
    starts: Millis = Millis(0)
    places: int = 0
    place: str = ""


def start(session: Session) -> None:
    """Ask what people sign up for."""
    opening = Opening(session)
    session.go(
        Choose(
            session,
            N_("What is the list for?"),
            lambda: labelled(session, LISTS),
            opening.sorted,
            name="list-sort",
        )
    )


class Opening:
    """The steps, in their order."""

    def __init__(self, session: Session) -> None:
        self._session, self._draft, self._sending = session, Draft(), Sending(session)

    def sorted(self, sort: str) -> None:
        """It is known what for; ask what it is called."""
        self._draft.sort = sort
        self._session.go(
            Write(
                self._session,
                N_("What do you call it?"),
                self._titled,
                hint=N_("Such as: Supper for all"),
                note=ROOM_READS,
                text=self._draft.title,
                most=TITLE,
                name="list-title",
            )
        )

    def _titled(self, title: str) -> None:
        self._draft.title = title
        when(self._session, N_("When is it?"), self._starting)

    def _starting(self, starts: Millis) -> None:
        self._draft.starts = starts
        title = N_("How many places are there?")
        self._session.go(Number(self._session, title, self._placed, name="list-places", least=1))

    def _placed(self, places: int) -> None:
        self._draft.places = places
        self._session.go(
            Write(
                self._session,
                N_("Where is it?"),
                self._where,
                hint=N_("No need to say? Just go on."),
                note=ROOM_READS,
                text=self._draft.place,
                optional=True,
                name="list-where",
            )
        )

    def _where(self, place: str) -> None:
        self._draft.place = place
        label = N_("Open the list")
        self._session.go(last_look(self._session, self._lines, label, self._send, note=ROOM_READS, name="list-review"))

    def _lines(self) -> Sequence[Line]:
        session, draft = self._session, self._draft
        places = session.count("{n} place", "{n} places", draft.places)
        return [
            Line(draft.title, Style.STRONG),
            Line(session.speaker.moment(draft.starts), value=places),
            *([Line(draft.place)] if draft.place else []),
        ]

    def _send(self) -> None:
        session, draft = self._session, self._draft
        title, place = words(session, draft.title), words(session, draft.place)
        command = OpenSignup(Sort(draft.sort), title, draft.starts, draft.places, place)
        self._sending.signed(command, self._opened)

    def _opened(self, receipt: Receipt) -> None:
        session, place = self._session, receipt.facts[0][0]

        def numbered(client: Client) -> int:
            return int(next(row["number"] for row in client.read("signups") if row["position"] == place))

        def done(number: int) -> None:
            on_paper = Act(N_("Print the list"), lambda: paper.start(session, "signup_list", signup=number))
            told = N_("People can sign up now. Print the list for the fridge.")
            finished(session, N_("The list is open"), told, acts=(on_paper,), name="list-opened")

        session.ask(numbered, done)
