"""The roster reads like the one on the wall: who holds what, since when, until when, and where there is a gap."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import Articles
from hub.domain.base import (
    BALLOT_STEWARD,
    DAY,
    FACILITATOR,
    LEDGER_KEEPER,
    MINUTE_TAKER,
    ROLES,
    Actor,
    Consequence,
    Context,
    Effect,
    Refusal,
    Tier,
    Words,
)
from hub.domain.roles import (
    ENDS_SOON,
    MOST_ROLES,
    CloseRole,
    ConfirmTrained,
    CreateRole,
    EndTerms,
    HandOver,
    Learn,
    PetitionRecall,
    RecallReached,
    RoleEnded,
    State,
    StepDown,
    StopLearning,
    TakeRole,
    UnsignRecall,
    Why,
    check,
    decide,
    due,
    enact_appointment,
    enact_recall,
    ending,
    evolve,
    gaps,
    holder,
    roles_of,
    unconfirmed,
    vacate,
)

NOW = 1_900_000_000_000
MEMBERS = {"ana", "ben", "cem", "dua", "eli", "fay", "gus", "hal", "ivo", "jun"}
CHILDREN = {"jun"}


def words(text):
    return Words({"en": text})


@dataclass
class Wall:
    """The roles of one house of ten."""

    state: State = field(default_factory=State)
    now: int = NOW
    articles: Articles = field(default_factory=Articles)
    forming: bool = False

    def context(self, who="", *, tier=Tier.PIN, second=None, clockwork=False):
        return Context(
            Actor(who, tier) if who else Actor(),
            self.now,
            self.articles,
            second=Actor(second, Tier.CARD) if second else None,
            forming=self.forming,
            clockwork=clockwork,
        )

    def by(self, who, request, **more):
        named = getattr(request, "to", getattr(request, "member", None))
        facts = decide(
            self.state,
            request,
            self.context(who, **more),
            belongs=named in MEMBERS,
            active=len(MEMBERS),
            voter=who not in CHILDREN,
            decided=getattr(request, "decision", None) == 4,
        )
        return self.hear(facts)

    def hear(self, facts):
        for fact in facts:
            self.state = evolve(self.state, fact)
        return facts

    def appoint(self, who, role=LEDGER_KEEPER, **more):
        effect = Effect(Consequence.APPOINT, role, member=who)
        return self.hear(enact_appointment(self.state, effect, self.context(), 4, **more))

    def recall(self, who, role=LEDGER_KEEPER):
        return self.hear(enact_recall(self.state, Effect(Consequence.RECALL, role, member=who)))

    def tick(self):
        for request in due(self.state, self.now):
            self.by("", request, clockwork=True)

    def teach(self, keeper, *others, role=LEDGER_KEEPER):
        for other in others:
            self.by(other, Learn(role))
            self.by(keeper, ConfirmTrained(role, other))

    def page(self):
        """Who holds what and for how many days more; those not confirmed with a question mark."""
        held = []
        for name, role in sorted(self.state.roles.items()):
            member = holder(self.state, name, self.now)
            if member:
                held.append(f"{name} {member}{'?' * role.provisional} {(role.until - self.now) // DAY}")
        return " | ".join(held)


def refused(wall, who, request, **more):
    before = wall.state
    with pytest.raises(Refusal) as no:
        wall.by(who, request, **more)
    assert wall.state == before
    return str(no.value)


# The forming season


def test_at_the_beginning_any_member_takes_a_free_role_for_now():
    wall = Wall(forming=True)
    wall.by("ana", TakeRole(LEDGER_KEEPER), tier=Tier.CARD)
    assert wall.page() == "ledger_keeper ana? 90"
    assert unconfirmed(wall.state, NOW) == [LEDGER_KEEPER]
    assert gaps(wall.state, NOW) == sorted(set(ROLES) - {LEDGER_KEEPER})


def test_at_the_beginning_one_person_may_do_two_things():
    wall = Wall(forming=True)
    wall.by("ana", TakeRole(LEDGER_KEEPER))
    wall.by("ana", TakeRole(FACILITATOR))
    assert roles_of(wall.state, "ana", NOW) == {LEDGER_KEEPER, FACILITATOR}


def test_a_show_of_hands_confirms_who_took_a_role():
    wall = Wall(forming=True)
    wall.by("ana", TakeRole(LEDGER_KEEPER))
    wall.now += 10 * DAY
    (fact,) = wall.appoint("ana")
    assert (fact.outside, fact.decision) == ((), 4)
    assert wall.page() == "ledger_keeper ana 90"


def test_a_role_somebody_holds_is_not_taken():
    wall = Wall(forming=True)
    wall.by("ana", TakeRole(LEDGER_KEEPER))
    assert "Somebody holds this role" in refused(wall, "ben", TakeRole(LEDGER_KEEPER))


def test_after_the_beginning_roles_are_not_taken_but_given():
    assert "An assembly or a vote fills" in refused(Wall(), "ana", TakeRole(LEDGER_KEEPER))


def test_a_child_learns_a_role_and_does_not_hold_it():
    wall = Wall(forming=True)
    assert "voting age" in refused(wall, "jun", TakeRole(FACILITATOR))
    wall.by("jun", Learn(FACILITATOR))
    assert wall.state.roles[FACILITATOR].learning == {"jun"}


def test_after_a_whole_term_somebody_else_takes_it():
    wall = Wall(forming=True, articles=replace(Articles(), term_days=7))
    wall.by("ana", TakeRole(FACILITATOR))
    wall.now += 7 * DAY
    wall.tick()
    assert "somebody else's turn" in refused(wall, "ana", TakeRole(FACILITATOR))
    wall.by("ben", TakeRole(FACILITATOR))
    wall.by("ben", StepDown(FACILITATOR))
    wall.by("ana", TakeRole(FACILITATOR))
    assert wall.page() == "facilitator ana? 7"


@pytest.mark.parametrize(
    "request_",
    [
        TakeRole("king"),
        StepDown("king"),
        HandOver("king", "ben"),
        Learn("king"),
        StopLearning("king"),
        ConfirmTrained("king", "ben"),
        PetitionRecall("king", words("Because")),
        UnsignRecall("king"),
        CloseRole("king", 4),
    ],
)
def test_there_is_no_such_role(request_):
    assert "no such role" in refused(Wall(forming=True), "ana", request_)


@pytest.mark.parametrize(
    "request_",
    [
        TakeRole(FACILITATOR),
        StepDown(FACILITATOR),
        HandOver(FACILITATOR, "ben"),
        Learn(FACILITATOR),
        StopLearning(FACILITATOR),
        ConfirmTrained(FACILITATOR, "ben"),
        PetitionRecall(FACILITATOR, words("Because")),
        UnsignRecall(FACILITATOR),
        CreateRole(words("Gardener"), words("The herbs")),
        CloseRole(FACILITATOR),
    ],
)
def test_without_a_card_nobody_does_anything_about_roles(request_):
    wall = Wall()
    wall.appoint("ana", FACILITATOR)
    wall.forming = True
    if isinstance(request_, TakeRole):
        wall.state = State()
    assert "member card" in refused(wall, "", request_)


# Terms


def test_a_decision_fills_a_role_for_a_term():
    wall = Wall()
    wall.appoint("ana")
    assert wall.page() == "ledger_keeper ana 90"
    assert roles_of(wall.state, "ana", NOW) == {LEDGER_KEEPER}


def test_a_term_ends_by_itself_with_notice_before():
    wall = Wall()
    wall.appoint("ana")
    wall.now = NOW + 90 * DAY - ENDS_SOON
    assert ending(wall.state, wall.now - 1) == []
    assert ending(wall.state, wall.now) == [LEDGER_KEEPER]
    wall.now = NOW + 90 * DAY
    assert holder(wall.state, LEDGER_KEEPER, wall.now) is None
    assert ending(wall.state, wall.now) == []
    assert list(due(wall.state, wall.now - 1)) == []
    wall.tick()
    assert list(due(wall.state, wall.now)) == []
    assert LEDGER_KEEPER in gaps(wall.state, wall.now)


def test_only_the_hub_ends_terms():
    wall = Wall()
    wall.appoint("ana")
    assert "Terms end by themselves" in refused(wall, "ben", EndTerms())


def test_whoever_is_appointed_follows_who_held_the_role():
    wall = Wall()
    wall.appoint("ana")
    wall.now += 30 * DAY
    ended, filled = wall.appoint("ben")
    assert (ended.member, ended.why, filled.outside) == ("ana", Why.REPLACED, ())
    assert wall.page() == "ledger_keeper ben 90"


def test_following_oneself_after_a_whole_term_is_recorded_and_marked():
    wall = Wall()
    wall.appoint("ana")
    wall.now += 90 * DAY
    wall.tick()
    assert wall.appoint("ana")[0].outside == ("rotation",)


def test_a_term_made_longer_before_it_ends_is_marked_too():
    wall = Wall()
    wall.appoint("ana")
    wall.now += 80 * DAY
    assert wall.appoint("ana")[0].outside == ("rotation",)
    assert wall.page() == "ledger_keeper ana 90"


def test_whoever_had_a_pause_comes_back_unmarked():
    wall = Wall()
    wall.appoint("ana")
    wall.now += 90 * DAY
    wall.tick()
    wall.appoint("ben")
    wall.by("ben", StepDown(LEDGER_KEEPER))
    assert wall.appoint("ana")[0].outside == ()


def test_two_of_the_four_roles_in_one_hand_are_marked_except_at_the_beginning():
    wall = Wall()
    wall.appoint("ana")
    assert wall.appoint("ana", FACILITATOR)[0].outside == ("rotation",)
    wall.forming = True
    assert wall.appoint("ana", MINUTE_TAKER)[0].outside == ()


def test_a_house_without_rotation_marks_nothing():
    wall = Wall(articles=replace(Articles(), rotation=False))
    wall.appoint("ana")
    wall.appoint("ana", FACILITATOR)
    wall.now += 90 * DAY
    wall.tick()
    assert wall.appoint("ana")[0].outside == ()


def test_an_appointment_the_hub_cannot_act_on_changes_nothing():
    wall = Wall()
    assert wall.appoint("zoe", belongs=False) == []
    assert wall.appoint("ana", "king") == []
    assert wall.appoint(None) == []


def test_an_effect_must_name_a_role_of_this_hub():
    check(State(), Effect(Consequence.APPOINT, FACILITATOR, member="ana"))
    with pytest.raises(Refusal, match="no such role"):
        check(State(), Effect(Consequence.APPOINT, "king", member="ana"))


# Laying down and handing over


def test_anyone_may_step_down_today_and_the_gap_shows():
    wall = Wall()
    wall.appoint("ana")
    (fact,) = wall.by("ana", StepDown(LEDGER_KEEPER), tier=Tier.CARD)
    assert fact == RoleEnded(LEDGER_KEEPER, "ana", Why.STEPPED_DOWN)
    assert LEDGER_KEEPER in gaps(wall.state, NOW)


def test_nobody_lays_down_what_another_holds():
    wall = Wall()
    wall.appoint("ana")
    for request in (StepDown(LEDGER_KEEPER), HandOver(LEDGER_KEEPER, "cem"), ConfirmTrained(LEDGER_KEEPER, "cem")):
        assert "do not hold" in refused(wall, "ben", request)


def test_the_book_is_handed_over_after_teaching_others_for_the_rest_of_the_term():
    wall = Wall()
    wall.appoint("ana")
    wall.now += 30 * DAY
    assert "teach 2 others; so far you taught 0" in refused(wall, "ana", HandOver(LEDGER_KEEPER, "ben"), second="ben")
    wall.teach("ana", "ben", "cem")
    wall.by("ana", HandOver(LEDGER_KEEPER, "ben"), second="ben")
    assert wall.page() == "ledger_keeper ben? 60"


def test_the_next_keeper_teaches_two_again_even_those_who_can():
    wall = Wall()
    wall.appoint("ana")
    wall.teach("ana", "ben", "cem")
    wall.by("ana", HandOver(LEDGER_KEEPER, "ben"), second="ben")
    assert "so far you taught 0" in refused(wall, "ben", HandOver(LEDGER_KEEPER, "cem"), second="cem")
    wall.by("ben", ConfirmTrained(LEDGER_KEEPER, "cem"))
    wall.teach("ben", "dua")
    wall.by("ben", HandOver(LEDGER_KEEPER, "dua"), second="dua")
    assert wall.page() == "ledger_keeper dua? 90"


def test_the_book_goes_to_somebody_who_can_keep_it():
    wall = Wall()
    wall.appoint("ana")
    wall.teach("ana", "ben", "cem")
    assert "Choose somebody who can" in refused(wall, "ana", HandOver(LEDGER_KEEPER, "dua"), second="dua")


def test_other_roles_are_handed_over_without_lessons():
    wall = Wall()
    wall.appoint("ana", FACILITATOR)
    wall.by("ana", HandOver(FACILITATOR, "ben"), second="ben")
    assert wall.page() == "facilitator ben? 90"


def test_nobody_is_given_a_role_without_a_yes():
    wall = Wall()
    wall.appoint("ana", FACILITATOR)
    for second in (None, "cem", "ana"):
        assert "without a yes" in refused(wall, "ana", HandOver(FACILITATOR, "ben"), second=second)


@pytest.mark.parametrize("to", ["ana", "zoe"])
def test_a_role_goes_to_another_member(to):
    wall = Wall()
    wall.appoint("ana", FACILITATOR)
    assert "Choose another member" in refused(wall, "ana", HandOver(FACILITATOR, to), second=to)


def test_a_role_is_not_handed_to_somebody_who_has_one():
    wall = Wall()
    wall.appoint("ana", FACILITATOR)
    wall.appoint("ben", BALLOT_STEWARD)
    assert "one of the four" in refused(wall, "ana", HandOver(FACILITATOR, "ben"), second="ben")
    wall.articles = replace(Articles(), rotation=False)
    wall.by("ana", HandOver(FACILITATOR, "ben"), second="ben")


def test_a_term_that_has_run_out_is_not_handed_over():
    wall = Wall()
    wall.appoint("ana", FACILITATOR)
    wall.now += 90 * DAY
    assert "do not hold" in refused(wall, "ana", HandOver(FACILITATOR, "ben"), second="ben")


# Learning


def test_a_member_learns_and_is_taught():
    wall = Wall()
    wall.appoint("ana")
    wall.teach("ana", "ben")
    assert wall.state.roles[LEDGER_KEEPER].trained == {"ben"}
    assert "learn this role already" in refused(wall, "ben", Learn(LEDGER_KEEPER))
    assert "learn this role already" in refused(wall, "ana", Learn(LEDGER_KEEPER))


def test_only_who_wants_to_learn_is_said_to_be_able():
    wall = Wall()
    wall.appoint("ana")
    assert "first say themselves" in refused(wall, "ana", ConfirmTrained(LEDGER_KEEPER, "ben"))
    wall.teach("ana", "ben")
    assert "said so already" in refused(wall, "ana", ConfirmTrained(LEDGER_KEEPER, "ben"))


def test_learning_may_stop():
    wall = Wall()
    wall.appoint("ana")
    wall.teach("ana", "ben")
    wall.by("ben", StopLearning(LEDGER_KEEPER))
    assert wall.state.roles[LEDGER_KEEPER].trained == frozenset()
    assert "not learning" in refused(wall, "ben", StopLearning(LEDGER_KEEPER))


# Recall


def sign(wall, *members, reason="The book was closed for a month", role=LEDGER_KEEPER):
    return [fact for who in members for fact in wall.by(who, PetitionRecall(role, words(reason)))]


def test_enough_open_signatures_bring_a_recall_to_the_vote():
    wall = Wall(articles=replace(Articles(), recall_petition=Fraction(3, 10)))
    wall.appoint("ana")
    facts = sign(wall, "ben", "cem", "dua")
    assert [fact.KIND for fact in facts] == [
        "recall.petitioned",
        "recall.supported",
        "recall.supported",
        "recall.reached",
    ]
    assert facts[-1] == RecallReached(LEDGER_KEEPER, "ana", NOW + 14 * DAY)
    assert [fact.KIND for fact in sign(wall, "eli")] == ["recall.supported"]


def test_in_a_small_house_the_first_signature_may_be_enough():
    wall = Wall()
    wall.appoint("ana")
    assert [fact.KIND for fact in sign(wall, "ben")] == ["recall.petitioned", "recall.reached"]


def test_a_recall_is_asked_for_with_a_reason_of_somebody_else_who_holds_a_role():
    wall = Wall(articles=replace(Articles(), recall_petition=Fraction(1, 2)))
    assert "Nobody holds" in refused(wall, "ben", PetitionRecall(LEDGER_KEEPER, words("Because")))
    wall.appoint("ana")
    assert "few words" in refused(wall, "ben", PetitionRecall(LEDGER_KEEPER, words(" ")))
    assert "step down today" in refused(wall, "ana", PetitionRecall(LEDGER_KEEPER, words("I am tired")))
    assert "voting age" in refused(wall, "jun", PetitionRecall(LEDGER_KEEPER, words("Because")))
    sign(wall, "ben")
    assert "signed this already" in refused(wall, "ben", PetitionRecall(LEDGER_KEEPER, words("Because")))


def test_a_name_may_come_off_again():
    wall = Wall(articles=replace(Articles(), recall_petition=Fraction(3, 10)))
    wall.appoint("ana")
    sign(wall, "ben", "cem")
    wall.by("ben", UnsignRecall(LEDGER_KEEPER))
    assert wall.state.roles[LEDGER_KEEPER].petition == {"cem"}
    assert "not on this petition" in refused(wall, "ben", UnsignRecall(LEDGER_KEEPER))
    assert "recall.reached" not in [fact.KIND for fact in sign(wall, "dua")]


def test_a_recall_is_in_force_at_once_and_clears_the_petition():
    wall = Wall()
    wall.appoint("ana")
    sign(wall, "ben")
    assert wall.recall("ana") == [RoleEnded(LEDGER_KEEPER, "ana", Why.RECALLED)]
    assert wall.page() == ""
    assert wall.state.roles[LEDGER_KEEPER].petition == frozenset()


def test_a_recall_of_somebody_who_holds_it_no_longer_changes_nothing():
    wall = Wall()
    wall.appoint("ana")
    wall.appoint("ben")
    assert wall.recall("ana") == wall.recall("ben", FACILITATOR) == wall.recall("ben", "king") == []


def test_after_the_days_for_the_vote_a_new_petition_may_begin():
    wall = Wall()
    wall.appoint("ana")
    sign(wall, "ben")
    assert [fact.KIND for fact in sign(wall, "cem")] == ["recall.supported"]
    wall.now += 14 * DAY
    facts = sign(wall, "ben")
    assert [fact.KIND for fact in facts] == ["recall.petitioned", "recall.reached"]
    assert wall.state.roles[LEDGER_KEEPER].petition == {"ben"}


# Leaving


def test_who_left_or_died_leaves_gaps_and_stands_on_nothing_open():
    wall = Wall(articles=replace(Articles(), recall_petition=Fraction(1, 2)))
    wall.appoint("ana")
    wall.appoint("ben", FACILITATOR)
    wall.by("ben", Learn(MINUTE_TAKER))
    sign(wall, "ben")
    wall.hear(vacate(wall.state, "ben"))
    assert wall.page() == "ledger_keeper ana 90"
    assert wall.state.roles[LEDGER_KEEPER].petition == frozenset()
    assert wall.state.roles[MINUTE_TAKER].learning == frozenset()
    assert vacate(wall.state, "ben") == []


# Roles of this house's own


def test_an_assembly_creates_a_role_and_fills_it():
    wall = Wall()
    assert "An assembly decides this" in refused(wall, "ben", CreateRole(words("Gardener"), words("The herbs")))
    (fact,) = wall.by("ben", CreateRole(words(" Gardener "), words("The herbs"), 4))
    assert (fact.role, fact.title, fact.decision) == ("role_1", {"en": "Gardener"}, 4)
    wall.appoint("ben", fact.role)
    assert wall.page() == "role_1 ben 90"
    assert wall.appoint("ben", LEDGER_KEEPER)[0].outside == ()


def test_at_the_beginning_any_member_creates_a_role():
    wall = Wall(forming=True)
    (fact,) = wall.by("ben", CreateRole(words("Gardener"), words("The herbs"), 9))
    assert fact.decision is None


def test_a_role_has_a_name_and_a_purpose_and_there_are_not_too_many():
    wall = Wall(forming=True)
    assert "few words" in refused(wall, "ben", CreateRole(words(""), words("The herbs")))
    assert "few words" in refused(wall, "ben", CreateRole(words("Gardener"), words("")))
    while len(wall.state.roles) < MOST_ROLES:
        wall.by("ben", CreateRole(words("More"), words("To do")))
    assert f"{MOST_ROLES} roles" in refused(wall, "ben", CreateRole(words("More"), words("To do")))


def test_a_created_role_is_closed_and_its_code_never_given_again():
    wall = Wall()
    for _ in range(2):
        wall.by("ben", CreateRole(words("Gardener"), words("The herbs"), 4))
    wall.appoint("ben", "role_2")
    assert "An assembly decides this" in refused(wall, "ben", CloseRole("role_2"))
    ended, _ = wall.by("ana", CloseRole("role_2", 4))
    assert (ended.member, ended.why) == ("ben", Why.CLOSED)
    (fact,) = wall.by("ben", CreateRole(words("Beekeeper"), words("The bees"), 4))
    assert fact.role == "role_3"


def test_the_four_roles_stay():
    assert "so it stays" in refused(Wall(), "ben", CloseRole(FACILITATOR, 4))


# The laws of the roster

PEOPLE = st.sampled_from(sorted(MEMBERS))
NAMES = st.sampled_from(ROLES)
STEPS = st.one_of(
    st.builds(lambda who, role: (who, TakeRole(role)), PEOPLE, NAMES),
    st.builds(lambda who, role: (who, StepDown(role)), PEOPLE, NAMES),
    st.builds(lambda who, role: (who, Learn(role)), PEOPLE, NAMES),
    st.builds(lambda who, role, to: (who, ConfirmTrained(role, to)), PEOPLE, NAMES, PEOPLE),
    st.builds(lambda who, role, to: (who, HandOver(role, to)), PEOPLE, NAMES, PEOPLE),
    st.builds(lambda who, role: (who, PetitionRecall(role, words("Because"))), PEOPLE, NAMES),
    st.builds(lambda who, role: (who, Effect(Consequence.APPOINT, role, member=who)), PEOPLE, NAMES),
    st.builds(lambda who, role: (who, Effect(Consequence.RECALL, role, member=who)), PEOPLE, NAMES),
    st.integers(1, 60),
)


@given(st.lists(STEPS, max_size=30), st.booleans())
def test_whatever_happens_a_role_has_one_holder_and_nobody_stands_against_nobody(steps, forming):
    wall = Wall(forming=forming)
    for step in steps:
        if isinstance(step, int):
            wall.now += step * DAY
            wall.tick()
            continue
        who, request = step
        try:
            if isinstance(request, Effect):
                enact = wall.appoint if request.consequence is Consequence.APPOINT else wall.recall
                enact(who, request.name)
            else:
                wall.by(who, request, second=getattr(request, "to", None))
        except Refusal:
            continue
        for name, role in wall.state.roles.items():
            assert (role.member is None) <= (not role.petition)
            assert role.member not in role.learning
            assert role.taught <= role.trained
            assert role.until - wall.now <= 90 * DAY
            assert holder(wall.state, name, wall.now) in {role.member, None}
        held = {name for who_ in MEMBERS for name in roles_of(wall.state, who_, wall.now)}
        assert held == set(wall.state.roles) - set(gaps(wall.state, wall.now))
