"""The sheet with which a role passes from one person to the next: what is known, and what to write by pen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hub.documents.blocks import TICK, Block, Box, Document, Heading, Item, Row, Text
from hub.documents.foot import Sheet
from hub.documents.needs import words_or_gone
from hub.documents.roles import ROLES, TASKS, gap, standing
from hub.documents.signups import Names
from hub.domain.base import N_
from hub.views.roles import RoleRow

STEPS: Final = (
    N_("I showed how it is done, and watched it done once."),
    N_("I gave the keys and papers that belong to it."),
    N_("I said what is not finished yet."),
    N_("I said whom to ask."),
)
LINES: Final = 3
"""Empty lines for what is not finished."""


def handover(sheet: Sheet, row: RoleRow, names: Names, *, forming: bool) -> Document:
    """One role on paper: what it is for, who holds it, and what its holder and the next go through together."""
    say = sheet.speaker.say
    name, _ = (say(ROLES[row.role]), "") if row.role in ROLES else words_or_gone(sheet, row.title)
    title = say(N_("Handing over: {role}"), role=name)
    blocks = (
        *sheet.head(title),
        *_what(sheet, row),
        *_who(sheet, row, names, forming=forming),
        Heading(say(N_("Go through this together"))),
        *(Item(say(step), mark=TICK) for step in STEPS),
        Heading(say(N_("What is not finished, and where things are"))),
        *(Box() for _ in range(LINES)),
        Heading(say(N_("Both sign"))),
        Box(say(N_("Who had it"))),
        Box(say(N_("Who has it now"))),
        Text(say(N_("Say it at the kiosk, too: only then does everybody know.")), small=True),
        *sheet.foot(),
    )
    return Document("handover", sheet.speaker.language, title, blocks)


def _what(sheet: Sheet, row: RoleRow) -> Iterator[Block]:
    if row.role in TASKS:
        yield Text(sheet.speaker.say(TASKS[row.role]), strong=True)
        return
    purpose, language = words_or_gone(sheet, row.purpose)
    yield Text(purpose, lang=language, strong=True)


def _who(sheet: Sheet, row: RoleRow, names: Names, *, forming: bool) -> Iterator[Block]:
    say = sheet.speaker.say
    if row.member is None:
        yield Text(" ".join([say(N_("Nobody holds this role.")), *gap(sheet, row, forming=forming)]))
        return
    yield Row(say(N_("Who holds it")), names(row.member), strong=True)
    yield Row(say(N_("Since")), sheet.speaker.day(row.since))
    yield Text(" ".join(standing(sheet, row)))
    if row.trained:
        yield Row(say(N_("Who has learned it")), ", ".join(names(each) for each in row.trained))
