"""One person's time at the screen: where they are, who they are, what the hub is doing for them.

No widget and no clock of its own: it is told when something is pressed, when time passes, and what the
hub answered, and says which page to draw. Everything a person brought with them ends with `leave`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from hub.client import Client, HubDown, Refused, Shown, VisitOver
from hub.domain.base import N_, Tier
from hub.words import Catalogue
from hub.words.speaker import Speaker
from kiosk.page import Button, Line, Page, Press, Privacy, Reading
from kiosk.worker import Answer, Worker

T = TypeVar("T")

WORKING, STILL, GIVE_UP = 0.3, 5.0, 10.0
"""Seconds after which a wait is said, said again, and may be left."""
RETRY: Final = 5.0
"""Seconds between two tries at a hub that is down."""
IDLE: Final = {Privacy.OPEN: 90.0, Privacy.PERSONAL: 60.0, Privacy.BALLOT: 120.0}
COUNTDOWN: Final = 45.0
SIZES: Final = (1.0, 1.4, 1.85)
"""Steps of the text's size."""
NOTICE: Final = 20.0
"""Seconds a notice stands on the first screen after somebody left."""


class Screen(Protocol):
    """One step of a flow: whatever it remembers, and the page it shows now."""

    def page(self) -> Page:
        """What to draw, made anew each time: cheap, and in today's language."""


@runtime_checkable
class Live(Protocol):
    """A screen that looks for news by itself while it is in front."""

    def refresh(self) -> None:
        """Time passed, called a few times a second: ask the hub in the background, now and then."""


@dataclass(slots=True)
class Errand:
    """Something the hub was asked to do while the person waits."""

    work: Callable[[Client], Any]
    then: Callable[[Any], None]
    refused: Callable[[Refused], None] | None
    began: float
    tried: float
    down: bool = False
    asked: bool = True


class Session:
    """The state of the screen. `changed` is called whenever another page is to be drawn.

    `first` makes the first screen; `clock` counts seconds and never goes back.
    """

    def __init__(
        self,
        worker: Worker,
        clock: Callable[[], float],
        catalogue: Catalogue,
        first: Callable[[Session], Screen],
        changed: Callable[[], None] = lambda: None,
        language: str = "en",
    ) -> None:
        self.catalogue = catalogue
        self.hub_language, self.zone = language, "UTC"
        self.language, self.size, self.contrast, self.volume = language, 0, False, 1
        self.person: Shown | None = None
        self.card = ""
        self.second: Shown | None = None
        self.trouble = ""
        self.notice = ""
        self.hall = ""
        """Where phones find the hub's pages, "http://10.42.0.1:8080"."""
        self.read_aloud: Press | None = None
        """Reads the page in front aloud, where this machine can speak."""
        self._noticed = 0.0
        self._worker, self._clock, self._first, self.changed = worker, clock, first, changed
        self._errand: Errand | None = None
        self._touched = clock()
        self._shown: tuple[int | None, int] = (None, 0)
        self._stack: list[Screen] = [first(self)]

    # What to say

    @property
    def speaker(self) -> Speaker:
        """The reader's language and the hub's clock."""
        return Speaker(self.catalogue, self.language, self.hub_language, self.zone)

    def say(self, message: str, /, **parameters: str | int) -> str:
        """A marked sentence in the reader's language."""
        return self.speaker.say(message, **parameters)

    def count(self, one: str, many: str, n: int, /, **parameters: str | int) -> str:
        """A sentence for a number of things."""
        return self.speaker.count(one, many, n, **parameters)

    def speak(self, language: str) -> None:
        """Go on in another language, at the same place."""
        self.language = language
        self._worker.do(lambda client: client.speak(language), lambda _: None)
        self.changed()

    # Where we are

    @property
    def now(self) -> float:
        """Seconds on the clock that never goes back."""
        return self._clock()

    @property
    def screen(self) -> Screen:
        """The screen in front."""
        return self._stack[-1]

    @property
    def depth(self) -> int:
        """How many screens lie on each other; 1 is the first."""
        return len(self._stack)

    def go(self, screen: Screen) -> None:
        """Put a screen in front."""
        self._stack.append(screen)
        self._fresh()

    def instead(self, screen: Screen) -> None:
        """Put a screen in the place of the one in front, which is done and not to be come back to."""
        if self.depth > 1:
            self._stack.pop()
        self.go(screen)

    def finish(self, screen: Screen) -> None:
        """A flow is done: its last screen stands on the first, so that Back does nothing twice."""
        del self._stack[1:]
        self.go(screen)

    def back(self) -> None:
        """One screen back."""
        if self.depth > 1:
            self._stack.pop()
        self._fresh()

    def home(self) -> None:
        """To the first screen; who showed a card stays known until they leave."""
        del self._stack[1:]
        self._fresh()

    def leave(self, notice: str = "") -> None:
        """Wipe: nothing of this person stays, and settings are the hub's own again."""
        visits = [shown.visit for shown in (self.person, self.second) if shown is not None]
        self.person = self.second = None
        self.card = ""
        self.language, self.size, self.contrast, self.volume = self.hub_language, 0, False, 1
        self._errand = None
        self.notice, self._noticed = notice, self._clock()
        self._stack = [self._first(self)]
        self._fresh()
        language = self.hub_language
        self._worker.do(lambda client: _goodbye(client, visits, language), lambda _: None)

    def _fresh(self) -> None:
        self.trouble = ""
        self._touched = self._clock()
        self.changed()

    # Who is here

    @property
    def visit(self) -> str:
        """The visit to act in; "" where nobody showed a card."""
        return self.person.visit if self.person else ""

    def knows(self, tier: Tier) -> bool:
        """Whether somebody is here, as surely as that."""
        return self.person is not None and self.person.tier >= tier

    def welcome(self, shown: Shown, card: str) -> None:
        """Somebody showed a card: they are greeted in their language, unless they chose one already.

        The card's code stays in memory until they leave, so that a PIN can be asked for later without it.
        """
        self.person, self.card = shown, card
        theirs = shown.language
        if self.language == self.hub_language != theirs and theirs in dict(self.catalogue.languages):
            self.speak(theirs)

    # What the hub does for us

    def ask(
        self,
        work: Callable[[Client], T],
        then: Callable[[T], None],
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Have something done while the person waits. A no is shown above the page, unless `refused` takes it.

        Where the hub is down the screen says so and the very same work is tried again: it must bear that, by
        an idempotency key made before.
        """
        now = self._clock()
        self._errand = Errand(work, then, refused, now, now)
        self._try(self._errand)
        self.changed()

    def look(self, work: Callable[[Client], T], then: Callable[[T], None], gone: Press = lambda: None) -> None:
        """Read something in the background; nobody waits. `gone` is called where the hub does not answer."""

        def done(told: Answer) -> None:
            if told.why is None:
                then(told.value)
            else:
                gone()

        self._worker.do(work, done)

    @property
    def busy(self) -> bool:
        """Whether the hub is doing something the person waits for."""
        return self._errand is not None

    def _try(self, errand: Errand) -> None:
        errand.tried, errand.asked = self._clock(), True
        self._worker.do(errand.work, lambda told: self._told(errand, told))

    def _told(self, errand: Errand, told: Answer) -> None:
        if errand is not self._errand:
            return  # they left meanwhile
        errand.asked = False
        if isinstance(told.why, HubDown):
            errand.down = True
            self.changed()
            return
        self._errand = None
        self._touched = self._clock()
        if told.why is None:
            self.trouble = ""
            errand.then(told.value)
        elif isinstance(told.why, VisitOver):
            self.leave(self._over(told.why, errand))
        elif isinstance(told.why, Refused) and errand.refused is not None:
            errand.refused(told.why)
        elif isinstance(told.why, Refused):
            self.trouble = told.why.message
        else:
            self.trouble = self.say(
                N_("That did not work: something is wrong in the hub itself. What you typed is kept here.")
            )
        self.changed()

    def _over(self, why: VisitOver, errand: Errand) -> str:
        """That the visit is over; with a ballot before it, what that means for the vote."""
        if self._page().privacy is not Privacy.BALLOT:
            return str(why)
        return f"{why} {self.say(_UNSURE if errand.down else _LOST[Privacy.BALLOT])}"

    # Touch and time

    def press(self, press: Press) -> None:
        """A button was pressed and let go. While the hub works, nothing else happens."""
        self._touched = self._clock()
        if self._errand is not None and not (self._errand.down or self._late()):
            return
        press()
        self.changed()

    def touched(self) -> None:
        """Somebody is here: a touch anywhere, a key, a card. What was hidden is shown again."""
        hidden = self.counting is not None
        self._touched = self._clock()
        if hidden:
            self.changed()

    @property
    def counting(self) -> int | None:
        """Seconds until the screen is wiped, while it asks whether somebody is still here."""
        page = self._page()
        if page.privacy is Privacy.OPEN:
            return None
        over = self._clock() - self._touched - IDLE[page.privacy]
        return max(0, int(COUNTDOWN - over + 0.999)) if over >= 0 else None

    def tick(self) -> None:
        """Time passed: go home, ask, hide, wipe, try again. Called a few times a second."""
        now, page = self._clock(), self._page()
        idle = now - self._touched
        errand = self._errand
        if errand is not None and errand.down and not errand.asked and now - errand.tried >= RETRY:
            self._try(errand)
        if self.notice and now - self._noticed >= NOTICE:
            self.notice = ""
            self.changed()
        if page.privacy is Privacy.OPEN:
            if idle >= IDLE[Privacy.OPEN] and (self.depth > 1 or self.person or self._changed_settings()):
                self.leave()
        elif idle >= IDLE[page.privacy] + COUNTDOWN:
            self._leave_now()
        if isinstance(self.screen, Live):
            self.screen.refresh()
        seen = (self.counting, self._phase())
        if seen != self._shown:
            self._shown = seen
            self.changed()

    def _changed_settings(self) -> bool:
        return (self.language, self.size, self.contrast) != (self.hub_language, 0, False)

    def _late(self) -> bool:
        return self._errand is not None and self._clock() - self._errand.began >= GIVE_UP

    def _phase(self) -> int:
        """How long the person has waited: 0 not at all or not long, then 1, 2, 3; 4 the hub is down."""
        if self._errand is None:
            return 0
        if self._errand.down:
            return 4
        waited = self._clock() - self._errand.began
        return sum(waited >= step for step in (WORKING, STILL, GIVE_UP))

    # The page

    def page(self) -> Page:
        """The page to draw now."""
        page = self._page()
        left = self.counting
        if left is not None:
            return self._still_there(left, page)
        phase = self._phase()
        return self._waiting(phase, page) if phase else page

    def _page(self) -> Page:
        page = self.screen.page()
        privacy = max(page.privacy, Privacy.PERSONAL) if self.person else page.privacy
        return replace(page, trouble=page.trouble or self.trouble, privacy=privacy)

    def _still_there(self, left: int, page: Page) -> Page:
        lost = page.privacy is Privacy.BALLOT
        text = self.say(_SOON_LOST) if lost else self.say(N_("What is on the screen is hidden. It is wiped soon."))
        count = self.count("{n} second left", "{n} seconds left", left)
        return Page(
            self.say(N_("Are you still there?")),
            Reading((Line(text), Line(count))),
            buttons=(
                Button(self.say(N_("Leave")), self._leave_now),
                Button(self.say(N_("Yes, go on")), self.touched, main=True),
            ),
            privacy=page.privacy,
            scan=page.scan,
            name="still-there",
        )

    def _leave_now(self) -> None:
        """Wipe, and say what that means for what was not sent, or of which nobody knows whether it arrived."""
        privacy = self._page().privacy
        lost = _UNSURE if privacy is Privacy.BALLOT and self._errand is not None else _LOST[privacy]
        self.leave(self.say(lost) if lost else "")

    def _waiting(self, phase: int, page: Page) -> Page:
        """The wait, in words. What was asked goes on; nobody presses twice."""
        if phase == 4:
            title = self.say(N_("The hub does not answer"))
            lines = [
                self.say(N_("What you typed is kept here. We try again every few seconds.")),
                self.say(N_("If you leave now, look later whether it was recorded.")),
            ]
        else:
            title = self.say(N_("Working...")) if phase == 1 else self.say(N_("Still working..."))
            lines = [self.say(N_("Please wait a moment."))]
        leave = (Button(self.say(N_("Leave")), self._leave_now),) if phase >= 3 else ()
        again = (Button(self.say(N_("Try again")), self._try_now, main=True),) if phase >= 3 else ()
        return Page(
            title,
            Reading(tuple(Line(line) for line in lines)),
            buttons=(*leave, *again),
            privacy=page.privacy,
            name="hub-down" if phase == 4 else "working",
        )

    def _try_now(self) -> None:
        if self._errand is not None and not self._errand.asked:
            self._try(self._errand)


def _goodbye(client: Client, visits: list[str], language: str) -> None:
    client.speak(language)
    for visit in visits:
        client.leave(visit)


_SOON_LOST: Final = N_("Your vote is not cast yet. It is hidden, and dropped soon.")
_UNSURE: Final = N_(
    "The hub did not answer, so nobody knows yet whether your vote was cast. "
    "Show your card and vote again: it counts once."
)
_LOST: Final = {
    Privacy.OPEN: "",
    Privacy.PERSONAL: N_("The screen was wiped."),
    Privacy.BALLOT: N_("Your vote was not cast."),
}
