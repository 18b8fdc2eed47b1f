"""What somebody can do about a role: take it, learn it, teach it, lay it down, ask for a recall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from hub.client import Receipt
from hub.domain.base import N_, Command, MemberId, RoleName
from hub.domain.roles import (
    ConfirmTrained,
    Learn,
    PetitionRecall,
    StepDown,
    StopLearning,
    TakeRole,
    UnsignRecall,
)
from kiosk.flows.choices import Choose, Option, ways
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, finished, last_look
from kiosk.flows.told import Told
from kiosk.flows.writing import LONGEST, Write, words
from kiosk.page import Line, Press, Style
from kiosk.session import Session

REASON_READERS: Final = N_("Members will read it, with your name. Who holds the role will, too.")
Found = dict[str, Any]
"""A role as the API tells it to the reader: who holds it, whether the reader does, learns it, signed against it."""


def acts(session: Session, role: RoleName, told: Told, back: Press) -> Choose[Press]:
    """What fits the person whose card `told` was asked with. `back` shows the roles again once it is done."""
    duties = Duties(session, role, told, back)
    return ways(session, N_("What would you like to do?"), duties.listed, name="role-acts")


class Duties:
    """The acts there are for one person with one role. There is nothing to do once the role is closed."""

    def __init__(self, session: Session, role: RoleName, told: Told, back: Press) -> None:
        self._session, self._role, self._told, self._back = session, role, told, back
        self._sending = Sending(session)

    def listed(self) -> Sequence[Option[Press]]:
        """Those that fit, in the order they are likely wanted."""
        return [option for found in self._found() for option in self._acts(found)]

    def _found(self) -> Iterator[Found]:
        return (each for each in self._told.now if each["role"]["role"] == self._role)

    def _acts(self, found: Found) -> Iterator[Option[Press]]:
        role = self._role
        if found["mine"]:
            yield self._act(N_("I lay it down today"), StepDown(role), N_("You have laid it down. Thank you!"))
            yield from map(self._trained, found["learners"])
            return
        if not found["name"] and found["forming"]:
            came = N_("It is yours for now. Thank you! The next meeting confirms it.")
            yield self._act(N_("I take it for now"), TakeRole(role), came)
        if found["learns"] or found["can"]:
            came = N_("You are not learning it any more.")
            yield self._act(N_("I am not learning it any more"), StopLearning(role), came)
        else:
            came = N_("Good! Now ask who holds it to show you.")
            yield self._act(N_("I want to learn it"), Learn(role), came)
        if found["name"]:
            yield self._recall(found)

    def _act(self, label: str, command: Command, came: str) -> Option[Press]:
        return Option(self._session.say(label), lambda: self._sure(label, command, came))

    def _trained(self, learner: dict[str, Any]) -> Option[Press]:
        command = ConfirmTrained(self._role, MemberId(learner["member"]))
        label = self._session.say(N_("{name} can do it now"), name=learner["name"])
        return Option(label, lambda: self._sending.signed(command, self._done(N_("Thank you for teaching them!"))))

    def _recall(self, found: Found) -> Option[Press]:
        if found["signed"]:
            label, came = N_("Take my name off the recall"), N_("Your name is off it.")
            return self._act(label, UnsignRecall(self._role), came)
        if found["role"]["petition"]:
            label, came = N_("Sign the recall, with my name"), N_("Your name is on it.")
            return self._act(label, PetitionRecall(self._role), came)
        return Option(self._session.say(N_("Ask for a recall")), self._ask_for_recall)

    def _role_line(self) -> list[Line]:
        return [Line(found["title"], Style.STRONG) for found in self._found()]

    def _sure(self, title: str, command: Command, came: str) -> None:
        """Look once more: what it is, who sees it, send."""
        session, note = self._session, N_("Members will see it.")

        def send() -> None:
            self._sending.signed(command, self._done(came))

        session.go(last_look(session, self._role_line, N_("Yes"), send, title=title, note=note, name="role-review"))

    def _done(self, came: str) -> Callable[[Receipt], None]:
        session = self._session
        more = Act(N_("See the roles"), self._back)
        return lambda _: finished(session, N_("Done"), came, acts=(more,))

    def _ask_for_recall(self) -> None:
        session = self._session

        def review(reason: str) -> None:
            def lines() -> list[Line]:
                return [*self._role_line(), Line(reason)]

            def send() -> None:
                command = PetitionRecall(self._role, words(session, reason))
                self._sending.signed(command, self._done(N_("Your name is on it.")))

            title, label = N_("Ask for a recall"), N_("Send it")
            session.go(last_look(session, lines, label, send, title=title, note=REASON_READERS, name="recall-review"))

        session.go(
            Write(session, N_("Why?"), review, note=REASON_READERS, many=True, most=LONGEST, name="recall-reason")
        )
