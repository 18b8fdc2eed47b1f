"""Membership: who belongs, since whose word, and in which state (life.md, 4 and 5).

The log knows members as random ids. Names, contacts, cards and PINs are in the people store, which
can forget. A card is a fact here (it was issued); what it says is known to its holder alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain.base import (
    N_,
    Command,
    Context,
    Event,
    Kind,
    MemberId,
    Refusal,
    Tier,
    command,
    event,
)

FIRST: Final = 3
"""How many people begin: the first three vouch for each other."""


class Standing(Kind):
    """Where a person stands. A guest of one evening is not here at all."""

    ASKED = "asked"
    MEMBER = "member"
    RESTING = "resting"
    LEFT = "left"
    DIED = "died"


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


NOBODY: Final = N_("There is no such member here. Check the list of who asked to join.")


def decide(state: State, request: Commands, context: Context) -> list[Events]:
    """The facts a request leads to. Raises Refusal."""
    match request:
        case AskToJoin(adult):
            return [MemberAsked(MemberId(context.fresh), adult)]
        case OpenEvening(members):
            return _opening(state, members)
        case Vouch(members):
            return _vouched_for(state, members, context)
        case ReissueCard(member):
            return [CardIssued(member, _witnesses(state, member, context))]
        case ComeOfAge(member):
            _witnesses(state, member, context)
            if state.members[member].adult:
                raise Refusal("voting_age", N_("This member is of voting age already."))
            return [MemberCameOfAge(member)]
        case Return():
            return [MemberReturned(context.by)] if standing(state, context.by) is Standing.RESTING else []
        case Rest(members):
            return _rested(state, members, context)
        case Leave():
            return [MemberLeft(context.by)]
        case RecordDeath(member, forget):
            _witnesses(state, member, context)
            return [MemberDied(member), *([MemberForgotten(member)] if forget else [])]
        case Forget(member):
            return _forgotten(state, member, context)
        case _:
            assert_never(request)


def _opening(state: State, members: tuple[MemberId, ...]) -> list[Events]:
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


def _vouched_for(state: State, members: tuple[MemberId, ...], context: Context) -> list[Events]:
    if not members:
        raise Refusal("", NOBODY)
    if not _adult(state, context.by):
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


def _witnesses(state: State, member: MemberId, context: Context) -> tuple[MemberId, ...]:
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
    if not all(_adult(state, each) for each in pair):
        raise Refusal("voting_age", N_("This takes two members of voting age. Ask another member."))
    return pair


def _adult(state: State, member: MemberId) -> bool:
    return belongs(state, member) and state.members[member].adult


def _rested(state: State, members: tuple[MemberId, ...], context: Context) -> list[Events]:
    if not context.clockwork:
        alone = N_("The hub does this by itself when someone has not been seen for long.")
        raise Refusal("dormant_months", alone)
    unseen = dict.fromkeys(members)
    return [MemberRested(member) for member in unseen if standing(state, member) is Standing.MEMBER]


def _forgotten(state: State, member: MemberId, context: Context) -> list[Events]:
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
