"""The first screen: what is open now, and where to begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from hub.domain.base import N_, Millis
from kiosk.board import Board
from kiosk.flows import asking, books, desk, help, hubs, join, needs, roles, settings, signups, topics, vote, waiting
from kiosk.flows.steps import Read
from kiosk.page import Button, Icon, Line, Page, Press, Privacy, Reading, Style, Tile, Tiles
from kiosk.session import Session
from kiosk.stack import Screen
from kiosk.vocabulary import room, typed

Row = dict[str, Any]
ONE_LINE: Final = 24
"""Letters of a tile's second line on the smallest screen."""
NIGHT: Final = 1
"""A rest ends with the last moment of its last day."""


def first(board: Board) -> Callable[[Session], Screen]:
    """What makes the first screen of a session, always with the same board."""
    return lambda session: Home(session, board)


class Home:
    """Six large choices, then the others. It looks for news by itself."""

    def __init__(self, session: Session, board: Board) -> None:
        self._session, self._board = session, board
        self._drawn: object = None
        board.stale()

    def page(self) -> Page:
        """What is open, or a plain card where the hub never answered."""
        session, say = self._session, self._session.say
        told = self._board.told
        if told is None:
            return Page(
                say(N_("Welcome")),
                Reading(tuple(self._nothing_yet())),
                buttons=self._foot(),
                leave=session.leave if session.person else None,
                name="home",
            )
        return Page(
            session.speaker.pick(told["card"]["name"])[0] or say(N_("This hub")),
            Tiles(tuple(self._tiles(told))),
            note=self._note(told),
            corner=self._corner(told),
            buttons=self._foot(),
            leave=session.leave if session.person else None,
            privacy=Privacy.PERSONAL if session.person else Privacy.OPEN,
            name="home",
        )

    def _nothing_yet(self) -> Iterator[Line]:
        say = self._session.say
        if not self._board.down:
            yield Line(say(N_("One moment, please.")), Style.STRONG)
            return
        yield Line(say(N_("The hub does not answer just now.")), Style.STRONG)
        yield Line(say(N_("We try again by ourselves. Paper works meanwhile: the lists on the wall, a pen, a hat.")))

    def _foot(self) -> tuple[Button, ...]:
        session, say = self._session, self._session.say
        voice = say(N_("Stop reading") if session.aloud else N_("Read aloud"))
        aloud = (Button(voice, session.read_aloud),) if session.read_aloud else ()
        return (
            Button(say(N_("Language")), lambda: settings.start(session)),
            Button(say(N_("Text size")), lambda: settings.text_size(session)),
            *aloud,
            Button(say(N_("Help")), lambda: help.start(session)),
        )

    def _corner(self, told: Row) -> tuple[str, ...]:
        session = self._session
        hubs = told["hubs"]
        linked = session.count("one linked hub", "{n} linked hubs", hubs) if hubs else ""
        kind = session.say(N_("Practice hub")) if told["card"]["ephemeral"] else linked
        return (" · ".join([session.speaker.time(self._board.now(session)), *([kind] if kind else [])]),)

    def _note(self, told: Row) -> str:
        """What everybody should know before anything else; nothing on most days, so that six tiles fit."""
        session, say, speaker = self._session, self._session.say, self._session.speaker
        if session.notice:
            return session.notice
        if self._board.down:
            return say(N_("The hub does not answer. This is as of {time}."), time=speaker.time(self._board.as_of))
        if told["rest"]:
            return rest_in_words(session, told["rest"])
        if told["open"]["running"]:
            return say(N_("The meeting is on."))
        return ""

    # The tiles

    def _tiles(self, told: Row) -> Iterator[Tile]:
        now = told["open"]
        if not told["begun"]:
            yield self._tile(
                N_("Open the first evening"), self._asked(told), Icon.JOIN, lambda: join.start(self._session)
            )
        yield self._tile(N_("Sign up"), self._lists(now["lists"]), Icon.SIGNUP, lambda: signups.start(self._session))
        none = self._session.say(N_("No card is needed."))
        yield self._tile(N_("Ask for help"), none, Icon.ASK, lambda: asking.start(self._session))
        yield self._tile(N_("Offer or help"), self._needs(now["needs"]), Icon.OFFER, lambda: needs.start(self._session))
        yield self._tile(N_("Vote"), self._votes(now["votes"]), Icon.VOTE, lambda: vote.start(self._session))
        person = self._session.person
        card = person.name if person else self._session.say(N_("Show your card."))
        yield self._tile(N_("Waiting for you"), card, Icon.WAITING, lambda: waiting.start(self._session))
        yield self._tile(N_("Read our books"), self._books(now), Icon.BOOKS, lambda: books.start(self._session))
        yield from self._more(told)

    def _more(self, told: Row) -> Iterator[Tile]:
        session, now = self._session, told["open"]
        count = session.count
        if told["begun"]:
            many = count("{n} member", "{n} members", now["members"])
            yield self._tile(N_("Join us"), many, Icon.JOIN, lambda: join.start(session))
        meeting = next(iter(now["meetings"]), None)
        all_topics = count("{n} topic", "{n} topics", now["topics"])
        agenda = _short(session.speaker.day(meeting["starts"]) if meeting else "", all_topics)
        yield self._tile(N_("Add a topic"), agenda, Icon.TOPIC, lambda: topics.start(session))
        free = count("{n} role is free", "{n} roles are free", now["gaps"]) if now["gaps"] else ""
        yield self._tile(
            N_("Roles"), free or session.say(N_("Who does what")), Icon.ROLES, lambda: roles.start(session)
        )
        near = session.say(N_("Hubs near us"))
        yield self._tile(N_("Neighbours"), near, Icon.HUBS, lambda: hubs.start(session))
        held = session.say(N_("For role holders"))
        yield self._tile(N_("Keeper's desk"), held, Icon.DESK, lambda: desk.start(session))
        if told["rest"]:
            yield self._tile(N_("We rest"), self._until(told["rest"]), Icon.REST, lambda: self._rest(told["rest"]))

    def _tile(self, label: str, detail: str, icon: Icon, press: Press) -> Tile:
        return Tile(self._session.say(label), detail, icon, press=press)

    def _asked(self, told: Row) -> str:
        return self._session.count("one name so far", "{n} names so far", told["asked"])

    def _lists(self, lists: list[Row]) -> str:
        """The soonest list and its room, as far as that fits on one line of a tile."""
        session = self._session
        if not lists:
            return session.say(N_("No list is open."))
        title = typed(session.speaker, lists[0]["title"])[0]
        all_lists = session.count("{n} list", "{n} lists", len(lists))
        return _short(f"{title} · {room(session.speaker, lists[0])}", title, all_lists)

    def _needs(self, needs: int) -> str:
        none = self._session.say(N_("Nothing just now"))
        return self._session.count("{n} open need", "{n} open needs", needs) if needs else none

    def _votes(self, votes: list[Row]) -> str:
        none = self._session.say(N_("No vote is open."))
        return self._session.count("{n} open vote", "{n} open votes", len(votes)) if votes else none

    def _books(self, now: Row) -> str:
        return self._session.say(N_("Something is unexplained") if now["unexplained"] else N_("Every coin"))

    def _until(self, rest: Row) -> str:
        return self._session.speaker.day(Millis(rest["until"] - NIGHT))

    def _rest(self, rest: Row) -> None:
        session = self._session

        def lines() -> list[Line]:
            return [
                Line(rest_in_words(session, rest), Style.STRONG),
                Line(session.say(N_("Nothing runs out meanwhile: votes and deadlines wait for us."))),
            ]

        session.go(Read(session, N_("We rest"), lines, privacy=Privacy.OPEN, name="rest"))

    # News

    def refresh(self) -> None:
        """Time passed while this screen stands."""
        self._board.look(self._session, self._came)

    def _came(self) -> None:
        session, told = self._session, self._board.told
        if told is not None:
            session.hall = told["hall"]
            _belong(session, told["card"])
        minute = session.speaker.time(self._board.now(session)) if told else ""
        drawn = (self._board.down, minute, {**told, "now": 0} if told else None)
        if drawn != self._drawn:
            self._drawn = drawn
            session.changed()


def _short(*told: str) -> str:
    """The first that fits on one line of a tile, else the last."""
    return next((each for each in told if 0 < len(each) <= ONE_LINE), told[-1])


def _belong(session: Session, card: Row) -> None:
    """The hub's clock and language are the screen's own, where nobody chose another."""
    session.zone = card["zone"]
    theirs = card["language"] if card["language"] in dict(session.catalogue.languages) else "en"
    if theirs != session.hub_language:
        nobody = session.language == session.hub_language
        session.hub_language = theirs
        if nobody:
            session.speak(theirs)


def rest_in_words(session: Session, rest: Row) -> str:
    """Until when the house rests, and why."""
    speaker = session.speaker
    day, why = speaker.day(Millis(rest["until"] - NIGHT)), speaker.pick(rest["why"])[0]
    if not why:
        return session.say(N_("We rest until {day}."), day=day)
    return session.say(N_("We rest until {day}: {why}"), day=day, why=why)
