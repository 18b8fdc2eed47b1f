"""Evenings at the glass: real touches through the window, a hub of its own process, and what is so afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from at_the_glass import PATIENCE, Person, at_the_glass, rig, to_paper, vote
from emulated_printer import EmulatedPrinter
from open_house import PIN, SUPPER, OpenHouse

from hub.client import Client
from hub.printing.raster import Raster
from kiosk.page import Keypad, Picture


@pytest.fixture(scope="module")
def printer() -> Iterator[EmulatedPrinter]:
    with EmulatedPrinter() as emulated:
        yield emulated


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, printer: EmulatedPrinter) -> Iterator[OpenHouse]:
    """A hub that is up all evening, with that printer."""
    made = OpenHouse(tmp_path_factory.mktemp("evening") / "hub")
    made.printer(printer.address)
    with made.up():
        yield made


@pytest.fixture
def client(house: OpenHouse) -> Iterator[Client]:
    """Looks at the hub from outside."""
    with house.client() as client:
        yield client


@pytest.fixture
def person(house: OpenHouse) -> Iterator[Person]:
    """Somebody before a kiosk that has just been started."""
    with house.client(3.0) as own, at_the_glass(own) as somebody:
        somebody.wait_until("Sign up")
        yield somebody


def tap(place: tuple[float, float]) -> None:
    """A short touch, whatever is there and whatever comes of it."""
    rig().lift(rig().touch(*place))


def middle(person: Person, label: str) -> tuple[float, float]:
    rect = person.find(label).rect
    return rect.x + rect.w / 2, rect.y + rect.h / 2


def to_review(person: Person, house: OpenHouse, question: str) -> int:
    """Rosa has chosen, and looks once more. The number of the ballot."""
    number = house.ask(question)

    class Enough(Exception):
        pass

    def at(step: str) -> None:
        if step == "at the last look":
            raise Enough

    with pytest.raises(Enough):
        vote(person, question, house.cards["Rosa"], at=at)
    return number


# Everyday


def test_a_guest_signs_up_for_a_meal_with_a_first_name(person: Person, house: OpenHouse, client: Client) -> None:
    person.touch("Sign up")
    person.touch(SUPPER)
    person.touch("Sign up without a card")
    person.type("Jo-Ann")
    person.touch("Next")
    person.touch("2 people")
    assert person.name == "signed-up"
    seen = client.read("signup_page", client.show_card(house.cards["Ali"]).visit, signup=1)
    sizes = {seen["names"][party["who"]]: party["size"] for party in seen["list"]["parties"]}
    assert sizes == {"Jo-Ann": 2}


def test_a_neighbour_joins_a_member_vouches_and_the_card_is_printed(
    person: Person, house: OpenHouse, client: Client, printer: EmulatedPrinter
) -> None:
    before = len(printer.device.sheets)
    person.touch("Join us")
    person.touch("I would like to join")
    person.touch("Next")
    person.type("Nadia")
    person.touch("Next")
    person.touch("Yes")
    person.touch("Skip this")
    person.touch("Ask to join")
    person.touch("A member is here")
    person.scan(house.cards["Ali"])
    person.touch("I vouch for them")
    assert person.name == "new-card"
    code = person.text().splitlines()[2]
    person.touch("Print this card")
    person.wait_for("print-done", passing=0.05)
    assert len(printer.device.sheets) == before + 1
    person.touch("Go on")
    person.touch("It is handed over")
    assert (person.name, code in person.text(), person.session.person) == ("home", False, None)
    assert client.show_card(code).name == "Nadia"
    house.cards["Nadia"] = code


def test_help_is_asked_for_without_a_card(person: Person, house: OpenHouse, client: Client) -> None:
    person.touch("Ask for help")
    person.touch("Food")
    person.touch("Today")
    person.type("Two eggs")
    person.touch("Next")
    person.touch("Members")
    person.touch("Ask")
    assert (person.name, "number 1" in person.text()) == ("asked", True)
    visit = client.show_card(house.cards["Ali"]).visit
    assert client.read("need", visit, need=1)["need"]["text"] == {"en": "Two eggs"}


# Votes


def test_a_vote_with_yes_or_no_is_in_the_box(person: Person, house: OpenHouse) -> None:
    number = house.ask("Shall we buy the big pot?")
    vote(person, "Shall we buy the big pot?", house.cards["Rosa"])
    assert person.name == "vote-cast"
    person.touch("Leave")
    assert (person.name, house.count(number)) == ("home", [1, 0])


def test_who_has_no_pin_yet_chooses_one_and_marks_what_is_fine(person: Person, house: OpenHouse) -> None:
    house.join("Omar")
    number = house.ask("Which soup?", "Lentil", "Onion", "Beet")
    person.touch("Vote")
    person.touch("Which soup?")
    person.touch("Vote now")
    person.scan(house.cards["Omar"])
    for name, digits in (("new-pin", PIN), ("new-pin-again", "4712"), ("new-pin", PIN), ("new-pin-again", PIN)):
        assert person.name == name
        person.pin(digits)
    for soup in ("Lentil", "Onion", "Beet", "Onion"):
        person.touch(soup)
    person.touch("Next")
    person.touch("Cast my vote")
    assert person.name == "vote-cast"
    assert house.count(number, "Omar") == [1, 0, 1]


def test_a_card_that_the_scanner_reads_twice_leaves_no_digit_in_the_pin(person: Person, house: OpenHouse) -> None:
    house.ask("A bench?")
    person.touch("Vote")
    person.touch("A bench?")
    person.touch("Vote now")
    person.scan(house.cards["Rosa"])
    assert person.name == "pin"
    person.scan(house.cards["Rosa"])
    assert isinstance(person.page.body, Keypad)
    assert person.page.body.digits == ""
    person.pin()
    assert person.name == "choose-yes-no"


def test_a_vote_in_arabic_from_right_to_left(person: Person, house: OpenHouse) -> None:
    question = "Soup on Mondays?"
    number = house.ask(question)
    sides: list[bool] = []

    def at(_step: str) -> None:
        drawing = person.front.drawing
        sides.append(drawing.mirrored)
        assert person.session.language == "ar"
        if person.name == "ballot-review":
            assert middle(person, "Cast my vote")[0] < middle(person, "Change it")[0]

    person.touch("Language")
    person.touch("العربية")
    vote(person, question, house.cards["Rosa"], "No", at)
    assert (person.name, person.page.title.isascii(), sides) == ("vote-cast", False, [True] * 5)
    assert house.count(number) == [0, 1]


# Touches


@pytest.mark.parametrize("later", [0.1, 0.35])
def test_a_trembling_hand_casts_one_vote_and_stays_to_read_what_became_of_it(
    person: Person, house: OpenHouse, later: float
) -> None:
    number = to_review(person, house, f"A ramp, {later}?")
    place = middle(person, "Cast my vote")
    person.clock.now += 0.5
    tap(place)
    person.clock.now += later
    tap(place)
    person.settle()
    assert person.name == "vote-cast"
    assert house.count(number) == [1, 0]


def test_a_touch_that_was_meant_for_the_screen_before_does_nothing(person: Person, house: OpenHouse) -> None:
    to_review(person, house, "A cooler?")
    place = middle(person, "Cast my vote")
    person.touch("Cast my vote")
    assert person.labels()[-1] == "Leave"
    assert person.front.drawing.targets[-1].rect.has(*place)
    person.clock.now += 0.29
    tap(place)
    assert person.name == "vote-cast"
    person.clock.now += 0.5
    tap(place)
    assert person.name == "home"


def test_of_two_fingers_the_second_casts_nothing(person: Person, house: OpenHouse) -> None:
    number = to_review(person, house, "New pots?")
    first = person.press("Change it")
    tap(middle(person, "Cast my vote"))
    assert (person.name, person.session.busy) == ("ballot-review", False)
    person.lift(first)
    assert person.name == "choose-yes-no"
    person.touch("No")
    person.touch("Next")
    person.touch("Cast my vote")
    assert house.count(number) == [0, 1]


# Paper


def test_without_paper_the_screen_says_so_and_the_sheet_comes_out_once_there_is_some(
    person: Person, client: Client, printer: EmulatedPrinter
) -> None:
    before = len(printer.device.sheets)
    printer.device.paper = 200
    shown = to_printer(person)
    person.wait_until("The printer has no paper. Nothing is lost.", passing=0.02)
    assert "You need not wait here" in person.text()
    assert len(printer.device.sheets) == before
    printer.device.refill()
    person.wait_for("print-done", passing=0.02)
    printed(client, printer, before, shown)


@pytest.mark.parametrize("within", [False, True])
def test_with_an_open_lid_the_screen_says_so_and_the_sheet_comes_out_once_it_is_closed(
    person: Person, client: Client, printer: EmulatedPrinter, *, within: bool
) -> None:
    before, strips = len(printer.device.sheets), printer.device.strips
    if within:
        printer.device.at_strip = lambda n: setattr(printer.device, "open", True) if n == strips + 2 else None
    else:
        printer.device.lid(is_open=True)
    shown = to_printer(person)
    person.wait_until("The printer's lid is open. Nothing is lost.", passing=0.02)
    assert len(printer.device.sheets) == before
    printer.device.lid(is_open=False)
    person.wait_for("print-done", passing=0.02)
    printed(client, printer, before, shown)


def to_printer(person: Person) -> bytes:
    """The list of the meal is asked for on paper; the picture that was shown before."""
    shown: list[bytes] = []

    def at(step: str) -> None:
        if step == "at the preview":
            assert isinstance(person.page.body, Picture)
            shown.append(person.page.body.png)

    to_paper(person, SUPPER, at)
    return shown[0]


def printed(client: Client, printer: EmulatedPrinter, before: int, shown: bytes) -> None:
    """One more sheet hangs there, dot for dot as it was shown; the minute on it may have passed meanwhile."""
    assert printer.wait_for_sheets(before + 1, PATIENCE)
    (sheet,) = printer.device.sheets[before:]
    pictures = [Raster.from_png(png).rows.rstrip(b"\0") for png in (shown, client.preview("signup_list", signup=1))]
    assert sheet.rows.rstrip(b"\0") in pictures
