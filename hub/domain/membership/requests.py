"""What people ask for around belonging."""

from __future__ import annotations

from hub.domain.base import Command, MemberId, Tier, command


@command("ask_to_join", Tier.NONE)
class AskToJoin(Command):
    """Ask to become a member. The name goes to the people store, not here."""

    adult: bool


@command("open_evening", Tier.NONE)
class OpenEvening(Command):
    """The first people vouch for each other, all at once, and get their cards in one run."""

    members: tuple[MemberId, ...]


@command("vouch", Tier.CARD)
class Vouch(Command):
    """Say that you know these people: one at the door, or a whole list at the end of an evening."""

    members: tuple[MemberId, ...]


@command("reissue_card", Tier.NONE)
class ReissueCard(Command):
    """Make out a new card for a lost one. Takes two other members; clears the PIN."""

    member: MemberId


@command("come_of_age", Tier.CARD)
class ComeOfAge(Command):
    """Record, by two members, that a young member is of voting age."""

    member: MemberId


@command("return", Tier.CARD)
class Return(Command):
    """Be back after resting; the kiosk says it for you when you show your card."""


@command("rest", Tier.NONE)
class Rest(Command):
    """The hub's own act: these members were not seen for the months the constitution names."""

    members: tuple[MemberId, ...]


@command("leave", Tier.PIN)
class Leave(Command):
    """Leave."""


@command("record_death", Tier.CARD)
class RecordDeath(Command):
    """Record, by two members, that a member died. `forget` erases the name as well."""

    member: MemberId
    forget: bool = False


@command("forget", Tier.CARD)
class Forget(Command):
    """Erase a person: your own wish with card and PIN, or two members for somebody before them."""

    member: MemberId


Commands = AskToJoin | OpenEvening | Vouch | ReissueCard | ComeOfAge | Return | Rest | Leave | RecordDeath | Forget
