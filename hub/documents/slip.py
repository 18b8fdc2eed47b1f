"""The blank slip for a vote on paper in a meeting: the question and boxes to tick, and nothing to tell it by."""

from __future__ import annotations

from collections.abc import Iterator

from hub.documents.ballots import ANSWERS, NONE_OF_THESE
from hub.documents.blocks import TICK, Block, Document, Heading, Item, Rule, Text
from hub.documents.foot import Sheet
from hub.documents.needs import words_or_gone
from hub.domain.ballots import Method
from hub.domain.base import N_
from hub.views.ballots import BallotRow


def ballot_slip(sheet: Sheet, row: BallotRow) -> Document:
    """One slip. It bears no code, no number, no name and no moment: all slips of a question are the same."""
    say = sheet.speaker.say
    title = say(N_("Ballot paper"))
    name, language = sheet.speaker.pick(sheet.card.name)
    question, own = words_or_gone(sheet, row.text)
    blocks = (
        Heading(title, 1),
        Text(name, lang=language, small=True),
        Rule(),
        Text(question, lang=own, strong=True),
        Text(say(N_("Mark every one that is fine for you.") if row.options else N_("Mark one box."))),
        *_boxes(sheet, row),
        Rule(),
        Text(say(N_("Fold it so that nobody sees your mark. Then put it in the box.")), small=True),
    )
    return Document("ballot_slip", sheet.speaker.language, title, blocks)


def _boxes(sheet: Sheet, row: BallotRow) -> Iterator[Block]:
    say = sheet.speaker.say
    if row.method != Method.APPROVAL.value:
        yield from (Item(say(answer), mark=TICK) for answer in ANSWERS)
        return
    for option in row.options:
        text, language = words_or_gone(sheet, option)
        yield Item(text, mark=TICK, lang=language)
    yield Item(say(NONE_OF_THESE), mark=TICK)
