"""Settings that are not politics: where the data lie, where the pages are served.

One TOML file, `trestle.toml` beside the data, and the environment over it (TRESTLE_LISTEN, TRESTLE_PORT,
TRESTLE_API_PORT).
What an assembly may decide is in the constitution and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

DEFAULT_PORT: Final = 8080
DEFAULT_API_PORT: Final = 8081
FILE: Final = "trestle.toml"
PORTS: Final = ("port", "api_port")
SETTINGS: Final = ("listen", *PORTS)


class BadConfig(Exception):
    """The settings cannot be read; the sentence names the file, the setting and what it should be."""


@dataclass(frozen=True, slots=True)
class Config:
    """`listen` is an address of this machine, `port` a TCP port; both for the hall's pages.

    `api_port` is the door of our own programs, on this machine only; None where nobody said.
    """

    data: Path
    listen: str = "0.0.0.0"  # noqa: S104  the hall's Wi-Fi is meant
    port: int = DEFAULT_PORT
    api_port: int | None = None

    @property
    def own_door(self) -> int:
        """The port for our own programs: a free one where the hall's is, too, unless somebody said."""
        if self.api_port is not None:
            return self.api_port
        return DEFAULT_API_PORT if self.port else 0


def read(data: Path, environment: Mapping[str, str]) -> Config:
    """The settings for the hub in `data`. Raises BadConfig."""
    path = data / FILE
    found: dict[str, Any] = {}
    if path.exists():
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            raise BadConfig(f"{path} is not readable as TOML: {fault}") from fault
    for name in SETTINGS:
        if (key := f"TRESTLE_{name.upper()}") in environment:
            found[name] = environment[key]
    strange = sorted(set(found) - set(SETTINGS))
    if strange:
        raise BadConfig(f"{path}: “{strange[0]}” is not a setting. Settings are: {', '.join(SETTINGS)}")
    found |= {name: _port(name, found[name]) for name in PORTS if name in found}
    if "listen" in found:
        found["listen"] = address(found["listen"])
    return replace(Config(data), **found)


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
