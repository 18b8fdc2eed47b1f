"""The hub's verbs on one lock: submit a command, cast a vote, take in a neighbour, read, follow.

The order is the promise: decide, write and sync, fold, and only then answer. What was answered
survives a pulled plug; what was not may be asked again under the same key without harm.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final, TypeVar

from hub.asking import gathered
from hub.domain import ballots, federation, house, membership
from hub.domain.base import (
    DAY,
    N_,
    SYSTEM,
    BallotId,
    HubId,
    MemberId,
    Millis,
    Position,
    Refusal,
    Tier,
)
from hub.domain.house import NOBODY, AnyCommand, Asking, House, Person
from hub.domain.membership import Standing
from hub.entry import Entry, read_batch
from hub.folding import Folded
from hub.log.audit import Verified
from hub.log.chain import Stamp
from hub.log.faults import Fault, Forked, Stopped
from hub.people import People, PeopleDamaged
from hub.settling import unknown_to
from hub.stores import Stores
from hub.upkeep import Upkeep
from hub.views.house import Views

T = TypeVar("T")
Clock = Callable[[], Stamp]

LONGEST_KEY: Final = 80
MANY: Final = 500
"""How many lines one answer to `follow` holds at most."""
REMEMBERED: Final = 10_000
"""Of how many keyed requests the content is remembered, to tell a second sending from another request."""
TOLD_AGAIN: Final = DAY
"""For how long (ms) who lost the answer may be told the code of a new card again."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The erasable half of a request that brings a person in: a member-to-be or a guest of one evening."""

    name: str
    language: str
    contact: str = ""


CONTACT_KEPT: Final = Millis(365 * DAY)
"""A contact expires after a year unless its owner renews it (life.md, 10)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written: the last position, each fact's position and kind, who came in, cards made out.

    The code of a card stands here and nowhere else; asked again under the same key, the hub makes out a
    new code as long as that card is the member's latest and was never shown.
    """

    position: Position
    facts: tuple[tuple[Position, str], ...]
    person: MemberId | None = None
    cards: dict[MemberId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a neighbour's batch: whose it was, and how many lines were new."""

    author: HubId
    lines: int


class Service:
    """One hub, open. Every method may be called from any thread."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._changed = threading.Condition(threading.RLock())
        self._contents: dict[tuple[str, str], int] = {}
        with self._changed:
            self._upkeep = Upkeep(stores)
            if unknown_to(self.people, self._upkeep.folded):
                raise PeopleDamaged(_NO_PEOPLE.format(directory=stores.directory))
            with suppress(Refusal, Fault, OSError):  # said by `damage`, and tried again by `tick`
                self._upkeep.finish()
                for request in self._unheard():
                    self._by_itself(request)

    @property
    def _house(self) -> House:
        return self._upkeep.house

    @property
    def _folded(self) -> Folded:
        return self._upkeep.folded

    def close(self) -> None:
        """Stop taking requests and let go of every file."""
        with self._changed:
            self._upkeep.urns.close()
            self._stores.close()

    # Reading

    @property
    def people(self) -> People:
        """The persons store, for names, cards and PINs."""
        return self._stores.people

    @property
    def hub(self) -> HubId:
        """This hub's own key."""
        return self._stores.keys.hub

    @property
    def damage(self) -> str | None:
        """What keeps this hub from recording, or from telling its neighbours, in a sentence; None while all is well."""
        fault = self._stores.journal.fault or self._stores.street.fault
        return str(fault) if fault else None

    def now(self) -> Millis:
        """The hub's own clock."""
        return self._clock().time

    def read(self, question: Callable[[Views], T]) -> T:
        """Ask the views something; no write happens meanwhile."""
        with self._changed:
            return question(self._folded.views)

    def rules(self, question: Callable[[House], T]) -> T:
        """Ask the house's rules something; no write happens meanwhile."""
        with self._changed:
            return question(self._house)

    def read_neighbour(self, author: HubId, question: Callable[[Views], T]) -> T | None:
        """Ask what a neighbour published; None for a hub that is not one."""
        with self._changed:
            if not federation.is_neighbour(self._house.federation, author):
                return None
            return question(self._folded.of(author))

    def seal(self) -> tuple[Position, str]:
        """The journal's length and last hash: what a posted sheet is dated by."""
        with self._changed:
            return Position(self._stores.journal.length), self._stores.journal.head

    @property
    def erasures(self) -> int:
        """How often words were taken back or somebody, a guest too, was forgotten: older pictures may show them."""
        with self._changed:
            return self._folded.erasures + len(self._folded.guests - self.people.members())

    def cards_of(self, member: MemberId) -> int | None:
        """How many cards were made out to a member, ever; None for who belongs no longer."""
        with self._changed:
            state = self._house.membership
            return state.members[member].cards if membership.belongs(state, member) else None

    def welcome_back(self, person: Person) -> None:
        """A card was shown: its owner is seen this month, and no longer resting. Raises Refusal."""
        with self._changed:
            house.check_tier(self._house, Tier.CARD, Asking(who=person, now=self.now()))
            assert person.member is not None
            self.people.saw(person.member, self.now())
            if membership.standing(self._house.membership, person.member) is Standing.RESTING:
                self.submit(membership.Return(), person)

    def follow(self, after: Position, wait: float = 0.0) -> list[Entry]:
        """Journal lines after a position, oldest first, at most MANY; waits up to `wait` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._stores.journal.length > after, timeout=wait)
            upto = min(self._stores.journal.length, after + MANY)
            return list(self._upkeep.lines(after, upto))

    def street(self, after: int) -> list[bytes]:
        """The batches of this hub's public chain after a number, the open one closed first.

        Of a street that cannot be written those that are closed. Raises NotFinished while words that were
        taken back are in it.
        """
        with self._changed:
            self._upkeep.check_nothing_hidden()
            if self._stores.street.fault is None:
                self._stores.street.close_batch()
            return self._stores.street.batches(after)

    def closed_batches(self) -> list[bytes]:
        """The batches that are closed already; closes none. Raises NotFinished like `street`."""
        with self._changed:
            self._upkeep.check_nothing_hidden()
            return self._stores.street.batches()

    def verify(self) -> list[tuple[str, Verified]]:
        """Walk every chain from its first line: the journal, the street, every neighbour's."""
        neighbours = self._stores.neighbours
        return [
            ("journal", self._stores.journal.verify()),
            ("street", self._stores.street.verify()),
            *((f"neighbour {author[:8]}", neighbours.verify(author)) for author in neighbours.authors()),
        ]

    # Writing

    def submit(
        self,
        request: AnyCommand,
        who: Person = NOBODY,
        key: str = "",
        *,
        second: Person = NOBODY,
        newcomer: Newcomer | None = None,
    ) -> Receipt:
        """Decide a request and write what follows. Raises Refusal, DiskFull, NotFinished, ReadOnly, Stopped.

        `key` names the request for ever: the same key from the same person gives the first receipt
        again and writes nothing. Refuses a key that came with another content not long ago.
        """
        if len(key) > LONGEST_KEY:
            raise Refusal("", N_("The idempotency key is longer than {most} characters."), most=LONGEST_KEY)
        with self._changed:
            content = hash((repr(request), second.member, repr(newcomer)))
            told = self._told(who.member or "", key, content) if key else None
            if told is not None:
                return told
            with self._welcomed(request, newcomer) as fresh:
                asking = self._asking(request, who, second, fresh)
                return self._write(request, asking, who.member or "", key, content)

    def check_for_two(self, request: AnyCommand, who: Person) -> None:
        """Raise the Refusal this would get whoever else agreed, before one goes looking for another.

        Writes nothing. That it passes here says that some second member could make it happen now.
        """
        with self._changed:
            voters = membership.voters(self._house.membership)
            others = [Person(each, Tier.CARD) for each in voters if each != who.member]
            asking = self._asking(request, who, NOBODY)
            refusal: Refusal | None = None
            for second in others or [NOBODY]:
                try:
                    house.decide(self._house, request, replace(asking, second=second))
                    return
                except Refusal as no:
                    refusal = no
            assert refusal is not None
            raise refusal

    def _told(self, actor: str, key: str, content: int) -> Receipt | None:
        """The receipt of an earlier sending; None for a first one. Raises Refusal, NotFinished."""
        first = self._folded.receipts.get((actor, key))
        if first is None:
            return None
        if self._contents.get((actor, key), content) != content:
            raise Refusal(
                "", N_("This form was sent before, with other words, and that is recorded. Open the page again.")
            )
        if not self._upkeep.settled:
            self._upkeep.finish()
        lines = self._upkeep.request_at(first)
        return self._receipt(lines, cards=self.now() - lines[0].head.time < TOLD_AGAIN)

    @contextmanager
    def _welcomed(self, request: AnyCommand, newcomer: Newcomer | None) -> Iterator[str]:
        """A person in the people store for as long as the log takes them; erased again if it does not.

        Where nobody knows what the medium took, they are kept: the next opening reads it, and judges.
        """
        until = house.guest_until(self._house, request)
        joins = isinstance(request, membership.AskToJoin)
        if not joins and until is None:
            yield ""
            return
        if newcomer is None:
            raise Refusal("", N_("Say what to call you; any name you like."))
        contact_until = Millis(self.now() + CONTACT_KEPT) if newcomer.contact else None
        person = self.people.welcome(
            newcomer.name, newcomer.language, newcomer.contact, contact_until, guest_until=until
        )
        length = self._stores.journal.length
        try:
            yield person
        except BaseException:
            if self._stores.journal.length == length and not isinstance(self._stores.journal.fault, Stopped):
                with suppress(OSError):  # gone for everyone at once, and from the file with its next write
                    self.people.forget(person)
            raise

    def _asking(
        self, request: AnyCommand, who: Person, second: Person, fresh: str = "", *, clockwork: bool = False
    ) -> Asking:
        dice = self._stores.random_bytes
        return gathered(request, who, second, self.now(), self._upkeep, dice, fresh=fresh, clockwork=clockwork)

    def _write(
        self, request: AnyCommand, asking: Asking, actor: str, key: str = "", content: int | None = None
    ) -> Receipt:
        happened, after = house.decide(self._house, request, asking)
        if not happened:
            return Receipt(Position(self._stores.journal.length), ())
        entries = self._upkeep.record(happened, after, actor, key, self._clock())
        if key and content is not None:
            self._remember(actor, key, content)
        self._changed.notify_all()
        self._upkeep.settle(happened)
        with self._upkeep.saying():
            return self._receipt(entries)

    def _remember(self, actor: str, key: str, content: int) -> None:
        self._contents[actor, key] = content
        if len(self._contents) > REMEMBERED:
            del self._contents[next(iter(self._contents))]

    def _receipt(self, lines: Sequence[Entry], *, cards: bool = True) -> Receipt:
        persons, made_out = self._folded.persons, self._folded.cards
        person = next((persons[line.seq] for line in lines if line.seq in persons), None)
        holders = {made_out[line.seq]: line.seq for line in lines if cards and line.seq in made_out}
        codes = {
            member: self.people.issue_card(member, self.now(), place)
            for member, place in holders.items()
            if self.people.may_be_told(member, place)
        }
        told = tuple((line.seq, line.head.kind) for line in lines)
        return Receipt(lines[-1].seq, told, person, codes)

    def cast(self, ballot: BallotId, who: Person, choice: tuple[int, ...]) -> None:
        """Put one secret vote into its box. No line of any log tells of it. Raises Refusal, BoxDamaged."""
        with self._changed:
            now = self.now()
            house.check_tier(self._house, ballots.CAST_TIER, Asking(who=who, now=now))
            assert who.member is not None
            rests = self._house.constitution.closures
            self._upkeep.urns.cast(self._house.ballots, ballot, who.member, choice, now, rests)

    def turnout(self, ballot: BallotId) -> int:
        """How many have voted so far, in whole tens: nearer would tell who."""
        with self._changed:
            return ballots.turnout_about(self._upkeep.urns.turnout(ballot))

    def tick(self) -> list[str]:
        """Do what is due by the clock: close, certify, end, rest, sweep. Called every few seconds.

        Returns what could not be done now, for the system's log; one trouble stops nothing else.
        """
        trouble: list[str] = []
        with self._changed:
            now = self.now()
            if self._clock().clock_ok:
                try:
                    self.people.sweep(now)
                except OSError as fault:
                    trouble.append(f"people: {fault}")
            if not self._house.constitution.hub or self._stores.journal.fault:
                return trouble
            if not self._upkeep.settled:
                try:
                    self._upkeep.finish()
                except Fault as fault:
                    trouble.append(f"unfinished: {fault}")
            self._upkeep.catch_up()
            for request in [*self._lost_boxes(), *self._unheard(), *house.due(self._house, now, self._unseen(now))]:
                try:
                    self._by_itself(request)
                except (Refusal, Fault, OSError) as fault:
                    trouble.append(f"{request.KIND}: {fault}")
        return trouble

    def _lost_boxes(self) -> list[AnyCommand]:
        """An open ballot whose box is gone (a restored copy, a deleted file) can only be held again."""
        lost = self._upkeep.urns.lost(self._house.ballots)
        return [ballots.AnnulBallot(ballot, ballots.Why.BOX_LOST) for ballot in lost]

    def _unseen(self, now: Millis) -> tuple[MemberId, ...]:
        """Active members whose last visit lies more months back than the constitution allows."""
        months = self._house.constitution.articles.dormant_months
        active = membership.active(self._house.membership)
        return tuple(member for member in active if _months(self.people.seen(member), now) > months)

    # Neighbours

    def take_in(self, content: bytes) -> Taken:
        """Keep a neighbour's batch and fold it. Raises Damaged, NotNext, Refusal for a stranger."""
        batch, _ = read_batch(content)
        author = batch.author
        with self._changed:
            if not federation.takes_in(self._house.federation, author):
                raise Refusal("", N_("This hub is not a neighbour of ours. Two members can accept it at the kiosk."))
            neighbours = self._stores.neighbours
            try:
                entries = neighbours.take(author, content, lambda: self._upkeep.taken_back(author))
            except Forked:
                self._by_itself(federation.ReportFork(author, Position(neighbours.held(author).upto)))
                raise
            for request in self._unheard():
                self._by_itself(request)
            self._upkeep.hear(author, entries)
            self._changed.notify_all()
            return Taken(author, len(entries))

    def _unheard(self) -> list[AnyCommand]:
        """How far we hold neighbours' chains, where the journal does not know it yet."""
        state, found = self._house.federation, list[AnyCommand]()
        for author in self._stores.neighbours.authors():
            held = self._stores.neighbours.held(author)
            if federation.takes_in(state, author) and held.batch > state.neighbours[author].batch:
                found.append(federation.HearNeighbour(author, held.batch, Position(held.upto), held.head))
        return found

    def _by_itself(self, request: AnyCommand) -> None:
        """What the hub does without being asked."""
        self._write(request, self._asking(request, NOBODY, NOBODY, clockwork=True), SYSTEM, "")


_NO_PEOPLE: Final = (
    "The file people.json in {directory} is missing or empty, although this hub has members. Nothing was changed. "
    "Restore that file from the backup stick; without it nobody has a name, and no card opens anything."
)


def _months(seen: str, now: Millis) -> int:
    """Whole months from one like "2026-11" to now; 0 where nothing is known."""
    if not seen:
        return 0
    today = datetime.fromtimestamp(now / 1000, UTC)
    year, _, month = seen.partition("-")
    return (today.year - int(year)) * 12 + today.month - int(month)
