"""What happened around an assembly: it was called, met, decided; its minutes were adopted."""

from __future__ import annotations

from hub.domain.base import (
    AssemblyId,
    DecisionId,
    Effect,
    Event,
    Kind,
    MemberId,
    Millis,
    TopicId,
    Words,
    event,
)


class Sort(Kind):
    """What an assembly is called for: its turn has come, or something cannot wait."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class Because(Kind):
    """Why a topic stands on the agenda. All but the first the hub notices by itself."""

    MEMBER = "member"
    OUTSIDE = "outside"
    BUDGET_LATE = "budget_late"
    UNEXPLAINED = "unexplained"
    SPLIT = "split"
    GAP = "gap"
    UNCONFIRMED = "unconfirmed"
    ENDING = "ending"
    REVIEW = "review"


@event("assembly.convoked")
class AssemblyConvoked(Event):
    """An assembly is called. `announced` is when its notice went up, here or on paper before."""

    assembly: AssemblyId
    sort: Sort
    starts: Millis
    announced: Millis
    by: MemberId
    outside: tuple[str, ...]
    place: Words


@event("assembly.moved")
class AssemblyMoved(Event):
    """It takes place at another time, or elsewhere. Where `place` is empty, it stayed."""

    assembly: AssemblyId
    starts: Millis
    announced: Millis
    by: MemberId
    outside: tuple[str, ...]
    place: Words


@event("assembly.cancelled")
class AssemblyCancelled(Event):
    """It does not take place. Its topics wait for the next one."""

    assembly: AssemblyId
    by: MemberId
    why: Words


@event("topic.added")
class TopicAdded(Event):
    """Something to speak of. From a member: in their words. From the hub: `because`, and what about.

    `article` names the article something was outside of, or the role it is about; `about` is the
    number of what it is about (a journal position, a transaction), 0 where there is none.
    """

    topic: TopicId
    because: Because
    by: MemberId | None
    article: str
    about: int
    text: Words


@event("topic.supported")
class TopicSupported(Event):
    """A member wants this spoken of too."""

    topic: TopicId
    by: MemberId


@event("topic.withdrawn")
class TopicWithdrawn(Event):
    """Who brought it does not need it spoken of any more."""

    topic: TopicId
    by: MemberId


@event("topic.settled")
class TopicSettled(Event):
    """The meeting spoke of it and needs no more of it."""

    topic: TopicId
    assembly: AssemblyId


@event("meeting.opened")
class MeetingOpened(Event):
    """The meeting began at `held`, with so many `present` out of `active` members.

    `facilitator` is None when a visitor facilitates. `rotation_waived`: the meeting agreed to have last
    time's facilitator again.
    """

    assembly: AssemblyId
    held: Millis
    facilitator: MemberId | None
    present: int
    active: int
    rotation_waived: bool
    by: MemberId
    outside: tuple[str, ...]


@event("meeting.counted")
class PresentCounted(Event):
    """People came or went: so many are present now."""

    assembly: AssemblyId
    present: int


@event("meeting.decided")
class DecisionMinuted(Event):
    """What the meeting decided. With `consensus` nobody was against and hands need not be counted.

    `passed` is computed by the articles in force. `advisory`: the hub does nothing by itself, and
    `outside` says why. `witness` is the second member of a decision the hub acts on.
    """

    decision: DecisionId
    assembly: AssemblyId
    topic: TopicId | None
    consensus: bool
    yes: int
    no: int
    abstain: int
    passed: bool
    advisory: bool
    effect: Effect
    by: MemberId
    witness: MemberId | None
    outside: tuple[str, ...]
    text: Words


@event("meeting.noted")
class NotesRecorded(Event):
    """What was said of a topic, or of anything."""

    assembly: AssemblyId
    topic: TopicId | None
    text: Words


@event("meeting.closed")
class MeetingClosed(Event):
    """The meeting is over; its minutes are a DRAFT until the next one adopts them."""

    assembly: AssemblyId
    by: MemberId


@event("minutes.corrected")
class MinutesCorrected(Event):
    """A later meeting says what the minutes of this one should have said."""

    assembly: AssemblyId
    at: AssemblyId
    by: MemberId
    correction: Words


@event("minutes.adopted")
class MinutesAdopted(Event):
    """A later meeting adopted the minutes of this one, with the corrections made until then."""

    assembly: AssemblyId
    at: AssemblyId
    by: MemberId


Events = (
    AssemblyConvoked
    | AssemblyMoved
    | AssemblyCancelled
    | TopicAdded
    | TopicSupported
    | TopicWithdrawn
    | TopicSettled
    | MeetingOpened
    | PresentCounted
    | DecisionMinuted
    | NotesRecorded
    | MeetingClosed
    | MinutesCorrected
    | MinutesAdopted
)
