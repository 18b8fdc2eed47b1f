"""Read our books: three big numbers, then what stands behind them; the minutes; the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from hub.client import Client
from hub.domain.base import N_
from kiosk.flows import sheet
from kiosk.flows.steps import tile
from kiosk.flows.told import Question, Told, ask
from kiosk.page import Button, Icon, Line, Page, Reading, Row, Rows, Style, Tile, Tiles
from kiosk.session import Session
from kiosk.vocabulary import typed

NO_RECORDS: Final = N_("There is nothing in the book yet.")


def start(session: Session) -> None:
    """Show the big numbers."""
    ask(session, _reading("book"), lambda told: Books(session, told))


def _reading(name: str) -> Question:
    def question(client: Client) -> object:
        return client.read(name)

    return question


class Books:
    """What came in, went out and is there; and the way to everything behind it."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """Three numbers to read. Unexplained money stands above them."""
        session, book = self._session, self._told.now
        say = session.say
        since = say(N_("Since {day}"), day=session.speaker.day(book["since"]))
        inside = Inside(session, self._told)
        return Page(
            say(N_("Our books")),
            Tiles(
                (
                    Tile(say(N_("Came in")), since, figure=book["came_in"]),
                    Tile(say(N_("Went out")), since, figure=book["went_out"]),
                    Tile(say(N_("There is")), figure=book["there_is"]),
                )
            ),
            note=" ".join(book["unexplained"]) or say(N_("All money is explained.")),
            buttons=(
                Button(say(N_("Minutes")), lambda: minutes(session)),
                Button(say(N_("Our rules")), lambda: sheet.start(session, "constitution")),
                Button(say(N_("Look inside")), lambda: session.go(inside), main=True),
            ),
            back=session.back,
            leave=session.leave,
            name="books",
        )


class Inside:
    """Everything that stands behind the three numbers."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """A tile for each way to look at it."""
        session = self._session
        return Page(
            session.say(N_("Look inside")),
            Tiles(tuple(self._tiles())),
            back=session.back,
            leave=session.leave,
            name="books-inside",
        )

    def _tiles(self) -> Iterator[Tile]:
        session = self._session
        budget, posted = _opens(session, "budget", budget=0), Posted(session, self._told)
        yield tile(session, N_("The budget"), budget, icon=Icon.BOOKS)
        yield tile(session, N_("Month by month"), lambda: _months(session), icon=Icon.BOOKS)
        yield tile(session, N_("Posted budgets"), lambda: session.go(posted), icon=Icon.BOOKS)
        yield tile(session, N_("Every record"), lambda: _records(session), icon=Icon.MONEY)
        yield tile(session, N_("From whom"), lambda: _partners(session), icon=Icon.MONEY)


class Posted:
    """The budgets that were posted, the latest first."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """A row for each."""
        return _list(self._session, N_("Posted budgets"), self._rows(), N_("No budget was posted yet."), "posted")

    def _rows(self) -> Iterator[Row]:
        session = self._session
        for each in self._told.now["posted"]:
            since, until = session.speaker.day(each["since"]), session.speaker.day(each["until"])
            title = session.say(N_("Budget {number}"), number=each["number"])
            span = session.say(N_("{since} to {until}"), since=since, until=until)
            yield Row(f"{title} · {each['there_is']}", span, press=_opens(session, "budget", budget=each["number"]))


def _list(session: Session, title: str, rows: Iterator[Row], empty: str, name: str) -> Page:
    return Page(
        session.say(title),
        Rows(tuple(rows), session.say(empty)),
        back=session.back,
        leave=session.leave,
        name=name,
    )


def _opens(session: Session, name: str, **parameters: int) -> Callable[[], None]:
    return lambda: sheet.start(session, name, **parameters)


class Listed:
    """A list from the hub, a row for each, made by `rows`."""

    def __init__(
        self, session: Session, told: Told, title: str, rows: Callable[[Any], Iterator[Row]], empty: str, name: str
    ) -> None:
        self._session, self._told, self._title, self._rows = session, told, title, rows
        self._empty, self._name = empty, name

    def page(self) -> Page:
        """The list as it was said last."""
        return _list(self._session, self._title, self._rows(self._told.now), self._empty, self._name)


def _months(session: Session) -> None:
    ask(session, _reading("months"), lambda told: Months(session, told))


class Months:
    """What came in and went out in each month."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """Two sums below each month, the latest month first."""
        session = self._session
        lines = tuple(self._lines()) or (Line(session.say(NO_RECORDS)),)
        return Page(
            session.say(N_("Month by month")),
            Reading(lines),
            back=session.back,
            leave=session.leave,
            name="months",
        )

    def _lines(self) -> Iterator[Line]:
        say = self._session.say
        for each in self._told.now:
            yield Line(each["month"], Style.HEADING)
            yield Line(say(N_("Came in")), value=each["came_in"])
            yield Line(say(N_("Went out")), value=each["went_out"])


def _records(session: Session) -> None:
    def rows(found: Sequence[dict[str, Any]]) -> Iterator[Row]:
        for each in found:
            yield Row(
                f"{each['money']} · {each['text']}",
                _about(session, each),
                mark=f"{each['number']}.",
                lang=each["lang"],
                press=_shows(session, each),
            )

    ask(
        session,
        _reading("records"),
        lambda told: Listed(session, told, N_("Every record"), rows, NO_RECORDS, "records"),
    )


def _about(session: Session, record: dict[str, Any]) -> str:
    """What kind of record it is, when it happened, and what is open about it."""
    open_ = session.say(N_("Unexplained: {money}"), money=record["waiting"]) if record["waiting"] else ""
    gone = session.say(N_("TAKEN BACK")) if record["taken_back"] else ""
    what = record["headline"] if record["headline"] != record["text"] else ""
    parts = (gone, open_, what, session.speaker.day(record["happened"]))
    return " · ".join(part for part in parts if part)


def _shows(session: Session, record: dict[str, Any]) -> Callable[[], None]:
    return lambda: session.go(Record(session, record))


class Record:
    """One record: every movement of it, who stands behind it, and on what conditions."""

    def __init__(self, session: Session, record: dict[str, Any]) -> None:
        self._session, self._record = session, record

    def page(self) -> Page:
        """All of it as lines. Who wrote it down is for members, and is not here."""
        session = self._session
        return Page(
            session.say(N_("Record {number}"), number=self._record["number"]),
            Reading(tuple(self._lines())),
            back=session.back,
            leave=session.leave,
            name="record",
        )

    def _lines(self) -> Iterator[Line]:
        session, record = self._session, self._record
        yield Line(record["text"], Style.STRONG, lang=record["lang"])
        yield Line(_about(session, record), Style.SMALL)
        for account, money in record["postings"]:
            yield Line(account, value=money)
        if record["partner"][0]:
            yield Line(session.say(N_("From whom, to whom")), value=record["partner"][0], lang=record["partner"][1])
        if record["conditions"][0]:
            conditions, lang = record["conditions"]
            yield Line(session.say(N_("On this condition: {conditions}"), conditions=conditions), lang=lang)
        for sentence in (record["difference"], *record["outside"]):
            if sentence:
                yield Line(sentence)


def _partners(session: Session) -> None:
    def rows(found: Sequence[dict[str, Any]]) -> Iterator[Row]:
        for each in found:
            name, lang = typed(session.speaker, each["partner"])
            conditions = "; ".join(text for text, _ in each["conditions"])
            asked = session.say(N_("On this condition: {conditions}"), conditions=conditions)
            yield Row(f"{name} · {each['money']}", asked if conditions else session.say(N_("No conditions")), lang=lang)

    nobody = N_("Nobody from outside gave us money, or got any.")
    ask(session, _reading("partners"), lambda told: Listed(session, told, N_("From whom"), rows, nobody, "partners"))


def minutes(session: Session) -> None:
    """The minutes of every meeting, the latest first; what was decided stands first in each."""

    def rows(found: dict[str, Any]) -> Iterator[Row]:
        for each in (*found["running"], *found["met"]):
            adopted = N_("Adopted") if each["adopted_at"] else N_("Draft")
            state = session.say(adopted if each["closed_at"] else N_("The meeting is still going on."))
            yield Row(
                session.speaker.day(each["held"]), state, press=_opens(session, "minutes", assembly=each["number"])
            )

    none = N_("No meeting was held yet.")
    ask(session, _reading("assemblies"), lambda told: Listed(session, told, N_("Minutes"), rows, none, "minutes"))
