"""The keeper's desk: a ballot, money, the tin, the budget, minutes, a list, the paper; by the real rules."""

from __future__ import annotations

import pytest
from pressing import PIN, Evening, Presser, Tray

from hub.domain import assemblies, roles
from hub.domain.base import DAY, LEDGER_KEEPER, MINUTE_TAKER, AssemblyId, Words
from hub.printing.port import Trouble
from kiosk.errand import RETRY
from kiosk.flows import desk


@pytest.fixture
def person(evening: Evening) -> Presser:
    """Rosa keeps the book, and stands at the desk."""
    evening.chose_pin("Rosa")
    evening.kitchen.submit(roles.TakeRole(LEDGER_KEEPER), evening.members["Rosa"])
    desk.start(evening.session)
    evening.person.scan(evening.card("Rosa"))
    return evening.person


def pin(person: Presser) -> None:
    person.keys(PIN)
    person.press("Next")


def write(person: Presser, text: str) -> None:
    person.type(text)
    person.press("Next")


def count(person: Presser, digits: str) -> None:
    person.keys(digits)
    person.press("Next")


def again(evening: Evening) -> None:
    """Back to the desk."""
    evening.session.home()
    desk.start(evening.session)


def test_the_desk_says_whose_act_each_is(person: Presser) -> None:
    assert all(
        part in person.text()
        for part in ("Post the budget Your role", "Minute taker: nobody now", "Count the tin Two members")
    )


def test_a_ballot_of_several_options_is_opened_with_a_pin(evening: Evening, person: Presser) -> None:
    person.press("Open a ballot")
    person.press("One of several")
    write(person, "Which colour?")
    assert "None of these" in person.text()
    for option in ("Red", "Gren"):
        person.press("Add one")
        write(person, option)
    person.press("Gren")
    person.press("Add one")
    write(person, "Red")
    assert "That one is on the list already." in person.page.trouble
    write(person, "Green")
    person.press("Next")
    person.press("3 days")
    assert "Thursday, November 26, 2026" in person.text()
    person.press("Open the ballot")
    pin(person)
    assert person.title == "The ballot is open"
    row = evening.client.read("ballot", ballot=1)
    assert (row["options"], row["closes"] - row["opens"]) == ([{"en": "Red"}, {"en": "Green"}], 3 * DAY)
    person.press("Print the notice")
    assert person.title == "So it looks on paper"


def test_a_yes_or_no_ballot_is_open_as_long_as_our_rules_say(evening: Evening, person: Presser) -> None:
    person.press("Open a ballot")
    person.press("Yes or no")
    write(person, "A ramp?")
    person.press("As long as our rules say")
    assert "Once it is open nothing in it can be changed." in person.page.note
    person.press("Open the ballot")
    pin(person)
    assert evening.client.read("ballot", ballot=1)["text"] == {"en": "A ramp?"}


def test_a_ballot_whose_answer_was_lost_is_opened_once(evening: Evening, person: Presser) -> None:
    person.press("Open a ballot")
    person.press("Yes or no")
    write(person, "A ramp?")
    person.press("7 days")
    evening.session.welcome(evening.client.show_card(evening.card("Rosa"), PIN), evening.card("Rosa"))
    evening.hub.lost = True
    person.press("Open the ballot")
    evening.wait(RETRY)
    evening.hub.lost = False
    evening.wait(RETRY)
    assert person.title == "The ballot is open"
    assert len(evening.client.read("ballots")) == 1


def test_money_that_came_in_is_written_with_its_giver_and_condition(evening: Evening, person: Presser) -> None:
    person.press("Write down money")
    person.press("Money came in")
    person.keys("1250")
    assert person.title == "How much? €12.50"
    person.press("Next")
    person.press("The tin")
    person.press("Gifts")
    person.press("A new name")
    write(person, "Bakery")
    write(person, "Say thanks")
    write(person, "Bread money")
    assert all(part in person.text() for part in ("Came in €12.50", "Bakery", "Say thanks", "Bread money"))
    person.press("Write it in the book")
    pin(person)
    (record,) = evening.client.read("records")
    assert (record["money"], record["partner"][0], record["conditions"][0]) == ("€12.50", "Bakery", "Say thanks")
    assert record["outside"] == []


def test_a_gift_without_a_name_is_unexplained(evening: Evening, person: Presser) -> None:
    person.press("Write down money")
    person.press("Money came in")
    count(person, "500")
    person.press("The tin")
    person.press("Gifts")
    person.row("or we do not know")
    write(person, "Lay in the box")
    person.press("Write it in the book")
    pin(person)
    assert evening.client.read("book")["unexplained"] == ["€5.00 came in, and nobody knows yet from whom."]


@pytest.mark.parametrize(
    ("way", "to"), [("Money went out", "Food"), ("Money was carried from one place to another", "The bank")]
)
def test_money_goes_out_or_is_carried(evening: Evening, person: Presser, way: str, to: str) -> None:
    person.press("Write down money")
    person.press(way)
    person.press("Next")
    assert person.page.trouble
    count(person, "300")
    person.press("The tin")
    person.press(to)
    if to == "Food":
        person.row("or we do not know")
    write(person, "Onions")
    person.press("Write it in the book")
    pin(person)
    (record,) = evening.client.read("records")
    assert (record["money"], to in record["headline"]) == ("€3.00", True)


def test_two_members_write_in_the_book_while_the_keeper_is_away(evening: Evening, person: Presser) -> None:
    evening.kitchen.end_forming()
    person.press("Leave")
    desk.start(evening.session)
    person.scan(evening.card("Ali"))
    person.press("Write down money")
    person.press("Money came in")
    count(person, "100")
    person.press("The tin")
    person.press("Dues")
    person.row("or we do not know")
    write(person, "December")
    person.press("Two of us do it")
    person.scan(evening.card("Mei"))
    assert "It is in the book." in person.text()
    assert evening.client.read("records")[0]["outside"] == ["It was not written down by the ledger keeper."]


def test_the_tin_is_counted_by_two(evening: Evening, person: Presser) -> None:
    person.press("Count the tin")
    count(person, "40720")
    assert "In the tin €407.20" in person.text()
    person.press("We counted it")
    person.scan(evening.card("Rosa"))
    assert "two members" in person.page.trouble
    person.press("We counted it")
    person.scan(evening.card("Mei"))
    assert "The first count: it was there before the book." in person.text()


def test_the_budget_is_read_posted_and_printed(evening: Evening, person: Presser) -> None:
    person.press("Count the tin")
    count(person, "40720")
    person.press("We counted it")
    person.scan(evening.card("Mei"))
    again(evening)
    person.press("Post the budget")
    assert "NOT POSTED YET." in person.text()
    person.press("Post it")
    assert evening.client.read("book")["posted"][0]["there_is"] == "€407.20"
    person.press("Print the budget")
    assert person.title == "So it looks on paper"


def test_a_list_is_opened_for_a_day_and_an_hour(evening: Evening, person: Presser) -> None:
    person.press("Open a list")
    person.press("Meal")
    write(person, "Soup")
    person.press("Wed, Nov 25")
    count(person, "1860")
    assert "There is no such time." in person.page.trouble
    count(person, "1830")
    count(person, "24")
    person.press("Skip this")
    assert "Wednesday, November 25, 2026, 6:30\N{NO-BREAK SPACE}PM 24 places" in person.text()
    person.press("Open the list")
    assert person.title == "The list is open"
    (row,) = evening.client.read("signups")
    assert (row["title"], row["places"], row["starts"] % DAY) == ({"en": "Soup"}, 24, 66_600_000)


def test_minutes_are_taken_from_the_call_to_the_draft(evening: Evening, person: Presser) -> None:
    person.press("Take minutes")
    person.press("Call a meeting")
    person.press("Mon, Nov 23")
    count(person, "1300")
    write(person, "The hall")
    person.press("Call it")
    again(evening)
    person.press("Take minutes")
    person.row("The hall")
    person.press("Ali")
    count(person, "3")
    person.press("Open the meeting")
    person.press("Write down a decision")
    write(person, "We paint.")
    person.press("None of them")
    person.press("We counted hands")
    for hands in ("2", "0", "1"):
        count(person, hands)
    assert "yes 2 · no 0 · abstained 1" in person.text()
    person.press("Write it down")
    person.press("Write down what was said")
    write(person, "The door sticks.")
    person.press("Write it down")
    person.press("Count again who is here")
    count(person, "2")
    person.press("Write it down")
    person.press("Close the meeting")
    person.press("Close the meeting")
    assert person.title == "The meeting is over"
    minutes = evening.client.read("minutes", assembly=1)
    assert [(each["text"], each["yes"]) for each in minutes["decisions"]] == [({"en": "We paint."}, 2)]
    assert (minutes["assembly"]["present"], len(minutes["notes"])) == (2, 1)


def test_a_decision_nobody_was_against_settles_its_topic(evening: Evening, person: Presser) -> None:
    kitchen, rosa = evening.kitchen, evening.members["Rosa"]
    kitchen.submit(assemblies.AddTopic(Words({"en": "A bench"})), rosa)
    kitchen.submit(assemblies.ConvokeAssembly(kitchen.clock.now, Words({"en": "Hall"})), rosa)
    kitchen.submit(assemblies.OpenMeeting(AssemblyId(1), rosa, 3), rosa)
    person.press("Take minutes")
    person.press("Write down a decision")
    write(person, "We build a bench.")
    person.press("A bench")
    person.press("Nobody was against it")
    person.press("Write it down")
    assert person.title == "The meeting is on"
    assert evening.client.read("minutes", assembly=1)["decisions"][0]["consensus"]


def test_two_members_take_minutes_where_the_minute_taker_is_away(evening: Evening, person: Presser) -> None:
    kitchen, ali = evening.kitchen, evening.members["Ali"]
    kitchen.submit(roles.TakeRole(MINUTE_TAKER), ali)
    kitchen.end_forming()
    kitchen.submit(assemblies.ConvokeAssembly(kitchen.clock.now, Words({"en": "Hall"})), ali)
    kitchen.submit(assemblies.OpenMeeting(AssemblyId(1), ali, 3), ali)
    person.press("Leave")
    desk.start(evening.session)
    person.scan(evening.card("Mei"))
    person.press("Take minutes")
    person.press("Write down what was said")
    write(person, "The door sticks.")
    person.press("Write it down")
    assert "ask another member to show their card too" in person.page.trouble
    person.press("Two of us do it")
    person.scan(evening.card("Rosa"))
    assert person.title == "The meeting is on"


def test_the_paper_is_checked_and_a_test_sheet_printed(evening: Evening, person: Presser, tray: Tray) -> None:
    person.press("Check the paper")
    assert "The printer is ready." in person.text()
    person.press("Print a test sheet")
    assert person.title == "So it looks on paper"


def test_a_printer_without_paper_says_so(evening: Evening, person: Presser, tray: Tray) -> None:
    tray.wrong = Trouble.PAPER_OUT
    assert evening.press_room is not None
    evening.client.print_sheet("agenda", "a-key")
    evening.press_room.step()
    person.press("Check the paper")
    assert "1 sheet waits" in person.text()
    assert "The printer is ready." not in person.text()
