"""New cards, handed over one by one: printed, or copied from the screen. The codes are nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.client import Client, Print, fresh_key
from hub.domain.base import N_
from kiosk.flows import paper
from kiosk.flows.steps import Act, buttons
from kiosk.page import Code, Line, Page, Privacy, Style
from kiosk.session import Session

ONCE: Final = N_("This is shown only now. Nobody can look it up later, not even the hub.")


class Cards:
    """Each new card: (member, name, code). It goes on to the next, and ends on the first screen."""

    def __init__(self, session: Session, cards: Sequence[tuple[str, str, str]]) -> None:
        self._session, self._cards = session, cards
        self._keys = [fresh_key() for _ in cards]
        self._at = 0
        self._printed = False

    def page(self) -> Page:
        """One card: its code as a picture and in letters, and how to get it onto paper."""
        session, say = self._session, self._session.say
        _, name, code = self._cards[self._at]
        of = say(N_("Card {n} of {all}"), n=self._at + 1, all=len(self._cards))
        sent = N_("All cards are on their way to the printer. Look here if one is missing.")
        lines = (
            Line(name, Style.HEADING),
            Line(code, Style.STRONG),
            Line(say(N_("No printer? Copy these letters and digits."))),
            Line(say(ONCE), Style.SMALL),
        )
        return Page(
            say(N_("Your member card")),
            Code(code, lines),
            note=say(sent) if self._printed else "",
            corner=(of,) if len(self._cards) > 1 else (),
            buttons=buttons(session, self._acts()),
            leave=session.leave,
            privacy=Privacy.PERSONAL,
            name="new-card",
        )

    def _acts(self) -> Sequence[Act]:
        more = self._at + 1 < len(self._cards)
        every = (Act(N_("Print all cards"), self._print_all),) if len(self._cards) > 1 and not self._printed else ()
        on = (
            Act(N_("Next card"), self._next, main=True) if more else Act(N_("It is handed over"), self._over, main=True)
        )
        return (*every, Act(N_("Print this card"), self._print), on)

    def _next(self) -> None:
        self._at += 1
        self._session.trouble = ""

    def _over(self) -> None:
        self._session.leave()

    def _print(self) -> None:
        session, at = self._session, self._at
        (member, _, code), key, visit = self._cards[at], self._keys[at], self._session.visit
        session.ask(
            lambda client: client.print_card(member, code, key, visit),
            lambda job: session.go(paper.Printing(session, job)),
        )

    def _print_all(self) -> None:
        session, visit = self._session, self._session.visit
        run = list(zip(self._cards, self._keys, strict=True))

        def work(client: Client) -> list[Print]:
            return [client.print_card(member, code, key, visit) for (member, _, code), key in run]

        session.ask(work, self._all_sent)

    def _all_sent(self, _: Sequence[Print]) -> None:
        self._printed = True
