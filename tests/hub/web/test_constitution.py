"""Our rules, what was changed in them, and when the house rests, as phones in the hall see it."""

from __future__ import annotations

import re

import pytest
from kitchen import Kitchen, Phone, own_program, phone

from hub.commands.found import founding
from hub.domain import ballots
from hub.domain.base import DAY, HOUR, BallotId, Consequence, Effect, MemberId, Millis, Words
from hub.domain.constitution import SetClosure
from hub.web.constitution import resting


def words(text: str) -> Words:
    return Words({"en": text} if text else {})


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening("Rosa", "Ali", "Mei")


@pytest.fixture
def rosa(visitor: Phone, members: list[MemberId]) -> Phone:
    visitor.pair(members[0])
    return visitor


def beside(first: Phone, member: MemberId) -> Phone:
    """A second phone at the same running hub."""
    other = Phone(first.app.test_client(), first.app)
    other.pair(member)
    return other


def rests(kitchen: Kitchen, members: list[MemberId], first: int, days: int, why: str = "") -> None:
    """Two members let the house rest from a day on, for so many days."""
    since = Millis(kitchen.clock.now + first * DAY)
    kitchen.submit(SetClosure(since, Millis(since + days * DAY), words(why)), members[0], second=members[1])


def amend(kitchen: Kitchen, members: list[MemberId], name: str, value: str) -> None:
    """A show of hands in the forming season changes a number of our rules."""
    effect = Effect(Consequence.AMEND, name, value)
    kitchen.submit(ballots.OpenHandCount(words(f"{name} {value}?"), effect), members[0])
    number = BallotId(kitchen.service.rules(lambda house: len(house.ballots.ballots)))
    for teller in members[:2]:
        kitchen.submit(ballots.EnterCount(number, 3, 0, 0), teller)


def sentence(visitor: Phone, language: str = "en") -> str:
    """What the first page says of a rest."""
    hall, _ = visitor.app.extensions["trestle"]
    with visitor.app.test_request_context(f"/?lang={language}"):
        return resting(hall).replace("\u00a0", " ")


# Rules and what was changed


def test_the_page_of_rules_says_that_nothing_was_changed_yet(visitor: Phone) -> None:
    page = visitor.get("/rules")
    assert "Nothing was changed since we began" in page
    assert "A meeting counts when 1/5 of us are there" in page


def test_what_the_founders_chose_is_no_change(empty: Kitchen) -> None:
    empty.found(quorum="1/3")
    page = phone(empty.app()).get("/rules")
    assert "A meeting counts when 1/3 of us are there" in page
    assert "Nothing was changed since we began" in page


def test_changes_stand_below_the_page_latest_first_with_their_day(
    kitchen: Kitchen, visitor: Phone, members: list[MemberId]
) -> None:
    kitchen.clock.forward(DAY)
    amend(kitchen, members, "quorum", "1/4")
    kitchen.clock.forward(DAY)
    amend(kitchen, members, "spending_limit", "6000")
    page = visitor.get("/rules").replace("\u00a0", " ")
    assert "A meeting counts when 1/4 of us are there" in page
    changes = page.partition("What we changed")[2]
    limit, quorum = changes.index("€60.00"), changes.index("1/4")
    assert limit < quorum
    assert "since Tuesday, November 24, 2026" in changes
    assert "since Wednesday, November 25, 2026" in changes


# When the house rests


def test_the_room_reads_when_the_house_rests_and_has_no_form(
    kitchen: Kitchen, visitor: Phone, members: list[MemberId]
) -> None:
    assert "No rest is planned" in visitor.get("/rest")
    rests(kitchen, members, 5, 1, "Repairs <3")
    page = visitor.get("/rest")
    assert "Repairs &lt;3" in page
    assert "<form method" not in page.partition("<main")[2].partition("</main")[0]
    assert visitor.send("/rest", first="2026-12-01", last="2026-12-02")[0] == 403


def test_two_members_let_the_house_rest_for_whole_days_by_its_own_clock(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    asked = rosa.send("/rest", first="2026-12-24", last="2027-01-03", why="Holidays", together="yes")[1]
    assert kitchen.service.read(lambda views: views.constitution.closures(kitchen.clock.now)) == []
    number = "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", asked)[0])
    ali = beside(rosa, members[1])
    read = ali.get(f"/constitution/together?number={number}")
    for line in ("Let the house rest", "Thursday, December 24, 2026 to Sunday, January 3, 2027", "Holidays"):
        assert line in read
    assert "You agreed" in ali.send("/constitution/together", number=number)[1]
    assert "Thursday, December 24, 2026 to Sunday, January 3, 2027" in ali.get("/rest")
    row = kitchen.service.read(lambda views: views.constitution.closures(kitchen.clock.now))[0]
    assert ((row.until - row.since) // DAY, row.since % DAY, row.until % DAY) == (11, 0, 0)


def test_a_rest_that_begins_today_begins_now(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    kitchen.clock.forward(3 * HOUR)
    rosa.pair(members[0])
    asked = rosa.send("/rest", first="2026-11-23", last="2026-11-23")[1]
    number = "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", asked)[0])
    kitchen.clock.forward(5 * 60_000)
    beside(rosa, members[1]).send("/constitution/together", number=number)
    assert sentence(rosa) == "We rest until Monday, November 23, 2026."


def test_the_day_on_which_clocks_go_forward_rests_from_midnight_to_midnight(empty: Kitchen) -> None:
    empty.service.submit(founding(empty.service.hub, "Corner", "kitchen", "en", "EUR", "Europe/Madrid", {}, False))
    members = empty.opening_evening("Rosa", "Ali", "Mei")
    first = phone(empty.app())
    first.pair(members[0])
    asked = first.send("/rest", first="2027-03-28", last="2027-03-28")[1]
    number = "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", asked)[0])
    beside(first, members[1]).send("/constitution/together", number=number)
    row = empty.service.read(lambda views: views.constitution.closures(empty.clock.now))[0]
    assert row.until - row.since == 23 * HOUR
    assert "Sunday, March 28, 2027" in first.get("/rest")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-22", "2026-12-01"),
        ("2026-12-02", "2026-12-01"),
        ("2026-12-01", "2028-01-01"),
        ("2028-01-01", "2028-01-02"),
        ("", "2026-12-01"),
        ("soon", "later"),
        ("0000-00-00", "9999-12-31"),
    ],
)
def test_days_that_cannot_be_are_refused_and_what_was_typed_stays(rosa: Phone, first: str, last: str) -> None:
    status, page = rosa.send("/rest", first=first, last=last, why="We mourn", together="yes")
    assert (status, "Choose a first and a last day" in page) == (422, True)
    assert 'value="We mourn"' in page


def test_the_first_page_has_one_sentence_while_the_house_rests(
    kitchen: Kitchen, visitor: Phone, members: list[MemberId]
) -> None:
    assert sentence(visitor) == ""
    rests(kitchen, members, 0, 2, "We mourn Don Ernesto.")
    rests(kitchen, members, 20, 5, "Holidays")
    assert sentence(visitor) == "We rest until Wednesday, November 25, 2026: We mourn Don Ernesto."
    assert "We rest until Wednesday" in visitor.get("/rules").replace("\u00a0", " ")
    kitchen.clock.forward(2 * DAY)
    assert sentence(visitor) == ""


def test_of_two_rests_at_once_the_longer_one_is_told(kitchen: Kitchen, visitor: Phone, members: list[MemberId]) -> None:
    rests(kitchen, members, 0, 2, "Repairs")
    rests(kitchen, members, 0, 4)
    assert sentence(visitor) == "We rest until Friday, November 27, 2026."


def test_the_kiosk_reads_when_the_house_rests(kitchen: Kitchen, visitor: Phone, members: list[MemberId]) -> None:
    rests(kitchen, members, 0, 2, "Repairs")
    client, token = own_program(visitor.app)
    rows = client.get("/api/read/closures", headers=token).json
    assert [(row["since"], row["until"], row["why"]) for row in rows] == [
        (kitchen.clock.now, kitchen.clock.now + 2 * DAY, {"en": "Repairs"})
    ]


def test_the_rules_speak_spanish_where_the_catalogue_does(visitor: Phone) -> None:
    page = Phone(visitor.app.test_client(), visitor.app, "es").get("/rules")
    assert 'lang="es"' in page
    assert "The numbers behind the lines" not in page
    assert "Nuestras reglas en una página" in page
