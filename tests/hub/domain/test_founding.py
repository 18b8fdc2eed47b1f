"""The founding texts: seven lines each, whose places are the articles they cite."""

import string

import pytest

from hub.domain.articles import NAMES, read
from hub.domain.constitution import LINES
from hub.domain.founding import TEXTS

every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))


def places(line):
    return {name for _, name, _, _ in string.Formatter().parse(line) if name is not None}


@every_text
def test_a_founding_text_has_seven_lines_and_a_name(text):
    assert len(text.lines) == LINES
    assert text.title
    assert len({line for line, _ in text.lines}) == LINES


@every_text
def test_every_place_in_a_line_is_an_article_it_cites(text):
    for line, cites in text.lines:
        assert places(line) <= set(cites) <= set(NAMES)


@every_text
def test_where_a_text_departs_from_the_defaults_it_stays_within_bounds(text):
    for name, value in text.values.items():
        read(name, value)
