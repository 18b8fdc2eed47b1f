"""Keys on the glass: the keyboard, the keypad, and the field they write in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from hub.domain.base import N_
from kiosk import theme
from kiosk.page import Keypad, Press, Typing
from kiosk.theme import Ink
from kiosk.widgets.keys import Does, Key, cased, keyboard
from kiosk.widgets.lettering import Face, direction_of
from kiosk.widgets.look import Board, Look
from kiosk.widgets.setting import Block, Setting, block
from kiosk.widgets.shapes import Card, Easel, Mark, Rect, Side, Sign, Target

KEY: Final = 12.75
"""Height of a key with the free space around it, in millimetres."""
MOST_KEY: Final = 16.0
APART: Final = 1.1
"""Half of the free space between two keys."""
PAD_ROWS: Final = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("", "0", "\b"))
DOT: Final = 3.4
"""Of a hidden digit, in millimetres."""
_SIGNS: Final = {Does.ERASE: Sign.ERASE, Does.LINE: Sign.NEW_LINE}


def board_rows(setting: Setting, body: Typing, look: Look) -> tuple[int, list[tuple[Key, ...]]]:
    """Columns and rows of the keyboard in front."""
    return keyboard(setting.language, look.board, wide=setting.wide, many=body.many)


def draw_board(setting: Setting, easel: Easel, body: Typing, look: Look, at: Rect) -> None:
    """The keyboard. Its keys stand as on any keyboard, in a mirrored page too; letters in their order run its way."""
    columns, rows = board_rows(setting, body, look)
    since, pitch, height = easel.fix(), at.w / columns, at.h / len(rows)
    for row, keys in enumerate(rows):
        x = at.x
        for key in keys:
            place = Rect(x, at.y + row * height, pitch * key.wide, height)
            if key.does is not Does.REST:
                _draw_key(setting, easel, body, look, key, place)
            x += place.w
    if setting.wide or look.board is not Board.LETTERS:
        easel.fixed(since, at)


def capitals(body: Typing, look: Look) -> bool:
    """Whether the next letter is a capital: shift, or the beginning of a name's word."""
    if look.shift is not None:
        return look.shift
    return body.name and (not body.text or body.text[-1] in " -'")


def after(body: Typing, letter: str) -> str:
    """The text after a letter, "\\b" takes one back; never longer than it may be."""
    if letter == "\b":
        return body.text[:-1]
    if letter == "\n" and not body.many:
        return body.text
    return (body.text + letter)[: body.most]


def _draw_key(setting: Setting, easel: Easel, body: Typing, look: Look, key: Key, place: Rect) -> None:
    upper = capitals(body, look) and cased(setting.language, look.board)
    letter = key.letter.upper() if upper and len(key.letter.upper()) == 1 else key.letter
    press, label = _meaning(setting, body, look, key, letter, upper)
    local = key.does in (Does.SHIFT, Does.LETTERS, Does.DIGITS, Does.ACCENTS)
    plain = key.does in (Does.LETTER, Does.SPACE)
    _key(
        setting, easel, Target(place, press, label, key=True, local=local), _face_of(setting, key, letter, upper), plain
    )


def _meaning(setting: Setting, body: Typing, look: Look, key: Key, letter: str, upper: bool) -> tuple[Press, str]:
    say = setting.say

    def write(text: str) -> Press:
        def press() -> None:
            look.shift = None
            body.typed(after(body, text))

        return press

    match key.does:
        case Does.ERASE:
            return write("\b"), say(N_("Take back a letter"))
        case Does.SPACE:
            return write(" "), say(N_("space"))
        case Does.LINE:
            return write("\n"), say(N_("New line"))
        case Does.SHIFT:
            return partial(look.lift, not upper), say(N_("Capital letters"))
        case Does.LETTERS | Does.DIGITS | Does.ACCENTS:
            return partial(look.take, Board(key.does.value)), _board_name(setting, key.does)
        case _:
            return write(letter), letter


def _board_name(setting: Setting, does: Does) -> str:
    arabic = setting.language.partition("-")[0] == "ar"
    letters = {"ar": "أبج"}.get(setting.language.partition("-")[0], "abc")
    return {Does.LETTERS: letters, Does.DIGITS: "123"}.get(does, "أإؤ" if arabic else "áñü")


def _face_of(setting: Setting, key: Key, letter: str, upper: bool) -> str | Sign:
    if key.does is Does.SHIFT:
        return Sign.SHIFTED if upper else Sign.SHIFT
    if key.does in _SIGNS:
        return _SIGNS[key.does]
    if key.does is Does.SPACE:
        return setting.say(N_("space"))
    return letter if key.does is Does.LETTER else _board_name(setting, key.does)


def _key(setting: Setting, easel: Easel, target: Target, shown: str | Sign, plain: bool) -> None:
    """One key: the whole place may be touched, the plate is a little smaller."""
    plate = target.rect.inset(setting.mm(APART))
    radius = setting.mm(1.6)
    of = easel.target(Target(target.rect, target.press, target.label, True, target.local, radius))
    fill = Ink.WHITE if plain else Ink.CARD
    easel.add(Card(plate, fill, Ink.THIN, setting.mm(0.3), radius, of))
    if isinstance(shown, Sign):
        size = min(setting.mm(7), plate.h - setting.mm(2), plate.w - setting.mm(2))
        spot = Rect(plate.x + (plate.w - size) / 2, plate.y + (plate.h - size) / 2, size, size)
        easel.add(Mark(spot, shown, Ink.TEXT, fill, of))
        return
    words = _fitting(setting, shown, plate.inset(setting.mm(1)))
    words.draw(
        easel, Rect(plate.x, plate.y + (plate.h - words.height) / 2, plate.w, words.height), fill, Side.MIDDLE, of
    )


def _fitting(setting: Setting, text: str, place: Rect) -> Block:
    """The largest letters up to a title's in which the words on a key fit."""
    sizes = [theme.TITLE * scale for scale in (1.15, 1.0)] if len(text) == 1 else []
    for em in (*sizes, theme.BODY, theme.SMALL):
        face = setting.face(em, scaled=False)
        if setting.lettering.width(text, face) <= place.w and face.line <= place.h + face.size * 0.3:
            return Block((text,), face, Ink.TEXT)
    return block(setting, text, setting.face(theme.SMALL, scaled=False), place.w)


# The field


def field_height(setting: Setting, lines: int = 1) -> float:
    """Of a field of some lines."""
    return setting.body().line * lines + setting.mm(2.4)


def draw_field(setting: Setting, easel: Easel, body: Typing, at: Rect) -> None:
    """What was typed, its end where all of it does not fit, and where the next letter goes."""
    pad = setting.mm(theme.PAD)
    easel.add(Card(at, Ink.WHITE, Ink.FOCUS, setting.mm(0.7), setting.mm(1.6)))
    inner = at.inset(pad, setting.mm(1.2))
    if inner.h < 2 * setting.body().line:
        inner = Rect(inner.x, at.y + (at.h - setting.body().line) / 2, inner.w, float(setting.body().line))
    if not body.text:
        _hint(setting, easel, body, inner)
        _caret(setting, easel, inner.x, inner.y)
        return
    face = setting.body()
    lines = _all_lines(setting, body.text, face, inner.w - setting.mm(1.5))
    fits = max(1, int((inner.h + 1) // face.line))
    shown = lines[-fits:]
    if len(lines) > fits:
        shown[0] = _cut_front(setting, shown[0], face, inner.w - setting.mm(1.5))
    y = inner.y
    Block(tuple(shown), face, Ink.TEXT).draw(easel, Rect(inner.x, y, inner.w, 0), Ink.WHITE)
    last = shown[-1]
    if setting.rtl and direction_of(last, face) == "ltr":
        _caret(setting, easel, inner.x - setting.mm(1.2), y + (len(shown) - 1) * face.line)
        return
    _caret(
        setting,
        easel,
        inner.x + setting.lettering.width(last, face) + setting.mm(0.5),
        y + (len(shown) - 1) * face.line,
    )


def _hint(setting: Setting, easel: Easel, body: Typing, inner: Rect) -> None:
    """What to write, in the empty field, where it fits; else it stands above."""
    if hint_fits(setting, body, inner.w + 2 * setting.mm(theme.PAD), inner.h + 2 * setting.mm(1.2)):
        words = block(setting, body.hint, setting.small(), inner.w - setting.mm(2), Ink.SOFT)
        y = inner.y + max(0.0, (min(inner.h, setting.body().line) - setting.small().line) / 2)
        words.draw(easel, Rect(inner.x + setting.mm(2), y, inner.w - setting.mm(2), 0), Ink.WHITE)


def hint_fits(setting: Setting, body: Typing, width: float, height: float) -> bool:
    """Whether a field of that size can hold the hint."""
    inner = width - 2 * setting.mm(theme.PAD) - setting.mm(2)
    words = block(setting, body.hint, setting.small(), inner, Ink.SOFT)
    return words.height <= height - 2 * setting.mm(1.2) + 1


def _all_lines(setting: Setting, text: str, face: Face, width: float) -> list[str]:
    """Broken lines; a space at the end is kept, so that the place of the next letter moves."""
    lines = [line for part in text.split("\n") for line in setting.lettering.wrap(part, face, width)]
    trailing = text[len(text.rstrip(" ")) :]
    free, blank = width - setting.lettering.width(lines[-1], face), setting.lettering.width("\u00a0", face)
    return [*lines[:-1], lines[-1] + "\u00a0" * min(len(trailing), int(max(0.0, free) / blank))]


def _cut_front(setting: Setting, line: str, face: Face, width: float) -> str:
    while line and setting.lettering.width("…" + line, face) > width:
        line = line[1:]
    return "…" + line


def _caret(setting: Setting, easel: Easel, x: float, y: float) -> None:
    easel.add(Card(Rect(x, y + setting.mm(0.4), setting.mm(0.6), setting.body().line - setting.mm(0.8)), Ink.FOCUS))


# The keypad


def draw_pad(setting: Setting, easel: Easel, body: Keypad, at: Rect) -> None:
    """Twelve keys as on a telephone; never mirrored."""
    since, wide, high = easel.fix(), at.w / 3, at.h / 4
    for row, digits in enumerate(PAD_ROWS):
        for column, digit in enumerate(digits):
            if not digit:
                continue
            place = Rect(at.x + column * wide, at.y + row * high, wide, high)
            label = setting.say(N_("Take back a digit")) if digit == "\b" else digit
            target = Target(place, partial(_press_digit, body, digit), label, key=True)
            _key(setting, easel, target, Sign.ERASE if digit == "\b" else digit, digit != "\b")
    easel.fixed(since, at)


def after_digit(body: Keypad, digit: str) -> str:
    """The digits after one more, or one less."""
    return body.digits[:-1] if digit == "\b" else (body.digits + digit)[: body.most]


def _press_digit(body: Keypad, digit: str) -> None:
    body.typed(after_digit(body, digit))


def draw_digits(setting: Setting, easel: Easel, body: Keypad, at: Rect) -> None:
    """The digits, or a dot for each that nobody else is to see."""
    easel.add(Card(at, Ink.WHITE, Ink.FOCUS, setting.mm(0.7), setting.mm(1.6)))
    inner = at.inset(setting.mm(theme.PAD), 0.0)
    if body.secret:
        _draw_dots(setting, easel, len(body.digits), inner)
        return
    face = setting.body(bold=True)
    while body.digits and setting.lettering.width(body.digits, face) > inner.w:
        face = Face(face.size - 2, face.bold, face.language)
    if body.digits:
        line = Rect(inner.x, at.y + (at.h - face.line) / 2, inner.w, float(face.line))
        Block((body.digits,), face, Ink.TEXT).draw(easel, line, Ink.WHITE, Side.MIDDLE)


def _draw_dots(setting: Setting, easel: Easel, count: int, at: Rect) -> None:
    size = setting.mm(DOT)
    step = min(size * 2, at.w / max(1, count))
    x = at.x + (at.w - step * (count - 1) - size) / 2
    for number in range(count):
        easel.add(Card(Rect(x + number * step, at.y + (at.h - size) / 2, size, size), Ink.TEXT, radius=size / 2))


def typed_by_hand(body: object, look: Look) -> Callable[[str], None] | None:
    """What a letter from a real keyboard does on a page with this body."""
    match body:
        case Typing():

            def write(letter: str) -> None:
                look.shift = None
                body.typed(after(body, letter))

            return write
        case Keypad():

            def dial(letter: str) -> None:
                if letter == "\b" or (letter.isdecimal() and letter.isascii()):
                    body.typed(after_digit(body, letter))

            return dial
        case _:
            return None
