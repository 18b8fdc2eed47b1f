"""The book: what came in, from whom, on what terms, and where it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from flask import Blueprint, request

from hub.documents.accounts import Teller
from hub.documents.blocks import Document
from hub.documents.ledger import open_sentences
from hub.domain.base import N_
from hub.domain.ledger import Group
from hub.views.ledger import COUNTED, LineRow
from hub.web import book, bookkeeping, together
from hub.web.access import hall as open_to_hall
from hub.web.forms import numbered
from hub.web.hall import Hall, Numbered, Read, Reply
from hub.web.together import Together

NOTICES: Final[Mapping[str, str]] = {
    "money-written": N_("It is in the book. Look once more: is it right?"),
    "money-take-back": N_("It is taken back. The record stays, with what you wrote."),
    "money-explain": N_("Thank you! It is explained now."),
    "money-return": N_("It is in the book that the money was given back."),
    "account-opened": N_("The account is open."),
    "budget-posted": N_("The budget is posted. From now on it stays as it is."),
}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of this room."""
    pages = Blueprint("ledger", __name__)
    pairs = Together(hall.visits.secret, hall.service.now)
    together.routes(pages, hall, pairs, "/budget", lambda receipt: bookkeeping.to_record(hall, receipt, "together"))
    _reading(pages, hall)
    bookkeeping.routes(pages, hall, pairs)
    return pages


def _reading(pages: Blueprint, hall: Hall) -> None:
    @pages.get("/budget")
    @open_to_hall()
    def index() -> Reply:
        return book.show_index(hall)

    @pages.get("/budget/sheet")
    @open_to_hall()
    def sheet() -> Reply:
        return book.show_sheet(hall)

    @pages.get("/budget/posted")
    @open_to_hall()
    def posted() -> Reply:
        return book.render(hall, "posted", rows=book.posted(hall))

    @pages.get("/budget/posted/<int:budget>")
    @open_to_hall()
    def posted_one(budget: int) -> Reply:
        return book.show_posted(hall, budget)

    @pages.get("/budget/lines")
    @open_to_hall()
    def lines() -> Reply:
        return book.show_lines(hall, numbered(request.args.get("before", "")))

    @pages.get("/budget/lines/<int:record>")
    @open_to_hall()
    def line(record: int) -> Reply:
        return book.show_record(hall, record)

    @pages.get("/budget/partners")
    @open_to_hall()
    def partners() -> Reply:
        return book.show_partners(hall)

    @pages.get("/budget/accounts")
    @open_to_hall()
    def accounts() -> Reply:
        return book.show_accounts(hall)


def _number(asked: Mapping[str, str], name: str) -> int:
    return numbered(asked.get(name, ""))


def _budget(hall: Hall, asked: Mapping[str, str]) -> object:
    return book.found(hall, _number(asked, "budget"))


def _budgets(hall: Hall, _: Mapping[str, str]) -> object:
    return book.posted(hall)


def _record(hall: Hall, asked: Mapping[str, str]) -> object:
    return book.record(hall, _number(asked, "record"))


def _accounts(hall: Hall, _: Mapping[str, str]) -> object:
    return book.accounts(hall)


def _unexplained(hall: Hall, _: Mapping[str, str]) -> object:
    return book.unexplained(hall)


def _book(hall: Hall, _: Mapping[str, str]) -> object:
    """The big numbers since the last posted budget, and what nobody can explain, as sentences."""
    row, teller = book.found(hall, 0), book.teller(hall)
    assert row is not None
    sums = {"came_in": row.came_in, "went_out": row.went_out, "there_is": row.closing}
    posted = book.posted(hall)
    return {
        **{name: teller.money(minor) for name, minor in sums.items()},
        "since": row.since,
        "upto": row.upto,
        "unexplained": open_sentences(teller, row.open),
        "posted": [
            {"number": each.number, "since": each.since, "until": each.until, "there_is": teller.money(each.closing)}
            for each in posted
        ],
    }


def _months(hall: Hall, _: Mapping[str, str]) -> object:
    """What came in and went out, month by month, the latest first."""
    teller, months = book.teller(hall), dict[str, Counter[str]]()
    lines = hall.service.read(lambda views: views.ledger.lines())
    for line in sorted(lines, key=lambda line: line.happened, reverse=True):
        sums = months.setdefault(hall.speaker.month(line.happened), Counter())
        sums["came_in"] -= teller.total(line.postings, Group.INCOME)
        sums["went_out"] += teller.total(line.postings, Group.SPENDING)
    return [
        {"month": month, **{name: teller.money(minor) for name, minor in sums.items()}}
        for month, sums in months.items()
    ]


def _records(hall: Hall, _: Mapping[str, str]) -> object:
    """The latest records in words, the newest first."""
    teller = book.teller(hall)
    rows = hall.service.read(lambda views: views.ledger.lines())
    return [_told(teller, row) for row in rows[::-1][: book.MANY]]


def _told(teller: Teller, row: LineRow) -> dict[str, object]:
    text, lang = teller.words(row)
    partner, conditions = teller.partner(row), teller.conditions(row)
    return {
        "number": row.number,
        "happened": row.happened,
        "headline": teller.headline(row),
        "money": teller.money(teller.size(row)),
        "text": text,
        "lang": lang,
        "postings": teller.postings(row),
        "partner": partner,
        "conditions": conditions,
        "outside": teller.outside(row),
        "difference": teller.difference(row) if row.sort == COUNTED else "",
        "taken_back": row.taken_back,
        "waiting": teller.money(abs(row.waiting)) if row.waiting else "",
    }


def _partners(hall: Hall, _: Mapping[str, str]) -> object:
    """Who stands outside and gave or got money: how much, and on what conditions."""
    teller = book.teller(hall)
    sources, lines = hall.service.read(lambda views: (views.ledger.sources(), views.ledger.lines()))
    given = {row.number: [line for line in lines if line.source == row.number] for row in sources}
    return [
        {
            "number": row.number,
            "partner": row.partner,
            "money": teller.money(teller.total_given(given[row.number])),
            "conditions": [teller.conditions(line) for line in given[row.number] if line.strings],
        }
        for row in sources
    ]


def _choices(hall: Hall, _: Mapping[str, str]) -> object:
    """What can be chosen when money is written down: accounts and partners by name, and the hub's currency."""
    teller, found = book.teller(hall), book.choices(hall)
    named = {
        group: [{"account": account, "name": teller.name(account)} for account in found[group]]
        for group in ("places", "incomes", "spendings")
    }
    partners = [{"number": row.number, "partner": row.partner} for row in found["sources"]]
    return {**named, "partners": partners, "currency": teller.card.currency, "exponent": teller.card.exponent}


def _sheet(hall: Hall, asked: Mapping[str, str]) -> Document:
    return book.sheet(hall, _number(asked, "budget"))


READS: Final[Mapping[str, Read]] = {
    "budget": _budget,
    "budgets": _budgets,
    "record": _record,
    "accounts": _accounts,
    "unexplained": _unexplained,
    "book": _book,
    "months": _months,
    "records": _records,
    "partners": _partners,
    "money_choices": _choices,
}
NUMBERED: Final[Numbered] = {"budget": ("budget", lambda hall: [0, *(row.number for row in book.posted(hall))])}
DOCUMENTS: Final[Mapping[str, Read]] = {"budget": _sheet}
