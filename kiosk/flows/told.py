"""What the hub says in words: said again when the reader chooses another language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hub.client import Client
from kiosk.session import Session
from kiosk.stack import Screen

Question = Callable[[Client], Any]


def named(name: str, visit: str = "", **parameters: int | str) -> Question:
    """The question for what the API reads under a name, as who visits may see it."""

    def question(client: Client) -> object:
        return client.read(name, visit, **parameters)

    return question


class Told:
    """An answer of the hub's, in today's language as soon as the hub has said it again."""

    def __init__(self, session: Session, question: Question, answer: Any) -> None:
        self._session, self._question, self._answer = session, question, answer
        self._language = session.language

    @property
    def now(self) -> Any:
        """What was answered last."""
        session = self._session
        if session.language != self._language:
            self._language = session.language
            session.look(self._question, self._take)
        return self._answer

    def _take(self, answer: Any) -> None:
        self._answer = answer
        self._session.changed()

    def again(self) -> None:
        """Ask once more: something was changed."""
        self._session.look(self._question, self._take)


def ask(session: Session, question: Question, show: Callable[[Told], Screen]) -> None:
    """Ask the hub while the person waits, and go on to the screen that shows the answer."""
    session.ask(question, lambda answer: session.go(show(Told(session, question, answer))))
