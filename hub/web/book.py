"""The pages of the book, as reading and writing show them alike. All of it is for the room; names are for members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from flask import abort

from hub.documents.accounts import GROUPS, Teller, in_order
from hub.documents.as_html import as_html
from hub.documents.blocks import Document
from hub.documents.ledger import budget as budget_sheet
from hub.documents.ledger import budget_title, open_sentences
from hub.domain import assemblies, ledger, roles
from hub.domain.base import LEDGER_KEEPER, Refusal, TransactionId, Words
from hub.domain.house import House
from hub.domain.ledger import BEFORE, Account, Group
from hub.views.house import Views
from hub.views.ledger import COUNTED, RECORDED, RETURNED, AccountRow, Budget, LineRow, PostedRow
from hub.web.forms import day_and_hour
from hub.web.hall import Hall, Reply

MANY: Final = 100
"""Records on one page."""


def teller(hall: Hall) -> Teller:
    """Who tells sums, accounts and records in the reader's language."""
    card, rows = hall.service.read(lambda views: (views.constitution.card, views.ledger.accounts()))
    return Teller(hall.speaker, card, {row.account: row for row in rows})


def render(hall: Hall, page: str, no: Refusal | None = None, **values: Any) -> Reply:
    """A page of the book."""
    return hall.render(f"ledger/{page}.html", no=no, teller=teller(hall), alone=writes_alone(hall), **values)


def writes_alone(hall: Hall) -> bool:
    """Whether one member may write by phone: at the beginning, and while nobody keeps the book.

    Else the keeper writes at the kiosk, with card and PIN, or two members together.
    """
    now = hall.service.now()

    def asked(house: House) -> bool:
        return house.constitution.forming(now) or roles.holder(house.roles, LEDGER_KEEPER, now) is None

    return hall.service.rules(asked)


def found(hall: Hall, number: int) -> Budget | None:
    """A posted budget, or with 0 what is not posted yet; for these eyes."""
    now = hall.service.now()
    row = hall.service.read(lambda views: views.ledger.budget(number, now))
    if row is None or hall.person.member:
        return row
    lines, open_, about = (tuple(map(_nameless, rows)) for rows in (row.lines, row.open, row.about))
    return replace(row, lines=lines, open=open_, about=about)


def posted(hall: Hall) -> list[PostedRow]:
    """Every posted budget, the latest first; for these eyes."""
    rows = hall.service.read(lambda views: views.ledger.posted())
    return rows if hall.person.member else [replace(row, by=None) for row in rows]


def record(hall: Hall, number: int) -> LineRow | None:
    """One record; for these eyes."""
    row = hall.service.read(lambda views: views.ledger.line(TransactionId(number)))
    return row if row is None or hall.person.member else _nameless(row)


def accounts(hall: Hall) -> list[AccountRow]:
    """Every account, in the order in which they are listed everywhere."""
    known = teller(hall).accounts
    return [known[account] for account in in_order(known)]


def unexplained(hall: Hall) -> list[LineRow]:
    """Records of which something is unexplained; for these eyes."""
    rows = hall.service.read(lambda views: views.ledger.waiting())
    return rows if hall.person.member else list(map(_nameless, rows))


def _nameless(line: LineRow) -> LineRow:
    return replace(line, by=())


def sheet(hall: Hall, number: int) -> Document:
    """The sheet of a posted budget, or with 0 of what is not posted yet."""
    row = found(hall, number)
    if row is None:
        abort(404)
    return budget_sheet(hall.sheet(), row, teller(hall).accounts)


def show_index(hall: Hall) -> Reply:
    """What there is now, and everything written down since the last posted budget."""
    now, row = hall.service.now(), found(hall, 0)
    assert row is not None
    late = hall.service.rules(
        lambda house: ledger.budget_overdue(house.ledger, house.constitution.articles, now),
    )
    alarms = open_sentences(teller(hall), row.open)
    return render(hall, "index", budget=row, lines=row.lines[::-1][:MANY], alarms=alarms, late=late)


def show_sheet(hall: Hall, no: Refusal | None = None) -> Reply:
    """The sheet of what is not posted yet, and for members the way to post it."""
    row = found(hall, 0)
    assert row is not None
    return render(hall, "sheet", no, sheet=as_html(sheet(hall, 0)), upto=row.upto, title=budget_title(hall.speaker, 0))


def show_posted(hall: Hall, number: int) -> Reply:
    """A posted budget, and beneath it what was set right since."""
    row = next((row for row in posted(hall) if row.number == number), None)
    if row is None:
        abort(404)
    upto = row.upto
    lines = hall.service.read(lambda views: views.ledger.lines())
    later = [line for line in lines if line.number > upto and 0 < line.of <= upto]
    return render(
        hall,
        "posted_one",
        row=row,
        later=later,
        sheet=as_html(sheet(hall, number)),
        title=budget_title(hall.speaker, number),
    )


def show_lines(hall: Hall, before: int) -> Reply:
    """Every record, the latest first; `before` goes on from an earlier page."""
    rows = hall.service.read(lambda views: views.ledger.lines())
    asked = [line for line in reversed(rows) if not before or line.number < before]
    more = asked[MANY - 1].number if len(asked) > MANY else 0
    return render(hall, "lines", lines=asked[:MANY], more=more)


def show_record(hall: Hall, number: int, act: str = "", no: Refusal | None = None) -> Reply:
    """One record with all that became of it, and for members the ways to set it right."""
    line = record(hall, number)
    if line is None:
        abort(404)
    changed_by = record(hall, line.changed_by)
    came_to_nothing = line.taken_back or (changed_by is not None and changed_by.sort == RETURNED)
    return render(
        hall,
        "line",
        no,
        line=line,
        act=act,
        changed_by=changed_by,
        about=record(hall, line.of),
        decided=decisions(hall).get(line.decision, Words({})),
        reversible=line.sort == RECORDED and not came_to_nothing,
        counted=line.sort == COUNTED,
        **choices(hall),
    )


def show_partners(hall: Hall) -> Reply:
    """Every outside partner: what they gave, and on what conditions."""
    sources, lines = hall.service.read(lambda views: (views.ledger.sources(), views.ledger.lines()))
    given = {row.number: [line for line in lines if line.source == row.number] for row in sources}
    return render(hall, "partners", sources=sources, given=given)


def show_accounts(hall: Hall, no: Refusal | None = None) -> Reply:
    """Every account and what is on it."""
    balances = hall.service.rules(lambda house: dict(house.ledger.balances))
    return render(hall, "accounts", no, balances=balances, before=BEFORE, groups=GROUPS, **choices(hall))


def choices(hall: Hall) -> dict[str, Any]:
    """What the forms of the book let a person choose from."""
    rows, sources = hall.service.read(lambda views: (views.ledger.accounts(), views.ledger.sources()))
    return {
        "places": accounts_of(rows, Group.PLACE),
        "incomes": accounts_of(rows, Group.INCOME),
        "spendings": accounts_of(rows, Group.SPENDING),
        "sources": sources,
        "decisions": decisions(hall),
        "today": day_and_hour(hall.service.now(), hall.speaker.zone)[0],
    }


def accounts_of(rows: Sequence[AccountRow], group: Group) -> list[Account]:
    """The accounts of one group, in the order in which they are listed everywhere."""
    return in_order(row.account for row in rows if row.group is group)


def decisions(hall: Hall) -> dict[int, Words]:
    """The decisions money may be spent on: those that passed in a meeting with quorum, the latest first."""
    binding = hall.service.rules(lambda house: assemblies.binding(house.assemblies))

    def minuted(views: Views) -> dict[int, Words]:
        met = (*views.assemblies.running(), *views.assemblies.met())
        minutes = (views.assemblies.minutes(row.number) for row in met)  # type: ignore[arg-type]
        return {each.number: each.text for found in minutes if found for each in found.decisions}

    texts = hall.service.read(minuted)
    return {number: texts.get(number, Words({})) for number in reversed(binding)}
