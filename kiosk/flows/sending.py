"""A form on its way to the hub, once it is known who sends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hub.client import Receipt, Shown, fresh_key
from hub.domain.base import Command, Tier
from kiosk.flows.who import known, second
from kiosk.session import Session

Then = Callable[[Receipt], None]
Newcomer = Mapping[str, object]
"""What somebody without a card says of themselves: a name, a language, how to reach them."""


@dataclass(slots=True)
class Sending:
    """One form. The same content goes under the same key, however often it is tried; other content, another key."""

    session: Session
    _sent: object = None
    _key: str = ""

    def send(self, command: Command, then: Then, newcomer: Newcomer | None = None) -> None:
        """Send it as whoever is here; nobody need have shown a card."""
        self._submit(command, then, newcomer=newcomer)

    def signed(self, command: Command, then: Then, tier: Tier = Tier.CARD) -> None:
        """Send it with a card, or a PIN: it is asked for where there was none."""
        known(self.session, lambda: self._submit(command, then), tier)

    def with_second(self, command: Command, then: Then) -> None:
        """Send it as two members: each shows a card."""
        session = self.session

        def submit() -> None:
            self._submit(command, done, second=session.second)

        def done(receipt: Receipt) -> None:
            session.part()
            then(receipt)

        known(session, lambda: second(session, submit))

    def _submit(
        self, command: Command, then: Then, newcomer: Newcomer | None = None, second: Shown | None = None
    ) -> None:
        """Under one key for the same people, too, where their visits are new ones: the hub was started again."""
        person = self.session.person
        visits = [each.visit if each else "" for each in (person, second)]
        key = self._key_for((command, newcomer, *(each.member if each else "" for each in (person, second))))
        self.session.ask(
            lambda client: client.submit(command, key=key, visit=visits[0], second=visits[1], newcomer=newcomer), then
        )

    def _key_for(self, content: object) -> str:
        if content != self._sent:
            self._sent, self._key = content, fresh_key()
        return self._key
