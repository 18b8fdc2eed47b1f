"""What a real hub could not have said, though it is signed: every bound is one our own rules keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hub.domain import archive, ballots, constitution, federation, membership, needs, signups
from hub.domain.ballots import Count, Method, Terms
from hub.domain.base import (
    DAY,
    HOUR,
    BallotId,
    Circle,
    Consequence,
    Effect,
    HubId,
    ListId,
    MemberId,
    Millis,
    NeedId,
    Position,
    TransactionId,
    Words,
)
from hub.domain.house import AnyEvent, follows, plausible
from hub.domain.house.plausible import LATEST
from hub.domain.ledger import BudgetPosted

NOON = Millis(1_795_435_200_000)
NOBODY = MemberId("")
SAID = Words({"en": "Rice?", "zxx": "0011"})
HUB = HubId("ab" * 32)
AMENDS = Effect(Consequence.AMEND, "quorum", "1/4")
TERMS = Terms(30, (1, 5), (2, 3), strict=False, objection_days=7)

FOUNDED = constitution.HubFounded(HUB, "EUR", 2, "Europe/Madrid", "es", NOON, ephemeral=False, name=SAID)
LINE = constitution.LineWritten(7, ("quorum",), SAID)
AMENDED = constitution.ArticleAmended("quorum", "1/4")
CLOSURE = constitution.ClosureSet(NOON, Millis(NOON + DAY), Words({}))
LIST = signups.SignupOpened(ListId(1), signups.Sort.MEAL, NOON, 30, Circle.FEDERATION, NOBODY, SAID, SAID)
CHANGED = signups.SignupChanged(ListId(1), NOON, 500, NOBODY, Words({}))
NEED = needs.NeedReported(NeedId(1), needs.Sort.FOOD, needs.Soon.TODAY, Circle.FEDERATION, None, SAID)
HANDS = ballots.HandsOpened(BallotId(1), None, NOBODY, AMENDS, TERMS, SAID)
COUNTED = ballots.HandsCertified(BallotId(1), (), Count(10, 3, 1), True, True, Effect())
QUESTION = ballots.BallotOpened(
    ballot=BallotId(2),
    method=Method.YES_NO,
    specimen=False,
    by=NOBODY,
    effect=Effect(),
    terms=TERMS,
    lots=(),
    roll_size=30,
    roll_hash="00" * 32,
    opens=NOON,
    closes=Millis(NOON + DAY),
    software="1",
    text_hash="00" * 32,
    salt=SAID,
    text=SAID,
    options=(),
)
CHOICE = replace(QUESTION, method=Method.APPROVAL, lots=(3, 1, 2), options=(SAID, SAID, SAID))
RELEASED = ballots.BallotReleased(BallotId(2), 14, 1, (9, 3, 1), (((1,), 9), ((2,), 3), ((3,), 1)), "00" * 16, NOON)
CERTIFIED = ballots.BallotCertified(BallotId(2), True, 0, True, Effect(), None)
BUDGET = BudgetPosted(1, TransactionId(4), NOON, NOON, -5, 10, 3, -2, 0, 2, NOBODY)
PACT = federation.NeighbourAccepted(HUB, (), None, SAID)

REAL: list[AnyEvent] = [
    FOUNDED,
    LINE,
    AMENDED,
    CLOSURE,
    LIST,
    CHANGED,
    NEED,
    HANDS,
    COUNTED,
    QUESTION,
    CHOICE,
    replace(CHOICE, options=(), text=Words({}), salt=Words({})),
    RELEASED,
    CERTIFIED,
    BUDGET,
    PACT,
    archive.WordsRedacted(Position(3), ()),
]
UNREAL: list[AnyEvent] = [
    replace(FOUNDED, exponent=5),
    replace(FOUNDED, exponent=1_000_000),
    replace(FOUNDED, currency="Euro"),
    replace(FOUNDED, zone="../etc"),
    replace(FOUNDED, language="<b>"),
    replace(FOUNDED, hub=HubId("AB" * 32)),
    replace(FOUNDED, forming_until=Millis(2**53 - 1)),
    replace(FOUNDED, forming_until=Millis(-1)),
    replace(FOUNDED, name=Words({"": "Mill"})),
    replace(FOUNDED, name=Words({"en": "A" * 2_001})),
    replace(LINE, number=0),
    replace(LINE, number=8),
    replace(LINE, cites=("quorum", "pancakes")),
    replace(AMENDED, name="pancakes"),
    replace(AMENDED, value="1/0"),
    replace(AMENDED, value="9" * 400),
    replace(CLOSURE, until=NOON),
    replace(LIST, places=0),
    replace(LIST, places=501),
    replace(CHANGED, places=-1),
    replace(CHANGED, starts=Millis(LATEST + 1)),
    replace(NEED, need=NeedId(-1)),
    replace(HANDS, effect=replace(AMENDS, value="1/0")),
    replace(HANDS, terms=replace(TERMS, base=0)),
    replace(HANDS, terms=replace(TERMS, quorum=(1, 0))),
    replace(HANDS, terms=replace(TERMS, quorum=(1, -5))),
    replace(HANDS, terms=replace(TERMS, threshold=(3, 2))),
    replace(HANDS, terms=replace(TERMS, threshold=(1, 1_001))),
    replace(HANDS, terms=replace(TERMS, objection_days=61)),
    replace(COUNTED, count=Count(-1, 3, 1)),
    replace(COUNTED, effect=replace(AMENDS, name="")),
    replace(QUESTION, method=Method.HANDS),
    replace(QUESTION, lots=(1, 2)),
    replace(QUESTION, options=(SAID,)),
    replace(QUESTION, closes=NOON),
    replace(QUESTION, closes=Millis(NOON + HOUR - 1)),
    replace(QUESTION, terms=replace(TERMS, quorum=(0, 0))),
    replace(CHOICE, lots=(), options=()),
    replace(CHOICE, lots=(1, 1, 2)),
    replace(CHOICE, lots=(0, 1, 2)),
    replace(CHOICE, lots=(1, 2, 3, 4)),
    replace(CHOICE, lots=tuple(range(1, 32)), options=()),
    replace(RELEASED, spoiled=15),
    replace(RELEASED, sums=(14, 0, 0)),
    replace(RELEASED, patterns=(((1,), 14),)),
    replace(RELEASED, patterns=(((31,), 1),)),
    replace(CERTIFIED, winner=-1),
    replace(BUDGET, budget=1, until=Millis(-1)),
    replace(PACT, hub=HubId("ab " * 32)),
    membership.MemberVouched(MemberId("rosa"), MemberId("ali")),
]


@pytest.mark.parametrize("fact", REAL, ids=repr)
def test_what_our_own_rules_let_pass_is_plausible(fact: AnyEvent) -> None:
    assert plausible(fact, NOON)


@pytest.mark.parametrize("fact", UNREAL, ids=lambda fact: repr(fact)[:80])
def test_what_our_own_rules_would_refuse_is_not(fact: AnyEvent) -> None:
    assert not plausible(fact, NOON)


@pytest.mark.parametrize("at", [-1, LATEST + 1, 2**53 - 1])
def test_a_moment_no_calendar_has_is_not(at: int) -> None:
    assert not plausible(NEED, Millis(at))
    assert plausible(NEED, Millis(0))


def test_a_result_fits_what_was_put_to_the_vote() -> None:
    chosen = replace(CERTIFIED, winner=3)
    assert follows(COUNTED, (), (), 30)
    assert follows(RELEASED, (), (), 30)
    assert follows(CERTIFIED, (), RELEASED.sums, 30)
    assert follows(replace(RELEASED, sums=(4, 5, 6, 1)), CHOICE.lots, (), 30)
    assert follows(chosen, CHOICE.lots, (4, 5, 6, 1), 30)


def test_a_result_of_another_vote_does_not() -> None:
    assert not follows(COUNTED, CHOICE.lots, (), 30)
    assert not follows(COUNTED, (), (), 13)
    assert not follows(RELEASED, CHOICE.lots, (), 30)
    assert not follows(RELEASED, (), (), 13)
    assert not follows(replace(RELEASED, sums=(9, 3)), (), (), 30)
    assert not follows(CERTIFIED, (), (), 30)
    assert not follows(replace(CERTIFIED, winner=1), (), RELEASED.sums, 30)
    assert not follows(replace(CERTIFIED, winner=4), CHOICE.lots, (4, 5, 6, 1), 30)
