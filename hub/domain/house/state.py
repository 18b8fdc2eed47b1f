"""Every institution's state in one, what can be asked, and what can have happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from hub.domain import (
    archive,
    assemblies,
    ballots,
    constitution,
    federation,
    ledger,
    membership,
    needs,
    roles,
    signups,
)
from hub.domain.base import MemberId, Millis, Position, Tier

AnyEvent = (
    constitution.Events
    | membership.Events
    | roles.Events
    | assemblies.Events
    | signups.Events
    | needs.Events
    | ledger.Events
    | ballots.Events
    | federation.Events
    | archive.Events
)
AnyCommand = (
    constitution.Commands
    | membership.Commands
    | roles.Commands
    | assemblies.Commands
    | signups.Commands
    | needs.Commands
    | ledger.Commands
    | ballots.Commands
    | federation.Commands
    | archive.Commands
)


@dataclass(frozen=True, slots=True)
class House:
    """All that the rules remember."""

    constitution: constitution.State = field(default_factory=constitution.State)
    membership: membership.State = field(default_factory=membership.State)
    roles: roles.State = field(default_factory=roles.State)
    assemblies: assemblies.State = field(default_factory=assemblies.State)
    signups: signups.State = field(default_factory=signups.State)
    needs: needs.State = field(default_factory=needs.State)
    ledger: ledger.State = field(default_factory=ledger.State)
    ballots: ballots.State = field(default_factory=ballots.State)
    federation: federation.State = field(default_factory=federation.State)


@dataclass(frozen=True, slots=True)
class Person:
    """A person before us, as surely as `tier` says."""

    member: MemberId | None = None
    tier: Tier = Tier.NONE


NOBODY = Person()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, with whom, when, and everything else a decision needs from outside the rules.

    `fresh` is the id of the person a request brings in. `writer` is the actor of the line to redact,
    None where it has no words, `line_kind` what it tells of; `own_lines` is where a person to be forgotten
    wrote about themselves.
    `opening` and `emptied` come with opening and closing a secret ballot.
    """

    who: Person
    now: Millis
    second: Person = NOBODY
    fresh: str = ""
    clockwork: bool = False
    writer: str | None = None
    line_kind: str = ""
    own_lines: Sequence[Position] = ()
    opening: ballots.Opening | None = None
    emptied: ballots.Emptied | None = None


def evolve(house: House, fact: AnyEvent) -> House:
    """The house after a fact."""
    if isinstance(fact, needs.Events):
        return replace(house, needs=needs.evolve(house.needs, fact))
    if isinstance(fact, membership.Events):
        return replace(house, membership=membership.evolve(house.membership, fact))
    if isinstance(fact, signups.Events):
        return replace(house, signups=signups.evolve(house.signups, fact))
    if isinstance(fact, ledger.Events):
        return replace(house, ledger=ledger.evolve(house.ledger, fact))
    if isinstance(fact, assemblies.Events):
        return replace(house, assemblies=assemblies.evolve(house.assemblies, fact))
    if isinstance(fact, roles.Events):
        return replace(house, roles=roles.evolve(house.roles, fact))
    if isinstance(fact, ballots.Events):
        roll = membership.voters(house.membership) if isinstance(fact, ballots.BallotOpened) else ()
        return replace(house, ballots=ballots.evolve(house.ballots, fact, roll=roll))
    if isinstance(fact, federation.Events):
        return replace(house, federation=federation.evolve(house.federation, fact))
    if isinstance(fact, constitution.Events):
        return replace(house, constitution=constitution.evolve(house.constitution, fact))
    if isinstance(fact, archive.Events):
        return house
    assert_never(fact)
