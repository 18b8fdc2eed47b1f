"""What people read about assemblies: the next one and its agenda, the meeting tonight, the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from hub.domain import assemblies
from hub.domain.assemblies import Because, Stage
from hub.domain.base import AssemblyId, Circle, Effect, MemberId, Millis, TopicId, Viewer, Words
from hub.entry import Entry
from hub.views.tables import Document, memory_table, where


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic. `text` is empty where the hub brings it; `because` then says what it is about.

    `support` counts who wants it spoken of, who brought it too; who they are is for members' eyes.
    """

    number: int
    because: str
    article: str
    about: int
    by: MemberId | None
    text: Words
    state: str
    support: int
    supporters: tuple[str, ...]
    at: Millis
    position: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as it was minuted."""

    number: int
    assembly: int
    topic: int | None
    consensus: bool
    yes: int
    no: int
    abstain: int
    passed: bool
    advisory: bool
    effect: Effect
    outside: tuple[str, ...]
    text: Words
    at: Millis
    position: int


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What was said of a topic, or of anything."""

    topic: int | None
    text: Words
    position: int


@dataclass(frozen=True, slots=True)
class AssemblyRow:
    """One assembly, and its meeting once it was opened.

    `outside` names every article its calling and its opening were outside of. `corrections` were made
    by later meetings, `adopted_at` is the one that adopted its minutes, 0 before.
    """

    number: int
    sort: str
    starts: Millis
    place: Words
    stage: str
    why: Words
    held: Millis
    facilitator: MemberId | None
    present: int
    active: int
    rotation_waived: bool
    short_notice: bool
    outside: tuple[str, ...]
    closed_at: Millis
    adopted_at: int
    corrections: tuple[Words, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that stands in the minutes of one meeting, in order."""

    assembly: AssemblyRow
    decisions: tuple[DecisionRow, ...]
    notes: tuple[NoteRow, ...]
    topics: tuple[TopicRow, ...]


OPEN, SETTLED, WITHDRAWN = "open", "settled", "withdrawn"


class AssembliesView:
    """Folds facts about assemblies. Agenda and minutes are for the room."""

    def __init__(self) -> None:
        self._assemblies = memory_table("assemblies")
        self._topics = memory_table("topics")
        self._decisions = memory_table("decisions")
        self._notes = memory_table("notes")

    def apply(self, entry: Entry, fact: assemblies.Events) -> None:
        """Fold one fact."""
        match fact:
            case assemblies.AssemblyConvoked():
                self._convoked(entry, fact)
            case assemblies.AssemblyMoved(number, starts, _, _, outside, place):
                changed = {"place": place} if place else {}
                self._change(number, starts=starts, short_notice=bool(outside), **changed)
            case assemblies.AssemblyCancelled(number, _, why):
                self._change(number, stage=Stage.CANCELLED.value, why=why)
            case assemblies.TopicAdded():
                self._added(entry, fact)
            case assemblies.TopicSupported(topic, by):
                self._supported(topic, by)
            case assemblies.TopicWithdrawn(topic):
                self._leave(topic, WITHDRAWN)
            case assemblies.TopicSettled(topic):
                self._leave(topic, SETTLED)
            case assemblies.MeetingOpened():
                self._opened(fact)
            case assemblies.PresentCounted(number, present):
                self._change(number, present=present)
            case assemblies.DecisionMinuted():
                self._decided(entry, fact)
            case assemblies.NotesRecorded(number, topic, text):
                note = {"assembly": number, "topic": topic, "text": text, "position": entry.head.seq}
                self._notes.insert(note)
            case assemblies.MeetingClosed(number):
                self._change(number, stage=Stage.DRAFT.value, closed_at=entry.head.time)
            case assemblies.MinutesCorrected(number, _, _, correction):
                row = self._assemblies.row(number)
                if row is not None:
                    self._change(number, corrections=[*row["corrections"], correction])
            case assemblies.MinutesAdopted(number, at):
                self._change(number, stage=Stage.ADOPTED.value, adopted_at=at)
            case _:
                assert_never(fact)

    def _convoked(self, entry: Entry, fact: assemblies.AssemblyConvoked) -> None:
        row: dict[str, Any] = {
            "number": fact.assembly,
            "sort": fact.sort.value,
            "starts": fact.starts,
            "place": fact.place,
            "stage": Stage.CALLED.value,
            "why": Words({}),
            "held": 0,
            "facilitator": None,
            "present": 0,
            "active": 0,
            "rotation_waived": False,
            "short_notice": "notice_days" in fact.outside,
            "outside": [],
            "closed_at": 0,
            "adopted_at": 0,
            "corrections": [],
            "position": entry.head.seq,
        }
        self._assemblies.upsert(Document(row, doc_id=fact.assembly))

    def _opened(self, fact: assemblies.MeetingOpened) -> None:
        self._change(
            fact.assembly,
            stage=Stage.OPEN.value,
            held=fact.held,
            facilitator=fact.facilitator,
            present=fact.present,
            active=fact.active,
            rotation_waived=fact.rotation_waived,
            outside=list(fact.outside),
        )

    def _added(self, entry: Entry, fact: assemblies.TopicAdded) -> None:
        row = {
            "number": fact.topic,
            "because": fact.because.value,
            "article": fact.article,
            "about": fact.about,
            "by": fact.by,
            "text": fact.text,
            "state": OPEN,
            "supporters": [fact.by] if fact.by else [],
            "at": entry.head.time,
            "position": entry.head.seq,
        }
        self._topics.upsert(Document(row, doc_id=fact.topic))

    def _supported(self, topic: TopicId, by: MemberId) -> None:
        row = self._topics.row(topic)
        if row is not None and by not in row["supporters"]:
            self._topics.update({"supporters": [*row["supporters"], by]}, doc_ids=[topic])

    def _leave(self, topic: TopicId, state: str) -> None:
        if self._topics.contains(doc_id=topic):
            self._topics.update({"state": state}, doc_ids=[topic])

    def _decided(self, entry: Entry, fact: assemblies.DecisionMinuted) -> None:
        row = {
            "number": fact.decision,
            "assembly": fact.assembly,
            "topic": fact.topic,
            "consensus": fact.consensus,
            "yes": fact.yes,
            "no": fact.no,
            "abstain": fact.abstain,
            "passed": fact.passed,
            "advisory": fact.advisory,
            "effect": fact.effect,
            "outside": list(fact.outside),
            "text": fact.text,
            "at": entry.head.time,
            "position": entry.head.seq,
        }
        self._decisions.upsert(Document(row, doc_id=fact.decision))
        if fact.topic is not None and not fact.advisory:
            self._leave(fact.topic, SETTLED)

    def _change(self, number: AssemblyId, **changes: object) -> None:
        if self._assemblies.contains(doc_id=number):
            self._assemblies.update(changes, doc_ids=[number])

    def upcoming(self, now: Millis) -> list[AssemblyRow]:
        """Assemblies called and not opened yet, soonest first."""
        called = where("stage") == Stage.CALLED.value
        rows = self._assemblies.search(called & (where("starts") >= now - assemblies.WAITS))
        return sorted(map(_assembly, rows), key=lambda row: (row.starts, row.number))

    def running(self) -> list[AssemblyRow]:
        """Meetings that are open, the one begun last first."""
        rows = self._assemblies.search(where("stage") == Stage.OPEN.value)
        return sorted(map(_assembly, rows), key=lambda row: (-row.held, -row.number))

    def missed(self, now: Millis) -> list[AssemblyRow]:
        """Assemblies whose hour has passed, of which nothing is written yet."""
        called = where("stage") == Stage.CALLED.value
        rows = self._assemblies.search(called & (where("starts") < now - assemblies.WAITS))
        return sorted(map(_assembly, rows), key=lambda row: (-row.starts, row.number))

    def met(self) -> list[AssemblyRow]:
        """Meetings that are over, latest first: their minutes are a draft or adopted."""
        over = where("stage").one_of([Stage.DRAFT.value, Stage.ADOPTED.value])
        return sorted(map(_assembly, self._assemblies.search(over)), key=lambda row: (-row.held, -row.number))

    def drafts(self) -> list[AssemblyRow]:
        """Meetings whose minutes wait to be adopted, oldest first."""
        return [row for row in reversed(self.met()) if row.stage == Stage.DRAFT.value]

    def assembly(self, number: AssemblyId) -> AssemblyRow | None:
        """One assembly."""
        row = self._assemblies.row(number)
        return _assembly(row) if row is not None else None

    def agenda(self, viewer: Viewer) -> list[TopicRow]:
        """Open topics: from the floor by support, then age; then those the hub brings, by age."""
        rows = [_topic(viewer, row) for row in self._topics.search(where("state") == OPEN)]
        return sorted(rows, key=lambda row: (row.because != Because.MEMBER.value, -row.support, row.number))

    def topic(self, viewer: Viewer, number: TopicId) -> TopicRow | None:
        """One topic, whatever became of it."""
        row = self._topics.row(number)
        return _topic(viewer, row) if row is not None else None

    def minutes(self, number: AssemblyId) -> Minutes | None:
        """The minutes of one meeting; None before it was opened."""
        assembly = self.assembly(number)
        if assembly is None or not assembly.held:
            return None
        decisions = tuple(map(_decision, self._decisions.search(where("assembly") == number)))
        notes = tuple(
            NoteRow(row["topic"], row["text"], row["position"])
            for row in self._notes.search(where("assembly") == number)
        )
        spoken_of = [decision.topic for decision in decisions] + [note.topic for note in notes]
        named = sorted({topic for topic in spoken_of if topic is not None})
        rows = (self._topics.row(topic) for topic in named)
        topics = tuple(_topic(Viewer(Circle.ROOM), row) for row in rows if row is not None)
        return Minutes(assembly, decisions, notes, topics)


def _assembly(row: Document) -> AssemblyRow:
    short = ["notice_days"] if row["short_notice"] else []
    outside = tuple(dict.fromkeys([*short, *row["outside"]]))
    return AssemblyRow(**{**row, "outside": outside, "corrections": tuple(row["corrections"])})


def _topic(viewer: Viewer, row: Document) -> TopicRow:
    supporters = row["supporters"]
    shown = tuple(supporters) if viewer.may_see(Circle.MEMBERS) else ()
    return TopicRow(**{**row, "support": len(supporters), "supporters": shown})


def _decision(row: Document) -> DecisionRow:
    return DecisionRow(**{**row, "outside": tuple(row["outside"])})
