"""The slip for the pocket, read as it comes out of the printer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hub.documents import as_text
from hub.documents.as_html import as_html
from hub.documents.blocks import Document, Seal
from hub.documents.foot import Sheet
from hub.documents.waiting import Duty, Errand, Place, Vote, Waiting, Wish, first_name, waiting_slip
from hub.domain.ballots import Terms
from hub.domain.base import DAY, HOUR, Effect, MemberId, Millis, Position, RoleName, Words
from hub.views.assemblies import AssemblyRow
from hub.views.ballots import BallotRow
from hub.views.constitution import HubCard
from hub.views.needs import NeedRow, OfferRow
from hub.views.roles import PetitionRow, RoleRow
from hub.views.signups import SignupRow
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
ANA, BEN = MemberId("memberana001"), MemberId("memberben001")
CATALOGUE = Catalogue.load()
NONE = Words({})


def words(text: str) -> Words:
    return Words({"en": text})


def sheet(language: str = "en") -> Sheet:
    return Sheet(Speaker(CATALOGUE, language), HubCard(name=words("Corner Kitchen")), Position(41), "0f" * 32, NOON)


def printed(document: Document) -> str:
    """The slip as text, with plain spaces."""
    return as_text.as_text(document).replace("\u00a0", " ")


def slip(waiting: Waiting, language: str = "en") -> str:
    """The slip in one line."""
    return " ".join(printed(waiting_slip(sheet(language), waiting)).split())


def need(number: int = 1, text: str = "Rice", taker: MemberId | None = None, note: Words = NONE) -> NeedRow:
    state = "taken" if taker else "open"
    return NeedRow(number, "food", "today", 1, ANA, taker, state, words(text), note, NOON, NOON, NOON, (), 5, (), 6)


RICE = Errand(need(), "", "", agreed=False, both=False)
TAKEN = Errand(need(2, "A wrench", BEN, words("At six")), "Ben <Bo> Smith", "", agreed=True, both=False)
SOUP = SignupRow(1, "meal", words("Soup"), words("Kitchen"), NOON, 9, 2, BEN, "open", NONE, NOON, 7, 2, 0, ())
FREEZER = AssemblyRow(
    3, "ordinary", Millis(NOON + DAY), words("The hall"), "called", NONE, Millis(0), None, 0, 0, False, False, (),
    Millis(0), 0, (), 8,
)  # fmt: skip
HAIR = OfferRow(1, "care", 1, ANA, "open", words("I cut hair"), NOON, (), 10)
KEEPER = RoleRow(
    RoleName("ledger_keeper"), NONE, NONE, ANA, NOON, Millis(NOON + 3 * DAY), False, (), "", (), (), (), None, 11
)
RAMP = BallotRow(
    number=1, method="yes_no", state="open", specimen=False, circle=3, by=ANA, assembly=None, effect=Effect(),
    terms=Terms(3, (1, 5), (1, 2), True, 7), text=words("A ramp?"), options=(), lots=(), opens=NOON, closes=NOON,
    roll_size=3, roll_hash="", software="", text_hash="", tellers=0, differed=(), closed=Millis(0), cast=0, spoiled=0,
    sums=(), patterns=(), nonce="", until=NOON, objections=0, passed=None, winner=0, quorum_met=False, decision=None,
    why="", position=12,
)  # fmt: skip


def test_the_slip_says_who_when_and_where() -> None:
    waiting = Waiting("Ana Maria Lopez", mine=[RICE, TAKEN], places=[Place(SOUP, 2, waits=False)])
    assert (
        printed(waiting_slip(sheet(), waiting))
        == """\

WAITING FOR YOU
===============
Corner Kitchen · Monday, November 23,
2026, 12:00 PM
------------------------------------------
Ana

What you asked for
------------------
1. Rice
    Nobody has taken it up yet.
2. A wrench
    Ben took it up.
    At six

Lists you are on
----------------
• Soup
    Monday, November 23, 2026, 12:00 PM ·
    Kitchen
    you have a place · 2 people
------------------------------------------
This slip is for you alone. Tear it up
when you are done.
"""
    )


@pytest.mark.parametrize(
    ("full", "first"), [("Ana Maria Lopez", "Ana"), ("Ana", "Ana"), ("  ", ""), ("", ""), ("Łukasz Ż", "Łukasz")]
)
def test_paper_knows_people_by_their_first_name(full: str, first: str) -> None:
    assert first_name(full) == first


def test_no_full_name_is_on_it_anywhere() -> None:
    wish = Wish(HAIR, "Cem Yılmaz", words("Saturday?"))
    both = replace(TAKEN, both=True, other="Ben Smith")
    waiting = Waiting("Ana Lopez", mine=[both], taken=[both], wishes=[wish])
    text = slip(waiting)
    assert not {"Lopez", "Smith", "Yılmaz"} & set(text.replace(".", " ").split())
    assert "Cem would like this. Saturday?" in text
    assert "For Ben." in text


def test_where_no_place_was_named_it_is_the_kitchen() -> None:
    assert "No place was named: meet in the kitchen." in slip(Waiting("Ana", taken=[replace(TAKEN, need=need())]))


def test_how_to_reach_each_other_is_on_it_only_where_there_is_something_to_tell() -> None:
    assert "reach" not in slip(Waiting("Ana", mine=[TAKEN]))
    assert "You can reach each other: door 4" in slip(Waiting("Ana", mine=[replace(TAKEN, contact="door 4")]))


def test_somebody_forgotten_is_somebody() -> None:
    assert "Somebody took it up." in slip(Waiting("Ana", mine=[replace(TAKEN, other="")]))


def test_a_long_open_need_is_asked_after() -> None:
    assert "Is this still needed?" in slip(Waiting("Ana", mine=[replace(RICE, remind=True)]))
    assert "Is this still needed?" not in slip(Waiting("Ana", mine=[RICE]))


def test_lists_say_who_waits_and_what_does_not_take_place() -> None:
    assert "you wait · one person" in slip(Waiting("Ana", places=[Place(SOUP, 1, waits=True)]))
    off = Place(replace(SOUP, state="cancelled"), 1, waits=False)
    assert "This does not take place." in slip(Waiting("Ana", places=[off]))


def test_a_role_says_when_it_ends_and_that_a_recall_is_asked_for_without_the_reason() -> None:
    petition = PetitionRow(words("Bad soup"), 2, (BEN,), Millis(0), 9)
    text = slip(Waiting("Ana", duties=[Duty(replace(KEEPER, petition=petition), soon=True)]))
    assert "Ledger keeper It ends on Thursday, November 26, 2026." in text
    assert "2 members ask that somebody else does this." in text
    assert "Bad soup" not in text
    pots = replace(KEEPER, role=RoleName("pots"), title=words("Keeper of the pots"))
    assert "Keeper of the pots" in slip(Waiting("Ana", duties=[Duty(pots, soon=True)]))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", "Vote at the kiosk until Monday, November 23, 2026, 1:00 PM."),
        ("paused", "Voting has stopped for a while."),
        ("released", "It has been counted. You can object until Monday, November 23, 2026, 1:00 PM."),
    ],
)
def test_votes_say_until_when(state: str, said: str) -> None:
    vote = Vote(replace(RAMP, state=state), Millis(NOON + HOUR))
    waiting = Waiting("Ana", results=[vote]) if state == "released" else Waiting("Ana", votes=[vote])
    assert f"A ramp? {said}" in slip(waiting)


def test_an_example_of_a_vote_says_so() -> None:
    assert "Example: not a real vote." in slip(Waiting("Ana", votes=[Vote(replace(RAMP, specimen=True), NOON)]))


def test_the_next_assembly_the_one_that_is_on_and_drafts_are_told() -> None:
    draft = replace(FREEZER, number=2, held=NOON, stage="draft")
    text = slip(Waiting("Ana", meeting=FREEZER, drafts=[draft]))
    assert "The next assembly Tuesday, November 24, 2026, 12:00 PM · The hall" in text
    assert "Minutes of Monday, November 23, 2026: adopt or correct" in text
    assert "The meeting is on." in slip(Waiting("Ana", meeting=replace(FREEZER, held=NOON)))


def test_nothing_is_said_with_the_next_step_and_only_then() -> None:
    empty = Waiting("Ana")
    assert empty.empty
    assert "Nothing waits for you just now. See what others need" in slip(empty)
    for full in (Waiting("Ana", mine=[RICE]), Waiting("Ana", meeting=FREEZER), Waiting("Ana", taken=[TAKEN])):
        assert not full.empty
        assert "Nothing waits" not in slip(full)


def test_words_taken_back_leave_a_plain_sentence() -> None:
    gone = replace(RICE, need=replace(need(), text=NONE))
    assert "1. (These words were taken back.)" in slip(Waiting("Ana", mine=[gone]))


def test_it_hangs_on_no_wall_and_so_has_no_seal() -> None:
    assert not [block for block in waiting_slip(sheet(), Waiting("Ana")).blocks if isinstance(block, Seal)]


def test_names_and_words_are_text_and_never_markup() -> None:
    page = str(as_html(waiting_slip(sheet(), Waiting("<b>", mine=[replace(TAKEN, other="<i>x")]))))
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;i&gt;x took it up." in page


def test_the_slip_speaks_spanish_where_the_catalogue_does() -> None:
    text = slip(Waiting("Ana", mine=[TAKEN]), "es")
    assert "Ben se encarga." in text
    assert "took it up" not in text
