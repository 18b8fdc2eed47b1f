"""The book: what came in, from whom, on what terms, and where it went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, request

from hub.documents.blocks import Document
from hub.domain.base import N_
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


def _sheet(hall: Hall, asked: Mapping[str, str]) -> Document:
    return book.sheet(hall, _number(asked, "budget"))


READS: Final[Mapping[str, Read]] = {
    "budget": _budget,
    "budgets": _budgets,
    "record": _record,
    "accounts": _accounts,
    "unexplained": _unexplained,
}
NUMBERED: Final[Numbered] = {"budget": ("budget", lambda hall: [0, *(row.number for row in book.posted(hall))])}
DOCUMENTS: Final[Mapping[str, Read]] = {"budget": _sheet}
