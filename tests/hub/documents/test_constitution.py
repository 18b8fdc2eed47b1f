"""Our rules on one page, read as they hang on the wall."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hub.documents import as_text
from hub.documents.blocks import Document
from hub.documents.constitution import ARTICLES, amended_to, constitution, filled
from hub.documents.foot import Sheet
from hub.domain.articles import NAMES, Articles
from hub.domain.base import Millis, Position, Words
from hub.views.constitution import HubCard, LineRow
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
CATALOGUE = Catalogue.load()
SPEAKER = Speaker(CATALOGUE, "en")
CARD = HubCard(name=Words({"en": "Corner Kitchen"}), currency="EUR", exponent=2, forming_until=NOON)


def line(number: int, text: str, *cites: str) -> LineRow:
    return LineRow(number, Words({"en": text} if text else {}), cites)


LINES = [
    line(1, "A meeting counts when {quorum} of us are there; {secrets} are nobody's.", "quorum"),
    line(2, "The keeper alone spends up to {spending_limit}.", "spending_limit"),
]


def read(document: Document) -> str:
    return " ".join(as_text.as_text(document).replace("\u00a0", " ").split())


def page(articles: Articles | None = None, *, lines: list[LineRow] = LINES, forming: bool = False) -> str:
    sheet = Sheet(SPEAKER, CARD, Position(41), "0f" * 32, NOON)
    return read(constitution(sheet, lines, articles or Articles(), forming=forming))


def test_a_line_says_the_number_that_is_in_force() -> None:
    assert "when 1/5 of us are there" in page()
    assert "when 1/3 of us are there" in page(Articles(quorum=Fraction(1, 3)))
    assert "spends up to €50.00" in page()


def test_what_stands_in_braces_and_is_no_article_stays_as_it_was_typed() -> None:
    assert "{secrets} are nobody's" in page()
    assert filled("{quorum} {} {QUORUM}", {"quorum": "all"}) == "all {} {QUORUM}"


def test_every_number_behind_the_lines_is_on_the_page() -> None:
    text = page(Articles(guests=False, amendment=Fraction(1)))
    assert set(ARTICLES) == set(NAMES)
    assert all(" ".join(label.split()) in text for label in ARTICLES.values())
    assert "Guests may sign up for a meal no" in text
    assert "Share of votes that changes this page all" in text


def test_in_the_forming_season_the_page_says_who_changes_it_and_until_when() -> None:
    assert "until Monday, November 23, 2026 a show of hands changes this page" in page(forming=True)
    assert "show of hands" not in page()


def test_a_line_taken_back_keeps_its_place() -> None:
    assert "1. (These words were taken back.) 2. The keeper" in page(lines=[line(1, ""), LINES[1]])


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("quorum", "1/4", "1/4"),
        ("amendment", "1", "all"),
        ("guests", "no", "no"),
        ("spending_limit", "12345", "€123.45"),
        ("ballot_days", "9", "9"),
        ("ballot_days", "ninety", "ninety"),
        ("of_a_newer_version", "7", "7"),
    ],
)
def test_a_change_is_told_as_the_page_writes_it_and_else_as_it_stands_in_the_log(
    name: str, written: str, said: str
) -> None:
    assert amended_to(SPEAKER, CARD, name, written) == said


def test_a_change_is_told_in_the_reader_s_language() -> None:
    assert amended_to(Speaker(CATALOGUE, "es"), CARD, "guests", "yes") == "sí"
