"""What people read in the book: every record, every account, and each budget that was posted.

A budget holds the records written down since the one before, in their numbers: what hangs on a wall
stays true, and a record that comes late is on the next one. All of it is for the room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, assert_never

from hub.domain import ledger
from hub.domain.base import MemberId, Millis, TransactionId, Words
from hub.domain.ledger import BEFORE, CHART, UNEXPLAINED, Account, Group, Posting
from hub.entry import Entry
from hub.views.tables import Document, memory_table, where

RECORDED, REVERSED, RETURNED, DISCLOSED, COUNTED = "recorded", "reversed", "returned", "disclosed", "counted"
_NONE: Final = Words({})


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account. `title` is empty for those every hub begins with."""

    account: Account
    group: Group
    named: bool
    title: Words


@dataclass(frozen=True, slots=True)
class LineRow:
    """One record. `sort` is recorded, reversed, returned, disclosed or counted; `of` the record it is about.

    `waiting` is what of it is unexplained now: below zero came in, above zero is missing. `changed_by`
    is the record that took it back, explained it or gave it back; 0 for none. `minor` and `difference`
    are those of a count. `partner` is who stands behind the source.
    """

    number: TransactionId
    sort: str
    happened: Millis
    postings: tuple[Posting, ...]
    by: tuple[MemberId, ...]
    source: int
    partner: Words
    strings: bool
    conditions: Words
    decision: int
    outside: tuple[str, ...]
    text: Words
    of: int
    changed_by: int
    taken_back: bool
    waiting: int
    minor: int
    difference: int
    position: int

    def on(self, account: Account) -> int:
        """What it moved on one account."""
        return sum(each.minor for each in self.postings if each.account == account)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An outside partner of this hub's money."""

    number: int
    partner: Words


@dataclass(frozen=True, slots=True)
class PostedRow:
    """A budget that was posted, its sums in minor units. `position` is its line in the journal."""

    number: int
    upto: TransactionId
    since: Millis
    until: Millis
    opening: int
    came_in: int
    went_out: int
    unexplained: int
    closing: int
    waiting: int
    by: MemberId | None
    position: int


@dataclass(frozen=True, slots=True)
class Budget:
    """The book between two postings, `number` 0 for what is not posted yet.

    opening + came_in - went_out + unexplained is closing. `sums` are what moved on each account,
    `lying` what lay in each place at the end. `upto` is the last record in it.
    """

    number: int
    upto: TransactionId
    since: Millis
    until: Millis
    opening: int
    came_in: int
    went_out: int
    unexplained: int
    closing: int
    waiting: int
    sums: Mapping[Account, int]
    lying: Mapping[Account, int]
    lines: tuple[LineRow, ...]


class LedgerView:
    """Folds facts about money. Of a neighbour only the posted budgets are ever heard."""

    def __init__(self) -> None:
        self._lines = memory_table("lines")
        self._posted = memory_table("posted")
        self._sources = memory_table("sources")
        self._accounts = {
            account: AccountRow(account, sort.group, sort.named, _NONE) for account, sort in CHART.items()
        }
        self._counts: dict[Account, TransactionId] = {}

    def apply(self, entry: Entry, fact: ledger.Events) -> None:
        """Fold one fact."""
        match fact:
            case ledger.MoneyRecorded():
                self._given(fact)
                waiting = _on(fact.postings, UNEXPLAINED)
                self._line(entry, RECORDED, fact, **_by_whom(fact), **_terms(fact), waiting=waiting)
            case ledger.MoneyReversed():
                self._line(entry, REVERSED, fact, **_by_whom(fact), of=fact.of)
                self._change(fact.of, changed_by=fact.transaction, taken_back=True, waiting=0)
            case ledger.MoneyReturned():
                self._line(entry, RETURNED, fact, **_by_whom(fact), of=fact.of)
                self._change(fact.of, changed_by=fact.transaction, waiting=0)
            case ledger.SourceDisclosed():
                self._given(fact)
                self._line(entry, DISCLOSED, fact, **_by_whom(fact), **_terms(fact), of=fact.of)
                self._change(fact.of, changed_by=fact.transaction, waiting=0)
            case ledger.TinCounted():
                self._counted(entry, fact)
            case ledger.AccountOpened(account, group, named, _, title):
                self._accounts[account] = AccountRow(account, group, named, title)
            case ledger.BudgetPosted():
                self._put_up(entry, fact)
            case _:
                assert_never(fact)

    def _counted(self, entry: Entry, fact: ledger.TinCounted) -> None:
        """A count takes over what an earlier count of the same place left unexplained."""
        waiting = _on(fact.postings, UNEXPLAINED)
        before = self._lines.row(self._counts.get(fact.account, TransactionId(0)))
        if before is not None and before["waiting"]:
            waiting += before["waiting"]
            self._change(before["number"], waiting=0, changed_by=fact.transaction)
        self._counts[fact.account] = fact.transaction
        counted = {"minor": fact.minor, "difference": fact.difference}
        self._line(entry, COUNTED, fact, by=list(fact.by), waiting=waiting, account=fact.account, **counted)

    def _given(self, fact: ledger.MoneyRecorded | ledger.SourceDisclosed) -> None:
        if fact.source is not None and (fact.partner or not self._sources.contains(doc_id=fact.source)):
            self._sources.upsert(Document({"partner": fact.partner}, doc_id=fact.source))

    def _line(self, entry: Entry, sort: str, fact: ledger.Booked, **values: Any) -> None:
        row = {
            "number": fact.transaction,
            "sort": sort,
            "happened": fact.happened,
            "postings": [[each.account, each.minor] for each in fact.postings],
            "source": 0,
            "strings": False,
            "conditions": _NONE,
            "decision": 0,
            "outside": [],
            "text": fact.text,
            "of": 0,
            "changed_by": 0,
            "taken_back": False,
            "waiting": 0,
            "minor": 0,
            "difference": 0,
            "account": "",
            "position": entry.head.seq,
            **values,
        }
        self._lines.upsert(Document(row, doc_id=fact.transaction))

    def _change(self, number: TransactionId, **changes: object) -> None:
        if self._lines.contains(doc_id=number):
            self._lines.update(changes, doc_ids=[number])

    def _put_up(self, entry: Entry, fact: ledger.BudgetPosted) -> None:
        row = {
            "number": fact.budget,
            "upto": fact.upto,
            "since": fact.since,
            "until": fact.until,
            "opening": fact.opening,
            "came_in": fact.came_in,
            "went_out": fact.went_out,
            "unexplained": fact.unexplained,
            "closing": fact.closing,
            "waiting": fact.waiting,
            "by": fact.by or None,
            "position": entry.head.seq,
        }
        self._posted.upsert(Document(row, doc_id=fact.budget))

    # What is asked of it

    def accounts(self, *groups: Group) -> list[AccountRow]:
        """The accounts of these groups, or all. What lay there before the book is nobody's to choose."""
        return [row for row in self._accounts.values() if row.account != BEFORE and (not groups or row.group in groups)]

    def account(self, account: Account) -> AccountRow:
        """One account; of a code this hub does not know, an empty one."""
        return self._accounts.get(account, AccountRow(account, Group.UNEXPLAINED, False, _NONE))

    def sources(self) -> list[SourceRow]:
        """Every outside partner, in the order they first gave."""
        return [SourceRow(row.doc_id, row["partner"]) for row in self._sources.all()]

    def lines(self) -> list[LineRow]:
        """Every record, in the order they were written down."""
        return [self._row(row) for row in self._lines.all()]

    def line(self, number: TransactionId) -> LineRow | None:
        """One record."""
        row = self._lines.row(number)
        return self._row(row) if row is not None else None

    def waiting(self) -> list[LineRow]:
        """Records of which something is unexplained, oldest first."""
        return [self._row(row) for row in self._lines.search(where("waiting") != 0)]

    def posted(self) -> list[PostedRow]:
        """Every posted budget, the latest first."""
        rows = sorted(self._posted.all(), key=lambda row: -row.doc_id)
        return [PostedRow(**row) for row in rows]

    def budget(self, number: int, now: Millis) -> Budget | None:
        """A posted budget again, record by record; 0 is what was written down since the last one."""
        found = {row.number: row for row in self.posted()}
        post = found.get(number or max(found, default=0) + 1)
        if post is None and number:
            return None
        before = found.get(post.number - 1 if post else max(found, default=0))
        upto = post.upto if post else TransactionId(len(self._lines))
        lines, earlier = self.lines(), before.upto if before else 0
        within = tuple(line for line in lines if earlier < line.number <= upto)
        made = self._summed(within, [line for line in lines if line.number <= upto])
        first = min((line.happened for line in within), default=now)
        if post is None:
            since = before.until if before else first
            return replace(made, upto=upto, since=since, until=now)
        return replace(made, number=post.number, upto=upto, since=post.since, until=post.until, waiting=post.waiting)

    def _summed(self, within: tuple[LineRow, ...], all_: Iterable[LineRow]) -> Budget:
        sums, ever = _sums(within), _sums(all_)
        lying = {account: minor for account, minor in ever.items() if self.account(account).group is Group.PLACE}
        closing = sum(lying.values())
        came_in, went_out = -self._total(sums, Group.INCOME), self._total(sums, Group.SPENDING)
        unexplained = -sums.get(UNEXPLAINED, 0)
        opening = closing - came_in + went_out - unexplained
        waiting = sum(abs(line.waiting) for line in self.waiting())
        none = Millis(0)
        return Budget(
            0, TransactionId(0), none, none, opening, came_in, went_out, unexplained, closing, waiting,
            sums, lying, within,
        )  # fmt: skip

    def _total(self, sums: Mapping[Account, int], group: Group) -> int:
        return sum(minor for account, minor in sums.items() if self.account(account).group is group)

    def _row(self, row: Document) -> LineRow:
        values = {name: value for name, value in row.items() if name != "account"}
        giver = self._sources.row(row["source"])
        return LineRow(
            **{
                **values,
                "postings": tuple(Posting(account, minor) for account, minor in row["postings"]),
                "by": tuple(row["by"]),
                "outside": tuple(row["outside"]),
                "partner": giver["partner"] if giver else _NONE,
            }
        )


def _by_whom(
    fact: ledger.MoneyRecorded | ledger.MoneyReversed | ledger.MoneyReturned | ledger.SourceDisclosed,
) -> dict[str, Any]:
    return {"by": [fact.by], "outside": list(fact.outside)}


def _terms(fact: ledger.MoneyRecorded | ledger.SourceDisclosed) -> dict[str, Any]:
    return {
        "source": fact.source or 0,
        "strings": fact.strings,
        "conditions": fact.conditions,
        "decision": fact.decision or 0,
    }


def _on(postings: Iterable[Posting], account: Account) -> int:
    return sum(each.minor for each in postings if each.account == account)


def _sums(lines: Iterable[LineRow]) -> dict[Account, int]:
    sums: dict[Account, int] = {}
    for line in lines:
        for each in line.postings:
            sums[each.account] = sums.get(each.account, 0) + each.minor
    return sums
