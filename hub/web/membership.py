"""Membership: asking to join, who asked, vouching, who belongs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint

from hub.web.hall import Hall, Read

NOTICES: Final[Mapping[str, str]] = {}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of this room."""
    return Blueprint("membership", __name__)


READS: Final[Mapping[str, Read]] = {}
DOCUMENTS: Final[Mapping[str, Read]] = {}
