"""Who may see and do what: the generated table, walked row by row, for every door, tier and circle."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from kitchen import CATALOGUE, NOON, TOKENS, Kitchen
from werkzeug.test import TestResponse

from hub.commands import generate
from hub.domain import ballots, house, needs, roles, signups
from hub.domain.base import (
    DAY,
    BallotId,
    Circle,
    Command,
    HubId,
    ListId,
    MemberId,
    Millis,
    NeedId,
    OfferId,
    Refusal,
    RoleName,
    Tier,
    Words,
)
from hub.domain.house import Asking, House, Person
from hub.facts import REQUESTS
from hub.service import Newcomer
from hub.web import access, create_app
from hub.web.access import Access, Door, Unguarded

DOCS = Path(__file__).parents[3] / "docs"
ROUTES = [
    line.split("|")[1:-1] for line in generate.access().splitlines() if line.startswith(("| GET", "| POST", "| DELETE"))
]
ROWS = [(method.strip(), path.strip().strip("`"), *map(str.strip, rest)) for method, path, *rest in ROUTES]


def words(text: str) -> Words:
    return Words({"en": text})


@dataclass(slots=True)
class World:
    """A hub in which something of every circle was written, each with a word of its own."""

    kitchen: Kitchen
    app: Flask
    rosa: MemberId
    ali: MemberId

    def visitor(self) -> FlaskClient:
        """A phone of nobody in particular."""
        client = self.app.test_client()
        client.set_cookie("visit", "c00c1e")
        return client

    def paired(self, member: MemberId) -> FlaskClient:
        """A member's phone."""
        hall, _ = self.app.extensions["trestle"]
        client = self.app.test_client()
        client.set_cookie("visit", hall.visits.begin(Person(member, Tier.CARD), Millis(DAY)))
        return client


SECRETS = {
    "needformembers": Circle.MEMBERS,
    "offerformembers": Circle.MEMBERS,
    "listformembers": Circle.MEMBERS,
    "recallreason": Circle.MEMBERS,
    "rosascontact": Circle.CONCERNED,
    "askedforoffer": Circle.CONCERNED,
    "whencoming": Circle.CONCERNED,
    "needfortheroom": Circle.ROOM,
    "needforall": Circle.FEDERATION,
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    kitchen = Kitchen(tmp_path_factory.mktemp("world") / "hub")
    kitchen.found()
    rosa, ali, mei = kitchen.opening_evening("Rosa", "Ali", "Mei")
    kitchen.service.people.set_contact(rosa, "rosascontact", Millis(NOON + DAY))
    for text, circle in (("needformembers", 1), ("needfortheroom", 2), ("needforall", 3)):
        kitchen.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, words(text), Circle(circle)), rosa)
    kitchen.submit(needs.MakeOffer(needs.Sort.CARE, words("offerformembers")), rosa)
    kitchen.submit(needs.AskForOffer(OfferId(1), words("askedforoffer")), mei)
    kitchen.submit(needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, words("x"), Circle.ROOM), rosa)
    kitchen.submit(needs.TakeUpNeed(NeedId(4), words("whencoming")), mei)
    supper = signups.OpenSignup(
        signups.Sort.MEAL, words("listformembers"), Millis(NOON + DAY), 5, circle=Circle.MEMBERS
    )
    kitchen.submit(supper, rosa)
    kitchen.submit(signups.OpenSignup(signups.Sort.MEAL, words("Supper"), Millis(NOON + DAY), 5), rosa)
    kitchen.service.submit(signups.SignUpGuest(ListId(2)), newcomer=Newcomer("Guesty", "en"))
    kitchen.submit(roles.TakeRole(RoleName("facilitator")), rosa)
    kitchen.submit(roles.PetitionRecall(RoleName("facilitator"), words("recallreason")), mei)
    kitchen.submit(ballots.OpenBallot(ballots.Method.YES_NO, words("A ramp?")), rosa, Tier.PIN)
    kitchen.service.cast(BallotId(1), Person(rosa, Tier.PIN), (1,))
    app = create_app(kitchen.service, CATALOGUE, TOKENS, kitchen.random_bytes)
    return World(kitchen, app, rosa, ali)


def filled(path: str) -> str:
    """A route's path with a thing that exists in each place."""
    for place, value in (
        ("<int:need>", "1"),
        ("<int:offer>", "1"),
        ("<int:ballot>", "1"),
        ("<role>", "facilitator"),
        ("<path:filename>", "hall.css"),
        ("<code>", "nocode"),
        ("<act>", "noact"),
    ):
        path = path.replace(place, value)
    path = re.sub(r"<int:[a-z_]+>", "1", path)
    return re.sub(r"<(?:[a-z]+:)?[a-z_]+>", "x", path)


def knock(client: FlaskClient, app: Flask, method: str, path: str, **more: object) -> TestResponse:
    """Come to a door with one of our forms, so that only the access rule can say no."""
    hall, _ = app.extensions["trestle"]
    cookie = client.get_cookie("visit")
    form = {"secret": hall.visits.form_secret(cookie.value)} if cookie and method == "POST" else None
    if path.startswith("/api/"):
        form = None
    else:  # rates are tested by themselves: every knock comes from another phone
        more = {"environ_overrides": {"REMOTE_ADDR": f"10.0.{next(PHONES) // 250}.{next(PHONES) % 250}"}, **more}
    return client.open(filled(path), method=method, data=form, buffered=True, **more)  # type: ignore[arg-type]


REFUSED = (401, 403)
PHONES = itertools.count()


@pytest.mark.parametrize(("method", "path", "door", "least", "circle", "rate"), ROWS)
def test_every_row_of_the_table(
    world: World, method: str, path: str, door: str, least: str, circle: str, rate: str
) -> None:
    hall = door == "hall"
    nobody = knock(world.visitor(), world.app, method, path).status_code
    assert (nobody in REFUSED) == (not hall or least != "nobody in particular")
    member = knock(world.paired(world.ali), world.app, method, path).status_code
    assert (member in REFUSED) == (not hall or least == "card and PIN")
    for name in ("kiosk", "desk", "mesh"):
        headers = {"Authorization": f"Bearer {name}-token"}
        answer = knock(world.app.test_client(), world.app, method, path, headers=headers).status_code
        if not hall:
            assert (answer in REFUSED) == (name not in door.split(", ")), name
            outside = {"REMOTE_ADDR": "10.0.0.9"}
            answer = knock(
                world.app.test_client(), world.app, method, path, headers=headers, environ_overrides=outside
            ).status_code
            assert answer == 401
    if not hall:
        wrong = {"Authorization": "Bearer nonsense"}
        assert knock(world.app.test_client(), world.app, method, path, headers=wrong).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "door", "least", "circle", "rate"), [row for row in ROWS if row[0] == "GET"]
)
def test_no_page_shows_more_than_its_circle(
    world: World, method: str, path: str, door: str, least: str, circle: str, rate: str
) -> None:
    room = knock(world.visitor(), world.app, method, path).text
    mine = knock(world.paired(world.ali), world.app, method, path).text
    for word, kept in SECRETS.items():
        assert kept >= Circle.ROOM or word not in room, word
        assert kept >= Circle.MEMBERS or word not in mine, word
    for card in world.kitchen.cards.values():
        assert card not in room + mine
    assert circle in ("concerned", "members", "room", "federation")


def test_a_member_sees_what_members_may_see(world: World) -> None:
    page = knock(world.paired(world.ali), world.app, "GET", "/needs").text
    assert "needformembers" in page
    assert "offerformembers" in page


def test_the_kiosk_reads_for_the_card_before_it(world: World) -> None:
    headers = {"Authorization": "Bearer kiosk-token"}
    client = world.app.test_client()
    assert "needformembers" not in client.get("/api/read/needs", headers=headers).text
    hall, _ = world.app.extensions["trestle"]
    visit = hall.visits.begin(Person(world.ali, Tier.CARD), Millis(DAY), Door.KIOSK)
    assert "needformembers" in client.get("/api/read/needs", headers={**headers, "Trestle-Visit": visit}).text


def test_the_written_table_is_the_one_in_force() -> None:
    assert (DOCS / "access.md").read_text(encoding="utf-8") == generate.access()


# Commands


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("command", list(REQUESTS.values()), ids=lambda kind: str(kind.KIND))
def test_no_command_is_decided_below_its_tier(world: World, command: type[Command], tier: Tier) -> None:
    person = Person(world.ali if tier else None, tier)
    state = world.kitchen.service.rules(lambda each: each)
    asking = Asking(who=person, now=NOON)
    if tier < command.TIER:
        with pytest.raises(Refusal, match=r"card|PIN"):
            house.decide(state, object.__new__(command), asking)  # type: ignore[arg-type]
    else:
        house.check_tier(state, command.TIER, asking)


def test_a_card_of_somebody_unknown_decides_nothing() -> None:
    asking = Asking(who=Person(MemberId("nobody"), Tier.PIN), now=NOON)
    with pytest.raises(Refusal, match="no longer valid"):
        house.check_tier(House(), Tier.CARD, asking)


# The application refuses to start


def test_a_route_without_a_rule_stops_the_application() -> None:
    app = Flask("open")
    app.add_url_rule("/open", "open", lambda: "")
    access.hall()(app.view_functions["static"])
    with pytest.raises(Unguarded, match="no access rule"):
        list(access.rules(app))


def test_a_rule_that_would_show_members_records_to_the_room_stops_the_application() -> None:
    app = Flask("open", static_folder=None)

    @access.hall(Tier.NONE, Circle.MEMBERS)
    def wide() -> str:
        return ""

    app.add_url_rule("/wide", "wide", wide)
    with pytest.raises(Unguarded, match="whole room"):
        list(access.rules(app))


def test_every_rule_is_one(world: World) -> None:
    assert all(isinstance(rule, Access) and rule.doors <= set(Door) for _, _, rule in access.rules(world.app))
    assert HubId(world.kitchen.service.hub)
