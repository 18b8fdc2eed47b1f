"""What the next meeting speaks of: read it, add a topic, support one, take your own back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.client import Client, Receipt
from hub.domain.assemblies import AddTopic, SupportTopic, WithdrawTopic
from hub.domain.base import N_, Command, TopicId
from kiosk.flows import sheet
from kiosk.flows.forms import LONGEST, ROOM_READS, Signing, finished, last_look, words
from kiosk.flows.steps import Write
from kiosk.flows.told import Told, ask
from kiosk.flows.who import known
from kiosk.page import Button, Line, Page, Reading, Row, Rows, Style
from kiosk.session import Session


def start(session: Session) -> None:
    """Show the agenda as it stands."""

    def asked(client: Client) -> object:
        return client.read("agenda", session.visit)

    ask(session, asked, lambda told: Agenda(session, told))


class Agenda:
    """When the next meeting is, and its topics."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """A row for each topic."""
        session = self._session
        say = session.say
        return Page(
            say(N_("What we will speak of")),
            Rows(
                tuple(self._rows()),
                say(N_("There is no topic yet. What is on your mind?")),
            ),
            note=self._when(),
            buttons=(
                Button(say(N_("Print the agenda")), lambda: sheet.start(session, "agenda")),
                Button(say(N_("Add a topic")), lambda: _add(session), main=True),
            ),
            back=session.back,
            leave=session.leave,
            name="agenda",
        )

    def _when(self) -> str:
        session, found = self._session, self._told.now
        if found["running"]:
            return session.say(N_("The meeting is on now."))
        if not found["next"]:
            return session.say(N_("No meeting is called yet. These topics wait for the next one."))
        moment = session.speaker.moment(found["next"]["starts"])
        place, _ = session.speaker.pick(found["next"]["place"])
        return session.say(N_("Next meeting: {moment}, {place}"), moment=moment, place=place)

    def _rows(self) -> Iterator[Row]:
        session = self._session
        for topic in self._told.now["topics"]:
            yield Row(topic["text"], _support(session, topic), lang=topic["lang"], press=self._opens(topic["number"]))

    def _opens(self, number: int) -> Any:
        return lambda: self._session.go(Topic(self._session, self._told, number))


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
        self._signing = Signing(session)

    def page(self) -> Page:
        """Its words, and what can be done about it. Who wants to take their own back shows a card first."""
        session = self._session
        say = session.say
        topic = next((each for each in self._told.now["topics"] if each["number"] == self._number), None)
        if topic is None:
            lines = [Line(say(N_("This topic is settled, or it was taken back.")))]
            return Page(say(N_("A topic")), Reading(tuple(lines)), back=session.back, leave=session.leave, name="topic")
        buttons = [Button(say(N_("I brought it: take it back")), self._withdraw)]
        if not topic["supported"]:
            buttons.append(Button(say(N_("I want this too")), self._support, main=True))
        return Page(
            say(N_("A topic")),
            Reading((Line(topic["text"], Style.STRONG, lang=topic["lang"]), Line(_support(session, topic)))),
            note=say(N_("Members can see who wants it.")),
            buttons=() if topic["by_hub"] else tuple(buttons),
            back=session.back,
            leave=session.leave,
            name="topic",
        )

    def _support(self) -> None:
        self._act(SupportTopic(TopicId(self._number)), N_("Thank you: more support brings it further up."))

    def _withdraw(self) -> None:
        self._act(WithdrawTopic(TopicId(self._number)), N_("It is off the agenda."))

    def _act(self, command: Command, said: str) -> None:
        session = self._session

        def done(_: Receipt) -> None:
            finished(session, N_("Done"), lambda: [Line(session.say(said))], _to_agenda(session))

        self._signing.send(command, done)


def _to_agenda(session: Session) -> list[tuple[str, Any]]:
    return [(N_("See the agenda"), lambda: start(session))]


def _add(session: Session) -> None:
    """Write it, look at it once more, show a card."""
    signing = Signing(session)

    def review(text: str) -> None:
        def send() -> None:
            signing.send(AddTopic(words(session, text)), done)

        session.go(
            last_look(
                session,
                N_("Your topic"),
                lambda: [Line(text, Style.STRONG)],
                N_("Put it on the agenda"),
                send,
                note=ROOM_READS,
                name="topic-review",
            )
        )

    def done(_: Receipt) -> None:
        said = N_("It is on the agenda. Ask others to support it.")
        finished(session, N_("Done"), lambda: [Line(session.say(said))], _to_agenda(session))

    def write() -> None:
        session.go(
            Write(
                session,
                N_("What should we speak of?"),
                review,
                note=ROOM_READS,
                name="topic-write",
                many=True,
                most=LONGEST,
            )
        )

    known(session, write)
