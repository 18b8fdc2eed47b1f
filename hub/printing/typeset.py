"""Sheets become dots or pages: any document, any of our scripts, the same result each time.

Typst sets the type. What a sheet says reaches it as JSON, never as source; the template is ours, nothing
is fetched, and it sees the directory it lies in and the fonts named in `hub.words.fonts`, no others. Nothing
it was given stays on a disk.
"""

from __future__ import annotations

import json
import tempfile
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typst

from hub.documents.blocks import Document
from hub.domain.base import N_, Refusal
from hub.printing.layout import Laid, laid_out, length, words_in
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
LONGEST: Final = 20_000
"""Letters a roll takes in one sheet, three metres of it; a picture of more would fill a small memory."""
MOST_PAGES: Final = 60_000
"""Letters pages take in one sheet, about thirty of them, for the same reason."""
LONG: Final = 2_000
"""Letters of a sheet that is worth letting go of after it was set."""
AGES: Final = 10
"""Typst keeps the parts of so many sheets it set last: 25 MB of each long one."""
NOT_SET: Final = N_("There are signs on this sheet that cannot be printed. Read it on the screen instead.")
WILD: Final = frozenset({"Mn", "Me", "Cf", "Cn", "Co"})
"""Kinds of letters that only matter beside others (Unicode, 4.5)."""
BLANK: Final = Document("blank", "en", "", ())


class Typesetter:
    """Sets documents. One for a process: it keeps its fonts and its template warm. Safe to share between threads.

    One thread of its own sets them all: Typst takes 30 MB more for every thread it is called from.
    """

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        """Raises FontsMissing where this machine lacks a needed font, OSError where nothing can be written."""
        self._catalogue = catalogue or Catalogue.load()
        self._hand = ThreadPoolExecutor(1, "typesetter")
        self._compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=_fonts())

    def raster(self, document: Document, width: int = 576, *, copy: bool = False) -> Raster:
        """A sheet for a roll, `width` dots across. `copy` puts a band across the top. Raises ValueError, Refusal."""
        if width not in WIDTHS:
            raise ValueError(f"no roll is {width} dots wide: {WIDTHS}")
        if length(document) > LONGEST:
            raise ValueError(f"the sheet {document.kind} is too long for a roll")
        said = self._catalogue.say(document.lang, COPY) if copy else ""
        return Raster.from_png(self._set(document, _roll(width), "png", said))

    def pdf(self, document: Document, paper: str = "a4") -> bytes:
        """A sheet for a desk printer, on "a4" or "letter"; as large as one page allows. Raises ValueError, Refusal."""
        if paper not in PAPERS:
            raise ValueError(f"no paper is called {paper}: {PAPERS}")
        letters = length(document)
        if letters > MOST_PAGES:
            raise ValueError(f"the sheet {document.kind} is too long for pages")
        poster = document.kind in POSTERS
        sizes = SIZES[-1:] if letters > A_PAGE else POSTER_SIZES + SIZES if poster else SIZES
        asked = {"medium": "page", "poster": poster, "paper": paper, "sizes": sizes}
        return self._set(document, asked, "pdf", "")

    def _set(self, document: Document, medium: Laid, form: typst.OutputFormat, copy: str) -> bytes:
        sheet = laid_out(document) | medium | {"copy": words_in(copy, document.lang)}
        made = self._hand.submit(self._made, sheet, form, length(document) > LONG).result()
        if not isinstance(made, bytes):
            raise ValueError(f"the sheet {document.kind} came out as several pages")
        return made

    def _made(self, sheet: Laid, form: typst.OutputFormat, long: bool) -> object:
        """Set a sheet, and let Typst forget a long one, as it does when enough others came after it."""
        made = self._compile(sheet, form)
        for _ in range(AGES if long else 0):
            self._compile(laid_out(BLANK) | _roll(WIDTHS[-1]) | {"copy": words_in("", BLANK.lang)}, "png")
        return made

    def _compile(self, sheet: Laid, form: typst.OutputFormat) -> object:
        """Wild mixtures of scripts that Typst stumbles over are set once more, without what makes them wild."""
        said = json.dumps(sheet, ensure_ascii=False)
        for each in (said, _tamed(said)):
            with _stumbling():
                return self._compiler.compile(format=form, ppi=DOTS_PER_INCH, sys_inputs={"sheet": each}, timestamp=0)
        raise Refusal("", NOT_SET)


@contextmanager
def _stumbling() -> Iterator[None]:
    """Pass over a bug within Typst, which is raised as no Exception and would end a thread unheard."""
    try:
        yield
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise


def _tamed(text: str) -> str:
    """Without rare scripts, joiners and marks above or below a letter."""
    return "".join(each for each in text if each <= "\uffff" and unicodedata.category(each) not in WILD)


def _roll(width: int) -> Laid:
    """What the template asks of a roll."""
    return {"medium": "roll", "poster": False, "dots": width, "body": BODIES[width], "margin": MARGINS[width]}


def _fonts() -> typst.Fonts:
    """Our fonts. Typst looks for them where the links to them lead, so the links need not stay."""
    with tempfile.TemporaryDirectory(prefix="trestle-type-") as place:
        for name, path in found().items():
            (Path(place) / f"{name}{path.suffix}").symlink_to(path.resolve())
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[place])
