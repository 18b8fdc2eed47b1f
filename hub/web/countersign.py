"""What a second member reads before they agree to something in the book."""

from __future__ import annotations

from hub.documents.accounts import GROUPS, Teller, moved
from hub.domain import ledger
from hub.domain.base import N_, Words
from hub.domain.ledger import Group, Posting
from hub.web import book
from hub.web.hall import Hall

ForTwo = (
    ledger.RecordMoney
    | ledger.ReverseMoney
    | ledger.DiscloseSource
    | ledger.ReturnMoney
    | ledger.CountTin
    | ledger.OpenAccount
)
"""What two members write together by phone."""


def summary(hall: Hall, command: ForTwo) -> tuple[str, ...]:
    """All that would be written, line by line."""
    say, teller = hall.speaker.say, book.teller(hall)
    match command:
        case ledger.RecordMoney():
            what = f"{teller.movement(command.postings)} · {teller.money(moved(command.postings))}"
            told = [_place(teller, command), hall.speaker.day(command.happened), _partner(hall, command)]
        case ledger.DiscloseSource(of, account):
            what = say(N_("Explains record {number}: {accounts}"), number=of, accounts=teller.name(account))
            told = [_partner(hall, command)]
        case ledger.ReverseMoney(of):
            what, told = say(N_("Takes back record {number}"), number=of), [_record(hall, of)]
        case ledger.ReturnMoney(of, account, happened):
            what = say(N_("Given back: the money of record {number}"), number=of)
            told = [_record(hall, of), say(N_("Taken from: {account}"), account=teller.name(account))]
            told.append(hall.speaker.day(happened))
        case ledger.CountTin(minor, account):
            what, told = say(N_("Counted: {account}"), account=teller.name(account)), [teller.money(minor)]
        case ledger.OpenAccount(group, title):
            what, told = say(GROUPS[group.value]), [hall.speaker.pick(title)[0]]
            if group is Group.INCOME and command.named:
                told.append(say(N_("If money comes in by it: each giver is named")))
    return what, *(line for line in (*told, *_typed(hall, command)) if line)


def _typed(hall: Hall, command: ForTwo) -> list[str]:
    """The words of a command, and the decision it rests on."""
    text = getattr(command, "text", Words({}))
    decision = getattr(command, "decision", None)
    number = [hall.speaker.say(N_("Decision {number}"), number=decision)] if decision else []
    return [hall.speaker.pick(text)[0], *number]


def _partner(hall: Hall, command: ledger.RecordMoney | ledger.DiscloseSource) -> str:
    """Who gave it, and on what conditions; that nobody is named, where somebody should be."""
    known = {row.number: row.partner for row in hall.service.read(lambda views: views.ledger.sources())}
    name = hall.speaker.pick(known.get(command.source or 0, command.partner))[0]
    conditions = hall.speaker.pick(command.conditions)[0]
    if not name and isinstance(command, ledger.RecordMoney) and _asks_for_a_name(hall, command.postings):
        return hall.speaker.say(N_("No giver is named: it will stand there as unexplained."))
    return " · ".join(part for part in (name, conditions) if part)


def _asks_for_a_name(hall: Hall, postings: tuple[Posting, ...]) -> bool:
    known = book.teller(hall).accounts
    return any(each.minor < 0 and each.account in known and known[each.account].named for each in postings)


def _place(teller: Teller, command: ledger.RecordMoney) -> str:
    """Where money came to lie or was taken from; what was carried says so itself."""
    lies = [each for each in command.postings if teller.group(each.account) is Group.PLACE]
    if len(lies) != 1:
        return ""
    message = N_("Lies now in: {account}") if lies[0].minor > 0 else N_("Taken from: {account}")
    return teller.speaker.say(message, account=teller.name(lies[0].account))


def _record(hall: Hall, number: int) -> str:
    line, teller = book.record(hall, number), book.teller(hall)
    return f"{teller.headline(line)} · {teller.money(teller.size(line))} · {teller.words(line)[0]}" if line else ""
