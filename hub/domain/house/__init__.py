"""The house: every institution's state, and the only place where institutions meet.

A request comes in, the institution it is for decides, and what follows elsewhere is decided here in
the same breath: who leaves lets go of what they had taken up, a certified amendment is in force, what
happened outside an article stands on the next agenda.
"""

from __future__ import annotations

from hub.domain.house.audience import audience, guest_until, guests
from hub.domain.house.deciding import check_tier, decide
from hub.domain.house.following import due
from hub.domain.house.plausible import follows, plausible
from hub.domain.house.state import NOBODY, AnyCommand, AnyEvent, Asking, House, Person, evolve

__all__ = [
    "NOBODY",
    "AnyCommand",
    "AnyEvent",
    "Asking",
    "House",
    "Person",
    "audience",
    "check_tier",
    "decide",
    "due",
    "evolve",
    "follows",
    "guest_until",
    "guests",
    "plausible",
]
