"""What every page has around it: its languages, the way back, the hub's name, and how fast one may go."""

from __future__ import annotations

import re
from html import unescape

import pytest
from kitchen import Kitchen, Phone, phone

from hub.domain import ballots
from hub.domain.ballots import Method
from hub.domain.base import Tier, Words

CLASHING = "endpoint=x&_external=1&_anchor=top&_scheme=gopher&_method=POST&need=7&self=1&lang=en&done=asked&about=3"
ASKED = {"sort": "food", "soon": "today", "circle": "2", "text": "Rice & <beans>"}


def language_links(page: str) -> list[str]:
    """Where the languages at the foot of a page lead."""
    return [unescape(link) for link in re.findall(r'<a href="([^"]+)" lang="[a-z]+" hreflang', page)]


def sent_by(visitor: Phone, times: int) -> tuple[int, str]:
    """The last of many forms from one phone."""
    answers = [visitor.send("/needs/ask", **ASKED) for _ in range(times)]
    return answers[-1]


@pytest.mark.parametrize("path", ["/", "/needs/1", "/signups"])
def test_whatever_stands_in_an_address_its_languages_lead_to_the_same_page(visitor: Phone, path: str) -> None:
    visitor.send("/needs/ask", **ASKED)
    links = language_links(visitor.get(f"{path}?{CLASHING}&page=2"))
    assert {link.partition("?")[0] for link in links} == {path}
    kept = {"need=7", "self=1", "page=2"} - ({"need=7"} if path == "/needs/1" else set())
    for link in links:
        asked = set(link.partition("?")[2].split("&"))
        assert kept < asked
        assert {part.partition("=")[0] for part in asked - kept} == {"lang"}


@pytest.mark.parametrize("path", ["/needs/99", "/waiting", "/nowhere", "/assemblies/9/tv"])
def test_the_languages_of_a_page_of_a_fault_take_nothing_along(visitor: Phone, path: str) -> None:
    answer = visitor.client.get(f"{path}?{CLASHING}&page=2")
    assert answer.status_code in (403, 404)
    links = language_links(answer.text)
    assert len(links) > 1
    assert all(re.fullmatch(r"/[a-z0-9/]*\?lang=[a-z]+", link) for link in links)


def test_every_sheet_and_every_form_has_a_way_back(kitchen: Kitchen, visitor: Phone) -> None:
    rosa = kitchen.opening_evening()[0]
    kitchen.submit(ballots.OpenBallot(Method.YES_NO, Words({"en": "A ramp?"})), rosa, Tier.PIN)
    visitor.pair(rosa)
    visitor.send("/needs/ask", **ASKED)
    visitor.send("/signups/open", sort="meal", title="Soup", day="2026-11-24", hour="19:00", places="3", circle="2")
    words = kitchen.service.seal()[0]
    for path, back in {
        "/needs/sheet": "/needs",
        "/needs/ask": "/needs",
        "/needs/1": "/needs",
        "/offers/new": "/needs",
        "/signups/sheet": "/signups",
        "/signups/1/sheet": "/signups/1",
        "/signups/open": "/signups",
        "/roles/sheet": "/roles",
        "/assemblies/agenda": "/assemblies",
        "/assemblies/call": "/assemblies",
        "/ballots/1": "/ballots",
        "/ballots/1/notice": "/ballots/1",
        "/ballots/1/result": "/ballots/1",
        "/ballots/hands": "/ballots",
        "/hubs/pact": "/hubs",
        "/waiting": "/",
        "/waiting/slip": "/waiting",
        "/archive": "/waiting",
        f"/words/{words}": "/signups",
        "/join": "/members",
        "/me": "/waiting",
    }.items():
        assert f'<p><a class="button quiet" href="{back}">Back</a></p>' in visitor.get(path), path


def test_a_hub_without_a_name_is_called_this_hub(empty: Kitchen) -> None:
    page = phone(empty.app()).get("/")
    assert "<title>This hub</title>" in page
    assert "<bdi>This hub</bdi></a>" in page


def test_a_notice_that_tells_a_number_needs_one(visitor: Phone) -> None:
    assert "It is number 12:" in visitor.get("/needs?done=asked&about=12")
    for about in ("", "&about=", "&about=<b>", "&about=-1"):
        assert "It is number" not in visitor.get(f"/needs?done=asked{about}")


def test_who_is_too_fast_keeps_what_they_typed_and_sends_it_again(visitor: Phone) -> None:
    status, page = sent_by(visitor, 21)
    assert (status, "What you wrote is kept here" in page) == (429, True)
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    kept = {name: unescape(value) for name, value in fields}
    assert kept.items() >= ASKED.items()
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
    before = visitor.get("/needs").count("Rice &amp; &lt;beans&gt;")
    assert visitor.client.post("/needs/ask", data=kept, environ_overrides=elsewhere).status_code == 303
    assert visitor.get("/needs").count("Rice &amp; &lt;beans&gt;") == before + 1


def test_guessing_at_one_door_closes_no_other(kitchen: Kitchen, visitor: Phone) -> None:
    visitor.pair(kitchen.opening_evening()[0])
    statuses = [visitor.status("/signups/together") for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert visitor.status("/members/together") == 200
    assert visitor.status("/pair/nocode") == 200
