"""Acts that take two members, from two phones: one asks, the other reads what it is and says yes.

What waits is in memory only, for ten minutes, under a number the two tell each other. Nothing is written
before the second member agreed; what nobody could agree to is refused at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from flask import Blueprint, request

from hub.domain.base import MINUTE, N_, Circle, MemberId, Millis, Refusal, Tier
from hub.domain.house import AnyCommand, Person
from hub.service import Receipt
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.hall import Hall, Reply, form_key

WAITS: Final = Millis(10 * MINUTE)
MOST: Final = 50
"""Acts that wait at once; the oldest goes first."""
DIGITS: Final = 6

Lines = Callable[[], tuple[str, ...]]
"""What an act is, said in the language of who reads it."""
After = Callable[[Receipt], Reply | None]
"""A page for the second member, made of what was written; None to go to the institution's first page."""


@dataclass(frozen=True, slots=True)
class Act:
    """What one member asks another to agree to. `lines` say what it is, for the other to read.

    `agreed` is who did, and the key of their form: the same click again is the same answer again.
    """

    command: AnyCommand
    asked_by: Person
    key: str
    lines: Lines
    until: Millis
    agreed: tuple[MemberId | None, str] | None = None


class Together:
    """Acts that wait for a second member. Thread-safe. `secret` gives random hexadecimal digits."""

    def __init__(self, secret: Callable[[], str], clock: Callable[[], Millis]) -> None:
        self._secret = secret
        self._clock = clock
        self._lock = threading.Lock()
        self._acts: dict[str, Act] = {}

    def ask(self, command: AnyCommand, asked_by: Person, key: str, lines: Lines) -> str:
        """Let an act wait. Returns the number to tell the other member."""
        with self._lock:
            number = str(int(self._secret(), 16) % 10**DIGITS).zfill(DIGITS)
            self._acts[number] = Act(command, asked_by, key, lines, Millis(self._clock() + WAITS))
            while len(self._acts) > MOST:
                del self._acts[next(iter(self._acts))]
            return number

    def waiting(self, number: str, other: MemberId | None, key: str = "") -> Act | None:
        """The act under a number, for anybody but who asked; None when it is over or never was.

        One that was agreed to is over for all but the click that agreed, known by its form's key.
        """
        with self._lock:
            act = self._acts.get(number)
            if act is None or act.until <= self._clock() or act.asked_by.member == other:
                return None
            return act if act.agreed is None or (key and act.agreed == (other, key)) else None

    def done(self, number: str, other: MemberId | None = None, key: str = "") -> None:
        """The act was agreed to: it waits no longer."""
        with self._lock:
            if number in self._acts:
                self._acts[number] = replace(self._acts[number], agreed=(other, key))


def routes(pages: Blueprint, hall: Hall, together: Together, prefix: str, after: After = lambda receipt: None) -> None:
    """The pages where the second member reads what it is and agrees. `prefix` is the institution's path."""
    room = pages.name

    @pages.get(f"{prefix}/together")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.TRY)
    def second() -> Reply:
        number = request.args.get("number", "")
        act = together.waiting(number, hall.person.member)
        return _read(hall, room, number, act)

    @pages.post(f"{prefix}/together")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.TRY)
    def agreed() -> Reply:
        number, key = request.form.get("number", ""), request.form.get("key", "")
        act = together.waiting(number, hall.person.member, key)
        try:
            if act is None:
                raise Refusal("", N_("Nothing waits under this number any more. Ask for a new one."))
            receipt = hall.service.submit(act.command, act.asked_by, act.key, second=hall.person)
        except Refusal as no:
            return _read(hall, room, number, act, no)
        together.done(number, hall.person.member, key)
        return after(receipt) or hall.done(f"{room}.index", "together")


def _read(hall: Hall, room: str, number: str, act: Act | None, no: Refusal | None = None) -> Reply:
    """What waits under a number, in the language of who reads it."""
    lines = act.lines() if act is not None else ()
    return hall.render("together/second.html", no=no, room=room, number=number, act=act, lines=lines)


def ask(hall: Hall, together: Together, command: AnyCommand, lines: Lines) -> Reply:
    """Let an act wait for another member, and show the number to tell them.

    Raises the Refusal it would get from anybody, while who asks can still mend it.
    """
    hall.service.check_for_two(command, hall.person)
    number = together.ask(command, hall.person, form_key(), lines)
    return hall.render("together/asked.html", room=request.blueprint, number=number, lines=lines())


def wanted() -> bool:
    """Whether the form was sent with the button “together with another member”."""
    return request.form.get("together", "") == "yes"
