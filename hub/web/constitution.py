"""Our rules on one page, what was changed in them, and when the house rests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask import Blueprint

from hub.documents.blocks import Document
from hub.documents.constitution import ARTICLES, amended_to
from hub.documents.constitution import constitution as page_of_rules
from hub.domain.base import DAY, N_, Circle, Millis, Refusal, Tier
from hub.domain.constitution import LONGEST_CLOSURE, SetClosure
from hub.views.constitution import ClosureRow
from hub.web import together
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.forms import day_and_hour, moment, to_millis
from hub.web.hall import Hall, Read, Reply
from hub.web.together import Together

NOTICES: Final[Mapping[str, str]] = {
    "together": N_("Thank you! You agreed, and it is written down."),
}

DAYS: Final = N_("Choose a first and a last day, from today on, at most a year apart.")
NO_HOUR: Final = "-"
"""No field of a form: the day begins at midnight."""


def blueprint(hall: Hall) -> Blueprint:
    """The routes of the constitution."""
    pages = Blueprint("constitution", __name__)
    pairs = Together(hall.visits.secret, hall.service.now)
    together.routes(pages, hall, pairs, "/constitution")

    @pages.get("/rules")
    @open_to_hall()
    def index() -> Reply:
        sheet = hall.inner(_sheet(hall, {}))
        return hall.render("constitution/index.html", sheet=sheet, changes=_changes(hall), resting=resting(hall))

    @pages.get("/rest")
    @open_to_hall()
    def rest() -> Reply:
        return _rest(hall)

    @pages.post("/rest")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def let_rest() -> Reply:
        try:
            command = _closure(hall)
            return together.ask(hall, pairs, command, lambda: _summary(hall, command))
        except Refusal as no:
            return _rest(hall, no)

    return pages


def resting(hall: Hall) -> str:
    """Until when the house rests and why, in one sentence; "" on every other day."""
    now, speaker = hall.service.now(), hall.speaker
    rows = hall.service.read(lambda views: views.constitution.closures(now))
    rests = max((row for row in rows if row.since <= now), key=lambda row: row.until, default=None)
    if rests is None:
        return ""
    day, why = speaker.day(_last_day(rests.until)), speaker.pick(rests.why)[0]
    if not why:
        return speaker.say(N_("We rest until {day}."), day=day)
    return speaker.say(N_("We rest until {day}: {why}"), day=day, why=why)


def _rest(hall: Hall, no: Refusal | None = None) -> Reply:
    now = hall.service.now()
    rows = hall.service.read(lambda views: views.constitution.closures(now))
    today = day_and_hour(now, hall.speaker.zone)[0]
    return hall.render("constitution/rest.html", no=no, rows=rows, days=lambda row: _days(hall, row), today=today)


def _days(hall: Hall, rest: ClosureRow | SetClosure) -> str:
    speaker = hall.speaker
    first, last = speaker.day(rest.since), speaker.day(_last_day(rest.until))
    return first if first == last else speaker.say(N_("{first} to {last}"), first=first, last=last)


def _closure(hall: Hall) -> SetClosure:
    """From the beginning of the first day, or from now if that is today, to the end of the last. Raises Refusal."""
    now, zone = hall.service.now(), hall.speaker.zone
    try:
        first, last = moment(zone, "first", NO_HOUR), moment(zone, "last", NO_HOUR)
    except Refusal:
        raise Refusal("", DAYS) from None
    today = day_and_hour(now, zone)[0]
    since, until = now if day_and_hour(first, zone)[0] == today else first, _next_day(last, zone)
    longest = Millis(LONGEST_CLOSURE * DAY)
    if not (now <= since <= now + longest and since < until <= since + longest):
        raise Refusal("", DAYS)
    return SetClosure(since, until, hall.words("why"))


def _summary(hall: Hall, command: SetClosure) -> tuple[str, ...]:
    """What a second member reads before they agree."""
    why = hall.speaker.pick(command.why)[0].strip()
    return hall.speaker.say(N_("Let the house rest")), _days(hall, command), *([why] if why else [])


def _next_day(day: Millis, zone: str) -> Millis:
    """The midnight after a day; days on which the clock is changed are shorter or longer."""
    local = datetime.fromtimestamp(day / 1000, ZoneInfo(zone)).replace(tzinfo=None)
    return to_millis(local + timedelta(days=1), zone)


def _last_day(until: Millis) -> Millis:
    """A moment of the last day, for a rest that ends at midnight."""
    return Millis(until - 1)


def _changes(hall: Hall) -> list[tuple[str, str, str]]:
    """Every amendment since the founding, the latest first: which number, what it became, on which day."""
    speaker = hall.speaker
    card, rows = hall.service.read(lambda views: (views.constitution.card, views.constitution.amendments()))
    return [
        (speaker.say(ARTICLES[name]), amended_to(speaker, card, name, value), speaker.day(at))
        for name, value, at in reversed(rows)
        if at != card.founded
    ]


def _sheet(hall: Hall, _: Mapping[str, str]) -> Document:
    view = hall.service.read(lambda views: views.constitution)
    now = hall.service.now()
    lines = hall.service.read(lambda views: views.constitution.lines())
    forming = not view.formed and now < view.card.forming_until
    return page_of_rules(hall.sheet(), lines, view.articles, forming=forming)


def _card(hall: Hall, _: Mapping[str, str]) -> object:
    return hall.service.read(lambda views: views.constitution.card)


def _lines(hall: Hall, _: Mapping[str, str]) -> object:
    return hall.service.read(lambda views: views.constitution.lines())


def _closures(hall: Hall, _: Mapping[str, str]) -> object:
    now = hall.service.now()
    return hall.service.read(lambda views: views.constitution.closures(now))


READS: Final[Mapping[str, Read]] = {"hub": _card, "rules": _lines, "closures": _closures}
DOCUMENTS: Final[Mapping[str, Read]] = {"constitution": _sheet}
