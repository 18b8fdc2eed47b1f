"""A document as the template reads it: plain JSON, every text with its language, direction and fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, assert_never

import segno

from hub.documents.as_text import short_hash
from hub.documents.blocks import (
    BULLET,
    TICK,
    Bar,
    Block,
    Box,
    Code,
    Document,
    Heading,
    Item,
    Row,
    Rule,
    Seal,
    Table,
    Text,
)
from hub.documents.foot import whole
from hub.domain.base import harmless
from hub.words import is_rtl
from hub.words.fonts import families

Laid = dict[str, Any]
RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
MARKS: Final[Mapping[str, str]] = {BULLET: "bullet", TICK: "tick"}
"""Marks that are drawn, not typed."""
LINES: Final = 60
"""Letters of two lines on a roll."""
LONGEST_CODE: Final = 1_000
"""Bytes of a code that small squares on a narrow roll still hold legibly."""


def laid_out(document: Document) -> Laid:
    """The whole sheet, for a medium still to be named."""
    return {
        **_tag(document.lang),
        "edge": _edge(is_rtl(document.lang)),
        "title": harmless(document.title),
        "fonts": families(document.lang),
        "blocks": list(_blocks(document)),
    }


def length(document: Document) -> int:
    """About how many letters of plain text take as much room: each block at least two lines, each new line one."""
    return sum(_length(block) for block in document.blocks)


def _length(block: Block) -> int:
    cells: tuple[str, ...] = ()
    match block:
        case Table():
            return sum(max(LINES, sum(map(_letters, cells))) for cells in (block.headings, *block.rows))
        case Item():
            cells = (block.text, block.detail)
        case Row() | Bar():
            cells = (block.label, block.value)
        case Heading() | Text():
            cells = (block.text,)
        case Code() | Seal() | Box() | Rule():
            cells = ()
    return max(LINES, sum(map(_letters, cells)))


def _letters(text: str) -> int:
    return len(text) + text.count("\n") * LINES // 2


def words_in(text: str, language: str, own: str = "") -> Laid:
    """A text, the language it is in and its direction; `own` is the language of somebody's own words."""
    clean = "\n".join(harmless(line.replace("\t", " ")) for line in text.split("\n"))
    tag = own or language
    return {**_tag(tag), "text": clean, "rtl": runs_left(clean, tag), "fonts": families(tag)}


def runs_left(text: str, language: str) -> bool:
    """Whether a text runs from right to left: as its letters do; as its language does where it has none.

    In a language that runs so, one word of it is enough, wherever it stands; in another, the first
    letter decides, for many write in a language other than the one the screen was in.
    """
    strong = [kind for each in text if (kind := unicodedata.bidirectional(each)) in {"L", *RIGHT_TO_LEFT}]
    if not strong:
        return is_rtl(language)
    return bool(RIGHT_TO_LEFT.intersection(strong if is_rtl(language) else strong[:1]))


def _blocks(document: Document) -> Iterator[Laid]:
    heavy = next((place for place, block in enumerate(document.blocks) if isinstance(block, Rule)), -1)
    groups = groupby(enumerate(document.blocks), key=lambda each: type(each[1]))
    for _, group in groups:
        blocks = list(group)
        marks = [block.mark for _, block in blocks if isinstance(block, Item)]
        widest = max(marks, key=lambda mark: 0 if mark in MARKS else len(mark), default="")
        for place, block in blocks:
            after_head = place == heavy + 1 and heavy >= 0
            more = {"heavy": place == heavy, "lead": after_head, "widest": _mark(widest)}
            yield _block(block, document.lang, more)


def _block(block: Block, lang: str, more: Laid) -> Laid:
    match block:
        case Heading(text, level, own):
            return {"kind": "heading", "level": level, **_apart(text, lang, own)}
        case Text(text, own, strong, small):
            lead = more["lead"] and strong
            return {"kind": "text", "strong": strong, "small": small, "lead": lead, **_apart(text, lang, own)}
        case Row(label, value, strong, own):
            ends = {"label": words_in(label, lang, own), "value": words_in(value, lang)}
            return {"kind": "row", "strong": strong, **ends}
        case Item(text, mark, detail, own):
            parts = {"text": _apart(text, lang, own), "detail": words_in(detail, lang)}
            return {"kind": "item", "mark": _mark(mark), "widest": more["widest"], **parts}
        case Table():
            return {"kind": "table", **_table(block, lang)}
        case Bar(label, part, whole_, value):
            share = min(max(part / max(whole_, 1), 0.0), 1.0)
            return {"kind": "bar", "share": share, "label": words_in(label, lang), "value": words_in(value, lang)}
        case Box(label):
            return {"kind": "box", "label": words_in(label, lang)}
        case Rule():
            return {"kind": "rule", "heavy": more["heavy"]}
        case Code(content, caption, spelled):
            below = words_in(content if spelled else "", "en")
            return {"kind": "code", "code": code(content), "caption": words_in(caption, lang), "spelled": below}
        case Seal(position, digest, text):
            printed = {"place": words_in(str(position), "en"), "print": words_in(short_hash(digest), "en")}
            return {"kind": "seal", "code": code(whole(block)), "text": words_in(text, lang), **printed}
        case _:
            assert_never(block)


def _mark(mark: str) -> str:
    return MARKS.get(mark, harmless(mark))


def _apart(text: str, lang: str, own: str) -> Laid:
    """A text that begins at its own edge: somebody's words at the edge their script begins at."""
    words = words_in(text, lang, own)
    return {**words, "edge": _edge(words["rtl"] if own else is_rtl(lang))}


def _table(table: Table, lang: str) -> Laid:
    rows = [_cells(cells, lang) for cells in table.rows]
    return {"headings": _cells(table.headings, lang), "rows": rows, "numeric": table.numeric}


def _cells(cells: Sequence[str], lang: str) -> list[Laid]:
    return [words_in(cell, lang) for cell in cells]


def code(content: str) -> Laid:
    """A QR code as black squares in a picture, one unit each, and how many there are a side.

    Raises ValueError for what no code on a roll can hold.
    """
    if not 0 < len(content.encode()) <= LONGEST_CODE:
        raise ValueError(f"a code holds between 1 and {LONGEST_CODE} bytes")
    made = segno.make_qr(content, error="m", boost_error=False)
    modules = len(made.matrix)
    path = "".join(
        f"M{start} {line}h{length}v1h-{length}z" for line, row in enumerate(made.matrix) for start, length in _runs(row)
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {modules} {modules}" shape-rendering="crispEdges">'
    return {"modules": modules, "svg": f'{head}<path d="{path}"/></svg>'}


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where black runs begin in a row of squares, and how long each is."""
    place = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield place, length
        place += length


def _tag(language: str) -> Laid:
    """A language tag as Typst takes it: a language of two or three letters, and a region of two."""
    base, *more = language.split("-")
    region = next((part for part in more if len(part) == 2 and part.isalpha()), None)
    known = base.isascii() and base.isalpha() and len(base) in (2, 3)
    return {"lang": base.lower() if known else "en", "region": region.lower() if region and region.isascii() else None}


def _edge(rtl: bool) -> str:
    return "right" if rtl else "left"
