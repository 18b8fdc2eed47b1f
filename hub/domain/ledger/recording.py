"""Money that moved, and what later becomes known of it: recorded, taken back, explained, given back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hub.domain.base import (
    DAY,
    LEDGER_KEEPER,
    N_,
    Context,
    Millis,
    Refusal,
    Tier,
    TransactionId,
    Words,
    optional,
    title,
    typed,
)
from hub.domain.ledger.chart import BEFORE, UNEXPLAINED
from hub.domain.ledger.facts import (
    Account,
    Group,
    MoneyRecorded,
    MoneyReturned,
    MoneyReversed,
    Posting,
    SourceDisclosed,
    SourceId,
)
from hub.domain.ledger.requests import DiscloseSource, RecordMoney, ReturnMoney, ReverseMoney
from hub.domain.ledger.state import State, Transaction

MOST: Final = 10**12
"""Minor units of one posting; beyond it is a slip of the finger."""
MOST_POSTINGS: Final = 20
OLDEST: Final = Millis(366 * DAY)
"""How far back something may be dated; what is older is written down today, with its day in the words."""

NO_RECORD: Final = N_("There is no such record, or it was taken back already. Look at the book again.")
NO_DECISION: Final = N_("There is no decision {number} that passed. Look in the minutes, or leave it empty.")


def recorder(context: Context, *, keeper_held: bool) -> tuple[str, ...]:
    """What a record is outside of because of who writes it down. Raises Refusal.

    The ledger keeper writes with card and PIN. In the forming season, and while nobody keeps the book,
    any member does. Else two members together: the keeper may be away, and money that moved is a fact.
    """
    context.by  # noqa: B018 - raises where nobody showed a card
    keeps = LEDGER_KEEPER in context.actor.roles
    if keeps and (context.forming or context.actor.tier >= Tier.PIN):
        return ()
    if context.forming or not keeper_held:
        return (LEDGER_KEEPER,)
    if context.second is None or context.second.member in (None, context.by):
        if keeps:
            raise Refusal("", N_("You keep the book: type your PIN at the kiosk, too."))
        raise Refusal(
            "",
            N_(
                "The ledger keeper writes in the book. If they are away, two members can: "
                "ask another member to show their card too."
            ),
        )
    return () if keeps else (LEDGER_KEEPER,)


def recorded(
    state: State, request: RecordMoney, context: Context, *, keeper_held: bool, decided: bool, currency: str
) -> MoneyRecorded:
    """Money that moved. What came in by a named account without a name is unexplained. Raises Refusal."""
    outside = recorder(context, keeper_held=keeper_held)
    if request.currency not in ("", currency):
        raise Refusal(
            "", N_("This book is kept in {currency}. Write down what it was worth on that day."), currency=currency
        )
    postings = _balanced(state, request.postings)
    source, partner = _partner(state, request.source, request.partner)
    conditions = optional(request.conditions)
    if source is None:
        if conditions:
            raise Refusal("", N_("Write who gave the money, too. Conditions come from somebody."))
        postings = tuple(_nameless(state, each) for each in postings)
    _check_decision(request.decision, decided=decided)
    return MoneyRecorded(
        next_number(state),
        _day(request.happened, context.now),
        postings,
        source,
        bool(conditions),
        request.decision,
        (*outside, *_beyond_limit(state, postings, context, decided=decided)),
        context.by,
        typed(request.text),
        partner,
        conditions,
    )


def next_number(state: State) -> TransactionId:
    """The number of the record to come."""
    return TransactionId(state.latest + 1)


def _day(happened: Millis, now: Millis) -> Millis:
    if happened > now:
        raise Refusal("", N_("That day is still to come. Choose the day the money moved."))
    if happened < now - OLDEST:
        raise Refusal("", N_("That is more than a year ago. Choose today, and write the day in the words."))
    return happened


def _balanced(state: State, postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Postings that sum to zero over accounts that exist. Raises Refusal."""
    if not 2 <= len(postings) <= MOST_POSTINGS or len({each.account for each in postings}) != len(postings):
        raise Refusal("", N_("Money comes from somewhere and goes somewhere else: choose both."))
    for each in postings:
        if each.account not in state.accounts:
            raise Refusal("", N_("There is no such account. Choose one from the list."))
        if not 0 < abs(each.minor) <= MOST:
            raise Refusal("", N_("Write the sum as a number above zero."))
        if each.account == BEFORE:
            raise Refusal("", N_("Count it, two of you: the first count says what was there before the book."))
    if sum(each.minor for each in postings) != 0:
        raise Refusal("", N_("What comes in and what goes out are not the same. Check the sums."))
    if not any(state.group(each.account) is Group.PLACE for each in postings):
        raise Refusal("", N_("Say where the money lies: in the tin or in the bank. To correct a record, take it back."))
    return postings


def _nameless(state: State, posting: Posting) -> Posting:
    """Money that came in by an account whose givers are named, without a name: unexplained."""
    if posting.minor < 0 and state.accounts[posting.account].named:
        return Posting(UNEXPLAINED, posting.minor)
    return posting


def _partner(state: State, source: SourceId | None, partner: Words) -> tuple[SourceId | None, Words]:
    """The outside partner: one we know, a new one with the next number, or nobody."""
    named = title(partner) if optional(partner) else Words({})
    if source is None:
        return (SourceId(state.sources + 1), named) if named else (None, named)
    if not 1 <= source <= state.sources:
        raise Refusal("", N_("We do not know this giver yet. Write their name."))
    if named:
        raise Refusal("", N_("Choose a giver from the list or write a new name, not both."))
    return source, named


def _check_decision(decision: int | None, *, decided: bool) -> None:
    if decision is not None and not decided:
        raise Refusal("", NO_DECISION, number=decision)


def _beyond_limit(state: State, postings: Iterable[Posting], context: Context, *, decided: bool) -> tuple[str, ...]:
    """Whether so much went out that the assembly decides it, and it did not."""
    out = sum(
        each.minor
        for each in postings
        if each.minor > 0 and state.group(each.account) in (Group.INCOME, Group.SPENDING)
    )
    return ("spending_limit",) if out > context.articles.spending_limit and not decided else ()


def standing(state: State, number: TransactionId) -> Transaction:
    """A record that counts. Raises Refusal."""
    record = state.transactions.get(number)
    if record is None or record.over or not record.postings:
        raise Refusal("", NO_RECORD)
    return record


def taken_back(state: State, request: ReverseMoney, context: Context, *, keeper_held: bool) -> MoneyReversed:
    """Opposite postings to all that a record has become. Raises Refusal."""
    outside = recorder(context, keeper_held=keeper_held)
    record = standing(state, request.of)
    if record.counted:
        raise Refusal("", N_("A count stays as it was. Count again: the new count sets it right."))
    back = tuple(Posting(each.account, -each.minor) for each in record.postings)
    why = typed(request.text)
    return MoneyReversed(next_number(state), request.of, context.now, back, outside, context.by, why)


def _waiting(state: State, number: TransactionId) -> int:
    """What of a record is unexplained. Raises Refusal where nothing is."""
    waiting = state.transactions[number].waiting if number in state.transactions else 0
    if not waiting:
        raise Refusal("", N_("Nothing in this record waits for an explanation. Look at the book again."))
    return waiting


def disclosed(
    state: State, request: DiscloseSource, context: Context, *, keeper_held: bool, decided: bool
) -> SourceDisclosed:
    """Unexplained money, explained: who gave it, or what it was spent on. Raises Refusal."""
    outside = recorder(context, keeper_held=keeper_held)
    waiting = _waiting(state, request.of)
    _check_fits(state, request.account, waiting)
    source, partner = _partner(state, request.source, request.partner)
    if waiting < 0 and state.accounts[request.account].named and source is None:
        raise Refusal("", N_("Write who gave the money. Without a name it stays unexplained."))
    _check_decision(request.decision, decided=decided)
    moved = (Posting(UNEXPLAINED, -waiting), Posting(request.account, waiting))
    conditions = optional(request.conditions)
    if conditions and source is None:
        raise Refusal("", N_("Write who gave the money, too. Conditions come from somebody."))
    return SourceDisclosed(
        next_number(state),
        request.of,
        context.now,
        moved,
        source,
        bool(conditions),
        request.decision,
        (*outside, *_beyond_limit(state, moved, context, decided=decided)),
        context.by,
        optional(request.text),
        partner,
        conditions,
    )


def _check_fits(state: State, account: Account, waiting: int) -> None:
    group = state.group(account) if account != BEFORE else None
    if waiting < 0 and group is not Group.INCOME:
        raise Refusal("", N_("This money came in: choose where it came from."))
    if waiting > 0 and group is not Group.SPENDING:
        raise Refusal("", N_("This money is missing: choose what it was spent on."))


def returned(state: State, request: ReturnMoney, context: Context, *, keeper_held: bool) -> MoneyReturned:
    """Unexplained money given back to whoever it was from. Raises Refusal."""
    outside = recorder(context, keeper_held=keeper_held)
    waiting = _waiting(state, request.of)
    if waiting > 0:
        raise Refusal("", N_("This money is missing, so nobody can give it back. Say what it was spent on."))
    if state.group(request.account) is not Group.PLACE:
        raise Refusal("", N_("Say where the money was taken from: the tin or the bank."))
    back = (Posting(UNEXPLAINED, -waiting), Posting(request.account, waiting))
    happened = _day(request.happened, context.now)
    said = typed(request.text)
    return MoneyReturned(next_number(state), request.of, happened, back, outside, context.by, said)
