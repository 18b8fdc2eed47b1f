"""The register of persons: TinyDB's table under one lock, keyed by the random id."""

from __future__ import annotations

import threading
from dataclasses import asdict
from typing import Any, Final

from tinydb.storages import Storage
from tinydb.table import Document, Table

from hub.domain.base import N_, MemberId, Refusal
from hub.people.person import Person
from hub.people.storage import PeopleDamaged

UNKNOWN: Final = N_("This hub does not know this person any more.")


class Persons(Table):
    """TinyDB's table, keyed by member id in place of a running number."""

    document_id_class = str  # type: ignore[assignment]


class Register:
    """Who is kept: read as whole persons, changed field by field. What a change means is for the store."""

    def __init__(self, storage: Storage) -> None:
        self._table = Persons(storage, "people", cache_size=0)
        self._lock = threading.RLock()
        self._gone: set[MemberId] = set()
        """Who is to be erased and is still in the file, because the disk was full: nobody, for everyone."""

    def _add(self, member: MemberId, person: Person) -> None:
        self._table.insert(Document(asdict(person), _key(member)))

    def _everyone(self) -> dict[MemberId, Person]:
        try:
            kept = {MemberId(str(document.doc_id)): Person(**document) for document in self._table.all()}
        except TypeError as fault:
            raise PeopleDamaged(f"another version of Trestle wrote the people file: {fault}") from fault
        return {member: person for member, person in kept.items() if member not in self._gone}

    def _person(self, member: MemberId) -> Person | None:
        with self._lock:
            document = self._table.get(doc_id=_key(member)) if member not in self._gone else None
            return Person(**document) if document is not None else None

    def _known(self, member: MemberId) -> Person:
        person = self._person(member)
        if person is None:
            raise Refusal("", UNKNOWN)
        return person

    def _change(self, member: MemberId, **fields: str | int | None) -> None:
        self._table.update(fields, doc_ids=[_key(member)])

    def _change_known(self, member: MemberId, **fields: str | int | None) -> None:
        with self._lock:
            self._known(member)
            self._change(member, **fields)

    def _remove(self, members: set[MemberId]) -> None:
        """Erase them, with all who could not be erased before. Gone for everyone at once, whatever the disk says."""
        self._gone |= members
        self._table.remove(doc_ids=[_key(member) for member in self._gone])
        self._gone.clear()


def _key(member: MemberId) -> Any:
    """TinyDB's annotations say a document id is a number; `Persons` makes it a string."""
    return member
