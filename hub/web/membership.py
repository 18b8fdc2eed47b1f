"""Pages of membership: who asked to join, vouching, who belongs, and what two members do for a third.

The room learns how many we are and how to join (hub/web/joining.py), and no name. The code of a new card
stands in the one answer to who vouched last, or agreed second, and on no other page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from flask import Blueprint, abort, request
from markupsafe import Markup

from hub.documents.card import member_card
from hub.domain import membership
from hub.domain.base import N_, Circle, MemberId, Refusal, Tier
from hub.domain.membership import FIRST, Standing
from hub.service import Receipt
from hub.views.members import MemberRow
from hub.web import joining, together
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Read, Reply
from hub.web.joining import numbers
from hub.web.names import names
from hub.web.together import Together

NOTICES: Final[Mapping[str, str]] = {
    "joined": N_("Welcome! You are on the list of who would like to join."),
    "vouched": N_("Thank you! Your word counts. They belong as soon as enough of us have vouched."),
    "together": N_("Thank you! You agreed, and it is written down."),
}
TOGETHER: Final[Mapping[str, str]] = {
    "reissue": N_("Make out a new card for a lost one. The old card stops working."),
    "came-of-age": N_("Say that this member is of voting age now"),
    "died": N_("Write down that this member died"),
    "forget": N_("Erase somebody who asked to join"),
}
"""What two members do for a third, as the second one reads it."""
ERASED: Final = N_("Their name is erased as well, for ever")


def blueprint(hall: Hall) -> Blueprint:
    """The routes of membership."""
    pages = Blueprint("membership", __name__)
    pairs = Together(hall.visits.secret, hall.service.now)
    together.routes(pages, hall, pairs, "/members", lambda receipt: _cards(hall, receipt))
    joining.routes(pages, hall)
    _belonging(pages, hall, pairs)
    return pages


def _belonging(pages: Blueprint, hall: Hall, pairs: Together) -> None:
    @pages.get("/members")
    @open_to_hall()
    def index() -> Reply:
        return _index(hall)

    @pages.post("/members/vouch")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def vouch() -> Reply:
        try:
            receipt = hall.submit(membership.Vouch(_ticked()))
        except Refusal as no:
            return _index(hall, no)
        return _cards(hall, receipt) or hall.done("membership.index", "vouched")

    @pages.post("/members/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def with_another(act: str) -> Reply:
        if act not in TOGETHER:
            abort(404)
        try:
            about = _about(hall, act)
            command = _command(act, about)
            return together.ask(hall, pairs, command, lambda: _summary(hall, act, command, about))
        except Refusal as no:
            return _index(hall, no)


def _ticked() -> tuple[MemberId, ...]:
    """Whom a form vouches for. Raises Refusal."""
    members = tuple(MemberId(each) for each in request.form.getlist("member"))
    if not members:
        raise Refusal("", N_("First tick the people you know."))
    return members


def _about(hall: Hall, act: str) -> MemberId:
    """Whom an act of two members is about. Raises Refusal."""
    member = MemberId(request.form.get("member", ""))
    if member not in {each.row.member for each in _choices(hall, act)}:
        raise Refusal("", N_("Choose who it is about. For yourself, ask two others."))
    return member


def _command(act: str, member: MemberId) -> membership.Commands:
    acts: dict[str, Callable[[], membership.Commands]] = {
        "reissue": lambda: membership.ReissueCard(member),
        "came-of-age": lambda: membership.ComeOfAge(member),
        "died": lambda: membership.RecordDeath(member, forget=_erases()),
        "forget": lambda: membership.Forget(member),
    }
    return acts[act]()


def _erases() -> bool:
    return request.form.get("forget") == "yes"


def _summary(hall: Hall, act: str, command: membership.Commands, about: MemberId) -> tuple[str, ...]:
    """What the second member reads before they agree."""
    say = hall.speaker.say
    erased = [say(ERASED)] if isinstance(command, membership.RecordDeath) and command.forget else []
    return (say(TOGETHER[act]), names(hall)(about), *erased)


# What the pages show


@dataclass(frozen=True, slots=True)
class Known:
    """One person with their name, for the eyes of members."""

    row: MemberRow
    name: str


def _known(hall: Hall, *standings: Standing) -> list[Known]:
    """Everybody who stands there, with their names."""
    rows = hall.service.read(lambda views: [row for each in standings for row in views.members.standing(each)])
    shown = names(hall)
    return [Known(row, shown(row.member)) for row in rows]


def _asked(hall: Hall) -> list[Known]:
    """Who would like to join, in the order of asking."""
    return _known(hall, Standing.ASKED)


def _members(hall: Hall) -> list[Known]:
    """Who belongs, resting or not, by name."""
    return sorted(_known(hall, Standing.MEMBER, Standing.RESTING), key=lambda each: each.name.casefold())


def _choices(hall: Hall, act: str) -> list[Known]:
    """Whom two members can do this for: never for one of themselves."""
    if act == "forget":
        return _asked(hall)
    others = [each for each in _members(hall) if each.row.member != hall.person.member]
    return [each for each in others if not each.row.adult] if act == "came-of-age" else others


def _index(hall: Hall, no: Refusal | None = None) -> Reply:
    member = hall.person.member
    if member is None:
        return joining.count(hall)
    me = hall.service.read(lambda views: views.members.member(member))
    return hall.render(
        "membership/index.html",
        no=no,
        numbers=numbers(hall),
        asked=_asked(hall),
        members=_members(hall),
        choices={act: _choices(hall, act) for act in TOGETHER},
        adult=me is not None and me.adult,
        ticked=request.form.getlist("member") if no else [],
        resting=Standing.RESTING.value,
    )


def _cards(hall: Hall, receipt: Receipt) -> Reply | None:
    """The new cards, each in its owner's language, this once; None where none was made out."""
    if not receipt.cards:
        return None
    shown = names(hall)
    cards = [(shown(member), _card(hall, member, code)) for member, code in receipt.cards.items()]
    return hall.render("membership/cards.html", cards=cards)


def _card(hall: Hall, member: MemberId, code: str) -> Markup:
    people = hall.service.people
    reader = hall.speak(people.language(member) or hall.speaker.language)
    return hall.inner(member_card(replace(hall.sheet(), speaker=reader), people.name(member), code))


# What the kiosk reads


def _read_members(hall: Hall, _: Mapping[str, str]) -> object:
    us, seen = numbers(hall), hall.viewer.may_see(Circle.MEMBERS)
    return {"count": us.members, "resting": us.resting, "members": _members(hall) if seen else []}


def _read_asked(hall: Hall, _: Mapping[str, str]) -> object:
    """Who asked, for members; and for the kiosk while nobody belongs yet, or the first evening could not begin."""
    us = numbers(hall)
    seen = hall.viewer.may_see(Circle.MEMBERS) or not us.begun
    return {"count": us.asked, "needed": us.vouchers, "asked": _asked(hall) if seen else []}


def _read_joining(hall: Hall, _: Mapping[str, str]) -> object:
    """The door, for everybody: how many we are, and what the rules ask of a newcomer."""
    us = numbers(hall)
    return {**asdict(us), "begun": us.begun, "first": FIRST}


READS: Final[Mapping[str, Read]] = {
    "members": _read_members,
    "asked_to_join": _read_asked,
    "joining": _read_joining,
}
DOCUMENTS: Final[Mapping[str, Read]] = {}
