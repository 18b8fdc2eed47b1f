"""Sign-up sheets, read as they hang on the fridge."""

from __future__ import annotations

from dataclasses import replace

from hub.documents import as_text
from hub.documents.as_html import as_html
from hub.documents.blocks import Document
from hub.documents.foot import Sheet
from hub.documents.signups import MOST_LINES, signup_list, signups_to_come
from hub.domain.base import MemberId, Millis, Position, Words
from hub.views.constitution import HubCard
from hub.views.signups import PartyRow, SignupRow
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
SEVEN = Millis(NOON + 7 * 3_600_000)
ANA, OLGA, BEN = MemberId("memberana001"), MemberId("guestolga001"), MemberId("memberben001")
NAMES = {ANA: "Ana <3", OLGA: "Olga", BEN: "Ben"}
CATALOGUE = Catalogue.load()


def printed(document: Document) -> str:
    """The sheet as text, with plain spaces."""
    return as_text.as_text(document).replace("\u00a0", " ")


def words(text: str) -> Words:
    return Words({"en": text})


def sheet(language: str = "en") -> Sheet:
    return Sheet(Speaker(CATALOGUE, language), HubCard(name=words("Corner Kitchen")), Position(41), "0f" * 32, NOON)


def name(member: MemberId | None) -> str:
    return NAMES.get(member, "Somebody") if member else "Somebody"


def soup(*parties: PartyRow, places: int = 5, state: str = "open") -> SignupRow:
    taken = sum(party.size for party in parties if not party.waits)
    waiting = sum(party.size for party in parties if party.waits)
    return SignupRow(
        1,
        "meal",
        words("Bean soup"),
        words("Kitchen"),
        SEVEN,
        places,
        2,
        ANA,
        state,
        Words({}),
        NOON,
        4,
        taken,
        waiting,
        parties,
    )


FULL = (PartyRow(1, ANA, 2, False, False, NOON), PartyRow(2, OLGA, 1, True, False, NOON))
QUEUE = PartyRow(3, BEN, 3, False, True, NOON)


def test_the_fridge_sheet_names_who_comes_and_leaves_a_line_for_every_free_place() -> None:
    assert (
        printed(signup_list(sheet(), soup(*FULL), name))
        == """\

BEAN SOUP
=========
Corner Kitchen · Monday, November 23,
2026, 12:00 PM
------------------------------------------
Monday, November 23, 2026, 7:00 PM
Kitchen
Places taken                        3 of 5
1. Ana <3
    2 people
2. Olga
    guest

Still free: write your name
---------------------------
4. _______________________________________
5. _______________________________________
Somebody with a card copies the names into
the hub.
------------------------------------------

Place in the log:
41 · B4HQ6 DYPB4 HQ6DY PB4HQ
"""
    )


def test_a_full_list_names_the_queue_in_order_and_leaves_lines_to_wait() -> None:
    text = printed(signup_list(sheet(), soup(*FULL, QUEUE, places=3), name))
    assert "Waiting, in this order" in text
    assert "1. Ben\n    3 people" in text
    assert "Full. Write your name here to wait" in text


def test_without_the_names_the_sheet_says_how_to_get_them() -> None:
    row = replace(soup(*FULL), parties=())
    text = " ".join(printed(signup_list(sheet(), row, name)).split())
    assert "3 of 5" in text
    assert "Print it with your card" in text
    assert "Olga" not in text


def test_a_huge_list_does_not_eat_the_roll() -> None:
    text = printed(signup_list(sheet(), soup(places=500), name))
    assert sum(line.endswith("____") for line in text.splitlines()) == MOST_LINES


def test_what_does_not_take_place_says_so_and_why_and_asks_for_no_names() -> None:
    row = replace(soup(*FULL, state="cancelled"), why=words("No gas"))
    text = printed(signup_list(sheet(), row, name))
    assert "This does not take place.\nNo gas" in text
    assert "____" not in text
    closed = printed(signup_list(sheet(), soup(state="closed"), name))
    assert "This list is closed: no one else signs up." in " ".join(closed.split())


def test_names_and_titles_are_text_and_never_markup() -> None:
    page = str(as_html(signup_list(sheet(), soup(*FULL), name)))
    assert "Ana &lt;3" in page


def test_words_taken_back_leave_a_plain_sentence() -> None:
    text = printed(signup_list(sheet(), replace(soup(), title=Words({}), place=Words({})), name))
    assert "(THESE WORDS WERE TAKEN BACK.)" in text


def test_all_lists_to_come_say_when_where_and_how_much_room() -> None:
    rows = (
        soup(*FULL),
        soup(*FULL, QUEUE, places=3),
        soup(*FULL, places=3),
        soup(*FULL, places=4),
        soup(state="cancelled"),
        soup(state="closed"),
    )
    text = " ".join(printed(signups_to_come(sheet(), rows)).split())
    said = ("2 places free", "full, 3 wait", "one place free", "does not take place", "closed")
    assert all(phrase in text for phrase in said)
    assert "Ana" not in text


def test_no_list_is_said_too() -> None:
    assert "Any member can" in printed(signups_to_come(sheet(), ()))
