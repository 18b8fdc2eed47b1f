"""A whole hub on a disk whose power may go at any moment: what was answered holds, what was taken back is gone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from kitchen import Clock, seeded
from simulated_disk import SimulatedDisk, crash

from hub.commands.found import founding
from hub.domain import archive, ballots, federation, ledger, membership, needs, signups
from hub.domain.base import (
    DAY,
    BallotId,
    Circle,
    HubId,
    ListId,
    MemberId,
    Millis,
    Position,
    Refusal,
    Tier,
    Words,
)
from hub.domain.house import NOBODY, AnyCommand, Person
from hub.entry import Entry
from hub.log.faults import Fault
from hub.people import People, PeopleDamaged
from hub.service import Newcomer, Receipt, Service
from hub.stores import open_stores
from hub.upkeep import Upkeep

SEEDS, LONG_SEEDS = 24, 1_000
CUTS = 12
"""Moments at which the power goes, in each evening."""


@dataclass(frozen=True, slots=True)
class Promised:
    """All that was answered so far, and the one act that is on its way.

    `seals` are (length, head) of the journal. `asked` are requests with the position they led to. `voted`
    maps a voter to their choice. `gone` are words nobody may find; `going` those being taken back.
    """

    seals: tuple[tuple[int, str], ...] = ()
    asked: tuple[tuple[AnyCommand, Person, str, int], ...] = ()
    names: tuple[tuple[MemberId, str], ...] = ()
    voted: tuple[tuple[MemberId, int], ...] = ()
    voting: tuple[MemberId, int] | None = None
    sums: tuple[int, ...] = ()
    batches: int = 0
    gone: tuple[str, ...] = ()
    going: str = ""


class Evening:
    """One hub, its neighbour, and people who do things in an order that the seed draws."""

    def __init__(self, place: Path, disk: SimulatedDisk, seed: str, neighbour: list[bytes], author: HubId) -> None:
        self.disk, self.clock, self.dice = disk, Clock(), random.Random(seed)
        self.batches, self.author = neighbour, author
        self.promised = Promised()
        self.service = Service(open_stores(place, seeded(seed), disk), self.clock)

    def promise(self, **more: object) -> None:
        """Note what holds from now on."""
        self.promised = replace(self.promised, seals=(*self.promised.seals, self.service.seal()), **more)  # type: ignore[arg-type]
        self.disk.note(self.promised)

    def submit(self, command: AnyCommand, who: Person = NOBODY, second: Person = NOBODY, name: str = "") -> Receipt:
        key = f"{command.KIND} {len(self.promised.asked)}"
        newcomer = Newcomer(name, "en") if name else None
        receipt = self.service.submit(command, who, key, second=second, newcomer=newcomer)
        names = self.promised.names
        if receipt.person is not None:
            names = (*names, (receipt.person, name))
        asked = (*self.promised.asked, (command, who, key, int(receipt.position)))
        self.promise(asked=asked, names=names)
        return receipt

    def begin(self) -> None:
        """Found it; five people join; a list, a secret vote and some money; a pact with the neighbour."""
        found = founding(self.service.hub, "Oak", "kitchen", "en", "EUR", "UTC", {}, ephemeral=False)
        self.service.submit(found, key="founding")
        joined = [self.submit(membership.AskToJoin(True), name=f"Person{n}quist").person for n in range(5)]
        self.people = [person for person in joined if person is not None]
        self.submit(membership.OpenEvening(tuple(self.people)))
        rosa, ali = self.person(0), self.person(1)
        self.submit(
            signups.OpenSignup(signups.Sort.MEAL, Words({"en": "Supper"}), Millis(self.clock.now + DAY), 9), rosa
        )
        self.submit(ballots.OpenBallot(ballots.Method.YES_NO, Words({"en": "A ramp?"})), rosa)
        self.submit(federation.AcceptNeighbour(self.author, Words({"en": "Mill"})), rosa, ali)

    def person(self, place: int) -> Person:
        return Person(self.people[place], Tier.PIN)

    def go_on(self) -> None:
        """Everything else, in some order; the vote closes when all have voted."""
        acts = [*self.asking(), *self.votes(), self.money, self.guest, self.redact, self.forget, self.hear, self.hear]
        self.dice.shuffle(acts)
        for act in acts:
            act()
        self.close()

    def asking(self) -> Iterator[Callable[[], object]]:
        for n in range(4):
            text = Words({"en": f"Zwieback{n}, please"})
            circle = Circle.FEDERATION if n % 2 else Circle.MEMBERS
            yield lambda text=text, circle=circle, n=n: self.submit(
                needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, text, circle), self.person(n % 3)
            )

    def votes(self) -> Iterator[Callable[[], object]]:
        for place, choice in enumerate((1, 2, 3, 1, 1)):
            yield lambda place=place, choice=choice: self.vote(self.people[place], choice)

    def vote(self, member: MemberId, choice: int) -> None:
        self.promised = replace(self.promised, voting=(member, choice))
        self.disk.note(self.promised)
        self.service.cast(BallotId(1), Person(member, Tier.PIN), (choice,))
        self.promise(voted=(*self.promised.voted, (member, choice)), voting=None)

    def money(self) -> None:
        moved = ledger.came_in(ledger.Account("dues"), ledger.TIN, 1250)
        self.submit(ledger.RecordMoney(self.clock.now, moved, Words({"en": "Dues"})), self.person(1))

    def guest(self) -> None:
        self.submit(signups.SignUpGuest(ListId(1)), name="Guestaquist")

    def redact(self) -> None:
        """The words of a need just asked are taken back."""
        word = f"Regret{self.dice.randrange(10**6)}"
        asked = needs.ReportNeed(needs.Sort.CARE, needs.Soon.WEEK, Words({"en": word}), Circle.FEDERATION)
        place = self.submit(asked, self.person(2)).position
        self.take_back(word, archive.Redact(place), self.person(2))

    def forget(self) -> None:
        """Who looks after nothing is forgotten, by two others: name, and what they wrote about themselves."""
        newcomer = self.submit(membership.AskToJoin(True), name="Vanishquist").person
        assert newcomer is not None
        self.promised = replace(self.promised, names=self.promised.names[:-1])
        self.take_back("Vanishquist", membership.Forget(newcomer), self.person(0), self.person(1))

    def take_back(self, word: str, command: AnyCommand, who: Person, second: Person = NOBODY) -> None:
        self.promised = replace(self.promised, going=word)
        self.disk.note(self.promised)
        self.service.submit(command, who, second=second)
        self.promise(gone=(*self.promised.gone, word), going="")

    def hear(self) -> None:
        """The neighbour's next batch."""
        self.service.take_in(self.batches[self.promised.batches])
        self.promise(batches=self.promised.batches + 1)

    def close(self) -> None:
        self.submit(ballots.CloseBallot(BallotId(1)), self.person(0))
        self.promise(sums=(3, 1, 1))


def woken(place: Path, disk: SimulatedDisk) -> Service:
    return Service(open_stores(place, seeded("after"), disk), Clock(Millis(Clock().now + DAY)))


def broken(hub: Service, disk: SimulatedDisk, promised: Promised) -> Iterator[str]:
    """Every promise that does not hold in a hub that was started again."""
    if hub.damage:
        yield f"damaged: {hub.damage}"
    yield from (f"{chain}: {found.faults}" for chain, found in hub.verify() if not found.sound)
    hashes = {0: "", **{entry.seq: entry.hash for entry in _everything(hub)}}
    for length, head in promised.seals:
        if length and hashes.get(Position(length)) != head:
            yield f"line {length} is not the one that was confirmed"
    for member, name in promised.names:
        if hub.people.name(member) != name:
            yield f"{name} is {hub.people.name(member)!r}"
    held = hub.read(lambda views: [row.batch for row in views.federation.neighbours()])
    if promised.batches and held != [promised.batches] and held != [promised.batches + 1]:
        yield f"of the neighbour we hold {held}, not {promised.batches}"
    everywhere = b"".join(disk.snapshot().values())
    decided = [entry.head.kind for entry in _everything(hub)].count(archive.WordsRedacted.KIND)
    decided += [entry.head.kind for entry in _everything(hub)].count(membership.MemberForgotten.KIND)
    gone = (*promised.gone, promised.going) if decided > len(promised.gone) else promised.gone
    yield from (f"{word} is still there" for word in gone if word.encode() in everywhere)
    yield from _broken_keys(hub, promised)
    yield from _broken_votes(hub, promised)


def _everything(hub: Service) -> Iterator[Entry]:
    after = Position(0)
    while entries := hub.follow(after):
        yield from entries
        after = entries[-1].seq


def _broken_keys(hub: Service, promised: Promised) -> Iterator[str]:
    """Asked again under its key, nothing happens twice."""
    before = hub.seal()
    for command, who, key, position in promised.asked:
        try:
            again = hub.submit(command, who, key).position
        except Refusal as no:
            yield f"{key} is not known any more: {no}"
            continue
        if again != position:
            yield f"{key} led to {again}, not {position}"
    if hub.seal() != before:
        yield "asking again wrote something"


def _broken_votes(hub: Service, promised: Promised) -> Iterator[str]:
    """Everybody who was told so has voted, once; the others still can; the count is everybody's."""
    opened = hub.rules(lambda house: house.ballots.ballots.get(BallotId(1)))
    if opened is None or not promised.seals:
        return
    choices = dict(zip(opened.roll, (0,) * len(opened.roll), strict=True))
    if opened.phase is ballots.Phase.OPEN:
        for member in opened.roll:
            choices[member] = _vote_again(hub, member, promised)
        if member := next((each for each, _ in promised.voted if choices[each] != 0), None):
            yield f"{member} was told that they voted, and could vote again"
        hub.submit(ballots.CloseBallot(BallotId(1)), Person(opened.roll[0], Tier.PIN))
    found = hub.rules(lambda house: house.ballots.ballots[BallotId(1)])
    wanted = [choices[member] or _chosen(member, promised) for member in opened.roll]
    sums = tuple(wanted.count(option) for option in (1, 2, 3))
    if found.sums != sums:
        yield f"the count is {found.sums}, not {sums}"
    if promised.sums and found.sums != promised.sums:
        yield f"the count was {promised.sums} and is {found.sums}"


def _chosen(member: MemberId, promised: Promised) -> int:
    """What a member chose who cannot vote again: told so, or cut short."""
    return dict((*promised.voted, *((promised.voting,) if promised.voting else ()))).get(member, 0)


def _vote_again(hub: Service, member: MemberId, promised: Promised) -> int:
    """Try to vote for the third answer: 3 if that was taken, 0 if they had voted."""
    try:
        hub.cast(BallotId(1), Person(member, Tier.PIN), (3,))
    except Refusal:
        return 0
    return 3


@pytest.fixture(scope="module")
def neighbour(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[bytes], HubId]:
    """Two batches of another hub's street."""
    mill = Service(open_stores(tmp_path_factory.mktemp("mill") / "hub", seeded("mill")), Clock())
    mill.submit(founding(mill.hub, "Mill", "kitchen", "en", "EUR", "UTC", {}, ephemeral=False))
    first = mill.street(0)
    mill.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.WEEK, Words({"en": "Flour"}), Circle.FEDERATION))
    mill.submit(needs.ReportNeed(needs.Sort.CARE, needs.Soon.WEEK, Words({"en": "Nappies"}), Circle.FEDERATION))
    batches = [*first, *mill.street(len(first))]
    mill.close()
    return batches, mill.hub


def evening(place: Path, seed: int, neighbour: tuple[list[bytes], HubId], skips: tuple[str, ...] = ()) -> SimulatedDisk:
    """The disk on which a whole evening took place."""
    disk = SimulatedDisk(directories=[*reversed(place.parents)], page=512, skips=skips)
    held = Evening(place, disk, f"evening {seed}", *neighbour)
    held.begin()
    held.go_on()
    held.service.close()
    return disk


def bad_states(place: Path, seeds: int, neighbour: tuple[list[bytes], HubId], skips: tuple[str, ...] = ()) -> list[str]:
    """Every promise broken after a power cut: some moments of each evening, and once more while waking."""
    found: list[str] = []
    for seed in range(seeds):
        disk = evening(place / f"{seed}", seed, neighbour, skips)
        dice = random.Random(seed)
        for moment in dice.sample(disk.moments(), CUTS):
            left, promised = crash(disk, moment, random.Random(f"{seed} {moment}"))
            assert promised is None or isinstance(promised, Promised)
            found += _woken_twice(place / f"{seed}", left, promised or Promised(), dice, f"seed {seed}, act {moment}")
    return found


def _woken_twice(place: Path, left: SimulatedDisk, promised: Promised, dice: random.Random, when: str) -> list[str]:
    try:
        hub = woken(place, left)
        hub.close()
        left, _ = crash(left, dice.choice(left.moments()), dice) if left.acts else (left, None)
        hub = woken(place, left)
    except (Fault, PeopleDamaged, OSError, AssertionError, LookupError) as fault:
        return [f"{when}: does not start: {fault!r}"]
    try:
        return [f"{when}: {each}" for each in broken(hub, left, promised)]
    except Fault as fault:
        return [f"{when}: {fault!r}"]
    finally:
        hub.close()


def test_no_power_cut_of_an_evening_breaks_a_promise(tmp_path: Path, neighbour: tuple[list[bytes], HubId]) -> None:
    assert bad_states(tmp_path, SEEDS, neighbour) == []


@pytest.mark.long
def test_no_power_cut_of_many_evenings_breaks_a_promise(
    tmp_path: Path, neighbour: tuple[list[bytes], HubId], note: Callable[..., None]
) -> None:
    bad = bad_states(tmp_path, LONG_SEEDS, neighbour)
    note("Power cuts of the whole hub, simulated", states=LONG_SEEDS * CUTS, broken_promises=len(bad))
    assert bad == []


@pytest.mark.parametrize("act", ["sync", "sync directory"])
def test_a_disk_that_only_pretends_is_caught(tmp_path: Path, neighbour: tuple[list[bytes], HubId], act: str) -> None:
    assert bad_states(tmp_path, SEEDS, neighbour, (act,))


BUGS: dict[str, tuple[type, str, Callable[..., None]]] = {
    "forgotten names are kept": (People, "_erase", lambda *_: None),
    "nothing is settled at boot": (Upkeep, "finish", lambda *_: None),
    "words are blanked on no chain": (Upkeep, "_blank", lambda *_: None),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_careless_hub_is_caught(
    tmp_path: Path, neighbour: tuple[list[bytes], HubId], bug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*BUGS[bug])
    assert bad_states(tmp_path, SEEDS, neighbour)
