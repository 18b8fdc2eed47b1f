"""The boxes of the ballots that are open: made with them, kept over a restart, opened once, and gone with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from kitchen import seeded

from hub import box
from hub.box import BoxLost
from hub.domain import ballots
from hub.domain.articles import Articles
from hub.domain.ballots import BallotAnnulled, Emptied, Method, OpenBallot, OpenHandCount, Opening, Why, bitmap
from hub.domain.base import DAY, Actor, BallotId, Context, MemberId, Millis, Refusal, Tier, Words
from hub.stores import Stores, open_stores
from hub.urns import Urns

NOW = Millis(1_900_000_000_000)
ROLL = tuple(MemberId(name) for name in ("ana", "ben", "cem", "dua"))
ANA, BEN, CEM, DUA = ROLL
RAMP = OpenBallot(Method.YES_NO, Words({"en": "A ramp?"}))
COLOURS = OpenBallot(
    Method.APPROVAL, Words({"en": "Which?"}), tuple(Words({"en": colour}) for colour in ("Red", "Blue", "Green"))
)
YES, NO = (1,), (2,)


@dataclass
class Desk:
    """A hub's stores, the rules of its ballots, and the urns beside them."""

    place: Path
    state: ballots.State = field(default_factory=ballots.State)
    stores: Stores = field(init=False)
    urns: Urns = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.stores = open_stores(self.place, seeded("dice"))
        self.urns = Urns(self.stores)
        self.urns.sweep(self.state)

    def stop(self) -> None:
        self.urns.close()
        self.stores.close()

    def restart(self) -> None:
        self.stop()
        self.start()

    def open(self, request: OpenBallot | OpenHandCount) -> BallotId:
        """Open a ballot, its box made before it is written down."""
        options = len(request.options) if isinstance(request, OpenBallot) else 0
        opening = Opening(tuple(range(1, options + 1)), "00" * 16, "1")
        context = Context(Actor(ANA, Tier.PIN), NOW, Articles())
        [fact] = ballots.decide(self.state, request, context, roll=ROLL, opening=opening)
        if isinstance(fact, ballots.BallotOpened):
            self.urns.prepare(fact.ballot, fact.roll_size)
        self.tell(fact)
        return BallotId(len(self.state.ballots))

    def tell(self, fact: ballots.Events) -> None:
        """What happened to a ballot, and what follows for its box."""
        self.state = ballots.evolve(self.state, fact, roll=ROLL)
        self.urns.sweep(self.state)

    def cast(self, ballot: BallotId, member: MemberId, choice: tuple[int, ...], now: Millis = NOW) -> None:
        self.urns.cast(self.state, ballot, member, choice, now, ())

    def emptied(self, ballot: BallotId) -> Emptied:
        return self.urns.empty(ballot)

    def boxes(self) -> set[str]:
        """The ballots of which some file lies on the medium."""
        return box.names(self.stores.disk, self.stores.boxes)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "hub")
    yield desk
    desk.stop()


def refused(desk: Desk, ballot: BallotId, member: str, choice: tuple[int, ...], now: Millis = NOW) -> str:
    before = desk.emptied(ballot)
    with pytest.raises(Refusal) as no:
        desk.cast(ballot, MemberId(member), choice, now)
    after = desk.emptied(ballot)
    assert (after.struck, after.choices) == (before.struck, before.choices)
    return str(no.value)


def test_each_secret_ballot_has_a_box_and_a_count_of_hands_has_none(desk: Desk) -> None:
    ramp, hands, colours = desk.open(RAMP), desk.open(OpenHandCount(Words({"en": "Now?"}))), desk.open(COLOURS)
    assert desk.boxes() == {str(ramp), str(colours)}
    with pytest.raises(BoxLost):
        desk.urns.empty(hands)


def test_what_was_chosen_comes_out_sorted_and_the_roll_says_who_voted_not_what(desk: Desk) -> None:
    ramp, colours = desk.open(RAMP), desk.open(COLOURS)
    for member, choice, marks in ((DUA, NO, (1, 3)), (ANA, YES, ()), (CEM, NO, (2,))):
        desk.cast(ramp, member, choice)
        desk.cast(colours, member, marks)
    assert desk.urns.turnout(ramp) == 3
    found = desk.emptied(ramp)
    assert (found.struck, found.cast, found.choices) == (bitmap([True, False, True, True]), 3, [YES, NO, NO])
    assert desk.emptied(colours).choices == [(), (1, 3), (2,)]


def test_looking_into_the_box_leaves_it_as_it_is_and_draws_another_nonce(desk: Desk) -> None:
    ramp = desk.open(RAMP)
    desk.cast(ramp, ANA, YES)
    first, second = desk.emptied(ramp), desk.emptied(ramp)
    assert (first.struck, first.choices) == (second.struck, second.choices)
    assert first.nonce != second.nonce
    desk.cast(ramp, BEN, NO)
    assert desk.emptied(ramp).choices == [YES, NO]


def test_nobody_votes_twice_not_even_after_a_restart(desk: Desk) -> None:
    ramp = desk.open(RAMP)
    desk.cast(ramp, ANA, YES)
    assert refused(desk, ramp, ANA, NO).startswith("You have voted in this already.")
    desk.restart()
    assert refused(desk, ramp, ANA, NO).startswith("You have voted in this already.")
    assert desk.emptied(ramp).choices == [YES]


def test_what_the_rules_refuse_never_reaches_the_box(desk: Desk) -> None:
    ramp = desk.open(RAMP)
    assert "those who could vote when it opened" in refused(desk, ramp, "zoe", YES)
    assert "not one of the answers" in refused(desk, ramp, ANA, (1, 2))
    assert "The time for this ballot is over" in refused(desk, ramp, ANA, YES, Millis(NOW + 8 * DAY))
    assert desk.urns.turnout(ramp) == 0


def test_a_box_is_gone_from_the_medium_with_its_ballot_and_the_others_stay(desk: Desk) -> None:
    ramp, colours = desk.open(RAMP), desk.open(COLOURS)
    desk.cast(colours, ANA, (2,))
    desk.tell(BallotAnnulled(ramp, Why.WITHDRAWN, (ANA, BEN), None))
    assert desk.boxes() == {str(colours)}
    with pytest.raises(BoxLost):
        desk.urns.empty(ramp)
    assert desk.emptied(colours).choices == [(2,)]


def test_a_released_ballot_needs_no_box_any_more(desk: Desk) -> None:
    ramp = desk.open(RAMP)
    for member in ROLL:
        desk.cast(ramp, member, YES)
    context = Context(Actor(ANA, Tier.CARD), NOW, Articles())
    facts = ballots.decide(desk.state, ballots.CloseBallot(ramp), context, emptied=desk.emptied(ramp))
    for fact in facts:
        desk.tell(fact)
    assert desk.state.ballots[ramp].sums == (4, 0, 0)
    assert desk.boxes() == set()


# After a crash


def test_a_box_a_crash_left_behind_is_destroyed_at_the_next_start(desk: Desk) -> None:
    ramp = desk.open(RAMP)
    desk.cast(ramp, ANA, YES)
    desk.stop()
    desk.state = ballots.evolve(desk.state, BallotAnnulled(ramp, Why.WITHDRAWN, (ANA, BEN), None))
    desk.start()
    assert desk.boxes() == set()


def test_the_box_of_a_ballot_that_was_never_written_down_is_destroyed_at_the_next_start(desk: Desk) -> None:
    desk.urns.prepare(BallotId(1), len(ROLL))
    assert desk.boxes() == {"1"}
    desk.restart()
    assert desk.boxes() == set()


def test_an_open_ballot_that_lost_its_box_takes_no_votes_and_gets_no_new_one(desk: Desk) -> None:
    ramp, colours = desk.open(RAMP), desk.open(COLOURS)
    desk.stop()
    (desk.place / "boxes" / f"{ramp}.key").unlink()
    desk.start()
    assert desk.urns.lost(desk.state) == [ramp]
    for act in (lambda: desk.cast(ramp, ANA, YES), lambda: desk.urns.turnout(ramp), lambda: desk.urns.empty(ramp)):
        with pytest.raises(BoxLost):
            act()
    desk.cast(colours, ANA, (2,))
    assert desk.emptied(colours).choices == [(2,)]


def test_what_somebody_else_put_beside_the_boxes_is_left_alone(desk: Desk) -> None:
    stray = desk.place / "boxes" / "notes.txt"
    stray.write_text("mine")
    desk.restart()
    assert stray.read_text() == "mine"


def test_a_slot_that_holds_no_choice_is_spoiled_and_counted_as_cast(desk: Desk) -> None:
    ramp = desk.open(RAMP)
    desk.cast(ramp, ANA, YES)
    desk.urns.close()
    held = box.open_box(desk.stores.disk, desk.stores.boxes, str(ramp), seeded("noise"))
    held.cast(2, b"\xff" * ballots.CHOICE_BYTES)
    held.close()
    desk.urns = Urns(desk.stores)
    found = desk.emptied(ramp)
    assert (found.cast, found.choices) == (2, [YES])
    assert found.struck == bitmap([True, False, True, False])
