"""Names of people, at the moment of showing: from the people store, never from a view."""

from __future__ import annotations

from collections.abc import Callable

from flask import g

from hub.domain.base import N_, MemberId
from hub.domain.membership import Standing
from hub.web.hall import Hall

Names = Callable[[MemberId | None], str]


def names(hall: Hall) -> Names:
    """Somebody's name; a plain word for who is unknown or forgotten, and for all in an export without names."""
    nobody = hall.speaker.say(N_("Somebody"))
    if g.get("nameless"):
        return lambda _: nobody
    return lambda member: (hall.service.people.name(member) if member else "") or nobody


def members_by_name(hall: Hall) -> list[tuple[MemberId, str]]:
    """All members with a name, in the order of their names: for a form's choices."""
    rows = hall.service.read(lambda views: views.members.standing(Standing.MEMBER))
    found = hall.service.people.names(row.member for row in rows)
    return sorted(((each, name) for each, name in found.items() if name), key=lambda pair: pair[1].casefold())
