"""The posted budget, read as it hangs on the wall."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from msgspec import Raw

from hub.documents.accounts import ACCOUNTS, GROUPS, OUTSIDE, Teller, in_order
from hub.documents.as_html import as_html
from hub.documents.as_text import as_text, columns
from hub.documents.blocks import Document, Row, Text
from hub.documents.foot import Sheet
from hub.documents.ledger import budget
from hub.domain.base import DAY, DecisionId, HubId, MemberId, Millis, Position, TransactionId, Words
from hub.domain.ledger import (
    CHART,
    TIN,
    Account,
    AccountOpened,
    BudgetPosted,
    Events,
    Group,
    MoneyRecorded,
    MoneyReturned,
    MoneyReversed,
    Posting,
    SourceDisclosed,
    SourceId,
    TinCounted,
    came_in,
    carried,
    went_out,
)
from hub.entry import Entry, Head
from hub.views.constitution import HubCard
from hub.views.ledger import LedgerView, LineRow
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
ROSA, ALI = MemberId("memberrosa01"), MemberId("memberali001")
BANK, DUES, GIFT, GRANT, FOOD, REPAIR, UNEXPLAINED = (
    Account(code) for code in ("bank", "dues", "gift", "grant", "food", "repair", "unexplained")
)
CATALOGUE = Catalogue.load()
KEEPER, LIMIT = ("ledger_keeper",), ("spending_limit",)


def words(text: str, language: str = "en") -> Words:
    return Words({language: text} if text else {})


@dataclass
class Book:
    """A view that hears facts as they come."""

    view: LedgerView = field(default_factory=LedgerView)
    currency: str = "EUR"
    exponent: int = 2
    written: int = 0

    def hear(self, fact: Events, *, blanked: bool = False) -> None:
        self.written += 1
        body = "ab" * 32 if blanked else ""
        head = Head(kind=fact.KIND, seq=self.written, prev="", boot=1, time=NOON, data=Raw(b"{}"), body=body)
        self.view.apply(Entry(HubId("ab" * 32), head, "", None), fact)

    @property
    def next(self) -> TransactionId:
        return TransactionId(len(self.view.lines()) + 1)

    def record(
        self,
        postings: tuple[Posting, ...],
        text: str = "Weekly shopping",
        *,
        source: int = 0,
        partner: Words | None = None,
        conditions: Words | None = None,
        decision: int = 0,
        outside: tuple[str, ...] = (),
        blanked: bool = False,
    ) -> None:
        """Something moved yesterday. `blanked`: its words were taken back since."""
        said = (words(text), partner or words(""), conditions or words(""))
        fact = MoneyRecorded(
            self.next,
            Millis(NOON - DAY),
            postings,
            SourceId(source) if source else None,
            bool(conditions),
            DecisionId(decision) if decision else None,
            outside,
            ROSA,
            *((words(""),) * 3 if blanked else said),
        )
        self.hear(fact, blanked=blanked)

    def take_back(self, of: int, why: str) -> None:
        postings = self.line(of).postings
        back = tuple(Posting(each.account, -each.minor) for each in postings)
        self.hear(MoneyReversed(self.next, TransactionId(of), NOON, back, (), ROSA, words(why)))

    def explain(self, of: int, account: Account, partner: str, source: int) -> None:
        minor = self.line(of).waiting
        moved = (Posting(UNEXPLAINED, -minor), Posting(account, minor))
        known = (SourceId(source), False, None, (), ROSA, words(""), words(partner), words(""))
        self.hear(SourceDisclosed(self.next, TransactionId(of), NOON, moved, *known))

    def give_back(self, of: int, how: str) -> None:
        minor = self.line(of).waiting
        moved = (Posting(UNEXPLAINED, -minor), Posting(TIN, minor))
        self.hear(MoneyReturned(self.next, TransactionId(of), NOON, moved, (), ROSA, words(how)))

    def count(self, minor: int, difference: int, against: str) -> None:
        postings = (Posting(TIN, difference), Posting(Account(against), -difference)) if difference else ()
        self.hear(TinCounted(self.next, TIN, NOON, minor, difference, postings, (ROSA, ALI), words("")))

    def post(self) -> None:
        found = self.view.budget(0, NOON)
        assert found is not None
        number = len(self.view.posted()) + 1
        sums = (found.opening, found.came_in, found.went_out, found.unexplained, found.closing, found.waiting)
        self.hear(BudgetPosted(number, found.upto, found.since, NOON, *sums, ROSA))

    def line(self, number: int) -> LineRow:
        row = self.view.line(TransactionId(number))
        assert row is not None
        return row

    def teller(self, language: str = "en") -> Teller:
        card = HubCard(name=words("Corner Kitchen"), currency=self.currency, exponent=self.exponent)
        return Teller(Speaker(CATALOGUE, language), card, {row.account: row for row in self.view.accounts()})

    def sheet(self, number: int = 0) -> Document:
        found = self.view.budget(number, NOON)
        assert found is not None
        teller = self.teller()
        return budget(Sheet(teller.speaker, teller.card, Position(41), "0f" * 32, NOON), found, teller.accounts)

    def read(self, number: int = 0) -> str:
        """The sheet as text, with plain spaces, on one line."""
        return " ".join(printed(self.sheet(number)).split())


def printed(document: Document) -> str:
    """The sheet as it comes off the roll, with plain spaces."""
    return as_text(document).replace("\u00a0", " ")


def strong(document: Document) -> list[str]:
    """What is in bold, in order."""
    return [
        f"{block.label} {block.value}" if isinstance(block, Row) else block.text
        for block in document.blocks
        if isinstance(block, Row | Text) and block.strong
    ]


@pytest.fixture
def november() -> Book:
    """A month with something of everything."""
    book = Book()
    book.count(12_000, 12_000, "before")
    book.record(came_in(DUES, TIN, 8_000), "Dues of November")
    book.record(
        came_in(GRANT, BANK, 50_000),
        "First half",
        source=1,
        partner=words("City council"),
        conditions=words("Only for the oven"),
    )
    book.record(came_in(UNEXPLAINED, TIN, 2_000), "Lay in the letter box")
    book.record(went_out(TIN, FOOD, 3_450), outside=KEEPER)
    book.record(went_out(BANK, REPAIR, 9_900), "New pump", outside=LIMIT)
    book.record(went_out(TIN, FOOD, 3_405), "Typed twice")
    book.take_back(7, "It was there already")
    book.count(18_500, -50, "unexplained")
    book.post()
    return book


def test_the_whole_sheet_reads_from_the_sums_to_the_seal(november: Book) -> None:
    assert (
        printed(november.sheet(1))
        == """\

BUDGET 1
========
Corner Kitchen · Monday, November 23,
2026, 12:00 PM
------------------------------------------
Sunday, November 22, 2026 to Monday,
November 23, 2026
There was                            €0.00
Came in                            €700.00
Went out                           €133.50
Unexplained                         €19.50
There is                           €586.00

UNEXPLAINED MONEY
-----------------
€20.00 came in, and nobody knows yet from
whom.
€0.50 is missing, and nobody knows yet
why.
4. Lay in the letter box
    €20.00 · Sunday, November 22, 2026
9. Counted: The tin
    €0.50 · Monday, November 23, 2026
Do you know more? Tell any member. It
stays here until somebody can say.

Where the money lies
--------------------
The tin                            €185.00
The bank                           €401.00

What came in
------------
Dues                                €80.00
Grants                             €500.00
There before the book              €120.00

From whom, to whom, on what conditions
--------------------------------------
City council                       €500.00
record 3 · Grants · €500.00 · on this
condition:
Only for the oven

What went out
-------------
Food                                €34.50
[###.......]
Repairs                             €99.00
[#######...]

Set right
---------
8. It was there already
    Taken back: record 7 · Went out: Food
    · €34.05

Outside our rules
-----------------
It was not written down by the ledger
keeper.
Records: 5
It is more than we agreed to spend without
a decision.
6. New pump
    Went out: Repairs · €99.00
The next meeting speaks of it.

Counted by two
--------------
1. The tin: €120.00
    Monday, November 23, 2026 · The first
    count: it was there before the book.
9. The tin: €185.00
    Monday, November 23, 2026 · €0.50 less
    than the book says.
------------------------------------------

Place in the log:
41 · B4HQ6 DYPB4 HQ6DY PB4HQ
"""
    )


def test_sums_and_unexplained_money_are_bold_and_come_before_all_else(november: Book) -> None:
    document = november.sheet(1)
    assert [said.replace("\u00a0", " ") for said in strong(document)][:7] == [
        "There was €0.00",
        "Came in €700.00",
        "Went out €133.50",
        "Unexplained €19.50",
        "There is €586.00",
        "€20.00 came in, and nobody knows yet from whom.",
        "€0.50 is missing, and nobody knows yet why.",
    ]
    assert "<strong><bdi>€20.00 came in, and nobody knows yet from whom.</bdi></strong>" in as_html(document)


def test_no_member_is_named_on_the_wall(november: Book) -> None:
    page = str(as_html(november.sheet(1)))
    assert ROSA not in page
    assert ALI not in page


def test_what_is_not_posted_yet_says_so_in_bold(november: Book) -> None:
    document = november.sheet()
    assert document.title == "The budget so far"
    assert strong(document)[0] == "NOT POSTED YET. It can still change."
    assert "NOT POSTED YET" not in november.read(1)


def test_a_posted_sheet_stays_as_it_was_when_more_becomes_known(november: Book) -> None:
    before = printed(november.sheet(1))
    november.explain(4, GIFT, "Bakery", 2)
    november.take_back(3, "The council wants it back")
    november.record(went_out(TIN, FOOD, 100))
    november.post()
    assert printed(november.sheet(1)) == before
    assert "Lay in the letter box" not in november.read(2)


def test_the_next_sheet_shows_what_was_explained_given_back_and_taken_back() -> None:
    book = Book()
    book.record(came_in(UNEXPLAINED, TIN, 2_000), "Lay in the letter box")
    book.record(came_in(UNEXPLAINED, TIN, 700), "Lay under the door")
    book.record(went_out(TIN, FOOD, 300))
    book.post()
    book.explain(1, GIFT, "Bakery", 1)
    book.give_back(2, "To the neighbour")
    book.take_back(3, "Typed twice")
    text = book.read()
    assert "4. Explains record 1: Gifts Explained: record 1 · Came in: Unexplained · €20.00" in text
    assert "5. To the neighbour Given back: record 2 · Came in: Unexplained · €7.00" in text
    assert "6. Typed twice Taken back: record 3 · Went out: Food · €3.00" in text
    assert "There was €24.00 Came in €20.00 Went out -€3.00 Unexplained -€27.00 There is €20.00" in text
    assert "All money is explained." in text


def test_every_partner_is_named_with_each_gift_and_its_conditions() -> None:
    book = Book()
    book.record(came_in(GRANT, BANK, 50_000), source=1, partner=words("Council"), conditions=words("Our logo"))
    book.record(came_in(GIFT, TIN, 500), source=2, partner=words("Bakery"))
    book.record(came_in(GIFT, TIN, 200), source=1)
    text = book.read()
    gifts = "record 1 · Grants · €500.00 · on this condition: Our logo record 3 · Gifts · €2.00 · no conditions"
    assert f"Council €502.00 {gifts}" in text
    assert "Bakery €5.00 record 2 · Gifts · €5.00 · no conditions" in text


def test_a_gift_that_was_taken_back_is_named_and_counts_for_nothing() -> None:
    book = Book()
    book.record(came_in(GIFT, TIN, 500), source=1, partner=words("Bakery"))
    book.take_back(1, "It never came")
    assert "Bakery €0.00 TAKEN BACK · record 1 · Gifts · €5.00" in book.read()


def test_words_taken_back_leave_a_plain_sentence_and_the_sums_stay() -> None:
    book = Book()
    book.record(came_in(GIFT, TIN, 500), source=1, partner=words("Bakery"), conditions=words("Our logo"), blanked=True)
    book.record(came_in(UNEXPLAINED, TIN, 100), "Lay there", blanked=True)
    text = book.read()
    assert text.count("(These words were taken back.)") == 3
    assert "€5.00" in text
    for gone in ("Bakery", "Our logo", "Lay there"):
        assert gone not in text


def test_an_empty_book_says_so() -> None:
    text = Book().read()
    assert "There was €0.00 Came in €0.00 Went out €0.00 There is €0.00 All money is explained." in text
    assert "There is nothing in the book yet." in text
    assert text.count("Nothing.") == 2
    assert "Outside our rules" not in text


def test_an_account_opened_here_is_called_by_its_own_words_and_by_a_sentence_without_them() -> None:
    book = Book()
    market, attic = Account("income_17"), Account("place_18")
    book.hear(AccountOpened(market, Group.INCOME, False, ROSA, words("Flea market")))
    book.hear(AccountOpened(attic, Group.PLACE, False, ROSA, words("")))
    book.record(came_in(market, attic, 900))
    assert "Flea market €9.00" in book.read()
    assert "(These words were taken back.) €9.00" in book.read()


# What a person typed, in any script, and money of any kind

LONG = "Office for neighbourhoods, gardens and the public space of the northern district, ground floor, room 4.12"


@pytest.mark.parametrize(
    ("partner", "language"),
    [(LONG, "en"), ("مخبز الحي القديم", "ar"), ("🥖 Bakery 🥐", "en"), ("近所のパン屋さん", "ja"), ("x" * 120, "en")],
)
def test_any_name_fits_the_roll_and_keeps_its_language_and_direction(partner: str, language: str) -> None:
    book = Book()
    book.record(came_in(GIFT, TIN, 500), source=1, partner=words(partner, language))
    lines = printed(book.sheet()).splitlines()
    assert max(map(columns, lines)) <= 42
    assert partner.replace(" ", "") in "".join(lines).replace(" ", "").replace("€5.00", "")
    page = str(as_html(book.sheet()))
    assert f'<dt><span lang="{language}" dir="auto">{partner}</span></dt>' in page


def test_what_a_person_typed_is_never_markup() -> None:
    book = Book()
    book.record(came_in(GIFT, TIN, 500), "<i>x", source=1, partner=words("<b>Bakery"), conditions=words("<script>"))
    page = str(as_html(book.sheet()))
    assert "&lt;b&gt;Bakery" in page
    assert "&lt;script&gt;" in page
    assert "<b>" not in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("currency", "exponent", "there_is"),
    [("EUR", 2, "€1,234.56"), ("JPY", 0, "¥123,456"), ("KWD", 3, "KWD 123.456"), ("MXN", 2, "MX$1,234.56")],
)
def test_money_has_the_decimal_places_of_its_currency(currency: str, exponent: int, there_is: str) -> None:
    book = Book(currency=currency, exponent=exponent)
    book.record(came_in(DUES, TIN, 123_456))
    assert f"There is {there_is} " in book.read()


# Words for accounts and records


def test_every_account_of_the_chart_has_a_name_and_every_group_but_the_unexplained() -> None:
    assert set(ACCOUNTS) == set(CHART)
    assert set(GROUPS) == {group.value for group in Group} - {"unexplained"}
    assert set(OUTSIDE) == {"ledger_keeper", "spending_limit"}


def test_accounts_are_listed_in_one_order_everywhere() -> None:
    opened = [Account("income_22"), Account("place_9"), FOOD, BANK, TIN, DUES]
    assert in_order(opened) == ["tin", "bank", "dues", "food", "place_9", "income_22"]


@pytest.mark.parametrize(
    ("postings", "said"),
    [
        (came_in(DUES, TIN, 100), "Came in: Dues"),
        (came_in(FOOD, TIN, 100), "Came in: Food"),
        (went_out(TIN, FOOD, 100), "Went out: Food"),
        (carried(TIN, BANK, 100), "Carried: The tin → The bank"),
        ((Posting(TIN, -900), Posting(FOOD, 600), Posting(REPAIR, 300)), "Went out: Food, Repairs"),
    ],
)
def test_what_money_did_in_a_few_words(postings: tuple[Posting, ...], said: str) -> None:
    assert Book().teller().movement(postings) == said


def test_a_record_tells_each_movement_from_where_the_reader_stands() -> None:
    book = Book()
    book.record((Posting(TIN, -900), Posting(FOOD, 600), Posting(REPAIR, 300)))
    book.take_back(1, "Wrong")
    teller = book.teller()
    assert teller.postings(book.line(1)) == [
        ("The tin", "-€9.00"),
        ("Spent: Food", "€6.00"),
        ("Spent: Repairs", "€3.00"),
    ]
    assert teller.postings(book.line(2))[1] == ("Spent: Food", "-€6.00")
    assert [teller.size(book.line(number)) for number in (1, 2)] == [900, 900]


def test_a_count_stands_beside_the_book_in_words() -> None:
    book = Book()
    book.count(1_000, 1_000, "before")
    book.count(1_000, 0, "")
    book.count(1_100, 100, "unexplained")
    book.count(1_050, -50, "unexplained")
    told = [book.teller().difference(book.line(number)) for number in (1, 2, 3, 4)]
    assert told == [
        "The first count: it was there before the book.",
        "As the book says.",
        "€1.00 more than the book says.",
        "€0.50 less than the book says.",
    ]


def test_an_article_nobody_put_into_words_is_still_shown() -> None:
    book = Book()
    book.record(went_out(TIN, FOOD, 100), outside=("some_article",))
    assert re.search(r"Outside our rules -+ some_article Records: 1", book.read())
