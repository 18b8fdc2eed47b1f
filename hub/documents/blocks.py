"""The blocks every sheet is made of. A sheet says what it says; paper and screen come later.

Text in a block is already in the reader's language; `lang` is set where a person's own words stand
in another, so that a page can be read aloud right and set in the right direction.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from hub.domain.base import Position


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; level 1 stands once, at the top."""

    text: str
    level: int = 2
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    lang: str = ""
    strong: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Something and its value, at the two ends of a line."""

    label: str
    value: str
    strong: bool = False
    lang: str = ""


BULLET: Final = "•"
TICK: Final = "[ ]"
"""The mark of an item that is a box to tick; drawn as one on paper."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, numbered or with a box to tick by pen."""

    text: str
    mark: str = BULLET
    detail: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. `numeric` names the columns set at the far end, from 0."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of a whole, drawn and said: `part` of `whole`, both in the same unit."""

    label: str
    part: int
    whole: int
    value: str


@dataclass(frozen=True, slots=True)
class Box:
    """An empty line to fill in by pen."""

    label: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the sheet."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code's content and the words beneath it. `spelled`: on paper the content stands there in letters, too."""

    content: str
    caption: str
    spelled: bool = True


@dataclass(frozen=True, slots=True)
class Seal:
    """The foot of a posted sheet: the place in the journal it stands on, so that old paper can be held
    against today's log. `hash` is the whole hash; at least 20 base32 characters are printed."""

    position: Position
    hash: str
    text: str


Block = Heading | Text | Row | Item | Table | Bar | Box | Rule | Code | Seal


@dataclass(frozen=True, slots=True)
class Document:
    """A sheet: its kind, its language, its blocks in order."""

    kind: str
    lang: str
    title: str
    blocks: tuple[Block, ...]


def as_plain(sheet: Document) -> list[dict[str, Any]]:
    """Its blocks as plain values, each a dict whose `is` names what it is."""
    return [{"is": type(block).__name__.lower(), **asdict(block)} for block in sheet.blocks]
