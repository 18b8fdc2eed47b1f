"""Which font files carry which scripts, for paper and for screens.

The files are those of the Noto family as Debian packs them (fonts-noto-core, fonts-noto-cjk), and one for
emoji (fonts-symbola). Nothing is downloaded and no other font of the machine is looked at, so a sheet
looks the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/truetype/ancient-scripts"),
    Path("/usr/local/share/fonts"),
)
"""Where the files are looked for, in this order."""
NEEDED: Final[Mapping[str, str]] = {
    f"{family}-{weight}": f"{family}-{weight}.{ending}"
    for family, ending in {
        "NotoSans": "ttf",
        "NotoSansArabic": "ttf",
        "NotoSansHebrew": "ttf",
        "NotoSansEthiopic": "ttf",
        "NotoSansDevanagari": "ttf",
        "NotoSansCJK": "ttc",
    }.items()
    for weight in ("Regular", "Bold")
}
"""Name and file of every font without which somebody's words would be boxes."""
WELCOME: Final[Mapping[str, str]] = {
    f"{family}-{weight}": f"{family}-{weight}.ttf"
    for family in (
        "NotoSansArmenian",
        "NotoSansBengali",
        "NotoSansGeorgian",
        "NotoSansGujarati",
        "NotoSansGurmukhi",
        "NotoSansKhmer",
        "NotoSansMath",
        "NotoSansMyanmar",
        "NotoSansSinhala",
        "NotoSansSymbols",
        "NotoSansSymbols2",
        "NotoSansTamil",
        "NotoSansTelugu",
        "NotoSansThai",
    )
    for weight in ("Regular", "Bold")
} | {"Symbola": "Symbola_hint.ttf"}
"""The same for scripts, signs and emoji that are used where they are there. Symbola draws emoji in outlines: those
in colour are blots on paper."""
LATIN: Final = "Noto Sans"
BESIDE: Final = (
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Ethiopic",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
    "Noto Sans Armenian",
    "Noto Sans Bengali",
    "Noto Sans Georgian",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Sinhala",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Thai",
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "Symbola",
)
HAN: Final[Mapping[str, str]] = {
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
    "zh-HK": "Noto Sans CJK HK",
    "zh-Hant": "Noto Sans CJK TC",
    "zh-MO": "Noto Sans CJK HK",
    "zh-TW": "Noto Sans CJK TC",
    "zh": "Noto Sans CJK SC",
}
"""The same character is drawn a little differently in each of these."""


class FontsMissing(Exception):
    """Needed fonts are not on this machine; the text names them and says what to do."""


def found(folders: Iterable[Path] = FOLDERS) -> Mapping[str, Path]:
    """Every font there is, by name: "NotoSans-Regular" and its file.

    Raises FontsMissing where a needed one is in none of the folders.
    """
    places = tuple(folders)
    files = {name: _file(file, places) for name, file in {**NEEDED, **WELCOME}.items()}
    missing = [name for name in NEEDED if files[name] is None]
    if missing:
        raise FontsMissing(f"Some letters cannot be drawn here. Run deploy/setup; it brings: {', '.join(missing)}")
    return {name: path for name, path in files.items() if path is not None}


def families(language: str) -> tuple[str, ...]:
    """The families to look for a letter in, best first, for text in a language."""
    beginnings = (tag for tag in HAN if language == tag or language.startswith(f"{tag}-"))
    han = next((HAN[tag] for tag in beginnings), "")
    if not han:
        return (LATIN, *BESIDE)
    return (LATIN, han, *(family for family in BESIDE if family != han))


def _file(name: str, folders: tuple[Path, ...]) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).is_file()), None)
