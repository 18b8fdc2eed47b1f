"""What people read in the book: every record, every account, and each budget that was posted.

A budget holds the records written down since the one before, in their numbers: what hangs on a wall
stays true, and a record that comes late is on the next one. All of it is for the room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, assert_never

from hub.domain import ledger
from hub.domain.base import MemberId, Millis, TransactionId, Words
from hub.domain.ledger import BEFORE, CHART, UNEXPLAINED, Account, Group, Posting
from hub.entry import Entry
from hub.views.tables import Document, memory_table

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

    `waiting` is what of it is unexplained: below zero came in, above zero is missing. `changed_by` is
    the record that took it back, explained it, gave it back or counted again; 0 for none. `account`,
    `minor` and `difference` are those of a count. `partner` is who stands behind the source. `gone`:
    its words were taken back.
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
    account: Account
    minor: int
    difference: int
    gone: bool
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
    `lying` what lay in each place at the end. `upto` is the last record in it. `lines` stand as they
    did then: what became known later is on a later budget. `open` are the records, of this budget or
    of one before, of which something was unexplained; `about` those of earlier budgets that a line of
    this one changes.
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
    open: tuple[LineRow, ...]
    about: tuple[LineRow, ...]


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
                self._take_back(fact)
            case ledger.MoneyReturned():
                self._line(entry, RETURNED, fact, **_by_whom(fact), of=fact.of)
                self._change(fact.of, fact.transaction)
            case ledger.SourceDisclosed():
                self._given(fact)
                self._line(entry, DISCLOSED, fact, **_by_whom(fact), **_terms(fact), of=fact.of)
                self._change(fact.of, fact.transaction)
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
        before = self.line(self._counts.get(fact.account, TransactionId(0)))
        if before is not None and before.waiting:
            waiting += before.waiting
            self._change(before.number, fact.transaction)
        self._counts[fact.account] = fact.transaction
        counted = {"minor": fact.minor, "difference": fact.difference}
        self._line(entry, COUNTED, fact, by=list(fact.by), waiting=waiting, account=fact.account, **counted)

    def _given(self, fact: ledger.MoneyRecorded | ledger.SourceDisclosed) -> None:
        if fact.source is not None and (fact.partner or not self._sources.contains(doc_id=fact.source)):
            self._sources.upsert(Document({"partner": fact.partner}, doc_id=fact.source))

    def _line(self, entry: Entry, sort: str, fact: ledger.Booked, *, waiting: int = 0, **values: Any) -> None:
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
            "history": [[fact.transaction, waiting, False]],
            "account": "",
            "minor": 0,
            "difference": 0,
            "gone": bool(entry.head.body) and entry.body is None,
            "position": entry.head.seq,
            **values,
        }
        self._lines.upsert(Document(row, doc_id=fact.transaction))

    def _take_back(self, fact: ledger.MoneyReversed) -> None:
        """With a record goes what explained it."""
        record = self.line(fact.of)
        if record is not None and record.changed_by:
            self._change(TransactionId(record.changed_by), fact.transaction, taken_back=True)
        self._change(fact.of, fact.transaction, taken_back=True)

    def _change(self, number: TransactionId, by: TransactionId, *, taken_back: bool = False) -> None:
        """The record `by` changed another: nothing of that one waits from then on."""
        row = self._lines.row(number)
        if row is not None:
            self._lines.update({"history": [*row["history"], [by, 0, taken_back]]}, doc_ids=[number])

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

    def lines(self, upto: TransactionId | None = None) -> list[LineRow]:
        """Every record, in the order they were written down; those up to one of them, as they stood then."""
        return [self._row(row, upto) for row in self._lines.all() if upto is None or row.doc_id <= upto]

    def line(self, number: TransactionId) -> LineRow | None:
        """One record."""
        row = self._lines.row(number)
        return self._row(row) if row is not None else None

    def waiting(self) -> list[LineRow]:
        """Records of which something is unexplained, oldest first."""
        return [line for line in self.lines() if line.waiting]

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
        lines, earlier = self.lines(upto), before.upto if before else 0
        within = tuple(line for line in lines if line.number > earlier)
        made = self._summed(within, lines)
        first = min((line.happened for line in within), default=now)
        if post is None:
            since = before.until if before else first
            return replace(made, upto=upto, since=since, until=now)
        return replace(made, number=post.number, upto=upto, since=post.since, until=post.until, waiting=post.waiting)

    def _summed(self, within: tuple[LineRow, ...], ever_written: Sequence[LineRow]) -> Budget:
        sums, ever = _sums(within), _sums(ever_written)
        lying = {account: minor for account, minor in ever.items() if self.account(account).group is Group.PLACE}
        closing = sum(lying.values())
        came_in, went_out = -self._total(sums, Group.INCOME), self._total(sums, Group.SPENDING)
        unexplained = -sums.get(UNEXPLAINED, 0)
        opening = closing - came_in + went_out - unexplained
        open_ = tuple(line for line in ever_written if line.waiting)
        before = {line.of for line in within} - {line.number for line in within}
        about = tuple(line for line in ever_written if line.number in before)
        waiting = sum(abs(line.waiting) for line in open_)
        none = Millis(0)
        return Budget(
            0, TransactionId(0), none, none, opening, came_in, went_out, unexplained, closing, waiting,
            sums, lying, within, open_, about,
        )  # fmt: skip

    def _total(self, sums: Mapping[Account, int], group: Group) -> int:
        return sum(minor for account, minor in sums.items() if self.account(account).group is group)

    def _row(self, row: Document, upto: TransactionId | None = None) -> LineRow:
        values = {name: value for name, value in row.items() if name != "history"}
        giver = self._sources.row(row["source"])
        states = [state for state in row["history"] if upto is None or state[0] <= upto]
        by, waiting, taken_back = states[-1]
        return LineRow(
            **{
                **values,
                "changed_by": by if len(states) > 1 else 0,
                "waiting": waiting,
                "taken_back": taken_back,
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
