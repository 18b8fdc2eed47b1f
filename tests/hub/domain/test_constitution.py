"""The constitution: founded once with seven lines, amended by decisions, at rest when the house rests."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import Articles
from hub.domain.base import DAY, HOUR, Actor, Consequence, Context, Effect, Refusal, Tier
from hub.domain.constitution import (
    KEY_DIGITS,
    LINES,
    LONGEST_CLOSURE,
    ArticleAmended,
    ClosureSet,
    EndForming,
    FormingEnded,
    Found,
    HubFounded,
    Line,
    LineWritten,
    SetClosure,
    State,
    check,
    decide,
    enact,
    evolve,
    resting,
)

NOW = 1_900_000_000_000
HUB = "ab" * 32
PAGE = (Line(("quorum", "majority"), {"en": " We decide together, {quorum} of us. "}),) + (
    Line((), {"en": "We rest."}),
) * (LINES - 1)
MAPLE = Found(HUB, "EUR", 2, "Europe/Madrid", "en", {"en": " Maple\nStreet "}, PAGE)


@dataclass
class Wall:
    """The page on one house's wall."""

    state: State = field(default_factory=State)
    now: int = NOW

    def by(self, who, request, second=None, *, clockwork=False):
        actor = Actor(who, Tier.CARD) if who else Actor()
        other = Actor(second, Tier.CARD) if second else None
        context = Context(actor, self.now, self.state.articles, second=other, clockwork=clockwork)
        return self.hear(decide(self.state, request, context))

    def hear(self, facts):
        for fact in facts:
            self.state = evolve(self.state, fact)
        return facts


def wall(**changes):
    page = Wall()
    page.by(None, replace(MAPLE, **changes))
    return page


def refused(page, *arguments, **named):
    before = page.state
    with pytest.raises(Refusal) as no:
        page.by(*arguments, **named)
    assert page.state == before
    return f"{no.value.article}: {no.value}"


# Founding


def test_a_house_is_founded_with_its_name_its_money_and_seven_lines():
    founded, *lines = Wall().by(None, MAPLE)
    until = NOW + 60 * DAY
    assert founded == HubFounded(HUB, "EUR", 2, "Europe/Madrid", "en", until, False, {"en": "Maple Street"})
    assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert lines[0] == LineWritten(1, ("quorum", "majority"), {"en": "We decide together, {quorum} of us."})


def test_what_was_founded_is_in_force():
    state = wall(ephemeral=True).state
    assert (state.hub, state.currency, state.exponent, state.zone, state.language) == (
        HUB,
        "EUR",
        2,
        "Europe/Madrid",
        "en",
    )
    assert state.ephemeral
    assert state.lines[1] == ("quorum", "majority")
    assert state.articles == Articles()
    assert state.forming(NOW)


def test_other_values_are_in_force_from_the_first_day_and_said_one_by_one():
    page = Wall()
    facts = page.by(None, replace(MAPLE, values={"vouchers": " 2 ", "quorum": "2/8", "forming_days": "30"}))
    assert [fact for fact in facts if isinstance(fact, ArticleAmended)] == [
        ArticleAmended("forming_days", "30"),
        ArticleAmended("quorum", "1/4"),
        ArticleAmended("vouchers", "2"),
    ]
    assert page.state.articles == replace(Articles(), vouchers=2, quorum=Fraction(1, 4), forming_days=30)
    assert page.state.forming_until == NOW + 30 * DAY


def test_a_value_that_holds_without_being_said_amends_nothing():
    page = Wall()
    facts = page.by(None, replace(MAPLE, values={"vouchers": "1", "guests": "yes", "quorum": "2/10"}))
    assert not [fact for fact in facts if isinstance(fact, ArticleAmended)]
    assert page.state.articles == Articles()


def test_a_house_is_founded_once():
    assert "founded already" in refused(wall(), None, MAPLE)
    assert "founded already" in refused(wall(), "ana", replace(MAPLE, hub="cd" * 32), "ben")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"forming_days": "soon"}, "“soon” is not a value for the article “forming_days”"),
        ({"forming_days": ""}, "“” is not a value for the article “forming_days”"),
        ({"forming_days": "-1"}, "“-1” is not a value"),
        ({"forming_days": "366"}, "“366” is not a value"),
        ({"forming_days": "9" * 5_000}, f"“{'9' * 40}” is not a value"),
        ({"quorum": "1/ 0"}, "“1/ 0” is not a value"),
        ({"guests": "maybe"}, "“maybe” is not a value"),
        ({"qorum": "1/4"}, "There is no article “qorum”."),
        ({"x" * 99: "1"}, f"There is no article “{'x' * 40}”."),
    ],
)
def test_a_house_does_not_begin_with_a_value_no_assembly_could_choose(values, sentence):
    assert sentence in refused(Wall(), None, replace(MAPLE, values=values))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lines": PAGE[:6]}, "has 7 lines"),
        ({"lines": (*PAGE, PAGE[0])}, "has 7 lines"),
        ({"lines": ()}, "has 7 lines"),
        ({"lines": (Line((), {"en": " "}), *PAGE[1:])}, "write a few words"),
        ({"lines": (Line(("qorum",), {"en": "We."}), *PAGE[1:])}, "There is no article “qorum”"),
        ({"lines": (Line(("x" * 99,), {"en": "We."}), *PAGE[1:])}, f"There is no article “{'x' * 40}”"),
        ({"name": {}}, "write a few words"),
        ({"name": {"en": "x" * 121}}, "120 fit"),
        ({"exponent": -1}, "0 to 4 digits"),
        ({"exponent": 5}, "0 to 4 digits"),
        ({"hub": ""}, f"{KEY_DIGITS} digits"),
        ({"hub": "AB" * 32}, f"{KEY_DIGITS} digits"),
        ({"hub": "ab" * 33}, f"{KEY_DIGITS} digits"),
        ({"hub": "٣" * 64}, f"{KEY_DIGITS} digits"),
        ({"currency": ""}, "three capital letters"),
        ({"currency": "eur"}, "three capital letters"),
        ({"currency": "EUR\n"}, "three capital letters"),
        ({"currency": "<b>"}, "three capital letters"),
        ({"zone": ""}, "time zone"),
        ({"zone": "../etc/passwd"}, "time zone"),
        ({"zone": "/etc/localtime"}, "time zone"),
        ({"zone": "Europe/"}, "time zone"),
        ({"language": "English"}, "not a language"),
        ({"language": "<" * 99}, f"“{'<' * 20}”"),
    ],
)
def test_a_founding_that_no_page_could_show_is_refused(changes, sentence):
    assert sentence in refused(Wall(), None, replace(MAPLE, **changes))


@pytest.mark.parametrize(
    "zone", ["UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "GMT0"]
)
def test_every_shape_of_time_zone_there_is_will_do(zone):
    assert wall(zone=zone).state.zone == zone


def test_a_place_in_braces_that_is_no_article_is_only_a_word():
    assert wall(lines=(Line((), {"en": "We {cook}, {"}), *PAGE[1:])).state.lines[1] == ()


# The forming season


def test_the_forming_season_ends_by_itself_when_its_days_are_over():
    page = wall()
    page.now = page.state.forming_until - 1
    assert page.state.forming(page.now)
    assert page.by(None, EndForming(), clockwork=True) == []
    page.now += 1
    assert not page.state.forming(page.now)
    assert page.by(None, EndForming(), clockwork=True) == [FormingEnded()]
    assert page.by(None, EndForming(), clockwork=True) == []


def test_the_forming_season_stands_still_while_the_house_rests():
    page = wall()
    until = page.state.forming_until
    page.by("ana", SetClosure(NOW, NOW + 10 * DAY, {}), "ben")
    page.by("ana", SetClosure(NOW + 5 * DAY, NOW + 12 * DAY, {}), "ben")
    page.now = until + 12 * DAY - 1
    assert page.state.forming(page.now)
    assert page.by(None, EndForming(), clockwork=True) == []
    page.now += 1
    assert not page.state.forming(page.now)
    assert page.by(None, EndForming(), clockwork=True) == [FormingEnded()]


def test_a_rest_after_the_forming_season_brings_it_not_back():
    page = wall()
    page.now = page.state.forming_until
    page.by("ana", SetClosure(page.now, page.now + 10 * DAY, {}), "ben")
    assert not page.state.forming(page.now)


def test_once_over_the_forming_season_does_not_come_back_with_a_clock_set_back():
    page = wall(values={"forming_days": "0"})
    page.by(None, EndForming(), clockwork=True)
    assert not page.state.forming(NOW - 400 * DAY)


def test_nobody_ends_the_forming_season():
    assert "forming_days: The forming season ends by itself" in refused(wall(), "ana", EndForming(), "ben")


def test_before_founding_there_is_no_season_to_end():
    assert Wall().by(None, EndForming(), clockwork=True) == []


# Amending


def amendment(name, value):
    return Effect(Consequence.AMEND, name, value)


def test_a_certified_amendment_is_in_force_from_then_on():
    page = wall()
    facts = page.hear(enact(page.state, amendment("quorum", " 2/8 ")))
    assert facts == [ArticleAmended("quorum", "1/4")]
    assert page.state.articles.quorum == Fraction(1, 4)


def test_what_is_in_force_already_is_not_amended():
    page = wall()
    assert enact(page.state, amendment("quorum", "1/5")) == []
    assert enact(page.state, amendment("walk_up", "yes")) == []


@pytest.mark.parametrize(
    ("effect", "sentence"),
    [
        (amendment("", ""), "There is no article “”"),
        (amendment("__init__", "1"), "There is no article “__init__”"),
        (amendment("quorum", "5/4"), "is not a value for the article"),
    ],
)
def test_an_amendment_names_an_article_and_a_value_it_can_have(effect, sentence):
    for act in (lambda: check(effect), lambda: enact(State(), effect)):
        with pytest.raises(Refusal, match=sentence):
            act()


@pytest.mark.parametrize(
    "effect", [amendment("quorum", "1/3"), amendment("walk_up", "no"), amendment("split_at", "40")]
)
def test_a_sound_amendment_passes_the_check_before_it_is_voted_on(effect):
    check(effect)


# The house rests


def closure(since, until, why="Holidays"):
    return SetClosure(since, until, {"en": why} if why else {})


def test_two_members_let_the_house_rest():
    page = wall()
    assert page.by("ana", closure(NOW, NOW + DAY), "ben") == [ClosureSet(NOW, NOW + DAY, {"en": "Holidays"})]
    assert [resting(page.state, NOW + hours * HOUR) for hours in (-1, 0, 23, 24)] == [None, NOW + DAY, NOW + DAY, None]


def test_why_may_be_left_out():
    assert wall().by("ana", closure(NOW, NOW + DAY, ""), "ben") == [ClosureSet(NOW, NOW + DAY, {})]


def test_of_two_closures_the_longer_holds():
    page = wall()
    page.by("ana", closure(NOW, NOW + 9 * DAY), "ben")
    page.by("ana", closure(NOW + DAY, NOW + 2 * DAY), "ben")
    assert resting(page.state, NOW + DAY) == NOW + 9 * DAY


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (NOW, NOW),
        (NOW + DAY, NOW),
        (NOW, NOW + LONGEST_CLOSURE * DAY + 1),
        (NOW - DAY, NOW + DAY),
        (NOW - 1, NOW),
        (NOW + LONGEST_CLOSURE * DAY + 1, NOW + (LONGEST_CLOSURE + 1) * DAY),
        (-(10**30), NOW + DAY),
        (10**30, 10**30 + 1),
    ],
)
def test_the_house_rests_from_today_on_and_a_year_at_most(since, until):
    assert "from today on, at most a year apart" in refused(wall(), "ana", closure(since, until), "ben")


@pytest.mark.parametrize(
    ("since", "until"),
    [(NOW - DAY + 1, NOW + 1), (NOW, NOW + LONGEST_CLOSURE * DAY), (NOW + LONGEST_CLOSURE * DAY, NOW + 400 * DAY)],
)
def test_the_first_and_last_days_a_house_may_choose(since, until):
    assert wall().by("ana", closure(since, until), "ben")


def test_letting_the_house_rest_takes_two_cards():
    assert "takes two members" in refused(wall(), "ana", closure(NOW, NOW + DAY))
    assert "takes two members" in refused(wall(), "ana", closure(NOW, NOW + DAY), "ana")
    assert "member card" in refused(wall(), None, closure(NOW, NOW + DAY), "ben")
    assert "please shorten" in refused(wall(), "ana", closure(NOW, NOW + DAY, "x" * 2_001), "ben")


whole = st.integers(NOW - 800 * DAY, NOW + 800 * DAY)


@given(st.lists(st.tuples(whole, whole), max_size=5), whole)
def test_a_house_at_rest_wakes_within_two_years(spans, now):
    page = wall()
    for since, until in spans:
        try:
            page.by("ana", closure(since, until), "ben")
        except Refusal:
            continue
    until = resting(page.state, now)
    assert until is None or now < until <= NOW + 2 * LONGEST_CLOSURE * DAY
