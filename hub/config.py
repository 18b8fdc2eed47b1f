"""Settings that are not politics: where the data lie, where the pages are served.

One TOML file, `trestle.toml` beside the data, and the environment over it (TRESTLE_LISTEN, TRESTLE_PORT).
What an assembly may decide is in the constitution and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

DEFAULT_PORT: Final = 8080
FILE: Final = "trestle.toml"


class BadConfig(Exception):
    """The settings cannot be read; the sentence names the file, the setting and what it should be."""


@dataclass(frozen=True, slots=True)
class Config:
    """`listen` is an address of this machine, `port` a TCP port; both for the hall's pages."""

    data: Path
    listen: str = "0.0.0.0"  # noqa: S104  the hall's Wi-Fi is meant
    port: int = DEFAULT_PORT


def read(data: Path, environment: Mapping[str, str]) -> Config:
    """The settings for the hub in `data`. Raises BadConfig."""
    path = data / FILE
    found: dict[str, Any] = {}
    if path.exists():
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            raise BadConfig(f"{path} is not readable as TOML: {fault}") from fault
    for name, key in (("listen", "TRESTLE_LISTEN"), ("port", "TRESTLE_PORT")):
        if key in environment:
            found[name] = environment[key]
    return _checked(replace(Config(data), **_known(path, found)))


def _known(path: Path, found: dict[str, Any]) -> dict[str, Any]:
    strange = sorted(set(found) - {"listen", "port"})
    if strange:
        raise BadConfig(f"{path}: “{strange[0]}” is not a setting. Settings are: listen, port")
    try:
        return {**found, **({"port": int(found["port"])} if "port" in found else {})}
    except (TypeError, ValueError):
        raise BadConfig(f"port is a number from 0 to 65535, not “{found['port']}”") from None


def _checked(config: Config) -> Config:
    if not 0 <= config.port <= 65_535:
        raise BadConfig(f"port is a number from 0 to 65535, not {config.port}")
    return config
