"""What people ask of a ballot, and what only the service can bring along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hub.domain.ballots.facts import Method, Why
from hub.domain.base import (
    DAY,
    HOUR,
    AssemblyId,
    BallotId,
    Command,
    DecisionId,
    Effect,
    Millis,
    Tier,
    Words,
    command,
)
from hub.domain.tally import Choice

LEAST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 30
SHORTEST: Final = HOUR
LONGEST: Final = Millis(60 * DAY)
"""How long a ballot may be open: from a long evening to two months."""


@command("open_hand_count", Tier.CARD)
class OpenHandCount(Command):
    """Put a question to a show of hands."""

    text: Words
    effect: Effect = field(default_factory=Effect)
    assembly: AssemblyId | None = None


@command("enter_count", Tier.CARD)
class EnterCount(Command):
    """Say, as one of two tellers, how many hands you counted."""

    ballot: BallotId
    yes: int
    no: int
    abstain: int


@command("open_ballot", Tier.PIN)
class OpenBallot(Command):
    """Open a secret ballot at the kiosk. `closes` is a moment; left out, the article's days from now."""

    method: Method
    text: Words
    options: tuple[Words, ...] = ()
    closes: Millis | None = None
    effect: Effect = field(default_factory=Effect)
    specimen: bool = False


@command("pause_ballot", Tier.CARD)
class PauseBallot(Command):
    """Stop voting for a while: the ballot steward, or any two members."""

    ballot: BallotId


@command("resume_ballot", Tier.CARD)
class ResumeBallot(Command):
    """Let voting go on."""

    ballot: BallotId


@command("close_ballot", Tier.CARD)
class CloseBallot(Command):
    """Close a ballot whose time is over, or in which everybody has voted."""

    ballot: BallotId


@command("object_to_ballot", Tier.CARD)
class ObjectToBallot(Command):
    """Say that something was wrong with a vote, within the days the notice names."""

    ballot: BallotId
    reason: Words


@command("certify_ballot", Tier.NONE)
class CertifyBallot(Command):
    """The hub's own act: nobody objected in time."""

    ballot: BallotId


@command("settle_objection", Tier.PIN)
class SettleObjection(Command):
    """Enter what the assembly decided about an objection: the result stands, or counts for nothing."""

    ballot: BallotId
    decision: DecisionId
    certify: bool


@command("annul_ballot", Tier.PIN)
class AnnulBallot(Command):
    """Take back an open question: who opened it or the steward, with a second member; or the hub itself."""

    ballot: BallotId
    why: Why = Why.WITHDRAWN


Commands = (
    OpenHandCount
    | EnterCount
    | OpenBallot
    | PauseBallot
    | ResumeBallot
    | CloseBallot
    | ObjectToBallot
    | CertifyBallot
    | SettleObjection
    | AnnulBallot
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What only the service can bring to an opening: drawn lots, a drawn salt, its own version.

    `lots` is a permutation of the option numbers, empty for yes / no; `salt` is 32 hexadecimal digits.
    """

    lots: tuple[int, ...]
    salt: str
    software: str


@dataclass(frozen=True, slots=True)
class Emptied:
    """What came out of the box: roll marks (`bitmap`), slots used, the choices that could be read."""

    struck: str
    cast: int
    choices: Sequence[Choice]
    nonce: str
