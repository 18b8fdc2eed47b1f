"""Sign-up sheets: one list for the fridge, with lines to fill in by pen, and all lists to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from hub.documents.blocks import Block, Box, Document, Heading, Item, Row, Text
from hub.documents.foot import Sheet
from hub.documents.needs import words_or_gone
from hub.domain.base import N_, MemberId
from hub.views.signups import CANCELLED, CLOSED, PartyRow, SignupRow

Names = Callable[[MemberId | None], str]
"""A person's name at the moment of printing; a plain word for somebody forgotten."""

MOST_LINES: Final = 40
"""Empty lines on one sheet; whoever needs more prints again."""
SPARE: Final = 3
"""Lines for who comes when the list is full."""


def signup_list(sheet: Sheet, row: SignupRow, names: Names) -> Document:
    """One list for the fridge: who is on it, and a line for every place that is free."""
    say = sheet.speaker.say
    title, _ = words_or_gone(sheet, row.title)
    blocks: list[Block] = [*sheet.head(title), Text(sheet.speaker.moment(row.starts), strong=True)]
    blocks += [*_where(sheet, row), *_standing(sheet, row)]
    blocks.append(Row(say(N_("Places taken")), say(N_("{taken} of {places}"), taken=row.taken, places=row.places)))
    blocks += _people(sheet, row, names)
    if row.state not in (CANCELLED, CLOSED):
        blocks += _lines(sheet, row)
    return Document("signup_list", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def signups_to_come(sheet: Sheet, rows: Sequence[SignupRow]) -> Document:
    """All lists to come, for the wall. Nobody is named."""
    title = sheet.speaker.say(N_("Sign up"))
    blocks: list[Block] = [*sheet.head(title), *(_line(sheet, row) for row in rows)]
    if not rows:
        blocks.append(Text(sheet.speaker.say(N_("No list is open right now. Any member can open one."))))
    return Document("signups", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def room(sheet: Sheet, row: SignupRow) -> str:
    """How much room there is, in a few words."""
    speaker = sheet.speaker
    if row.state == CANCELLED:
        return speaker.say(N_("does not take place"))
    if row.state == CLOSED:
        return speaker.say(N_("closed"))
    if row.free:
        return speaker.count("one place free", "{n} places free", row.free)
    if row.waiting:
        return speaker.count("full, one waits", "full, {n} wait", row.waiting)
    return speaker.say(N_("full"))


def _line(sheet: Sheet, row: SignupRow) -> Item:
    text, language = words_or_gone(sheet, row.title)
    place = sheet.speaker.pick(row.place)[0]
    parts = [sheet.speaker.moment(row.starts), *([place] if place else []), room(sheet, row)]
    return Item(text, mark=f"{row.number}.", detail=" · ".join(parts), lang=language)


def _where(sheet: Sheet, row: SignupRow) -> Iterator[Block]:
    place, language = sheet.speaker.pick(row.place)
    if place:
        yield Text(place, lang=language)


def _standing(sheet: Sheet, row: SignupRow) -> Iterator[Block]:
    if row.state == CANCELLED:
        yield Text(sheet.speaker.say(N_("This does not take place.")), strong=True)
    if row.state == CLOSED:
        yield Text(sheet.speaker.say(N_("This list is closed: no one else signs up.")), strong=True)
    why, language = sheet.speaker.pick(row.why)
    if why:
        yield Text(why, lang=language)


def _people(sheet: Sheet, row: SignupRow, names: Names) -> Iterator[Block]:
    say = sheet.speaker.say
    if not row.parties:
        if row.taken or row.waiting:
            yield Text(say(N_("The names are for members. Print it with your card to see them.")), small=True)
        return
    yield from _numbered(sheet, row.seated, names)
    if row.queue:
        yield Heading(say(N_("Waiting, in this order")))
        yield from _numbered(sheet, row.queue, names)


def _numbered(sheet: Sheet, parties: Sequence[PartyRow], names: Names) -> Iterator[Block]:
    for place, party in enumerate(parties, 1):
        yield Item(names(party.who), mark=f"{place}.", detail=_together(sheet, party))


def _together(sheet: Sheet, party: PartyRow) -> str:
    guest = [sheet.speaker.say(N_("guest"))] if party.guest else []
    more = [sheet.speaker.count("one person", "{n} people", party.size)] if party.size > 1 else []
    return " · ".join([*guest, *more])


def _lines(sheet: Sheet, row: SignupRow) -> Iterator[Block]:
    say = sheet.speaker.say
    if row.free:
        yield Heading(say(N_("Still free: write your name")))
        yield from (Box(f"{row.taken + line}.") for line in range(1, min(row.free, MOST_LINES) + 1))
    else:
        yield Heading(say(N_("Full. Write your name here to wait")))
        yield from (Box() for _ in range(SPARE))
    yield Text(say(N_("Somebody with a card copies the names into the hub.")), small=True)
