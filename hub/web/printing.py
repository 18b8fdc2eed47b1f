"""Printing, for our own programs: ask for a sheet, ask where it stands, say how it came out, look at it first.

A sheet is judged by the circle and the language of who asks, as on the screen. From that follows how far it
may go: what the room may read may lie in a folder; what is for one person alone is never written to a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import msgspec
from flask import Blueprint, Response, g, request
from werkzeug.exceptions import HTTPException

from hub.documents.blocks import Document
from hub.documents.card import member_card
from hub.documents.printer_test import printer_test
from hub.domain.base import N_, Circle, MemberId, Refusal, Tier
from hub.domain.house import NOBODY, Person
from hub.entry import Damaged
from hub.log.faults import Fault
from hub.printing.port import Trouble
from hub.printing.press import Press
from hub.printing.raster import Raster
from hub.printing.ruler import with_ruler
from hub.printing.spooled import Spooled
from hub.service import LONGEST_KEY
from hub.web.access import Door, programs
from hub.web.api import body, json_answer
from hub.web.hall import Hall, Read

CARD: Final = "card"
TEST: Final = "printer_test"
SOMEBODY: Final = Person(MemberId("-"), Tier.CARD)
"""A member who is nobody in particular: sees what every member sees."""
EYES: Final = ((Circle.ROOM, NOBODY), (Circle.MEMBERS, SOMEBODY))
TRIES: Final = 3
Parameters = Mapping[str, str]


class NoPress(Fault):
    """This hub was started without a printer: a test, or an export."""

    MESSAGE = N_("This hub prints nothing just now. Start it with “trestle serve”.")


class _Asked(msgspec.Struct):
    """A sheet by its name, what it is asked for (a number, a code), and how many of it."""

    name: str
    parameters: dict[str, str | int] = {}
    copies: int = 1


class _Seen(msgspec.Struct):
    """What somebody saw who looked at the paper."""

    came_out: bool


@dataclass(frozen=True, slots=True)
class Printable:
    """A sheet, who may see it, and its dots where the press does not make them by itself."""

    document: Document
    circle: Circle
    specimen: bool = False
    raster: Raster | None = None


def prints(api: Blueprint, hall: Hall, sheets: Mapping[str, Read], found: Press | None) -> None:
    """The routes of printing, among those of the API."""

    @api.post("/prints")
    @programs(Door.KIOSK, Door.DESK)
    def print_sheet() -> Response:
        press, sent = there(found), body(_Asked)
        key = request.headers.get("Idempotency-Key", "")
        if not 0 < len(key) <= LONGEST_KEY:
            raise Damaged(f"a print has an Idempotency-Key of at most {LONGEST_KEY} characters")
        asked = {name: str(value) for name, value in sent.parameters.items()}
        erasures = press.erasures()
        sheet = _wanted(hall, sheets, press, sent.name, asked)
        copies = sent.copies if sheet.circle > Circle.CONCERNED else 1
        named = f"{g.door.value}:{key}"
        spooled = press.put(
            sheet.document,
            named,
            sheet.circle,
            copies,
            specimen=sheet.specimen,
            raster=sheet.raster,
            erasures=erasures,
        )
        return json_answer(_told(hall, press, spooled))

    @api.get("/prints/<job>")
    @programs(Door.KIOSK, Door.DESK)
    def print_state(job: str) -> Response:
        press = there(found)
        return json_answer(_told(hall, press, _known(press.spool.find(job))))

    @api.post("/prints/<job>")
    @programs(Door.KIOSK, Door.DESK)
    def came_out(job: str) -> Response:
        press, seen = there(found), body(_Seen)
        return json_answer(_told(hall, press, _known(press.came_out(job, seen.came_out))))

    @api.get("/printer")
    @programs(Door.KIOSK, Door.DESK)
    def printer() -> Response:
        press = there(found)
        return json_answer(
            {
                "kind": press.settings.kind,
                "width": press.settings.width,
                "answers": press.answers,
                "trouble": _said(hall, press, None),
                "queued": press.spool.waiting,
            }
        )

    @api.get("/previews/<name>")
    @programs(Door.KIOSK, Door.DESK)
    def preview(name: str) -> Response:
        press = there(found)
        sheet = _wanted(hall, sheets, press, name, request.args)
        raster = sheet.raster or press.preview(sheet.document)
        return Response(raster.png(), mimetype="image/png")


def there(press: Press | None) -> Press:
    """The press, where there is one. Raises NoPress."""
    if press is None:
        raise NoPress()
    return press


def _known(spooled: Spooled | None) -> Spooled:
    if spooled is None:
        raise Refusal(
            "", N_("The printer does not know this sheet any more. Look if it lies there, or print it again.")
        )
    return spooled


def _told(hall: Hall, press: Press, spooled: Spooled) -> dict[str, object]:
    trouble = _said(hall, press, spooled)
    return {"job": spooled.job, "state": spooled.state.value, "trouble": trouble, "again": not spooled.private}


def _said(hall: Hall, press: Press, spooled: Spooled | None) -> str:
    """What is wrong with a sheet, or with the printer itself, in the caller's language."""
    said = press.why(spooled) if spooled is not None else press.trouble
    return hall.speaker.say(said.message, **said.parameters) if said else ""


# What a sheet is, and for whose eyes


def _wanted(hall: Hall, sheets: Mapping[str, Read], press: Press, name: str, asked: Parameters) -> Printable:
    """A sheet by its name. Raises Damaged, Refusal, and what opening it on the screen would."""
    if name == CARD and request.method == "POST":
        return _card(hall, press, asked)
    if name == TEST:
        document = printer_test(hall.sheet())
        return Printable(document, Circle.ROOM, raster=with_ruler(press.preview(document)))
    if name not in sheets:
        raise Damaged(f"there is no sheet called “{name[:40]}”")
    document, circle = _judged(hall, lambda: made(hall, sheets[name], asked))
    if circle is Circle.CONCERNED and request.method == "POST":
        _may_lie_there(press)
    return Printable(document, circle)


def made(hall: Hall, read: Read, asked: Parameters) -> Document:
    """The sheet for whoever asks now."""
    document = read(hall, asked)
    assert isinstance(document, Document)
    return document


def _judged(hall: Hall, make: Callable[[], Document]) -> tuple[Document, Circle]:
    """A sheet for who asks, and the widest circle for whose eyes it says the same.

    A line written or a minute passed between two readings makes them differ, too: then it is read again.
    """
    for _ in range(TRIES):
        document = make()
        circle = next((circle for circle, eyes in EYES if _as_seen_by(eyes, make) == document), Circle.CONCERNED)
        if circle is Circle.ROOM or make() == document:
            break
    return document, circle


def _as_seen_by(eyes: Person, make: Callable[[], Document]) -> Document | None:
    """The sheet for somebody else; None where they have none."""
    asking, g.person = g.person, eyes
    try:
        return make()
    except (Refusal, HTTPException):
        return None
    finally:
        g.person = asking


def _card(hall: Hall, press: Press, asked: Parameters) -> Printable:
    """A member card, for who has its code: it stands on no disk of the hub."""
    people = hall.service.people
    member, code = MemberId(asked.get("member", "")), asked.get("code", "")
    if not code or people.who_holds(code) != member:
        raise Refusal("", N_("This code is not this member's card any more. Two members can make out a new one."))
    ephemeral = hall.service.read(lambda views: views.constitution.card.ephemeral)
    if not ephemeral:
        _may_lie_there(press)
    reader = hall.speak(people.language(member) or hall.speaker.language)
    card = member_card(replace(hall.sheet(), speaker=reader), people.name(member), code)
    return Printable(card, Circle.CONCERNED, specimen=ephemeral)


def _may_lie_there(press: Press) -> None:
    """A private sheet never goes into a folder. Raises Refusal."""
    if press.settings.kind == "folder":
        raise Refusal("", Trouble.REFUSED.value)
