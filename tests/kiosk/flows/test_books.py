"""Reading our books at the kiosk: no card is asked for, and nothing is hidden."""

from __future__ import annotations

import pytest
from pressing import Evening, Presser

from hub.domain import assemblies, ledger
from hub.domain.base import AssemblyId, Words
from hub.domain.ledger import Account, came_in, went_out
from kiosk.flows import books
from kiosk.page import Privacy, Reading

TIN = Account("tin")


@pytest.fixture
def person(evening: Evening) -> Presser:
    """A book with a gift on a condition, money nobody can explain, and something bought."""
    kitchen, rosa = evening.kitchen, evening.members["Rosa"]
    now = kitchen.clock.now
    gift = ledger.RecordMoney(
        now,
        came_in(Account("gift"), TIN, 45_000),
        Words({"en": "For the fridge"}),
        partner=Words({"en": "Tenants' union"}),
        conditions=Words({"en": "Their name on it"}),
    )
    kitchen.submit(gift, rosa)
    kitchen.submit(ledger.PostBudget(), rosa)
    found = Words({"en": "Lay in the box"})
    kitchen.submit(ledger.RecordMoney(now, came_in(Account("gift"), TIN, 500), found), rosa)
    kitchen.submit(ledger.RecordMoney(now, went_out(TIN, Account("food"), 1_250), Words({"en": "Soup"})), rosa)
    books.start(evening.session)
    return evening.person


def test_three_big_numbers_stand_first_and_unexplained_money_above_them(person: Presser) -> None:
    assert [tile.figure for tile in person.page.body.tiles[:3]] == ["€0.00", "€12.50", "€442.50"]  # type: ignore[union-attr]
    assert "€5.00 came in, and nobody knows yet from whom." in person.page.note
    assert person.page.privacy is Privacy.OPEN


def test_the_budget_is_read_with_values_at_the_end_and_shares_as_bars(person: Presser) -> None:
    person.press("Look inside")
    person.press("The budget")
    assert isinstance(person.page.body, Reading)
    food = next(line for line in person.page.body.lines if line.text == "Food")
    assert (food.value, food.share) == ("€12.50", (1250, 1250))
    person.press("Print it")
    assert person.title == "So it looks on paper"


def test_every_record_opens_with_all_its_movements(person: Presser) -> None:
    person.press("Look inside")
    person.press("Every record")
    assert "Unexplained: €5.00" in person.text()
    person.row("For the fridge")
    assert all(part in person.text() for part in ("Record 1", "The tin €450.00", "Tenants' union", "Their name on it"))
    for _ in range(3):
        person.press("Back")
    assert person.title == "Our books"


def test_months_stand_with_what_came_in_and_went_out(person: Presser) -> None:
    person.press("Look inside")
    person.press("Month by month")
    assert person.text().splitlines()[1:] == ["November 2026", "Came in €450.00", "Went out €12.50"]


def test_a_posted_budget_stays_as_it_was(person: Presser) -> None:
    person.press("Look inside")
    person.press("Posted budgets")
    person.row("Budget 1")
    assert "There is €450.00" in person.text()


def test_partners_stand_with_their_conditions(person: Presser) -> None:
    person.press("Look inside")
    person.press("From whom")
    assert person.text().splitlines()[1:3] == ["Tenants' union · €450.00", "On this condition: Their name on it"]


def test_our_rules_are_one_page(person: Presser) -> None:
    person.press("Our rules")
    assert person.title == "Our rules on one page"


def test_minutes_open_with_what_was_decided(evening: Evening, person: Presser) -> None:
    person.press("Minutes")
    assert "No meeting was held yet." in person.text()
    kitchen, rosa, number = evening.kitchen, evening.members["Rosa"], AssemblyId(1)
    kitchen.submit(assemblies.ConvokeAssembly(kitchen.clock.now, Words({"en": "Hall"})), rosa)
    kitchen.submit(assemblies.OpenMeeting(number, rosa, 3), rosa)
    kitchen.submit(assemblies.MinuteDecision(number, Words({"en": "We paint."}), yes=3), rosa)
    kitchen.submit(assemblies.CloseMeeting(number), rosa)
    books.minutes(evening.session)
    person.row("Draft")
    text = person.text()
    assert text.index("What we decided") < text.index("1. We paint.")


def test_an_empty_book_says_so(evening: Evening) -> None:
    books.start(evening.session)
    assert evening.person.page.note == "All money is explained."
    evening.person.press("Look inside")
    for label, said in (
        ("Month by month", "There is nothing in the book yet."),
        ("Every record", "There is nothing in the book yet."),
        ("Posted budgets", "No budget was posted yet."),
        ("From whom", "Nobody from outside gave us money, or got any."),
    ):
        evening.person.press(label)
        assert said in evening.person.text()
        evening.person.press("Back")
