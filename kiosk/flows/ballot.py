"""The voting itself: choose, look once more, cast. What was chosen is kept on one slip, and wiped from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from hub.client import Client, Refused
from hub.domain.ballots import voted_already
from hub.domain.base import N_, BallotId
from kiosk import away
from kiosk.page import Button, Line, Page, Press, Privacy, Reading, Row, Rows, Style
from kiosk.session import Session
from kiosk.vocabulary import typed

ANSWERS: Final = (N_("Yes"), N_("No"), N_("I abstain"))
NONE_OF_THESE: Final = N_("None of these")
Marks = tuple[int, ...]


class Slip:
    """What one voter has marked. There is one for each voting, and nothing else ever holds a mark."""

    def __init__(self, *, one: bool) -> None:
        self._one = one
        self._marks: set[int] = set()
        self._none = False
        self._sent = False

    @property
    def filled(self) -> bool:
        """Whether anything is chosen; none of these is a choice, too."""
        return bool(self._marks) or self._none

    @property
    def none(self) -> bool:
        """Whether it says: none of these."""
        return self._none

    def marked(self, option: int) -> bool:
        """Whether an option is marked."""
        return option in self._marks

    def mark(self, option: int) -> None:
        """Mark an option; of many, mark it or take the mark back."""
        self._none = False
        self._marks = {option} if self._one else self._marks ^ {option}

    def mark_none(self) -> None:
        """Choose none of these, or take that back."""
        self._marks = set()
        self._none = not self._none

    def cast(self, client: Client, visit: str, ballot: BallotId) -> None:
        """Cast it. Asked again after a lost answer, it was counted if the box has this voter's vote."""
        again, self._sent = self._sent, True
        try:
            client.cast(visit, ballot, tuple(sorted(self._marks)))
        except Refused as no:
            if not again or no.source != voted_already().message:
                raise

    def wipe(self) -> None:
        """Forget what was marked."""
        self._marks = set()
        self._none = self._sent = False


def _drop(session: Session, slip: Slip) -> None:
    """Leave before the vote is cast."""
    slip.wipe()
    session.leave(session.say(away.lost(Privacy.BALLOT, sent=False)))


class Choosing:
    """Mark what you choose: one answer, or as many options as are fine for you."""

    def __init__(self, session: Session, ballot: BallotId, vote: dict[str, Any]) -> None:
        self._session, self._ballot, self._vote = session, ballot, vote
        self._slip = Slip(one=vote["yes_no"])

    def page(self) -> Page:
        """A row for each choice, with a tick at what is marked."""
        session = self._session
        say = session.say
        text, _ = typed(session.speaker, self._vote["text"])
        return Page(
            text,
            Rows(tuple(self._rows())),
            note="" if self._vote["yes_no"] else say(N_("Mark every one that is fine for you, as many as you like.")),
            buttons=(Button(say(N_("Next")), self._next, main=True),),
            back=self._back,
            leave=lambda: _drop(session, self._slip),
            privacy=Privacy.BALLOT,
            name="choose-yes-no" if self._vote["yes_no"] else "choose-approval",
        )

    def _rows(self) -> Iterator[Row]:
        for number, (label, lang) in enumerate(self.labels(), 1):
            yield Row(
                label, mark=f"{number}.", chosen=self._slip.marked(number), press=self._marking(number), lang=lang
            )
        if not self._vote["yes_no"]:
            yield Row(self._session.say(NONE_OF_THESE), chosen=self._slip.none, press=self._none)

    def labels(self) -> list[tuple[str, str]]:
        """What can be chosen, in printed order, each with its language."""
        session = self._session
        if self._vote["yes_no"]:
            return [(session.say(answer), "") for answer in ANSWERS]
        return [typed(session.speaker, option) for option in self._vote["options"]]

    def _marking(self, number: int) -> Press:
        def press() -> None:
            self._slip.mark(number)
            self._session.trouble = ""

        return press

    def _none(self) -> None:
        self._slip.mark_none()
        self._session.trouble = ""

    def _next(self) -> None:
        session = self._session
        if not self._slip.filled:
            session.trouble = session.say(N_("Choose first: touch your answer."))
            return
        session.go(Reviewing(session, self._ballot, self._vote, self, self._slip))

    def _back(self) -> None:
        self._slip.wipe()
        self._session.back()


class Reviewing:
    """Look once more before anything is sent. Then cast it."""

    def __init__(
        self, session: Session, ballot: BallotId, vote: dict[str, Any], choosing: Choosing, slip: Slip
    ) -> None:
        self._session, self._ballot, self._vote = session, ballot, vote
        self._choosing, self._slip = choosing, slip

    def page(self) -> Page:
        """What was chosen, in words."""
        session = self._session
        say = session.say
        text, lang = typed(session.speaker, self._vote["text"])
        lines = [Line(text, lang=lang), Line(say(N_("You choose:")), Style.HEADING), *self._chosen()]
        return Page(
            say(N_("Is this right?")),
            Reading((*lines, Line(say(N_("Nothing is sent yet. Once it is cast it cannot be changed."))))),
            buttons=(
                Button(say(N_("Change it")), session.back),
                Button(say(N_("Cast my vote")), self._cast, main=True),
            ),
            leave=lambda: _drop(session, self._slip),
            privacy=Privacy.BALLOT,
            name="ballot-review",
        )

    def _chosen(self) -> Iterator[Line]:
        for number, (label, lang) in enumerate(self._choosing.labels(), 1):
            if self._slip.marked(number):
                yield Line(label, Style.CHOSEN, value=f"{number}.", lang=lang)
        if self._slip.none:
            yield Line(self._session.say(NONE_OF_THESE), Style.CHOSEN)

    def _cast(self) -> None:
        slip, visit, ballot = self._slip, self._session.visit, self._ballot
        self._session.ask(lambda client: slip.cast(client, visit, ballot), self._done, self._refused)

    def _done(self, _: object) -> None:
        session, closes = self._session, self._vote["closes"]
        self._slip.wipe()

        def lines() -> Iterator[str]:
            yield session.say(N_("Nobody can see what you chose."))
            when = session.speaker.moment(closes)
            yield session.say(N_("All votes are counted together when the ballot closes: {moment}."), moment=when)

        session.finish(Cast(session, N_("Your vote is in the box"), lines, "vote-cast"))

    def _refused(self, no: Refused) -> None:
        session = self._session
        if no.source != voted_already().message:
            session.trouble = no.message
            return
        self._slip.wipe()
        said = voted_already().message
        session.finish(Cast(session, N_("You have voted"), lambda: iter((session.say(said),)), "voted-already"))


class Cast:
    """The voter is done. To leave is the main step: else who comes next would vote in their name."""

    def __init__(self, session: Session, title: str, lines: Callable[[], Iterator[str]], name: str) -> None:
        self._session, self._title, self._lines, self._name = session, title, lines, name

    def page(self) -> Page:
        """What became of the vote; not what it was."""
        session = self._session
        say = session.say
        last = say(N_("Press “Leave” now, so that nobody does anything in your name."))
        return Page(
            say(self._title),
            Reading((*map(Line, self._lines()), Line(last, Style.STRONG)), done=True),
            buttons=(Button(say(N_("I stay")), session.home), Button(say(N_("Leave")), session.leave, main=True)),
            privacy=Privacy.PERSONAL,
            name=self._name,
        )
