"""The sheets of a ballot, read as they hang: every rule with its number, and a plain verdict first."""

from dataclasses import replace

import pytest
from msgspec import Raw

from hub.documents.as_html import as_html
from hub.documents.as_text import as_text
from hub.documents.ballots import ballot_notice, ballot_result, consequence
from hub.documents.foot import Sheet
from hub.domain.ballots import (
    BallotAnnulled,
    BallotCertified,
    BallotObjected,
    BallotOpened,
    BallotReleased,
    Count,
    HandsCertified,
    HandsOpened,
    Method,
    Terms,
    Why,
)
from hub.domain.base import (
    DAY,
    BallotId,
    Circle,
    Consequence,
    Effect,
    HubId,
    MemberId,
    Millis,
    Position,
    Viewer,
    Words,
)
from hub.entry import Entry, Head
from hub.views.ballots import BallotsView
from hub.views.constitution import HubCard
from hub.words import Catalogue
from hub.words.speaker import Speaker

NOW = Millis(1_900_000_000_000)
ANA = MemberId("memberana001")
FIRST = BallotId(1)
TERMS = Terms(12, (1, 5), (1, 2), True, 7)
POT = Words({"en": "Shall we buy the big pot?"})
SOUP = Words({"en": "Which soup?"})
SOUPS = tuple(Words({"en": name}) for name in ("Lentil", "Onion", "Beet"))
CATALOGUE = Catalogue.load()


def sheet(language="en"):
    card = HubCard(name=Words({"en": "Corner Kitchen"}))
    return Sheet(Speaker(CATALOGUE, language), card, Position(41), "0f" * 32, NOW)


def opened(method=Method.YES_NO, text=POT, options=(), lots=(), specimen=False, terms=TERMS):
    return BallotOpened(
        FIRST,
        method,
        specimen,
        ANA,
        Effect(),
        terms,
        lots,
        12,
        "aa" * 32,
        NOW,
        Millis(NOW + 7 * DAY),
        "1.0",
        "bb" * 32,
        Words({"zxx": "cc" * 16}),
        text,
        options,
    )


def approval():
    return opened(Method.APPROVAL, SOUP, SOUPS, (3, 1, 2))


def released(*sums, cast=0, patterns=(), spoiled=0):
    until = Millis(NOW + 14 * DAY)
    return BallotReleased(FIRST, cast or sum(sums), spoiled, sums, patterns, "dd" * 16, until)


def row(*facts):
    view = BallotsView()
    for seq, fact in enumerate(facts, 1):
        head = Head(kind=fact.KIND, seq=seq, prev="", boot=1, time=NOW, data=Raw(b"{}"))
        view.apply(Entry(HubId("ab" * 32), head, "", None), fact)
    found = view.ballot(Viewer(Circle.ROOM), FIRST)
    assert found is not None
    return found


def notice(*facts):
    return " ".join(as_text(ballot_notice(sheet(), row(*facts))).split())


def result(*facts):
    return " ".join(as_text(ballot_result(sheet(), row(*facts))).split())


def test_a_notice_reads_like_this_on_paper():
    lines = as_text(ballot_notice(sheet(), row(approval()))).splitlines()
    assert lines[:28] == [
        "",
        "SECRET BALLOT 1",
        "===============",
        "Corner Kitchen · Sunday, March 17, 2030,",
        "5:46\N{NO-BREAK SPACE}PM",
        "------------------------------------------",
        "Which soup?",
        "",
        "What you can choose",
        "-------------------",
        "Mark every one that is fine for you, as",
        "many as you like.",
        "1. Lentil",
        "2. Onion",
        "3. Beet",
        "• None of these",
        "",
        "When",
        "----",
        "Opened",
        "           Sunday, March 17, 2030, 5:46\N{NO-BREAK SPACE}PM",
        "Closes",
        "           Sunday, March 24, 2030, 5:46\N{NO-BREAK SPACE}PM",
        "Days on which the house rests do not",
        "count; then it closes later.",
        "",
        "How it is counted",
        "-----------------",
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "The one marked by most people is chosen.",
        "the first in this drawn order is chosen: 3, 1, 2.",
        "If more people choose none of these than the best one, nothing is chosen.",
        "at least 3 of 12 people take part. With fewer it is advice.",
        "Who joins later votes the next time.",
        "For 7 days after the count any member may object.",
    ],
)
def test_every_rule_of_an_approval_stands_on_the_notice(rule):
    assert rule in notice(approval())


def test_a_yes_no_notice_offers_three_answers_and_names_its_share():
    text = notice(opened())
    assert "1. Yes 2. No 3. I abstain" in text
    assert "more than 1/2 of yes and no are yes" in text
    two_thirds = Terms(12, (1, 4), (2, 3), False, 7)
    assert "at least 2/3 of yes and no are yes" in notice(opened(terms=two_thirds))


def test_a_notice_says_what_is_not_protected():
    text = notice(opened())
    assert "It cannot stop someone who stands behind you." in text
    assert "it could store a wrong choice" in text
    assert "everybody knows how each of them voted" in text


def test_a_notice_bears_its_hashes_and_its_program():
    text = notice(opened())
    assert "Version of the program 1.0" in text
    assert text.count(" · ") >= 2


def test_a_specimen_says_so_on_both_sheets():
    specimen = opened(specimen=True)
    assert "EXAMPLE. This is not a real vote" in notice(specimen)
    assert result(specimen, released(4, 2, 1)).count("EXAMPLE.") == 2


def test_a_fresh_result_is_not_final_yet():
    text = result(opened(), released(4, 2, 1))
    assert "Yes. It is agreed. It is not final yet: any member may object until" in text
    assert "Took part 7 of 12" in text
    assert "Needed 3" in text


@pytest.mark.parametrize(
    ("sums", "verdict"),
    [
        ((4, 2, 1), "Yes. It is agreed."),
        ((3, 3, 1), "No. It is not agreed."),
        ((2, 0, 0), "Too few took part: 2, and 3 are needed. It is advice, not a decision."),
    ],
)
def test_a_certified_result_says_it_in_one_sentence(sums, verdict):
    certified = BallotCertified(FIRST, sums[0] > sums[1], 0, sum(sums) > 2, Effect(), None)
    assert verdict in result(opened(), released(*sums), certified)
    assert "not final" not in result(opened(), released(*sums), certified)


def test_an_approval_names_the_chosen_and_says_when_the_drawn_order_decided():
    text = result(approval(), released(5, 3, 5, 1, cast=9))
    assert "Chosen: 3. Beet" in text
    assert "the drawn order decided" in text
    alone = result(approval(), released(6, 3, 5, 1, cast=9))
    assert "Chosen: 1. Lentil" in alone
    assert "drawn order decided" not in alone


def test_none_of_these_may_win():
    assert "None of these was chosen. Keep looking." in result(approval(), released(2, 1, 0, 6, cast=9))


def test_patterns_are_a_table_where_they_were_released():
    patterns = (((), 1), ((1,), 4), ((1, 2), 5))
    text = result(approval(), released(9, 5, 0, 1, cast=10, patterns=patterns))
    assert "What was marked together" in text
    assert "1, 2 5" in text


def test_what_could_not_be_read_is_never_hidden():
    assert "Could not be read 2" in result(opened(), released(4, 2, 1, cast=9, spoiled=2))


def test_an_objection_and_an_annulment_say_what_follows():
    objected = BallotObjected(FIRST, ANA, Words({"en": "The kiosk was off."}))
    text = result(opened(), released(4, 2, 1), objected)
    assert "the next meeting decides" in text
    assert "The kiosk was off." not in text
    lost = result(opened(), BallotAnnulled(FIRST, Why.BOX_LOST, (), None))
    assert "The sealed votes were lost." in lost
    assert "How it was counted" not in lost


def test_hands_say_that_two_people_counted():
    asked = HandsOpened(FIRST, None, ANA, Effect(), replace(TERMS, objection_days=0), POT)
    certified = HandsCertified(FIRST, (ANA, ANA), Count(7, 2, 1), True, True, Effect())
    text = result(asked, certified)
    assert "SHOW OF HANDS 1: RESULT" in text
    assert "Yes. It is agreed." in text
    assert "both had counted the same" in text


def test_what_follows_by_itself_is_said():
    speaker, card = sheet().speaker, sheet().card

    def said(effect):
        return consequence(speaker, card, effect, lambda member: "Ana")

    assert said(Effect()) == ""
    amend = Effect(Consequence.AMEND, "ballot_days", "14")
    assert said(amend) == "If it passes, at once: Changes our rules: Days a secret vote is open: 14"
    assert "Ana" in said(Effect(Consequence.RECALL, "facilitator", member=ANA))


def test_taken_back_words_leave_a_plain_sentence():
    blanked = replace(approval(), text=Words({}), options=())
    assert notice(blanked).count("(These words were taken back.)") == 4
    assert "Chosen: 3." in result(blanked, released(1, 1, 5, 0, cast=6))


def test_a_typed_question_is_escaped_and_in_its_own_language():
    nasty = opened(text=Words({"ar": "<script>"}))
    page = as_html(ballot_notice(sheet(), row(nasty)))
    assert '<span lang="ar" dir="auto">&lt;script&gt;</span>' in page
