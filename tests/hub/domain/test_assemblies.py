"""Assemblies: what happened is always recorded; what the hub does about it follows the articles."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import Articles
from hub.domain.assemblies import (
    FARTHEST,
    WAITS,
    AddHubTopic,
    AddTopic,
    AdoptMinutes,
    Because,
    CancelAssembly,
    CloseMeeting,
    ConvokeAssembly,
    CorrectMinutes,
    CountPresent,
    MinuteDecision,
    MoveAssembly,
    OpenMeeting,
    RecordNotes,
    SettleTopic,
    Sort,
    Stage,
    State,
    SupportTopic,
    WithdrawTopic,
    agenda,
    binding,
    circle_of,
    decide,
    drafts,
    evolve,
    has_quorum,
    last_facilitator,
    meeting_now,
    met,
    notice,
    takes_effect,
    upcoming,
)
from hub.domain.base import (
    DAY,
    FACILITATOR,
    HOUR,
    LEDGER_KEEPER,
    MINUTE_TAKER,
    Actor,
    Circle,
    Consequence,
    Context,
    Effect,
    Refusal,
    Tier,
    Words,
)

NOW = 1_900_000_000_000
MEMBERS = {"ana", "ben", "cem", "dua", "eli"}
AMEND = Effect(Consequence.AMEND, "notice_days", "5")
APPOINT = Effect(Consequence.APPOINT, FACILITATOR, member="cem")
RECALL = Effect(Consequence.RECALL, FACILITATOR, member="cem")


@dataclass
class Hall:
    """One hall: who holds roles, how many belong, and the assemblies so far."""

    state: State = field(default_factory=State)
    now: int = NOW
    articles: Articles = field(default_factory=Articles)
    active: int = 40
    roles: dict = field(default_factory=lambda: {FACILITATOR: "ana", MINUTE_TAKER: "ben"})
    forming: bool = False

    def by(self, who, request, *, second=None, pin=False, clockwork=False):
        mine = frozenset(role for role, holder in self.roles.items() if holder == who)
        context = Context(
            Actor(who, Tier.PIN if pin else Tier.CARD, mine) if who else Actor(),
            self.now,
            self.articles,
            second=Actor(second, Tier.CARD) if second else None,
            forming=self.forming,
            clockwork=clockwork,
        )
        facts = decide(
            self.state,
            request,
            context,
            active=self.active,
            held=self.roles.keys(),
            belongs=MEMBERS.__contains__,
        )
        self.hear(facts)
        return facts[0] if len(facts) == 1 else facts

    def hear(self, facts):
        for fact in facts:
            self.state = evolve(self.state, fact)

    def call(self, days=7):
        return self.by("ana", ConvokeAssembly(self.now + days * DAY, words("Hall")), pin=True).assembly

    def meet(self, present=20, facilitator="ana", **more):
        number = self.call()
        self.now += 7 * DAY
        self.by("ben", OpenMeeting(number, facilitator, present, **more))
        return number


def words(text):
    return Words({"en": text})


def refused(hall, who, request, **more):
    before = hall.state
    with pytest.raises(Refusal) as no:
        hall.by(who, request, **more)
    assert hall.state == before
    return str(no.value)


# Calling


def test_the_facilitator_calls_an_assembly_with_card_and_pin():
    hall = Hall()
    assert "card and PIN" in refused(hall, "ana", ConvokeAssembly(NOW + 7 * DAY, words("Hall")))
    fact = hall.by("ana", ConvokeAssembly(NOW + 7 * DAY, words("Hall")), pin=True)
    assert (fact.assembly, fact.outside, fact.place) == (1, (), {"en": "Hall"})
    assert upcoming(hall.state, NOW) == [1]


def test_any_two_members_call_one_together():
    hall = Hall()
    request = ConvokeAssembly(NOW + 7 * DAY, words("Yard"), Sort.EXTRAORDINARY)
    assert "card and PIN" in refused(hall, "dua", request)
    assert "card and PIN" in refused(hall, "dua", request, second="dua", pin=True)
    assert hall.by("dua", request, second="eli").sort is Sort.EXTRAORDINARY


@pytest.mark.parametrize("hall", [Hall(roles={}), Hall(forming=True)])
def test_any_member_calls_one_while_nobody_facilitates_or_the_hub_is_forming(hall):
    assert hall.by("dua", ConvokeAssembly(NOW + 7 * DAY, words("Yard"))).by == "dua"


@pytest.mark.parametrize(
    ("notice_", "outside"), [(3 * DAY, ()), (3 * DAY - 1, ("notice_days",)), (-DAY, ("notice_days",))]
)
def test_at_short_notice_it_is_called_all_the_same_and_the_record_says_so(notice_, outside):
    assert Hall().by("ana", ConvokeAssembly(NOW + notice_, words("Hall")), pin=True).outside == outside


def test_a_notice_that_hung_on_the_wall_before_counts_from_then():
    hall = Hall()
    request = ConvokeAssembly(NOW + DAY, words("Hall"), announced=NOW - 2 * DAY)
    assert hall.by("ana", request, pin=True).outside == ()
    tomorrow = ConvokeAssembly(NOW + 7 * DAY, words("Hall"), announced=NOW + 1)
    assert "still to come" in refused(hall, "ana", tomorrow, pin=True)


@pytest.mark.parametrize("when", [FARTHEST + 1, -FARTHEST - 1])
def test_an_assembly_is_within_a_year_and_somewhere(when):
    assert "a year away" in refused(Hall(), "ana", ConvokeAssembly(NOW + when, words("Hall")), pin=True)
    assert "few words" in refused(Hall(), "ana", ConvokeAssembly(NOW + DAY, words(" ")), pin=True)


def test_without_a_card_nobody_calls_one():
    assert "member card" in refused(Hall(roles={}), None, ConvokeAssembly(NOW + DAY, words("Hall")))


def test_it_may_move_and_its_notice_counts_anew():
    hall = Hall()
    hall.call()
    hall.now += 5 * DAY
    moved = hall.by("ana", MoveAssembly(1, hall.now + DAY), pin=True)
    assert moved.outside == ("notice_days",)
    only_place = hall.by("ana", MoveAssembly(1, moved.starts, words("Yard")), pin=True)
    assert (only_place.place, only_place.outside) == ({"en": "Yard"}, ("notice_days",))
    assert hall.by("ana", MoveAssembly(1, moved.starts), pin=True) == []
    assert only_place.announced == moved.announced == hall.now
    assert "card and PIN" in refused(hall, "dua", MoveAssembly(1, moved.starts + DAY))
    assert "year away" in refused(hall, "ana", MoveAssembly(1, NOW + 2 * FARTHEST), pin=True)


def test_a_cancelled_assembly_is_over():
    hall = Hall()
    hall.call()
    assert "card and PIN" in refused(hall, "dua", CancelAssembly(1))
    hall.by("ana", CancelAssembly(1, words("Flood")), pin=True)
    assert upcoming(hall.state, hall.now) == []
    for request in (CancelAssembly(1), MoveAssembly(1, NOW), CancelAssembly(9), OpenMeeting(1, "ana", 20)):
        assert "no such assembly" in refused(hall, "ana", request, pin=True)


def test_an_assembly_nobody_opened_is_no_longer_the_next():
    hall = Hall()
    hall.call(days=7)
    hall.call(days=5)
    assert upcoming(hall.state, NOW + 5 * DAY + WAITS) == [2, 1]
    assert upcoming(hall.state, NOW + 5 * DAY + WAITS + 1) == [1]


# Topics


def test_the_agenda_is_open_topics_by_support_then_age_and_then_what_the_hub_noticed():
    hall = Hall()
    hall.hear(notice(hall.state, Because.SPLIT))
    for who, text in (("dua", "The roof"), ("eli", "The noise"), ("cem", "The party")):
        hall.by(who, AddTopic(words(text)))
    hall.by("ana", SupportTopic(4))
    hall.by("ben", AddTopic(words("The bins")))
    assert agenda(hall.state) == [4, 2, 3, 5, 1]


def test_everyone_supports_a_topic_once_and_who_brings_it_does_already():
    hall = Hall()
    added = hall.by("dua", AddTopic(words("The roof")))
    supported = hall.by("eli", SupportTopic(1))
    assert (circle_of(hall.state, added), circle_of(hall.state, supported)) == (Circle.ROOM, Circle.MEMBERS)
    for who in ("dua", "eli"):
        assert "support this topic already" in refused(hall, who, SupportTopic(1))
    assert "no such number" in refused(hall, "eli", SupportTopic(2))


def test_a_topic_has_words_and_somebody_who_brings_it():
    assert "few words" in refused(Hall(), "dua", AddTopic(words("\t")))
    assert "member card" in refused(Hall(), None, AddTopic(words("The roof")))


def test_a_topic_is_taken_back_by_who_brought_it_until_others_support_it():
    hall = Hall()
    hall.by("dua", AddTopic(words("The roof")))
    hall.by("dua", AddTopic(words("The noise")))
    hall.by("eli", SupportTopic(2))
    assert "Only the person who brought" in refused(hall, "eli", WithdrawTopic(1))
    assert "it stays" in refused(hall, "dua", WithdrawTopic(2))
    hall.by("dua", WithdrawTopic(1))
    assert agenda(hall.state) == [2]
    for request in (WithdrawTopic(1), SupportTopic(1)):
        assert "settled" in refused(hall, "dua", request)


def test_the_hub_brings_a_topic_once_and_only_the_hub_does():
    hall = Hall()
    request = AddHubTopic(Because.OUTSIDE, "rotation", 3)
    assert "by itself" in refused(hall, "ana", request)
    fact = hall.by(None, request, clockwork=True)
    assert (fact.by, fact.text, fact.because) == (None, {}, Because.OUTSIDE)
    assert hall.by(None, request, clockwork=True) == []
    assert hall.by(None, AddHubTopic(Because.MEMBER), clockwork=True) == []
    assert hall.by(None, AddHubTopic(Because.OUTSIDE, "rotation", 4), clockwork=True).topic == 2
    assert "Only the person" in refused(hall, "ana", WithdrawTopic(1))


def test_the_hub_brings_a_settled_topic_again_when_it_happens_again():
    hall = Hall()
    hall.hear(notice(hall.state, Because.BUDGET_LATE))
    number = hall.meet()
    hall.by("ben", SettleTopic(number, 1))
    assert [fact.topic for fact in notice(hall.state, Because.BUDGET_LATE)] == [2]


# Opening the meeting


def test_a_meeting_opens_with_its_facilitator_and_a_count():
    hall = Hall()
    number = hall.meet(present=8)
    assert hall.state.assemblies[number].stage is Stage.OPEN
    assert meeting_now(hall.state) == number
    assert has_quorum(hall.state.assemblies[number], hall.articles)
    assert upcoming(hall.state, hall.now) == []


@pytest.mark.parametrize(("present", "outside"), [(8, ()), (7, ("quorum",))])
def test_a_meeting_without_quorum_is_recorded_as_one(present, outside):
    hall = Hall(active=40)
    number = hall.call()
    hall.now += 7 * DAY
    assert hall.by("ben", OpenMeeting(number, "ana", present)).outside == outside


def test_the_same_facilitator_twice_running_is_outside_rotation_unless_the_meeting_waived_it():
    hall = Hall()
    hall.by("ben", CloseMeeting(hall.meet(facilitator="ana")))
    number = hall.call()
    hall.now += 7 * DAY
    again = hall.state
    assert hall.by("ben", OpenMeeting(number, "ana", 20)).outside == ("rotation",)
    for request, articles in (
        (OpenMeeting(number, "ana", 20, rotation_waived=True), Articles()),
        (OpenMeeting(number, "dua", 20), Articles()),
        (OpenMeeting(number, None, 20), Articles()),
        (OpenMeeting(number, "ana", 20), replace(Articles(), rotation=False)),
    ):
        hall.state, hall.articles = again, articles
        assert hall.by("ben", request).outside == ()


def test_rotation_looks_at_when_meetings_were_held_not_at_when_they_were_entered():
    hall = Hall()
    hall.meet(facilitator="dua")
    paper = hall.by("ana", ConvokeAssembly(NOW - 9 * DAY, words("Hall"), announced=NOW - 20 * DAY), pin=True)
    assert paper.outside == ()
    opened = hall.by("ben", OpenMeeting(paper.assembly, "dua", 20, held=NOW - 9 * DAY))
    assert opened.outside == ()
    assert last_facilitator(hall.state, NOW) == "dua"
    assert last_facilitator(hall.state, NOW - 10 * DAY) is None
    assert meeting_now(hall.state) == 1
    hall.call()
    assert met(hall.state) == [1, 2]


def test_a_meeting_long_before_its_hour_is_outside_its_notice():
    hall = Hall()
    number = hall.call(days=7)
    hall.now += 4 * DAY
    assert hall.by("ben", OpenMeeting(number, "ana", 20)).outside == ("notice_days",)


def test_a_meeting_is_not_opened_ahead_or_for_strangers_or_for_nobody():
    hall = Hall()
    number = hall.call()
    assert "begins today" in refused(hall, "ben", OpenMeeting(number, "ana", 20, held=hall.now + 1))
    assert "begins today" in refused(hall, "ben", OpenMeeting(number, "ana", 20, held=hall.now - FARTHEST - 1))
    assert "from the members" in refused(hall, "ben", OpenMeeting(number, "zoe", 20))
    assert "1 to 1000" in refused(hall, "ben", OpenMeeting(number, "ana", 0))
    assert "no such assembly" in refused(hall, "ben", OpenMeeting(7, "ana", 20))


def test_who_writes_is_a_role_or_the_facilitator_of_the_night_or_two_members_or_anybody_while_there_is_none():
    hall = Hall()
    number = hall.meet(facilitator="cem")
    for request in (
        CountPresent(number, 9),
        RecordNotes(number, words("Long")),
        CloseMeeting(number),
        MinuteDecision(number, words("Paint"), consensus=True),
    ):
        assert "minute taker" in refused(hall, "dua", request)
        assert "member card" in refused(hall, None, request)
    hall.by("ana", CountPresent(number, 21))
    hall.by("ben", CountPresent(number, 22))
    hall.by("cem", CountPresent(number, 23))
    hall.by("dua", CountPresent(number, 24), second="eli")
    hall.roles = {LEDGER_KEEPER: "ana", FACILITATOR: "ana"}
    hall.by("dua", CountPresent(number, 25))
    hall.roles, hall.forming = {MINUTE_TAKER: "ben"}, True
    hall.by("dua", CountPresent(number, 26))
    assert hall.state.assemblies[number].present == 26


def test_people_come_and_go():
    hall = Hall()
    number = hall.meet(present=7)
    assert hall.by("ben", CountPresent(number, 7)) == []
    hall.by("ben", CountPresent(number, 12))
    assert not hall.by("ben", MinuteDecision(number, words("Paint"), yes=12)).advisory
    assert "1 to 1000" in refused(hall, "ben", CountPresent(number, 0))


# Deciding


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "passed"),
    [(6, 5, 0, True), (5, 5, 0, False), (1, 0, 19, True), (0, 0, 20, False)],
)
def test_more_than_half_of_yes_and_no_decides(yes, no, abstain, passed):
    hall = Hall()
    number = hall.meet(present=20)
    fact = hall.by("ben", MinuteDecision(number, words("Paint"), yes=yes, no=no, abstain=abstain))
    assert (fact.decision, fact.passed, fact.advisory, fact.outside) == (1, passed, False, ())
    assert binding(hall.state) == ([1] if passed else [])


@pytest.mark.parametrize(("yes", "no", "passed"), [(6, 3, True), (5, 3, False), (1, 1, False)])
def test_an_amendment_needs_two_thirds_and_two_members_to_record_it(yes, no, passed):
    hall = Hall()
    number = hall.meet(present=20)
    fact = hall.by("ben", MinuteDecision(number, words("Notice"), yes=yes, no=no, effect=AMEND), second="dua")
    assert (fact.passed, takes_effect(fact), fact.witness) == (passed, passed, "dua" if passed else None)


def test_in_the_forming_season_a_simple_show_of_hands_amends():
    hall = Hall(forming=True)
    number = hall.meet(present=9)
    fact = hall.by("ben", MinuteDecision(number, words("Notice"), yes=5, no=4, effect=AMEND), second="dua")
    assert takes_effect(fact)
    assert fact.outside == ()


def test_an_amendment_of_too_few_is_advice():
    hall = Hall(active=40)
    number = hall.meet(present=9)
    fact = hall.by("ben", MinuteDecision(number, words("Notice"), yes=9, effect=AMEND))
    assert (fact.passed, fact.advisory, fact.outside) == (True, True, ("amendment_quorum",))
    assert not takes_effect(fact)


def test_without_quorum_every_decision_is_advice_and_its_topic_stays_on_the_agenda():
    hall = Hall(active=40)
    hall.by("dua", AddTopic(words("The roof")))
    number = hall.meet(present=7)
    fact = hall.by("ben", MinuteDecision(number, words("Fix it"), topic=1, yes=7, effect=APPOINT))
    assert (fact.passed, fact.advisory, fact.outside, fact.witness) == (True, True, ("quorum",), None)
    assert agenda(hall.state) == [1]
    assert binding(hall.state) == []


def test_without_quorum_nothing_is_taken_off_the_table():
    hall = Hall(active=40)
    hall.by("dua", AddTopic(words("The roof")))
    hall.by("ben", CloseMeeting(hall.meet()))
    number = hall.meet(present=7, facilitator="dua")
    assert "waits for the next meeting" in refused(hall, "ben", SettleTopic(number, 1))
    assert "waits for the next meeting" in refused(hall, "ben", AdoptMinutes(1, number))
    hall.by("ben", CorrectMinutes(1, number, words("Nine, not eight")))


def test_a_decision_settles_its_topic_and_more_may_be_decided_on_it():
    hall = Hall()
    hall.by("dua", AddTopic(words("The roof")))
    number = hall.meet()
    hall.by("ben", MinuteDecision(number, words("Fix it"), topic=1, yes=2, no=9))
    assert agenda(hall.state) == []
    assert hall.by("ben", MinuteDecision(number, words("Then patch it"), topic=1, yes=9)).decision == 2
    assert "settled" in refused(hall, "ben", SettleTopic(number, 1))


def test_consensus_passes_without_counting_hands():
    hall = Hall()
    number = hall.meet()
    assert hall.by("ben", MinuteDecision(number, words("Paint"), consensus=True)).passed
    assert hall.by("ben", MinuteDecision(number, words("Paint"), consensus=True, abstain=3)).passed
    assert "nobody is against" in refused(hall, "ben", MinuteDecision(number, words("Paint"), consensus=True, no=1))


@pytest.mark.parametrize("hands", [{"yes": 21}, {"yes": 12, "abstain": 9}, {"yes": 3, "no": -1}])
def test_hands_fit_the_people_present(hands):
    hall = Hall()
    number = hall.meet(present=20)
    assert "20 people present" in refused(hall, "ben", MinuteDecision(number, words("Paint"), **hands))


def test_a_decision_has_hands_words_and_a_topic_that_exists():
    hall = Hall()
    number = hall.meet()
    assert "Count the hands" in refused(hall, "ben", MinuteDecision(number, words("Paint")))
    assert "few words" in refused(hall, "ben", MinuteDecision(number, words(""), yes=9))
    assert "no such number" in refused(hall, "ben", MinuteDecision(number, words("Paint"), topic=4, yes=9))
    assert "is open" in refused(hall, "ben", MinuteDecision(5, words("Paint"), yes=9))


def test_the_hub_appoints_by_a_decision_only_when_two_members_recorded_it():
    hall = Hall()
    number = hall.meet()
    request = MinuteDecision(number, words("Cem facilitates"), yes=15, no=2, effect=APPOINT)
    assert "two members" in refused(hall, "ben", request)
    fact = hall.by("ben", request, second="dua")
    assert takes_effect(fact)
    assert (fact.effect, fact.by, fact.witness) == (APPOINT, "ben", "dua")


def test_hands_do_not_recall_anybody_but_in_the_forming_season():
    hall = Hall()
    number = hall.meet()
    request = MinuteDecision(number, words("Cem steps back"), yes=15, no=2, effect=RECALL)
    fact = hall.by("ben", request)
    assert (fact.passed, fact.advisory, fact.outside) == (True, True, ("recall_petition",))
    hall.forming = True
    assert takes_effect(hall.by("ben", request, second="dua"))


@pytest.mark.parametrize(
    ("effect", "sentence"),
    [
        (Effect(Consequence.AMEND, "notice_days", "many"), "not a value"),
        (Effect(Consequence.AMEND, "notice_days", "61"), "not a value"),
        (Effect(Consequence.AMEND, "boss", "1"), "There is no article “boss”"),
        (Effect(Consequence.APPOINT, "boss", member="cem"), "no role"),
        (Effect(Consequence.APPOINT, FACILITATOR, member="zoe"), "from the members"),
        (Effect(Consequence.RECALL, FACILITATOR), "from the members"),
    ],
)
def test_a_decision_the_hub_cannot_act_on_is_not_written_as_one_it_does(effect, sentence):
    hall = Hall()
    number = hall.meet()
    assert sentence in refused(
        hall, "ben", MinuteDecision(number, words("So be it"), yes=9, effect=effect), second="dua"
    )


def test_a_value_stands_in_the_log_in_one_way_and_nothing_else_beside_it():
    hall = Hall()
    number = hall.meet()
    half = Effect(Consequence.AMEND, "quorum", " 2/4 ", member="cem")
    fact = hall.by("ben", MinuteDecision(number, words("Half"), yes=9, effect=half), second="dua")
    assert fact.effect == Effect(Consequence.AMEND, "quorum", "1/2")
    stray = Effect(Consequence.NOTHING, "quorum", "1/2", "cem")
    assert hall.by("ben", MinuteDecision(number, words("Half"), yes=9, effect=stray)).effect == Effect()


@given(
    present=st.integers(1, 60),
    active=st.integers(0, 200),
    hands=st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)),
    quorum=st.fractions(0, 1, max_denominator=12),
    majority=st.fractions(Fraction(1, 2), 1, max_denominator=12),
)
def test_the_hub_acts_exactly_when_enough_are_there_and_enough_say_yes(present, active, hands, quorum, majority):
    yes, no, abstain = hands
    hall = Hall(active=active, articles=replace(Articles(), quorum=quorum, majority=majority))
    number = hall.meet(present=present)
    request = MinuteDecision(number, words("Cem"), None, False, yes, no, abstain, APPOINT)
    if not 0 < sum(hands) <= present:
        assert refused(hall, "ben", request, second="dua")
        return
    fact = hall.by("ben", request, second="dua")
    assert fact.passed == (yes + no > 0 and Fraction(yes, yes + no) > majority)
    assert fact.advisory == (present < quorum * active)
    assert takes_effect(fact) == (fact.passed and not fact.advisory)


# Notes and minutes


def test_notes_are_of_a_topic_or_of_anything():
    hall = Hall()
    hall.by("dua", AddTopic(words("The roof")))
    number = hall.meet()
    assert hall.by("ben", RecordNotes(number, words("It leaks"), 1)).topic == 1
    assert hall.by("ben", RecordNotes(number, words("Cake!"))).topic is None
    assert "few words" in refused(hall, "ben", RecordNotes(number, words("")))
    assert "no such number" in refused(hall, "ben", RecordNotes(number, words("It leaks"), 2))
    hall.by("ben", SettleTopic(number, 1))
    assert agenda(hall.state) == []


def test_a_closed_meeting_takes_nothing_more_and_its_minutes_are_a_draft():
    hall = Hall()
    number = hall.meet()
    hall.by("ben", CloseMeeting(number))
    assert drafts(hall.state) == [number]
    assert meeting_now(hall.state) is None
    for request in (
        CloseMeeting(number),
        RecordNotes(number, words("Late")),
        CountPresent(number, 3),
        MinuteDecision(number, words("Late"), yes=3),
        OpenMeeting(number, "ana", 20),
    ):
        assert refused(hall, "ben", request)


def test_the_next_meeting_corrects_the_minutes_and_adopts_them_once():
    hall = Hall()
    first = hall.meet(facilitator="ana")
    hall.by("ben", CloseMeeting(first))
    assert "is open" in refused(hall, "ben", AdoptMinutes(first, first))
    second = hall.meet(facilitator="dua")
    fact = hall.by("ben", CorrectMinutes(first, second, words("It was nine, not eight")))
    assert circle_of(hall.state, fact) is Circle.ROOM
    assert "few words" in refused(hall, "ben", CorrectMinutes(first, second, words("")))
    assert "minute taker" in refused(hall, "eli", AdoptMinutes(first, second))
    hall.by("ben", AdoptMinutes(first, second))
    assert hall.state.assemblies[first].stage is Stage.ADOPTED
    for request in (
        AdoptMinutes(first, second),
        CorrectMinutes(first, second, words("Late")),
        AdoptMinutes(9, second),
    ):
        assert "not a draft" in refused(hall, "ben", request)


def test_a_meeting_held_on_paper_is_entered_whole_afterwards():
    hall = Hall()
    held = NOW - 2 * DAY
    called = hall.by("ana", ConvokeAssembly(held, words("Yard"), announced=held - 4 * DAY), pin=True)
    opened = hall.by("ben", OpenMeeting(called.assembly, "cem", 12, held=held - HOUR))
    decided = hall.by("ben", MinuteDecision(called.assembly, words("Paint"), yes=10, no=1))
    hall.by("ben", CloseMeeting(called.assembly))
    assert (called.outside, opened.outside, opened.held, decided.passed) == ((), (), held - HOUR, True)
