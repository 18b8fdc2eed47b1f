"""What people read of the constitution: the page of seven lines, the values in force, closures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

from hub.domain import articles, constitution
from hub.domain.articles import Articles
from hub.domain.base import HubId, Millis, Words
from hub.domain.deadlines import after_rests
from hub.entry import Entry
from hub.views.tables import Document, memory_table


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the page. `text` may hold `{places}` for the values of the articles it cites."""

    number: int
    text: Words
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """The house rests between these moments. `position` is the journal line of why."""

    since: Millis
    until: Millis
    why: Words
    position: int


@dataclass(frozen=True, slots=True)
class HubCard:
    """Who this hub is: its key, name, money, time zone and first language.

    `forming_until` is later than it was at founding by as long as the house has rested since.
    """

    hub: HubId = HubId("")
    name: Words = field(default_factory=lambda: Words({}))
    currency: str = ""
    exponent: int = 2
    zone: str = "UTC"
    language: str = "en"
    founded: Millis = Millis(0)
    forming_until: Millis = Millis(0)
    ephemeral: bool = False


class ConstitutionView:
    """Folds facts about the constitution. Everything here is for the room."""

    def __init__(self) -> None:
        self._lines = memory_table("lines")
        self._closures = memory_table("closures")
        self._amendments = memory_table("amendments")
        self._forming_until = Millis(0)
        self.card = HubCard()
        self.articles = Articles()
        self.formed = False

    def apply(self, entry: Entry, fact: constitution.Events) -> None:
        """Fold one fact."""
        match fact:
            case constitution.HubFounded():
                self._founded(entry, fact)
            case constitution.LineWritten(number, cites, text):
                row = {"number": number, "text": text, "cites": list(cites)}
                self._lines.upsert(Document(row, doc_id=number))
            case constitution.ArticleAmended(name, value):
                self.articles = articles.amended(self.articles, name, value)
                self._amendments.insert({"name": name, "value": value, "at": entry.head.time})
            case constitution.FormingEnded():
                self.formed = True
            case constitution.ClosureSet(since, until, why):
                self._closures.insert({"since": since, "until": until, "why": why, "position": entry.head.seq})
                self._form_longer()
            case _:
                assert_never(fact)

    def _founded(self, entry: Entry, fact: constitution.HubFounded) -> None:
        self._forming_until = fact.forming_until
        self.card = HubCard(
            fact.hub,
            fact.name,
            fact.currency,
            fact.exponent,
            fact.zone,
            fact.language,
            Millis(entry.head.time),
            fact.forming_until,
            fact.ephemeral,
        )

    def _form_longer(self) -> None:
        """While the house rests, the forming season stands still too."""
        rests = [(row["since"], row["until"]) for row in self._closures.all()]
        self.card = replace(self.card, forming_until=after_rests(Millis(0), self._forming_until, rests))

    def lines(self) -> list[LineRow]:
        """The lines of the page in order."""
        rows = sorted(self._lines.all(), key=lambda row: int(row["number"]))
        return [LineRow(row["number"], row["text"], tuple(row["cites"])) for row in rows]

    def amendments(self) -> list[tuple[str, str, Millis]]:
        """Every change of a parameter: name, value, when. Oldest first."""
        return [(row["name"], row["value"], row["at"]) for row in self._amendments.all()]

    def closures(self, now: Millis) -> list[ClosureRow]:
        """Closures that are not over."""
        rows = [ClosureRow(**row) for row in self._closures.all()]
        return sorted((row for row in rows if row.until > now), key=lambda row: row.since)
