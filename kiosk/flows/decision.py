"""A decision of a meeting: what was decided, about what, and how: nobody against it, or hands counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hub.domain.assemblies import MinuteDecision
from hub.domain.base import N_, AssemblyId, TopicId
from kiosk.flows.choices import Choose, Option
from kiosk.flows.writing import LONGEST, ROOM_READS, Number, Write, words
from kiosk.page import Line, Style
from kiosk.session import Session


class Decision:
    """The steps, in their order, and what was answered so far. `then` is called with the last answer."""

    def __init__(self, session: Session, topics: Sequence[dict[str, Any]], then: Callable[[Decision], None]) -> None:
        self._session, self._topics, self._then = session, topics, then
        self._text = ""
        self._topic: TopicId | None = None
        self._consensus = False
        self._hands: list[int] = []

    def start(self) -> None:
        """Ask what was decided."""
        title = N_("What did the meeting decide?")
        self._session.go(
            Write(self._session, title, self._about, note=ROOM_READS, many=True, most=LONGEST, name="decision-words")
        )

    def _about(self, text: str) -> None:
        self._text = text
        title = N_("Which topic is it about?")
        self._session.go(Choose(self._session, title, self._on_agenda, self._how, name="decision-topic"))

    def _on_agenda(self) -> Sequence[Option[TopicId | None]]:
        topics: list[Option[TopicId | None]] = [
            Option(each["text"], TopicId(each["number"]), lang=each["lang"]) for each in self._topics
        ]
        return [*topics, Option(self._session.say(N_("None of them")), None)]

    def _how(self, topic: TopicId | None) -> None:
        session, self._topic = self._session, topic

        def options() -> Sequence[Option[bool]]:
            return [
                Option(session.say(N_("Nobody was against it")), value=True),
                Option(session.say(N_("We counted hands")), value=False),
            ]

        session.go(Choose(session, N_("How was it decided?"), options, self._decided, name="decision-how"))

    def _decided(self, consensus: bool) -> None:
        self._consensus, self._hands = consensus, []
        if consensus:
            self._then(self)
        else:
            self._ask(N_("How many hands for yes?"), self._yes, "hands-yes")

    def _ask(self, title: str, then: Callable[[int], None], name: str) -> None:
        self._session.go(Number(self._session, title, then, name=name))

    def _yes(self, count: int) -> None:
        self._hands = [count]
        self._ask(N_("How many hands for no?"), self._no, "hands-no")

    def _no(self, count: int) -> None:
        self._hands[1:] = [count]
        self._ask(N_("How many abstained?"), self._abstained, "hands-abstain")

    def _abstained(self, count: int) -> None:
        self._hands[2:] = [count]
        self._then(self)

    def lines(self) -> Sequence[Line]:
        """What was decided and how, to look at once more."""
        return [Line(self._text, Style.STRONG), Line(self._counted())]

    def _counted(self) -> str:
        say = self._session.say
        if self._consensus:
            return say(N_("Nobody was against it"))
        yes, no, abstain = self._hands
        return say(N_("yes {yes} · no {no} · abstained {abstain}"), yes=yes, no=no, abstain=abstain)

    def command(self, meeting: AssemblyId) -> MinuteDecision:
        """It as the hub is asked to write it down."""
        text, hands = words(self._session, self._text), self._hands or (0, 0, 0)
        return MinuteDecision(meeting, text, self._topic, self._consensus, *hands)
