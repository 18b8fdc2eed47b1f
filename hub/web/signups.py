"""Pages of sign-ups: what is on, a place for you, the sheet for the fridge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, abort, request

from hub.documents.blocks import Document
from hub.documents.signups import room, signup_list, signups_to_come
from hub.domain import signups
from hub.domain.base import N_, Circle, ListId, MemberId, Refusal, Tier
from hub.service import Newcomer, Receipt
from hub.views.signups import SignupRow
from hub.web import together
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.forms import day_and_hour, moment, numbered
from hub.web.hall import Hall, Read, Reply, choice, number
from hub.web.names import members_by_name, names
from hub.web.together import Together
from hub.words.kinds import CIRCLES, LISTS

NOTICES: Final[Mapping[str, str]] = {
    "signup-joined": N_("You have your place. See you there!"),
    "signup-waiting": N_("It is full just now, so you wait. You move up by yourself as soon as there is room."),
    "signup-too-many": N_(
        "There is not room for all of you just now, so you wait. You move up by yourselves as soon as there is room."
    ),
    "signup-opened": N_("The list is open. Print it for the fridge, too."),
    "signup-left": N_("Off the list. The place is free for somebody else."),
    "signup-resize": N_("The number is changed."),
    "signup-give": N_("The place is given. That was kind."),
    "signup-change": N_("The list is changed."),
    "signup-close": N_("The list is closed."),
    "signup-cancel": N_("It says now that it does not take place. Tell those who may not look here."),
    "signup-reopen": N_("The list is open again."),
    "together": N_("Thank you! You agreed, and it is written down."),
}
ACTS: Final = {
    "sign-up": "",
    "leave": "signup-left",
    "resize": "signup-resize",
    "give": "signup-give",
    "change": "signup-change",
    "close": "signup-close",
    "cancel": "signup-cancel",
    "reopen": "signup-reopen",
}
"""What a member can do with a list, and what the page says after it."""


def blueprint(hall: Hall) -> Blueprint:
    """The routes of sign-ups."""
    pages = Blueprint("signups", __name__)
    pairs = Together(hall.visits.secret, hall.service.now)
    together.routes(pages, hall, pairs, "/signups")
    _reading(pages, hall)
    _opening(pages, hall)
    _signing(pages, hall, pairs)
    return pages


def _reading(pages: Blueprint, hall: Hall) -> None:
    @pages.get("/signups")
    @open_to_hall()
    def index() -> Reply:
        viewer, now = hall.viewer, hall.service.now()
        rows = hall.service.read(lambda views: views.signups.to_come(viewer, now))
        return hall.render("signups/index.html", rows=rows, room=_room(hall), sorts=LISTS)

    @pages.get("/signups/past")
    @open_to_hall()
    def past() -> Reply:
        viewer, now = hall.viewer, hall.service.now()
        rows = hall.service.read(lambda views: views.signups.past(viewer, now))
        return hall.render("signups/past.html", rows=rows, sorts=LISTS)

    @pages.get("/signups/sheet")
    @open_to_hall()
    def all_sheet() -> Reply:
        return hall.show(_all_sheet(hall, {}), "signups.index")

    @pages.get("/signups/<int:signup>")
    @open_to_hall()
    def one(signup: int) -> Reply:
        return _one(hall, ListId(signup))

    @pages.get("/signups/<int:signup>/sheet")
    @open_to_hall()
    def sheet(signup: int) -> Reply:
        return hall.show(_sheet(hall, {"signup": str(signup)}), "signups.one", signup=signup)


def _opening(pages: Blueprint, hall: Hall) -> None:
    @pages.get("/signups/open")
    @open_to_hall(Tier.CARD, Circle.MEMBERS)
    def form() -> Reply:
        return _form(hall)

    @pages.post("/signups/open")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def opened() -> Reply:
        try:
            hall.submit(
                signups.OpenSignup(
                    choice(signups.Sort, "sort"),
                    hall.words("title"),
                    moment(hall.speaker.zone),
                    number("places"),
                    hall.words("place"),
                    choice(Circle, "circle"),
                )
            )
        except Refusal as no:
            return _form(hall, no)
        return hall.done("signups.index", "signup-opened")


def _signing(pages: Blueprint, hall: Hall, pairs: Together) -> None:
    @pages.post("/signups/<int:signup>/guest")
    @open_to_hall(rate=Rate.WRITE)
    def guest(signup: int) -> Reply:
        _row(hall, ListId(signup))
        try:
            newcomer = Newcomer(request.form.get("name", ""), hall.speaker.language)
            receipt = hall.submit(signups.SignUpGuest(ListId(signup), number("size")), newcomer)
        except Refusal as no:
            return _one(hall, ListId(signup), no)
        return hall.done("signups.one", _came_of(hall, ListId(signup), receipt), signup=signup)

    @pages.post("/signups/<int:signup>/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def act_on(signup: int, act: str) -> Reply:
        try:
            command = _command(hall, ListId(signup), act)
            if together.wanted():
                return together.ask(hall, pairs, command, lambda: _summary(hall, ListId(signup), command))
            receipt = hall.submit(command)
        except Refusal as no:
            return _one(hall, ListId(signup), no)
        return hall.done("signups.one", ACTS[act] or _came_of(hall, ListId(signup), receipt), signup=signup)


def _came_of(hall: Hall, signup: ListId, receipt: Receipt) -> str:
    """What the page says: a place, none left, or too few left for a whole party."""
    if all(kind != signups.SignupWaiting.KIND for _, kind in receipt.facts):
        return "signup-joined"
    return "signup-too-many" if _row(hall, signup).free else "signup-waiting"


def _command(hall: Hall, signup: ListId, act: str) -> signups.Commands:
    acts: dict[str, Callable[[], signups.Commands]] = {
        "sign-up": lambda: signups.SignUp(signup, number("size")),
        "leave": lambda: signups.LeaveSignup(signup, number("party")),
        "resize": lambda: signups.ResizeParty(signup, number("party"), number("size")),
        "give": lambda: _give(signup),
        "change": lambda: signups.ChangeSignup(
            signup, moment(hall.speaker.zone), number("places"), hall.words("place")
        ),
        "close": lambda: signups.CloseSignup(signup, hall.words("why")),
        "cancel": lambda: signups.CloseSignup(signup, hall.words("why"), cancel=True),
        "reopen": lambda: signups.ReopenSignup(signup),
    }
    if act not in acts:
        abort(404)
    return acts[act]()


def _give(signup: ListId) -> signups.HandOver:
    """To whom: “waiting 3” is a party that waits, “member x” a member."""
    kind, _, which = request.form.get("to", "").partition(" ")
    if kind == "waiting":
        return signups.HandOver(signup, number("party"), waiting=numbered(which))
    return signups.HandOver(signup, number("party"), to=MemberId(which) if kind == "member" else None)


def _summary(hall: Hall, signup: ListId, command: signups.Commands) -> tuple[str, ...]:
    """What a second member reads before they agree."""
    say, pick = hall.speaker.say, hall.speaker.pick
    match command:
        case signups.ChangeSignup(_, starts, places, place):
            asked = [say(N_("Change the time or the places of this list")), hall.speaker.moment(starts)]
            asked.append(say(N_("Places: {places}"), places=places))
            typed = pick(place)[0]
        case signups.CloseSignup(_, why, cancel):
            asked = [say(N_("Say that this does not take place") if cancel else N_("Close this list"))]
            typed = pick(why)[0]
        case signups.ReopenSignup():
            asked, typed = [say(N_("Open this list again"))], ""
        case _:
            asked, typed = [], ""
    return (*asked, pick(_row(hall, signup).title)[0], *([typed.strip()] if typed.strip() else []))


def _form(hall: Hall, no: Refusal | None = None) -> Reply:
    circles = {circle: name for circle, name in CIRCLES.items() if circle >= Circle.MEMBERS}
    today = day_and_hour(hall.service.now(), hall.speaker.zone)[0]
    return hall.render("signups/open.html", no=no, sorts=LISTS, circles=circles, today=today)


def _one(hall: Hall, signup: ListId, no: Refusal | None = None) -> Reply:
    row = _row(hall, signup)
    now = hall.service.now()
    return hall.render(
        "signups/one.html",
        no=no,
        row=row,
        mine=row.of(hall.person.member),
        room=_room(hall),
        sorts=LISTS,
        circles=CIRCLES,
        over=now > row.starts + signups.LASTS,
        guests=_guests_welcome(hall, row),
        most=min(signups.LARGEST_PARTY, row.places),
        others=[pair for pair in members_by_name(hall) if row.of(pair[0]) is None],
        when=day_and_hour(row.starts, hall.speaker.zone),
    )


def _guests_welcome(hall: Hall, row: SignupRow) -> bool:
    allowed = hall.service.read(lambda views: views.constitution.articles.guests)
    return allowed and row.sort == signups.Sort.MEAL.value and row.circle >= Circle.ROOM


def _row(hall: Hall, signup: ListId) -> SignupRow:
    viewer = hall.viewer
    row = hall.service.read(lambda views: views.signups.signup(viewer, signup))
    if row is None:
        abort(404)
    return row


def _room(hall: Hall) -> Callable[[SignupRow], str]:
    sheet = hall.sheet()
    return lambda row: room(sheet, row)


def _all(hall: Hall, _: Mapping[str, str]) -> object:
    viewer, now = hall.viewer, hall.service.now()
    return hall.service.read(lambda views: views.signups.to_come(viewer, now))


def _tonight(hall: Hall, _: Mapping[str, str]) -> object:
    viewer, now = hall.viewer, hall.service.now()
    return hall.service.read(lambda views: views.signups.tonight(viewer, now))


def _number_of(asked: Mapping[str, str]) -> ListId:
    return ListId(numbered(asked.get("signup", "")))


def _read_one(hall: Hall, asked: Mapping[str, str]) -> object:
    viewer, signup = hall.viewer, _number_of(asked)
    return hall.service.read(lambda views: views.signups.signup(viewer, signup))


def _page(hall: Hall, asked: Mapping[str, str]) -> object:
    """One list and all its screen shows: the names of who is on it for members, whether guests may sign up."""
    row, shown = _row(hall, _number_of(asked)), names(hall)
    return {
        "list": row,
        "names": {party.who: shown(party.who) for party in row.parties},
        "guests": _guests_welcome(hall, row),
        "most": min(signups.LARGEST_PARTY, row.places),
        "over": hall.service.now() > row.starts + signups.LASTS,
    }


def _sheet(hall: Hall, asked: Mapping[str, str]) -> Document:
    return signup_list(hall.sheet(), _row(hall, _number_of(asked)), names(hall))


def _all_sheet(hall: Hall, _: Mapping[str, str]) -> Document:
    viewer, now = hall.viewer, hall.service.now()
    rows = hall.service.read(lambda views: views.signups.to_come(viewer, now))
    return signups_to_come(hall.sheet(), rows)


READS: Final[Mapping[str, Read]] = {
    "signups": _all,
    "signup": _read_one,
    "signups_tonight": _tonight,
    "signup_page": _page,
}
DOCUMENTS: Final[Mapping[str, Read]] = {"signup_list": _sheet, "signups": _all_sheet}
