"""`trestle print` and `trestle printer test`: through the running hub, without one, and with none to be found."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from emulated_printer import EmulatedPrinter
from kitchen import Kitchen
from served import COMMAND, PATIENCE, Served, run, serving, trestle

from hub.printing.printers.folder import printed
from hub.printing.raster import Raster


@pytest.fixture
def data(kitchen: Kitchen) -> Path:
    """The data directory of a founded hub that is not running."""
    kitchen.opening_evening()
    kitchen.service.close()
    return kitchen.directory


@pytest.fixture
def hub(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with serving(data) as served:
        monkeypatch.setenv("TRESTLE_API_PORT", served.api.rpartition(":")[2])
        yield served


@pytest.fixture
def printer(data: Path) -> Iterator[EmulatedPrinter]:
    """A receipt printer in the network, named in the hub's settings."""
    with EmulatedPrinter() as emulated:
        settings = f'[printer]\nkind = "network"\naddress = "{emulated.address}"\n'
        (data / "trestle.toml").write_text(settings, encoding="utf-8")
        yield emulated


def test_every_sheet_for_the_wall_is_named() -> None:
    listed = trestle("print", "--list").stdout.splitlines()
    assert {"constitution", "needs", "minutes --number ASSEMBLY"} <= set(listed)
    assert not {"waiting", "card"} & set(listed)


def test_a_sheet_goes_through_the_running_hub(hub: Served) -> None:
    assert trestle("print", "constitution", "--data", str(hub.data), "--copies", "2").stdout == "Printed.\n"
    assert len(printed(hub.data / "printed")) == 2
    wrong = trestle("print", "minutes", "--number", "9", "--data", str(hub.data), status=1)
    assert "--number ASSEMBLY" in wrong.stderr
    assert "--number ROLE" in trestle("print", "handover", "--data", str(hub.data), status=1).stderr


def test_without_a_hub_nothing_is_printed_and_it_is_said_why(data: Path, tmp_path: Path) -> None:
    assert "hub is not running" in trestle("print", "constitution", "--data", str(data), status=1).stderr
    with serving(data):
        pass
    assert "hub is not running" in trestle("print", "constitution", "--data", str(data), status=1).stderr
    assert not (data / "printed").exists()


@pytest.mark.parametrize("running", [False, True])
def test_pictures_and_pdfs_are_made_whether_it_runs_or_not(
    running: bool, data: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if running:
        request.getfixturevalue("hub")
    png, pdf = tmp_path / "rules.png", tmp_path / "rules.pdf"
    trestle("print", "constitution", "--data", str(data), "--png", str(png), "--pdf", str(pdf), "--language", "es")
    assert Raster.from_png(png.read_bytes()).width == 576
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_printed_is_said_plainly(data: Path, tmp_path: Path) -> None:
    png = tmp_path / "x.png"
    assert "trestle print --list" in trestle("print", "nothing", "--data", str(data), status=2).stderr
    assert "trestle print --list" in trestle("print", "--data", str(data), status=2).stderr
    assert "one sheet" in trestle("print", "needs", "--number", "2", "--data", str(data), status=2).stderr
    assert "no translation" in trestle("print", "needs", "--language", "xx", "--data", str(data), status=1).stderr
    wrong = trestle("print", "minutes", "--number", "9", "--data", str(data), "--png", str(png), status=1)
    assert "Is the number right?" in wrong.stderr
    assert not png.exists()


def test_a_test_sheet_goes_through_the_running_hub_which_tells_what_the_printer_answers(
    printer: EmulatedPrinter, hub: Served
) -> None:
    done = trestle("printer", "test", "--data", str(hub.data))
    assert "Printer: network, 576 dots wide" in done.stdout
    assert done.stdout.endswith("Printed.\n")
    assert len(printer.device.sheets) == 1


def test_of_a_mute_printer_it_is_said_that_a_person_has_to_look(
    data: Path, printer: EmulatedPrinter, request: pytest.FixtureRequest
) -> None:
    printer.device.mute = True
    with (data / "trestle.toml").open("a", encoding="utf-8") as settings:
        settings.write("mute = true\n")
    request.getfixturevalue("hub")
    done = trestle("printer", "test", "--data", str(data))
    assert "only a person can say" in done.stdout
    assert "does not say how it is" in done.stdout


def test_without_a_hub_the_printer_is_tried_from_here(data: Path, printer: EmulatedPrinter) -> None:
    done = trestle("printer", "test", "--data", str(data))
    assert "the printer said so itself" in done.stdout
    assert len(printer.device.sheets) == 1
    printer.device.lid(is_open=True)
    assert "lid is open" in trestle("printer", "test", "--data", str(data), status=1).stderr
    printer.unplug()
    assert "mute = true" in trestle("printer", "test", "--data", str(data), status=1).stderr


@pytest.mark.parametrize("running", [False, True])
def test_where_there_is_no_printer_the_test_says_where_its_picture_is(
    running: bool, data: Path, request: pytest.FixtureRequest
) -> None:
    if running:
        request.getfixturevalue("hub")
    done = trestle("printer", "test", "--data", str(data))
    assert "no printer yet" in done.stdout
    assert "/paper" in done.stdout
    assert "the printer said so" not in done.stdout


def test_a_test_without_a_hub_says_at_once_that_the_paper_ran_out_and_goes_on(
    data: Path, printer: EmulatedPrinter
) -> None:
    printer.device.paper = 300
    with subprocess.Popen(
        [*COMMAND, "printer", "test", "--data", str(data)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert "no paper" in process.stderr.readline()
        printer.device.refill()
        told, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, "Printed" in told) == (0, True)


def test_doctor_tells_of_the_printer_and_of_the_letters(data: Path) -> None:
    found = run("doctor", "--data", str(data)).stdout
    assert "[ok] printer: folder, 576 dots wide" in found
    assert "[ok] letters: " in found


def test_a_printer_there_cannot_be_is_named_when_the_hub_starts(data: Path) -> None:
    (data / "trestle.toml").write_text('[printer]\nkind = "fax"\naddress = "1"\n', encoding="utf-8")
    assert "There is no printer of the kind “fax”" in trestle("serve", "--data", str(data), status=1).stderr
