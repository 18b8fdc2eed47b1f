"""The book: what came in, from whom, on what terms, and where it went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint

from hub.web.hall import Hall, Read

NOTICES: Final[Mapping[str, str]] = {}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of this room."""
    return Blueprint("ledger", __name__)


READS: Final[Mapping[str, Read]] = {}
DOCUMENTS: Final[Mapping[str, Read]] = {}
