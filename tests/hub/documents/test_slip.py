"""The blank slip for a vote on paper: boxes, and nothing that tells one slip from another."""

from __future__ import annotations

from dataclasses import replace

from hub.documents.as_text import as_text
from hub.documents.blocks import TICK, Code, Document, Item, Seal
from hub.documents.foot import Sheet
from hub.documents.slip import ballot_slip
from hub.domain.ballots import Method, Terms
from hub.domain.base import Effect, MemberId, Millis, Position, Words
from hub.views.ballots import BallotRow
from hub.views.constitution import HubCard
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
CARD = HubCard(name=Words({"en": "Corner Kitchen"}))
SHEET = Sheet(Speaker(Catalogue.load(), "en"), CARD, Position(41), "0f" * 32, NOON)
ROW = BallotRow(
    number=7,
    method=Method.HANDS.value,
    state="open",
    specimen=False,
    circle=2,
    by=MemberId("memberana001"),
    assembly=1,
    effect=Effect(),
    terms=Terms(12, (1, 5), (1, 2), True, 7),
    text=Words({"en": "Shall we buy the big pot?"}),
    options=(),
    lots=(),
    opens=NOON,
    closes=NOON,
    roll_size=12,
    roll_hash="aa" * 32,
    software="1.0",
    text_hash="bb" * 32,
    tellers=0,
    differed=(),
    closed=Millis(0),
    cast=0,
    spoiled=0,
    sums=(),
    patterns=(),
    nonce="",
    until=Millis(0),
    objections=0,
    passed=None,
    winner=0,
    quorum_met=False,
    decision=None,
    why="",
    position=9,
)
SOUPS = tuple(Words({"en": name}) for name in ("Lentil", "Onion"))


def boxes(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Item) and block.mark == TICK]


def test_the_slip_as_it_is_printed() -> None:
    assert (
        as_text(ballot_slip(SHEET, ROW))
        == """\

BALLOT PAPER
============
Corner Kitchen
------------------------------------------
Shall we buy the big pot?
Mark one box.
[ ] Yes
[ ] No
[ ] I abstain
------------------------------------------
Fold it so that nobody sees your mark.
Then put it in the box.
"""
    )


def test_a_slip_with_options_has_a_box_for_each_and_one_for_none() -> None:
    row = replace(ROW, method=Method.APPROVAL.value, options=SOUPS, lots=(2, 1))
    assert boxes(ballot_slip(SHEET, row)) == ["Lentil", "Onion", "None of these"]
    assert "Mark every one that is fine for you." in as_text(ballot_slip(SHEET, row))


def test_all_slips_of_a_question_are_the_same_whoever_prints_them_and_when() -> None:
    later = replace(SHEET, position=Position(99), hash="ee" * 32, now=Millis(NOON + 9_999_999))
    other = replace(ROW, number=8, by=MemberId("memberben001"), opens=Millis(NOON + 1))
    assert ballot_slip(later, other) == ballot_slip(SHEET, ROW)


def test_a_slip_bears_no_code_no_seal_and_no_number() -> None:
    slip = ballot_slip(SHEET, ROW)
    assert not [block for block in slip.blocks if isinstance(block, Code | Seal)]
    assert not any(letter.isdigit() for letter in as_text(slip))


def test_a_question_taken_back_leaves_a_sentence_and_the_boxes() -> None:
    slip = ballot_slip(SHEET, replace(ROW, text=Words({})))
    assert "(These words were taken back.)" in as_text(slip)
    assert len(boxes(slip)) == 3
