"""Join: what we keep and who sees it, a name, of voting age or not, how to reach you, and a member's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from hub.client import Receipt
from hub.domain.base import N_
from hub.domain.membership import AskToJoin
from kiosk.flows import vouching
from kiosk.flows.choices import Choose, Menu, Option
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Read, finished, last_look
from kiosk.flows.writing import Write
from kiosk.page import Icon, Line, Privacy, Style, Tile
from kiosk.session import Session

Row = dict[str, Any]


def start(session: Session) -> None:
    """For who would like to join, and for members who bring somebody in."""
    session.ask(lambda client: client.read("joining"), lambda door: session.go(_menu(session, door)))


def _menu(session: Session, door: Row) -> Menu:
    say = session.say
    first = N_("Nobody belongs yet. The first {first} people of voting age vouch for each other.")

    def tiles() -> Sequence[Tile]:
        join = Tile(
            say(N_("I would like to join")),
            say(N_("It takes two minutes.")),
            Icon.JOIN,
            press=lambda: newcomer(session, door),
        )
        names = session.count("one name is written down", "{n} names are written down", door["asked"])
        if not door["begun"]:
            return [
                join,
                Tile(say(N_("We are all here")), names, Icon.ROLES, press=lambda: vouching.evening(session, door)),
            ]
        waits = session.count("one person waits", "{n} people wait", door["asked"])
        vouch = say(N_("Vouch for somebody"))
        return [
            join,
            Tile(vouch, waits, Icon.JOIN, press=lambda: vouching.start(session)),
            Tile(
                say(N_("A card is lost")),
                say(N_("Two members make out a new one.")),
                Icon.HELP,
                press=lambda: vouching.lost(session),
            ),
        ]

    note = "" if door["begun"] else lambda: session.say(first, first=door["first"])
    return Menu(session, N_("Join us"), tiles, note, name="join")


@dataclass(slots=True)
class Answers:
    """What somebody who would like to join has answered so far."""

    name: str = ""
    adult: bool = True
    contact: str = ""


def newcomer(session: Session, door: Row) -> None:
    """The steps of somebody who would like to join."""
    Joining(session, door).start()


class Joining:
    """The steps, in their order. Each is made once, so that what was answered stays while one goes back."""

    def __init__(self, session: Session, door: Row) -> None:
        self._session, self._door, self._answers, self._sending = session, door, Answers(), Sending(session)
        self._age = Choose(
            session,
            lambda: session.say(N_("Are you {age} or older?"), age=door["voting_age"]),
            self._ages,
            self._aged,
            note=N_("Members see that. No birthday and no age is kept."),
            name="join-age",
        )
        self._reach = Write(
            session,
            N_("How can we reach you?"),
            self._reached,
            hint=N_("A phone number, a door, or where you often are"),
            note=N_("Only who helps you or whom you help sees it, if both agree."),
            optional=True,
            name="join-contact",
        )

    def start(self) -> None:
        """What we keep first; then the name."""
        session, door = self._session, self._door
        name = Write(
            session,
            N_("What may we call you?"),
            self._named,
            hint=N_("A first name or a nickname is fine."),
            note=_who_sees_names(door),
            missing=N_("Please write what we may call you."),
            is_name=True,
            name="join-name",
        )
        on = (Act(N_("Next"), lambda: session.go(name), main=True),)
        title = N_("What we keep, and who sees it")
        session.go(Read(session, title, lambda: _kept(session, door), on, privacy=Privacy.OPEN, name="join-kept"))

    def _named(self, name: str) -> None:
        self._answers.name = name
        self._session.go(self._age if self._door["voting_age"] else self._reach)

    def _ages(self) -> Sequence[Option[bool]]:
        say = self._session.say
        return [Option(say(N_("Yes")), value=True), Option(say(N_("No, I am younger")), value=False)]

    def _aged(self, adult: bool) -> None:
        self._answers.adult = adult
        self._session.go(self._reach)

    def _reached(self, contact: str) -> None:
        self._answers.contact = contact
        session, door, answers = self._session, self._door, self._answers
        lines = partial(_review, session, door, answers)
        session.go(last_look(session, lines, N_("Ask to join"), self._send, name="join-review"))

    def _send(self) -> None:
        session, door, answers = self._session, self._door, self._answers
        kept = {"name": answers.name, "language": session.language, "contact": answers.contact}
        self._sending.send(AskToJoin(answers.adult), lambda receipt: _welcome(session, door, receipt), kept)


def _who_sees_names(door: Row) -> str:
    if door["begun"]:
        return N_("Members see it.")
    return N_("Members see it. On the first evening the kiosk shows it, so that you can find each other.")


def _kept(session: Session, door: Row) -> Sequence[Line]:
    say = session.say
    age = say(N_("Whether you are {age} or older."), age=door["voting_age"])
    return [
        Line(say(N_("What to call you.")), Style.STRONG),
        Line(say(N_("Members see it. If you take on a role or lead a meeting, everyone in the room does."))),
        *(
            [Line(age, Style.STRONG), Line(say(N_("Members see that. No birthday and no age is kept.")))]
            if door["voting_age"]
            else []
        ),
        Line(say(N_("How to reach you, if you tell us.")), Style.STRONG),
        Line(
            say(
                N_(
                    "Only somebody who helps you or whom you help sees it, and only if you both agree. "
                    "It is erased after a year."
                )
            )
        ),
        Line(say(N_("The language you read in, and the month you were last here.")), Style.STRONG),
        Line(say(N_("Nobody sees them on a page."))),
        Line(say(N_("Later, a PIN.")), Style.STRONG),
        Line(say(N_("You choose it at the kiosk. No phone ever asks for it, and nobody can read it."))),
        Line(
            say(
                N_(
                    "What we write down for good has random letters in place of your name. "
                    "You can have your name erased at any time."
                )
            )
        ),
    ]


def _review(session: Session, door: Row, person: Answers) -> Sequence[Line]:
    say = session.say
    age = say(N_("Are you {age} or older?"), age=door["voting_age"])
    yes = say(N_("Yes") if person.adult else N_("No, I am younger"))
    return [
        Line(say(N_("Your name")), value=person.name),
        *([Line(age, value=yes)] if door["voting_age"] else []),
        Line(say(N_("How to reach you")), value=person.contact or say(N_("not told"))),
        Line(say(_who_sees_names(door))),
        Line(say(N_("Only who helps you or whom you help sees how to reach you."))),
    ]


def _welcome(session: Session, door: Row, receipt: Receipt) -> None:
    """They are on the list: what comes next, or at once."""
    joined = N_("Welcome! You are on the list of who would like to join.")
    if not door["begun"]:
        again = Act(N_("The next person"), lambda: newcomer(session, door))
        everyone = Act(N_("We are all here"), lambda: vouching.evening(session, door))
        finished(session, N_("What happens next"), joined, _FIRST, acts=(again, everyone), name="joined-first")
        return
    person = str(receipt.person)
    now = Act(N_("A member is here"), lambda: vouching.for_one(session, person))
    many = door["vouchers"]

    def vouch() -> str:
        return session.count(
            "A member who knows you vouches for you. Ask one; it takes them a minute.",
            "{n} members who know you vouch for you. Ask them; it takes each a minute.",
            many,
        )

    finished(session, N_("What happens next"), joined, vouch, _CARD, _UNTIL, acts=(now,), name="joined")


_FIRST = N_("Now the next person writes their name. When all are here, you vouch for each other and get your cards.")
_CARD = N_("Then you get your card: on paper, or as twelve letters and digits to copy down.")
_UNTIL = N_("Until then you can read, ask for help and sign up for a meal: none of that needs a card.")
