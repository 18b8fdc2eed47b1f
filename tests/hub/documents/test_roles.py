"""The sheet of roles as it hangs on the wall: who, until when, and in strong words where nobody is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hub.documents import as_text
from hub.documents.as_html import as_html
from hub.documents.assemblies import effect_words, topic_words
from hub.documents.ballots import consequence
from hub.documents.blocks import Document, Text
from hub.documents.foot import Sheet
from hub.documents.roles import ROLES, TASKS, role_name, roster
from hub.domain.base import DAY, Consequence, Effect, MemberId, Millis, Position, RoleName, Words
from hub.domain.base import ROLES as THE_FOUR
from hub.domain.roles import ENDS_SOON
from hub.views.assemblies import TopicRow
from hub.views.constitution import HubCard
from hub.views.roles import PetitionRow, RoleRow
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
ANA, BEN = MemberId("memberana001"), MemberId("memberben001")
NAMES = {ANA: "Ana <3", BEN: "Ben"}
CATALOGUE = Catalogue.load()
ENGLISH = Speaker(CATALOGUE, "en")
CARD = HubCard(name=Words({"en": "Corner Kitchen"}))
KEY = {"role_1": Words({"en": "Keeper of the key"})}


def printed(document: Document) -> str:
    """The sheet as text, with plain spaces."""
    return as_text.as_text(document).replace("\u00a0", " ")


def flowing(document: Document) -> str:
    """The sheet as one line, to look for sentences."""
    return " ".join(printed(document).split())


def sheet(language: str = "en") -> Sheet:
    return Sheet(Speaker(CATALOGUE, language), CARD, Position(41), "0f" * 32, NOON)


def name(member: MemberId | None) -> str:
    return NAMES.get(member, "Somebody") if member else "Somebody"


def gap(role: str = "minute_taker", why: str = "", title: str = "", purpose: str = "") -> RoleRow:
    called, does = (Words({"en": text} if text else {}) for text in (title, purpose))
    return RoleRow(
        RoleName(role), called, does, None, Millis(0), Millis(0), False, (), why, (), (), (), petition=None, position=0
    )


def held(role: str = "facilitator", by: MemberId = ANA, days: int = 60, **more: object) -> RoleRow:
    return replace(gap(role), member=by, since=NOON, until=Millis(NOON + days * DAY), **more)


def wall(*rows: RoleRow, forming: bool = False, language: str = "en") -> Document:
    return roster(sheet(language), rows, name, forming=forming)


def test_the_sheet_says_what_each_role_does_who_holds_it_and_where_nobody_does() -> None:
    key = replace(gap("role_1", title="Keeper of the key", purpose="Opens at five."), member=BEN, until=held().until)
    assert (
        printed(wall(held(), gap(why="stepped_down"), key))
        == """\

WHO DOES WHAT
=============
Corner Kitchen · Monday, November 23,
2026, 12:00 PM
------------------------------------------

Facilitator
-----------
Calls our meetings and leads them, so that
everybody is heard.
Ana <3
Until Friday, January 22, 2027.

Minute taker
------------
Writes down what we decide, so that
everybody can read it.
Nobody holds this role.
Who held it stepped down. The next meeting
fills it. Would you?

Keeper of the key
-----------------
Opens at five.
Ben
Until Friday, January 22, 2027.
Roles pass on. To learn one, say so at the
kiosk and ask who holds it.
------------------------------------------

Place in the log:
41 · B4HQ6 DYPB4 HQ6DY PB4HQ
"""
    )


def test_a_gap_is_said_in_strong_words() -> None:
    assert Text("Nobody holds this role.", strong=True) in wall(gap()).blocks


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("term", "The time for it is over."),
        ("stepped_down", "Who held it stepped down."),
        ("recalled", "We decided that who held it no longer does."),
        ("left", "Who held it is no longer with us."),
    ],
)
def test_a_gap_says_how_it_came_to_be(why: str, sentence: str) -> None:
    assert sentence in flowing(wall(gap(why=why)))
    assert sentence not in flowing(wall(gap()))


def test_in_the_forming_season_a_gap_says_that_any_member_can_take_it() -> None:
    assert "Any member of voting age can take it." in flowing(wall(gap(), forming=True))
    assert "Any member of voting age can take it." not in flowing(wall(gap()))


def test_provisional_ending_soon_and_outside_an_article_are_said() -> None:
    soon = ENDS_SOON // DAY
    quiet = flowing(wall(held(days=soon + 1)))
    loud = flowing(wall(held(days=soon, provisional=True, outside=("rotation", "a_newer_one"))))
    for sentence in ("no meeting has confirmed it yet", "It ends soon", "outside our rule that roles pass on"):
        assert sentence in loud
        assert sentence not in quiet
    assert "a_newer_one" in loud


def test_a_petition_and_who_learns_never_hang_on_the_wall() -> None:
    asked = PetitionRow(Words({"en": "Shouts at us"}), 1, (BEN,), Millis(0), 7)
    text = printed(wall(held(petition=asked, learning=(BEN,), trained=(BEN,))))
    assert "Shouts" not in text
    assert "Ben" not in text


def test_names_are_text_in_any_script_and_never_markup() -> None:
    called = {ANA: "Ana <3", BEN: "أولغا \u202eevil 🌻"}
    document = roster(sheet(), (held(), held(by=BEN)), lambda member: called[member], forming=False)
    page, text = str(as_html(document)), printed(document)
    assert "Ana &lt;3" in page
    assert "أولغا" in text
    assert "🌻" in text
    assert "\u202e" not in text


def test_a_title_taken_back_leaves_a_plain_sentence() -> None:
    assert "(These words were taken back.)" in flowing(wall(gap("role_1")))


def test_the_four_every_hub_has_are_named_and_explained_in_spanish_too() -> None:
    assert set(ROLES) == set(TASKS) == set(THE_FOUR)
    assert "Facilitator" not in printed(wall(held(), language="es"))


# A role's name, wherever it stands


def test_a_role_is_called_by_its_title_and_never_by_its_code() -> None:
    assert role_name(ENGLISH, "ledger_keeper") == "Ledger keeper"
    assert role_name(ENGLISH, "role_1", KEY) == "Keeper of the key"
    assert role_name(ENGLISH, "role_2", KEY) == "Another role"
    assert role_name(ENGLISH, "role_1", {"role_1": Words({})}) == "Another role"


def test_decisions_votes_and_topics_call_a_created_role_by_its_title() -> None:
    effect = Effect(Consequence.APPOINT, "role_1", member=BEN)
    lost = replace(effect, consequence=Consequence.RECALL)
    topic = TopicRow(1, "gap", "role_1", 0, None, Words({}), "open", 0, (), NOON, 2)
    assert effect_words(ENGLISH, CARD, effect, name, KEY) == "Keeper of the key: Ben from now on"
    assert effect_words(ENGLISH, CARD, lost, name, KEY) == "Keeper of the key: Ben no longer"
    assert consequence(ENGLISH, CARD, effect, name, KEY).endswith("Keeper of the key: Ben from now on")
    assert topic_words(ENGLISH, topic, KEY)[0] == "Nobody holds this role: Keeper of the key."
