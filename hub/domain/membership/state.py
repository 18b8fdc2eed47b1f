"""What the rules remember of people, and what others may ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

from immutables import Map

from hub.domain.base import Kind, MemberId
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


class Standing(Kind):
    """Where a person stands. A guest of one evening is not here at all."""

    ASKED = "asked"
    MEMBER = "member"
    RESTING = "resting"
    LEFT = "left"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class Member:
    """One person as the rules see them."""

    standing: Standing
    adult: bool
    vouched_by: frozenset[MemberId] = frozenset()
    cards: int = 0
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Everybody who ever asked to join this hub."""

    members: Map[MemberId, Member] = field(default_factory=Map)


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case MemberAsked(member, adult):
            return _with(state, member, Member(Standing.ASKED, adult))
        case MemberVouched(member, by):
            person = state.members[member]
            return _with(state, member, replace(person, vouched_by=person.vouched_by | {by}))
        case MemberAdmitted(member) | MemberReturned(member):
            return _standing(state, member, Standing.MEMBER)
        case CardIssued(member):
            person = state.members[member]
            return _with(state, member, replace(person, cards=person.cards + 1))
        case MemberCameOfAge(member):
            return _with(state, member, replace(state.members[member], adult=True))
        case MemberRested(member):
            return _standing(state, member, Standing.RESTING)
        case MemberLeft(member):
            return _standing(state, member, Standing.LEFT)
        case MemberDied(member):
            return _standing(state, member, Standing.DIED)
        case MemberForgotten(member):
            return _with(state, member, replace(state.members[member], forgotten=True))
        case _:
            assert_never(happened)


def _with(state: State, member: MemberId, person: Member) -> State:
    return replace(state, members=state.members.set(member, person))


def _standing(state: State, member: MemberId, where: Standing) -> State:
    return _with(state, member, replace(state.members[member], standing=where))


def standing(state: State, member: MemberId | None) -> Standing | None:
    """Where a person stands, or None for somebody this hub does not know."""
    person = state.members.get(member) if member is not None else None
    return person.standing if person else None


def belongs(state: State, member: MemberId | None) -> bool:
    """Whether this person's card opens doors: a member, resting or not."""
    return standing(state, member) in (Standing.MEMBER, Standing.RESTING)


def active(state: State) -> list[MemberId]:
    """Members who count for quorum and split, sorted by id."""
    return sorted(member for member, person in state.members.items() if person.standing is Standing.MEMBER)


def voters(state: State) -> list[MemberId]:
    """Members on a roll that freezes now: active and of voting age, sorted by id."""
    return [member for member in active(state) if state.members[member].adult]


def of_age(state: State, member: MemberId | None) -> bool:
    """Whether this is a member of voting age, resting or not."""
    person = state.members.get(member) if member is not None else None
    return person is not None and person.adult and belongs(state, member)
