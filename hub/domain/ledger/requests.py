"""What people ask to have written in the book."""

from __future__ import annotations

from dataclasses import field

from hub.domain.base import Command, DecisionId, Millis, Tier, TransactionId, Words, command
from hub.domain.ledger.facts import Account, Group, Posting, SourceId


def _nothing() -> Words:
    return Words({})


@command("record_money", Tier.CARD)
class RecordMoney(Command):
    """Write down money that moved; see `came_in`, `went_out`, `carried` for the postings.

    The outside partner is either one we know (`source`) or a new one by name (`partner`); without either,
    what came in by a named account is booked as unexplained. `currency` is "" for the hub's own.
    """

    happened: Millis
    postings: tuple[Posting, ...]
    text: Words
    source: SourceId | None = None
    partner: Words = field(default_factory=_nothing)
    conditions: Words = field(default_factory=_nothing)
    decision: DecisionId | None = None
    currency: str = ""


@command("reverse_money", Tier.CARD)
class ReverseMoney(Command):
    """Take a wrong record back, and say why; then write it again as it was."""

    of: TransactionId
    text: Words


@command("disclose_source", Tier.CARD)
class DiscloseSource(Command):
    """Say what unexplained money was: who gave it, or what it was spent on."""

    of: TransactionId
    account: Account
    source: SourceId | None = None
    partner: Words = field(default_factory=_nothing)
    conditions: Words = field(default_factory=_nothing)
    text: Words = field(default_factory=_nothing)
    decision: DecisionId | None = None


@command("return_money", Tier.CARD)
class ReturnMoney(Command):
    """Write down that unexplained money was given back, from the place it lay in."""

    of: TransactionId
    account: Account
    happened: Millis
    text: Words


@command("count_tin", Tier.CARD)
class CountTin(Command):
    """Write down, by two members, what lies in the tin or in another place."""

    minor: int
    account: Account = Account("tin")
    text: Words = field(default_factory=_nothing)


@command("open_account", Tier.CARD)
class OpenAccount(Command):
    """Open an account for something new. `named`: what comes in by it needs a named partner."""

    group: Group
    title: Words
    named: bool = True


@command("post_budget", Tier.CARD)
class PostBudget(Command):
    """Say that the budget hangs on the wall. `upto` is the last record on it; left out, the last there is."""

    upto: TransactionId | None = None


Commands = RecordMoney | ReverseMoney | DiscloseSource | ReturnMoney | CountTin | OpenAccount | PostBudget


def came_in(account: Account, place: Account, minor: int) -> tuple[Posting, ...]:
    """The postings of money that came in."""
    return (Posting(place, minor), Posting(account, -minor))


def went_out(place: Account, account: Account, minor: int) -> tuple[Posting, ...]:
    """The postings of money that was spent."""
    return (Posting(account, minor), Posting(place, -minor))


def carried(place: Account, to: Account, minor: int) -> tuple[Posting, ...]:
    """The postings of money carried from one place to another."""
    return (Posting(to, minor), Posting(place, -minor))
