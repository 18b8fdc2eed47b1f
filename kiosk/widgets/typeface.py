"""One face for every script on the screen: `python -m kiosk.widgets.typeface` builds it ahead of the first start.

The faces of the Noto family for Latin, Greek, Cyrillic, Arabic, Hebrew, Ethiopic and Devanagari are merged, one file
per weight, so that a line mixing scripts is shaped in one run. Han has a face alone: merged it would be too large.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fontTools.merge import Merger
from fontTools.merge.options import Options
from fontTools.ttLib import TTFont
from PIL import features

from hub.words import fonts

MERGED: Final = ("NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansEthiopic", "NotoSansDevanagari")
HAN: Final = "NotoSansCJK"
HAN_FACES: Final = {"ja": 0, "ko": 1, "zh": 2, "zh-Hant": 3, "zh-TW": 3, "zh-HK": 4}
"""Which face of the collection draws which language's Han."""
ELSEWHERE: Final = "Name one that can be written in TRESTLE_CACHE."
_NOT_NEEDED: Final = ["vhea", "vmtx", "VORG", "MVAR", "STAT", "BASE"]


class NoLetters(Exception):
    """This machine cannot draw every script, or keep what it is drawn with; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Faces:
    """Files by weight ("Regular", "Bold"): `merged` for most of the world, `alone` by family for the rest."""

    merged: Mapping[str, Path]
    alone: Mapping[str, Path]


def cache() -> Path:
    """Where what can be made again is kept. Raises NoLetters."""
    if "TRESTLE_CACHE" in os.environ:
        return Path(os.environ["TRESTLE_CACHE"])
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trestle"
    except RuntimeError:
        raise NoLetters("Whoever runs the kiosk has no home directory. " + ELSEWHERE) from None


def made(folder: Path) -> Path:
    """The folder, made where it is missing. Raises NoLetters."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise NoLetters(f"The directory {folder} cannot be made: {fault.strerror}. " + ELSEWHERE) from None
    return folder


def check_shaping() -> None:
    """Refuse to draw where letters would not join or lines run the wrong way. Raises NoLetters."""
    missing = [part for part in ("raqm", "fribidi") if not features.check(part)]
    if missing:
        raise NoLetters(f"Pillow has no {' and no '.join(missing)} here: Arabic could not be read. Run deploy/setup.")


def faces(folder: Path | None = None) -> Faces:
    """The faces of this machine; what is not in the folder yet is built, once. Raises NoLetters, fonts.FontsMissing."""
    check_shaping()
    files = fonts.found()
    merged = {weight: _merged(weight, files, folder or cache()) for weight in ("Regular", "Bold")}
    return Faces(merged, {name: path for name, path in files.items() if name.rpartition("-")[0] not in MERGED})


def _merged(weight: str, files: Mapping[str, Path], folder: Path) -> Path:
    """The merged face of one weight; its name tells which files it was made of."""
    sources = [files[f"{family}-{weight}"] for family in MERGED]
    told = "|".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sources)
    path = folder / f"kiosk-{weight}-{hashlib.sha256(told.encode()).hexdigest()[:12]}.ttf"
    if not path.exists():
        fresh = made(folder) / f".{path.name}.{os.getpid()}"
        _merge(sources).save(fresh)
        fresh.replace(path)
    return path


def _merge(sources: list[Path]) -> TTFont:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return Merger(options=Options(drop_tables=_NOT_NEEDED)).merge([str(path) for path in sources])


if __name__ == "__main__":
    print(*faces().merged.values(), sep="\n")
