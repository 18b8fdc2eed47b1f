"""Pages of needs and offers: read them, ask for help, take one up, offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, abort

from hub.documents.blocks import Document
from hub.documents.needs import CIRCLES, SOONS, SORTS, needs_list
from hub.domain import needs
from hub.domain.base import N_, Circle, NeedId, OfferId, Refusal, Tier, Viewer
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.contacts import both_agreed, contact_of_other
from hub.web.hall import Hall, Read, Reply, choice

NOTICES: Final[Mapping[str, str]] = {
    "asked": N_("Thank you for asking. It is on the list now; somebody will see to it."),
    "offered": N_("Thank you! Your offer is on the list."),
    "take": N_("Thank you! They will see that you are coming."),
    "let-go": N_("It is open again for somebody else."),
    "widen": N_("More people can see it now."),
    "met": N_("Good! It is marked as met."),
    "withdraw": N_("It is off the list."),
    "contact": N_("Agreed. Once both agree, each sees how to reach the other."),
    "ask-for": N_("They will see that you would like this."),
    "end": N_("Your offer is off the list."),
}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of needs and offers."""
    pages = Blueprint("needs", __name__)

    @pages.get("/needs")
    @open_to_hall()
    def index() -> Reply:
        return _index(hall)

    @pages.get("/needs/sheet")
    @open_to_hall()
    def sheet() -> Reply:
        return hall.show(_sheet(hall, {}))

    @pages.get("/needs/ask")
    @open_to_hall()
    def ask() -> Reply:
        return _ask_form(hall)

    @pages.post("/needs/ask")
    @open_to_hall(rate=Rate.WRITE)
    def asked() -> Reply:
        try:
            sort, soon = choice(needs.Sort, "sort"), choice(needs.Soon, "soon")
            hall.submit(needs.ReportNeed(sort, soon, hall.words("text"), choice(Circle, "circle")))
        except Refusal as no:
            return _ask_form(hall, no)
        return hall.done("needs.index", "asked")

    @pages.get("/needs/<int:need>")
    @open_to_hall()
    def one(need: int) -> Reply:
        return _one(hall, NeedId(need))

    @pages.post("/needs/<int:need>/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def act_on_need(need: int, act: str) -> Reply:
        try:
            hall.submit(need_command(hall, NeedId(need), act))
        except Refusal as no:
            return _one(hall, NeedId(need), no)
        return hall.done("needs.index", act)

    @pages.get("/offers/new")
    @open_to_hall(Tier.CARD, Circle.MEMBERS)
    def offer() -> Reply:
        return _offer_form(hall)

    @pages.post("/offers/new")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def offered() -> Reply:
        try:
            hall.submit(needs.MakeOffer(choice(needs.Sort, "sort"), hall.words("text"), choice(Circle, "circle")))
        except Refusal as no:
            return _offer_form(hall, no)
        return hall.done("needs.index", "offered")

    @pages.post("/offers/<int:offer>/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def act_on_offer(offer: int, act: str) -> Reply:
        try:
            hall.submit(_offer_command(hall, OfferId(offer), act))
        except Refusal as no:
            return _index(hall, no)
        return hall.done("needs.index", act)

    return pages


def need_command(hall: Hall, need: NeedId, act: str) -> needs.Commands:
    """What a member asks of a need, by the name of the button."""
    acts: dict[str, Callable[[], needs.Commands]] = {
        "take": lambda: needs.TakeUpNeed(need, hall.words("note")),
        "let-go": lambda: needs.LetGoNeed(need),
        "met": lambda: needs.MarkNeedMet(need),
        "withdraw": lambda: needs.WithdrawNeed(need),
        "contact": lambda: needs.AgreeContact(need),
        "still": lambda: needs.ConfirmNeed(need),
        "widen": lambda: needs.WidenNeed(need, choice(Circle, "circle"), hall.words("text")),
    }
    if act not in acts:
        abort(404)
    return acts[act]()


def _offer_command(hall: Hall, offer: OfferId, act: str) -> needs.Commands:
    acts: dict[str, Callable[[], needs.Commands]] = {
        "ask-for": lambda: needs.AskForOffer(offer, hall.words("note")),
        "end": lambda: needs.WithdrawOffer(offer),
    }
    if act not in acts:
        abort(404)
    return acts[act]()


def _index(hall: Hall, no: Refusal | None = None) -> Reply:
    viewer, members = hall.viewer, Viewer(Circle.MEMBERS)
    shown, offers, everything = hall.service.read(
        lambda views: (views.needs.open(viewer), views.needs.offers(viewer), views.needs.open(members))
    )
    hidden = max(0, len(everything) - len(shown))
    return hall.render("needs/index.html", no=no, needs=shown, offers=offers, hidden=hidden, sorts=SORTS, soons=SOONS)


def _ask_form(hall: Hall, no: Refusal | None = None) -> Reply:
    return hall.render("needs/ask.html", no=no, sorts=SORTS, soons=SOONS, circles=_circles())


def _offer_form(hall: Hall, no: Refusal | None = None) -> Reply:
    return hall.render("needs/offer.html", no=no, sorts=SORTS, circles=_circles())


def _circles() -> dict[int, str]:
    return {circle: name for circle, name in CIRCLES.items() if circle >= Circle.MEMBERS}


def _one(hall: Hall, number: NeedId, no: Refusal | None = None) -> Reply:
    viewer = hall.viewer
    row = hall.service.read(lambda views: views.needs.need(viewer, number))
    if row is None:
        abort(404)
    return hall.render(
        "needs/one.html",
        no=no,
        need=row,
        contact=contact_of_other(hall, row),
        both=both_agreed(row),
        sorts=SORTS,
        soons=SOONS,
        circles=CIRCLES,
        wider={circle: name for circle, name in CIRCLES.items() if circle > row.circle},
    )


def _needs(hall: Hall, _: Mapping[str, str]) -> object:
    viewer = hall.viewer
    return hall.service.read(lambda views: views.needs.open(viewer))


def _offers(hall: Hall, _: Mapping[str, str]) -> object:
    viewer = hall.viewer
    return hall.service.read(lambda views: views.needs.offers(viewer))


def _sheet(hall: Hall, _: Mapping[str, str]) -> Document:
    viewer = hall.viewer
    found = hall.service.read(lambda views: (views.needs.open(viewer), views.needs.offers(viewer)))
    return needs_list(hall.sheet(), *found)


READS: Final[Mapping[str, Read]] = {"needs": _needs, "offers": _offers}
DOCUMENTS: Final[Mapping[str, Read]] = {"needs": _sheet}
