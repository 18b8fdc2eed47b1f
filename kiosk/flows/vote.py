"""Vote: what is open, the question with all its rules, who you are; choosing is in `ballot`. And what came out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hub.domain.base import N_, BallotId, Tier
from kiosk.flows import objection, paper, sheet, topics
from kiosk.flows.ballot import Choosing
from kiosk.flows.choices import Choose, Option, ways
from kiosk.flows.steps import Act, Read
from kiosk.flows.told import Told, ask, named
from kiosk.flows.who import known
from kiosk.page import Line, Page, Press, Privacy, Style
from kiosk.session import Session
from kiosk.vocabulary import typed

EXAMPLE: Final = N_("EXAMPLE. This is not a real vote and decides nothing.")
STOPPED: Final = N_("Voting has stopped for a while. It goes on later, and for longer.")
Vote = dict[str, Any]


def start(session: Session) -> None:
    """Show what is open."""

    def show(told: Told) -> Choose[Press]:
        def options() -> Sequence[Option[Press]]:
            return [_open(session, vote) for vote in told.now["open"]]

        return ways(
            session,
            N_("Vote"),
            options,
            empty=N_("Nothing is being voted on now. Bring a topic: the next meeting can vote on it."),
            acts=lambda: _ways_on(session, told),
            privacy=Privacy.OPEN,
            name="votes",
        )

    ask(session, named("votes"), show)


def _ways_on(session: Session, told: Told) -> Sequence[Act]:
    topic = () if told.now["open"] else (Act(N_("Add a topic"), lambda: topics.start(session), main=True),)
    return (Act(N_("Results"), lambda: session.go(_results(session, told))), *topic)


def _open(session: Session, vote: Vote) -> Option[Press]:
    text, lang = typed(session.speaker, vote["text"])
    if not vote["secret"]:
        when = session.say(N_("Two people count the hands."))
    elif vote["paused"]:
        when = session.say(STOPPED)
    else:
        when = session.say(N_("Open until {moment}"), moment=session.speaker.short_moment(vote["closes"]))
    number = BallotId(vote["number"])
    return Option(text, lambda: question(session, number), f"{vote['method']} · {when}", lang=lang)


def _results(session: Session, told: Told) -> Choose[Press]:
    """What was voted on, and what came out, the newest first."""

    def options() -> Sequence[Option[Press]]:
        return [option(vote) for vote in told.now["over"]]

    def option(vote: Vote) -> Option[Press]:
        text, lang = typed(session.speaker, vote["text"])
        number = BallotId(vote["number"])
        return Option(text, lambda: result(session, number), " ".join(vote["verdict"]), lang=lang)

    empty = N_("Nothing has been voted on yet.")
    return ways(session, N_("Results"), options, empty=empty, privacy=Privacy.OPEN, name="results")


# One question


def question(session: Session, ballot: BallotId) -> None:
    """Show the text of a question, and all its rules."""
    ask(session, named("vote", ballot=ballot), lambda told: Notice(session, ballot, told))


class Notice:
    """The question, the choices, and the rules in words."""

    def __init__(self, session: Session, ballot: BallotId, told: Told) -> None:
        self._session, self._ballot, self._told = session, ballot, told

    def page(self) -> Page:
        """All of it, to read from top to bottom."""
        vote = self._told.now
        return Read(
            self._session,
            lambda: str(vote["method"]),
            lambda: self._lines(vote),
            self._acts(vote),
            STOPPED if vote["paused"] else "",
            privacy=Privacy.OPEN,
            name="question",
        ).page()

    def _acts(self, vote: Vote) -> Sequence[Act]:
        if not vote["secret"]:
            return ()
        now = () if vote["paused"] else (Act(N_("Vote now"), self._vote, main=True),)
        return (Act(N_("Print the notice"), self._print), *now)

    def _lines(self, vote: Vote) -> Sequence[Line]:
        session = self._session
        say = session.say
        text, lang = typed(session.speaker, vote["text"])
        lines = [Line(say(EXAMPLE), Style.STRONG)] if vote["specimen"] else []
        lines.append(Line(text, Style.STRONG, lang=lang))
        for number, option in enumerate(vote["options"] if not vote["yes_no"] else (), 1):
            name, lang = typed(session.speaker, option)
            lines.append(Line(f"{number}. {name}", lang=lang))
        if vote["follows"]:
            lines.append(Line(vote["follows"]))
        if not vote["secret"]:
            return [*lines, Line(say(N_("Raise your hand at the meeting. Two people count the hands.")))]
        closes = session.speaker.moment(vote["closes"])
        lines += [Line(say(N_("Closes")), Style.STRONG, value=closes)]
        lines += [Line(say(N_("How it is counted")), Style.HEADING), *map(Line, vote["rules"])]
        return [*lines, Line(say(N_("Is it secret?")), Style.HEADING), *map(Line, vote["secrecy"])]

    def _print(self) -> None:
        paper.start(self._session, "ballot_notice", ballot=self._ballot)

    def _vote(self) -> None:
        known(self._session, self._check_roll, Tier.PIN, Privacy.BALLOT)

    def _check_roll(self) -> None:
        """Who is not on the list learns it before they choose, not after."""
        self._session.ask(named("vote", self._session.visit, ballot=self._ballot), self._choose)

    def _choose(self, vote: Vote) -> None:
        session = self._session
        if vote["on_roll"] is False:
            session.trouble = session.say(
                N_("This ballot is for those who could vote when it opened. You can vote in the next one.")
            )
        elif vote["paused"]:
            session.trouble = session.say(STOPPED)
        else:
            session.go(Choosing(session, self._ballot, vote))


# One result


def result(session: Session, ballot: BallotId) -> None:
    """Show a result with its count; while there is time, a way to say that something was wrong."""

    def show(vote: Vote) -> None:
        wrong = Act(N_("Something was wrong"), lambda: objection.start(session, ballot))
        sheet.start(session, "ballot_result", (wrong,) if _in_doubt(vote) else (), ballot=ballot)

    session.ask(named("vote", session.visit, ballot=ballot), show)


def _in_doubt(vote: Vote) -> bool:
    """Whether somebody may still object: the reader, or, where nobody is known yet, perhaps the reader."""
    return bool(vote["may_object"]) or (vote["on_roll"] is None and vote["state"] in ("released", "objected"))
