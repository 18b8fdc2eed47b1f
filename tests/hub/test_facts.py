"""Every kind of fact goes into a line and comes out as it was; words stay in the body, people at home."""

import dataclasses
import json
from enum import Enum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import NewType, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.base import Circle, MemberId, Words
from hub.domain.constitution import ArticleAmended, Found, Line
from hub.domain.needs import NeedReported, NeedTakenUp, NeedWithdrawn, ReportNeed, Soon, Sort
from hub.entry import GREATEST, Body, Damaged, Entry, Head, Typed
from hub.facts import FACTS, REQUESTS, Unknown, fact_of, pack, request_of, texts, unpack, word_fields

SALT = "00" * 16
SAID = "said aloud "
letters = st.characters(codec="utf-8")


@cache
def values_of(hint):
    """Values of a type, as the rules could ever put them into a fact."""
    simple = {
        bool: st.booleans(),
        int: st.integers(-GREATEST, GREATEST),
        str: st.text(letters, max_size=20),
        type(None): st.none(),
    }
    if hint is MemberId:
        return st.text("0123456789", min_size=12, max_size=12).map("member{}".format)
    if hint is Words:
        text = st.text(letters, max_size=20).map(lambda said: SAID + said)
        return st.dictionaries(st.sampled_from(["en", "es", "pt-BR"]), text, max_size=2)
    if hint in simple:
        return simple[hint]
    if isinstance(hint, NewType):
        return values_of(hint.__supertype__)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([values_of(each) for each in get_args(hint)])
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[-1] is Ellipsis:
            return st.lists(values_of(inner[0]), max_size=3).map(tuple)
        return st.tuples(*(values_of(each) for each in inner))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, *(values_of(hints[each.name]) for each in dataclasses.fields(hint)))
    raise AssertionError(f"this test knows no values of {hint}")


every_kind = pytest.mark.parametrize("kind", sorted(FACTS))
some_examples = settings(max_examples=max(10, settings.default.max_examples // 5))
"""There are about a hundred kinds; ten values of each say what fifty would."""


def on_disk(words):
    """A body as it comes back from the disk."""
    if words is None:
        return None
    return msgspec.json.decode(msgspec.json.encode(Body(SALT, words)), type=Body)


def need(**changes):
    fact = NeedReported(1, Sort.FOOD, Soon.TODAY, Circle.ROOM, "member000000000001", {"en": "Rice"})
    return dataclasses.replace(fact, **changes)


# Every kind


@every_kind
@some_examples
@given(data=st.data())
def test_a_fact_comes_out_as_it_went_in(kind, data):
    fact = data.draw(values_of(FACTS[kind]))
    packed, words = pack(fact)
    assert unpack(kind, packed, on_disk(words)) == fact


@every_kind
@some_examples
@given(data=st.data())
def test_what_the_chain_binds_is_canonical_and_holds_no_words_and_no_floats(kind, data):
    packed, words = pack(data.draw(values_of(FACTS[kind])))
    assert SAID.encode() not in packed
    assert rfc8785.dumps(json.loads(packed, parse_float=pytest.fail)) == packed
    assert words is None or all(text.startswith(SAID) for text in texts(words))


@every_kind
@some_examples
@given(data=st.data())
def test_on_the_street_nobody_is_named_and_the_words_travel(kind, data):
    fact = data.draw(values_of(FACTS[kind]))
    packed, words = pack(fact, street=True)
    assert b"member0" not in packed.replace(b'"member":', b"")
    assert not [each for each in named(fact) if each.encode() in packed]
    heard = unpack(kind, packed, on_disk(words))
    assert type(heard) is FACTS[kind]
    assert words == pack(fact)[1]


@every_kind
@some_examples
@given(data=st.data())
def test_a_fact_whose_words_were_taken_back_keeps_its_numbers(kind, data):
    fact = data.draw(values_of(FACTS[kind]))
    packed, _ = pack(fact)
    left = unpack(kind, packed, None)
    blank = {name: type(getattr(fact, name))() for name in word_fields(kind)}
    assert left == dataclasses.replace(fact, **blank)


def named(value):
    """Every member named anywhere in a fact."""
    if dataclasses.is_dataclass(value):
        return [name for each in dataclasses.fields(value) for name in named(getattr(value, each.name))]
    if isinstance(value, tuple):
        return [name for each in value for name in named(each)]
    return [value] if isinstance(value, str) and value.startswith("member") and value[6:].isdigit() else []


def test_every_kind_of_fact_and_request_is_known_by_its_own_name():
    assert all(name == kind.KIND for name, kind in (FACTS | REQUESTS).items())
    assert not FACTS.keys() & REQUESTS.keys()


# One fact


def test_ids_and_numbers_go_to_the_head_and_words_to_the_body():
    packed, words = pack(need())
    assert json.loads(packed) == {
        "need": 1,
        "sort": "food",
        "soon": "today",
        "circle": 2,
        "by": "member000000000001",
    }
    assert words == {"text": {"en": "Rice"}}
    assert word_fields("need.reported") == ("text",)


def test_a_neighbour_without_a_card_stays_nobody():
    packed, words = pack(need(by=None))
    assert unpack("need.reported", packed, on_disk(words)).by is None


def test_without_words_there_is_no_body():
    assert pack(NeedTakenUp(1, "member000000000001", {}))[1] is None
    assert pack(NeedWithdrawn(1, "member000000000001"))[1] is None


def test_words_taken_back_from_one_fact_are_not_shared_with_another():
    packed, _ = pack(need())
    unpack("need.reported", packed, None).text["en"] = "Written into the blank"
    assert unpack("need.reported", packed, None).text == {}


@pytest.mark.parametrize("amount", [1.5, GREATEST + 1, -GREATEST - 1, Fraction(1, 3)])
def test_a_fact_holds_whole_numbers_that_every_machine_keeps_exactly(amount):
    with pytest.raises(Damaged):
        pack(NeedWithdrawn(amount, "member000000000001"))


def test_a_fact_of_a_newer_version_is_kept_unread():
    assert unpack("pot.washed", b"\xff", Body(SALT, {})) == Unknown("pot.washed")


@pytest.mark.parametrize("kind", ["need.reported", "need.withdrawn"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"need"',
        b"7",
        b"{}",
        b'{"need":"one","by":"ana"}',
        b'{"need":1.5,"by":"ana"}',
        b"\xff",
    ],
)
def test_data_that_are_not_those_of_their_kind_are_damage(kind, data):
    with pytest.raises(Damaged, match=kind):
        unpack(kind, data, None)


@pytest.mark.parametrize("words", [{"text": []}, {"text": [{"en": "Rice"}]}])
def test_words_in_the_wrong_shape_are_damage(words):
    packed, _ = pack(need())
    with pytest.raises(Damaged, match=r"need\.reported"):
        unpack("need.reported", packed, Body(SALT, words))


def test_words_in_the_head_or_of_another_field_are_not_read():
    packed, _ = pack(need())
    smuggled = msgspec.json.encode({**json.loads(packed), "text": {"en": "from the head"}})
    assert unpack("need.reported", smuggled, None).text == {}
    assert unpack("need.reported", packed, Body(SALT, {"by": {"en": "ana"}})) == need(text={})


def test_a_verified_line_tells_its_fact():
    packed, words = pack(need())
    head = Head(kind="need.reported", seq=1, prev="", boot=1, time=0, data=msgspec.Raw(packed))
    assert fact_of(Entry("ab" * 32, head, "", on_disk(words))) == need()


# Requests


def test_a_request_is_read_with_its_defaults():
    asked = request_of("report_need", {"sort": "food", "soon": "week", "text": {"en": "Rice"}})
    assert asked == ReportNeed(Sort.FOOD, Soon.WEEK, {"en": "Rice"}, Circle.MEMBERS)


def test_a_request_with_parts_is_read_to_the_bottom():
    page = [{"cites": ["quorum"], "text": {"en": "We."}}]
    founding = {"hub": "", "currency": "", "exponent": 2, "zone": "", "language": "", "name": {}, "lines": page}
    asked = request_of("found", founding)
    assert isinstance(asked, Found)
    assert asked.lines == (Line(("quorum",), {"en": "We."}),)


def test_what_is_no_command_is_said_without_repeating_it_at_length():
    with pytest.raises(Damaged, match=f"no command “{'x' * 40}”"):
        request_of("x" * 99, {})


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"sort": "gold", "soon": "week", "text": {}},
        {"sort": "food", "soon": "week", "text": "Rice"},
        {"sort": "food", "soon": "week", "text": {"en": 7}},
        {"sort": "food", "soon": "week", "text": {}, "circle": 4},
        {"sort": "food", "soon": "week", "text": {}, "circle": True},
        {"sort": ["food"], "soon": "week", "text": {}},
        {1: "food"},
    ],
)
def test_a_request_in_the_wrong_shape_is_damage_that_names_it(values):
    with pytest.raises(Damaged, match="report_need"):
        request_of("report_need", values)


def test_every_text_of_a_body_is_found_in_any_language():
    words: Typed = {"text": {"en": "a", "es": "b"}, "options": [{"en": "c"}, {}, {"en": "d"}]}
    assert list(texts(words)) == ["a", "b", "c", "d"]
    assert list(texts({})) == []


def test_an_amendment_travels_as_it_is_written():
    assert pack(ArticleAmended("quorum", "1/4"), street=True) == (b'{"name":"quorum","value":"1/4"}', None)
