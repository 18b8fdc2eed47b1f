"""The sheet of needs and offers, read as it hangs in the kitchen."""

from __future__ import annotations

from dataclasses import replace

from hub.documents import as_text
from hub.documents.as_html import as_html
from hub.documents.blocks import Document
from hub.documents.foot import Sheet
from hub.documents.needs import needs_list
from hub.domain.base import Circle, MemberId, Millis, Position, Words
from hub.views.constitution import HubCard
from hub.views.needs import NeedRow, OfferRow
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
ANA = MemberId("memberana001")
CATALOGUE = Catalogue.load()


def printed(document: Document) -> str:
    """The sheet as text, with plain spaces."""
    return as_text.as_text(document).replace("\u00a0", " ")


def words(text: str) -> Words:
    return Words({"en": text})


def sheet(language: str = "en") -> Sheet:
    return Sheet(Speaker(CATALOGUE, language), HubCard(name=words("Corner Kitchen")), Position(41), "0f" * 32, NOON)


RICE = NeedRow(
    number=3,
    sort="food",
    soon="today",
    circle=Circle.ROOM,
    by=ANA,
    taker=None,
    state="open",
    text=words("Rice for <four>"),
    note=Words({}),
    at=NOON,
    confirmed=NOON,
    taken_at=Millis(0),
    agreed=(),
    position=9,
    earlier=(),
    note_position=0,
)
HAIR = OfferRow(1, "care", Circle.ROOM, ANA, "open", words("I cut hair"), NOON, ((ANA, {"en": "Me!"}),), 10)


def test_the_sheet_says_what_is_asked_and_offered_and_names_nobody() -> None:
    text = printed(needs_list(sheet(), [RICE], [HAIR]))
    assert (
        text
        == """\

NEEDS AND OFFERS
================
Corner Kitchen · Monday, November 23,
2026, 12:00 PM
------------------------------------------

Who can help?
-------------
3. Rice for <four>
    Food · Today

On offer
--------
1. I cut hair
    Care
------------------------------------------

Place in the log:
41 · B4HQ6 DYPB4 HQ6DY PB4HQ
"""
    )


def test_an_empty_sheet_says_what_anybody_can_do_next() -> None:
    text = " ".join(printed(needs_list(sheet(), [], [])).split())
    assert "If you need something, ask: no card is needed." in text
    assert "What could you share?" in text


def test_a_sheet_with_what_is_for_members_says_that_it_is_not_for_the_wall() -> None:
    warned = "Do not hang it on the wall"
    assert warned not in printed(needs_list(sheet(), [RICE], [HAIR]))
    for need, offer in ((replace(RICE, circle=1), HAIR), (RICE, replace(HAIR, circle=1))):
        assert warned in " ".join(printed(needs_list(sheet(), [need], [offer])).split())


def test_words_taken_back_leave_a_plain_sentence_and_their_place() -> None:
    gone = replace(RICE, text=Words({}))
    assert "3. (These words were taken back.)" in printed(needs_list(sheet(), [gone], []))


def test_what_people_wrote_is_text_and_never_markup() -> None:
    page = str(as_html(needs_list(sheet(), [RICE], [])))
    assert "Rice for &lt;four&gt;" in page
    assert 'lang="en" dir="auto"' in page


def test_the_sheet_speaks_spanish_and_leaves_people_s_words_as_they_are() -> None:
    text = printed(needs_list(sheet("es"), [RICE], [HAIR]))
    assert "Rice for <four>" in text
    assert "Who can help" not in text
    assert "Today" not in text
