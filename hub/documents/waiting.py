"""Waiting for you: what concerns one person, gathered, and the slip they put into their pocket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hub.documents.blocks import Block, Document, Heading, Item, Rule, Text
from hub.documents.foot import Sheet
from hub.documents.needs import words_or_gone
from hub.documents.roles import role_name
from hub.domain.ballots import Phase
from hub.domain.base import N_, Millis, Words
from hub.views.assemblies import AssemblyRow
from hub.views.ballots import BallotRow
from hub.views.needs import NeedRow, OfferRow
from hub.views.roles import RoleRow
from hub.views.signups import CANCELLED, SignupRow

NEXT_STEP: Final = N_("See what others need, or ask for something yourself.")


@dataclass(frozen=True, slots=True)
class Errand:
    """A need and the other person of it: who took up mine, or whose I took up.

    `other` is who took it up; or who asked, once `both` agreed; else "". `contact` is how to reach them
    then; `agreed` says that I did. `remind`: it is open for long, so is it still needed?
    """

    need: NeedRow
    other: str
    contact: str
    agreed: bool
    both: bool
    remind: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody would like what I offer."""

    offer: OfferRow
    name: str
    note: Words


@dataclass(frozen=True, slots=True)
class Place:
    """My place on a list, or in its queue, for so many of us."""

    signup: SignupRow
    size: int
    waits: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """A role I hold that ends soon, or whose holder a petition wants to recall."""

    role: RoleRow
    soon: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """A ballot I may vote in, or a result I may object to, until a moment. Whether I voted is not here."""

    ballot: BallotRow
    until: Millis


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits for one person. `meeting` is the next assembly, or the one that is on."""

    name: str
    mine: Sequence[Errand] = ()
    taken: Sequence[Errand] = ()
    wishes: Sequence[Wish] = ()
    places: Sequence[Place] = ()
    duties: Sequence[Duty] = ()
    votes: Sequence[Vote] = ()
    results: Sequence[Vote] = ()
    drafts: Sequence[AssemblyRow] = ()
    meeting: AssemblyRow | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all."""
        lists = (self.mine, self.taken, self.wishes, self.places, self.duties, self.votes, self.results, self.drafts)
        return not any(lists) and self.meeting is None


def first_name(name: str) -> str:
    """What paper that may be lost calls a person."""
    return next(iter(name.split()), "")


def waiting_slip(sheet: Sheet, waiting: Waiting) -> Document:
    """The slip for the pocket. It shows no full name, and no seal: it hangs on no wall."""
    say = sheet.speaker.say
    title = say(N_("Waiting for you"))
    blocks: list[Block] = [*sheet.head(title), Text(first_name(waiting.name), strong=True)]
    blocks += _under(sheet, N_("What you asked for"), [_mine(sheet, each) for each in waiting.mine])
    blocks += _under(sheet, N_("What you took up"), [_taken(sheet, each) for each in waiting.taken])
    blocks += _under(sheet, N_("Who would like what you offer"), [_wish(sheet, each) for each in waiting.wishes])
    blocks += _under(sheet, N_("Lists you are on"), [_place(sheet, each) for each in waiting.places])
    blocks += _under(sheet, N_("Your roles"), [_duty(sheet, each) for each in waiting.duties])
    blocks += _under(sheet, N_("Votes"), [_vote(sheet, each) for each in (*waiting.votes, *waiting.results)])
    blocks += _under(sheet, N_("Meetings"), [*_meetings(sheet, waiting)])
    if waiting.empty:
        blocks += [Text(say(N_("Nothing waits for you just now."))), Text(say(NEXT_STEP))]
    blocks += [Rule(), Text(say(N_("This slip is for you alone. Tear it up when you are done.")), small=True)]
    return Document("waiting", sheet.speaker.language, title, tuple(blocks))


def errand_lines(sheet: Sheet, errand: Errand) -> list[str]:
    """When and where, and how to reach each other: for who asked and for who took it up."""
    say, note = sheet.speaker.say, errand.need.note
    lines = [sheet.speaker.pick(note)[0] if note else say(N_("No place was named: meet in the kitchen."))]
    if errand.contact:
        lines.append(say(N_("You can reach each other: {contact}"), contact=sheet.speaker.exact(errand.contact)))
    return lines


def role_in_words(sheet: Sheet, row: RoleRow) -> str:
    """A role as people call it."""
    return role_name(sheet.speaker, row.role, {row.role: row.title})


def _under(sheet: Sheet, heading: str, items: Sequence[Item]) -> list[Block]:
    return [Heading(sheet.speaker.say(heading)), *items] if items else []


def _mine(sheet: Sheet, errand: Errand) -> Item:
    say = sheet.speaker.say
    name = first_name(errand.other) or say(N_("Somebody"))
    if errand.need.taker is not None:
        lines = [say(N_("{name} took it up."), name=name), *errand_lines(sheet, errand)]
    else:
        lines = [say(N_("Nobody has taken it up yet."))]
    return _need(sheet, errand, lines + ([say(N_("Is this still needed?"))] if errand.remind else []))


def _taken(sheet: Sheet, errand: Errand) -> Item:
    asked = [sheet.speaker.say(N_("For {name}."), name=first_name(errand.other))] if errand.other else []
    return _need(sheet, errand, [*asked, *errand_lines(sheet, errand)])


def _need(sheet: Sheet, errand: Errand, lines: Sequence[str]) -> Item:
    text, language = words_or_gone(sheet, errand.need.text)
    return Item(text, mark=f"{errand.need.number}.", detail="\n".join(lines), lang=language)


def _wish(sheet: Sheet, wish: Wish) -> Item:
    text, language = words_or_gone(sheet, wish.offer.text)
    name = first_name(wish.name) or sheet.speaker.say(N_("Somebody"))
    note = sheet.speaker.pick(wish.note)[0]
    lines = [sheet.speaker.say(N_("{name} would like this."), name=name), *([note] if note else [])]
    return Item(text, mark=f"{wish.offer.number}.", detail="\n".join(lines), lang=language)


def _place(sheet: Sheet, place: Place) -> Item:
    text, language = words_or_gone(sheet, place.signup.title)
    where = sheet.speaker.pick(place.signup.place)[0]
    when = " · ".join([sheet.speaker.moment(place.signup.starts), *([where] if where else [])])
    return Item(text, detail=f"{when}\n{place_in_words(sheet, place)}", lang=language)


def place_in_words(sheet: Sheet, place: Place) -> str:
    """How somebody stands on a list."""
    say = sheet.speaker.say
    if place.signup.state == CANCELLED:
        return say(N_("This does not take place."))
    standing = say(N_("you wait")) if place.waits else say(N_("you have a place"))
    many = sheet.speaker.count("one person", "{n} people", place.size)
    return f"{standing} · {many}"


def _duty(sheet: Sheet, duty: Duty) -> Item:
    return Item(role_in_words(sheet, duty.role), detail="\n".join(duty_lines(sheet, duty)))


def duty_lines(sheet: Sheet, duty: Duty) -> Iterator[str]:
    """What is to be known of a role one holds, a sentence each."""
    if duty.soon:
        yield sheet.speaker.say(N_("It ends on {day}. Who could be next?"), day=sheet.speaker.day(duty.role.until))
    if duty.role.petition is not None:
        signed = duty.role.petition.signed
        yield sheet.speaker.count(
            "One member asks that somebody else does this.", "{n} members ask that somebody else does this.", signed
        )


def vote_lines(sheet: Sheet, vote: Vote) -> Iterator[str]:
    """Until when one may vote or object, a sentence each."""
    say, moment = sheet.speaker.say, sheet.speaker.moment(vote.until)
    if vote.ballot.specimen:
        yield say(N_("Example: not a real vote."))
    if vote.ballot.state == Phase.PAUSED.value:
        yield say(N_("Voting has stopped for a while. It goes on later, and for longer."))
    elif vote.ballot.state == Phase.OPEN.value:
        yield say(N_("Vote at the kiosk until {moment}."), moment=moment)
    else:
        yield say(N_("It has been counted. You can object until {moment}."), moment=moment)


def _vote(sheet: Sheet, vote: Vote) -> Item:
    text, language = words_or_gone(sheet, vote.ballot.text)
    return Item(text, detail="\n".join(vote_lines(sheet, vote)), lang=language)


def _meetings(sheet: Sheet, waiting: Waiting) -> Iterator[Item]:
    say = sheet.speaker.say
    if waiting.meeting is not None:
        on = say(N_("The meeting is on.")) if waiting.meeting.held else say(N_("The next assembly"))
        place = sheet.speaker.pick(waiting.meeting.place)[0]
        yield Item(on, detail=" · ".join([sheet.speaker.moment(waiting.meeting.starts), *([place] if place else [])]))
    for draft in waiting.drafts:
        yield Item(say(N_("Minutes of {day}: adopt or correct"), day=sheet.speaker.day(draft.held)))
