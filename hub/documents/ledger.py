"""The posted budget: what there was, what came in and from whom, where it went, and what nobody can explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hub.documents.accounts import OUTSIDE, Teller, in_order
from hub.documents.blocks import Bar, Block, Document, Heading, Item, Row, Text
from hub.documents.foot import Sheet
from hub.domain.base import N_
from hub.domain.ledger import Account, Group
from hub.views.ledger import COUNTED, DISCLOSED, REVERSED, AccountRow, Budget, LineRow
from hub.words.speaker import Speaker


def budget(sheet: Sheet, found: Budget, accounts: Mapping[Account, AccountRow]) -> Document:
    """One posted budget as it was that day, or what is not posted yet. No member is named on it."""
    title = budget_title(sheet.speaker, found.number)
    wall = _Wall(Teller(sheet.speaker, sheet.card, accounts), found)
    blocks = (
        *sheet.head(title),
        *wall.standing(),
        *wall.sums(),
        *wall.unexplained(),
        *wall.places(),
        *wall.came_in(),
        *wall.givers(),
        *wall.went_out(),
        *wall.corrections(),
        *wall.outside(),
        *wall.counts(),
        *sheet.foot(),
    )
    return Document("budget", sheet.speaker.language, title, blocks)


def budget_title(speaker: Speaker, number: int) -> str:
    """What a budget is called; 0 is what is not posted yet."""
    return speaker.say(N_("Budget {number}"), number=number) if number else speaker.say(N_("The budget so far"))


@dataclass(frozen=True, slots=True)
class _Wall:
    """The sections of the sheet, in the order in which they hang on the wall."""

    teller: Teller
    found: Budget

    def _say(self, message: str, **parameters: str | int) -> str:
        return self.teller.speaker.say(message, **parameters)

    def _day(self, line: LineRow) -> str:
        return self.teller.speaker.day(line.happened)

    def standing(self) -> Iterator[Block]:
        """The period, and whether it is posted."""
        since, until = (self.teller.speaker.day(moment) for moment in (self.found.since, self.found.until))
        if not self.found.number:
            yield Text(self._say(N_("NOT POSTED YET. It can still change.")), strong=True)
        yield Text(self._say(N_("{since} to {until}"), since=since, until=until))

    def sums(self) -> Iterator[Block]:
        """The big numbers, which add up."""
        money, found = self.teller.money, self.found
        yield Row(self._say(N_("There was")), money(found.opening), strong=True)
        yield Row(self._say(N_("Came in")), money(found.came_in), strong=True)
        yield Row(self._say(N_("Went out")), money(found.went_out), strong=True)
        if found.unexplained:
            yield Row(self._say(N_("Unexplained")), money(found.unexplained), strong=True)
        yield Row(self._say(N_("There is")), money(found.closing), strong=True)

    def unexplained(self) -> Iterator[Block]:
        """Money nobody can explain yet, from this budget or from one before: bold, and before all else."""
        if not self.found.open:
            yield Text(self._say(N_("All money is explained.")))
            return
        yield Heading(self._say(N_("UNEXPLAINED MONEY")))
        yield from (Text(sentence, strong=True) for sentence in open_sentences(self.teller, self.found.open))
        for line in self.found.open:
            text, language = self.teller.words(line)
            detail = f"{self.teller.money(abs(line.waiting))} · {self._day(line)}"
            yield Item(text, mark=f"{line.number}.", detail=detail, lang=language)
        yield Text(self._say(N_("Do you know more? Tell any member. It stays here until somebody can say.")))

    def places(self) -> Iterator[Block]:
        """Where the money lies."""
        yield Heading(self._say(N_("Where the money lies")))
        lying = self.found.lying
        for account in in_order(lying):
            yield Row(self.teller.name(account), self.teller.money(lying[account]))
        if not lying:
            yield Text(self._say(N_("There is nothing in the book yet.")))

    def came_in(self) -> Iterator[Block]:
        """Sums per account of what came in."""
        yield from self._accounts(N_("What came in"), Group.INCOME, -1)

    def went_out(self) -> Iterator[Block]:
        """Sums per account of what went out, each with its share of the whole drawn beneath."""
        yield from self._accounts(N_("What went out"), Group.SPENDING, 1)

    def _accounts(self, heading: str, group: Group, sign: int) -> Iterator[Block]:
        sums = self.found.sums
        moved = {
            self.teller.name(account): sign * sums[account]
            for account in in_order(sums)
            if self.teller.group(account) is group and sums[account]
        }
        whole = sum(minor for minor in moved.values() if minor > 0)
        yield Heading(self._say(heading))
        for name, minor in moved.items():
            value = self.teller.money(minor)
            yield Bar(name, max(minor, 0), whole, value) if group is Group.SPENDING else Row(name, value)
        if not moved:
            yield Text(self._say(N_("Nothing.")))

    def givers(self) -> Iterator[Block]:
        """Every outside partner: what they gave, and on what conditions."""
        given = by_source(self.found.lines)
        if not given:
            return
        yield Heading(self._say(N_("From whom, to whom, on what conditions")))
        for lines in given.values():
            name, language = self.teller.partner(lines[0])
            yield Row(name, self.teller.money(self.teller.total_given(lines)), strong=True, lang=language)
            for line in lines:
                yield from self._gift(line)

    def _gift(self, line: LineRow) -> Iterator[Block]:
        where = ", ".join(
            self.teller.name(each.account)
            for each in line.postings
            if self.teller.group(each.account) in (Group.INCOME, Group.SPENDING)
        )
        parts = [
            self._say(N_("record {number}"), number=line.number),
            where,
            self.teller.money(self.teller.given(line)),
            self._say(N_("on this condition:")) if line.strings else self._say(N_("no conditions")),
        ]
        if line.taken_back:
            parts.insert(0, self._say(N_("TAKEN BACK")))
        yield Text(" · ".join(parts), small=True)
        if line.strings:
            text, language = self.teller.conditions(line)
            yield Text(text, lang=language)

    def corrections(self) -> Iterator[Block]:
        """What was taken back, explained or given back: the record stays, and so does why."""
        changes = [line for line in self.found.lines if line.of]
        if not changes:
            return
        known: dict[int, LineRow] = {line.number: line for line in (*self.found.about, *self.found.lines)}
        yield Heading(self._say(N_("Set right")))
        for line in changes:
            text, language = self.teller.words(line)
            about = known.get(line.of)
            what = self.teller.movement(about.postings) if about else ""
            detail = f"{self._change(line)} · {what} · {self.teller.money(self.teller.size(line))}"
            yield Item(text, mark=f"{line.number}.", detail=detail, lang=language)

    def _change(self, line: LineRow) -> str:
        if line.sort == REVERSED:
            return self._say(N_("Taken back: record {number}"), number=line.of)
        if line.sort == DISCLOSED:
            return self._say(N_("Explained: record {number}"), number=line.of)
        return self._say(N_("Given back: record {number}"), number=line.of)

    def outside(self) -> Iterator[Block]:
        """What was outside our rules, rule by rule: recorded all the same, and for the next meeting."""
        found: dict[str, list[LineRow]] = {}
        for line in self.found.lines:
            for article in line.outside:
                found.setdefault(article, []).append(line)
        if not found:
            return
        yield Heading(self._say(N_("Outside our rules")))
        for article, lines in found.items():
            yield Text(self._say(OUTSIDE[article]) if article in OUTSIDE else article, strong=True)
            if article == "spending_limit":
                yield from (self._record(line) for line in lines)
            else:
                numbers = ", ".join(str(line.number) for line in lines)
                yield Text(self._say(N_("Records: {numbers}"), numbers=numbers))
        yield Text(self._say(N_("The next meeting speaks of it.")), small=True)

    def _record(self, line: LineRow) -> Item:
        text, language = self.teller.words(line)
        detail = f"{self.teller.headline(line)} · {self.teller.money(self.teller.size(line))}"
        return Item(text, mark=f"{line.number}.", detail=detail, lang=language)

    def counts(self) -> Iterator[Block]:
        """What two members counted, and how it stood to the book."""
        counted = [line for line in self.found.lines if line.sort == COUNTED]
        if not counted:
            return
        yield Heading(self._say(N_("Counted by two")))
        for line in counted:
            text = f"{self.teller.name(line.account)}: {self.teller.money(line.minor)}"
            detail = f"{self._day(line)} · {self.teller.difference(line)}"
            yield Item(text, mark=f"{line.number}.", detail=detail)


def open_sentences(teller: Teller, lines: Sequence[LineRow]) -> list[str]:
    """How much is unexplained, one sentence for what came in and one for what is missing."""
    say, money = teller.speaker.say, teller.money
    came = -sum(line.waiting for line in lines if line.waiting < 0)
    missing = sum(line.waiting for line in lines if line.waiting > 0)
    return [
        *([say(N_("{money} came in, and nobody knows yet from whom."), money=money(came))] if came else []),
        *([say(N_("{money} is missing, and nobody knows yet why."), money=money(missing))] if missing else []),
    ]


def by_source(lines: Sequence[LineRow]) -> dict[int, list[LineRow]]:
    """Records with an outside partner, partner by partner."""
    found: dict[int, list[LineRow]] = {}
    for line in lines:
        if line.source:
            found.setdefault(line.source, []).append(line)
    return found
