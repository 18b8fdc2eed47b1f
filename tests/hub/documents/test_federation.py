"""The sheet two hubs make a pact with."""

from hub.documents.as_text import as_text
from hub.documents.blocks import Code
from hub.documents.federation import pact, spaced
from hub.documents.foot import Sheet
from hub.domain.base import HubId, Millis, Position, Words
from hub.views.constitution import HubCard
from hub.words import Catalogue
from hub.words.speaker import Speaker

OURS = HubId("0123" * 16)


def our_sheet():
    card = HubCard(OURS, Words({"en": "Corner Kitchen"}))
    speaker = Speaker(Catalogue.load(), "en")
    return pact(Sheet(speaker, card, Position(41), "0f" * 32, Millis(1_900_000_000_000)))


def test_the_key_is_there_to_scan_and_to_type():
    document = our_sheet()
    assert [block.content for block in document.blocks if isinstance(block, Code)] == [OURS]
    assert "0123 0123 0123" in as_text(document)
    assert spaced(OURS).replace(" ", "") == OURS


def test_it_says_that_neither_decides_for_the_other():
    assert "Neither decides for" in as_text(our_sheet())
