"""Call an assembly: when, where, looked at once more."""

from __future__ import annotations

from collections.abc import Sequence

from hub.domain.assemblies import ConvokeAssembly
from hub.domain.base import N_, Millis
from kiosk.flows import paper
from kiosk.flows.days import when
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, finished, last_look
from kiosk.flows.writing import ROOM_READS, Write, words
from kiosk.page import Line, Style
from kiosk.session import Session


def start(session: Session) -> None:
    """Ask when, then where."""
    sending = Sending(session)

    def starting(starts: Millis) -> None:
        def review(place: str) -> None:
            def lines() -> Sequence[Line]:
                return [Line(session.speaker.moment(starts), Style.STRONG), Line(place)]

            def send() -> None:
                sending.signed(ConvokeAssembly(starts, words(session, place)), lambda _: done())

            session.go(last_look(session, lines, N_("Call it"), send, note=ROOM_READS, name="call-review"))

        session.go(Write(session, N_("Where do we meet?"), review, note=ROOM_READS, name="call-place"))

    def done() -> None:
        agenda = Act(N_("Print the agenda"), lambda: paper.start(session, "agenda"))
        finished(session, N_("The meeting is called"), N_("Print the agenda and hang it on the door."), acts=(agenda,))

    when(session, N_("When do we meet?"), starting)
