"""Rasters to bytes and back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.printing.raster import Raster
from hub.printing.reader import Ask, Cut, Feed, Fence, Filler, Reader, Start, Stray, Strip, read
from hub.printing.strips import STUMBLE, TEAR_ROWS, clearing, pieces

TELLING = (
    *(b"\x00", b"\xff", b"\x1bp\x00\x19\xfa", b"\x10\x14\x01", b"\x1d(A"),
    *(b"\x1dV\x00", b"\x10\x04\x01", b"\x0a\x1b@"),
)
"""Bytes that would do something if they were not dots."""


@st.composite
def rasters(draw: st.DrawFn) -> Raster:
    width = draw(st.sampled_from((576, 384)))
    runs = draw(st.lists(st.tuples(st.integers(1, 150), st.sampled_from(TELLING)), min_size=1, max_size=8))
    across = width // 8
    rows = b"".join((pattern * across)[:across] * count for count, pattern in runs)
    return Raster(width, len(rows) // across, rows)


def sent(raster: Raster, strip_rows: int = 104, *, cut: bool = True, feeds: bool = True) -> bytes:
    return b"".join(pieces(raster, strip_rows=strip_rows, cut=cut, feeds=feeds))


@given(rasters(), st.integers(24, 240), st.booleans())
def test_any_raster_is_read_back_dot_for_dot(raster: Raster, strip_rows: int, feeds: bool) -> None:
    assert read(sent(raster, strip_rows, feeds=feeds), raster.width) == [raster]


@given(rasters())
def test_without_a_knife_paper_is_fed_to_the_edge_it_is_torn_at(raster: Raster) -> None:
    (found,) = read(sent(raster, cut=False), raster.width)
    assert found.rows == raster.rows + bytes(TEAR_ROWS * raster.width // 8)


@given(rasters(), st.integers(24, 240), st.booleans(), st.booleans())
def test_nothing_is_sent_but_start_strips_feeds_and_a_cut(raster: Raster, rows: int, cut: bool, feeds: bool) -> None:
    reader = Reader()
    first, *middle = reader.feed(sent(raster, rows, cut=cut, feeds=feeds))
    assert first == Start()
    assert not reader.waiting
    assert all(isinstance(each, Strip | Feed) for each in middle[:-1])
    assert middle[-1] == (Cut() if cut else Feed(TEAR_ROWS))


@given(rasters(), st.integers(24, 240))
def test_a_strip_is_as_wide_as_the_paper_and_never_too_high_nor_of_a_height_printers_stumble_over(
    raster: Raster, strip_rows: int
) -> None:
    for command in Reader().feed(sent(raster, strip_rows)):
        if isinstance(command, Strip):
            height = len(command.rows) * 8 // command.width
            assert command.width == raster.width
            assert 0 < height <= strip_rows
            assert height % STUMBLE


@given(rasters(), st.integers(1, 64))
def test_bytes_may_come_in_any_portions(raster: Raster, size: int) -> None:
    content = sent(raster)
    reader = Reader()
    portions = (content[at : at + size] for at in range(0, len(content), size))
    assert [each for portion in portions for each in reader.feed(portion)] == list(Reader().feed(content))


def test_blank_rows_go_as_feeds() -> None:
    ink, gap = b"\xaa" * 72 * 20, bytes(72 * 300)
    raster = Raster(576, 340, ink + gap + ink)
    assert len(sent(raster)) < 2 * len(ink) + 40
    assert len(sent(raster, feeds=False)) > len(raster.rows)


def test_a_few_blank_rows_between_letters_stay_dots() -> None:
    raster = Raster(384, 27, b"\xaa" * 48 * 10 + bytes(48 * 7) + b"\xaa" * 48 * 10)
    assert [type(each) for each in Reader().feed(sent(raster))] == [Start, Strip, Cut]


def test_a_width_no_printer_has_is_refused() -> None:
    with pytest.raises(ValueError, match="512 dots wide"):
        list(pieces(Raster(512, 1, bytes(64))))


def test_zeroes_end_a_strip_that_was_cut_off_and_clearing_takes_the_half_sheet_away() -> None:
    raster = Raster(384, 100, b"\xaa" * 4800)
    whole = list(pieces(raster))
    broken = whole[0] + whole[1][:1000]
    half, next_one = read(broken + bytes(len(whole[1]) - 1000) + clearing(384, True) + sent(raster), 384)
    assert half.rows == raster.rows[:992] + bytes(4800 - 992)
    assert next_one == raster


def test_questions_and_the_fence_are_read_too() -> None:
    assert list(Reader().feed(b"\x10\x04\x02\x1dr\x01\x00\x00")) == [Ask(2), Fence(), Filler(2)]


@pytest.mark.parametrize("stray", [b"\x1bp\x00\x19\xfa", b"text", b"\x1dV\x00", b"\x10\x14\x01\x00\x01", b"\x1d(L"])
def test_any_other_byte_is_a_fault_of_ours(stray: bytes) -> None:
    with pytest.raises(Stray, match="not a command of ours"):
        read(b"\x1b@" + stray, 576)


def test_a_command_that_never_ends_is_a_fault_of_ours() -> None:
    with pytest.raises(Stray, match="never ends"):
        read(sent(Raster(384, 30, b"\xff" * 1440))[:-20], 384)


def test_a_strip_of_another_width_is_a_fault_of_ours() -> None:
    with pytest.raises(Stray, match="384 dots on paper of 576"):
        read(sent(Raster(384, 30, b"\xff" * 1440)), 576)


def test_loading_the_byte_builder_leaves_no_directory_behind(tmp_path: Path) -> None:
    script = "from hub.printing.strips import blank_paper; blank_paper(384)"
    clean = {"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])}
    subprocess.run([sys.executable, "-c", script], check=True, env=clean)
    assert not list(tmp_path.iterdir())
