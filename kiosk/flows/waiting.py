"""Waiting for you, with a card: what was asked and taken up, places, votes, roles, the next meeting; and oneself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from hub.client import Client
from hub.domain.base import N_
from hub.domain.needs import Commands
from kiosk.flows import asking, helping, me, paper, roles, sheet, signups, topics, vote
from kiosk.flows.choices import Option, ways
from kiosk.flows.sending import Sending
from kiosk.flows.steps import Act, Read, finished
from kiosk.flows.told import Told, ask
from kiosk.flows.who import known
from kiosk.page import Line, Page, Press, Style
from kiosk.session import Session
from kiosk.vocabulary import typed, when_and_where

Row = dict[str, Any]
Item = Option[Press]
NOTHING: Final = N_("Nothing waits for you just now. See what others need, or ask for something yourself.")


def start(session: Session) -> None:
    """Show a card, and see what waits."""
    known(session, lambda: _look(session))


def _look(session: Session) -> None:
    def asked(client: Client) -> Row:
        titles = {each["role"]["role"]: each["title"] for each in client.read("roles", session.visit)}
        return {**client.read("waiting", session.visit), "titles": titles}

    ask(session, asked, lambda told: Waiting(session, told))


class Waiting:
    """All that waits for one person, a row each."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    @property
    def _got(self) -> Row:
        found: Row = self._told.now
        return found

    def page(self) -> Page:
        """Errands first, then wishes, places, votes, roles and meetings."""
        session = self._session
        printing = Act(N_("Print it"), lambda: paper.start(session, "waiting"))
        asking_ = Act(N_("Ask for help"), lambda: asking.start(session))
        acts = (printing if self._items() else asking_, Act(N_("About me"), lambda: me.start(session)))
        title = session.say(N_("Waiting for {name}"), name=self._got["name"])
        return ways(session, lambda: title, self._items, empty=NOTHING, acts=acts, name="waiting").page()

    def _items(self) -> Sequence[Item]:
        return [*self._errands(), *self._wishes(), *self._places(), *self._votes(), *self._duties(), *self._meetings()]

    def _errands(self) -> Iterator[Item]:
        say, speaker = self._session.say, self._session.speaker
        for errand in (*self._got["mine"], *self._got["taken"]):
            need = errand["need"]
            text, lang = typed(speaker, need["text"])
            yield Option(text, self._opening(errand), self._standing(say, errand), mark=f"{need['number']}.", lang=lang)

    def _standing(self, say: Callable[..., str], errand: Row) -> str:
        if not self._is_mine(errand):
            return say(N_("You took it up."))
        if errand["need"]["taker"] is not None:
            return say(N_("{name} took it up."), name=errand["other"])
        return say(N_("Is this still needed?") if errand["remind"] else N_("Nobody has taken it up yet."))

    def _is_mine(self, errand: Row) -> bool:
        return self._session.person is not None and errand["need"]["by"] == self._session.person.member

    def _opening(self, errand: Row) -> Press:
        return lambda: self._session.go(Errand(self._session, errand, mine=self._is_mine(errand)))

    def _wishes(self) -> Iterator[Item]:
        session = self._session
        for wish in self._got["wishes"]:
            text, lang = typed(session.speaker, wish["offer"]["text"])
            who = session.say(N_("{name} would like this."), name=wish["name"])
            yield Option(text, self._wish(wish), who, lang=lang)

    def _wish(self, wish: Row) -> Press:
        session = self._session

        def lines() -> Sequence[Line]:
            text, lang = typed(session.speaker, wish["offer"]["text"])
            note, spoken = session.speaker.pick(wish["note"])
            who = Line(session.say(N_("{name} would like this."), name=wish["name"]), Style.STRONG)
            return [Line(text, lang=lang), who, *([Line(note, lang=spoken)] if note else [])]

        return lambda: session.go(Read(session, N_("Who would like what you offer"), lines, name="wish"))

    def _places(self) -> Iterator[Item]:
        session = self._session
        for place in self._got["places"]:
            title, lang = typed(session.speaker, place["signup"]["title"])
            when = when_and_where(session.speaker, place["signup"])
            standing = session.say(_place(place))
            yield Option(title, self._list(place["signup"]["number"]), f"{when} · {standing}", lang=lang)

    def _list(self, number: int) -> Press:
        return lambda: signups.open_one(self._session, number)

    def _votes(self) -> Iterator[Item]:
        session = self._session
        for asked, said in (
            ("votes", N_("Vote until {moment}.")),
            ("results", N_("It has been counted. You can object until {moment}.")),
        ):
            for each in self._got[asked]:
                text, lang = typed(session.speaker, each["ballot"]["text"])
                until = session.say(said, moment=session.speaker.short_moment(each["until"]))
                yield Option(text, lambda: vote.start(session), until, lang=lang)

    def _duties(self) -> Iterator[Item]:
        session = self._session
        for duty in self._got["duties"]:
            role = duty["role"]
            title = self._got["titles"].get(role["role"]) or session.say(N_("Another role"))
            ends = session.say(N_("It ends on {day}. Who could be next?"), day=session.speaker.day(role["until"]))
            asked = session.say(N_("Some members ask that somebody else does this."))
            yield Option(title, lambda: roles.start(session), ends if duty["soon"] else asked)

    def _meetings(self) -> Iterator[Item]:
        session, meeting = self._session, self._got["meeting"]
        if meeting is not None:
            on = N_("The meeting is on.") if meeting["held"] else N_("The next assembly")
            yield Option(session.say(on), lambda: topics.start(session), when_and_where(session.speaker, meeting))
        for draft in self._got["drafts"]:
            day = session.speaker.day(draft["held"])
            title = session.say(N_("Minutes of {day}: adopt or correct"), day=day)
            yield Option(title, self._minutes(draft["number"]), session.say(N_("The next meeting does that.")))

    def _minutes(self, number: int) -> Press:
        return lambda: sheet.start(self._session, "minutes", assembly=number)


def _place(place: Row) -> str:
    if place["signup"]["state"] == "cancelled":
        return N_("This does not take place.")
    return N_("you wait") if place["waits"] else N_("you have a place")


class Errand:
    """A need of one's own, or one taken up: who, when, where, how to reach each other, and what to do."""

    def __init__(self, session: Session, errand: Row, *, mine: bool) -> None:
        self._session, self._sending = session, Sending(session)
        self._got: Row = {
            **errand,
            "mine": mine,
            "taking": not mine,
            "named": errand["need"]["by"] is not None,
            "taker": errand["other"] if mine else "",
        }

    def page(self) -> Page:
        """It, and the acts."""
        session, need = self._session, self._got["need"]
        title = session.say(N_("Need {number}"), number=need["number"])
        acts = helping.acts(self._got, lambda: None, self._act)
        return Read(session, lambda: title, self._lines, acts, name="errand").page()

    def _lines(self) -> Sequence[Line]:
        session, got = self._session, self._got
        text, lang = typed(session.speaker, got["need"]["text"])
        if got["need"]["state"] == "open":
            nobody = [Line(session.say(N_("Nobody has taken it up yet.")))]
            still = [Line(session.say(N_("Is this still needed?")), Style.STRONG)] if got["remind"] else []
            return [Line(text, Style.STRONG, lang=lang), *nobody, *still]
        asked = [Line(session.say(N_("For {name}."), name=got["other"]))] if got["taking"] and got["other"] else []
        return [Line(text, Style.STRONG, lang=lang), *asked, *helping.standing(session, got)]

    def _act(self, command: Commands, title: str, text: str) -> None:
        session = self._session
        again = Act(N_("Waiting for you"), lambda: start(session))
        self._sending.send(command, lambda _: finished(session, title, text, acts=(again,), name="need-done"))
