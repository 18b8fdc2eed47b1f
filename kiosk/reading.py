"""A sheet on the screen: its blocks, as the API gives them, become lines to read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kiosk.page import Line, Style

Block = Mapping[str, Any]
"""One block of a document: `is` names its kind, the rest are the fields of it."""
TITLE: Final = 1
"""The level of a sheet's own title: the page has it already."""


def lines(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """What there is to read, in order. Lines to fill in by pen and codes to scan stay on paper."""
    return tuple(line for block in blocks for line in _block(block))


def _block(block: Block) -> Iterator[Line]:
    match block["is"]:
        case "heading" if block["level"] > TITLE:
            yield Line(block["text"], Style.HEADING, lang=block["lang"])
        case "text":
            yield Line(block["text"], _weight(block), lang=block["lang"])
        case "row":
            yield Line(block["label"], _weight(block), value=block["value"], lang=block["lang"])
        case "item":
            yield Line(f"{block['mark']} {block['text']}", lang=block["lang"])
            for detail in block["detail"].splitlines():
                yield Line(detail, Style.SMALL)
        case "table":
            yield from _table(block["headings"], block["rows"])
        case "bar":
            share = (block["part"], block["whole"])
            yield Line(block["label"], value=block["value"], share=share if block["whole"] else None)
        case "rule":
            yield Line("", Style.RULE)
        case "code":
            yield Line(block["caption"], Style.SMALL)
        case "seal":
            yield Line(block["text"], Style.SMALL, value=str(block["position"]))


def _weight(block: Block) -> Style:
    if block.get("strong"):
        return Style.STRONG
    return Style.SMALL if block.get("small") else Style.BODY


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[Line]:
    """The last column at the far end, the others before it."""
    for style, cells in ((Style.SMALL, headings), *((Style.BODY, row) for row in rows)):
        *first, last = cells
        yield Line(" · ".join(first), style, value=last)
