"""The sheet with which a role passes on: what is known of it, and lines to write on together."""

from __future__ import annotations

from dataclasses import replace

from hub.documents.as_text import as_text
from hub.documents.blocks import TICK, Box, Item, Seal
from hub.documents.foot import Sheet
from hub.documents.handover import handover
from hub.domain.base import DAY, MemberId, Millis, Position, RoleName, Words
from hub.views.constitution import HubCard
from hub.views.roles import RoleRow
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
CARD = HubCard(name=Words({"en": "Corner Kitchen"}))
SHEET = Sheet(Speaker(Catalogue.load(), "en"), CARD, Position(41), "0f" * 32, NOON)
ANA, BEN = MemberId("memberana001"), MemberId("memberben001")
NAMES = {ANA: "Ana", BEN: "Ben"}
KEEPER = RoleRow(
    RoleName("ledger_keeper"),
    Words({}),
    Words({}),
    ANA,
    NOON,
    Millis(NOON + 60 * DAY),
    False,
    (),
    "",
    (),
    (BEN,),
    (),
    petition=None,
    position=0,
)


def name(member: MemberId | None) -> str:
    return NAMES.get(member, "Somebody") if member else "Somebody"


def printed(row: RoleRow) -> str:
    return " ".join(as_text(handover(SHEET, row, name, forming=False)).replace("\u00a0", " ").split())


def test_it_says_what_the_role_is_who_holds_it_and_who_has_learned_it() -> None:
    text = printed(KEEPER)
    assert "HANDING OVER: LEDGER KEEPER" in text
    assert "Writes every coin into the book" in text
    assert "Who holds it Ana" in text
    assert "Since Monday, November 23, 2026" in text
    assert "Who has learned it Ben" in text


def test_there_are_steps_to_tick_lines_to_write_on_and_two_who_sign() -> None:
    blocks = handover(SHEET, KEEPER, name, forming=False).blocks
    assert len([block for block in blocks if isinstance(block, Item) and block.mark == TICK]) == 4
    assert [block.label for block in blocks if isinstance(block, Box)][-2:] == ["Who had it", "Who has it now"]
    assert isinstance(blocks[-1], Seal)


def test_a_role_nobody_holds_and_one_of_our_own_are_handed_over_too() -> None:
    gap = replace(KEEPER, role=RoleName("role_1"), title=Words({"en": "Keys"}), member=None, trained=())
    text = printed(gap)
    assert "HANDING OVER: KEYS" in text
    assert "Nobody holds this role." in text
    assert "(These words were taken back.)" in text
    assert "Who has learned it" not in text
