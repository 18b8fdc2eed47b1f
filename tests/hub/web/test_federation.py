"""The pages of neighbour hubs: whom we have a pact with, and what they published."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from kitchen import Kitchen, Phone, own_program

from hub.domain import archive, ballots, federation, signups
from hub.domain.ballots import Method
from hub.domain.base import DAY, BallotId, Circle, Millis, Tier, Words
from hub.domain.house import Person
from hub.domain.needs import ReportNeed, Soon, Sort
from hub.log.faults import Forked

POT = Words({"en": "Shall we buy the <big> pot?"})
NAME = Words({"en": "The old mill"})


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Kitchen]:
    """Another hub, with a need and a vote of its own."""
    other = Kitchen(tmp_path / "mill")
    other.found()
    rosa, ali, mei = other.opening_evening()
    other.submit(ReportNeed(Sort.FOOD, Soon.TODAY, Words({"en": "Flour for Friday"}), Circle.FEDERATION))
    other.submit(ReportNeed(Sort.CARE, Soon.TODAY, Words({"en": "A quiet word"}), Circle.MEMBERS))
    for title, circle in (("Street supper", Circle.FEDERATION), ("Our own supper", Circle.ROOM)):
        other.submit(
            signups.OpenSignup(
                signups.Sort.MEAL, Words({"en": title}), Millis(other.clock.now + DAY), 30, circle=circle
            ),
            rosa,
        )
    other.submit(ballots.OpenBallot(Method.YES_NO, POT), rosa, Tier.PIN)
    for member in (rosa, ali, mei):
        other.service.cast(BallotId(1), Person(member, Tier.PIN), (1,))
    other.submit(ballots.CloseBallot(BallotId(1)), rosa)
    yield other
    other.service.close()


def make_pact(kitchen: Kitchen, other: Kitchen) -> None:
    rosa, ali, _ = kitchen.opening_evening()
    kitchen.submit(federation.AcceptNeighbour(other.service.hub, NAME), rosa, Tier.PIN, second=ali)


def hear(kitchen: Kitchen, other: Kitchen) -> None:
    for batch in other.service.street(0):
        kitchen.service.take_in(batch)


@pytest.fixture
def heard(kitchen: Kitchen, mill: Kitchen) -> str:
    """The path of the mill's page, once we have heard from it."""
    make_pact(kitchen, mill)
    hear(kitchen, mill)
    return f"/hubs/{mill.service.hub}"


def test_without_a_pact_the_page_says_how_to_make_one(kitchen: Kitchen, visitor: Phone) -> None:
    page = visitor.get("/hubs")
    assert "We have no pact yet." in page
    assert federation_key(kitchen) in page
    assert "Neither decides for the other" in visitor.get("/hubs/pact")


def federation_key(kitchen: Kitchen) -> str:
    key = kitchen.service.hub
    return " ".join(key[place : place + 4] for place in range(0, 64, 4))


def test_a_pact_shows_before_anything_was_heard(kitchen: Kitchen, mill: Kitchen, visitor: Phone) -> None:
    make_pact(kitchen, mill)
    assert "The old mill" in visitor.get("/hubs")
    assert "Nothing heard yet." in visitor.get(f"/hubs/{mill.service.hub}")


def test_a_neighbours_page_shows_what_it_published(heard: str, visitor: Phone) -> None:
    page = visitor.get(heard)
    assert "They call themselves Maple Street Kitchen." in page
    assert "Shall we buy the &lt;big&gt; pot?" in page
    assert "Yes. It is agreed." in page
    assert "Flour for Friday" in visitor.get(f"{heard}/needs")
    assert "2/3" in visitor.get(f"{heard}/rules")
    lists = visitor.get(f"{heard}/signups")
    assert "Street supper" in lists
    assert "Our own supper" not in lists
    assert "Took part" in visitor.get(f"{heard}/ballots/1")
    assert "Nothing that we have heard of." in visitor.get(f"{heard}/budgets")


def test_what_was_not_for_neighbours_is_not_there(heard: str, visitor: Phone) -> None:
    for path in ("", "/needs", "/ballots/1"):
        page = visitor.get(heard + path)
        assert "A quiet word" not in page
        assert "Rosa" not in page


def test_what_a_neighbour_says_changes_nothing_of_ours(heard: str, visitor: Phone) -> None:
    assert "Flour for Friday" not in visitor.get("/needs")
    assert "Nothing has been voted on yet." in visitor.get("/ballots")


def test_a_neighbours_sheet_bears_the_place_in_its_own_log(kitchen: Kitchen, heard: str, visitor: Phone) -> None:
    row = kitchen.service.read(lambda views: views.federation.neighbours()[0])
    assert row.head in visitor.get(f"{heard}/needs")


@pytest.mark.parametrize("path", ["/ballots/9", "/minutes/1"])
def test_what_a_neighbour_never_said_is_not_here(heard: str, visitor: Phone, path: str) -> None:
    assert visitor.status(heard + path) == 404


@pytest.mark.parametrize("path", ["", "/needs", "/rules", "/budgets", "/ballots/1", "/signups"])
def test_a_stranger_has_no_page(visitor: Phone, path: str) -> None:
    assert visitor.status(f"/hubs/{'ab' * 32}{path}") == 404
    assert visitor.status(f"/hubs/nobody{path}") == 404


def test_a_hub_that_tells_two_stories_is_shown_plainly_until_two_members_settle_it(
    kitchen: Kitchen, mill: Kitchen, tmp_path: Path, visitor: Phone
) -> None:
    make_pact(kitchen, mill)
    mill.service.close()
    shutil.copytree(mill.directory, tmp_path / "restored")
    mill.open()
    restored = Kitchen(tmp_path / "restored")
    for hub, text in ((mill, "Flour"), (restored, "Bricks")):
        hub.submit(ReportNeed(Sort.FOOD, Soon.TODAY, Words({"en": text}), Circle.FEDERATION))
    hear(kitchen, mill)
    with pytest.raises(Forked):
        hear(kitchen, restored)
    restored.service.close()
    assert "told two different stories" in visitor.get("/hubs")
    assert "Nothing more is taken in" in visitor.get(f"/hubs/{mill.service.hub}")
    assert "Bricks" not in visitor.get(f"/hubs/{mill.service.hub}/needs")
    rosa, ali = list(kitchen.cards)[:2]
    kitchen.submit(federation.SettleFork(mill.service.hub), rosa, Tier.PIN, second=ali)
    assert "told two different stories" not in visitor.get("/hubs")


def test_an_ended_pact_shows_no_more_of_theirs(kitchen: Kitchen, mill: Kitchen, heard: str, visitor: Phone) -> None:
    rosa, ali = list(kitchen.cards)[:2]
    kitchen.submit(federation.EndNeighbour(mill.service.hub), rosa, Tier.PIN, second=ali)
    assert "The pact is over." in visitor.get("/hubs")
    assert "The pact is over." in visitor.get(heard)
    assert visitor.status(f"{heard}/needs") == 404


def test_their_words_taken_back_are_gone_here_too(kitchen: Kitchen, mill: Kitchen, visitor: Phone) -> None:
    make_pact(kitchen, mill)
    rosa = next(iter(mill.cards))
    written = mill.submit(ReportNeed(Sort.FOOD, Soon.TODAY, Words({"en": "Call 555"}), Circle.FEDERATION), rosa)
    hear(kitchen, mill)
    page = f"/hubs/{mill.service.hub}/needs"
    assert "Call 555" in visitor.get(page)
    mill.submit(archive.Redact(written.position), rosa)
    mill.clock.forward(DAY)
    for batch in mill.service.street(1):
        kitchen.service.take_in(batch)
    assert "Call 555" not in visitor.get(page)


def test_the_kiosk_reads_hubs_and_prints_our_half_of_a_pact(kitchen: Kitchen, heard: str) -> None:
    client, token = own_program(kitchen.app())
    (found,) = json.loads(client.get("/api/read/hubs", headers=token).text)
    assert found["accepted"]
    sheet = json.loads(client.get("/api/documents/pact", headers=token).text)
    assert kitchen.service.hub in "".join(sheet["text"].split())


def test_the_kiosk_reads_a_neighbours_sheets_and_leaves_out_what_makes_no_sense(
    kitchen: Kitchen, mill: Kitchen, heard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, token = own_program(kitchen.app())
    found = client.get(f"/api/read/neighbour?hub={mill.service.hub}", headers=token).json
    assert [sheet["kind"] for sheet in found["sheets"]] == ["needs", "signups", "budgets", "constitution"]
    assert "Flour for Friday" in str(found["sheets"][0]["blocks"])
    assert "A quiet word" not in str(found)
    monkeypatch.setattr("hub.web.federation.needs_list", lambda *_: {}["nothing a hub would say"])
    found = client.get(f"/api/read/neighbour?hub={mill.service.hub}", headers=token).json
    assert [sheet["kind"] for sheet in found["sheets"]] == ["signups", "budgets", "constitution"]
    assert client.get("/api/read/neighbour?hub=nobody", headers=token).status_code == 404
