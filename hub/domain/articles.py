"""The parameters of the constitution: what an assembly may set, its bounds and how it reads.

The constitution is the configuration. A value lives here and nowhere else, takes its default from
the founding text, and changes only by an `article.amended` fact.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any, Final

Value = int | bool | Fraction


@dataclass(frozen=True, slots=True)
class Bounds:
    """The smallest and the largest value an assembly may choose, and what the number counts."""

    least: Value
    most: Value
    unit: str


def _article(default: Any, least: Value, most: Value, unit: str) -> Any:
    return field(default=default, metadata={"bounds": Bounds(least, most, unit)})


@dataclass(frozen=True, slots=True)
class Articles:
    """Every parameter in force, typed. Fractions are exact; days are whole days; money minor units."""

    forming_days: int = _article(60, 0, 365, "days")
    """How long the first, lighter rules last after founding."""
    vouchers: int = _article(1, 1, 5, "members")
    """How many members vouch for a newcomer."""
    voting_age: int = _article(16, 0, 21, "years")
    dormant_months: int = _article(6, 2, 36, "months")
    """Unseen for so long, a member rests: outside quorum and split, back by one scan."""
    quorum: Fraction = _article(Fraction(1, 5), Fraction(0), Fraction(1), "of members")
    majority: Fraction = _article(Fraction(1, 2), Fraction(1, 2), Fraction(9, 10), "of votes")
    """An everyday decision needs MORE than this share of yes and no together; more than all is never."""
    amendment: Fraction = _article(Fraction(2, 3), Fraction(1, 2), Fraction(1), "of votes")
    """An amendment needs AT LEAST this share of yes and no together."""
    amendment_quorum: Fraction = _article(Fraction(1, 4), Fraction(0), Fraction(1), "of members")
    walk_up: bool = _article(True, False, True, "")
    """Whether a secret vote may be taken unattended at the kiosk."""
    ballot_days: int = _article(7, 1, 60, "days")
    objection_days: int = _article(7, 0, 60, "days")
    notice_days: int = _article(3, 0, 60, "days")
    """How long before an assembly it is posted."""
    rotation: bool = _article(True, False, True, "")
    """No one facilitates two meetings running."""
    term_days: int = _article(90, 7, 730, "days")
    trained: int = _article(2, 0, 5, "members")
    """How many others a ledger keeper trains before handing over."""
    recall_petition: Fraction = _article(Fraction(1, 10), Fraction(1, 100), Fraction(1, 2), "of members")
    recall_days: int = _article(14, 1, 60, "days")
    spending_limit: int = _article(5_000, 0, 10_000_000, "minor units")
    """What the ledger keeper may spend without a decision of the assembly."""
    budget_days: int = _article(31, 1, 366, "days")
    """The posted budget is never older than this."""
    split_at: int = _article(150, 10, 500, "members")
    """Beyond so many active members the next assembly speaks of splitting."""
    guests: bool = _article(True, False, True, "")
    """Whether someone without a card may sign up for a meal by first name."""


NAMES: Final = tuple(each.name for each in fields(Articles))
FINEST: Final = 1_000
"""The most parts a share is counted in: finer ones mean nothing to 500 people and fill the page."""


def bounds(name: str) -> Bounds:
    """The bounds of a parameter. Raises KeyError for a name that is not one."""
    for each in fields(Articles):
        if each.name == name:
            found = each.metadata["bounds"]
            assert isinstance(found, Bounds)
            return found
    raise KeyError(name)


def write(value: Value) -> str:
    """A value as it stands in the log and in a printed text: "7", "2/3", "yes"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def read(name: str, text: str) -> Value:
    """The value a text means for a parameter. Raises KeyError, or ValueError out of type or bounds."""
    limit = bounds(name)
    value = _parse(limit, text.strip())
    if not limit.least <= value <= limit.most:
        raise ValueError(text)
    return value


def _parse(limit: Bounds, text: str) -> Value:
    if isinstance(limit.least, bool):
        if text not in ("yes", "no"):
            raise ValueError(text)
        return text == "yes"
    if isinstance(limit.least, Fraction):
        over, slash, under = text.partition("/")
        parts = int(under) if slash else 1
        if not 1 <= parts <= FINEST:
            raise ValueError(text)
        return Fraction(int(over), parts)
    return int(text)


def amended(articles: Articles, name: str, text: str) -> Articles:
    """The articles with one parameter changed. Raises like `read`."""
    changes: dict[str, Any] = {name: read(name, text)}
    return replace(articles, **changes)
