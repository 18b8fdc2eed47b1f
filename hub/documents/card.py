"""The member card: what opens the kiosk for one person. It shows no full name."""

from __future__ import annotations

from hub.documents.blocks import Code, Document, Rule, Text
from hub.documents.foot import Sheet
from hub.domain.base import DAY, N_, Millis


def member_card(sheet: Sheet, name: str, code: str) -> Document:
    """A card with its code. The code exists on this sheet and in no file of the hub."""
    say = sheet.speaker.say
    title = say(N_("Member card"))
    first = name.split()[0] if name.split() else ""
    blocks = (
        *sheet.head(title),
        Text(first, strong=True),
        Code(code, say(N_("Show this code at the kiosk, or type it"))),
        Rule(),
        Text(say(N_("Choose a PIN of 4 to 8 digits at the kiosk. You need it to vote in secret."))),
        Text(say(N_("Lost it? Two members can make out a new one; this one then stops working.")), small=True),
        Text(
            say(
                N_("This paper fades. Ask two members for a new one before {day}."),
                day=sheet.speaker.day(_fades(sheet)),
            ),
            small=True,
        ),
    )
    return Document("card", sheet.speaker.language, title, blocks)


def _fades(sheet: Sheet) -> Millis:
    """When a thermal print in a pouch should be renewed: a year on."""
    return Millis(sheet.now + 365 * DAY)
