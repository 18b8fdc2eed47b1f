"""What two members do for a third, who rests, and how a person is forgotten."""

from __future__ import annotations

from hub.domain.base import N_, Context, MemberId, Refusal, Tier
from hub.domain.membership.facts import Events, MemberForgotten, MemberLeft, MemberRested
from hub.domain.membership.joining import NOBODY
from hub.domain.membership.state import Standing, State, belongs, of_age, standing


def witnesses(state: State, member: MemberId, context: Context) -> tuple[MemberId, ...]:
    """The two members who act for a third. Raises Refusal unless all three stand as they must."""
    pair = _pair(state, member, context)
    if not belongs(state, member):
        raise Refusal("", NOBODY)
    return tuple(sorted(pair))


def _pair(state: State, member: MemberId, context: Context) -> tuple[MemberId, MemberId]:
    """Two members of voting age, none of whom it is about. Raises Refusal otherwise."""
    pair = context.two_people("vouchers")
    if member in pair:
        raise Refusal("vouchers", N_("Two other members do this, not the person it is about."))
    if not all(of_age(state, each) for each in pair):
        raise Refusal("voting_age", N_("This takes two members of voting age. Ask another member."))
    return pair


def rested(state: State, members: tuple[MemberId, ...], context: Context) -> list[Events]:
    """Those of them who count as active, resting from now on. Raises Refusal."""
    if not context.clockwork:
        alone = N_("The hub does this by itself when someone has not been seen for long.")
        raise Refusal("dormant_months", alone)
    unseen = dict.fromkeys(members)
    return [MemberRested(member) for member in unseen if standing(state, member) is Standing.MEMBER]


def forgotten(state: State, member: MemberId, context: Context) -> list[Events]:
    """A person erased, who leaves with it if they belong. Raises Refusal."""
    person = state.members.get(member)
    if person is None or person.forgotten:
        raise Refusal("", NOBODY)
    if member == context.by:
        if context.actor.tier < Tier.PIN:
            raise Refusal("", N_("To be forgotten, show your card and type your PIN."))
    else:
        _pair(state, member, context)
    gone: list[Events] = [MemberLeft(member)] if belongs(state, member) else []
    return [*gone, MemberForgotten(member)]
