"""What a member not of voting age may do: ask, offer, sign up, speak up, and let go of what is theirs.

A child's card governs nothing (life.md, 5). What is not on this list decides something for others, or
writes down what holds for all: it is for members of voting age, and so is being the second of two.
"""

from __future__ import annotations

from typing import Final, get_args

from hub.domain import archive, assemblies, membership, needs, roles, signups
from hub.domain.base import N_, Command, Refusal
from hub.domain.house.state import AnyCommand, Asking, House

FOR_ALL_AGES: Final[frozenset[type[Command]]] = frozenset(
    {
        *get_args(needs.Commands),
        signups.SignUp,
        signups.SignUpGuest,
        signups.ResizeParty,
        signups.LeaveSignup,
        signups.HandOver,
        assemblies.AddTopic,
        assemblies.WithdrawTopic,
        membership.AskToJoin,
        membership.Return,
        membership.Leave,
        membership.Forget,
        roles.Learn,
        roles.StopLearning,
        roles.StepDown,
        roles.UnsignRecall,
        archive.Redact,
    }
)
"""Whose needs, places and words these are, the institutions check as for anybody."""

FOR_GROWN_UPS: Final = N_(
    "This is for members of voting age. With your card you can ask for help, offer help and sign up."
)


def check_age(house: House, request: AnyCommand, asking: Asking) -> None:
    """Raise Refusal when this is for members of voting age and one of those who ask is not."""
    if asking.clockwork or asking.who.member is None:
        return
    young = not membership.of_age(house.membership, asking.who.member)
    second = asking.second.member
    if second is not None and (young or not membership.of_age(house.membership, second)):
        raise Refusal("voting_age", N_("This takes two members of voting age. Ask another member."))
    if young and type(request) not in FOR_ALL_AGES:
        raise Refusal("voting_age", FOR_GROWN_UPS)
