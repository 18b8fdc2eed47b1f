"""`python -m hub.commands.generate`: write the documents that are read off the code; `--check` only looks.

docs/events.md from the kinds of facts, docs/access.md from the routes. A stale one fails the gates.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, get_type_hints

from hub.commands.options import clock
from hub.domain.base import Circle, Event
from hub.facts import FACTS, REQUESTS, word_fields
from hub.service import Service
from hub.stores import open_stores
from hub.web import create_app
from hub.web.access import write_table
from hub.words import Catalogue

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"


def main(arguments: list[str]) -> int:
    """Write or check both documents. Returns the exit status."""
    stale = []
    for name, text in documents().items():
        path = DOCS / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name}: {'stale; run python -m hub.commands.generate' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


def documents() -> Mapping[str, str]:
    """Both documents, by file name."""
    return {"events.md": events(), "access.md": access()}


def events() -> str:
    """docs/events.md: every kind of fact, and every command."""
    lines = [
        "# What the log can say",
        "",
        "Written from the code. *Head* fields are ids and numbers; *words* stand in the body and can be taken",
        "back. *Street*: neighbours may hear it, when its record is for the federation. Nobody's id goes there.",
        "",
        "| kind | street | head | words | meaning |",
        "|---|---|---|---|---|",
    ]
    lines += [_event(name, FACTS[name]) for name in sorted(FACTS)]
    lines += ["", "# What can be asked", "", "| command | at least | fields | meaning |", "|---|---|---|---|"]
    for name in sorted(REQUESTS):
        kind = REQUESTS[name]
        listed = ", ".join(each.name for each in fields(kind))
        lines.append(f"| `{name}` | {kind.TIER.name.lower()} | {listed} | {_meaning(kind)} |")
    return "\n".join(lines) + "\n"


def _event(name: str, kind: type[Event]) -> str:
    words = word_fields(name)
    hints = get_type_hints(kind)
    head = ", ".join(
        f"{each.name}{_circle(hints[each.name])}"
        for each in fields(kind)  # type: ignore[arg-type]
        if each.name not in words
    )
    return f"| `{name}` | {'yes' if kind.STREET else ''} | {head} | {', '.join(words)} | {_meaning(kind)} |"


def _circle(hint: object) -> str:
    return " (who may see it)" if hint is Circle else ""


def _meaning(kind: type) -> str:
    return (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ").replace("|", "/")


def access() -> str:
    """docs/access.md: every route and who may use it."""
    with TemporaryDirectory() as place:
        service = Service(open_stores(Path(place) / "hub", os.urandom), clock)
        try:
            return write_table(create_app(service, Catalogue.load(), {}, os.urandom))
        finally:
            service.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
