"""Pages of dots, as they come from a picture and go back into one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hub.printing.raster import TALLEST, Raster

PAGE = Raster(16, 2, bytes([0b10000001, 0, 0, 0b00001111]))


def picture(mode: str, size: tuple[int, int], colour: object, form: str = "PNG") -> bytes:
    content = io.BytesIO()
    Image.new(mode, size, colour).save(content, form)  # type: ignore[arg-type]
    return content.getvalue()


def test_the_leftmost_dot_is_the_most_significant_bit_and_black_is_one() -> None:
    with Image.open(io.BytesIO(PAGE.png())) as image:
        assert image.mode == "1"
        assert [image.getpixel(dot) for dot in ((0, 0), (1, 0), (7, 0), (11, 1), (12, 1))] == [0, 255, 0, 255, 0]


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_a_page_survives_being_a_picture(wide: int, height: int, data: st.DataObject) -> None:
    page = Raster(wide * 8, height, data.draw(st.binary(min_size=wide * height, max_size=wide * height)))
    assert Raster.from_png(page.png()) == page


def test_grey_becomes_black_or_white_without_a_pattern_and_nothing_is_white() -> None:
    assert set(Raster.from_png(picture("L", (8, 8), 100)).rows) == {0xFF}
    assert set(Raster.from_png(picture("L", (8, 8), 200)).rows) == {0}
    assert set(Raster.from_png(picture("RGBA", (8, 8), (0, 0, 0, 0))).rows) == {0}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"soup",
        PAGE.png()[:-30],
        picture("L", (8, 8), 0, "GIF"),
        picture("L", (9, 8), 0),
        picture("L", (8, TALLEST + 1), 0),
    ],
    ids=["nothing", "words", "half", "another kind", "odd width", "endless"],
)
def test_what_is_no_printable_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"print|dots"):
        Raster.from_png(content)


@pytest.mark.parametrize(("width", "height", "rows"), [(12, 1, b"xx"), (8, 0, b""), (8, 2, b"x"), (0, 1, b"")])
def test_a_page_that_does_not_add_up_cannot_be(width: int, height: int, rows: bytes) -> None:
    with pytest.raises(ValueError, match="dots"):
        Raster(width, height, rows)
