"""The facts of a ballot, from its opening to its certificate. A secret vote itself is none of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from hub.domain import tally
from hub.domain.base import (
    AssemblyId,
    BallotId,
    DecisionId,
    Effect,
    Event,
    Kind,
    MemberId,
    Millis,
    Words,
    event,
)
from hub.domain.tally import Choice


class Method(Kind):
    """How people say what they want."""

    HANDS = "hands"
    YES_NO = "yes_no"
    APPROVAL = "approval"


class Phase(Kind):
    """Where a ballot stands. A released one has a result that may still be objected to."""

    OPEN = "open"
    PAUSED = "paused"
    RELEASED = "released"
    OBJECTED = "objected"
    CERTIFIED = "certified"
    ANNULLED = "annulled"


class Why(Kind):
    """Why a ballot counts for nothing."""

    WITHDRAWN = "withdrawn"
    OBJECTION = "objection"
    RESTORED = "restored"
    BOX_LOST = "box_lost"


NO_WORDS: Final = "zxx"
"""The language tag of what is no language (ISO 639): the salt of a printed text."""

Share = tuple[int, int]
"""A fraction as a line may hold it: numerator, denominator."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules a ballot was printed with, whatever is amended while it runs.

    `base` is how many people the quorum is a share of. Of yes and no together more than `threshold`
    is needed where `strict`, else at least so much. `objection_days` is 0 for hands.
    """

    base: int
    quorum: Share
    threshold: Share
    strict: bool
    objection_days: int = 0

    @property
    def needed(self) -> int:
        """How many people make a quorum."""
        return tally.quorum(Fraction(*self.quorum), self.base)

    def carried(self, yes: int, no: int) -> bool:
        """Whether so many yes and no carry a question. Abstentions are on neither side."""
        compare = tally.more_than if self.strict else tally.at_least
        return compare(Fraction(*self.threshold), yes, yes + no)


@dataclass(frozen=True, slots=True)
class Count:
    """Hands, as one teller counted them."""

    yes: int
    no: int
    abstain: int

    @property
    def all(self) -> int:
        """Everybody who took part."""
        return self.yes + self.no + self.abstain


@event("hands.opened", street=True)
class HandsOpened(Event):
    """A question was put to a show of hands, in a meeting if `assembly` says which."""

    ballot: BallotId
    assembly: AssemblyId | None
    by: MemberId
    effect: Effect
    terms: Terms
    text: Words


@event("hands.counted")
class HandsCounted(Event):
    """A teller counted. Nobody is shown it before a second teller has counted too."""

    ballot: BallotId
    teller: MemberId
    count: Count


@event("hands.differed")
class HandsDiffered(Event):
    """Two tellers counted differently; both counts are shown, and the hands are counted again."""

    ballot: BallotId
    tellers: tuple[MemberId, ...]
    counts: tuple[Count, ...]


@event("hands.certified", street=True)
class HandsCertified(Event):
    """Two tellers counted the same. Without quorum nothing is passed; it is advice."""

    ballot: BallotId
    tellers: tuple[MemberId, ...]
    count: Count
    passed: bool
    quorum_met: bool
    effect: Effect


@event("ballot.opened", street=True)
class BallotOpened(Event):
    """A secret ballot opened: everything that is printed on its notice, and the frozen roll's hash.

    `lots` is the drawn order of the options that decides between equals. `text_hash` is the hash of
    the printed text, hidden by `salt`, so that taken-back words cannot be guessed from it.
    """

    ballot: BallotId
    method: Method
    specimen: bool
    by: MemberId
    effect: Effect
    terms: Terms
    lots: tuple[int, ...]
    roll_size: int
    roll_hash: str
    opens: Millis
    closes: Millis
    software: str
    text_hash: str
    salt: Words
    text: Words
    options: tuple[Words, ...]


@event("ballot.paused", street=True)
class BallotPaused(Event):
    """Nobody can vote for a while (a fire alarm). Votes cast are kept."""

    ballot: BallotId
    by: tuple[MemberId, ...]
    since: Millis


@event("ballot.resumed", street=True)
class BallotResumed(Event):
    """Voting goes on, and for as much longer as it had stopped."""

    ballot: BallotId
    by: tuple[MemberId, ...]
    closes: Millis


@event("ballot.closed")
class BallotClosed(Event):
    """Voting is over. `struck` marks on the sorted roll who voted; `cast` - `spoiled` could be read.

    `commitment` is the hash of what `ballot.released` tells, under its nonce.
    """

    ballot: BallotId
    at: Millis
    cast: int
    spoiled: int
    struck: str
    commitment: str


@event("ballot.released", street=True)
class BallotReleased(Event):
    """What was in the box: `sums` as `tally.sums`, `patterns` only where nobody shows through them.

    Members may object until `until`.
    """

    ballot: BallotId
    cast: int
    spoiled: int
    sums: tuple[int, ...]
    patterns: tuple[tuple[Choice, int], ...]
    nonce: str
    until: Millis


@event("ballot.objected")
class BallotObjected(Event):
    """A member says that something was wrong with this vote; an assembly decides."""

    ballot: BallotId
    by: MemberId
    reason: Words


@event("ballot.certified", street=True)
class BallotCertified(Event):
    """The result stands. `winner` is the option chosen by approval, 0 for none or where none applies.

    `decision` is the assembly's, where somebody had objected.
    """

    ballot: BallotId
    passed: bool
    winner: int
    quorum_met: bool
    effect: Effect
    decision: DecisionId | None


@event("ballot.annulled", street=True)
class BallotAnnulled(Event):
    """This ballot counts for nothing. `by` is empty where the hub or an assembly did it."""

    ballot: BallotId
    why: Why
    by: tuple[MemberId, ...]
    decision: DecisionId | None


Events = (
    HandsOpened
    | HandsCounted
    | HandsDiffered
    | HandsCertified
    | BallotOpened
    | BallotPaused
    | BallotResumed
    | BallotClosed
    | BallotReleased
    | BallotObjected
    | BallotCertified
    | BallotAnnulled
)
