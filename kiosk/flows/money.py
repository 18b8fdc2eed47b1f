"""Write in the book what money did, step by step. The keeper writes with a PIN, or two members do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from hub.client import Client
from hub.domain.base import N_, Millis, Money, Tier
from hub.domain.ledger import Account, Posting, RecordMoney, SourceId, came_in, carried, went_out
from kiosk.flows import books
from kiosk.flows.choices import Choose, Option, labelled
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, finished, last_look
from kiosk.flows.writing import ROOM_READS, Number, Write, words
from kiosk.page import Line, Style
from kiosk.session import Session
from kiosk.vocabulary import typed

Choices = dict[str, Any]
"""The accounts and partners there are, how our money is written, and the moment on the hub's clock."""
IN, OUT, CARRY = "in", "out", "carry"
WAYS: Final = {
    IN: N_("Money came in"),
    OUT: N_("Money went out"),
    CARRY: N_("Money was carried from one place to another"),
}
CENTS: Final = 2
"""Digits after the point of money that has cents."""
NOBODY, NEW = 0, -1
"""Answers beside the partners that are known."""


def start(session: Session) -> None:
    """Ask what money did."""

    def show(found: Choices) -> None:
        title, movement = N_("What did the money do?"), Movement(session, found)
        session.go(Choose(session, title, lambda: labelled(session, WAYS), movement.begin, name="money-way"))

    session.ask(choices, show)


def choices(client: Client) -> Choices:
    """What can be chosen."""
    return {**client.read("money_choices"), "now": client.status()["now"]}


class Movement:
    """One movement of money, as far as it is told. Sums are whole minor units throughout."""

    def __init__(self, session: Session, choices: Choices) -> None:
        self._session, self._choices, self._sending = session, choices, Sending(session)
        self._way, self._minor, self._text = IN, 0, ""
        self._place = self._account = Account("")
        self._source: SourceId | None = None
        self._partner = self._conditions = ""

    def begin(self, way: str) -> None:
        """Go on with the sum, for money that came in, went out or was carried."""
        self._way = way
        title, note = N_("How much?"), how_to_type(self._choices)
        self._session.go(Number(self._session, title, self._sum, self._money, note, name="money-sum", least=1))

    def _money(self, minor: int) -> str:
        return in_words(self._session, self._choices, minor)

    def _sum(self, minor: int) -> None:
        self._minor = minor
        title = N_("Where does it lie now?") if self._way == IN else N_("From where was it taken?")
        self._choose(title, "places", self._lies, "money-place")

    def _choose(self, title: str, group: str, then: Callable[[Account], None], name: str) -> None:
        def options() -> Sequence[Option[Account]]:
            return [Option(each["name"], Account(each["account"])) for each in self._choices[group]]

        self._session.go(Choose(self._session, title, options, then, name=name))

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
        session = self._session
        session.go(Choose(session, self._whose(), self._partners, self._chosen, note=ROOM_READS, name="money-partner"))

    def _whose(self) -> str:
        return N_("Who gave it?") if self._way == IN else N_("Who got it?")

    def _partners(self) -> Sequence[Option[int]]:
        session, say = self._session, self._session.say
        known = (
            Option(name, int(each["number"]), lang=lang)
            for each in self._choices["partners"]
            for name, lang in (typed(session.speaker, each["partner"]),)
        )
        open_ = say(N_("A gift without a name is written down as unexplained.")) if self._way == IN else ""
        nobody = Option(say(N_("Nobody by name, or we do not know")), NOBODY, open_)
        return [Option(say(N_("A new name")), NEW), *known, nobody]

    def _chosen(self, partner: int) -> None:
        if partner == NEW:
            self._write(self._whose(), self._named, "money-name")
        else:
            self._from(SourceId(partner) if partner else None)

    def _named(self, name: str) -> None:
        self._from(None, name)

    def _write(self, title: str, then: Callable[[str], None], name: str, text: str = "") -> None:
        self._session.go(Write(self._session, title, then, note=ROOM_READS, text=text, name=name))

    def _from(self, source: SourceId | None, name: str = "") -> None:
        self._source, self._partner, self._conditions = source, name, ""
        if self._way != IN or (source is None and not name):
            self._words()
            return
        self._session.go(
            Write(
                self._session,
                N_("On what condition?"),
                self._condition,
                hint=N_("No condition? Just go on."),
                note=ROOM_READS,
                optional=True,
                name="money-condition",
            )
        )

    def _condition(self, text: str) -> None:
        self._conditions = text
        self._words()

    def _words(self) -> None:
        self._write(N_("What was it for?"), self._review, "money-words", self._text)

    def _review(self, text: str) -> None:
        self._text = text

        def send() -> None:
            self._sending.signed(self._command(), lambda _: self._written(), Tier.PIN)

        def two() -> None:
            self._sending.with_second(self._command(), lambda _: self._written())

        session, label = self._session, N_("Write it in the book")
        session.go(last_look(session, self._lines, label, send, note=ROOM_READS, two=two, name="money-review"))

    def _written(self) -> None:
        session = self._session
        finished(session, N_("Done"), N_("It is in the book."), acts=(to_the_books(session),), name="money-done")

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
            words(session, self._partner),
            words(session, self._conditions),
        )


def to_the_books(session: Session) -> Act:
    """The way on once something is in the book: see how it stands there."""
    return Act(N_("Read our books"), lambda: books.start(session))


def how_to_type(choices: Choices) -> str:
    """How a sum is typed, where the money has cents."""
    return N_("Type the cents, too: 1250 is 12.50.") if choices["exponent"] == CENTS else ""


def in_words(session: Session, choices: Choices, minor: int) -> str:
    """Digits from a keypad as money: they fill in from the small end."""
    return session.speaker.money(Money(minor, choices["currency"], choices["exponent"]))
