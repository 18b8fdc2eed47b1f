"""Pages of neighbour hubs: whom we have a pact with, and what each of them published.

A neighbour's pages are made of the same sheets as ours, from that neighbour's own set of views.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from flask import Blueprint, abort, current_app, request
from werkzeug.exceptions import HTTPException

from hub.documents.ballots import METHODS, ballot_result, verdict
from hub.documents.blocks import Document, as_plain
from hub.documents.constitution import constitution as page_of_rules
from hub.documents.federation import budgets, pact, spaced
from hub.documents.foot import Sheet
from hub.documents.needs import needs_list
from hub.documents.signups import signups_to_come
from hub.domain.articles import Articles
from hub.domain.base import N_, BallotId, Circle, HubId, Position, Viewer
from hub.views.ballots import BallotRow
from hub.views.constitution import HubCard, LineRow
from hub.views.federation import NeighbourRow
from hub.views.house import Views
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Read, Reply

T = TypeVar("T")
STREET: Final = Viewer(Circle.FEDERATION)
"""Whose eyes a neighbour's pages are for: everybody's. A neighbour sends us nothing narrower."""

NONSENSE: Final = (ValueError, ArithmeticError, LookupError, TypeError, AssertionError)
"""What a sheet of theirs may fail with that holds what no hub would say."""

NOTICES: Final[Mapping[str, str]] = {}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of neighbour hubs."""
    pages = Blueprint("federation", __name__)

    @pages.get("/hubs")
    @open_to_hall()
    def index() -> Reply:
        rows = hall.service.read(lambda views: views.federation.neighbours())
        return hall.render("federation/index.html", hubs=rows, key=spaced(hall.service.hub))

    @pages.get("/hubs/pact")
    @open_to_hall()
    def our_half() -> Reply:
        return hall.show(pact(hall.sheet()), "federation.index")

    @pages.get("/hubs/<hub>")
    @open_to_hall()
    def one(hub: str) -> Reply:
        return _one(hall, HubId(hub))

    @pages.get("/hubs/<hub>/needs")
    @open_to_hall()
    def needs(hub: str) -> Reply:
        return hall.show(_needs(hall, HubId(hub)), "federation.one", wall=False, hub=hub)

    @pages.get("/hubs/<hub>/rules")
    @open_to_hall()
    def rules(hub: str) -> Reply:
        return hall.show(_rules(hall, HubId(hub)), "federation.one", wall=False, hub=hub)

    @pages.get("/hubs/<hub>/ballots/<int:ballot>")
    @open_to_hall()
    def ballot(hub: str, ballot: int) -> Reply:
        return hall.show(_ballot(hall, HubId(hub), BallotId(ballot)), "federation.one", wall=False, hub=hub)

    @pages.get("/hubs/<hub>/signups")
    @open_to_hall()
    def signups(hub: str) -> Reply:
        return hall.show(_signups(hall, HubId(hub)), "federation.one", wall=False, hub=hub)

    @pages.get("/hubs/<hub>/budgets")
    @open_to_hall()
    def money(hub: str) -> Reply:
        return hall.show(_budgets(hall, HubId(hub)), "federation.one", wall=False, hub=hub)

    for fault in NONSENSE:
        pages.register_error_handler(fault, partial(_senseless, hall))
    return pages


def _senseless(hall: Hall, fault: Exception) -> Reply:
    """The last net: what a neighbour signed is theirs, and is no fault of this hub. Pages of our own stay ours."""
    if "hub" not in (request.view_args or {}):
        raise fault
    current_app.logger.warning("a neighbour's page cannot be shown", exc_info=fault)
    say = hall.speaker.say
    page = hall.render(
        "message.html",
        title=say(N_("This page of theirs makes no sense to us")),
        text=say(N_("What they sent is kept, but we cannot show it. Ask them about it; here all is well.")),
    )
    return str(page), 502


@dataclass(frozen=True, slots=True)
class Heard:
    """What a neighbour's page lists. `senseless` counts their lines that mean nothing to us."""

    card: HubCard = field(default_factory=HubCard)
    results: Sequence[BallotRow] = ()
    senseless: int = 0


def _one(hall: Hall, hub: HubId) -> Reply:
    row = _known(hall, hub)

    def look(views: Views) -> Heard:
        return Heard(views.constitution.card, views.ballots.results(STREET), views.senseless)

    return hall.render(
        "federation/one.html",
        hub=row,
        key=spaced(hub),
        heard=_of(hall, hub, look) if row.accepted else Heard(),
        methods=METHODS,
        verdict=verdict,
    )


def _known(hall: Hall, hub: HubId) -> NeighbourRow:
    row = hall.service.read(lambda views: views.federation.neighbour(hub))
    if row is None:
        abort(404)
    return row


def _of(hall: Hall, hub: HubId, question: Callable[[Views], T | None]) -> T:
    """What a neighbour says, if it is one today and says anything of this."""
    found = hall.service.read_neighbour(hub, question)
    if found is None:
        abort(404)
    return found


def _sheet(hall: Hall, hub: HubId) -> Sheet:
    """A sheet of theirs: their card, and the place in their chain up to which we hold it."""
    row = _known(hall, hub)
    card = _of(hall, hub, lambda views: views.constitution.card)
    return Sheet(hall.speaker, card, Position(row.upto), row.head, hall.service.now())


def _needs(hall: Hall, hub: HubId) -> Document:
    asked, offered = _of(hall, hub, lambda views: (views.needs.open(STREET), views.needs.offers(STREET)))
    return needs_list(_sheet(hall, hub), asked, offered)


def _rules(hall: Hall, hub: HubId) -> Document:
    def look(views: Views) -> tuple[list[LineRow], Articles, bool]:
        return views.constitution.lines(), views.constitution.articles, views.constitution.formed

    sheet = _sheet(hall, hub)
    lines, articles, formed = _of(hall, hub, look)
    return page_of_rules(sheet, lines, articles, forming=not formed and sheet.now < sheet.card.forming_until)


def _ballot(hall: Hall, hub: HubId, ballot: BallotId) -> Document:
    row = _of(hall, hub, lambda views: views.ballots.ballot(STREET, ballot))
    return ballot_result(_sheet(hall, hub), row)


def _signups(hall: Hall, hub: HubId) -> Document:
    sheet = _sheet(hall, hub)
    return signups_to_come(sheet, _of(hall, hub, lambda views: views.signups.to_come(STREET, sheet.now)))


def _budgets(hall: Hall, hub: HubId) -> Document:
    return budgets(_sheet(hall, hub), _of(hall, hub, lambda views: views.ledger.posted()))


def _hubs(hall: Hall, _: Mapping[str, str]) -> object:
    return hall.service.read(lambda views: views.federation.neighbours())


def _pact(hall: Hall, _: Mapping[str, str]) -> Document:
    return pact(hall.sheet())


def _neighbour(hall: Hall, asked: Mapping[str, str]) -> object:
    """One neighbour with all its sheets, as blocks; a sheet of theirs that makes no sense to us is left out."""
    hub = HubId(asked.get("hub", ""))
    row = _known(hall, hub)
    sheets: list[dict[str, object]] = []
    for make in (_needs, _signups, _budgets, _rules) if row.accepted else ():
        try:
            sheet = make(hall, hub)
        except (*NONSENSE, HTTPException) as fault:
            current_app.logger.warning("a neighbour's sheet cannot be shown", exc_info=fault)
            continue
        sheets.append({"kind": sheet.kind, "title": sheet.title, "blocks": as_plain(sheet)})
    return {"hub": row, "key": spaced(hub), "sheets": sheets}


READS: Final[Mapping[str, Read]] = {"hubs": _hubs, "neighbour": _neighbour}
DOCUMENTS: Final[Mapping[str, Read]] = {"pact": _pact}
