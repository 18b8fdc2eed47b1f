"""How to reach each other: told to the two of a need that was taken up, once both agreed (life.md, 4)."""

from __future__ import annotations

from hub.views.needs import TAKEN, NeedRow
from hub.web.hall import Hall


def both_agreed(row: NeedRow) -> bool:
    """Whether who asked and who took it up each let the other see how to reach them."""
    pair = {row.by, row.taker}
    return row.state == TAKEN and None not in pair and pair <= set(row.agreed)


def contact_of_other(hall: Hall, row: NeedRow) -> str:
    """How to reach the other of the pair; "" for all other eyes, and where there is nothing to tell."""
    member = hall.person.member
    if member not in (row.by, row.taker) or not both_agreed(row):
        return ""
    other = row.taker if member == row.by else row.by
    return hall.service.people.contact(other, hall.service.now()) if other is not None else ""
