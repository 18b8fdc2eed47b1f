"""What a screen shows, as plain values: a flow makes a Page, the widgets draw it, and neither knows the other.

Everything here is in the reader's language already. A press is a call; it acts on release and may be
pressed once. Pages of rows, tiles and reading are cut to the glass by whoever draws them: never scrolled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from typing import assert_never

Press = Callable[[], None]


class Icon(Enum):
    """The picture beside a word, never without one."""

    NONE = ""
    SIGNUP = "signup"
    WAITING = "waiting"
    JOIN = "join"
    ASK = "ask"
    OFFER = "offer"
    VOTE = "vote"
    BOOKS = "books"
    TOPIC = "topic"
    ROLES = "roles"
    HUBS = "hubs"
    HELP = "help"
    DESK = "desk"
    MONEY = "money"
    RULES = "rules"
    MINUTES = "minutes"
    REST = "rest"


class Privacy(IntEnum):
    """What is on the screen when somebody walks off: after how long it asks, and what a wipe loses."""

    OPEN = 0
    """No names and nothing typed: goes home after 90 s."""
    PERSONAL = 1
    """Somebody's own: asks after 60 s, hides, wipes 45 s later."""
    BALLOT = 2
    """An unsent ballot: asks after 120 s; a wipe says that the vote was not cast."""


@dataclass(frozen=True, slots=True)
class Button:
    """A verb. `main` is the step most people want next; it stands on the trailing side."""

    label: str
    press: Press
    main: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A large choice. `figure` is a big number in the icon's place; without a press it is only read."""

    label: str
    detail: str = ""
    icon: Icon = Icon.NONE
    figure: str = ""
    press: Press | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One of a list. `chosen` is None where nothing is chosen, else whether this one is (a tick and a border say it).

    `mark` is short and stands before the label. `lang` is set where the label is a person's own words.
    """

    label: str
    detail: str = ""
    mark: str = ""
    chosen: bool | None = None
    press: Press | None = None
    lang: str = ""


class Style(Enum):
    """How a line of reading is set."""

    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    RULE = "rule"
    CHOSEN = "chosen"
    """What somebody chose, as it looked when they chose it: in a box, with a tick."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of reading; `value` stands at the far end, `share` = (part, whole) is drawn as a bar below."""

    text: str
    style: Style = Style.BODY
    value: str = ""
    lang: str = ""
    share: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Tiles:
    """Large choices in a grid."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list to choose from; `empty` is said where there is nothing: what is true, and the next step."""

    rows: tuple[Row, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Text to read, from top to bottom. `done`: with a large tick, for what has just been done."""

    lines: tuple[Line, ...]
    done: bool = False


@dataclass(frozen=True, slots=True)
class Typing:
    """A field and our keyboard. `typed` is told the whole text at each key.

    `many` allows several lines; `name` begins words with a capital; `most` characters at most.
    """

    text: str
    typed: Callable[[str], None]
    hint: str = ""
    many: bool = False
    name: bool = False
    most: int = 120


@dataclass(frozen=True, slots=True)
class Keypad:
    """Digits: a PIN (`secret`, shown as dots) or a number."""

    digits: str
    typed: Callable[[str], None]
    secret: bool = False
    most: int = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """A sheet as it prints: a PNG, black on white, cut into pages of the screen's height."""

    png: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code for a phone or to be written down, with the words beside it."""

    content: str
    lines: tuple[Line, ...] = ()


Body = Tiles | Rows | Reading | Typing | Keypad | Picture | Code


@dataclass(frozen=True, slots=True)
class Page:
    """One screen. `trouble` stands above the body: what is wrong and what to do; the answers are kept.

    `corner` are one or two short lines at the far end of the header. `scan` takes a scanned card.
    """

    title: str
    body: Body
    note: str = ""
    trouble: str = ""
    corner: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    back: Press | None = None
    leave: Press | None = None
    privacy: Privacy = Privacy.OPEN
    scan: Callable[[str], None] | None = None
    name: str = ""
    """What tests, pictures and docs call this screen; people never see it."""


def spoken(page: Page) -> Iterator[tuple[str, str]]:
    """The page read aloud: (text, language or "" for the reader's own), in the order of the keypad's focus."""
    for text in (page.title, page.note, page.trouble):
        if text:
            yield text, ""
    yield from _spoken(page.body)
    for button in page.buttons:
        yield button.label, ""


def audible(page: Page) -> Page:
    """The page as a room may hear it: without what was typed, and without the code of a card."""
    match page.body:
        case Typing() as field:
            return replace(page, body=replace(field, text=""))
        case Code(content, lines):
            return replace(page, body=Code(content, tuple(line for line in lines if line.text != content)))
        case _:
            return page


def _spoken(body: Body) -> Iterator[tuple[str, str]]:
    match body:
        case Tiles(tiles):
            for tile in tiles:
                yield " ".join(part for part in (tile.label, tile.figure, tile.detail) if part), ""
        case Rows(rows, empty):
            if not rows:
                yield empty, ""
            for row in rows:
                yield " ".join(part for part in (row.mark, row.label) if part), row.lang
                if row.detail:
                    yield row.detail, ""
        case Reading(lines=lines) | Code(lines=lines):
            for line in lines:
                if line.text or line.value:
                    yield " ".join(part for part in (line.text, line.value) if part), line.lang
        case Typing(text, hint=hint):
            yield text or hint, ""
        case Keypad(digits, secret=secret):
            yield "" if secret else digits, ""
        case Picture(caption=caption):
            yield caption, ""
        case _:
            assert_never(body)
