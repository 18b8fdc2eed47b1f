"""TinyDB tables for the read models: in memory, O(1) inserts, whole documents in and out.

TinyDB reads and writes all tables at each step, because its storage port knows no smaller one. Here
`_read_table`, `_update_table` and `get` go to a dictionary instead, and so do `contains`, `update` and
`upsert` where they name ids; search, remove and the rest are TinyDB's own.

Documents are values. What comes in is copied, what goes out is copied, nested words and lists too:
a page that changes what it was given changes its own copy. A step that raises changes nothing, and
readers in other threads see a document before a change or after it, never between.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, Final

from tinydb.queries import Query, QueryLike, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

__all__ = ["Document", "Query", "Table", "memory_table", "where"]

Fields = dict[str, Any]


def memory_table(name: str) -> MemoryTable:
    """An empty table of its own. Document ids are whole numbers and never used twice."""
    return MemoryTable(name)


class MemoryTable(Table):
    """TinyDB's table on a dictionary of documents.

    Queries are not cached: TinyDB's cache would hand the same document to two callers.
    """

    def __init__(self, name: str) -> None:
        super().__init__(MemoryStorage(), name, cache_size=0)  # type: ignore[no-untyped-call]
        self.documents: dict[int, Fields] = {}
        self.greatest = 0
        self._lock = threading.RLock()

    def get(  # type: ignore[override]
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: Iterable[int] | None = None
    ) -> Document | list[Document] | None:
        """One document by id (O(1)) or query, or several by ids, in the order of the table."""
        if doc_id is not None:
            fields = self.documents.get(doc_id)
            return None if fields is None else Document(_copy(fields), doc_id)
        if doc_ids is not None:
            wanted = set(doc_ids)
            return [Document(_copy(fields), key) for key, fields in self._snapshot().items() if key in wanted]
        if cond is None:
            super().get()
        found = super().get(cond)
        return None if found is None else _own(found)

    def contains(self, cond: QueryLike | None = None, doc_id: int | None = None) -> bool:
        """Whether there is such a document."""
        return doc_id in self.documents if doc_id is not None else super().contains(cond)

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Change documents; those of ids that are not there are passed over. Returns the ids changed."""
        if doc_ids is None or callable(fields):
            return super().update(fields, cond, doc_ids)
        new = _copy(fields)
        with self._lock:
            found = [each for each in doc_ids if each in self.documents]
            for number in found:
                self.documents[number] = {**self.documents[number], **new}
        return found

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Change what matches, or put in what is new."""
        if not isinstance(document, Document):
            return super().upsert(document, cond)
        return self.update(document, cond, [document.doc_id]) or [self.insert(document)]

    def row(self, number: int) -> Document | None:
        """The document of one id, or None."""
        fields = self.documents.get(number)
        return None if fields is None else Document(_copy(fields), number)

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents matching a query."""
        return [_own(document) for document in super().search(cond)]

    def truncate(self) -> None:
        """Remove all documents and count from 1 again, for a rebuild."""
        with self._lock:
            super().truncate()
            self.greatest = 0

    def __iter__(self) -> Iterator[Document]:
        return map(_own, super().__iter__())

    def __len__(self) -> int:
        return len(self.documents)

    def _get_next_id(self) -> int:
        with self._lock:
            self.greatest += 1
            return self.greatest

    def _read_table(self) -> Any:
        return self._snapshot()

    def _snapshot(self) -> dict[int, Fields]:
        with self._lock:
            return self.documents.copy()

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._lock:
            draft = _Draft(self)
            updater(draft)
            draft.commit()


class _Draft(MutableMapping[int, Fields]):
    """The table as one step of TinyDB sees it: copies to write on, taken over only by `commit`."""

    __slots__ = ("_documents", "_drawn", "_gone", "_table")

    def __init__(self, table: MemoryTable) -> None:
        self._table = table
        self._documents = table.documents
        self._drawn: dict[int, Fields] = {}
        self._gone: set[int] = set()

    def commit(self) -> None:
        """Take the step over."""
        written = {key: _copy(fields) for key, fields in self._drawn.items()}
        for key in self._gone:
            del self._documents[key]
        self._documents.update(written)

    def __getitem__(self, key: int) -> Fields:
        if key not in self._drawn:
            if key in self._gone:
                raise KeyError(key)
            self._drawn[key] = _copy(self._documents[key])
        return self._drawn[key]

    def __setitem__(self, key: int, fields: Fields) -> None:
        self._drawn[key] = fields
        if key > self._table.greatest:
            self._table.greatest = key

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._drawn.pop(key, None)
        if key in self._documents:
            self._gone.add(key)

    def __contains__(self, key: object) -> bool:
        return key in self._drawn or (key in self._documents and key not in self._gone)

    def __iter__(self) -> Iterator[int]:
        yield from (key for key in self._documents if key not in self._gone)
        yield from (key for key in self._drawn if key not in self._documents)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._drawn.clear()
        self._gone.update(self._documents)


_NESTED: Final = (dict, list)


def _copy(fields: Mapping[str, Any]) -> Fields:
    copied = dict(fields)
    for name, value in fields.items():
        if isinstance(value, _NESTED):
            copied[name] = _copy_value(value)
    return copied


def _copy_value(value: Any) -> Any:
    if isinstance(value, dict):
        return _copy(value)
    if isinstance(value, list):
        return [_copy_value(each) for each in value]
    return value


def _own(document: Document) -> Document:
    """Make a shallow copy of TinyDB's the caller's own."""
    for name, value in document.items():
        if isinstance(value, _NESTED):
            document[name] = _copy_value(value)
    return document
