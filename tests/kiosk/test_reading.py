"""A sheet's blocks as lines to read on the screen."""

from __future__ import annotations

import pytest

from hub.documents.blocks import Bar, Block, Box, Code, Document, Heading, Item, Row, Rule, Seal, Table, Text, as_plain
from hub.domain.base import Position
from kiosk import reading
from kiosk.page import Line, Style


def read(*blocks: Block) -> list[Line]:
    return list(reading.lines(as_plain(Document("sheet", "en", "A sheet", blocks))))


def small(text: str, value: str = "") -> Line:
    return Line(text, Style.SMALL, value)


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (Heading("A sheet", 1), []),
        (Heading("The count", 2, "en"), [Line("The count", Style.HEADING, lang="en")]),
        (Text("Plain"), [Line("Plain")]),
        (Text("Loud", strong=True), [Line("Loud", Style.STRONG)]),
        (Text("Quiet", small=True), [Line("Quiet", Style.SMALL)]),
        (Row("Came in", "€5.00", strong=True), [Line("Came in", Style.STRONG, "€5.00")]),
        (Item("Soup", "1.", "agreed\nby consensus"), [Line("1. Soup"), small("agreed"), small("by consensus")]),
        (Bar("Food", 3, 4, "€3.00"), [Line("Food", value="€3.00", share=(3, 4))]),
        (Bar("Food", 0, 0, "€0.00"), [Line("Food", value="€0.00")]),
        (Table(("Options", "People"), (("1, 2", "3"),)), [small("Options", "People"), Line("1, 2", value="3")]),
        (Rule(), [Line("", Style.RULE)]),
        (Code("TRESTLE:4", "Place in the log"), [Line("Place in the log", Style.SMALL)]),
        (Seal(Position(41), "ab" * 32, "Place in the log:"), [Line("Place in the log:", Style.SMALL, "41")]),
        (Box("Facilitator"), []),
    ],
)
def test_each_block_has_its_lines(block: Block, lines: list[Line]) -> None:
    assert read(block) == lines


def test_lines_keep_the_order_of_the_sheet() -> None:
    assert [line.text for line in read(Heading("A sheet", 1), Text("one"), Rule(), Text("two"))] == ["one", "", "two"]
