"""The sheet that shows what a printer can do: scripts, bars, boxes, a code to scan."""

from __future__ import annotations

from typing import Final

from hub.documents.blocks import TICK, Bar, Box, Code, Document, Heading, Item, Row, Rule, Text
from hub.documents.foot import Sheet
from hub.domain.base import N_

SCRIPTS: Final = (
    ("en", "Bread for everyone, 12.50"),
    ("es", "Pan para todos, ¿mañana?"),
    ("vi", "Bánh mì cho mọi người"),
    ("ar", "خبز للجميع، 12.50"),
    ("zh", "人人有面包"),
    ("am", "እንጀራ ለሁሉም"),
    ("hi", "सबके लिए रोटी"),
    ("he", "לחם לכולם 12.50"),
)
"""One line in each script a sheet may bring."""
SHARES: Final = (25, 50, 75, 100)


def printer_test(sheet: Sheet) -> Document:
    """For whoever sets a printer up. It says nothing about anybody."""
    say = sheet.speaker.say
    title = say(N_("Printer test"))
    blocks = (
        *sheet.head(title),
        Text(say(N_("The line above must reach both edges: a tick for every millimetre, and no gap in it."))),
        Heading(say(N_("Letters"))),
        *(Text(text, lang=language) for language, text in SCRIPTS),
        Heading(say(N_("Bars and boxes"))),
        *(Bar(f"{share} %", share, 100, str(share)) for share in SHARES),
        Item(say(N_("A box to tick")), mark=TICK),
        Row(say(N_("At the two ends of a line")), "12.50"),
        Box(say(N_("A line to write on"))),
        Rule(),
        Code(f"trestle:{sheet.position}", say(N_("Scan this with any phone"))),
        Text(say(N_("If this sheet is whole and sharp, the printer is ready.")), strong=True),
    )
    return Document("printer_test", sheet.speaker.language, title, blocks)
