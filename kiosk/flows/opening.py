"""Open a secret ballot: its kind, its question, its options, how long; looked at once more, opened with a PIN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hub.client import Client, Receipt
from hub.domain.ballots import LEAST_OPTIONS, MOST_OPTIONS, Method, OpenBallot
from hub.domain.base import DAY, N_, Millis, Tier
from kiosk.flows import paper
from kiosk.flows.choices import Choose, Option, ways
from kiosk.flows.days import now
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, finished, last_look
from kiosk.flows.writing import Write, words
from kiosk.page import Line, Page, Press, Style
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
    session.go(Choose(session, N_("What kind of vote?"), opening.kinds, opening.kind, name="ballot-kind"))


class Opening:
    """The steps, in their order, and what was answered so far."""

    def __init__(self, session: Session) -> None:
        self._session, self._draft = session, Draft()
        self._sending, self._closes = Sending(session), Millis(0)

    def kinds(self) -> Sequence[Option[Method]]:
        """What a secret vote can ask."""
        say = self._session.say
        several = N_("Each marks every one that is fine. The one marked most is chosen.")
        return [
            Option(say(N_("Yes or no")), Method.YES_NO, say(N_("One question: yes, no, or I abstain."))),
            Option(say(N_("One of several")), Method.APPROVAL, say(several)),
        ]

    def kind(self, method: Method) -> None:
        """The kind is chosen; ask for the question."""
        self._draft.method = method
        self._session.go(
            Write(
                self._session,
                N_("What is the question?"),
                self._question,
                note=STREET_READS,
                text=self._draft.text,
                many=True,
                most=LONGEST_QUESTION,
                name="ballot-question",
            )
        )

    def _question(self, text: str) -> None:
        self._draft.text = text
        if self._draft.method is Method.YES_NO:
            self.enough()
        else:
            self._session.go(Options(self._session, self))

    @property
    def options(self) -> list[str]:
        """What can be chosen, in the order it is printed in."""
        return self._draft.options

    def enough(self) -> None:
        """The options are written; ask how long it is open."""
        session = self._session
        session.go(Choose(session, N_("How long is it open?"), self._spans, self._lasting, name="ballot-days"))

    def _spans(self) -> Sequence[Option[int]]:
        session = self._session
        spans = [Option(session.count("{n} day", "{n} days", days), days) for days in DAYS]
        return [Option(session.say(N_("As long as our rules say")), 0), *spans]

    def _lasting(self, days: int) -> None:
        self._draft.days = days
        self._session.ask(now, self._review)

    def _review(self, today: Millis) -> None:
        self._closes = Millis(today + self._draft.days * DAY)
        note = N_("Everybody here and neighbour hubs will read it. Once it is open nothing in it can be changed.")
        self._session.go(
            last_look(self._session, self._lines, N_("Open the ballot"), self._send, note=note, name="ballot-draft")
        )

    def _lines(self) -> Sequence[Line]:
        session, draft = self._session, self._draft
        until = session.speaker.moment(self._closes) if draft.days else session.say(N_("As long as our rules say"))
        options = [Line(f"{number}. {option}") for number, option in enumerate(draft.options, 1)]
        return [Line(draft.text, Style.STRONG), *options, Line(session.say(N_("Open until")), value=until)]

    def _send(self) -> None:
        session, draft = self._session, self._draft
        listed = draft.options if draft.method is Method.APPROVAL else []
        command = OpenBallot(
            draft.method,
            words(session, draft.text),
            tuple(words(session, option) for option in listed),
            self._closes if draft.days else None,
        )
        self._sending.signed(command, self._opened, Tier.PIN)

    def _opened(self, receipt: Receipt) -> None:
        """Say it is open, and offer the notice for the wall."""
        session, place = self._session, receipt.facts[0][0]

        def numbered(client: Client) -> int:
            rows = (row["ballot"] for row in client.read("ballots"))
            return int(next(row["number"] for row in rows if row["position"] == place))

        def done(number: int) -> None:
            notice = Act(N_("Print the notice"), lambda: paper.start(session, "ballot_notice", ballot=number))
            told = N_("Print the notice and put it on the wall: it holds every rule of the vote.")
            finished(session, N_("The ballot is open"), told, acts=(notice,), name="ballot-opened")

        session.ask(numbered, done)


class Options:
    """The options of a ballot, as far as they are written; touching one takes it out again."""

    def __init__(self, session: Session, opening: Opening) -> None:
        self._session, self._opening = session, opening

    def page(self) -> Page:
        """A row for each."""
        return ways(
            self._session,
            N_("What can be chosen?"),
            self._listed,
            note=N_("Touch one to take it out again.") if self._opening.options else "",
            empty=N_("Add the first one. “None of these” is there by itself."),
            acts=self._acts,
            name="ballot-options",
        ).page()

    def _listed(self) -> Sequence[Option[Press]]:
        return [
            Option(option, self._out(option), mark=f"{place}.") for place, option in enumerate(self._opening.options, 1)
        ]

    def _acts(self) -> Sequence[Act]:
        written = len(self._opening.options)
        more = Act(N_("Add one"), self._write, main=written < LEAST_OPTIONS)
        on = Act(N_("Next"), self._opening.enough, main=True)
        return (*((more,) if written < MOST_OPTIONS else ()), *((on,) if written >= LEAST_OPTIONS else ()))

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
