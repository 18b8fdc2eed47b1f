"""The view of ballots shows what a wall would: the question, how it is counted, what came out."""

from dataclasses import replace

import pytest
from msgspec import Raw

from hub.domain import ballots
from hub.domain.articles import Articles
from hub.domain.ballots import Count, Emptied, Method, Opening, State, Why
from hub.domain.base import (
    BALLOT_STEWARD,
    DAY,
    Actor,
    AssemblyId,
    BallotId,
    Circle,
    Consequence,
    Context,
    DecisionId,
    Effect,
    HubId,
    MemberId,
    Millis,
    Tier,
    Viewer,
    Words,
)
from hub.entry import Entry, Head
from hub.views.ballots import BallotsView

NOW = Millis(1_900_000_000_000)
ROLL = tuple(MemberId(f"member{number:06}") for number in range(12))
ANA, BEN, CEM, *_ = ROLL
ROOM, MEMBERS, STREET = Viewer(Circle.ROOM), Viewer(Circle.MEMBERS, BEN), Viewer(Circle.FEDERATION)
POT = Words({"en": "Shall we buy the big pot?"})
SOUPS = tuple(Words({"en": name}) for name in ("Lentil", "Onion", "Beet"))
FIRST = BallotId(1)


class House:
    """Rules and view side by side, as the service folds them."""

    def __init__(self):
        self.state, self.view, self.now, self.lines = State(), BallotsView(), NOW, []

    def by(self, who, request, *, emptied=None, clockwork=False):
        context = Context(
            Actor(who, Tier.PIN, frozenset({BALLOT_STEWARD} if who == ANA else ())),
            self.now,
            Articles(),
            clockwork=clockwork,
        )
        options = len(getattr(request, "options", ()))
        facts = ballots.decide(
            self.state,
            request,
            context,
            roll=ROLL,
            steward_held=True,
            assemblies={AssemblyId(1)},
            decisions={DecisionId(1)},
            opening=Opening(tuple(range(options, 0, -1)), "ab" * 16, "1.0"),
            emptied=emptied,
        )
        for fact in facts:
            self.state = ballots.evolve(self.state, fact, roll=ROLL)
            self.hear(fact)

    def hear(self, fact):
        head = Head(kind=fact.KIND, seq=len(self.lines) + 1, prev="", boot=1, time=self.now, data=Raw(b"{}"))
        self.lines.append(fact)
        self.view.apply(Entry(HubId("ab" * 32), head, "", None), fact)

    def hub(self, request, **more):
        self.by(None, request, clockwork=True, **more)

    def one(self, viewer=ROOM, number=FIRST):
        return self.view.ballot(viewer, number)


@pytest.fixture
def house():
    return House()


def opened(house, **more):
    house.by(ANA, ballots.OpenBallot(Method.APPROVAL, POT, SOUPS, **more))


def closed(house, choices=((1,), (1, 2), (), (2,))):
    house.now = house.one().closes
    struck = ballots.bitmap([place < len(choices) for place in range(12)])
    house.hub(ballots.CloseBallot(FIRST), emptied=Emptied(struck, len(choices), choices, "cd" * 16))


def test_an_open_ballot_shows_everything_printed_and_no_number(house):
    opened(house)
    row = house.one()
    assert (row.text, row.options, row.lots) == (POT, SOUPS, (3, 2, 1))
    assert (row.opens, row.closes, row.roll_size) == (NOW, NOW + 7 * DAY, 12)
    assert (row.terms.needed, row.cast, row.sums, row.passed) == (3, 0, (), None)
    assert house.view.open(ROOM) == [row]
    assert house.view.results(ROOM) == []


def test_a_result_shows_sums_and_until_when_one_may_object(house):
    opened(house)
    closed(house)
    row = house.one()
    assert (row.state, row.cast, row.sums, row.patterns) == ("released", 4, (2, 2, 0, 1), ())
    assert row.until == house.now + 7 * DAY
    assert (house.view.open(ROOM), house.view.results(ROOM)) == ([], [row])


def test_a_certified_result_names_its_winner(house):
    opened(house)
    closed(house)
    house.now = house.one().until
    house.hub(ballots.CertifyBallot(FIRST))
    row = house.one()
    assert (row.state, row.passed, row.winner, row.quorum_met, row.decision) == (
        "certified",
        True,
        2,
        True,
        None,
    )


def test_the_reason_of_an_objection_is_for_members(house):
    opened(house)
    closed(house)
    house.by(BEN, ballots.ObjectToBallot(FIRST, Words({"en": "The kiosk was off."})))
    assert (house.one().state, house.one().objections) == ("objected", 1)
    assert house.view.objections(ROOM, FIRST) == []
    assert house.view.objections(MEMBERS, FIRST)[0].reason == {"en": "The kiosk was off."}


def test_an_annulled_ballot_says_why(house):
    opened(house)
    house.hub(ballots.AnnulBallot(FIRST, Why.BOX_LOST))
    assert (house.one().state, house.one().why) == ("annulled", "box_lost")
    closed_ones = [row.number for row in house.view.results(ROOM)]
    assert closed_ones == [1]


def test_a_pause_shows_and_moves_the_end(house):
    opened(house)
    house.by(ANA, ballots.PauseBallot(FIRST))
    assert house.one().state == "paused"
    house.now = Millis(NOW + DAY)
    house.by(ANA, ballots.ResumeBallot(FIRST))
    assert (house.one().state, house.one().closes) == ("open", NOW + 8 * DAY)


def test_a_first_count_of_hands_is_not_shown_two_that_differ_are(house):
    house.by(CEM, ballots.OpenHandCount(POT))
    house.by(ANA, ballots.EnterCount(FIRST, 7, 2, 1))
    assert (house.one(MEMBERS).tellers, house.one(MEMBERS).sums, house.one(MEMBERS).differed) == (1, (), ())
    house.by(BEN, ballots.EnterCount(FIRST, 6, 2, 1))
    assert (house.one().tellers, house.one().differed) == (0, (Count(7, 2, 1), Count(6, 2, 1)))
    house.by(BEN, ballots.EnterCount(FIRST, 7, 2, 1))
    assert house.one().differed == ()
    house.by(CEM, ballots.EnterCount(FIRST, 7, 2, 1))
    assert (house.one().state, house.one().sums, house.one().passed) == ("certified", (7, 2, 1), True)


def test_hands_come_before_what_is_open_for_days(house):
    opened(house)
    house.by(CEM, ballots.OpenHandCount(POT))
    assert [row.number for row in house.view.open(ROOM)] == [2, 1]


def test_specimens_and_questions_about_people_stay_in_the_house(house):
    opened(house, specimen=True)
    recall = Effect(Consequence.RECALL, "facilitator", member=BEN)
    house.by(CEM, ballots.OpenHandCount(POT, recall, AssemblyId(1)))
    house.by(CEM, ballots.OpenHandCount(POT))
    assert [row.number for row in house.view.open(STREET)] == [3]
    assert [row.number for row in house.view.open(ROOM)] == [2, 3, 1]
    assert house.one(STREET) is None


def test_taken_back_words_leave_their_places(house):
    opened(house)
    blanked = replace(house.lines[0], text=Words({}), options=(), salt=Words({}))
    house.view = BallotsView()
    house.hear(blanked)
    assert (house.one().text, house.one().options) == ({}, ({}, {}, {}))


def test_a_neighbours_chain_may_begin_after_the_opening(house):
    opened(house)
    closed(house)
    house.by(BEN, ballots.ObjectToBallot(FIRST, Words({"en": "The kiosk was off."})))
    house.by(ANA, ballots.SettleObjection(FIRST, DecisionId(1), certify=False))
    street = BallotsView()
    facts, house.view = house.lines[1:], street
    for fact in facts:
        house.hear(fact)
    assert street.results(STREET) == []


@pytest.mark.parametrize("viewer", [ROOM, MEMBERS, STREET])
def test_there_is_nothing_under_a_number_that_was_not_given(house, viewer):
    assert house.one(viewer) is None
