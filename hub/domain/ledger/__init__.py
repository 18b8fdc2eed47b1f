"""The ledger: balanced postings in minor units, every outside sum with its giver, nothing ever edited.

What happened is recorded, also outside an article, and marked so (life.md, 1). Money nobody can explain
is booked as unexplained, in bold on the posted budget, until it is explained or given back.
"""

from __future__ import annotations

from typing import assert_never

from hub.domain.base import N_, Context, Refusal, title
from hub.domain.base import optional as said
from hub.domain.ledger.chart import BEFORE, CHART, MOST_ACCOUNTS, TIN, UNEXPLAINED, Sort
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
    SourceId,
    TinCounted,
)
from hub.domain.ledger.recording import (
    MOST,
    OLDEST,
    disclosed,
    next_number,
    recorded,
    recorder,
    returned,
    taken_back,
)
from hub.domain.ledger.requests import (
    Commands,
    CountTin,
    DiscloseSource,
    OpenAccount,
    PostBudget,
    RecordMoney,
    ReturnMoney,
    ReverseMoney,
    came_in,
    carried,
    went_out,
)
from hub.domain.ledger.state import (
    State,
    Transaction,
    budget_overdue,
    evolve,
    lying,
    total,
    unexplained,
)

__all__ = [
    "BEFORE",
    "CHART",
    "MOST",
    "MOST_ACCOUNTS",
    "OLDEST",
    "TIN",
    "UNEXPLAINED",
    "Account",
    "AccountOpened",
    "Booked",
    "BudgetPosted",
    "Commands",
    "CountTin",
    "DiscloseSource",
    "Events",
    "Group",
    "MoneyRecorded",
    "MoneyReturned",
    "MoneyReversed",
    "OpenAccount",
    "PostBudget",
    "Posting",
    "RecordMoney",
    "ReturnMoney",
    "ReverseMoney",
    "Sort",
    "SourceDisclosed",
    "SourceId",
    "State",
    "TinCounted",
    "Transaction",
    "budget_overdue",
    "came_in",
    "carried",
    "decide",
    "evolve",
    "lying",
    "unexplained",
    "went_out",
]


def decide(
    state: State, request: Commands, context: Context, *, keeper_held: bool, decided: bool, currency: str = ""
) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `keeper_held`: somebody is ledger keeper today. `decided`: the decision the request names was passed.
    `currency` is the hub's own.
    """
    match request:
        case RecordMoney():
            return [recorded(state, request, context, keeper_held=keeper_held, decided=decided, currency=currency)]
        case ReverseMoney():
            return [taken_back(state, request, context, keeper_held=keeper_held)]
        case DiscloseSource():
            return [disclosed(state, request, context, keeper_held=keeper_held, decided=decided)]
        case ReturnMoney():
            return [returned(state, request, context, keeper_held=keeper_held)]
        case CountTin():
            return [_counted(state, request, context)]
        case OpenAccount():
            recorder(context, keeper_held=keeper_held)
            return [_opened(state, request, context)]
        case PostBudget():
            return [_posted(state, request, context)]
        case _:
            assert_never(request)


def _counted(state: State, request: CountTin, context: Context) -> TinCounted:
    pair = context.two_people("")
    if state.group(request.account) is not Group.PLACE:
        raise Refusal("", N_("Choose what you counted: the tin, or another place where money lies."))
    least = 0 if request.account == TIN else -MOST
    if not least <= request.minor <= MOST:
        raise Refusal("", N_("Write the sum you counted; nothing at all is 0."))
    difference = request.minor - state.balances.get(request.account, 0)
    against = UNEXPLAINED if request.account in state.balances else BEFORE
    postings = (Posting(request.account, difference), Posting(against, -difference)) if difference else ()
    return TinCounted(
        next_number(state),
        request.account,
        context.now,
        request.minor,
        difference,
        postings,
        tuple(sorted(pair)),
        said(request.text),
    )


def _opened(state: State, request: OpenAccount, context: Context) -> AccountOpened:
    if request.group is Group.UNEXPLAINED:
        raise Refusal("", N_("Choose whether money lies there, comes in by it or goes out by it."))
    if len(state.accounts) >= MOST_ACCOUNTS:
        raise Refusal("", N_("There are {most} accounts already. Use one of them."), most=MOST_ACCOUNTS)
    code = Account(f"{request.group}_{len(state.accounts) + 1}")
    named = request.named if request.group is Group.INCOME else request.group is Group.SPENDING
    return AccountOpened(code, request.group, named, context.by, title(request.title))


def _posted(state: State, request: PostBudget, context: Context) -> BudgetPosted:
    context.by  # noqa: B018 - raises where nobody showed a card
    if request.upto not in (None, state.latest):
        raise Refusal(
            "budget_days", N_("Something was written in the book meanwhile. Look at the budget again, then post it.")
        )
    return BudgetPosted(
        state.budgets + 1,
        state.latest,
        state.posted or state.started or context.now,
        context.now,
        state.opening,
        -total(state, Group.INCOME, state.moved),
        total(state, Group.SPENDING, state.moved),
        -total(state, Group.UNEXPLAINED, state.moved),
        lying(state),
        sum(abs(state.transactions[number].waiting) for number in unexplained(state)),
        context.by,
    )
