"""What the rules remember of assemblies, topics and decisions, and what others may ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from immutables import Map

from hub.domain import tally
from hub.domain.articles import Articles
from hub.domain.assemblies.facts import (
    AssemblyCancelled,
    AssemblyConvoked,
    AssemblyMoved,
    Because,
    DecisionMinuted,
    Events,
    MeetingClosed,
    MeetingOpened,
    MinutesAdopted,
    MinutesCorrected,
    NotesRecorded,
    PresentCounted,
    Sort,
    TopicAdded,
    TopicSettled,
    TopicSupported,
    TopicWithdrawn,
)
from hub.domain.base import HOUR, AssemblyId, Circle, Consequence, DecisionId, Kind, MemberId, Millis, TopicId

WAITS: Final = Millis(12 * HOUR)
"""So long after its hour an assembly nobody opened still counts as the next one."""


NEVER: Final = Millis(0)


class Stage(Kind):
    """How far an assembly is."""

    CALLED = "called"
    CANCELLED = "cancelled"
    OPEN = "open"
    DRAFT = "draft"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class Assembly:
    """One assembly as the rules see it. From `held` on, 0 and None until the meeting is opened."""

    sort: Sort
    starts: Millis
    announced: Millis
    stage: Stage = Stage.CALLED
    held: Millis = NEVER
    facilitator: MemberId | None = None
    present: int = 0
    active: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `supporters` holds who brought it, too."""

    because: Because
    by: MemberId | None
    article: str
    about: int
    supporters: frozenset[MemberId]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: where it was made, and whether it binds."""

    assembly: AssemblyId
    passed: bool
    advisory: bool


@dataclass(frozen=True, slots=True)
class State:
    """All assemblies, topics and decisions of this hub. Numbers count from 1."""

    assemblies: Map[AssemblyId, Assembly] = field(default_factory=Map)
    topics: Map[TopicId, Topic] = field(default_factory=Map)
    made: Map[DecisionId, Decision] = field(default_factory=Map)

    @property
    def decisions(self) -> int:
        """How many decisions were ever minuted."""
        return len(self.made)


def evolve(state: State, happened: Events) -> State:
    """The state after a fact."""
    match happened:
        case AssemblyConvoked(number, sort, starts, announced):
            called = Assembly(sort, starts, announced)
            return replace(state, assemblies=state.assemblies.set(number, called))
        case AssemblyMoved(number, starts, announced):
            moved = replace(state.assemblies[number], starts=starts, announced=announced)
            return _with(state, number, moved)
        case AssemblyCancelled(number):
            return _staged(state, number, Stage.CANCELLED)
        case TopicAdded(topic, because, by, article, about):
            supporters = frozenset({by} if by is not None else ())
            added = Topic(because, by, article, about, supporters)
            return replace(state, topics=state.topics.set(topic, added))
        case TopicSupported(topic, by):
            before = state.topics[topic]
            after = replace(before, supporters=before.supporters | {by})
            return replace(state, topics=state.topics.set(topic, after))
        case TopicWithdrawn(topic) | TopicSettled(topic):
            return _settled(state, topic)
        case MeetingOpened(number, held, facilitator, present, active):
            opened = replace(
                state.assemblies[number],
                stage=Stage.OPEN,
                held=held,
                facilitator=facilitator,
                present=present,
                active=active,
            )
            return _with(state, number, opened)
        case PresentCounted(number, present):
            return _with(state, number, replace(state.assemblies[number], present=present))
        case DecisionMinuted():
            return _decided(state, happened)
        case MeetingClosed(number):
            return _staged(state, number, Stage.DRAFT)
        case MinutesAdopted(number):
            return _staged(state, number, Stage.ADOPTED)
        case NotesRecorded() | MinutesCorrected():
            return state
        case _:
            assert_never(happened)


def _with(state: State, number: AssemblyId, assembly: Assembly) -> State:
    return replace(state, assemblies=state.assemblies.set(number, assembly))


def _staged(state: State, number: AssemblyId, stage: Stage) -> State:
    return _with(state, number, replace(state.assemblies[number], stage=stage))


def _settled(state: State, number: TopicId) -> State:
    return replace(state, topics=state.topics.set(number, replace(state.topics[number], closed=True)))


def _decided(state: State, happened: DecisionMinuted) -> State:
    """A decision settles its topic; advice leaves it on the next agenda."""
    made = Decision(happened.assembly, happened.passed, happened.advisory)
    state = replace(state, made=state.made.set(happened.decision, made))
    if happened.topic is None or happened.advisory:
        return state
    return _settled(state, happened.topic)


def circle_of(state: State, happened: Events) -> Circle:
    """Agenda, decisions and minutes are the room's; who supports a topic, the members'."""
    return Circle.MEMBERS if isinstance(happened, TopicSupported) else Circle.ROOM


def takes_effect(fact: DecisionMinuted) -> bool:
    """Whether the hub acts on a decision by itself."""
    return fact.passed and not fact.advisory and fact.effect.consequence is not Consequence.NOTHING


def binding(state: State) -> list[DecisionId]:
    """Decisions that passed in a meeting with quorum: what others may act on."""
    return sorted(number for number, made in state.made.items() if made.passed and not made.advisory)


def agenda(state: State) -> list[TopicId]:
    """Open topics: from the floor by support, then age; then those the hub brings, by age."""
    waiting = [(number, topic) for number, topic in state.topics.items() if not topic.closed]
    return [number for number, topic in sorted(waiting, key=_place)]


def _place(numbered: tuple[TopicId, Topic]) -> tuple[bool, int, TopicId]:
    number, topic = numbered
    return topic.because is not Because.MEMBER, -len(topic.supporters), number


def upcoming(state: State, now: Millis) -> list[AssemblyId]:
    """Assemblies called and not opened yet, soonest first."""
    waiting = [
        (assembly.starts, number)
        for number, assembly in state.assemblies.items()
        if assembly.stage is Stage.CALLED and now <= assembly.starts + WAITS
    ]
    return [number for _, number in sorted(waiting)]


def meeting_now(state: State) -> AssemblyId | None:
    """The meeting that is open, the one begun last if there are several."""
    running = [(assembly.held, number) for number, assembly in state.assemblies.items() if assembly.stage is Stage.OPEN]
    return max(running)[1] if running else None


def met(state: State) -> list[AssemblyId]:
    """Assemblies whose meeting has begun, over or not."""
    return sorted(number for number, assembly in state.assemblies.items() if assembly.stage in _MET)


_MET: Final = (Stage.OPEN, Stage.DRAFT, Stage.ADOPTED)


def drafts(state: State) -> list[AssemblyId]:
    """Meetings whose minutes wait to be adopted, oldest first."""
    return sorted(number for number, assembly in state.assemblies.items() if assembly.stage is Stage.DRAFT)


def has_quorum(assembly: Assembly, rules: Articles) -> bool:
    """Whether as many are present as the articles ask for."""
    return assembly.present >= tally.quorum(rules.quorum, assembly.active)


def last_facilitator(state: State, before: Millis) -> MemberId | None:
    """Who facilitated the last meeting begun before a moment; None for a visitor or no meeting."""
    earlier = [
        (state.assemblies[number].held, number) for number in met(state) if state.assemblies[number].held < before
    ]
    return state.assemblies[max(earlier)[1]].facilitator if earlier else None
