"""Take minutes: open the meeting, write what is said, close it and print the draft. Decisions are in `decision`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hub.client import Client
from hub.domain.assemblies import CloseMeeting, CountPresent, OpenMeeting, RecordNotes
from hub.domain.base import N_, AssemblyId, Command, MemberId
from kiosk.flows import calling, paper
from kiosk.flows.choices import Choose, Menu, Option, tile, ways
from kiosk.flows.decision import Decision
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Lines, finished, last_look
from kiosk.flows.writing import LONGEST, ROOM_READS, Number, Write, words
from kiosk.page import Icon, Line, Press, Style, Tile
from kiosk.session import Session

Agenda = dict[str, Any]
"""The agenda as the API tells it, and the members there are."""


def start(session: Session) -> None:
    """Go on with the meeting that is open, or open one that was called."""

    def asked(client: Client) -> Agenda:
        return {**client.read("agenda", session.visit), "members": client.read("members", session.visit)["members"]}

    def show(found: Agenda) -> None:
        if found["running"]:
            session.go(Meeting(session, found, AssemblyId(found["running"]["number"])).acts())
        else:
            session.go(_called(session, found))

    session.ask(asked, show)


def _called(session: Session, found: Agenda) -> Choose[Press]:
    def option(each: dict[str, Any]) -> Option[Press]:
        meeting = Meeting(session, found, AssemblyId(each["number"]))
        place, _ = session.speaker.pick(each["place"])
        return Option(session.speaker.moment(each["starts"]), meeting.open, place)

    def options() -> Sequence[Option[Press]]:
        call: Option[Press] = Option(session.say(N_("Call a meeting")), lambda: calling.start(session))
        return [*map(option, found["called"]), call]

    return ways(session, N_("Which meeting begins?"), options, name="meeting-called")


class Meeting:
    """One meeting, and the acts of who takes its minutes."""

    def __init__(self, session: Session, found: Agenda, number: AssemblyId) -> None:
        self._session, self._found, self._number = session, found, number
        self._sending = Sending(session)

    def acts(self) -> Menu:
        """What is done while it is on."""
        session = self._session

        def tiles() -> Sequence[Tile]:
            return [
                tile(session, N_("Write down a decision"), self._decide, icon=Icon.VOTE),
                tile(session, N_("Write down what was said"), self._note, icon=Icon.MINUTES),
                tile(session, N_("Count again who is here"), self._count, icon=Icon.ROLES),
                tile(session, N_("Close the meeting"), self._close, icon=Icon.REST),
            ]

        return Menu(session, N_("The meeting is on"), tiles, name="meeting-running")

    def open(self) -> None:
        """Ask who facilitates, then how many are here."""
        session = self._session

        def options() -> Sequence[Option[MemberId | None]]:
            members: list[Option[MemberId | None]] = [
                Option(each["name"], MemberId(each["row"]["member"])) for each in self._found["members"]
            ]
            return [*members, Option(session.say(N_("A visitor")), None)]

        def facilitated(member: MemberId | None) -> None:
            def counted(present: int) -> None:
                command = OpenMeeting(self._number, member, present)
                self._send(command, N_("Open the meeting"), self._here(present))

            self._ask_present(counted)

        title = N_("Who facilitates?")
        session.go(Choose(session, title, options, facilitated, note=ROOM_READS, name="meeting-facilitator"))

    def _ask_present(self, then: Callable[[int], None]) -> None:
        title = N_("How many people are here?")
        self._session.go(Number(self._session, title, then, name="meeting-present", least=1))

    def _here(self, present: int) -> Lines:
        say = self._session.say
        return lambda: [Line(say(N_("People here: {present}"), present=present), Style.STRONG)]

    def _count(self) -> None:
        def counted(present: int) -> None:
            self._send(CountPresent(self._number, present), N_("Write it down"), self._here(present))

        self._ask_present(counted)

    def _note(self) -> None:
        def written(text: str) -> None:
            command = RecordNotes(self._number, words(self._session, text))
            self._send(command, N_("Write it down"), lambda: [Line(text)])

        title = N_("What was said?")
        self._session.go(
            Write(self._session, title, written, note=ROOM_READS, many=True, most=LONGEST, name="meeting-note")
        )

    def _decide(self) -> None:
        def decided(decision: Decision) -> None:
            self._send(decision.command(self._number), N_("Write it down"), decision.lines)

        Decision(self._session, self._found["topics"], decided).start()

    def _close(self) -> None:
        """End it, and print the draft tonight, while all are here."""
        session, number = self._session, self._number

        def lines() -> Sequence[Line]:
            return [Line(session.say(N_("After that nothing can be written into these minutes.")))]

        def done() -> None:
            draft = Act(N_("Print the draft"), lambda: paper.start(session, "minutes", assembly=number))
            told = N_("Print the draft tonight, while all are here.")
            finished(session, N_("The meeting is over"), told, acts=(draft,), name="meeting-closed")

        self._review(CloseMeeting(number), N_("Close the meeting"), lines, done)

    def _send(self, command: Command, label: str, lines: Lines) -> None:
        """Look once more, send, and come back to the meeting."""

        def done() -> None:
            self._session.home()
            start(self._session)

        self._review(command, label, lines, done)

    def _review(self, command: Command, label: str, lines: Lines, done: Callable[[], None]) -> None:
        def send() -> None:
            self._sending.signed(command, lambda _: done())

        def two() -> None:
            self._sending.with_second(command, lambda _: done())

        look = last_look(self._session, lines, label, send, note=ROOM_READS, two=two, name="meeting-review")
        self._session.go(look)
