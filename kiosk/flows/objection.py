"""Object to a result: what was wrong, looked at once more, sent with a card."""

from __future__ import annotations

from typing import Final

from hub.domain.ballots import ObjectToBallot
from hub.domain.base import N_, BallotId
from kiosk.flows.sending import Sending
from kiosk.flows.steps import finished, last_look
from kiosk.flows.writing import LONGEST, Write, words
from kiosk.page import Line
from kiosk.session import Session

READERS: Final = N_("Members will read this, with your name.")


def start(session: Session, ballot: BallotId) -> None:
    """Ask what was wrong."""
    sending = Sending(session)

    def review(reason: str) -> None:
        def lines() -> list[Line]:
            return [Line(reason), Line(session.say(N_("The next meeting decides about it.")))]

        def send() -> None:
            sending.signed(ObjectToBallot(ballot, words(session, reason)), lambda _: done())

        title = N_("You object to this result")
        session.go(last_look(session, lines, N_("Object"), send, title=title, note=READERS, name="object-review"))

    def done() -> None:
        finished(session, N_("Thank you!"), N_("Your objection is written down. The next meeting decides."))

    title = N_("What was wrong with this vote?")
    session.go(Write(session, title, review, note=READERS, many=True, most=LONGEST, name="object"))
