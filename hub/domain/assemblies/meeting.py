"""The meeting: who opens it, who writes, and when it counts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from hub.domain import tally
from hub.domain.articles import Articles
from hub.domain.assemblies.calling import FARTHEST, called, pair
from hub.domain.assemblies.facts import MeetingOpened
from hub.domain.assemblies.requests import OpenMeeting
from hub.domain.assemblies.state import Assembly, Stage, State, has_quorum, last_facilitator
from hub.domain.base import (
    FACILITATOR,
    HOUR,
    MINUTE_TAKER,
    N_,
    AssemblyId,
    Context,
    MemberId,
    Millis,
    Refusal,
    RoleName,
    within,
)

MOST_PEOPLE: Final = 1_000

EARLY: Final = Millis(2 * HOUR)
"""A meeting may begin so long before its hour; earlier, who read the notice would miss it."""

NOT_OPEN: Final = N_("No meeting of this assembly is open. Open it first, or look at its minutes.")

RECORDING: Final = N_(
    "The minute taker or the facilitator writes here. Or two members do: ask another member to show their card too."
)


def begun(
    state: State,
    request: OpenMeeting,
    context: Context,
    active: int,
    held: Collection[RoleName],
    belongs: Callable[[MemberId], bool],
) -> MeetingOpened:
    """The meeting opened as it is, with what it is outside of. Raises Refusal."""
    assembly = called(state, request.assembly)
    by = recorder(replace(assembly, facilitator=request.facilitator), context, held)
    began = context.now if request.held is None else request.held
    if not context.now - FARTHEST <= began <= context.now:
        raise Refusal("", N_("A meeting begins today, or began within the last year."))
    if request.facilitator is not None and not belongs(request.facilitator):
        raise Refusal("", N_("Choose the facilitator from the members, or say that it is a visitor."))
    present = headcount(request.present)
    outside = [
        *(["notice_days"] if began < assembly.starts - EARLY else []),
        *(["quorum"] if present < tally.quorum(context.articles.quorum, active) else []),
        *(["rotation"] if _stays(state, request, began, context.articles) else []),
    ]
    return MeetingOpened(
        request.assembly,
        began,
        request.facilitator,
        present,
        active,
        request.rotation_waived,
        by,
        tuple(outside),
    )


def _stays(state: State, request: OpenMeeting, began: Millis, rules: Articles) -> bool:
    """Whether the facilitator of the meeting before facilitates again, though that should rotate."""
    if not rules.rotation or request.rotation_waived or request.facilitator is None:
        return False
    return last_facilitator(state, began) == request.facilitator


def headcount(present: int) -> int:
    """How many are present. Raises Refusal."""
    return within(present, 1, MOST_PEOPLE, N_("Count the people present: {least} to {most}."))


def running(state: State, number: AssemblyId) -> Assembly:
    """The meeting, if it is open. Raises Refusal."""
    assembly = state.assemblies.get(number)
    if assembly is None or assembly.stage is not Stage.OPEN:
        raise Refusal("", NOT_OPEN)
    return assembly


def quorate(state: State, number: AssemblyId, context: Context) -> None:
    """Raise Refusal where only a meeting with quorum takes something off the table."""
    if not has_quorum(state.assemblies[number], context.articles):
        raise Refusal("quorum", N_("Too few are here to settle this. It waits for the next meeting by itself."))


def recorder(meeting: Assembly, context: Context, held: Collection[RoleName]) -> MemberId:
    """Who may write: minute taker, facilitator, anybody while there is no minute taker, any two members."""
    by = context.by
    if context.forming or MINUTE_TAKER not in held or by == meeting.facilitator or pair(context):
        return by
    if context.actor.roles & {MINUTE_TAKER, FACILITATOR}:
        return by
    raise Refusal("", RECORDING)


def at_later_meeting(
    state: State, number: AssemblyId, at: AssemblyId, context: Context, held: Collection[RoleName]
) -> MemberId:
    """Who records what a later meeting says of earlier minutes."""
    assembly = state.assemblies.get(number)
    if assembly is None or assembly.stage is not Stage.DRAFT:
        raise Refusal("", N_("These minutes are not a draft. Look at the list of minutes."))
    return recorder(running(state, at), context, held)
