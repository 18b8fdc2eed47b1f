"""What people read about needs and offers: open ones first, each for the eyes of its circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from hub.domain import needs
from hub.domain.base import Circle, MemberId, Millis, NeedId, OfferId, Viewer, Words
from hub.entry import Entry
from hub.views.tables import Document, memory_table, where


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need as it stands. `at` is when it was asked, `confirmed` when it was last said to be needed.

    `position` is the journal line of its words, `earlier` are those before it was widened, `note_position`
    is that of the note.
    """

    number: int
    sort: str
    soon: str
    circle: int
    by: MemberId | None
    taker: MemberId | None
    state: str
    text: Words
    note: Words
    at: Millis
    confirmed: Millis
    taken_at: Millis
    agreed: tuple[str, ...]
    position: int
    earlier: tuple[int, ...]
    note_position: int


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer as it stands, with who asked for it."""

    number: int
    sort: str
    circle: int
    by: MemberId
    state: str
    text: Words
    at: Millis
    asked: tuple[tuple[str, dict[str, str]], ...]
    position: int


OPEN, TAKEN, MET, WITHDRAWN = "open", "taken", "met", "withdrawn"


class NeedsView:
    """Folds facts about needs and offers into two tables. A neighbour's chain may begin in the middle."""

    def __init__(self) -> None:
        self._needs = memory_table("needs")
        self._offers = memory_table("offers")

    def apply(self, entry: Entry, fact: needs.Events) -> None:
        """Fold one fact."""
        match fact:
            case needs.NeedReported() | needs.NeedWidened():
                self._asked(entry, fact)
            case needs.NeedTakenUp(need, by, note):
                taken = {"taker": by, "note": note, "taken_at": entry.head.time, "note_position": entry.head.seq}
                self._change(need, state=TAKEN, **taken)
            case needs.NeedLetGo(need):
                self._change(need, state=OPEN, taker=None, note=Words({}), agreed=[], note_position=0)
            case needs.NeedMet(need):
                self._change(need, state=MET)
            case needs.NeedWithdrawn(need):
                self._change(need, state=WITHDRAWN)
            case needs.NeedConfirmed(need):
                self._change(need, confirmed=entry.head.time)
            case needs.ContactAgreed(need, by):
                row = self._needs.row(need)
                if row is not None:
                    self._change(need, agreed=[*row["agreed"], by])
            case needs.OfferMade():
                self._offered(entry, fact)
            case needs.OfferAskedFor(offer, by, note):
                row = self._offers.row(offer)
                if row is not None:
                    self._offers.update({"asked": [*row["asked"], (by, note)]}, doc_ids=[offer])
            case needs.OfferWithdrawn(offer):
                if self._offers.contains(doc_id=offer):
                    self._offers.update({"state": WITHDRAWN}, doc_ids=[offer])
            case _:
                assert_never(fact)

    def _asked(self, entry: Entry, fact: needs.NeedReported | needs.NeedWidened) -> None:
        before = self._needs.row(fact.need)
        row: dict[str, object] = {
            "number": fact.need,
            "by": fact.by if isinstance(fact, needs.NeedReported) else None,
            "taker": None,
            "state": OPEN,
            "note": Words({}),
            "at": entry.head.time,
            "confirmed": entry.head.time,
            "taken_at": 0,
            "agreed": [],
            "note_position": 0,
            **(before or {}),
            "sort": fact.sort.value,
            "soon": fact.soon.value,
            "circle": int(fact.circle),
            "text": fact.text,
            "position": entry.head.seq,
            "earlier": _earlier(before) if before else [],
        }
        self._needs.upsert(Document(row, doc_id=fact.need))

    def _offered(self, entry: Entry, fact: needs.OfferMade) -> None:
        row: dict[str, object] = {
            "number": fact.offer,
            "sort": fact.sort.value,
            "circle": int(fact.circle),
            "by": fact.by,
            "state": OPEN,
            "text": fact.text,
            "at": entry.head.time,
            "asked": [],
            "position": entry.head.seq,
        }
        self._offers.upsert(Document(row, doc_id=fact.offer))

    def _change(self, need: NeedId, **changes: object) -> None:
        if self._needs.contains(doc_id=need):
            self._needs.update(changes, doc_ids=[need])

    def open(self, viewer: Viewer) -> list[NeedRow]:
        """Needs nobody has taken up yet, the most urgent and the oldest first."""
        rows = self._needs.search(where("state") == OPEN)
        return sorted((_need(row) for row in rows if _seen(viewer, row)), key=_urgency)

    def need(self, viewer: Viewer, number: NeedId) -> NeedRow | None:
        """One need, if these eyes may see it."""
        row = self._needs.row(number)
        return _need(row) if row is not None and _seen(viewer, row) else None

    def offers(self, viewer: Viewer) -> list[OfferRow]:
        """Open offers, newest first. Who asked for one is told to its maker alone."""
        rows = self._offers.search(where("state") == OPEN)
        seen = [row for row in rows if viewer.may_see(Circle(row["circle"]), row["by"])]
        return sorted((_offer(viewer, row) for row in seen), key=lambda row: -row.number)

    def offer(self, viewer: Viewer, number: OfferId) -> OfferRow | None:
        """One offer, if these eyes may see it."""
        row = self._offers.row(number)
        if row is None or not viewer.may_see(Circle(row["circle"]), row["by"]):
            return None
        return _offer(viewer, row)

    def waiting_for(self, member: MemberId) -> list[NeedRow]:
        """A member's own needs that are not closed, and those they have taken up."""
        mine = (where("by") == member) | (where("taker") == member)
        rows = self._needs.search(mine & where("state").one_of([OPEN, TAKEN]))
        return sorted((_need(row) for row in rows), key=lambda row: row.number)

    def asked_of(self, member: MemberId) -> list[OfferRow]:
        """A member's own open offers that somebody asked for."""
        rows = self._offers.search((where("by") == member) & (where("state") == OPEN))
        mine = Viewer(Circle.MEMBERS, member)
        return [_offer(mine, row) for row in rows if row["asked"]]


def _earlier(before: Document) -> list[int]:
    """Where the words stand that a wider circle does not read, as long as they were not taken back."""
    return [*before["earlier"], *([before["position"]] if before["text"] else [])]


def _seen(viewer: Viewer, row: Document) -> bool:
    return viewer.may_see(Circle(row["circle"]), row["by"], row["taker"])


def _need(row: Document) -> NeedRow:
    return NeedRow(**{**row, "agreed": tuple(row["agreed"]), "earlier": tuple(row["earlier"])})


def _offer(viewer: Viewer, row: Document) -> OfferRow:
    asked = tuple(tuple(each) for each in row["asked"]) if viewer.member == row["by"] else ()
    return OfferRow(**{**row, "asked": asked})


_ORDER = {soon.value: place for place, soon in enumerate(needs.Soon)}


def _urgency(row: NeedRow) -> tuple[int, int]:
    return _ORDER[row.soon], row.number
