"""One person's time at the screen: where they are, who they are, what the hub is doing for them.

No widget and no clock of its own: it is told when something is pressed, when time passes, and what the
hub answered, and says which page to draw. Everything a person brought with them ends with `leave`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from hub.client import Client, Refused, Shown, VisitOver
from hub.domain.base import N_, Tier
from hub.words import Catalogue
from hub.words.speaker import Speaker
from kiosk import away
from kiosk.errand import Errand, Errands, Wait, waiting
from kiosk.page import Page, Press, Privacy
from kiosk.stack import Live, Screen, Stack
from kiosk.worker import Answer, Worker

T = TypeVar("T")

SIZES: Final = (1.0, 1.4, 1.85)
"""Steps of the text's size."""
ONCE_MORE: Final = N_("The hub was started again. What you typed is still here: please press once more.")
NOTICE: Final = 20.0
"""Seconds a notice stands on the first screen after somebody left."""


class Session(Stack):
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
        """Begins to read pages aloud, or stops, where this machine can speak."""
        self.aloud = False
        """Whether each page is read aloud as it comes in front, until somebody leaves."""
        self.wiped: Press = lambda: None
        """Called once somebody left: whoever draws and speaks keeps nothing of what was shown."""
        self._noticed = 0.0
        self._worker, self._clock, self._first, self.changed = worker, clock, first, changed
        self._errands = Errands(worker, clock, self._ended, self._draw)
        self._touched = clock()
        self._shown: tuple[int | None, int] = (None, 0)
        super().__init__(first(self))

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

    def leave(self, notice: str = "") -> None:
        """Wipe: nothing of this person stays, and settings are the hub's own again."""
        visits = [shown.visit for shown in (self.person, self.second) if shown is not None]
        self.person = self.second = None
        self.card, self.aloud = "", False
        self.language, self.size, self.contrast, self.volume = self.hub_language, 0, False, 1
        self._errands.drop()
        self.notice, self._noticed = notice, self._clock()
        self._screens = [self._first(self)]
        self._moved()
        self.wiped()
        language = self.hub_language
        self._worker.do(lambda client: _goodbye(client, visits, language), lambda _: None)

    def _moved(self) -> None:
        self.trouble = ""
        self._touched = self._clock()
        self.changed()

    def _draw(self) -> None:
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

    def part(self) -> None:
        """The second member's part is over: their visit ends, whoever showed the first card stays."""
        other, self.second = self.second, None
        if other is not None:
            self.look(lambda client: client.leave(other.visit), lambda _: None)

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
        self._errands.run(work, then, refused)
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
        return self._errands.busy

    def _ended(self, errand: Errand, told: Answer) -> None:
        self._touched = self._clock()
        match told.why:
            case None:
                self.trouble = ""
                errand.then(told.value)
            case VisitOver() as why:
                self._over(why, errand)
            case Refused() as why if errand.refused is not None:
                errand.refused(why)
            case Refused() as why:
                self.trouble = why.message
            case _:
                self.trouble = self.say(
                    N_("That did not work: something is wrong in the hub itself. What you typed is kept here.")
                )
        self.changed()

    def _over(self, why: VisitOver, errand: Errand) -> None:
        """The hub was started again: show the card once more, so that nothing typed is lost. A ballot is dropped."""
        ballot = self._page().privacy is Privacy.BALLOT
        if self.person is None or self.depth == 1 or ballot:
            self.leave(f"{why} {self.say(away.lost(Privacy.BALLOT, sent=errand.down))}" if ballot else str(why))
            return
        card = self.card

        def shown(shown: Shown) -> None:
            self.person, self.second = shown, None
            self.trouble = self.say(ONCE_MORE)

        self.ask(lambda client: client.show_card(card), shown, lambda _: self.leave(str(why)))

    # Touch and time

    def press(self, press: Press) -> None:
        """A button was pressed and let go. While the hub works, nothing else happens."""
        self._touched = self._clock()
        if self.busy and self._errands.wait < Wait.LATE:
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
        return away.seconds_left(self._page().privacy, self._clock() - self._touched)

    def tick(self) -> None:
        """Time passed: go home, ask, hide, wipe, try again. Called a few times a second."""
        now, privacy = self._clock(), self._page().privacy
        self._errands.tick()
        if self.notice and now - self._noticed >= NOTICE:
            self.notice = ""
            self.changed()
        if away.over(privacy, now - self._touched) and (privacy is not Privacy.OPEN or self._used):
            self._leave_now()
        if isinstance(self.screen, Live):
            self.screen.refresh()
        seen = (self.counting, self._errands.wait)
        if seen != self._shown:
            self._shown = seen
            self.changed()

    @property
    def _used(self) -> bool:
        """Whether anything is other than when nobody has been here."""
        settings = (self.language, self.size, self.contrast)
        return self.depth > 1 or self.person is not None or settings != (self.hub_language, 0, False)

    # The page

    def page(self) -> Page:
        """The page to draw now."""
        page, left, wait = self._page(), self.counting, self._errands.wait
        if left is not None:
            seconds = self.count("{n} second left", "{n} seconds left", left)
            return away.still_there(self.say, seconds, page, self._leave_now, self.touched)
        if wait is Wait.SHORT:
            return page
        return waiting(self.say, wait, page.privacy, self._leave_now, self._errands.again)

    def _page(self) -> Page:
        page = self.screen.page()
        privacy = max(page.privacy, Privacy.PERSONAL) if self.person else page.privacy
        return replace(page, trouble=page.trouble or self.trouble, privacy=privacy)

    def _leave_now(self) -> None:
        """Wipe, and say what that means for what was not sent, or of which nobody knows whether it arrived."""
        lost = away.lost(self._page().privacy, sent=self.busy)
        self.leave(self.say(lost) if lost else "")


def _goodbye(client: Client, visits: list[str], language: str) -> None:
    client.speak(language)
    for visit in visits:
        client.leave(visit)
