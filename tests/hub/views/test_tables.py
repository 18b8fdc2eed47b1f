"""Our tables answer like TinyDB's own, lose nothing between threads, and hand out values."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB
from tinydb.operations import increment
from tinydb.storages import MemoryStorage

from hub.views.tables import Document, Table, memory_table, where

Step = Callable[[Table], Any]

words = st.dictionaries(st.sampled_from(["en", "es"]), st.text())
fields = st.fixed_dictionaries({"n": st.integers(0, 3)}, optional={"word": st.sampled_from("abc"), "words": words})
keys = st.integers(1, 6)
some_keys = st.lists(keys, unique=True)
conditions = st.one_of(
    st.integers(0, 3).map(lambda least: where("n") >= least),
    st.sampled_from("abc").map(lambda word: where("word") == word),
)

common = st.one_of(
    st.builds(lambda new, cond: lambda table: table.update(new, cond), fields, conditions),
    st.builds(lambda new, ids: lambda table: table.update(new, doc_ids=ids), fields, st.lists(keys)),
    st.builds(lambda cond: lambda table: table.update(increment("n"), cond), conditions),
    st.builds(lambda new, cond: lambda table: table.update_multiple([(new, cond)]), fields, conditions),
    conditions.map(lambda cond: lambda table: table.remove(cond)),
    some_keys.map(lambda ids: lambda table: table.remove(doc_ids=ids)),
    st.just(lambda table: table.truncate()),
    conditions.map(lambda cond: lambda table: table.search(cond)),
    conditions.map(lambda cond: lambda table: [table.count(cond), table.contains(cond), table.get(cond)]),
    keys.map(lambda key: lambda table: [table.get(doc_id=key), table.contains(doc_id=key)]),
    st.lists(keys).map(lambda ids: lambda table: table.get(doc_ids=ids)),
    st.just(lambda table: [len(table), table.all(), list(table)]),
)
counted = st.one_of(
    fields.map(lambda new: lambda table: table.insert(new)),
    st.lists(fields, max_size=3).map(lambda several: lambda table: table.insert_multiple(several)),
    st.builds(lambda new, cond: lambda table: table.upsert(new, cond), fields, conditions),
)
documents = st.builds(Document, fields, keys)
keyed = st.one_of(
    documents.map(lambda new: lambda table: table.insert(new)),
    documents.map(lambda new: lambda table: table.upsert(new)),
    st.lists(documents, max_size=3).map(lambda several: lambda table: table.insert_multiple(several)),
)


def plainly(answer: Any) -> Any:
    """Documents compare by id and fields; everything else as it is."""
    if isinstance(answer, Document):
        return answer.doc_id, dict(answer)
    return [plainly(each) for each in answer] if isinstance(answer, list) else answer


def outcome(step: Step, table: Table) -> Any:
    try:
        return plainly(step(table))
    except ValueError as fault:
        return str(fault)


@settings(max_examples=300, deadline=None)
@given(st.lists(common | counted, max_size=25) | st.lists(common | keyed, max_size=25))
def test_every_step_ends_as_in_a_stock_table(story: list[Step]) -> None:
    stock, ours = TinyDB(storage=MemoryStorage).table("stock"), memory_table("ours")
    for step in story:
        assert outcome(step, ours) == outcome(step, stock)
        assert plainly(ours.all()) == plainly(stock.all())


def test_an_id_is_never_used_twice() -> None:
    table = memory_table("needs")
    table.insert(Document({"what": "a ladder"}, 7))
    table.remove(doc_ids=[7])
    assert table.insert({"what": "a lamp"}) == 8
    assert table.insert_multiple([Document({"what": "soup"}, 9), {"what": "bread"}]) == [9, 10]


def test_asking_for_nothing_is_refused_as_in_a_stock_table() -> None:
    with pytest.raises(RuntimeError, match="cond or doc_id"):
        memory_table("needs").get()


READS: list[Callable[[Table], Document]] = [
    lambda table: table.all()[0],
    lambda table: next(iter(table)),
    lambda table: table.search(where("what").exists())[0],
    lambda table: table.get(doc_ids=[1])[0],
    lambda table: table.get(doc_id=1) or pytest.fail("gone"),
    lambda table: table.get(where("what").exists()) or pytest.fail("gone"),
]


@pytest.mark.parametrize("read", READS)
def test_changing_what_was_read_changes_only_the_readers_copy(read: Callable[[Table], Document]) -> None:
    table = memory_table("needs")
    table.insert({"what": {"en": "a ladder"}, "offers": [{"by": "ana"}]})
    given_out = read(table)
    given_out["what"]["en"] = "my ladder"
    given_out["offers"][0]["by"] = "me"
    given_out["taken"] = True
    assert dict(read(table)) == {"what": {"en": "a ladder"}, "offers": [{"by": "ana"}]}


def test_changing_what_was_written_changes_only_the_writers_copy() -> None:
    table = memory_table("needs")
    words, offers = {"en": "a ladder"}, [{"by": "ana"}]
    table.insert({"what": words})
    table.update({"offers": offers})
    words["en"], offers[0]["by"] = "my ladder", "me"
    assert table.all() == [{"what": {"en": "a ladder"}, "offers": [{"by": "ana"}]}]


def test_a_step_that_fails_changes_nothing() -> None:
    def spoil(document: Any) -> None:
        document["offers"].append("half")
        if document["n"] == 2:
            raise ZeroDivisionError

    table = memory_table("needs")
    table.insert_multiple([{"n": n, "offers": []} for n in (1, 2, 3)])
    with pytest.raises(ZeroDivisionError):
        table.update(spoil)
    assert [document["offers"] for document in table] == [[], [], []]


def test_four_writers_and_a_reader_lose_nothing() -> None:
    table = memory_table("needs")
    reader_saw: list[int] = []

    def write(who: int) -> None:
        for n in range(500):
            table.insert({"who": who, "n": n})

    def look() -> None:
        while any(writer.is_alive() for writer in writers):
            reader_saw.append(len(table.all()))

    writers = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    threads = [*writers, threading.Thread(target=look)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(document.doc_id for document in table) == list(range(1, 2_001))
    assert reader_saw == sorted(reader_saw)
