"""Printers that keep what they print: a folder, a file, a queue; and settings that mean no printer."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from simulated_disk import SimulatedDisk

from hub.printing.port import BadPrinter, Ended, Job, PrinterSettings, PrinterTrouble, Trouble
from hub.printing.printers import open_printer, probe
from hub.printing.printers.folder import FolderPrinter, printed
from hub.printing.raster import Raster
from hub.printing.reader import read

SHEET = Raster(576, 40, b"\xa5" * 72 * 40)
SECRET = Job(SHEET, "Ballot slip", private=True, kind="slip")


def quiet() -> None:
    """Nobody is told that it is sent."""


def never() -> None:
    pytest.fail("nothing may be sent")


def folder(place: Path) -> FolderPrinter:
    return FolderPrinter(PrinterSettings("folder", str(place)))


def test_a_sheet_in_a_folder_is_a_picture_of_the_same_dots(tmp_path: Path) -> None:
    printer = open_printer(PrinterSettings("folder", str(tmp_path / "paper")))
    assert printer.answers
    assert printer.trouble() is None
    assert printer.print(Job(SHEET, kind="minutes"), quiet) is Ended.DONE
    (name,) = printed(tmp_path / "paper")
    assert Raster.from_png((tmp_path / "paper" / name).read_bytes()) == SHEET


def test_names_are_a_running_number_and_the_kind_and_tell_nothing_about_people(tmp_path: Path) -> None:
    printer = folder(tmp_path)
    for kind in ("minutes", "../Role: Anna Müller/..", ""):
        printer.print(Job(SHEET, "Handover of Anna", kind=kind), quiet)
    assert printed(tmp_path) == ["000003-sheet.png", "000002-role-anna-m-ller.png", "000001-minutes.png"]


def test_only_the_newest_pictures_are_kept_and_numbers_go_on(tmp_path: Path) -> None:
    printer = FolderPrinter(PrinterSettings("folder", str(tmp_path)), kept=2)
    (tmp_path / "notes.txt").write_text("not ours")
    for _ in range(4):
        printer.print(Job(SHEET), quiet)
    assert printed(tmp_path) == ["000004-sheet.png", "000003-sheet.png"]
    assert (tmp_path / "notes.txt").exists()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_private_sheet_is_refused_where_it_would_be_kept(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    printer = open_printer(PrinterSettings(kind, str(place)))
    with pytest.raises(PrinterTrouble, match="private") as caught:
        printer.print(SECRET, never)
    assert caught.value.trouble is Trouble.REFUSED
    assert not caught.value.began
    assert not place.exists()


def test_a_specimen_of_a_private_sheet_is_printed(tmp_path: Path) -> None:
    folder(tmp_path).print(replace(SECRET, specimen=True), quiet)
    assert printed(tmp_path) == ["000001-slip.png"]


def test_an_old_picture_that_does_not_go_makes_no_second_one_of_the_new() -> None:
    disk = SimulatedDisk()
    printer = FolderPrinter(PrinterSettings("folder", "/paper"), disk, kept=1)
    printer.print(Job(SHEET), quiet)
    disk.trip("remove", errno.EACCES)
    assert printer.print(Job(SHEET), quiet) is Ended.DONE
    printer.print(Job(SHEET), quiet)
    assert disk.names(Path("/paper")) == ["000003-sheet.png"]


def test_a_folder_on_a_full_disk_says_so_and_keeps_what_was_there() -> None:
    disk, place = SimulatedDisk(), Path("/paper")
    printer = FolderPrinter(PrinterSettings("folder", str(place)), disk)
    printer.print(Job(SHEET), quiet)
    disk.trip("write", errno.ENOSPC)
    with pytest.raises(PrinterTrouble) as caught:
        printer.print(Job(SHEET), quiet)
    assert (caught.value.trouble, caught.value.began) == (Trouble.NO_ROOM, False)
    printer.print(Job(SHEET), quiet)
    assert disk.names(place) == ["000001-sheet.png", "000002-sheet.png"]


def test_a_folder_that_cannot_be_made_is_a_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert folder(tmp_path / "file" / "paper").trouble() is Trouble.NO_ROOM


def test_a_file_holds_the_bytes_of_every_sheet(tmp_path: Path) -> None:
    printer = open_printer(PrinterSettings("file", str(tmp_path / "bytes")))
    assert printer.answers
    assert printer.trouble() is None
    assert printer.print(Job(SHEET), quiet) is Ended.DONE
    printer.print(Job(SHEET), quiet)
    assert read((tmp_path / "bytes").read_bytes(), 576) == [SHEET, SHEET]


def test_a_file_in_a_place_that_is_not_there_is_a_trouble(tmp_path: Path) -> None:
    printer = open_printer(PrinterSettings("file", str(tmp_path / "gone" / "bytes")))
    with pytest.raises(PrinterTrouble) as caught:
        printer.print(Job(SHEET), never)
    assert caught.value.trouble is Trouble.NO_ROOM


def test_a_file_that_could_not_be_written_whole_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printer = open_printer(PrinterSettings("file", str(tmp_path / "bytes")))
    printer.print(Job(SHEET), quiet)
    before = (tmp_path / "bytes").read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PrinterTrouble) as caught:
        printer.print(Job(SHEET), quiet)
    assert caught.value.trouble is Trouble.NO_ROOM
    assert (tmp_path / "bytes").read_bytes() == before


LP = """#!/bin/sh
[ "$LC_ALL" = C ] || exit 9
case "$0" in
  */lpstat) printf 'printer counter is idle.  %s\\n' "$(cat "{place}/state")"; [ -e "{place}/state" ] ;;
  *) echo "$@" >"{place}/asked"; cat >"{place}/bytes"; [ ! -e "{place}/broken" ] ;;
esac
"""


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory in which `lp` and `lpstat` leave and find things."""
    for name in ("lp", "lpstat"):
        program = tmp_path / name
        program.write_text(LP.format(place=tmp_path))
        program.chmod(0o700)
    (tmp_path / "state").write_text("enabled")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def test_a_queue_is_given_raw_bytes_and_no_title(queue: Path) -> None:
    printer = open_printer(PrinterSettings("cups", "counter"))
    assert not printer.answers
    assert printer.trouble() is None
    assert printer.print(Job(SHEET, "Handover of Anna"), quiet) is Ended.SENT
    assert read((queue / "bytes").read_bytes(), 576) == [SHEET]
    assert (queue / "asked").read_text() == "-s -d counter -o raw -t trestle -\n"


def test_a_queue_keeps_sheets_on_disk_so_private_ones_are_refused(queue: Path) -> None:
    with pytest.raises(PrinterTrouble) as caught:
        open_printer(PrinterSettings("cups", "counter")).print(SECRET, never)
    assert caught.value.trouble is Trouble.REFUSED
    assert not (queue / "bytes").exists()


def test_a_queue_that_is_switched_off_or_unknown_is_lost(queue: Path) -> None:
    printer = open_printer(PrinterSettings("cups", "counter"))
    (queue / "state").write_text("disabled since yesterday")
    assert printer.trouble() is Trouble.LOST
    (queue / "state").unlink()
    assert printer.trouble() is Trouble.LOST


def test_a_queue_that_refuses_a_sheet_has_not_begun_it(queue: Path) -> None:
    (queue / "broken").touch()
    with pytest.raises(PrinterTrouble) as caught:
        open_printer(PrinterSettings("cups", "counter")).print(Job(SHEET), quiet)
    assert (caught.value.trouble, caught.value.began) == (Trouble.LOST, False)


def test_a_machine_without_queues_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadPrinter, match="cups-client"):
        open_printer(PrinterSettings("cups", "counter"))


def test_which_of_them_answer_needs_no_asking(tmp_path: Path) -> None:
    assert probe(PrinterSettings("folder", str(tmp_path)))
    assert probe(PrinterSettings("file", str(tmp_path / "bytes")))
    assert not probe(PrinterSettings("cups", "counter"))


@pytest.mark.parametrize(
    ("kind", "address", "said"),
    [
        ("fax", "somewhere", "no printer of the kind “fax”"),
        ("folder", "  ", "address is missing"),
        ("network", "host:0", "192.168.4.20:9100"),
        ("network", "host:http", "192.168.4.20:9100"),
        ("network", ":9100", "192.168.4.20:9100"),
        ("serial", "/dev/ttyUSB0", "not a serial printer"),
        ("serial", "/dev/ttyUSB0@1234", "the speeds are 9600"),
        ("serial", "/dev/ttyUSB0@9600,carrier-pigeon", "not a serial printer"),
        ("serial", "ttyUSB0@9600", "not a serial printer"),
        ("usb", "04b8", "like 04b8:0e15"),
        ("usb", "04b8:xyzw", "like 04b8:0e15"),
        ("cups", "-o evil", "not the name of a print queue"),
        ("cups", "../x", "not the name of a print queue"),
    ],
)
def test_settings_that_mean_no_printer_are_answered_with_what_to_write(kind: str, address: str, said: str) -> None:
    with pytest.raises(BadPrinter, match=said):
        open_printer(PrinterSettings(kind, address))


@pytest.mark.parametrize(
    ("width", "rows", "said"), [(512, 104, "512 dots"), (576, 8, "8 rows"), (384, 900, "900 rows")]
)
def test_paper_no_printer_has_is_refused(width: int, rows: int, said: str) -> None:
    with pytest.raises(BadPrinter, match=said):
        PrinterSettings("folder", "/tmp/paper", width, strip_rows=rows)
