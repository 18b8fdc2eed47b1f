"""What people ask for around a list."""

from __future__ import annotations

from dataclasses import field

from hub.domain.base import Circle, Command, ListId, MemberId, Millis, Tier, Words, command
from hub.domain.signups.facts import Sort


@command("open_signup", Tier.CARD)
class OpenSignup(Command):
    """Open a list."""

    sort: Sort
    title: Words
    starts: Millis
    places: int
    place: Words = field(default_factory=lambda: Words({}))
    circle: Circle = Circle.ROOM


@command("change_signup", Tier.CARD)
class ChangeSignup(Command):
    """Give a list another time, other places; `place` only if that changes too."""

    signup: ListId
    starts: Millis
    places: int
    place: Words = field(default_factory=lambda: Words({}))


@command("close_signup", Tier.CARD)
class CloseSignup(Command):
    """Let no one more sign up or, with `cancel`, say that it does not take place."""

    signup: ListId
    why: Words = field(default_factory=lambda: Words({}))
    cancel: bool = False


@command("reopen_signup", Tier.CARD)
class ReopenSignup(Command):
    """Open a closed or cancelled list again."""

    signup: ListId


@command("sign_up", Tier.CARD)
class SignUp(Command):
    """Sign up with your card; `size` counts you and those you bring."""

    signup: ListId
    size: int = 1


@command("sign_up_guest", Tier.NONE)
class SignUpGuest(Command):
    """Sign up for a meal by first name. The name goes to the people store, not here."""

    signup: ListId
    size: int = 1


@command("resize_party", Tier.CARD)
class ResizeParty(Command):
    """Be more or fewer. A member may say it for a guest."""

    signup: ListId
    party: int
    size: int


@command("leave_signup", Tier.CARD)
class LeaveSignup(Command):
    """Take your party off a list. A member may do it for a guest."""

    signup: ListId
    party: int


@command("hand_over", Tier.CARD)
class HandOver(Command):
    """Give your places to a party that waits (`waiting`), or to a member who agreed (`to`)."""

    signup: ListId
    party: int
    waiting: int | None = None
    to: MemberId | None = None


Commands = (
    OpenSignup | ChangeSignup | CloseSignup | ReopenSignup | SignUp | SignUpGuest | ResizeParty | LeaveSignup | HandOver
)
