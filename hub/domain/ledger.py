"""The ledger: balanced postings in minor units, every outside sum with its source, nothing ever edited.

What happened is recorded, also outside an article, and marked so (life.md, 1). Money whose source
nobody named is booked as unexplained, in bold on the posted budget, until disclosed or returned.
Signs: money that comes to rest somewhere is positive there; income is negative, spending positive.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, NewType, assert_never

from immutables import Map

from hub.domain.articles import Articles
from hub.domain.base import (
    DAY,
    LEDGER_KEEPER,
    Command,
    Context,
    DecisionId,
    Event,
    Kind,
    MemberId,
    Millis,
    N_,
    Refusal,
    Tier,
    TransactionId,
    Words,
    command,
    event,
    optional,
    title,
    typed,
)

Account = NewType("Account", str)


class Group(Kind):
    """What an account is: a place where money lies, where it comes from, or what it is spent on."""

    PLACE = "place"
    INCOME = "income"
    SPENDING = "spending"
    UNEXPLAINED = "unexplained"


TIN: Final = Account("tin")
UNEXPLAINED: Final = Account("unexplained")
CHART: Final[Map[Account, Group]] = Map(
    {
        TIN: Group.PLACE,
        Account("bank"): Group.PLACE,
        Account("dues"): Group.INCOME,
        Account("gift"): Group.INCOME,
        Account("grant"): Group.INCOME,
        Account("sales"): Group.INCOME,
        Account("other_income"): Group.INCOME,
        Account("food"): Group.SPENDING,
        Account("rent"): Group.SPENDING,
        Account("repair"): Group.SPENDING,
        Account("energy"): Group.SPENDING,
        Account("people"): Group.SPENDING,
        Account("materials"): Group.SPENDING,
        Account("other_spending"): Group.SPENDING,
        UNEXPLAINED: Group.UNEXPLAINED,
    }
)
"""The accounts every hub begins with."""
OUTSIDE: Final = frozenset({Account("gift"), Account("grant")})
"""Income that comes from somebody outside, who is named on the posted budget."""
MOST: Final = 10**12
"""Minor units of one posting; beyond it is a slip of the finger."""
MOST_ACCOUNTS: Final = 60


@dataclass(frozen=True, slots=True)
class Posting:
    """A movement on one account, in minor units of the hub's money."""

    account: Account
    minor: int


@event("money.recorded")
class MoneyRecorded(Event):
    """Money moved. `happened` is when; `outside` the articles it is outside of; `strings` says that the
    partner attached conditions, told in `conditions`."""

    transaction: TransactionId
    happened: Millis
    postings: tuple[Posting, ...]
    decision: DecisionId | None
    by: MemberId
    strings: bool
    outside: tuple[str, ...]
    text: Words
    partner: Words
    conditions: Words


@event("money.reversed")
class MoneyReversed(Event):
    """A record was wrong: its postings are taken back by opposite ones. The record itself stays."""

    transaction: TransactionId
    of: TransactionId
    postings: tuple[Posting, ...]
    by: MemberId
    text: Words


@event("source.disclosed")
class SourceDisclosed(Event):
    """Where unexplained money came from is known now: it moves to the account it belongs to."""

    transaction: TransactionId
    of: TransactionId
    postings: tuple[Posting, ...]
    by: MemberId
    strings: bool
    partner: Words
    conditions: Words


@event("tin.counted")
class TinCounted(Event):
    """Two members counted the tin. A difference is booked as unexplained, as `difference` says."""

    transaction: TransactionId
    minor: int
    difference: int
    by: tuple[MemberId, ...]


@event("account.opened")
class AccountOpened(Event):
    """A new account."""

    account: Account
    group: Group
    title: Words


@event("budget.posted", street=True)
class BudgetPosted(Event):
    """The budget was posted. Sums in minor units: what lay there at the beginning and the end, what came
    in and went out between, and what is unexplained."""

    since: Millis
    until: Millis
    opening: int
    came_in: int
    went_out: int
    unexplained: int
    closing: int


Events = MoneyRecorded | MoneyReversed | SourceDisclosed | TinCounted | AccountOpened | BudgetPosted


def _nothing() -> Words:
    return Words({})


@command("record_money", Tier.CARD)
class RecordMoney(Command):
    """Write down money that moved. `partner` is who outside gave it; leave it out only if nobody knows."""

    happened: Millis
    postings: tuple[Posting, ...]
    text: Words
    partner: Words = field(default_factory=_nothing)
    conditions: Words = field(default_factory=_nothing)
    decision: DecisionId | None = None


@command("reverse_money", Tier.CARD)
class ReverseMoney(Command):
    """Take a wrong record back; then record it again rightly."""

    of: TransactionId
    text: Words


@command("disclose_source", Tier.CARD)
class DiscloseSource(Command):
    """Name the source of unexplained money."""

    of: TransactionId
    account: Account
    partner: Words
    conditions: Words = field(default_factory=_nothing)


@command("count_tin", Tier.CARD)
class CountTin(Command):
    """Write down, by two members, what is in the tin."""

    minor: int


@command("open_account", Tier.CARD)
class OpenAccount(Command):
    """Open an account for something new. `account` is a short code of small letters."""

    account: Account
    group: Group
    title: Words


@command("post_budget", Tier.CARD)
class PostBudget(Command):
    """Post the budget since the last one: what it says is fixed in the log."""


Commands = RecordMoney | ReverseMoney | DiscloseSource | CountTin | OpenAccount | PostBudget


@dataclass(frozen=True, slots=True)
class Transaction:
    """A record as the rules remember it. `unexplained` is what of it waits for a source, minor units."""

    postings: tuple[Posting, ...]
    unexplained: int = 0
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All accounts and records. `flows` are sums since the last posted budget."""

    accounts: Map[Account, Group] = CHART
    balances: Map[Account, int] = field(default_factory=Map)
    transactions: Map[TransactionId, Transaction] = field(default_factory=Map)
    posted: Millis = Millis(0)
    opening: int = 0
    came_in: int = 0
    went_out: int = 0


NO_RECORD: Final = N_("There is no such record, or it was taken back already. Look at the book again.")


def decide(state: State, request: Commands, context: Context, *, keeper_held: bool, decided: bool) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `keeper_held`: somebody is ledger keeper today. `decided`: the decision the request names exists.
    """
    number = TransactionId(len(state.transactions) + 1)
    match request:
        case RecordMoney():
            return [_recorded(state, request, context, number, keeper_held=keeper_held, decided=decided)]
        case ReverseMoney(of, text):
            _keeper(context, keeper_held=keeper_held)
            record = _standing(state, of)
            back = tuple(Posting(each.account, -each.minor) for each in record.postings)
            return [MoneyReversed(number, of, back, context.by, typed(text))]
        case DiscloseSource():
            return [_disclosed(state, request, context, number)]
        case CountTin(minor):
            pair = context.two_people("")
            if not 0 <= minor <= MOST:
                raise Refusal("", N_("Write what is in the tin as a sum of money, not below zero."))
            return [TinCounted(number, minor, minor - state.balances.get(TIN, 0), tuple(sorted(pair)))]
        case OpenAccount():
            return [_opened(state, request, context, keeper_held=keeper_held)]
        case PostBudget():
            return [_posted(state, context)]
        case _:
            assert_never(request)


def _keeper(context: Context, *, keeper_held: bool) -> tuple[str, ...]:
    """The article a record is outside of when not the keeper writes it: nothing is refused, all is marked."""
    if LEDGER_KEEPER in context.actor.roles or (context.forming and not keeper_held):
        return ()
    return ("term_days",)


def _recorded(
    state: State,
    request: RecordMoney,
    context: Context,
    number: TransactionId,
    *,
    keeper_held: bool,
    decided: bool,
) -> MoneyRecorded:
    postings = _balanced(state, request.postings)
    if not 0 < request.happened <= context.now + DAY:
        raise Refusal("", N_("Choose the day it happened; it cannot lie in the future."))
    outside = _keeper(context, keeper_held=keeper_held)
    spent = sum(each.minor for each in postings if state.accounts[each.account] is Group.SPENDING)
    if spent > context.articles.spending_limit and not decided:
        outside += ("spending_limit",)
    partner, conditions = optional(request.partner), optional(request.conditions)
    if not partner:
        postings = tuple(
            Posting(UNEXPLAINED, each.minor) if each.account in OUTSIDE else each for each in postings
        )
    return MoneyRecorded(
        number,
        request.happened,
        postings,
        request.decision if decided else None,
        context.by,
        bool(conditions),
        outside,
        typed(request.text),
        partner,
        conditions,
    )


def _balanced(state: State, postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Postings that sum to zero over accounts that exist. Raises Refusal."""
    if len(postings) < 2:
        raise Refusal("", N_("Money comes from somewhere and goes somewhere: name both."))
    for each in postings:
        if each.account not in state.accounts:
            raise Refusal("", N_("There is no account “{account}”. Choose one of the list."), account=each.account[:40])
        if not 0 < abs(each.minor) <= MOST:
            raise Refusal("", N_("Write the sum as a number above zero."))
    if sum(each.minor for each in postings) != 0:
        raise Refusal("", N_("What comes in and what goes out are not the same. Check the sums."))
    return postings


def _standing(state: State, of: TransactionId) -> Transaction:
    record = state.transactions.get(of)
    if record is None or record.reversed:
        raise Refusal("", NO_RECORD)
    return record


def _disclosed(
    state: State, request: DiscloseSource, context: Context, number: TransactionId
) -> SourceDisclosed:
    record = _standing(state, request.of)
    if not record.unexplained:
        raise Refusal("", N_("The source of this record is known already."))
    if state.accounts.get(request.account) not in (Group.INCOME, Group.SPENDING):
        raise Refusal("", N_("Choose what the money was: income or spending of some kind."))
    conditions = optional(request.conditions)
    moved = (Posting(UNEXPLAINED, -record.unexplained), Posting(request.account, record.unexplained))
    return SourceDisclosed(
        number, request.of, moved, context.by, bool(conditions), typed(request.partner), conditions
    )


def _opened(state: State, request: OpenAccount, context: Context, *, keeper_held: bool) -> AccountOpened:
    if _keeper(context, keeper_held=keeper_held):
        raise Refusal("term_days", N_("The ledger keeper opens accounts. Ask them."))
    code = request.account
    if not (1 <= len(code) <= 24 and code.isascii() and code.replace("_", "").isalpha() and code.islower()):
        raise Refusal("", N_("An account's short name has 1 to 24 small letters."))
    if code in state.accounts or request.group is Group.UNEXPLAINED:
        raise Refusal("", N_("There is such an account already."))
    if len(state.accounts) >= MOST_ACCOUNTS:
        raise Refusal("", N_("There are {most} accounts already. Use one of them."), most=MOST_ACCOUNTS)
    return AccountOpened(code, request.group, title(request.title))


def _posted(state: State, context: Context) -> BudgetPosted:
    return BudgetPosted(
        state.posted,
        context.now,
        state.opening,
        state.came_in,
        state.went_out,
        unexplained(state),
        lying(state),
    )


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case MoneyRecorded(number, _, postings):
            waiting = sum(each.minor for each in postings if each.account == UNEXPLAINED)
            return _booked(state, number, Transaction(postings, waiting))
        case MoneyReversed(number, of, postings):
            before = state.transactions[of]
            taken_back = state.transactions.set(of, replace(before, reversed=True, unexplained=0))
            state = replace(state, transactions=taken_back)
            return _booked(state, number, Transaction(postings, reversed=True))
        case SourceDisclosed(number, of, postings):
            record = state.transactions[of]
            known = replace(record, unexplained=0, postings=_merged(record.postings, postings))
            state = replace(state, transactions=state.transactions.set(of, known))
            return _booked(state, number, Transaction(postings, reversed=True))
        case TinCounted(number, _, difference):
            moved = (Posting(TIN, difference), Posting(UNEXPLAINED, -difference)) if difference else ()
            return _booked(state, number, Transaction(moved, -difference))
        case AccountOpened(account, group):
            return replace(state, accounts=state.accounts.set(account, group))
        case BudgetPosted(_, until):
            return replace(state, posted=until, opening=lying(state), came_in=0, went_out=0)
        case _:
            assert_never(happened)


def _merged(postings: tuple[Posting, ...], more: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Two sets of postings as one, accounts at zero left out."""
    sums: dict[Account, int] = {}
    for each in (*postings, *more):
        sums[each.account] = sums.get(each.account, 0) + each.minor
    return tuple(Posting(account, minor) for account, minor in sums.items() if minor)


def _booked(state: State, number: TransactionId, record: Transaction) -> State:
    """The balances after a record, and what moved since the last posted budget."""
    balances = state.balances
    for each in record.postings:
        balances = balances.set(each.account, balances.get(each.account, 0) + each.minor)
    change = sum(each.minor for each in record.postings if state.accounts.get(each.account) is Group.PLACE)
    return replace(
        state,
        balances=balances,
        transactions=state.transactions.set(number, record),
        came_in=state.came_in + max(change, 0),
        went_out=state.went_out + max(-change, 0),
    )


def lying(state: State) -> int:
    """What lies in all places together, minor units."""
    return sum(
        minor for account, minor in state.balances.items() if state.accounts.get(account) is Group.PLACE
    )


def unexplained(state: State) -> int:
    """What came in (positive) or is missing (negative) without a known source, minor units."""
    return -state.balances.get(UNEXPLAINED, 0)


def budget_overdue(state: State, articles: Articles, now: Millis) -> bool:
    """Whether money moved and the posted budget is older than the constitution allows."""
    return bool(state.transactions) and now > state.posted + articles.budget_days * DAY and bool(
        state.came_in or state.went_out
    )
