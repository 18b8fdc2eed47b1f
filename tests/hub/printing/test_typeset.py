"""Sheets as they come out of the printer: the right edge, the right letters, nothing that is not text."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import typst
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageOps

from hub.documents.blocks import (
    TICK,
    Bar,
    Block,
    Box,
    Code,
    Document,
    Heading,
    Item,
    Row,
    Rule,
    Seal,
    Table,
    Text,
)
from hub.domain.base import Position, Refusal
from hub.printing.layout import code, runs_left
from hub.printing.raster import Raster
from hub.printing.typeset import WIDTHS, Typesetter
from hub.words.fonts import found

HASH = "0f" * 32
SCRIPTS = {
    "vi": ("Đại hội quyết định chuyển", "ẵ ỡ ị ở"),
    "ar": ("قررت الجمعية نقل", "ض غ ث ظ"),
    "zh": ("大会决定，三个月", "维修款中"),
    "am": ("ጉባኤው ለሦስት ወራት", "ዩሮ ወደ"),
    "hi": ("सभा ने तीन महीने", "क्षत्रज्ञ"),
    "he": ("האסיפה החליטה", "ץ ף ם"),
}
BLOCKS: tuple[Block, ...] = (
    Heading("Soup", 1),
    Text("Corner Kitchen", small=True),
    Rule(),
    Text("On Friday", strong=True),
    Row("Places", "3 of 8", strong=True),
    Item("Lentil", "1.", "Food · Today"),
    Item("A bullet"),
    Item("A box", TICK),
    Table(("What", "Euro"), (("Rice", "12.50"), ("Flour", "1,234.00")), (1,)),
    Bar("Rent", 3, 8, "€3.00"),
    Box("Name"),
    Code("AB12-CD34-EF56", "Show this"),
    Rule(),
    Seal(Position(41), HASH, "Place in the log:"),
)


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


def sheet(*blocks: Block, lang: str = "en", kind: str = "test") -> Document:
    return Document(kind, lang, "Test", blocks)


def image(raster: Raster) -> Image.Image:
    return Image.open(io.BytesIO(raster.png())).convert("L")


def ink(raster: Raster) -> tuple[int, int, int, int]:
    """The box that holds all black dots: left, top, right, bottom."""
    box = ImageOps.invert(image(raster)).getbbox()
    assert box is not None
    return box


def test_every_kind_of_block_fits_both_rolls_and_both_papers(typesetter: Typesetter) -> None:
    for width in WIDTHS:
        raster = typesetter.raster(sheet(*BLOCKS), width)
        assert (raster.width, len(raster.rows)) == (width, raster.height * width // 8)
        left, top, right, bottom = ink(raster)
        assert left >= 4
        assert right <= width - 4
        assert top >= 6  # 0.6 mm and more
        assert bottom < raster.height
    assert typesetter.pdf(sheet(*BLOCKS)).startswith(b"%PDF-")
    assert b"/MediaBox[0 0 612 792]" in typesetter.pdf(sheet(*BLOCKS), "letter")


def test_the_same_sheet_is_the_same_dots_each_time_in_every_process_and_thread(typesetter: Typesetter) -> None:
    document = sheet(*BLOCKS)
    first, page = typesetter.raster(document), typesetter.pdf(document)
    typesetter.raster(sheet(Text("something else")), 384)
    assert typesetter.raster(document) == first
    assert typesetter.pdf(document) == page
    assert Typesetter().raster(document) == first
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(typesetter.raster, [document] * 8)) == {first}


def test_a_copy_says_so_across_the_top(typesetter: Typesetter) -> None:
    plain, copy = (typesetter.raster(sheet(*BLOCKS), copy=each) for each in (False, True))
    assert copy.height > plain.height
    assert copy.rows.endswith(plain.rows[20 * 72 :])
    assert typesetter.raster(sheet(*BLOCKS, lang="es"), copy=True).height == copy.height


def test_only_two_rolls_and_two_papers_are_known(typesetter: Typesetter) -> None:
    with pytest.raises(ValueError, match="500 dots"):
        typesetter.raster(sheet(), 500)
    with pytest.raises(ValueError, match="foolscap"):
        typesetter.pdf(sheet(), "foolscap")


# Scripts


def covered() -> Iterator[int]:
    for path in found().values():
        with TTFont(path, fontNumber=0, lazy=True) as font:
            yield from font.getBestCmap()


def test_the_fonts_have_every_letter_of_six_scripts_and_of_our_own_signs() -> None:
    letters = {ord(letter) for texts in SCRIPTS.values() for text in texts for letter in text}
    assert (letters | set(map(ord, "•·–—“”’…€£¥₹→½✓"))) - set(covered()) == set()


@pytest.mark.parametrize("lang", SCRIPTS)
def test_no_letter_of_a_script_is_drawn_as_an_empty_box(typesetter: Typesetter, lang: str) -> None:
    """Two private letters have no drawing anywhere: they come out alike, and real ones do not."""
    first, second = SCRIPTS[lang]
    assert drawn(typesetter, "\ue000\ue000") == drawn(typesetter, "\ue001\ue001")
    letters = [letter for letter in first + second if letter.isalpha()]
    assert len({drawn(typesetter, letter, lang).rows for letter in letters}) == len(set(letters))


@pytest.mark.skipif("Symbola" not in found(), reason="fonts-symbola is not on this machine")
def test_emoji_are_drawn_in_outlines(typesetter: Typesetter) -> None:
    assert drawn(typesetter, "🌻") != drawn(typesetter, "🍲")


def drawn(typesetter: Typesetter, text: str, lang: str = "en") -> Raster:
    return typesetter.raster(sheet(Text(text, lang)), 384)


def test_arabic_letters_join_and_devanagari_ones_form_clusters(typesetter: Typesetter) -> None:
    apart = "\u200c"
    assert drawn(typesetter, "سلام", "ar") != drawn(typesetter, apart.join("سلام"), "ar")
    assert drawn(typesetter, "क्ष", "hi") != drawn(typesetter, "क्\u200cष", "hi")


def test_digits_in_arabic_and_hebrew_keep_their_order(typesetter: Typesetter) -> None:
    for lang, around in (("ar", "صندوق {} يورو"), ("he", "קרן {} אירו")):
        line = image(drawn(typesetter, around.format("1400"), lang))
        right, wrong = (image(drawn(typesetter, number)) for number in ("1400", "0041"))
        assert best_match(line, right) * 1.5 < best_match(line, wrong)


def best_match(line: Image.Image, part: Image.Image) -> int:
    """How many dots differ where a part fits into a line best."""
    box = ImageOps.invert(part).getbbox()
    assert box is not None
    left, top, right, bottom = box
    part = part.crop(box)
    return min(
        different(line.crop((x, top + y, x + right - left, bottom + y)), part)
        for x in range(line.width - part.width)
        for y in (-1, 0, 1)
    )


def different(one: Image.Image, other: Image.Image) -> int:
    return ImageChops.difference(one, other).histogram()[255]


def test_a_sheet_in_arabic_begins_at_the_right_edge_and_is_mirrored_as_a_whole(typesetter: Typesetter) -> None:
    for block in (Heading("سلام", 1), Text("سلام"), Item("سلام", "1."), Item("سلام"), Box("")):
        assert ink(typesetter.raster(sheet(block, lang="ar")))[2] > 550
    left, _, right, _ = ink(typesetter.raster(sheet(Row("سلام", "3"), lang="ar")))
    assert left < 30
    assert right > 550
    assert ink(typesetter.raster(sheet(Item("Soup", "1."), lang="ar")))[0] > 400


def test_somebodys_own_words_begin_where_their_script_begins(typesetter: Typesetter) -> None:
    assert ink(typesetter.raster(sheet(Text("سلام", "ar"))))[0] > 400
    assert ink(typesetter.raster(sheet(Text("Soup", "en"), lang="ar")))[2] < 150
    assert ink(typesetter.raster(sheet(Heading("שלום", 2, "he"))))[2] > 550


@pytest.mark.parametrize(
    ("text", "lang", "left"),
    [
        ("Soup", "en", False),
        ("سلام", "en", True),
        ("WhatsApp مجموعة", "ar", True),
        ("Soup مجموعة", "en", False),
        ("Rosa", "ar", False),
        ("12", "ar", True),
        ("12", "en", False),
        ("", "he", True),
    ],
)
def test_the_letters_decide_the_direction_and_the_language_where_there_are_none(
    text: str, lang: str, left: bool
) -> None:
    assert runs_left(text, lang) is left


# Texts that are too long, or meant badly


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/x:1.0.0": *',
        '#read("/etc/passwd")',
        "$x^2$ *b* _i_ `c` <l> @r ~ \\ // /* */ = H",
        "#pagebreak() #panic()",
        "]]] ))) }}}",
        '"; } {"a": 1}',
    ],
)
def test_words_that_look_like_source_are_words(typesetter: Typesetter, text: str) -> None:
    """One line stays one line, each of its signs is drawn."""
    for block in (Text(text), Heading(text, 2), Row(text, "1"), Item("x", text), Box(text), Table((text,), ((text,),))):
        assert typesetter.raster(sheet(block)).height < 260
    assert ink(typesetter.raster(sheet(Text(text))))[2] > 8 * len(text)


def test_what_a_printer_would_obey_and_what_turns_text_around_is_left_out(typesetter: Typesetter) -> None:
    for block in (Text("a\x1bp\x00b\u202ecd\u2066"), Heading("a\x1bp\x00b\u202ecd\u2066", 2)):
        plain = replace(block, text="apbcd")
        assert typesetter.raster(sheet(block)) == typesetter.raster(sheet(plain))


class PanicException(BaseException):
    """As a bug within Typst is raised."""


@dataclass
class Stumbling:
    """A compiler that stumbles over one sign."""

    compiler: typst.Compiler
    sign: str

    def compile(self, **asked: Any) -> Any:
        if self.sign in asked["sys_inputs"]["sheet"]:
            raise PanicException("byte index 10 is out of bounds")
        return self.compiler.compile(**asked)


def test_what_typst_stumbles_over_is_set_without_it_or_refused_in_plain_words(typesetter: Typesetter) -> None:
    wild = Typesetter()
    wild._compiler = Stumbling(typesetter._compiler, "\u0301")  # type: ignore[assignment]
    assert wild.raster(sheet(Text("bo\u0301x"))) == typesetter.raster(sheet(Text("box")))
    wild._compiler = Stumbling(typesetter._compiler, "bo")  # type: ignore[assignment]
    with pytest.raises(Refusal, match="cannot be printed"):
        wild.raster(sheet(Text("bo\u0301x")))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_word_without_an_end_breaks_wherever_it_stands(typesetter: Typesetter, width: int) -> None:
    word = "W" * 120
    blocks = (Heading(word, 1), Text(word), Row(word, word), Item(word, "1.", word), Bar(word, 1, 2, "1"), Box(word))
    raster = typesetter.raster(sheet(*blocks, Table((word, "n"), ((word, "1"),), (1,)), Row("a", word)), width)
    assert ink(raster)[2] <= width - 4
    assert raster.height > 700


def test_ten_thousand_letters_and_two_hundred_rows_come_out_and_a_book_does_not(typesetter: Typesetter) -> None:
    assert typesetter.raster(sheet(Text("x" * 10_000)), 384).height > 5_000
    rows = tuple((f"Rice {number}", "12.50") for number in range(200))
    assert typesetter.raster(sheet(Table(("What", "Euro"), rows, (1,)))).height > 200 * 40
    assert typesetter.raster(sheet(*(Row(*row) for row in rows)), 384).height > 200 * 30
    for book in ([Text("x" * 1_000)] * 50, [Text("x\n" * 1_000)]):
        with pytest.raises(ValueError, match="too long"):
            typesetter.raster(sheet(*book))
    with pytest.raises(ValueError, match="too long"):
        typesetter.pdf(sheet(*[Text("x" * 1_000)] * 100))


def test_of_long_sheets_that_were_set_little_stays_in_memory(typesetter: Typesetter) -> None:
    sizes = []
    for number in range(8):
        typesetter.pdf(sheet(*(Item(f"{number} {place} bread and beans", f"{place}.", "Food") for place in range(150))))
        sizes.append(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20)
    assert sizes[-1] - sizes[1] < 40


def test_nothing_lies_in_the_temporary_directory_while_sheets_are_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    typesetter = Typesetter()
    assert not list(tmp_path.iterdir())
    for language, texts in SCRIPTS.items():
        assert typesetter.raster(sheet(*map(Text, texts), lang=language)).height > 60


def test_sums_end_at_the_far_edge_one_below_the_other(typesetter: Typesetter) -> None:
    for width in WIDTHS:
        edges = {ink(typesetter.raster(sheet(Row("Rent", sum_)), width))[2] for sum_ in ("€1.00", "€12,345.00")}
        assert max(edges) - min(edges) <= 1
        table = Table(("What", "Euro"), (("Rice", "1.00"), ("Rent", "12,345.00")), (1,))
        assert width - 12 <= ink(typesetter.raster(sheet(table), width))[2] <= width - 4


def test_a_bar_is_as_long_as_its_share(typesetter: Typesetter) -> None:
    def filled(part: int, whole: int) -> int:
        return max(sum(map(int.bit_count, row)) for row in lines(typesetter.raster(sheet(Bar("", part, whole, "")))))

    assert filled(0, 8) < 570
    inner = [sum(map(int.bit_count, lines(typesetter.raster(sheet(Bar("", p, 8, ""))))[-14])) for p in (0, 2, 4, 8)]
    assert inner[0] == 2
    assert [round((dots - 2) / 556 * 8) for dots in inner] == [0, 2, 4, 8]
    assert filled(9, 8) == filled(8, 8)


def lines(raster: Raster) -> list[bytes]:
    step = raster.width // 8
    return [raster.rows[place : place + step] for place in range(0, len(raster.rows), step)]


# Codes


def test_each_square_of_a_code_is_whole_dots(typesetter: Typesetter) -> None:
    """Every black run of a row that crosses the code is a whole number of squares long."""
    for width, content in ((576, "AB12-CD34-EF56"), (384, "x" * 200), (384, "A1")):
        raster = typesetter.raster(sheet(Code(content, "", spelled=False)), width)
        left, top, right, bottom = ink(raster)
        modules = code(content)["modules"]
        assert (right - left) % modules == 0
        assert right - left == bottom - top
        side = (right - left) // modules
        assert 3 <= side <= 7
        picture = image(raster).crop((left, top, right, bottom))
        small = picture.resize((modules, modules), Image.Resampling.NEAREST)
        assert picture.tobytes() == small.resize(picture.size, Image.Resampling.NEAREST).tobytes()


def test_a_code_holds_something_and_not_too_much() -> None:
    for content in ("", "x" * 1_001):
        with pytest.raises(ValueError, match="between 1 and 1000"):
            code(content)
