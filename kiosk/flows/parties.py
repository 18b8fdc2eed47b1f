"""What somebody does with a place on a list: take it, be more or fewer, give it to somebody, go off the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hub.client import Receipt
from hub.domain.base import N_, ListId, MemberId
from hub.domain.signups import HandOver, LeaveSignup, ResizeParty, SignUp, SignUpGuest, SignupWaiting
from kiosk.flows import paper
from kiosk.flows.choices import Choose, Option, how_many, labelled
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Read, finished
from kiosk.flows.writing import Write
from kiosk.page import Line, Style
from kiosk.session import Session

Row = dict[str, Any]
WAITS: Final = SignupWaiting.KIND
PLACE: Final = N_("You have your place. See you there!")
FULL: Final = N_("It is full just now, so you wait. You move up by yourself as soon as there is room.")
TOO_MANY: Final = N_(
    "There is not room for all of you just now, so you wait. You move up by yourselves as soon as there is room."
)
TELL: Final = N_("If you cannot come, tell any member.")
COME_BACK: Final = N_("If you cannot come, take yourself off the list here: then somebody else can.")
CHANGES: Final = {
    "size": N_("We are more, or fewer"),
    "leave": N_("I cannot come"),
    "give": N_("Give my place to somebody"),
    "guest": N_("A guest cannot come"),
}


def sign_up(session: Session, row: Row, most: int) -> None:
    """With the card that was shown: how many, and the place is theirs."""
    number, sending = ListId(row["number"]), Sending(session)

    def send(size: int) -> None:
        sending.send(SignUp(number, size), lambda receipt: _came_of(session, row, receipt, size, COME_BACK))

    title = N_("How many are you, with those you bring?")
    session.go(how_many(session, title, most, send, N_("Members see your name on this list."), "signup-size"))


def guest(session: Session, row: Row, most: int) -> None:
    """Without a card: a first name, and how many."""
    number, sending = ListId(row["number"]), Sending(session)

    def named(name: str) -> None:
        newcomer = {"name": name, "language": session.language}

        def send(size: int) -> None:
            def done(receipt: Receipt) -> None:
                _came_of(session, row, receipt, size, TELL)

            sending.send(SignUpGuest(number, size), done, newcomer)

        note = N_("Members see your name. The room sees only how many you are.")
        session.go(how_many(session, N_("How many are you?"), most, send, note, "guest-size"))

    session.go(
        Write(
            session,
            N_("Your first name"),
            named,
            note=N_("Your name is kept until the day after the meal and then erased."),
            missing=N_("Please write your first name."),
            is_name=True,
            most=60,
            name="guest-name",
        )
    )


def _came_of(session: Session, row: Row, receipt: Receipt, size: int, after: str) -> None:
    """A place, or one in the queue, and what happens next."""
    acts = (Act(N_("Print the list"), lambda: paper.start(session, "signup_list", signup=row["number"])),)
    if all(kind != WAITS for _, kind in receipt.facts):
        finished(session, N_("You are on the list"), PLACE, after, acts=acts, name="signed-up")
        return
    said = TOO_MANY if size > 1 and row["places"] > row["taken"] else FULL
    finished(session, N_("You wait for a place"), said, after, acts=acts, ticked=False, name="signup-waits")


# Who has a place


def change(session: Session, got: Row, mine: Row) -> None:
    """What can be done with one's own place."""

    def chosen(change: str) -> None:
        steps = {"size": _resize, "leave": _leave, "give": _give, "guest": lambda *_: guest_leaves(session, got)}
        steps[change](session, got, mine)

    def options() -> Sequence[Option[str]]:
        guests = any(party["guest"] for party in got["list"]["parties"])
        left_out = {*(["give"] if mine["waits"] else []), *([] if guests else ["guest"])}
        return labelled(session, {key: said for key, said in CHANGES.items() if key not in left_out})

    session.go(Choose(session, N_("Change my place"), options, chosen, name="signup-change"))


def _resize(session: Session, got: Row, mine: Row) -> None:
    number, sending = ListId(got["list"]["number"]), Sending(session)

    def send(size: int) -> None:
        sending.send(
            ResizeParty(number, mine["party"], size),
            lambda _: finished(session, N_("The number is changed."), N_("See you there!"), name="signup-resized"),
        )

    title, most = N_("How many are you?"), got["most"]
    session.go(how_many(session, title, most, send, N_("Members see your name on this list."), "signup-size"))


def _leave(session: Session, got: Row, mine: Row) -> None:
    name = N_("I cannot come")
    _off(session, got, mine, name, N_("Your place goes to somebody else."))


def _off(session: Session, got: Row, party: Row, title: str, what: str) -> None:
    """Ask once more, and take a party off the list."""
    number, sending = ListId(got["list"]["number"]), Sending(session)

    def send() -> None:
        sending.send(
            LeaveSignup(number, party["party"]),
            lambda _: finished(
                session, N_("Off the list."), N_("The place is free for somebody else."), name="signup-left"
            ),
        )

    def lines() -> Sequence[Line]:
        return [Line(session.say(what), Style.STRONG)]

    session.go(Read(session, title, lines, (Act(N_("Take off the list"), send, main=True),), name="signup-leave"))


def _give(session: Session, got: Row, mine: Row) -> None:
    """To somebody who waits, or to a member who agreed."""
    visit = session.visit

    def show(members: Row) -> None:
        session.go(_to_whom(session, got, mine, members["members"]))

    session.ask(lambda client: client.read("members", visit), show)


def _to_whom(session: Session, got: Row, mine: Row, members: Sequence[Row]) -> Choose[tuple[int | None, str]]:
    number, sending = ListId(got["list"]["number"]), Sending(session)
    parties = got["list"]["parties"]
    on_it = {party["who"] for party in parties}

    def options() -> Sequence[Option[tuple[int | None, str]]]:
        waits = session.say(N_("waits for a place"))
        queue = [Option(got["names"][each["who"]], (each["party"], ""), waits) for each in parties if each["waits"]]
        others = [each for each in members if each["row"]["member"] not in on_it]
        return [*queue, *(Option(each["name"], (None, each["row"]["member"])) for each in others)]

    def send(whom: tuple[int | None, str]) -> None:
        waiting, member = whom
        sending.send(
            HandOver(number, mine["party"], waiting=waiting, to=MemberId(member) if member else None),
            lambda _: finished(session, N_("The place is given."), N_("That was kind."), name="signup-given"),
        )

    empty = N_("There is nobody to give it to. Say “I cannot come”, and the place is free.")
    return Choose(
        session, N_("To whom?"), options, send, note=N_("Ask them first."), empty=empty, name="signup-to-whom"
    )


# For a guest


def guest_leaves(session: Session, got: Row) -> None:
    """A member says it for a guest, who has no card."""

    def options() -> Sequence[Option[int]]:
        guests = [party for party in got["list"]["parties"] if party["guest"]]
        return [Option(got["names"][party["who"]], party["party"]) for party in guests]

    def chosen(number: int) -> None:
        party = next(each for each in got["list"]["parties"] if each["party"] == number)
        _off(session, got, party, N_("A guest cannot come"), N_("Their place goes to somebody else."))

    session.go(Choose(session, N_("Which guest cannot come?"), options, chosen, name="signup-guests"))
