"""The archive: words can be taken back, by who wrote them or by two members (life.md, 3).

The line stays, its numbers stay, its chain verifies; its words are gone from every copy that hears
of it. Paper that was printed remains, and the screens say so.
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
    """Take back the words of a line: your own by your card, others' by two members."""

    position: Position


Commands = Redact

ABOUT_ONESELF: Final = ("need.", "offer.", "signup.")
"""Kinds whose words are about who wrote them, taken back with a person who is forgotten. Minutes, books
and rules are everybody's; two members take back what names somebody there."""


def decide(request: Commands, context: Context, *, writer: str | None) -> list[Events]:
    """The facts a request leads to. `writer` is the actor of the line, None where it has no words."""
    match request:
        case Redact(position):
            if writer is None:
                raise Refusal("", N_("There are no words to take back at that place."))
            by = (context.by,) if writer == context.by else context.two_people("")
            return [WordsRedacted(position, by)]
        case _:
            assert_never(request)
