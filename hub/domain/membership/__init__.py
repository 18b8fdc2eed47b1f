"""Membership: who belongs, since whose word, and in which state (life.md, 4 and 5).

The log knows members as random ids. Names, contacts, cards and PINs are in the people store, which
can forget. A card is a fact here (it was issued); what it says is known to its holder alone.
"""

from __future__ import annotations

from typing import assert_never

from hub.domain.base import N_, Context, MemberId, Refusal
from hub.domain.membership.facts import (
    CardIssued,
    Events,
    MemberAdmitted,
    MemberAsked,
    MemberCameOfAge,
    MemberDied,
    MemberForgotten,
    MemberLeft,
    MemberRested,
    MemberReturned,
    MemberVouched,
)
from hub.domain.membership.joining import FIRST, NOBODY, opening, vouched_for
from hub.domain.membership.requests import (
    AskToJoin,
    ComeOfAge,
    Commands,
    Forget,
    Leave,
    OpenEvening,
    RecordDeath,
    ReissueCard,
    Rest,
    Return,
    Vouch,
)
from hub.domain.membership.state import Member, Standing, State, active, belongs, evolve, of_age, standing, voters
from hub.domain.membership.witnessing import forgotten, rested, witnesses

__all__ = [
    "FIRST",
    "NOBODY",
    "AskToJoin",
    "CardIssued",
    "ComeOfAge",
    "Commands",
    "Events",
    "Forget",
    "Leave",
    "Member",
    "MemberAdmitted",
    "MemberAsked",
    "MemberCameOfAge",
    "MemberDied",
    "MemberForgotten",
    "MemberLeft",
    "MemberRested",
    "MemberReturned",
    "MemberVouched",
    "OpenEvening",
    "RecordDeath",
    "ReissueCard",
    "Rest",
    "Return",
    "Standing",
    "State",
    "Vouch",
    "active",
    "belongs",
    "decide",
    "evolve",
    "of_age",
    "standing",
    "voters",
]


def decide(state: State, request: Commands, context: Context) -> list[Events]:
    """The facts a request leads to. Raises Refusal."""
    match request:
        case AskToJoin(adult):
            return [MemberAsked(MemberId(context.fresh), adult)]
        case OpenEvening(members):
            return opening(state, members)
        case Vouch(members):
            return vouched_for(state, members, context)
        case ReissueCard(member):
            return [CardIssued(member, witnesses(state, member, context))]
        case ComeOfAge(member):
            witnesses(state, member, context)
            if state.members[member].adult:
                raise Refusal("voting_age", N_("This member is of voting age already."))
            return [MemberCameOfAge(member)]
        case Return():
            return [MemberReturned(context.by)] if standing(state, context.by) is Standing.RESTING else []
        case Rest(members):
            return rested(state, members, context)
        case Leave():
            return [MemberLeft(context.by)]
        case RecordDeath(member, forget):
            witnesses(state, member, context)
            return [MemberDied(member), *([MemberForgotten(member)] if forget else [])]
        case Forget(member):
            return forgotten(state, member, context)
        case _:
            assert_never(request)
