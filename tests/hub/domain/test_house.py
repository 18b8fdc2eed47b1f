"""Where institutions meet: an evening in one house, and what follows elsewhere in the same breath."""

from dataclasses import dataclass, field
from fractions import Fraction

import pytest

from hub.domain import assemblies, house
from hub.domain.archive import Redact, WordsRedacted
from hub.domain.assemblies import (
    AddHubTopic,
    AddTopic,
    Because,
    CloseMeeting,
    ConvokeAssembly,
    MinuteDecision,
    OpenMeeting,
    SettleTopic,
)
from hub.domain.ballots import (
    BallotCertified,
    CertifyBallot,
    CloseBallot,
    Emptied,
    EnterCount,
    Method,
    OpenBallot,
    OpenHandCount,
    Opening,
    Phase,
    bitmap,
)
from hub.domain.base import (
    BALLOT_STEWARD,
    DAY,
    FACILITATOR,
    HOUR,
    LEDGER_KEEPER,
    MINUTE_TAKER,
    ROLES,
    Circle,
    Consequence,
    Effect,
    Refusal,
    Tier,
    Words,
)
from hub.domain.constitution import EndForming, Found, Line, SetClosure
from hub.domain.federation import AcceptNeighbour
from hub.domain.house import NOBODY, Asking, House, Person
from hub.domain.ledger import (
    CountTin,
    PostBudget,
    RecordMoney,
    came_in,
    unexplained,
    went_out,
)
from hub.domain.membership import (
    AskToJoin,
    Forget,
    Leave,
    MemberForgotten,
    MemberLeft,
    OpenEvening,
    RecordDeath,
    Rest,
    Return,
    Standing,
    Vouch,
    active,
    standing,
)
from hub.domain.needs import (
    LetGoNeed,
    MakeOffer,
    NeedLetGo,
    NeedWithdrawn,
    OfferWithdrawn,
    ReportNeed,
    Soon,
    TakeUpNeed,
    WidenNeed,
)
from hub.domain.needs import Sort as About
from hub.domain.roles import (
    CreateRole,
    EndTerms,
    HandOver,
    Learn,
    PetitionRecall,
    RecallUnsigned,
    RoleEnded,
    RoleLearningEnded,
    StepDown,
    TakeRole,
    Why,
    gaps,
    holder,
)
from hub.domain.signups import (
    OpenSignup,
    SignUp,
    SignUpGuest,
    SignupLeft,
    SignupMovedUp,
    Sort,
)

NOON = 1_900_000_000_000
ADULTS = ("ana", "ben", "cem", "dua", "eli")
CHILD = "jun"
FORMING = 60 * DAY
OURS, THEIRS = "ab" * 32, "cd" * 32


def words(text):
    return Words({"en": text})


@dataclass
class Kitchen:
    """One house, folded from what its people asked for, and a clock that goes when told."""

    house: House = field(default_factory=House)
    now: int = NOON
    told: list = field(default_factory=list)

    def by(self, who, request, second=None, *, tier=Tier.PIN, **more):
        """Somebody asks; all facts that follow, folded."""
        other = Person(second, tier) if second else NOBODY
        asking = Asking(Person(who, tier) if who else NOBODY, self.now, other, **more)
        facts, self.house = house.decide(self.house, request, asking)
        self.told += [(fact, house.audience(self.house, fact)) for fact in facts]
        return facts

    def due(self, *unseen):
        return list(house.due(self.house, self.now, unseen))

    def tick(self, *unseen):
        """What the hub does by itself now."""
        return [fact for request in self.due(*unseen) for fact in self.by("", request, clockwork=True)]

    def agenda(self):
        """What the next assembly speaks of, as on the wall."""
        topics = [self.house.assemblies.topics[number] for number in assemblies.agenda(self.house.assemblies)]
        return [f"{topic.because} {topic.article}".strip() for topic in topics]

    def meet(self, present=5):
        """An assembly, called in time; a visitor facilitates."""
        called = self.by("ana", ConvokeAssembly(self.now + 7 * DAY, words("Hall")), "ben")[0].assembly
        self.now += 7 * DAY
        self.by("ana", OpenMeeting(called, None, present), "ben")
        return called

    def decide_in(self, meeting, effect=None, **hands):
        """A decision of a meeting, unanimous by hands."""
        hands = hands or {"yes": 5}
        return self.by("ana", MinuteDecision(meeting, words("So be it"), effect=effect or Effect(), **hands), "ben")

    def raise_hands(self, effect, meeting=None, yes=5):
        """A show of hands up to the second teller, who counts later."""
        asked = self.by("ana", OpenHandCount(words("Shall we?"), effect, meeting))[0].ballot
        self.by(next(name for name in ADULTS if name != effect.member), EnterCount(asked, yes, 0, 0))
        return EnterCount(asked, yes, 0, 0)

    def open_ballot(self, **more):
        opening = Opening((), "00" * 16, "1")
        return self.by("ana", OpenBallot(Method.YES_NO, words("A ramp?"), **more), opening=opening)[0].ballot

    def close_ballot(self, ballot, *choices):
        voted = len(choices)
        roll = len(self.house.ballots.ballots[ballot].roll)
        struck = bitmap([place < voted for place in range(roll)])
        emptied = Emptied(struck, voted, sorted((choice,) for choice in choices), "11" * 16)
        return self.by("", CloseBallot(ballot), clockwork=True, emptied=emptied)


def kitchen(*, forming=False, ephemeral=False, **values):
    """A founded house: five adults, one child, the forming season over unless we say so."""
    made = Kitchen()
    lines = tuple(Line((), words(f"Line {number}")) for number in range(1, 8))
    made.by("", Found(OURS, "EUR", 2, "UTC", "en", words("Maple Street"), lines, values, ephemeral))
    for name in (*ADULTS, CHILD):
        made.by("", AskToJoin(name != CHILD), fresh=name)
    made.by("", OpenEvening((*ADULTS, CHILD)))
    if not forming:
        made.now += FORMING
        made.by("", EndForming(), clockwork=True)
    return made


def filled(at, **holders):
    """Roles filled by a meeting's hands."""
    meeting = at.meet()
    for role, who in holders.items():
        second = next(name for name in reversed(ADULTS) if name != who)
        at.by(second, at.raise_hands(Effect(Consequence.APPOINT, role, member=who), meeting))
    at.by("dua", CloseMeeting(meeting), "ben")
    return at


def kinds(facts):
    return [fact.KIND for fact in facts]


def refused(at, who, request, *more, **others):
    before = at.house
    with pytest.raises(Refusal) as no:
        at.by(who, request, *more, **others)
    assert at.house == before
    return str(no.value)


# Who leaves


def test_who_leaves_lets_go_of_needs_taken_up_and_their_own_are_over():
    at = kitchen()
    at.by("ben", ReportNeed(About.FOOD, Soon.TODAY, words("Rice")))
    at.by("ana", TakeUpNeed(1))
    at.by("ana", ReportNeed(About.CARE, Soon.WEEK, words("Company")))
    at.by("cem", TakeUpNeed(2))
    at.by("ana", MakeOffer(About.HOME, words("A ladder")))
    at.by("ben", MakeOffer(About.HOME, words("A drill")))
    facts = at.by("ana", Leave())
    assert facts == [MemberLeft("ana"), NeedLetGo(1, "ana"), NeedWithdrawn(2, "ana"), OfferWithdrawn(1, "ana")]
    assert [need.taker for need in at.house.needs.needs.values() if not need.closed] == [None]
    assert [offer.by for offer in at.house.needs.offers.values() if not offer.closed] == ["ben"]


def test_who_leaves_makes_room_on_lists_to_come_and_the_next_one_waiting_moves_up():
    at = kitchen()
    for days in (0, 7):
        at.by("ben", OpenSignup(Sort.MEAL, words("Lentils"), at.now + HOUR + days * DAY, 2))
    for who in ("ana", "ben", "cem", "dua"):
        at.by(who, SignUp(1))
        at.by(who, SignUp(2))
    at.now += 2 * HOUR
    assert at.by("ana", Leave()) == [MemberLeft("ana"), SignupLeft(2, 1), SignupMovedUp(2, 3)]
    assert [seated(at, number) for number in (1, 2)] == [["ana", "ben"], ["ben", "cem"]]


def seated(at, number):
    parties = at.house.signups.signups[number].parties.values()
    return sorted(party.who for party in parties if not party.waits)


def test_the_roles_of_who_leaves_show_as_gaps_and_their_name_stands_on_nothing_open():
    at = filled(kitchen(), ledger_keeper="ana", facilitator="ben")
    at.by("ana", Learn(MINUTE_TAKER))
    at.by("ana", PetitionRecall(FACILITATOR, words("Never asks us")))
    facts = at.by("ana", Leave())
    assert facts == [
        MemberLeft("ana"),
        RecallUnsigned(FACILITATOR, "ana"),
        RoleEnded(LEDGER_KEEPER, "ana", Why.LEFT),
        RoleLearningEnded(MINUTE_TAKER, "ana"),
    ]
    assert gaps(at.house.roles, at.now) == [BALLOT_STEWARD, LEDGER_KEEPER, MINUTE_TAKER]
    at.tick()
    assert f"gap {LEDGER_KEEPER}" in at.agenda()


def test_a_death_two_members_record_ends_the_same_things_and_may_erase_the_name():
    at = filled(kitchen(), facilitator="ana")
    at.by("ana", ReportNeed(About.FOOD, Soon.TODAY, words("Rice")))
    facts = at.by("ben", RecordDeath("ana", forget=True), "cem", own_lines=[31])
    assert kinds(facts) == ["member.died", "need.withdrawn", "role.ended", "member.forgotten", "words.redacted"]
    assert standing(at.house.membership, "ana") is Standing.DIED


def test_who_asks_to_be_forgotten_leaves_and_their_own_lines_are_blanked():
    at = kitchen()
    facts = at.by("ana", Forget("ana"), own_lines=[17, 23])
    assert facts == [MemberLeft("ana"), MemberForgotten("ana"), WordsRedacted(17, ()), WordsRedacted(23, ())]


def test_the_card_of_who_left_opens_nothing_not_even_beside_another():
    at = kitchen()
    at.by("ana", Leave())
    assert refused(at, "ana", AddTopic(words("One more thing"))).startswith("This card is no longer valid.")
    assert refused(at, "ben", SetClosure(at.now, at.now + DAY, words("Rest")), "ana").startswith("This card is no")


# A decision, in force in the same breath


def test_a_certified_amendment_is_in_force_in_the_same_breath():
    at = kitchen()
    count = at.raise_hands(Effect(Consequence.AMEND, "spending_limit", "9000"), at.meet())
    facts = at.by("ben", count)
    assert kinds(facts) == ["hands.counted", "hands.certified", "article.amended"]
    assert at.house.constitution.articles.spending_limit == 9_000


def test_an_amendment_minuted_by_a_meeting_is_in_force_too_and_changes_nothing_twice():
    at = kitchen()
    meeting = at.meet()
    amend = Effect(Consequence.AMEND, "quorum", "1/2")
    assert kinds(at.decide_in(meeting, amend)) == ["meeting.decided", "article.amended"]
    assert at.house.constitution.articles.quorum == Fraction(1, 2)
    assert kinds(at.decide_in(meeting, amend)) == ["meeting.decided"]


def test_an_open_ballot_keeps_the_rules_it_was_printed_with():
    at = kitchen(quorum="1/5", majority="1/2")
    before = at.open_ballot()
    meeting = at.meet()
    at.decide_in(meeting, Effect(Consequence.AMEND, "quorum", "1"))
    at.decide_in(meeting, Effect(Consequence.AMEND, "majority", "4/5"))
    after = at.open_ballot()
    at.now += 8 * DAY
    for ballot in (before, after):
        at.close_ballot(ballot, 1, 1, 2)
    at.now += 8 * DAY
    results = [fact for fact in at.tick() if isinstance(fact, BallotCertified)]
    assert [(fact.ballot, fact.passed, fact.quorum_met) for fact in results] == [
        (before, True, True),
        (after, False, False),
    ]


def test_a_decision_without_quorum_enacts_nothing_and_says_so_on_the_next_agenda():
    at = kitchen(quorum="1/2")
    meeting = at.meet(present=2)
    assert at.agenda() == ["outside quorum"]
    [decided] = at.decide_in(meeting, Effect(Consequence.AMEND, "spending_limit", "9000"), yes=2)
    assert (decided.passed, decided.advisory) == (True, True)
    at.decide_in(meeting, Effect(Consequence.APPOINT, FACILITATOR, member="cem"), yes=2)
    assert at.house.constitution.articles.spending_limit == 5_000
    assert holder(at.house.roles, FACILITATOR, at.now) is None


def test_hands_without_quorum_are_advice():
    at = kitchen(amendment_quorum="1/2")
    meeting = at.meet()
    facts = at.by("ben", at.raise_hands(Effect(Consequence.AMEND, "spending_limit", "9000"), meeting, yes=2))
    assert kinds(facts) == ["hands.counted", "hands.certified"]
    assert (facts[1].passed, facts[1].quorum_met) == (False, False)


def test_a_recalled_role_ends_at_once():
    at = filled(kitchen(), facilitator="cem")
    recall = Effect(Consequence.RECALL, FACILITATOR, member="cem")
    at.by("ana", PetitionRecall(FACILITATOR, words("Never asks us")))
    facts = at.by("ben", at.raise_hands(recall, at.meet()))
    assert facts[2:] == [RoleEnded(FACILITATOR, "cem", Why.RECALLED)]
    assert holder(at.house.roles, FACILITATOR, at.now) is None


def test_nobody_is_recalled_by_hands_before_enough_have_signed_for_it_nor_when_its_days_are_over():
    at = filled(kitchen(), facilitator="cem")
    recall = OpenHandCount(words("Shall Cem go on?"), Effect(Consequence.RECALL, FACILITATOR, member="cem"), at.meet())
    assert refused(at, "ana", recall).startswith("A recall begins under Roles")
    at.by("ana", PetitionRecall(FACILITATOR, words("Never asks us")))
    at.now += at.house.constitution.articles.recall_days * DAY
    assert refused(at, "ana", recall).startswith("A recall begins under Roles")


def test_whom_a_question_is_about_does_not_count_its_hands():
    at = filled(kitchen(), facilitator="cem")
    opened = at.by(
        "ana", OpenHandCount(words("Cem again?"), Effect(Consequence.APPOINT, FACILITATOR, member="cem"), at.meet())
    )
    assert refused(at, "cem", EnterCount(opened[0].ballot, 5, 0, 0)).startswith("This is about you")


def test_a_recall_of_somebody_who_stepped_down_meanwhile_does_nothing():
    at = filled(kitchen(), facilitator="cem")
    at.by("ana", PetitionRecall(FACILITATOR, words("Never asks us")))
    count = at.raise_hands(Effect(Consequence.RECALL, FACILITATOR, member="cem"), at.meet())
    at.by("cem", StepDown(FACILITATOR))
    assert kinds(at.by("ben", count)) == ["hands.counted", "hands.certified"]


def test_an_appointment_of_somebody_who_left_meanwhile_does_nothing():
    at = kitchen()
    count = at.raise_hands(Effect(Consequence.APPOINT, FACILITATOR, member="cem"), at.meet())
    at.by("cem", Leave())
    facts = at.by("ben", count)
    assert kinds(facts) == ["hands.counted", "hands.certified"]
    assert facts[1].passed
    assert holder(at.house.roles, FACILITATOR, at.now) is None


def test_a_role_created_here_is_filled_by_a_count_of_hands_or_by_a_decision():
    at = kitchen()
    meeting = at.meet()
    [decided] = at.decide_in(meeting)
    garden = at.by("dua", CreateRole(words("Gardener"), words("Beans"), decided.decision))[0].role
    at.by("ben", at.raise_hands(Effect(Consequence.APPOINT, garden, member="dua"), meeting))
    assert holder(at.house.roles, garden, at.now) == "dua"
    at.decide_in(meeting, Effect(Consequence.APPOINT, garden, member="eli"))
    assert holder(at.house.roles, garden, at.now) == "eli"


def test_hands_are_counted_in_a_meeting_of_this_house_that_has_begun():
    at = kitchen()
    at.by("ana", ConvokeAssembly(at.now + 7 * DAY, words("Hall")))
    assert refused(at, "ana", OpenHandCount(words("Shall we?"), Effect(), 1)).startswith("That meeting has not begun.")


def test_a_recall_is_signed_by_a_share_of_the_members_who_count():
    at = filled(kitchen(recall_petition="1/2"), facilitator="cem")
    assert len(active(at.house.membership)) == 6
    signed = [at.by(who, PetitionRecall(FACILITATOR, words("Never asks us"))) for who in ("ana", "ben", "dua")]
    assert [kinds(facts) for facts in signed] == [
        ["recall.petitioned"],
        ["recall.supported"],
        ["recall.supported", "recall.reached"],
    ]


def test_who_holds_a_role_is_known_wherever_it_counts():
    at = filled(kitchen(), facilitator="cem", ballot_steward="dua")
    assert refused(at, "ana", ConvokeAssembly(at.now + 7 * DAY, words("Hall"))).startswith("The facilitator calls")
    assert "The ballot steward opens" in refused(
        at, "ana", OpenBallot(Method.YES_NO, words("A ramp?")), opening=Opening((), "00" * 16, "1")
    )


def test_a_pact_takes_two_members_or_one_with_a_binding_decision_and_never_our_own_key():
    at = kitchen()
    [decided] = at.decide_in(at.meet())
    assert "This takes two members" in refused(at, "ana", AcceptNeighbour(THEIRS, words("Mill Lane")))
    assert "the key of this hub" in refused(at, "ana", AcceptNeighbour(OURS, words("Us")), "ben")
    alone = AcceptNeighbour(THEIRS, words("Mill Lane"), decided.decision)
    assert kinds(at.by("ana", alone)) == ["neighbour.accepted"]


def test_one_s_own_words_are_taken_back_alone_everybody_s_by_two_and_the_rules_never():
    at = kitchen()
    own = {"writer": "ana", "line_kind": "need.reported"}
    assert at.by("ana", Redact(3), **own) == [WordsRedacted(3, ("ana",))]
    assert "This takes two members" in refused(at, "ben", Redact(4), **own)
    assert at.by("ben", Redact(4), "cem", **own) == [WordsRedacted(4, ("ben", "cem"))]
    assert "This takes two members" in refused(at, "ana", Redact(5), writer="ana", line_kind="meeting.decided")
    assert "the page of our rules" in refused(at, "ana", Redact(2), "ben", writer="", line_kind="line.written")


def test_a_practice_house_opens_examples_only():
    at = kitchen(ephemeral=True)
    ballot = at.open_ballot()
    assert at.house.ballots.ballots[ballot].specimen


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (Effect(Consequence.APPOINT, "king", member="dua"), "There is no such role here."),
        (Effect(Consequence.RECALL, "king", member="dua"), "There is no such role here."),
        (
            Effect(Consequence.APPOINT, FACILITATOR, member="zoe"),
            "Choose whom this is about from the members of voting age.",
        ),
    ],
)
def test_hands_are_not_asked_about_a_role_or_a_person_this_house_does_not_have(effect, said):
    at = kitchen()
    assert refused(at, "ana", OpenHandCount(words("Shall we?"), effect, at.meet())).startswith(said)


# Outside an article


def test_a_record_outside_an_article_is_on_the_next_agenda_by_itself_and_only_once():
    at = kitchen()
    soup = RecordMoney(at.now, went_out("tin", "food", 700), words("Rice"), partner=words("Market"))
    assert kinds(at.by("ana", soup)) == ["money.recorded", "topic.added"]
    assert kinds(at.by("ana", soup)) == ["money.recorded"]
    assert at.agenda() == [f"outside {LEDGER_KEEPER}"]


def test_once_settled_what_happens_outside_again_is_spoken_of_again():
    at = kitchen()
    soup = RecordMoney(at.now, went_out("tin", "food", 700), words("Rice"), partner=words("Market"))
    at.by("ana", soup)
    at.by("ana", SettleTopic(at.meet(), 1), "ben")
    assert at.agenda() == []
    assert kinds(at.by("ana", soup)) == ["money.recorded", "topic.added"]


def test_a_record_outside_two_articles_is_two_topics():
    at = kitchen(quorum="1/2")
    at.by("ana", ConvokeAssembly(at.now + 7 * DAY, words("Hall")))
    opened = at.by("ana", OpenMeeting(1, None, 1))
    assert opened[0].outside == ("notice_days", "quorum")
    assert at.agenda() == ["outside notice_days", "outside quorum"]


def test_what_a_decision_enacts_outside_an_article_is_on_the_agenda_too():
    at = filled(kitchen(), facilitator="cem")
    facts = at.by("ben", at.raise_hands(Effect(Consequence.APPOINT, MINUTE_TAKER, member="cem"), at.meet()))
    assert kinds(facts)[2:] == ["role.filled", "topic.added"]
    assert at.agenda() == ["outside rotation"]


# Money


def test_money_in_another_currency_than_the_hubs_is_refused():
    at = kitchen()
    dues = came_in("dues", "tin", 500)
    said = refused(at, "ana", RecordMoney(at.now, dues, words("Dues"), currency="USD"))
    assert said == "This book is kept in EUR. Write down what it was worth on that day."
    assert at.by("ana", RecordMoney(at.now, dues, words("Dues"), currency="EUR"))[0].KIND == "money.recorded"


def spent(at, decision=None):
    """What much spending by the ledger keeper is outside of."""
    postings = went_out("tin", "repair", 6_000)
    stove = RecordMoney(at.now, postings, words("Stove"), partner=words("Shop"), decision=decision)
    return at.by("cem", stove)[0].outside


def test_spending_above_the_limit_is_inside_with_a_binding_decision_and_outside_without():
    at = filled(kitchen(), ledger_keeper="cem")
    [decided] = at.decide_in(at.meet())
    assert spent(at, decided.decision) == ()
    assert spent(at) == ("spending_limit",)
    assert at.agenda() == ["outside spending_limit"]


def test_an_advisory_decision_covers_no_spending():
    at = filled(kitchen(quorum="1/2"), ledger_keeper="cem")
    [advice] = at.decide_in(at.meet(present=2), yes=2)
    [lost] = at.decide_in(at.meet(), no=5)
    for number in (advice.decision, lost.decision):
        with pytest.raises(Refusal, match=f"There is no decision {number} that passed"):
            spent(at, number)
    assert spent(at) == ("spending_limit",)


# A child


def test_a_child_neither_signs_a_recall_nor_takes_a_role_nor_is_handed_one():
    at = kitchen(forming=True)
    at.by("ana", TakeRole(FACILITATOR))
    for request in (PetitionRecall(FACILITATOR, words("Boring")), TakeRole(MINUTE_TAKER)):
        assert refused(at, CHILD, request).startswith("This is for members of voting age.")
    assert refused(at, "ana", HandOver(FACILITATOR, CHILD), CHILD).startswith("This takes two members of voting age.")
    assert refused(at, "ana", HandOver(FACILITATOR, CHILD), "ben") == "Choose another member to hand this role to."
    assert kinds(at.by("ana", HandOver(FACILITATOR, "ben"), "ben")) == ["role.ended", "role.filled"]
    assert kinds(at.by(CHILD, Learn(MINUTE_TAKER))) == ["role.learning"]


def test_a_childs_name_is_on_no_roll():
    at = kitchen()
    ballot = at.open_ballot()
    assert at.house.ballots.ballots[ballot].roll == ADULTS


# What the hub does by itself


def test_nothing_is_due_in_the_forming_season():
    at = kitchen(forming=True)
    at.now += FORMING - 1
    assert at.due() == []


def test_the_forming_season_ends_by_itself_once_and_gaps_become_topics():
    at = kitchen(forming=True)
    at.now += FORMING
    assert kinds(at.tick()) == ["forming.ended"]
    assert kinds(at.tick()) == ["topic.added"] * len(ROLES)
    assert at.agenda() == [f"gap {role}" for role in sorted(ROLES)]
    assert at.due() == []


def test_a_role_somebody_has_for_now_is_for_the_next_meeting_to_confirm():
    at = kitchen(forming=True)
    at.by("ana", TakeRole(FACILITATOR))
    at.now += FORMING
    at.by("", EndForming(), clockwork=True)
    at.tick()
    assert f"unconfirmed {FACILITATOR}" in at.agenda()
    assert at.due() == []
    meeting = at.meet()
    [topic] = [number for number, each in at.house.assemblies.topics.items() if each.because is Because.UNCONFIRMED]
    appointed = Effect(Consequence.APPOINT, FACILITATOR, member="ana")
    at.by("ben", MinuteDecision(meeting, words("Ana it is"), topic, yes=5, effect=appointed), "cem")
    at.by("dua", CloseMeeting(meeting), "ben")
    at.tick()
    assert FACILITATOR not in "".join(at.agenda())


def test_before_a_term_ends_the_meeting_is_asked_who_is_next_and_not_again_when_nobody_is():
    at = filled(kitchen(), facilitator="cem")
    until = at.house.roles.roles[FACILITATOR].until
    at.now = until - 14 * DAY - 1
    at.tick()
    assert f"ending {FACILITATOR}" not in at.agenda()
    at.now += 1
    at.tick()
    assert f"ending {FACILITATOR}" in at.agenda()
    at.now = until
    at.tick()
    at.tick()
    assert FACILITATOR in gaps(at.house.roles, at.now)
    assert f"gap {FACILITATOR}" not in at.agenda()
    topic = max(assemblies.agenda(at.house.assemblies))
    ending = [number for number, each in at.house.assemblies.topics.items() if each.because is Because.ENDING]
    assert ending == [topic]


def test_terms_end_by_themselves():
    at = filled(kitchen(), facilitator="cem")
    at.now += 90 * DAY - 1
    assert EndTerms() not in at.due()
    at.now += 1
    assert RoleEnded(FACILITATOR, "cem", Why.TERM) in at.tick()
    assert EndTerms() not in at.due()


def test_a_ballot_closes_and_is_certified_when_its_days_are_over():
    at = kitchen()
    ballot = at.open_ballot()
    at.now += 7 * DAY
    assert at.due()[:1] == [CloseBallot(ballot)]
    at.close_ballot(ballot, 1, 1, 2)
    at.now += 7 * DAY - 1
    assert CertifyBallot(ballot) not in at.due()
    at.now += 1
    assert at.due()[:1] == [CertifyBallot(ballot)]
    at.tick()
    assert at.house.ballots.ballots[ballot].phase is Phase.CERTIFIED


def test_who_was_not_seen_for_long_rests_and_no_longer_counts():
    at = kitchen()
    assert at.due("ana")[0] == Rest(("ana",))
    at.tick("ana", "jun")
    assert active(at.house.membership) == ["ben", "cem", "dua", "eli"]
    at.by("ana", Return())
    assert "ana" in active(at.house.membership)


def test_while_the_house_rests_nothing_ends_and_deadlines_move():
    at = filled(kitchen(), facilitator="cem")
    ballot = at.open_ballot()
    at.now += 6 * DAY
    at.by("ana", SetClosure(at.now, at.now + 100 * DAY, words("Summer")), "ben")
    at.now += 100 * DAY - 1
    assert at.due("ana") == []
    at.now += 1
    assert CloseBallot(ballot) not in at.due()
    with pytest.raises(Refusal, match="It closes by itself"):
        at.close_ballot(ballot, 1)
    assert EndTerms() in at.due()
    at.now += DAY
    assert CloseBallot(ballot) in at.due()


def test_a_forming_season_whose_days_were_over_ends_even_while_the_house_rests():
    at = kitchen(forming=True)
    at.now += FORMING
    at.by("ana", SetClosure(at.now, at.now + 10 * DAY, words("Mourning")), "ben")
    assert at.due() == [EndForming()]


def test_money_nobody_explained_a_late_budget_and_too_many_members_come_before_the_assembly():
    at = kitchen(forming=True, split_at="10")
    at.by("ana", CountTin(1_000), "ben")
    at.by("ana", CountTin(800), "ben")
    assert len(unexplained(at.house.ledger)) == 1
    assert at.due() == [AddHubTopic(Because.UNEXPLAINED, "", 0)]
    at.now += 32 * DAY
    for number in range(10):
        at.by("", AskToJoin(True), fresh=f"new{number}")
        at.by("ana", Vouch((f"new{number}",)))
    at.tick()
    assert at.agenda() == ["budget_late budget_days", "unexplained", "split split_at"]
    assert at.tick() == []


# Who may see what


def full_evening():
    """A house in which much happened: members, needs, lists, meetings, votes, money, a pact."""
    at = filled(kitchen(), facilitator="cem")
    for circle in (Circle.MEMBERS, Circle.FEDERATION):
        at.by("ana", ReportNeed(About.FOOD, Soon.TODAY, words("Rice"), circle))
        at.by("ana", MakeOffer(About.HOME, words("A ladder"), circle))
        at.by("ana", OpenSignup(Sort.MEAL, words("Lentils"), at.now + 30 * DAY, 1, circle=circle))
    for need in (1, 2):
        at.by("ben", TakeUpNeed(need))
    for signup in (1, 2):
        at.by("ana", SignUp(signup))
        at.by("ben", SignUp(signup))
    at.by("ana", CountTin(1_000), "ben")
    at.by("ana", RecordMoney(at.now, went_out("tin", "food", 700), words("Rice"), partner=words("Market")))
    at.by("ana", PostBudget())
    at.by("ana", AcceptNeighbour(THEIRS, words("Mill Lane")), "ben")
    at.decide_in(at.meet(), Effect(Consequence.AMEND, "notice_days", "2"))
    at.close_ballot(at.open_ballot(), 1, 1, 2, 2, 2)
    at.by("ana", PetitionRecall(FACILITATOR, words("Never asks us")))
    at.by("ana", Redact(3), writer="ana", line_kind="need.reported")
    at.by("ana", Leave())
    return at


def street(at):
    return [fact for fact, circle in at.told if circle is Circle.FEDERATION]


def test_nothing_but_what_is_for_the_federation_goes_to_the_street():
    assert sorted(set(kinds(street(full_evening())))) == [
        "article.amended",
        "ballot.opened",
        "ballot.released",
        "budget.posted",
        "forming.ended",
        "hub.founded",
        "line.written",
        "need.reported",
        "need.taken_up",
        "need.withdrawn",
        "neighbour.accepted",
        "offer.made",
        "offer.withdrawn",
        "signup.opened",
        "words.redacted",
    ]


def test_what_is_for_members_or_the_room_stays_in_the_house():
    at = full_evening()
    numbers = {getattr(fact, "need", getattr(fact, "offer", getattr(fact, "signup", 2))) for fact in street(at)}
    assert numbers == {2}
    assert {circle for fact, circle in at.told if not fact.STREET} == {Circle.MEMBERS}


def test_a_need_that_is_widened_travels_from_then_on():
    at = kitchen()
    at.by("ana", ReportNeed(About.FOOD, Soon.TODAY, words("Rice")))
    at.by("ben", TakeUpNeed(1))
    at.by("ana", WidenNeed(1, Circle.FEDERATION, words("Rice for four")))
    at.by("ben", LetGoNeed(1))
    assert kinds(street(at))[-2:] == ["need.widened", "need.let_go"]


def test_a_vote_about_a_person_and_an_example_stay_in_the_house():
    at = filled(kitchen(), facilitator="cem")
    at.close_ballot(at.open_ballot(specimen=True), 1, 1, 1, 1, 1)
    assert not {fact.KIND for fact in street(at)} & {"hands.opened", "hands.certified", "ballot.opened"}
    at.by("ben", at.raise_hands(Effect()))
    assert kinds(street(at))[-2:] == ["hands.opened", "hands.certified"]


def test_the_name_of_a_guest_is_kept_until_the_day_after_the_meal():
    at = kitchen()
    meal = at.now + 5 * HOUR
    at.by("ana", OpenSignup(Sort.MEAL, words("Lentils"), meal, 4))
    assert house.guest_until(at.house, SignUpGuest(1)) == meal + DAY
    assert house.guest_until(at.house, SignUp(1)) is None
    assert house.guest_until(at.house, SignUpGuest(9)) < at.now
    at.by("", SignUpGuest(1), fresh="guest")
    at.by("ana", SignUp(1))
    assert house.guests(at.house) == {"guest"}


# How surely we know who asks


def test_without_a_card_one_may_ask_for_help_and_no_more():
    at = kitchen()
    assert kinds(at.by("", ReportNeed(About.FOOD, Soon.TODAY, words("Rice")))) == ["need.reported"]
    assert refused(at, "", MakeOffer(About.HOME, words("A ladder"))) == "Show your member card first."


def test_what_asks_for_a_pin_says_that_it_is_typed_at_the_kiosk():
    at = kitchen()
    assert "a phone never takes it" in refused(at, "ana", Leave(), tier=Tier.CARD)


def test_who_was_never_admitted_has_no_card_that_opens_anything():
    at = kitchen()
    at.by("", AskToJoin(True), fresh="new")
    assert refused(at, "new", MakeOffer(About.HOME, words("A ladder"))).startswith("This card is no longer valid.")


def test_folded_again_from_its_facts_the_house_is_the_same():
    at = full_evening()
    again = House()
    for fact, _ in at.told:
        again = house.evolve(again, fact)
    assert again == at.house
