"""Sheets as HTML: one element for what belongs together, and nobody's words become markup."""

import re
from dataclasses import fields, replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.documents.as_html import as_html
from hub.documents.blocks import Bar, Box, Code, Document, Heading, Item, Row, Rule, Seal, Table, Text

HASH = "ab" * 32
HOSTILE = """<script>alert("1")</script>' onload='x"><img src=x>&amp;{0}{"""
BLOCKS = (
    Heading("Soup", 2, "en"),
    Text("Soup", "en", strong=True),
    Text("Soup", small=True),
    Row("Soup", "3", strong=True, lang="en"),
    Item("Soup", "1.", "Food", "en"),
    Table(("What", "Euro"), (("Rice", "12.50"),), (1,)),
    Bar("Places", 3, 8, "3 of 8"),
    Box("Name"),
    Rule(),
    Code("trestle:abc", "Show this"),
    Seal(12, HASH, "Place"),
)


class Reader(HTMLParser):
    """Reads a page as a browser would: its elements, and whether each one that opens closes."""

    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.said = [], [], []
        self.feed(str(page))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("hr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.said.append(data)


def page(*blocks, kind="test", lang="en"):
    return as_html(Document(kind, lang, "Test", blocks))


def inner(*blocks):
    return re.fullmatch(r'<article class="sheet sheet-test" lang="en">(.*)</article>', str(page(*blocks)), re.S)[1]


def tags(*blocks):
    return [tag for tag, _ in Reader(page(*blocks)).seen]


# What each block becomes


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (Heading("Soup", 1), "<h1><bdi>Soup</bdi></h1>"),
        (Heading("Sopa", 2, "es"), '<h2><span lang="es" dir="auto">Sopa</span></h2>'),
        (Text("Rice\nBeans"), "<p><bdi>Rice<br>Beans</bdi></p>"),
        (Text("Rice", strong=True), "<p><strong><bdi>Rice</bdi></strong></p>"),
        (Text("Rice", small=True), '<p class="small"><bdi>Rice</bdi></p>'),
        (Row("Taken", "3"), "<dl>\n<div><dt><bdi>Taken</bdi></dt><dd>3</dd></div>\n</dl>"),
        (Row("Sum", "3", strong=True), '<dl>\n<div class="strong"><dt><bdi>Sum</bdi></dt><dd>3</dd></div>\n</dl>'),
        (Item("Rice"), "<ul>\n<li><bdi>Rice</bdi></li>\n</ul>"),
        (Item("Rice", "1.", "Food"), "<ul>\n<li>1. <bdi>Rice</bdi> <small><bdi>Food</bdi></small></li>\n</ul>"),
        (Box("Name"), '<p class="line">Name</p>'),
        (Rule(), "<hr>"),
        (Code("abc", "Show"), "<p>Show: <code>abc</code></p>"),
        (
            Seal(12, HASH, "Place"),
            f'<p class="seal" title="{HASH}">Place <code>12 · VOV2X K5LVO V2XK5 LVOV2</code></p>',
        ),
        (
            Table(("What", "Euro"), (("Rice", "12.50"),), (1,)),
            '<table><thead><tr><th class="words">What</th><th class="number">Euro</th></tr></thead>'
            '<tbody><tr><td class="words">Rice</td><td class="number">12.50</td></tr></tbody></table>',
        ),
    ],
)
def test_each_block_has_its_element(block, shown):
    assert inner(block) == shown


@pytest.mark.parametrize(("part", "whole", "meter"), [(3, 8, (8, 3)), (-3, 0, (1, 0)), (9, 8, (8, 9))])
def test_a_bar_is_a_meter_that_is_also_said(part, whole, meter):
    most, value = meter
    assert f'<meter min="0" max="{most}" value="{value}">said</meter> said' in inner(Bar("Places", part, whole, "said"))


def test_items_and_rows_that_follow_each_other_share_one_list():
    blocks = (Item("a"), Item("b"), Row("c", "1"), Bar("d", 1, 2, "1"), Text("e"), Item("f"))
    assert tags(*blocks).count("ul") == 2
    assert tags(*blocks).count("dl") == 1
    assert tags(*blocks).count("li") == 3


def test_an_empty_sheet_is_an_empty_article():
    assert page() == '<article class="sheet sheet-test" lang="en"></article>'


# Nobody's words become markup


def hostile(block):
    """The same block with every text in it as bad as can be, one field at a time."""
    for each in fields(block):
        match getattr(block, each.name):
            case str() if each.name == "hash":
                continue
            case str():
                yield replace(block, **{each.name: HOSTILE})
            case tuple() if each.name == "headings":
                yield replace(block, headings=(HOSTILE, HOSTILE))
            case tuple() if each.name == "rows":
                yield replace(block, rows=((HOSTILE, HOSTILE),))


@pytest.mark.parametrize("block", [bad for block in BLOCKS for bad in hostile(block)], ids=repr)
def test_words_that_look_like_markup_are_shown_as_they_were_typed(block):
    shown = Reader(page(block))
    assert shown.open == []
    assert {tag for tag, _ in shown.seen}.isdisjoint({"script", "img"})
    assert all(set(attrs) <= {"class", "lang", "dir", "title", "min", "max", "value"} for _, attrs in shown.seen)
    said = "".join(shown.said) + "".join(value or "" for _, attrs in shown.seen for value in attrs.values())
    assert HOSTILE in said


def test_a_kind_and_a_language_that_look_like_markup_stay_in_their_attributes():
    (article, attrs), *_ = Reader(page(kind=HOSTILE, lang=HOSTILE)).seen
    assert (article, attrs) == ("article", {"class": f"sheet sheet-{HOSTILE}", "lang": HOSTILE})


@given(st.lists(st.sampled_from(BLOCKS), max_size=12))
def test_whatever_stands_on_a_sheet_every_element_closes(blocks):
    shown = Reader(page(*blocks))
    assert shown.open == []
    assert [tag for tag, _ in shown.seen].count("article") == 1
