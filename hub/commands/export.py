"""`trestle export`: everything a community needs to go on without this program, in files people can read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

from hub import __version__
from hub.commands.options import data_option, json_option, reading
from hub.documents.as_html import as_html
from hub.documents.as_text import as_text, short_hash
from hub.documents.blocks import Document
from hub.domain.base import Position, Refusal
from hub.entry import Entry
from hub.log.faults import NotFinished
from hub.service import Service
from hub.web import create_app, sheets_for_the_wall
from hub.words import Catalogue, is_rtl

README = """This is what {name} recorded, written by Trestle {version} at place {position} of its log.

sheets/   the posted sheets, as text and as pages for any browser: rules, every budget, all minutes, needs ...
          Without --people they name nobody.
log.jsonl every line of the log in order: what happened, when, in numbers and in words.
          Words that were taken back are not in it. Members stand as random letters.
street/   what neighbour hubs may hold: signed batches that are closed for ever, each one file.
people.csv (only with --people) the names and contacts members gave, for a list on paper.

The log's last hash is {hash}. A posted sheet names its own place and hash:
hold its seal against the line of that place.
"""


@click.command()
@data_option
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--people", is_flag=True, help="Add names and contacts. Keep that file as you would a phone book.")
@click.option("--language", default="", help="Language of the sheets; the hub's own by default.")
@json_option
def export(data: Path, directory: Path, people: bool, language: str, as_json: bool) -> None:
    """Write everything into DIRECTORY, readable without this program. DIRECTORY must be new or empty."""
    if directory.exists() and any(directory.iterdir()):
        raise Refusal("", f"{directory} is not empty. Nothing was written; choose a new directory.")
    if language and language not in dict(Catalogue.load().languages):
        raise Refusal("", f"There is no translation for “{language}” yet. Nothing was written.")
    with reading(data) as service:
        directory.mkdir(parents=True, exist_ok=True)
        written = [str(path.relative_to(directory)) for path in write(service, directory, language, people=people)]
    if as_json:
        click.echo(json.dumps({"directory": str(directory), "files": written}))
    else:
        click.echo(f"{len(written)} files in {directory}. Begin with README.txt.")


def write(service: Service, directory: Path, language: str, *, people: bool) -> Iterator[Path]:
    """Write one hub's export; yields each file."""
    position, digest = service.seal()
    card = service.read(lambda views: views.constitution.card)
    name = card.name.get(card.language, "this hub")
    text = README.format(name=name, version=__version__, position=position, hash=digest)
    yield _put(directory / "README.txt", text)
    yield _put(directory / "log.jsonl", "".join(_line(entry) + "\n" for entry in _everything(service)))
    for number, batch in enumerate(_batches(service), 1):
        yield _put(directory / "street" / f"{number:06}.json", batch.decode() + "\n")
    for file, sheet in _sheets(service, language or card.language, named=people):
        yield _put(directory / "sheets" / f"{file}.txt", as_text(sheet))
        yield _put(directory / "sheets" / f"{file}.html", _page(sheet))
    if people:
        yield _put(directory / "people.csv", _people(service))


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _batches(service: Service) -> list[bytes]:
    """What neighbours hold already; nothing of it where a bad card still shows words that were taken back."""
    try:
        return service.closed_batches()
    except NotFinished:
        return []


def _everything(service: Service) -> Iterator[Entry]:
    after = Position(0)
    while entries := service.follow(after):
        yield from entries
        after = entries[-1].seq


def _line(entry: Entry) -> str:
    head = entry.head
    line = {
        "place": head.seq,
        "hash": entry.hash,
        "seal": short_hash(entry.hash),
        "kind": head.kind,
        "time": head.time,
        "by": head.actor,
        "data": json.loads(bytes(head.data)),
        "words": entry.body.words if entry.body else None,
    }
    return json.dumps(line, ensure_ascii=False)


def _sheets(service: Service, language: str, *, named: bool) -> Iterator[tuple[str, Document]]:
    app = create_app(service, Catalogue.load(), {}, os.urandom)
    with app.test_request_context(f"/?lang={language}"):
        yield from sheets_for_the_wall(app, named=named)


def _page(sheet: Document) -> str:
    direction = "rtl" if is_rtl(sheet.lang) else "ltr"
    return (
        f'<!doctype html><html lang="{sheet.lang}" dir="{direction}"><meta charset="utf-8">'
        f"<title>{sheet.kind}</title>{as_html(sheet)}</html>\n"
    )


def _people(service: Service) -> str:
    lines = ["member,name,language,contact"]
    now = service.now()
    for member in sorted(service.people.members()):
        fields = (
            member,
            service.people.name(member),
            service.people.language(member),
            service.people.contact(member, now),
        )
        lines.append(",".join(_cell(field) for field in fields))
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """A quoted cell. What a spreadsheet would take for a formula (RFC 4180 knows none) begins with an apostrophe."""
    plain = "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
    return '"' + plain.replace('"', '""') + '"'
