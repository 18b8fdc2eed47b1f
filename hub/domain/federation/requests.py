"""What people, and the hub itself, ask for around neighbours."""

from __future__ import annotations

from hub.domain.base import Command, DecisionId, HubId, Position, Tier, Words, command


@command("accept_neighbour", Tier.PIN)
class AcceptNeighbour(Command):
    """Make a pact with a hub, by its key, typed or scanned: two members, or one who names the decision."""

    hub: str
    name: Words
    decision: DecisionId | None = None


@command("end_neighbour", Tier.PIN)
class EndNeighbour(Command):
    """End a pact: two members, or one who names the decision."""

    hub: HubId
    decision: DecisionId | None = None


@command("hear_neighbour", Tier.NONE)
class HearNeighbour(Command):
    """The hub's own act: `author`'s chain is held, verified, up to this batch, this line, this hash."""

    author: HubId
    batch: int
    upto: Position
    head: str


@command("report_fork", Tier.NONE)
class ReportFork(Command):
    """The hub's own act: for the place `upto`, this author signed another head than the one we hold."""

    author: HubId
    upto: Position


@command("settle_fork", Tier.PIN)
class SettleFork(Command):
    """Say, by two members who spoke with that hub, that its chain goes on where we hold it."""

    author: HubId


Commands = AcceptNeighbour | EndNeighbour | HearNeighbour | ReportFork | SettleFork
