"""Words taken back: by who wrote them, or by two members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort

from hub.documents.archive import NAMED, kind_in_words, words_for
from hub.domain.archive import FOR_GOOD, PERSONAL, Redact
from hub.domain.base import N_, Circle, MemberId, Millis, Position, Refusal, Tier, Viewer, Words
from hub.entry import Entry
from hub.facts import Unknown, fact_of
from hub.web import together
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Read, Reply
from hub.web.together import Together

NOTICES: Final[Mapping[str, str]] = {
    "words-gone": N_("These words are taken back. Nobody reads them here any more."),
    "together": N_("Thank you! You agreed, and it is written down."),
}
PAGES: Final = {
    "needs.index": ("need", "offer"),
    "signups.index": ("signup",),
    "assemblies.index": ("assembly", "topic", "meeting", "minutes"),
    "ballots.index": ("ballot", "hands"),
    "roles.index": ("role", "recall"),
    "ledger.index": ("account", "money", "source", "tin"),
    "constitution.index": ("line", "hub"),
    "constitution.rest": ("closure",),
    "federation.index": ("neighbour",),
}
"""Where the words of each kind are read, by the first part of the kind."""
ANY_MEMBER: Final = Viewer(Circle.MEMBERS)
"""Eyes of whoever is asked to agree: nobody yet knows who that will be."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words, for one reader. `writer` is named only where the line's own page names them.

    `alone` says that the reader takes them back without a second member, `lasting` that nobody does.
    `words` are those these eyes may see; `gone` says that they were taken back. `page` is where they are read.
    """

    position: Position
    kind: str
    mine: bool
    alone: bool
    lasting: bool
    writer: MemberId | None
    words: tuple[Words, ...]
    gone: bool
    when: str
    page: str


def blueprint(hall: Hall) -> Blueprint:
    """The routes of taking words back."""
    pages = Blueprint("archive", __name__)
    pairs = Together(hall.visits.secret, hall.service.now)
    together.routes(pages, hall, pairs, "/archive")

    @pages.get("/archive")
    @open_to_hall()
    def index() -> Reply:
        return hall.render("archive/index.html")

    @pages.get("/words/<int:position>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS)
    def one(position: int) -> Reply:
        return _one(hall, Position(position))

    @pages.post("/words/<int:position>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def take_back(position: int) -> Reply:
        place = Position(position)
        _line(hall, place, hall.viewer)
        try:
            if together.wanted():
                return together.ask(hall, pairs, Redact(place), lambda: _summary(hall, place))
            hall.submit(Redact(place))
        except Refusal as no:
            return _one(hall, place, no)
        return hall.done("archive.one", "words-gone", position=position)

    return pages


def _one(hall: Hall, position: Position, no: Refusal | None = None) -> Reply:
    line = _line(hall, position, hall.viewer)
    return hall.render("archive/one.html", no=no, line=line, page=line.page)


def _line(hall: Hall, position: Position, viewer: Viewer) -> Line:
    """A line that holds words, or held some, as these eyes may see it."""
    entry, now = _entry(hall, position), hall.service.now()
    if entry is None or not entry.head.body:
        abort(404)
    fact = fact_of(entry)
    words: tuple[Words, ...] = ()
    if not isinstance(fact, Unknown):
        words = hall.service.read(lambda views: words_for(views, viewer, now, entry, fact))
    actor = MemberId(entry.head.actor)
    return Line(
        position,
        kind_in_words(entry.head.kind),
        mine=viewer.member == actor,
        alone=viewer.member == actor and entry.head.kind.startswith(PERSONAL),
        lasting=entry.head.kind in FOR_GOOD,
        writer=actor if words and entry.head.kind in NAMED else None,
        words=words,
        gone=entry.body is None,
        when=hall.speaker.moment(Millis(entry.head.time)),
        page=_page(entry.head.kind),
    )


def _page(kind: str) -> str:
    """The page on which words of this kind are read; what waits for the reader, where none is known."""
    first = kind.partition(".")[0]
    return next((page for page, kinds in PAGES.items() if first in kinds), "waiting.index")


def _entry(hall: Hall, position: Position) -> Entry | None:
    found = hall.service.follow(Position(position - 1)) if position > 0 else []
    return next((entry for entry in found if entry.seq == position), None)


def _summary(hall: Hall, position: Position) -> tuple[str, ...]:
    """What a second member reads before they agree: of the words only what every member may see."""
    line, say = _line(hall, position, ANY_MEMBER), hall.speaker.say
    hidden = [] if line.words else [say(N_("(The words themselves are not shown here. Ask why they should go.)"))]
    return (
        say(N_("Take these words back")),
        f"{say(line.kind)} · {line.when}",
        *(hall.speaker.pick(words)[0] for words in line.words),
        *hidden,
    )


READS: Final[Mapping[str, Read]] = {}
DOCUMENTS: Final[Mapping[str, Read]] = {}
