"""Needs and offers read like the board in the hall: who asks, who sees to it, what is open."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import Articles
from hub.domain.base import LONGEST_TEXT, Actor, Circle, Context, Refusal, Tier
from hub.domain.needs import (
    AgreeContact,
    AskForOffer,
    ContactAgreed,
    LetGoNeed,
    MakeOffer,
    MarkNeedMet,
    NeedLetGo,
    NeedMet,
    NeedReported,
    NeedTakenUp,
    NeedWidened,
    NeedWithdrawn,
    OfferAskedFor,
    OfferMade,
    OfferWithdrawn,
    ReportNeed,
    Soon,
    Sort,
    State,
    TakeUpNeed,
    WidenNeed,
    WithdrawNeed,
    WithdrawOffer,
    circle_of,
    decide,
    evolve,
    inherit,
    vacate,
)

NOW = 1_900_000_000_000
RICE = {"en": "Rice for four"}
NOBODY = None


@dataclass
class Board:
    """The board of one house, and people who walk up to it."""

    state: State = field(default_factory=State)

    def by(self, who, request):
        actor = Actor(who, Tier.CARD) if who else Actor()
        facts = decide(self.state, request, Context(actor, NOW, Articles()))
        for fact in facts:
            self.state = evolve(self.state, fact)
        return facts

    def shows(self):
        needs = [
            f"{number} {need.by or 'somebody'}{f' <- {need.taker}' if need.taker else ''}"
            for number, need in sorted(self.state.needs.items())
            if not need.closed
        ]
        offers = [f"offer {number} {offer.by}" for number, offer in self.state.offers.items() if not offer.closed]
        return " | ".join(needs + offers)


def board(asker="ana", *, taker=None, circle=Circle.MEMBERS):
    hall = Board()
    hall.by(asker, ReportNeed(Sort.FOOD, Soon.TODAY, RICE, circle))
    if taker:
        hall.by(taker, TakeUpNeed(1, {"en": "At six"}))
    return hall


def shelf(circle=Circle.MEMBERS):
    hall = Board()
    hall.by("ana", MakeOffer(Sort.REPAIR, {"en": "I mend bikes"}, circle))
    return hall


def refused(hall, who, request):
    before = hall.state
    with pytest.raises(Refusal) as no:
        hall.by(who, request)
    assert hall.state == before
    return str(no.value)


# Asking


def test_anybody_asks_without_a_card():
    (fact,) = Board().by(NOBODY, ReportNeed(Sort.FOOD, Soon.TODAY, {"en": " Rice\x07 for four "}))
    assert fact == NeedReported(1, Sort.FOOD, Soon.TODAY, Circle.MEMBERS, None, RICE)


def test_who_shows_a_card_is_known_as_the_asker():
    assert board("ana").shows() == "1 ana"


def test_numbers_go_on_and_are_never_given_twice():
    hall = board("ana")
    hall.by("ana", WithdrawNeed(1))
    hall.by("ben", ReportNeed(Sort.CARE, Soon.WEEK, RICE))
    assert hall.shows() == "2 ben"


def test_a_need_is_words_that_somebody_can_see():
    assert "write a few words" in refused(Board(), "ana", ReportNeed(Sort.FOOD, Soon.TODAY, {"en": "\u200b"}))
    assert "please shorten" in refused(
        Board(), "ana", ReportNeed(Sort.FOOD, Soon.TODAY, {"en": "x" * (LONGEST_TEXT + 1)})
    )
    for who in (NOBODY, "ana"):
        request = ReportNeed(Sort.FOOD, Soon.TODAY, RICE, Circle.CONCERNED)
        assert "Choose members or wider" in refused(Board(), who, request)


# Taking up


def test_a_member_takes_up_a_need_and_says_when():
    hall = board("ana")
    assert hall.by("ben", TakeUpNeed(1, {"en": " At six "})) == [NeedTakenUp(1, "ben", {"en": "At six"})]
    assert hall.shows() == "1 ana <- ben"


def test_saying_when_may_be_left_out():
    assert board("ana").by("ben", TakeUpNeed(1)) == [NeedTakenUp(1, "ben", {})]


def test_a_need_is_taken_up_once_by_somebody_else_with_a_card():
    assert "your own need" in refused(board("ana"), "ana", TakeUpNeed(1))
    assert "already taken this up" in refused(board("ana", taker="ben"), "cem", TakeUpNeed(1))
    assert "already taken this up" in refused(board("ana", taker="ben"), "ben", TakeUpNeed(1))
    assert "member card" in refused(board("ana"), NOBODY, TakeUpNeed(1))
    assert "member card" in refused(board(NOBODY), NOBODY, TakeUpNeed(1))
    assert "please shorten" in refused(board("ana"), "ben", TakeUpNeed(1, {"en": "x" * (LONGEST_TEXT + 1)}))


def test_who_cannot_after_all_lets_go_and_another_takes_it_up():
    hall = board("ana", taker="ben")
    assert hall.by("ben", LetGoNeed(1)) == [NeedLetGo(1, "ben")]
    assert hall.shows() == "1 ana"
    hall.by("cem", TakeUpNeed(1))
    assert hall.shows() == "1 ana <- cem"


def test_only_who_took_it_up_lets_go():
    for who in ("ana", "cem"):
        assert "Only the people it concerns" in refused(board("ana", taker="ben"), who, LetGoNeed(1))
    assert "Only the people it concerns" in refused(board("ana"), "ben", LetGoNeed(1))
    assert "member card" in refused(board("ana"), NOBODY, LetGoNeed(1))


# Met, withdrawn, widened


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_one_of_the_two_says_it_was_met(who):
    hall = board("ana", taker="ben")
    assert hall.by(who, MarkNeedMet(1)) == [NeedMet(1, who)]
    assert hall.shows() == ""


def test_where_nobody_showed_a_card_any_member_looks_after_the_need():
    assert board(NOBODY, taker="ben").by("cem", MarkNeedMet(1)) == [NeedMet(1, "cem")]
    assert board(NOBODY).by("cem", WithdrawNeed(1)) == [NeedWithdrawn(1, "cem")]
    assert board(NOBODY).by("cem", WidenNeed(1, Circle.ROOM, RICE))


def test_nobody_else_says_it_was_met():
    assert "Only the people it concerns" in refused(board("ana", taker="ben"), "cem", MarkNeedMet(1))
    assert "Only the people it concerns" in refused(board("ana"), "ben", MarkNeedMet(1))
    assert "member card" in refused(board(NOBODY), NOBODY, MarkNeedMet(1))


def test_who_asked_stops_asking_and_nobody_else():
    assert board("ana", taker="ben").by("ana", WithdrawNeed(1)) == [NeedWithdrawn(1, "ana")]
    assert "Only the people it concerns" in refused(board("ana", taker="ben"), "ben", WithdrawNeed(1))
    assert "member card" in refused(board(NOBODY), NOBODY, WithdrawNeed(1))


def test_whom_it_concerns_lets_more_people_see_it_in_new_words():
    hall = board("ana")
    (fact,) = hall.by("ana", WidenNeed(1, Circle.FEDERATION, {"en": " Rice "}))
    assert fact == NeedWidened(1, Sort.FOOD, Soon.TODAY, Circle.FEDERATION, {"en": "Rice"})
    assert circle_of(hall.state, fact) is Circle.FEDERATION
    assert hall.shows() == "1 ana"


@pytest.mark.parametrize("circle", [Circle.CONCERNED, Circle.MEMBERS, Circle.ROOM])
def test_a_circle_only_grows(circle):
    assert "not wider" in refused(board("ana", circle=Circle.ROOM), "ana", WidenNeed(1, circle, RICE))


def test_widening_takes_the_asker_and_words():
    assert "Only the people it concerns" in refused(board("ana", taker="ben"), "ben", WidenNeed(1, Circle.ROOM, RICE))
    assert "write a few words" in refused(board("ana"), "ana", WidenNeed(1, Circle.ROOM, {}))


# Contacts


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_each_of_the_pair_agrees_for_themselves_and_nobody_else_hears(who):
    hall = board("ana", taker="ben", circle=Circle.FEDERATION)
    before = hall.state
    (fact,) = hall.by(who, AgreeContact(1))
    assert fact == ContactAgreed(1, who)
    assert hall.state == before
    assert circle_of(hall.state, fact) is Circle.CONCERNED


def test_without_a_pair_there_is_no_contact_to_agree_on():
    assert "Only the people it concerns" in refused(board("ana"), "ana", AgreeContact(1))
    assert "Only the people it concerns" in refused(board("ana", taker="ben"), "cem", AgreeContact(1))
    assert "member card" in refused(board(NOBODY, taker="ben"), NOBODY, AgreeContact(1))


# Closed and unknown


EVERY_ACT = [TakeUpNeed, LetGoNeed, MarkNeedMet, WithdrawNeed, AgreeContact, lambda need: WidenNeed(need, 3, RICE)]


@pytest.mark.parametrize("act", EVERY_ACT)
@pytest.mark.parametrize("number", [0, 2, -1, 10**30])
def test_a_number_nobody_was_given_is_no_need(act, number):
    assert "no such number" in refused(board("ana", taker="ben"), "ana", act(number))


@pytest.mark.parametrize("act", EVERY_ACT)
@pytest.mark.parametrize("closing", [MarkNeedMet, WithdrawNeed])
def test_what_is_closed_stays_closed(act, closing):
    hall = board("ana", taker="ben")
    hall.by("ana", closing(1))
    assert "already closed" in refused(hall, "ana", act(1))


# Offers


def test_a_member_offers_and_another_asks_for_it():
    hall = Board()
    (fact,) = hall.by("ana", MakeOffer(Sort.REPAIR, {"en": " I mend bikes "}))
    assert fact == OfferMade(1, Sort.REPAIR, Circle.MEMBERS, "ana", {"en": "I mend bikes"})
    assert hall.by("ben", AskForOffer(1, {"en": "Mine squeaks"})) == [OfferAskedFor(1, "ben", {"en": "Mine squeaks"})]
    assert hall.by("cem", AskForOffer(1)) == [OfferAskedFor(1, "cem", {})]
    assert hall.shows() == "offer 1 ana"


def test_who_asked_for_an_offer_asks_once():
    hall = shelf()
    hall.by("ben", AskForOffer(1))
    assert "asked for this already" in refused(hall, "ben", AskForOffer(1, {"en": "And again"}))
    hall.by("cem", AskForOffer(1))
    assert hall.state.offers[1].asked == {"ben", "cem"}


def test_an_offer_is_words_of_a_member_that_somebody_can_see():
    assert "write a few words" in refused(Board(), "ana", MakeOffer(Sort.REPAIR, {}))
    assert "Choose members or wider" in refused(Board(), "ana", MakeOffer(Sort.REPAIR, RICE, Circle.CONCERNED))
    assert "member card" in refused(Board(), NOBODY, MakeOffer(Sort.REPAIR, RICE))


def test_nobody_asks_for_their_own_offer_or_without_a_card():
    assert "your own offer" in refused(shelf(), "ana", AskForOffer(1))
    assert "member card" in refused(shelf(), NOBODY, AskForOffer(1))
    assert "please shorten" in refused(shelf(), "ben", AskForOffer(1, {"en": "x" * (LONGEST_TEXT + 1)}))


def test_who_offered_ends_it_and_nobody_else():
    hall = shelf()
    assert "Only the people it concerns" in refused(hall, "ben", WithdrawOffer(1))
    assert "member card" in refused(hall, NOBODY, WithdrawOffer(1))
    assert hall.by("ana", WithdrawOffer(1)) == [OfferWithdrawn(1, "ana")]
    assert hall.shows() == ""


@pytest.mark.parametrize("act", [AskForOffer, WithdrawOffer])
def test_an_offer_that_is_over_or_never_was_is_neither_asked_for_nor_ended(act):
    hall = shelf()
    hall.by("ana", WithdrawOffer(1))
    assert "already closed" in refused(hall, "ana", act(1))
    assert "no such number" in refused(hall, "ana", act(2))
    assert "no such number" in refused(hall, "ana", act(-(10**30)))


# Whose eyes


def test_what_happens_to_a_need_is_for_the_eyes_of_its_circle_as_it_stands():
    hall = board("ana")
    taken = hall.by("ben", TakeUpNeed(1))[0]
    let_go = hall.by("ben", LetGoNeed(1))[0]
    assert [circle_of(hall.state, fact) for fact in (taken, let_go)] == [Circle.MEMBERS] * 2
    hall.by("ana", WidenNeed(1, Circle.FEDERATION, RICE))
    met = hall.by("ana", MarkNeedMet(1))[0]
    assert [circle_of(hall.state, fact) for fact in (taken, let_go, met)] == [Circle.FEDERATION] * 3
    assert circle_of(hall.state, NeedWithdrawn(1, "ana")) is Circle.FEDERATION


def test_an_offer_is_for_its_circle_and_who_asks_for_it_for_the_two():
    hall = shelf(Circle.ROOM)
    made = OfferMade(1, Sort.REPAIR, Circle.ROOM, "ana", RICE)
    asked = hall.by("ben", AskForOffer(1))[0]
    ended = hall.by("ana", WithdrawOffer(1))[0]
    circles = [circle_of(hall.state, fact) for fact in (made, asked, ended)]
    assert circles == [Circle.ROOM, Circle.CONCERNED, Circle.ROOM]


# Who leaves


def test_what_somebody_who_is_gone_had_taken_up_is_open_again_and_theirs_is_over():
    hall = board("ana", taker="ben")
    hall.by("ben", ReportNeed(Sort.CARE, Soon.WEEK, RICE))
    hall.by("ben", MakeOffer(Sort.REPAIR, RICE))
    hall.by("cem", MakeOffer(Sort.REPAIR, RICE))
    hall.by("cem", ReportNeed(Sort.CARE, Soon.WEEK, RICE))
    assert inherit(hall.state, "ben") == [1]
    facts = vacate(hall.state, "ben")
    assert facts == [NeedLetGo(1, "ben"), NeedWithdrawn(2, "ben"), OfferWithdrawn(1, "ben")]
    for fact in facts:
        hall.state = evolve(hall.state, fact)
    assert hall.shows() == "1 ana | 3 cem | offer 2 cem"
    assert vacate(hall.state, "ben") == []


def test_what_is_closed_is_left_alone_when_somebody_goes():
    hall = board("ana", taker="ben")
    hall.by("ben", MakeOffer(Sort.REPAIR, RICE))
    hall.by("ben", WithdrawOffer(1))
    hall.by("ana", MarkNeedMet(1))
    assert inherit(hall.state, "ben") == []
    assert vacate(hall.state, "ana") == vacate(hall.state, "ben") == []


# Any evening

people = st.sampled_from(["ana", "ben", "cem", NOBODY])
number = st.integers(0, 4)
acts = st.one_of(
    st.builds(ReportNeed, st.sampled_from(Sort), st.sampled_from(Soon), st.just(RICE), st.sampled_from(Circle)),
    st.builds(MakeOffer, st.sampled_from(Sort), st.just(RICE), st.sampled_from(Circle)),
    st.builds(WidenNeed, number, st.sampled_from(Circle), st.just(RICE)),
    *(st.builds(act, number) for act in (TakeUpNeed, LetGoNeed, MarkNeedMet, WithdrawNeed, AgreeContact)),
    *(st.builds(act, number) for act in (AskForOffer, WithdrawOffer)),
)


@given(st.lists(st.tuples(people, acts), max_size=40))
def test_on_any_evening_nobody_sees_to_their_own_need_and_every_no_is_a_sentence(evening):
    hall, noes = Board(), []
    for who, act in evening:
        try:
            facts = hall.by(who, act)
        except Refusal as no:
            noes.append(str(no))
            continue
        assert all(isinstance(circle_of(hall.state, fact), Circle) for fact in facts)
    assert all(noes)
    for need in hall.state.needs.values():
        assert need.taker is None or need.taker != need.by
        assert need.circle >= Circle.MEMBERS
