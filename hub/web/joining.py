"""The door: how many we are, how to join, what is kept of who does. All of it is for the room, and names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, request

from hub.domain import membership
from hub.domain.base import N_, Refusal
from hub.domain.membership import FIRST, Standing
from hub.service import Newcomer
from hub.views.house import Views
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Reply

AGES: Final = {"yes": N_("Yes"), "no": N_("No, I am younger")}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What everybody may know of us: how many belong, and what the rules ask of a newcomer."""

    members: int
    resting: int
    asked: int
    vouchers: int
    voting_age: int

    @property
    def begun(self) -> bool:
        """Whether anybody belongs yet; before that the first evening is still to come."""
        return self.members + self.resting > 0


def numbers(hall: Hall) -> Numbers:
    """Our numbers, as of this moment."""

    def look(views: Views) -> Numbers:
        count, articles = views.members.count, views.constitution.articles
        return Numbers(
            count(Standing.MEMBER),
            count(Standing.RESTING),
            count(Standing.ASKED),
            articles.vouchers,
            articles.voting_age,
        )

    return hall.service.read(look)


def routes(pages: Blueprint, hall: Hall) -> None:
    """The pages of who asks to join."""

    @pages.get("/join")
    @open_to_hall()
    def join() -> Reply:
        return _form(hall)

    @pages.post("/join")
    @open_to_hall(rate=Rate.WRITE)
    def asked() -> Reply:
        try:
            hall.submit(membership.AskToJoin(_adult(hall)), _newcomer(hall))
        except Refusal as no:
            return _form(hall, no)
        return hall.done("membership.next_steps", "joined")

    @pages.get("/join/next")
    @open_to_hall()
    def next_steps() -> Reply:
        return hall.render("membership/next.html", numbers=numbers(hall), first=FIRST)


def count(hall: Hall) -> Reply:
    """What the room sees in place of the list of members."""
    return hall.render("membership/count.html", numbers=numbers(hall), first=FIRST)


def _form(hall: Hall, no: Refusal | None = None) -> Reply:
    return hall.render("membership/join.html", no=no, numbers=numbers(hall), ages=AGES, first=FIRST)


def _newcomer(hall: Hall) -> Newcomer:
    contact = request.form.get("contact", "").strip()
    return Newcomer(request.form.get("name", ""), hall.speaker.language, contact)


def _adult(hall: Hall) -> bool:
    """Whether who asks is of voting age; everybody is where the rules ask for no age. Raises Refusal."""
    if not numbers(hall).voting_age:
        return True
    said = request.form.get("adult", "")
    if said not in AGES:
        raise Refusal("", N_("Please choose one of the answers."))
    return said == "yes"
