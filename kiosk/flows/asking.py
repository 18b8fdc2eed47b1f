"""Ask for help, or offer something: what it is about, how soon, the words, who may see it, and a last look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hub.client import Receipt
from hub.domain.base import LONGEST_TEXT, N_, Circle, Tier
from hub.domain.needs import MakeOffer, ReportNeed, Soon, Sort
from hub.words.kinds import CIRCLES, NEEDS, SOONS
from kiosk.flows.choices import Choose, labelled
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Read, finished, last_look
from kiosk.flows.who import known
from kiosk.flows.writing import Write, words
from kiosk.page import Line, Style
from kiosk.session import Session

LEAVE_OUT: Final = N_("Leave out names and addresses; somebody will ask you.")
SEEN: Final = {circle: said for circle, said in CIRCLES.items() if circle >= Circle.MEMBERS}


@dataclass(slots=True)
class Wish:
    """What was answered so far."""

    sort: str = "other"
    soon: str = "any_time"
    text: str = ""
    circle: int = int(Circle.MEMBERS)


def start(session: Session) -> None:
    """Ask for help. No card is needed."""
    wish, sending = Wish(), Sending(session)

    def sorted_(sort: str) -> None:
        wish.sort = sort
        session.go(Choose(session, N_("How soon?"), lambda: labelled(session, SOONS), soon, name="ask-soon"))

    def soon(soon: str) -> None:
        wish.soon = soon
        session.go(_write(session, N_("What do you need?"), wish, lambda: session.go(who), "ask-words"))

    def seen(circle: int) -> None:
        wish.circle = circle
        session.go(Read(session, N_("Is this right?"), lambda: _need_lines(session, wish), acts, name="ask-review"))

    def acts() -> Sequence[Act]:
        card = () if session.person else (Act(N_("With my card"), lambda: known(session, lambda: None)),)
        return (*card, Act(N_("Ask"), send, main=True))

    def send() -> None:
        need = ReportNeed(Sort(wish.sort), Soon(wish.soon), words(session, wish.text), Circle(wish.circle))
        sending.send(need, lambda receipt: _number(session, receipt))

    who = _who(session, seen, "ask-circle")
    session.go(Choose(session, N_("What is it about?"), lambda: labelled(session, NEEDS), sorted_, name="ask-sort"))


def offer(session: Session) -> None:
    """Offer time, a skill or a thing, with a card."""
    wish, sending = Wish(), Sending(session)

    def begin() -> None:
        session.go(
            Choose(session, N_("What is it about?"), lambda: labelled(session, NEEDS), sorted_, name="offer-sort")
        )

    def sorted_(sort: str) -> None:
        wish.sort = sort
        session.go(_write(session, N_("What do you offer?"), wish, lambda: session.go(who), "offer-words"))

    def seen(circle: int) -> None:
        wish.circle = circle
        session.go(last_look(session, lambda: _offer_lines(session, wish), N_("Offer it"), send, name="offer-review"))

    def send() -> None:
        made = MakeOffer(Sort(wish.sort), words(session, wish.text), Circle(wish.circle))
        sending.send(made, lambda _: _offered(session))

    who = _who(session, seen, "offer-circle")
    known(session, begin, Tier.CARD)


def _write(session: Session, title: str, wish: Wish, then: Callable[[], None], name: str) -> Write:
    def written(text: str) -> None:
        wish.text = text
        then()

    return Write(session, title, written, note=LEAVE_OUT, text=wish.text, many=True, most=LONGEST_TEXT, name=name)


def _who(session: Session, seen: Callable[[int], None], name: str) -> Choose[int]:
    return Choose(session, N_("Who may see it?"), lambda: labelled(session, SEEN), seen, name=name)


# The last look


def _need_lines(session: Session, wish: Wish) -> list[Line]:
    say = session.say
    who = N_("Who takes it up sees your name.") if session.person else N_("It does not say who asked.")
    told_later = N_("Show your card, and what comes of it waits for you under “Waiting for you”.")
    return [
        Line(wish.text, Style.STRONG, lang=session.language),
        Line(say(N_("What it is about")), value=say(NEEDS[wish.sort])),
        Line(say(N_("How soon?")), value=say(SOONS[wish.soon])),
        Line(say(N_("Who sees it")), value=say(CIRCLES[wish.circle])),
        Line(say(who)),
        *([] if session.person else [Line(say(told_later), Style.SMALL)]),
    ]


def _offer_lines(session: Session, wish: Wish) -> list[Line]:
    say = session.say
    return [
        Line(wish.text, Style.STRONG, lang=session.language),
        Line(say(N_("What it is about")), value=say(NEEDS[wish.sort])),
        Line(say(N_("Who sees it")), value=say(CIRCLES[wish.circle])),
    ]


def _number(session: Session, receipt: Receipt) -> None:
    """Which number it is, asked after the sending, for who showed no card."""
    line = receipt.position
    session.ask(lambda client: client.read("need_number", record=line), lambda number: _asked(session, number))


def _asked(session: Session, number: Any) -> None:
    title = N_("Thank you for asking")
    if session.person is not None:
        later = N_("Look under “Waiting for you” with your card: it says who took it up, and when and where.")
        finished(session, title, lambda: session.say(N_("It is number {number}."), number=number), later, name="asked")
        return
    finished(
        session,
        title,
        lambda: session.say(N_("It is number {number}: keep it in mind."), number=number),
        N_("With it you find out here, or from any member, whether somebody took it up, and when and where."),
        name="asked",
    )


def _offered(session: Session) -> None:
    finished(
        session,
        N_("Thank you!"),
        N_("Your offer is on the list."),
        N_("Who would like it is told to you under “Waiting for you”."),
        name="offered",
    )
