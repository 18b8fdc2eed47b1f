"""What is made of the journal, kept in line with it: read models, street, persons, boxes, neighbours' copies.

The journal is the truth, and the first to be written. What follows from a line is done at once, and where
a crash or a full disk came between, again at boot and by the clock, until it is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from hub import facts
from hub.domain import archive, ballots, house
from hub.domain.base import Circle, HubId, Millis, Position
from hub.domain.house import AnyEvent, House
from hub.entry import Damaged, Entry
from hub.folding import Folded
from hub.log.chain import Record, Stamp
from hub.log.faults import Fault, NotFinished, Stopped
from hub.settling import reconcile_people, settle_people
from hub.stores import Stores
from hub.urns import Urns


class Upkeep:
    """The log of one hub, and all that is made of it. The service's lock guards it.

    `settled` is whether the stores beside the log are known to be in line with it.
    """

    def __init__(self, stores: Stores) -> None:
        """Fold every chain. What is left to do is for `finish`. Raises Damaged."""
        self._stores = stores
        self.folded = Folded()
        self.urns = Urns(stores)
        self.settled = False
        self._hidden: set[Position] = set()
        """Lines whose words are taken back and still on the medium: they are shown to nobody."""
        self._street_behind = False
        self._fold_all()
        for author in stores.neighbours.authors():
            self._hear_again(author)

    @property
    def house(self) -> House:
        """The rules' state."""
        return self.folded.house

    # Reading

    def lines(self, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
        """Lines of the journal as they may be shown: without words that are taken back."""
        for entry in self._stores.journal.read(after, upto):
            yield replace(entry, body=None) if entry.seq in self._hidden else entry

    def line(self, position: Position) -> Entry | None:
        """One line as it may be shown; None where there is none."""
        return next(self.lines(position - 1, position), None) if position > 0 else None

    def request_at(self, first: Position) -> list[Entry]:
        """The lines of the request whose first line this is."""
        line = next(self._stores.journal.read(first - 1, first))
        count = line.head.part[1] if line.head.part else 1
        return list(self._stores.journal.read(first - 1, first - 1 + count))

    def check_nothing_hidden(self) -> None:
        """Raise NotFinished while words that were taken back are still in our chains."""
        if self._hidden:
            raise NotFinished(reason=str(self._stores.journal.fault or self._stores.street.fault or "…"))

    # Writing

    def record(self, happened: Sequence[AnyEvent], after: House, actor: str, key: str, stamp: Stamp) -> list[Entry]:
        """Write what happened, durably, then fold and publish it. Raises DiskFull, ReadOnly, Stopped, OSError."""
        records = [_record(fact, actor, key) for fact in happened]
        with self._box_for(happened):
            entries = self._stores.journal.append(records, stamp)
        try:
            self.folded.house = after
            for entry, fact in zip(entries, happened, strict=True):
                self.folded.fold(entry, fact)
                self._publish(entry, fact, after)
        except Exception as bug:
            self._stores.journal.stop(repr(bug))  # what is in memory is not what is recorded: read it anew
            raise
        return entries

    @contextmanager
    def _box_for(self, happened: Sequence[AnyEvent]) -> Iterator[None]:
        """A secret ballot's box is on the medium before the ballot is. Raises OSError."""
        opened = [fact for fact in happened if isinstance(fact, ballots.BallotOpened)]
        try:
            for fact in opened:
                self.urns.prepare(fact.ballot, fact.roll_size)
            yield
        except (Fault, OSError):
            if opened and not isinstance(self._stores.journal.fault, Stopped):
                self.settled = False  # the box of no ballot goes with `finish`
            raise

    def _publish(self, entry: Entry, fact: AnyEvent, after: House) -> None:
        if self._street_behind or house.audience(after, fact) is not Circle.FEDERATION:
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

    def settle(self, happened: Sequence[AnyEvent]) -> None:
        """What the facts mean for the stores beside the log. Raises NotFinished: `finish` does it again."""
        with self.saying():
            redacted = [fact.position for fact in happened if isinstance(fact, archive.WordsRedacted)]
            self._hide(redacted)
            settle_people(self._stores.people, self.house, happened)
            self._blank(redacted)
            if any(isinstance(fact, ballots.Events) for fact in happened):
                self.urns.sweep(self.house.ballots)

    def finish(self) -> None:
        """Do what was cut short, for everything there is. Raises NotFinished; safe to repeat.

        A damaged log tells only half: by it nothing is erased.
        """
        with self.saying():
            written = map(self.line, self.folded.redacted)
            self._hide([line.seq for line in written if line and line.body is not None])
            if self._stores.journal.fault:
                return
            reconcile_people(self._stores.people, self.folded)
            self._blank(list(self._hidden))
            if not self.folded.unread:
                self.urns.sweep(self.house.ballots)
            for author in self._stores.neighbours.authors():
                self._blank_theirs(author, list(self._stores.neighbours.entries(author)))
        self.settled = True

    def catch_up(self) -> None:
        """Publish what the street lacks, once it can be written again."""
        if self._street_behind and self._stores.street.fault is None:
            self._fold_all()

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Around what follows from recorded lines: what fails is to be done again. Raises NotFinished."""
        try:
            yield
        except (Fault, OSError) as fault:
            self.settled = False
            reason = str(fault) if isinstance(fault, Fault) else fault.strerror or str(fault)
            raise NotFinished(reason=reason) from fault

    # Taking words back

    def _hide(self, positions: Collection[Position]) -> None:
        """Show these words to nobody from now on, whether or not the disk can be made to forget them."""
        if not self._hidden.issuperset(positions):
            self._hidden.update(positions)
            self._fold_all()

    def _blank(self, positions: Collection[Position]) -> None:
        """Take hidden words out of every chain of ours, and out of the quarantine."""
        street = [place for each in positions if (place := self._stores.street.find(each)) is not None]
        self._stores.street.blank(street)
        self._stores.journal.blank(positions)
        self._hidden.difference_update(positions)

    def _fold_all(self) -> None:
        """House, views and receipts from the first line on; the street goes on from its last cause.

        What is shown changes only when all of it is folded.
        """
        self._street_behind = False
        published = self._stores.street.last_cause

        def publish(entry: Entry, fact: AnyEvent, after: House) -> None:
            if entry.seq > published:
                self._publish(entry, fact, after)

        fresh = Folded(neighbours=self.folded.neighbours)
        fresh.fold_all(self.lines(), publish)
        self.folded = fresh

    # Neighbours

    def hear(self, author: HubId, entries: Sequence[Entry]) -> None:
        """Fold what a neighbour's shelf took in; no new lines: what it shows was healed, fold it all again.

        Raises NotFinished where words it took back could not be blanked: `finish` does it again.
        """
        if not entries:
            self._hear_again(author)
            return
        self.folded.hear(author, entries)
        with self.saying():
            self._blank_theirs(author, entries)

    def taken_back(self, author: HubId) -> list[Position]:
        """What a neighbour took back, by its own lines; a line that makes no sense takes nothing back."""
        return _redactions(self._stores.neighbours.entries(author))

    def _blank_theirs(self, author: HubId, entries: Sequence[Entry]) -> None:
        """Blank what its author took back, in the copy we hold and in what we show of it."""
        positions = _redactions(entries)
        if positions and self._stores.neighbours.blank(author, positions):
            self._hear_again(author)

    def _hear_again(self, author: HubId) -> None:
        self.folded.hear_again(author, self._stores.neighbours.entries(author))


def _record(fact: AnyEvent, actor: str, key: str) -> Record:
    data, words = facts.pack(fact)
    return Record(fact.KIND, data, words, actor=actor, key=key)


def _redactions(entries: Iterator[Entry] | Sequence[Entry]) -> list[Position]:
    positions = []
    for entry in entries:
        if entry.head.kind == archive.WordsRedacted.KIND:
            with suppress(Damaged):
                fact = facts.fact_of(entry)
                positions += [fact.position] if isinstance(fact, archive.WordsRedacted) else []
    return positions
