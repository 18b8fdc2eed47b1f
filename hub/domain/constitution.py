"""The constitution: one page of seven lines, the articles they cite, and the forming season.

There is no separate configuration. A line may hold places such as `{quorum}`; they are filled from
the articles in force when it is read, so the page on the wall and the rule in the machine agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain import articles
from hub.domain.amending import check_name, value_of
from hub.domain.articles import Articles
from hub.domain.base import (
    DAY,
    N_,
    Command,
    Context,
    Effect,
    Event,
    HubId,
    Millis,
    Refusal,
    Tier,
    Words,
    command,
    event,
    is_language,
    optional,
    title,
    typed,
    within,
)
from hub.domain.deadlines import after_rests

LINES: Final = 7
"""Seven lines before twelve clauses (life.md, 11)."""
LONGEST_CLOSURE: Final = 366
"""Days."""
KEY_DIGITS: Final = 64
_CURRENCY: Final = re.compile("[A-Z]{3}")
_ZONE: Final = re.compile("[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


@event("hub.founded", street=True)
class HubFounded(Event):
    """The first line of every journal: whose key, which money, which clock, which language first.

    `zone` is an IANA time zone, `language` a BCP 47 tag, `ephemeral` marks a hub that keeps nothing
    and opens only specimen ballots.
    """

    hub: HubId
    currency: str
    exponent: int
    zone: str
    language: str
    forming_until: Millis
    ephemeral: bool
    name: Words


@event("line.written", street=True)
class LineWritten(Event):
    """One of the lines of the page, with the articles it cites."""

    number: int
    cites: tuple[str, ...]
    text: Words


@event("article.amended", street=True)
class ArticleAmended(Event):
    """A parameter has a new value, as `articles.write` writes it, from this moment on."""

    name: str
    value: str


@event("forming.ended", street=True)
class FormingEnded(Event):
    """The forming season is over; the full rules apply."""


@event("closure.set", street=True)
class ClosureSet(Event):
    """The house rests (holiday, mourning, repair): deadlines stop between these moments."""

    since: Millis
    until: Millis
    why: Words


Events = HubFounded | LineWritten | ArticleAmended | FormingEnded | ClosureSet


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a founding text and the articles whose parameters it holds."""

    cites: tuple[str, ...]
    text: Words


@command("found", Tier.NONE)
class Found(Command):
    """Found a hub with its seven lines. Once, by the person who assembles it."""

    hub: HubId
    currency: str
    exponent: int
    zone: str
    language: str
    name: Words
    lines: tuple[Line, ...]
    values: dict[str, str] = field(default_factory=dict)
    ephemeral: bool = False


@command("set_closure", Tier.CARD)
class SetClosure(Command):
    """Let the house rest from one moment to another. Takes two members."""

    since: Millis
    until: Millis
    why: Words


@command("end_forming", Tier.NONE)
class EndForming(Command):
    """The hub's own act: the forming season has run its days."""


Commands = Found | SetClosure | EndForming


@dataclass(frozen=True, slots=True)
class State:
    """The rules in force. `hub` is "" before founding."""

    hub: HubId = HubId("")
    currency: str = ""
    exponent: int = 2
    zone: str = "UTC"
    language: str = "en"
    ephemeral: bool = False
    forming_until: Millis = Millis(0)
    formed: bool = False
    articles: Articles = field(default_factory=Articles)
    lines: Map[int, tuple[str, ...]] = field(default_factory=Map)
    closures: tuple[tuple[Millis, Millis], ...] = ()

    @property
    def forms_until(self) -> Millis:
        """When the forming season ends: later by as long as the house rests meanwhile."""
        return after_rests(Millis(0), self.forming_until, self.closures)

    def forming(self, now: Millis) -> bool:
        """Whether the lighter rules of the beginning still hold."""
        return not self.formed and now < self.forms_until


def decide(state: State, request: Commands, context: Context) -> list[Events]:
    """The facts a request leads to. Raises Refusal."""
    match request:
        case Found():
            return _founded(state, request, context)
        case SetClosure(since, until, why):
            return [_closure(since, until, why, context)]
        case EndForming():
            if not context.clockwork:
                raise Refusal("forming_days", N_("The forming season ends by itself."))
            over = state.hub and not state.formed and context.now >= state.forms_until
            return [FormingEnded()] if over else []
        case _:
            assert_never(request)


def _founded(state: State, request: Found, context: Context) -> list[Events]:
    if state.hub:
        raise Refusal("", N_("This hub is founded already. Nothing was changed."))
    if len(request.lines) != LINES:
        raise Refusal("", N_("A founding text has {lines} lines."), lines=LINES)
    check_card(request)
    _check_cites(request)
    changed = [_amended(name, value) for name, value in sorted(request.values.items())]
    days = int(request.values.get("forming_days", str(Articles().forming_days)))
    founded = HubFounded(
        request.hub,
        request.currency,
        request.exponent,
        request.zone,
        request.language,
        Millis(context.now + days * DAY),
        request.ephemeral,
        title(request.name),
    )
    written = [LineWritten(number, line.cites, typed(line.text)) for number, line in enumerate(request.lines, 1)]
    return [founded, *written, *(fact for fact in changed if _changes(Articles(), fact))]


def check_card(hub: Found | HubFounded) -> None:
    """Raise Refusal unless key, money, clock and language are named as everybody names them."""
    if len(hub.hub) != KEY_DIGITS or not set(hub.hub) <= set("0123456789abcdef"):
        wrong = N_("A hub's key has {digits} digits, 0 to 9 and a to f. Scan it, or type it again.")
        raise Refusal("", wrong, digits=KEY_DIGITS)
    if not _CURRENCY.fullmatch(hub.currency):
        raise Refusal("", N_("Money is named by three capital letters, as in EUR or MXN."))
    if not _ZONE.fullmatch(hub.zone):
        raise Refusal("", N_("A time zone is named as in Europe/Madrid."))
    if not is_language(hub.language):
        language = hub.language[:20]
        raise Refusal("", N_("“{language}” is not a language this hub can name."), language=language)
    within(hub.exponent, 0, 4, N_("Money has {least} to {most} digits after the point."))


def _check_cites(request: Found) -> None:
    """Raise Refusal unless every line cites articles there are."""
    for name in (each for line in request.lines for each in line.cites):
        check_name(name)


def _closure(since: Millis, until: Millis, why: Words, context: Context) -> ClosureSet:
    context.two_people("")
    longest = LONGEST_CLOSURE * DAY
    begins_soon = context.now - DAY < since <= context.now + longest
    if not begins_soon or not max(since, context.now) < until <= since + longest:
        raise Refusal("", N_("Choose a first and a last day, from today on, at most a year apart."))
    return ClosureSet(since, until, optional(why))


def _amended(name: str, value: str) -> ArticleAmended:
    return ArticleAmended(name, value_of(name, value))


def check(effect: Effect) -> None:
    """Raise Refusal when an amendment names no article or a value it cannot have."""
    _amended(effect.name, effect.value)


def enact(state: State, effect: Effect) -> list[Events]:
    """The facts of a certified amendment. Nothing when the value is in force already."""
    fact = _amended(effect.name, effect.value)
    return [fact] if _changes(state.articles, fact) else []


def _changes(in_force: Articles, fact: ArticleAmended) -> bool:
    return fact.value != articles.write(getattr(in_force, fact.name))


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case HubFounded(hub, currency, exponent, zone, language, forming_until, ephemeral):
            return replace(
                state,
                hub=hub,
                currency=currency,
                exponent=exponent,
                zone=zone,
                language=language,
                forming_until=forming_until,
                ephemeral=ephemeral,
            )
        case LineWritten(number, cites):
            return replace(state, lines=state.lines.set(number, cites))
        case ArticleAmended(name, value):
            return replace(state, articles=articles.amended(state.articles, name, value))
        case FormingEnded():
            return replace(state, formed=True)
        case ClosureSet(since, until):
            return replace(state, closures=(*state.closures, (since, until)))
        case _:
            assert_never(happened)


def resting(state: State, now: Millis) -> Millis | None:
    """Until when the house rests, if it does now: deadlines stand still until then."""
    ends = [until for since, until in state.closures if since <= now < until]
    return max(ends, default=None)
