"""Settings that are not politics: where the data lie, where the pages are served.

One TOML file, `trestle.toml` beside the data, and the environment over it (TRESTLE_LISTEN, TRESTLE_PORT,
TRESTLE_API_PORT, and TRESTLE_PRINTER_KIND and its like for what stands in the table [printer]).
What an assembly may decide is in the constitution and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

from hub.printing.port import BadPrinter, PrinterSettings

DEFAULT_PORT: Final = 8080
DEFAULT_API_PORT: Final = 8081
FILE: Final = "trestle.toml"
PORTS: Final = ("port", "api_port")
PRINTER: Final = "printer"
SETTINGS: Final = ("listen", *PORTS, PRINTER)
FOLDER: Final = PrinterSettings("folder", "printed")
"""Where nobody has a printer yet: pictures in a directory beside the data."""
SWITCHES: Final[Mapping[str, bool]] = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class BadConfig(Exception):
    """The settings cannot be read; the sentence names the file, the setting and what it should be."""


@dataclass(frozen=True, slots=True)
class Config:
    """`listen` is an address of this machine, `port` a TCP port; both for the hall's pages.

    `api_port` is the door of our own programs, on this machine only; None where nobody said. The address
    of a `printer` that is a directory or a file is relative to the data.
    """

    data: Path
    listen: str = "0.0.0.0"  # noqa: S104  the hall's Wi-Fi is meant
    port: int = DEFAULT_PORT
    api_port: int | None = None
    printer: PrinterSettings = field(default=FOLDER)

    @property
    def own_door(self) -> int:
        """The port for our own programs: a free one where the hall's is, too, unless somebody said."""
        if self.api_port is not None:
            return self.api_port
        return DEFAULT_API_PORT if self.port else 0

    @property
    def own_printer(self) -> PrinterSettings:
        """The printer, with the place of its pictures in full."""
        if self.printer.kind not in ("folder", "file"):
            return self.printer
        return replace(self.printer, address=str(self.data / self.printer.address))


def read(data: Path, environment: Mapping[str, str]) -> Config:
    """The settings for the hub in `data`. Raises BadConfig."""
    path = data / FILE
    found: dict[str, Any] = {}
    if path.exists():
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            raise BadConfig(f"{path} is not readable as TOML: {fault}") from fault
    for name in set(SETTINGS) - {PRINTER}:
        if (key := f"TRESTLE_{name.upper()}") in environment:
            found[name] = environment[key]
    strange = sorted(set(found) - set(SETTINGS))
    if strange:
        raise BadConfig(f"{path}: “{strange[0]}” is not a setting. Settings are: {', '.join(SETTINGS)}")
    found |= {name: _port(name, found[name]) for name in PORTS if name in found}
    if "listen" in found:
        found["listen"] = address(found["listen"])
    found[PRINTER] = _printer(found.get(PRINTER, {}), environment)
    return replace(Config(data), **found)


def _printer(table: Any, environment: Mapping[str, str]) -> PrinterSettings:
    """The table [printer], with what the environment says over it. A folder needs no address."""
    if not isinstance(table, dict):
        raise BadConfig(f"{PRINTER} is a table of its own: write [printer], and beneath it kind = …")
    kinds = {each.name: str(each.type) for each in fields(PrinterSettings)}
    over = {name: environment[key] for name in kinds if (key := f"TRESTLE_PRINTER_{name.upper()}") in environment}
    asked = table | over
    strange = sorted(set(asked) - set(kinds))
    if strange:
        raise BadConfig(f"[printer]: “{strange[0]}” is not a setting. Settings are: {', '.join(kinds)}")
    typed = {name: _of_type(name, value, kinds[name]) for name, value in asked.items()}
    if "kind" not in typed and "address" in typed:
        raise BadConfig("[printer]: an address without a kind. Say which kind of printer it is, as kind = “usb”.")
    default = {"kind": FOLDER.kind, "address": FOLDER.address if typed.get("kind", FOLDER.kind) == FOLDER.kind else ""}
    try:
        return PrinterSettings(**(default | typed))
    except BadPrinter as fault:
        raise BadConfig(f"[printer]: {fault}") from fault


def _of_type(name: str, value: Any, kind: str) -> Any:
    """A value of the table as what it should be: the environment knows words only."""
    if kind == "bool":
        if isinstance(value, bool) or str(value).lower() in SWITCHES:
            return SWITCHES.get(str(value).lower(), value)
        raise BadConfig(f"[printer]: {name} is true or false, not “{value}”")
    if kind == "int":
        try:
            return int(value)
        except (TypeError, ValueError):
            raise BadConfig(f"[printer]: {name} is a number, not “{value}”") from None
    return str(value)


def address(value: Any) -> str:
    """An IP address to listen at, or the name of this machine itself. Raises BadConfig."""
    try:
        if value != "localhost":
            ip_address(str(value))
    except ValueError:
        raise BadConfig(f"listen is an address of this machine, like 0.0.0.0 or 127.0.0.1, not “{value}”") from None
    return str(value)


def _port(name: str, value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise BadConfig(f"{name} is a number from 0 to 65535, not “{value}”") from None
    if not 0 <= number <= 65_535:
        raise BadConfig(f"{name} is a number from 0 to 65535, not {number}")
    return number
