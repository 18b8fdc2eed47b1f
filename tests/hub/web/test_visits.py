"""Visits: a secret is good at its own door, until its time is over, and only while the card is."""

from __future__ import annotations

import pytest
from kitchen import Clock, Kitchen, own_program, phone, seeded

from hub.domain import membership
from hub.domain.base import MemberId, Tier
from hub.domain.house import Person
from hub.web.access import Door
from hub.web.visits import KIOSK, PAIRING, PHONE, Visits

ROSA = Person(MemberId("rosa"), Tier.PIN)


class Hall:
    """Visits of members who each hold one card, until the test says otherwise."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.cards: dict[MemberId, int] = {MemberId("rosa"): 1}
        self.visits = Visits(seeded("visits"), lambda: self.clock.now, self.cards.get)


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_kiosks_visit_is_nobody_on_a_phone_and_a_phones_nobody_at_the_kiosk(hall: Hall) -> None:
    at_kiosk = hall.visits.begin(ROSA, KIOSK, Door.KIOSK)
    on_phone = hall.visits.begin(ROSA, PHONE)
    assert hall.visits.person(at_kiosk, Door.KIOSK) == ROSA
    assert hall.visits.person(at_kiosk).member is None
    assert hall.visits.person(on_phone, Door.KIOSK).member is None
    assert hall.visits.person(at_kiosk, Door.DESK).member is None


def test_a_visit_is_over_when_its_time_is(hall: Hall) -> None:
    secret = hall.visits.begin(ROSA, KIOSK, Door.KIOSK)
    hall.clock.forward(KIOSK - 1)
    assert hall.visits.person(secret, Door.KIOSK) == ROSA
    hall.clock.forward(1)
    assert hall.visits.person(secret, Door.KIOSK).member is None


@pytest.mark.parametrize("cards", [{}, {MemberId("rosa"): 2}])
def test_who_left_or_has_a_newer_card_is_nobody(hall: Hall, cards: dict[MemberId, int]) -> None:
    secret, code = hall.visits.begin(ROSA, PHONE), hall.visits.offer_pairing(ROSA)
    hall.cards.clear()
    hall.cards |= cards
    assert hall.visits.person(secret).member is None
    assert hall.visits.pair(code) is None


def test_a_pairing_code_is_good_once_and_for_two_minutes(hall: Hall) -> None:
    code = hall.visits.offer_pairing(ROSA)
    secret = hall.visits.pair(code)
    assert secret is not None
    assert hall.visits.person(secret) == Person(MemberId("rosa"), Tier.CARD)
    assert hall.visits.pair(code) is None
    late = hall.visits.offer_pairing(ROSA)
    hall.clock.forward(PAIRING)
    assert hall.visits.pair(late) is None


def test_leaving_ends_a_visit_at_once(hall: Hall) -> None:
    secret = hall.visits.begin(ROSA, PHONE)
    hall.visits.end(secret)
    assert hall.visits.person(secret).member is None


def test_a_phone_of_somebody_whose_card_was_lost_sees_members_pages_no_longer(kitchen: Kitchen) -> None:
    rosa, ali, mei = kitchen.opening_evening()
    app = kitchen.app()
    thief = phone(app)
    thief.pair(rosa)
    assert thief.status("/offers/new") == 200
    kitchen.submit(membership.ReissueCard(rosa), ali, second=mei)
    assert thief.status("/offers/new") == 403


def test_a_phone_cannot_use_the_secret_of_a_kiosks_visit(kitchen: Kitchen) -> None:
    rosa, *_ = kitchen.opening_evening()
    app = kitchen.app()
    kiosk, headers = own_program(app)
    visit = kiosk.post("/api/visits", json={"card": kitchen.cards[rosa]}, headers=headers).get_json()["visit"]
    stranger = phone(app)
    stranger.client.set_cookie("visit", visit)
    assert stranger.status("/offers/new") == 403
