"""The typesetter as the press holds it: made when it is wanted first, one for all who ask."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Protocol

from hub.documents.blocks import Document
from hub.domain.base import N_, Refusal
from hub.log.faults import Fault
from hub.printing.raster import Raster
from hub.printing.spool import TOO_LONG
from hub.words.fonts import FontsMissing

TOO_MANY_PAGES: Final = N_("This sheet is too long for pages. Read it on the screen instead.")


class Typesetting(Protocol):
    """What makes dots and pages of a document."""

    def raster(self, document: Document, width: int = 576, *, copy: bool = False) -> Raster:
        """The sheet, `width` dots wide; with a visible band where it is a copy. Raises ValueError: too long."""

    def pdf(self, document: Document, paper: str = "a4") -> bytes:
        """The sheet on "a4" or "letter". Raises ValueError: too long."""


class NoFonts(Fault):
    """Nothing can be typeset on this machine."""

    MESSAGE = N_("The letters for printing are missing on this machine ({reason}). Nothing was printed.")


class TypeCase:
    """One typesetter, from `make`, which raises FontsMissing or OSError where there are no letters. Thread-safe."""

    def __init__(self, make: Callable[[], Typesetting]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: Typesetting | None = None

    def raster(self, document: Document, width: int, *, copy: bool = False) -> Raster:
        """The sheet in dots. Raises NoFonts, Refusal where no roll is long enough."""
        try:
            return self._typesetter().raster(document, width, copy=copy)
        except ValueError as fault:
            raise Refusal("", TOO_LONG) from fault

    def pdf(self, document: Document, paper: str) -> bytes:
        """The sheet in pages. Raises NoFonts, Refusal where it is a book."""
        try:
            return self._typesetter().pdf(document, paper)
        except ValueError as fault:
            raise Refusal("", TOO_MANY_PAGES) from fault

    def _typesetter(self) -> Typesetting:
        with self._lock:
            if self._made is None:
                try:
                    self._made = self._make()
                except (FontsMissing, OSError) as fault:
                    raise NoFonts(reason=str(fault)) from fault
            return self._made
