"""Vote: what is open, the question with all its rules, who you are; choosing is in `ballot`. And what came out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hub.client import Client, Receipt
from hub.domain.ballots import ObjectToBallot
from hub.domain.base import N_, BallotId, Tier
from kiosk.flows import paper, sheet
from kiosk.flows.ballot import Choosing
from kiosk.flows.forms import LONGEST, Signing, finished, last_look, words
from kiosk.flows.steps import Write
from kiosk.flows.told import Question, Told, ask
from kiosk.flows.who import known
from kiosk.page import Button, Line, Page, Privacy, Reading, Row, Rows, Style
from kiosk.session import Session
from kiosk.vocabulary import typed

EXAMPLE: Final = N_("EXAMPLE. This is not a real vote and decides nothing.")
STOPPED: Final = N_("Voting has stopped for a while. It goes on later, and for longer.")


def start(session: Session) -> None:
    """Show what is open."""
    ask(session, lambda client: client.read("votes"), lambda told: Open(session, told))


class Open:
    """What is being voted on now."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """A row for each question."""
        session = self._session
        say = session.say
        return Page(
            say(N_("Vote")),
            Rows(
                tuple(self._row(line) for line in self._told.now["open"]),
                say(N_("Nothing is being voted on now. Bring a topic: the next meeting can vote on it.")),
            ),
            buttons=(Button(say(N_("Results")), lambda: session.go(Over(session, self._told))),),
            back=session.back,
            leave=session.leave,
            name="votes",
        )

    def _row(self, line: dict[str, Any]) -> Row:
        session = self._session
        text, lang = typed(session.speaker, line["text"])
        if not line["secret"]:
            when = session.say(N_("Two people count the hands."))
        elif line["paused"]:
            when = session.say(STOPPED)
        else:
            when = session.say(N_("Open until {moment}"), moment=session.speaker.moment(line["closes"]))
        return Row(
            text, f"{line['method']} · {when}", lang=lang, press=lambda: question(session, BallotId(line["number"]))
        )


class Over:
    """What was voted on, and what came out."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session, self._told = session, told

    def page(self) -> Page:
        """A row for each result, the newest first."""
        session = self._session
        return Page(
            session.say(N_("Results")),
            Rows(tuple(map(self._row, self._told.now["over"])), session.say(N_("Nothing has been voted on yet."))),
            back=session.back,
            leave=session.leave,
            name="results",
        )

    def _row(self, line: dict[str, Any]) -> Row:
        session = self._session
        text, lang = typed(session.speaker, line["text"])
        return Row(text, " ".join(line["verdict"]), lang=lang, press=lambda: result(session, BallotId(line["number"])))


# One question


def question(session: Session, ballot: BallotId) -> None:
    """Show the text of a question, and all its rules."""
    ask(session, _asking(ballot), lambda told: Notice(session, ballot, told))


def _asking(ballot: BallotId, visit: str = "") -> Question:
    def asked(client: Client) -> object:
        return client.read("vote", visit, ballot=ballot)

    return asked


class Notice:
    """The question, the choices, and the rules in words."""

    def __init__(self, session: Session, ballot: BallotId, told: Told) -> None:
        self._session, self._ballot, self._told = session, ballot, told

    def page(self) -> Page:
        """All of it, to read from top to bottom."""
        session, vote = self._session, self._told.now
        say = session.say
        buttons = [Button(say(N_("Print the notice")), self._print)] if vote["secret"] else []
        if vote["secret"] and not vote["paused"]:
            buttons.append(Button(say(N_("Vote now")), self._vote, main=True))
        return Page(
            vote["method"],
            Reading(tuple(self._lines(vote))),
            note=say(STOPPED) if vote["paused"] else "",
            buttons=tuple(buttons),
            back=session.back,
            leave=session.leave,
            name="question",
        )

    def _lines(self, vote: dict[str, Any]) -> Sequence[Line]:
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
        self._session.ask(_asking(self._ballot, self._session.visit), self._choose)

    def _choose(self, vote: dict[str, Any]) -> None:
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

    def told(vote: dict[str, Any]) -> None:
        more = [(N_("Something was wrong"), lambda: _object(session, ballot))] if _in_doubt(vote) else []
        sheet.start(session, "ballot_result", more, ballot=ballot)

    session.ask(_asking(ballot, session.visit), told)


def _in_doubt(vote: dict[str, Any]) -> bool:
    """Whether somebody may still object: the reader, or, where nobody is known yet, perhaps the reader."""
    return bool(vote["may_object"]) or (vote["on_roll"] is None and vote["state"] in ("released", "objected"))


def _object(session: Session, ballot: BallotId) -> None:
    """What was wrong, looked at once more, sent with a card."""
    signing = Signing(session)

    def review(reason: str) -> None:
        def send() -> None:
            signing.send(ObjectToBallot(ballot, words(session, reason)), done)

        session.go(
            last_look(
                session,
                N_("You object to this result"),
                lambda: [Line(reason), Line(session.say(N_("The next meeting decides about it.")))],
                N_("Object"),
                send,
                note=N_("Members will read this, with your name."),
                name="object-review",
            )
        )

    def done(_: Receipt) -> None:
        said = N_("Your objection is written down. The next meeting decides.")
        finished(session, N_("Thank you"), lambda: [Line(session.say(said))])

    session.go(
        Write(
            session,
            N_("What was wrong with this vote?"),
            review,
            note=N_("Members will read this, with your name."),
            name="object",
            many=True,
            most=LONGEST,
        )
    )
