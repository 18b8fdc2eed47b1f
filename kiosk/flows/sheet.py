"""A sheet to read on the screen, and to take along on paper."""

from __future__ import annotations

from collections.abc import Sequence

from hub.client import Client
from hub.domain.base import N_
from kiosk import reading
from kiosk.flows import paper
from kiosk.flows.steps import Act, Read
from kiosk.flows.told import Told, ask
from kiosk.page import Press, Privacy
from kiosk.session import Session


def start(session: Session, name: str, acts: Sequence[Act] = (), /, **parameters: int | str) -> None:
    """Open a sheet by its name in the API, as everybody may see it; `acts` are further steps from it."""

    def asked(client: Client) -> object:
        return client.document(name, "", **parameters)

    def show(told: Told) -> Read:
        printing = Act(N_("Print it"), lambda: paper.start(session, name, **parameters))
        return Read(
            session,
            lambda: str(told.now["title"]),
            lambda: reading.lines(told.now["blocks"]),
            (*acts, printing),
            privacy=Privacy.OPEN,
            name=f"sheet-{told.now['kind']}",
        )

    ask(session, asked, show)


def opens(session: Session, name: str, /, **parameters: int | str) -> Press:
    """A press that opens a sheet."""
    return lambda: start(session, name, **parameters)
