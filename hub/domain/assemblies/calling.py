"""Calling an assembly: who may, and with how much notice."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from hub.domain.articles import Articles
from hub.domain.assemblies.facts import AssemblyConvoked, AssemblyMoved, Events
from hub.domain.assemblies.requests import ConvokeAssembly, MoveAssembly, no_words
from hub.domain.assemblies.state import Assembly, Stage, State
from hub.domain.base import (
    DAY,
    FACILITATOR,
    N_,
    AssemblyId,
    Context,
    MemberId,
    Millis,
    Refusal,
    RoleName,
    Tier,
    optional,
)
from hub.domain.base import title as one_line

FARTHEST: Final = Millis(366 * DAY)
"""How far ahead an assembly may be called, and how old a paper may be that is entered later."""

GONE: Final = N_("There is no such assembly, or it is over. Look at the list of assemblies.")

CALLING: Final = N_(
    "The facilitator calls an assembly, with card and PIN at the kiosk. "
    "Or two members do: ask another member to show their card too."
)


def convoked(state: State, request: ConvokeAssembly, context: Context, held: Collection[RoleName]) -> AssemblyConvoked:
    """A new assembly, with its notice judged. Raises Refusal."""
    announced = context.now if request.announced is None else request.announced
    if announced > context.now:
        raise Refusal("notice_days", N_("The notice cannot hang since a day that is still to come."))
    starts = _within_a_year(request.starts, context.now)
    return AssemblyConvoked(
        AssemblyId(len(state.assemblies) + 1),
        request.sort,
        starts,
        announced,
        caller(context, held),
        _short_notice(announced, starts, context.articles),
        one_line(request.place),
    )


def moved(state: State, request: MoveAssembly, context: Context, held: Collection[RoleName]) -> list[Events]:
    """An assembly at another time or elsewhere; another time is another notice. Raises Refusal."""
    assembly = called(state, request.assembly)
    by = caller(context, held)
    starts = _within_a_year(request.starts, context.now)
    place = one_line(request.place) if optional(request.place) else no_words()
    if starts == assembly.starts and not place:
        return []
    announced = assembly.announced if starts == assembly.starts else context.now
    outside = _short_notice(announced, starts, context.articles)
    return [AssemblyMoved(request.assembly, starts, announced, by, outside, place)]


def _within_a_year(starts: Millis, now: Millis) -> Millis:
    if not now - FARTHEST <= starts <= now + FARTHEST:
        raise Refusal("", N_("Choose a day at most a year away."))
    return starts


def _short_notice(announced: Millis, starts: Millis, rules: Articles) -> tuple[str, ...]:
    return ("notice_days",) if starts - announced < rules.notice_days * DAY else ()


def caller(context: Context, held: Collection[RoleName]) -> MemberId:
    """Who may call: the facilitator with their PIN; any member while there is none; always two members."""
    by = context.by
    if context.forming or FACILITATOR not in held or pair(context):
        return by
    if FACILITATOR in context.actor.roles and context.actor.tier >= Tier.PIN:
        return by
    raise Refusal("", CALLING)


def pair(context: Context) -> bool:
    """Whether two different members act together."""
    return context.second is not None and context.second.member not in (None, context.actor.member)


def called(state: State, number: AssemblyId) -> Assembly:
    """An assembly that is called and not opened yet. Raises Refusal."""
    assembly = state.assemblies.get(number)
    if assembly is None or assembly.stage is not Stage.CALLED:
        raise Refusal("", GONE)
    return assembly
