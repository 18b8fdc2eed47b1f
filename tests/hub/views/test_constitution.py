"""The view of the constitution: the page of seven lines, its numbers, and when the house rests."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from msgspec import Raw

from hub.domain.base import DAY, HubId, Millis, Words
from hub.domain.constitution import (
    ArticleAmended,
    ClosureSet,
    Events,
    FormingEnded,
    HubFounded,
    LineWritten,
    State,
    evolve,
)
from hub.entry import Entry, Head
from hub.views.constitution import ConstitutionView

NOW = Millis(1_900_000_000_000)
OURS = HubId("ab" * 32)


def words(text: str) -> Words:
    return Words({"en": text})


FOUNDED = HubFounded(OURS, "EUR", 2, "Europe/Madrid", "es", Millis(NOW + 60 * DAY), True, words("Corner Kitchen"))


def closed(first: int, last: int, why: str = "Holidays") -> ClosureSet:
    return ClosureSet(Millis(NOW + first * DAY), Millis(NOW + last * DAY), words(why))


def view(*facts: Events) -> ConstitutionView:
    found = ConstitutionView()
    for seq, fact in enumerate(facts, 1):
        head = Head(kind=fact.KIND, seq=seq, prev="", boot=1, time=NOW + seq, data=Raw(b"{}"))
        found.apply(Entry(OURS, head, "", None), fact)
    return found


def test_the_card_says_who_this_hub_is() -> None:
    card = view(FOUNDED).card
    assert (card.hub, card.name, card.currency, card.exponent) == (OURS, {"en": "Corner Kitchen"}, "EUR", 2)
    assert (card.zone, card.language, card.founded, card.ephemeral) == ("Europe/Madrid", "es", NOW + 1, True)
    assert card.forming_until == NOW + 60 * DAY


def test_lines_are_in_order_and_one_written_again_stands_once() -> None:
    found = view(
        LineWritten(2, ("quorum",), words("Two")), LineWritten(1, (), words("One")), LineWritten(2, (), words("Zwei"))
    )
    assert [(line.number, line.text["en"], line.cites) for line in found.lines()] == [(1, "One", ()), (2, "Zwei", ())]


def test_an_amendment_is_in_force_at_once_and_each_is_remembered() -> None:
    found = view(FOUNDED, ArticleAmended("quorum", "1/4"), ArticleAmended("quorum", "1/3"))
    assert found.articles.quorum == Fraction(1, 3)
    assert found.amendments() == [("quorum", "1/4", NOW + 2), ("quorum", "1/3", NOW + 3)]


def test_the_forming_season_ends() -> None:
    assert not view(FOUNDED).formed
    assert view(FOUNDED, FormingEnded()).formed


def test_the_card_tells_the_same_end_of_the_forming_season_as_the_rules() -> None:
    rests = (closed(5, 9), closed(8, 12), closed(80, 90))
    state = reduce(evolve, (FOUNDED, *rests), State())
    assert view(FOUNDED, *rests).card.forming_until == state.forms_until == NOW + 67 * DAY
    assert view(FOUNDED).card.forming_until == NOW + 60 * DAY


def test_rests_to_come_and_the_one_that_is_on_are_told_soonest_first() -> None:
    found = view(closed(5, 9, "Repairs"), closed(-9, -1, "Long ago"), closed(-1, 2))
    assert [(row.why["en"], row.position) for row in found.closures(NOW)] == [("Holidays", 3), ("Repairs", 1)]
    assert found.closures(Millis(NOW + 9 * DAY)) == []
