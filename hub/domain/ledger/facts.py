"""What happened to money: it moved, was counted, was explained; a budget went up on the wall.

Signs, as in any double entry: what comes to rest in a place is positive there; income is negative,
spending positive. The postings of every fact sum to zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from hub.domain.base import DecisionId, Event, Kind, MemberId, Millis, TransactionId, Words, event

Account = NewType("Account", str)
"""An account's code. Those opened later have a code made by the hub; their names are words."""
SourceId = NewType("SourceId", int)
"""An outside partner of this hub's money, numbered from 1."""


class Group(Kind):
    """What an account is: a place where money lies, where it comes from, or what it is spent on."""

    PLACE = "place"
    INCOME = "income"
    SPENDING = "spending"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Posting:
    """A movement on one account, in minor units of the hub's money."""

    account: Account
    minor: int


@event("money.recorded")
class MoneyRecorded(Event):
    """Money moved.

    `happened` is when. `source` is the outside partner: a new one is named in `partner`, one we know is
    not named again. `strings`: they attached conditions, told in `conditions`. `outside` names the
    articles this was outside of.
    """

    transaction: TransactionId
    happened: Millis
    postings: tuple[Posting, ...]
    source: SourceId | None
    strings: bool
    decision: DecisionId | None
    outside: tuple[str, ...]
    by: MemberId
    text: Words
    partner: Words
    conditions: Words


@event("money.reversed")
class MoneyReversed(Event):
    """The record `of` was wrong: opposite postings take it back. The record itself stays, and so does why."""

    transaction: TransactionId
    of: TransactionId
    happened: Millis
    postings: tuple[Posting, ...]
    outside: tuple[str, ...]
    by: MemberId
    text: Words


@event("money.returned")
class MoneyReturned(Event):
    """Money nobody could explain was given back."""

    transaction: TransactionId
    of: TransactionId
    happened: Millis
    postings: tuple[Posting, ...]
    outside: tuple[str, ...]
    by: MemberId
    text: Words


@event("source.disclosed")
class SourceDisclosed(Event):
    """What was unexplained in the record `of` is known now, and moves to the account it belongs to."""

    transaction: TransactionId
    of: TransactionId
    happened: Millis
    postings: tuple[Posting, ...]
    source: SourceId | None
    strings: bool
    decision: DecisionId | None
    outside: tuple[str, ...]
    by: MemberId
    text: Words
    partner: Words
    conditions: Words


@event("tin.counted")
class TinCounted(Event):
    """Two members counted what lies in a place.

    `difference` is what they found beyond the book, below zero for what is missing. It is booked as
    unexplained; at the very first count of a place, as what was there before the book.
    """

    transaction: TransactionId
    account: Account
    happened: Millis
    minor: int
    difference: int
    postings: tuple[Posting, ...]
    by: tuple[MemberId, ...]
    text: Words


@event("account.opened")
class AccountOpened(Event):
    """A new account. `named`: what comes in by it needs a named partner."""

    account: Account
    group: Group
    named: bool
    by: MemberId
    title: Words


@event("budget.posted", street=True)
class BudgetPosted(Event):
    """The budget went up on the wall, with every record up to number `upto`.

    Sums in minor units of the period since the last one: opening + came in - went out + unexplained
    is closing. `waiting` is all that is still unexplained, either way, from this period or before.
    """

    budget: int
    upto: TransactionId
    since: Millis
    until: Millis
    opening: int
    came_in: int
    went_out: int
    unexplained: int
    closing: int
    waiting: int
    by: MemberId


Booked = MoneyRecorded | MoneyReversed | MoneyReturned | SourceDisclosed | TinCounted
"""The facts that move money in the book. Each has a number and postings."""
Events = Booked | AccountOpened | BudgetPosted
