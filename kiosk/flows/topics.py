"""What the next meeting speaks of: read it, add a topic, support one, take your own back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hub.client import Client
from hub.domain.assemblies import AddTopic, SupportTopic, WithdrawTopic
from hub.domain.base import N_, Command, TopicId
from kiosk.flows.choices import Choose, Option, ways
from kiosk.flows.sending import Sending
from kiosk.flows.sheet import opens
from kiosk.flows.steps import Act, Read, finished, last_look
from kiosk.flows.told import Told, ask
from kiosk.flows.who import known
from kiosk.flows.writing import LONGEST, ROOM_READS, Write, words
from kiosk.page import Line, Page, Press, Privacy, Style
from kiosk.session import Session


def start(session: Session) -> None:
    """Show the agenda as it stands."""

    def asked(client: Client) -> object:
        return client.read("agenda", session.visit)

    ask(session, asked, lambda told: _agenda(session, told))


def _agenda(session: Session, told: Told) -> Choose[Press]:
    """When the next meeting is, and its topics."""

    def options() -> Sequence[Option[Press]]:
        return [option(topic) for topic in told.now["topics"]]

    def option(topic: dict[str, Any]) -> Option[Press]:
        opening = Topic(session, told, topic["number"])
        return Option(topic["text"], lambda: session.go(opening), _support(session, topic), lang=topic["lang"])

    return ways(
        session,
        N_("What we will speak of"),
        options,
        note=lambda: _when(session, told.now),
        empty=N_("There is no topic yet. What is on your mind?"),
        acts=(
            Act(N_("Print the agenda"), opens(session, "agenda")),
            Act(N_("Add a topic"), lambda: _add(session), main=True),
        ),
        privacy=Privacy.OPEN,
        name="agenda",
    )


def _when(session: Session, found: dict[str, Any]) -> str:
    if found["running"]:
        return session.say(N_("The meeting is on now."))
    if not found["next"]:
        return session.say(N_("No meeting is called yet. These topics wait for the next one."))
    moment = session.speaker.moment(found["next"]["starts"])
    place, _ = session.speaker.pick(found["next"]["place"])
    return session.say(N_("Next meeting: {moment}, {place}"), moment=moment, place=place)


def _support(session: Session, topic: dict[str, Any]) -> str:
    if topic["by_hub"]:
        return session.say(N_("The hub reminds us of this."))
    wanted = session.count("one person wants this", "{n} people want this", topic["support"])
    if topic["mine"]:
        return f"{wanted} · {session.say(N_('You brought it.'))}"
    return f"{wanted} · {session.say(N_('You want it too.'))}" if topic["supported"] else wanted


class Topic:
    """One topic: support it, or take your own back."""

    def __init__(self, session: Session, told: Told, number: int) -> None:
        self._session, self._told, self._number = session, told, number
        self._sending = Sending(session)

    def page(self) -> Page:
        """Its words, and what can be done about it. Who wants to take their own back shows a card first."""
        topic = next((each for each in self._told.now["topics"] if each["number"] == self._number), None)
        return Read(
            self._session,
            N_("A topic"),
            lambda: self._lines(topic),
            self._acts(topic),
            N_("Members can see who wants it.") if topic else "",
            Privacy.OPEN,
            "topic",
        ).page()

    def _lines(self, topic: dict[str, Any] | None) -> Sequence[Line]:
        session = self._session
        if topic is None:
            return [Line(session.say(N_("This topic is settled, or it was taken back.")))]
        return [Line(topic["text"], Style.STRONG, lang=topic["lang"]), Line(_support(session, topic))]

    def _acts(self, topic: dict[str, Any] | None) -> Sequence[Act]:
        if topic is None or topic["by_hub"]:
            return ()
        want = () if topic["supported"] else (Act(N_("I want this too"), self._support, main=True),)
        return (Act(N_("I brought it: take it back"), self._withdraw), *want)

    def _support(self) -> None:
        self._act(SupportTopic(TopicId(self._number)), N_("Thank you: more support brings it further up."))

    def _withdraw(self) -> None:
        self._act(WithdrawTopic(TopicId(self._number)), N_("It is off the agenda."))

    def _act(self, command: Command, came: str) -> None:
        self._sending.signed(command, lambda _: _done(self._session, came))


def _done(session: Session, came: str) -> None:
    finished(session, N_("Done"), came, acts=(Act(N_("See the agenda"), lambda: start(session)),))


def _add(session: Session) -> None:
    """Show a card, write it, look at it once more."""
    sending = Sending(session)

    def write() -> None:
        title = N_("What should we speak of?")
        session.go(Write(session, title, review, note=ROOM_READS, many=True, most=LONGEST, name="topic-write"))

    def review(text: str) -> None:
        def lines() -> list[Line]:
            return [Line(text, Style.STRONG)]

        def send() -> None:
            said = N_("It is on the agenda. Ask others to support it.")
            sending.signed(AddTopic(words(session, text)), lambda _: _done(session, said))

        title, label = N_("Your topic"), N_("Put it on the agenda")
        session.go(last_look(session, lines, label, send, title=title, note=ROOM_READS, name="topic-review"))

    known(session, write)
