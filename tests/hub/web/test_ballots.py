"""The pages of ballots, as phones in the hall and the kiosk see them."""

from __future__ import annotations

import json

import pytest
from kitchen import Kitchen, Phone, own_program, phone

from hub.domain import ballots
from hub.domain.ballots import Method
from hub.domain.base import DAY, BallotId, Effect, MemberId, Tier, Words
from hub.domain.house import Person
from hub.service import Receipt

POT = Words({"en": "Shall we buy the <big> pot?"})
SOUPS = tuple(Words({"en": name}) for name in ("Lentil", "Onion", "Beet"))
FIRST = BallotId(1)


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening("Rosa", "Ali", "Mei", "Jo", "Kim")


def open_ballot(kitchen: Kitchen, who: MemberId, method: Method = Method.YES_NO) -> Receipt:
    options = SOUPS if method is Method.APPROVAL else ()
    return kitchen.submit(ballots.OpenBallot(method, POT, options), who, Tier.PIN)


def vote(kitchen: Kitchen, who: MemberId, *choice: int) -> None:
    kitchen.service.cast(FIRST, Person(who, Tier.PIN), choice)


def count_out(kitchen: Kitchen, members: list[MemberId], *choices: tuple[int, ...]) -> None:
    for who, choice in zip(members, choices, strict=False):
        vote(kitchen, who, *choice)
    kitchen.clock.forward(7 * DAY)
    kitchen.service.tick()


def test_an_empty_house_says_that_nothing_is_voted_on(visitor: Phone) -> None:
    assert "Nothing is being voted on" in visitor.get("/ballots")
    assert "0 open votes" in visitor.get("/")


def test_an_open_ballot_shows_its_rules_and_sends_people_to_the_kiosk(
    kitchen: Kitchen, members: list[MemberId], visitor: Phone
) -> None:
    open_ballot(kitchen, members[0])
    vote(kitchen, members[0], 1)
    page = visitor.get("/ballots/1")
    assert "Shall we buy the &lt;big&gt; pot?" in page
    assert "go to the kiosk" in page
    assert "more than 1/2 of yes and no are yes" in page
    assert "A few have voted, or nobody yet." in page
    assert "Rosa" not in page
    assert "1 open vote" in visitor.get("/")


def test_no_page_and_no_line_tells_who_voted_while_it_is_open(
    kitchen: Kitchen, members: list[MemberId], visitor: Phone
) -> None:
    open_ballot(kitchen, members[0])
    visitor.pair(members[1])
    before = kitchen.service.seal()
    page = visitor.get("/ballots/1").split("kiosk", 1)[0]
    for member in members:
        vote(kitchen, member, 1)
    assert kitchen.service.seal() == before
    assert "Who voted" not in page


def test_the_notice_and_the_result_are_sheets(kitchen: Kitchen, members: list[MemberId], visitor: Phone) -> None:
    open_ballot(kitchen, members[0], Method.APPROVAL)
    assert "first in this drawn order is chosen" in visitor.get("/ballots/1/notice")
    count_out(kitchen, members, (1,), (1, 2), (2,), ())
    page = visitor.get("/ballots/1/result")
    assert "Chosen: " in page
    assert "the drawn order decided" in page
    assert "It is not final yet" in page
    assert "Place in the log" in page


def test_a_result_shows_sums_to_the_room_and_who_voted_to_members(
    kitchen: Kitchen, members: list[MemberId], visitor: Phone
) -> None:
    open_ballot(kitchen, members[0])
    count_out(kitchen, members, (1,), (1,), (2,))
    page = visitor.get("/ballots/1")
    assert "Yes. It is agreed." in page
    assert "Rosa" not in page
    visitor.pair(members[4])
    page = visitor.get("/ballots/1")
    assert "3 members voted" in page
    assert "Rosa" in page
    assert "Kim" not in page


def test_an_objection_holds_a_result_and_its_reason_is_for_members(
    kitchen: Kitchen, members: list[MemberId], visitor: Phone
) -> None:
    open_ballot(kitchen, members[0])
    count_out(kitchen, members, (1,), (1,), (2,))
    mine = phone(visitor.app)
    mine.pair(members[3])
    assert mine.send("/ballots/1/object", reason=" ")[0] == 422
    status, page = mine.send("/ballots/1/object", reason="The kiosk was off.")
    assert status == 200
    assert "Your objection is written down" in page
    assert "The kiosk was off." in page
    assert "Object to this result" not in page
    kitchen.clock.forward(30 * DAY)
    kitchen.service.tick()
    seen = visitor.get("/ballots/1")
    assert "the next meeting decides" in seen
    assert "The kiosk was off." not in seen


def test_without_objection_a_result_is_final_after_its_days(
    kitchen: Kitchen, members: list[MemberId], visitor: Phone
) -> None:
    open_ballot(kitchen, members[0])
    count_out(kitchen, members, (1,), (1,), (2,))
    kitchen.clock.forward(7 * DAY)
    kitchen.service.tick()
    page = visitor.get("/ballots")
    assert "Yes. It is agreed." in page
    assert "not final" not in page


def test_two_phones_count_hands_and_the_second_does_not_see_the_first(
    kitchen: Kitchen, members: list[MemberId]
) -> None:
    app = kitchen.app()
    rosa, ali = phone(app), phone(app)
    rosa.pair(members[0])
    ali.pair(members[1])
    assert rosa.send("/ballots/hands", text="Tea at four?", article="")[0] == 200
    rosa.send("/ballots/1/count", yes="4", no="1", abstain="0")
    page = ali.get("/ballots/1")
    assert "One count is in" in page
    assert 'value="4"' not in page
    page = ali.send("/ballots/1/count", yes="3", no="1", abstain="0")[1]
    assert "The two counts differ" in page
    rosa.send("/ballots/1/count", yes="4", no="1", abstain="0")
    page = ali.send("/ballots/1/count", yes="4", no="1", abstain="0")[1]
    assert "Yes. It is agreed." in page
    assert "both had counted the same" in page


def test_a_wrong_number_is_said_above_the_form_and_kept(kitchen: Kitchen, members: list[MemberId]) -> None:
    mine = phone(kitchen.app())
    mine.pair(members[0])
    mine.send("/ballots/hands", text="Tea at four?", article="")
    status, page = mine.send("/ballots/1/count", yes="40", no="1", abstain="0")
    assert status == 422
    assert "Only 5 people can vote here" in page
    assert 'value="40"' in page
    assert mine.send("/ballots/1/count", yes="many", no="1", abstain="0")[0] == 422


def test_while_forming_a_show_of_hands_changes_a_rule(kitchen: Kitchen, members: list[MemberId]) -> None:
    app = kitchen.app()
    rosa, ali = phone(app), phone(app)
    rosa.pair(members[0])
    ali.pair(members[1])
    status, page = rosa.send("/ballots/hands", text="Longer?", article="ballot_days", value="many")
    assert status == 422
    assert 'value="many"' in page
    rosa.send("/ballots/hands", text="Longer?", article="ballot_days", value="14")
    assert "Days a secret vote is open: 14" in ali.get("/ballots/1")
    for each in (rosa, ali):
        each.send("/ballots/1/count", yes="5", no="0", abstain="0")
    assert kitchen.service.rules(lambda house: house.constitution.articles.ballot_days) == 14


def test_after_forming_a_rule_changes_only_in_a_meeting(kitchen: Kitchen, members: list[MemberId]) -> None:
    mine = phone(kitchen.app())
    mine.pair(members[0])
    kitchen.end_forming()
    mine.pair(members[0])
    assert 'name="article"' not in mine.get("/ballots/hands")
    assert mine.send("/ballots/hands", text="Longer?", article="ballot_days", value="14")[0] == 422


def test_a_visitor_neither_counts_nor_objects(kitchen: Kitchen, members: list[MemberId], visitor: Phone) -> None:
    kitchen.submit(ballots.OpenHandCount(POT), members[0])
    assert visitor.status("/ballots/hands") == 403
    assert visitor.send("/ballots/1/count", yes="1", no="0", abstain="0")[0] == 403
    assert visitor.send("/ballots/1/object", reason="No")[0] == 403
    assert "To count, scan your member card" in visitor.get("/ballots/1")


def test_there_is_nothing_under_a_number_that_was_not_given(visitor: Phone) -> None:
    for path in ("/ballots/7", "/ballots/7/notice", "/ballots/7/result"):
        assert visitor.status(path) == 404


def test_a_show_of_hands_has_no_notice(kitchen: Kitchen, members: list[MemberId], visitor: Phone) -> None:
    kitchen.submit(ballots.OpenHandCount(POT, Effect()), members[0])
    assert visitor.status("/ballots/1/notice") == 404


def test_an_unknown_act_is_not_here(kitchen: Kitchen, members: list[MemberId]) -> None:
    mine = phone(kitchen.app())
    mine.pair(members[0])
    assert mine.send("/ballots/1/burn")[0] == 404


def test_the_kiosk_reads_what_is_open_and_what_came_out(kitchen: Kitchen, members: list[MemberId]) -> None:
    open_ballot(kitchen, members[0], Method.APPROVAL)
    client, token = own_program(kitchen.app())
    (found,) = json.loads(client.get("/api/read/ballots", headers=token).text)
    assert (found["ballot"]["number"], len(found["ballot"]["options"]), found["about"]) == (1, 3, 0)
    count_out(kitchen, members, (1,), (1, 2), (2,))
    found = json.loads(client.get("/api/read/ballot?ballot=1", headers=token).text)
    assert found["sums"] == [2, 2, 0, 0]
    assert json.loads(client.get("/api/read/ballot_results", headers=token).text)[0]["number"] == 1
    sheet = json.loads(client.get("/api/documents/ballot_result?ballot=1", headers=token).text)
    assert "Chosen" in sheet["text"]
    assert client.get("/api/read/ballot?ballot=x", headers=token).status_code == 404


def test_a_practice_hub_marks_every_ballot_as_an_example(empty: Kitchen) -> None:
    empty.found(ephemeral=True)
    members = empty.opening_evening("Rosa", "Ali", "Mei")
    open_ballot(empty, members[0])
    page = phone(empty.app()).get("/ballots/1")
    assert "EXAMPLE. This is not a real vote" in page
    count_out(empty, members, (1,), (1,))
    empty.clock.forward(30 * DAY)
    empty.service.tick()
    assert "EXAMPLE." in phone(empty.app()).get("/ballots/1/result")


def test_the_pages_speak_spanish(kitchen: Kitchen, members: list[MemberId]) -> None:
    open_ballot(kitchen, members[0])
    page = phone(kitchen.app(), "es").get("/ballots/1")
    assert 'lang="es"' in page
    assert "go to the kiosk" not in page


def test_the_kiosk_reads_votes_in_words_and_only_its_reader_learns_whether_they_are_on_the_list(
    kitchen: Kitchen, members: list[MemberId]
) -> None:
    open_ballot(kitchen, members[0])
    kitchen.submit(ballots.OpenHandCount(Words({"en": "Soup?"})), members[0])
    late = kitchen.join("Late", members[0])
    client, token = own_program(kitchen.app())
    found = client.get("/api/read/votes", headers=token).json
    assert [(line["number"], line["secret"], line["closes"] > 0) for line in found["open"]] == [
        (2, False, False),
        (1, True, True),
    ]
    seen = []
    for card in ("", kitchen.cards[members[1]], kitchen.cards[late]):
        visit = client.post("/api/visits", json={"card": card}, headers=token).json.get("visit", "")
        seen.append(client.get("/api/read/vote?ballot=1", headers={**token, "Trestle-Visit": visit}).json["on_roll"])
    assert seen == [None, True, False]
    count_out(kitchen, members, (1,), (1,))
    (over,) = client.get("/api/read/votes", headers=token).json["over"]
    assert over["verdict"][0] == "Yes. It is agreed."
    told = client.get("/api/read/vote?ballot=1", headers={**token, "Accept-Language": "es"}).json
    assert told["rules"]
    assert "It passes" not in str(told)
