"""What people read in the book: every line, every account, and the budget between two postings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from hub.domain import ledger
from hub.domain.base import MemberId, Millis, TransactionId, Words
from hub.domain.ledger import CHART, TIN, UNEXPLAINED, Account, Group, Posting
from hub.entry import Entry
from hub.views.tables import Document, memory_table


@dataclass(frozen=True, slots=True)
class LineRow:
    """One record. `sort` is recorded, reversed, disclosed or counted; `of` is the record it is about.

    `reversed_by` is the record that took it back, 0 for none.
    """

    number: TransactionId
    sort: str
    happened: Millis
    postings: tuple[Posting, ...]
    by: tuple[MemberId, ...]
    decision: int
    outside: tuple[str, ...]
    strings: bool
    text: Words
    partner: Words
    conditions: Words
    of: int
    reversed_by: int
    position: int

    @property
    def unexplained(self) -> int:
        """What of it has no known source, minor units; positive for money that came in."""
        return -sum(each.minor for each in self.postings if each.account == UNEXPLAINED)

    def moved(self, accounts: Mapping[Account, Group]) -> int:
        """What it added to (or took from) what lies in all places."""
        return sum(each.minor for each in self.postings if accounts.get(each.account) is Group.PLACE)


@dataclass(frozen=True, slots=True)
class PostedRow:
    """A budget that was posted, with its sums in minor units. `position` is its line in the journal."""

    since: Millis
    until: Millis
    opening: int
    came_in: int
    went_out: int
    unexplained: int
    closing: int
    position: int


@dataclass(frozen=True, slots=True)
class Budget:
    """The book between two moments. `by_account` are sums of the period, signs as in the ledger."""

    since: Millis
    until: Millis
    opening: int
    came_in: int
    went_out: int
    closing: int
    unexplained: int
    by_account: Mapping[Account, int]
    lying: Mapping[Account, int]
    lines: tuple[LineRow, ...]


_NONE = Words({})
RECORDED, REVERSED, DISCLOSED, COUNTED = "recorded", "reversed", "disclosed", "counted"


class LedgerView:
    """Folds facts about money. All of it is for the room."""

    def __init__(self) -> None:
        self._lines = memory_table("lines")
        self._posted = memory_table("posted")
        self.accounts: dict[Account, Group] = dict(CHART)
        self.titles: dict[Account, Words] = {}

    def apply(self, entry: Entry, fact: ledger.Events) -> None:
        """Fold one fact."""
        match fact:
            case ledger.MoneyRecorded():
                self._line(entry, fact.transaction, RECORDED, fact.postings, (fact.by,), fact.text, fact.partner,
                           fact.conditions, fact.happened, fact.outside, fact.decision or 0)
            case ledger.MoneyReversed(number, of, postings, by, text):
                self._line(entry, number, REVERSED, postings, (by,), text, of=of)
                self._change(of, reversed_by=number)
            case ledger.SourceDisclosed(number, of, postings, by, _, partner, conditions):
                self._line(entry, number, DISCLOSED, postings, (by,), Words({}), partner, conditions, of=of)
            case ledger.TinCounted(number, _, difference, by):
                moved = (Posting(TIN, difference), Posting(UNEXPLAINED, -difference)) if difference else ()
                self._line(entry, number, COUNTED, moved, by, Words({}))
            case ledger.AccountOpened(account, group, title):
                self.accounts[account] = group
                self.titles[account] = title
            case ledger.BudgetPosted():
                self._post(entry, fact)
            case _:
                assert_never(fact)

    def _line(
        self,
        entry: Entry,
        number: TransactionId,
        sort: str,
        postings: tuple[Posting, ...],
        by: tuple[MemberId, ...],
        text: Words,
        partner: Words = _NONE,
        conditions: Words = _NONE,
        happened: Millis | None = None,
        outside: tuple[str, ...] = (),
        decision: int = 0,
        of: int = 0,
    ) -> None:
        row = {
            "number": number,
            "sort": sort,
            "happened": entry.head.time if happened is None else happened,
            "postings": [[each.account, each.minor] for each in postings],
            "by": list(by),
            "decision": decision,
            "outside": list(outside),
            "strings": bool(conditions),
            "text": text,
            "partner": partner,
            "conditions": conditions,
            "of": of,
            "reversed_by": 0,
            "position": entry.head.seq,
        }
        self._lines.upsert(Document(row, doc_id=number))

    def _change(self, number: TransactionId, **changes: object) -> None:
        if self._lines.contains(doc_id=number):
            self._lines.update(changes, doc_ids=[number])

    def _post(self, entry: Entry, fact: ledger.BudgetPosted) -> None:
        self._posted.insert(
            {
                "since": fact.since,
                "until": fact.until,
                "opening": fact.opening,
                "came_in": fact.came_in,
                "went_out": fact.went_out,
                "unexplained": fact.unexplained,
                "closing": fact.closing,
                "position": entry.head.seq,
            }
        )

    def lines(self) -> list[LineRow]:
        """Every record, in the order it was written down."""
        return [_row(row) for row in self._lines.all()]

    def line(self, number: TransactionId) -> LineRow | None:
        """One record."""
        row = self._lines.row(number)
        return _row(row) if row is not None else None

    def posted(self) -> list[PostedRow]:
        """Every posted budget, the latest first."""
        return [PostedRow(**row) for row in reversed(self._posted.all())]

    def budget(self, since: Millis, until: Millis) -> Budget:
        """The book of what happened after `since` and up to `until`, corrections with what they correct."""
        before = [line for line in self.lines() if line.happened <= since]
        within = tuple(line for line in self.lines() if since < line.happened <= until)
        opening = sum(line.moved(self.accounts) for line in before)
        moves = [line.moved(self.accounts) for line in within]
        upto = (*before, *within)
        return Budget(
            since,
            until,
            opening,
            sum(move for move in moves if move > 0),
            -sum(move for move in moves if move < 0),
            opening + sum(moves),
            sum(line.unexplained for line in upto),
            _sums(within),
            {account: minor for account, minor in _sums(upto).items() if self.accounts.get(account) is Group.PLACE},
            within,
        )


def _sums(lines: tuple[LineRow, ...]) -> dict[Account, int]:
    sums: dict[Account, int] = {}
    for line in lines:
        for each in line.postings:
            sums[each.account] = sums.get(each.account, 0) + each.minor
    return sums


def _row(row: Document) -> LineRow:
    postings = tuple(Posting(account, minor) for account, minor in row["postings"])
    return LineRow(
        **{**row, "postings": postings, "by": tuple(row["by"]), "outside": tuple(row["outside"])}
    )
