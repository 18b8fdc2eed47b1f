"""What people ask for around needs and offers."""

from __future__ import annotations

from dataclasses import field

from hub.domain.base import Circle, Command, NeedId, OfferId, Tier, Words, command
from hub.domain.needs.facts import Soon, Sort


@command("report_need", Tier.NONE)
class ReportNeed(Command):
    """Ask for help. The circle is members or wider: somebody must be able to answer."""

    sort: Sort
    soon: Soon
    text: Words
    circle: Circle = Circle.MEMBERS


@command("take_up_need", Tier.CARD)
class TakeUpNeed(Command):
    """Say that you will see to a need."""

    need: NeedId
    note: Words = field(default_factory=lambda: Words({}))


@command("let_go_need", Tier.CARD)
class LetGoNeed(Command):
    """Say that you cannot after all."""

    need: NeedId


@command("mark_need_met", Tier.CARD)
class MarkNeedMet(Command):
    """Say that a need was met."""

    need: NeedId


@command("withdraw_need", Tier.CARD)
class WithdrawNeed(Command):
    """Stop asking."""

    need: NeedId


@command("confirm_need", Tier.CARD)
class ConfirmNeed(Command):
    """Say that it is still needed."""

    need: NeedId


@command("widen_need", Tier.CARD)
class WidenNeed(Command):
    """Let more people see your need; `text` is written again, for the wider circle."""

    need: NeedId
    circle: Circle
    text: Words


@command("agree_contact", Tier.CARD)
class AgreeContact(Command):
    """Let the other side of a taken-up need see how to reach you."""

    need: NeedId


@command("make_offer", Tier.CARD)
class MakeOffer(Command):
    """Offer time, a skill or a thing."""

    sort: Sort
    text: Words
    circle: Circle = Circle.MEMBERS


@command("ask_for_offer", Tier.CARD)
class AskForOffer(Command):
    """Say that you would like what is offered."""

    offer: OfferId
    note: Words = field(default_factory=lambda: Words({}))


@command("withdraw_offer", Tier.CARD)
class WithdrawOffer(Command):
    """End your offer."""

    offer: OfferId


Commands = (
    ReportNeed
    | TakeUpNeed
    | LetGoNeed
    | MarkNeedMet
    | WithdrawNeed
    | ConfirmNeed
    | WidenNeed
    | AgreeContact
    | MakeOffer
    | AskForOffer
    | WithdrawOffer
)
