"""Pages of assemblies: the next one, topics from the floor, the minutes. Tonight has a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, abort, request

from hub.documents.assemblies import SORTS, agenda, minutes, outside_words, topic_words
from hub.documents.ballots import hands_raised
from hub.documents.blocks import Document
from hub.domain import assemblies, membership
from hub.domain.assemblies import Stage
from hub.domain.base import N_, AssemblyId, Circle, MemberId, Refusal, Tier, TopicId, Viewer
from hub.views.assemblies import AssemblyRow, TopicRow
from hub.views.ballots import BallotRow
from hub.web import meeting, together
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.floor import Floor
from hub.web.forms import day_and_hour, moment, numbered, optional_moment
from hub.web.hall import Hall, Numbered, Read, Reply, choice, number
from hub.web.names import members_by_name, names
from hub.web.roles import titles
from hub.web.together import Together

NOTICES: Final[Mapping[str, str]] = {
    "topic-added": N_("It is on the agenda. Ask others to support it."),
    "topic-support": N_("Thank you: more support brings it further up."),
    "topic-withdraw": N_("It is off the agenda."),
    "assembly-called": N_("The assembly is called. Print the agenda and hang it on the door."),
    "assembly-move": N_("The assembly is moved. Change the sheet on the door, too."),
    "assembly-cancel": N_("The assembly is cancelled. Its topics wait for the next one."),
    "meeting-open": N_("The meeting is open. Good evening!"),
    "meeting-present": N_("Counted."),
    "meeting-decide": N_("The decision is in the minutes."),
    "meeting-note": N_("It is in the minutes."),
    "meeting-settle": N_("That topic is settled."),
    "meeting-close": N_("The meeting is over. Print the draft minutes tonight, while all are here."),
    "minutes-adopt": N_("The minutes are adopted."),
    "minutes-correct": N_("The correction stands beside the minutes."),
    "together": N_("Thank you! You agreed, and it is written down."),
}
VISITOR: Final = "visitor"
"""Who facilitates, where it is nobody of ours."""


def blueprint(hall: Hall) -> Blueprint:
    """The routes of assemblies."""
    pages = Blueprint("assemblies", __name__)
    pairs = Together(hall.visits.secret, hall.service.now)
    together.routes(pages, hall, pairs, "/assemblies")
    _reading(pages, hall)
    _topics(pages, hall)
    _calling(pages, hall, pairs)
    meeting.routes(pages, hall, pairs, Floor())
    return pages


def _reading(pages: Blueprint, hall: Hall) -> None:
    @pages.get("/assemblies")
    @open_to_hall()
    def index() -> Reply:
        return _index(hall)

    @pages.get("/assemblies/agenda")
    @open_to_hall()
    def agenda_sheet() -> Reply:
        return hall.show(_agenda(hall, {}), "assemblies.index")

    @pages.get("/assemblies/<int:assembly>")
    @open_to_hall()
    def one(assembly: int) -> Reply:
        return _one(hall, AssemblyId(assembly))

    @pages.get("/assemblies/<int:assembly>/minutes")
    @open_to_hall()
    def minutes_sheet(assembly: int) -> Reply:
        return hall.show(_minutes(hall, {"assembly": str(assembly)}), "assemblies.one", assembly=assembly)


def _topics(pages: Blueprint, hall: Hall) -> None:
    @pages.post("/assemblies/topics")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def add() -> Reply:
        try:
            hall.submit(assemblies.AddTopic(hall.words("text")))
        except Refusal as no:
            return _index(hall, no)
        return hall.done("assemblies.index", "topic-added")

    @pages.post("/assemblies/topics/<int:topic>/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def act_on_topic(topic: int, act: str) -> Reply:
        acts: dict[str, assemblies.Commands] = {
            "support": assemblies.SupportTopic(TopicId(topic)),
            "withdraw": assemblies.WithdrawTopic(TopicId(topic)),
        }
        if act not in acts:
            abort(404)
        try:
            hall.submit(acts[act])
        except Refusal as no:
            return _index(hall, no)
        return hall.done("assemblies.index", f"topic-{act}")


def _calling(pages: Blueprint, hall: Hall, pairs: Together) -> None:
    @pages.get("/assemblies/call")
    @open_to_hall(Tier.CARD, Circle.MEMBERS)
    def call_form() -> Reply:
        return _call_form(hall)

    @pages.post("/assemblies/call")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def call() -> Reply:
        zone = hall.speaker.zone
        try:
            command = assemblies.ConvokeAssembly(
                moment(zone),
                hall.words("place"),
                choice(assemblies.Sort, "sort"),
                optional_moment(zone, "announced_day", "announced_hour"),
            )
            if together.wanted():
                return together.ask(hall, pairs, command, lambda: _called(hall, command))
            hall.submit(command)
        except Refusal as no:
            return _call_form(hall, no)
        return hall.done("assemblies.index", "assembly-called")

    @pages.post("/assemblies/<int:assembly>/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def act_on(assembly: int, act: str) -> Reply:
        try:
            command = _command(hall, AssemblyId(assembly), act)
            if together.wanted():
                return together.ask(hall, pairs, command, lambda: _summary(hall, AssemblyId(assembly), command))
            hall.submit(command)
        except Refusal as no:
            return _one(hall, AssemblyId(assembly), no)
        if act == "open":
            return hall.done("assemblies.tonight", "meeting-open", assembly=assembly)
        return hall.done("assemblies.one", f"assembly-{act}", assembly=assembly)


def _command(hall: Hall, assembly: AssemblyId, act: str) -> assemblies.Commands:
    acts: dict[str, Callable[[], assemblies.Commands]] = {
        "move": lambda: assemblies.MoveAssembly(assembly, moment(hall.speaker.zone), hall.words("place")),
        "cancel": lambda: assemblies.CancelAssembly(assembly, hall.words("why")),
        "open": lambda: assemblies.OpenMeeting(
            assembly,
            _facilitator(),
            number("present"),
            rotation_waived=request.form.get("rotation_waived") == "yes",
            held=optional_moment(hall.speaker.zone, "held_day", "held_hour"),
        ),
    }
    if act not in acts:
        abort(404)
    return acts[act]()


def _facilitator() -> MemberId | None:
    """Who facilitates; None for a visitor. Raises Refusal where nobody was chosen."""
    chosen = request.form.get("facilitator", "")
    if not chosen:
        raise Refusal("", N_("Choose who facilitates: a member, or a visitor."))
    return None if chosen == VISITOR else MemberId(chosen)


def _called(hall: Hall, command: assemblies.ConvokeAssembly) -> tuple[str, ...]:
    say = hall.speaker.say
    return (
        say(N_("Call an assembly")),
        say(SORTS[command.sort.value]),
        hall.speaker.moment(command.starts),
        hall.speaker.pick(command.place)[0],
    )


def _summary(hall: Hall, assembly: AssemblyId, command: assemblies.Commands) -> tuple[str, ...]:
    """What a second member reads before they agree."""
    row, say = _row(hall, assembly), hall.speaker.say
    this = hall.speaker.moment(row.starts)
    match command:
        case assemblies.MoveAssembly(_, starts, place):
            where = hall.speaker.pick(place)[0]
            return say(N_("Move the assembly")), f"{this} → {hall.speaker.moment(starts)}", where
        case assemblies.CancelAssembly(_, why):
            return say(N_("Cancel the assembly")), this, hall.speaker.pick(why)[0]
        case assemblies.OpenMeeting(_, _, present):
            return say(N_("Open the meeting")), this, say(N_("People here: {present}"), present=present)
        case _:
            return (this,)


def _index(hall: Hall, no: Refusal | None = None) -> Reply:
    viewer, now = hall.viewer, hall.service.now()
    upcoming, running, missed, met, topics = hall.service.read(
        lambda views: (
            views.assemblies.upcoming(now),
            views.assemblies.running(),
            views.assemblies.missed(now),
            views.assemblies.met(),
            views.assemblies.agenda(viewer),
        )
    )
    created = titles(hall)
    return hall.render(
        "assemblies/index.html",
        no=no,
        upcoming=upcoming,
        running=running,
        missed=missed,
        met=met,
        topics=topics,
        topic_words=lambda topic: topic_words(hall.speaker, topic, created),
        outside=lambda row: outside_words(hall.speaker, row.outside),
        sorts=SORTS,
    )


def _call_form(hall: Hall, no: Refusal | None = None) -> Reply:
    notice = hall.service.read(lambda views: views.constitution.articles.notice_days)
    today = day_and_hour(hall.service.now(), hall.speaker.zone)[0]
    return hall.render("assemblies/call.html", no=no, sorts=SORTS, notice_days=notice, today=today)


def _one(hall: Hall, assembly: AssemblyId, no: Refusal | None = None) -> Reply:
    row = _row(hall, assembly)
    now = hall.service.now()
    return hall.render(
        "assemblies/one.html",
        no=no,
        row=row,
        outside=outside_words(hall.speaker, row.outside),
        sorts=SORTS,
        sheet=hall.inner(_minutes(hall, {"assembly": str(assembly)})) if row.held else "",
        minutes=hall.service.read(lambda views: views.assemblies.minutes(assembly)),
        late=row.stage == Stage.CALLED.value and now > row.starts + assemblies.WAITS,
        members=_of_age(hall) if hall.person.member else [],
        visitor=VISITOR,
        when=day_and_hour(row.starts, hall.speaker.zone),
    )


def _of_age(hall: Hall) -> list[tuple[MemberId, str]]:
    """Members of voting age by name: who can facilitate."""
    voters = hall.service.rules(lambda house: membership.voters(house.membership))
    return [pair for pair in members_by_name(hall) if pair[0] in voters]


def _row(hall: Hall, assembly: AssemblyId) -> AssemblyRow:
    row = hall.service.read(lambda views: views.assemblies.assembly(assembly))
    if row is None:
        abort(404)
    return row


def _number_of(asked: Mapping[str, str]) -> AssemblyId:
    return AssemblyId(numbered(asked.get("assembly", "")))


def _all(hall: Hall, _: Mapping[str, str]) -> object:
    now = hall.service.now()
    upcoming, running, met = hall.service.read(
        lambda views: (views.assemblies.upcoming(now), views.assemblies.running(), views.assemblies.met())
    )
    return {"upcoming": upcoming, "running": running, "met": met}


def _open_topics(hall: Hall, _: Mapping[str, str]) -> list[TopicRow]:
    viewer = hall.viewer
    return hall.service.read(lambda views: views.assemblies.agenda(viewer))


def _agenda(hall: Hall, asked: Mapping[str, str]) -> Document:
    now = hall.service.now()
    upcoming, drafts = hall.service.read(lambda views: (views.assemblies.upcoming(now), views.assemblies.drafts()))
    return agenda(hall.sheet(), next(iter(upcoming), None), _open_topics(hall, asked), drafts, titles(hall))


def _minutes(hall: Hall, asked: Mapping[str, str]) -> Document:
    wanted = _number_of(asked)
    found = hall.service.read(lambda views: views.assemblies.minutes(wanted))
    if found is None:
        abort(404)
    adopted_at = AssemblyId(found.assembly.adopted_at)
    adopted = hall.service.read(lambda views: views.assemblies.assembly(adopted_at)) if adopted_at else None
    hands = hands_raised(hall.sheet(), _hands(hall, wanted))
    return minutes(hall.sheet(), found, names(hall), adopted, titles(hall), hands)


def _held(hall: Hall) -> list[int]:
    return [row.number for row in hall.service.read(lambda views: views.assemblies.met())]


def _hands(hall: Hall, assembly: AssemblyId) -> list[BallotRow]:
    """What a meeting raised hands on, in the order of asking, as the room may see it."""
    room = Viewer(Circle.ROOM)
    rows = hall.service.read(lambda views: [*views.ballots.open(room), *views.ballots.results(room)])
    return sorted((row for row in rows if row.assembly == assembly), key=lambda row: row.number)


def _read_minutes(hall: Hall, asked: Mapping[str, str]) -> object:
    wanted = _number_of(asked)
    return hall.service.read(lambda views: views.assemblies.minutes(wanted))


def _topics_in_words(hall: Hall, asked: Mapping[str, str]) -> object:
    """The next assembly, and its topics in words; what the reader brought or supports is marked for them."""
    now, me, created = hall.service.now(), hall.person.member, titles(hall)
    upcoming, running, missed = hall.service.read(
        lambda views: (views.assemblies.upcoming(now), views.assemblies.running(), views.assemblies.missed(now))
    )

    def told(row: TopicRow) -> dict[str, object]:
        text, lang = topic_words(hall.speaker, row, created)
        return {
            "number": row.number,
            "text": text,
            "lang": lang,
            "by_hub": row.by is None,
            "support": row.support,
            "mine": me is not None and row.by == me,
            "supported": me in row.supporters,
        }

    return {
        "running": next(iter(running), None),
        "next": next(iter(upcoming), None),
        "called": [*missed, *upcoming],
        "topics": [told(row) for row in _open_topics(hall, asked)],
    }


READS: Final[Mapping[str, Read]] = {
    "assemblies": _all,
    "topics": _open_topics,
    "minutes": _read_minutes,
    "agenda": _topics_in_words,
}
NUMBERED: Final[Numbered] = {"minutes": ("assembly", _held)}
DOCUMENTS: Final[Mapping[str, Read]] = {"agenda": _agenda, "minutes": _minutes}
