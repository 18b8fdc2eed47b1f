"""`trestle print KIND` and `trestle printer test`: sheets on paper, as pictures and as PDFs, from the command line.

The printer has one owner, the running hub: what goes to paper goes through it. Pictures and PDFs are made from
the data, whether the hub runs or not.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
import requests
from flask import Flask

from hub import config as settings
from hub.client import Client, Fault, HubDown, Print, Refused, fresh_key, read_token
from hub.commands.options import data_option, reading
from hub.commands.serve import HOME, typesetting
from hub.config import FOLDER
from hub.documents.blocks import Document
from hub.documents.printer_test import printer_test
from hub.domain.base import Refusal
from hub.printing.port import BadPrinter, Ended, Job, PrinterTrouble, Trouble
from hub.printing.printers import open_printer
from hub.printing.ruler import with_ruler
from hub.printing.typecase import TypeCase
from hub.web import create_app, kinds_of_sheets, sheet_for_the_wall
from hub.web.hall import Hall
from hub.words import Catalogue

PATIENCE: Final = 60.0
"""Seconds to watch a sheet that waits; it goes on without us."""
LOOK: Final = 0.2
NOT_RUNNING: Final = "The hub is not running, and it alone may use the printer. Start it first: trestle serve"
MUTE: Final = (
    "This printer does not say how it is. That is no fault: many cheap ones never do, or their cable is one-way. "
    "After each sheet somebody is asked whether it came out whole."
)

HINT: Final = (
    "If the printer is on and its cable is in, it may be one that never answers. "
    "Then write “mute = true” under [printer] in trestle.toml, start the hub again, and try once more."
)
NO_SUCH: Final = "There is no sheet called “{kind}” just now, or it is not for everybody."
NO_NUMBER: Final = (
    "There is no such sheet, or it is not for everybody. Say which one, and look whether the number is right: "
    "trestle print {kind} --number {of}"
)
A_PICTURE: Final = (
    "This hub has no printer yet, so the sheet is a picture in the directory “printed”. "
    "The hub's page /paper shows it, and says how to give the hub a printer."
)
AGAIN: Final = "This test itself waits for nothing: once the printer is well, run it again."
SHORT: Final = 15.0
"""Seconds to wait for a test sheet."""


@click.command("print")
@click.argument("kind", required=False)
@click.option(
    "--number", default="", help="Which one, of sheets there are many of: minutes 3, the handover of a role …"
)
@click.option("--language", default="", help="Language of the sheet; the hub's own by default.")
@click.option("--copies", type=click.IntRange(1, 5), default=1, help="How many.")
@click.option("--png", type=click.Path(path_type=Path, dir_okay=False), help="Write a picture of the paper instead.")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Write a PDF instead.")
@click.option("--paper", type=click.Choice(("a4", "letter")), default="a4", show_default=True, help="Of the PDF.")
@click.option("--list", "listed", is_flag=True, help="Say which sheets there are.")
@data_option
def print_(
    data: Path,
    kind: str | None,
    number: str,
    language: str,
    copies: int,
    png: Path | None,
    pdf: Path | None,
    paper: str,
    listed: bool,
) -> int:
    """Print a sheet that everybody may see, as “trestle print budget”. “--list” names them all."""
    kinds = kinds_of_sheets()
    if listed:
        for name, of in kinds.items():
            click.echo(f"{name} --number {of.upper()}" if of else name)
        return 0
    if kind is None or kind not in kinds:
        raise click.UsageError("Say which sheet: one of those that “trestle print --list” names.")
    if number and not kinds[kind]:
        raise click.UsageError(f"There is one sheet called “{kind}”, and no number of it.")
    if language and language not in dict(Catalogue.load().languages):
        raise Refusal("", f"There is no translation for “{language}” yet. Nothing was printed.")
    if png or pdf:
        _write(data, kind, number, language, png, pdf, paper)
        return 0
    asked = {kinds[kind]: number} if number else {}
    with _hub(data, language) as hub:
        try:
            sheet = hub.print_sheet(kind, fresh_key(), "", copies, **asked)
        except Fault as fault:
            if fault.status != requests.codes.not_found:
                raise
            raise Refusal("", NO_NUMBER if kinds[kind] else NO_SUCH, kind=kind, of=kinds[kind].upper()) from fault
        return _watch(hub, sheet)


def _write(data: Path, kind: str, number: str, language: str, png: Path | None, pdf: Path | None, paper: str) -> None:
    """A picture or a PDF, made here."""
    width = settings.read(data, os.environ).printer.width
    with reading(data) as service:
        app = create_app(service, Catalogue.load(), {}, os.urandom)
        document = _in_language(app, language, lambda: sheet_for_the_wall(app, kind, number))
    typecase = TypeCase(typesetting)
    if png is not None:
        png.write_bytes(typecase.raster(document, width).png())
        click.echo(f"{document.title}: {png}")
    if pdf is not None:
        pdf.write_bytes(typecase.pdf(document, paper))
        click.echo(f"{document.title}: {pdf}")


def _in_language(app: Flask, language: str, make: Callable[[], Document]) -> Document:
    with app.test_request_context(f"/?lang={language}"):
        return make()


@contextmanager
def _hub(data: Path, language: str = "") -> Iterator[Client]:
    """The running hub, as a desk. Raises Refusal in its words, or where it does not run."""
    found = settings.read(data, os.environ)
    try:
        client = Client(f"http://{HOME}:{found.own_door}", read_token(data, "desk"), language or "*")
    except (OSError, KeyError) as fault:
        raise Refusal("", NOT_RUNNING) from fault
    try:
        yield client
    except HubDown as fault:
        raise Refusal("", NOT_RUNNING) from fault
    except (Refused, Fault) as no:
        raise Refusal("", str(no).replace("{", "{{").replace("}", "}}")) from no
    finally:
        client.close()


def _watch(hub: Client, sheet: Print, patience: float = PATIENCE, hint: str = "") -> int:
    """Follow a sheet until it is out, saying each trouble once. Returns the exit status."""
    told, until = "", time.monotonic() + patience
    while sheet.waits and time.monotonic() < until:
        if sheet.trouble and sheet.trouble != told:
            told = sheet.trouble
            click.echo(told, err=True)
        time.sleep(LOOK)
        sheet = hub.print_state(sheet.job)
    if sheet.waits and hint:
        click.echo(hint, err=True)
    return _ended(hub, sheet)


def _ended(hub: Client, sheet: Print) -> int:
    if sheet.state == "unknown":
        return _ask(hub, sheet)
    if sheet.waits:
        click.echo("It waits at the printer, and is printed as soon as that is possible.")
        return 0
    if sheet.state == "done":
        click.echo("Printed.")
        return 0
    click.echo(sheet.trouble or "It was not printed.", err=True)
    return 1


def _ask(hub: Client, sheet: Print) -> int:
    """The printer cannot say; a person can."""
    if sheet.trouble:
        click.echo(sheet.trouble, err=True)
    if not sys.stdin.isatty():
        click.echo("Look at the paper: only a person can say whether it came out whole.")
        return 0
    if click.confirm("Did it come out whole?", default=True):
        hub.came_out(sheet.job, True)
        return 0
    return _watch(hub, hub.came_out(sheet.job, False)) if click.confirm("Print it again?") else 1


@click.group()
def printer() -> None:
    """The hub's printer: try it out."""


@printer.command("test")
@data_option
def test_sheet(data: Path) -> int:
    """Print a test sheet, and say what the printer answered."""
    try:
        with _hub(data) as hub:
            return _through(hub)
    except Refusal as no:
        if no.message != NOT_RUNNING:
            raise
    click.echo("The hub is not running; trying the printer from here.")
    return _directly(data)


def _through(hub: Client) -> int:
    found = hub.printer()
    click.echo(f"Printer: {found['kind']}, {found['width']} dots wide; {found['queued']} sheets wait.")
    status = _watch(hub, hub.print_sheet("printer_test", fresh_key()), SHORT, HINT)
    if found["kind"] == FOLDER.kind:
        click.echo(A_PICTURE)
    elif hub.printer()["answers"] is False:
        click.echo(MUTE)
    return status


def _directly(data: Path) -> int:
    """Without a hub: nobody else owns the printer meanwhile."""
    found = settings.read(data, os.environ).own_printer
    click.echo(f"Printer: {found.kind}, {found.address}, {found.width} dots wide.")
    with reading(data) as service:
        app = create_app(service, Catalogue.load(), {}, os.urandom)
        hall: Hall = app.extensions["trestle"][0]
        document = _in_language(app, "", lambda: printer_test(hall.sheet()))
    raster = with_ruler(TypeCase(typesetting).raster(document, found.width))
    try:
        printing = open_printer(found)
    except BadPrinter as fault:
        raise settings.BadConfig(str(fault)) from fault
    try:
        if (trouble := printing.trouble()) is not None:
            raise PrinterTrouble(trouble)
        ended = printing.print(Job(raster, document.title, kind=document.kind, noticed=_tell), lambda: None)
    except PrinterTrouble as fault:
        click.echo(fault.trouble.value, err=True)
        if fault.trouble is Trouble.LOST:
            click.echo(HINT, err=True)
        click.echo(AGAIN, err=True)
        return 1
    finally:
        printing.close()
    if found.kind == FOLDER.kind:
        click.echo(f"Printed. {A_PICTURE}")
    else:
        click.echo("Printed; the printer said so itself." if ended is Ended.DONE else f"Sent. {MUTE}")
    return 0


def _tell(trouble: Trouble | None) -> None:
    """A trouble within the sheet, which the printer waits out."""
    if trouble is not None:
        click.echo(trouble.value, err=True)
