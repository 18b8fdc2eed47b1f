"""Opening a secret ballot: who may, about what, and every rule of it fixed and hashed beforehand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final, assert_never

from hub.domain.articles import Articles
from hub.domain.ballots.facts import NO_WORDS, BallotOpened, Method, Terms
from hub.domain.ballots.requests import LEAST_OPTIONS, LONGEST, MOST_OPTIONS, SHORTEST, OpenBallot, Opening
from hub.domain.ballots.roll import roll_hash
from hub.domain.ballots.state import State
from hub.domain.base import (
    BALLOT_STEWARD,
    DAY,
    N_,
    BallotId,
    Consequence,
    Context,
    Effect,
    MemberId,
    Millis,
    Refusal,
    Words,
    title,
    typed,
    within,
)

LEAST_ROLL: Final = 3
"""Of two who vote, each knows from the result how the other voted."""


def may_open(context: Context, roll: Sequence[MemberId], steward_held: bool) -> None:
    """Raise Refusal unless the actor may: the steward, or anybody on the roll while there is none."""
    somebody(roll)
    if len(roll) < LEAST_ROLL:
        alone = N_("With so few voters nobody's vote stays secret: it takes {least}. Vote by show of hands.")
        raise Refusal("", alone, least=LEAST_ROLL)
    context.by  # noqa: B018 - raises where nobody showed a card
    if steward_held and not context.forming:
        if BALLOT_STEWARD not in context.actor.roles:
            raise Refusal("", N_("The ballot steward opens secret votes. See under Roles who that is."))
    elif BALLOT_STEWARD not in context.actor.roles and context.by not in roll:
        raise Refusal("voting_age", N_("Opening a ballot is for members of voting age. Ask another member."))


def somebody(roll: Sequence[MemberId]) -> None:
    """Raise Refusal when nobody could vote."""
    if not roll:
        raise Refusal("voting_age", N_("Nobody here can vote yet. Let people join first."))


def may_walk_up(request: OpenBallot, context: Context) -> None:
    """Raise Refusal for what is never decided alone at the kiosk (ballots.md, 1)."""
    if not context.articles.walk_up:
        raise Refusal("walk_up", N_("Our rules do not allow secret votes at the kiosk. Vote in a meeting."))
    match request.effect.consequence:
        case Consequence.APPOINT | Consequence.RECALL:
            raise Refusal("walk_up", N_("We vote about people in a meeting, never alone at the kiosk."))
        case Consequence.AMEND:
            raise Refusal("walk_up", N_("We change our rules in a meeting, never alone at the kiosk."))
        case Consequence.NOTHING:
            pass
        case _:
            assert_never(request.effect.consequence)


def opened(
    state: State,
    request: OpenBallot,
    context: Context,
    roll: Sequence[MemberId],
    drawn: Opening,
    *,
    specimen: bool,
) -> BallotOpened:
    """The opening, with all that the notice prints."""
    options = _options(request)
    if sorted(drawn.lots) != list(range(1, len(options) + 1)):
        raise ValueError("the lots are no order of the options")
    fact = BallotOpened(
        ballot=next_number(state),
        method=request.method,
        specimen=specimen,
        by=context.by,
        effect=request.effect,
        terms=terms(context.articles, request.effect, len(roll), context.articles.objection_days),
        lots=drawn.lots,
        roll_size=len(roll),
        roll_hash=roll_hash(roll),
        opens=context.now,
        closes=_closing(request.closes, context),
        software=drawn.software,
        text_hash="",
        salt=Words({NO_WORDS: drawn.salt}),
        text=typed(request.text),
        options=options,
    )
    return replace(fact, text_hash=text_hash(fact))


def _options(request: OpenBallot) -> tuple[Words, ...]:
    match request.method:
        case Method.HANDS:
            raise Refusal("", N_("A show of hands is not secret. Count hands instead."))
        case Method.YES_NO:
            if request.options:
                raise Refusal("", N_("A yes / no question has no list. For a list, take the other kind."))
            return ()
        case Method.APPROVAL:
            within(len(request.options), LEAST_OPTIONS, MOST_OPTIONS, N_("Write {least} to {most} options."))
            options = tuple(title(option) for option in request.options)
            if any(option in options[:place] for place, option in enumerate(options)):
                raise Refusal("", N_("Two options are the same. Change one of them."))
            return options
        case _:
            assert_never(request.method)


def _closing(chosen: Millis | None, context: Context) -> Millis:
    closes = Millis(context.now + context.articles.ballot_days * DAY) if chosen is None else chosen
    if not context.now + SHORTEST <= closes <= context.now + LONGEST:
        raise Refusal("ballot_days", N_("A ballot is open for one hour at least and 60 days at most."))
    return closes


def terms(articles: Articles, effect: Effect, base: int, objection_days: int = 0) -> Terms:
    """The rules in force, as a ballot keeps them. An amendment asks for its own share and quorum."""
    amends = effect.consequence is Consequence.AMEND
    return Terms(
        base,
        (articles.amendment_quorum if amends else articles.quorum).as_integer_ratio(),
        (articles.amendment if amends else articles.majority).as_integer_ratio(),
        not amends,
        objection_days,
    )


def next_number(state: State) -> BallotId:
    """The number of the next ballot, hand counts counted in."""
    return BallotId(len(state.ballots) + 1)


def text_hash(fact: BallotOpened) -> str:
    """SHA-256 of the salt and of everything the notice prints, as canonical JSON.

    Whoever has the notice and the line of the log can check one against the other.
    """
    printed = {
        "ballot": fact.ballot,
        "method": fact.method.value,
        "specimen": fact.specimen,
        "terms": asdict(fact.terms),
        "lots": fact.lots,
        "roll_hash": fact.roll_hash,
        "opens": fact.opens,
        "closes": fact.closes,
        "software": fact.software,
        "text": fact.text,
        "options": fact.options,
    }
    return salted_hash(fact.salt.get(NO_WORDS, ""), printed)


def salted_hash(salt: str, content: object) -> str:
    """SHA-256 of a salt and of content as canonical JSON: sorted keys, no spaces."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()
