"""Tonight: the page of an open meeting, for phones, for the laptop of who takes minutes, and for a TV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, abort, redirect, request, url_for

from hub.documents.assemblies import effect_words, outcome, outside_words, topic_words
from hub.documents.constitution import ARTICLES, shown
from hub.domain import assemblies, roles
from hub.domain.assemblies import Stage
from hub.domain.base import (
    FACILITATOR,
    MINUTE_TAKER,
    N_,
    AssemblyId,
    Circle,
    Consequence,
    Effect,
    MemberId,
    Millis,
    Refusal,
    RoleName,
    Tier,
    TopicId,
    plain,
)
from hub.views.assemblies import AssemblyRow
from hub.web import together
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.floor import Floor, Voice
from hub.web.forms import numbered, to_minor
from hub.web.hall import Hall, Reply, choice, made, number
from hub.web.names import members_by_name, names
from hub.web.roles import names_of_roles, titles
from hub.web.together import Together

FRESH: Final = "10"
"""Seconds after which the page for the TV is shown anew."""
LONGEST_NAME: Final = 40
MINUTE: Final = 60_000


def routes(pages: Blueprint, hall: Hall, pairs: Together, floor: Floor) -> None:
    """The pages of a meeting that is open."""

    @pages.get("/assemblies/<int:assembly>/tonight")
    @open_to_hall()
    def tonight(assembly: int) -> Reply:
        return _tonight(hall, floor, AssemblyId(assembly))

    @pages.get("/assemblies/<int:assembly>/tv")
    @open_to_hall()
    def tv(assembly: int) -> Reply:
        page = made(_show(hall, floor, AssemblyId(assembly), "assemblies/tv.html"))
        if page.status_code == 200:
            page.headers["Refresh"] = FRESH
        return page

    @pages.post("/assemblies/<int:assembly>/floor/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def on_floor(assembly: int, act: str) -> Reply:
        if _is_open(_row(hall, AssemblyId(assembly))):
            _move(hall, floor, AssemblyId(assembly), act)
        return hall.done("assemblies.tonight", "", assembly=assembly)

    @pages.post("/assemblies/<int:assembly>/meeting/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def at_meeting(assembly: int, act: str) -> Reply:
        row = _row(hall, AssemblyId(assembly))
        try:
            command = _command(hall, AssemblyId(assembly), act)
            if together.wanted():
                return together.ask(hall, pairs, command, lambda: _summary(hall, command))
            hall.submit(command)
        except Refusal as no:
            if not _is_open(row):
                raise
            return _tonight(hall, floor, AssemblyId(assembly), no)
        if act == "close":
            floor.clear(AssemblyId(assembly))
            return hall.done("assemblies.one", "meeting-close", assembly=assembly)
        said = f"minutes-{act}" if act in ("adopt", "correct") else f"meeting-{act}"
        return hall.done("assemblies.tonight", said, assembly=assembly)


def _move(hall: Hall, floor: Floor, assembly: AssemblyId, act: str) -> None:
    """What any member at the meeting can do on the floor. None of it is written down."""
    mine, now = Voice(hall.person.member), hall.service.now()
    called = Voice(None, plain(request.form.get("name", ""))[:LONGEST_NAME])
    topic = numbered(request.form.get("topic", ""))
    acts: dict[str, Callable[[], None]] = {
        "ask": lambda: floor.ask(assembly, mine),
        "no-longer": lambda: floor.no_longer(assembly, mine),
        "call": lambda: floor.ask(assembly, called) if called.name else None,
        "next": lambda: floor.next(assembly, now),
        "topic": lambda: floor.put(assembly, TopicId(topic) if topic else None, now),
    }
    if act not in acts:
        abort(404)
    acts[act]()


def _command(hall: Hall, assembly: AssemblyId, act: str) -> assemblies.Commands:
    acts: dict[str, Callable[[], assemblies.Commands]] = {
        "present": lambda: assemblies.CountPresent(assembly, number("present")),
        "decide": lambda: _decision(hall, assembly),
        "note": lambda: assemblies.RecordNotes(assembly, hall.words("text"), _topic()),
        "settle": lambda: assemblies.SettleTopic(assembly, TopicId(number("topic"))),
        "close": lambda: assemblies.CloseMeeting(assembly),
        "adopt": lambda: assemblies.AdoptMinutes(AssemblyId(number("minutes")), assembly),
        "correct": lambda: assemblies.CorrectMinutes(AssemblyId(number("minutes")), assembly, hall.words("correction")),
    }
    if act not in acts:
        abort(404)
    return acts[act]()


def _decision(hall: Hall, assembly: AssemblyId) -> assemblies.MinuteDecision:
    consensus = request.form.get("how") == "consensus"
    yes, no, abstain = (_hands(name) for name in ("yes", "no", "abstain"))
    return assemblies.MinuteDecision(assembly, hall.words("text"), _topic(), consensus, yes, no, abstain, _effect(hall))


def _hands(field: str) -> int:
    """A count of hands; nobody where nothing was typed. Raises Refusal."""
    return number(field) if request.form.get(field, "").strip() else 0


def _topic() -> TopicId | None:
    told = numbered(request.form.get("topic", ""))
    return TopicId(told) if told else None


def _effect(hall: Hall) -> Effect:
    """What the decision changes by itself. Raises Refusal."""
    if not request.form.get("effect"):
        return Effect()
    consequence = choice(Consequence, "effect")
    if consequence is Consequence.AMEND:
        name = request.form.get("article", "")
        return Effect(consequence, name, as_article(hall, name, request.form.get("value", "")))
    role = RoleName(request.form.get("role", ""))
    return Effect(consequence, role, member=MemberId(request.form.get("member", "")) or None)


def as_article(hall: Hall, name: str, written: str) -> str:
    """What a person wrote for an article, as the log writes it: “60,00”, “25 %”, “sí”, “all”."""
    say, text = hall.speaker.say, written.strip().casefold()
    if text in (say(N_("yes")).casefold(), say(N_("no")).casefold()):
        return "yes" if text == say("yes").casefold() else "no"
    if text == say(N_("all")).casefold():
        return "1"
    if text.endswith("%") and text[:-1].strip().isdecimal():
        return f"{int(text[:-1])}/100"
    return _minor(hall, text) if name == "spending_limit" else text


def _minor(hall: Hall, text: str) -> str:
    """An amount as whole minor units; unchanged where it is none."""
    minor = to_minor(text, hall.service.read(lambda views: views.constitution.card.exponent))
    return text if minor is None else str(minor)


def _summary(hall: Hall, command: assemblies.Commands) -> tuple[str, ...]:
    """What a second member reads before they agree."""
    say = hall.speaker.say
    match command:
        case assemblies.MinuteDecision():
            hands = say(
                N_("yes {yes} · no {no} · abstained {abstain}"),
                yes=command.yes,
                no=command.no,
                abstain=command.abstain,
            )
            how = say(N_("by consensus")) if command.consensus else hands
            text = hall.speaker.pick(command.text)[0]
            card = hall.service.read(lambda views: views.constitution.card)
            effect = effect_words(hall.speaker, card, command.effect, names(hall), titles(hall))
            return say(N_("The meeting decided")), text, how, effect
        case assemblies.CountPresent(_, present):
            return (say(N_("People here: {present}"), present=present),)
        case assemblies.RecordNotes(_, text):
            return say(N_("For the minutes")), hall.speaker.pick(text)[0]
        case assemblies.CorrectMinutes(_, _, correction):
            return say(N_("Correct the minutes")), hall.speaker.pick(correction)[0]
        case assemblies.AdoptMinutes():
            return (say(N_("Adopt the minutes")),)
        case assemblies.SettleTopic():
            return (say(N_("This topic is settled")),)
        case _:
            return (say(N_("Close the meeting")),)


def _row(hall: Hall, assembly: AssemblyId) -> AssemblyRow:
    row = hall.service.read(lambda views: views.assemblies.assembly(assembly))
    if row is None:
        abort(404)
    return row


def _is_open(row: AssemblyRow) -> bool:
    return row.stage == Stage.OPEN.value


def _tonight(hall: Hall, floor: Floor, assembly: AssemblyId, no: Refusal | None = None) -> Reply:
    return _show(hall, floor, assembly, "assemblies/tonight.html", no)


def _show(hall: Hall, floor: Floor, assembly: AssemblyId, page: str, no: Refusal | None = None) -> Reply:
    """A page of the meeting; before it and after it, the page of the assembly, where a screen left on comes to rest."""
    row = _row(hall, assembly)
    if not _is_open(row):
        return made(redirect(url_for("assemblies.one", assembly=assembly), 303))
    viewer, now, table = hall.viewer, hall.service.now(), floor.table(assembly)
    topics, drafts, minutes, topic, rules, card = hall.service.read(
        lambda views: (
            views.assemblies.agenda(viewer),
            views.assemblies.drafts(),
            views.assemblies.minutes(assembly),
            views.assemblies.topic(viewer, table.topic) if table.topic else None,
            views.constitution.articles,
            views.constitution.card,
        )
    )
    created = titles(hall)
    return hall.render(
        page,
        no=no,
        row=row,
        topics=topics,
        topic=topic,
        drafts=drafts,
        decisions=minutes.decisions if minutes else (),
        table=table,
        mine=Voice(hall.person.member),
        quorum=assemblies.has_quorum(_as_rules_see(row), rules),
        minutes_since=lambda since: _minutes_since(since, now),
        name_voice=lambda voice: voice.name or names(hall)(voice.member),
        topic_words=lambda each: topic_words(hall.speaker, each, created),
        outcome=lambda decision: outcome(hall.speaker, decision),
        outside=lambda each: outside_words(hall.speaker, each.outside),
        articles=ARTICLES,
        values=shown(hall.speaker, card, rules),
        roles=names_of_roles(hall),
        members=members_by_name(hall) if hall.person.member else [],
        writes=_writes(hall, row),
    )


def _writes(hall: Hall, row: AssemblyRow) -> bool:
    """Whether this person may take minutes by themselves; any other member can with a second one."""
    member, now = hall.person.member, hall.service.now()
    if member is None:
        return False
    mine, taken, forming = hall.service.rules(
        lambda house: (
            roles.roles_of(house.roles, member, now),
            roles.holder(house.roles, MINUTE_TAKER, now),
            house.constitution.forming(now),
        )
    )
    return forming or taken is None or row.facilitator == member or bool(mine & {MINUTE_TAKER, FACILITATOR})


def _as_rules_see(row: AssemblyRow) -> assemblies.Assembly:
    return assemblies.Assembly(
        assemblies.Sort(row.sort), row.starts, row.starts, present=row.present, active=row.active
    )


def _minutes_since(since: Millis, now: Millis) -> int:
    return max(0, (now - since) // MINUTE)
