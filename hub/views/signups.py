"""What people read about sign-ups: the lists to come, who is on them, and those that were."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, assert_never

from hub.domain import signups
from hub.domain.base import DAY, Circle, ListId, MemberId, Millis, Viewer, Words
from hub.entry import Entry
from hub.views.tables import Document, memory_table, where


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Somebody on a list and how many they are. `at` is when they signed up."""

    party: int
    who: MemberId
    size: int
    guest: bool
    waits: bool
    at: Millis


@dataclass(frozen=True, slots=True)
class SignupRow:
    """One list as it stands. `taken` and `waiting` count people; `parties` is for members' eyes only."""

    number: int
    sort: str
    title: Words
    place: Words
    starts: Millis
    places: int
    circle: int
    by: MemberId
    state: str
    why: Words
    at: Millis
    position: int
    taken: int
    waiting: int
    parties: tuple[PartyRow, ...]

    @property
    def free(self) -> int:
        """Places that are nobody's yet."""
        return max(0, self.places - self.taken)

    @property
    def seated(self) -> tuple[PartyRow, ...]:
        """Who has a place."""
        return tuple(party for party in self.parties if not party.waits)

    @property
    def queue(self) -> tuple[PartyRow, ...]:
        """Who waits, in order."""
        return tuple(party for party in self.parties if party.waits)

    def of(self, member: MemberId | None) -> PartyRow | None:
        """A member's own party."""
        return next((party for party in self.parties if party.who == member), None)


OPEN, CLOSED, CANCELLED = "open", "closed", "cancelled"
RECENT: Final = Millis(60 * DAY)
"""How far back the page of past lists goes. The log goes to the beginning."""


class SignupsView:
    """Folds facts about lists into one table, those on a list inside its row."""

    def __init__(self) -> None:
        self._signups = memory_table("signups")

    def apply(self, entry: Entry, fact: signups.Events) -> None:
        """Fold one fact."""
        match fact:
            case signups.SignupOpened():
                self._opened(entry, fact)
            case signups.SignupChanged(number, starts, places, _, place):
                self._change(number, starts=starts, places=places, **({"place": place} if place else {}))
            case signups.SignupClosed(number, cancelled, _, why):
                self._change(number, state=CANCELLED if cancelled else CLOSED, why=why)
            case signups.SignupReopened(number):
                self._change(number, state=OPEN, why=Words({}))
            case signups.SignupJoined(number, party, who, size, guest):
                self._seat(number, party, _seat(entry, party, who, size, guest, waits=False))
            case signups.SignupWaiting(number, party, who, size, guest):
                self._seat(number, party, _seat(entry, party, who, size, guest, waits=True))
            case signups.SignupMovedUp(number, party):
                self._reseat(number, party, waits=False)
            case signups.SignupResized(number, party, size):
                self._reseat(number, party, size=size)
            case signups.SignupHandedOver(number, party, to):
                self._reseat(number, party, who=to, guest=False)
            case signups.SignupLeft(number, party):
                self._seat(number, party, None)
            case _:
                assert_never(fact)

    def _opened(self, entry: Entry, fact: signups.SignupOpened) -> None:
        row: dict[str, Any] = {
            "number": fact.signup,
            "sort": fact.sort.value,
            "title": fact.title,
            "place": fact.place,
            "starts": fact.starts,
            "places": fact.places,
            "circle": int(fact.circle),
            "by": fact.by,
            "state": OPEN,
            "why": Words({}),
            "at": entry.head.time,
            "position": entry.head.seq,
            "parties": [],
        }
        self._signups.upsert(Document(row, doc_id=fact.signup))

    def _change(self, number: ListId, **changes: object) -> None:
        if self._signups.contains(doc_id=number):
            self._signups.update(changes, doc_ids=[number])

    def _seat(self, number: ListId, party: int, seat: dict[str, Any] | None) -> None:
        row = self._signups.row(number)
        if row is not None:
            others = [each for each in row["parties"] if each["party"] != party]
            seated = sorted([*others, *([seat] if seat else [])], key=lambda each: int(each["party"]))
            self._change(number, parties=seated)

    def _reseat(self, number: ListId, party: int, **changes: object) -> None:
        row = self._signups.row(number)
        seat = next((each for each in row["parties"] if each["party"] == party), None) if row else None
        if seat is not None:
            self._seat(number, party, {**seat, **changes})

    def to_come(self, viewer: Viewer, now: Millis) -> list[SignupRow]:
        """Lists that are not over, soonest first."""
        rows = self._signups.search(where("starts") >= now - signups.JUST_BEGUN)
        return sorted(_seen(viewer, rows), key=lambda row: (row.starts, row.number))

    def past(self, viewer: Viewer, now: Millis) -> list[SignupRow]:
        """Lists of the last weeks that are over, latest first."""
        over = (where("starts") < now - signups.JUST_BEGUN) & (where("starts") >= now - RECENT)
        return sorted(_seen(viewer, self._signups.search(over)), key=lambda row: (-row.starts, row.number))

    def tonight(self, viewer: Viewer, now: Millis) -> list[SignupRow]:
        """What the idle screen reminds of: just begun or soon, cancelled ones too."""
        return [row for row in self.to_come(viewer, now) if row.starts <= now + signups.SOON]

    def signup(self, viewer: Viewer, number: ListId) -> SignupRow | None:
        """One list, if these eyes may see it."""
        row = self._signups.row(number)
        return next(iter(_seen(viewer, [row])), None) if row is not None else None

    def of(self, member: MemberId, now: Millis) -> list[SignupRow]:
        """Lists to come that a member is on, or waits for, soonest first."""
        mine = Viewer(Circle.MEMBERS, member)
        return [row for row in self.to_come(mine, now) if row.of(member) is not None]


def _seat(entry: Entry, party: int, who: MemberId, size: int, guest: bool, *, waits: bool) -> dict[str, Any]:
    return {"party": party, "who": who, "size": size, "guest": guest, "waits": waits, "at": entry.head.time}


def _seen(viewer: Viewer, rows: list[Document]) -> list[SignupRow]:
    seen = [_row(row) for row in rows if viewer.may_see(Circle(row["circle"]), row["by"])]
    return seen if viewer.may_see(Circle.MEMBERS) else [replace(row, parties=()) for row in seen]


def _row(row: Document) -> SignupRow:
    parties = tuple(PartyRow(**each) for each in row["parties"])
    taken = sum(party.size for party in parties if not party.waits)
    waiting = sum(party.size for party in parties if party.waits)
    return SignupRow(**{**row, "parties": parties, "taken": taken, "waiting": waiting})
