"""Letters: every script has a face, digits keep their order, lines break where they may and never lose a letter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import features

from kiosk.widgets import typeface
from kiosk.widgets.lettering import MARGIN, Face, Lettering, direction_of
from kiosk.widgets.typeface import NoLetters, faces

BODY = Face(25)
SCRIPTS = ["Grüße, ¿qué? ñ", "Zoë Nguyễn", "мир", "مطبخ", "שלום", "ሰላም", "नमस्ते", "你好", "ข้าว", "→ ✓"]


@cache
def lettering() -> Lettering:
    return Lettering(faces())


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_is_drawn_with_letters_and_not_with_boxes(text: str) -> None:
    box, drawn = lettering().picture("\U0010fffd", BODY), lettering().picture(text, BODY)
    assert drawn.getbbox() is not None
    for letter in text:
        if letter.isalpha():
            assert lettering().picture(letter, BODY).tobytes() != box.tobytes()


def test_a_line_of_several_scripts_is_set_in_one_face() -> None:
    text = "Zoë مطبخ שלום ሰላም नमस्ते"
    assert lettering().width(text, BODY) > lettering().width("Zoë", BODY) * 3


def test_arabic_digits_keep_their_order() -> None:
    face = Face(60, language="ar")
    turned, alone = lettering().picture("12", face), lettering().picture("12", Face(60))
    assert turned.tobytes() == alone.tobytes()


def test_latin_words_alone_run_their_own_way_on_a_mirrored_page() -> None:
    arabic = Face(20, language="ar")
    assert [direction_of(text, arabic) for text in ("1 of 2", "مطبخ 2 of", "12:30")] == ["ltr", "rtl", "rtl"]


def test_letters_joined_are_narrower_than_letters_alone() -> None:
    face = Face(40, language="ar")
    assert lettering().width("بيت", face) < sum(lettering().width(letter, face) for letter in "بيت")


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x6FF), max_size=60), st.integers(40, 400))
def test_lines_fit_their_width_and_lose_no_letter(text: str, width: int) -> None:
    lines = lettering().wrap(text, BODY, width)
    assert all(lettering().width(line, BODY) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("space", ["\n", "\t", "\u2028", "\x0b", "\x85"])
def test_a_line_with_a_break_in_it_is_drawn_on_one_line(space: str) -> None:
    broken, plain = f"Ro{space}sa", "Ro sa"
    assert lettering().width(broken, BODY) == lettering().width(plain, BODY)
    assert lettering().picture(broken, BODY).tobytes() == lettering().picture(plain, BODY).tobytes()


def test_of_a_word_without_end_no_more_is_measured_than_a_line_can_hold() -> None:
    own = Lettering(lettering().faces)
    lines = own.wrap("W" * 2000, BODY, 300)
    assert "".join(lines) == "W" * 2000
    assert max(len(text) for text, _ in own._widths) < 150


def test_nothing_is_kept_of_what_was_written_once_it_is_to_be_forgotten() -> None:
    own = Lettering(lettering().faces)
    own.wrap("Rosa lives at number nine", BODY, 100)
    own.forget()
    assert not own._widths


def test_han_breaks_between_any_two_letters() -> None:
    assert len(lettering().wrap("你好世界" * 5, Face(25, language="zh"), 120)) > 3


def test_nothing_of_a_line_reaches_out_of_its_picture() -> None:
    for text in (*SCRIPTS, "ÄÖÅ(jgy)", "ٱلسَّلَامُ"):
        picture = lettering().picture(text, Face(60))
        left, top, right, bottom = picture.getbbox() or (1, 1, 1, 1)
        assert left > 0
        assert top > 0
        assert right < picture.width
        assert bottom < picture.height
    assert MARGIN < 0.5


def test_a_machine_that_cannot_join_letters_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda part: part != "fribidi")
    with pytest.raises(NoLetters, match="no fribidi here"):
        typeface.check_shaping()


def test_the_merged_face_is_built_once(tmp_path: Path) -> None:
    merged = faces(tmp_path).merged
    made = {path: path.stat().st_mtime_ns for path in merged.values()}
    assert sorted(path.parent for path in made) == [tmp_path, tmp_path]
    assert {path: path.stat().st_mtime_ns for path in faces(tmp_path).merged.values()} == made
