"""The pages of assemblies: topics from the floor, tonight's page on phones and on the TV, the minutes."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from kitchen import CATALOGUE, Kitchen, Phone, own_program

from hub.domain.assemblies import CloseMeeting, ConvokeAssembly, MinuteDecision, OpenMeeting
from hub.domain.ballots import EnterCount
from hub.domain.base import DAY, HOUR, AssemblyId, BallotId, Consequence, Effect, MemberId, Millis, Words
from hub.web.meeting import as_article
from hub.words.speaker import Speaker

FIRST = AssemblyId(1)
NEXT_WEEK = {"day": "2026-11-30", "hour": "19:00", "place": "The <hall>", "sort": "ordinary"}


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening("Rosa", "Ali", "Mei")


@pytest.fixture
def rosa(visitor: Phone, members: list[MemberId]) -> Phone:
    visitor.pair(members[0])
    return visitor


@pytest.fixture
def tonight(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> Phone:
    """A meeting is on; Rosa facilitates and writes."""
    rosa.send("/assemblies/topics", text="The roof")
    kitchen.submit(ConvokeAssembly(Millis(kitchen.clock.now + HOUR), Words({"en": "Hall"})), members[0])
    kitchen.submit(OpenMeeting(FIRST, members[0], 3), members[0])
    return rosa


def beside(first: Phone, member: MemberId | None = None) -> Phone:
    """Another phone at the same running hub, paired or of nobody in particular."""
    other = Phone(first.app.test_client(), first.app)
    if member is not None:
        other.pair(member)
    return other


def number_told(page: str) -> str:
    return "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", page)[0])


def test_an_empty_board_says_that_topics_wait(visitor: Phone) -> None:
    page = visitor.get("/assemblies")
    assert "No assembly is called yet" in page
    assert "0 topics" in visitor.get("/")


def test_a_member_brings_a_topic_and_another_supports_it(rosa: Phone, members: list[MemberId]) -> None:
    assert "on the agenda" in rosa.send("/assemblies/topics", text="The <roof>")[1]
    ali = beside(rosa, members[1])
    assert "one person wants this" in ali.get("/assemblies")
    assert "2 people want this" in ali.send("/assemblies/topics/1/support")[1]
    status, page = ali.send("/assemblies/topics/1/support")
    assert (status, "support this topic already" in page) == (422, True)
    assert rosa.send("/assemblies/topics/1/withdraw")[0] == 422
    room = beside(rosa)
    assert "The &lt;roof&gt;" in room.get("/assemblies")
    assert "The &lt;roof&gt;" in room.get("/assemblies/agenda")
    assert room.send("/assemblies/topics", text="x")[0] == 403


def test_a_topic_nobody_else_supports_is_taken_back(rosa: Phone) -> None:
    rosa.send("/assemblies/topics", text="The roof")
    assert "The roof" not in rosa.send("/assemblies/topics/1/withdraw")[1]
    assert rosa.send("/assemblies/topics", text=" ")[0] == 422
    assert rosa.send("/assemblies/topics/1/dance")[0] == 404


def test_in_the_forming_season_any_member_calls_an_assembly(rosa: Phone) -> None:
    assert "The assembly is called" in rosa.send("/assemblies/call", **NEXT_WEEK)[1]
    room = beside(rosa)
    page = room.get("/assemblies/1")
    assert "The &lt;hall&gt;" in page
    assert "7:00" in page
    assert "Who facilitates?" not in page
    assert room.status("/assemblies/call") == 403


def test_short_notice_is_said_at_once_and_one_that_hung_on_paper_is_not_short(rosa: Phone) -> None:
    rosa.send("/assemblies/call", **{**NEXT_WEEK, "day": "2026-11-24"})
    assert "announced later than our rules ask" in rosa.get("/assemblies")
    rosa.send("/assemblies/call", **{**NEXT_WEEK, "day": "2026-11-24"}, announced_day="2026-11-01", announced_hour="")
    assert "announced later" not in rosa.get("/assemblies/2")


def test_a_form_that_cannot_be_keeps_its_answers(rosa: Phone) -> None:
    status, page = rosa.send("/assemblies/call", **{**NEXT_WEEK, "day": "soon"})
    assert (status, "The &lt;hall&gt;" in page) == (422, True)


def test_later_two_members_call_one_from_two_phones(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    kitchen.end_forming()
    facilitator(kitchen, members)
    rosa, ali = beside(rosa, members[1]), beside(rosa, members[2])
    when = {**NEXT_WEEK, "day": "2027-02-01"}
    status, page = rosa.send("/assemblies/call", **when)
    assert (status, "card and PIN" in page) == (422, True)
    number = number_told(rosa.send("/assemblies/call", together="yes", key="k", **when)[1])
    read = ali.get(f"/assemblies/together?number={number}")
    assert "Call an assembly" in read
    assert "You agreed" in ali.send("/assemblies/together", number=number)[1]
    assert "Monday, February 1, 2027" in beside(rosa).get("/assemblies")


def facilitator(kitchen: Kitchen, members: list[MemberId]) -> None:
    """A meeting makes the first of them facilitator, so that calling an assembly is theirs."""
    kitchen.submit(ConvokeAssembly(Millis(kitchen.clock.now + HOUR), Words({"en": "Hall"})), members[0])
    kitchen.submit(OpenMeeting(FIRST, members[0], 3), members[0])
    appoint = Effect(Consequence.APPOINT, "facilitator", member=members[0])
    text = Words({"en": "Rosa facilitates"})
    kitchen.submit(MinuteDecision(FIRST, text, yes=3, effect=appoint), members[0], second=members[1])
    kitchen.submit(CloseMeeting(FIRST), members[0])


def test_an_assembly_is_moved_and_cancelled_and_its_topics_wait(rosa: Phone) -> None:
    rosa.send("/assemblies/call", **NEXT_WEEK)
    assert "is moved" in rosa.send("/assemblies/1/move", day="2026-12-01", hour="18:00", place="")[1]
    assert "Tuesday, December 1" in rosa.get("/assemblies/1")
    page = rosa.send("/assemblies/1/cancel", why="Flood")[1]
    assert "Flood" in page
    assert "This does not take place" in page
    assert rosa.send("/assemblies/1/dance")[0] == 404
    assert rosa.status("/assemblies/9") == 404


def test_the_meeting_is_opened_and_everybody_finds_tonight_s_page(rosa: Phone, members: list[MemberId]) -> None:
    rosa.send("/assemblies/call", **{**NEXT_WEEK, "day": "2026-11-23", "hour": "12:30"})
    assert "Who facilitates?" in rosa.client.get("/assemblies/1/tonight", follow_redirects=True).text
    status, page = rosa.send("/assemblies/1/open", facilitator=members[1], present="3")
    assert (status, "Good evening" in page, "Ali facilitates" in page) == (200, True, True)
    assert "The meeting is on" in beside(rosa).get("/")
    assert "3 here; we are 3 members" in beside(rosa).get("/assemblies/1/tonight")


def test_a_meeting_needs_a_count_and_a_member_or_a_visitor_who_facilitates(rosa: Phone) -> None:
    rosa.send("/assemblies/call", **NEXT_WEEK)
    assert rosa.send("/assemblies/1/open", facilitator="visitor", present="")[0] == 422
    assert "Choose who facilitates" in rosa.send("/assemblies/1/open", facilitator="", present="3")[1]
    assert rosa.send("/assemblies/1/open", facilitator="nobody", present="3")[0] == 422
    assert rosa.send("/assemblies/1/open", facilitator="visitor", present="3", rotation_waived="yes")[0] == 200


def test_who_has_not_spoken_comes_first_and_the_tv_shows_it(tonight: Phone, members: list[MemberId]) -> None:
    ali = beside(tonight, members[1])
    ali.send("/assemblies/1/floor/ask")
    ali.send("/assemblies/1/floor/next")
    ali.send("/assemblies/1/floor/ask")
    tonight.send("/assemblies/1/floor/call", name="<Olga>")
    tonight.send("/assemblies/1/floor/topic", topic="1")
    answer = beside(tonight).client.get("/assemblies/1/tv")
    assert answer.headers["Refresh"] == "10"
    assert "<script" not in answer.text
    assert "Ali</strong>" in answer.text
    assert answer.text.index("&lt;Olga&gt;") < answer.text.rindex("Ali</li>")
    assert "first time tonight" in answer.text
    assert "The roof" in answer.text
    ali.send("/assemblies/1/floor/no-longer")
    assert "Ali</li>" not in beside(tonight).get("/assemblies/1/tv")


def test_the_floor_is_for_members_and_knows_its_words(tonight: Phone) -> None:
    assert beside(tonight).send("/assemblies/1/floor/ask")[0] == 403
    assert tonight.send("/assemblies/1/floor/dance")[0] == 404
    assert tonight.send("/assemblies/9/floor/ask")[0] == 404
    for topic in ("x", "9" * 5000, ""):
        assert tonight.send("/assemblies/1/floor/topic", topic=topic)[0] == 200


def test_hands_and_consensus_are_minuted_in_one_touch(tonight: Phone) -> None:
    hands = tonight.send("/assemblies/1/meeting/decide", text="We fix it", topic="1", yes="2", no="1", how="hands")
    assert "agreed · yes 2 · no 1 · abstained 0" in hands[1]
    assert "The roof" not in hands[1]
    assert "by consensus" in tonight.send("/assemblies/1/meeting/decide", text="Paint it", how="consensus")[1]
    status, page = tonight.send("/assemblies/1/meeting/decide", text="Sell it", yes="9", how="hands")
    assert (status, "9 hands do not fit 3 people" in page, ">Sell it<" in page) == (422, True, True)


def test_a_decision_that_changes_a_rule_is_written_by_two(tonight: Phone, members: list[MemberId]) -> None:
    change = {
        "text": "Five days",
        "yes": "3",
        "how": "hands",
        "effect": "amend",
        "article": "notice_days",
        "value": "5",
    }
    assert "takes two members" in tonight.send("/assemblies/1/meeting/decide", **change)[1]
    number = number_told(tonight.send("/assemblies/1/meeting/decide", together="yes", key="k", **change)[1])
    ali = beside(tonight, members[1])
    read = ali.get(f"/assemblies/together?number={number}")
    assert "Changes our rules: Days a meeting is announced before: 5" in read
    ali.send("/assemblies/together", number=number)
    assert "Changes our rules" in beside(tonight).get("/assemblies/1")
    assert ">5<" in beside(tonight).get("/rules")


def test_a_role_is_given_by_name(tonight: Phone, members: list[MemberId]) -> None:
    give = {"text": "Ali", "yes": "3", "how": "hands", "effect": "appoint", "role": "minute_taker"}
    assert tonight.send("/assemblies/1/meeting/decide", **give)[0] == 422
    page = tonight.send("/assemblies/1/meeting/decide", together="yes", key="k", member=members[1], **give)[1]
    assert "Minute taker: Ali from now on" in page
    assert tonight.send("/assemblies/1/meeting/decide", **{**give, "effect": "sing"})[0] == 422


def test_without_quorum_the_page_says_that_it_is_advice(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    for name in ("Jo", "Kim", "Lu"):
        kitchen.join(name, members[0])
    kitchen.submit(ConvokeAssembly(Millis(kitchen.clock.now + HOUR), Words({"en": "Hall"})), members[0])
    kitchen.submit(OpenMeeting(FIRST, members[0], 1), members[0])
    assert "what you decide is advice" in beside(rosa).get("/assemblies/1/tonight")
    page = rosa.send("/assemblies/1/meeting/decide", text="Paint it", how="consensus")[1]
    assert "what was decided is advice" in page
    assert "what you decide is advice" not in rosa.send("/assemblies/1/meeting/present", present="5")[1]


def test_notes_settling_and_the_end(tonight: Phone) -> None:
    assert "It is in the minutes" in tonight.send("/assemblies/1/meeting/note", text="It leaks", topic="1")[1]
    assert "topic is settled" in tonight.send("/assemblies/1/meeting/settle", topic="1")[1]
    page = tonight.send("/assemblies/1/meeting/close")[1]
    assert "Print the draft" in page
    assert "DRAFT" in page
    assert "It leaks" in beside(tonight).get("/assemblies/1/minutes")
    assert tonight.send("/assemblies/1/meeting/dance")[0] == 404


def test_a_screen_left_on_comes_to_rest_on_the_assembly_s_page_when_the_meeting_is_over(tonight: Phone) -> None:
    tonight.send("/assemblies/1/meeting/close")
    for page in ("tonight", "tv"):
        answer = tonight.client.get(f"/assemblies/1/{page}")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/assemblies/1")
        assert "Refresh" not in answer.headers
    assert tonight.status("/assemblies/9/tv") == 404


def test_what_is_sent_after_the_meeting_is_refused_in_words(tonight: Phone) -> None:
    tonight.send("/assemblies/1/meeting/close")
    status, page = tonight.send("/assemblies/1/meeting/note", text="It leaks")
    assert (status, "Not like this" in page) == (422, True)
    status, page = tonight.send("/assemblies/1/floor/ask")
    assert (status, "DRAFT" in page) == (200, True)


def test_nobody_is_chosen_to_facilitate_before_somebody_is_and_children_cannot_be(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.join("Tom", members[0], adult=False)
    rosa.send("/assemblies/call", **NEXT_WEEK)
    select = rosa.get("/assemblies/1").partition('name="facilitator">')[2].partition("</select>")[0]
    assert select.startswith('<option value="">Choose</option>')
    assert "selected" not in select
    assert "Rosa" in select
    assert "Tom" not in select


def test_a_show_of_hands_stands_in_the_minutes_of_its_meeting(
    kitchen: Kitchen, tonight: Phone, members: list[MemberId]
) -> None:
    tonight.send("/ballots/hands", text="Paint the <door>?")
    page = beside(tonight).get("/assemblies/1/minutes")
    assert "Paint the &lt;door&gt;?" in page
    assert "It is still open." in page
    assert "Nothing was decided" not in page
    for teller in members[:2]:
        kitchen.submit(EnterCount(BallotId(1), 2, 1, 0), teller)
    tonight.send("/assemblies/1/meeting/close")
    for path in ("/assemblies/1", "/assemblies/1/minutes"):
        page = beside(tonight).get(path)
        assert "Show of hands 1" in page
        assert "Yes. It is agreed." in page
        assert "yes 2 · no 1 · abstained 0" in page


def test_the_next_meeting_corrects_and_adopts(kitchen: Kitchen, tonight: Phone, members: list[MemberId]) -> None:
    tonight.send("/assemblies/1/meeting/close")
    kitchen.clock.forward(DAY)
    tonight = beside(tonight, members[0])
    kitchen.submit(ConvokeAssembly(Millis(kitchen.clock.now + HOUR), Words({"en": "Hall"})), members[0])
    kitchen.submit(OpenMeeting(AssemblyId(2), members[1], 3), members[0])
    assert "Read the draft" in tonight.get("/assemblies/2/tonight")
    tonight.send("/assemblies/2/meeting/correct", minutes="1", correction="Nine, not eight")
    assert "minutes are adopted" in tonight.send("/assemblies/2/meeting/adopt", minutes="1")[1]
    page = beside(tonight).get("/assemblies/1/minutes")
    assert "Adopted by the meeting of Tuesday" in page
    assert "Nine, not eight" in page
    assert tonight.send("/assemblies/2/meeting/adopt", minutes="1")[0] == 422


def test_a_meeting_on_paper_is_copied_in_afterwards(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    rosa.send("/assemblies/call", **{**NEXT_WEEK, "day": "2026-11-23"})
    kitchen.clock.forward(2 * DAY)
    rosa = beside(rosa, members[0])
    assert "Did it take place?" in rosa.get("/assemblies")
    assert "Copy it from paper" in rosa.get("/assemblies/1")
    rosa.send("/assemblies/1/open", facilitator="visitor", present="3", held_day="2026-11-23", held_hour="19:05")
    rosa.send("/assemblies/1/meeting/close")
    page = beside(rosa).get("/assemblies/1/minutes")
    assert "Minutes of Monday, November 23, 2026" in page
    assert "7:05" in page


def test_who_may_not_write_does_it_with_a_second_member(
    kitchen: Kitchen, tonight: Phone, members: list[MemberId]
) -> None:
    give = {"text": "Ali", "yes": "3", "how": "hands", "effect": "appoint", "role": "minute_taker"}
    number = number_told(
        tonight.send("/assemblies/1/meeting/decide", together="yes", key="k", member=members[1], **give)[1]
    )
    beside(tonight, members[2]).send("/assemblies/together", number=number)
    kitchen.end_forming()
    mei = beside(tonight, members[2])
    assert "minute taker or the facilitator writes" in mei.get("/assemblies/1/tonight")
    assert mei.send("/assemblies/1/meeting/note", text="It leaks")[0] == 422
    for act, fields in {
        "note": {"text": "It leaks"},
        "present": {"present": "2"},
        "settle": {"topic": "1"},
        "close": {},
    }.items():
        page = mei.send(f"/assemblies/1/meeting/{act}", together="yes", key=act, **fields)[1]
        assert len(number_told(page)) == 6, act
    for act, fields in {"adopt": {"minutes": "1"}, "correct": {"minutes": "1", "correction": "Nine"}}.items():
        status, refused = mei.send(f"/assemblies/1/meeting/{act}", together="yes", key=act, **fields)
        assert (status, re.search(r"<strong>\d{3} \d{3}</strong>", refused)) == (422, None), act
    beside(tonight, members[0]).send("/assemblies/together", number=number_told(page))
    assert "DRAFT" in beside(tonight).get("/assemblies/1")


def test_an_assembly_is_opened_moved_and_cancelled_by_two(rosa: Phone) -> None:
    rosa.send("/assemblies/call", **NEXT_WEEK)
    for act, fields in {
        "open": {"facilitator": "visitor", "present": "3"},
        "move": {"day": "2026-12-01", "hour": "18:00", "place": "Yard"},
        "cancel": {"why": "Flood"},
    }.items():
        assert len(number_told(rosa.send(f"/assemblies/1/{act}", together="yes", key=act, **fields)[1])) == 6


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("rotation", "Sí", "yes"),
        ("rotation", "no", "no"),
        ("quorum", "25 %", "25/100"),
        ("quorum", "1/4", "1/4"),
        ("quorum", "todos", "1"),
        ("spending_limit", "60", "6000"),
        ("spending_limit", "60,50", "6050"),
        ("spending_limit", "60.505", "60.505"),
        ("spending_limit", "€60", "€60"),
        ("notice_days", " 5 ", "5"),
        ("notice_days", "9" * 400, "9" * 400),
    ],
)
def test_an_article_is_written_as_people_write(kitchen: Kitchen, name: str, written: str, value: str) -> None:
    hall = SimpleNamespace(speaker=Speaker(CATALOGUE, "es"), service=kitchen.service)
    assert as_article(hall, name, written) == value  # type: ignore[arg-type]


def test_the_pages_speak_spanish(tonight: Phone) -> None:
    spanish = Phone(tonight.app.test_client(), tonight.app, "es")
    for path in ("/assemblies", "/assemblies/1", "/assemblies/1/tonight", "/assemblies/1/tv", "/assemblies/agenda"):
        page = spanish.get(path)
        assert 'lang="es"' in page
        assert not re.search(r"\b(the|meeting|members|topic)\b", re.sub(r"<[^>]*>", " ", page).replace("The roof", ""))


def test_the_kiosk_reads_assemblies_topics_and_minutes(kitchen: Kitchen, tonight: Phone) -> None:
    client, token = own_program(tonight.app)
    assert [row["number"] for row in client.get("/api/read/assemblies", headers=token).json["running"]] == [1]
    assert "The roof" in str(client.get("/api/read/topics", headers=token).json)
    assert client.get("/api/read/minutes?assembly=1", headers=token).json["assembly"]["present"] == 3
    assert client.get("/api/read/minutes?assembly=x", headers=token).json is None
    assert "The roof" in client.get("/api/documents/agenda", headers=token).json["text"]
    assert "Hall" in client.get("/api/documents/minutes?assembly=1", headers=token).json["text"]


def test_the_kiosk_reads_the_agenda_in_words(kitchen: Kitchen, tonight: Phone) -> None:
    client, token = own_program(tonight.app)
    found = client.get("/api/read/agenda", headers=token).json
    assert (found["running"]["number"], found["next"], found["called"]) == (1, None, [])
    topic = next(each for each in found["topics"] if not each["by_hub"])
    assert (topic["text"], topic["mine"], topic["supported"]) == ("The roof", False, False)
