"""What happened between a person and the house."""

from __future__ import annotations

from hub.domain.base import Event, MemberId, event


@event("member.asked")
class MemberAsked(Event):
    """Somebody would like to join. `adult` says whether they are of voting age; no age is kept."""

    member: MemberId
    adult: bool


@event("member.vouched")
class MemberVouched(Event):
    """A member knows this person and says so."""

    member: MemberId
    by: MemberId


@event("member.admitted")
class MemberAdmitted(Event):
    """Enough members vouched: this person belongs."""

    member: MemberId


@event("card.issued")
class CardIssued(Event):
    """A card was made out; any earlier one of this member is void from now on."""

    member: MemberId
    by: tuple[MemberId, ...]


@event("member.came_of_age")
class MemberCameOfAge(Event):
    """Two members say that this member is of voting age now."""

    member: MemberId


@event("member.rested")
class MemberRested(Event):
    """Unseen for the months the constitution names: outside quorum and split until the next scan."""

    member: MemberId


@event("member.returned")
class MemberReturned(Event):
    """A resting member showed their card."""

    member: MemberId


@event("member.left")
class MemberLeft(Event):
    """Gone by their own word. The card is void."""

    member: MemberId


@event("member.died")
class MemberDied(Event):
    """Two members recorded a death. The card is void; the name is as the family asks."""

    member: MemberId


@event("member.forgotten")
class MemberForgotten(Event):
    """Name, contact and secrets are erased, here and in every restore."""

    member: MemberId


Events = (
    MemberAsked
    | MemberVouched
    | MemberAdmitted
    | CardIssued
    | MemberCameOfAge
    | MemberRested
    | MemberReturned
    | MemberLeft
    | MemberDied
    | MemberForgotten
)
