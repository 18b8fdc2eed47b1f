"""The hub's verbs on one lock: submit a command, cast a vote, take in a neighbour, read, follow.

The order is the promise: decide, write and sync, fold, and only then answer. What was answered
survives a pulled plug; what was not may be asked again under the same key without harm.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

from hub import __version__, facts
from hub.domain import archive, ballots, federation, house, membership
from hub.domain.base import (
    DAY,
    N_,
    SYSTEM,
    BallotId,
    Circle,
    HubId,
    MemberId,
    Millis,
    Position,
    Refusal,
    Tier,
)
from hub.domain.house import NOBODY, AnyCommand, AnyEvent, Asking, House, Person
from hub.domain.membership import Standing
from hub.entry import Damaged, Entry, read_batch
from hub.folding import Folded
from hub.log.audit import Verified
from hub.log.chain import Record, Stamp
from hub.log.faults import Fault, Forked
from hub.people import People
from hub.stores import Stores
from hub.urns import Urns
from hub.views.house import Views

T = TypeVar("T")
Clock = Callable[[], Stamp]

LONGEST_KEY: Final = 80
MANY: Final = 500
"""How many lines one answer to `follow` holds at most."""


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


Written = Sequence[tuple[Position, str]]
"""The lines one request led to: each position and kind."""


class Service:
    """One hub, open. Every method may be called from any thread."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._changed = threading.Condition(threading.RLock())
        self._folded = Folded()
        self._street_behind = False
        with self._changed:
            self._fold_all()
            self._urns = Urns(stores, self._house.ballots)
            self._reconcile()

    @property
    def _house(self) -> House:
        return self._folded.house

    def close(self) -> None:
        """Stop taking requests and let go of every file."""
        with self._changed:
            self._urns.close()
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
        """Why nothing more can be written, in a plain sentence; None while all is well."""
        return self._stores.journal.damage

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
            return list(self._stores.journal.read(after, upto))

    def street(self, after: int) -> list[bytes]:
        """The batches of this hub's public chain after a number, the open one closed first."""
        with self._changed:
            self._stores.street.close_batch()
            return self._stores.street.batches(after)

    def verify(self) -> list[tuple[str, Verified]]:
        """Walk every chain from its first line: the journal, the street, every neighbour's."""
        neighbours = self._stores.neighbours
        return [
            ("journal", self._stores.journal.verify()),
            ("street", self._stores.street.verify()),
            *((f"neighbour {author[:8]}", _walk(neighbours.batches(author))) for author in neighbours.authors()),
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
        """Decide a request and write what follows. Raises Refusal, DiskFull, ReadOnly, Stopped.

        `key` names the request for ever: the same key from the same person gives the first receipt
        again and writes nothing.
        """
        if len(key) > LONGEST_KEY:
            raise Refusal("", N_("The idempotency key is longer than {most} characters."), most=LONGEST_KEY)
        with self._changed:
            told = self._folded.receipts.get((who.member or "", key)) if key else None
            if told is not None:
                return self._receipt(self._written(told))
            with self._welcomed(request, newcomer) as fresh:
                asking = self._asking(request, who, second, fresh)
                return self._write(request, asking, who.member or "", key)

    @contextmanager
    def _welcomed(self, request: AnyCommand, newcomer: Newcomer | None) -> Iterator[str]:
        """A person in the people store for as long as the log takes them; erased again if it does not."""
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
        try:
            yield person
        except BaseException:
            self.people.forget(person)
            raise

    def _asking(
        self, request: AnyCommand, who: Person, second: Person, fresh: str, *, clockwork: bool = False
    ) -> Asking:
        """What the rules need from outside: who, when, dice, and what lies in a store."""
        return Asking(
            who=who,
            second=second,
            now=self.now(),
            fresh=fresh,
            clockwork=clockwork,
            writer=self._writer(request.position) if isinstance(request, archive.Redact) else None,
            own_lines=self._lines_of(request),
            opening=self._opening(request) if isinstance(request, ballots.OpenBallot) else None,
            emptied=self._emptied(request.ballot) if isinstance(request, ballots.CloseBallot) else None,
        )

    def _emptied(self, ballot: BallotId) -> ballots.Emptied | None:
        """What is in a ballot's box, if the rules let it be opened now. Raises Refusal."""
        rests = self._house.constitution.closures
        ballots.check_close(self._house.ballots, ballot, self._urns.turnout(ballot), self.now(), rests)
        return self._urns.empty(ballot)

    def _opening(self, request: ballots.OpenBallot) -> ballots.Opening:
        """Lots drawn by the machine's dice, printed before the first vote."""
        options = range(1, len(request.options) + 1)
        keys = {option: self._stores.random_bytes(16) for option in options}
        lots = tuple(sorted(options, key=lambda option: keys[option]))
        return ballots.Opening(lots, self._stores.random_bytes(16).hex(), __version__)

    def _writer(self, position: Position) -> str | None:
        if not 1 <= position <= self._stores.journal.length:
            return None
        entry = next(iter(self._stores.journal.read(position - 1, position)))
        return entry.head.actor if entry.body is not None else None

    def _lines_of(self, request: AnyCommand) -> tuple[Position, ...]:
        """Where a person to be forgotten wrote about themselves."""
        if not isinstance(request, membership.Forget | membership.RecordDeath):
            return ()
        return tuple(
            entry.seq
            for entry in self._stores.journal.read()
            if entry.body is not None
            and entry.head.actor == request.member
            and entry.head.kind.startswith(archive.ABOUT_ONESELF)
        )

    def _write(self, request: AnyCommand, asking: Asking, actor: str, key: str) -> Receipt:
        happened, after = house.decide(self._house, request, asking)
        if not happened:
            return Receipt(Position(self._stores.journal.length), ())
        records = [_record(fact, actor, key) for fact in happened]
        entries = self._stores.journal.append(records, self._clock())
        self._folded.house = after
        for entry, fact in zip(entries, happened, strict=True):
            self._folded.fold(entry, fact)
            self._publish(entry, fact)
        self._settle(happened)
        self._changed.notify_all()
        return self._receipt([(entry.seq, entry.head.kind) for entry in entries])

    def _settle(self, happened: Sequence[AnyEvent]) -> None:
        """What the facts mean for the stores beside the log. Done again at boot, so a crash here is no loss."""
        redacted = [fact.position for fact in happened if isinstance(fact, archive.WordsRedacted)]
        if redacted:
            self._blank(redacted)
        for fact in happened:
            match fact:
                case membership.MemberForgotten(member):
                    self.people.forget(member)
                case membership.MemberLeft(member) | membership.MemberDied(member):
                    self.people.void_card(member)
                case membership.MemberAdmitted(member):
                    self.people.stay(member)
        self._urns.settle(self._house.ballots)

    def _written(self, first: Position) -> Written:
        """The lines of the request whose first line this is."""
        line = next(self._stores.journal.read(first - 1, first))
        count = line.head.part[1] if line.head.part else 1
        return [(entry.seq, entry.head.kind) for entry in self._stores.journal.read(first - 1, first - 1 + count)]

    def _receipt(self, told: Written) -> Receipt:
        persons, made_out = self._folded.persons, self._folded.cards
        person = next((persons[place] for place, _ in told if place in persons), None)
        holders = {made_out[place]: place for place, _ in told if place in made_out}
        cards = {
            member: self.people.issue_card(member, self.now(), place)
            for member, place in holders.items()
            if self.people.may_be_told(member, place)
        }
        return Receipt(told[-1][0], tuple(told), person, cards)

    def cast(self, ballot: BallotId, who: Person, choice: tuple[int, ...]) -> None:
        """Put one secret vote into its box. No line of any log tells of it. Raises Refusal, BoxDamaged."""
        with self._changed:
            now = self.now()
            house.check_tier(self._house, ballots.CAST_TIER, Asking(who=who, now=now))
            assert who.member is not None
            rests = self._house.constitution.closures
            self._urns.cast(self._house.ballots, ballot, who.member, choice, now, rests)

    def turnout(self, ballot: BallotId) -> int:
        """How many have voted so far, in whole tens: nearer would tell who."""
        with self._changed:
            return ballots.turnout_about(self._urns.turnout(ballot))

    def tick(self) -> list[str]:
        """Do what is due by the clock: close, certify, end, rest, sweep. Called every few seconds.

        Returns what could not be done now, for the system's log; one trouble stops nothing else.
        """
        trouble: list[str] = []
        with self._changed:
            now = self.now()
            if self._clock().clock_ok:
                self.people.sweep(now)
            if not self._house.constitution.hub or self._stores.journal.fault:
                return trouble
            if self._street_behind:
                self._fold_all()
            for request in list(house.due(self._house, now, self._unseen(now))):
                try:
                    self._by_itself(request)
                except (Refusal, Fault) as fault:
                    trouble.append(f"{request.KIND}: {fault}")
        return trouble

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
            try:
                entries = self._stores.neighbours.take(author, content)
            except Forked:
                self._by_itself(federation.ReportFork(author, Position(self._stores.neighbours.held(author).upto)))
                raise
            self._hear(author)
            if entries:
                self._folded.hear(author, entries)
                self._blank_neighbour(author, entries)
            else:
                self._refold_neighbour(author)
            self._changed.notify_all()
            return Taken(author, len(entries))

    def _hear(self, author: HubId) -> None:
        """Journal how far we hold a neighbour's chain, where the journal does not know it yet."""
        held = self._stores.neighbours.held(author)
        if held.batch > self._house.federation.neighbours[author].batch:
            self._by_itself(federation.HearNeighbour(author, held.batch, Position(held.upto), held.head))

    def _by_itself(self, request: AnyCommand) -> None:
        """What the hub does without being asked."""
        self._write(request, self._asking(request, NOBODY, NOBODY, "", clockwork=True), SYSTEM, "")

    def _blank_neighbour(self, author: HubId, entries: Sequence[Entry]) -> None:
        """Blank what its author took back, in the copy we hold and in what we show of it."""
        positions = _redactions(entries)
        if positions:
            self._stores.neighbours.blank(author, positions)
            self._refold_neighbour(author)

    def _refold_neighbour(self, author: HubId) -> None:
        self._folded.hear_again(author, self._stores.neighbours.entries(author))

    # The street, redaction, boot

    def _publish(self, entry: Entry, fact: AnyEvent) -> None:
        if self._street_behind or house.audience(self._house, fact) is not Circle.FEDERATION:
            return
        if isinstance(fact, archive.WordsRedacted):
            place = self._stores.street.find(fact.position)
            if place is None:
                return
            fact = archive.WordsRedacted(Position(place), ())
        data, words = facts.pack(fact, street=True)
        record = Record(entry.head.kind, data, words, cause=entry.head.seq)
        try:
            self._stores.street.append([record], Stamp(Millis(entry.head.time), entry.head.clock_ok))
        except Fault:
            self._street_behind = True

    def _blank(self, positions: Sequence[Position]) -> None:
        """Take words out of every chain of ours, the quarantine and the views."""
        street = [place for each in positions if (place := self._stores.street.find(each)) is not None]
        self._stores.street.blank(street)
        self._stores.journal.blank(positions)
        self._fold_all()

    def _fold_all(self) -> None:
        """House, views and receipts from the first line on; the street goes on from its last cause."""
        self._street_behind = False
        published = self._stores.street.last_cause
        self._folded.refold(
            self._stores.journal.read(),
            lambda entry, fact: self._publish(entry, fact) if entry.head.seq > published else None,
        )
        for author in self._stores.neighbours.authors():
            self._refold_neighbour(author)

    def _reconcile(self) -> None:
        """Finish what a crash cut short between the log and the stores beside it."""
        unfinished = [place for place in self._folded.redacted if self._writer(place) is not None]
        if unfinished:
            self._blank(unfinished)
        persons = self._house.membership.members
        known = {member for member, person in persons.items() if not person.forgotten}
        gone = {member for member, person in persons.items() if person.forgotten}
        self.people.reconcile(known | house.guests(self._house), gone)
        self.people.void_older_cards({member: place for place, member in self._folded.cards.items()})
        for member, person in persons.items():
            if person.standing in (Standing.LEFT, Standing.DIED):
                self.people.void_card(member)
        for author in self._stores.neighbours.authors():
            self._blank_neighbour(author, list(self._stores.neighbours.entries(author)))
            if not self.damage and author in self._house.federation.neighbours:
                self._hear(author)


def _record(fact: AnyEvent, actor: str, key: str) -> Record:
    data, words = facts.pack(fact)
    return Record(fact.KIND, data, words, actor=actor, key=key)


def _months(seen: str, now: Millis) -> int:
    """Whole months from one like "2026-11" to now; 0 where nothing is known."""
    if not seen:
        return 0
    today = datetime.fromtimestamp(now / 1000, UTC)
    year, _, month = seen.partition("-")
    return (today.year - int(year)) * 12 + today.month - int(month)


def _redactions(entries: Sequence[Entry]) -> list[Position]:
    found = (facts.fact_of(entry) for entry in entries if entry.head.kind == archive.WordsRedacted.KIND)
    return [fact.position for fact in found if isinstance(fact, archive.WordsRedacted)]


def _walk(batches: Sequence[bytes]) -> Verified:
    """Check a neighbour's batches: every hash and word, and the signature that closes each."""
    found = Verified()
    for batch in batches:
        try:
            _, entries = read_batch(batch)
        except Damaged as fault:
            found.faults.append((found.lines + 1, str(fault)))
            continue
        found.lines += len(entries)
        found.signatures += 1
        found.bodies += sum(entry.body is not None for entry in entries)
        found.blanked += sum(bool(entry.head.body) and entry.body is None for entry in entries)
    return found
