"""The first page: what is open now. And whether the hub is well, for whoever keeps it running."""

from __future__ import annotations

from flask import Blueprint

from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Reply


def blueprint(hall: Hall) -> Blueprint:
    """The routes of the first page."""
    pages = Blueprint("home", __name__)

    @pages.get("/")
    @open_to_hall()
    def index() -> Reply:
        viewer = hall.viewer
        open_needs = hall.service.read(lambda views: len(views.needs.open(viewer)))
        open_ballots = hall.service.read(lambda views: len(views.ballots.open(viewer)))
        now = hall.service.now()
        lists, topics, meeting_on = hall.service.read(
            lambda views: (
                len(views.signups.to_come(viewer, now)),
                len(views.assemblies.agenda(viewer)),
                bool(views.assemblies.running()),
            )
        )
        return hall.render(
            "home.html",
            open_needs=open_needs,
            open_ballots=open_ballots,
            lists=lists,
            topics=topics,
            meeting_on=meeting_on,
        )

    @pages.get("/healthz")
    @open_to_hall(rate=Rate.FREE)
    def healthz() -> Reply:
        damage = hall.service.damage
        return (f"damaged: {damage}\n", 503) if damage else ("ok\n", 200)

    return pages
