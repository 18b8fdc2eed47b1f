"""Who are you: a card, scanned or typed; a PIN where the act asks for one; choosing it the first time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hub.client import Client, Refused, Shown
from hub.domain.base import N_, Tier
from kiosk.page import Button, Keypad, Line, Page, Press, Privacy, Reading, Typing
from kiosk.session import Session

LEAST, MOST = 4, 8
"""Digits of a PIN."""
LONGEST_CODE: Final = 40

Then = Callable[[Shown, str], None]
"""What happens once it is known who somebody is: the visit, and the code of the card that opened it."""


def known(session: Session, then: Press, tier: Tier = Tier.CARD, privacy: Privacy = Privacy.PERSONAL) -> None:
    """Go on once somebody is here as surely as `tier`; ask for what is missing, and only that."""
    if session.knows(tier):
        then()
        return

    def arrived(shown: Shown, card: str) -> None:
        session.welcome(shown, card)
        then()

    card = Card(session, arrived, tier, privacy)
    session.go(card)
    if session.person is not None:
        card.shown(session.card, session.person)


def second(session: Session, then: Press) -> None:
    """Ask for another member's card, beside the first; it is `session.second` until the act is done."""

    def arrived(shown: Shown, _: str) -> None:
        session.part()
        session.second = shown
        then()

    session.go(Card(session, arrived, Tier.CARD, Privacy.PERSONAL, other=True))


class Card:
    """Show a card to the scanner, or type its code."""

    def __init__(self, session: Session, then: Then, tier: Tier, privacy: Privacy, *, other: bool = False) -> None:
        self._session, self._then, self._tier, self._privacy, self._other = session, then, tier, privacy, other

    def page(self) -> Page:
        """What to do with a card, and what without one."""
        say = self._session.say
        title = say(N_("Now the second member")) if self._other else say(N_("Who are you?"))
        lines = [Line(say(N_("Hold your member card under the scanner.")))]
        if self._tier is Tier.PIN:
            lines.append(Line(say(N_("Then type your PIN."))))
        lines.append(Line(say(N_("No scanner? Type the code that is on your card."))))
        lines.append(Line(say(N_("No card, or lost it? Press “Join us” on the first screen."))))
        return Page(
            title,
            Reading(tuple(lines)),
            buttons=(Button(say(N_("Type the code")), self._type),),
            back=self._session.back,
            leave=self._session.leave,
            privacy=self._privacy,
            scan=self.take,
            name="card",
        )

    def _type(self) -> None:
        self._session.go(Code(self._session, self.take, self._privacy))

    def take(self, code: str) -> None:
        """A card's code came in."""
        session = self._session
        session.ask(lambda client: client.show_card(code), lambda shown: self.shown(code, shown))

    def shown(self, code: str, shown: Shown) -> None:
        """The hub knows this card; ask for the PIN where one is needed."""

        def done(shown: Shown) -> None:
            self._drop_steps()
            self._then(shown, code)

        if self._tier is not Tier.PIN:
            done(shown)
        elif shown.has_pin:
            self._session.instead(Pin(self._session, code, shown, done, self._privacy))
        else:
            self._session.instead(NewPin(self._session, code, shown, done, self._privacy))

    def _drop_steps(self) -> None:
        while isinstance(self._session.screen, STEPS):
            self._session.back()


class Code:
    """Type the code of a card."""

    def __init__(self, session: Session, take: Callable[[str], None], privacy: Privacy) -> None:
        self._session, self._take, self._privacy, self._code = session, take, privacy, ""

    def page(self) -> Page:
        """A field for the code."""
        say = self._session.say
        return Page(
            say(N_("The code on your card")),
            Typing(self._code, self._typed, hint=say(N_("Letters and digits; large or small does not matter."))),
            buttons=(Button(say(N_("Next")), self._next, main=True),),
            back=self._session.back,
            leave=self._session.leave,
            privacy=self._privacy,
            scan=self._take,
            name="card-code",
        )

    def _typed(self, text: str) -> None:
        self._code = text[:LONGEST_CODE]

    def _next(self) -> None:
        if not self._code.strip():
            self._session.trouble = self._session.say(N_("Type the code that is on your card."))
            return
        self._take(self._code.strip())


class Pin:
    """Type your PIN."""

    def __init__(
        self, session: Session, code: str, shown: Shown, then: Callable[[Shown], None], privacy: Privacy
    ) -> None:
        self._session, self._code, self._shown, self._then = session, code, shown, then
        self._privacy, self._digits = privacy, ""

    def page(self) -> Page:
        """A keypad; the digits show as dots."""
        say = self._session.say
        return Page(
            say(N_("Your PIN")),
            Keypad(self._digits, self._typed, secret=True, most=MOST),
            note=say(N_("Stand so that nobody sees your fingers.")),
            buttons=(Button(say(N_("Next")), self._next, main=True),),
            back=self._session.back,
            leave=self._session.leave,
            privacy=self._privacy,
            name="pin",
        )

    def _typed(self, digits: str) -> None:
        self._digits = digits[:MOST]

    def _next(self) -> None:
        session, code, pin = self._session, self._code, self._digits
        if len(pin) < LEAST:
            session.trouble = session.say(N_("A PIN has 4 to 8 digits."))
            return
        first = self._shown.visit
        self._digits = ""

        def work(client: Client) -> Shown:
            return _with_pin(client, code, pin, first)

        session.ask(work, self._then)


class NewPin:
    """Choose a PIN, twice the same: the first time somebody votes."""

    def __init__(
        self, session: Session, code: str, shown: Shown, then: Callable[[Shown], None], privacy: Privacy
    ) -> None:
        self._session, self._code, self._shown, self._then = session, code, shown, then
        self._privacy, self._digits, self._first = privacy, "", ""

    def page(self) -> Page:
        """A keypad, and what a PIN is for."""
        say = self._session.say
        again = bool(self._first)
        return Page(
            say(N_("The same PIN once more")) if again else say(N_("Choose a PIN")),
            Keypad(self._digits, self._typed, secret=True, most=MOST),
            note=say(N_("4 to 8 digits that only you know. With it nobody else can vote with your card.")),
            buttons=(Button(say(N_("Next")), self._next, main=True),),
            back=self._session.back,
            leave=self._session.leave,
            privacy=self._privacy,
            name="new-pin-again" if again else "new-pin",
        )

    def _typed(self, digits: str) -> None:
        self._digits = digits[:MOST]

    def _next(self) -> None:
        session, pin, say = self._session, self._digits, self._session.say
        if len(pin) < LEAST:
            session.trouble = say(N_("A PIN has 4 to 8 digits."))
        elif not self._first:
            self._first, self._digits, session.trouble = pin, "", ""
        elif pin != self._first:
            self._first = self._digits = ""
            session.trouble = say(N_("These two were not the same. Choose again."))
        else:
            self._choose(pin)

    def _choose(self, pin: str) -> None:
        code, visit = self._code, self._shown.visit
        self._first = self._digits = ""

        def work(client: Client) -> Shown:
            return _chosen(client, code, pin, visit)

        self._session.ask(work, self._then)


STEPS: Final = (Card, Code, Pin, NewPin)
"""The screens of this flow; they go once it is known who somebody is."""


def _with_pin(client: Client, code: str, pin: str, first: str) -> Shown:
    shown = client.show_card(code, pin)
    client.leave(first)
    return shown


def _chosen(client: Client, code: str, pin: str, visit: str) -> Shown:
    """Choose a PIN and show the card with it; asked again after a lost answer, it was chosen already."""
    try:
        client.choose_pin(visit, pin)
    except Refused as no:
        try:
            return _with_pin(client, code, pin, visit)
        except Refused:
            raise no from None
    return _with_pin(client, code, pin, visit)
