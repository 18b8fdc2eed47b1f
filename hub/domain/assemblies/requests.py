"""What people ask for around an assembly."""

from __future__ import annotations

from dataclasses import field

from hub.domain.assemblies.facts import Because, Sort
from hub.domain.base import AssemblyId, Command, Effect, MemberId, Millis, Tier, TopicId, Words, command


def no_words() -> Words:
    """Nothing typed."""
    return Words({})


@command("convoke_assembly", Tier.CARD)
class ConvokeAssembly(Command):
    """Call an assembly. `announced`: since when the notice hangs on the wall, if it is entered later."""

    starts: Millis
    place: Words
    sort: Sort = Sort.ORDINARY
    announced: Millis | None = None


@command("move_assembly", Tier.CARD)
class MoveAssembly(Command):
    """Call it for another time; `place` only if that changes too."""

    assembly: AssemblyId
    starts: Millis
    place: Words = field(default_factory=no_words)


@command("cancel_assembly", Tier.CARD)
class CancelAssembly(Command):
    """Say that it does not take place."""

    assembly: AssemblyId
    why: Words = field(default_factory=no_words)


@command("add_topic", Tier.CARD)
class AddTopic(Command):
    """Put something on the agenda of the next assembly."""

    text: Words


@command("add_hub_topic", Tier.NONE)
class AddHubTopic(Command):
    """The hub's own act: something happened that an assembly should speak of."""

    because: Because
    article: str = ""
    about: int = 0


@command("support_topic", Tier.CARD)
class SupportTopic(Command):
    """Say that you want this spoken of too."""

    topic: TopicId


@command("withdraw_topic", Tier.CARD)
class WithdrawTopic(Command):
    """Take your own topic back, while nobody else supports it."""

    topic: TopicId


@command("settle_topic", Tier.CARD)
class SettleTopic(Command):
    """Record that the meeting spoke of a topic and needs no more of it."""

    assembly: AssemblyId
    topic: TopicId


@command("open_meeting", Tier.CARD)
class OpenMeeting(Command):
    """Open the meeting of an assembly; `held` is when it began, if it is entered later from paper."""

    assembly: AssemblyId
    facilitator: MemberId | None
    present: int
    rotation_waived: bool = False
    held: Millis | None = None


@command("count_present", Tier.CARD)
class CountPresent(Command):
    """Say how many are present now."""

    assembly: AssemblyId
    present: int


@command("minute_decision", Tier.CARD)
class MinuteDecision(Command):
    """Record what the meeting decided, by hands or by consensus."""

    assembly: AssemblyId
    text: Words
    topic: TopicId | None = None
    consensus: bool = False
    yes: int = 0
    no: int = 0
    abstain: int = 0
    effect: Effect = field(default_factory=Effect)


@command("record_notes", Tier.CARD)
class RecordNotes(Command):
    """Record what was said."""

    assembly: AssemblyId
    text: Words
    topic: TopicId | None = None


@command("close_meeting", Tier.CARD)
class CloseMeeting(Command):
    """End the meeting."""

    assembly: AssemblyId


@command("correct_minutes", Tier.CARD)
class CorrectMinutes(Command):
    """Record, at a later meeting, what the minutes should have said."""

    assembly: AssemblyId
    at: AssemblyId
    correction: Words


@command("adopt_minutes", Tier.CARD)
class AdoptMinutes(Command):
    """Record that a later meeting adopted the minutes."""

    assembly: AssemblyId
    at: AssemblyId


Commands = (
    ConvokeAssembly
    | MoveAssembly
    | CancelAssembly
    | AddTopic
    | AddHubTopic
    | SupportTopic
    | WithdrawTopic
    | SettleTopic
    | OpenMeeting
    | CountPresent
    | MinuteDecision
    | RecordNotes
    | CloseMeeting
    | CorrectMinutes
    | AdoptMinutes
)
