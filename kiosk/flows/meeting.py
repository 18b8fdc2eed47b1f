"""Take minutes: open the meeting, write what is decided and what is said, close it and print the draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hub.client import Client, Receipt
from hub.domain.assemblies import (
    CloseMeeting,
    ConvokeAssembly,
    CountPresent,
    MinuteDecision,
    OpenMeeting,
    RecordNotes,
)
from hub.domain.base import N_, AssemblyId, Command, MemberId, Millis, TopicId
from kiosk.flows import paper
from kiosk.flows.days import when
from kiosk.flows.forms import LONGEST, ROOM_READS, Number, Pick, Signing, finished, last_look, words
from kiosk.flows.steps import Lines, Menu, Write, tile
from kiosk.page import Icon, Line, Press, Row, Style, Tile
from kiosk.session import Session


def start(session: Session) -> None:
    """Go on with the meeting that is open, or open one that was called."""
    visit = session.visit

    def asked(client: Client) -> Any:
        return {**client.read("agenda", visit), "members": client.read("members", visit)["members"]}

    def show(found: dict[str, Any]) -> None:
        if found["running"]:
            session.go(_running(Meeting(session, found, AssemblyId(found["running"]["number"]))))
        else:
            session.go(_called(session, found))

    session.ask(asked, show)


def _called(session: Session, found: dict[str, Any]) -> Pick:
    def row(each: dict[str, Any]) -> Row:
        place, _ = session.speaker.pick(each["place"])
        meeting = Meeting(session, found, AssemblyId(each["number"]))
        return Row(session.speaker.moment(each["starts"]), place, press=meeting.open)

    def rows() -> Sequence[Row]:
        return [*map(row, found["called"]), Row(session.say(N_("Call a meeting")), press=lambda: call(session))]

    return Pick(session, N_("Which meeting begins?"), rows, name="meeting-called")


def call(session: Session) -> None:
    """Call an assembly: when, and where."""
    signing = Signing(session)

    def day(starts: Millis) -> None:
        def place(text: str) -> None:
            def lines() -> Sequence[Line]:
                return [Line(session.speaker.moment(starts), Style.STRONG), Line(text)]

            def send() -> None:
                signing.send(ConvokeAssembly(starts, words(session, text)), done)

            label = N_("Call it")
            session.go(
                last_look(session, N_("Is this right?"), lines, label, send, note=ROOM_READS, name="call-review")
            )

        session.go(Write(session, N_("Where do we meet?"), place, note=ROOM_READS, name="call-place"))

    def done(_: Receipt) -> None:
        said = N_("Print the agenda and hang it on the door.")
        agenda = (N_("Print the agenda"), lambda: paper.start(session, "agenda"))
        finished(session, N_("The meeting is called"), lambda: [Line(session.say(said))], [agenda])

    when(session, N_("When do we meet?"), day)


def _running(meeting: Meeting) -> Menu:
    session = meeting.session

    def tiles() -> Sequence[Tile]:
        return [
            tile(session, N_("Write down a decision"), meeting.decide, icon=Icon.VOTE),
            tile(session, N_("Write down what was said"), meeting.note, icon=Icon.MINUTES),
            tile(session, N_("Count again who is here"), meeting.count, icon=Icon.ROLES),
            tile(session, N_("Close the meeting"), meeting.close, icon=Icon.REST),
        ]

    return Menu(session, N_("The meeting is on"), tiles, name="meeting-running")


@dataclass(slots=True)
class Decision:
    """A decision, as far as it is told: by consensus, or by hands."""

    text: str = ""
    topic: TopicId | None = None
    consensus: bool = False
    yes: int = 0
    no: int = 0
    abstain: int = 0


class Meeting:
    """One meeting, and the acts of who takes its minutes."""

    def __init__(self, session: Session, found: dict[str, Any], number: AssemblyId) -> None:
        self.session, self._found, self._number = session, found, number
        self._signing = Signing(session)

    # Opening

    def open(self) -> None:
        """Ask who facilitates, then how many are here."""
        session = self.session

        def rows() -> Sequence[Row]:
            visitor = Row(session.say(N_("A visitor")), press=lambda: self._facilitated(None))
            named = [
                Row(each["name"], press=self._facilitating(MemberId(each["row"]["member"])))
                for each in self._found["members"]
            ]
            return [*named, visitor]

        session.go(Pick(session, N_("Who facilitates?"), rows, note=ROOM_READS, name="meeting-facilitator"))

    def _facilitating(self, member: MemberId) -> Press:
        return lambda: self._facilitated(member)

    def _facilitated(self, member: MemberId | None) -> None:
        def counted(present: int) -> None:
            self._send(OpenMeeting(self._number, member, present), N_("Open the meeting"), self._here(present))

        self._ask_number(N_("How many people are here?"), counted, "meeting-present", least=1)

    def _here(self, present: int) -> Lines:
        say = self.session.say
        return lambda: [Line(say(N_("People here: {present}"), present=present), Style.STRONG)]

    def _ask_number(self, title: str, then: Callable[[int], None], name: str, least: int = 0) -> None:
        self.session.go(Number(self.session, title, then, name=name, least=least))

    # While it is on

    def count(self) -> None:
        """Say how many are here now."""

        def counted(present: int) -> None:
            self._send(CountPresent(self._number, present), N_("Write it down"), self._here(present))

        self._ask_number(N_("How many people are here?"), counted, "meeting-present", least=1)

    def note(self) -> None:
        """Write down what was said."""

        def written(text: str) -> None:
            command = RecordNotes(self._number, words(self.session, text))
            self._send(command, N_("Write it down"), lambda: [Line(text)])

        self._write(N_("What was said?"), written, "meeting-note")

    def _write(self, title: str, then: Callable[[str], None], name: str) -> None:
        self.session.go(Write(self.session, title, then, note=ROOM_READS, name=name, many=True, most=LONGEST))

    def decide(self) -> None:
        """Ask what was decided, about what, and how."""
        decision = Decision()

        def written(text: str) -> None:
            decision.text = text
            self._about(decision)

        self._write(N_("What did the meeting decide?"), written, "decision-words")

    def _about(self, decision: Decision) -> None:
        session = self.session

        def chosen(topic: TopicId | None) -> Press:
            def press() -> None:
                decision.topic = topic
                self._how(decision)

            return press

        def rows() -> Sequence[Row]:
            nothing = Row(session.say(N_("None of them")), press=chosen(None))
            topics = [
                Row(each["text"], lang=each["lang"], press=chosen(TopicId(each["number"])))
                for each in self._found["topics"]
            ]
            return [*topics, nothing]

        session.go(Pick(session, N_("Which topic is it about?"), rows, name="decision-topic"))

    def _how(self, decision: Decision) -> None:
        session = self.session

        def rows() -> Sequence[Row]:
            return [
                Row(session.say(N_("Nobody was against it")), press=lambda: self._by_consensus(decision)),
                Row(session.say(N_("We counted hands")), press=lambda: self._hands(decision)),
            ]

        session.go(Pick(session, N_("How was it decided?"), rows, name="decision-how"))

    def _by_consensus(self, decision: Decision) -> None:
        decision.consensus = True
        self._decided(decision)

    def _hands(self, decision: Decision) -> None:
        def yes(count: int) -> None:
            decision.yes = count
            self._ask_number(N_("How many hands for no?"), no, "hands-no")

        def no(count: int) -> None:
            decision.no = count
            self._ask_number(N_("How many abstained?"), abstain, "hands-abstain")

        def abstain(count: int) -> None:
            decision.abstain, decision.consensus = count, False
            self._decided(decision)

        self._ask_number(N_("How many hands for yes?"), yes, "hands-yes")

    def _decided(self, decision: Decision) -> None:
        say = self.session.say

        def lines() -> Sequence[Line]:
            hands = say(
                N_("yes {yes} · no {no} · abstained {abstain}"),
                yes=decision.yes,
                no=decision.no,
                abstain=decision.abstain,
            )
            how = say(N_("Nobody was against it")) if decision.consensus else hands
            return [Line(decision.text, Style.STRONG), Line(how)]

        counted = (0, 0, 0) if decision.consensus else (decision.yes, decision.no, decision.abstain)
        text = words(self.session, decision.text)
        command = MinuteDecision(self._number, text, decision.topic, decision.consensus, *counted)
        self._send(command, N_("Write it down"), lines)

    # Its end

    def close(self) -> None:
        """End it, and print the draft tonight, while all are here."""
        session, say, number = self.session, self.session.say, self._number

        def done(_: Receipt) -> None:
            said = N_("Print the draft tonight, while all are here.")
            draft = (N_("Print the draft"), lambda: paper.start(session, "minutes", assembly=number))
            finished(session, N_("The meeting is over"), lambda: [Line(say(said))], [draft], "meeting-closed")

        def lines() -> Sequence[Line]:
            return [Line(say(N_("After that nothing can be written into these minutes.")))]

        self._review(CloseMeeting(number), N_("Close the meeting"), lines, done)

    def _send(self, command: Command, label: str, lines: Lines) -> None:
        """Look once more, send, and come back to the meeting."""

        def done(_: Receipt) -> None:
            self.session.home()
            start(self.session)

        self._review(command, label, lines, done)

    def _review(self, command: Command, label: str, lines: Lines, done: Callable[[Receipt], None]) -> None:
        self.session.go(
            last_look(
                self.session,
                N_("Is this right?"),
                lines,
                label,
                lambda: self._signing.send(command, done),
                note=ROOM_READS,
                two=lambda: self._signing.with_second(command, done),
                name="meeting-review",
            )
        )
