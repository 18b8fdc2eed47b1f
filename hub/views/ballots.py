"""What people read about ballots: what is open, how it will be counted, what came out.

A running number is never here: an open ballot has no votes in the log. A first hand count is kept
from all eyes until the second teller has counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from hub.domain import ballots
from hub.domain.ballots import Method, Phase, Terms
from hub.domain.base import (
    BallotId,
    Circle,
    Consequence,
    Effect,
    MemberId,
    Millis,
    Viewer,
    Words,
)
from hub.domain.tally import Choice
from hub.entry import Entry
from hub.views.tables import Document, memory_table, where


@dataclass(frozen=True, slots=True)
class BallotRow:
    """One ballot or hand count as it stands.

    `options` are in printed order, `lots` the numbers of the options in the order drawn for ties.
    `tellers` is how many have counted hands in this round; `differed` holds the counts of the last
    round if they differed. `sums` are yes, no, abstentions, or approvals of each option and last of
    none. `passed` is None before certification; `winner` the number of an option, 0 for none.
    """

    number: int
    method: str
    state: str
    specimen: bool
    circle: int
    by: MemberId | None
    assembly: int | None
    effect: Effect
    terms: Terms
    text: Words
    options: tuple[Words, ...]
    lots: tuple[int, ...]
    opens: Millis
    closes: Millis
    roll_size: int
    roll_hash: str
    software: str
    text_hash: str
    tellers: int
    differed: tuple[ballots.Count, ...]
    closed: Millis
    cast: int
    spoiled: int
    sums: tuple[int, ...]
    patterns: tuple[tuple[Choice, int], ...]
    nonce: str
    until: Millis
    objections: int
    passed: bool | None
    winner: int
    quorum_met: bool
    decision: int | None
    why: str
    position: int


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """Who objected to a result, and why. For members."""

    by: MemberId
    reason: Words
    at: Millis
    position: int


class BallotsView:
    """Folds facts about ballots into two tables. A neighbour's chain may begin in the middle."""

    def __init__(self) -> None:
        self._ballots = memory_table("ballots")
        self._objections = memory_table("objections")

    def apply(self, entry: Entry, fact: ballots.Events) -> None:
        """Fold one fact."""
        match fact:
            case ballots.HandsOpened():
                self._ballots.upsert(Document(_question(entry, fact), doc_id=fact.ballot))
            case ballots.BallotOpened():
                self._ballots.upsert(Document(_printed(entry, fact), doc_id=fact.ballot))
            case ballots.HandsCounted(ballot):
                self._change(ballot, tellers=1, differed=[])
            case ballots.HandsDiffered(ballot, _, counts):
                self._change(ballot, tellers=0, differed=list(counts))
            case ballots.HandsCertified(ballot, _, count, passed, quorum_met):
                self._change(
                    ballot,
                    state=Phase.CERTIFIED.value,
                    tellers=2,
                    closed=entry.head.time,
                    cast=count.all,
                    sums=[count.yes, count.no, count.abstain],
                    passed=passed,
                    quorum_met=quorum_met,
                )
            case ballots.BallotPaused(ballot):
                self._change(ballot, state=Phase.PAUSED.value)
            case ballots.BallotResumed(ballot, _, closes):
                self._change(ballot, state=Phase.OPEN.value, closes=closes)
            case ballots.BallotClosed(ballot, at):
                self._change(ballot, closed=at)
            case ballots.BallotReleased():
                self._released(fact)
            case ballots.BallotObjected():
                self._objected(entry, fact)
            case ballots.BallotCertified(ballot, passed, winner, quorum_met, _, decision):
                self._change(
                    ballot,
                    state=Phase.CERTIFIED.value,
                    passed=passed,
                    winner=winner,
                    quorum_met=quorum_met,
                    decision=decision,
                )
            case ballots.BallotAnnulled(ballot, why, _, decision):
                self._change(ballot, state=Phase.ANNULLED.value, why=why.value, decision=decision)
            case _:
                assert_never(fact)

    def _released(self, fact: ballots.BallotReleased) -> None:
        self._change(
            fact.ballot,
            state=Phase.RELEASED.value,
            cast=fact.cast,
            spoiled=fact.spoiled,
            sums=list(fact.sums),
            patterns=list(fact.patterns),
            nonce=fact.nonce,
            until=fact.until,
        )

    def _objected(self, entry: Entry, fact: ballots.BallotObjected) -> None:
        self._objections.insert(
            {
                "ballot": fact.ballot,
                "by": fact.by,
                "reason": fact.reason,
                "at": entry.head.time,
                "position": entry.head.seq,
            }
        )
        many = self._objections.count(where("ballot") == fact.ballot)
        self._change(fact.ballot, state=Phase.OBJECTED.value, objections=many)

    def _change(self, ballot: BallotId, **changes: object) -> None:
        if self._ballots.contains(doc_id=ballot):
            self._ballots.update(changes, doc_ids=[ballot])

    def open(self, viewer: Viewer) -> list[BallotRow]:
        """What is being voted on now; what closes first comes first, hands before all."""
        rows = self._rows(viewer, Phase.OPEN, Phase.PAUSED)
        return sorted(rows, key=lambda row: (row.method != Method.HANDS.value, row.closes, row.number))

    def results(self, viewer: Viewer) -> list[BallotRow]:
        """What was voted on, newest first."""
        rows = self._rows(viewer, Phase.RELEASED, Phase.OBJECTED, Phase.CERTIFIED, Phase.ANNULLED)
        return sorted(rows, key=lambda row: -row.number)

    def ballot(self, viewer: Viewer, number: BallotId) -> BallotRow | None:
        """One ballot, if these eyes may see it."""
        row = self._ballots.row(number)
        return _row(row) if row is not None and viewer.may_see(Circle(row["circle"])) else None

    def objections(self, viewer: Viewer, number: BallotId) -> list[ObjectionRow]:
        """Objections with their reasons, oldest first: for members."""
        if not viewer.may_see(Circle.MEMBERS):
            return []
        rows = self._objections.search(where("ballot") == number)
        return [ObjectionRow(row["by"], row["reason"], row["at"], row["position"]) for row in rows]

    def _rows(self, viewer: Viewer, *phases: Phase) -> list[BallotRow]:
        found = self._ballots.search(where("state").one_of([phase.value for phase in phases]))
        return [_row(row) for row in found if viewer.may_see(Circle(row["circle"]))]


def _question(entry: Entry, fact: ballots.HandsOpened) -> dict[str, Any]:
    return {
        **_blank(entry, fact.effect),
        "number": fact.ballot,
        "method": Method.HANDS.value,
        "by": fact.by or None,
        "assembly": fact.assembly,
        "terms": fact.terms,
        "text": fact.text,
        "opens": entry.head.time,
        "roll_size": fact.terms.base,
    }


def _printed(entry: Entry, fact: ballots.BallotOpened) -> dict[str, Any]:
    blank = _blank(entry, fact.effect)
    return {
        **blank,
        "number": fact.ballot,
        "method": fact.method.value,
        "specimen": fact.specimen,
        "circle": int(Circle.ROOM) if fact.specimen else blank["circle"],
        "by": fact.by or None,
        "terms": fact.terms,
        "text": fact.text,
        "options": list(fact.options) or [Words({})] * len(fact.lots),
        "lots": list(fact.lots),
        "opens": fact.opens,
        "closes": fact.closes,
        "roll_size": fact.roll_size,
        "roll_hash": fact.roll_hash,
        "software": fact.software,
        "text_hash": fact.text_hash,
    }


def _blank(entry: Entry, effect: Effect) -> dict[str, Any]:
    """A row before anything has happened to it. What is about a person stays in the house."""
    personal = effect.consequence in (Consequence.APPOINT, Consequence.RECALL)
    return {
        "state": Phase.OPEN.value,
        "specimen": False,
        "circle": int(Circle.ROOM if personal else Circle.FEDERATION),
        "assembly": None,
        "effect": effect,
        "options": [],
        "lots": [],
        "closes": 0,
        "roll_hash": "",
        "software": "",
        "text_hash": "",
        "tellers": 0,
        "differed": [],
        "closed": 0,
        "cast": 0,
        "spoiled": 0,
        "sums": [],
        "patterns": [],
        "nonce": "",
        "until": 0,
        "objections": 0,
        "passed": None,
        "winner": 0,
        "quorum_met": False,
        "decision": None,
        "why": "",
        "position": entry.head.seq,
    }


_TUPLES = ("options", "lots", "differed", "sums", "patterns")


def _row(row: Document) -> BallotRow:
    return BallotRow(**{**row, **{name: tuple(row[name]) for name in _TUPLES}})
