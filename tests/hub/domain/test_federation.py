"""Pacts with neighbours: who makes them, what is heard, and what a hub that tells two stories meets."""

import re
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain import federation
from hub.domain.articles import Articles
from hub.domain.base import (
    Actor,
    Circle,
    Context,
    DecisionId,
    HubId,
    MemberId,
    Millis,
    Position,
    Refusal,
    Tier,
    Words,
)
from hub.domain.federation import (
    AcceptNeighbour,
    EndNeighbour,
    HearNeighbour,
    NeighbourAccepted,
    NeighbourEnded,
    NeighbourForked,
    NeighbourHeard,
    NeighbourSettled,
    ReportFork,
    SettleFork,
    State,
    is_neighbour,
)

NOW = Millis(1_900_000_000_000)
ANA, BEN = MemberId("memberana001"), MemberId("memberben001")
OURS, MILL = HubId("0" * 63 + "1"), HubId("ab" * 32)
NAME = Words({"en": "The old mill"})
DECISION = DecisionId(3)


@dataclass
class Street:
    """One hub, and what it holds of its neighbours."""

    state: State = field(default_factory=State)
    now: Millis = NOW

    def by(self, who, request, *, second=None, pins=(Tier.PIN, Tier.PIN), clockwork=False):
        context = Context(
            Actor(who, pins[0]),
            self.now,
            Articles(),
            second=Actor(second, pins[1]) if second else None,
            clockwork=clockwork,
        )
        facts = federation.decide(self.state, request, context, own=OURS, decisions={DECISION})
        for fact in facts:
            self.state = federation.evolve(self.state, fact)
        return facts

    def pact(self, hub=MILL):
        return self.by(ANA, AcceptNeighbour(hub, NAME), second=BEN)

    def hears(self, batch, upto, head=None, author=MILL):
        request = HearNeighbour(author, batch, Position(upto), head or f"head of {upto}")
        return self.by(None, request, clockwork=True)

    def refuses(self, saying, *args, **more):
        before = self.state
        with pytest.raises(Refusal, match=re.escape(saying)):
            self.by(*args, **more)
        assert self.state == before


@pytest.fixture
def street():
    return Street()


def test_two_members_with_their_pins_make_a_pact(street):
    assert street.pact() == [NeighbourAccepted(MILL, (ANA, BEN), None, NAME)]
    assert is_neighbour(street.state, MILL)


def test_one_member_or_a_second_without_pin_makes_none(street):
    street.refuses("takes two members", ANA, AcceptNeighbour(MILL, NAME))
    street.refuses("takes two members", ANA, AcceptNeighbour(MILL, NAME), second=ANA)
    street.refuses(
        "second member types their PIN",
        ANA,
        AcceptNeighbour(MILL, NAME),
        second=BEN,
        pins=(Tier.PIN, Tier.CARD),
    )


def test_a_meeting_makes_a_pact_by_its_recorded_decision(street):
    assert street.by(ANA, AcceptNeighbour(MILL, NAME, DECISION))[0].decision == DECISION
    street.refuses("in the minutes first", ANA, AcceptNeighbour(HubId("cd" * 32), NAME, DecisionId(99)))


def test_a_key_is_read_as_people_type_it(street):
    typed = " ".join("AB-AB" for _ in range(16))
    assert street.pact(typed)[0].hub == MILL


@pytest.mark.parametrize("typed", ["", "ab" * 31, "ab" * 33, "xy" * 32, "ab" * 31 + "é1"])
def test_what_is_no_key_is_asked_again(street, typed):
    street.refuses("has 64 digits", ANA, AcceptNeighbour(typed, NAME), second=BEN)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_key_or_asked_again(typed):
    with suppress(Refusal):
        assert re.fullmatch("[0-9a-f]{64}", federation.key(typed))


def test_no_hub_is_its_own_neighbour(street):
    street.refuses("key of this hub", ANA, AcceptNeighbour(OURS, NAME), second=BEN)


def test_a_pact_is_made_once_and_has_a_name(street):
    street.refuses("write a few words", ANA, AcceptNeighbour(MILL, Words({})), second=BEN)
    street.pact()
    street.refuses("a pact with this hub already", ANA, AcceptNeighbour(MILL, NAME), second=BEN)


def test_a_pact_ends_and_what_was_heard_is_kept_for_the_next(street):
    street.pact()
    street.hears(1, 5)
    assert street.by(ANA, EndNeighbour(MILL), second=BEN) == [NeighbourEnded(MILL, (ANA, BEN), None)]
    assert not is_neighbour(street.state, MILL)
    with pytest.raises(Refusal, match="no pact"):
        street.hears(2, 9)
    street.pact()
    assert street.hears(2, 9)[0].upto == 9


def test_a_pact_that_is_not_there_does_not_end(street):
    street.refuses("no pact", ANA, EndNeighbour(MILL), second=BEN)
    street.pact()
    street.refuses("takes two members", ANA, EndNeighbour(MILL))
    street.refuses("in the minutes first", ANA, EndNeighbour(MILL, DecisionId(99)))
    assert street.by(ANA, EndNeighbour(MILL, DECISION))[0].by == (ANA,)


def test_what_continues_is_heard(street):
    street.pact()
    assert street.hears(1, 5) == [NeighbourHeard(MILL, 1, Position(5), "head of 5", NOW)]
    street.now = Millis(NOW + 1)
    assert street.hears(2, 6) == [NeighbourHeard(MILL, 2, Position(6), "head of 6", street.now)]
    held = street.state.neighbours[MILL]
    assert (held.batch, held.upto, held.head, held.heard) == (2, 6, "head of 6", street.now)


def test_nobody_hears_for_the_hub(street):
    street.pact()
    heard = HearNeighbour(MILL, 1, Position(5), "head of 5")
    street.refuses("by itself", ANA, heard)
    street.refuses("by itself", ANA, ReportFork(MILL, Position(1)))


def test_strangers_are_not_heard(street):
    with pytest.raises(Refusal, match="no pact"):
        street.hears(1, 5)


def test_hearing_again_what_is_held_changes_nothing(street):
    street.pact()
    street.hears(1, 5)
    street.hears(2, 9)
    assert street.hears(2, 9) == []
    assert street.hears(1, 5) == []


def test_a_chain_may_be_held_further_than_the_journal_says_and_catches_up(street):
    street.pact()
    street.hears(1, 5)
    assert street.hears(4, 30)[0].upto == 30
    assert federation.heard(street.state, MILL) == 30
    assert federation.heard(street.state, HubId("cd" * 32)) == 0


def test_a_batch_that_does_not_go_on_is_not_heard(street):
    street.pact()
    street.hears(2, 5)
    for batch in (1, 2):
        with pytest.raises(Refusal, match="do not go on"):
            street.hears(batch, 9)


def test_another_head_for_the_place_we_hold_is_a_fork(street):
    street.pact()
    street.hears(1, 5)
    assert street.hears(1, 5, head="another head of 5") == [NeighbourForked(MILL, Position(5))]


def test_a_fork_is_told_once_and_nothing_more_is_taken_in(street):
    street.pact()
    street.hears(1, 5)
    assert street.by(None, ReportFork(MILL, Position(3)), clockwork=True) == [NeighbourForked(MILL, Position(3))]
    assert street.by(None, ReportFork(MILL, Position(3)), clockwork=True) == []
    with pytest.raises(Refusal, match="two different stories"):
        street.hears(2, 9)


def test_two_members_settle_a_fork_and_the_chain_goes_on_where_we_hold_it(street):
    street.pact()
    street.refuses("nothing to settle", ANA, SettleFork(MILL), second=BEN)
    street.hears(1, 5)
    street.by(None, ReportFork(MILL, Position(3)), clockwork=True)
    street.refuses("takes two members", ANA, SettleFork(MILL))
    assert street.by(ANA, SettleFork(MILL), second=BEN) == [NeighbourSettled(MILL, (ANA, BEN))]
    assert street.hears(2, 9)[0].upto == 9


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9), st.booleans()), max_size=30))
def test_what_is_held_only_ever_grows_and_never_past_a_fork(batches):
    street = Street()
    street.pact()
    for batch, upto, honest in batches:
        before = street.state.neighbours[MILL]
        with suppress(Refusal):
            street.hears(batch, upto, None if honest else f"another head of {upto}")
        after = street.state.neighbours[MILL]
        assert (after.batch > before.batch) == (after.upto > before.upto) == (after.head != before.head)
        assert after.upto == before.upto or before.forked is None


def test_pacts_and_forks_are_public_what_we_hold_stays_in_the_house(street):
    accepted = street.pact()[0]
    heard = street.hears(1, 5)[0]
    assert federation.circle_of(accepted) is Circle.FEDERATION
    assert federation.circle_of(heard) is Circle.ROOM
    assert not NeighbourHeard.STREET
