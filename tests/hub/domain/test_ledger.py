"""The book reads like a book: where money lies, what came in and went out, and what nobody can explain."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.articles import Articles
from hub.domain.base import DAY, LEDGER_KEEPER, Actor, Context, Refusal, Tier, Words
from hub.domain.ledger import (
    CHART,
    MOST,
    MOST_ACCOUNTS,
    OLDEST,
    CountTin,
    DiscloseSource,
    Group,
    MoneyRecorded,
    OpenAccount,
    PostBudget,
    Posting,
    RecordMoney,
    ReturnMoney,
    ReverseMoney,
    State,
    budget_overdue,
    came_in,
    carried,
    decide,
    evolve,
    lying,
    unexplained,
    went_out,
)

NOW = 1_900_000_000_000
KEEPER = frozenset({LEDGER_KEEPER})


def words(text):
    return Words({"en": text})


@dataclass
class Book:
    """The book of one house. Ana keeps it; Ben and Cem are members."""

    state: State = field(default_factory=State)
    now: int = NOW
    articles: Articles = field(default_factory=Articles)
    forming: bool = False
    kept: bool = True
    decisions: frozenset = frozenset({4})

    def by(self, who, request, *, tier=None, second=None):
        roles = KEEPER if who == "ana" and self.kept else frozenset()
        if tier is None:
            tier = Tier.PIN if roles else Tier.CARD
        context = Context(
            Actor(who, tier, roles) if who else Actor(),
            self.now,
            self.articles,
            second=Actor(second, Tier.CARD) if second else None,
            forming=self.forming,
        )
        decided = getattr(request, "decision", None) in self.decisions
        facts = decide(self.state, request, context, keeper_held=self.kept, decided=decided, currency="EUR")
        for fact in facts:
            self.state = evolve(self.state, fact)
        (fact,) = facts
        return fact

    def comes(self, account, minor, partner="", *, who="ana", **more):
        return self.by(who, record(came_in(account, "tin", minor), partner=words(partner), **more))

    def goes(self, account, minor, *, who="ana", **more):
        return self.by(who, record(went_out("tin", account, minor), **more))

    def count(self, minor, account="tin"):
        return self.by("ben", CountTin(minor, account), second="cem")

    def page(self):
        """Every account that is not at nought, by name, and the records that wait."""
        sums = [f"{account} {minor}" for account, minor in sorted(self.state.balances.items()) if minor]
        waiting = [f"?{number}" for number in unexplained(self.state)]
        return " | ".join([*sums, *waiting])


def record(postings, happened=NOW - DAY, text="Weekly shopping", **more):
    return RecordMoney(happened, postings, words(text), **more)


def refused(book, who, request, **more):
    before = book.state
    with pytest.raises(Refusal) as no:
        book.by(who, request, **more)
    assert book.state == before
    return str(no.value)


# Recording


def test_money_comes_in_goes_out_and_is_carried_to_the_bank():
    book = Book()
    book.comes("dues", 12_000)
    book.goes("food", 3_450)
    book.by("ana", record(carried("tin", "bank", 5_000)))
    assert book.page() == "bank 5000 | dues -12000 | food 3450 | tin 3550"
    assert lying(book.state) == 8_550


def test_one_shopping_trip_may_be_for_several_things():
    book = Book()
    book.by("ana", record((Posting("tin", -900), Posting("food", 600), Posting("materials", 300))))
    assert book.page() == "food 600 | materials 300 | tin -900"


def test_an_outside_giver_is_named_once_and_known_by_number_after_that():
    book = Book()
    first = book.comes("grant", 50_000, "City council", conditions=words("Only for the oven"))
    again = book.comes("grant", 10_000, source=1)
    other = book.comes("gift", 500, "Bakery")
    assert (first.source, first.partner, first.strings) == (1, {"en": "City council"}, True)
    assert (again.source, again.partner, again.strings) == (1, {}, False)
    assert other.source == 2


@pytest.mark.parametrize("account", ["gift", "grant", "other_income"])
def test_an_outside_sum_without_a_name_is_booked_as_unexplained(account):
    book = Book()
    fact = book.comes(account, 2_000)
    assert fact.postings == (Posting("tin", 2_000), Posting("unexplained", -2_000))
    assert book.page() == "tin 2000 | unexplained -2000 | ?1"


def test_dues_and_sales_need_no_name():
    book = Book()
    book.comes("dues", 100)
    book.comes("sales", 200)
    assert unexplained(book.state) == []


def test_money_coming_back_on_a_spending_account_has_a_giver_too():
    book = Book()
    book.comes("food", 150)
    book.comes("food", 150, "The corner shop: deposit")
    assert book.page() == "food -150 | tin 300 | unexplained -150 | ?1"


def test_spending_beyond_the_limit_without_a_decision_is_recorded_and_marked():
    book = Book()
    assert book.goes("repair", 5_000).outside == ()
    assert book.goes("repair", 5_001).outside == ("spending_limit",)
    assert book.goes("repair", 5_001, decision=4).outside == ()


def test_paying_dues_back_is_no_way_around_the_limit():
    assert Book().goes("dues", 9_000).outside == ("spending_limit",)


def test_carrying_any_sum_to_the_bank_is_no_spending():
    assert Book().by("ana", record(carried("tin", "bank", 99_000))).outside == ()


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (record(came_in("dues", "tin", 100), currency="USD"), "kept in EUR. Write down what it was worth"),
        (record((Posting("tin", 100),)), "from somewhere and goes somewhere"),
        (record(carried("tin", "tin", 100)), "somewhere else"),
        (record((Posting("tin", 100), Posting("dues", -90))), "not the same"),
        (record(came_in("dues", "tin", 0)), "above zero"),
        (record(came_in("dues", "tin", MOST + 1)), "above zero"),
        (record(came_in("yacht", "tin", 100)), "no such account"),
        (record(came_in("before", "tin", 100)), "Count it"),
        (record(came_in("dues", "food", 100)), "where the money lies"),
        (record(came_in("dues", "tin", 100), happened=NOW + 1), "still to come"),
        (record(came_in("dues", "tin", 100), happened=NOW - OLDEST - 1), "more than a year ago"),
        (record(came_in("dues", "tin", 100), text=" "), "write a few words"),
        (record(came_in("gift", "tin", 100), source=1), "do not know this giver"),
        (record(came_in("gift", "tin", 100), conditions=words("Say thanks")), "who gave the money"),
        (record(went_out("tin", "food", 100), decision=9), "no decision 9"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused_with_what_to_do(request_, sentence):
    assert sentence in refused(Book(), "ana", request_)


def test_a_known_giver_and_a_new_name_are_not_both():
    book = Book()
    book.comes("gift", 100, "Bakery")
    assert "not both" in refused(book, "ana", record(came_in("gift", "tin", 9), source=1, partner=words("Mill")))


# Who writes


def test_the_keeper_writes_with_card_and_pin():
    assert Book().comes("dues", 100).outside == ()
    assert "PIN" in refused(Book(), "ana", record(came_in("dues", "tin", 100)), tier=Tier.CARD)


def test_while_there_is_a_keeper_one_other_member_is_told_to_find_a_second():
    assert "two members can" in refused(Book(), "ben", record(came_in("dues", "tin", 100)))
    assert "two members can" in refused(Book(), "ben", record(came_in("dues", "tin", 100)), second="ben")


def test_two_members_write_what_happened_while_the_keeper_is_away():
    fact = Book().by("ben", record(went_out("tin", "food", 9_000)), second="cem")
    assert fact.outside == ("ledger_keeper", "spending_limit")


@pytest.mark.parametrize("book", [Book(kept=False), Book(forming=True)])
def test_while_nobody_keeps_the_book_or_at_the_beginning_any_member_writes(book):
    assert book.comes("dues", 100, who="ben").outside == ("ledger_keeper",)


def test_a_provisional_keeper_needs_no_pin_at_the_beginning():
    fact = Book(forming=True).by("ana", record(came_in("dues", "tin", 100)), tier=Tier.CARD)
    assert fact.outside == ()


@pytest.mark.parametrize(
    "request_",
    [
        record(came_in("dues", "tin", 100)),
        ReverseMoney(1, words("Typed twice")),
        DiscloseSource(1, "gift", partner=words("Bakery")),
        ReturnMoney(1, "tin", NOW, words("Given back")),
        CountTin(100),
        OpenAccount(Group.SPENDING, words("Bees")),
        PostBudget(),
    ],
)
def test_without_a_card_nobody_writes(request_):
    assert "member card" in refused(Book(forming=True, kept=False), None, request_)


@pytest.mark.parametrize(
    "request_",
    [
        ReverseMoney(1, words("Typed twice")),
        DiscloseSource(1, "gift", partner=words("Bakery")),
        ReturnMoney(1, "tin", NOW, words("Given back")),
        OpenAccount(Group.SPENDING, words("Bees")),
    ],
)
def test_corrections_are_the_keepers_too_or_two_members(request_):
    book = Book()
    book.comes("gift", 100)
    assert "two members can" in refused(book, "ben", request_)
    book.by("ben", request_, second="cem")


# Corrections are new facts


def test_a_wrong_record_is_taken_back_by_an_opposite_one():
    book = Book()
    book.goes("food", 3_450)
    fact = book.by("ana", ReverseMoney(1, words("It was 34.05")))
    book.goes("food", 3_405)
    assert (fact.transaction, fact.of) == (2, 1)
    assert book.page() == "food 3405 | tin -3405"


def test_a_record_is_taken_back_once_and_a_correction_never():
    book = Book()
    book.goes("food", 100)
    book.by("ana", ReverseMoney(1, words("Typed twice")))
    for number in (1, 2, 3):
        assert "no such record" in refused(book, "ana", ReverseMoney(number, words("Again")))


def test_taking_back_needs_a_reason():
    book = Book()
    book.goes("food", 100)
    assert "few words" in refused(book, "ana", ReverseMoney(1, words("")))


def test_taking_back_a_record_takes_back_what_became_of_it():
    book = Book()
    book.comes("gift", 700)
    book.by("ana", DiscloseSource(1, "gift", partner=words("Bakery")))
    book.by("ana", ReverseMoney(1, words("It never came")))
    assert book.page() == ""


def test_an_unexplained_record_taken_back_waits_no_more():
    book = Book()
    book.comes("gift", 700)
    book.by("ana", ReverseMoney(1, words("Typed twice")))
    assert book.page() == ""


# What nobody can explain


def test_the_giver_comes_to_light():
    book = Book()
    book.comes("gift", 2_000)
    fact = book.by("ana", DiscloseSource(1, "grant", partner=words("The fund"), conditions=words("Our logo")))
    assert (fact.source, fact.strings) == (1, True)
    assert book.page() == "grant -2000 | tin 2000"


def test_unexplained_money_is_given_back():
    book = Book()
    book.comes("gift", 2_000)
    book.by("ana", ReturnMoney(1, "tin", NOW, words("Put back into the letter box")))
    assert book.page() == ""
    assert "waits for an explanation" in refused(book, "ana", ReturnMoney(1, "tin", NOW, words("Again")))
    assert "no such record" in refused(book, "ana", ReverseMoney(1, words("It came to nothing")))


def test_missing_money_was_spent_after_all():
    book = Book()
    book.comes("dues", 1_000)
    book.count(800)
    book.by("ana", DiscloseSource(2, "food", text=words("Bread, the receipt turned up")))
    assert book.page() == "dues -1000 | food 200 | tin 800"


def test_explaining_a_large_loss_is_spending_and_is_marked():
    book = Book()
    book.comes("dues", 9_000)
    book.count(0)
    assert book.by("ana", DiscloseSource(2, "repair")).outside == ("spending_limit",)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (DiscloseSource(1, "food", partner=words("Bakery")), "choose where it came from"),
        (DiscloseSource(1, "before", partner=words("Bakery")), "choose where it came from"),
        (DiscloseSource(1, "tin", partner=words("Bakery")), "choose where it came from"),
        (DiscloseSource(1, "gift"), "Write who gave the money"),
        (DiscloseSource(1, "dues", conditions=words("Our logo")), "Conditions come from somebody"),
        (DiscloseSource(1, "gift", partner=words("B"), decision=9), "no decision 9"),
        (DiscloseSource(2, "gift", partner=words("Bakery")), "waits for an explanation"),
        (DiscloseSource(3, "gift"), "choose what it was spent on"),
        (DiscloseSource(99, "gift"), "waits for an explanation"),
        (ReturnMoney(3, "tin", NOW, words("Back")), "nobody can give it back"),
        (ReturnMoney(1, "food", NOW, words("Back")), "taken from"),
        (ReturnMoney(1, "tin", NOW + 1, words("Back")), "still to come"),
        (ReturnMoney(1, "tin", NOW, words(" ")), "few words"),
    ],
)
def test_an_explanation_must_fit_what_it_explains(request_, sentence):
    book = Book()
    book.comes("gift", 2_000)
    book.comes("dues", 500)
    book.count(2_400)
    assert book.page() == "dues -500 | tin 2400 | unexplained -1900 | ?1 | ?3"
    assert sentence in refused(book, "ana", request_)


# Counting


def test_the_first_count_says_what_was_there_before_the_book():
    book = Book()
    fact = book.count(12_345)
    assert (fact.difference, fact.by) == (12_345, ("ben", "cem"))
    assert book.page() == "before -12345 | tin 12345"


def test_an_empty_tin_counted_at_the_beginning_is_a_count_too():
    book = Book()
    assert book.count(0).postings == ()
    book.count(300)
    assert book.page() == "tin 300 | unexplained -300 | ?2"


def test_a_difference_is_shown_and_waits_for_an_explanation():
    book = Book()
    book.comes("dues", 1_000)
    fact = book.count(950)
    assert (fact.minor, fact.difference) == (950, -50)
    assert book.page() == "dues -1000 | tin 950 | unexplained 50 | ?2"


def test_counting_again_sets_a_wrong_count_right():
    book = Book()
    book.comes("dues", 1_000)
    book.count(950)
    book.count(1_000)
    assert book.page() == "dues -1000 | tin 1000"


def test_a_later_count_takes_over_what_the_earlier_left_open():
    book = Book()
    book.comes("dues", 1_000)
    book.count(950)
    book.count(900)
    assert book.page() == "dues -1000 | tin 900 | unexplained 100 | ?3"
    book.by("ana", DiscloseSource(3, "food"))
    assert book.page() == "dues -1000 | food 100 | tin 900"


def test_a_count_of_one_place_leaves_another_alone():
    book = Book()
    book.comes("dues", 1_000)
    book.count(950)
    book.count(-200, "bank")
    assert book.page() == "bank -200 | before 200 | dues -1000 | tin 950 | unexplained 50 | ?2"


def test_counting_takes_two_members_and_no_keeper():
    assert "two members" in refused(Book(), "ben", CountTin(100))
    assert "two members" in refused(Book(), "ana", CountTin(100), second="ana")


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (CountTin(-1), "Write the sum"),
        (CountTin(MOST + 1), "Write the sum"),
        (CountTin(-MOST - 1, "bank"), "Write the sum"),
        (CountTin(5, "food"), "Choose what you counted"),
        (CountTin(5, "sock"), "Choose what you counted"),
    ],
)
def test_only_a_place_is_counted_and_no_tin_holds_less_than_nothing(request_, sentence):
    assert sentence in refused(Book(), "ben", request_, second="cem")


def test_a_count_is_not_taken_back_but_done_again():
    book = Book()
    book.count(100)
    assert "Count again" in refused(book, "ana", ReverseMoney(1, words("Wrong")))


# Accounts


def test_the_keeper_opens_an_account_and_the_hub_gives_it_its_code():
    book = Book()
    fact = book.by("ana", OpenAccount(Group.INCOME, words(" Flea\nmarket "), named=False))
    assert (fact.account, fact.title) == (f"income_{len(CHART) + 1}", {"en": "Flea market"})
    book.comes(fact.account, 500)
    assert unexplained(book.state) == []


def test_a_new_way_for_money_to_come_in_asks_for_names_unless_said_otherwise():
    book = Book()
    code = book.by("ana", OpenAccount(Group.INCOME, words("Foundation"))).account
    book.comes(code, 500)
    assert unexplained(book.state) == [1]


def test_a_new_place_may_hold_money():
    book = Book()
    code = book.by("ana", OpenAccount(Group.PLACE, words("Second tin"))).account
    book.by("ana", record(carried("tin", code, 100)))
    assert lying(book.state) == 0


def test_accounts_need_a_name_and_are_not_without_end():
    book = Book()
    assert "few words" in refused(book, "ana", OpenAccount(Group.PLACE, words("")))
    assert "Choose whether" in refused(book, "ana", OpenAccount(Group.UNEXPLAINED, words("Hole")))
    while len(book.state.accounts) < MOST_ACCOUNTS:
        book.by("ana", OpenAccount(Group.SPENDING, words("More")))
    assert f"{MOST_ACCOUNTS} accounts" in refused(book, "ana", OpenAccount(Group.SPENDING, words("More")))


# The budget on the wall


def test_a_posted_budget_adds_up_and_the_next_one_opens_where_it_closed():
    book = Book()
    book.comes("dues", 10_000)
    book.goes("food", 4_000)
    book.comes("gift", 300)
    first = book.by("ben", PostBudget())
    assert (first.opening, first.came_in, first.went_out, first.unexplained, first.closing) == (
        0,
        10_000,
        4_000,
        300,
        6_300,
    )
    assert (first.budget, first.upto, first.waiting) == (1, 3, 300)
    book.by("ana", DiscloseSource(3, "gift", partner=words("Bakery")))
    second = book.by("ben", PostBudget(4))
    assert (second.opening, second.came_in, second.went_out, second.unexplained, second.closing) == (
        6_300,
        300,
        0,
        -300,
        6_300,
    )
    assert (second.since, second.waiting) == (first.until, 0)


def test_a_record_dated_before_the_last_budget_stands_on_the_next_one():
    book = Book()
    book.comes("dues", 1_000)
    book.by("ben", PostBudget())
    book.now += DAY
    book.goes("food", 400, happened=NOW - 20 * DAY)
    posted = book.by("ben", PostBudget())
    assert (posted.opening, posted.went_out, posted.closing) == (1_000, 400, 600)


def test_what_hangs_on_the_wall_is_what_was_looked_at():
    book = Book()
    book.comes("dues", 1_000)
    book.comes("dues", 1_000)
    assert "meanwhile" in refused(book, "ben", PostBudget(1))


def test_an_empty_book_may_be_posted_too():
    posted = Book().by("ben", PostBudget())
    assert (posted.since, posted.closing) == (NOW, 0)


def test_the_budget_is_late_when_money_moved_that_no_sheet_tells_of():
    book, late = Book(), NOW + 31 * DAY
    assert not budget_overdue(book.state, book.articles, late)
    book.comes("dues", 1_000, happened=NOW)
    assert not budget_overdue(book.state, book.articles, late)
    assert budget_overdue(book.state, book.articles, late + 1)
    book.now = late
    book.by("ben", PostBudget())
    assert not budget_overdue(book.state, book.articles, late + 400 * DAY)
    book.now += 10 * DAY
    book.comes("dues", 1_000)
    assert not budget_overdue(book.state, book.articles, late + 31 * DAY)
    assert budget_overdue(book.state, book.articles, late + 31 * DAY + 1)


# The laws of the book

SUMS = st.integers(1, 10_000)
KNOWN = st.sampled_from(sorted(CHART))
STEPS = st.one_of(
    st.builds(lambda a, p, m: record(came_in(a, p, m)), KNOWN, KNOWN, SUMS),
    st.builds(lambda a, p, m: record(went_out(p, a, m)), KNOWN, KNOWN, SUMS),
    st.builds(lambda a, m: record(came_in(a, "tin", m), partner=words("Bakery")), KNOWN, SUMS),
    st.builds(lambda n: ReverseMoney(n, words("Typed twice")), st.integers(1, 12)),
    st.builds(lambda n, a: DiscloseSource(n, a, partner=words("Mill")), st.integers(1, 12), KNOWN),
    st.builds(lambda n, a: ReturnMoney(n, a, NOW, words("Back")), st.integers(1, 12), KNOWN),
    st.builds(CountTin, SUMS, st.sampled_from(["tin", "bank"])),
    st.just(PostBudget()),
)


@given(st.lists(STEPS, max_size=25))
def test_whatever_is_written_the_book_sums_to_zero_and_every_budget_adds_up(steps):
    book, closing = Book(), 0
    for step in steps:
        try:
            fact = book.by("ana", step, second="ben")
        except Refusal:
            continue
        if isinstance(step, PostBudget):
            assert fact.opening == closing
            assert fact.opening + fact.came_in - fact.went_out + fact.unexplained == fact.closing
            closing = fact.closing
        else:
            assert sum(each.minor for each in fact.postings) == 0
        assert sum(book.state.balances.values()) == 0
        waiting = sum(book.state.transactions[number].waiting for number in unexplained(book.state))
        assert waiting == book.state.balances.get("unexplained", 0)


@given(st.lists(STEPS, max_size=12))
def test_numbers_count_from_one_and_are_never_given_twice(steps):
    book, numbers = Book(), []
    for step in steps:
        try:
            fact = book.by("ana", step, second="ben")
        except Refusal:
            continue
        if not isinstance(step, PostBudget):
            numbers.append(fact.transaction)
    assert numbers == list(range(1, len(numbers) + 1))


@given(SUMS, st.integers(0, 10_000))
def test_only_what_lies_beyond_the_limit_is_marked(minor, limit):
    book = Book(articles=replace(Articles(), spending_limit=limit))
    fact = book.goes("food", minor)
    assert isinstance(fact, MoneyRecorded)
    assert (fact.outside == ("spending_limit",)) == (minor > limit)
