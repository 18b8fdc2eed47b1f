"""The book, record by record, and who outside gave or got money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from hub.domain.base import N_
from kiosk.flows.choices import Choose, Option, ways
from kiosk.flows.steps import Read
from kiosk.flows.told import Told, ask, named
from kiosk.page import Line, Page, Press, Privacy, Row, Rows, Style
from kiosk.session import Session
from kiosk.vocabulary import typed

NOTHING: Final = N_("There is nothing in the book yet.")
Record = dict[str, Any]


def start(session: Session) -> None:
    """Every record, the latest first."""

    def show(told: Told) -> Choose[Press]:
        def options() -> Sequence[Option[Press]]:
            return [_option(session, each) for each in told.now]

        return ways(session, N_("Every record"), options, empty=NOTHING, privacy=Privacy.OPEN, name="records")

    ask(session, named("records"), show)


def _option(session: Session, record: Record) -> Option[Press]:
    return Option(
        f"{record['money']} · {record['text']}",
        lambda: session.go(_one(session, record)),
        _about(session, record),
        mark=f"{record['number']}.",
        lang=record["lang"],
    )


def _about(session: Session, record: Record) -> str:
    """What kind of record it is, when it happened, and what is open about it."""
    open_ = session.say(N_("Unexplained: {money}"), money=record["waiting"]) if record["waiting"] else ""
    gone = session.say(N_("TAKEN BACK")) if record["taken_back"] else ""
    what = record["headline"] if record["headline"] != record["text"] else ""
    parts = (gone, open_, what, session.speaker.day(record["happened"]))
    return " · ".join(part for part in parts if part)


def _one(session: Session, record: Record) -> Read:
    """Every movement of a record, who stands behind it, on what conditions. Who wrote it down is for members."""

    def lines() -> Iterator[Line]:
        yield Line(record["text"], Style.STRONG, lang=record["lang"])
        yield Line(_about(session, record), Style.SMALL)
        for account, money in record["postings"]:
            yield Line(account, value=money)
        partner, partner_lang = record["partner"]
        if partner:
            yield Line(session.say(N_("From whom, to whom")), value=partner, lang=partner_lang)
        conditions, lang = record["conditions"]
        if conditions:
            yield Line(session.say(N_("On this condition: {conditions}"), conditions=conditions), lang=lang)
        for sentence in (record["difference"], *record["outside"]):
            if sentence:
                yield Line(sentence)

    def title() -> str:
        return session.say(N_("Record {number}"), number=record["number"])

    return Read(session, title, lambda: list(lines()), privacy=Privacy.OPEN, name="record")


def partners(session: Session) -> None:
    """Who outside gave us money or got some, and on what conditions."""
    ask(session, named("partners"), lambda told: Partners(session, told))


class Partners:
    """A row for each; there is nothing behind it."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """Each with their money, all together."""
        session = self._session
        nobody = N_("Nobody from outside gave us money, or got any.")
        return Page(
            session.say(N_("From whom")),
            Rows(tuple(map(self._row, self._told.now)), session.say(nobody)),
            back=session.back,
            leave=session.leave,
            name="partners",
        )

    def _row(self, each: Record) -> Row:
        session = self._session
        name, lang = typed(session.speaker, each["partner"])
        conditions = "; ".join(text for text, _ in each["conditions"])
        asked = session.say(N_("On this condition: {conditions}"), conditions=conditions)
        return Row(f"{name} · {each['money']}", asked if conditions else session.say(N_("No conditions")), lang=lang)
