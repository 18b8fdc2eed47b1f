"""Sign up: the lists to come, one list, a place on it with a card or as a guest, and what else one does with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hub.client import Client
from hub.domain.base import N_, Tier
from hub.words.kinds import CIRCLES, LISTS
from kiosk.flows import lists, paper, parties
from kiosk.flows.choices import Choose, Option
from kiosk.flows.steps import Act, Read
from kiosk.flows.who import known
from kiosk.page import Line, Page, Privacy, Style
from kiosk.session import Session
from kiosk.vocabulary import room, typed, when_and_where

Row = dict[str, Any]


def start(session: Session) -> None:
    """All lists to come, soonest first."""
    visit = session.visit
    session.ask(lambda client: client.read("signups", visit), lambda rows: session.go(_lists(session, rows)))


def _lists(session: Session, rows: Sequence[Row]) -> Choose[int]:
    def options() -> list[Option[int]]:
        return [_listed(session, row) for row in rows]

    def show(number: int) -> None:
        open_one(session, number)

    printing = Act(N_("Print all lists"), lambda: paper.start(session, "signups"))
    opening = Act(N_("Open a list"), lambda: lists.start(session), main=True)
    return Choose(
        session,
        N_("Sign up"),
        options,
        show,
        empty=N_("No list is open right now. Any member can open one."),
        acts=(printing if rows else opening,),
        privacy=Privacy.OPEN,
        name="signups",
    )


def _listed(session: Session, row: Row) -> Option[int]:
    title, lang = typed(session.speaker, row["title"])
    detail = f"{when_and_where(session.speaker, row)} · {room(session.speaker, row)}"
    return Option(title, row["number"], detail, lang=lang)


def open_one(session: Session, number: int, *, instead: bool = False) -> None:
    """One list; `instead` of the screen in front, where that was the same list a moment ago."""
    put = session.instead if instead else session.go
    session.ask(lambda client: look(client, session.visit, number), lambda got: put(List(session, got)))


def look(client: Client, visit: str, number: int) -> Row:
    """What the hub says of one list to who is here."""
    found: Row = client.read("signup_page", visit, signup=number)
    return found


class List:
    """One list: when, where, how much room, and for members who comes."""

    def __init__(self, session: Session, got: Row) -> None:
        self._session, self._got = session, got
        self._row: Row = got["list"]

    @property
    def _mine(self) -> Row | None:
        me = self._session.person.member if self._session.person else None
        return next((party for party in self._row["parties"] if party["who"] == me), None)

    def page(self) -> Page:
        """The list to read, and what can be done with it."""
        session, (title, _) = self._session, typed(self._session.speaker, self._row["title"])
        privacy = Privacy.PERSONAL if session.person else Privacy.OPEN
        return Read(session, lambda: title, self._lines, self._acts(), privacy=privacy, name="signup").page()

    # What it says

    def _lines(self) -> Sequence[Line]:
        session, row, say = self._session, self._row, self._session.say
        kind, seen = say(LISTS[row["sort"]]), say(CIRCLES[row["circle"]])
        taken = say(N_("{taken} of {places} places taken"), taken=row["taken"], places=row["places"])
        share = (min(row["taken"], row["places"]), row["places"])
        return [
            Line(when_and_where(session.speaker, row, whole=True), Style.STRONG),
            *self._state(),
            Line(taken, value=room(session.speaker, row), share=share),
            *self._place(),
            *self._people(N_("Who comes"), waits=False),
            *self._people(N_("Waiting, in this order"), waits=True),
            Line(f"{kind} · {say(N_('seen by: {circle}'), circle=seen)}", Style.SMALL),
        ]

    def _state(self) -> Sequence[Line]:
        said = {
            "cancelled": N_("This does not take place."),
            "closed": N_("This list is closed: no one else signs up."),
        }.get(self._row["state"])
        why, lang = self._session.speaker.pick(self._row["why"])
        if said is None:
            return []
        return [Line(self._session.say(said), Style.STRONG), *([Line(why, lang=lang)] if why else [])]

    def _place(self) -> Sequence[Line]:
        if self._mine is None:
            return []
        say = self._session.say
        many = self._session.count("one person", "{n} people", self._mine["size"])
        if not self._mine["waits"]:
            return [Line(say(N_("You have a place")), Style.STRONG, value=many)]
        text = N_("As soon as there is room for all of you, you move up by yourself. Being fewer may help.")
        return [Line(say(N_("You wait for a place")), Style.STRONG, value=many), Line(say(text))]

    def _people(self, heading: str, *, waits: bool) -> Sequence[Line]:
        people = [party for party in self._row["parties"] if party["waits"] is waits]
        lines = [Line(self._name(party), value=self._size(party)) for party in people]
        return [Line(self._session.say(heading), Style.HEADING), *lines] if lines else []

    def _name(self, party: Row) -> str:
        name = self._got["names"][party["who"]]
        return self._session.say(N_("{name} (guest)"), name=name) if party["guest"] else str(name)

    def _size(self, party: Row) -> str:
        return self._session.count("one person", "{n} people", party["size"]) if party["size"] > 1 else ""

    # What can be done

    def _acts(self) -> Sequence[Act]:
        number = self._row["number"]
        sheet = Act(N_("Print"), lambda: paper.start(self._session, "signup_list", signup=number))
        if self._got["over"]:
            return (sheet,)
        guests = any(party["guest"] for party in self._row["parties"])
        helps = (Act(N_("A guest cannot come"), self._guest_leaves),) if guests else ()
        if self._mine is not None:
            return (sheet, Act(N_("Change my place"), self._change, main=True))
        if self._row["state"] != "open":
            return (sheet, *helps)
        return (sheet, *helps, *self._ways_in())

    def _ways_in(self) -> Sequence[Act]:
        card = Act(N_("Sign up with my card"), self._with_card, main=True)
        if self._session.person is not None:
            return (Act(N_("Sign me up"), self._with_card, main=True),)
        return (Act(N_("Sign up without a card"), self._as_guest), card) if self._got["guests"] else (card,)

    def _as_guest(self) -> None:
        parties.guest(self._session, self._row, self._got["most"])

    def _with_card(self) -> None:
        session, number = self._session, self._row["number"]

        def arrived() -> None:
            session.ask(lambda client: look(client, session.visit, number), self._welcome)

        known(session, arrived, Tier.CARD)

    def _welcome(self, got: Row) -> None:
        """Now it is known who they are, and whether they are on the list already."""
        self._got, self._row = got, got["list"]
        if self._mine is None:
            parties.sign_up(self._session, self._row, got["most"])

    def _change(self) -> None:
        if self._mine is not None:
            parties.change(self._session, self._got, self._mine)

    def _guest_leaves(self) -> None:
        parties.guest_leaves(self._session, self._got)
