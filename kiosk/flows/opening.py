"""Open a secret ballot: its kind, its question, its options, how long; looked at once more, opened with a PIN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hub.client import Client, Receipt
from hub.domain.ballots import LEAST_OPTIONS, MOST_OPTIONS, Method, OpenBallot
from hub.domain.base import DAY, N_, Millis, Tier
from kiosk.flows import paper
from kiosk.flows.forms import Pick, Signing, finished, last_look, words
from kiosk.flows.steps import Write
from kiosk.page import Button, Line, Page, Press, Privacy, Row, Rows, Style
from kiosk.session import Session

DAYS: Final = (1, 3, 7, 14, 30)
"""For how long a ballot can be opened here; our rules say how long where nobody chooses."""
LONGEST_QUESTION: Final = 300
STREET_READS: Final = N_("Everybody here and neighbour hubs will read it.")


@dataclass(slots=True)
class Draft:
    """A ballot that is not open yet."""

    method: Method = Method.YES_NO
    text: str = ""
    options: list[str] = field(default_factory=list)
    days: int = 0
    """0: as our rules say."""


def start(session: Session) -> None:
    """Ask for the kind of ballot."""
    opening = Opening(session)
    session.go(Pick(session, N_("What kind of vote?"), opening.kinds, name="ballot-kind"))


class Opening:
    """The steps, in their order, and what was answered so far."""

    def __init__(self, session: Session) -> None:
        self._session, self._draft = session, Draft()
        self._signing, self._closes = Signing(session), Millis(0)

    def kinds(self) -> Sequence[Row]:
        """What a secret vote can ask."""
        say = self._session.say
        return [
            Row(
                say(N_("Yes or no")),
                say(N_("One question: yes, no, or I abstain.")),
                press=lambda: self._kind(Method.YES_NO),
            ),
            Row(
                say(N_("One of several")),
                say(N_("Each marks every one that is fine. The one marked most is chosen.")),
                press=lambda: self._kind(Method.APPROVAL),
            ),
        ]

    def _kind(self, method: Method) -> None:
        self._draft.method = method
        self._session.go(
            Write(
                self._session,
                N_("What is the question?"),
                self._question,
                note=STREET_READS,
                name="ballot-question",
                many=True,
                most=LONGEST_QUESTION,
                text=self._draft.text,
            )
        )

    def _question(self, text: str) -> None:
        self._draft.text = text
        self._session.go(self._days() if self._draft.method is Method.YES_NO else Options(self._session, self))

    def _days(self) -> Pick:
        return Pick(self._session, N_("How long is it open?"), self._spans, name="ballot-days")

    def _spans(self) -> Sequence[Row]:
        session = self._session
        spans = [Row(session.count("{n} day", "{n} days", days), press=self._lasting(days)) for days in DAYS]
        return [Row(session.say(N_("As long as our rules say")), press=self._lasting(0)), *spans]

    def _lasting(self, days: int) -> Press:
        def press() -> None:
            self._draft.days = days
            self._session.ask(lambda client: int(client.status()["now"]), self._review)

        return press

    def _review(self, now: int) -> None:
        self._closes = Millis(now + self._draft.days * DAY)
        self._session.go(
            last_look(
                self._session,
                N_("Is this right?"),
                self._lines,
                N_("Open the ballot"),
                lambda: self._signing.send(self._command(), self._opened, Tier.PIN),
                note=N_(
                    "Everybody here and neighbour hubs will read it. Once it is open nothing in it can be changed."
                ),
                name="ballot-draft",
            )
        )

    def _lines(self) -> Sequence[Line]:
        session, draft = self._session, self._draft
        until = session.speaker.moment(self._closes) if draft.days else session.say(N_("As long as our rules say"))
        options = [Line(f"{number}. {option}") for number, option in enumerate(draft.options, 1)]
        return [Line(draft.text, Style.STRONG), *options, Line(session.say(N_("Open until")), value=until)]

    def _command(self) -> OpenBallot:
        session, draft = self._session, self._draft
        listed = draft.options if draft.method is Method.APPROVAL else []
        return OpenBallot(
            draft.method,
            words(session, draft.text),
            tuple(words(session, option) for option in listed),
            self._closes if draft.days else None,
        )

    def _opened(self, receipt: Receipt) -> None:
        """Say it is open, and offer the notice for the wall."""
        session, place = self._session, receipt.facts[0][0]

        def numbered(client: Client) -> int:
            return int(
                next(row["ballot"]["number"] for row in client.read("ballots") if row["ballot"]["position"] == place)
            )

        def done(number: int) -> None:
            said = N_("Print the notice and put it on the wall: it holds every rule of the vote.")
            notice = (N_("Print the notice"), lambda: paper.start(session, "ballot_notice", ballot=number))
            finished(session, N_("The ballot is open"), lambda: [Line(session.say(said))], [notice], "ballot-opened")

        session.ask(numbered, done)

    # The options

    @property
    def options(self) -> list[str]:
        """What can be chosen, in the order it is printed in."""
        return self._draft.options

    def enough(self) -> None:
        """The options are written; go on."""
        self._session.go(self._days())


class Options:
    """The options of a ballot, as far as they are written."""

    def __init__(self, session: Session, opening: Opening) -> None:
        self._session, self._opening = session, opening

    def page(self) -> Page:
        """A row for each; touching one takes it out again."""
        session, options = self._session, self._opening.options
        say = session.say
        more = Button(say(N_("Add one")), self._write, main=len(options) < LEAST_OPTIONS)
        rows = [Row(option, mark=f"{place}.", press=self._out(option)) for place, option in enumerate(options, 1)]
        enough = len(options) >= LEAST_OPTIONS
        return Page(
            say(N_("What can be chosen?")),
            Rows(tuple(rows), say(N_("Add the first one. “None of these” is there by itself."))),
            note=say(N_("Touch one to take it out again.")) if options else "",
            buttons=(
                *((more,) if len(options) < MOST_OPTIONS else ()),
                *((Button(say(N_("Next")), self._opening.enough, main=True),) if enough else ()),
            ),
            back=session.back,
            leave=session.leave,
            privacy=Privacy.PERSONAL,
            name="ballot-options",
        )

    def _write(self) -> None:
        self._session.go(Write(self._session, N_("What can be chosen?"), self._add, name="ballot-option"))

    def _add(self, option: str) -> None:
        if option in self._opening.options:
            self._session.trouble = self._session.say(N_("That one is on the list already."))
            return
        self._opening.options.append(option)
        self._session.back()

    def _out(self, option: str) -> Press:
        return lambda: self._opening.options.remove(option)
