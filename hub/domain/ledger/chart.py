"""The accounts every hub begins with, and what an account is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from immutables import Map

from hub.domain.ledger.facts import Account, Group

TIN: Final = Account("tin")
BEFORE: Final = Account("before")
"""What lay in a place before the book: the first count of that place says it, and nobody else."""
UNEXPLAINED: Final = Account("unexplained")


@dataclass(frozen=True, slots=True)
class Sort:
    """An account's group, and whether what comes in by it needs a named partner."""

    group: Group
    named: bool = False


def _all(group: Group, *accounts: str, named: bool = False) -> dict[Account, Sort]:
    return {Account(account): Sort(group, named) for account in accounts}


CHART: Final[Map[Account, Sort]] = Map(
    {
        **_all(Group.PLACE, "tin", "bank"),
        **_all(Group.INCOME, "dues", "sales"),
        **_all(Group.INCOME, "gift", "grant", "other_income", named=True),
        **_all(Group.SPENDING, "food", "rent", "repair", "energy", "people", "materials", named=True),
        **_all(Group.SPENDING, "other_spending", named=True),
        BEFORE: Sort(Group.INCOME),
        UNEXPLAINED: Sort(Group.UNEXPLAINED),
    }
)
"""Dues and sales come from the many who eat and live here; every other sum has one giver, who is named.
So has money that comes back on a spending account: a deposit, a refund."""
MOST_ACCOUNTS: Final = 60
