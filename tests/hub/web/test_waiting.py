"""Waiting for you, as a paired phone and the kiosk see it."""

from __future__ import annotations

import re

import pytest
from flask import g
from kitchen import Kitchen, Phone, own_program

from hub.domain import assemblies, ballots, needs, roles, signups
from hub.domain.base import (
    DAY,
    HOUR,
    AssemblyId,
    BallotId,
    Circle,
    ListId,
    MemberId,
    Millis,
    NeedId,
    OfferId,
    RoleName,
    Tier,
    Viewer,
    Words,
)
from hub.domain.house import Person
from hub.domain.needs import REMIND_AFTER
from hub.domain.roles import ENDS_SOON
from hub.web.access import Door
from hub.web.contacts import contact_of_other

RICE = NeedId(1)
STILL_NEEDED = "Is this still needed?"


def words(text: str) -> Words:
    return Words({"en": text} if text else {})


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening("Rosa Marin", "Ali Demir", "Mei")


@pytest.fixture
def rosa(visitor: Phone, members: list[MemberId]) -> Phone:
    visitor.pair(members[0])
    return visitor


def beside(first: Phone, member: MemberId, language: str = "en") -> Phone:
    """A second phone at the same running hub."""
    other = Phone(first.app.test_client(), first.app, language)
    other.pair(member)
    return other


def asks(kitchen: Kitchen, member: MemberId, text: str = "Rice for four", circle: Circle = Circle.MEMBERS) -> None:
    kitchen.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, words(text), circle), member)


def takes_up(kitchen: Kitchen, member: MemberId, note: str = "", need: NeedId = RICE) -> None:
    kitchen.submit(needs.TakeUpNeed(need, words(note)), member)


def said(page: str) -> str:
    """What a page says, without what differs from one form to the next."""
    return re.sub(r'name="(secret|key)" value="[0-9a-f]+"', "", page)


# Who may see it


def test_it_is_for_a_paired_phone_alone(visitor: Phone, members: list[MemberId]) -> None:
    for path in ("/waiting", "/waiting/slip"):
        assert visitor.status(path) == 403
    assert visitor.send("/waiting/needs/1/met")[0] == 403


def test_nothing_waits_is_said_with_the_next_step(rosa: Phone) -> None:
    page = rosa.get("/waiting")
    assert "Nothing waits for you just now" in page
    assert 'href="/needs"' in page


# Needs


def test_who_asked_sees_who_comes_when_and_where(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    assert "Nobody has taken it up yet" in rosa.get("/waiting")
    takes_up(kitchen, members[1], "At six <at> your door")
    page = rosa.get("/waiting")
    assert "Ali Demir took it up." in page
    assert "At six &lt;at&gt; your door" in page


def test_where_nobody_named_a_place_it_is_the_kitchen(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    assert "meet in the kitchen" in rosa.get("/waiting")
    assert "meet in the kitchen" in rosa.get("/needs/1")
    assert "(These words were taken back.)" not in rosa.get("/needs/1")


def test_each_sees_how_to_reach_the_other_once_both_agreed_and_nobody_else_ever_does(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    ali, mei = beside(rosa, members[1]), beside(rosa, members[2])
    for phone, contact in ((rosa, "door 4"), (ali, "door 9")):
        phone.send("/me/contact", contact=contact)
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    assert "As soon as the other agrees too" in rosa.send("/waiting/needs/1/contact")[1]
    assert not [phone for phone in (rosa, ali) if "door" in phone.get("/waiting") + phone.get("/needs/1")]
    assert "door 4" in ali.send("/waiting/needs/1/contact")[1]
    assert "door 9" in rosa.get("/waiting")
    assert "door 9" in rosa.get("/needs/1")
    assert "door 9" in rosa.get("/waiting/slip")
    assert "door" not in mei.get("/waiting") + mei.get("/needs/1")


def test_a_contact_is_told_no_more_once_the_need_is_met(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    beside(rosa, members[1]).send("/me/contact", contact="door 9")
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    for member in members[:2]:
        kitchen.submit(needs.AgreeContact(RICE), member)
    assert "door 9" in rosa.get("/waiting")
    assert rule_of_contact(rosa, members[0]) == "door 9"
    rosa.send("/waiting/needs/1/met")
    assert "door 9" not in rosa.get("/waiting") + rosa.get("/needs/1")
    assert rule_of_contact(rosa, members[0]) == ""


def rule_of_contact(first: Phone, member: MemberId) -> str:
    """What a member is told of the other side of the first need, whichever page asks."""
    hall, _ = first.app.extensions["trestle"]
    row = hall.service.read(lambda views: views.needs.need(Viewer(Circle.MEMBERS, member), RICE))
    with first.app.test_request_context():
        g.person = Person(member, Tier.CARD)
        return contact_of_other(hall, row)


def test_who_agreed_and_has_no_contact_is_no_riddle(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    for member in members[:2]:
        kitchen.submit(needs.AgreeContact(RICE), member)
    assert "has not said how to reach them" in rosa.get("/waiting")
    assert "has not said how to reach them" in rosa.get("/needs/1")


def test_who_took_it_up_learns_who_asked_once_both_agreed(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    ali = beside(rosa, members[1])
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    page = ali.get("/waiting")
    assert "What you took up" in page
    assert "Rosa" not in page
    for member in members[:2]:
        kitchen.submit(needs.AgreeContact(RICE), member)
    assert "For Rosa Marin." in ali.get("/waiting")


def test_who_took_up_what_a_neighbour_without_a_card_asked_has_nobody_to_agree_with(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, words("Bread")))
    takes_up(kitchen, members[0])
    page = rosa.get("/waiting")
    assert "Bread" in page
    assert "Let the other see" not in page


def test_a_need_that_cannot_be_met_after_all_is_open_again(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    asks(kitchen, members[1])
    takes_up(kitchen, members[0])
    status, page = rosa.send("/waiting/needs/1/let-go")
    assert (status, "It is open again for somebody else" in page, "Rice" in page) == (200, True, False)
    assert "Nobody has taken it up yet" in beside(rosa, members[1]).get("/waiting")


def test_what_cannot_be_done_is_said_on_the_same_page(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[1])
    status, page = rosa.send("/waiting/needs/1/met")
    assert (status, "Only the people it concerns" in page, "Waiting for you" in page) == (422, True, True)
    assert rosa.send("/waiting/needs/1/dance")[0] == 404


# Is this still needed?


def test_after_two_weeks_it_asks_and_not_before(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    kitchen.clock.forward(REMIND_AFTER - 1)
    rosa.pair(members[0])
    assert STILL_NEEDED not in rosa.get("/waiting")
    kitchen.clock.forward(1)
    assert STILL_NEEDED in rosa.get("/waiting")


def test_yes_keeps_it_on_the_list_and_asks_again_in_two_weeks(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    asks(kitchen, members[0])
    kitchen.clock.forward(REMIND_AFTER)
    rosa.pair(members[0])
    status, page = rosa.send("/waiting/needs/1/still")
    assert (status, "stays on the list" in page, STILL_NEEDED in page, "Rice" in page) == (200, True, False, True)
    kitchen.clock.forward(REMIND_AFTER)
    rosa.pair(members[0])
    assert STILL_NEEDED in rosa.get("/waiting")


def test_no_takes_it_off_the_list(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    status, page = rosa.send("/waiting/needs/1/withdraw")
    assert (status, "It is off the list" in page, "Rice" in page) == (200, True, False)
    assert "It is no longer asked" in rosa.get("/needs/1")


def test_a_need_never_closes_by_itself(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    for _ in range(20):
        kitchen.clock.forward(20 * DAY)
        kitchen.service.tick()
    rosa.pair(members[0])
    assert "Rice" in rosa.get("/waiting")
    assert "Rice" in rosa.get("/needs")


def test_what_is_taken_up_is_not_asked_after(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    kitchen.clock.forward(REMIND_AFTER)
    for member in members[:2]:
        assert STILL_NEEDED not in beside(rosa, member).get("/waiting")


def test_nobody_says_of_another_s_need_that_it_is_still_needed(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    asks(kitchen, members[1])
    kitchen.clock.forward(REMIND_AFTER)
    rosa.pair(members[0])
    assert [rosa.send(f"/waiting/needs/{number}/still")[0] for number in (1, 99)] == [422, 422]
    assert STILL_NEEDED in beside(rosa, members[1]).get("/waiting")


# Offers, lists, roles


def test_who_would_like_my_offer_is_told_to_me(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    kitchen.submit(needs.MakeOffer(needs.Sort.CARE, words("I cut hair")), members[0])
    kitchen.submit(needs.AskForOffer(OfferId(1), words("Saturday?")), members[1])
    kitchen.submit(needs.AskForOffer(OfferId(1)), members[2])
    page = rosa.get("/waiting")
    assert "Ali Demir would like this. <span" in page
    assert "Saturday?" in page
    assert "Mei would like this.</p>" in page
    assert "Saturday?" not in beside(rosa, members[2]).get("/waiting")


def test_lists_i_am_on_and_wait_for(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    tonight = Millis(kitchen.clock.now + 6 * HOUR)
    kitchen.submit(
        signups.OpenSignup(signups.Sort.MEAL, words("Bean soup"), tonight, 2, circle=Circle.ROOM), members[1]
    )
    kitchen.submit(signups.SignUp(ListId(1), 2), members[0])
    kitchen.submit(signups.SignUp(ListId(1), 1), members[1])
    assert "you have a place · 2 people" in rosa.get("/waiting")
    assert "you wait · one person" in beside(rosa, members[1]).get("/waiting")
    assert "Bean soup" not in beside(rosa, members[2]).get("/waiting")


def test_a_role_is_there_when_its_end_is_near_or_a_recall_is_asked_for(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(roles.TakeRole(RoleName("minute_taker")), members[0])
    assert "Minute taker" not in rosa.get("/waiting")
    kitchen.submit(roles.PetitionRecall(RoleName("minute_taker"), words("No minutes")), members[1])
    assert "One member asks that somebody else does this." in rosa.get("/waiting")
    assert "Minute taker" not in beside(rosa, members[1]).get("/waiting")


def test_a_term_that_ends_soon_says_when(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    kitchen.submit(roles.TakeRole(RoleName("minute_taker")), members[0])
    held = kitchen.service.rules(lambda house: house.roles.roles[RoleName("minute_taker")])
    kitchen.clock.forward(held.until - ENDS_SOON - kitchen.clock.now)
    rosa.pair(members[0])
    assert "It ends on" in rosa.get("/waiting")


# Votes


def opened(kitchen: Kitchen, member: MemberId) -> None:
    kitchen.submit(ballots.OpenBallot(ballots.Method.YES_NO, words("A ramp?")), member, Tier.PIN)


def test_a_ballot_waits_for_those_on_its_roll(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    opened(kitchen, members[0])
    assert "A ramp?" in beside(rosa, members[1]).get("/waiting")
    assert "Vote at the kiosk until" in rosa.get("/waiting")
    late = kitchen.join("Olga", members[0])
    assert "A ramp?" not in beside(rosa, late).get("/waiting")


def test_nothing_on_the_page_tells_whether_i_voted(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    opened(kitchen, members[0])
    before = [said(rosa.get(path)) for path in ("/waiting", "/waiting/slip")]
    kitchen.service.cast(BallotId(1), Person(members[0], Tier.PIN), (1,))
    assert [said(rosa.get(path)) for path in ("/waiting", "/waiting/slip")] == before


def test_a_result_waits_until_the_days_to_object_are_over_or_i_did(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    opened(kitchen, members[0])
    for member in members:
        kitchen.service.cast(BallotId(1), Person(member, Tier.PIN), (1,))
    kitchen.submit(ballots.CloseBallot(BallotId(1)), members[0])
    ali = beside(rosa, members[1])
    assert "You can object until" in rosa.get("/waiting")
    rosa.send("/ballots/1/object", reason="The kiosk was dark")
    assert "You can object until" not in rosa.get("/waiting")
    assert "You can object until" in ali.get("/waiting")
    kitchen.clock.forward(8 * DAY)
    ali.pair(members[1])
    assert "A ramp?" not in ali.get("/waiting")


def test_days_of_rest_move_what_the_page_says_of_a_vote(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    opened(kitchen, members[0])
    assert "November 30" in rosa.get("/waiting")
    rest = {"first": "2026-11-24", "last": "2026-11-25"}
    asked = rosa.send("/rest", **rest)[1]
    number = "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", asked)[0])
    beside(rosa, members[1]).send("/constitution/together", number=number)
    assert "December 2" in rosa.get("/waiting")


# Meetings


def test_the_next_assembly_and_drafts_to_adopt(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    soon = Millis(kitchen.clock.now + HOUR)
    kitchen.submit(assemblies.ConvokeAssembly(soon, words("The hall")), members[0], second=members[1])
    assert "The next assembly" in rosa.get("/waiting")
    kitchen.submit(assemblies.OpenMeeting(AssemblyId(1), members[0], 3), members[0])
    assert "The meeting is on." in rosa.get("/waiting")
    kitchen.submit(assemblies.CloseMeeting(AssemblyId(1)), members[0])
    page = rosa.get("/waiting")
    assert "adopt or correct" in page
    assert "The meeting is on." not in page


# Paper, kiosk, languages


def test_the_slip_for_the_pocket_knows_first_names_only(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    page = rosa.get("/waiting/slip")
    assert "Rosa" in page
    assert "Ali took it up." in page
    assert not [name for name in ("Marin", "Demir") if name in page]


def test_the_kiosk_asks_for_the_person_before_it(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    takes_up(kitchen, members[1], "At six")
    hall, _ = rosa.app.extensions["trestle"]
    client, token = own_program(rosa.app)
    visits = [hall.visits.begin(Person(each, Tier.CARD), Millis(DAY), Door.KIOSK) for each in members]
    read = [client.get("/api/read/waiting", headers={**token, "Trestle-Visit": visit}).json for visit in visits]
    assert [(each["name"], len(each["mine"]), len(each["taken"])) for each in read] == [
        ("Rosa Marin", 1, 0),
        ("Ali Demir", 0, 1),
        ("Mei", 0, 0),
    ]
    assert (read[0]["mine"][0]["other"], read[0]["mine"][0]["need"]["note"]) == ("Ali Demir", {"en": "At six"})
    sheet = client.get("/api/documents/waiting", headers={**token, "Trestle-Visit": visits[0]}).json
    assert "Ali took it up." in sheet["text"]


def test_without_a_card_the_kiosk_is_told_to_ask_for_one(rosa: Phone) -> None:
    client, token = own_program(rosa.app)
    for path in ("/api/read/waiting", "/api/documents/waiting"):
        answer = client.get(path, headers=token)
        assert (answer.status_code, answer.json["refusal"]["message"]) == (422, "Show your member card first.")


def test_a_spanish_phone_reads_spanish_where_the_catalogue_does(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    page = beside(rosa, members[0], "es").get("/waiting")
    assert "Ali Demir se encarga." in page
    assert "took it up" not in page
    assert "It was met" not in page
    assert 'lang="es"' in page


def test_a_second_click_does_nothing_twice(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    asks(kitchen, members[0])
    takes_up(kitchen, members[1])
    first = rosa.send("/waiting/needs/1/met", key="one-form")
    length = kitchen.service.seal()
    assert (rosa.send("/waiting/needs/1/met", key="one-form")[0], first[0]) == (200, 200)
    assert kitchen.service.seal() == length
