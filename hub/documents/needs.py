"""The sheet of open needs and offers, for the wall of the kitchen or the hall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.documents.blocks import Block, Document, Heading, Item, Text
from hub.documents.foot import Sheet
from hub.domain.base import N_, Circle
from hub.views.needs import NeedRow, OfferRow
from hub.words.kinds import NEEDS, SOONS


def needs_list(sheet: Sheet, needs: Sequence[NeedRow], offers: Sequence[OfferRow]) -> Document:
    """Open needs by urgency, then open offers. Nobody is named: who takes one up asks at the kiosk."""
    say = sheet.speaker.say
    title = say(N_("Needs and offers"))
    blocks: list[Block] = list(sheet.head(title))
    if min((row.circle for rows in (needs, offers) for row in rows), default=Circle.ROOM) < Circle.ROOM:
        blocks.append(Text(say(N_("Some of this is for members only. Do not hang it on the wall.")), strong=True))
    blocks.append(Heading(say(N_("Who can help?"))))
    blocks += [_need(sheet, row) for row in needs]
    if not needs:
        blocks.append(Text(say(N_("Nothing is asked right now. If you need something, ask: no card is needed."))))
    blocks.append(Heading(say(N_("On offer"))))
    blocks += [_offer(sheet, row) for row in offers]
    if not offers:
        blocks.append(Text(say(N_("Nothing is on offer right now. What could you share?"))))
    return Document("needs", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def _need(sheet: Sheet, row: NeedRow) -> Item:
    text, language = words_or_gone(sheet, row.text)
    kind, soon = sheet.speaker.say(NEEDS[row.sort]), sheet.speaker.say(SOONS[row.soon])
    return Item(text, mark=f"{row.number}.", detail=f"{kind} · {soon}", lang=language)


def _offer(sheet: Sheet, row: OfferRow) -> Item:
    text, language = words_or_gone(sheet, row.text)
    return Item(text, mark=f"{row.number}.", detail=sheet.speaker.say(NEEDS[row.sort]), lang=language)


def words_or_gone(sheet: Sheet, words: Mapping[str, str]) -> tuple[str, str]:
    """A person's words and their language, or a plain sentence where they were taken back."""
    if not words:
        return sheet.speaker.say(N_("(These words were taken back.)")), ""
    return sheet.speaker.pick(words)
