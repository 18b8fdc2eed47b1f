"""A page becomes a drawing: header, words, body and buttons, cut into parts that fit the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, assert_never

from hub.domain.base import N_
from kiosk import theme
from kiosk.page import Body, Button, Code, Keypad, Page, Picture, Reading, Rows, Tiles, Typing
from kiosk.theme import Ink
from kiosk.widgets import board, buttons, header, lines, pieces, reading, tiles
from kiosk.widgets.buttons import Verb
from kiosk.widgets.look import Look
from kiosk.widgets.pieces import Part, Piece
from kiosk.widgets.setting import Setting
from kiosk.widgets.shapes import Card, Drawing, Easel, Rect

STICKY: Final = 0.34
"""Of the free height: notes up to that stand on every part, longer ones on the first."""
PAD_WIDTH: Final = 66.0

Cutter = Callable[[float, float], list[Piece]]
"""A body's pieces for a width and the height of a part."""


def lay(page: Page, look: Look, setting: Setting) -> Drawing:
    """The part of the page that `look` is at, in the setting."""
    easel = Easel(float(setting.screen.width), setting.rtl)
    whole = Rect(0.0, 0.0, float(setting.screen.width), float(setting.screen.height))
    easel.add(Card(whole, Ink.GROUND))
    inner = Rect(setting.mm(theme.SIDE), setting.mm(2.5), whole.w - 2 * setting.mm(theme.SIDE), whole.h - setting.mm(5))
    if isinstance(page.body, Typing) and setting.wide:
        parts = _typing(page, page.body, look, setting, easel, inner)
    elif isinstance(page.body, Typing) and not _stands(page, look, setting, inner):
        parts = _typing_high(page, page.body, look, setting, easel, inner)
    elif isinstance(page.body, Keypad) and setting.wide:
        parts = _beside_pad(page, page.body, look, setting, easel, inner)
    else:
        parts = frame(page, look, setting, easel, inner, _cutter(page.body, look, setting))
    shapes, targets = easel.finish()
    main = next((button.press for button in page.buttons if button.main), None)
    return Drawing(shapes, targets, look.part, parts, setting.rtl, main, board.typed_by_hand(page.body, look))


def frame(page: Page, look: Look, setting: Setting, easel: Easel, at: Rect, cutter: Cutter) -> int:
    """Header, words, body, buttons in a place; returns how many parts the page has."""
    head = header.make(setting, page, at.w, paged=False)
    verbs = _verbs(page, setting, look, 1)
    parts, words, free = _parts(page, setting, at, head, verbs, cutter)
    if len(parts) > 1:
        head = header.make(setting, page, at.w, paged=True)
        parts, words, free = _parts(page, setting, at, head, _verbs(page, setting, look, 2), cutter)
        look.part = min(look.part, len(parts) - 1)
        verbs = _verbs(page, setting, look, len(parts), turning=True)
    else:
        look.part = 0
    count = setting.say(header.COUNTED, part=look.part + 1, parts=len(parts)) if len(parts) > 1 else ""
    head.draw(easel, at, count)
    pieces.draw(easel, (*words, *parts[look.part]), free)
    foot = buttons.ranks(setting, verbs, at.w)
    low = Rect(at.x, at.bottom - buttons.heights(setting, foot), at.w, 0.0)
    buttons.draw(setting, easel, foot, low)
    return len(parts)


def _parts(
    page: Page, setting: Setting, at: Rect, head: header.Header, verbs: Sequence[Verb], cutter: Cutter
) -> tuple[list[Part], Part, Rect]:
    """The parts, the words that stand on each of them, and the place they have."""
    gap = setting.mm(theme.GAP)
    foot = buttons.heights(setting, buttons.ranks(setting, verbs, at.w))
    top = at.y + head.height + gap
    free = Rect(at.x, top, at.w, at.bottom - foot - (gap if foot else 0.0) - top)
    above = [
        *head.rest,
        *lines.words(setting, page.trouble, at.w, free.h, trouble=True),
        *lines.words(setting, _noted(page), at.w, free.h),
    ]
    used = pieces.height_of(above) + (above[-1].gap if above else 0.0)
    if used <= free.h * STICKY or (used < free.h and not _long(page.body)):
        body = cutter(at.w, free.h - used)
        if not above or max((piece.height for piece in body), default=0.0) <= free.h - used:
            return pieces.cut(body, free.h - used), tuple(above), free
    return pieces.cut([*above, *cutter(at.w, free.h)], free.h), (), free


def _long(body: Body) -> bool:
    return not isinstance(body, Keypad | Typing)


def _noted(page: Page) -> str:
    caption = page.body.caption if isinstance(page.body, Picture) else ""
    return "\n".join(part for part in (page.note, caption) if part)


def _verbs(page: Page, setting: Setting, look: Look, parts: int, *, turning: bool = False) -> list[Verb]:
    """All buttons of a part, from the leading side. `turning`: with the places of those that turn to other parts."""
    say = setting.say
    verbs: list[Verb] = []
    if page.leave is not None:
        verbs.append(Verb(say(N_("Leave")), page.leave, quiet=True))
    if page.back is not None:
        verbs.append(Verb(say(N_("Back")), page.back, quiet=True))
    unseen = parts > 1 and look.part < parts - 1 and _marked(page.body)
    if turning or parts > 1:
        earlier, more = partial(look.turn, look.part - 1), partial(look.turn, look.part + 1)
        verbs.append(Verb(say(N_("Earlier")), earlier, local=True, hidden=look.part == 0))
        verbs.append(Verb(say(N_("More")), more, main=unseen, local=True, hidden=look.part >= parts - 1))
    verbs += [Verb(button.label, button.press) for button in page.buttons if not button.main]
    return verbs + [Verb(button.label, button.press, main=not unseen) for button in page.buttons if button.main]


def _marked(body: Body) -> bool:
    """Whether there is something to tick: then all of it is seen before one goes on."""
    return isinstance(body, Rows) and any(row.chosen is not None for row in body.rows)


def _cutter(body: Body, look: Look, setting: Setting) -> Cutter:
    match body:
        case Tiles(all_tiles):
            return lambda width, height: tiles.tiles(setting, all_tiles, width, height)
        case Rows():
            return lambda width, height: lines.rows(setting, body, width, height)
        case Reading(all_lines, done=True):
            return lambda width, height: reading.done(setting, all_lines, width, height)
        case Reading(all_lines):
            return lambda width, height: reading.reading(setting, all_lines, width, height)
        case Code():
            return lambda width, height: reading.code(setting, body, width, height)
        case Picture():
            return lambda width, height: reading.picture(setting, body, width, height)
        case Typing():
            return lambda width, height: _standing_board(setting, body, look, width, height)
        case Keypad():
            return lambda width, height: _standing_pad(setting, body, height)
        case _:
            assert_never(body)


# Boards


def _standing_board(setting: Setting, body: Typing, look: Look, width: float, height: float) -> list[Piece]:
    """Field over keyboard, on a screen that stands."""
    piece = _field_and_keys(setting, body, look, height)
    high = board.field_height(setting)
    hint = [] if board.hint_fits(setting, body, width, high) else lines.words(setting, body.hint, width, height)
    return [*hint, piece]


def _field_and_keys(setting: Setting, body: Typing, look: Look, height: float) -> Piece:
    _, rows = board.board_rows(setting, body, look)
    keys, gap = setting.mm(board.KEY + 0.2) * len(rows), setting.mm(theme.GAP)
    high = board.field_height(setting, 3 if body.many else 1)
    high = max(board.field_height(setting), min(high, height - keys - gap))

    def draw(easel: Easel, at: Rect) -> None:
        board.draw_field(setting, easel, body, Rect(at.x, at.y, at.w, high))
        board.draw_board(setting, easel, body, look, Rect(at.x, at.bottom - keys, at.w, keys))

    return Piece(high + gap + keys, draw, grows=True)


def _stands(page: Page, look: Look, setting: Setting, at: Rect) -> bool:
    """Whether header, words, field, keyboard and buttons all have room on a screen that stands."""
    head = header.make(setting, page, at.w, paged=False)
    cutter = _cutter(page.body, look, setting)
    parts, words, free = _parts(page, setting, at, head, _verbs(page, setting, look, 1), cutter)
    return len(parts) == 1 and pieces.height_of((*words, *parts[0])) <= free.h


def _typing_high(page: Page, body: Typing, look: Look, setting: Setting, easel: Easel, at: Rect) -> int:
    """On a screen that stands: the words on parts of their own, then field and keyboard over the buttons."""
    parts = _words_first(page, body, look, setting, easel, at)
    if look.part == parts - 1:
        foot = buttons.ranks(setting, _board_verbs(page, setting, partial(look.turn, 0)), at.w)
        high = buttons.heights(setting, foot)
        buttons.draw(setting, easel, foot, Rect(at.x, at.bottom - high, at.w, high))
        room = Rect(at.x, at.y, at.w, at.h - high - setting.mm(theme.GAP))
        pieces.draw(easel, (_field_and_keys(setting, body, look, room.h),), room)
    return parts


def _standing_pad(setting: Setting, body: Keypad, height: float) -> list[Piece]:
    keys, high = setting.mm(board.MOST_KEY) * 4, board.field_height(setting)
    keys = min(keys, max(setting.mm(board.KEY) * 4, height - high - setting.mm(theme.GAP)))

    def draw(easel: Easel, at: Rect) -> None:
        board.draw_digits(setting, easel, body, Rect(at.x, at.y, at.w, high))
        board.draw_pad(setting, easel, body, Rect(at.x, at.bottom - keys, at.w, keys))

    return [Piece(high + setting.mm(theme.GAP) + keys, draw)]


def _beside_pad(page: Page, body: Keypad, look: Look, setting: Setting, easel: Easel, at: Rect) -> int:
    """The keypad on the trailing side of a lying screen, all else beside it."""
    wide = min(setting.mm(PAD_WIDTH), at.w * 0.42)
    high = min(at.h, setting.mm(21) * 4)
    pad = Rect(at.right - wide, at.y + (at.h - high) / 2, wide, high)
    rest = Rect(at.x, at.y, at.w - wide - setting.mm(4), at.h)
    field = board.field_height(setting)

    def draw(easel: Easel, place: Rect) -> None:
        board.draw_digits(setting, easel, body, Rect(place.x, place.y, place.w, field))

    parts = frame(page, look, setting, easel, rest, lambda _width, _height: [Piece(field, draw)])
    board.draw_pad(setting, easel, body, pad)
    return parts


def _typing(page: Page, body: Typing, look: Look, setting: Setting, easel: Easel, at: Rect) -> int:
    """Field and keyboard of a lying screen. Words for which there is no room stand on parts before it."""
    _, rows = board.board_rows(setting, body, look)
    keys = max(setting.mm(board.KEY) * len(rows), min(setting.mm(board.MOST_KEY) * len(rows), at.h * 0.6))
    gap = setting.mm(1.2)
    keyboard = Rect(
        at.x - setting.mm(board.APART), at.bottom - keys + setting.mm(1.5), at.w + 2 * setting.mm(board.APART), keys
    )
    top = header.Compact.make(setting, page, _board_verbs(page, setting), at.w)
    room = keyboard.y - at.y - top.height - 2 * gap
    words = _short_words(page, setting, body, at.w, room, gap) if top.whole else None
    if words is None:
        parts = _words_first(page, body, look, setting, easel, at)
        if look.part < parts - 1:
            return parts
        again = _board_verbs(page, setting, partial(look.turn, 0))
        top = header.Compact.make(setting, page, again, at.w)
        words = []
    else:
        parts, look.part = 1, 0
    top.draw(setting, easel, at)
    place = Rect(at.x, at.y + top.height + gap, at.w, keyboard.y - gap - at.y - top.height - gap)
    used = pieces.height_of(words) + (gap if words else 0.0)
    pieces.draw(easel, tuple(words), place)
    high = place.h - used
    if not body.many:
        high = min(high, board.field_height(setting) * 1.3)
    board.draw_field(setting, easel, body, Rect(place.x, place.y + used, place.w, high))
    board.draw_board(setting, easel, body, look, keyboard)
    return parts


def _short_words(
    page: Page, setting: Setting, body: Typing, width: float, room: float, gap: float
) -> list[Piece] | None:
    """Trouble and note in small letters above the field; None where there is no room for them."""
    field = board.field_height(setting)
    words = header.small_words(setting, page.trouble, width, Ink.ALERT, bold=True)
    for text in (page.note, " · ".join(page.corner)):
        words += header.small_words(setting, text, width, Ink.SOFT)
    if not board.hint_fits(setting, body, width, field):
        words += header.small_words(setting, body.hint, width, Ink.SOFT)
    return words if pieces.height_of(words) + (gap if words else 0.0) + field <= room else None


def _words_first(page: Page, body: Typing, look: Look, setting: Setting, easel: Easel, at: Rect) -> int:
    """The parts with words, whose last button leads to the keys; returns all parts, the keyboard among them."""
    told = replace(page, note="\n".join(part for part in (page.note, body.hint) if part))

    def with_verb(count: int) -> Page:
        go_on = Button(setting.say(N_("Write")), partial(look.turn, count), main=True)
        return replace(told, buttons=(go_on,))

    count = frame(with_verb(0), Look(), setting, Easel(easel.width), at, _no_body)
    if look.part < count:
        frame(with_verb(count), look, setting, easel, at, _no_body)
    look.part = min(look.part, count)
    return count + 1


def _no_body(_width: float, _height: float) -> list[Piece]:
    return []


def _board_verbs(page: Page, setting: Setting, again: Callable[[], None] | None = None) -> list[Verb]:
    verbs = _verbs(page, setting, Look(), 1)
    if again is None:
        return verbs
    quiet = [verb for verb in verbs if verb.quiet]
    return [*quiet, Verb(setting.say(N_("Read")), again, quiet=True, local=True), *verbs[len(quiet) :]]
