"""The view of the federation: whom we have a pact with, and how much of each we hold."""

from msgspec import Raw

from hub.domain.base import HubId, MemberId, Millis, Position, Words
from hub.domain.federation import (
    NeighbourAccepted,
    NeighbourEnded,
    NeighbourForked,
    NeighbourHeard,
    NeighbourSettled,
)
from hub.entry import Entry, Head
from hub.views.federation import FederationView

NOW = Millis(1_900_000_000_000)
MILL, FARM = HubId("ab" * 32), HubId("cd" * 32)
PAIR = (MemberId("memberana001"), MemberId("memberben001"))
NAME = Words({"en": "The old mill"})


def folded(*facts):
    view = FederationView()
    for seq, fact in enumerate(facts, 1):
        head = Head(kind=fact.KIND, seq=seq, prev="", boot=1, time=NOW + seq, data=Raw(b"{}"))
        view.apply(Entry(HubId("00" * 32), head, "", None), fact)
    return view


def accepted(hub=MILL):
    return NeighbourAccepted(hub, PAIR, None, NAME)


def heard(batch, upto, hub=MILL):
    return NeighbourHeard(hub, batch, Position(upto), f"head of {upto}", Millis(NOW + 99))


def test_a_pact_shows_with_the_name_we_gave():
    row = folded(accepted()).neighbour(MILL)
    assert (row.name, row.accepted, row.since, row.upto, row.heard) == (NAME, True, NOW + 1, 0, 0)


def test_what_was_heard_last_shows():
    row = folded(accepted(), heard(1, 5), heard(2, 9)).neighbour(MILL)
    assert (row.batch, row.upto, row.head, row.heard) == (2, 9, "head of 9", NOW + 99)


def test_a_fork_shows_until_it_is_settled():
    fork = NeighbourForked(MILL, Position(5))
    assert folded(accepted(), heard(1, 5), fork).neighbour(MILL).forked == 5
    assert folded(accepted(), heard(1, 5), fork, NeighbourSettled(MILL, PAIR)).neighbour(MILL).forked == 0


def test_an_ended_pact_comes_last_and_a_new_one_keeps_what_is_held():
    ended = NeighbourEnded(MILL, PAIR, None)
    view = folded(accepted(), heard(1, 5), accepted(FARM), ended)
    assert [(row.hub, row.accepted) for row in view.neighbours()] == [(FARM, True), (MILL, False)]
    again = folded(accepted(), heard(1, 5), ended, accepted()).neighbour(MILL)
    assert (again.accepted, again.upto) == (True, 5)


def test_facts_about_a_hub_nobody_knows_are_passed_over():
    view = folded(heard(1, 5), NeighbourForked(MILL, Position(5)), NeighbourEnded(MILL, PAIR, None))
    assert view.neighbours() == []
    assert view.neighbour(MILL) is None
