"""The sealed boxes of the secret ballots that are open now: made, cast into, opened once, destroyed.

A box exists only while its ballot is open. What is left of one after a crash is settled at boot: an
open ballot without a box gets one (no vote was acknowledged yet), a box whose ballot is released goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from hub import box
from hub.domain import ballots
from hub.domain.base import BallotId, MemberId, Millis
from hub.stores import Stores


class Urns:
    """Every open box of one hub. The service's lock guards it."""

    def __init__(self, stores: Stores, state: ballots.State) -> None:
        self._stores = stores
        self._boxes: dict[BallotId, box.Box] = {}
        self.settle(state)

    def settle(self, state: ballots.State) -> None:
        """Bring the boxes in line with the ballots that are open in `state`."""
        wanted = ballots.secret_open(state)
        for ballot, roll in wanted.items():
            if ballot not in self._boxes:
                self._boxes[ballot] = self._open(ballot, len(roll))
        for name in box.names(self._stores.disk, self._stores.boxes):
            if BallotId(int(name)) not in wanted:
                self._destroy(BallotId(int(name)))

    def _open(self, ballot: BallotId, size: int) -> box.Box:
        disk, directory = self._stores.disk, self._stores.boxes
        if box.exists(disk, directory, str(ballot)):
            return box.open_box(disk, directory, str(ballot), self._stores.random_bytes)
        return box.create(disk, directory, str(ballot), size, self._stores.random_bytes)

    def _destroy(self, ballot: BallotId) -> None:
        held = self._boxes.pop(ballot, None)
        if held is not None:
            held.destroy()
        else:
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
        """Put one vote into the box, durably and once. Raises Refusal, BoxDamaged."""
        entry = ballots.check_cast(state, ballot, member, choice, now, rests)
        if ballot not in self._boxes:
            self.settle(state)
        held = self._boxes[ballot]
        if held.has_voted(entry):
            raise ballots.voted_already()
        held.cast(entry, ballots.encode_choice(choice))

    def turnout(self, ballot: BallotId) -> int:
        """How many have voted. For the closing and for "about n" only."""
        held = self._boxes.get(ballot)
        return sum(held.struck()) if held else 0

    def empty(self, ballot: BallotId) -> ballots.Emptied | None:
        """What the box of a ballot holds, for its closing; None where it has none. The box stays as it is."""
        held = self._boxes.get(ballot)
        if held is None:
            return None
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
