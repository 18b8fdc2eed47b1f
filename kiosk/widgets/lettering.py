"""Letters: how wide a text is, where its lines break, and its picture; shaped by Pillow's raqm in every script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from hub.words import is_rtl
from kiosk.theme import LINE
from kiosk.widgets.typeface import HAN, HAN_FACES, Faces

BASELINE: Final = 1.05
"""Of a line, in em from its top."""
MARGIN: Final = 0.4
"""Around a line's picture, in em: marks above and below reach out of it."""
NARROWEST: Final = 0.1
"""Of a letter with its share of marks, in em."""
_HAN_FROM: Final = "\u2e80"
_HARD_SPACES: Final = "\u00a0\u202f\u2007"
UNSEEN: Final = "\u200c\u200d\u200e\u200f\u061c"
"""What joins letters or turns their direction, and is not seen itself."""

rtl_of = lru_cache(maxsize=64)(is_rtl)


@dataclass(frozen=True, slots=True)
class Face:
    """Letters of one size in dots, one weight, in one language."""

    size: int
    bold: bool = False
    language: str = "en"

    @property
    def line(self) -> int:
        """Height of a line in dots."""
        return round(self.size * LINE)


@dataclass(slots=True)
class Lettering:
    """Measures and draws text with the faces of this machine."""

    faces: Faces
    _fonts: dict[tuple[str, int, int], ImageFont.FreeTypeFont] = field(default_factory=dict)
    _widths: dict[tuple[str, Face], float] = field(default_factory=dict)
    _covered: dict[str, frozenset[int]] = field(default_factory=dict)

    def width(self, text: str, face: Face) -> float:
        """Width of one line in dots."""
        if not text:
            return 0.0
        known = self._widths.get((text, face))
        if known is None:
            if len(self._widths) > 20_000:
                self._widths.clear()
            line, font, direction = one_line(text), self._font(text, face), direction_of(text, face)
            box = font.getbbox(line, direction=direction, anchor="ls")
            known = max(font.getlength(line, direction=direction), float(box[2]))
            self._widths[text, face] = known
        return known

    def wrap(self, text: str, face: Face, width: float) -> list[str]:
        """The lines of a text in a width; a word wider than a line is broken where it must be. [""] for nothing."""
        lines: list[str] = []
        for paragraph in text.splitlines() or [""]:
            lines += self._wrapped(clean(paragraph), face, width)
        return lines

    def words(self, text: str, face: Face) -> float:
        """Width of the widest piece that should not be broken."""
        return max((self.width(piece.strip(), face) for piece in _pieces(text)), default=0.0)

    def picture(self, text: str, face: Face) -> Image.Image:
        """One line, white on nothing, with a margin of MARGIN em on every side."""
        margin, font = round(face.size * MARGIN), self._font(text, face)
        size = (int(self.width(text, face)) + 2 + 2 * margin, face.line + 2 * margin)
        mask = Image.new("L", size, 0)
        at, line = (margin, margin + round(face.size * BASELINE)), one_line(text)
        ImageDraw.Draw(mask).text(at, line, font=font, fill=255, anchor="ls", direction=direction_of(text, face))
        return mask

    def forget(self) -> None:
        """Keep nothing of what was written so far; the faces stay."""
        self._widths.clear()

    def _wrapped(self, text: str, face: Face, width: float) -> Iterator[str]:
        line, most = "", _most(face, width)
        for piece in _pieces(text):
            if self._has_room((line + piece).rstrip(), face, width, most):
                line += piece
                continue
            if line.strip():
                yield line.rstrip()
            line = piece.lstrip()
            while not self._has_room(line.rstrip(), face, width, most):
                fits = self._fits(line, face, width, most)
                yield line[:fits]
                line = line[fits:]
        yield line.rstrip()

    def _has_room(self, text: str, face: Face, width: float, most: int) -> bool:
        """Whether a text fits; what has more letters than any line is not even measured."""
        return len(text) <= most and self.width(text, face) <= width

    def _fits(self, word: str, face: Face, width: float, most: int) -> int:
        """How many letters of a word fit, at least one; marks stay with their letter."""
        low, high = 1, min(len(word), most)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(word[:middle], face) <= width:
                low = middle
            else:
                high = middle - 1
        while low > 1 and low < len(word) and unicodedata.combining(word[low]):
            low -= 1
        return low

    def _font(self, text: str, face: Face) -> ImageFont.FreeTypeFont:
        path, index = self._file(text, face)
        found = self._fonts.get((path, index, face.size))
        if found is None:
            found = ImageFont.truetype(path, face.size, index=index, layout_engine=ImageFont.Layout.RAQM)
            self._fonts[path, index, face.size] = found
        return found

    def _file(self, text: str, face: Face) -> tuple[str, int]:
        """The file that has the text's letters: the merged one, else the one that has most of the rest."""
        weight = "Bold" if face.bold else "Regular"
        merged = str(self.faces.merged[weight])
        if text.isascii():
            return merged, 0
        missing = {letter for letter in map(ord, text) if letter not in self._letters(merged)}
        missing = {letter for letter in missing if not unicodedata.category(chr(letter)).startswith("C")}
        if not missing:
            return merged, 0
        if any(chr(letter) >= _HAN_FROM for letter in missing):
            index = HAN_FACES.get(face.language, HAN_FACES.get(face.language.partition("-")[0], HAN_FACES["zh"]))
            return str(self.faces.alone[f"{HAN}-{weight}"]), index
        alone = [path for name, path in self.faces.alone.items() if weight in name and HAN not in name]
        best = max(map(str, alone), key=lambda path: len(missing & self._letters(path)), default=merged)
        return (best, 0) if missing & self._letters(best) else (merged, 0)

    def _letters(self, path: str) -> frozenset[int]:
        if path not in self._covered:
            with TTFont(path, lazy=True) as font:
                self._covered[path] = frozenset(font.getBestCmap())
        return self._covered[path]


def _most(face: Face, width: float) -> int:
    """How many letters a line can have at all, marks that take no room among them."""
    return 1 + int(max(0.0, width) / (face.size * NARROWEST))


def clean(text: str) -> str:
    """Without controls, and with single spaces."""
    return " ".join("".join(filter(_shown, text)).split(" "))


def one_line(text: str) -> str:
    """As it can be drawn on one line: whatever else ends a line or skips columns is a space."""
    return "".join(" " if letter.isspace() and letter not in _HARD_SPACES else letter for letter in text)


def _shown(letter: str) -> bool:
    return letter.isprintable() or letter.isspace() or letter in UNSEEN


def direction_of(text: str, face: Face) -> str:
    """Which way a line runs: its language's, but Latin words alone run their own way on a mirrored page too."""
    if not rtl_of(face.language):
        return "ltr"
    strong = {unicodedata.bidirectional(letter) for letter in text}
    return "ltr" if "L" in strong and not strong & {"R", "AL"} else "rtl"


def _pieces(text: str) -> Iterator[str]:
    """Words with the space after them; each letter of a script without spaces is a piece."""
    piece = ""
    for letter in text:
        if letter.isspace() and letter not in _HARD_SPACES:
            yield piece + " "
            piece = ""
        elif letter >= _HAN_FROM and unicodedata.east_asian_width(letter) in "WF":
            if piece:
                yield piece
            piece = letter
        else:
            piece += letter
    if piece:
        yield piece
