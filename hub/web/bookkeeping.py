"""Writing in the book from a paired phone: what money did, what was wrong, what is known now, what was counted.

A phone takes no PIN. At the beginning, and while nobody keeps the book, one member writes; else two do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, abort, request

from hub.domain import ledger
from hub.domain.base import N_, Circle, DecisionId, Refusal, Tier, TransactionId
from hub.domain.ledger import Account, Group, Posting, SourceId
from hub.service import Receipt
from hub.web import book, countersign, together
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.countersign import ForTwo
from hub.web.forms import amount, day, numbered
from hub.web.hall import Hall, Reply, choice
from hub.web.together import Together

WAYS: Final = {
    "in": N_("Money came in"),
    "out": N_("Money went out"),
    "carry": N_("Money was carried from one place to another"),
}
"""What money can do, and what the page for it is called."""

Again = Callable[[Refusal], Reply]
Done = Callable[[Receipt], Reply]


def routes(pages: Blueprint, hall: Hall, pairs: Together) -> None:
    """The forms of the book."""
    _recording(pages, hall, pairs)
    _correcting(pages, hall, pairs)
    _keeping(pages, hall, pairs)


def _recording(pages: Blueprint, hall: Hall, pairs: Together) -> None:
    @pages.get("/budget/write/<way>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS)
    def form(way: str) -> Reply:
        return _form(hall, way)

    @pages.post("/budget/write/<way>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def written(way: str) -> Reply:
        _check_way(way)
        return _write(
            hall,
            pairs,
            lambda: _movement(hall, way),
            lambda no: _form(hall, way, no),
            lambda receipt: to_record(hall, receipt, "money-written"),
        )

    @pages.get("/budget/count")
    @open_to_hall(Tier.CARD, Circle.MEMBERS)
    def count() -> Reply:
        return book.render(hall, "count", **book.choices(hall))

    @pages.post("/budget/count")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def counted() -> Reply:
        return _write(
            hall,
            pairs,
            lambda: _count(hall),
            lambda no: book.render(hall, "count", no, **book.choices(hall)),
            lambda receipt: to_record(hall, receipt, "money-written"),
        )


def _correcting(pages: Blueprint, hall: Hall, pairs: Together) -> None:
    @pages.post("/budget/lines/<int:record>/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def act_on(record: int, act: str) -> Reply:
        acts: dict[str, Callable[[], ForTwo]] = {
            "take-back": lambda: ledger.ReverseMoney(TransactionId(record), hall.words("text")),
            "explain": lambda: _explanation(hall, TransactionId(record)),
            "return": lambda: _given_back(hall, TransactionId(record)),
        }
        if act not in acts or book.record(hall, record) is None:
            abort(404)
        return _write(
            hall,
            pairs,
            acts[act],
            lambda no: book.show_record(hall, record, act, no),
            lambda _: hall.done("ledger.line", f"money-{act}", record=record),
        )


def _keeping(pages: Blueprint, hall: Hall, pairs: Together) -> None:
    @pages.post("/budget/accounts")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def open_account() -> Reply:
        return _write(
            hall,
            pairs,
            lambda: _account(hall),
            lambda no: book.show_accounts(hall, no),
            lambda _: hall.done("ledger.accounts", "account-opened"),
        )

    @pages.post("/budget/post")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def post() -> Reply:
        try:
            receipt = hall.submit(ledger.PostBudget(TransactionId(numbered(request.form.get("upto", "")))))
        except Refusal as no:
            return book.show_sheet(hall, no)
        return _to_posted(hall, receipt)


def _write(hall: Hall, pairs: Together, ask: Callable[[], ForTwo], again: Again, done: Done) -> Reply:
    """Write what a form asks for, or let it wait for another member. A refusal shows the form again."""
    try:
        command = ask()
        if together.wanted():
            return together.ask(hall, pairs, command, lambda: countersign.summary(hall, command))
        receipt = hall.submit(command)
    except Refusal as no:
        return again(no)
    return done(receipt)


def to_record(hall: Hall, receipt: Receipt, notice: str) -> Reply:
    """The page of the record that was written; of an account that was opened, the accounts."""
    place = receipt.facts[0][0]
    lines = hall.service.read(lambda views: views.ledger.lines())
    numbers = [line.number for line in lines if line.position == place]
    return hall.done("ledger.line", notice, record=numbers[0]) if numbers else hall.done("ledger.accounts", notice)


def _to_posted(hall: Hall, receipt: Receipt) -> Reply:
    place = receipt.facts[0][0]
    number = next(row.number for row in book.posted(hall) if row.position == place)
    return hall.done("ledger.posted_one", "budget-posted", budget=number)


# What the forms say


def _check_way(way: str) -> None:
    if way not in WAYS:
        abort(404)


def _form(hall: Hall, way: str, no: Refusal | None = None) -> Reply:
    _check_way(way)
    limit = hall.service.read(lambda views: views.constitution.articles.spending_limit)
    return book.render(hall, "write", no, way=way, title=WAYS[way], limit=limit, **book.choices(hall))


def _movement(hall: Hall, way: str) -> ledger.RecordMoney:
    minor = _minor(hall)
    place, account, to = _account_in("place"), _account_in("account"), _account_in("to")
    postings: dict[str, tuple[Posting, ...]] = {
        "in": ledger.came_in(account, place, minor),
        "out": ledger.went_out(place, account, minor),
        "carry": ledger.carried(place, to, minor),
    }
    return ledger.RecordMoney(
        day(hall.speaker.zone),
        postings[way],
        hall.words("text"),
        _source(),
        hall.words("partner"),
        hall.words("conditions"),
        _decision(),
    )


def _count(hall: Hall) -> ledger.CountTin:
    return ledger.CountTin(_minor(hall, below_zero=True), _account_in("place"), hall.words("text"))


def _explanation(hall: Hall, record: TransactionId) -> ledger.DiscloseSource:
    return ledger.DiscloseSource(
        record,
        _account_in("account"),
        _source(),
        hall.words("partner"),
        hall.words("conditions"),
        hall.words("text"),
        _decision(),
    )


def _given_back(hall: Hall, record: TransactionId) -> ledger.ReturnMoney:
    return ledger.ReturnMoney(record, _account_in("place"), day(hall.speaker.zone), hall.words("text"))


def _account(hall: Hall) -> ledger.OpenAccount:
    return ledger.OpenAccount(choice(Group, "group"), hall.words("title"), request.form.get("named") == "yes")


def _minor(hall: Hall, *, below_zero: bool = False) -> int:
    exponent = hall.service.read(lambda views: views.constitution.card.exponent)
    return amount("amount", exponent, below_zero=below_zero)


def _account_in(field: str) -> Account:
    return Account(request.form.get(field, ""))


def _source() -> SourceId | None:
    known = numbered(request.form.get("source", ""))
    return SourceId(known) if known else None


def _decision() -> DecisionId | None:
    number = numbered(request.form.get("decision", ""))
    return DecisionId(number) if number else None
