"""The hub's pages and its API: one Flask application, composed from arguments, guarded route by route."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from flask import Flask, Response, g, request, url_for
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from hub.documents.blocks import Document
from hub.domain.base import N_, MemberId, Refusal
from hub.domain.house import NOBODY
from hub.log.faults import DiskFull, Fault
from hub.printing.press import Press
from hub.service import Service
from hub.web import (
    access,
    api,
    archive,
    assemblies,
    ballots,
    constitution,
    federation,
    home,
    ledger,
    membership,
    needs,
    paper,
    printing,
    roles,
    signups,
    visit,
    waiting,
)
from hub.web.access import Access, Door, Rate
from hub.web.forms import numbered
from hub.web.hall import Hall, Read
from hub.web.visits import Visits
from hub.words import Catalogue

COOKIE: Final = "visit"
LARGEST_REQUEST: Final = 1 << 20
LOOPBACK: Final = ("127.0.0.1", "::1")

INSTITUTIONS: Final = (
    home,
    needs,
    signups,
    assemblies,
    ballots,
    ledger,
    roles,
    membership,
    constitution,
    federation,
    waiting,
    archive,
)
"""The rooms that bring pages, questions and sheets of their own."""

ONE_OF_MANY: Final[Mapping[str, str]] = {"signup_list": "signup", "ballot_slip": "ballot", "handover": "role"}
"""Of sheets that are not exported one by one: the parameter that says which."""
NOT_FOR_WALLS: Final = ("waiting",)
"""Sheets that are for one person alone."""

NOTICES: Final[Mapping[str, str]] = {
    **{key: said for room in INSTITUTIONS for key, said in room.NOTICES.items()},
    "paired": N_("This phone is yours for half an hour. Press “Not me” when you are done."),
    "left": N_("You have left. Nothing of yours is kept on this phone."),
}


def create_app(
    service: Service,
    catalogue: Catalogue,
    tokens: Mapping[str, Door],
    random_bytes: Callable[[int], bytes],
    press: Press | None = None,
    address: Callable[[], str] = str,
) -> Flask:
    """The application. Raises Unguarded when a route has no access rule.

    `tokens` are the secrets of our own programs and the door each opens; without a `press` nothing prints.
    `address` tells where phones find the pages, "" where nobody knows.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    hall = Hall(service, catalogue, Visits(random_bytes, service.now, service.cards_of), address)
    reads: dict[str, Read] = {name: read for room in INSTITUTIONS for name, read in room.READS.items()}
    sheets: dict[str, Read] = {name: read for room in INSTITUTIONS for name, read in room.DOCUMENTS.items()}
    for room in (visit, *INSTITUTIONS):
        app.register_blueprint(room.blueprint(hall))
    programs = api.blueprint(hall, reads, sheets)
    printing.prints(programs, hall, sheets, press)
    app.register_blueprint(programs)
    app.register_blueprint(paper.blueprint(hall, sheets, press))
    access.hall(rate=Rate.FREE)(app.view_functions["static"])
    app.extensions["trestle"] = (hall, sheets)
    guard(app, hall, tokens)
    _answer_faults(app, hall)
    _dress(app, hall, random_bytes)
    list(access.rules(app))
    return app


def guard(app: Flask, hall: Hall, tokens: Mapping[str, Door]) -> None:
    """Hold every request against the rule of its route, before anything else looks at it."""
    limiter = MovingWindowRateLimiter(MemoryStorage())

    @app.before_request
    def check() -> Any:
        if request.endpoint is None:
            return None
        rule = access.rule_of(app, request.endpoint)
        address = request.remote_addr or ""
        if rule.rate is not Rate.FREE and not limiter.hit(parse(rule.rate.value), _bucket(rule.rate), address):
            return _too_fast(hall)
        if Door.HALL not in rule.doors:
            return _check_program(rule, tokens, address)
        return _check_visitor(hall, rule)


def _bucket(rate: Rate) -> str:
    """What is counted together: all a phone does, but what can be guessed at room by room."""
    return f"{rate.name} {request.blueprint}" if rate is Rate.TRY else rate.name


def _too_fast(hall: Hall) -> Any:
    """Too much from one address. What was typed waits on the page, to be sent once more as it is."""
    title, text = N_("Slowly, please"), N_("That was a lot at once. Wait a minute and try again.")
    if request.method != "POST" or not request.form:
        return _message(hall, 429, title, text)
    kept = N_("That was a lot at once. What you wrote is kept here: wait a minute, then press “Send it again”.")
    return _message(hall, 429, title, kept, again=list(request.form.items(multi=True)))


def _check_program(rule: Access, tokens: Mapping[str, Door], address: str) -> Any:
    """Our own programs: from this machine, with a token that opens this door."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    door = tokens.get(token) if scheme == "Bearer" else None
    if address not in LOOPBACK or door is None:
        return {"fault": "this door opens to the hub's own programs, with their token"}, 401
    if door not in rule.doors:
        return {"fault": f"the token of the {door.value} does not open this door"}, 403
    g.door = door
    return None


def _check_visitor(hall: Hall, rule: Access) -> Any:
    """Anybody in the hall: forms must be ours, and some pages ask for a paired phone."""
    g.cookie = request.cookies.get(COOKIE, "")
    g.person = hall.visits.person(g.cookie)
    if request.method == "POST" and not hall.visits.form_is_ours(g.cookie, request.form.get("secret", "")):
        return _message(
            hall, 400, N_("Please try again"), N_("This form is too old, or came from elsewhere. Nothing was changed.")
        )
    if g.person.tier < rule.tier:
        return _message(
            hall,
            403,
            N_("For members"),
            N_("Scan your member card at the kiosk and choose “Use my phone”: then this page opens here."),
        )
    return None


def _message(hall: Hall, status: int, title: str, text: str, **values: Any) -> Any:
    say = hall.speaker.say
    if request.path.startswith("/api/"):
        return {"fault": say(text)}, status
    g.no_page = True
    return hall.render("message.html", title=say(title), text=say(text), **values), status


def _answer_faults(app: Flask, hall: Hall) -> None:
    """What goes wrong, in plain words: what happened, what was kept, what to do."""

    @app.errorhandler(HTTPException)
    def http(fault: HTTPException) -> Any:
        known = {
            404: (N_("Not here"), N_("There is no such page, or it is not for these eyes.")),
            413: (N_("Too much at once"), N_("That is more than fits. Nothing was lost here: please shorten it.")),
        }
        ours = (N_("That did not work"), N_("Something is wrong in the hub itself. What was recorded is kept."))
        theirs = (N_("That did not work"), N_("The hub did not understand this request."))
        title, text = known.get(fault.code or 500, ours if (fault.code or 500) >= 500 else theirs)
        return _message(hall, fault.code or 500, title, text)

    @app.errorhandler(Refusal)
    def refused(no: Refusal) -> Any:
        return _message(hall, 422, N_("Not like this"), hall.speaker.refusal(no))

    @app.errorhandler(Fault)
    def stopped(fault: Fault) -> Any:
        text = hall.speaker.say(fault.message, **fault.parameters)
        return _message(hall, 507 if isinstance(fault, DiskFull) else 503, N_("That was not recorded"), text)

    @app.errorhandler(OSError)
    def medium(fault: OSError) -> Any:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            return stopped(DiskFull())
        raise fault


def _dress(app: Flask, hall: Hall, random_bytes: Callable[[int], bytes]) -> None:
    """What every template may use, and what every answer carries."""

    def secret() -> Markup:
        return Markup('<input type="hidden" name="secret" value="{}">').format(hall.visits.form_secret(_cookie(hall)))

    def name_of(member: MemberId | None) -> str:
        return (hall.service.people.name(member) if member else "") or hall.speaker.say(N_("Somebody"))

    def in_language(tag: str) -> str:
        if not _can_be_opened():
            return url_for("home.index", lang=tag)
        return url_for(request.endpoint or "home.index", **{**_asked(), **(request.view_args or {}), "lang": tag})

    @app.context_processor
    def words() -> dict[str, Any]:
        card = hall.service.read(lambda views: views.constitution.card)
        name = hall.speaker.pick(card.name)[0]
        return {
            "_": hall.speaker.say,
            "ngettext": hall.speaker.count,
            "speaker": hall.speaker,
            "person": g.get("person", NOBODY),
            "card": card,
            "hub_name": name or hall.speaker.say(N_("This hub")),
            "damage": hall.service.damage,
            "languages": hall.catalogue.languages,
            "notice": _notice(hall),
            "secret": secret,
            "fresh_key": lambda: random_bytes(12).hex(),
            "name_of": name_of,
            "in_language": in_language,
        }

    @app.after_request
    def seal(answer: Response) -> Response:
        headers = answer.headers
        headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        )
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        if request.endpoint != "static":
            headers["Cache-Control"] = "no-store"
        if g.get("new_cookie"):
            answer.set_cookie(COOKIE, g.cookie, httponly=True, samesite="Strict")
        if request.args.get("lang") in dict(hall.catalogue.languages):
            answer.set_cookie("lang", request.args["lang"], samesite="Lax", max_age=1800)
        return answer


def _can_be_opened() -> bool:
    """Whether this address is a page: what only takes a form cannot be opened by a link."""
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def _asked() -> dict[str, str]:
    """What a page's own address asks for, for a link to it in another language; nothing on a page of a fault.

    What would mean something to the maker of links itself is left out.
    """
    if g.get("no_page"):
        return {}
    taken = {"endpoint", "lang", "done", "about", *(request.view_args or {})}
    return {name: value for name, value in request.args.items() if name not in taken and not name.startswith("_")}


def _notice(hall: Hall) -> str:
    """What happened, after a form was sent; `about` is the number of the record it speaks of."""
    said = NOTICES.get(request.args.get("done", ""), "")
    about = numbered(request.args.get("about", ""))
    return hall.speaker.say(said, number=about) if said and (about or "{number}" not in said) else ""


def _cookie(hall: Hall) -> str:
    """The visitor's secret, made when the first form is shown to them."""
    if not g.get("cookie"):
        g.cookie, g.new_cookie = hall.visits.secret(), True
    found = g.cookie
    assert isinstance(found, str)
    return found


def sheets_for_the_wall(app: Flask, *, named: bool) -> Iterator[tuple[str, Document]]:
    """Every sheet the room may see, with a file name, in the language of the request at hand, for an export.

    All minutes, budgets, notices and results there ever were; unless `named`, without anybody's name.
    """
    hall, sheets = app.extensions["trestle"]
    g.nameless = not named
    numbers = {name: told for room in INSTITUTIONS for name, told in getattr(room, "NUMBERED", {}).items()}
    for name, read in sheets.items():
        of, told = numbers.get(name, ("", lambda _: [0]))
        for number in told(hall):
            with suppress(Refusal, HTTPException):
                yield f"{name}-{number}" if number else name, read(hall, {of: str(number)} if number else {})


def kinds_of_sheets() -> Mapping[str, str]:
    """Every kind of sheet for the wall, and the parameter that says which of many ("" where there is one)."""
    numbers = {name: of for room in INSTITUTIONS for name, (of, _) in getattr(room, "NUMBERED", {}).items()}
    names = sorted({name for room in INSTITUTIONS for name in room.DOCUMENTS} - set(NOT_FOR_WALLS))
    return {name: numbers.get(name, ONE_OF_MANY.get(name, "")) for name in names}


def sheet_for_the_wall(app: Flask, name: str, number: str = "") -> Document:
    """One sheet the room may see, in the language of the request at hand. Raises Refusal."""
    hall, sheets = app.extensions["trestle"]
    of = kinds_of_sheets().get(name)
    if of is None:
        raise Refusal("", N_("There is no sheet called “{name}”."), name=name[:40])
    try:
        return printing.made(hall, sheets[name], {of: number} if of and number else {})
    except HTTPException:
        raise Refusal("", N_("There is no such sheet, or it is not for everybody. Is the number right?")) from None


__all__ = ["create_app", "kinds_of_sheets", "sheet_for_the_wall", "sheets_for_the_wall"]
