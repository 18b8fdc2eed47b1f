"""Pairing a phone with a card, leaving, and what a person keeps here about themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from kitchen import Kitchen, Phone, own_program, phone

from hub.domain import membership, needs
from hub.domain.base import DAY, MINUTE, MemberId, NeedId, Tier, Words
from hub.domain.house import Person
from hub.service import CONTACT_KEPT
from hub.web.visits import PAIRING, PHONE


@pytest.fixture
def rosa(kitchen: Kitchen) -> MemberId:
    return kitchen.opening_evening("Rosa", "Ali", "Mei")[0]


def code_of(visitor: Phone, member: MemberId) -> str:
    """The path in the QR code that the kiosk shows for a member's phone."""
    hall, _ = visitor.app.extensions["trestle"]
    return f"/pair/{hall.visits.offer_pairing(Person(member, Tier.PIN))}"


def another(first: Phone) -> Phone:
    """A second phone at the same running hub."""
    return Phone(first.app.test_client(), first.app)


# Pairing


def test_the_kiosk_shows_a_code_and_a_phone_is_that_member_s(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    client, token = own_program(visitor.app)
    visit = client.post("/api/visits", json={"card": kitchen.cards[rosa]}, headers=token).json["visit"]
    path = client.post("/api/pairings", headers={**token, "Trestle-Visit": visit}).json["path"]
    assert "Yes, this is my phone" in visitor.get(path)
    status, page = visitor.send(path)
    assert (status, "This phone is yours for half an hour" in page) == (200, True)
    assert "Rosa" in visitor.get("/waiting")


def test_a_code_opens_one_phone_and_no_second(visitor: Phone, rosa: MemberId) -> None:
    path = code_of(visitor, rosa)
    assert visitor.send(path)[0] == 200
    second = another(visitor)
    status, page = second.send(path)
    assert (status, "was used already" in page) == (422, True)
    assert second.status("/waiting") == 403
    assert visitor.status("/waiting") == 200


def test_a_code_is_good_for_two_minutes(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    early, late = code_of(visitor, rosa), code_of(visitor, rosa)
    kitchen.clock.forward(PAIRING - 1)
    assert visitor.send(early)[0] == 200
    kitchen.clock.forward(1)
    second = another(visitor)
    assert second.send(late)[0] == 422
    assert second.status("/waiting") == 403


def test_a_code_nobody_was_shown_opens_nothing(visitor: Phone, rosa: MemberId) -> None:
    assert visitor.send("/pair/aaaaaaaaaa")[0] == 422
    assert visitor.status("/waiting") == 403


def test_looking_at_a_code_does_not_use_it_up(visitor: Phone, rosa: MemberId) -> None:
    path = code_of(visitor, rosa)
    for _ in range(2):
        visitor.get(path)
    assert visitor.send(path)[0] == 200


def test_a_phone_is_no_surer_than_a_card_whatever_was_shown_at_the_kiosk(visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    hall, _ = visitor.app.extensions["trestle"]
    cookie = visitor.client.get_cookie("visit")
    assert cookie is not None
    assert hall.visits.person(cookie.value) == Person(rosa, Tier.CARD)


def test_half_an_hour_later_it_is_nobody_s_phone(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    kitchen.clock.forward(PHONE - MINUTE)
    assert visitor.status("/waiting") == 200
    kitchen.clock.forward(MINUTE)
    assert visitor.status("/waiting") == 403


def test_who_leaves_is_gone_at_once_and_their_cookie_opens_nothing(visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    cookie = visitor.client.get_cookie("visit")
    assert cookie is not None
    status, page = visitor.send("/leave")
    assert (status, "You have left" in page) == (200, True)
    assert visitor.status("/waiting") == 403
    thief = another(visitor)
    thief.client.set_cookie("visit", cookie.value)
    assert thief.status("/waiting") == 403


def test_a_restart_ends_every_visit_and_every_code(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    cookie, code = visitor.client.get_cookie("visit"), code_of(visitor, rosa)
    assert cookie is not None
    kitchen.reopen()
    after = phone(kitchen.app())
    after.client.set_cookie("visit", cookie.value)
    assert after.status("/waiting") == 403
    assert after.send(code)[0] == 422


def test_a_card_made_out_anew_ends_the_visits_of_the_lost_one(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    ali, mei = (member for member in kitchen.cards if member != rosa)
    kitchen.submit(membership.ReissueCard(rosa), ali, Tier.PIN, mei)
    assert visitor.status("/waiting") == 403


# What is kept of me


def test_my_page_is_mine_alone(visitor: Phone, rosa: MemberId) -> None:
    assert visitor.status("/me") == 403
    assert visitor.send("/me/contact", contact="door 4")[0] == 403
    visitor.pair(rosa)
    page = visitor.get("/me")
    assert 'value="Rosa"' in page
    assert "Nothing is kept." in page
    assert visitor.send("/me/everything")[0] == 404


def test_how_to_reach_me_is_kept_for_a_year_and_then_erased(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    status, page = visitor.send("/me/contact", contact=" door 4, <ring twice> ")
    assert (status, "door 4, &lt;ring twice&gt;" in page) == (200, True)
    assert "Kept until Tuesday, November 23, 2027" in page.replace("\u00a0", " ")
    kitchen.clock.forward(CONTACT_KEPT)
    visitor.pair(rosa)
    assert "door 4" not in visitor.get("/me")
    kitchen.service.tick()
    assert b"door 4" not in (kitchen.directory / "people.json").read_bytes()


def test_i_can_take_it_back_at_once(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    visitor.send("/me/contact", contact="door 4")
    status, page = visitor.send("/me/no-contact")
    assert (status, "Nobody can see here how to reach you" in page, "door 4" in page) == (200, True, False)
    assert b"door 4" not in everything_in(kitchen.directory)


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
def test_an_empty_contact_changes_nothing_and_says_what_to_do(visitor: Phone, rosa: MemberId, nothing: str) -> None:
    visitor.pair(rosa)
    visitor.send("/me/contact", contact="door 4")
    status, page = visitor.send("/me/contact", contact=nothing)
    assert (status, "Take it back now" in page, "door 4" in page) == (422, True, True)


def test_what_is_too_long_stays_in_the_form(visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    for act, name in (("contact", "contact"), ("name", "name")):
        status, page = visitor.send(f"/me/{act}", language="en", **{name: "x" * 500})
        assert (status, "x" * 500 in page, "120 fit" in page) == (422, True, True)


def test_i_am_called_as_i_say_from_now_on_everywhere(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    ali = next(member for member in kitchen.cards if member != rosa)
    kitchen.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": "Rice"})), ali)
    kitchen.submit(needs.TakeUpNeed(NeedId(1)), rosa)
    visitor.pair(rosa)
    assert visitor.send("/me/name", name="Rose-Marie", language="en")[0] == 200
    theirs = another(visitor)
    theirs.pair(ali)
    assert "Rose-Marie took it up." in theirs.get("/waiting")
    assert b'"Rosa"' not in everything_in(kitchen.directory)


def test_a_name_nobody_can_read_is_refused(visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    status, page = visitor.send("/me/name", name=" ", language="en")
    assert (status, "Please write a name" in page) == (422, True)
    assert 'value="Rosa"' in visitor.get("/me")


def test_my_language_is_remembered_and_the_next_page_speaks_it(
    kitchen: Kitchen, visitor: Phone, rosa: MemberId
) -> None:
    visitor.pair(rosa)
    page = visitor.send("/me/name", name="Rosa", language="es")[1]
    assert '<html lang="es"' in page
    assert kitchen.service.people.language(rosa) == "es"
    assert '<html lang="es"' in visitor.get("/waiting")
    for language in ("", "xx", "en-GB"):
        assert visitor.send("/me/name", name="Rosa", language=language)[0] == 422


def test_a_language_the_hub_does_not_speak_is_kept_if_i_came_with_it(
    kitchen: Kitchen, visitor: Phone, rosa: MemberId
) -> None:
    kitchen.service.people.rename(rosa, "Rosa", "ar")
    visitor.pair(rosa)
    assert 'value="ar" checked' in visitor.get("/me")
    assert visitor.send("/me/name", name="Rosa", language="ar")[0] == 200
    assert kitchen.service.people.language(rosa) == "ar"


def test_no_line_of_the_log_tells_of_any_of_it(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    before = kitchen.service.seal()
    visitor.send("/me/contact", contact="door 4")
    visitor.send("/me/name", name="Rose-Marie", language="es")
    visitor.send("/me/no-contact")
    assert kitchen.service.seal() == before


def test_somebody_forgotten_has_no_page(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    visitor.send("/me/contact", contact="door 4")
    kitchen.submit(membership.Forget(rosa), rosa, Tier.PIN)
    assert visitor.status("/me") == 403
    assert b"door 4" not in everything_in(kitchen.directory)


def test_what_i_keep_survives_a_restart(kitchen: Kitchen, visitor: Phone, rosa: MemberId) -> None:
    visitor.pair(rosa)
    visitor.send("/me/contact", contact="door 4")
    kitchen.clock.forward(DAY)
    kitchen.reopen()
    after = phone(kitchen.app())
    after.pair(rosa)
    assert "door 4" in after.get("/me")


def everything_in(directory: Path) -> bytes:
    """Every byte of every file of a hub."""
    return b"".join(file.read_bytes() for file in directory.rglob("*") if file.is_file())
