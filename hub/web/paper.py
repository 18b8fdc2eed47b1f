"""Paper, for the hall: what this hub printed while it has no printer, and any sheet for the wall as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from flask import Blueprint, Response, abort, g, request
from werkzeug.exceptions import HTTPException

from hub.domain.base import N_, Millis, Refusal
from hub.domain.house import NOBODY
from hub.printing.press import NARROW, Press
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Read, Reply
from hub.web.printing import made, there

NEWEST: Final = 12
"""Pictures on the page; each is a tall one."""
PAPERS: Final = ("a4", "letter")
AT_ONCE: Final = 3
"""PDFs that are set or wait for it: of a crowd that wants more, the rest comes back, and the pages go on."""
HANDED_OUT: Final = ("ballot_slip",)
"""Sheets that are for the room, but handed out one by one: nobody makes their own."""
SIZE: Final = slice(16, 24)
"""Where a PNG says its width and height, four bytes each (PNG specification, 11.2.2)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One sheet that was printed into the folder; its size in dots."""

    name: str
    number: int
    width: int
    height: int
    when: str


def blueprint(hall: Hall, sheets: Mapping[str, Read], found: Press | None) -> Blueprint:
    """The routes of paper."""
    pages = Blueprint("paper", __name__)
    turns = BoundedSemaphore(AT_ONCE)

    @pages.get("/paper")
    @open_to_hall()
    def index() -> Reply:
        trouble = found.trouble if found else None
        return hall.render(
            "paper/index.html",
            printer=found,
            folder=found is not None and found.settings.kind == "folder",
            trouble=hall.speaker.say(trouble.message, **trouble.parameters) if trouble else "",
            pictures=list(_shown(hall, found)),
            sheets=list(_for_the_wall(hall, sheets)),
        )

    @pages.get("/paper/<name>.png")
    @open_to_hall()
    def picture(name: str) -> Reply:
        path = next((each for each in _for_the_room(found) if each.stem == name), None)
        return Response(_content(path) if path else abort(404), mimetype="image/png")

    @pages.get("/paper/sheet/<name>.pdf")
    @open_to_hall(rate=Rate.TRY)
    def sheet(name: str) -> Reply:
        paper = request.args.get("paper", PAPERS[0])
        if name not in sheets or name in HANDED_OUT or paper not in PAPERS:
            abort(404)
        g.person = NOBODY
        document, typecase = made(hall, sheets[name], request.args), there(found).typecase
        if not turns.acquire(blocking=False):
            return _come_back(hall)
        try:
            return Response(typecase.pdf(document, paper), mimetype="application/pdf")
        finally:
            turns.release()

    return pages


def _come_back(hall: Hall) -> Reply:
    """Too many want paper at once."""
    g.no_page = True
    title, text = N_("Slowly, please"), N_("Many people want paper just now. Wait a minute and try again.")
    page = hall.render("message.html", title=hall.speaker.say(title), text=hall.speaker.say(text))
    return str(page), 503


def _for_the_room(press: Press | None) -> list[Path]:
    """The pictures everybody may look at, newest first."""
    kept = (NARROW, *(name.replace("_", "-") for name in HANDED_OUT))
    pictures = press.pictures() if press else []
    return [path for path in pictures if not path.stem.partition("-")[2].startswith(kept)]


def _shown(hall: Hall, press: Press | None) -> Iterator[Picture]:
    for path in _for_the_room(press)[:NEWEST]:
        with suppress(OSError):  # the oldest go while we look
            with path.open("rb") as file:
                size = file.read(SIZE.stop)[SIZE]
            when = hall.speaker.moment(Millis(int(path.stat().st_mtime * 1000)))
            number = int(path.stem.partition("-")[0])
            yield Picture(path.stem, number, int.from_bytes(size[:4]), int.from_bytes(size[4:]), when)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        abort(404)


def _for_the_wall(hall: Hall, sheets: Mapping[str, Read]) -> Iterator[tuple[str, str]]:
    """Name and title of every sheet the room may see of which there is one."""
    asking, g.person = hall.person, NOBODY
    try:
        for name, read in sheets.items():
            with suppress(Refusal, HTTPException):
                yield name, made(hall, read, {}).title
    finally:
        g.person = asking
