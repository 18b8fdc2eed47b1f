"""Sign-up lists read like the sheet on the fridge: who has a place, how many they are, who waits."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import Articles
from hub.domain.base import (
    DAY,
    FACILITATOR,
    HOUR,
    Actor,
    Circle,
    Context,
    Refusal,
    Tier,
    Words,
)
from hub.domain.signups import (
    FARTHEST,
    LASTS,
    ChangeSignup,
    CloseSignup,
    HandOver,
    LeaveSignup,
    OpenSignup,
    ReopenSignup,
    ResizeParty,
    SignUp,
    SignUpGuest,
    SignupLeft,
    SignupMovedUp,
    Sort,
    State,
    circle_of,
    coming,
    decide,
    evolve,
    guests,
    tonight,
    vacate,
)

NOW = 1_900_000_000_000
SOUP = NOW + 6 * HOUR
MEMBERS = {"ana", "ben", "cem", "dua", "eli"}


@dataclass
class Fridge:
    """The lists of one house, and people who walk up to them."""

    state: State = field(default_factory=State)
    now: int = NOW
    articles: Articles = field(default_factory=Articles)

    def by(self, who, request, *, second=None, roles=frozenset()):
        actor = Actor(who, Tier.CARD, roles) if who in MEMBERS else Actor()
        context = Context(
            actor,
            self.now,
            self.articles,
            fresh="" if who in MEMBERS else who,
            second=Actor(second, Tier.CARD) if second else None,
        )
        facts = decide(self.state, request, context, belongs=MEMBERS.__contains__)
        self.hear(facts)
        return facts

    def hear(self, facts):
        for fact in facts:
            self.state = evolve(self.state, fact)

    def sheet(self, number=1):
        signup = self.state.signups[number]
        seated = [
            f"{each} {party.who} {party.size}" for each, party in sorted(signup.parties.items()) if not party.waits
        ]
        waiting = [f"{each} {signup.parties[each].who} {signup.parties[each].size}" for each in signup.waiting]
        return " | ".join([f"{signup.taken} of {signup.places}", *seated, *(["waiting", *waiting] if waiting else [])])


def words(text):
    return Words({"en": text})


def fridge(places=4, sort=Sort.MEAL, circle=Circle.ROOM, starts=SOUP):
    kitchen = Fridge()
    kitchen.by("ana", OpenSignup(sort, words("Bean soup"), starts, places, words("Kitchen"), circle))
    return kitchen


def refused(kitchen, who, request, **more):
    before = kitchen.state
    with pytest.raises(Refusal) as no:
        kitchen.by(who, request, **more)
    assert kitchen.state == before
    return str(no.value)


# Opening a list


def test_any_member_opens_a_list_and_the_room_sees_it():
    kitchen = Fridge()
    (fact,) = kitchen.by("dua", OpenSignup(Sort.TRIP, words(" To the\n sea "), SOUP, 30))
    assert (fact.title, fact.place) == ({"en": "To the sea"}, {})
    assert kitchen.sheet() == "0 of 30"
    assert circle_of(kitchen.state, fact) is Circle.ROOM


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (OpenSignup(Sort.MEAL, words(" "), SOUP, 4), "write a few words"),
        (OpenSignup(Sort.MEAL, words("Soup"), SOUP, 0), "1 to 500 places"),
        (OpenSignup(Sort.MEAL, words("Soup"), SOUP, 501), "1 to 500 places"),
        (OpenSignup(Sort.MEAL, words("Soup"), NOW - 1, 4), "still to come"),
        (OpenSignup(Sort.MEAL, words("Soup"), NOW + FARTHEST + 1, 4), "within a year"),
        (OpenSignup(Sort.MEAL, words("Soup"), SOUP, 4, circle=Circle.CONCERNED), "members or wider"),
    ],
)
def test_a_list_needs_words_places_a_time_to_come_and_eyes_to_see_it(request_, sentence):
    assert sentence in refused(Fridge(), "ana", request_)


def test_without_a_card_nobody_opens_a_list():
    assert "member card" in refused(Fridge(), "olga", OpenSignup(Sort.MEAL, words("Soup"), SOUP, 4))


# Signing up


def test_people_get_places_until_the_list_is_full_then_they_wait_in_order():
    kitchen = fridge(places=4)
    for who, size in (("ana", 2), ("ben", 2), ("cem", 1), ("dua", 3)):
        kitchen.by(who, SignUp(1, size))
    assert kitchen.sheet() == "4 of 4 | 1 ana 2 | 2 ben 2 | waiting | 3 cem 1 | 4 dua 3"


def test_a_party_that_does_not_fit_whole_waits_and_a_smaller_one_may_take_the_free_place():
    kitchen = fridge(places=3)
    for who, size in (("ana", 2), ("ben", 2), ("cem", 1)):
        kitchen.by(who, SignUp(1, size))
    assert kitchen.sheet() == "3 of 3 | 1 ana 2 | 3 cem 1 | waiting | 2 ben 2"


def test_a_guest_signs_up_for_a_meal_by_first_name_alone():
    kitchen = fridge()
    (fact,) = kitchen.by("olga", SignUpGuest(1, 2))
    assert fact.guest
    assert kitchen.sheet() == "2 of 4 | 1 olga 2"
    assert guests(kitchen.state) == {"olga"}


@pytest.mark.parametrize("sort", [each for each in Sort if each is not Sort.MEAL])
def test_without_a_card_there_are_only_meals(sort):
    assert "sign up for meals" in refused(fridge(sort=sort), "olga", SignUpGuest(1))


def test_guests_may_be_left_to_members_by_the_constitution_or_by_the_circle_of_the_list():
    kitchen = fridge()
    kitchen.articles = replace(Articles(), guests=False)
    with pytest.raises(Refusal) as no:
        kitchen.by("olga", SignUpGuest(1))
    assert no.value.article == "guests"
    assert "for members" in refused(fridge(circle=Circle.MEMBERS), "olga", SignUpGuest(1))


def test_a_guest_has_a_name():
    assert "first name" in refused(fridge(), "", SignUpGuest(1))


def test_a_card_is_needed_to_sign_up_as_a_member():
    assert "member card" in refused(fridge(), "olga", SignUp(1))


@pytest.mark.parametrize(("size", "sentence"), [(0, "1 to 6"), (7, "1 to 6"), (5, "in all: 4")])
def test_a_party_is_one_to_six_and_never_more_than_the_list(size, sentence):
    assert sentence in refused(fridge(places=4), "ben", SignUp(1, size))


def test_nobody_is_on_a_list_twice():
    kitchen = fridge()
    kitchen.by("ben", SignUp(1))
    assert "on the list already" in refused(kitchen, "ben", SignUp(1))


def test_there_is_no_signing_up_for_what_is_over_or_was_never_there():
    kitchen = fridge()
    assert "no such number" in refused(kitchen, "ben", SignUp(9))
    assert "no such number" in refused(kitchen, "olga", SignUpGuest(9))
    kitchen.now = SOUP + LASTS
    kitchen.by("ben", SignUp(1))
    kitchen.now += 1
    assert "is over" in refused(kitchen, "cem", SignUp(1))
    assert kitchen.sheet() == "1 of 4 | 1 ben 1"


# Leaving, being more or fewer


def test_who_leaves_makes_room_for_the_first_that_fits_and_then_the_next():
    kitchen = fridge(places=4)
    for who, size in (("ana", 3), ("ben", 1), ("cem", 4), ("dua", 2), ("eli", 1)):
        kitchen.by(who, SignUp(1, size))
    assert kitchen.by("ana", LeaveSignup(1, 1)) == [
        SignupLeft(1, 1),
        SignupMovedUp(1, 4),
        SignupMovedUp(1, 5),
    ]
    assert kitchen.sheet() == "4 of 4 | 2 ben 1 | 4 dua 2 | 5 eli 1 | waiting | 3 cem 4"


def test_a_guest_leaves_by_telling_any_member():
    kitchen = fridge()
    kitchen.by("olga", SignUpGuest(1))
    assert "member card" in refused(kitchen, "olga", LeaveSignup(1, 1))
    kitchen.by("ben", LeaveSignup(1, 1))
    assert kitchen.sheet() == "0 of 4"
    assert guests(kitchen.state) == set()


def test_nobody_takes_another_member_off_a_list():
    kitchen = fridge()
    kitchen.by("ben", SignUp(1))
    for request in (LeaveSignup(1, 1), ResizeParty(1, 1, 2), HandOver(1, 1, to="cem")):
        assert "Only the person who signed up" in refused(kitchen, "ana", request)


def test_who_left_is_not_there_to_leave_again_and_numbers_are_never_given_twice():
    kitchen = fridge()
    kitchen.by("ben", SignUp(1))
    kitchen.by("ben", LeaveSignup(1, 1))
    assert "not on this list any more" in refused(kitchen, "ben", LeaveSignup(1, 1))
    kitchen.by("ben", SignUp(1))
    assert kitchen.sheet() == "1 of 4 | 2 ben 1"


def test_a_party_grows_into_free_places_only_and_when_it_shrinks_others_move_up():
    kitchen = fridge(places=4)
    for who, size in (("ana", 3), ("ben", 2)):
        kitchen.by(who, SignUp(1, size))
    kitchen.by("ana", ResizeParty(1, 1, 4))
    assert kitchen.sheet() == "4 of 4 | 1 ana 4 | waiting | 2 ben 2"
    kitchen.by("ana", ResizeParty(1, 1, 2))
    assert kitchen.sheet() == "4 of 4 | 1 ana 2 | 2 ben 2"
    assert kitchen.by("ana", ResizeParty(1, 1, 2)) == []


def test_who_waits_moves_up_by_being_fewer():
    kitchen = fridge(places=4)
    for who, size in (("ana", 3), ("ben", 2)):
        kitchen.by(who, SignUp(1, size))
    kitchen.by("ben", ResizeParty(1, 2, 1))
    assert kitchen.sheet() == "4 of 4 | 1 ana 3 | 2 ben 1"


def test_growing_beyond_what_is_free_is_refused_with_the_number_that_is():
    kitchen = fridge(places=6)
    for who, size in (("ana", 3), ("ben", 2)):
        kitchen.by(who, SignUp(1, size))
    assert "room for 1 more" in refused(kitchen, "ana", ResizeParty(1, 1, 5))


# Giving a place away


def test_a_place_is_given_to_somebody_who_waits_out_of_turn():
    kitchen = fridge(places=2)
    for who, size in (("ana", 2), ("ben", 2), ("cem", 1), ("dua", 1)):
        kitchen.by(who, SignUp(1, size))
    kitchen.by("ana", HandOver(1, 1, waiting=4))
    assert kitchen.sheet() == "2 of 2 | 3 cem 1 | 4 dua 1 | waiting | 2 ben 2"


def test_a_place_is_given_to_a_member_who_agreed():
    kitchen = fridge()
    kitchen.by("ana", SignUp(1, 2))
    kitchen.by("ana", HandOver(1, 1, to="ben"))
    assert kitchen.sheet() == "2 of 4 | 1 ben 2"


def test_a_guest_s_place_goes_to_a_member_through_any_member():
    kitchen = fridge()
    kitchen.by("olga", SignUpGuest(1))
    kitchen.by("cem", HandOver(1, 1, to="cem"))
    assert kitchen.sheet() == "1 of 4 | 1 cem 1"
    assert guests(kitchen.state) == set()
    assert "Only the person" in refused(kitchen, "ana", LeaveSignup(1, 1))


def test_a_place_goes_to_nobody_unknown_to_nobody_twice_and_never_to_more_than_fit():
    kitchen = fridge(places=2)
    for who, size in (("ana", 1), ("ben", 1), ("cem", 2)):
        kitchen.by(who, SignUp(1, size))
    assert "Choose who gets the place" in refused(kitchen, "ana", HandOver(1, 1))
    assert "Choose who gets the place" in refused(kitchen, "ana", HandOver(1, 1, to="nobody"))
    assert "on the list already" in refused(kitchen, "ana", HandOver(1, 1, to="ben"))
    assert "not waiting any more" in refused(kitchen, "ana", HandOver(1, 1, waiting=2))
    assert "They are 2 people" in refused(kitchen, "ana", HandOver(1, 1, waiting=3))
    assert "no place to give" in refused(kitchen, "cem", HandOver(1, 3, to="dua"))


# Changing, closing, opening again


def test_more_places_are_filled_from_the_waiting_list_at_once():
    kitchen = fridge(places=1)
    for who, size in (("ana", 1), ("ben", 1), ("cem", 1)):
        kitchen.by(who, SignUp(1, size))
    kitchen.by("ana", ChangeSignup(1, SOUP, 2))
    assert kitchen.sheet() == "2 of 2 | 1 ana 1 | 2 ben 1 | waiting | 3 cem 1"


def test_places_that_are_taken_are_not_taken_away():
    kitchen = fridge(places=4)
    kitchen.by("ben", SignUp(1, 3))
    assert "taken already: 3" in refused(kitchen, "ana", ChangeSignup(1, SOUP, 2))
    kitchen.by("ana", ChangeSignup(1, SOUP, 3))
    assert kitchen.sheet() == "3 of 3 | 1 ben 3"


def test_a_list_moves_to_a_time_to_come_and_nothing_changed_is_nothing_written():
    kitchen = fridge()
    assert "still to come" in refused(kitchen, "ana", ChangeSignup(1, NOW - HOUR, 4))
    assert "1 to 500" in refused(kitchen, "ana", ChangeSignup(1, SOUP, 0))
    assert kitchen.by("ana", ChangeSignup(1, SOUP, 4)) == []
    (moved,) = kitchen.by("ana", ChangeSignup(1, SOUP + DAY, 4, words("Yard")))
    assert (moved.starts, moved.place) == (SOUP + DAY, {"en": "Yard"})
    kitchen.now = SOUP + DAY + HOUR
    kitchen.by("ana", ChangeSignup(1, SOUP + DAY, 9))
    assert kitchen.sheet() == "0 of 9"


@pytest.mark.parametrize("request_", [ChangeSignup(1, SOUP, 5), CloseSignup(1), ReopenSignup(1)])
def test_a_list_is_changed_by_who_opened_it_by_a_role_or_by_two_members(request_):
    def ready():
        kitchen = fridge()
        if isinstance(request_, ReopenSignup):
            kitchen.by("ana", CloseSignup(1))
        return kitchen

    assert "opened the list" in refused(ready(), "ben", request_)
    assert "opened the list" in refused(ready(), "ben", request_, second="ben")
    assert ready().by("ana", request_)
    assert ready().by("ben", request_, roles=frozenset({FACILITATOR}))
    assert ready().by("ben", request_, second="cem")


def test_a_closed_list_takes_nobody_new_but_lets_people_leave_and_move_up():
    kitchen = fridge(places=1)
    kitchen.by("ben", SignUp(1))
    kitchen.by("cem", SignUp(1))
    kitchen.by("ana", CloseSignup(1, words("The pot is full")))
    assert "closed" in refused(kitchen, "dua", SignUp(1))
    assert "closed" in refused(kitchen, "olga", SignUpGuest(1))
    assert "closed already" in refused(kitchen, "ana", CloseSignup(1))
    kitchen.by("ben", LeaveSignup(1, 1))
    assert kitchen.sheet() == "1 of 1 | 2 cem 1"


def test_a_cancelled_meal_can_take_place_after_all_with_the_same_people():
    kitchen = fridge()
    kitchen.by("ben", SignUp(1))
    kitchen.by("ana", CloseSignup(1))
    kitchen.by("ana", CloseSignup(1, words("No gas"), cancel=True))
    assert kitchen.state.signups[1].cancelled
    assert "closed already" in refused(kitchen, "ana", CloseSignup(1, cancel=True))
    kitchen.by("ana", ReopenSignup(1))
    assert "is open" in refused(kitchen, "ana", ReopenSignup(1))
    kitchen.by("cem", SignUp(1))
    assert kitchen.sheet() == "2 of 4 | 1 ben 1 | 2 cem 1"


def test_lists_never_vanish():
    kitchen = fridge()
    kitchen.by("ana", CloseSignup(1, cancel=True))
    kitchen.now = SOUP + DAY
    for request in (CloseSignup(1), ReopenSignup(1), ChangeSignup(1, SOUP + 2 * DAY, 4)):
        assert "is over" in refused(kitchen, "ana", request)
    assert 1 in kitchen.state.signups


# What the house and the idle screen ask


def test_who_leaves_the_house_leaves_the_lists_to_come_and_not_those_that_were():
    kitchen = fridge(places=1)
    kitchen.by("ana", OpenSignup(Sort.SHIFT, words("Washing up"), SOUP + DAY, 1))
    for number in (1, 2):
        kitchen.by("ben", SignUp(number))
        kitchen.by("cem", SignUp(number))
    kitchen.now = SOUP + 1
    facts = vacate(kitchen.state, "ben", kitchen.now)
    assert facts == [SignupLeft(2, 1), SignupMovedUp(2, 2)]
    kitchen.hear(facts)
    assert kitchen.sheet(1) == "1 of 1 | 1 ben 1 | waiting | 2 cem 1"
    assert kitchen.sheet(2) == "1 of 1 | 2 cem 1"


def test_the_idle_screen_reminds_of_tonight_soonest_first_and_of_what_was_cancelled():
    kitchen = fridge()
    kitchen.by("ana", OpenSignup(Sort.SHIFT, words("Chopping"), SOUP - 2 * HOUR, 3))
    kitchen.by("ana", OpenSignup(Sort.TRIP, words("The sea"), SOUP + 3 * DAY, 3))
    kitchen.by("ana", CloseSignup(1, cancel=True))
    assert tonight(kitchen.state, NOW) == [2, 1]
    assert tonight(kitchen.state, SOUP + 2 * HOUR) == [1]


def test_a_member_sees_the_lists_they_are_on_or_wait_for():
    kitchen = fridge(places=1)
    kitchen.by("ana", SignUp(1))
    kitchen.by("ben", SignUp(1))
    assert coming(kitchen.state, "ben", NOW) == [1]
    assert coming(kitchen.state, "cem", NOW) == []
    assert coming(kitchen.state, "ben", SOUP + DAY) == []


def test_who_is_on_a_list_is_for_members_even_where_the_list_is_for_every_hub():
    kitchen = fridge(circle=Circle.FEDERATION)
    (joined,) = kitchen.by("ben", SignUp(1))
    (closed,) = kitchen.by("ana", CloseSignup(1))
    assert circle_of(kitchen.state, joined) is Circle.MEMBERS
    assert circle_of(kitchen.state, closed) is Circle.FEDERATION


# Laws

acts = st.lists(
    st.tuples(
        st.sampled_from([*sorted(MEMBERS), "guest"]),
        st.sampled_from(["sign up", "leave", "resize", "give", "change"]),
        st.integers(1, 6),
        st.integers(1, 8),
    ),
    max_size=40,
)


@given(acts, st.integers(1, 8))
def test_places_are_never_overfilled_and_nobody_waits_for_places_they_fit(steps, places):
    kitchen = fridge(places=places)
    for turn, (who, act, size, number) in enumerate(steps):
        try:
            match act:
                case "sign up" if who == "guest":
                    kitchen.by(f"guest{turn}", SignUpGuest(1, size))
                case "sign up":
                    kitchen.by(who, SignUp(1, size))
                case "leave":
                    kitchen.by(who, LeaveSignup(1, number))
                case "resize":
                    kitchen.by(who, ResizeParty(1, number, size))
                case "give":
                    kitchen.by(who, HandOver(1, number, waiting=size))
                case _:
                    kitchen.by("ana", ChangeSignup(1, SOUP, number))
        except Refusal:
            continue
        signup = kitchen.state.signups[1]
        everyone = [party.who for party in signup.parties.values()]
        assert 0 <= signup.taken <= signup.places
        assert all(signup.parties[number].size > signup.free for number in signup.waiting)
        assert len(set(everyone)) == len(everyone)
