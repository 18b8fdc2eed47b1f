"""Needs and offers: what is asked and offered, one of each, and what a person does about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hub.client import Client
from hub.domain.base import LONGEST_TEXT, N_, NeedId, Tier
from hub.domain.needs import Commands, TakeUpNeed
from hub.words.kinds import CIRCLES, NEEDS, SOONS
from kiosk.flows import asking, helping, offers, paper
from kiosk.flows.choices import Choose, Menu, Option
from kiosk.flows.offers import listed
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Read, finished
from kiosk.flows.who import known
from kiosk.flows.writing import SEND, Number, Write, words
from kiosk.page import Icon, Line, Page, Privacy, Style, Tile
from kiosk.session import Session
from kiosk.vocabulary import typed

Row = dict[str, Any]
LATER: Final = N_("It stands under “Waiting for you”, with what to do if you cannot after all.")


def start(session: Session) -> None:
    """What is asked, what is offered, and one's own."""
    say = session.say

    def tiles() -> Sequence[Tile]:
        return [
            Tile(say(N_("Who can help?")), say(N_("What others need")), Icon.ASK, press=lambda: _needs(session)),
            Tile(say(N_("On offer")), say(N_("What others share")), Icon.OFFER, press=lambda: offers.start(session)),
            Tile(
                say(N_("Offer something")),
                say(N_("Time, a skill or a thing")),
                Icon.OFFER,
                press=lambda: asking.offer(session),
            ),
            Tile(
                say(N_("I asked for something")), say(N_("I have a number")), Icon.WAITING, press=lambda: _mine(session)
            ),
            Tile(say(N_("Print the list")), say(N_("For the wall")), press=lambda: paper.start(session, "needs")),
        ]

    session.go(Menu(session, N_("Needs and offers"), tiles, name="needs-menu"))


def _needs(session: Session) -> None:
    visit = session.visit

    def show(rows: Sequence[Row]) -> None:
        def options() -> Sequence[Option[int]]:
            return [listed(session, row) for row in rows]

        session.go(
            Choose(
                session,
                N_("Who can help?"),
                options,
                lambda number: open_need(session, number),
                empty=N_("Nothing is asked right now. If you need something, ask: no card is needed."),
                acts=() if rows else (Act(N_("Ask for help"), lambda: asking.start(session), main=True),),
                privacy=Privacy.OPEN,
                name="needs",
            )
        )

    session.ask(lambda client: client.read("needs", visit), show)


def _mine(session: Session) -> None:
    """By the number somebody was told."""
    title = N_("Which number were you told?")
    session.go(Number(session, title, lambda number: open_need(session, number), name="need-number"))


def open_need(session: Session, number: int, *, instead: bool = False) -> None:
    """One need; a plain no where these eyes may not see it."""

    def show(got: Row | None) -> None:
        if got is None:
            session.trouble = session.say(N_("No need with this number is shown here. Ask any member to look it up."))
        elif instead:
            session.instead(Need(session, got))
        else:
            session.go(Need(session, got))

    session.ask(lambda client: _look(client, session.visit, number), show)


def _look(client: Client, visit: str, number: int) -> Row | None:
    found: Row | None = client.read("need", visit, need=number)
    return found


class Need:
    """One need: how it stands, and what the person before it can do."""

    def __init__(self, session: Session, got: Row) -> None:
        self._session, self._got, self._sending = session, got, Sending(session)
        self._row: Row = got["need"]

    def page(self) -> Page:
        """The words, the state, the acts."""
        session, number = self._session, self._row["number"]
        privacy = Privacy.PERSONAL if session.person else Privacy.OPEN
        title = session.say(N_("Need {number}"), number=number)
        return Read(session, lambda: title, self._lines, self._acts, privacy=privacy, name="need").page()

    def _lines(self) -> Sequence[Line]:
        say, row, speaker = self._session.say, self._row, self._session.speaker
        text, lang = typed(speaker, row["text"])
        seen = say(N_("seen by: {circle}"), circle=say(CIRCLES[row["circle"]]))
        about = f"{say(NEEDS[row['sort']])} · {say(SOONS[row['soon']])} · {seen}"
        return [Line(text, Style.STRONG, lang=lang), Line(about, Style.SMALL), *self._state()]

    def _state(self) -> Sequence[Line]:
        say = self._session.say
        if self._row["state"] == "open":
            return [Line(say(N_("Nobody has taken it up yet.")))]
        if self._row["state"] != "taken":
            return [Line(say(N_("It was met.") if self._row["state"] == "met" else N_("It is no longer asked.")))]
        return helping.standing(self._session, self._got)

    def _acts(self) -> Sequence[Act]:
        got, state = self._got, self._row["state"]
        if self._session.person is None:
            take = (Act(N_("I will see to it"), self._take, main=True),) if state == "open" else ()
            return (*take,) if got["named"] or state not in ("open", "taken") else (self._with_card(), *take)
        return helping.acts(got, self._take, self._act)

    def _with_card(self) -> Act:
        return Act(N_("Change it with a card"), lambda: known(self._session, self._again))

    def _again(self) -> None:
        open_need(self._session, self._row["number"], instead=True)

    def _act(self, command: Commands, title: str, text: str) -> None:
        self._sending.send(command, lambda _: finished(self._session, title, text, name="need-done"))

    def _take(self) -> None:
        session, number = self._session, self._row["number"]
        known(session, lambda: session.ask(lambda client: _look(client, session.visit, number), self._fresh), Tier.CARD)

    def _fresh(self, got: Row | None) -> None:
        """As it stands now, for who showed the card: it may be their own, or somebody else's by now."""
        if got is None or got["mine"] or got["need"]["state"] != "open":
            self._again()
        else:
            self._where()

    def _where(self) -> None:
        named = N_("Only who asked reads your note, with your name.")
        nobody = N_("All who can read this need read your note. Your name is not shown.")
        self._session.go(
            Write(
                self._session,
                N_("When and where?"),
                self._taken,
                hint=N_("The kitchen, if you leave this empty."),
                note=named if self._got["named"] else nobody,
                optional=True,
                many=True,
                most=LONGEST_TEXT,
                next=SEND,
                skip=SEND,
                name="need-where",
            )
        )

    def _taken(self, text: str) -> None:
        number, session = self._row["number"], self._session

        def after() -> str:
            if self._got["named"]:
                return session.say(N_("They will see that you are coming."))
            return session.say(N_("They look up number {number}, or ask a member, and read your note."), number=number)

        command = TakeUpNeed(NeedId(number), words(session, text))
        self._sending.send(command, lambda _: finished(session, N_("Thank you!"), after, LATER, name="need-taken"))
