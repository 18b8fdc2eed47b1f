"""Help: what works now, whom to ask, how it goes on without this screen, and which hub this is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from hub.client import Client, Fault, Refused
from hub.domain.base import N_
from kiosk.flows import settings
from kiosk.flows.steps import Act, Read
from kiosk.page import Line, Privacy, Style
from kiosk.session import Session

Row = dict[str, Any]
GROUP: Final = 4
"""Letters of the key that are read out together."""
WITHOUT: Final = (
    N_("Lists: write on the paper that hangs on the wall. A member types it in later."),
    N_("Votes: at the meeting, by show of hands, or with a bowl and a pencil. Both are counted and written down."),
    N_("Money: write every coin on paper, with the day. It is typed in later."),
    N_("Needs: tell any member. They can ask for you."),
)


def start(session: Session) -> None:
    """What works now; also where the hub does not answer."""
    session.go(_page(session, None))
    session.look(_look, lambda got: _put(session, got))


def _put(session: Session, got: Row) -> None:
    if isinstance(session.screen, Read) and session.screen.name == "help":
        session.screen.lines = lambda: list(_lines(session, got))
        session.changed()


def _look(client: Client) -> Row:
    """All this page tells of the hub. Raises HubDown."""
    return {"status": client.status(), "printer": _printer(client), "roles": client.read("roles")}


def _printer(client: Client) -> Row | None:
    """How the printer stands; None where there is none."""
    try:
        found: Row = client.printer()
    except (Fault, Refused):
        return None
    return found


def _page(session: Session, got: Row | None) -> Read:
    acts = (
        Act(N_("Without this screen"), lambda: session.go(_without(session))),
        Act(N_("Wipe the screen"), lambda: settings.wipe(session)),
    )
    return Read(session, N_("Help"), lambda: list(_lines(session, got)), acts, name="help")


def _without(session: Session) -> Read:
    def lines() -> Sequence[Line]:
        first = N_("When the screen or the power is off, everything goes on with paper.")
        return [Line(session.say(first), Style.STRONG), *(Line(session.say(each)) for each in WITHOUT)]

    return Read(session, N_("Without this screen"), lines, privacy=Privacy.OPEN, name="without")


def _lines(session: Session, got: Row | None) -> Iterator[Line]:
    say = session.say
    yield Line(say(N_("You cannot break anything here. Press “Leave” when you are done.")), Style.STRONG)
    yield Line(say(N_("What works now")), Style.HEADING)
    if got is None:
        yield Line(say(N_("The hub")), value=say(N_("no answer yet")))
        return
    damage = got["status"]["damage"]
    yield Line(say(N_("The hub")), value=say(N_("needs care") if damage else N_("works")))
    yield from _paper(session, got["printer"])
    yield Line(say(N_("Whom to ask")), Style.HEADING)
    yield from _people(session, got["roles"])
    yield Line(say(N_("This hub")), Style.HEADING)
    yield Line(say(N_("Version")), value=str(got["status"]["version"]))
    yield Line(say(N_("Its key begins with")), value=fingerprint(got["status"]["hub"]))
    yield Line(say(N_("Neighbours know this hub by its key. Read it to them to be sure.")), Style.SMALL)


def _paper(session: Session, printer: Row | None) -> Iterator[Line]:
    say = session.say
    if printer is None:
        yield Line(say(N_("The printer")), value=say(N_("there is none")))
        return
    yield Line(say(N_("The printer")), value=say(N_("needs care") if printer["trouble"] else N_("works")))
    if printer["trouble"]:
        yield Line(printer["trouble"], Style.SMALL)


def _people(session: Session, roles: Sequence[Row]) -> Iterator[Line]:
    held = [row for row in roles if row["name"]]
    for row in held:
        yield Line(row["title"], value=row["name"])
    if not held:
        yield Line(session.say(N_("Ask any member. No role is taken just now.")))


def fingerprint(key: str) -> str:
    """The beginning of a key, in groups to read out: "3f9a 02bc 77de 410f"."""
    return " ".join(key[start : start + GROUP] for start in range(0, 4 * GROUP, GROUP))
