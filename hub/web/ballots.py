"""Pages of ballots: what is open, the notice, hands to count, results, objections. Never a vote:
that is for the kiosk, with card and PIN."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort, request

from hub.documents.ballots import (
    ANSWERS,
    METHODS,
    NONE_OF_THESE,
    SECRECY,
    ballot_notice,
    ballot_result,
    consequence,
    rules_in_words,
    verdict,
)
from hub.documents.blocks import Document
from hub.documents.constitution import ARTICLES
from hub.documents.slip import ballot_slip
from hub.domain import assemblies, ballots, roles
from hub.domain.ballots import Method, Phase
from hub.domain.base import (
    BALLOT_STEWARD,
    N_,
    BallotId,
    Circle,
    Consequence,
    Effect,
    MemberId,
    Millis,
    Refusal,
    Tier,
)
from hub.domain.house import House
from hub.views.ballots import BallotRow
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.forms import numbered
from hub.web.hall import Hall, Numbered, Read, Reply, number
from hub.web.meeting import as_article
from hub.web.names import names
from hub.web.roles import titles

NOTICES: Final[Mapping[str, str]] = {
    "ballot-hands": N_("The question is put. Two people count the hands, each for themselves."),
    "ballot-count": N_("Thank you for counting."),
    "ballot-object": N_("Your objection is written down. The next meeting decides."),
    "ballot-pause": N_("Voting has stopped. Votes cast are kept."),
    "ballot-resume": N_("Voting goes on, and for longer."),
}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of ballots."""
    pages = Blueprint("ballots", __name__)

    @pages.get("/ballots")
    @open_to_hall()
    def index() -> Reply:
        viewer = hall.viewer
        opened, over = hall.service.read(lambda views: (views.ballots.open(viewer), views.ballots.results(viewer)))
        return hall.render("ballots/index.html", opened=opened, over=over, methods=METHODS, verdict=verdict)

    @pages.get("/ballots/hands")
    @open_to_hall(Tier.CARD, Circle.MEMBERS)
    def hands() -> Reply:
        return _hands_form(hall)

    @pages.post("/ballots/hands")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def put_hands() -> Reply:
        meeting = hall.service.rules(lambda house: assemblies.meeting_now(house.assemblies))
        try:
            hall.submit(ballots.OpenHandCount(hall.words("text"), _effect(hall), meeting))
        except Refusal as no:
            return _hands_form(hall, no)
        return hall.done("ballots.index", "ballot-hands")

    @pages.get("/ballots/<int:ballot>")
    @open_to_hall()
    def one(ballot: int) -> Reply:
        return _one(hall, BallotId(ballot))

    @pages.get("/ballots/<int:ballot>/notice")
    @open_to_hall()
    def notice(ballot: int) -> Reply:
        return hall.show(_notice(hall, {"ballot": str(ballot)}), "ballots.one", ballot=ballot)

    @pages.get("/ballots/<int:ballot>/result")
    @open_to_hall()
    def result(ballot: int) -> Reply:
        return hall.show(_result(hall, {"ballot": str(ballot)}), "ballots.one", ballot=ballot)

    @pages.post("/ballots/<int:ballot>/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def act_on_ballot(ballot: int, act: str) -> Reply:
        try:
            hall.submit(_command(hall, BallotId(ballot), act))
        except Refusal as no:
            return _one(hall, BallotId(ballot), no)
        return hall.done("ballots.one", f"ballot-{act}", ballot=ballot)

    return pages


def _command(hall: Hall, ballot: BallotId, act: str) -> ballots.Commands:
    acts: dict[str, Callable[[], ballots.Commands]] = {
        "count": lambda: ballots.EnterCount(ballot, number("yes"), number("no"), number("abstain")),
        "object": lambda: ballots.ObjectToBallot(ballot, hall.words("reason")),
        "pause": lambda: ballots.PauseBallot(ballot),
        "resume": lambda: ballots.ResumeBallot(ballot),
    }
    if act not in acts:
        abort(404)
    return acts[act]()


def _effect(hall: Hall) -> Effect:
    """What a question does by itself: nothing, or one article's new value."""
    article = request.form.get("article", "")
    if not article:
        return Effect()
    return Effect(Consequence.AMEND, article, as_article(hall, article, request.form.get("value", "")))


def _hands_form(hall: Hall, no: Refusal | None = None) -> Reply:
    meeting = hall.service.rules(lambda house: assemblies.meeting_now(house.assemblies))
    forming = hall.service.rules(lambda house: house.constitution.forming(hall.service.now()))
    return hall.render(
        "ballots/hands.html",
        no=no,
        articles=ARTICLES,
        meeting=meeting,
        may_amend=meeting is not None or forming,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say of one ballot today, for one reader.

    `closes` and `until` are the moments as they stand, days of rest counted in. `voted` is for members.
    """

    closes: Millis
    until: Millis
    steward: bool
    may_object: bool
    voted: tuple[MemberId, ...]


def _standing(hall: Hall, ballot_number: BallotId) -> Standing:
    member, now = hall.person.member, hall.service.now()

    def look(house: House) -> Standing:
        ballot = house.ballots.ballots[ballot_number]
        rests = house.constitution.closures
        until = ballots.objections_end(ballot, rests)
        return Standing(
            ballots.deadline(ballot, rests),
            until,
            member is not None and BALLOT_STEWARD in roles.roles_of(house.roles, member, now),
            member is not None
            and ballot.phase in (Phase.RELEASED, Phase.OBJECTED)
            and member not in ballot.objectors
            and now < until,
            ballot.voted if member is not None else (),
        )

    return hall.service.rules(look)


def _one(hall: Hall, ballot: BallotId, no: Refusal | None = None) -> Reply:
    row, viewer, speaker = _row(hall, ballot), hall.viewer, hall.speaker
    return hall.render(
        "ballots/one.html",
        no=no,
        ballot=row,
        choices=ANSWERS,
        none_of_these=NONE_OF_THESE,
        rules=rules_in_words(speaker, row),
        follows=consequence(speaker, hall.sheet().card, row.effect, names(hall), titles(hall)),
        verdict=verdict(speaker, row),
        about=_about(hall, row),
        sheet=hall.inner(ballot_result(hall.sheet(), row)) if row.sums else "",
        objections=hall.service.read(lambda views: views.ballots.objections(viewer, ballot)),
        standing=_standing(hall, ballot),
    )


def _row(hall: Hall, ballot: BallotId) -> BallotRow:
    viewer = hall.viewer
    row = hall.service.read(lambda views: views.ballots.ballot(viewer, ballot))
    if row is None:
        abort(404)
    return row


def _secret(row: BallotRow) -> bool:
    return row.method != Method.HANDS.value


def _about(hall: Hall, row: BallotRow) -> int:
    """How many have voted, in tens, while a secret ballot is open."""
    still_open = row.state in (Phase.OPEN.value, Phase.PAUSED.value)
    return hall.service.turnout(BallotId(row.number)) if _secret(row) and still_open else 0


def _asked_for(hall: Hall, asked: Mapping[str, str]) -> BallotRow:
    return _row(hall, BallotId(numbered(asked.get("ballot", ""))))


def _notice(hall: Hall, asked: Mapping[str, str]) -> Document:
    row = _asked_for(hall, asked)
    if not _secret(row):
        abort(404)
    return ballot_notice(hall.sheet(), row)


def _result(hall: Hall, asked: Mapping[str, str]) -> Document:
    return ballot_result(hall.sheet(), _asked_for(hall, asked))


def _slip(hall: Hall, asked: Mapping[str, str]) -> Document:
    """A blank slip for a question that is put to a meeting. A secret vote at the kiosk has none."""
    row = _asked_for(hall, asked)
    if _secret(row) or row.state != Phase.OPEN.value:
        abort(404)
    return ballot_slip(hall.sheet(), row)


def _open(hall: Hall, _: Mapping[str, str]) -> object:
    viewer = hall.viewer
    rows = hall.service.read(lambda views: views.ballots.open(viewer))
    return [{"ballot": row, "about": _about(hall, row)} for row in rows]


def _results(hall: Hall, _: Mapping[str, str]) -> object:
    viewer = hall.viewer
    return hall.service.read(lambda views: views.ballots.results(viewer))


def _numbers(hall: Hall) -> list[int]:
    viewer = hall.viewer
    return sorted(
        row.number
        for row in hall.service.read(lambda views: [*views.ballots.open(viewer), *views.ballots.results(viewer)])
    )


def _ballot(hall: Hall, asked: Mapping[str, str]) -> object:
    return _asked_for(hall, asked)


def _votes(hall: Hall, _: Mapping[str, str]) -> object:
    """What is open and what came out, a line each, in the reader's language."""
    viewer = hall.viewer
    opened, over = hall.service.read(lambda views: (views.ballots.open(viewer), views.ballots.results(viewer)))
    return {
        "open": [_line(hall, row) for row in opened],
        "over": [{**_line(hall, row), "verdict": verdict(hall.speaker, row)} for row in over],
    }


def _line(hall: Hall, row: BallotRow) -> dict[str, object]:
    return {
        "number": row.number,
        "secret": _secret(row),
        "text": row.text,
        "method": hall.speaker.say(METHODS[row.method]),
        "closes": _standing(hall, BallotId(row.number)).closes if _secret(row) else 0,
        "paused": row.state == Phase.PAUSED.value,
    }


def _vote(hall: Hall, asked: Mapping[str, str]) -> object:
    """All a voter reads before they choose, in words. `on_roll` is told to the person themselves; else None."""
    row, speaker, member = _asked_for(hall, asked), hall.speaker, hall.person.member
    number = BallotId(row.number)
    roll = hall.service.rules(lambda house: house.ballots.ballots[number].roll)
    return {
        **_line(hall, row),
        "state": row.state,
        "yes_no": not row.lots,
        "specimen": row.specimen,
        "options": row.options,
        "rules": rules_in_words(speaker, row),
        "follows": consequence(speaker, hall.sheet().card, row.effect, names(hall), titles(hall)),
        "verdict": verdict(speaker, row),
        "secrecy": [speaker.say(line) for line in SECRECY] if _secret(row) else [],
        "may_object": _standing(hall, number).may_object,
        "on_roll": None if member is None else member in roll,
    }


READS: Final[Mapping[str, Read]] = {
    "ballots": _open,
    "ballot": _ballot,
    "ballot_results": _results,
    "votes": _votes,
    "vote": _vote,
}
NUMBERED: Final[Numbered] = {"ballot_notice": ("ballot", _numbers), "ballot_result": ("ballot", _numbers)}
DOCUMENTS: Final[Mapping[str, Read]] = {"ballot_notice": _notice, "ballot_result": _result, "ballot_slip": _slip}
