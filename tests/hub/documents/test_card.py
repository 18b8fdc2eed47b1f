"""The member card, as it comes out of the printer and as a phone shows it once."""

from __future__ import annotations

import pytest

from hub.documents.as_html import as_html
from hub.documents.as_text import as_text
from hub.documents.blocks import Code, Document, Seal
from hub.documents.card import member_card
from hub.documents.foot import Sheet
from hub.domain.base import LONGEST_LINE, Millis, Position, Words
from hub.views.constitution import HubCard
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
CATALOGUE = Catalogue.load()
CODE = "AB12-CD34-EF56"


def card(name: str = "Ana María López", language: str = "en", *, ephemeral: bool = False) -> Document:
    hub = HubCard(name=Words({"en": "Corner Kitchen"}), ephemeral=ephemeral)
    return member_card(Sheet(Speaker(CATALOGUE, language), hub, Position(41), "0f" * 32, NOON), name, CODE)


def printed(document: Document) -> str:
    """The sheet as text, with plain spaces."""
    return as_text(document).replace("\u00a0", " ")


def test_the_card_as_it_is_printed() -> None:
    assert (
        printed(card())
        == """\

MEMBER CARD
===========
Corner Kitchen · Monday, November 23,
2026, 12:00 PM
------------------------------------------
Ana
Show this code at the kiosk, or type it
AB12-CD34-EF56
------------------------------------------
Choose a PIN of 4 to 8 digits at the
kiosk. You need it to vote in secret.
Lost it? Two members can make out a new
one; this one then stops working.
This paper fades. Ask two members for a
new one before Tuesday, November 23, 2027.
"""
    )


def test_a_lost_card_tells_no_full_name_and_no_place_in_the_log() -> None:
    document = card()
    assert "López" not in printed(document) + str(as_html(document))
    assert not [block for block in document.blocks if isinstance(block, Seal)]


def test_the_code_stands_on_it_once_and_whole() -> None:
    assert [block.content for block in card().blocks if isinstance(block, Code)] == [CODE]
    assert str(as_html(card())).count(CODE) == 1
    assert CODE in printed(card()).splitlines()


@pytest.mark.parametrize("name", ["🌻", "أولغا", "Zoë", "李", "<b>Bo</b>"])
def test_a_first_name_in_any_script_is_shown_as_text(name: str) -> None:
    assert name in printed(card(f"{name} Doe"))
    assert "<b>" not in str(as_html(card(f"{name} Doe")))


def test_the_longest_name_fits_the_roll_and_somebody_forgotten_has_none() -> None:
    assert max(map(len, printed(card("x" * LONGEST_LINE)).splitlines())) == 42
    assert CODE in printed(card(""))


def test_the_card_speaks_its_owner_s_language() -> None:
    text = printed(card(language="es"))
    assert "MEMBER CARD" not in text
    assert "quiosco" in text


def test_a_card_of_a_practice_hub_says_so() -> None:
    assert "Practice hub" in printed(card(ephemeral=True))
    assert "Practice hub" not in printed(card())
