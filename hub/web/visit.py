"""Pairing a phone with a card, and leaving. A phone never takes a PIN."""

from __future__ import annotations

from flask import Blueprint, g

from hub.domain.base import N_, Refusal
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Reply, made


def blueprint(hall: Hall) -> Blueprint:
    """The routes of pairing and leaving."""
    pages = Blueprint("visit", __name__)

    @pages.get("/pair/<code>")
    @open_to_hall(rate=Rate.TRY)
    def pair(code: str) -> Reply:
        return hall.render("pair.html", code=code)

    @pages.post("/pair/<code>")
    @open_to_hall(rate=Rate.TRY)
    def paired(code: str) -> Reply:
        secret = hall.visits.pair(code)
        if secret is None:
            no = Refusal("", N_("This code was used already or is older than two minutes. Show your card again."))
            return hall.render("pair.html", no=no, code=code)
        g.cookie, g.new_cookie = secret, True
        return hall.done("home.index", "paired")

    @pages.post("/leave")
    @open_to_hall()
    def leave() -> Reply:
        hall.visits.end(g.cookie)
        g.cookie, g.new_cookie = hall.visits.secret(), True
        return made(hall.done("home.index", "left"))

    return pages
