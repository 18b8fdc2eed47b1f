"""Words taken back: by who wrote them, or by two members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint

from hub.web.hall import Hall, Read

NOTICES: Final[Mapping[str, str]] = {}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of this room."""
    return Blueprint("archive", __name__)


READS: Final[Mapping[str, Read]] = {}
DOCUMENTS: Final[Mapping[str, Read]] = {}
