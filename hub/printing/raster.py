"""A page of black and white dots: what a printer burns, and what a preview shows."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, UnidentifiedImageError

DARK: Final = 150
"""A dot whose grey is darker than this, of 255, is black. A little above the middle: thin strokes stay whole."""
TALLEST: Final = 60_000
"""Rows a page has at most: 7.5 metres of paper."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A 1-bit page: `width` dots (a multiple of 8), `height` rows; `rows` packed, most significant bit leftmost, 1 is
    black."""

    width: int
    height: int
    rows: bytes

    def __post_init__(self) -> None:
        if self.width <= 0 or self.width % 8 or self.height <= 0:
            raise ValueError(f"a page of {self.width} by {self.height} dots cannot be printed")
        if len(self.rows) != self.height * self.width // 8:
            raise ValueError(f"{len(self.rows)} bytes are no page of {self.width} by {self.height} dots")

    def png(self) -> bytes:
        """The same dots as a 1-bit PNG."""
        content = io.BytesIO()
        white_is_one = bytes(byte ^ 0xFF for byte in self.rows)
        Image.frombytes("1", (self.width, self.height), white_is_one).save(content, "PNG")
        return content.getvalue()

    @classmethod
    def from_png(cls, content: bytes) -> Raster:
        """The page of any PNG: each dot black or white, none in between. Raises ValueError where it is none."""
        try:
            with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
                if image.height > TALLEST:
                    raise ValueError(f"a page of {image.height} rows is too long to print")
                grey = _on_white(image).convert("L")
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as fault:
            raise ValueError("this is no picture that can be printed") from fault
        dots = grey.point([0xFF] * DARK + [0] * (256 - DARK)).convert("1", dither=Image.Dither.NONE)
        return cls(dots.width, dots.height, dots.tobytes())


def _on_white(image: Image.Image) -> Image.Image:
    """The picture on white paper. One that nothing shines through is not copied: it may be a large one."""
    if "transparency" not in image.info and image.mode not in ("RGBA", "LA"):
        return image
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA"))
