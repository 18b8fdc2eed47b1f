"""Whether a neighbour's fact could be one of a real hub: whoever holds a key may sign anything with it.

The bounds are those the institutions set themselves. What lies beyond them is not folded, so that no
page of ours has to make sense of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final, get_args, get_type_hints

from hub.domain import articles, ballots, constitution, federation, ledger, signups, tally
from hub.domain.base import (
    DAY,
    LONGEST_TEXT,
    Consequence,
    Effect,
    Event,
    Kind,
    Millis,
    Refusal,
    is_language,
)
from hub.domain.house.state import AnyEvent

LATEST: Final = Millis(84_000 * DAY)
"""Almost the year 2200. A clock that was never set shows 1970, none shows more than this."""
_MOMENTS: Final[Mapping[type[Event], tuple[str, ...]]] = {
    kind: tuple(name for name, hint in get_type_hints(kind).items() if hint is Millis) for kind in get_args(AnyEvent)
}
"""The fields of each kind of fact that hold a moment."""

Result = ballots.HandsCertified | ballots.BallotReleased | ballots.BallotCertified


def plausible(fact: AnyEvent, at: Millis) -> bool:
    """Whether a real hub could have said this on its street, at this moment."""
    moments = (at, *(getattr(fact, name) for name in _MOMENTS[type(fact)]))
    signed = isinstance(fact, ledger.BudgetPosted)
    try:
        return (
            fact.STREET
            and all(0 <= moment <= LATEST for moment in moments)
            and _within_bounds(fact, signed)
            and _could_be(fact)
        )
    except (Refusal, LookupError, ValueError):
        return False


def follows(fact: Result, lots: Sequence[int], sums: Sequence[int], people: int) -> bool:
    """Whether a result is one of a ballot with these lots, among so many people, and these sums so far."""
    answers = len(lots) + 1 if lots else tally.ABSTAIN
    match fact:
        case ballots.HandsCertified(count=count):
            return not lots and count.all <= people
        case ballots.BallotReleased():
            return len(fact.sums) == answers and fact.cast <= people
        case ballots.BallotCertified():
            return len(sums) == answers and fact.winner <= len(lots)


def _within_bounds(value: object, signed: bool) -> bool:
    """Whether every text is as short as ours, every language one, and no number below zero but of money."""
    match value:
        case None | Kind():
            return True
        case int():
            return signed or value >= 0
        case str():
            return len(value) <= LONGEST_TEXT
        case dict():
            return all(is_language(tag) and _within_bounds(text, signed) for tag, text in value.items())
        case tuple():
            return all(_within_bounds(each, signed) for each in value)
        case _:
            return all(_within_bounds(getattr(value, each.name), signed) for each in fields(value))  # type: ignore[arg-type]


def _could_be(fact: AnyEvent) -> bool:
    """What each institution asks of its own facts. Raises Refusal, KeyError or ValueError like its rules."""
    match fact:
        case constitution.HubFounded():
            constitution.check_card(fact)
        case constitution.LineWritten(number, cites):
            return 1 <= number <= constitution.LINES and set(cites) <= set(articles.NAMES)
        case constitution.ArticleAmended(name, value):
            articles.read(name, value)
        case constitution.ClosureSet(since, until):
            return since < until
        case signups.SignupOpened(places=places) | signups.SignupChanged(places=places):
            return 1 <= places <= signups.MOST_PLACES
        case ballots.HandsOpened():
            return _is_effect(fact.effect) and _are_terms(fact.terms)
        case ballots.BallotOpened():
            return _is_effect(fact.effect) and _are_terms(fact.terms) and _is_notice(fact)
        case ballots.BallotReleased():
            return _is_count(fact)
        case ballots.HandsCertified() | ballots.BallotCertified():
            return _is_effect(fact.effect)
        case federation.NeighbourAccepted(hub) | federation.NeighbourEnded(hub):
            return federation.key(hub) == hub
    return True


def _is_effect(effect: Effect) -> bool:
    if effect.consequence is Consequence.AMEND:
        articles.read(effect.name, effect.value)
    return True


def _are_terms(terms: ballots.Terms) -> bool:
    days = articles.bounds("objection_days")
    return (
        terms.base >= 1
        and _is_share(terms.quorum)
        and _is_share(terms.threshold)
        and days.least <= terms.objection_days <= days.most
    )


def _is_share(share: tuple[int, int]) -> bool:
    part, whole = share
    return 1 <= whole <= articles.FINEST and part <= whole


def _is_notice(fact: ballots.BallotOpened) -> bool:
    """Options have their lots, a yes / no question has neither. Options that were taken back are none."""
    many = len(fact.lots)
    if fact.method is ballots.Method.APPROVAL:
        fits = ballots.LEAST_OPTIONS <= many <= ballots.MOST_OPTIONS and len(fact.options) in (0, many)
    else:
        fits = fact.method is ballots.Method.YES_NO and not fact.lots and not fact.options
    in_time = ballots.SHORTEST <= fact.closes - fact.opens <= ballots.LONGEST
    return fits and in_time and sorted(fact.lots) == list(range(1, many + 1))


def _is_count(fact: ballots.BallotReleased) -> bool:
    """Nothing was marked more often than there were votes to read."""
    marked = (*fact.sums, sum(times for _, times in fact.patterns))
    named = (option for choice, _ in fact.patterns for option in choice)
    return max(marked) <= fact.cast - fact.spoiled and all(1 <= each <= ballots.MOST_OPTIONS for each in named)
