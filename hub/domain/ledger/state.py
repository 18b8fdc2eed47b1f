"""What the rules remember of the book, and what others may ask of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import assert_never

from immutables import Map

from hub.domain.articles import Articles
from hub.domain.base import DAY, Millis, TransactionId
from hub.domain.ledger.chart import CHART, UNEXPLAINED, Sort
from hub.domain.ledger.facts import (
    Account,
    AccountOpened,
    Booked,
    BudgetPosted,
    Events,
    Group,
    MoneyRecorded,
    MoneyReturned,
    MoneyReversed,
    Posting,
    SourceDisclosed,
    TinCounted,
)


@dataclass(frozen=True, slots=True)
class Transaction:
    """A record as the rules remember it: its postings with all that later facts changed in them.

    `waiting` is what of it is unexplained: below zero for money that came in, above for money that is
    missing. `over`: it was taken back, or only changed another record.
    """

    postings: tuple[Posting, ...]
    waiting: int = 0
    over: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All accounts and records. `moved` are sums since the last posted budget, `opening` what lay there then.

    `counts` is the last count of each place; `started` is when the first money moved.
    """

    accounts: Map[Account, Sort] = CHART
    balances: Map[Account, int] = field(default_factory=Map)
    transactions: Map[TransactionId, Transaction] = field(default_factory=Map)
    counts: Map[Account, TransactionId] = field(default_factory=Map)
    sources: int = 0
    started: Millis = Millis(0)
    budgets: int = 0
    posted: Millis = Millis(0)
    upto: TransactionId = TransactionId(0)
    opening: int = 0
    moved: Map[Account, int] = field(default_factory=Map)

    @property
    def latest(self) -> TransactionId:
        """The number of the last record."""
        return TransactionId(len(self.transactions))

    def group(self, account: Account) -> Group | None:
        """What an account is; None where there is none."""
        sort = self.accounts.get(account)
        return sort.group if sort else None


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case MoneyRecorded():
            state = _source(state, happened.source)
            return _booked(state, happened, Transaction(happened.postings, _unexplained(happened.postings)))
        case MoneyReversed() | MoneyReturned():
            return _booked(_changed(state, happened), happened, Transaction(happened.postings, over=True))
        case SourceDisclosed():
            state = _source(_changed(state, happened), happened.source)
            return _booked(state, happened, Transaction(happened.postings, over=True))
        case TinCounted():
            return _counted(state, happened)
        case AccountOpened(account, group, named):
            return replace(state, accounts=state.accounts.set(account, Sort(group, named)))
        case BudgetPosted(budget, upto, _, until):
            return replace(state, budgets=budget, upto=upto, posted=until, opening=lying(state), moved=Map())
        case _:
            assert_never(happened)


def _changed(state: State, happened: MoneyReversed | MoneyReturned | SourceDisclosed) -> State:
    """The record a fact is about, with its postings merged in: nothing of it waits any more."""
    record = state.transactions[happened.of]
    merged = _merged((*record.postings, *happened.postings))
    record = replace(record, postings=merged, waiting=0, over=isinstance(happened, MoneyReversed))
    return replace(state, transactions=state.transactions.set(happened.of, record))


def _counted(state: State, happened: TinCounted) -> State:
    """A count takes over what an earlier count of the same place left unexplained."""
    waiting = _unexplained(happened.postings)
    before = state.counts.get(happened.account)
    if before is not None:
        earlier = state.transactions[before]
        waiting += earlier.waiting
        state = replace(state, transactions=state.transactions.set(before, replace(earlier, waiting=0)))
    state = replace(state, counts=state.counts.set(happened.account, happened.transaction))
    return _booked(state, happened, Transaction(happened.postings, waiting, counted=True))


def _source(state: State, source: int | None) -> State:
    return state if source is None else replace(state, sources=max(state.sources, source))


def _booked(state: State, happened: Booked, record: Transaction) -> State:
    """The balances after a record, and what moved since the last posted budget.

    A place that was counted is known from then on, even where there was nothing.
    """
    if isinstance(happened, TinCounted):
        state = replace(state, balances=_added(state.balances, (Posting(happened.account, 0),)))
    return replace(
        state,
        balances=_added(state.balances, happened.postings),
        moved=_added(state.moved, happened.postings),
        transactions=state.transactions.set(happened.transaction, record),
        started=min(state.started or happened.happened, happened.happened),
    )


def _added(sums: Map[Account, int], postings: Iterable[Posting]) -> Map[Account, int]:
    for each in postings:
        sums = sums.set(each.account, sums.get(each.account, 0) + each.minor)
    return sums


def _merged(postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Several sets of postings as one, accounts at zero left out."""
    sums: dict[Account, int] = {}
    for each in postings:
        sums[each.account] = sums.get(each.account, 0) + each.minor
    return tuple(Posting(account, minor) for account, minor in sums.items() if minor)


def _unexplained(postings: tuple[Posting, ...]) -> int:
    return sum(each.minor for each in postings if each.account == UNEXPLAINED)


def total(state: State, group: Group, sums: Map[Account, int]) -> int:
    """The sum of all accounts of one group."""
    return sum(minor for account, minor in sums.items() if state.group(account) is group)


def lying(state: State) -> int:
    """What lies in all places together, minor units."""
    return total(state, Group.PLACE, state.balances)


def unexplained(state: State) -> list[TransactionId]:
    """The records of which something waits for an explanation, oldest first."""
    return sorted(number for number, record in state.transactions.items() if record.waiting)


def budget_overdue(state: State, articles: Articles, now: Millis) -> bool:
    """Whether money moved that no posted budget tells of, and the last one is older than we agreed."""
    since = state.posted or state.started
    return state.latest > state.upto and now > since + articles.budget_days * DAY
