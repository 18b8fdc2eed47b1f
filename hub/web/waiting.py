"""Waiting for you: what concerns the person before the page, in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from flask import Blueprint

from hub.documents import waiting as slip
from hub.documents.blocks import Document
from hub.documents.waiting import Duty, Errand, Place, Vote, Waiting, Wish
from hub.domain import ballots
from hub.domain.ballots import Ballot, Phase
from hub.domain.base import N_, BallotId, Circle, MemberId, Millis, NeedId, Refusal, Tier, Words
from hub.domain.house import House
from hub.domain.needs import REMIND_AFTER
from hub.views.assemblies import AssemblyRow
from hub.views.needs import OPEN, NeedRow
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.contacts import both_agreed, contact_of_other
from hub.web.hall import Hall, Read, Reply
from hub.web.names import names
from hub.web.needs import need_command
from hub.web.visit import me

NOTICES: Final[Mapping[str, str]] = {
    "still": N_("Good to know: it stays on the list. In two weeks we ask again."),
    "me-name": N_("Changed. Paper that was printed still shows the old name."),
    "me-contact": N_("It is kept for a year, unless you take it back."),
    "me-no-contact": N_("Taken back. Nobody can see here how to reach you."),
}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of what waits for a person."""
    pages = Blueprint("waiting", __name__)

    @pages.get("/waiting")
    @open_to_hall(Tier.CARD, Circle.CONCERNED)
    def index() -> Reply:
        return _index(hall)

    @pages.get("/waiting/slip")
    @open_to_hall(Tier.CARD, Circle.CONCERNED)
    def pocket() -> Reply:
        return hall.show(_slip(hall, {}), "waiting.index", wall=False)

    @pages.post("/waiting/needs/<int:need>/<act>")
    @open_to_hall(Tier.CARD, Circle.CONCERNED, Rate.WRITE)
    def act_on_need(need: int, act: str) -> Reply:
        try:
            hall.submit(need_command(hall, NeedId(need), act))
        except Refusal as no:
            return _index(hall, no)
        return hall.done("waiting.index", act)

    return pages


def _index(hall: Hall, no: Refusal | None = None) -> Reply:
    sheet = hall.sheet()
    return hall.render(
        "waiting/index.html",
        no=no,
        waiting=gather(hall),
        errand_lines=lambda errand: slip.errand_lines(sheet, errand),
        place_in_words=lambda place: slip.place_in_words(sheet, place),
        role_in_words=lambda row: slip.role_in_words(sheet, row),
        duty_lines=lambda duty: slip.duty_lines(sheet, duty),
        vote_lines=lambda vote: slip.vote_lines(sheet, vote),
        next_step=slip.NEXT_STEP,
    )


def gather(hall: Hall) -> Waiting:
    """All that waits for the person before the page. Raises Refusal where nobody showed a card."""
    member, now = hall.person.member, hall.service.now()
    if member is None:
        raise Refusal("", N_("Show your member card first."))
    errands = [_errand(hall, row, now) for row in _needs(hall, member)]
    return Waiting(
        hall.service.people.name(member),
        mine=[each for each in errands if each.need.by == member],
        taken=[each for each in errands if each.need.by != member],
        wishes=list(_wishes(hall, member)),
        places=list(_places(hall, member, now)),
        duties=list(_duties(hall, member, now)),
        votes=list(_votes(hall, _open_to(hall, member))),
        results=list(_votes(hall, _in_doubt_of(hall, member, now))),
        drafts=hall.service.read(lambda views: views.assemblies.drafts()),
        meeting=_meeting(hall, now),
    )


def _needs(hall: Hall, member: MemberId) -> list[NeedRow]:
    return hall.service.read(lambda views: views.needs.waiting_for(member))


def _errand(hall: Hall, row: NeedRow, now: Millis) -> Errand:
    mine, both = row.by == hall.person.member, both_agreed(row)
    other = row.taker if mine else row.by if both else None
    return Errand(
        row,
        other=names(hall)(other) if other is not None else "",
        contact=contact_of_other(hall, row),
        agreed=hall.person.member in row.agreed,
        both=both,
        remind=mine and row.state == OPEN and now >= row.confirmed + REMIND_AFTER,
    )


def _wishes(hall: Hall, member: MemberId) -> Iterator[Wish]:
    for offer in hall.service.read(lambda views: views.needs.asked_of(member)):
        for who, note in offer.asked:
            yield Wish(offer, names(hall)(MemberId(who)), Words(note))


def _places(hall: Hall, member: MemberId, now: Millis) -> Iterator[Place]:
    for row in hall.service.read(lambda views: views.signups.of(member, now)):
        party = row.of(member)
        if party is not None:
            yield Place(row, party.size, party.waits)


def _duties(hall: Hall, member: MemberId, now: Millis) -> Iterator[Duty]:
    for row in hall.service.read(lambda views: views.roles.held_by(member, now)):
        if row.ends_soon(now) or row.petition is not None:
            yield Duty(row, row.ends_soon(now))


def _votes(hall: Hall, until: Mapping[BallotId, Millis]) -> Iterator[Vote]:
    viewer = hall.viewer
    rows = hall.service.read(lambda views: [views.ballots.ballot(viewer, number) for number in sorted(until)])
    return (Vote(row, until[BallotId(row.number)]) for row in rows if row is not None)


def _open_to(hall: Hall, member: MemberId) -> Mapping[BallotId, Millis]:
    """Secret ballots on whose roll the member is, and when they close. Who voted already is not asked."""

    def look(house: House) -> Mapping[BallotId, Millis]:
        rests = house.constitution.closures
        return {
            number: ballots.deadline(ballot, rests)
            for number, ballot in house.ballots.ballots.items()
            if ballot.phase in (Phase.OPEN, Phase.PAUSED) and member in ballot.roll
        }

    return hall.service.rules(look)


def _in_doubt_of(hall: Hall, member: MemberId, now: Millis) -> Mapping[BallotId, Millis]:
    """Results the member may still object to, and until when."""

    def may_object(ballot: Ballot, until: Millis) -> bool:
        return ballot.phase in (Phase.RELEASED, Phase.OBJECTED) and member not in ballot.objectors and now < until

    def look(house: House) -> Mapping[BallotId, Millis]:
        rests = house.constitution.closures
        ends = {number: ballots.objections_end(ballot, rests) for number, ballot in house.ballots.ballots.items()}
        return {number: end for number, end in ends.items() if may_object(house.ballots.ballots[number], end)}

    return hall.service.rules(look)


def _meeting(hall: Hall, now: Millis) -> AssemblyRow | None:
    """The meeting that is on, or else the next one."""
    running, upcoming = hall.service.read(lambda views: (views.assemblies.running(), views.assemblies.upcoming(now)))
    return next(iter([*running, *upcoming]), None)


def _slip(hall: Hall, _: Mapping[str, str]) -> Document:
    return slip.waiting_slip(hall.sheet(), gather(hall))


def _waiting(hall: Hall, _: Mapping[str, str]) -> object:
    return gather(hall)


READS: Final[Mapping[str, Read]] = {"waiting": _waiting, "me": me}
DOCUMENTS: Final[Mapping[str, Read]] = {"waiting": _slip}
