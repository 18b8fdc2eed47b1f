"""Facts on their way into a line and out of it: ids and numbers to the head, words to the body.

Which field goes where is read off the type: `Words` and `tuple[Words, ...]` are what people typed.
A kind this version does not know comes out as `Unknown`: kept, verified, passed on, folded after an
upgrade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec

from hub.domain.base import Effect, Event, MemberId, Words
from hub.domain.house import AnyCommand, AnyEvent
from hub.entry import Body, Damaged, Entry, Typed, canonical

FACTS: Final[Mapping[str, type[AnyEvent]]] = {kind.KIND: kind for kind in get_args(AnyEvent)}
"""Every kind of fact this version knows, by its name in the log."""
REQUESTS: Final[Mapping[str, type[AnyCommand]]] = {kind.KIND: kind for kind in get_args(AnyCommand)}
"""Every kind of request this version knows, by its name in the API."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact from a newer version, kept as it came."""

    kind: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is read off a kind of fact once.

    `words` are the fields that hold people's words, with what stands there when they were taken
    back. `persons` are the fields that name somebody, with what stands there on the street instead.
    """

    kind: type[AnyEvent]
    words: Mapping[str, object]
    persons: Mapping[str, object]
    decoder: msgspec.json.Decoder[AnyEvent]


def _shape(kind: type[AnyEvent]) -> _Shape:
    hints = get_type_hints(kind)
    words: dict[str, object] = {}
    persons: dict[str, object] = {}
    for each in fields(kind):
        hint = hints[each.name]
        many = get_origin(hint) is tuple
        if hint is Words or (many and get_args(hint)[0] is Words):
            words[each.name] = () if many else {}
        elif hint is MemberId or MemberId in get_args(hint):
            persons[each.name] = "" if hint is MemberId else () if many else None
        elif hint is Effect:
            persons[each.name] = None
    return _Shape(kind, words, persons, msgspec.json.Decoder(kind))


_SHAPES: Final[Mapping[str, _Shape]] = {name: _shape(kind) for name, kind in FACTS.items()}


def word_fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind of fact that hold people's words."""
    return tuple(_SHAPES[kind].words)


def pack(fact: Event, *, street: bool = False) -> tuple[bytes, Typed | None]:
    """The canonical data and the words of a fact. On the street nobody's id is named."""
    shape = _SHAPES[fact.KIND]
    data: dict[str, Any] = msgspec.to_builtins(fact, enc_hook=_refuse)
    words = {name: data.pop(name) for name in shape.words}
    if street:
        for name, blank in shape.persons.items():
            data[name] = {**data[name], "member": None} if isinstance(data[name], dict) else blank
    kept: Typed = {name: list(said) if isinstance(said, tuple) else said for name, said in words.items() if said}
    return canonical(data), kept or None


def _refuse(value: object) -> object:
    raise Damaged(f"a fact holds no {type(value).__name__}")


def unpack(kind: str, data: bytes | msgspec.Raw, body: Body | None) -> AnyEvent | Unknown:
    """The fact a line tells. Raises Damaged when the data are not those of its kind."""
    shape = _SHAPES.get(kind)
    if shape is None:
        return Unknown(kind)
    try:
        if not shape.words:
            return shape.decoder.decode(data)
        values: dict[str, Any] = msgspec.json.decode(data)
        said: Mapping[str, object] = body.words if body else {}
        for name, blank in shape.words.items():
            values[name] = said.get(name, blank)
        return msgspec.convert(values, shape.kind)
    except (msgspec.MsgspecError, TypeError, ValueError) as fault:
        raise Damaged(f"the data of a “{kind}” are not in order: {fault}") from fault


def fact_of(entry: Entry) -> AnyEvent | Unknown:
    """The fact of a verified entry. Raises Damaged."""
    return unpack(entry.head.kind, entry.head.data, entry.body)


def request_of(kind: str, values: Mapping[str, object]) -> AnyCommand:
    """A request from outside. Raises Damaged, in words for who wrote the client, when it is not one."""
    shape = REQUESTS.get(kind)
    if shape is None:
        raise Damaged(f"there is no command “{kind[:40]}”")
    try:
        return msgspec.convert(values, shape)
    except (msgspec.ValidationError, TypeError) as fault:
        raise Damaged(f"“{kind}”: {fault}") from fault


def texts(words: Typed) -> Iterable[str]:
    """Every text a body holds, in any language."""
    for said in words.values():
        for each in said if isinstance(said, list) else [said]:
            yield from each.values()
