"""The constitution on one page: seven lines with today's values, then what they fix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from hub.documents.blocks import Block, Document, Heading, Item, Row, Text
from hub.documents.foot import Sheet
from hub.documents.needs import words_or_gone
from hub.domain.articles import NAMES, Articles, Value, read
from hub.domain.base import N_, Money
from hub.views.constitution import HubCard, LineRow
from hub.words.speaker import Speaker

ARTICLES: Final[Mapping[str, str]] = {
    "forming_days": N_("The forming season lasts (days)"),
    "vouchers": N_("Members who vouch for a newcomer"),
    "voting_age": N_("Age from which one votes"),
    "dormant_months": N_("Months unseen until a member rests"),
    "quorum": N_("Share of members for a meeting to count"),
    "majority": N_("More than this share of votes decides"),
    "amendment": N_("Share of votes that changes this page"),
    "amendment_quorum": N_("Share of members for a change to count"),
    "walk_up": N_("Secret votes may be taken at the kiosk"),
    "ballot_days": N_("Days a secret vote is open"),
    "objection_days": N_("Days to object to a result"),
    "notice_days": N_("Days a meeting is announced before"),
    "rotation": N_("No one facilitates two meetings running"),
    "term_days": N_("Days a role lasts"),
    "trained": N_("Others a ledger keeper trains first"),
    "recall_petition": N_("Share of members who can start a recall"),
    "recall_days": N_("Days until a recall is voted"),
    "spending_limit": N_("The ledger keeper alone may spend up to"),
    "budget_days": N_("The posted budget is at most so many days old"),
    "split_at": N_("Members beyond which we become two"),
    "guests": N_("Guests may sign up for a meal"),
}


def constitution(sheet: Sheet, lines: Sequence[LineRow], articles: Articles, *, forming: bool) -> Document:
    """The page as it hangs on the wall."""
    say = sheet.speaker.say
    title = say(N_("Our rules on one page"))
    values = shown(sheet.speaker, sheet.card, articles)
    blocks: list[Block] = list(sheet.head(title))
    for line in lines:
        text, language = words_or_gone(sheet, line.text)
        blocks.append(Item(filled(text, values), mark=f"{line.number}.", lang=language))
    if forming:
        until = sheet.speaker.day(sheet.card.forming_until)
        blocks.append(
            Text(
                say(N_("We are still forming: until {day} a show of hands changes this page."), day=until), strong=True
            )
        )
    blocks.append(Heading(say(N_("The numbers behind the lines"))))
    blocks += [Row(say(ARTICLES[name]), values[name]) for name in NAMES]
    return Document("constitution", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def shown(speaker: Speaker, card: HubCard, articles: Articles) -> dict[str, str]:
    """Every parameter as a person reads it."""
    return {name: _shown(speaker, card, name, getattr(articles, name)) for name in NAMES}


def _shown(speaker: Speaker, card: HubCard, name: str, value: Value) -> str:
    if name == "spending_limit":
        return speaker.money(Money(int(value), card.currency, card.exponent))
    if isinstance(value, bool):
        return speaker.say(N_("yes")) if value else speaker.say(N_("no"))
    if isinstance(value, Fraction) and value == 1:
        return speaker.say(N_("all"))
    return str(value)


def amended_to(speaker: Speaker, card: HubCard, name: str, written: str) -> str:
    """A parameter's new value as the page writes it; as it stands in the log where that is not known."""
    try:
        return _shown(speaker, card, name, read(name, written))
    except (KeyError, ValueError):
        return written


def filled(text: str, values: Mapping[str, str]) -> str:
    """A line with its places filled. What is in braces and no article stays as it was typed."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
