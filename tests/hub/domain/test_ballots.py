"""Ballots read like the evening they belong to: a question, hands or a box, a result, an objection."""

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain import ballots, tally
from hub.domain.articles import Articles
from hub.domain.ballots import (
    AnnulBallot,
    BallotAnnulled,
    BallotCertified,
    BallotClosed,
    BallotObjected,
    BallotOpened,
    BallotReleased,
    CertifyBallot,
    CloseBallot,
    Count,
    Emptied,
    EnterCount,
    HandsCertified,
    HandsCounted,
    HandsDiffered,
    HandsOpened,
    Method,
    ObjectToBallot,
    OpenBallot,
    OpenHandCount,
    Opening,
    PauseBallot,
    Phase,
    ResumeBallot,
    SettleObjection,
    State,
    Why,
)
from hub.domain.base import (
    BALLOT_STEWARD,
    DAY,
    HOUR,
    MINUTE,
    Actor,
    AssemblyId,
    BallotId,
    Circle,
    Consequence,
    Context,
    DecisionId,
    Effect,
    MemberId,
    Millis,
    Refusal,
    Tier,
    Words,
)

NOW = Millis(1_900_000_000_000)
ROLL = tuple(MemberId(f"member{number:06}") for number in range(12))
ANA, BEN, CEM, *_ = ROLL
CHILD = MemberId("youngmember1")
POT = Words({"en": "Shall we buy the big pot?"})
SOUPS = tuple(Words({"en": name}) for name in ("Lentil", "Onion", "Beet"))
YES, NO, ABSTAIN = (tally.YES,), (tally.NO,), (tally.ABSTAIN,)
NONE = ()
BUY = Effect()
MEETING = AssemblyId(4)
DECISION = DecisionId(9)
AMEND = Effect(Consequence.AMEND, "quorum", "1/4")


@dataclass
class Hall:
    """One house with twelve voters, its ballots, its box, and people who come up."""

    state: State = field(default_factory=State)
    now: Millis = NOW
    articles: Articles = field(default_factory=Articles)
    roll: tuple = ROLL
    forming: bool = False
    steward: MemberId | None = ANA
    ephemeral: bool = False
    rests: tuple = ()
    box: dict = field(default_factory=dict)

    def actor(self, who, tier=Tier.PIN):
        return Actor(who, tier, frozenset({BALLOT_STEWARD} if who and who == self.steward else ()))

    def by(self, who, request, *, second=None, clockwork=False, emptied=None):
        context = Context(
            self.actor(who),
            self.now,
            self.articles,
            second=self.actor(second) if second else None,
            forming=self.forming,
            clockwork=clockwork,
        )
        facts = ballots.decide(
            self.state,
            request,
            context,
            roll=self.roll,
            steward_held=self.steward is not None,
            ephemeral=self.ephemeral,
            assemblies={MEETING},
            decisions={DECISION},
            rests=self.rests,
            opening=Opening(self.lots(request), "ab" * 16, "1.0"),
            emptied=emptied or self.empty(),
        )
        for fact in facts:
            self.state = ballots.evolve(self.state, fact, roll=self.roll)
        return facts

    def lots(self, request):
        return tuple(range(len(getattr(request, "options", ())), 0, -1))

    def hub(self, request):
        return self.by(None, request, clockwork=True)

    def empty(self):
        struck = [place in self.box for place in range(len(self.roll))]
        return Emptied(ballots.bitmap(struck), len(self.box), sorted(self.box.values()), "cd" * 16)

    def vote(self, who, choice, number=1):
        place = ballots.check_cast(self.state, BallotId(number), who, choice, self.now, self.rests)
        self.box[place] = choice

    def one(self, number=1):
        return self.state.ballots[BallotId(number)]


@pytest.fixture
def hall():
    return Hall()


def open_yes_no(hall, **more):
    return hall.by(ANA, OpenBallot(Method.YES_NO, POT, **more))[0]


def open_approval(hall, options=SOUPS):
    return hall.by(ANA, OpenBallot(Method.APPROVAL, Words({"en": "Which soup?"}), options))[0]


def refused(hall, saying, *args, **more):
    before = hall.state
    with pytest.raises(Refusal, match=re.escape(saying)):
        hall.by(*args, **more)
    assert hall.state == before


def voted_out(hall, yes, no=0, abstain=0, **more):
    """A ballot in which so many said so, closed in its time."""
    open_yes_no(hall, **more)
    choices = [YES] * yes + [NO] * no + [ABSTAIN] * abstain
    for who, choice in zip(hall.roll, choices, strict=False):
        hall.vote(who, choice)
    hall.now = hall.one().closes
    return hall.hub(CloseBallot(BallotId(1)))


# Hands


def test_hands_stand_when_two_tellers_counted_the_same(hall):
    hall.by(CEM, OpenHandCount(POT))
    hall.by(ANA, EnterCount(BallotId(1), 7, 2, 1))
    counted, certified = hall.by(BEN, EnterCount(BallotId(1), 7, 2, 1))
    assert counted == HandsCounted(BallotId(1), BEN, Count(7, 2, 1))
    assert certified == HandsCertified(BallotId(1), (ANA, BEN), Count(7, 2, 1), True, True, BUY)
    assert hall.one().phase is Phase.CERTIFIED


def test_two_counts_that_differ_are_both_shown_and_hands_are_counted_again(hall):
    hall.by(CEM, OpenHandCount(POT))
    hall.by(ANA, EnterCount(BallotId(1), 7, 2, 1))
    facts = hall.by(BEN, EnterCount(BallotId(1), 6, 2, 1))
    assert facts[1] == HandsDiffered(BallotId(1), (ANA, BEN), (Count(7, 2, 1), Count(6, 2, 1)))
    assert hall.by(BEN, EnterCount(BallotId(1), 7, 2, 1)) == [HandsCounted(BallotId(1), BEN, Count(7, 2, 1))]
    assert len(hall.by(CEM, EnterCount(BallotId(1), 7, 2, 1))) == 2


def test_one_teller_alone_certifies_nothing_but_may_correct_their_count(hall):
    hall.by(CEM, OpenHandCount(POT))
    hall.by(ANA, EnterCount(BallotId(1), 7, 2, 1))
    assert len(hall.by(ANA, EnterCount(BallotId(1), 8, 2, 1))) == 1
    assert hall.one().phase is Phase.OPEN
    assert hall.by(BEN, EnterCount(BallotId(1), 8, 2, 1))[1].passed


def test_without_quorum_hands_are_advice(hall):
    hall.by(CEM, OpenHandCount(POT))
    hall.by(ANA, EnterCount(BallotId(1), 2, 0, 0))
    certified = hall.by(BEN, EnterCount(BallotId(1), 2, 0, 0))[1]
    assert (certified.passed, certified.quorum_met) == (False, False)


def test_half_of_the_hands_is_not_more_than_half(hall):
    hall.by(CEM, OpenHandCount(POT))
    hall.by(ANA, EnterCount(BallotId(1), 4, 4, 0))
    assert not hall.by(BEN, EnterCount(BallotId(1), 4, 4, 0))[1].passed


@pytest.mark.parametrize(("yes", "no", "passed"), [(8, 4, True), (7, 4, False), (2, 1, True), (2, 0, False)])
def test_an_amendment_needs_two_thirds_of_the_votes_and_its_own_quorum(hall, yes, no, passed):
    hall.by(CEM, OpenHandCount(POT, AMEND, MEETING))
    hall.by(ANA, EnterCount(BallotId(1), yes, no, 0))
    certified = hall.by(BEN, EnterCount(BallotId(1), yes, no, 0))[1]
    assert certified.passed is passed
    assert certified.effect == AMEND


def test_rules_and_roles_are_decided_in_a_meeting_except_while_a_house_forms(hall):
    refused(hall, "decided in a meeting", CEM, OpenHandCount(POT, AMEND))
    hall.forming = True
    assert isinstance(hall.by(CEM, OpenHandCount(POT, AMEND))[0], HandsOpened)


@pytest.mark.parametrize(
    ("effect", "saying"),
    [
        (replace(AMEND, name="wages"), "There is no article “wages”"),
        (replace(AMEND, value="much"), "“much” is not a value"),
        (replace(AMEND, value="3/0"), "not a value"),
        (Effect(Consequence.APPOINT, "facilitator"), "Say which role"),
        (Effect(Consequence.RECALL, "", member=BEN), "Say which role"),
    ],
)
def test_what_could_not_be_carried_out_is_not_asked(hall, effect, saying):
    refused(hall, saying, CEM, OpenHandCount(POT, effect, MEETING))


def test_a_count_names_only_a_meeting_that_has_begun(hall):
    refused(hall, "has not begun", CEM, OpenHandCount(POT, assembly=AssemblyId(5)))


def test_more_hands_than_voters_are_counted_again(hall):
    hall.by(CEM, OpenHandCount(POT))
    for hands in [(13, 0, 0), (7, 4, 2), (-1, 5, 0), (5, 0, -5)]:
        refused(hall, "Only 12 people can vote here", ANA, EnterCount(BallotId(1), *hands))


def test_hands_are_counted_only_while_the_question_is_open(hall):
    refused(hall, "no such ballot", ANA, EnterCount(BallotId(1), 1, 0, 0))
    open_yes_no(hall)
    refused(hall, "no such ballot", ANA, EnterCount(BallotId(1), 1, 0, 0))


def test_a_house_without_voters_asks_nothing(hall):
    hall.roll = ()
    refused(hall, "Nobody here can vote yet", ANA, OpenHandCount(POT))
    refused(hall, "Nobody here can vote yet", ANA, OpenBallot(Method.YES_NO, POT))


@pytest.mark.parametrize("specimen", [False, True])
def test_with_fewer_than_three_on_the_roll_no_vote_is_secret(hall, specimen):
    hall.roll = ROLL[:2]
    refused(hall, "nobody's vote stays secret", ROLL[0], OpenBallot(Method.YES_NO, POT, specimen=specimen))
    assert hall.by(ROLL[0], OpenHandCount(POT))
    hall.roll = ROLL[:3]
    assert hall.by(ROLL[0], OpenBallot(Method.YES_NO, POT, specimen=specimen))


def test_an_empty_question_is_not_put(hall):
    refused(hall, "write a few words", ANA, OpenHandCount(Words({"en": " "})))
    refused(hall, "write a few words", ANA, OpenBallot(Method.YES_NO, Words({})))


# Opening


def test_an_opening_holds_everything_that_is_printed(hall):
    opened = open_approval(hall)
    assert opened.lots == (3, 2, 1)
    assert opened.roll_size == 12
    assert opened.roll_hash == ballots.roll_hash(reversed(ROLL))
    assert (opened.opens, opened.closes) == (NOW, NOW + 7 * DAY)
    assert (opened.terms.base, opened.terms.quorum, opened.terms.needed) == (12, (1, 5), 3)
    assert (opened.terms.threshold, opened.terms.strict, opened.terms.objection_days) == ((1, 2), True, 7)
    assert opened.text_hash == ballots.text_hash(opened)


@pytest.mark.parametrize(
    "change",
    [
        {"text": Words({"en": "Which stew?"})},
        {"options": tuple(reversed(SOUPS))},
        {"lots": (1, 2, 3)},
        {"closes": NOW + 6 * DAY},
        {"software": "1.1"},
        {"salt": Words({"zxx": "ef" * 16})},
    ],
)
def test_nothing_printed_can_change_without_its_hash(hall, change):
    opened = open_approval(hall)
    assert ballots.text_hash(replace(opened, **change)) != opened.text_hash


def test_the_log_alone_does_not_let_taken_back_words_be_guessed(hall):
    opened = open_approval(hall)
    blanked = replace(opened, text=Words({}), options=(), salt=Words({}))
    guess = replace(blanked, text=opened.text, options=opened.options)
    assert ballots.text_hash(guess) != opened.text_hash


def test_the_ballot_keeps_its_printed_rules_when_the_constitution_changes(hall):
    hall.articles = Articles(objection_days=3)
    open_yes_no(hall)
    hall.articles = Articles(quorum=Fraction(1), objection_days=60, walk_up=False)
    for who in ROLL[:3]:
        hall.vote(who, YES)
    hall.now = hall.one().closes
    hall.hub(CloseBallot(BallotId(1)))
    hall.now += 3 * DAY
    assert hall.hub(CertifyBallot(BallotId(1)))[0].passed


def test_only_the_steward_opens_where_there_is_one(hall):
    refused(hall, "ballot steward opens", BEN, OpenBallot(Method.YES_NO, POT))
    hall.steward = None
    assert isinstance(hall.by(BEN, OpenBallot(Method.YES_NO, POT))[0], BallotOpened)


def test_anybody_of_voting_age_opens_while_the_house_forms(hall):
    hall.forming = True
    assert isinstance(hall.by(BEN, OpenBallot(Method.YES_NO, POT))[0], BallotOpened)
    refused(hall, "members of voting age", CHILD, OpenBallot(Method.YES_NO, POT))


@pytest.mark.parametrize(
    ("effect", "saying"),
    [
        (AMEND, "We change our rules in a meeting"),
        (Effect(Consequence.APPOINT, "facilitator", member=BEN), "We vote about people in a meeting"),
        (Effect(Consequence.RECALL, "facilitator", member=BEN), "We vote about people in a meeting"),
    ],
)
def test_people_and_rules_are_never_decided_alone_at_the_kiosk(hall, effect, saying):
    refused(hall, saying, ANA, OpenBallot(Method.YES_NO, POT, effect=effect))


def test_a_house_may_forbid_secret_votes_at_the_kiosk(hall):
    hall.articles = Articles(walk_up=False)
    refused(hall, "do not allow", ANA, OpenBallot(Method.YES_NO, POT))


@pytest.mark.parametrize("span", [HOUR - 1, 60 * DAY + 1, -DAY])
def test_a_ballot_is_open_for_an_hour_to_sixty_days(hall, span):
    refused(hall, "one hour at least", ANA, OpenBallot(Method.YES_NO, POT, closes=Millis(NOW + span)))


@pytest.mark.parametrize("span", [HOUR, 60 * DAY])
def test_an_hour_and_sixty_days_are_both_fine(hall, span):
    assert open_yes_no(hall, closes=Millis(NOW + span)).closes == NOW + span


@pytest.mark.parametrize(
    ("method", "options", "saying"),
    [
        (Method.APPROVAL, SOUPS[:1], "Write 2 to 30 options"),
        (Method.APPROVAL, SOUPS * 11, "Write 2 to 30 options"),
        (Method.APPROVAL, (*SOUPS, Words({"en": " Onion "})), "Two options are the same"),
        (Method.APPROVAL, (*SOUPS, Words({"en": ""})), "write a few words"),
        (Method.YES_NO, SOUPS, "has no list"),
        (Method.HANDS, (), "not secret"),
    ],
)
def test_options_fit_the_method(hall, method, options, saying):
    refused(hall, saying, ANA, OpenBallot(method, POT, options))


def test_lots_that_are_no_order_of_the_options_are_our_fault_not_theirs(hall):
    hall.lots = lambda request: (1, 1, 2)
    with pytest.raises(ValueError, match="lots"):
        open_approval(hall)


# Voting


def test_a_voter_is_a_place_on_the_sorted_roll_and_nothing_else(hall):
    open_yes_no(hall)
    places = [ballots.check_cast(hall.state, BallotId(1), who, YES, NOW) for who in ROLL]
    assert places == list(range(12))


def test_voting_leaves_no_fact_and_no_trace_in_the_rules(hall):
    open_yes_no(hall)
    before = hall.state
    hall.vote(ANA, YES)
    assert hall.state is before


def test_who_joined_later_waits_for_the_next_ballot(hall):
    open_yes_no(hall)
    for stranger in (MemberId("aaaaaaaaaaaa"), MemberId("zzzzzzzzzzzz"), CHILD):
        with pytest.raises(Refusal, match="when it opened"):
            hall.vote(stranger, YES)


@pytest.mark.parametrize("choice", [(0,), (4,), (1, 2), (), (-1,)])
def test_a_yes_no_vote_is_one_of_three_answers(hall, choice):
    open_yes_no(hall)
    with pytest.raises(Refusal, match="not one of the answers"):
        hall.vote(ANA, choice)


@pytest.mark.parametrize("choice", [(4,), (0,), (2, 1), (1, 1)])
def test_an_approval_marks_options_that_are_there_each_once(hall, choice):
    open_approval(hall)
    with pytest.raises(Refusal, match="not one of the answers"):
        hall.vote(ANA, choice)


def test_approving_nothing_is_always_offered(hall):
    open_approval(hall)
    hall.vote(ANA, NONE)
    assert hall.box == {0: NONE}


def test_nobody_votes_before_opening_after_closing_or_by_hand(hall):
    with pytest.raises(Refusal, match="no such ballot"):
        hall.vote(ANA, YES)
    open_yes_no(hall)
    hall.by(CEM, OpenHandCount(POT))
    with pytest.raises(Refusal, match="no such ballot"):
        hall.vote(ANA, YES, number=2)
    hall.now = hall.one().closes
    with pytest.raises(Refusal, match="Your vote was not cast"):
        hall.vote(ANA, YES)
    hall.hub(CloseBallot(BallotId(1)))
    with pytest.raises(Refusal, match="not open"):
        hall.vote(ANA, YES)


def test_a_roll_that_is_not_the_printed_one_lets_nobody_vote(hall):
    opened = open_yes_no(hall)
    state = ballots.evolve(State(), opened, roll=ROLL[1:])
    with pytest.raises(Refusal, match="when it opened"):
        ballots.check_cast(state, BallotId(1), ANA, YES, NOW)


@given(st.sets(st.integers(1, 30)).map(lambda marks: tuple(sorted(marks))))
def test_every_choice_fills_the_same_space_and_comes_back(choice):
    sealed = ballots.encode_choice(choice)
    assert len(sealed) == ballots.CHOICE_BYTES
    assert ballots.decode_choice(sealed) == choice


@given(st.binary(max_size=80))
def test_what_is_no_choice_is_never_read_as_one(content):
    try:
        choice = ballots.decode_choice(content)
    except ValueError:
        return
    assert ballots.encode_choice(choice) == content


def test_turnout_is_told_in_tens():
    assert [ballots.turnout_about(cast) for cast in (0, 4, 5, 14, 15, 96)] == [0, 0, 10, 10, 20, 100]


def test_a_second_vote_is_turned_away_kindly():
    assert "voted in this already" in str(ballots.voted_already())


# Pausing


def test_a_pause_keeps_the_votes_and_gives_the_time_back(hall):
    opened = open_yes_no(hall)
    hall.vote(ANA, YES)
    hall.by(ANA, PauseBallot(BallotId(1)))
    with pytest.raises(Refusal, match="stopped for a while"):
        hall.vote(BEN, NO)
    hall.now = Millis(hall.now + 90 * MINUTE)
    resumed = hall.by(BEN, ResumeBallot(BallotId(1)), second=CEM)[0]
    assert resumed.closes == opened.closes + 90 * MINUTE
    hall.vote(BEN, NO)
    assert len(hall.box) == 2


def test_a_paused_ballot_is_not_due(hall):
    open_yes_no(hall)
    hall.by(ANA, PauseBallot(BallotId(1)))
    hall.now = Millis(NOW + 100 * DAY)
    assert ballots.due(hall.state, hall.now).close == ()
    with pytest.raises(Refusal, match="stopped for a while"):
        hall.hub(CloseBallot(BallotId(1)))


def test_the_steward_or_any_two_pause(hall):
    open_yes_no(hall)
    refused(hall, "takes two members", BEN, PauseBallot(BallotId(1)))
    assert hall.by(BEN, PauseBallot(BallotId(1)), second=CEM)[0].by == (BEN, CEM)
    refused(hall, "takes two members", BEN, ResumeBallot(BallotId(1)))


def test_only_what_runs_pauses_and_only_what_paused_resumes(hall):
    refused(hall, "no such ballot", ANA, PauseBallot(BallotId(1)))
    open_yes_no(hall)
    refused(hall, "has not stopped", ANA, ResumeBallot(BallotId(1)))


# Closing


def test_closing_tells_sums_and_who_voted_and_nothing_that_joins_the_two(hall):
    closed, released = voted_out(hall, yes=4, no=2, abstain=1)
    assert (released.cast, released.spoiled, released.sums, released.patterns) == (7, 0, (4, 2, 1), ())
    assert hall.one().voted == ROLL[:7]
    assert closed.commitment == ballots.commitment(released)
    assert closed.at == hall.now
    assert released.until == hall.now + 7 * DAY


@pytest.mark.parametrize("change", [{"sums": (2, 4, 1)}, {"cast": 8}, {"nonce": "ee" * 16}, {"spoiled": 1}])
def test_a_release_other_than_the_committed_one_shows(hall, change):
    closed, released = voted_out(hall, yes=4, no=2, abstain=1)
    assert ballots.commitment(replace(released, **change)) != closed.commitment


def test_from_ten_ballots_on_patterns_are_shown_sorted(hall):
    _, released = voted_out(hall, yes=3, no=7, abstain=1)
    assert released.patterns == ((YES, 3), (NO, 7), (ABSTAIN, 1))


def test_beyond_five_options_only_sums_are_shown(hall):
    open_approval(hall, tuple(Words({"en": f"Soup {number}"}) for number in range(6)))
    for who in ROLL:
        hall.vote(who, (1, 2))
    released = hall.by(CEM, CloseBallot(BallotId(1)))[1]
    assert (released.sums, released.patterns) == ((12, 12, 0, 0, 0, 0, 0), ())


def test_approving_nothing_counts_as_taking_part(hall):
    open_approval(hall)
    for who, choice in zip(ROLL, [(1,), (1, 2), NONE], strict=False):
        hall.vote(who, choice)
    hall.now = hall.one().closes
    released = hall.hub(CloseBallot(BallotId(1)))[1]
    assert released.sums == (2, 1, 0, 1)
    hall.now = released.until
    assert hall.hub(CertifyBallot(BallotId(1)))[0].quorum_met


def test_what_cannot_be_read_is_spoiled_and_said(hall):
    open_yes_no(hall)
    hall.now = hall.one().closes
    struck = ballots.bitmap([True] * 5 + [False] * 7)
    emptied = Emptied(struck, 5, [YES, YES, (9,)], "cd" * 16)
    _, released = hall.by(None, CloseBallot(BallotId(1)), clockwork=True, emptied=emptied)
    assert (released.cast, released.spoiled, released.sums) == (5, 3, (2, 0, 0))


@pytest.mark.parametrize("emptied", [Emptied("8000", 1, [YES, NO], ""), Emptied("00000080", 1, [YES], "")])
def test_a_box_that_the_roll_cannot_explain_is_our_fault(hall, emptied):
    open_yes_no(hall)
    hall.now = hall.one().closes
    with pytest.raises(ValueError, match=r"box|roll"):
        hall.by(None, CloseBallot(BallotId(1)), clockwork=True, emptied=emptied)


def test_a_ballot_closes_early_only_when_everybody_has_voted(hall):
    open_yes_no(hall)
    for who in ROLL[:-1]:
        hall.vote(who, YES)
    refused(hall, "closes by itself", ANA, CloseBallot(BallotId(1)))
    hall.vote(ROLL[-1], NO)
    assert isinstance(hall.by(BEN, CloseBallot(BallotId(1)))[0], BallotClosed)


def test_a_closed_ballot_does_not_close_again(hall):
    voted_out(hall, yes=3)
    with pytest.raises(Refusal, match="not open"):
        hall.hub(CloseBallot(BallotId(1)))


def test_only_a_ballot_that_is_there_and_secret_closes(hall):
    refused(hall, "no such ballot", ANA, CloseBallot(BallotId(1)))
    hall.by(CEM, OpenHandCount(POT))
    refused(hall, "no such ballot", ANA, CloseBallot(BallotId(1)))


def test_time_brings_closing_then_certifying(hall):
    open_yes_no(hall)
    assert ballots.due(hall.state, NOW) == ballots.Due((), ())
    hall.now = hall.one().closes
    assert ballots.due(hall.state, hall.now).close == (1,)
    hall.hub(CloseBallot(BallotId(1)))
    assert ballots.due(hall.state, hall.now) == ballots.Due((), ())
    assert ballots.due(hall.state, Millis(hall.now + 7 * DAY)).certify == (1,)


def test_days_of_rest_do_not_count(hall):
    open_yes_no(hall)
    hall.rests = (
        (Millis(NOW + 2 * DAY), Millis(NOW + 5 * DAY)),
        (Millis(NOW + 4 * DAY), Millis(NOW + 6 * DAY)),
    )
    assert ballots.deadline(hall.one(), hall.rests) == NOW + 11 * DAY
    hall.now = Millis(NOW + 8 * DAY)
    hall.vote(ANA, YES)
    assert ballots.due(hall.state, hall.now, hall.rests).close == ()


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=6),
    st.integers(1, 100),
)
def test_a_deadline_never_falls_into_a_rest_and_the_open_time_is_kept(spans, length):
    rests = tuple((Millis(begin), Millis(begin + days)) for begin, days in spans)
    ballot = replace(_a_ballot(), opens=Millis(50), closes=Millis(50 + length))
    end = ballots.deadline(ballot, rests)
    resting = {moment for begin, until in rests for moment in range(begin, until)}
    assert sum(1 for moment in range(50, end) if moment not in resting) == length


def _a_ballot():
    hall = Hall()
    open_yes_no(hall)
    return hall.one()


@given(st.lists(st.booleans(), max_size=40))
def test_roll_marks_come_back_from_their_bitmap(struck):
    assert ballots.marked(ballots.bitmap(struck)) == tuple(place for place, mark in enumerate(struck) if mark)


@given(
    st.lists(st.sampled_from([YES, NO, ABSTAIN, None]), min_size=12, max_size=12),
    st.permutations(range(12)),
)
def test_neither_the_order_of_voting_nor_who_said_what_changes_what_the_log_learns(said, order):
    def evening(sequence):
        hall = Hall()
        open_yes_no(hall)
        for place in sequence:
            if said[place] is not None:
                hall.vote(ROLL[place], said[place])
        hall.now = hall.one().closes
        return hall.hub(CloseBallot(BallotId(1)))

    assert evening(order) == evening(range(12))


# The result


def test_without_objection_the_hub_certifies_in_its_time(hall):
    released = voted_out(hall, yes=4, no=2, abstain=1)[1]
    hall.now = released.until
    assert hall.hub(CertifyBallot(BallotId(1))) == [BallotCertified(BallotId(1), True, 0, True, BUY, None)]
    assert hall.one().phase is Phase.CERTIFIED


def test_without_quorum_nothing_passes(hall):
    released = voted_out(hall, yes=2)[1]
    hall.now = released.until
    certified = hall.hub(CertifyBallot(BallotId(1)))[0]
    assert (certified.passed, certified.quorum_met) == (False, False)


def test_a_tie_does_not_pass(hall):
    released = voted_out(hall, yes=3, no=3, abstain=4)[1]
    hall.now = released.until
    assert not hall.hub(CertifyBallot(BallotId(1)))[0].passed


def test_of_equally_approved_options_the_printed_lots_decide(hall):
    open_approval(hall)
    for who, choice in zip(ROLL, [(1,), (1, 2), (2,)], strict=False):
        hall.vote(who, choice)
    hall.now = hall.one().closes
    hall.hub(CloseBallot(BallotId(1)))
    hall.now = hall.one().until
    assert hall.hub(CertifyBallot(BallotId(1)))[0].winner == 2


def test_when_none_of_these_is_said_most_nobody_wins(hall):
    open_approval(hall)
    for who, choice in zip(ROLL, [(1,), NONE, NONE], strict=False):
        hall.vote(who, choice)
    hall.now = hall.one().closes
    hall.hub(CloseBallot(BallotId(1)))
    hall.now = hall.one().until
    certified = hall.hub(CertifyBallot(BallotId(1)))[0]
    assert (certified.winner, certified.passed, certified.quorum_met) == (0, False, True)


def test_nobody_certifies_but_the_hub_and_not_before_time(hall):
    released = voted_out(hall, yes=4)[1]
    with pytest.raises(Refusal, match="by itself"):
        hall.hub(CertifyBallot(BallotId(1)))
    hall.now = released.until
    refused(hall, "by itself", ANA, CertifyBallot(BallotId(1)))
    with pytest.raises(Refusal, match="by itself"):
        hall.hub(CertifyBallot(BallotId(7)))


def test_an_objection_holds_the_result_until_a_meeting_decides(hall):
    released = voted_out(hall, yes=4)[1]
    objected = hall.by(BEN, ObjectToBallot(BallotId(1), Words({"en": "The kiosk was off."})))
    assert objected == [BallotObjected(BallotId(1), BEN, Words({"en": "The kiosk was off."}))]
    hall.now = released.until
    with pytest.raises(Refusal, match="by itself"):
        hall.hub(CertifyBallot(BallotId(1)))
    settled = hall.by(ANA, SettleObjection(BallotId(1), DECISION, certify=True))
    assert settled == [BallotCertified(BallotId(1), True, 0, True, BUY, DECISION)]


def test_a_meeting_may_annul(hall):
    voted_out(hall, yes=4)
    hall.by(BEN, ObjectToBallot(BallotId(1), Words({"en": "The kiosk was off."})))
    settled = hall.by(ANA, SettleObjection(BallotId(1), DECISION, certify=False))
    assert settled == [BallotAnnulled(BallotId(1), Why.OBJECTION, (), DECISION)]
    assert hall.one().phase is Phase.ANNULLED


def test_one_objects_once_with_a_reason_and_in_time(hall):
    reason = Words({"en": "The kiosk was off."})
    refused(hall, "once a ballot has closed", BEN, ObjectToBallot(BallotId(1), reason))
    voted_out(hall, yes=4)
    refused(hall, "write a few words", BEN, ObjectToBallot(BallotId(1), Words({})))
    hall.by(BEN, ObjectToBallot(BallotId(1), reason))
    refused(hall, "objected already", BEN, ObjectToBallot(BallotId(1), reason))
    hall.now = hall.one().until
    refused(hall, "days for objections are over", CEM, ObjectToBallot(BallotId(1), reason))


def test_settling_takes_an_objection_and_a_recorded_decision(hall):
    voted_out(hall, yes=4)
    refused(hall, "Nobody has objected", ANA, SettleObjection(BallotId(1), DECISION, certify=True))
    hall.by(BEN, ObjectToBallot(BallotId(1), Words({"en": "The kiosk was off."})))
    refused(hall, "in the minutes first", ANA, SettleObjection(BallotId(1), DecisionId(1), certify=True))


# Specimens and what is taken back


def test_a_specimen_is_counted_but_never_certified_as_real(hall):
    hall.ephemeral = True
    assert open_yes_no(hall).specimen
    hall.now = hall.one().closes
    hall.hub(CloseBallot(BallotId(1)))
    hall.now = Millis(NOW + 400 * DAY)
    assert ballots.due(hall.state, hall.now) == ballots.Due((), ())
    with pytest.raises(Refusal, match="by itself"):
        hall.hub(CertifyBallot(BallotId(1)))


def test_not_even_a_meeting_makes_a_specimen_real(hall):
    voted_out(hall, yes=4, specimen=True)
    hall.by(BEN, ObjectToBallot(BallotId(1), Words({"en": "Is this real?"})))
    refused(hall, "an example", ANA, SettleObjection(BallotId(1), DECISION, certify=True))


def test_who_opened_a_question_takes_it_back_with_a_second_member(hall):
    open_yes_no(hall)
    refused(hall, "takes two members", ANA, AnnulBallot(BallotId(1)))
    assert hall.by(BEN, AnnulBallot(BallotId(1)), second=ANA)[0] == BallotAnnulled(
        BallotId(1), Why.WITHDRAWN, (BEN, ANA), None
    )
    refused(hall, "no such ballot", ANA, AnnulBallot(BallotId(1)), second=BEN)


def test_two_others_cannot_take_a_question_back(hall):
    hall.steward = None
    open_yes_no(hall)
    refused(hall, "Who opened it", BEN, AnnulBallot(BallotId(1)), second=CEM)


def test_only_the_hub_says_that_a_box_is_lost(hall):
    open_yes_no(hall)
    refused(hall, "by itself", ANA, AnnulBallot(BallotId(1), Why.BOX_LOST), second=BEN)
    assert hall.hub(AnnulBallot(BallotId(1), Why.BOX_LOST))[0].by == ()
    assert ballots.secret_open(hall.state) == {}


def test_open_and_paused_ballots_need_a_box_hands_do_not(hall):
    open_yes_no(hall)
    hall.by(CEM, OpenHandCount(POT))
    hall.by(ANA, PauseBallot(BallotId(1)))
    assert ballots.secret_open(hall.state) == {1: ROLL}


# Circles, and what a line of the log holds


def test_results_are_for_all_and_who_voted_for_members(hall):
    opened = open_yes_no(hall)
    for who in ROLL[:4]:
        hall.vote(who, YES)
    hall.now = hall.one().closes
    closed, released = hall.hub(CloseBallot(BallotId(1)))
    circles = [ballots.circle_of(hall.state, fact) for fact in (opened, closed, released)]
    assert circles == [Circle.FEDERATION, Circle.MEMBERS, Circle.FEDERATION]
    assert not BallotClosed.STREET
    assert BallotReleased.STREET


def test_questions_about_people_and_specimens_stay_in_the_house(hall):
    recall = Effect(Consequence.RECALL, "facilitator", member=BEN)
    opened = hall.by(CEM, OpenHandCount(POT, recall, MEETING))[0]
    assert ballots.circle_of(hall.state, opened) is Circle.ROOM
    example = open_yes_no(hall, specimen=True)
    assert ballots.circle_of(hall.state, example) is Circle.ROOM


def test_a_first_count_is_for_no_eyes_before_the_second(hall):
    hall.by(CEM, OpenHandCount(POT))
    counted = hall.by(ANA, EnterCount(BallotId(1), 7, 2, 1))[0]
    assert ballots.circle_of(hall.state, counted) is Circle.CONCERNED


def test_every_fact_survives_the_way_through_the_log(hall):
    facts = [open_approval(hall)]
    for who in ROLL:
        hall.vote(who, (1, 3))
    facts += hall.by(BEN, CloseBallot(BallotId(1)))
    facts += hall.by(BEN, ObjectToBallot(BallotId(1), Words({"en": "The kiosk was off."})))
    facts += hall.by(ANA, SettleObjection(BallotId(1), DECISION, certify=True))
    facts += hall.by(CEM, OpenHandCount(POT))
    facts += hall.by(ANA, EnterCount(BallotId(2), 7, 2, 1))
    facts += hall.by(BEN, EnterCount(BallotId(2), 7, 2, 0))
    for fact in facts:
        assert msgspec.json.decode(msgspec.json.encode(fact), type=type(fact)) == fact
