"""The archive: words can be taken back, one's own alone, everybody's by two members (life.md, 3).

The line stays, its numbers stay, its chain verifies; its words are gone from every copy that hears
of it. Paper that was printed remains, and the screens say so. The page of rules is never taken back.
"""

from __future__ import annotations

from typing import Final, assert_never

from hub.domain.base import N_, Command, Context, Event, MemberId, Position, Refusal, Tier, command, event


@event("words.redacted", street=True)
class WordsRedacted(Event):
    """The words of line `position` of this same chain are taken back; `by` is one or two members."""

    position: Position
    by: tuple[MemberId, ...]


Events = WordsRedacted


@command("redact", Tier.CARD)
class Redact(Command):
    """Take back the words of a line: what you said yourself by your card, what is everybody's by two members."""

    position: Position


Commands = Redact

ABOUT_ONESELF: Final = ("need.", "offer.", "signup.")
"""Kinds whose words are about who wrote them, taken back with a person who is forgotten. Minutes, books
and rules are everybody's; two members take back what names somebody there."""


PERSONAL: Final = (*ABOUT_ONESELF, "topic.", "ballot.objected")
"""Kinds whose words are plainly one's own, taken back by who wrote them alone. What a question asked, what
was minuted, booked or announced is everybody's, whoever typed it."""

FOR_GOOD: Final = ("line.written", "hub.founded")
"""Kinds nobody takes back: the page of rules, and the hub's name."""


def decide(request: Commands, context: Context, *, writer: str | None, kind: str) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `writer` is the actor of the line, None where it has no words; `kind` is what the line tells of.
    """
    match request:
        case Redact(position):
            if writer is None:
                raise Refusal("", N_("There are no words to take back at that place."))
            if kind in FOR_GOOD:
                raise Refusal("", N_("This is on the page of our rules. Only an assembly changes that page."))
            alone = writer == context.by and kind.startswith(PERSONAL)
            return [WordsRedacted(position, (context.by,) if alone else context.two_people(""))]
        case _:
            assert_never(request)
