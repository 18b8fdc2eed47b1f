"""Pages to be afraid of: every body with long words, other scripts, sixty rows, nothing, two thousand letters."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

from PIL import Image

from kiosk.page import (
    Body,
    Button,
    Code,
    Icon,
    Keypad,
    Line,
    Page,
    Picture,
    Reading,
    Row,
    Rows,
    Style,
    Tile,
    Tiles,
    Typing,
)

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
ARABIC = "المطبخ يفتح في الساعة 18:30 وفيه 24 مكانا لكل من يريد"
MIXED = f"{ARABIC} and 12 more"
WORDS = "The back door sticks and somebody has to look at it before the winter comes again. "
ENDLESS = "".join(f"Number {n}: {WORDS}" for n in range(1, 30))[:2000].strip()


def nothing(*_: object) -> None:
    """A press."""


def buttons(*labels: str) -> tuple[Button, ...]:
    """The last one is the main one."""
    return tuple(Button(label, nothing, label == labels[-1]) for label in labels)


@cache
def sheet() -> bytes:
    """A long slip of paper with lines on it."""
    image = Image.new("L", (576, 1800), 255)
    for line in range(48):
        image.paste(0, (20, 20 + line * 36, 560, 40 + line * 36))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def bodies() -> Iterator[tuple[str, Body]]:
    """Every kind, tame and wild."""
    icons = [icon for icon in Icon if icon is not Icon.NONE]
    yield "tiles-six", Tiles(tuple(Tile(f"Choice {i}", "What it is for", icons[i], press=nothing) for i in range(6)))
    yield "tiles-long", Tiles(tuple(Tile(word, MIXED, icons[0], press=nothing) for word in (LONG, ARABIC, "One")))
    yield "tiles-many", Tiles(tuple(Tile(f"Choice {i}", "", icon, press=nothing) for i, icon in enumerate(icons)))
    yield "tiles-figures", Tiles(tuple(Tile("In the tin", "today", figure=f"€{n}4,407.20") for n in range(3)))
    yield "tiles-none", Tiles(())
    yield "rows-sixty", Rows(tuple(Row(f"Line {i} of sixty", "detail", f"{i}", press=nothing) for i in range(60)))
    yield "rows-none", Rows((), empty="Nobody asked for anything today. Come back tomorrow.")
    wild = (
        Row(LONG, LONG, "18:30", chosen=True, press=nothing),
        Row(ARABIC, MIXED, "12", chosen=False, press=nothing, lang="ar"),
        Row(ENDLESS, "", "", press=nothing),
        Row("Only to read", ENDLESS[:300], "a long mark"),
    )
    yield "rows-wild", Rows(wild)
    yield "reading", Reading(tuple(Line(WORDS.strip(), style) for style in Style if style is not Style.RULE))
    lines = (
        Line(ENDLESS),
        Line(LONG, Style.HEADING, value="€1,234,567.89"),
        Line(LONG, value=LONG),
        Line("", Style.RULE),
        Line(ARABIC, lang="ar", value="12", share=(1, 3)),
        Line("Nothing of nothing", share=(0, 0)),
        Line("नमस्ते ሰላም שלום 你好", Style.SMALL),
    )
    yield "reading-wild", Reading(lines)
    yield "reading-none", Reading(())
    yield "typing", Typing("Rosa", nothing, hint="Any name", name=True)
    yield (
        "typing-empty",
        Typing("", nothing, hint="In your own words. Everybody in the room will read this.", many=True),
    )
    yield "typing-long", Typing(ENDLESS, nothing, many=True, most=3000)
    yield "keypad", Keypad("12345678", nothing, secret=True)
    yield "keypad-number", Keypad("99", nothing, most=12)
    yield "picture", Picture(sheet(), "As it comes out of the printer")
    yield "code", Code("https://example.org/" + "x" * 120, (Line("Your card", Style.HEADING), Line(WORDS.strip())))


def pages() -> Iterator[Page]:
    """Every body in a plain page and in one with everything at once."""
    for name, body in bodies():
        yield Page("Maple Street Kitchen", body, buttons=buttons("Help", "Next"), leave=nothing, name=name)
        yield Page(
            "Which repair first? All of us may say, and nobody has to",
            body,
            note="3 ranked. Touch your next choice, or go on: you may stop here.",
            trouble="That did not work. What you typed is kept here. Try it again.",
            corner=("Sun 14:05", "Linked to 3 hubs"),
            buttons=buttons("Start over", "Print", "Check my vote"),
            back=nothing,
            leave=nothing,
            name=f"{name}-full",
        )
