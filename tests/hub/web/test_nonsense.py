"""What a neighbour signs that no hub would say: kept, counted, not shown; our pages and our boot are unharmed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from kitchen import NOON, Kitchen, Phone
from stranger import Said, Stranger

from hub import entry
from hub.domain import archive, ballots, constitution, federation, ledger, needs, signups
from hub.domain.ballots import Method
from hub.domain.base import DAY, BallotId, Circle, Consequence, Effect, ListId, MemberId, Millis, Tier, Words
from hub.domain.house import Person

SAID = Words({"en": "Soup"})
HOSTILE: tuple[Any, ...] = (
    0,
    -1,
    7,
    10**6,
    2**53 - 1,
    "",
    "1/0",
    "\u202ex{quorum}<b>",
    "A" * 5_000,
    [],
    {},
    None,
    True,
)


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Kitchen]:
    """A real hub that has said something of every kind on its street."""
    other = Kitchen(tmp_path / "mill")
    other.found()
    rosa, ali, mei = other.opening_evening()
    _votes(other, rosa, ali, mei)
    need = other.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, SAID, Circle.FEDERATION), rosa)
    other.submit(needs.MakeOffer(needs.Sort.FOOD, SAID, Circle.FEDERATION), ali)
    supper = Millis(NOON + DAY)
    other.submit(signups.OpenSignup(signups.Sort.MEAL, SAID, supper, 30, circle=Circle.FEDERATION), rosa)
    other.submit(signups.ChangeSignup(ListId(1), supper, 40, SAID), rosa)
    other.submit(ledger.PostBudget(), rosa)
    closed = constitution.SetClosure(Millis(NOON + DAY), Millis(NOON + 3 * DAY), SAID)
    other.submit(closed, rosa, second=ali)
    other.submit(archive.Redact(need.position), rosa)
    yield other
    other.service.close()


def _votes(other: Kitchen, *members: MemberId) -> None:
    """A show of hands that amends, a question, and a choice of three."""
    rosa, ali, _ = members
    amends = Effect(Consequence.AMEND, "quorum", "1/4")
    other.submit(ballots.OpenHandCount(SAID, amends), rosa, Tier.PIN)
    for teller in (rosa, ali):
        other.submit(ballots.EnterCount(BallotId(1), 3, 0, 0), teller, Tier.PIN)
    other.submit(ballots.OpenBallot(Method.YES_NO, SAID), rosa, Tier.PIN)
    options = tuple(Words({"en": name}) for name in ("Red", "Green", "Blue"))
    other.submit(ballots.OpenBallot(Method.APPROVAL, SAID, options), rosa, Tier.PIN)
    for number in (BallotId(2), BallotId(3)):
        for member in members:
            other.service.cast(number, Person(member, Tier.PIN), (1,))
        other.submit(ballots.CloseBallot(number), rosa)
    other.clock.forward(8 * DAY)
    other.service.tick()
    other.clock.now = NOON


def pages(visitor: Phone, hub: str) -> dict[str, int]:
    """Every page of a neighbour, and two of ours, with its status."""
    theirs = ("", "/needs", "/rules", "/budgets", "/signups", *(f"/ballots/{number}" for number in range(5)))
    paths = ["/", "/hubs", *(f"/hubs/{hub}{path}" for path in theirs)]
    return {path: visitor.status(path) for path in paths}


def make_pact(kitchen: Kitchen, hub: str) -> None:
    rosa, ali, _ = kitchen.opening_evening()
    kitchen.submit(federation.AcceptNeighbour(federation.key(hub), SAID), rosa, Tier.PIN, second=ali)


def senseless(kitchen: Kitchen, hub: str) -> int | None:
    return kitchen.service.read_neighbour(federation.key(hub), lambda views: views.senseless)


def lines_of(kitchen: Kitchen) -> list[Said]:
    """What a hub has said on its street."""
    read = [each for batch in kitchen.service.street(0) for each in entry.read_batch(batch)[1]]
    return [
        (each.head.kind, msgspec.json.decode(each.head.data), each.body.words if each.body else None) for each in read
    ]


def test_all_that_a_real_hub_says_makes_sense(kitchen: Kitchen, mill: Kitchen, visitor: Phone) -> None:
    make_pact(kitchen, mill.service.hub)
    for batch in mill.service.street(0):
        kitchen.service.take_in(batch)
    said = {kind for kind, _, _ in lines_of(mill)}
    assert {"hub.founded", "hands.certified", "ballot.released", "ballot.certified", "budget.posted"} <= said
    assert senseless(kitchen, mill.service.hub) == 0
    assert "sense to us" not in visitor.get(f"/hubs/{mill.service.hub}")


def spoiled(dice: random.Random, value: Any) -> Any:
    """Data with one of its values, however deep, made into something else."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        name = dice.choice(sorted(value))
        return {**value, name: spoiled(dice, value[name])}
    if isinstance(value, list) and value and dice.random() < 0.7:
        place = dice.randrange(len(value))
        return [*value[:place], spoiled(dice, value[place]), *value[place + 1 :]]
    return dice.choice(HOSTILE)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_a_neighbour_signs_every_page_answers_and_the_hub_starts(
    kitchen: Kitchen, mill: Kitchen, visitor: Phone, seed: int
) -> None:
    dice, stranger, true = random.Random(seed), Stranger(), lines_of(mill)
    make_pact(kitchen, stranger.hub)
    kitchen.service.take_in(stranger.says(true))
    for _ in range(8):
        lines = [(kind, spoiled(dice, data) if dice.random() < 0.5 else data, words) for kind, data, words in true]
        time = dice.choice((NOON, NOON, NOON, 2**53 - 1))
        kitchen.service.take_in(stranger.says(lines, time))
        statuses = pages(visitor, stranger.hub)
        assert set(statuses.values()) <= {200, 404}, statuses
    counted = senseless(kitchen, stranger.hub)
    assert counted
    assert f"{counted} of their lines make no sense to us" in visitor.get(f"/hubs/{stranger.hub}")
    kitchen.reopen()
    assert senseless(kitchen, stranger.hub) == counted


def test_a_page_that_still_cannot_be_made_says_so_and_others_open(kitchen: Kitchen, mill: Kitchen) -> None:
    make_pact(kitchen, mill.service.hub)
    for batch in mill.service.street(0):
        kitchen.service.take_in(batch)
    client = kitchen.app().test_client()
    line = next(each for batch in mill.service.street(0) for each in entry.read_batch(batch)[1])
    fact = ballots.BallotReleased(BallotId(2), 3, 0, (1,), (), "", Millis(NOON))
    kitchen.service.read_neighbour(mill.service.hub, lambda views: views.apply(line, fact))
    answer = client.get(f"/hubs/{mill.service.hub}/ballots/2")
    assert answer.status_code == 502
    assert "This page of theirs makes no sense to us" in answer.text
    assert client.get(f"/hubs/{mill.service.hub}/needs").status_code == 200
