"""Every sheet of a kitchen that has lived through a season, set for both rolls and read back as phones read it."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from paperwork import every_sheet, lived_in
from PIL import Image, ImageOps

from hub.documents.blocks import Code, Document, Seal
from hub.documents.foot import whole
from hub.printing.raster import Raster
from hub.printing.reader import read
from hub.printing.strips import pieces
from hub.printing.typeset import WIDTHS, Typesetter

EDGE = 32
"""White dots beside what a printer can reach: 4 mm of an 80 mm roll."""


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    kitchen, members = lived_in(tmp_path_factory.mktemp("kitchen") / "hub")
    found = every_sheet(kitchen, members)
    kitchen.service.close()
    return found


def on_paper(raster: Raster, path: Path) -> Path:
    """The sheet as it lies on the table."""
    with Image.open(io.BytesIO(raster.png())) as image:
        ImageOps.expand(image.convert("L"), EDGE, 255).save(path)
    return path


def scanned(path: Path) -> set[str]:
    """What the codes on a picture say."""
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return set(done.stdout.splitlines())


def codes(document: Document) -> set[str]:
    """What a sheet's codes should say."""
    held = {block.content for block in document.blocks if isinstance(block, Code)}
    return held | {whole(block) for block in document.blocks if isinstance(block, Seal)}


def test_there_is_a_sheet_of_every_kind(sheets: dict[str, Document]) -> None:
    kinds = {document.kind for document in sheets.values()}
    assert kinds >= {
        "agenda",
        "ballot_notice",
        "ballot_result",
        "ballot_slip",
        "budget",
        "card",
        "constitution",
        "handover",
        "minutes",
        "needs",
        "pact",
        "roles",
        "signup_list",
        "signups",
        "waiting",
        "wifi",
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_every_sheet_comes_out_and_all_its_codes_can_be_scanned(
    typesetter: Typesetter, sheets: dict[str, Document], tmp_path: Path, width: int
) -> None:
    for name, document in sheets.items():
        raster = typesetter.raster(document, width)
        assert raster.width == width
        assert scanned(on_paper(raster, tmp_path / "sheet.png")) == codes(document), name
        assert read(b"".join(pieces(raster)), width) == [raster], f"{name}: what prints is not what is shown"


def test_a_ballot_slip_bears_no_code_and_is_the_same_whenever_it_is_printed(
    typesetter: Typesetter, sheets: dict[str, Document], tmp_path: Path
) -> None:
    slip = typesetter.raster(sheets["ballot_slip"])
    assert scanned(on_paper(slip, tmp_path / "slip.png")) == set()
    assert typesetter.raster(sheets["ballot_slip"]) == slip


def test_every_sheet_becomes_a_page(typesetter: Typesetter, sheets: dict[str, Document]) -> None:
    for document in sheets.values():
        assert typesetter.pdf(document).startswith(b"%PDF-")
    poster = typesetter.pdf(sheets["constitution"], "letter")
    assert b"/Count 1/" in poster
