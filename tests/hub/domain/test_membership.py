"""Who belongs reads like the book at the door: who asked, who vouched, who holds a card, who is gone."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import Articles
from hub.domain.base import Actor, Context, Refusal, Tier
from hub.domain.membership import (
    AskToJoin,
    CardIssued,
    ComeOfAge,
    Forget,
    Leave,
    MemberAdmitted,
    MemberAsked,
    MemberCameOfAge,
    MemberDied,
    MemberForgotten,
    MemberLeft,
    MemberRested,
    MemberReturned,
    MemberVouched,
    OpenEvening,
    RecordDeath,
    ReissueCard,
    Rest,
    Return,
    Standing,
    State,
    Vouch,
    active,
    belongs,
    decide,
    evolve,
    standing,
    voters,
)

NOW = 1_900_000_000_000
FOUNDERS = ("ana", "ben", "cem")


@dataclass
class Door:
    """The book at one house's door."""

    state: State = field(default_factory=State)
    articles: Articles = field(default_factory=Articles)

    def by(self, who, request, second=None, *, tier=Tier.CARD, clockwork=False, fresh=""):
        actor = Actor(who, tier) if who else Actor()
        other = Actor(second, Tier.CARD) if second else None
        context = Context(actor, NOW, self.articles, fresh, other, clockwork=clockwork)
        facts = decide(self.state, request, context)
        for fact in facts:
            self.state = evolve(self.state, fact)
        return facts

    def asks(self, *names, adult=True):
        for name in names:
            self.by(None, AskToJoin(adult), fresh=name)
        return self

    def book(self):
        return " ".join(f"{name}:{person.standing}" for name, person in sorted(self.state.members.items()))


def house(*others, **articles):
    """Three founders and whoever else asked."""
    door = Door(articles=replace(Articles(), **articles)).asks(*FOUNDERS)
    door.by(None, OpenEvening(FOUNDERS))
    return door.asks(*others)


def with_child(door=None):
    """A house where Kim, not of voting age, is a member."""
    door = (door or house()).asks("kim", adult=False)
    door.by("ana", Vouch(("kim",)))
    return door


def refused(door, *arguments, **named):
    before = door.state
    with pytest.raises(Refusal) as no:
        door.by(*arguments, **named)
    assert door.state == before
    return f"{no.value.article}: {no.value}"


# Asking and the opening evening


def test_somebody_asks_and_only_their_age_group_is_kept():
    door = Door()
    assert door.by(None, AskToJoin(False), fresh="kim") == [MemberAsked("kim", False)]
    assert door.book() == "kim:asked"
    assert not belongs(door.state, "kim")


def test_the_first_three_vouch_for_each_other_and_get_their_cards_in_one_run():
    facts = Door().asks(*FOUNDERS).by(None, OpenEvening(FOUNDERS))
    assert facts[:4] == [
        MemberVouched("ana", "ben"),
        MemberVouched("ana", "cem"),
        MemberAdmitted("ana"),
        CardIssued("ana", ("ben", "cem")),
    ]
    assert [fact.member for fact in facts if isinstance(fact, CardIssued)] == list(FOUNDERS)


def test_whoever_else_came_on_the_opening_evening_is_vouched_for_by_the_first_three():
    door = Door(articles=replace(Articles(), vouchers=5)).asks(*FOUNDERS, "dua").asks("kim", adult=False)
    facts = door.by(None, OpenEvening(("kim", *FOUNDERS, "dua")))
    assert CardIssued("dua", FOUNDERS) in facts
    assert CardIssued("kim", FOUNDERS) in facts
    assert door.book() == "ana:member ben:member cem:member dua:member kim:member"
    assert voters(door.state) == ["ana", "ben", "cem", "dua"]


@pytest.mark.parametrize("members", [(), ("ana",), ("ana", "ben"), ("ana", "ana", "ben", "ben"), ("ana", "ben", "kim")])
def test_a_house_begins_with_three_different_people_of_voting_age(members):
    door = Door().asks(*FOUNDERS).asks("kim", adult=False)
    assert "vouchers: A hub begins with 3 people of voting age" in refused(door, None, OpenEvening(members))


def test_a_name_given_twice_on_the_opening_evening_is_one_person():
    facts = Door().asks(*FOUNDERS).by(None, OpenEvening((*FOUNDERS, "ana")))
    assert len([fact for fact in facts if isinstance(fact, CardIssued)]) == 3


def test_the_opening_evening_is_of_people_who_asked_and_were_not_forgotten():
    assert "no such member" in refused(Door().asks(*FOUNDERS), None, OpenEvening((*FOUNDERS, "guest")))
    door = Door().asks(*FOUNDERS, "dua")
    door.state = evolve(door.state, MemberForgotten("dua"))
    assert "no such member" in refused(door, None, OpenEvening((*FOUNDERS, "dua")))


def test_there_is_one_opening_evening():
    door = house("dua", "eli", "fay")
    assert "vouchers: This hub has members already" in refused(door, None, OpenEvening(("dua", "eli", "fay")))


# Vouching


def test_one_word_is_enough_by_default_and_the_card_is_made_out():
    door = house("dua")
    assert door.by("ana", Vouch(("dua",))) == [
        MemberVouched("dua", "ana"),
        MemberAdmitted("dua"),
        CardIssued("dua", ("ana",)),
    ]
    assert door.state.members["dua"].cards == 1


def test_where_the_article_asks_for_two_the_second_word_admits():
    door = house("dua", vouchers=2)
    assert door.by("cem", Vouch(("dua",))) == [MemberVouched("dua", "cem")]
    assert door.book().endswith("dua:asked")
    assert door.by("ana", Vouch(("dua",)))[1:] == [MemberAdmitted("dua"), CardIssued("dua", ("ana", "cem"))]


def test_a_whole_list_is_vouched_for_at_once_and_each_name_counts_once():
    door = house("dua", "eli")
    door.by("ana", Vouch(("dua", "eli", "dua")))
    assert active(door.state) == ["ana", "ben", "cem", "dua", "eli"]
    assert door.state.members["dua"].cards == 1


def test_the_same_member_vouches_once():
    door = house("dua", vouchers=2)
    door.by("ana", Vouch(("dua",)))
    assert "vouchers: You have vouched" in refused(door, "ana", Vouch(("dua",)))


def test_vouching_is_for_people_who_asked():
    assert "no such member" in refused(house(), "ana", Vouch(("guest",)))
    assert "no such member" in refused(house(), "ana", Vouch(()))
    assert "member already" in refused(house(), "ana", Vouch(("ben",)))
    assert "member already" in refused(house(), "ana", Vouch(("ana",)))


def test_who_was_forgotten_before_being_admitted_is_nobody():
    door = house("dua")
    door.by("ana", Forget("dua"), "ben")
    assert "no such member" in refused(door, "ana", Vouch(("dua",)))


def test_one_unknown_name_on_a_list_admits_nobody_of_it():
    assert "no such member" in refused(house("dua"), "ana", Vouch(("dua", "guest")))


@pytest.mark.parametrize("who", ["kim", "eli", "guest", "gil", "dot"])
def test_children_newcomers_guests_and_who_is_gone_vouch_for_nobody(who):
    door = with_child(house("dua", "eli", "gil", "dot"))
    door.by("ana", Vouch(("gil", "dot")))
    door.by("gil", Leave(), tier=Tier.PIN)
    door.by("ana", RecordDeath("dot"), "ben")
    assert "voting_age: Vouching is for members of voting age" in refused(door, who, Vouch(("dua",)))


def test_without_a_card_nobody_vouches():
    assert "member card" in refused(house("dua"), None, Vouch(("dua",)))


# What two members do


ABOUT = [ReissueCard, ComeOfAge, RecordDeath, Forget]


def test_two_others_make_out_a_new_card():
    door = house("dua")
    door.by("ana", Vouch(("dua",)))
    assert door.by("cem", ReissueCard("dua"), "ana") == [CardIssued("dua", ("ana", "cem"))]
    assert door.state.members["dua"].cards == 2


def test_two_members_say_that_a_young_member_is_of_age():
    door = with_child()
    assert voters(door.state) == ["ana", "ben", "cem"]
    assert door.by("ana", ComeOfAge("kim"), "ben") == [MemberCameOfAge("kim")]
    assert voters(door.state) == ["ana", "ben", "cem", "kim"]
    assert "voting_age: This member is of voting age" in refused(door, "ana", ComeOfAge("kim"), "ben")


def test_two_members_record_a_death_and_keep_the_name_or_erase_it_as_the_family_asks():
    assert house().by("ana", RecordDeath("cem"), "ben") == [MemberDied("cem")]
    door = house()
    assert door.by("ana", RecordDeath("cem", forget=True), "ben") == [MemberDied("cem"), MemberForgotten("cem")]
    assert door.book() == "ana:member ben:member cem:died"
    assert door.state.members["cem"].forgotten


@pytest.mark.parametrize("act", ABOUT)
@pytest.mark.parametrize("second", [None, "ana"])
def test_it_takes_two(act, second):
    door = with_child(house())
    assert "vouchers: This takes two members" in refused(door, "ana", act("kim"), second)


@pytest.mark.parametrize("act", ABOUT)
def test_nobody_is_witness_in_their_own_case(act):
    assert "vouchers: Two other members" in refused(house(), "ana", act("ben"), "ben")


@pytest.mark.parametrize("act", [ReissueCard, ComeOfAge, RecordDeath])
def test_nobody_begins_their_own_case(act):
    assert "vouchers: Two other members" in refused(house(), "ana", act("ana"), "ben")


@pytest.mark.parametrize("act", ABOUT)
@pytest.mark.parametrize("pair", [("ana", "kim"), ("kim", "ana"), ("ana", "eli"), ("ana", "gil"), ("ana", "guest")])
def test_children_newcomers_guests_and_who_is_gone_are_no_witnesses(act, pair):
    door = with_child(house("dua", "eli", "gil"))
    door.by("ana", Vouch(("dua", "gil")))
    door.by("gil", Leave(), tier=Tier.PIN)
    who, second = pair
    assert "voting_age: This takes two members of voting age" in refused(door, who, act("dua"), second)


@pytest.mark.parametrize("act", [ReissueCard, ComeOfAge, RecordDeath])
@pytest.mark.parametrize("member", ["guest", "eli", "gil", "", "dot"])
def test_only_a_members_card_age_and_death_are_recorded(act, member):
    door = house("eli", "gil", "dot")
    door.by("ana", Vouch(("gil", "dot")))
    door.by("gil", Leave(), tier=Tier.PIN)
    door.by("dot", Forget("dot"), tier=Tier.PIN)
    assert "no such member" in refused(door, "ana", act(member), "ben")


def test_a_resting_member_is_a_member_and_a_witness_still():
    door = house()
    door.by(None, Rest(("ben", "cem")), clockwork=True)
    assert door.by("ana", ReissueCard("cem"), "ben") == [CardIssued("cem", ("ana", "ben"))]


# Resting and returning


def test_who_was_not_seen_for_long_rests_outside_quorum_and_roll():
    door = house("dua")
    facts = door.by(None, Rest(("ben", "ben", "dua", "guest")), clockwork=True)
    assert facts == [MemberRested("ben")]
    assert active(door.state) == voters(door.state) == ["ana", "cem"]
    assert belongs(door.state, "ben")
    assert door.by(None, Rest(("ben",)), clockwork=True) == []


def test_nobody_is_laid_to_rest_by_anybody():
    assert "dormant_months: The hub does this by itself" in refused(house(), "ana", Rest(("ben",)), "cem")


def test_one_scan_brings_a_resting_member_back_and_another_changes_nothing():
    door = house()
    door.by(None, Rest(("ben",)), clockwork=True)
    assert door.by("ben", Return()) == [MemberReturned("ben")]
    assert active(door.state) == ["ana", "ben", "cem"]
    assert door.by("ben", Return()) == []


def test_who_is_gone_does_not_return_by_a_scan():
    door = house()
    door.by("ben", Leave(), tier=Tier.PIN)
    assert door.by("ben", Return()) == []
    assert "member card" in refused(door, None, Return())


# Leaving and being forgotten


def test_a_member_leaves_by_their_own_word():
    door = house()
    assert door.by("cem", Leave(), tier=Tier.PIN) == [MemberLeft("cem")]
    assert door.book() == "ana:member ben:member cem:left"
    assert not belongs(door.state, "cem")
    assert "member card" in refused(door, None, Leave())


def test_a_member_is_forgotten_at_their_own_wish_with_card_and_pin():
    door = house()
    assert "type your PIN" in refused(door, "cem", Forget("cem"))
    assert "type your PIN" in refused(door, "cem", Forget("cem"), "ana")
    assert door.by("cem", Forget("cem"), tier=Tier.PIN) == [MemberLeft("cem"), MemberForgotten("cem")]
    assert "no such member" in refused(door, "ana", Forget("cem"), "ben")


def test_two_members_have_somebody_forgotten_who_asks_them():
    door = house("dua")
    door.by(None, Rest(("cem",)), clockwork=True)
    assert door.by("ana", Forget("cem"), "ben") == [MemberLeft("cem"), MemberForgotten("cem")]
    assert door.by("ana", Forget("dua"), "ben") == [MemberForgotten("dua")]


def test_who_left_or_died_is_forgotten_without_leaving_again():
    door = house("dua", "eli")
    door.by("ana", Vouch(("dua", "eli")))
    door.by("dua", Leave(), tier=Tier.PIN)
    door.by("ana", RecordDeath("eli"), "ben")
    assert door.by("ana", Forget("dua"), "ben") == [MemberForgotten("dua")]
    assert door.by("ana", Forget("eli"), "ben") == [MemberForgotten("eli")]
    assert standing(door.state, "eli") is Standing.DIED


def test_nobody_forgets_a_stranger_or_acts_without_a_card():
    assert "no such member" in refused(house(), "ana", Forget("guest"), "ben")
    assert "member card" in refused(house(), None, Forget("ana"), "ben")


# Where people stand


def test_nobody_known_stands_nowhere():
    assert standing(house().state, None) is None
    assert standing(house().state, "guest") is None
    assert not belongs(house().state, None)


people = st.sampled_from([*FOUNDERS, "dua", "eli", "kim", "guest"])
acts = st.one_of(
    st.builds(Vouch, st.lists(people, max_size=3).map(tuple)),
    st.builds(OpenEvening, st.lists(people, max_size=4).map(tuple)),
    *(st.builds(act, people) for act in ABOUT),
    st.just(Return()),
    st.builds(Rest, st.lists(people, max_size=3).map(tuple)),
)


@given(st.lists(st.tuples(people, acts, people, st.sampled_from(Tier), st.booleans()), max_size=40))
def test_whatever_is_asked_every_member_was_vouched_for_and_every_no_is_a_sentence(evening):
    door = house("dua", "eli").asks("kim", adult=False)
    noes = []
    for who, act, second, tier, clockwork in evening:
        try:
            door.by(who, act, second, tier=tier, clockwork=clockwork)
        except Refusal as no:
            noes.append(str(no))
    assert all(noes)
    for member, person in door.state.members.items():
        assert (person.standing is Standing.ASKED) == (person.cards == 0)
        assert member not in person.vouched_by
        assert not (person.forgotten and belongs(door.state, member))
    assert "guest" not in door.state.members
