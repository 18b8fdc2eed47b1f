"""The vocabulary every institution shares: ids, words, money, circles, tiers, facts, refusals.

Rules are functions of their arguments. Time and dice come in through `Context`, so that a rule can
be replayed years later, on any machine, and say the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import ClassVar, Final, NewType, TypeVar, dataclass_transform

from hub.domain.articles import Articles

MemberId = NewType("MemberId", str)
"""Random, 12 letters and digits; says nothing about the person. A guest of one evening has one too."""
HubId = NewType("HubId", str)
"""A hub's Ed25519 public key, 64 hexadecimal digits: the name is the key."""
NeedId = NewType("NeedId", int)
OfferId = NewType("OfferId", int)
ListId = NewType("ListId", int)
TopicId = NewType("TopicId", int)
AssemblyId = NewType("AssemblyId", int)
DecisionId = NewType("DecisionId", int)
BallotId = NewType("BallotId", int)
TransactionId = NewType("TransactionId", int)
RoleName = NewType("RoleName", str)
Position = NewType("Position", int)
"""A line's place in its chain, counted from 1."""
Millis = NewType("Millis", int)
"""Milliseconds since 1970-01-01 UTC, or a span of them."""
Words = NewType("Words", dict[str, str])
"""What a person typed: language tag -> text. Lives in a line's body, so that it can be taken back."""

MINUTE: Final = Millis(60_000)
HOUR: Final = Millis(60 * MINUTE)
DAY: Final = Millis(24 * HOUR)
LONGEST_TEXT: Final = 2_000
"""Characters of one text. What is longer does not fit on a posted sheet and is refused, not cut."""
LONGEST_LINE: Final = 120
"""Characters of a title or a name."""


def N_(message: str) -> str:
    """Mark a sentence for translation where it is written; it is translated where it is shown."""
    return message


class Tier(IntEnum):
    """How surely we know who acts (life.md, 4). A phone never rises above CARD."""

    NONE = 0
    CARD = 1
    PIN = 2


class Circle(IntEnum):
    """Who may see a record. A wider circle contains the narrower ones."""

    CONCERNED = 0
    MEMBERS = 1
    ROOM = 2
    FEDERATION = 3


class Kind(Enum):
    """Base of the small closed vocabularies; the value is what stands in the log."""

    def __str__(self) -> str:
        return str(self.value)


FACILITATOR: Final = RoleName("facilitator")
MINUTE_TAKER: Final = RoleName("minute_taker")
LEDGER_KEEPER: Final = RoleName("ledger_keeper")
BALLOT_STEWARD: Final = RoleName("ballot_steward")
ROLES: Final = (FACILITATOR, MINUTE_TAKER, LEDGER_KEEPER, BALLOT_STEWARD)
"""The roles every hub has. None of them is an administrator; each acts in the log, under its own name."""


class Consequence(Kind):
    """What a decision does by itself the moment it is certified."""

    NOTHING = "nothing"
    AMEND = "amend"
    APPOINT = "appoint"
    RECALL = "recall"


@dataclass(frozen=True, slots=True)
class Effect:
    """A decision's consequence. AMEND: `name` an article's parameter, `value` as in `articles.write`.

    APPOINT and RECALL: `name` a role, `member` whom.
    """

    consequence: Consequence = Consequence.NOTHING
    name: str = ""
    value: str = ""
    member: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units: Money(1250, "EUR", 2) is 12.50 euro. Never a float."""

    minor: int
    currency: str
    exponent: int = 2


class Refusal(Exception):
    """The rules' no: which article says so, and in one plain sentence what to do instead.

    `article` is a field name of `Articles`, or "" where it is not politics but form (an empty text).
    `message` is an English sentence marked for translation; `parameters` fill its `{places}`.
    """

    def __init__(self, article: str, message: str, **parameters: str | int) -> None:
        super().__init__(message)
        self.article = article
        self.message = message
        self.parameters = parameters

    def __str__(self) -> str:
        return self.message.format(**self.parameters)


class Event:
    """A fact, past tense, frozen. KIND is its name in the log; STREET says neighbours may hear it."""

    __slots__ = ()
    KIND: ClassVar[str]
    STREET: ClassVar[bool]


class Command:
    """A request, imperative, frozen. TIER is the least sureness about the actor it asks for."""

    __slots__ = ()
    KIND: ClassVar[str]
    TIER: ClassVar[Tier]


E = TypeVar("E", bound=Event)
C = TypeVar("C", bound=Command)


@dataclass_transform(frozen_default=True)
def event(kind: str, *, street: bool = False) -> Callable[[type[E]], type[E]]:
    """Make a class a frozen fact, named `kind` in the log.

    `street`: the kind is on the public list (docs/events.md). An event that carries a `circle`
    goes to the street only when that circle is FEDERATION; `house.audience` decides.
    """

    def shape(cls: type[E]) -> type[E]:
        made = dataclass(frozen=True, slots=True)(cls)
        made.KIND, made.STREET = kind, street
        return made

    return shape


@dataclass_transform(frozen_default=True)
def command(kind: str, tier: Tier) -> Callable[[type[C]], type[C]]:
    """Make a class a frozen request, named `kind` in the API, refused below `tier`."""

    def shape(cls: type[C]) -> type[C]:
        made = dataclass(frozen=True, slots=True)(cls)
        made.KIND, made.TIER = kind, tier
        return made

    return shape


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as surely as `tier` says, and the roles they hold at this moment."""

    member: MemberId | None = None
    tier: Tier = Tier.NONE
    roles: frozenset[RoleName] = frozenset()


SYSTEM: Final = "hub"
"""The actor name in the log for what the hub does by itself: a deadline passing, a restart."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and the person, if one is known.

    `circle` is the narrowest circle open to them: ROOM for a phone on the hall's Wi-Fi, MEMBERS for
    a card, FEDERATION for a neighbour hub.
    """

    circle: Circle
    member: MemberId | None = None

    def may_see(self, circle: Circle, *concerned: MemberId | None) -> bool:
        """Whether a record of this circle, concerning these people, is for these eyes."""
        return circle >= self.circle or (self.member is not None and self.member in concerned)


@dataclass(frozen=True, slots=True)
class Context:
    """All a rule may know beside its own state.

    `second` is the other person of an act that takes two. `fresh` is one random id for a person this
    command may bring in. `clockwork` is true for what the hub does by itself.
    """

    actor: Actor
    now: Millis
    articles: Articles
    fresh: str = ""
    second: Actor | None = None
    forming: bool = False
    clockwork: bool = False

    @property
    def by(self) -> MemberId:
        """The acting member. Raises Refusal when nobody showed a card."""
        if self.actor.member is None:
            raise Refusal("", N_("Show your member card first."))
        return self.actor.member

    def two_people(self, article: str) -> tuple[MemberId, MemberId]:
        """The two different members of an act that takes two. Raises Refusal otherwise."""
        first = self.by
        if self.second is None or self.second.member is None or self.second.member == first:
            raise Refusal(article, N_("This takes two members. Ask another member to show their card too."))
        return first, self.second.member


def plain(text: str) -> str:
    """Text as we keep it: NFC, without control characters (a printer would obey them), trimmed.

    Every kind of line break is one "\\n", a tab is a space. Joiners stay, several scripts and emoji need
    them; overrides of the writing direction go. Plain text stays as it is.
    """
    lines = (harmless(line.replace("\t", " ")) for line in text.splitlines())
    return unicodedata.normalize("NFC", "\n".join(lines)).strip()


def harmless(line: str) -> str:
    """One line without control characters and overrides; a neighbour hub may sign what ours would not."""
    return "".join(each for each in line if each not in _OVERRIDES and unicodedata.category(each) not in _CONTROLS)


def _says_something(text: str) -> bool:
    """Whether there is anything to see: a letter, a digit, a sign or an emoji; joiners alone are nothing."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


_CONTROLS: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def typed(words: Words, most: int = LONGEST_TEXT) -> Words:
    """The words a person typed, cleaned. Raises Refusal when nothing is left or it is too long."""
    cleaned = {language: plain(text) for language, text in words.items()}
    kept = Words({language: text for language, text in cleaned.items() if _says_something(text)})
    if not kept:
        raise Refusal("", N_("Please write a few words first."))
    for language, text in kept.items():
        if not is_language(language):
            raise Refusal("", N_("“{language}” is not a language this hub can name."), language=language[:20])
        if len(text) > most:
            raise Refusal(
                "",
                N_("That is {length} characters long; {most} fit. Nothing was lost: please shorten it."),
                length=len(text),
                most=most,
            )
    return kept


def title(words: Words) -> Words:
    """A one-line text: a name, a title, a place. Raises Refusal like `typed`."""
    one_line = {language: " ".join(plain(text).split()) for language, text in words.items()}
    return typed(Words(one_line), LONGEST_LINE)


def optional(words: Words, most: int = LONGEST_TEXT) -> Words:
    """Like `typed`, where nothing is an answer too."""
    return typed(words, most) if any(_says_something(plain(text)) for text in words.values()) else Words({})


def is_language(tag: str) -> bool:
    """Whether a tag looks like "es" or "pt-BR" (BCP 47, short forms)."""
    head, dash, rest = tag.partition("-")
    return (
        2 <= len(head) <= 3
        and head.isascii()
        and head.isalpha()
        and head.islower()
        and (not dash or (len(rest) <= 8 and rest.isascii() and rest.isalnum()))
    )


def within(value: int, least: int, most: int, message: str) -> int:
    """A number inside its bounds. Raises Refusal(message with {least} and {most}) otherwise."""
    if not least <= value <= most:
        raise Refusal("", message, least=least, most=most)
    return value


def listed(names: Iterable[str]) -> str:
    """Names in one string, in order, for a refusal's parameter."""
    return ", ".join(sorted(names))
