"""The press: one owner of the printer, that waits out every trouble, and prints nothing twice by itself."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from emulated_printer import EmulatedPrinter
from kitchen import NOON, seeded
from simulated_disk import SimulatedDisk

from hub.documents.blocks import Document, Text
from hub.domain.base import Circle, Refusal
from hub.printing.port import BadPrinter, Ended, Job, Printer, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.press import WITHIN, Press
from hub.printing.printers import Patience, open_printer
from hub.printing.printers.folder import printed
from hub.printing.printers.receipt import ReceiptPrinter
from hub.printing.printers.simulated import SimulatedLink, SimulatedPrinter
from hub.printing.raster import Raster
from hub.printing.spool import Spool
from hub.printing.spooled import Spooled, State
from hub.printing.tray import SpoolFull
from hub.printing.typecase import NoFonts, Typesetting
from hub.printing.typeset import Typesetter
from hub.words.fonts import FontsMissing

WIDTH = 576
ROWS = 600
BAND = 40
SETTINGS = PrinterSettings("network", "127.0.0.1:9100")
QUICK = Patience(answer=0.5, poll=0.01, silence=0.2, quiet=0.5)
WAIT = 20.0


class Type:
    """A typesetter whose sheets are told apart by their dots; a copy has a black band above them."""

    def raster(self, document: Document, width: int = WIDTH, *, copy: bool = False) -> Raster:
        if copy:
            return Raster(width, BAND, b"\xff" * (BAND * width // 8))
        pattern = document.title.encode() or b"."
        size = ROWS * width // 8
        return Raster(width, ROWS, (pattern * (size // len(pattern) + 1))[:size])

    def pdf(self, document: Document, paper: str = "a4") -> bytes:
        return b"%PDF"


def sheet(title: str = "budget", kind: str = "budget") -> Document:
    return Document(kind, "en", title, (Text(title),))


@dataclass(slots=True)
class Shop:
    """A press with a receipt printer in memory, worked by hand, step by step."""

    device: SimulatedPrinter = field(default_factory=SimulatedPrinter)
    disk: SimulatedDisk = field(default_factory=SimulatedDisk)
    settings: PrinterSettings = SETTINGS
    opening: Callable[[PrinterSettings], Printer] | None = None
    typesetting: Callable[[], Typesetting] = Type
    stopping: Event = field(default_factory=Event)
    erasures: int = 0
    press: Press = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """As after a start of the hub."""
        spool = Spool(self.disk, Path("/data/spool"), seeded(str(len(self.disk.acts))), lambda: NOON)
        self.press = Press(self.settings, spool, self.typesetting, self.opening or self._printer, lambda: self.erasures)

    def _printer(self, settings: PrinterSettings) -> Printer:
        return ReceiptPrinter(settings, lambda: SimulatedLink(self.device), self.stopping, QUICK)

    def put(self, title: str, circle: Circle = Circle.ROOM, copies: int = 1) -> Spooled:
        return self.press.put(sheet(title), title, circle, copies)

    def run(self) -> None:
        """Print until there is nothing to do at once."""
        while self.press.step():
            pass

    def state(self, spooled: Spooled) -> State:
        return self.found(spooled).state

    def found(self, spooled: Spooled) -> Spooled:
        found = self.press.spool.find(spooled.job)
        assert found is not None
        return found

    def why(self, spooled: Spooled) -> str:
        said = self.press.why(self.found(spooled))
        return said.message if said else ""


@pytest.fixture
def shop() -> Shop:
    return Shop()


def dots(title: str) -> Raster:
    return Type().raster(sheet(title))


def test_a_sheet_comes_out_dot_for_dot_and_the_printer_says_so_itself(shop: Shop) -> None:
    first, second = shop.put("first"), shop.put("second")
    assert shop.state(first) is State.QUEUED
    shop.run()
    assert [shop.state(each) for each in (first, second)] == [State.DONE, State.DONE]
    assert shop.device.sheets == [dots("first"), dots("second")]
    assert shop.press.answers is True


def test_several_copies_are_all_printed_and_the_same_key_prints_nothing_more(shop: Shop) -> None:
    first = shop.put("first", copies=3)
    shop.run()
    assert shop.put("first", copies=3).job == first.job
    shop.run()
    assert len(shop.device.sheets) == 3


def test_a_key_that_came_with_another_sheet_is_refused(shop: Shop) -> None:
    shop.put("first")
    with pytest.raises(Refusal, match="another sheet"):
        shop.press.put(sheet("agenda", "agenda"), "first")


@pytest.mark.parametrize(
    ("break_it", "mend_it", "trouble"),
    [
        (lambda device: setattr(device, "paper", 0), lambda device: device.refill(), Trouble.PAPER_OUT),
        (lambda device: device.lid(is_open=True), lambda device: device.lid(is_open=False), Trouble.COVER_OPEN),
        (lambda device: device.jam(stuck=True), lambda device: device.jam(stuck=False), Trouble.ERROR),
    ],
)
def test_a_trouble_before_the_first_byte_is_said_and_passes(
    shop: Shop, break_it: Callable[[object], None], mend_it: Callable[[object], None], trouble: Trouble
) -> None:
    break_it(shop.device)
    first = shop.put("first")
    shop.run()
    assert (shop.state(first), shop.why(first)) == (State.QUEUED, trouble.value)
    mend_it(shop.device)
    shop.run()
    assert (shop.state(first), shop.why(first)) == (State.DONE, "")
    assert shop.press.trouble is None
    assert shop.device.sheets == [dots("first")]


def test_paper_that_runs_out_within_a_sheet_is_said_and_the_sheet_ends_whole_after_the_refill(shop: Shop) -> None:
    shop.device.paper = 300
    first = shop.put("first")
    told = threading.Event()
    shop.press._within = watched(shop.press._within, told)  # type: ignore[method-assign]
    with working(shop):
        assert told.wait(WAIT)
        assert (shop.state(first), shop.why(first)) == (State.SENDING, Trouble.PAPER_OUT.value)
        shop.device.refill()
    assert shop.state(first) is State.DONE
    assert shop.device.sheets == [dots("first")]


def test_a_hub_that_is_stopped_meanwhile_leaves_the_sheet_unknown(shop: Shop) -> None:
    shop.device.paper = 300
    first = shop.put("first")
    shop.stopping.set()
    shop.run()
    assert (shop.state(first), shop.why(first)) == (State.UNKNOWN, WITHIN)


def watched(tell: Callable[[Trouble | None], None], told: threading.Event) -> Callable[[Trouble | None], None]:
    def within(trouble: Trouble | None) -> None:
        tell(trouble)
        told.set()

    return within


class working:  # noqa: N801  a `with` block reads better so
    """The press prints in its own thread for the length of a `with` block, and until it has nothing to do."""

    def __init__(self, shop: Shop) -> None:
        self._thread = threading.Thread(target=shop.run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._thread.join(WAIT)
        assert not self._thread.is_alive()


def test_a_mute_printer_leaves_it_to_a_person(shop: Shop) -> None:
    shop = Shop(SimulatedPrinter(), settings=PrinterSettings("network", "127.0.0.1:9100", mute=True))
    shop.device.mute = True
    first = shop.put("first")
    shop.run()
    assert (shop.state(first), shop.why(first)) == (State.UNKNOWN, "")
    assert shop.press.answers is False
    shop.press.came_out(first.job, True)
    assert shop.state(first) is State.DONE


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.fixture
def network() -> Iterator[EmulatedPrinter]:
    with EmulatedPrinter() as printer:
        yield printer


@contextmanager
def by_network(network: EmulatedPrinter) -> Iterator[Shop]:
    settings = PrinterSettings("network", network.address)
    shop = Shop(settings=settings, opening=lambda found: open_printer(found, patience=QUICK))
    try:
        yield shop
    finally:
        shop.press.close()


def test_a_connection_that_drops_within_a_sheet_leaves_it_unknown_and_a_copy_says_that_it_is_one(
    network: EmulatedPrinter,
) -> None:
    with by_network(network) as shop:
        network.drop_after = 8000
        first, second = shop.put("first"), shop.put("second")
        shop.run()
        assert (shop.state(first), shop.why(first)) == (State.UNKNOWN, WITHIN)
        assert shop.state(second) is State.QUEUED
        shop.run()
        assert shop.state(second) is State.DONE
        shop.press.came_out(first.job, False)
        shop.run()
        assert shop.state(first) is State.DONE
    band = Type().raster(sheet(), copy=True)
    half, *whole = network.device.sheets
    assert half.height < ROWS
    assert whole == [dots("second"), Raster(WIDTH, BAND + ROWS, band.rows + dots("first").rows)]


def test_a_printer_that_is_not_there_is_waited_for(network: EmulatedPrinter) -> None:
    with by_network(network) as shop:
        network.unplug()
        first = shop.put("first")
        shop.run()
        assert (shop.state(first), shop.why(first)) == (State.QUEUED, Trouble.LOST.value)


def test_a_private_sheet_is_refused_by_a_folder_and_what_follows_is_printed(tmp_path: Path) -> None:
    shop = Shop(settings=PrinterSettings("folder", str(tmp_path / "printed")), opening=open_printer)
    private, open_to_all = shop.put("card", Circle.CONCERNED), shop.put("first")
    shop.run()
    assert (shop.state(private), shop.why(private)) == (State.REFUSED, Trouble.REFUSED.value)
    assert shop.state(open_to_all) is State.DONE


def test_a_folder_s_names_tell_what_is_for_members_only(tmp_path: Path) -> None:
    shop = Shop(settings=PrinterSettings("folder", str(tmp_path)), opening=open_printer)
    shop.put("for members", Circle.MEMBERS)
    shop.put("for all")
    shop.press.put(sheet("card", "card"), "specimen", Circle.CONCERNED, specimen=True)
    shop.run()
    assert printed(tmp_path) == ["000003-budget.png", "000002-members-budget.png", "000001-card.png"]


def test_what_may_show_words_that_were_taken_back_is_let_go_and_not_shown_meanwhile(tmp_path: Path) -> None:
    shop = Shop(settings=PrinterSettings("folder", str(tmp_path / "printed")), opening=open_printer)
    shop.put("before")
    shop.run()
    waits, asked = shop.put("waits"), shop.put("asked")
    shop.press.spool.begin(asked.job)
    shop.press.spool.end(asked.job, State.UNKNOWN)
    assert len(shop.press.pictures()) == 1
    shop.erasures = 1
    assert shop.press.pictures() == []
    shop.run()
    assert printed(tmp_path / "printed") == []
    assert not [path for path in shop.disk.files if path.suffix == ".png"]
    assert (shop.state(waits), "taken back" in shop.why(waits)) == (State.LOST, True)
    shop.press.came_out(asked.job, False)
    shop.run()
    assert shop.state(asked) is State.LOST
    shop.put("after")
    shop.run()
    assert len(shop.press.pictures()) == 1


def test_a_file_of_sheets_is_emptied_when_words_are_taken_back(tmp_path: Path) -> None:
    sheets = tmp_path / "sheets"
    shop = Shop(settings=PrinterSettings("file", str(sheets)), opening=open_printer)
    shop.put("before")
    shop.run()
    assert sheets.stat().st_size > 100
    shop.erasures = 1
    shop.run()
    assert sheets.stat().st_size == 0
    shop.put("after")
    shop.run()
    assert sheets.stat().st_size > 100


@pytest.mark.parametrize("erasures", [2, 3])
def test_what_was_taken_back_while_the_hub_was_ending_is_let_go_at_the_next_start(
    tmp_path: Path, erasures: int
) -> None:
    shop = Shop(settings=PrinterSettings("folder", str(tmp_path / "printed")), opening=open_printer)
    shop.erasures = 2
    shop.run()
    shop.put("before")
    shop.run()
    shop.erasures = erasures
    shop.start()
    shop.run()
    assert len(printed(tmp_path / "printed")) == 3 - erasures


def test_where_the_disk_does_not_let_pictures_go_they_stay_hidden_and_it_is_tried_again(tmp_path: Path) -> None:
    shop = Shop(settings=PrinterSettings("folder", str(tmp_path / "printed")), opening=open_printer)
    shop.put("before")
    shop.run()
    shop.erasures = 1
    shop.disk.trip("create", errno.ENOSPC)
    shop.press.step()
    assert shop.press.pictures() == []
    shop.run()
    assert printed(tmp_path / "printed") == []
    shop.put("after")
    shop.run()
    assert len(shop.press.pictures()) == 1


def test_of_a_private_sheet_lost_in_a_start_the_person_is_told(shop: Shop) -> None:
    private = shop.put("card", Circle.CONCERNED)
    shop.start()
    shop.run()
    assert shop.state(private) is State.LOST
    assert "ask for it again" in shop.why(private)
    assert not shop.device.sheets


def test_a_disk_that_is_full_is_said_and_nothing_is_sent_before_the_spool_can_say_so(shop: Shop) -> None:
    first = shop.put("first")
    shop.disk.trip("create", errno.ENOSPC)
    shop.run()
    assert "disk is full" in shop.why(first)
    assert not shop.device.sheets
    assert shop.device.hanging == 0
    shop.run()
    assert shop.state(first) is State.DONE


def test_where_the_disk_is_full_nothing_is_promised(shop: Shop) -> None:
    shop.disk.trip("write", errno.ENOSPC)
    with pytest.raises(SpoolFull):
        shop.put("first")
    shop.run()
    assert not shop.device.sheets


def test_a_sheet_for_paper_of_another_width_is_given_up_plainly(shop: Shop) -> None:
    first = shop.put("first")
    shop.settings = PrinterSettings("network", "127.0.0.1:9100", width=384)
    shop.start()
    shop.run()
    assert shop.state(first) is State.LOST
    assert "ask for it again" in shop.why(first)


def test_settings_no_printer_can_be_opened_with_are_said_and_the_sheet_waits() -> None:
    def broken(settings: PrinterSettings) -> Printer:
        raise BadPrinter("“{address}” is nowhere.", address=settings.address)

    shop = Shop(opening=broken)
    first = shop.put("first")
    shop.run()
    said = shop.press.why(shop.found(first))
    assert said is not None
    assert said.message.format(**said.parameters) == "“127.0.0.1:9100” is nowhere."
    assert shop.state(first) is State.QUEUED


class Faulty:
    """A driver with faults of the operating system: while it is looked at, or within a sheet."""

    width, answers = WIDTH, True

    def __init__(self, looking: bool, began: bool) -> None:
        self._looking, self._began = looking, began

    def trouble(self) -> Trouble | None:
        if self._looking:
            raise OSError(errno.ENODEV, "no such device")
        return None

    def print(self, job: Job, sending: Callable[[], None]) -> Ended:
        if self._began:
            sending()
        raise OSError(errno.EIO, "the cable")

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("looking", "began", "state"),
    [(True, False, State.QUEUED), (False, False, State.QUEUED), (False, True, State.UNKNOWN)],
)
def test_whatever_a_driver_says_the_press_goes_on(looking: bool, began: bool, state: State) -> None:
    shop = Shop(opening=lambda _: Faulty(looking, began))
    first = shop.put("first")
    shop.run()
    assert (shop.state(first), shop.why(first)) == (state, WITHIN if began else Trouble.LOST.value)


@pytest.mark.parametrize(("began", "state"), [(False, State.LOST), (True, State.UNKNOWN)])
def test_a_bug_within_a_sheet_is_met_once_and_not_at_every_start(shop: Shop, began: bool, state: State) -> None:
    class Buggy(Faulty):
        def print(self, job: Job, sending: Callable[[], None]) -> Ended:
            if began:
                sending()
            raise ZeroDivisionError("a bug")

    first, second = shop.put("first"), shop.put("second")
    shop.opening = lambda _: Buggy(looking=False, began=began)
    shop.start()
    with pytest.raises(ZeroDivisionError):
        shop.run()
    shop.opening = None
    shop.start()
    shop.run()
    assert (shop.state(first), shop.state(second)) == (state, State.DONE)


def test_a_refusal_after_it_was_marked_leaves_it_waiting(shop: Shop) -> None:
    class Late(Faulty):
        def print(self, job: Job, sending: Callable[[], None]) -> Ended:
            sending()
            raise PrinterTrouble(Trouble.NO_ROOM)

    shop = Shop(opening=lambda _: Late(looking=False, began=True))
    first = shop.put("first")
    shop.run()
    assert (shop.state(first), shop.why(first)) == (State.QUEUED, Trouble.NO_ROOM.value)


def test_where_letters_are_missing_nothing_is_promised_and_it_is_said() -> None:
    def missing() -> Typesetting:
        raise FontsMissing("run deploy/setup")

    def full() -> Typesetting:
        raise OSError(errno.ENOSPC, "No space left on device")

    for without in (missing, full):
        shop = Shop(typesetting=without)
        with pytest.raises(NoFonts):
            shop.put("first")
        stopped = Event()
        stopped.set()
        shop.press.run(stopped)


def test_a_sheet_no_roll_is_long_enough_for_is_refused() -> None:
    class Endless(Type):
        def raster(self, document: Document, width: int = WIDTH, *, copy: bool = False) -> Raster:
            raise ValueError("longer than a roll")

    with pytest.raises(Refusal, match="PDF"):
        Shop(typesetting=Endless).put("first")


def test_many_askers_at_once_get_one_sheet_for_each_key(shop: Shop) -> None:
    stopping = Event()
    press = threading.Thread(target=shop.press.run, args=(stopping,))
    press.start()
    jobs: list[str] = []

    def ask() -> None:
        jobs.extend(shop.put(f"sheet {number}").job for number in range(6))

    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(WAIT)
    stopping.set()
    shop.press.wake()
    press.join(WAIT)
    shop.run()
    assert len(jobs) == 48
    assert len(set(jobs)) == 6
    assert sorted(each.rows for each in shop.device.sheets) == sorted(dots(f"sheet {n}").rows for n in range(6))


def test_the_real_letters_come_out_of_a_real_connection(network: EmulatedPrinter, typesetter: Typesetter) -> None:
    document = Document("needs", "ar", "خبز", (Text("خبز للجميع، 12.50"), Text("Bread", lang="en")))
    with by_network(network) as shop:
        shop.typesetting = lambda: typesetter
        shop.start()
        shop.press.put(document, "first")
        again = shop.press.put(document, "second")
        shop.press.spool.begin(again.job)
        shop.press.spool.end(again.job, State.UNKNOWN)
        shop.press.came_out(again.job, False)
        shop.run()
        first, copy = network.device.sheets
        preview = shop.press.preview(document)
    assert first == preview
    assert copy.rows.endswith(preview.rows)
    assert copy.height > preview.height
