"""Joining: the first people together, everybody after them by the word of a member."""

from __future__ import annotations

from typing import Final

from hub.domain.base import N_, Context, MemberId, Refusal
from hub.domain.membership.facts import CardIssued, Events, MemberAdmitted, MemberVouched
from hub.domain.membership.state import Member, Standing, State, of_age

FIRST: Final = 3
"""How many people begin: the first three vouch for each other."""

NOBODY: Final = N_("There is no such member here. Check the list of who asked to join.")


def opening(state: State, members: tuple[MemberId, ...]) -> list[Events]:
    """The first people, who vouch for each other and get their cards. Raises Refusal."""
    if any(person.standing is not Standing.ASKED for person in state.members.values()):
        raise Refusal("vouchers", N_("This hub has members already: one of them vouches for you."))
    everyone = {member: _asking(state, member) for member in members}
    founders = [member for member, person in everyone.items() if person.adult][:FIRST]
    if len(founders) < FIRST:
        begins = N_("A hub begins with {first} people of voting age who vouch for each other.")
        raise Refusal("vouchers", begins, first=FIRST)
    facts: list[Events] = []
    for member in everyone:
        others = [founder for founder in founders if founder != member]
        facts += [MemberVouched(member, founder) for founder in others]
        facts += [MemberAdmitted(member), CardIssued(member, tuple(others))]
    return facts


def vouched_for(state: State, members: tuple[MemberId, ...], context: Context) -> list[Events]:
    """A member's word for each of these people; with enough of them they belong. Raises Refusal."""
    if not members:
        raise Refusal("", NOBODY)
    if not of_age(state, context.by):
        raise Refusal("voting_age", N_("Vouching is for members of voting age. Ask another member."))
    return [fact for member in dict.fromkeys(members) for fact in _vouched(state, member, context)]


def _vouched(state: State, member: MemberId, context: Context) -> list[Events]:
    person = _asking(state, member)
    if context.by in person.vouched_by:
        raise Refusal("vouchers", N_("You have vouched for this person already; another member is needed."))
    facts: list[Events] = [MemberVouched(member, context.by)]
    vouchers = person.vouched_by | {context.by}
    if len(vouchers) >= context.articles.vouchers:
        facts += [MemberAdmitted(member), CardIssued(member, tuple(sorted(vouchers)))]
    return facts


def _asking(state: State, member: MemberId) -> Member:
    person = state.members.get(member)
    if person is None or person.forgotten:
        raise Refusal("", NOBODY)
    if person.standing is not Standing.ASKED:
        raise Refusal("", N_("This person is a member already."))
    return person
