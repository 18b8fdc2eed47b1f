"""The first page: what is open now. And whether the hub is well, for whoever keeps it running."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint

from hub.documents.signups import room
from hub.domain import ballots
from hub.domain.base import BallotId, Millis
from hub.domain.house import House
from hub.domain.membership import Standing
from hub.views.assemblies import AssemblyRow
from hub.views.ballots import BallotRow
from hub.views.house import Views
from hub.views.signups import SignupRow
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.constitution import resting
from hub.web.hall import Hall, Read, Reply

MOST: Final = 3
"""Of each kind on the first page; the others are one touch away."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is open now, for these eyes: the soonest of each kind, and how much more there is."""

    needs: int
    topics: int
    members: int
    lists: Sequence[SignupRow]
    votes: Sequence[BallotRow]
    meetings: Sequence[AssemblyRow]
    running: Sequence[AssemblyRow]
    gaps: int
    unexplained: int


def blueprint(hall: Hall) -> Blueprint:
    """The routes of the first page."""
    pages = Blueprint("home", __name__)

    @pages.get("/")
    @open_to_hall()
    def index() -> Reply:
        now, sheet = hall.service.now(), hall.sheet()
        return hall.render(
            "home.html",
            open=hall.service.read(_open(hall, now)),
            closes=hall.service.rules(_deadlines),
            room=lambda row: room(sheet, row),
            resting=resting(hall),
            most=MOST,
        )

    @pages.get("/healthz")
    @open_to_hall(rate=Rate.FREE)
    def healthz() -> Reply:
        damage = hall.service.damage
        return (f"damaged: {damage}\n", 503) if damage else ("ok\n", 200)

    return pages


def _open(hall: Hall, now: Millis) -> Callable[[Views], Open]:
    viewer = hall.viewer

    def look(views: Views) -> Open:
        return Open(
            needs=len(views.needs.open(viewer)),
            topics=len(views.assemblies.agenda(viewer)),
            members=views.members.count(Standing.MEMBER),
            lists=views.signups.to_come(viewer, now),
            votes=views.ballots.open(viewer),
            meetings=views.assemblies.upcoming(now),
            running=views.assemblies.running(),
            gaps=sum(row.member is None for row in views.roles.all(viewer, now)),
            unexplained=len(views.ledger.waiting()),
        )

    return look


def _read_home(hall: Hall, _: Mapping[str, str]) -> object:
    """All the kiosk's first screen shows: who we are, what time it is, what is open, whether we rest."""
    now = hall.service.now()

    def look(views: Views) -> dict[str, object]:
        rests = [row for row in views.constitution.closures(now) if row.since <= now]
        return {
            "card": views.constitution.card,
            "begun": views.members.count(Standing.MEMBER) + views.members.count(Standing.RESTING) > 0,
            "asked": views.members.count(Standing.ASKED),
            "hubs": len(views.federation.neighbours()),
            "rest": max(rests, key=lambda row: row.until, default=None),
        }

    closes = {str(number): until for number, until in hall.service.rules(_deadlines).items()}
    found = {"now": now, "hall": hall.address(), "open": hall.service.read(_open(hall, now)), "closes": closes}
    return found | hall.service.read(look)


def _deadlines(house: House) -> dict[BallotId, Millis]:
    """When each open vote closes, days of rest counted in."""
    rests = house.constitution.closures
    return {
        number: ballots.deadline(house.ballots.ballots[number], rests) for number in ballots.secret_open(house.ballots)
    }


READS: Final[Mapping[str, Read]] = {"home": _read_home}
DOCUMENTS: Final[Mapping[str, Read]] = {}
NOTICES: Final[Mapping[str, str]] = {}
