"""The API as the kiosk and the mesh use it: cards, PINs, commands, votes, refusals in the person's language."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from kitchen import Kitchen, own_program, phone

from hub.domain.base import MINUTE, MemberId

PIN = "4711"


class Program:
    """The kiosk's side of the API."""

    def __init__(self, kitchen: Kitchen, door: str = "kiosk", language: str = "en") -> None:
        self.app = kitchen.app()
        self.client: FlaskClient
        self.client, self.headers = own_program(self.app, door)
        self.headers["Accept-Language"] = language

    def call(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        """One call: status and answer."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.open("/api" + path, method=method, data=content, headers={**self.headers, **named})
        return answer.status_code, answer.get_json(silent=True)

    def show(self, card: str, pin: str = "") -> str:
        """Show a card; returns the visit."""
        status, got = self.call("POST", "/visits", {"card": card, "pin": pin})
        assert status == 200, got
        return str(got["visit"])

    def submit(self, command: str, visit: str = "", newcomer: object = None, key: str = "", **values: object) -> Any:
        """Submit a command; returns status and answer."""
        body = {"command": command, "values": values, "newcomer": newcomer}
        return self.call("POST", "/commands", body, Trestle_Visit=visit, Idempotency_Key=key)


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening()


@pytest.fixture
def kiosk(kitchen: Kitchen, members: list[MemberId]) -> Program:
    return Program(kitchen)


def with_pin(kitchen: Kitchen, kiosk: Program, member: MemberId) -> str:
    """A member who chose a PIN and shows both; returns the visit."""
    card = kitchen.cards[member]
    kiosk.call("POST", "/pin", {"pin": PIN}, Trestle_Visit=kiosk.show(card))
    return kiosk.show(card, PIN)


def test_joining_vouching_and_the_first_pin(kitchen: Kitchen, kiosk: Program, members: list[MemberId]) -> None:
    newcomer = {"name": "Noor", "language": "en"}
    _, asked = kiosk.submit("ask_to_join", newcomer=newcomer, adult=True, key="a")
    visit = kiosk.show(kitchen.cards[members[0]])
    _, vouched = kiosk.submit("vouch", visit, members=[asked["person"]])
    card = vouched["cards"][asked["person"]]
    assert kiosk.call("POST", "/pin", {"pin": PIN}, Trestle_Visit=kiosk.show(card)) == (200, {})
    status, shown = kiosk.call("POST", "/visits", {"card": card, "pin": PIN})
    assert (status, shown["name"], shown["tier"], shown["has_pin"]) == (200, "Noor", 2, True)


def test_an_unknown_card_is_answered_plainly_in_two_languages(kitchen: Kitchen, members: list[MemberId]) -> None:
    said = []
    for language in ("en", "es"):
        status, got = Program(kitchen, language=language).call("POST", "/visits", {"card": "0000-0000-0000"})
        assert status == 422
        said.append(got["refusal"]["message"])
        assert got["refusal"]["source"].startswith("This card is not known")
    assert said[0] != said[1]


def test_a_wrong_pin_says_how_many_tries_are_left_and_then_pauses(
    kitchen: Kitchen, kiosk: Program, members: list[MemberId]
) -> None:
    with_pin(kitchen, kiosk, members[0])
    card = kitchen.cards[members[0]]
    messages = [kiosk.call("POST", "/visits", {"card": card, "pin": "9182"})[1] for _ in range(6)]
    assert "4" in messages[0]["refusal"]["message"]
    assert kiosk.call("POST", "/visits", {"card": card, "pin": PIN})[0] == 422
    kitchen.clock.forward(6 * MINUTE)
    assert kiosk.show(card, PIN)


def test_a_pin_is_changed_only_by_who_knows_the_old_one(
    kitchen: Kitchen, kiosk: Program, members: list[MemberId]
) -> None:
    visit = with_pin(kitchen, kiosk, members[0])
    card_alone = kiosk.show(kitchen.cards[members[0]])
    assert kiosk.call("POST", "/pin", {"pin": "8246"}, Trestle_Visit=card_alone)[0] == 422
    assert kiosk.call("POST", "/pin", {"pin": "8246"}, Trestle_Visit=visit)[0] == 200
    assert kiosk.show(kitchen.cards[members[0]], "8246")


def test_a_secret_vote_from_opening_to_result(kitchen: Kitchen, kiosk: Program, members: list[MemberId]) -> None:
    visits = [with_pin(kitchen, kiosk, member) for member in members]
    _, opened = kiosk.submit("open_ballot", visits[0], method="yes_no", text={"en": "A ramp?"})
    assert [fact["kind"] for fact in opened["facts"]] == ["ballot.opened"]
    for visit, choice in zip(visits, (1, 1, 2), strict=True):
        assert kiosk.call("POST", "/votes", {"ballot": 1, "choice": [choice]}, Trestle_Visit=visit)[0] == 200
    status, again = kiosk.call("POST", "/votes", {"ballot": 1, "choice": [2]}, Trestle_Visit=visits[0])
    assert (status, "voted in this already" in again["refusal"]["message"]) == (422, True)
    assert kiosk.submit("close_ballot", visits[0], ballot=1)[0] == 200
    assert kiosk.call("GET", "/read/ballot?ballot=1")[1]["sums"] == [2, 1, 0]


def test_a_visit_ends_by_time_and_by_leaving(kitchen: Kitchen, kiosk: Program, members: list[MemberId]) -> None:
    visit = kiosk.show(kitchen.cards[members[0]])
    kiosk.call("DELETE", "/visits", Trestle_Visit=visit)
    assert kiosk.submit("make_offer", visit, sort="care", text={"en": "Time"})[0] == 401
    visit = kiosk.show(kitchen.cards[members[0]])
    kitchen.clock.forward(61 * MINUTE)
    status, got = kiosk.submit("make_offer", visit, sort="care", text={"en": "Time"})
    assert (status, "Show your card again" in got["visit_over"]) == (401, True)


def test_a_phone_pairs_once_with_the_code_of_the_kiosk(
    kitchen: Kitchen, kiosk: Program, members: list[MemberId]
) -> None:
    visit = kiosk.show(kitchen.cards[members[0]])
    path = kiosk.call("POST", "/pairings", Trestle_Visit=visit)[1]["path"]
    mine = phone(kiosk.app)
    assert mine.status("/offers/new") == 403
    assert mine.send(path)[0] == 200
    assert mine.status("/offers/new") == 200
    assert phone(kiosk.app).send(path)[0] == 422
    kitchen.clock.forward(31 * MINUTE)
    assert mine.status("/offers/new") == 403


def test_not_me_ends_the_visit_of_a_phone(kitchen: Kitchen, kiosk: Program, members: list[MemberId]) -> None:
    visit = kiosk.show(kitchen.cards[members[0]])
    mine = phone(kiosk.app)
    mine.send(kiosk.call("POST", "/pairings", Trestle_Visit=visit)[1]["path"])
    mine.send("/leave")
    assert mine.status("/offers/new") == 403


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not what this door expects"),
        (b"{", "not what this door expects"),
        (b"\xff\xfe", "not what this door expects"),
        (b'{"command":"nonsense"}', "there is no command"),
        (b'{"command":"report_need","values":{}}', "report_need"),
        (b'{"command":"report_need","values":{"sort":"gold","soon":"today","text":{}}}', "gold"),
        (b'{"command":"report_need","values":{"sort":"food","soon":"today","text":"rice"}}', "report_need"),
        (b'{"command":"vouch","values":{"members":["x",7]}}', "vouch"),
        (b'{"command":"take_up_need","values":{"need":1e30}}', "take_up_need"),
    ],
)
def test_what_is_no_command_is_the_callers_fault(kiosk: Program, body: bytes, said: str) -> None:
    status, got = kiosk.call("POST", "/commands", body)
    assert status == 400
    assert said in got["fault"]


def test_a_refusal_names_its_article(kitchen: Kitchen, kiosk: Program, members: list[MemberId]) -> None:
    visit = kiosk.show(kitchen.cards[members[0]])
    assert kiosk.submit("vouch", visit, members=["nobody"])[0] == 422
    status, got = kiosk.submit("open_evening", members=list(members))
    assert (status, got["refusal"]["article"]) == (422, "vouchers")


def test_a_handset_can_ask_for_help_and_nothing_else(kitchen: Kitchen, members: list[MemberId]) -> None:
    mesh = Program(kitchen, "mesh")
    assert mesh.submit("report_need", sort="food", soon="today", text={"en": "Water"}, circle=1)[0] == 200
    assert mesh.submit("ask_to_join", newcomer={"name": "X", "language": "en"}, adult=True)[0] == 422


def test_the_mesh_reads_and_hands_in_batches(kitchen: Kitchen, members: list[MemberId]) -> None:
    mesh = Program(kitchen, "mesh")
    status, batches = mesh.call("GET", "/batches?after=0")
    assert status == 200
    assert len(batches) == 1
    assert mesh.call("POST", "/batches", batches[0].encode())[0] == 422
    assert mesh.call("POST", "/batches", b"noise")[0] == 400


def test_a_follower_reads_the_journal_from_where_it_was(kitchen: Kitchen, kiosk: Program) -> None:
    _, lines = kiosk.call("GET", "/journal?after=0")
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert kiosk.call("GET", f"/journal?after={len(lines)}") == (200, [])
    assert kiosk.call("GET", "/journal?after=x")[0] == 400


def test_a_document_comes_as_text_and_as_html(kiosk: Program) -> None:
    _, sheet = kiosk.call("GET", "/documents/constitution")
    assert "OUR RULES ON ONE PAGE" in sheet["text"]
    assert "<article" in sheet["html"]
    assert kiosk.call("GET", "/documents/nothing")[0] == 400
    assert kiosk.call("GET", "/read/nothing")[0] == 400


def test_a_form_from_elsewhere_is_turned_away(kitchen: Kitchen) -> None:
    client = kitchen.app().test_client()
    client.set_cookie("visit", "c00c1e")
    answer = client.post("/needs/ask", data={"sort": "food", "soon": "today", "circle": "2", "text": "x"})
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text


def test_too_many_forms_at_once_are_slowed_down(kitchen: Kitchen) -> None:
    mine = phone(kitchen.app())
    status = [mine.send("/needs/ask", sort="food", soon="today", circle="2", text=f"{place}")[0] for place in range(25)]
    assert status[0] == 200
    assert status[-1] == 429


def test_more_than_fits_is_refused_before_it_is_read(kitchen: Kitchen) -> None:
    mine = phone(kitchen.app())
    assert mine.send("/needs/ask", text="x" * (2 << 20))[0] == 413


def test_pages_carry_the_headers_that_keep_scripts_and_frames_out(kitchen: Kitchen) -> None:
    answer = kitchen.app().test_client().get("/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in answer.text


def test_an_unknown_page_and_health(kitchen: Kitchen) -> None:
    client = kitchen.app().test_client()
    assert client.get("/nothing/here").status_code == 404
    assert client.get("/healthz").text == "ok\n"
