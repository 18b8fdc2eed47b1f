"""A kiosk of its own process, and a person at it, killed as by a pulled plug at the step it was told.

python tests/dying_kiosk.py STEP API TOKEN "vote" QUESTION CARD
python tests/dying_kiosk.py STEP API TOKEN "print" TITLE
"""

from __future__ import annotations

import os
import select
import signal
import sys
from typing import Any

from at_the_glass import at_the_glass, to_paper, vote
from urllib3.connection import HTTPConnection

import hub.client
from hub.client import Client

ASKING = {"vote": "cast", "print": "print_sheet"}
"""What of the client sends the errand on its way."""


def main(step: str, api: str, token: str, errand: str, *told: str) -> None:
    """Do the errand, up to the step."""

    def at(reached: str) -> None:
        if reached == step:
            os.kill(os.getpid(), signal.SIGKILL)

    _arm(ASKING[errand], at)
    with at_the_glass(Client(api, token, timeout=10)) as person:
        person.wait_until("Sign up")
        if errand == "vote":
            vote(person, *told, at=at)
            return
        to_paper(person, *told, at=at)
        person.wait_for("print-done", passing=0.02)
        at("once it is printed")


def _arm(asking: str, at: Any) -> None:
    """Let the steps between the touch and the answer be told, too."""
    ask, response, answered = getattr(Client, asking), HTTPConnection.getresponse, hub.client._answered
    sent: list[str] = []

    def asked(client: Client, *given: Any, **named: Any) -> Any:
        at("before it is sent")
        sent.append(asking)
        return ask(client, *given, **named)

    def heard(connection: HTTPConnection, *given: Any, **named: Any) -> Any:
        if sent:
            select.select([connection.sock], [], [])
            at("once it is answered and nobody has heard")
        return response(connection, *given, **named)

    def read(answer: Any) -> Any:
        got = answered(answer)
        if sent:
            at("once the answer was heard")
        return got

    setattr(Client, asking, asked)
    HTTPConnection.getresponse = heard  # type: ignore[method-assign]
    hub.client._answered = read


if __name__ == "__main__":
    main(*sys.argv[1:])
