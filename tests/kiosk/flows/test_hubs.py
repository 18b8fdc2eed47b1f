"""Neighbours at the kiosk: how to find one, what each of them says, and what of theirs makes no sense."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kitchen import Kitchen
from pressing import Evening

from hub.domain import federation
from hub.domain.base import DAY, Circle, HubId, Tier, Words
from hub.domain.needs import ReportNeed, Soon, Sort
from kiosk.flows import hubs


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Kitchen]:
    """Another hub, with something it needs."""
    (tmp_path / "mill").mkdir()
    other = Kitchen(tmp_path / "mill")
    other.found()
    rosa = other.opening_evening()[0]
    bread = Words({"en": "Bread for forty"})
    other.submit(ReportNeed(Sort.FOOD, Soon.TODAY, bread, Circle.FEDERATION), rosa)
    yield other
    other.service.close()


def accept(evening: Evening, hub: HubId) -> None:
    rosa, ali = evening.members["Rosa"], evening.members["Ali"]
    pact = federation.AcceptNeighbour(hub, Words({"en": "The mill"}))
    evening.kitchen.submit(pact, rosa, Tier.PIN, second=ali)


def hear(evening: Evening, mill: Kitchen) -> None:
    mill.clock.forward(DAY)
    for batch in mill.service.street(0):
        evening.kitchen.service.take_in(batch)


def test_without_a_neighbour_the_page_says_how_to_find_one(evening: Evening) -> None:
    hubs.start(evening.session)
    assert "Print our half of the pact" in evening.person.text()
    evening.person.press("Our half of the pact")
    assert "Take this sheet to the other hub" in evening.person.text()


def test_a_neighbour_of_whom_nothing_was_heard_says_so(evening: Evening, mill: Kitchen) -> None:
    accept(evening, mill.service.hub)
    hubs.start(evening.session)
    assert "Nothing heard from them yet." in evening.person.text()
    evening.person.press("The mill")
    evening.person.press("Their key")
    assert mill.service.hub in evening.person.text().replace(" ", "")


def test_what_a_neighbour_needs_is_read_on_the_screen(evening: Evening, mill: Kitchen) -> None:
    accept(evening, mill.service.hub)
    hear(evening, mill)
    hubs.start(evening.session)
    assert "Last heard:" in evening.person.text()
    evening.person.press("The mill")
    assert evening.person.labels()[1:5] == [
        "What they need and offer",
        "What they sign up for",
        "Their posted budgets",
        "Their rules",
    ]
    evening.person.press("What they need and offer")
    assert "Bread for forty" in evening.person.text()
    assert "Print it" not in evening.person.labels()
