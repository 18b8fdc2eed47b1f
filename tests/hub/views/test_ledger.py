"""The view of the book: every record as it stands, and every posted budget as it was that day."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from hub.domain import ledger
from hub.domain.articles import Articles
from hub.domain.base import DAY, LEDGER_KEEPER, Actor, Context, HubId, MemberId, Millis, Refusal, Tier, Words
from hub.domain.base import TransactionId as Number
from hub.domain.ledger import (
    CHART,
    TIN,
    Account,
    BudgetPosted,
    CountTin,
    DiscloseSource,
    Group,
    OpenAccount,
    PostBudget,
    RecordMoney,
    ReturnMoney,
    ReverseMoney,
    SourceId,
    State,
    came_in,
    carried,
    went_out,
)
from hub.entry import Entry, Head
from hub.views.ledger import Budget, LedgerView, LineRow

NOW = Millis(1_900_000_000_000)
ANA, BEN = MemberId("memberana001"), MemberId("memberben001")
BANK, DUES, GIFT, GRANT, FOOD = (Account(code) for code in ("bank", "dues", "gift", "grant", "food"))


def words(text: str) -> Words:
    return Words({"en": text} if text else {})


@dataclass
class Book:
    """The rules and the view side by side. Ana keeps the book, Ben is a second member."""

    state: State = field(default_factory=State)
    view: LedgerView = field(default_factory=LedgerView)
    now: Millis = NOW
    written: int = 0

    def ask(self, request: ledger.Commands) -> ledger.Events:
        """Ask the rules, and let the view hear what came of it."""
        keeper, second = Actor(ANA, Tier.PIN, frozenset({LEDGER_KEEPER})), Actor(BEN, Tier.CARD)
        context = Context(keeper, self.now, Articles(), second=second)
        facts = ledger.decide(self.state, request, context, keeper_held=True, decided=True, currency="EUR")
        for fact in facts:
            self.state = ledger.evolve(self.state, fact)
            self.hear(fact)
        return facts[0]

    def hear(self, fact: ledger.Events, *, blanked: bool = False) -> None:
        self.written += 1
        body = "ab" * 32 if blanked else ""
        head = Head(kind=fact.KIND, seq=self.written, prev="", boot=1, time=NOW, data=Raw(b"{}"), body=body)
        self.view.apply(Entry(HubId("ab" * 32), head, "", None), fact)

    def comes(self, account: Account, minor: int, partner: str = "", conditions: str = "") -> None:
        self.ask(record(came_in(account, TIN, minor), partner=words(partner), conditions=words(conditions)))

    def goes(self, account: Account, minor: int) -> None:
        self.ask(record(went_out(TIN, account, minor)))

    def line(self, number: int) -> LineRow:
        row = self.view.line(Number(number))
        assert row is not None
        return row

    def budget(self, number: int = 0) -> Budget:
        row = self.view.budget(number, self.now)
        assert row is not None
        return row


def record(postings: tuple[ledger.Posting, ...], **more: Words) -> RecordMoney:
    return RecordMoney(Millis(NOW - DAY), postings, words("Weekly shopping"), **more)  # type: ignore[arg-type]


def page(budget: Budget) -> str:
    """A budget as it is read: its sums, and which records are open."""
    unexplained = [f"?{line.number} {line.waiting}" for line in budget.open]
    sums = f"{budget.opening} +{budget.came_in} -{budget.went_out} ~{budget.unexplained} = {budget.closing}"
    return " | ".join([sums, *unexplained])


# Records


def test_a_record_is_read_as_it_was_written() -> None:
    book = Book()
    book.comes(GRANT, 50_000, "City council", "Only for the oven")
    line = book.line(1)
    assert (line.sort, line.by, line.on(TIN), line.on(GRANT)) == ("recorded", (ANA,), 50_000, -50_000)
    assert (line.partner, line.strings, line.conditions) == (words("City council"), True, words("Only for the oven"))
    assert (line.waiting, line.changed_by, line.taken_back, line.position) == (0, 0, False, 1)


def test_a_giver_we_know_is_named_on_every_gift() -> None:
    book = Book()
    book.comes(GIFT, 100, "Bakery")
    book.ask(RecordMoney(NOW, came_in(GIFT, TIN, 50), words("Again"), SourceId(1)))
    assert book.line(2).partner == words("Bakery")
    assert [(row.number, row.partner) for row in book.view.sources()] == [(1, words("Bakery"))]


def test_money_nobody_named_waits_until_it_is_explained_given_back_or_taken_back() -> None:
    book = Book()
    for _ in range(3):
        book.comes(GIFT, 700)
    assert [line.number for line in book.view.waiting()] == [1, 2, 3]
    book.ask(DiscloseSource(Number(1), GIFT, partner=words("Bakery")))
    book.ask(ReturnMoney(Number(2), TIN, NOW, words("Back into the letter box")))
    book.ask(ReverseMoney(Number(3), words("Typed twice")))
    assert book.view.waiting() == []
    assert [book.line(number).changed_by for number in (1, 2, 3)] == [4, 5, 6]
    assert [book.line(number).taken_back for number in (1, 2, 3)] == [False, False, True]


def test_with_a_record_goes_what_explained_it() -> None:
    book = Book()
    book.comes(GIFT, 700)
    book.ask(DiscloseSource(Number(1), GIFT, partner=words("Bakery")))
    book.ask(ReverseMoney(Number(1), words("It never came")))
    assert [(book.line(number).taken_back, book.line(number).changed_by) for number in (1, 2)] == [(True, 3), (True, 3)]


def test_a_count_names_its_place_and_takes_over_what_the_one_before_left_open() -> None:
    book = Book()
    book.ask(CountTin(1_000))
    book.ask(CountTin(900))
    book.ask(CountTin(50, BANK))
    book.ask(CountTin(850))
    assert [line.account for line in book.view.lines()] == [TIN, TIN, BANK, TIN]
    assert [line.waiting for line in book.view.lines()] == [0, 0, 0, 150]
    assert (book.line(2).changed_by, book.line(4).by) == (4, (ANA, BEN))


def test_a_count_that_finds_what_the_book_says_still_names_its_place() -> None:
    book = Book()
    book.ask(CountTin(0, BANK))
    line = book.line(1)
    assert (line.account, line.minor, line.difference, line.postings) == (BANK, 0, 0, ())


def test_words_that_were_taken_back_are_told_from_words_nobody_wrote() -> None:
    book = Book()
    nothing = ledger.TinCounted(Number(1), TIN, NOW, 0, 0, (), (ANA, BEN), words(""))
    book.hear(nothing)
    book.hear(ledger.TinCounted(Number(2), TIN, NOW, 0, 0, (), (ANA, BEN), words("")), blanked=True)
    assert [line.gone for line in book.view.lines()] == [False, True]


def test_an_account_opened_here_follows_with_its_own_words() -> None:
    book = Book()
    book.ask(OpenAccount(Group.PLACE, words("Second tin")))
    rows = book.view.accounts(Group.PLACE)
    assert {row.account for row in rows} == {TIN, BANK, f"place_{len(CHART) + 1}"}
    assert rows[-1].title == words("Second tin")
    assert "before" not in {row.account for row in book.view.accounts()}
    assert book.view.account(Account("sock")).group is Group.UNEXPLAINED


# Budgets


def test_a_budget_adds_up_and_the_next_opens_where_it_closed() -> None:
    book = Book()
    book.comes(DUES, 10_000)
    book.goes(FOOD, 4_000)
    book.ask(record(carried(TIN, BANK, 1_000)))
    book.ask(PostBudget())
    book.comes(GIFT, 300)
    assert page(book.budget(1)) == "0 +10000 -4000 ~0 = 6000"
    assert page(book.budget()) == "6000 +0 -0 ~300 = 6300 | ?4 -300"
    assert book.budget(1).lying == {TIN: 5_000, BANK: 1_000}
    assert (book.budget(1).number, book.budget(1).upto, book.budget().number) == (1, 3, 0)


def test_what_was_unexplained_when_it_was_posted_stays_so_on_that_sheet() -> None:
    book = Book()
    book.comes(GIFT, 300)
    book.ask(PostBudget())
    book.ask(DiscloseSource(Number(1), GIFT, partner=words("Bakery")))
    assert page(book.budget(1)) == "0 +0 -0 ~300 = 300 | ?1 -300"
    assert page(book.budget()) == "300 +300 -0 ~-300 = 300"
    assert [line.number for line in book.budget().about] == [1]
    assert (book.budget(1).lines[0].changed_by, book.line(1).changed_by) == (0, 2)


def test_what_is_unexplained_for_long_stands_on_every_budget() -> None:
    book = Book()
    book.comes(GIFT, 300)
    book.ask(PostBudget())
    book.comes(DUES, 100)
    book.ask(PostBudget())
    assert page(book.budget(2)) == "300 +100 -0 ~0 = 400 | ?1 -300"
    assert book.budget(2).waiting == 300


def test_a_record_taken_back_later_still_counts_on_the_sheet_it_is_on() -> None:
    book = Book()
    book.goes(FOOD, 400)
    book.ask(PostBudget())
    book.ask(ReverseMoney(Number(1), words("Typed twice")))
    assert page(book.budget(1)) == "0 +0 -400 ~0 = -400"
    assert not book.budget(1).lines[0].taken_back
    assert page(book.budget()) == "-400 +0 --400 ~0 = 0"


def test_a_budget_that_was_never_posted_is_not_there() -> None:
    book = Book()
    assert page(book.budget()) == "0 +0 -0 ~0 = 0"
    assert book.view.budget(1, NOW) is None
    book.ask(PostBudget())
    assert book.view.budget(2, NOW) is None


def test_the_period_runs_from_one_posting_to_the_next() -> None:
    book = Book()
    assert (book.budget().since, book.budget().until) == (NOW, NOW)
    book.comes(DUES, 100)
    book.ask(PostBudget())
    book.now = Millis(NOW + 9 * DAY)
    assert (book.budget(1).since, book.budget(1).until) == (NOW - DAY, NOW)
    assert (book.budget().since, book.budget().until) == (NOW, NOW + 9 * DAY)


def test_of_a_neighbour_posted_budgets_are_heard_without_a_record_behind_them() -> None:
    view = Book()
    posted = BudgetPosted(3, Number(40), NOW, NOW, 100, 50, 20, 0, 130, 0, MemberId(""))
    view.hear(posted)
    assert [(row.number, row.closing, row.by) for row in view.view.posted()] == [(3, 130, None)]


# The laws of the view

SUMS = st.integers(1, 10_000)
KNOWN = st.sampled_from(sorted(CHART))
PLACES = st.sampled_from([TIN, BANK])
NUMBERS = st.integers(1, 12).map(Number)
STEPS = st.one_of(
    st.builds(lambda a, p, m: record(came_in(a, p, m)), KNOWN, PLACES, SUMS),
    st.builds(lambda a, p, m: record(went_out(p, a, m)), KNOWN, PLACES, SUMS),
    st.builds(lambda a, m: record(came_in(a, TIN, m), partner=words("Bakery")), KNOWN, SUMS),
    st.builds(lambda n: ReverseMoney(n, words("Typed twice")), NUMBERS),
    st.builds(lambda n, a: DiscloseSource(n, a, partner=words("Mill")), NUMBERS, KNOWN),
    st.builds(lambda n, a: ReturnMoney(n, a, NOW, words("Back")), NUMBERS, KNOWN),
    st.builds(CountTin, SUMS, PLACES),
    st.just(PostBudget()),
)


@given(st.lists(STEPS, min_size=10, max_size=40))
def test_whatever_is_written_every_budget_adds_up_and_stays_as_it_was_posted(steps: list[ledger.Commands]) -> None:
    book, wall = Book(), {}
    for step in steps:
        try:
            fact = book.ask(step)
        except Refusal:
            continue
        if isinstance(fact, BudgetPosted):
            wall[fact.budget] = book.budget(fact.budget)
        so_far = book.budget()
        assert so_far.opening + so_far.came_in - so_far.went_out + so_far.unexplained == so_far.closing
        assert so_far.closing == ledger.lying(book.state)
        assert sum(so_far.lying.values()) == so_far.closing
        assert [line.number for line in so_far.open] == ledger.unexplained(book.state)
        assert book.view.lines(book.state.latest) == book.view.lines()
    for number, hung in wall.items():
        assert book.budget(number) == hung


@given(st.lists(STEPS, min_size=10, max_size=40))
def test_a_posted_budget_read_record_by_record_says_what_was_written_on_it(steps: list[ledger.Commands]) -> None:
    book = Book()
    for step in [*steps, PostBudget()]:
        try:
            fact = book.ask(step)
        except Refusal:
            continue
        if isinstance(fact, BudgetPosted):
            row, again = book.view.posted()[0], book.budget(fact.budget)
            told = (row.opening, row.came_in, row.went_out, row.unexplained, row.closing)
            assert told == (again.opening, again.came_in, again.went_out, again.unexplained, again.closing)
            assert row.waiting == sum(abs(line.waiting) for line in again.open)
            assert (row.since, row.until, row.upto) == (again.since, again.until, again.upto)
