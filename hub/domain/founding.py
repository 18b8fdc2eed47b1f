"""Founding texts: seven lines to begin with. An assembly amends them as it learns.

`{places}` are parameters of the articles; the page fills them with the values in force.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from hub.domain.base import N_


@dataclass(frozen=True, slots=True)
class FoundingText:
    """A kind of house, its seven lines with the articles each cites, and where it departs from defaults."""

    title: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    values: dict[str, str] = field(default_factory=dict)


_DECIDE: Final = (
    N_(
        "We decide together. A meeting counts when {quorum} of us are there; more than {majority} of the votes decides."
    ),
    ("quorum", "majority"),
)
_ROLES: Final = (
    N_(
        "Roles last {term_days} days and then pass on. No one facilitates two meetings "
        "running. Who loses our trust steps back at once."
    ),
    ("term_days", "rotation", "recall_petition"),
)
_MONEY: Final = (
    N_(
        "Every coin is in the book, and the book is on the wall: what came in, from "
        "whom, on what terms, and where it went."
    ),
    ("spending_limit", "budget_days"),
)
_JOIN: Final = (
    N_("Whoever is vouched for by {vouchers} of us belongs. From {voting_age} years on you vote."),
    ("vouchers", "voting_age"),
)
_CHANGE: Final = (
    N_("We change this page ourselves, with {amendment} of the votes. When we grow past {split_at}, we become two."),
    ("amendment", "amendment_quorum", "split_at"),
)
_REST: Final = (
    N_(
        "Everything said here is open to all of us, except what a person tells us about "
        "themselves. We rest, and we celebrate."
    ),
    (),
)

TEXTS: Final[dict[str, FoundingText]] = {
    "kitchen": FoundingText(
        N_("Community kitchen"),
        (
            (
                N_(
                    "This kitchen belongs to those who cook, eat and clean in it. Nobody is asked "
                    "for papers or money to eat."
                ),
                (),
            ),
            _DECIDE,
            _ROLES,
            _MONEY,
            _JOIN,
            _CHANGE,
            _REST,
        ),
    ),
    "tenants": FoundingText(
        N_("Tenant hall"),
        (
            (
                N_(
                    "We who live here look after this house and after each other. No one faces a "
                    "landlord or an empty fridge alone."
                ),
                (),
            ),
            _DECIDE,
            _ROLES,
            _MONEY,
            _JOIN,
            _CHANGE,
            _REST,
        ),
        {"vouchers": "2"},
    ),
    "mutual_aid": FoundingText(
        N_("Mutual aid group"),
        (
            (N_("Who can, gives; who needs, asks; nobody keeps a score. Everything we share is ours together."), ()),
            _DECIDE,
            _ROLES,
            _MONEY,
            _JOIN,
            _CHANGE,
            _REST,
        ),
    ),
}
