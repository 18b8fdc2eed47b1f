"""Pairing a phone with a card, and leaving; one's own name and contact. A phone never takes a PIN."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, g, request

from hub.domain.base import N_, Circle, MemberId, Millis, Refusal, Tier, plain
from hub.service import CONTACT_KEPT
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Reply, made
from hub.words import own_name


def blueprint(hall: Hall) -> Blueprint:
    """The routes of pairing and leaving, and of what the people store keeps of who paired."""
    pages = Blueprint("visit", __name__)
    _pairing(pages, hall)
    _me(pages, hall)
    return pages


def _pairing(pages: Blueprint, hall: Hall) -> None:
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


def _me(pages: Blueprint, hall: Hall) -> None:
    """What is kept of oneself, to change and to take back. It is in the people store: no line tells of it."""

    @pages.get("/me")
    @open_to_hall(Tier.CARD, Circle.CONCERNED)
    def me() -> Reply:
        return _show(hall)

    @pages.post("/me/<act>")
    @open_to_hall(Tier.CARD, Circle.CONCERNED, Rate.WRITE)
    def change_me(act: str) -> Reply:
        acts: dict[str, Callable[[Hall, MemberId], dict[str, str]]] = {
            "name": _rename,
            "contact": _reach,
            "no-contact": _reach_no_more,
        }
        member = hall.person.member
        if act not in acts or member is None:
            abort(404)
        try:
            more = acts[act](hall, member)
        except Refusal as no:
            return _show(hall, no)
        return hall.done("visit.me", f"me-{act}", **more)


def _rename(hall: Hall, member: MemberId) -> dict[str, str]:
    """A new name or another language, which the page after it already speaks."""
    language = request.form.get("language", "")
    if language not in dict(_offered(hall, member)):
        raise Refusal("", N_("Please choose one of the answers."))
    hall.service.people.rename(member, request.form.get("name", ""), language)
    return {"lang": language}


def _reach(hall: Hall, member: MemberId) -> dict[str, str]:
    contact = plain(request.form.get("contact", ""))
    if not contact:
        raise Refusal("", N_("Write how others can reach you, or press “Take it back now”."))
    keep_contact(hall, member, contact)
    return {}


def _reach_no_more(hall: Hall, member: MemberId) -> dict[str, str]:
    keep_contact(hall, member, "")
    return {}


def keep_contact(hall: Hall, member: MemberId, contact: str) -> None:
    """Keep how to reach somebody for as long as contacts are kept; "" takes it back. Raises Refusal."""
    kept, now = plain(contact), hall.service.now()
    hall.service.people.set_contact(member, kept, Millis(now + CONTACT_KEPT) if kept else now)


def me(hall: Hall, _: Mapping[str, str]) -> object:
    """What is kept of the person before the screen, for their own eyes. Raises Refusal."""
    member, people, now = hall.person.member, hall.service.people, hall.service.now()
    if member is None:
        raise Refusal("", N_("Show your member card first."))
    kept = {"name": people.name(member), "language": people.language(member), "has_pin": people.has_pin(member)}
    return {**kept, "contact": people.contact(member, now), "until": people.contact_until(member)}


def _offered(hall: Hall, member: MemberId) -> list[tuple[str, str]]:
    """The languages this hub speaks, and the one the person has."""
    spoken, own = hall.catalogue.languages, hall.service.people.language(member)
    return spoken if not own or own in dict(spoken) else [*spoken, (own, own_name(own))]


def _show(hall: Hall, no: Refusal | None = None) -> Reply:
    member, people, now = hall.person.member, hall.service.people, hall.service.now()
    if member is None:
        abort(404)
    until = people.contact_until(member)
    return hall.render(
        "me.html",
        no=no,
        name=people.name(member),
        contact=people.contact(member, now),
        until=hall.speaker.day(until) if until is not None else "",
        language=people.language(member),
        offered=_offered(hall, member),
    )
