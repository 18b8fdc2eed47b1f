"""Deciding: what passes, what is only advice, and what the hub may do by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from dataclasses import replace
from typing import assert_never

from hub.domain import tally
from hub.domain.amending import value_of
from hub.domain.assemblies.facts import DecisionMinuted
from hub.domain.assemblies.meeting import recorder, running
from hub.domain.assemblies.requests import MinuteDecision
from hub.domain.assemblies.state import Assembly, State, has_quorum
from hub.domain.assemblies.topics import known_topic
from hub.domain.base import (
    N_,
    Consequence,
    Context,
    DecisionId,
    Effect,
    MemberId,
    Refusal,
    RoleName,
    typed,
)


def minuted(
    state: State,
    request: MinuteDecision,
    context: Context,
    held: Collection[RoleName],
    belongs: Callable[[MemberId], bool],
    roles: Container[RoleName],
    petitioned: Container[RoleName],
) -> DecisionMinuted:
    """A decision with all the articles make of it. Raises Refusal."""
    meeting = running(state, request.assembly)
    by = recorder(meeting, context, held)
    _check_hands(request, meeting)
    effect = _checked(request.effect, belongs, roles)
    passed = _passes(request, context)
    outside = _outside(meeting, effect, context, petitioned)
    return DecisionMinuted(
        DecisionId(state.decisions + 1),
        request.assembly,
        known_topic(state, request.topic),
        request.consensus,
        request.yes,
        request.no,
        request.abstain,
        passed,
        bool(outside),
        effect,
        by,
        _witness(effect, context) if passed and not outside else None,
        outside,
        typed(request.text),
    )


def _check_hands(request: MinuteDecision, meeting: Assembly) -> None:
    hands = request.yes + request.no + request.abstain
    if min(request.yes, request.no, request.abstain) < 0 or hands > meeting.present:
        raise Refusal(
            "",
            N_("{hands} hands do not fit {present} people present. Count again, or correct who is present."),
            hands=hands,
            present=meeting.present,
        )
    if request.consensus and request.no:
        raise Refusal("", N_("With consensus nobody is against. Write down the hands without it."))
    if not request.consensus and hands == 0:
        raise Refusal("", N_("Count the hands, or say that it was by consensus."))


def _passes(request: MinuteDecision, context: Context) -> bool:
    counted = request.yes + request.no
    if request.consensus:
        return True
    if request.effect.consequence is Consequence.AMEND and not context.forming:
        return tally.at_least(context.articles.amendment, request.yes, counted)
    return tally.more_than(context.articles.majority, request.yes, counted)


def _outside(meeting: Assembly, effect: Effect, context: Context, petitioned: Container[RoleName]) -> tuple[str, ...]:
    """The articles that keep the hub from acting on a decision of this meeting by itself."""
    outside = [] if has_quorum(meeting, context.articles) else ["quorum"]
    if context.forming:
        return tuple(outside)
    needed = tally.quorum(context.articles.amendment_quorum, meeting.active)
    if effect.consequence is Consequence.AMEND and meeting.present < needed:
        outside.append("amendment_quorum")
    if effect.consequence is Consequence.RECALL and RoleName(effect.name) not in petitioned:
        outside.append("recall_petition")
    return tuple(outside)


def _checked(effect: Effect, belongs: Callable[[MemberId], bool], roles: Container[RoleName]) -> Effect:
    """The effect as it will stand in the log. Raises Refusal when the hub could not act on it."""
    match effect.consequence:
        case Consequence.NOTHING:
            return Effect()
        case Consequence.AMEND:
            return Effect(Consequence.AMEND, effect.name, value_of(effect.name, effect.value))
        case Consequence.APPOINT | Consequence.RECALL:
            if RoleName(effect.name) not in roles:
                raise Refusal("", N_("There is no role “{name}”. Choose one from the list."), name=effect.name)
            if effect.member is None or not belongs(effect.member):
                raise Refusal("", N_("Choose whom this is about from the members."))
            return replace(effect, value="")
        case _:
            assert_never(effect.consequence)


def _witness(effect: Effect, context: Context) -> MemberId | None:
    """The second member of a decision the hub acts on at once; nobody for any other decision."""
    if effect.consequence is Consequence.NOTHING:
        return None
    return context.two_people("")[1]
