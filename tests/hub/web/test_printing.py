"""Printing as the kiosk and the desk ask for it, and paper as the hall sees it: who may have what, where it lies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

import pytest
from flask import Flask
from kitchen import CATALOGUE, TOKENS, Kitchen, Phone, own_program, phone

from hub.documents.blocks import Document
from hub.domain import archive, ballots, membership, needs, signups
from hub.domain.base import DAY, Circle, ListId, MemberId, Millis, Tier, Viewer, Words
from hub.log.fs import RealDisk
from hub.printing import typeset
from hub.printing.port import Printer, PrinterSettings, Trouble
from hub.printing.press import Press
from hub.printing.printers import open_printer
from hub.printing.printers.folder import printed
from hub.printing.printers.receipt import Patience, ReceiptPrinter
from hub.printing.printers.simulated import SimulatedLink, SimulatedPrinter
from hub.printing.raster import Raster
from hub.printing.spool import Spool
from hub.printing.typeset import Typesetter
from hub.service import Newcomer
from hub.web import create_app
from hub.web.paper import AT_ONCE

QUICK = Patience(answer=0.5, poll=0.01, silence=0.2, quiet=0.5)


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@dataclass(slots=True)
class Paper:
    """A kitchen with a press that is worked by hand, and the kiosk before it."""

    kitchen: Kitchen
    typesetter: Typesetter
    settings: PrinterSettings
    device: SimulatedPrinter = field(default_factory=SimulatedPrinter)
    press: Press = field(init=False)
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """As after a start of the hub; visits are gone."""
        spool = Spool(RealDisk(), self.kitchen.directory / "spool", self.kitchen.random_bytes, self.kitchen.service.now)
        erasures = lambda: self.kitchen.service.erasures  # noqa: E731
        self.press = Press(self.settings, spool, lambda: self.typesetter, self._printer, erasures)
        self.app = create_app(self.kitchen.service, CATALOGUE, TOKENS, self.kitchen.random_bytes, self.press)

    def _printer(self, settings: PrinterSettings) -> Printer:
        if settings.kind == "folder":
            return open_printer(settings)
        return ReceiptPrinter(settings, lambda: SimulatedLink(self.device), Event(), QUICK)

    def call(
        self, method: str, path: str, body: object = None, door: str = "kiosk", language: str = "en", **headers: str
    ) -> tuple[int, Any]:
        client, token = own_program(self.app, door)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        everything = {**token, "Accept-Language": language, **named}
        answer = client.open("/api" + path, method=method, data=json.dumps(body), headers=everything)
        return answer.status_code, answer.get_json(silent=True) or answer.data

    def print(self, name: str, key: str = "k", visit: str = "", copies: int = 1, **parameters: object) -> Any:
        """Ask for a sheet; returns status and answer."""
        body = {"name": name, "parameters": parameters, "copies": copies}
        return self.call("POST", "/prints", body, Idempotency_Key=key, Trestle_Visit=visit)

    def show(self, member: MemberId) -> str:
        """Show a card; returns the visit."""
        status, got = self.call("POST", "/visits", {"card": self.kitchen.cards[member]})
        assert status == 200
        return str(got["visit"])

    def run(self) -> None:
        while self.press.step():
            pass

    def state(self, got: Any) -> Any:
        return self.call("GET", f"/prints/{got['job']}")[1]

    @property
    def folder(self) -> Path:
        return Path(self.settings.address)

    def room(self) -> Phone:
        return phone(self.app)


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening()


Make = Callable[..., Paper]


@pytest.fixture
def make(kitchen: Kitchen, members: list[MemberId], typesetter: Typesetter) -> Iterator[Make]:
    made: list[Paper] = []

    def paper(kind: str = "folder", width: int = 576) -> Paper:
        address = str(kitchen.directory / "printed") if kind == "folder" else "127.0.0.1:9100"
        made.append(Paper(kitchen, typesetter, PrinterSettings(kind, address, width), SimulatedPrinter(width)))
        return made[-1]

    yield paper
    for each in made:
        each.press.close()


def test_a_sheet_is_printed_as_it_was_previewed(make: Make) -> None:
    paper = make("network", 384)
    status, got = paper.print("constitution")
    assert (status, got["state"], got["trouble"]) == (200, "queued", "")
    status, preview = paper.call("GET", "/previews/constitution")
    assert status == 200
    paper.run()
    assert paper.state(got)["state"] == "done"
    assert paper.device.sheets == [Raster.from_png(preview)]
    assert paper.device.sheets[0].width == 384


def test_the_same_key_prints_once_also_after_the_hub_was_started_again(make: Make) -> None:
    paper = make("network")
    _, first = paper.print("constitution", "k")
    assert paper.print("constitution", "k")[1]["job"] == first["job"]
    paper.start()
    assert paper.print("constitution", "k")[1]["job"] == first["job"]
    paper.run()
    assert len(paper.device.sheets) == 1
    assert paper.print("constitution", "other")[1]["job"] != first["job"]


def test_copies_are_up_to_five(make: Make) -> None:
    paper = make("network")
    paper.print("constitution", copies=2)
    paper.run()
    assert len(paper.device.sheets) == 2
    assert paper.print("constitution", "more", copies=6)[0] == 422


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"name": "nothing"}, "k"),
        ({"name": "constitution"}, ""),
        ({"name": "constitution"}, "k" * 81),
        ({"copies": 1}, "k"),
        ({"name": "constitution", "parameters": {"x": {}}}, "k"),
    ],
)
def test_what_this_door_does_not_expect_is_said(make: Make, body: object, key: str) -> None:
    status, got = make().call("POST", "/prints", body, Idempotency_Key=key)
    assert (status, "fault" in got) == (400, True)


def test_no_paper_is_said_in_the_person_s_language_and_passes_by_itself(make: Make) -> None:
    paper = make("network")
    paper.device.paper = 0
    _, got = paper.print("constitution")
    paper.run()
    assert paper.state(got) == {"job": got["job"], "state": "queued", "trouble": Trouble.PAPER_OUT.value, "again": True}
    _, printer = paper.call("GET", "/printer")
    assert printer == {
        "kind": "network",
        "width": 576,
        "answers": True,
        "trouble": Trouble.PAPER_OUT.value,
        "queued": 1,
    }
    paper.device.refill()
    paper.run()
    assert paper.state(got)["state"] == "done"
    assert paper.call("GET", "/printer")[1]["trouble"] == ""


def test_the_lid_is_said_and_what_waited_goes_on(make: Make) -> None:
    paper = make("network")
    paper.device.lid(is_open=True)
    _, got = paper.print("constitution")
    paper.run()
    assert paper.state(got)["trouble"] == Trouble.COVER_OPEN.value
    paper.device.lid(is_open=False)
    paper.run()
    assert paper.state(got)["state"] == "done"


@pytest.mark.parametrize(("whole", "state", "sheets"), [(True, "done", 1), (False, "queued", 2)])
def test_where_the_printer_cannot_say_a_person_does(make: Make, whole: bool, state: str, sheets: int) -> None:
    paper = make("network")
    paper.settings = PrinterSettings("network", "127.0.0.1:9100", mute=True)
    paper.start()
    _, got = paper.print("constitution")
    paper.run()
    assert paper.state(got)["state"] == "unknown"
    assert paper.call("POST", f"/prints/{got['job']}", {"came_out": whole})[1]["state"] == state
    paper.run()
    assert len(paper.device.sheets) == sheets
    assert paper.call("GET", "/printer")[1]["answers"] is False


def test_a_print_nobody_knows_is_refused_plainly(make: Make) -> None:
    for method, body in (("GET", None), ("POST", {"came_out": True})):
        assert make().call(method, "/prints/0123456789abcdef", body)[0] == 422


def test_the_mesh_prints_nothing_and_the_hall_does_not_know_the_door(make: Make) -> None:
    paper = make()
    for method, path in (("POST", "/prints"), ("GET", "/prints/1"), ("GET", "/printer"), ("GET", "/previews/needs")):
        assert paper.call(method, path, {}, door="mesh")[0] == 403
        assert paper.app.test_client().open(f"/api{path}", method=method).status_code == 401


# Circles


def need(kitchen: Kitchen, member: MemberId, text: str, circle: Circle) -> None:
    kitchen.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": text}), circle), member)


def test_a_sheet_is_for_the_eyes_of_who_asks(make: Make, kitchen: Kitchen, members: list[MemberId]) -> None:
    paper = make()
    room = paper.call("GET", "/previews/needs")[1]
    need(kitchen, members[0], "flour", Circle.MEMBERS)
    assert paper.call("GET", "/previews/needs", Trestle_Visit=paper.show(members[1]))[1] != room
    assert paper.call("GET", "/previews/waiting")[0] == 422
    assert paper.print("waiting")[0] == 422
    assert paper.print("signup_list", signup=7)[0] == 404


def test_what_is_for_members_lies_in_the_folder_and_is_not_shown_to_the_room(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    paper = make()
    need(kitchen, members[0], "flour", Circle.MEMBERS)
    paper.print("needs", "for the room")
    paper.print("needs", "for members", paper.show(members[1]))
    paper.run()
    assert printed(paper.folder) == ["000002-members-needs.png", "000001-needs.png"]
    for eyes in (paper.room(), member_s(paper, members[1])):
        page = eyes.get("/paper")
        assert "000001-needs" in page
        assert "000002" not in page
        assert eyes.status("/paper/000002-members-needs.png") == 404


def member_s(paper: Paper, member: MemberId) -> Phone:
    found = paper.room()
    found.pair(member)
    return found


def test_what_is_for_one_person_alone_touches_no_disk(make: Make, kitchen: Kitchen, members: list[MemberId]) -> None:
    need(kitchen, members[0], "flour", Circle.MEMBERS)
    folder = make()
    status, got = folder.print("waiting", visit=folder.show(members[0]))
    assert (status, got["refusal"]["source"]) == (422, Trouble.REFUSED.value)
    paper = make("network")
    _, got = paper.print("waiting", visit=paper.show(members[0]))
    assert not list((kitchen.directory / "spool").glob("*.png"))
    paper.run()
    assert paper.state(got)["state"] == "done"
    assert len(paper.device.sheets) == 1


def test_a_sheet_for_the_fridge_is_open_to_all_whoever_prints_it(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    supper = signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), Millis(kitchen.clock.now + DAY), 5)
    kitchen.submit(supper, members[0])
    kitchen.submit(signups.SignUp(ListId(1)), members[0])
    paper = make()
    paper.print("signup_list", "a", signup=1)
    paper.print("constitution", "b", paper.show(members[0]))
    paper.run()
    assert printed(paper.folder) == ["000002-constitution.png", "000001-signup-list.png"]


# Cards


def test_a_card_is_printed_for_its_own_member_only_and_stands_on_no_disk(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    paper = make("network")
    rosa, ali = members[:2]
    code = kitchen.cards[rosa]
    for wrong in ({"member": ali, "code": code}, {"member": rosa, "code": "0000-0000-0000"}, {"member": rosa}, {}):
        assert paper.print("card", **wrong)[0] == 422
    _, got = paper.print("card", member=rosa, code=code, copies=3)
    everything = b"".join(path.read_bytes() for path in (kitchen.directory / "spool").iterdir())
    assert code.encode() not in everything
    assert rosa.encode() not in everything
    paper.run()
    assert paper.state(got)["state"] == "done"
    assert len(paper.device.sheets) == 1
    assert paper.call("GET", "/previews/card")[0] == 400


def test_a_card_that_did_not_come_out_is_not_printed_again_by_the_machine(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    paper = make("network")
    paper.settings = PrinterSettings("network", "127.0.0.1:9100", mute=True)
    paper.start()
    card = {"member": members[0], "code": kitchen.cards[members[0]]}
    _, got = paper.print("card", **card)
    paper.run()
    said = paper.call("POST", f"/prints/{got['job']}", {"came_out": False})[1]
    assert (said["state"], "ask for a new one" in said["trouble"]) == ("spoiled", True)
    paper.run()
    assert len(paper.device.sheets) == 1
    paper.print("card", "asked for anew", **card)
    paper.run()
    assert len(paper.device.sheets) == 2


def test_a_card_that_waited_while_the_hub_was_started_again_is_asked_for_anew(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    paper = make("network")
    _, got = paper.print("card", member=members[0], code=kitchen.cards[members[0]])
    paper.start()
    found = paper.state(got)
    assert (found["state"], "ask for it again" in found["trouble"]) == ("lost", True)


def test_no_card_goes_into_a_folder(make: Make, kitchen: Kitchen, members: list[MemberId]) -> None:
    paper = make()
    status, got = paper.print("card", member=members[0], code=kitchen.cards[members[0]])
    assert (status, got["refusal"]["source"]) == (422, Trouble.REFUSED.value)


def test_a_practice_hub_shows_a_specimen_of_a_card(empty: Kitchen, typesetter: Typesetter) -> None:
    empty.found(ephemeral=True)
    rosa = empty.opening_evening()[0]
    folder = PrinterSettings("folder", str(empty.directory / "printed"))
    paper = Paper(empty, typesetter, folder)
    status, got = paper.print("card", member=rosa, code=empty.cards[rosa])
    paper.run()
    assert (status, paper.state(got)["state"]) == (200, "done")
    page = paper.room().get("/paper")
    assert "000001-card" in page
    assert "Cards and slips are never kept here" not in page


def test_words_that_were_taken_back_are_in_no_picture_any_more(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    paper = make()
    need(kitchen, members[0], "flour", Circle.ROOM)
    paper.print("needs")
    paper.run()
    assert "000001-needs" in paper.room().get("/paper")
    written = kitchen.service.read(lambda views: views.needs.open(Viewer(Circle.ROOM)))[0]
    kitchen.submit(archive.Redact(written.position), members[0])
    assert "000001-needs" not in paper.room().get("/paper")
    assert paper.room().status("/paper/000001-needs.png") == 404
    paper.run()
    assert printed(paper.folder) == []
    kitchen.submit(membership.Forget(members[2]), members[2], Tier.PIN)
    paper.print("needs", "after")
    paper.run()
    assert kitchen.service.erasures == 2


def test_the_name_of_a_guest_is_in_no_picture_once_it_is_erased(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    supper = signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), Millis(kitchen.clock.now + DAY), 5)
    kitchen.submit(supper, members[0])
    kitchen.service.submit(signups.SignUpGuest(ListId(1)), newcomer=Newcomer("Olga", "en"))
    paper = make()
    paper.print("signup_list", "a", paper.show(members[0]), signup=1)
    paper.run()
    assert len(printed(paper.folder)) == 1
    kitchen.clock.forward(3 * DAY)
    kitchen.service.tick()
    paper.run()
    assert printed(paper.folder) == []
    paper.print("constitution", "b")
    paper.run()
    kitchen.reopen()
    paper.start()
    paper.run()
    assert len(printed(paper.folder)) == 1


# Troubles of the medium


def test_a_disk_that_takes_nothing_is_said_and_the_pages_go_on(make: Make, kitchen: Kitchen) -> None:
    (kitchen.directory / "spool").write_text("this is no directory")
    paper = make("network")
    status, got = paper.print("constitution")
    assert status == 503
    assert got["fault"].startswith("The disk does not take what is to be printed")
    assert paper.room().status("/paper") == 200


def test_a_folder_that_is_none_is_said_and_the_page_goes_on(make: Make) -> None:
    paper = make()
    paper.folder.write_text("this is no directory")
    paper.print("constitution")
    paper.run()
    assert "cannot be written" in paper.room().get("/paper")


def test_a_hub_without_a_press_says_so(kitchen: Kitchen) -> None:
    client, token = own_program(kitchen.app())
    for path in ("/api/printer", "/api/prints/1", "/api/previews/needs"):
        answer = client.get(path, headers=token)
        assert (answer.status_code, "prints nothing" in answer.get_json()["fault"]) == (503, True)
    visitor = phone(kitchen.app())
    assert "Nothing is printed here just now" in visitor.get("/paper")
    assert visitor.status("/paper/sheet/needs.pdf") == 503


# The hall


def test_a_newcomer_reads_what_the_folder_is_and_how_to_get_a_printer(make: Make) -> None:
    page = make().room().get("/paper")
    assert "no printer yet" in page
    assert "[printer]" in page
    assert "Nothing yet" in page


def test_the_hall_sees_what_was_printed_and_nothing_else_that_lies_there(make: Make) -> None:
    paper = make()
    paper.print("constitution")
    paper.run()
    (paper.folder / "secret.png").write_bytes(b"no")
    room = paper.room()
    assert 'src="/paper/000001-constitution.png" width="576"' in room.get("/paper")
    answer = room.client.get("/paper/000001-constitution.png")
    assert (answer.mimetype, answer.data) == ("image/png", (paper.folder / "000001-constitution.png").read_bytes())
    assert "img-src 'self'" in answer.headers["Content-Security-Policy"]
    for name in ("secret.png", "000009-needs.png", "..%2ftokens.png", "000001-constitution"):
        assert room.status(f"/paper/{name}") == 404


def test_with_a_real_printer_there_is_nothing_to_look_at_and_troubles_are_told(make: Make) -> None:
    paper = make("network")
    paper.device.paper = 0
    paper.print("constitution")
    paper.run()
    page = paper.room().get("/paper")
    assert "no printer yet" not in page
    assert "has no paper" in page
    assert paper.room().status("/paper/000001-constitution.png") == 404


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_any_sheet_of_the_room_is_there_as_a_pdf(make: Make, size: str) -> None:
    room = make().room()
    answer = room.client.get(f"/paper/sheet/constitution.pdf?paper={size}")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert room.status("/paper/sheet/constitution.pdf?paper=napkin") == 404
    assert room.status("/paper/sheet/card.pdf") == 404


def test_a_pdf_says_what_the_room_may_know_whoever_asks(make: Make, kitchen: Kitchen, members: list[MemberId]) -> None:
    paper = make()
    need(kitchen, members[0], "flour", Circle.MEMBERS)
    path = "/paper/sheet/needs.pdf"
    answers = [eyes.client.get(path).data for eyes in (paper.room(), member_s(paper, members[0]))]
    assert answers[0] == answers[1]
    assert member_s(paper, members[0]).status("/paper/sheet/waiting.pdf") == 422


def test_of_a_crowd_that_wants_pdfs_some_come_back_later_and_the_pages_go_on(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, begun, go_on = make(), Semaphore(0), Event()

    def slow(document: Document, paper: str) -> bytes:
        begun.release()
        go_on.wait(10)
        return b"%PDF-"

    monkeypatch.setattr(paper.press.typecase, "pdf", slow)
    path = "/paper/sheet/constitution.pdf"
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = [crowd.submit(paper.room().status, path) for _ in range(AT_ONCE)]
        for _ in answers:
            assert begun.acquire(timeout=10)
        late = paper.room().client.get(path)
        assert (late.status_code, "Wait a minute" in late.text) == (503, True)
        assert paper.room().status("/paper") == 200
        go_on.set()
        assert {each.result() for each in answers} == {200}
    assert paper.room().status(path) == 200


def test_a_sheet_no_pages_hold_is_refused_in_plain_words(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "MOST_PAGES", 10)
    answer = make().room().client.get("/paper/sheet/constitution.pdf")
    assert (answer.status_code, "Read it on the screen" in answer.text) == (422, True)


def test_ballot_papers_are_handed_out_and_nobody_makes_their_own(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    kitchen.submit(ballots.OpenHandCount(Words({"en": "Shall we buy the pot?"})), members[0])
    paper = make()
    paper.print("ballot_slip", ballot=1)
    paper.run()
    paper.print("constitution", "after")
    paper.run()
    assert printed(paper.folder) == ["000002-constitution.png", "000001-ballot-slip.png"]
    room = paper.room()
    assert "ballot-slip" not in room.get("/paper")
    assert room.status("/paper/000001-ballot-slip.png") == 404
    assert room.status("/paper/sheet/ballot_slip.pdf?ballot=1") == 404


def test_words_taken_back_while_a_sheet_was_made_are_not_printed(
    make: Make, kitchen: Kitchen, members: list[MemberId], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = make()
    need(kitchen, members[0], "flour", Circle.ROOM)
    written = kitchen.service.read(lambda views: views.needs.open(Viewer(Circle.ROOM)))[0]
    put = paper.press.put

    def late(*arguments: Any, **named: Any) -> Any:
        kitchen.submit(archive.Redact(written.position), members[0])
        paper.run()
        return put(*arguments, **named)

    monkeypatch.setattr(paper.press, "put", late)
    status, got = paper.print("needs")
    assert (status, "taken back" in got["refusal"]["message"]) == (422, True)
    assert not list((kitchen.directory / "spool").glob("*.png"))


def test_each_sheet_s_page_leads_to_its_pdf_and_home_leads_to_paper(
    make: Make, kitchen: Kitchen, members: list[MemberId]
) -> None:
    supper = signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), Millis(kitchen.clock.now + DAY), 5)
    kitchen.submit(supper, members[0])
    paper = make()
    room = paper.room()
    assert 'href="/paper"' in room.get("/")
    for page, pdf in (("/needs/sheet", "needs.pdf"), ("/signups/1/sheet", "signup_list.pdf?signup=1")):
        assert f'href="/paper/sheet/{pdf}"' in room.get(page)
        assert room.status(f"/paper/sheet/{pdf}") == 200


def test_the_test_sheet_is_as_wide_as_the_printer(make: Make) -> None:
    for width in (576, 384):
        paper = make("network", width)
        _, got = paper.print("printer_test", f"{width}")
        paper.run()
        assert paper.state(got)["state"] == "done"
        ruler = paper.device.sheets[0].rows[: width // 8]
        assert ruler == b"\xff" * (width // 8)
