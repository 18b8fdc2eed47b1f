"""Settings that are not politics: one small file, the environment over it, and plain words for a slip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hub.config import DEFAULT_API_PORT, DEFAULT_PORT, BadConfig, Config, read
from hub.printing.port import PrinterSettings


def settings(place: Path, text: str | bytes = "", **environment: str) -> Config:
    content = text if isinstance(text, bytes) else text.encode()
    (place / "trestle.toml").write_bytes(content)
    return read(place, environment)


def test_without_a_file_the_pages_are_for_the_whole_hall(tmp_path: Path) -> None:
    assert read(tmp_path, {}) == Config(tmp_path, "0.0.0.0", DEFAULT_PORT)


def test_the_file_says_where_and_the_environment_says_otherwise(tmp_path: Path) -> None:
    text = 'listen = "127.0.0.1"\nport = 8090\n'
    assert settings(tmp_path, text) == Config(tmp_path, "127.0.0.1", 8090)
    assert settings(tmp_path, text, TRESTLE_PORT="0").port == 0
    assert settings(tmp_path, text, TRESTLE_LISTEN="::1") == Config(tmp_path, "::1", 8090)


def test_our_own_programs_have_a_door_of_their_own(tmp_path: Path) -> None:
    assert read(tmp_path, {}).own_door == DEFAULT_API_PORT
    assert settings(tmp_path, "port = 9000").own_door == DEFAULT_API_PORT
    assert settings(tmp_path, "port = 0").own_door == 0
    assert settings(tmp_path, "port = 0\napi_port = 9001").own_door == 9001
    assert settings(tmp_path, "api_port = 9001", TRESTLE_API_PORT="0").own_door == 0


def test_other_words_of_the_environment_are_none_of_ours(tmp_path: Path) -> None:
    assert settings(tmp_path, "", TRESTLE_LONG="1", PORT="9") == Config(tmp_path)


def test_without_a_word_about_a_printer_it_is_a_folder_beside_the_data(tmp_path: Path) -> None:
    found = read(tmp_path, {})
    assert (found.printer.kind, found.own_printer.address) == ("folder", str(tmp_path / "printed"))
    assert settings(tmp_path, "[printer]\nwidth = 384").own_printer.address == str(tmp_path / "printed")
    assert (
        settings(tmp_path, '[printer]\nkind = "file"\naddress = "/dev/usb/lp0"').own_printer.address == "/dev/usb/lp0"
    )


def test_a_printer_is_described_in_its_table_and_the_environment_says_otherwise(tmp_path: Path) -> None:
    text = '[printer]\nkind = "usb"\naddress = "04b8:0e28"\nwidth = 384\nmute = true\nstrip_rows = 100\n'
    usb = PrinterSettings("usb", "04b8:0e28", 384, mute=True, strip_rows=100)
    assert settings(tmp_path, text).own_printer == usb
    over = {"TRESTLE_PRINTER_WIDTH": "576", "TRESTLE_PRINTER_MUTE": "no", "TRESTLE_PRINTER_CUT": "false"}
    assert settings(tmp_path, text, **over).printer == replace(usb, width=576, mute=False, cut=False)
    network = {"TRESTLE_PRINTER_KIND": "network", "TRESTLE_PRINTER_ADDRESS": "192.168.4.20:9100"}
    assert settings(tmp_path, "", **network).printer == PrinterSettings("network", "192.168.4.20:9100")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("printer = 5", "printer is a table of its own"),
        ("[printer]\ncolour = 1", "“colour” is not a setting. Settings are: kind, address, width, mute"),
        ('[printer]\nkind = "fax"\naddress = "1"', "no printer of the kind “fax”"),
        ('[printer]\nkind = "usb"', "address is missing"),
        ('[printer]\naddress = "04b8:0e28"', "an address without a kind"),
        ("[printer]\nwidth = 500", "cannot be 500 dots wide"),
        ('[printer]\nwidth = "wide"', "width is a number, not “wide”"),
        ('[printer]\nmute = "perhaps"', "mute is true or false, not “perhaps”"),
        ("[printer]\nstrip_rows = 5000", "5000 rows is not possible"),
        ("port = ", "trestle.toml is not readable as TOML"),
        (b"port = 80 # caf\xe9", "trestle.toml is not readable as TOML"),
        ("quorum = 3", "“quorum” is not a setting. Settings are: listen, port, api_port"),
        ('port = "kitchen"', "port is a number from 0 to 65535, not “kitchen”"),
        ("port = [80]", "port is a number from 0 to 65535"),
        ("port = 65536", "port is a number from 0 to 65535, not 65536"),
        ("port = -1", "port is a number from 0 to 65535, not -1"),
        ('listen = "999.1.1.1"', "listen is an address of this machine, like 0.0.0.0 or 127.0.0.1, not “999.1.1.1”"),
        ("listen = 5.5", "listen is an address"),
        ('api_port = "desk"', "api_port is a number from 0 to 65535, not “desk”"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(BadConfig, match=said):
        settings(tmp_path, text)


def test_a_slip_in_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="not “eighty”"):
        read(tmp_path, {"TRESTLE_PORT": "eighty"})
