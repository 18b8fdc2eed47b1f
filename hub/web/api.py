"""The API for our own programs on this machine: submit, read, follow, and the mesh's second door.

JSON in and out. A refusal is status 422 with the article and the sentence in the caller's language; a
fault of the caller is 400. Cards and PINs come in bodies and are answered with a visit's token; they are
in no address and in no log.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from flask import Blueprint, Response, g, request

from hub import __version__
from hub.documents.as_html import as_html
from hub.documents.as_text import as_text
from hub.documents.blocks import Document, as_plain
from hub.domain import needs
from hub.domain.base import N_, BallotId, Position, Refusal, Tier
from hub.domain.house import Person
from hub.entry import Damaged, Entry
from hub.facts import request_of
from hub.log.faults import NotNext
from hub.service import Newcomer, Receipt
from hub.web.access import Door, programs
from hub.web.hall import Hall, Read
from hub.web.visit import keep_contact
from hub.web.visits import KIOSK

LONGEST_WAIT: Final = 25.0
"""Seconds `follow` may wait for something new."""


def blueprint(hall: Hall, reads: Mapping[str, Read], sheets: Mapping[str, Read]) -> Blueprint:
    """The routes of the API."""
    api = Blueprint("api", __name__, url_prefix="/api")
    _speak_json(api, hall)
    _visits(api, hall)
    _oneself(api, hall)
    _write(api, hall)
    _read(api, hall, reads, sheets)
    _mesh(api, hall)
    return api


def _speak_json(api: Blueprint, hall: Hall) -> None:
    @api.errorhandler(Refusal)
    def refused(no: Refusal) -> Any:
        said = {"article": no.article, "message": hall.speaker.refusal(no), "source": no.message}
        return json_answer({"refusal": said}, 422)

    @api.errorhandler(Damaged)
    def misunderstood(fault: Damaged) -> Any:
        return json_answer({"fault": str(fault)}, 400)

    @api.before_request
    def who() -> Response | None:
        shown = [request.headers.get(name, "") for name in ("Trestle-Visit", "Trestle-Second")]
        g.person, g.second = (hall.visits.person(secret, g.door) for secret in shown)
        gone = [
            secret for secret, person in zip(shown, (g.person, g.second), strict=True) if secret and not person.member
        ]
        if gone and request.method != "DELETE":
            return json_answer(
                {"visit_over": hall.speaker.say(N_("Your time at the screen is over. Show your card again."))}, 401
            )
        return None


class _Showing(msgspec.Struct):
    """A card shown, with the PIN where the act asks for it."""

    card: str
    pin: str = ""


class _Pin(msgspec.Struct):
    pin: str


class _Kept(msgspec.Struct):
    """What somebody changes of what is kept of them; None stays as it is."""

    name: str | None = None
    language: str | None = None
    contact: str | None = None


class _Newcomer(msgspec.Struct):
    """The erasable half: a name, a language, perhaps how to reach them."""

    name: str
    language: str
    contact: str = ""


class _Command(msgspec.Struct):
    """A command by its name, its values, and who it brings in."""

    command: str
    values: dict[str, Any] = {}
    newcomer: _Newcomer | None = None


class _Cast(msgspec.Struct):
    """A secret vote: the ballot and the numbers of the chosen options."""

    ballot: int
    choice: tuple[int, ...]


def _visits(api: Blueprint, hall: Hall) -> None:
    people = hall.service.people

    @api.post("/visits")
    @programs(Door.KIOSK, Door.DESK)
    def show_card() -> Response:
        shown = body(_Showing)
        member = people.who_holds(shown.card)
        if member is None:
            raise Refusal(
                "", N_("This card is not known here, or a newer one was made out. Try again, or ask two members.")
            )
        if shown.pin:
            people.check_pin(member, shown.pin, hall.service.now())
        person = Person(member, Tier.PIN if shown.pin else Tier.CARD)
        hall.service.welcome_back(person)
        secret = hall.visits.begin(person, KIOSK, g.door)
        return json_answer(
            {
                "visit": secret,
                "member": member,
                "tier": person.tier,
                "name": people.name(member),
                "language": people.language(member),
                "has_pin": people.has_pin(member),
            }
        )

    @api.delete("/visits")
    @programs(Door.KIOSK, Door.DESK)
    def leave() -> Response:
        hall.visits.end(request.headers.get("Trestle-Visit", ""))
        return json_answer({})


def _oneself(api: Blueprint, hall: Hall) -> None:
    """What somebody who showed a card changes of what is kept of them, or brings a phone to."""
    people = hall.service.people

    @api.post("/pin")
    @programs(Door.KIOSK)
    def choose_pin() -> Response:
        member = g.person.member
        if member is None or (people.has_pin(member) and g.person.tier < Tier.PIN):
            raise Refusal("", N_("Show your card first, and type the PIN you have if you have one."))
        people.set_pin(member, body(_Pin).pin)
        return json_answer({})

    @api.post("/me")
    @programs(Door.KIOSK)
    def keep() -> Response:
        kept, member = body(_Kept), g.person.member
        if member is None:
            raise Refusal("", N_("Show your member card first."))
        if kept.name is not None or kept.language is not None:
            name = people.name(member) if kept.name is None else kept.name
            people.rename(member, name, kept.language or people.language(member))
        if kept.contact is not None:
            keep_contact(hall, member, kept.contact)
        return json_answer({})

    @api.post("/pairings")
    @programs(Door.KIOSK)
    def offer_pairing() -> Response:
        if g.person.member is None:
            raise Refusal("", N_("Show your member card first."))
        return json_answer({"path": f"/pair/{hall.visits.offer_pairing(g.person)}"})


def _write(api: Blueprint, hall: Hall) -> None:
    @api.post("/commands")
    @programs(Door.KIOSK, Door.DESK, Door.MESH)
    def submit() -> Response:
        sent = body(_Command)
        command = request_of(sent.command, sent.values)
        if g.door is Door.MESH and not isinstance(command, needs.ReportNeed):
            raise Refusal("", N_("From a handset one can ask for help; everything else is done at the hub."))
        comes = sent.newcomer
        newcomer = Newcomer(comes.name, comes.language, comes.contact) if comes else None
        key = request.headers.get("Idempotency-Key", "")
        return _receipt(hall.service.submit(command, g.person, key, second=g.second, newcomer=newcomer))

    @api.post("/votes")
    @programs(Door.KIOSK)
    def cast() -> Response:
        vote = body(_Cast)
        hall.service.cast(BallotId(vote.ballot), g.person, vote.choice)
        return json_answer({"cast": True})


def _receipt(receipt: Receipt) -> Response:
    written = [{"position": place, "kind": kind} for place, kind in receipt.facts]
    return json_answer(
        {"position": receipt.position, "facts": written, "person": receipt.person, "cards": receipt.cards}
    )


def _read(api: Blueprint, hall: Hall, reads: Mapping[str, Read], sheets: Mapping[str, Read]) -> None:
    @api.get("/status")
    @programs(Door.KIOSK, Door.DESK, Door.MESH)
    def status() -> Response:
        position, digest = hall.service.seal()
        return json_answer(
            {
                "version": __version__,
                "hub": hall.service.hub,
                "position": position,
                "hash": digest,
                "damage": hall.service.damage,
                "now": hall.service.now(),
            }
        )

    @api.get("/read/<name>")
    @programs(Door.KIOSK, Door.DESK)
    def read(name: str) -> Response:
        if name not in reads:
            raise Damaged(f"there is nothing called “{name[:40]}” to read")
        return json_answer(reads[name](hall, request.args))

    @api.get("/documents/<name>")
    @programs(Door.KIOSK, Door.DESK)
    def document(name: str) -> Response:
        if name not in sheets:
            raise Damaged(f"there is no sheet called “{name[:40]}”")
        sheet = sheets[name](hall, request.args)
        assert isinstance(sheet, Document)
        said = {"kind": sheet.kind, "title": sheet.title, "lang": sheet.lang, "blocks": as_plain(sheet)}
        return json_answer({**said, "text": as_text(sheet), "html": str(as_html(sheet))})

    @api.get("/journal")
    @programs(Door.KIOSK, Door.DESK, Door.MESH)
    def follow() -> Response:
        after, wait = _number("after"), min(LONGEST_WAIT, _number("wait") / 1000)
        entries = hall.service.follow(Position(after), wait)
        return json_answer([_line(entry) for entry in entries])


def _line(entry: Entry) -> dict[str, object]:
    """That something happened, not what: its circle is judged where it is read, for the eyes that read it."""
    return {"seq": entry.seq, "kind": entry.head.kind, "boot": entry.head.boot, "time": entry.head.time}


def _mesh(api: Blueprint, hall: Hall) -> None:
    @api.get("/batches")
    @programs(Door.MESH)
    def batches() -> Response:
        found = hall.service.street(_number("after"))
        return json_answer([batch.decode() for batch in found])

    @api.post("/batches")
    @programs(Door.MESH)
    def take_in() -> Response:
        try:
            taken = hall.service.take_in(request.get_data())
        except NotNext as fault:
            return json_answer({"not_next": fault.held, "fault": str(fault)}, 409)
        return json_answer({"author": taken.author, "lines": taken.lines})


def _number(name: str) -> int:
    try:
        return max(0, int(request.args.get(name, "0")))
    except ValueError:
        raise Damaged(f"“{name}” is a whole number") from None


T = Any


def body(shape: type[T]) -> T:
    """The request's JSON as one of the shapes above. Raises Damaged."""
    try:
        return msgspec.json.decode(request.get_data(), type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise Damaged(f"the request is not what this door expects: {fault}") from fault


def json_answer(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value) + b"\n", status, mimetype="application/json")
