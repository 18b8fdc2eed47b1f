"""The slip that brings a phone onto the hub's Wi-Fi."""

from __future__ import annotations

import pytest

from hub.documents.as_text import as_text
from hub.documents.blocks import Code
from hub.documents.foot import Sheet
from hub.documents.wifi import joining, wifi_slip
from hub.domain.base import Millis, Position, Words
from hub.views.constitution import HubCard
from hub.words import Catalogue
from hub.words.speaker import Speaker

CARD = HubCard(name=Words({"en": "Corner Kitchen"}))
SHEET = Sheet(Speaker(Catalogue.load(), "en"), CARD, Position(41), "0f" * 32, Millis(1_795_435_200_000))


def test_the_slip_says_name_password_and_page_and_holds_them_in_a_code() -> None:
    slip = wifi_slip(SHEET, "Kitchen", "rice and beans", "http://trestle.local")
    text = as_text(slip)
    for said in ("Kitchen", "rice and beans", "http://trestle.local", "There is no internet on it."):
        assert said in text
    assert [block.content for block in slip.blocks if isinstance(block, Code)] == [
        "WIFI:T:WPA;S:Kitchen;P:rice and beans;;"
    ]


@pytest.mark.parametrize(
    ("network", "password", "held"),
    [
        ("a;b", "c:d", r"WIFI:T:WPA;S:a\;b;P:c\:d;;"),
        ("a\\b", 'c"d', r"WIFI:T:WPA;S:a\\b;P:c\"d;;"),
        ("a,b", "üben", r"WIFI:T:WPA;S:a\,b;P:üben;;"),
        ("open", "", "WIFI:T:nopass;S:open;;"),
    ],
)
def test_no_sign_in_a_name_or_a_password_ends_it(network: str, password: str, held: str) -> None:
    assert joining(network, password) == held


def test_an_open_network_asks_for_no_password() -> None:
    assert "Password" not in as_text(wifi_slip(SHEET, "Kitchen", "", "http://trestle.local"))
