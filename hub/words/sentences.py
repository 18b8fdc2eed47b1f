"""Finds sentences in Python: the literal arguments of a call, and nothing else that stands between its brackets.

For Babel, as an extraction method (`babel.cfg`). Its own also takes the keys of `count("…", "…", row["size"])`
for sentences.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Collection, Iterator
from typing import IO, Any

Found = tuple[int, str, tuple[str | None, ...], list[str]]
"""Line, the name of the call, its arguments (None for what is no literal), comments for translators."""


def literals(source: IO[bytes], keywords: Collection[str], tags: Collection[str], options: Any) -> Iterator[Found]:
    """Every call of one of the keywords, as a function or as a method. There are no `options`."""
    assert not options
    code = source.read()
    notes = dict(_notes(code, tuple(tags)))
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in keywords:
            said = tuple(_literal(each) for each in node.args)
            if any(said):
                yield node.lineno, name, said, notes.get(node.lineno - 1, [])


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _literal(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _notes(code: bytes, tags: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    for token in tokenize.tokenize(io.BytesIO(code).readline):
        text = token.string.lstrip("# ").strip()
        if token.type == tokenize.COMMENT and text.startswith(tags):
            yield token.start[0], [text]
