"""A sheet as plain text: for tests, archives, handsets, and anyone with a terminal.

Columns are counted as a terminal counts them: wide characters take two, combining marks none. What a
terminal would obey is left out, whoever wrote it.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable
from typing import Final, assert_never

from hub.documents.blocks import Bar, Block, Box, Code, Document, Heading, Item, Row, Rule, Seal, Table, Text
from hub.domain.base import harmless

WIDTH: Final = 42
"""Columns of an 80 mm roll in its usual font."""


def as_text(document: Document, width: int = WIDTH) -> str:
    """The whole sheet, lines of at most `width` columns (12 or more), ending in a line feed."""
    lines = [harmless(line).rstrip() for block in document.blocks for line in _block(block, width)]
    return "\n".join(lines) + "\n"


def _block(block: Block, width: int) -> Iterable[str]:
    match block:
        case Heading(text, level):
            lines = _wrap(text.upper() if level == 1 else text, width)
            yield from ["", *lines, ("=" if level == 1 else "-") * max(map(columns, lines))]
        case Text(text):
            yield from _wrap(text, width)
        case Row(label, value):
            yield from _ends(label, value, width)
        case Item(text, mark, detail):
            yield from _hung(f"{mark} ", text, width)
            if detail:
                yield from _hung("    ", detail, width)
        case Table():
            yield from _table(block, width)
        case Bar():
            filled = min(max(round(block.part * 10 / max(block.whole, 1)), 0), 10)
            yield from _ends(block.label, block.value, width)
            yield "[" + "#" * filled + "." * (10 - filled) + "]"
        case Box(label):
            yield from _hung("", f"{label} " + "_" * max(3, width - columns(label) - 1), width)
        case Rule():
            yield "-" * width
        case Code(content, caption):
            yield from [*_wrap(caption, width), *_wrap(content, width)]
        case Seal():
            place = f"{block.position} · {short_hash(block.hash)}"
            yield from ["", *_wrap(block.text, width), *_wrap(place, width)]
        case _:
            assert_never(block)


def short_hash(digest: str) -> str:
    """A hash as printed: its first 100 bits, 20 base32 characters in groups of five."""
    letters = base64.b32encode(bytes.fromhex(digest)[:13]).decode()[:20]
    return " ".join(letters[place : place + 5] for place in range(0, 20, 5))


def columns(text: str) -> int:
    """How many terminal columns a text takes."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, broken at spaces; a word too wide for a line is cut."""
    return [line for part in text.split("\n") for line in _broken(part, width)]


def _broken(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if columns(longer) <= width:
            line = longer
            continue
        lines += [line] if line else []
        *full, line = _cut(word, width)
        lines += full
    return [*lines, line]


def _cut(word: str, width: int) -> list[str]:
    pieces, taken = [""], 0
    for character in word:
        if taken + _width(character) > width:
            pieces.append("")
            taken = 0
        pieces[-1] += character
        taken += _width(character)
    return pieces


def _hung(lead: str, text: str, width: int) -> list[str]:
    indent = " " * columns(lead)
    if len(indent) > width // 2:
        return [*_wrap(lead.rstrip(), width), *_wrap(text, width)]
    lines = _wrap(text, width - len(indent))
    return [lead + lines[0], *(indent + line for line in lines[1:])]


def _ends(label: str, value: str, width: int) -> list[str]:
    if columns(value) > width or "\n" in value:
        return [*_wrap(label, width), *_hung("  ", value, width)]
    room = width - columns(value) - 1
    if room < width // 3:
        return [*_wrap(label, width), " " * (width - columns(value)) + value]
    lines = _wrap(label, room)
    gap = width - columns(lines[-1]) - columns(value)
    return [*lines[:-1], lines[-1] + " " * gap + value]


def _table(table: Table, width: int) -> list[str]:
    rows = [tuple(cell.replace("\n", " ") for cell in row) for row in (table.headings, *table.rows)]
    wide = [max(columns(row[place]) for row in rows) for place in range(len(table.headings))]
    if sum(wide) + 2 * (len(wide) - 1) > width:
        return _stacked(table, width)
    lines = ["  ".join(_cell(row, place, wide, table.numeric) for place in range(len(wide))) for row in rows]
    return [lines[0], "-" * min(width, columns(lines[0])), *lines[1:]]


def _cell(row: tuple[str, ...], place: int, wide: list[int], numeric: tuple[int, ...]) -> str:
    gap = " " * (wide[place] - columns(row[place]))
    return gap + row[place] if place in numeric else row[place] + gap


def _stacked(table: Table, width: int) -> list[str]:
    """A table too wide for the roll: each row as label and value pairs."""
    lines: list[str] = []
    for row in table.rows:
        for heading, value in zip(table.headings, row, strict=True):
            lines += _ends(heading, value, width)
        lines.append("")
    return lines
