"""What a decision needs from outside the rules: who asks, when, dice, and what lies in a store."""

from __future__ import annotations

from collections.abc import Callable

from hub import __version__
from hub.domain import archive, ballots, membership
from hub.domain.base import BallotId, Millis, Position
from hub.domain.house import AnyCommand, Asking, Person
from hub.upkeep import Upkeep


def gathered(
    request: AnyCommand,
    who: Person,
    second: Person,
    now: Millis,
    upkeep: Upkeep,
    random_bytes: Callable[[int], bytes],
    *,
    fresh: str = "",
    clockwork: bool = False,
) -> Asking:
    """Everything a request is decided on, beside the house. Raises Refusal, BoxDamaged."""
    line = upkeep.line(request.position) if isinstance(request, archive.Redact) else None
    return Asking(
        who=who,
        second=second,
        now=now,
        fresh=fresh,
        clockwork=clockwork,
        writer=line.head.actor if line and line.body is not None else None,
        line_kind=line.head.kind if line else "",
        own_lines=_own_lines(upkeep, request),
        opening=_opening(request, random_bytes) if isinstance(request, ballots.OpenBallot) else None,
        emptied=_emptied(upkeep, request.ballot, now) if isinstance(request, ballots.CloseBallot) else None,
    )


def _emptied(upkeep: Upkeep, ballot: BallotId, now: Millis) -> ballots.Emptied:
    """What is in a ballot's box, if the rules let it be opened now."""
    state, rests = upkeep.house.ballots, upkeep.house.constitution.closures
    ballots.voting(state, ballot)
    ballots.check_close(state, ballot, upkeep.urns.turnout(ballot), now, rests)
    return upkeep.urns.empty(ballot)


def _opening(request: ballots.OpenBallot, random_bytes: Callable[[int], bytes]) -> ballots.Opening:
    """Lots drawn by the machine's dice, printed before the first vote."""
    options = range(1, len(request.options) + 1)
    keys = {option: random_bytes(16) for option in options}
    lots = tuple(sorted(options, key=lambda option: keys[option]))
    return ballots.Opening(lots, random_bytes(16).hex(), __version__)


def _own_lines(upkeep: Upkeep, request: AnyCommand) -> tuple[Position, ...]:
    """Where a person to be forgotten wrote about themselves."""
    if not isinstance(request, membership.Forget | membership.RecordDeath):
        return ()
    return tuple(
        entry.seq
        for entry in upkeep.lines()
        if entry.body is not None
        and entry.head.actor == request.member
        and entry.head.kind.startswith(archive.ABOUT_ONESELF)
    )
