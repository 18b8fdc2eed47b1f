"""Kiosk, hub or printer is killed at each step of a vote and of a print: the screen is true, nothing is doubled."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from at_the_glass import PATIENCE, Person, Step, at_the_glass, to_paper, vote
from emulated_printer import EmulatedPrinter
from open_house import SUPPER, OpenHouse

from hub.client import read_token
from hub.printing.raster import Raster

DYING = Path(__file__).parent.parent / "dying_kiosk.py"
TOLD = DYING.with_name("told_kiosk.py")
ON_THE_SCREEN = ("before the card", "once the card was shown", "once it was chosen", "at the last look")
FENCED = b"\0"
"""What a printer says once all before the fence is printed."""
QUICKLY = 0.1
"""Seconds of the kiosk's clock in each frame, where it is to try again or look again by itself."""
UNSURE = "nobody knows yet whether your vote was cast"


@pytest.fixture
def printer() -> Iterator[EmulatedPrinter]:
    with EmulatedPrinter() as emulated:
        yield emulated


@pytest.fixture(scope="module")
def up_printer() -> Iterator[EmulatedPrinter]:
    """Of the hub that is up."""
    with EmulatedPrinter() as emulated:
        yield emulated


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory, up_printer: EmulatedPrinter) -> Iterator[OpenHouse]:
    """A hub that is up all the while, with that printer."""
    made = OpenHouse(tmp_path_factory.mktemp("open") / "hub")
    made.printer(up_printer.address)
    with made.up():
        yield made


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> OpenHouse:
    """A hub that is not up."""
    return OpenHouse(tmp_path_factory.mktemp("kills") / "hub")


@pytest.fixture
def house(founded: OpenHouse, printer: EmulatedPrinter) -> OpenHouse:
    """A hub that is not up, with a printer of its own."""
    founded.printer(printer.address)
    return founded


@contextmanager
def kiosk(house: OpenHouse) -> Iterator[Person]:
    """A kiosk that has just been started."""
    with house.client(3.0) as own, at_the_glass(own) as person:
        person.wait_until("Sign up")
        assert (person.name, person.session.person, person.session.notice) == ("home", None, "")
        yield person


class Stop(Exception):
    """That step is reached."""


def until(step: str, then: Callable[[], None] = lambda: None) -> Step:
    """Do something at a step, and go no further."""

    def at(reached: str) -> None:
        if reached == step:
            then()
            raise Stop

    return at


def killed(house: OpenHouse, step: str, *errand: str) -> None:
    """A kiosk that dies at that step of an errand."""
    told = [sys.executable, str(DYING), step, house.api, read_token(house.data, "kiosk"), *errand]
    ended = subprocess.run(told, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ended.returncode == -9, ended.stderr


# The kiosk, within a vote


@pytest.mark.parametrize(
    ("step", "counts"),
    [
        *((step, False) for step in (*ON_THE_SCREEN, "before it is sent")),
        ("once it is answered and nobody has heard", True),
        ("once the answer was heard", True),
        ("once the screen said so", True),
    ],
)
def test_a_kiosk_killed_while_somebody_votes_begins_anew_and_the_vote_counts_once(
    step: str, counts: bool, open_house: OpenHouse
) -> None:
    question = f"Soup {step}?"
    number = open_house.ask(question)
    killed(open_house, step, "vote", question, open_house.cards["Rosa"])
    with kiosk(open_house) as person:
        vote(person, question, open_house.cards["Rosa"])
        assert person.name == ("voted-already" if counts else "vote-cast")
    assert open_house.count(number) == [1, 0]


# The hub, within a vote


@pytest.mark.parametrize(("step", "then"), [("before the card", "pin"), ("once the card was shown", "choose-yes-no")])
def test_a_hub_killed_before_anything_was_chosen_is_waited_for_and_the_vote_goes_on(
    step: str, then: str, house: OpenHouse
) -> None:
    question, card = f"Soup {step}?", house.cards["Rosa"]
    with house.up():
        number = house.ask(question)
        with kiosk(house) as person:
            with pytest.raises(Stop):
                vote(person, question, card, at=until(step, house.kill))
            if then == "pin":
                person.scan(card)
            else:
                person.pin()
            assert person.page.title == "The hub does not answer"
            with house.up():
                person.wait_for(then, passing=QUICKLY)
                if then == "pin":
                    person.pin()
                for label in ("Yes", "Next", "Cast my vote"):
                    person.touch(label)
                assert person.name == "vote-cast"
                assert house.count(number) == [1, 0]


@pytest.mark.parametrize(
    ("step", "counts"),
    [
        ("once it was chosen", False),
        ("at the last look", False),
        ("before it is cast", False),
        ("once the roll is marked", False),
        ("once it is in its slot", True),
        ("once it is cast, before the answer", True),
    ],
)
def test_a_hub_killed_under_a_vote_the_voter_is_told_that_nobody_knows_and_votes_again_and_it_counts_once(
    step: str, counts: bool, house: OpenHouse
) -> None:
    question, card = f"Soup {step}?", house.cards["Rosa"]
    by_hand = step in ON_THE_SCREEN
    with house.up("" if by_hand else step):
        number = house.ask(question)
        with kiosk(house) as person:
            with suppress(Stop):
                vote(person, question, card, at=until(step, house.kill))
            for label in ("Next", "Cast my vote")[ON_THE_SCREEN.index(step) - 2 :] if by_hand else ():
                person.touch(label)
            assert person.page.title == "The hub does not answer"
            with house.up():
                person.wait_for("home", passing=QUICKLY)
                assert UNSURE in person.session.notice
                vote(person, question, card)
                assert person.name == ("voted-already" if counts else "vote-cast")
                assert house.count(number) == [1, 0]


def test_a_hub_that_was_started_again_meanwhile_the_voter_is_told_that_the_vote_was_not_cast(house: OpenHouse) -> None:
    question, card = "Soup?", house.cards["Rosa"]
    with house.up():
        number = house.ask(question)
        with kiosk(house) as person:
            with pytest.raises(Stop):
                vote(person, question, card, at=until("at the last look", house.kill))
            with house.up():
                person.touch("Cast my vote")
                assert (person.name, person.session.notice.endswith("Your vote was not cast.")) == ("home", True)
                vote(person, question, card)
                assert house.count(number) == [1, 0]


# The kiosk, within a print


@pytest.mark.parametrize("step", ["at the preview", "before it is sent"])
def test_a_kiosk_killed_before_it_asked_for_a_sheet_nothing_is_printed(
    step: str, open_house: OpenHouse, up_printer: EmulatedPrinter
) -> None:
    before = len(up_printer.device.sheets)
    killed(open_house, step, "print", SUPPER)
    with kiosk(open_house), open_house.client() as client:
        assert client.printer()["queued"] == 0
    assert (len(up_printer.device.sheets), up_printer.device.hanging) == (before, 0)


@pytest.mark.parametrize(
    "step",
    [
        "once it is answered and nobody has heard",
        "once it was asked for",
        "once it is printed",
    ],
)
def test_a_kiosk_killed_after_it_asked_for_a_sheet_it_comes_out_once(
    step: str, open_house: OpenHouse, up_printer: EmulatedPrinter
) -> None:
    before = len(up_printer.device.sheets)
    killed(open_house, step, "print", SUPPER)
    with kiosk(open_house):
        all_done(open_house)
    assert len(up_printer.device.sheets) == before + 1


def test_a_kiosk_killed_while_paper_is_out_the_sheet_comes_out_once_there_is_some(
    open_house: OpenHouse, up_printer: EmulatedPrinter
) -> None:
    before, up_printer.device.paper = len(up_printer.device.sheets), 200
    killed(open_house, "once it was asked for", "print", SUPPER)
    with kiosk(open_house):
        up_printer.device.refill()
        all_done(open_house)
    assert len(up_printer.device.sheets) == before + 1


def all_done(house: OpenHouse) -> None:
    """Return when nothing waits at the printer any more."""
    until, waiting = time.monotonic() + PATIENCE, 1
    with house.client() as client:
        while waiting and time.monotonic() < until:
            waiting = client.printer()["queued"]
    assert not waiting


# The hub, within a print


@pytest.mark.parametrize("step", ["before it waits", "once it waits", "once it is done"])
def test_a_hub_killed_before_a_sheet_began_or_after_its_end_it_comes_out_once(
    step: str, house: OpenHouse, printer: EmulatedPrinter
) -> None:
    before = len(printer.device.sheets)
    with house.up(step), kiosk(house) as person:
        to_paper(person, SUPPER)
        person.wait_until("The hub does not answer", passing=QUICKLY)
        with house.up():
            person.wait_for("print-done", passing=QUICKLY)
    assert (len(printer.device.sheets), printer.device.hanging) == (before + 1, 0)


@pytest.mark.parametrize("step", ["once it is marked", "after a first strip"])
def test_a_hub_killed_within_a_sheet_the_screen_asks_and_only_a_copy_comes_out_whole(
    step: str, house: OpenHouse, printer: EmulatedPrinter
) -> None:
    before = len(printer.device.sheets)
    with house.up(step), kiosk(house) as person:
        to_paper(person, SUPPER)
        person.wait_until("The hub does not answer", passing=QUICKLY)
        with house.up():
            person.wait_for("print-unknown", passing=QUICKLY)
            assert "Did it come out whole?" in person.text()
            only_a_copy(person, house, printer, before)


@pytest.mark.parametrize("step", ["at the fence", "before it is done"])
def test_a_hub_killed_when_all_was_sent_the_screen_asks_and_nothing_is_printed_twice(
    step: str, house: OpenHouse, printer: EmulatedPrinter
) -> None:
    before = len(printer.device.sheets)
    with house.up(step), kiosk(house) as person:
        to_paper(person, SUPPER)
        person.wait_until("The hub does not answer", passing=QUICKLY)
        with house.up():
            person.wait_for("print-unknown", passing=QUICKLY)
            person.touch("Yes, it is whole")
            assert person.name == "print-done"
            all_done(house)
    assert len(printer.device.sheets) == before + 1


def only_a_copy(person: Person, house: OpenHouse, printer: EmulatedPrinter, before: int) -> None:
    """The first try did not come out whole; the second does, and says that it is a copy."""
    person.touch("No, once more")
    person.wait_for("print-done", passing=QUICKLY)
    with house.client() as client:
        plain = Raster.from_png(client.preview("signup_list", signup=1)).height
    *halves, copy = printer.device.sheets[before:]
    assert copy.height > plain
    assert all(half.height < plain for half in halves)


# The printer's line


def test_a_printer_that_is_gone_is_said_and_the_sheet_comes_out_of_the_next_one(
    house: OpenHouse, printer: EmulatedPrinter
) -> None:
    printer.unplug()
    with house.up(), kiosk(house) as person, EmulatedPrinter() as other:
        to_paper(person, SUPPER)
        person.wait_until("Nothing is lost.", passing=QUICKLY)
        assert person.name == "print-queued"
        house.kill()
        house.printer(other.address)
        with house.up():
            person.wait_for("print-done", passing=QUICKLY)
    assert [len(each.device.sheets) for each in (printer, other)] == [0, 1]


def test_a_line_that_breaks_before_a_sheet_began_costs_nothing(
    open_house: OpenHouse, up_printer: EmulatedPrinter
) -> None:
    before = len(up_printer.device.sheets)
    up_printer.drop_after = 1
    with kiosk(open_house) as person:
        to_paper(person, SUPPER)
        person.wait_for("print-done", passing=QUICKLY)
    assert (len(up_printer.device.sheets), up_printer.drop_after) == (before + 1, None)


def test_a_line_that_breaks_within_a_sheet_the_screen_asks_and_only_a_copy_comes_out_whole(
    open_house: OpenHouse, up_printer: EmulatedPrinter
) -> None:
    before, up_printer.drop_after = len(up_printer.device.sheets), 9_000
    with kiosk(open_house) as person:
        to_paper(person, SUPPER)
        person.wait_for("print-unknown", passing=QUICKLY)
        only_a_copy(person, open_house, up_printer, before)


def test_a_line_that_breaks_at_the_fence_the_screen_asks_and_nothing_is_printed_twice(
    open_house: OpenHouse, up_printer: EmulatedPrinter
) -> None:
    device = up_printer.device
    before = len(device.sheets)

    def arm(_strip: int) -> None:
        usual = device.answer

        def answer(told: bytes) -> None:
            if told == FENCED:
                raise ConnectionResetError
            usual(told)

        device.answer, device.at_strip = answer, int

    device.at_strip = arm
    with kiosk(open_house) as person:
        to_paper(person, SUPPER)
        person.wait_for("print-unknown", passing=QUICKLY)
        person.touch("Yes, it is whole")
        assert person.name == "print-done"
        all_done(open_house)
    assert len(device.sheets) == before + 1


# The kiosk as it is installed


def test_the_kiosk_outlives_its_hub_says_that_the_card_is_to_be_shown_again_and_ends_in_good_order(
    house: OpenHouse,
) -> None:
    with house.up(), told_kiosk(house) as screen:
        heard(screen, "home: ")
        tell(screen, "touch Waiting for you", "card: ")
        tell(screen, f"scan {house.cards['Rosa']}", "waiting: ")
        tell(screen, "touch Back", "home: ")
        house.kill()
        tell(screen, "touch Sign up", "hub-down: ")
        with house.up():
            tell(screen, "touch Try again", "home: Your time at the screen is over. Show your card again.")
            screen.send_signal(signal.SIGTERM)
            _, troubles = screen.communicate(timeout=PATIENCE)
            assert (screen.returncode, troubles) == (0, "")


@contextmanager
def told_kiosk(house: OpenHouse) -> Iterator[subprocess.Popen[str]]:
    """`trestle kiosk`, and what a person does there by lines."""
    told = [sys.executable, str(TOLD), "--offscreen", "--api", house.api, "--data", str(house.data)]
    pipe = subprocess.PIPE
    with subprocess.Popen(told, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as screen:
        ending = threading.Timer(2 * PATIENCE, screen.kill)
        ending.start()
        try:
            yield screen
        finally:
            ending.cancel()
            screen.kill()


def tell(screen: subprocess.Popen[str], line: str, then: str) -> None:
    """Do something at the screen, and wait for what it comes to."""
    assert screen.stdin is not None
    print(line, file=screen.stdin, flush=True)
    heard(screen, then)


def heard(screen: subprocess.Popen[str], wanted: str) -> None:
    """Return once that screen is in front."""
    assert screen.stdout is not None
    said = []
    for line in screen.stdout:
        said.append(line.rstrip("\n"))
        if said[-1] == wanted:
            return
    raise AssertionError((wanted, said, screen.stderr and screen.stderr.read()))
