"""Pages of needs and offers: read them, ask for help, take one up, offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from flask import Blueprint, abort, redirect, request, url_for

from hub.documents.blocks import Document
from hub.documents.needs import needs_list
from hub.domain import needs
from hub.domain.base import N_, Circle, NeedId, OfferId, Refusal, Tier, Viewer, Words
from hub.service import Receipt
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.contacts import both_agreed, contact_of_other
from hub.web.forms import numbered
from hub.web.hall import Hall, Read, Reply, choice, made
from hub.web.names import names
from hub.words.kinds import CIRCLES, NEEDS, SOONS

NOTICES: Final[Mapping[str, str]] = {
    "asked": N_(
        "Thank you for asking. It is number {number}: keep it in mind. With it you find out on this page, "
        "or from any member, whether somebody took it up, and when and where."
    ),
    "offered": N_("Thank you! Your offer is on the list."),
    "take": N_("Thank you! They will see that you are coming."),
    "take-unnamed": N_(
        "Thank you! Who asked showed no card, so the hub cannot tell them. "
        "They look up number {number}, or ask a member, and read your note."
    ),
    "let-go": N_("It is open again for somebody else."),
    "widen": N_("More people can see it now."),
    "met": N_("Good! It is marked as met."),
    "withdraw": N_("It is off the list."),
    "contact": N_("Agreed. Once both agree, each sees how to reach the other."),
    "ask-for": N_("They will see that you would like this."),
    "end": N_("Your offer is off the list."),
}

ANY_MEMBER: Final = Viewer(Circle.MEMBERS)


def blueprint(hall: Hall) -> Blueprint:
    """The routes of needs and offers."""
    pages = Blueprint("needs", __name__)
    _offer_pages(pages, hall)

    @pages.get("/needs")
    @open_to_hall()
    def index() -> Reply:
        return _looked_up(hall) if request.args.get("number") else _index(hall)

    @pages.get("/needs/sheet")
    @open_to_hall()
    def sheet() -> Reply:
        return hall.show(_sheet(hall, {}), "needs.index")

    @pages.get("/needs/ask")
    @open_to_hall()
    def ask() -> Reply:
        return _ask_form(hall)

    @pages.post("/needs/ask")
    @open_to_hall(rate=Rate.WRITE)
    def asked() -> Reply:
        try:
            sort, soon = choice(needs.Sort, "sort"), choice(needs.Soon, "soon")
            receipt = hall.submit(needs.ReportNeed(sort, soon, hall.words("text"), choice(Circle, "circle")))
        except Refusal as no:
            return _ask_form(hall, no)
        return hall.done("needs.index", "asked", about=_number(hall, receipt))

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
        return _acted(hall, NeedId(need), act)

    return pages


def _offer_pages(pages: Blueprint, hall: Hall) -> None:
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


def _number(hall: Hall, receipt: Receipt) -> int:
    """The number of the need that was just asked."""
    rows = hall.service.read(lambda views: views.needs.open(ANY_MEMBER))
    return next((row.number for row in rows if row.position == receipt.position), 0)


def _acted(hall: Hall, need: NeedId, act: str) -> Reply:
    """Who took something up stays with it; all else goes back to the list."""
    if act != "take":
        return hall.done("needs.index", act)
    viewer = hall.viewer
    row = hall.service.read(lambda views: views.needs.need(viewer, need))
    unnamed = row is not None and row.by is None
    return hall.done("needs.one", "take-unnamed" if unnamed else "take", need=need, about=need)


def _looked_up(hall: Hall) -> Reply:
    """The need of a number somebody was told; a plain no where it is none, or not for these eyes."""
    viewer, number = hall.viewer, NeedId(numbered(request.args.get("number", "").strip()))
    if hall.service.read(lambda views: views.needs.need(viewer, number)) is None:
        return _index(hall, Refusal("", N_("No need with this number is shown here. Ask any member to look it up.")))
    return made(redirect(url_for("needs.one", need=number)))


def _index(hall: Hall, no: Refusal | None = None) -> Reply:
    viewer = hall.viewer
    shown, offers, everything = hall.service.read(
        lambda views: (views.needs.open(viewer), views.needs.offers(viewer), views.needs.open(ANY_MEMBER))
    )
    hidden = max(0, len(everything) - len(shown))
    return hall.render("needs/index.html", no=no, needs=shown, offers=offers, hidden=hidden, sorts=NEEDS, soons=SOONS)


def _ask_form(hall: Hall, no: Refusal | None = None) -> Reply:
    return hall.render("needs/ask.html", no=no, sorts=NEEDS, soons=SOONS, circles=_circles())


def _offer_form(hall: Hall, no: Refusal | None = None) -> Reply:
    return hall.render("needs/offer.html", no=no, sorts=NEEDS, circles=_circles())


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
        sorts=NEEDS,
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


def _read_one(hall: Hall, asked: Mapping[str, str]) -> object:
    """One need for these eyes, None where it is not for them. Note and names are for the two it concerns.

    Where nobody showed a card the note is for all who read the need: nothing else can tell who asked.
    """
    viewer, number, me = hall.viewer, NeedId(numbered(asked.get("need", ""))), hall.person.member
    row = hall.service.read(lambda views: views.needs.need(viewer, number))
    if row is None:
        return None
    concerned = me is not None and me in (row.by, row.taker)
    shown = row if concerned else replace(row, taker=None, agreed=(), note=row.note if row.by is None else Words({}))
    return {
        "need": shown,
        "named": row.by is not None,
        "mine": me is not None and me == row.by,
        "taking": me is not None and me == row.taker,
        "taker": names(hall)(row.taker) if concerned and row.taker else "",
        "agreed": concerned and me in row.agreed,
        "both": concerned and both_agreed(row),
        "contact": contact_of_other(hall, row),
    }


def _read_number(hall: Hall, asked: Mapping[str, str]) -> object:
    """The number of the need that stands on this line of the journal, for who just asked; 0 for none."""
    line = numbered(asked.get("record", ""))
    rows = hall.service.read(lambda views: views.needs.open(ANY_MEMBER))
    return next((row.number for row in rows if row.position == line), 0)


def _sheet(hall: Hall, _: Mapping[str, str]) -> Document:
    viewer = hall.viewer
    found = hall.service.read(lambda views: (views.needs.open(viewer), views.needs.offers(viewer)))
    return needs_list(hall.sheet(), *found)


READS: Final[Mapping[str, Read]] = {
    "needs": _needs,
    "offers": _offers,
    "need": _read_one,
    "need_number": _read_number,
}
DOCUMENTS: Final[Mapping[str, Read]] = {"needs": _sheet}
