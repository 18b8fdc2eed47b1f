"""Every sheet of a kitchen that has lived through a season: for looking at them, and for measuring."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kitchen import CATALOGUE, Kitchen, seeded

from hub.documents.blocks import Document
from hub.documents.card import member_card
from hub.documents.foot import Sheet
from hub.documents.handover import handover
from hub.documents.signups import signup_list
from hub.documents.waiting import Errand, Place, Waiting, waiting_slip
from hub.documents.wifi import wifi_slip
from hub.domain import assemblies, ballots, ledger, needs, roles, signups
from hub.domain.ballots import Method
from hub.domain.base import (
    BALLOT_STEWARD,
    DAY,
    FACILITATOR,
    LEDGER_KEEPER,
    AssemblyId,
    BallotId,
    Circle,
    ListId,
    MemberId,
    Millis,
    NeedId,
    Tier,
    TopicId,
    Viewer,
    Words,
)
from hub.domain.house import Person
from hub.domain.ledger.requests import came_in, went_out
from hub.web import sheets_for_the_wall
from hub.words.speaker import Speaker

NAMES = ("Rosa Okafor", "Ali Rahimi", "Mei Chen", "Zoë Nguyễn Thị Ánh", "José Peña")


def words(text: str, language: str = "en") -> Words:
    return Words({language: text})


def lived_in(directory: Path) -> tuple[Kitchen, list[MemberId]]:
    """The kitchen, and who is in it."""
    kitchen = Kitchen(directory, random_bytes=seeded("paper"))
    kitchen.found()
    members = kitchen.opening_evening(*NAMES)
    for role, member in zip((LEDGER_KEEPER, FACILITATOR, BALLOT_STEWARD), members, strict=False):
        kitchen.submit(roles.TakeRole(role), member)
    kitchen.submit(roles.Learn(LEDGER_KEEPER), members[1])
    kitchen.submit(roles.ConfirmTrained(LEDGER_KEEPER, members[1]), members[0])
    _ask(kitchen, members)
    _sign_up(kitchen, members)
    _keep_the_book(kitchen, members[0])
    _meet(kitchen, members)
    _vote(kitchen, members)
    return kitchen, members


def _ask(kitchen: Kitchen, members: list[MemberId]) -> None:
    for sort, soon, text, language in (
        (needs.Sort.FOOD, needs.Soon.TODAY, "Somebody to cook rice and beans for forty on Thursday", "en"),
        (needs.Sort.HOME, needs.Soon.WEEK, "أبحث عن غرفة لشخصين حتى 15 ديسمبر", "ar"),
        (needs.Sort.REPAIR, needs.Soon.ANY_TIME, "谁会修自行车？前轮坏了。", "zh"),
        (needs.Sort.CARE, needs.Soon.WEEK, "Cần người trông trẻ tối thứ Sáu", "vi"),
    ):
        kitchen.submit(needs.ReportNeed(sort, soon, words(text, language), Circle.ROOM), members[1])
    kitchen.submit(needs.TakeUpNeed(NeedId(3), words("At the bike stand, Tuesday at six")), members[0])
    kitchen.submit(needs.MakeOffer(needs.Sort.THINGS, words("A pram, nearly new"), Circle.ROOM), members[2])
    kitchen.submit(needs.MakeOffer(needs.Sort.COMPANY, words("እሁድ ከሰዓት ቡና", "am"), Circle.ROOM), members[2])


def _sign_up(kitchen: Kitchen, members: list[MemberId]) -> None:
    dinner = signups.OpenSignup(
        signups.Sort.MEAL, words("Community dinner"), Millis(kitchen.clock.now + 100 * DAY), 8, words("The big room")
    )
    kitchen.submit(dinner, members[0])
    for size, member in zip((1, 3, 1), members, strict=False):
        kitchen.submit(signups.SignUp(ListId(1), size), member)
    shift = signups.OpenSignup(
        signups.Sort.SHIFT, words("बच्चों की देखभाल", "hi"), Millis(kitchen.clock.now + 99 * DAY), 2
    )
    kitchen.submit(shift, members[1])


def _keep_the_book(kitchen: Kitchen, keeper: MemberId) -> None:
    kitchen.end_forming()
    now = kitchen.clock.now
    grant = ledger.RecordMoney(
        now,
        came_in(ledger.Account("grant"), ledger.Account("bank"), 120_000),
        words("Winter grant"),
        partner=words("City of Maple, Office for Neighbourhoods"),
        conditions=words("Only for the kitchen boiler. Show the receipt by 31 March."),
    )
    kitchen.submit(grant, keeper, Tier.PIN)
    for account, minor in (("dues", 34_000), ("sales", 8_720)):
        moved = came_in(ledger.Account(account), ledger.Account("tin"), minor)
        kitchen.submit(ledger.RecordMoney(now, moved, words("Counted on Monday")), keeper, Tier.PIN)
    for account, minor in (("rent", 41_000), ("food", 18_635), ("repair", 27_550), ("energy", 9_820)):
        moved = went_out(ledger.Account("bank"), ledger.Account(account), minor)
        kitchen.submit(ledger.RecordMoney(now, moved, words(f"The month's {account}")), keeper, Tier.PIN)
    kitchen.submit(ledger.PostBudget(), keeper, Tier.PIN)


def _meet(kitchen: Kitchen, members: list[MemberId]) -> None:
    first = AssemblyId(1)
    kitchen.submit(assemblies.AddTopic(words("Who holds the key in December?")), members[0])
    kitchen.submit(assemblies.AddTopic(words("הדוד מקולקל: מה עושים?", "he")), members[1], Tier.PIN)
    kitchen.submit(assemblies.SupportTopic(TopicId(1)), members[2])
    kitchen.submit(
        assemblies.ConvokeAssembly(Millis(kitchen.clock.now + 8 * DAY), words("The big room")), members[1], Tier.PIN
    )
    kitchen.clock.forward(8 * DAY)
    kitchen.submit(assemblies.OpenMeeting(first, members[1], 5), members[1], Tier.PIN)
    decided = assemblies.MinuteDecision(
        first, words("We move 400 euro from repairs to the rent fund, for three months."), yes=4, abstain=1
    )
    kitchen.submit(decided, members[1], Tier.PIN)
    spoken = assemblies.MinuteDecision(first, words("大会决定：三个月内由 C 楼负责周日做饭。", "zh"), consensus=True)
    kitchen.submit(spoken, members[1], Tier.PIN)
    kitchen.submit(
        assemblies.RecordNotes(first, words("The boiler makes noise again. Ali asks three firms.")),
        members[1],
        Tier.PIN,
    )
    kitchen.submit(ballots.OpenHandCount(words("Shall we paint the hall green?"), assembly=first), members[1], Tier.PIN)
    for counter in members[:2]:
        kitchen.submit(ballots.EnterCount(BallotId(1), 4, 1, 0), counter)
    kitchen.submit(assemblies.CloseMeeting(first), members[1], Tier.PIN)
    kitchen.submit(
        assemblies.ConvokeAssembly(Millis(kitchen.clock.now + 30 * DAY), words("The garden")), members[1], Tier.PIN
    )


def _vote(kitchen: Kitchen, members: list[MemberId]) -> None:
    soups = (words("Lentil soup"), words("شوربة عدس", "ar"), words("Beet soup with dill and sour cream"))
    asked = ballots.OpenBallot(Method.APPROVAL, words("Which soup for the street feast?"), soups)
    kitchen.submit(asked, members[2], Tier.PIN)
    for member, choice in zip(members, ((1,), (1, 2), (2, 3), (1,)), strict=False):
        kitchen.service.cast(BallotId(2), Person(member, Tier.PIN), choice)
    kitchen.clock.forward(8 * DAY)
    kitchen.service.tick()
    kitchen.submit(ballots.OpenHandCount(words("Shall we buy the big pot?")), members[2])
    kitchen.submit(ballots.OpenBallot(Method.YES_NO, words("Do we join the tenants' union?")), members[2], Tier.PIN)


def every_sheet(kitchen: Kitchen, members: list[MemberId], language: str = "en") -> dict[str, Document]:
    """Each kind of sheet, by name, in a language."""
    app = kitchen.app()
    with app.test_request_context("/", headers={"Accept-Language": language}):
        found = dict(sheets_for_the_wall(app, named=True))
        hall, sheets = app.extensions["trestle"]
        found["ballot_slip"] = sheets["ballot_slip"](hall, {"ballot": "3"})
        sheet = replace(hall.sheet(), speaker=Speaker(CATALOGUE, language))
    return found | _by_hand(kitchen, members, sheet)


def _by_hand(kitchen: Kitchen, members: list[MemberId], sheet: Sheet) -> dict[str, Document]:
    """The sheets that hang on no wall."""
    viewer = Viewer(Circle.MEMBERS, members[1])
    look = kitchen.service.read
    row = look(lambda views: views.roles.all(viewer, sheet.now))[2]
    need = look(lambda views: views.needs.need(viewer, NeedId(3)))
    dinner = look(lambda views: views.signups.signup(viewer, ListId(1)))

    def name(member: MemberId | None) -> str:
        return kitchen.service.people.name(member) if member else ""

    assert need is not None
    assert dinner is not None
    errand = Errand(need, "Rosa Okafor", "555-0101", agreed=True, both=True)
    waiting = Waiting("Ali Rahimi", mine=(errand,), places=(Place(dinner, 3, waits=False),))
    return {
        "signup_list": signup_list(sheet, dinner, name),
        "card": member_card(sheet, "Zoë Nguyễn Thị Ánh", kitchen.cards[members[3]]),
        "handover": handover(sheet, row, name, forming=False),
        "waiting": waiting_slip(sheet, waiting),
        "wifi": wifi_slip(sheet, "Maple; Street", 'so:up"7', "http://trestle.local"),
    }
