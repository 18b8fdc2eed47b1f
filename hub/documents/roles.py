"""The sheet of roles for the wall: who holds what until when, and in strong words where nobody does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hub.documents.blocks import Block, Document, Heading, Text
from hub.documents.foot import Sheet
from hub.documents.needs import words_or_gone
from hub.documents.signups import Names
from hub.domain.base import N_, Words
from hub.domain.roles import Why
from hub.views.roles import RoleRow
from hub.words.speaker import Speaker

Titles = Mapping[str, Words]
"""What roles created here are called, by their code. The four every hub has are in `ROLES`."""

ROLES: Final[Mapping[str, str]] = {
    "facilitator": N_("Facilitator"),
    "minute_taker": N_("Minute taker"),
    "ledger_keeper": N_("Ledger keeper"),
    "ballot_steward": N_("Ballot steward"),
}
TASKS: Final[Mapping[str, str]] = {
    "facilitator": N_("Calls our meetings and leads them, so that everybody is heard."),
    "minute_taker": N_("Writes down what we decide, so that everybody can read it."),
    "ledger_keeper": N_("Writes every coin into the book and posts the budget on the wall."),
    "ballot_steward": N_("Opens secret votes and sees that each of us can vote in peace."),
}
"""What each of the four does, in one sentence."""
WHYS: Final[Mapping[str, str]] = {
    Why.TERM.value: N_("The time for it is over."),
    Why.STEPPED_DOWN.value: N_("Who held it stepped down."),
    Why.RECALLED.value: N_("We decided that who held it no longer does."),
    Why.LEFT.value: N_("Who held it is no longer with us."),
}
"""How a gap came to be."""
OUTSIDE: Final[Mapping[str, str]] = {
    "rotation": N_("This is outside our rule that roles pass on. The next meeting speaks of it."),
}
NO_TITLES: Final[Titles] = {}


def roster(sheet: Sheet, rows: Sequence[RoleRow], names: Names, *, forming: bool) -> Document:
    """Every role: what it is for, who holds it until when, or that nobody does and how it is filled."""
    say = sheet.speaker.say
    title = say(N_("Who does what"))
    blocks: list[Block] = list(sheet.head(title))
    for row in rows:
        blocks += [*_what(sheet, row), *(_held(sheet, row, names) if row.member else _gap(sheet, row, forming))]
    blocks.append(Text(say(N_("Roles pass on. To learn one, say so at the kiosk and ask who holds it.")), small=True))
    return Document("roles", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def role_name(speaker: Speaker, role: str, titles: Titles = NO_TITLES) -> str:
    """A role as people call it. A code is never shown: who reads it was not told the title."""
    if role in ROLES:
        return speaker.say(ROLES[role])
    return speaker.pick(titles.get(role, {}))[0] or speaker.say(N_("Another role"))


def standing(sheet: Sheet, row: RoleRow) -> list[str]:
    """What is to be known of a role somebody holds, a sentence each."""
    say = sheet.speaker.say
    notes = [say(N_("Until {day}."), day=sheet.speaker.day(row.until))]
    if row.provisional:
        notes.append(say(N_("For now: no meeting has confirmed it yet.")))
    if row.ends_soon(sheet.now):
        notes.append(say(N_("It ends soon. Who would like to be next?")))
    return notes + [say(OUTSIDE[name]) if name in OUTSIDE else name for name in row.outside]


def gap(sheet: Sheet, row: RoleRow, *, forming: bool) -> list[str]:
    """How a gap came to be, and who can fill it, a sentence each."""
    say = sheet.speaker.say
    filled = N_("Any member of voting age can take it.") if forming else N_("The next meeting fills it. Would you?")
    return [*([say(WHYS[row.why])] if row.why in WHYS else []), say(filled)]


def _what(sheet: Sheet, row: RoleRow) -> Iterator[Block]:
    if row.role in ROLES:
        yield Heading(sheet.speaker.say(ROLES[row.role]))
        yield Text(sheet.speaker.say(TASKS[row.role]))
        return
    title, language = words_or_gone(sheet, row.title)
    yield Heading(title, lang=language)
    purpose, language = words_or_gone(sheet, row.purpose)
    yield Text(purpose, lang=language)


def _held(sheet: Sheet, row: RoleRow, names: Names) -> Iterator[Block]:
    yield Text(names(row.member), strong=True)
    yield Text(" ".join(standing(sheet, row)))


def _gap(sheet: Sheet, row: RoleRow, forming: bool) -> Iterator[Block]:
    yield Text(sheet.speaker.say(N_("Nobody holds this role.")), strong=True)
    yield Text(" ".join(gap(sheet, row, forming=forming)))
