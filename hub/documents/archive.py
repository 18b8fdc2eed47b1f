"""One line of the log before it is taken back: what kind of words it holds, and whose eyes see them.

A line is judged by the very question its own page asks of the views, so that nobody reads here what
they would not read there. What is in doubt is not shown: its words are on no page today, or this list
does not know its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar, Final, Protocol

from hub.domain import assemblies, ballots, constitution, federation, ledger, needs, roles, signups
from hub.domain.base import N_, AssemblyId, Millis, Viewer, Words
from hub.domain.house import AnyEvent
from hub.entry import Entry
from hub.facts import word_fields
from hub.views.assemblies import WITHDRAWN
from hub.views.house import Views
from hub.views.needs import OPEN, TAKEN

KINDS: Final[Mapping[str, str]] = {
    "need.reported": N_("What somebody needs"),
    "need.widened": N_("What somebody needs"),
    "need.taken_up": N_("A note to who asked for help"),
    "offer.made": N_("What somebody offers"),
    "offer.asked_for": N_("A note to who offers something"),
    "signup.opened": N_("The name and place of a list"),
    "signup.changed": N_("The new place of a list"),
    "signup.closed": N_("Why a list was closed"),
    "assembly.convoked": N_("The place of an assembly"),
    "assembly.moved": N_("The new place of an assembly"),
    "assembly.cancelled": N_("Why an assembly was cancelled"),
    "topic.added": N_("A topic for the assembly"),
    "meeting.decided": N_("A decision in the minutes"),
    "meeting.noted": N_("A note in the minutes"),
    "minutes.corrected": N_("A correction of the minutes"),
    "ballot.opened": N_("The question of a vote"),
    "hands.opened": N_("The question of a vote"),
    "ballot.objected": N_("An objection to a vote"),
    "recall.petitioned": N_("The reason for a recall"),
    "role.created": N_("The name of a role and what it is for"),
    "closure.set": N_("Why the house rests"),
    "line.written": N_("A line of our rules"),
    "hub.founded": N_("The name of this hub"),
    "neighbour.accepted": N_("What we call a neighbour hub"),
    "account.opened": N_("The name of an account"),
    "money.recorded": N_("A record in the book"),
    "money.returned": N_("A record in the book"),
    "money.reversed": N_("A record in the book"),
    "source.disclosed": N_("A record in the book"),
    "tin.counted": N_("A count of the tin"),
}
OTHER: Final = N_("Words in the log")
NAMED: Final = ("signup.opened", "ballot.objected", "recall.petitioned")
"""Kinds whose own page tells members who wrote them; who wrote anything else is not told here either."""
UNSEEN: Final = ("salt",)
"""Fields that stand among the words so that they can be taken back with them, and say nothing."""


class _Row(Protocol):
    """A row of a view that says on which line its words stand."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def position(self) -> int: ...


def kind_in_words(kind: str) -> str:
    """What kind of words a line holds, to be translated where it is shown."""
    return KINDS.get(kind, OTHER)


def words_for(views: Views, viewer: Viewer, now: Millis, entry: Entry, fact: AnyEvent) -> tuple[Words, ...]:
    """The words of a line, for these eyes: who wrote them sees all of them, others what its page shows."""
    if viewer.member is not None and entry.head.actor == viewer.member:
        return _all(fact)
    return (
        _of_needs(views, viewer, entry, fact)
        or _for_the_room(views, viewer, now, entry, fact)
        or _beside(views, viewer, fact)
    )


def _all(fact: AnyEvent) -> tuple[Words, ...]:
    found = [getattr(fact, name) for name in word_fields(fact.KIND) if name not in UNSEEN]
    return tuple(words for each in found for words in (each if isinstance(each, tuple) else (each,)) if words)


def _of_needs(views: Views, viewer: Viewer, entry: Entry, fact: AnyEvent) -> tuple[Words, ...]:
    """Needs and offers by their circle; a note only for the two it is between."""
    match fact:
        case needs.NeedReported() | needs.NeedWidened():
            return _if(views.needs.need(viewer, fact.need), entry, fact)
        case needs.NeedTakenUp():
            row = views.needs.need(viewer, fact.need)
            between = row is not None and viewer.member is not None and viewer.member in (row.by, row.taker)
            current = row is not None and row.state == TAKEN and row.note_position == entry.seq
            return _all(fact) if between and current else ()
        case needs.OfferMade():
            offer = views.needs.offer(viewer, fact.offer)
            return _if(offer, entry, fact) if offer is not None and offer.state == OPEN else ()
        case needs.OfferAskedFor():
            offer = views.needs.offer(viewer, fact.offer)
            mine = offer is not None and offer.state == OPEN and viewer.member == offer.by
            return _all(fact) if mine else ()
        case _:
            return ()


def _for_the_room(views: Views, viewer: Viewer, now: Millis, entry: Entry, fact: AnyEvent) -> tuple[Words, ...]:
    """Everything that has a page of its own which says which line it stands on."""
    row: _Row | None = None
    match fact:
        case signups.SignupOpened():
            row = views.signups.signup(viewer, fact.signup)
        case assemblies.TopicAdded():
            topic = views.assemblies.topic(viewer, fact.topic)
            row = topic if topic is not None and topic.state != WITHDRAWN else None
        case assemblies.DecisionMinuted() | assemblies.NotesRecorded():
            row = _minuted(views, fact.assembly, entry)
        case ballots.BallotOpened() | ballots.HandsOpened():
            row = views.ballots.ballot(viewer, fact.ballot)
        case ballots.BallotObjected():
            objections = views.ballots.objections(viewer, fact.ballot)
            row = next((each for each in objections if each.position == entry.seq), None)
        case roles.RecallPetitioned():
            role = views.roles.role(viewer, fact.role, now)
            row = role.petition if role else None
        case roles.RoleCreated():
            row = views.roles.role(viewer, fact.role, now)
        case constitution.ClosureSet():
            row = next((each for each in views.constitution.closures(now) if each.position == entry.seq), None)
        case federation.NeighbourAccepted():
            row = views.federation.neighbour(fact.hub)
        case _ if isinstance(fact, ledger.Booked):
            row = views.ledger.line(fact.transaction)
        case _:
            return ()
    return _if(row, entry, fact)


def _beside(views: Views, viewer: Viewer, fact: AnyEvent) -> tuple[Words, ...]:
    """Words that stand beside others on a page: a new place, a reason, a correction, a name, a line of rules."""
    row: Any = None
    match fact:
        case signups.SignupChanged() | signups.SignupClosed():
            row = views.signups.signup(viewer, fact.signup)
        case assemblies.AssemblyConvoked() | assemblies.AssemblyMoved() | assemblies.AssemblyCancelled():
            row = views.assemblies.assembly(fact.assembly)
        case assemblies.MinutesCorrected():
            row = views.assemblies.assembly(fact.assembly)
        case constitution.HubFounded():
            row = views.constitution.card
        case constitution.LineWritten():
            row = next((line for line in views.constitution.lines() if line.number == fact.number), None)
        case ledger.AccountOpened():
            row = views.ledger.account(fact.account)
    return _shown(row, fact) if row is not None else ()


def _minuted(views: Views, assembly: AssemblyId, entry: Entry) -> _Row | None:
    minutes = views.assemblies.minutes(assembly)
    written: tuple[_Row, ...] = (*minutes.decisions, *minutes.notes) if minutes else ()
    return next((each for each in written if each.position == entry.seq), None)


def _if(row: _Row | None, entry: Entry, fact: AnyEvent) -> tuple[Words, ...]:
    """The words that a page shows as they stand on this very line; a place that was changed since is not one."""
    return _shown(row, fact) if row is not None and row.position == entry.seq else ()


def _shown(row: Any, fact: AnyEvent) -> tuple[Words, ...]:
    """Those of a fact's words that stand in a row of a view."""
    shown = [getattr(row, each.name) for each in fields(row)]
    return tuple(words for words in _all(fact) if any(words in _each(value) for value in shown))


def _each(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)
