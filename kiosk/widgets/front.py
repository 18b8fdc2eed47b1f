"""Between a session and the glass: which drawing is in front, and what touches and keys do to it. No Kivy."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Final

from kiosk import theme
from kiosk.page import Body, Keypad, Page, Press, Typing
from kiosk.scanner import KEYS, SHORTEST, Scanner
from kiosk.session import Session
from kiosk.theme import Palette, Screen
from kiosk.widgets import reading
from kiosk.widgets.hand import Hand
from kiosk.widgets.lay import lay
from kiosk.widgets.lettering import Lettering
from kiosk.widgets.look import Look
from kiosk.widgets.setting import Setting
from kiosk.widgets.shapes import Drawing, Target

HIDDEN: Final = "still-there"
"""Asks whether somebody is still here: its own buttons act, all else only shows again what is hidden."""
PASSING: Final = ("working", "hub-down", HIDDEN)
"""Pages of the session itself: what lies under them keeps its place."""
LOCKED: Final = "wipe"
"""The screen that ignores touches, while it is wiped with a wet cloth."""


class Front:
    """What is on the glass now. `changed` is called when it is to be painted again."""

    def __init__(self, session: Session, lettering: Lettering, screen: Screen, clock: Callable[[], float]) -> None:
        self.session, self.lettering, self.screen = session, lettering, screen
        self.hand, self.scanner = Hand(), Scanner()
        self.focus: int | None = None
        self.touched: Press = lambda: None
        """Called at each touch and key, before it acts, and where a page is hidden or wiped: the voice stops."""
        self.changed: Press = lambda: None
        self.turned: Press = lambda: None
        """Called where another page is in front, or what is wrong is said: whoever reads aloud begins."""
        self.forgotten: Press = lambda: None
        """Called once somebody left: whoever paints keeps nothing of it."""
        self._clock = clock
        self._looks: dict[tuple[int, str], Look] = {}
        self._unscanned: tuple[Callable[[str], None], str] | None = None
        self._woken = False
        """Whether the burst of a scanner under way began while the page was hidden."""
        self._stale = False
        self._page: Page = session.page()
        self._drawing: Drawing = self._lay()
        self._before = (self._key(), self._page.trouble)
        session.changed, session.wiped = self.refresh, self._forget

    @property
    def palette(self) -> Palette:
        """The colours of now."""
        return theme.palette(self.session.contrast)

    @property
    def page(self) -> Page:
        """The page in front."""
        self._renew()
        return self._page

    @property
    def drawing(self) -> Drawing:
        """How it is drawn."""
        self._renew()
        return self._drawing

    def refresh(self) -> None:
        """Something changed: the page is laid anew when it is next looked at, however often it changes until then."""
        self._stale = True
        self.changed()

    def _forget(self) -> None:
        """Somebody left: the first screen is drawn anew, and nothing is kept of what they saw, typed and touched."""
        self.touched()
        self.hand.forget()
        self.scanner.forget()
        self.focus = self._unscanned = None
        self._looks.clear()
        self.lettering.forget()
        reading.forget()
        self.forgotten()
        self.refresh()
        self._renew()

    def _renew(self) -> None:
        if not self._stale:
            return
        self._stale = False
        self._page = self.session.page()
        key, trouble = self._key(), self._page.trouble
        if key != self._before[0]:
            self.hand.changed(self._clock())
            self.focus = None
            if self._page.name == HIDDEN:
                self.touched()
            elif self._page.name not in PASSING:
                self.turned()
            if self.session.depth == 1 and self._page.name not in PASSING:
                self._looks.clear()
        elif trouble and trouble != self._before[1]:
            self._looks.pop(key, None)
            self.turned()
        self._before = (key, trouble)
        self._drawing = self._lay()
        if self.focus is not None and self.focus >= len(self._drawing.targets):
            self.focus = None

    def _key(self) -> tuple[int, str]:
        """What makes it another screen."""
        return id(self.session.screen), self._page.name or self._page.title

    def _lay(self) -> Drawing:
        look = self._looks.setdefault(self._key(), Look())
        session = self.session
        setting = Setting(self.screen, self.lettering, session.language, session.say, session.size)
        return lay(self._page, look, setting)

    def turn(self, part: int) -> None:
        """See another part of the page."""
        self._renew()
        self._looks[self._key()].turn(part)
        self.refresh()

    # Fingers

    def down(self, finger: Hashable, x: float, y: float) -> None:
        """A finger came down, in dots from the top left corner."""
        self._somebody(any(target.rect.has(x, y) for target in self.drawing.targets))
        if self.page.name != LOCKED:
            self.hand.down(finger, x, y, self.drawing.targets, self._clock())
        self.focus = None
        self.changed()

    def move(self, finger: Hashable, x: float, y: float) -> None:
        """A finger slid."""
        held = self.hand.held
        self.hand.move(finger, x, y, self.drawing.targets)
        if held != self.hand.held:
            self.changed()

    def up(self, finger: Hashable, x: float, y: float) -> None:
        """A finger was lifted."""
        target = self.hand.up(finger, x, y, self.drawing.targets, self._clock())
        self.changed()
        if target is not None:
            self._press(target)

    def _press(self, target: Target) -> None:
        if target.local:
            target.press()
            self.refresh()
        else:
            self.session.press(target.press)

    def _somebody(self, acts: bool = False) -> None:
        """Somebody is here. What is hidden is shown again, unless they act on what is asked."""
        self.touched()
        if self.page.name != LOCKED and not (acts and self.page.name == HIDDEN):
            self.session.touched()

    # Keys

    def scanned(self, scancode: int) -> bool:
        """A key by its place; True where it ended a scanner's burst and means nothing else, whatever was read."""
        code, first = self.scanner.key(scancode, self._clock()), self.scanner.keys == 1
        woken = scancode in KEYS and self.page.name == HIDDEN
        if woken:
            self._somebody()
        if first or woken:
            self._unscanned, self._woken = _to_unwrite(self.page.body), woken
        if self.scanner.ended < SHORTEST:
            return False
        self._somebody()
        if self._unscanned is not None and isinstance(self.page.body, Typing | Keypad):
            self._unscanned[0](self._unscanned[1])
            self.session.changed()
        self._unscanned = None
        if code and self.page.scan is not None and not self._woken:
            self.session.press(partial(self.page.scan, code))
        return True

    def letter(self, text: str) -> None:
        """A letter from a real keyboard; "\\b" is the key that takes one back."""
        hidden = self.page.name == HIDDEN
        self._somebody()
        if self.drawing.typed is not None and not hidden:
            self.session.press(partial(self.drawing.typed, text))

    def enter(self) -> None:
        """Enter: what has the focus, a new line, or the main button."""
        self._somebody(acts=True)
        targets = self.drawing.targets
        if self.page.name == LOCKED:
            return
        if self.focus is not None:
            self._press(targets[self.focus])
        elif isinstance(self.page.body, Typing) and self.page.body.many:
            self.letter("\n")
        elif self.drawing.enter is not None:
            self.session.press(self.drawing.enter)

    def step(self, by: int) -> None:
        """Move the focus along what can be pressed, keys of a board last of all."""
        self._somebody(acts=True)
        order = self._order()
        if not order:
            return
        if self.focus in order:
            self.focus = order[(order.index(self.focus) + by) % len(order)]
        else:
            self.focus = order[0] if by > 0 else order[-1]
        self.changed()

    def cross(self, across: int, down: int) -> None:
        """Move the focus to the nearest target that way, else to the next one in order."""
        targets = self.drawing.targets
        if self.focus is None:
            self.step(1)
            return
        here = targets[self.focus].rect
        x, y = here.x + here.w / 2, here.y + here.h / 2
        ways: list[tuple[float, int]] = []
        for number, target in enumerate(targets):
            dx, dy = target.rect.x + target.rect.w / 2 - x, target.rect.y + target.rect.h / 2 - y
            along, beside = (dx * across, abs(dy)) if across else (dy * down, abs(dx))
            if along > 1:
                ways.append((along + 2 * beside, number))
        self._somebody(acts=True)
        if ways:
            self.focus = min(ways)[1]
        self.changed()

    def _order(self) -> list[int]:
        numbers = range(len(self.drawing.targets))
        return sorted(numbers, key=lambda number: self.drawing.targets[number].key)


def _to_unwrite(body: Body) -> tuple[Callable[[str], None], str] | None:
    """What brings back a field as it stands now: a scanner writes into it before anybody knows that it is one."""
    match body:
        case Typing():
            return body.typed, body.text
        case Keypad():
            return body.typed, body.digits
        case _:
            return None
