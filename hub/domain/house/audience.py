"""Who may see a fact, and how long a guest's name is kept."""

from __future__ import annotations

from hub.domain import ballots, federation, needs, signups
from hub.domain.base import DAY, Circle, MemberId, Millis
from hub.domain.house.state import AnyCommand, AnyEvent, House


def audience(house: House, fact: AnyEvent) -> Circle:
    """Who may see a fact, judged in the house after it. FEDERATION is what goes on the street."""
    if not fact.STREET:
        return Circle.MEMBERS
    if isinstance(fact, needs.Events):
        return needs.circle_of(house.needs, fact)
    if isinstance(fact, signups.Events):
        return signups.circle_of(house.signups, fact)
    if isinstance(fact, ballots.Events):
        return ballots.circle_of(house.ballots, fact)
    if isinstance(fact, federation.Events):
        return federation.circle_of(fact)
    return Circle.FEDERATION


def guest_until(house: House, request: AnyCommand) -> Millis | None:
    """Until when the first name of a guest this request brings in is kept; None where it brings none."""
    if not isinstance(request, signups.SignUpGuest):
        return None
    signup = house.signups.signups.get(request.signup)
    return Millis((signup.starts if signup else 0) + DAY)


def guests(house: House) -> set[MemberId]:
    """Guests of an evening whose names are kept for now."""
    return signups.guests(house.signups)
