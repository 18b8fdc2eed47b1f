"""A sheet as HTML, for the hub's pages. Semantic, no style of its own, no script; every text escaped."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup, escape

from hub.documents.as_text import short_hash
from hub.documents.blocks import BULLET, Bar, Block, Box, Code, Document, Heading, Item, Row, Rule, Seal, Table, Text


def as_html(document: Document) -> Markup:
    """The sheet as one `<article>`. Lists and rows that follow each other share one element."""
    parts: list[Markup] = []
    group = ""
    for block in document.blocks:
        wanted = {Item: "ul", Row: "dl", Bar: "dl"}.get(type(block), "")
        if wanted != group:
            parts += [Markup("</{}>").format(group)] if group else []
            parts += [Markup("<{}>").format(wanted)] if wanted else []
            group = wanted
        parts.append(_block(block))
    parts += [Markup("</{}>").format(group)] if group else []
    head = Markup('<article class="sheet sheet-{}" lang="{}">').format(document.kind, document.lang)
    return head + Markup("\n").join(parts) + Markup("</article>")


def _said(text: str, lang: str) -> Markup:
    """A person's own words: in their language, their direction, their line breaks."""
    lines = Markup("<br>").join(escape(line) for line in text.split("\n"))
    if lang:
        return Markup('<span lang="{}" dir="auto">{}</span>').format(lang, lines)
    return Markup("<bdi>{}</bdi>").format(lines)


def _block(block: Block) -> Markup:
    match block:
        case Heading(text, level, lang):
            return Markup("<h{0}>{1}</h{0}>").format(level, _said(text, lang))
        case Text(text, lang, strong, small):
            inner = Markup("<strong>{}</strong>").format(_said(text, lang)) if strong else _said(text, lang)
            kind = Markup(' class="small"') if small else ""
            return Markup("<p{}>{}</p>").format(kind, inner)
        case Row(label, value, strong, lang):
            kind = Markup(' class="strong"') if strong else ""
            return Markup("<div{}><dt>{}</dt><dd>{}</dd></div>").format(kind, _said(label, lang), value)
        case Item(text, mark, detail, lang):
            before = Markup("{} ").format(mark) if mark != BULLET else ""
            below = Markup(" <small>{}</small>").format(_said(detail, "")) if detail else ""
            return Markup("<li>{}{}{}</li>").format(before, _said(text, lang), below)
        case Table():
            return _table(block)
        case Bar(label, part, whole, value):
            return Markup('<div><dt>{}</dt><dd><meter min="0" max="{}" value="{}">{}</meter> {}</dd></div>').format(
                _said(label, ""), max(whole, 1), max(part, 0), value, value
            )
        case Box(label):
            return Markup('<p class="line">{}</p>').format(label)
        case Rule():
            return Markup("<hr>")
        case Code(content, caption):
            return Markup("<p>{}: <code>{}</code></p>").format(caption, content)
        case Seal(position, digest, text):
            return Markup('<p class="seal" title="{}">{} <code>{} · {}</code></p>').format(
                digest, text, position, short_hash(digest)
            )
        case _:
            assert_never(block)


def _table(table: Table) -> Markup:
    body = Markup("").join(_cells("td", cells, table.numeric) for cells in table.rows)
    head = _cells("th", table.headings, table.numeric)
    return Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(head, body)


def _cells(tag: str, cells: tuple[str, ...], numeric: tuple[int, ...]) -> Markup:
    parts = (
        Markup('<{0} class="{1}">{2}</{0}>').format(tag, "number" if place in numeric else "words", cell)
        for place, cell in enumerate(cells)
    )
    return Markup("<tr>{}</tr>").format(Markup("").join(parts))
