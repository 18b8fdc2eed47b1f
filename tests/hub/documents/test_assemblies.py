"""The agenda and the minutes, read as they are printed the same night."""

from __future__ import annotations

from dataclasses import replace

from hub.documents import as_text
from hub.documents.assemblies import BECAUSE, agenda, effect_words, minutes, topic_words
from hub.documents.blocks import Document
from hub.documents.foot import Sheet
from hub.domain.assemblies import Because
from hub.domain.base import Consequence, Effect, MemberId, Millis, Position, Words
from hub.views.assemblies import AssemblyRow, DecisionRow, Minutes, NoteRow, TopicRow
from hub.views.constitution import HubCard
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOON = Millis(1_795_435_200_000)
EVENING = Millis(NOON + 7 * 3_600_000)
ANA = MemberId("memberana001")
CATALOGUE = Catalogue.load()
CARD = HubCard(name=Words({"en": "Corner Kitchen"}), currency="EUR")


def printed(document: Document) -> str:
    """The sheet as text, with plain spaces."""
    return as_text.as_text(document).replace("\u00a0", " ")


def words(text: str) -> Words:
    return Words({"en": text})


def sheet(language: str = "en") -> Sheet:
    return Sheet(Speaker(CATALOGUE, language), CARD, Position(41), "0f" * 32, NOON)


def name(member: MemberId | None) -> str:
    return "Ana" if member == ANA else "Somebody"


MEETING = AssemblyRow(
    number=1,
    sort="ordinary",
    starts=EVENING,
    place=words("Hall"),
    stage="draft",
    why=Words({}),
    held=EVENING,
    facilitator=ANA,
    present=12,
    active=40,
    rotation_waived=False,
    short_notice=False,
    outside=(),
    closed_at=EVENING,
    adopted_at=0,
    corrections=(),
    position=3,
)
ROOF = TopicRow(1, "member", "", 0, ANA, words("The roof"), "open", 3, (), NOON, 2)
LATE = TopicRow(2, "budget_late", "budget_days", 0, None, Words({}), "open", 0, (), NOON, 2)
FIX = DecisionRow(1, 1, 1, False, 9, 1, 2, True, False, Effect(), (), words("We fix it."), NOON, 5)


def test_the_agenda_begins_with_who_is_here_and_leaves_lines_for_topics_brought_by_pen() -> None:
    assert (
        printed(agenda(sheet(), MEETING, (ROOF, LATE), (MEETING,)))
        == """\

AGENDA
======
Corner Kitchen · Monday, November 23,
2026, 12:00 PM
------------------------------------------
Monday, November 23, 2026, 7:00 PM
Hall
Our regular assembly
1. Who facilitates? Who takes minutes? How
   many are here?
2. Minutes of Monday, November 23, 2026:
   adopt or correct
3. The roof
    3 people want this
4. The posted budget is older than we
   agreed.

Bring a topic: write it here
----------------------------
5. _______________________________________
6. _______________________________________
7. _______________________________________
------------------------------------------

Place in the log:
41 · B4HQ6 DYPB4 HQ6DY PB4HQ
"""
    )


def test_an_agenda_without_an_assembly_waits_for_one() -> None:
    assert "No assembly is called yet" in printed(agenda(sheet(), None, (ROOF,), ()))


def test_short_notice_stands_on_the_agenda() -> None:
    late = replace(MEETING, outside=("notice_days",))
    assert "announced later than our rules ask" in " ".join(printed(agenda(sheet(), late, (), ())).split())


def test_the_minutes_say_draft_then_who_was_there_then_decisions_first() -> None:
    notes = (NoteRow(1, words("It leaks."), 4), NoteRow(None, words("There was cake."), 6))
    found = Minutes(MEETING, (FIX,), notes, (ROOF,))
    assert (
        printed(minutes(sheet(), found, name))
        == """\

MINUTES OF MONDAY, NOVEMBER 23, 2026
====================================
Corner Kitchen · Monday, November 23,
2026, 12:00 PM
------------------------------------------
DRAFT: the next meeting adopts or corrects
it.
Began                              7:00 PM
Where                                 Hall
Facilitator                            Ana
Present              12; we are 40 members

What we decided
---------------
1. We fix it.
    agreed · yes 9 · no 1 · abstained 2

What we spoke of
----------------
The roof
It leaks.
And also
There was cake.
Facilitator ______________________________
Minute taker _____________________________
------------------------------------------

Place in the log:
41 · B4HQ6 DYPB4 HQ6DY PB4HQ
"""
    )


def test_advice_says_that_it_is_advice_and_why() -> None:
    few = replace(FIX, advisory=True, outside=("quorum",), consensus=True)
    meeting = replace(MEETING, outside=("quorum", "rotation"), facilitator=None, rotation_waived=True)
    text = " ".join(printed(minutes(sheet(), Minutes(meeting, (few,), (), ()), name)).split())
    assert "Too few were there for it to count: what was decided is advice." in text
    assert "The same person facilitated as last time." in text
    assert "The meeting agreed to have the same facilitator again." in text
    assert "agreed · by consensus" in text
    assert "a visitor" in text


def test_minutes_say_whether_they_are_going_on_adopted_and_corrected() -> None:
    running = replace(MEETING, closed_at=Millis(0), stage="open")
    assert "still going on" in printed(minutes(sheet(), Minutes(running, (), (), ()), name))
    corrected = replace(MEETING, corrections=(words("Nine, not eight"),))
    text = printed(minutes(sheet(), Minutes(corrected, (), (), ()), name, adopted=MEETING))
    assert "Adopted by the meeting of Monday" in text
    assert "• Nine, not eight" in text
    assert "Nothing was decided." in text


def test_what_a_decision_changes_is_said_in_words() -> None:
    speaker = Speaker(CATALOGUE, "en")

    def said(consequence: Consequence, name_: str, value: str = "") -> str:
        return effect_words(speaker, CARD, Effect(consequence, name_, value, ANA), name)

    assert said(Consequence.NOTHING, "") == ""
    assert said(Consequence.AMEND, "spending_limit", "6000").endswith("€60.00")
    assert said(Consequence.AMEND, "rotation", "no").endswith(": no")
    assert said(Consequence.AMEND, "a_newer_one", "3") == "Changes our rules: a_newer_one: 3"
    assert said(Consequence.APPOINT, "facilitator") == "Facilitator: Ana from now on"
    assert said(Consequence.RECALL, "facilitator") == "Facilitator: Ana no longer"


def test_everything_the_hub_brings_by_itself_has_a_sentence() -> None:
    assert set(BECAUSE) == {because.value for because in Because} - {"member"}


def test_a_topic_of_the_hub_is_a_sentence_in_the_reader_s_language() -> None:
    speaker = Speaker(CATALOGUE, "en")
    outside = replace(LATE, because="outside", article="quorum")
    assert topic_words(speaker, outside)[0] == (
        "Something happened outside this rule: “Share of members for a meeting to count”."
    )
    limit = replace(LATE, because="outside", article="spending_limit")
    assert topic_words(speaker, limit)[0].endswith("this rule: “The ledger keeper alone may spend up to”.")
    for because, phrase in (("unconfirmed", "Does the meeting confirm it?"), ("ending", "Who does it next?")):
        said = topic_words(speaker, replace(LATE, because=because, article="minute_taker"))[0]
        assert phrase in said
        assert said.endswith("Minute taker.")
    assert topic_words(speaker, replace(LATE, because="gap", article="minute_taker"))[0].endswith("Minute taker.")
    assert topic_words(speaker, replace(ROOF, text=Words({})))[0] == "(These words were taken back.)"
    assert topic_words(speaker, ROOF) == ("The roof", "en")
