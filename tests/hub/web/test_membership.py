"""Joining, vouching and belonging, as phones in the hall see it: the room learns a number, and never a name."""

from __future__ import annotations

import re

import pytest
from kitchen import CATALOGUE, Kitchen, Phone, own_program, phone

from hub.domain import membership
from hub.domain.base import DAY, MemberId, Tier
from hub.domain.membership import OpenEvening, Standing
from hub.service import Newcomer

LONG = "x" * 10_000
ASKING = {"name": "Olga", "contact": "olga@example.org", "adult": "yes"}
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
NAMES = ("Rosa", "Ali", "Mei", "Olga", "Ben")


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening("Rosa", "Ali", "Mei")


@pytest.fixture
def rosa(visitor: Phone, members: list[MemberId]) -> Phone:
    visitor.pair(members[0])
    return visitor


def beside(first: Phone, member: MemberId | None = None, language: str = "en") -> Phone:
    """Another phone at the same running hub, paired or of nobody in particular."""
    other = phone(first.app, language)
    if member is not None:
        other.pair(member)
    return other


def codes(page: str) -> list[str]:
    return CODE.findall(page)


def number_told(page: str) -> str:
    return "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", page)[0])


def stands(kitchen: Kitchen, member: MemberId) -> str:
    row = kitchen.service.read(lambda views: views.members.member(member))
    return row.standing if row else ""


def asked_by(kitchen: Kitchen) -> list[str]:
    rows = kitchen.service.read(lambda views: views.members.standing(Standing.ASKED))
    return [kitchen.service.people.name(row.member) for row in rows]


# Asking to join


def test_before_the_form_stands_what_is_kept_and_who_sees_it(rosa: Phone) -> None:
    page = beside(rosa).get("/join")
    form = page.index('name="name"')
    for sentence in (
        "Members see it",
        "Whether you are 16 or older",
        "only if you both agree. It is erased after a year",
        "No phone ever asks for it",
        "You may leave this empty",
    ):
        assert sentence in page
    assert page.index("What we keep, and who sees it") < form
    assert page.index("It is erased after a year") < form
    assert "3 of us are members." in page


def test_who_asks_is_told_what_happens_next_and_no_address_names_them(kitchen: Kitchen, rosa: Phone) -> None:
    guest = beside(rosa)
    status, page = guest.send("/join", **ASKING)
    assert status == 200
    assert "A member who knows you vouches for you" in page
    assert "Then you get your card" in page
    assert asked_by(kitchen) == ["Olga"]
    secret = re.search(r'name="secret" value="(\w+)"', guest.get("/join"))
    assert secret is not None
    answer = guest.client.post("/join", data={**ASKING, "secret": secret[1]})
    assert answer.headers["Location"] == "/join/next?done=joined"


def test_how_to_reach_somebody_may_be_left_out_and_is_gone_after_a_year(kitchen: Kitchen, rosa: Phone) -> None:
    people = kitchen.service.people
    beside(rosa).send("/join", **ASKING)
    beside(rosa).send("/join", name="Ben", contact=" ", adult="yes")
    olga, ben = (row.member for row in kitchen.service.read(lambda views: views.members.standing(Standing.ASKED)))
    assert people.contact(olga, kitchen.clock.now) == "olga@example.org"
    assert people.contact(ben, kitchen.clock.now) == ""
    kitchen.clock.forward(365 * DAY)
    assert people.contact(olga, kitchen.clock.now) == ""


def test_how_to_reach_somebody_stands_on_no_page(rosa: Phone) -> None:
    beside(rosa).send("/join", **ASKING)
    for reader in (rosa, beside(rosa)):
        assert "olga@example.org" not in reader.get("/members") + reader.get("/join") + reader.get("/join/next")


EMPTY = "Please write a name. A first name or a nickname is fine."
TOO_LONG = "That is {length} characters long; {most} fit. Nothing was lost: please shorten it."


@pytest.mark.parametrize(
    ("wrong", "sentence", "kept"),
    [
        ({"name": ""}, EMPTY, "olga@example.org"),
        ({"name": " \u200d\u202e "}, EMPTY, "olga@example.org"),
        ({"name": LONG}, TOO_LONG, LONG),
        ({"contact": LONG}, TOO_LONG, LONG),
        ({"adult": ""}, "Please choose one of the answers.", "Olga"),
        ({"adult": "perhaps"}, "Please choose one of the answers.", "Olga"),
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_form_that_cannot_be_is_refused_in_the_reader_s_language_and_keeps_its_answers(
    kitchen: Kitchen, rosa: Phone, language: str, wrong: dict[str, str], sentence: str, kept: str
) -> None:
    before = kitchen.service.people.members()
    status, page = beside(rosa, language=language).send("/join", **{**ASKING, **wrong})
    assert status == 422
    assert CATALOGUE.say(language, sentence, length=10_000, most=120) in page
    assert (CATALOGUE.say("en", sentence, length=10_000, most=120) in page) == (language == "en")
    assert f'value="{kept}"' in page
    assert f'<html lang="{language}"' in page
    assert kitchen.service.people.members() == before
    assert asked_by(kitchen) == []


def test_a_double_click_asks_once(kitchen: Kitchen, rosa: Phone) -> None:
    guest = beside(rosa)
    for _ in range(2):
        assert guest.send("/join", key="one-form", **ASKING)[0] == 200
    assert asked_by(kitchen) == ["Olga"]


def test_a_house_without_a_voting_age_asks_for_none(empty: Kitchen) -> None:
    empty.found(voting_age="0")
    guest = phone(empty.app())
    assert 'name="adult"' not in guest.get("/join")
    assert guest.send("/join", name="Olga")[0] == 200
    (row,) = empty.service.read(lambda views: views.members.standing(Standing.ASKED))
    assert row.adult


def test_another_voting_age_is_asked_for_by_its_number(empty: Kitchen) -> None:
    empty.found(voting_age="14")
    page = phone(empty.app()).get("/join")
    assert "Are you 14 or older?" in page
    assert "16" not in re.sub(r"<[^>]*>", " ", page)


def test_the_first_evening_is_opened_at_the_kiosk_and_the_pages_say_so(kitchen: Kitchen, visitor: Phone) -> None:
    kitchen.ask("Rosa")
    for path in ("/members", "/join", "/join/next"):
        page = visitor.get(path)
        assert "the first evening is opened at the kiosk" in page
        assert "Rosa" not in page
    kitchen.opening_evening("Ali", "Mei", "Jo")
    for path in ("/members", "/join", "/join/next"):
        assert "first evening" not in visitor.get(path)


# What the room sees


def test_the_room_sees_how_many_we_are_how_to_join_and_no_name(kitchen: Kitchen, rosa: Phone) -> None:
    for name in ("Olga", "Ben"):
        kitchen.ask(name)
    room = beside(rosa)
    page = room.get("/members")
    assert "3 of us are members." in page
    assert "A member who knows you vouches for you" in page
    assert 'href="/join"' in page
    for path in ("/members", "/join", "/join/next", "/roles", "/roles/sheet", "/roles/facilitator"):
        assert not [name for name in NAMES if name in room.get(path)], path


def test_without_a_card_nobody_vouches_or_acts_for_another(kitchen: Kitchen, rosa: Phone) -> None:
    olga = kitchen.ask("Olga")
    for act in ("vouch", "reissue", "came-of-age", "died", "forget", "dance"):
        assert beside(rosa).send(f"/members/{act}", member=olga)[0] == 403
    assert beside(rosa).status("/members/together") == 403
    assert stands(kitchen, olga) == "asked"


# Vouching


def test_members_see_who_belongs_and_who_asked(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    kitchen.ask("Olga", adult=False)
    page = rosa.get("/members")
    assert page.index("Olga") < page.index("Who belongs") < page.index("Ali") < page.index("Mei")
    assert "0 of 1 have vouched" in page
    assert "not of voting age yet" in page
    assert "at the kiosk, with your card and your PIN" in page


def test_a_vouched_for_person_belongs_and_the_answer_shows_the_card_this_once(kitchen: Kitchen, rosa: Phone) -> None:
    olga = kitchen.ask("Olga Petrova")
    hall, _ = rosa.app.extensions["trestle"]
    cookie = rosa.client.get_cookie("visit")
    assert cookie is not None
    form = {"member": olga, "secret": hall.visits.form_secret(cookie.value)}
    answer = rosa.client.post("/members/vouch", data=form)
    (code,) = codes(answer.text)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "This is shown only now" in answer.text
    assert "sheet-card" in answer.text
    assert kitchen.service.people.who_holds(code) == olga
    assert stands(kitchen, olga) == "member"


def test_nobody_s_card_code_stands_on_any_other_page(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    olga = kitchen.ask("Olga")
    (code,) = codes(rosa.send("/members/vouch", member=olga)[1])
    kitchen.submit(membership.Vouch((kitchen.ask("Ben"),)), members[1])
    for reader in (beside(rosa), rosa, beside(rosa, members[1]), beside(rosa, olga)):
        for path in ("/", "/members", "/members/together", "/join", "/join/next", "/roles", "/roles/sheet"):
            if reader.status(path) == 200:
                assert not codes(reader.get(path)), path
    told = kitchen.service.follow(0)  # type: ignore[arg-type]
    assert not [entry for entry in told if code in str(entry) or code.replace("-", "").lower() in str(entry)]


def test_several_are_vouched_for_at_once(kitchen: Kitchen, rosa: Phone) -> None:
    both = [kitchen.ask("Olga"), kitchen.ask("Ben")]
    page = rosa.send("/members/vouch", member=both)[1]  # type: ignore[arg-type]
    assert {kitchen.service.people.who_holds(code) for code in codes(page)} == set(both)
    assert page.index("Olga") < page.index("Ben")
    assert "Nobody is asking just now." in rosa.get("/members")


def test_where_two_vouch_the_second_word_brings_the_card(empty: Kitchen) -> None:
    empty.found(vouchers="2")
    rosa, ali, _ = empty.opening_evening("Rosa", "Ali", "Mei")
    olga = empty.ask("Olga")
    first = phone(empty.app())
    first.pair(rosa)
    status, page = first.send("/members/vouch", member=olga)
    assert (status, "Your word counts" in page, codes(page)) == (200, True, [])
    assert "1 of 2 have vouched" in page
    assert "you too" in page
    status, page = first.send("/members/vouch", member=olga)
    assert (status, "another member is needed" in page) == (422, True)
    (code,) = codes(beside(first, ali).send("/members/vouch", member=olga)[1])
    assert empty.service.people.who_holds(code) == olga


def test_a_double_click_admits_once_and_the_card_it_leaves_on_the_screen_works(kitchen: Kitchen, rosa: Phone) -> None:
    olga, people = kitchen.ask("Olga"), kitchen.service.people
    (first,), written = codes(rosa.send("/members/vouch", member=olga, key="one-form")[1]), kitchen.service.seal()
    (second,) = codes(rosa.send("/members/vouch", member=olga, key="one-form")[1])
    assert kitchen.service.seal() == written
    assert people.who_holds(second) == olga
    assert people.who_holds(first) is None


def test_a_second_click_after_a_newer_card_was_made_out_shows_none(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    olga, people = kitchen.ask("Olga"), kitchen.service.people
    rosa.send("/members/vouch", member=olga, key="one-form")
    newer = kitchen.submit(membership.ReissueCard(olga), members[1], second=members[2]).cards[olga]
    assert codes(rosa.send("/members/vouch", member=olga, key="one-form")[1]) == []
    assert people.who_holds(newer) == olga


def test_a_card_speaks_its_owner_s_language_and_not_the_voucher_s(kitchen: Kitchen, rosa: Phone) -> None:
    joins = membership.AskToJoin(adult=True)
    olga = kitchen.service.submit(joins, newcomer=Newcomer("Olga", "es")).person
    page = rosa.send("/members/vouch", member=str(olga))[1]
    assert '<article class="sheet sheet-card" lang="es">' in page
    assert "This is shown only now" in page


@pytest.mark.parametrize("name", ["Zoë 🌻", "أولغا بنت سالم", "🌻🌻", "<i>Bo</i>", "O" * 120])
def test_any_name_that_fits_is_shown_as_text_in_its_own_direction(kitchen: Kitchen, rosa: Phone, name: str) -> None:
    assert beside(rosa).send("/join", name=name, adult="yes")[0] == 200
    escaped = name.replace("<", "&lt;").replace(">", "&gt;")
    assert f"<bdi>{escaped}</bdi>" in rosa.get("/members")
    (row,) = kitchen.service.read(lambda views: views.members.standing(Standing.ASKED))
    page = rosa.send("/members/vouch", member=row.member)[1]
    assert f"<bdi>{escaped}</bdi>" in page
    assert "<i>" not in page


def test_a_child_belongs_and_cannot_vouch(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    tom, olga = kitchen.join("Tom", members[0], adult=False), kitchen.ask("Olga")
    child = beside(rosa, tom)
    page = child.get("/members")
    assert "Vouching is for members of voting age" in page
    assert "I know them and vouch for them" not in page
    assert "Somebody lost their card" not in page
    status, page = child.send("/members/vouch", member=olga)
    assert (status, "Vouching is for members of voting age" in page) == (422, True)
    assert stands(kitchen, olga) == "asked"


def test_a_child_is_not_one_of_the_two(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    tom = kitchen.join("Tom", members[0], adult=False)
    child = beside(rosa, tom)
    status, page = child.send("/members/reissue", member=members[2], key="k")
    assert (status, "two members of voting age" in page, codes(page)) == (422, True, [])
    number = number_told(rosa.send("/members/reissue", member=members[2], key="k")[1])
    status, page = child.send("/members/together", number=number)
    assert (status, "two members of voting age" in page, codes(page)) == (422, True, [])


def test_who_ticks_nobody_or_somebody_unknown_is_told_and_the_ticks_stay(kitchen: Kitchen, rosa: Phone) -> None:
    olga = kitchen.ask("Olga")
    status, page = rosa.send("/members/vouch")
    assert (status, "First tick the people you know" in page) == (422, True)
    status, page = rosa.send("/members/vouch", member=[olga, "nobody"])  # type: ignore[arg-type]
    assert (status, "no such member here" in page) == (422, True)
    assert re.search(rf'value="{olga}" checked', page)
    assert stands(kitchen, olga) == "asked"


# What two members do for a third


def test_two_members_make_out_a_new_card_and_the_second_one_sees_it(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    people, mei = kitchen.service.people, members[2]
    asked = rosa.send("/members/reissue", member=mei, key="k")[1]
    number = number_told(asked)
    assert people.who_holds(kitchen.cards[mei]) == mei
    ali = beside(rosa, members[1])
    read = ali.get(f"/members/together?number={number}")
    assert "Rosa asks you to agree" in read
    assert "Make out a new card" in read
    assert "Mei" in read
    page = ali.send("/members/together", number=number, key="yes")[1]
    (code,) = codes(page)
    assert "This is shown only now" in page
    assert people.who_holds(code) == mei
    assert people.who_holds(kitchen.cards[mei]) is None
    assert not codes(asked + read + rosa.get("/members") + ali.get("/members"))


def test_a_second_click_on_agree_shows_a_card_that_works_and_a_third_person_sees_none(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    jo = kitchen.join("Jo", members[0])
    number = number_told(rosa.send("/members/reissue", member=members[2], key="k")[1])
    ali, written = beside(rosa, members[1]), kitchen.service.seal()[0]
    for _ in range(2):
        (code,) = codes(ali.send("/members/together", number=number, key="yes")[1])
    assert kitchen.service.people.who_holds(code) == members[2]
    assert kitchen.service.seal()[0] == written + 1
    for other, key in ((beside(rosa, jo), "yes"), (ali, "another-form"), (ali, "")):
        status, page = other.send("/members/together", number=number, key=key)
        assert (status, "Nothing waits" in page, codes(page)) == (422, True, [])
    assert kitchen.service.people.who_holds(code) == members[2]


def test_nobody_starts_it_for_themselves_for_a_stranger_or_for_nobody(rosa: Phone, members: list[MemberId]) -> None:
    for about in (members[0], "nobody", ""):
        for act in ("reissue", "came-of-age", "died", "forget"):
            status, page = rosa.send(f"/members/{act}", member=about)
            assert (status, "Choose who it is about" in page) == (422, True)
    assert rosa.send("/members/dance", member=members[1])[0] == 404


def test_who_it_is_about_cannot_be_the_second_one(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    number = number_told(rosa.send("/members/reissue", member=members[2], key="k")[1])
    status, page = beside(rosa, members[2]).send("/members/together", number=number)
    assert (status, "not the person it is about" in page, codes(page)) == (422, True, [])
    assert kitchen.service.people.who_holds(kitchen.cards[members[2]]) == members[2]


def test_a_young_member_comes_of_age_by_two_words(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    assert "Somebody came of age" not in rosa.get("/members")
    tom = kitchen.join("Tom", members[0], adult=False)
    number = number_told(rosa.send("/members/came-of-age", member=tom, key="k")[1])
    page = beside(rosa, members[1]).send("/members/together", number=number)[1]
    assert "You agreed" in page
    assert "not of voting age yet" not in page
    assert tom in kitchen.service.rules(lambda house: membership.voters(house.membership))


@pytest.mark.parametrize(("forget", "name_after"), [("", "Mei"), ("yes", "")])
def test_a_death_is_written_down_by_two_and_the_name_is_as_the_family_asks(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId], forget: str, name_after: str
) -> None:
    mei = members[2]
    number = number_told(rosa.send("/members/died", member=mei, forget=forget, key="k")[1])
    ali = beside(rosa, members[1])
    assert ("Their name is erased as well" in ali.get(f"/members/together?number={number}")) == bool(forget)
    assert "Mei" not in ali.send("/members/together", number=number)[1].split("Who belongs")[1]
    assert kitchen.service.people.name(mei) == name_after
    assert kitchen.service.people.who_holds(kitchen.cards[mei]) is None


def test_two_members_erase_who_no_longer_wants_to_join(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    olga = kitchen.ask("Olga")
    number = number_told(rosa.send("/members/forget", member=olga, key="k")[1])
    assert "Olga" not in beside(rosa, members[1]).send("/members/together", number=number)[1]
    assert olga not in kitchen.service.people.members()
    assert rosa.send("/members/forget", member=members[1])[0] == 422


def test_who_rests_belongs_and_can_get_a_new_card(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    kitchen.service.people.saw(members[2], kitchen.clock.now)
    kitchen.clock.forward(250 * DAY)
    kitchen.service.tick()
    mine = beside(rosa, members[0])
    page = mine.get("/members")
    assert "2 of us are members. One more has not been here for long" in re.sub(r"\s+", " ", page)
    assert "not here for long" in page.split("Mei", 1)[1]
    assert "2 of us are members." in beside(rosa).get("/members")
    number = number_told(mine.send("/members/reissue", member=members[2], key="k")[1])
    assert codes(beside(rosa, members[1]).send("/members/together", number=number)[1])


def test_who_left_is_on_no_list(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    kitchen.submit(membership.Leave(), members[2], Tier.PIN)
    assert "Mei" not in rosa.get("/members")


# The kiosk


def test_the_kiosk_reads_members_for_a_card_and_only_how_many_without_one(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.ask("Olga")
    client, token = own_program(rosa.app)
    told = client.get("/api/read/members", headers=token)
    assert told.json == {"count": 3, "resting": 0, "members": []}
    assert client.get("/api/read/asked_to_join", headers=token).json == {"count": 1, "needed": 1, "asked": []}
    visit = client.post("/api/visits", json={"card": kitchen.cards[members[0]]}, headers=token).json["visit"]
    mine = {**token, "Trestle-Visit": visit}
    assert [each["name"] for each in client.get("/api/read/members", headers=mine).json["members"]] == [
        "Ali",
        "Mei",
        "Rosa",
    ]
    assert [each["name"] for each in client.get("/api/read/asked_to_join", headers=mine).json["asked"]] == ["Olga"]


def test_on_the_first_evening_the_kiosk_finds_who_asked_by_phone_and_opens_it(kitchen: Kitchen, visitor: Phone) -> None:
    for name in ("Rosa", "Ali", "Mei"):
        visitor.send("/join", name=name, adult="yes")
    client, token = own_program(visitor.app)
    asked = client.get("/api/read/asked_to_join", headers=token).json["asked"]
    assert [each["name"] for each in asked] == ["Rosa", "Ali", "Mei"]
    run = {"command": OpenEvening.KIND, "values": {"members": [each["row"]["member"] for each in asked]}}
    cards = client.post("/api/commands", json=run, headers=token).json["cards"]
    assert len(set(cards.values())) == 3
    assert client.get("/api/read/asked_to_join", headers=token).json["asked"] == []
    assert "3 of us are members." in visitor.get("/members")


def test_no_sheet_of_membership_can_be_fetched(rosa: Phone) -> None:
    client, token = own_program(rosa.app)
    for name in ("members", "card", "membership", "cards"):
        assert client.get(f"/api/documents/{name}", headers=token).status_code == 400


def test_only_who_just_asked_is_welcomed_and_before_the_first_evening_no_member_is_named(
    kitchen: Kitchen, visitor: Phone
) -> None:
    page = visitor.get("/join/next")
    assert "Welcome!" not in page
    assert "Say so on the first evening" in page
    assert "Tell any two members" not in page
    assert "Welcome!" in visitor.send("/join", **ASKING)[1]
    kitchen.opening_evening()
    assert "Tell any two members" in visitor.get("/join/next")
