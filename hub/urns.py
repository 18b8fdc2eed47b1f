"""The sealed boxes of the secret ballots that are open now: made, cast into, opened once, destroyed.

A box is made before its ballot is written down as open, so that an open ballot without one has lost it:
then nobody votes, and the ballot is annulled. A box whose ballot is over, or never opened, goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from hub import box
from hub.box import BoxLost, NotConfirmed
from hub.domain import ballots
from hub.domain.base import BallotId, MemberId, Millis
from hub.stores import Stores


class Urns:
    """Every open box of one hub. The service's lock guards it."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._boxes: dict[BallotId, box.Box] = {}

    def prepare(self, ballot: BallotId, size: int) -> None:
        """Make the box of a ballot that is about to open, for a roll of so many. Raises OSError."""
        self._destroy(ballot)
        disk, directory = self._stores.disk, self._stores.boxes
        self._boxes[ballot] = box.create(disk, directory, str(ballot), size, self._stores.random_bytes)

    def lost(self, state: ballots.State) -> list[BallotId]:
        """The open ballots that have no box any more: restored from a copy, or somebody deleted it."""
        disk, directory = self._stores.disk, self._stores.boxes
        return [ballot for ballot in ballots.secret_open(state) if not box.exists(disk, directory, str(ballot))]

    def sweep(self, state: ballots.State) -> None:
        """Destroy each box whose ballot is not open in `state`. Raises OSError; safe to repeat."""
        wanted = ballots.secret_open(state)
        for name in box.names(self._stores.disk, self._stores.boxes):
            if BallotId(int(name)) not in wanted:
                self._destroy(BallotId(int(name)))

    def _of(self, ballot: BallotId) -> box.Box:
        """The open box of a ballot. Raises BoxDamaged, BoxLost."""
        if ballot not in self._boxes:
            disk, directory = self._stores.disk, self._stores.boxes
            if not box.exists(disk, directory, str(ballot)):
                raise BoxLost(ballot=ballot)
            self._boxes[ballot] = box.open_box(disk, directory, str(ballot), self._stores.random_bytes)
        return self._boxes[ballot]

    def _destroy(self, ballot: BallotId) -> None:
        if held := self._boxes.pop(ballot, None):
            held.close()
        box.destroy_leftovers(self._stores.disk, self._stores.boxes, str(ballot), self._stores.random_bytes)

    def cast(
        self,
        state: ballots.State,
        ballot: BallotId,
        member: MemberId,
        choice: tuple[int, ...],
        now: Millis,
        rests: ballots.Rests,
    ) -> None:
        """Put one vote into the box, durably and once. Raises Refusal, BoxDamaged, NotConfirmed.

        After NotConfirmed the box is opened anew at the next act, which settles whether the vote is in.
        """
        entry = ballots.check_cast(state, ballot, member, choice, now, rests)
        held = self._of(ballot)
        if held.has_voted(entry):
            raise ballots.voted_already()
        try:
            held.cast(entry, ballots.encode_choice(choice))
        except NotConfirmed:
            self._boxes.pop(ballot).close()
            raise

    def turnout(self, ballot: BallotId) -> int:
        """How many have voted. For the closing and for "about n" only. Raises BoxDamaged."""
        return sum(self._of(ballot).struck())

    def empty(self, ballot: BallotId) -> ballots.Emptied:
        """What the box of a ballot holds, for its closing. The box stays as it is. Raises BoxDamaged."""
        held = self._of(ballot)
        sealed = held.open_all()
        struck = held.struck()
        nonce = self._stores.random_bytes(16).hex()
        return ballots.Emptied(ballots.bitmap(struck), len(sealed), sorted(_readable(sealed)), nonce)

    def close(self) -> None:
        """Let go of all files."""
        for held in self._boxes.values():
            held.close()


def _readable(sealed: list[bytes]) -> Iterator[tuple[int, ...]]:
    """The choices that are choices; what is not one is spoiled, and counted as such."""
    for content in sealed:
        with suppress(ValueError):
            yield ballots.decode_choice(content)
