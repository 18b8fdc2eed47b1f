"""Assemblies: called with notice, topics from the floor, open hands, minutes adopted by the next one.

A meeting is always recorded as it was: without quorum, at short notice, with last time's facilitator.
What it was outside of stands beside it, and what the hub does by itself waits: then a decision is
advice. A decision that changes the rules, a role or a mandate takes two members' cards to record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from typing import assert_never

from hub.domain.assemblies.calling import FARTHEST, called, caller, convoked, moved
from hub.domain.assemblies.deciding import minuted
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
from hub.domain.assemblies.meeting import (
    EARLY,
    at_later_meeting,
    begun,
    headcount,
    quorate,
    recorder,
    running,
)
from hub.domain.assemblies.requests import (
    AddHubTopic,
    AddTopic,
    AdoptMinutes,
    CancelAssembly,
    CloseMeeting,
    Commands,
    ConvokeAssembly,
    CorrectMinutes,
    CountPresent,
    MinuteDecision,
    MoveAssembly,
    OpenMeeting,
    RecordNotes,
    SettleTopic,
    SupportTopic,
    WithdrawTopic,
)
from hub.domain.assemblies.state import (
    WAITS,
    Assembly,
    Decision,
    Stage,
    State,
    Topic,
    agenda,
    binding,
    circle_of,
    drafts,
    evolve,
    has_quorum,
    last_facilitator,
    meeting_now,
    met,
    takes_effect,
    upcoming,
)
from hub.domain.assemblies.topics import known_topic, notice, open_topic, supported, withdrawn
from hub.domain.base import N_, ROLES, Context, MemberId, Refusal, RoleName, TopicId, optional, typed

__all__ = [
    "EARLY",
    "FARTHEST",
    "WAITS",
    "AddHubTopic",
    "AddTopic",
    "AdoptMinutes",
    "Assembly",
    "AssemblyCancelled",
    "AssemblyConvoked",
    "AssemblyMoved",
    "Because",
    "CancelAssembly",
    "CloseMeeting",
    "Commands",
    "ConvokeAssembly",
    "CorrectMinutes",
    "CountPresent",
    "Decision",
    "DecisionMinuted",
    "Events",
    "MeetingClosed",
    "MeetingOpened",
    "MinuteDecision",
    "MinutesAdopted",
    "MinutesCorrected",
    "MoveAssembly",
    "NotesRecorded",
    "OpenMeeting",
    "PresentCounted",
    "RecordNotes",
    "SettleTopic",
    "Sort",
    "Stage",
    "State",
    "SupportTopic",
    "Topic",
    "TopicAdded",
    "TopicSettled",
    "TopicSupported",
    "TopicWithdrawn",
    "WithdrawTopic",
    "agenda",
    "binding",
    "circle_of",
    "decide",
    "drafts",
    "evolve",
    "has_quorum",
    "last_facilitator",
    "meeting_now",
    "met",
    "notice",
    "takes_effect",
    "upcoming",
]


def decide(
    state: State,
    request: Commands,
    context: Context,
    *,
    active: int,
    held: Collection[RoleName],
    belongs: Callable[[MemberId], bool],
    roles: Container[RoleName] = ROLES,
    petitioned: Container[RoleName] = (),
) -> list[Events]:
    """The facts a request leads to. Raises Refusal.

    `active` is how many members count for the quorum, `held` the roles somebody holds today, `roles`
    those this hub has, `petitioned` those for whose recall enough members signed; `belongs` says whether
    somebody is a member.
    """
    match request:
        case ConvokeAssembly():
            return [convoked(state, request, context, held)]
        case MoveAssembly():
            return moved(state, request, context, held)
        case CancelAssembly(assembly, why):
            called(state, assembly)
            return [AssemblyCancelled(assembly, caller(context, held), optional(why))]
        case AddTopic(text):
            number = TopicId(len(state.topics) + 1)
            return [TopicAdded(number, Because.MEMBER, context.by, "", 0, typed(text))]
        case AddHubTopic(because, article, about):
            if not context.clockwork:
                raise Refusal("", N_("The hub does this by itself. To bring a topic, write it in your own words."))
            return notice(state, because, article, about)
        case SupportTopic(topic):
            return [supported(state, topic, context)]
        case WithdrawTopic(topic):
            return [withdrawn(state, topic, context)]
        case SettleTopic(assembly, topic):
            open_topic(state, topic)
            recorder(running(state, assembly), context, held)
            quorate(state, assembly, context)
            return [TopicSettled(topic, assembly)]
        case OpenMeeting():
            return [begun(state, request, context, active, held, belongs)]
        case CountPresent(assembly, present):
            meeting = running(state, assembly)
            recorder(meeting, context, held)
            return [PresentCounted(assembly, headcount(present))] if present != meeting.present else []
        case MinuteDecision():
            return [minuted(state, request, context, held, belongs, roles, petitioned)]
        case RecordNotes(assembly, text, topic):
            recorder(running(state, assembly), context, held)
            return [NotesRecorded(assembly, known_topic(state, topic), typed(text))]
        case CloseMeeting(assembly):
            return [MeetingClosed(assembly, recorder(running(state, assembly), context, held))]
        case CorrectMinutes(assembly, at, correction):
            by = at_later_meeting(state, assembly, at, context, held)
            return [MinutesCorrected(assembly, at, by, typed(correction))]
        case AdoptMinutes(assembly, at):
            by = at_later_meeting(state, assembly, at, context, held)
            quorate(state, at, context)
            return [MinutesAdopted(assembly, at, by)]
        case _:
            assert_never(request)
