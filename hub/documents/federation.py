"""The sheet two hubs make a pact with, and what a neighbour says of its money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.documents.blocks import Block, Box, Code, Document, Heading, Item, Row, Text
from hub.documents.foot import Sheet
from hub.domain.base import N_, HubId, Money
from hub.views.ledger import PostedRow

STEPS: Final = (
    N_("Take this sheet to the other hub, and bring theirs here."),
    N_("There, two members with card and PIN scan or type this key. Here, two of us do it with theirs."),
    N_("From then on each hub hears what the other makes public. Neither decides for the other."),
    N_("Either side can end it at any time."),
)


def pact(sheet: Sheet) -> Document:
    """Our half of a pact."""
    say = sheet.speaker.say
    title = say(N_("A pact between two hubs"))
    name, language = sheet.speaker.pick(sheet.card.name)
    blocks: list[Block] = [
        *sheet.head(title),
        Text(name, lang=language, strong=True),
        Code(sheet.card.hub, say(N_("The key of our hub")), spelled=False),
        Text(spaced(sheet.card.hub)),
        *(Item(say(step), mark=f"{number}.") for number, step in enumerate(STEPS, 1)),
        Box(say(N_("For us"))),
        Box(say(N_("For the other hub"))),
    ]
    return Document("pact", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def budgets(sheet: Sheet, posted: Sequence[PostedRow]) -> Document:
    """The budgets a neighbour has posted, as far as they are public: sums, newest first."""
    say, money = sheet.speaker.say, sheet.speaker.money
    title = say(N_("Their posted budgets"))
    blocks: list[Block] = list(sheet.head(title))
    for row in posted:
        sums = {
            N_("There was"): row.opening,
            N_("Came in"): row.came_in,
            N_("Went out"): row.went_out,
            N_("There is"): row.closing,
        }
        if row.unexplained:
            sums[N_("Unexplained")] = row.unexplained
        since, until = sheet.speaker.day(row.since), sheet.speaker.day(row.until)
        blocks.append(Heading(say(N_("{since} to {until}"), since=since, until=until)))
        blocks += [
            Row(say(label), money(Money(minor, sheet.card.currency, sheet.card.exponent)))
            for label, minor in sums.items()
        ]
    if not posted:
        blocks.append(Text(say(N_("Nothing that we have heard of."))))
    return Document("budgets", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def spaced(key: HubId) -> str:
    """A key in groups of four, so that eyes can follow it."""
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))
