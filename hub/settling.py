"""What the log means for the persons kept beside it: erased, without a card, staying, or expected longer.

Every step may be repeated: after each write, at boot, and by the clock where a full disk was in the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hub.domain import house, membership, signups
from hub.domain.base import DAY, MemberId, Millis
from hub.domain.house import AnyEvent, House
from hub.domain.membership import Standing
from hub.folding import Folded
from hub.people import People


def settle_people(people: People, state: House, happened: Sequence[AnyEvent]) -> None:
    """Carry out in the people store what has just been recorded: who is forgotten, first. Raises OSError."""
    for fact in happened:
        if isinstance(fact, membership.MemberForgotten):
            people.forget(fact.member)
    for fact in happened:
        match fact:
            case membership.MemberLeft(member) | membership.MemberDied(member):
                people.void_card(member)
            case membership.MemberAdmitted(member):
                people.stay(member)
            case signups.SignupChanged(signup):
                _expect_guests(people, [state.signups.signups[signup]])


def reconcile_people(people: People, folded: Folded) -> None:
    """Finish for everybody what a crash or a full disk cut short. Raises OSError.

    Persons no line tells of are erased, unless there are lines this version cannot read.
    """
    state = folded.house
    persons = state.membership.members
    known = {member for member, person in persons.items() if not person.forgotten}
    gone = {member for member, person in persons.items() if person.forgotten}
    people.reconcile(set() if folded.unread else known | house.guests(state), gone)
    people.void_older_cards({member: place for place, member in folded.cards.items()})
    for member in known:
        people.stay(member)
        if persons[member].standing in (Standing.LEFT, Standing.DIED):
            people.void_card(member)
    _expect_guests(people, state.signups.signups.values())


def _expect_guests(people: People, lists: Iterable[signups.Signup]) -> None:
    """A guest's first name is kept for as long as the evening it is for, also where that was moved."""
    for signup in lists:
        for party in signup.parties.values():
            if party.guest:
                people.expect(party.who, Millis(signup.starts + DAY))


def unknown_to(people: People, folded: Folded) -> bool:
    """Whether the people store knows nobody while the log tells of members: another file, or none."""
    persons: dict[MemberId, membership.Member] = dict(folded.house.membership.members)
    return bool(persons) and not people.members() and not all(person.forgotten for person in persons.values())
