"""Sheets become dots or pages: any document, any of our scripts, the same result each time.

Typst sets the type. What a sheet says reaches it as JSON, never as source; the template is ours, nothing
is fetched, and it sees one directory of its own and the fonts named in `hub.words.fonts`, no others.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import weakref
from pathlib import Path
from typing import Final

import typst

from hub.documents.blocks import Document
from hub.domain.base import N_
from hub.printing.layout import laid_out, length, words_in
from hub.printing.raster import Raster
from hub.words import Catalogue
from hub.words.fonts import found

TEMPLATE: Final = Path(__file__).with_name("sheet.typ")
WIDTHS: Final = (576, 384)
"""Dots across the rolls of 80 mm and of 58 mm."""
BODIES: Final = {576: 28, 384: 24}
"""Size of plain text, in dots."""
MARGINS: Final = {576: 8, 384: 4}
DOTS_PER_INCH: Final = 203.2
PAPERS: Final = ("a4", "letter")
SIZES: Final[tuple[float, ...]] = (18.0, 16.0, 14.0, 12.5, 11.0, 10.0)
"""Points of plain text on a page: the largest at which a sheet fits on one is taken."""
A_PAGE: Final = 6_000
"""Letters no page holds at any size: beyond them no size is tried but the smallest."""
POSTERS: Final = ("constitution",)
"""Kinds that are read from across the room."""
POSTER_SIZES: Final[tuple[float, ...]] = (26.0, 24.0, 22.0, 20.0)
COPY: Final = N_("COPY")
LONGEST: Final = 40_000
"""Letters a roll takes in one sheet, about five metres of it; a picture of more would fill a small memory."""


class Typesetter:
    """Sets documents. One for a process: it keeps its fonts and its template warm. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        """Raises FontsMissing where this machine lacks a needed font."""
        self._catalogue = catalogue or Catalogue.load()
        self._lock = threading.Lock()
        place = tempfile.mkdtemp(prefix="trestle-type-")
        weakref.finalize(self, shutil.rmtree, place, ignore_errors=True)
        self._compiler = _compiler(Path(place))

    def raster(self, document: Document, width: int = 576, *, copy: bool = False) -> Raster:
        """A sheet for a roll, `width` dots across. `copy` puts a band across the top that says so."""
        if width not in WIDTHS:
            raise ValueError(f"no roll is {width} dots wide: {WIDTHS}")
        if length(document) > LONGEST:
            raise ValueError(f"the sheet {document.kind} is too long for a roll")
        asked = {"medium": "roll", "poster": False, "dots": width, "body": BODIES[width], "margin": MARGINS[width]}
        said = self._catalogue.say(document.lang, COPY) if copy else ""
        return Raster.from_png(self._set(document, asked, "png", said))

    def pdf(self, document: Document, paper: str = "a4") -> bytes:
        """A sheet for a desk printer, on "a4" or "letter"; as large as one page allows."""
        if paper not in PAPERS:
            raise ValueError(f"no paper is called {paper}: {PAPERS}")
        poster = document.kind in POSTERS
        sizes = SIZES[-1:] if length(document) > A_PAGE else POSTER_SIZES + SIZES if poster else SIZES
        asked = {"medium": "page", "poster": poster, "paper": paper, "sizes": sizes}
        return self._set(document, asked, "pdf", "")

    def _set(self, document: Document, medium: dict[str, object], form: typst.OutputFormat, copy: str) -> bytes:
        sheet = laid_out(document) | medium | {"copy": words_in(copy, document.lang)}
        with self._lock:
            made = self._compiler.compile(
                format=form,
                ppi=DOTS_PER_INCH,
                sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
                timestamp=0,
            )
        if not isinstance(made, bytes):
            raise ValueError(f"the sheet {document.kind} came out as several pages")
        return made


def _compiler(place: Path) -> typst.Compiler:
    """A compiler that can see our template and our fonts."""
    (place / "fonts").mkdir()
    for name, path in found().items():
        (place / "fonts" / f"{name}{path.suffix}").symlink_to(path)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(place / "fonts")])
    (place / "root").mkdir()
    source = place / "root" / TEMPLATE.name
    source.write_bytes(TEMPLATE.read_bytes())
    return typst.Compiler(str(source), root=str(place / "root"), font_paths=fonts)
