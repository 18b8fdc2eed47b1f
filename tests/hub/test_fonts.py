"""The fonts paper and screens share."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.words.fonts import NEEDED, FontsMissing, families, found


def test_every_needed_font_is_on_this_machine() -> None:
    assert NEEDED.keys() <= found().keys()
    assert all(path.is_file() for path in found().values())


def test_the_first_folder_that_has_a_file_is_taken_and_what_is_welcome_may_lack(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    for file in NEEDED.values():
        (second / file).touch()
    (first / NEEDED["NotoSans-Bold"]).touch()
    files = found((first, second))
    assert set(files) == set(NEEDED)
    assert files["NotoSans-Bold"].parent == first
    assert files["NotoSans-Regular"].parent == second


def test_missing_fonts_are_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match=r"Run deploy/setup; it brings: NotoSans-Regular, .*NotoSansCJK-Bold"):
        found((tmp_path,))


def test_each_language_draws_han_characters_its_own_way() -> None:
    for language, family in {
        "zh": "SC",
        "zh-Hant": "TC",
        "zh-Hant-TW": "TC",
        "zh-HK": "HK",
        "ja": "JP",
        "ko-KR": "KR",
    }.items():
        assert families(language)[:2] == ("Noto Sans", f"Noto Sans CJK {family}")
    assert families("en")[0] == "Noto Sans"
    assert len(set(families("ja"))) == len(families("ja"))
