"""Write in the book what money did, step by step. The keeper writes with a PIN, or two members do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from hub.client import Client, Receipt
from hub.domain.base import N_, Millis, Money, Tier, Words
from hub.domain.ledger import Account, Posting, RecordMoney, came_in, carried, went_out
from hub.domain.ledger import SourceId as Source
from kiosk.flows.forms import ROOM_READS, Number, Pick, Signing, finished, last_look, words
from kiosk.flows.steps import Write
from kiosk.page import Line, Press, Row, Style
from kiosk.session import Session
from kiosk.vocabulary import typed

IN, OUT, CARRY = "in", "out", "carry"
CENTS: Final = 2
"""Digits after the point of money that has cents."""


def start(session: Session) -> None:
    """Ask what money did."""
    session.ask(choices, lambda found: session.go(_ways(session, Movement(session, found))))


def choices(client: Client) -> Any:
    """What can be chosen, and the moment on the hub's clock."""
    return {**client.read("money_choices"), "now": client.status()["now"]}


def _ways(session: Session, movement: Movement) -> Pick:
    ways = {
        IN: N_("Money came in"),
        OUT: N_("Money went out"),
        CARRY: N_("Money was carried from one place to another"),
    }

    def rows() -> Sequence[Row]:
        return [Row(session.say(said), press=movement.begin(way)) for way, said in ways.items()]

    return Pick(session, N_("What did the money do?"), rows, name="money-way")


class Movement:
    """One movement of money, as far as it is told. Sums are whole minor units throughout."""

    def __init__(self, session: Session, choices: dict[str, Any]) -> None:
        self._session, self._choices, self._signing = session, choices, Signing(session)
        self._way, self._minor, self._text = IN, 0, ""
        self._place = self._account = Account("")
        self._source: Source | None = None
        self._partner = self._conditions = ""

    def begin(self, way: str) -> Press:
        """Go on with the sum, for money that came in, went out or was carried."""

        def press() -> None:
            self._way = way
            self._session.go(
                Number(
                    self._session,
                    N_("How much?"),
                    self._sum,
                    self._money,
                    how_to_type(self._choices),
                    name="money-sum",
                    least=1,
                )
            )

        return press

    def _money(self, minor: int) -> str:
        return money(self._session, self._choices, minor)

    def _sum(self, minor: int) -> None:
        self._minor = minor
        title = N_("Where does it lie now?") if self._way == IN else N_("From where was it taken?")
        self._choose(title, "places", self._lies, "money-place")

    def _choose(self, title: str, group: str, then: Callable[[Account], None], name: str) -> None:
        def row(each: dict[str, Any]) -> Row:
            return Row(each["name"], press=lambda: then(Account(each["account"])))

        self._session.go(Pick(self._session, title, lambda: [row(each) for each in self._choices[group]], name=name))

    def _lies(self, place: Account) -> None:
        self._place = place
        title, group = {
            IN: (N_("What kind of money is it?"), "incomes"),
            OUT: (N_("What was it spent on?"), "spendings"),
            CARRY: (N_("Where was it carried to?"), "places"),
        }[self._way]
        self._choose(title, group, self._goes, "money-account")

    def _goes(self, account: Account) -> None:
        self._account = account
        self._source, self._partner, self._conditions = None, "", ""
        if self._way == CARRY:
            self._words()
            return
        title = N_("Who gave it?") if self._way == IN else N_("Who got it?")
        self._session.go(Pick(self._session, title, self._partners, note=ROOM_READS, name="money-partner"))

    def _partners(self) -> Sequence[Row]:
        session = self._session
        unknown = Row(
            session.say(N_("Nobody by name, or we do not know")),
            session.say(N_("A gift without a name is written down as unexplained.")) if self._way == IN else "",
            press=lambda: self._from(None),
        )
        known = [
            Row(name, lang=lang, press=self._known(each["number"]))
            for each in self._choices["partners"]
            for name, lang in (typed(session.speaker, each["partner"]),)
        ]
        return [Row(session.say(N_("A new name")), press=self._new_name), *known, unknown]

    def _known(self, number: int) -> Press:
        return lambda: self._from(Source(number))

    def _new_name(self) -> None:
        title = N_("Who gave it?") if self._way == IN else N_("Who got it?")
        self._session.go(
            Write(self._session, title, lambda name: self._from(None, name), note=ROOM_READS, name="money-name")
        )

    def _from(self, source: Source | None, name: str = "") -> None:
        self._source, self._partner, self._conditions = source, name, ""
        if self._way == IN and (source is not None or name):
            self._session.go(
                Write(
                    self._session,
                    N_("On what condition?"),
                    self._condition,
                    hint=N_("No condition? Just go on."),
                    note=ROOM_READS,
                    name="money-condition",
                    optional=True,
                )
            )
        else:
            self._words()

    def _condition(self, text: str) -> None:
        self._conditions = text
        self._words()

    def _words(self) -> None:
        self._session.go(
            Write(
                self._session,
                N_("What was it for?"),
                self._review,
                note=ROOM_READS,
                name="money-words",
                text=self._text,
            )
        )

    def _review(self, text: str) -> None:
        self._text = text
        session = self._session

        def written(_: Receipt) -> None:
            said = N_("It is in the book.")
            finished(session, N_("Done"), lambda: [Line(session.say(said))], name="money-done")

        session.go(
            last_look(
                session,
                N_("Is this right?"),
                self._lines,
                N_("Write it in the book"),
                lambda: self._signing.send(self._command(), written, Tier.PIN),
                note=ROOM_READS,
                two=lambda: self._signing.with_second(self._command(), written),
                name="money-review",
            )
        )

    def _lines(self) -> Sequence[Line]:
        say = self._session.say
        came = N_("Came in") if self._way == IN else N_("Went out") if self._way == OUT else N_("Carried")
        lines = [
            Line(say(came), Style.STRONG, value=self._money(self._minor)),
            Line(say(N_("Where it lies")), value=self._name(self._place)),
            Line(say(N_("What it is")), value=self._name(self._account)),
        ]
        if self._way != CARRY:
            lines.append(Line(say(N_("From whom, to whom")), value=self._giver()))
        if self._conditions:
            lines.append(Line(say(N_("On this condition: {conditions}"), conditions=self._conditions)))
        return [*lines, Line(self._text)]

    def _name(self, account: Account) -> str:
        groups = ("places", "incomes", "spendings")
        return next(
            (each["name"] for group in groups for each in self._choices[group] if each["account"] == account), account
        )

    def _giver(self) -> str:
        for each in self._choices["partners"]:
            if each["number"] == self._source:
                return typed(self._session.speaker, each["partner"])[0]
        return self._partner or self._session.say(N_("Not known"))

    def _command(self) -> RecordMoney:
        session = self._session
        postings: tuple[Posting, ...] = {
            IN: came_in(self._account, self._place, self._minor),
            OUT: went_out(self._place, self._account, self._minor),
            CARRY: carried(self._place, self._account, self._minor),
        }[self._way]
        return RecordMoney(
            Millis(self._choices["now"]),
            postings,
            words(session, self._text),
            self._source,
            words(session, self._partner) if self._partner else Words({}),
            words(session, self._conditions) if self._conditions else Words({}),
        )


def how_to_type(choices: dict[str, Any]) -> str:
    """How a sum is typed, where the money has cents."""
    return N_("Type the cents, too: 1250 is 12.50.") if choices["exponent"] == CENTS else ""


def money(session: Session, choices: dict[str, Any], minor: int) -> str:
    """Digits from a keypad as money: they fill in from the small end."""
    return session.speaker.money(Money(minor, choices["currency"], choices["exponent"]))
