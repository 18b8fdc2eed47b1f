"""Words for money: what each account is called, what a record says, what it was outside of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hub.domain.base import N_, Money
from hub.domain.ledger import CHART, UNEXPLAINED, Account, Group, Posting
from hub.views.constitution import HubCard
from hub.views.ledger import COUNTED, DISCLOSED, RETURNED, REVERSED, AccountRow, LineRow
from hub.words.speaker import Speaker

ACCOUNTS: Final[Mapping[str, str]] = {
    "tin": N_("The tin"),
    "bank": N_("The bank"),
    "dues": N_("Dues"),
    "sales": N_("Sales"),
    "gift": N_("Gifts"),
    "grant": N_("Grants"),
    "other_income": N_("Other money in"),
    "food": N_("Food"),
    "rent": N_("Rent"),
    "repair": N_("Repairs"),
    "energy": N_("Power and heat"),
    "people": N_("Pay for work"),
    "materials": N_("Things we use"),
    "other_spending": N_("Other money out"),
    "before": N_("There before the book"),
    "unexplained": N_("Unexplained"),
}
"""What the accounts every hub begins with are called, in the order in which they are listed; those opened
later follow, and bring their own words."""
GROUPS: Final[Mapping[str, str]] = {
    Group.PLACE.value: N_("Where money lies"),
    Group.INCOME.value: N_("Where money comes from"),
    Group.SPENDING.value: N_("What money is spent on"),
}
OUTSIDE: Final[Mapping[str, str]] = {
    "ledger_keeper": N_("It was not written down by the ledger keeper."),
    "spending_limit": N_("It is more than we agreed to spend without a decision."),
}
"""What a record was outside of, in a sentence."""
TAKEN_BACK: Final = N_("(These words were taken back.)")


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells sums, accounts and records of one hub in one language."""

    speaker: Speaker
    card: HubCard
    accounts: Mapping[Account, AccountRow]

    def money(self, minor: int) -> str:
        """A sum as it is written here."""
        return self.speaker.money(Money(minor, self.card.currency, self.card.exponent))

    def name(self, account: Account) -> str:
        """What an account is called."""
        if account in ACCOUNTS:
            return self.speaker.say(ACCOUNTS[account])
        row = self.accounts.get(account)
        return self.speaker.pick(row.title)[0] if row and row.title else self.speaker.say(TAKEN_BACK)

    def group(self, account: Account) -> Group:
        """What an account is."""
        if account in CHART:
            return CHART[account].group
        return self.accounts[account].group if account in self.accounts else Group.UNEXPLAINED

    def total(self, postings: Iterable[Posting], *groups: Group) -> int:
        """What moved on the accounts of some groups."""
        return sum(each.minor for each in postings if self.group(each.account) in groups)

    def size(self, line: LineRow) -> int:
        """The one sum a record is about: what was counted, or what moved."""
        return line.minor if line.sort == COUNTED else moved(line.postings)

    def given(self, line: LineRow) -> int:
        """What came from the partner of a record; below zero what went to them."""
        return -self.total(line.postings, Group.INCOME, Group.SPENDING)

    def total_given(self, lines: Sequence[LineRow]) -> int:
        """What came from one partner altogether; what was taken back never did."""
        return sum(self.given(line) for line in lines if not line.taken_back)

    def movement(self, postings: Sequence[Posting]) -> str:
        """What money did, in a few words: “Came in: Dues”."""
        say = self.speaker.say
        others = [self.name(each.account) for each in postings if self.group(each.account) is not Group.PLACE]
        if not others:
            places = {each.minor > 0: self.name(each.account) for each in postings}
            return say(N_("Carried: {place} → {to}"), place=places.get(False, ""), to=places.get(True, ""))
        came = self.total(postings, Group.PLACE) > 0
        return say(N_("Came in: {accounts}") if came else N_("Went out: {accounts}"), accounts=", ".join(others))

    def headline(self, line: LineRow) -> str:
        """What a record is, in a few words."""
        say = self.speaker.say
        if line.sort == COUNTED:
            return say(N_("Counted: {account}"), account=self.name(line.account))
        if line.sort == REVERSED:
            return say(N_("Takes back record {number}"), number=line.of)
        if line.sort == RETURNED:
            return say(N_("Given back: the money of record {number}"), number=line.of)
        if line.sort == DISCLOSED:
            known = ", ".join(self.name(each.account) for each in line.postings if each.account != UNEXPLAINED)
            return say(N_("Explains record {number}: {accounts}"), number=line.of, accounts=known)
        return self.movement(line.postings)

    def postings(self, line: LineRow) -> list[tuple[str, str]]:
        """Every movement of a record: on what, and how much. Below zero is less than before."""
        return [self._posting(each) for each in line.postings]

    def _posting(self, posting: Posting) -> tuple[str, str]:
        say, name = self.speaker.say, self.name(posting.account)
        match self.group(posting.account):
            case Group.PLACE:
                return name, self.money(posting.minor)
            case Group.SPENDING:
                return say(N_("Spent: {account}"), account=name), self.money(posting.minor)
            case Group.INCOME:
                return say(N_("Came in: {accounts}"), accounts=name), self.money(-posting.minor)
            case Group.UNEXPLAINED:
                return name, self.money(-posting.minor)

    def difference(self, line: LineRow) -> str:
        """How a count stands to the book."""
        say, money = self.speaker.say, self.money(abs(line.difference))
        if not line.difference:
            return say(N_("As the book says."))
        if not line.on(UNEXPLAINED):
            return say(N_("The first count: it was there before the book."))
        if line.difference > 0:
            return say(N_("{money} more than the book says."), money=money)
        return say(N_("{money} less than the book says."), money=money)

    def words(self, line: LineRow) -> tuple[str, str]:
        """What was written beside a record, and its language; what the record is where nothing was."""
        if line.text:
            return self.speaker.pick(line.text)
        return (self.speaker.say(TAKEN_BACK) if line.gone else self.headline(line)), ""

    def partner(self, line: LineRow) -> tuple[str, str]:
        """The outside partner of a record, and the language of their name; "" where there is none."""
        if line.source and not line.partner:
            return self.speaker.say(TAKEN_BACK), ""
        return self.speaker.pick(line.partner)

    def conditions(self, line: LineRow) -> tuple[str, str]:
        """On what conditions the money was given; "" where there are none."""
        if line.strings and not line.conditions:
            return self.speaker.say(TAKEN_BACK), ""
        return self.speaker.pick(line.conditions)

    def outside(self, line: LineRow) -> list[str]:
        """What a record was outside of, a sentence each."""
        return [self.speaker.say(OUTSIDE[name]) if name in OUTSIDE else name for name in line.outside]


def in_order(accounts: Iterable[Account]) -> list[Account]:
    """Accounts as they are listed everywhere: those every hub has, then those opened here as they were opened."""
    places = {account: place for place, account in enumerate(ACCOUNTS)}
    return sorted(accounts, key=lambda account: (places.get(account, len(places)), _opened_as(account)))


def _opened_as(account: Account) -> int:
    """The number in the code of an account opened here."""
    number = account.rpartition("_")[2]
    return int(number) if number.isdecimal() else 0


def moved(postings: Iterable[Posting]) -> int:
    """How much moved from one side to the other."""
    return sum(each.minor for each in postings if each.minor > 0)
