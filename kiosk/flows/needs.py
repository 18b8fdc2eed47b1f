"""Needs and offers: what is asked and offered, one of each, and what a person does about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from hub.client import Client
from hub.domain.base import LONGEST_TEXT, N_, NeedId, Tier
from hub.domain.needs import (
    AgreeContact,
    Commands,
    ConfirmNeed,
    LetGoNeed,
    MarkNeedMet,
    TakeUpNeed,
    WithdrawNeed,
)
from kiosk.flows import asking, offers, paper
from kiosk.flows.forms import Number
from kiosk.flows.offers import listed
from kiosk.flows.steps import Act, Choose, Menu, Option, Read, Sending, Write, told, words
from kiosk.flows.who import known
from kiosk.page import Icon, Line, Page, Press, Privacy, Style, Tile
from kiosk.session import Session
from kiosk.vocabulary import CIRCLES, NEEDS, SOONS, typed

Row = dict[str, Any]
KITCHEN: Final = N_("No place was named: meet in the kitchen.")
Do = Callable[[Commands, str, str], None]
"""Does something with a need, and says then: a title and a sentence."""


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
        return meeting_lines(self._session, self._got)

    def _acts(self) -> Sequence[Act]:
        got, state = self._got, self._row["state"]
        if self._session.person is None:
            take = (Act(N_("I will see to it"), self._take, main=True),) if state == "open" else ()
            return (*take,) if got["named"] or state not in ("open", "taken") else (self._with_card(), *take)
        return acts_of(got, self._take, self.act)

    def _with_card(self) -> Act:
        return Act(N_("Change it with a card"), lambda: known(self._session, self._again))

    def _again(self) -> None:
        open_need(self._session, self._row["number"], instead=True)

    def act(self, command: Commands, title: str, text: str) -> None:
        """Do it, and say what came of it."""
        self._sending.send(command, lambda _: told(self._session, title, text, name="need-done"))

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
        session = self._session
        if self._got["named"]:
            note = session.say(N_("Only who asked reads your note, with your name."))
        else:
            note = session.say(N_("All who can read this need read your note. Your name is not shown."))
        session.go(
            Write(
                session,
                N_("When and where?"),
                self._taken,
                hint=N_("The kitchen, if you leave this empty."),
                note=lambda: note,
                optional=True,
                many=True,
                most=LONGEST_TEXT,
                name="need-where",
            )
        )

    def _taken(self, text: str) -> None:
        number, session = self._row["number"], self._session
        if self._got["named"]:
            after = session.say(N_("They will see that you are coming."))
        else:
            after = session.say(N_("They look up number {number}, or ask a member, and read your note."), number=number)
        command = TakeUpNeed(NeedId(number), words(session, text))
        self._sending.send(
            command,
            lambda _: told(session, N_("Thank you!"), lambda: after, _LATER, name="need-taken"),
        )


_LATER: Final = N_("It stands under “Waiting for you”, with what to do if you cannot after all.")


def meeting_lines(session: Session, got: Row) -> Sequence[Line]:
    """Who takes care of it, where they meet and how they reach each other, as far as these eyes may see."""
    say, row = session.say, got["need"]
    lines = [Line(say(N_("Somebody is seeing to it.")))]
    if got["taker"] and got["mine"]:
        lines = [Line(say(N_("{name} took it up."), name=got["taker"]), Style.STRONG)]
    if got["taking"]:
        lines = [Line(say(N_("You took it up.")), Style.STRONG)]
    if got["mine"] or got["taking"] or not got["named"]:
        note, lang = session.speaker.pick(row["note"]) if row["note"] else (say(KITCHEN), "")
        lines.append(Line(note, lang=lang))
    if got["contact"]:
        lines.append(Line(say(N_("You can reach each other: {contact}"), contact=got["contact"]), Style.STRONG))
    elif got["both"]:
        text = N_("You both agreed, but the other has not said how to reach them. Leave word in the kitchen.")
        lines.append(Line(say(text)))
    elif got["agreed"]:
        text = N_("You agreed. As soon as the other agrees too, you both see how to reach each other.")
        lines.append(Line(say(text)))
    return lines


def acts_of(got: Row, take: Press, act: Do) -> Sequence[Act]:
    """What a member can do with a need, the likeliest last."""
    row, number = got["need"], NeedId(got["need"]["number"])
    state, theirs = row["state"], got["mine"] or not got["named"]
    if state not in ("open", "taken"):
        return ()
    acts: list[Act] = []

    def offer(label: str, command: Commands, title: str, text: str, *, main: bool = False) -> None:
        acts.append(Act(label, lambda: act(command, title, text), main))

    if theirs:
        gone = N_("Nobody is asked for it any more.")
        offer(N_("Not needed any more"), WithdrawNeed(number), N_("It is off the list."), gone)
    if got["taking"]:
        back = N_("It is open again for somebody else.")
        offer(N_("I cannot after all"), LetGoNeed(number), N_("That is all right"), back)
    if state == "taken" and got["named"] and (got["mine"] or got["taking"]) and not got["agreed"]:
        both = N_("Once both agree, each sees how to reach the other.")
        offer(N_("Let them reach me"), AgreeContact(number), N_("Agreed."), both)
    if got.get("remind"):
        still = N_("It stays on the list. In two weeks we ask again.")
        offer(N_("It is still needed"), ConfirmNeed(number), N_("Good to know"), still, main=True)
    if state == "open" and not got["mine"]:
        acts.append(Act(N_("I will see to it"), take, main=True))
    elif got["mine"] or got["taking"] or not got["named"]:
        offer(
            N_("It was met"), MarkNeedMet(number), N_("Good!"), N_("It is marked as met."), main=not got.get("remind")
        )
    return acts
