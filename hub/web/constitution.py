"""Our rules on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint

from hub.documents.blocks import Document
from hub.documents.constitution import constitution as page_of_rules
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Read, Reply

NOTICES: Final[Mapping[str, str]] = {}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of the constitution."""
    pages = Blueprint("constitution", __name__)

    @pages.get("/rules")
    @open_to_hall()
    def index() -> Reply:
        return hall.show(_sheet(hall, {}))

    return pages


def _sheet(hall: Hall, _: Mapping[str, str]) -> Document:
    view = hall.service.read(lambda views: views.constitution)
    now = hall.service.now()
    lines = hall.service.read(lambda views: views.constitution.lines())
    forming = not view.formed and now < view.card.forming_until
    return page_of_rules(hall.sheet(), lines, view.articles, forming=forming)


def _card(hall: Hall, _: Mapping[str, str]) -> object:
    return hall.service.read(lambda views: views.constitution.card)


def _lines(hall: Hall, _: Mapping[str, str]) -> object:
    return hall.service.read(lambda views: views.constitution.lines())


READS: Final[Mapping[str, Read]] = {"hub": _card, "rules": _lines}
DOCUMENTS: Final[Mapping[str, Read]] = {"constitution": _sheet}
