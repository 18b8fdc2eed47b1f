"""Taking words back: who sees which words beforehand, who may do it, and that they are nowhere afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import walk
from kitchen import Kitchen, Phone, phone

from hub.commands.export import write
from hub.documents.archive import KINDS, NAMED
from hub.domain import archive, assemblies, ballots, constitution, house, ledger, needs, roles, signups
from hub.domain.base import (
    DAY,
    HOUR,
    AssemblyId,
    BallotId,
    Circle,
    ListId,
    MemberId,
    Millis,
    NeedId,
    OfferId,
    Position,
    RoleName,
    Tier,
    TopicId,
    Words,
)
from hub.domain.house import Person
from hub.facts import FACTS, word_fields
from hub.web.access import Door

ROSA, ALI, MEI = "Rosa", "Ali", "Mei"


def words(text: str) -> Words:
    return Words({"en": text})


@dataclass(slots=True)
class Hall:
    """A hub where every member has a phone, and everything they wrote stands on a line we know."""

    kitchen: Kitchen
    room: Phone
    members: dict[str, MemberId]
    phones: dict[str, Phone]
    lines: dict[str, int] = field(default_factory=dict)

    def writes(self, who: str, command: house.AnyCommand, word: str, tier: Tier = Tier.CARD, second: str = "") -> None:
        """Somebody writes a word; remember its line."""
        other = self.members[second] if second else None
        receipt = self.kitchen.submit(command, self.members[who], tier, second=other)
        self.lines[word] = receipt.facts[0][0]

    def page(self, who: str, word: str) -> str:
        """The page on which the line of this word is taken back."""
        return self.phones[who].get(f"/words/{self.lines[word]}")

    def sees(self, word: str) -> set[str]:
        """Who sees the word itself on that page."""
        return {who for who in self.phones if word in self.page(who, word)}

    def everywhere(self) -> Iterator[tuple[str, str]]:
        """Every page for every phone, every answer to the kiosk for every card, and with no card."""
        length = self.kitchen.service.seal()[0]
        visits = self.room.app.extensions["trestle"][0].visits
        for who in (self.room, *self.phones.values()):
            yield from walk.pages(who, length)
        for member in self.members.values():
            visit = visits.begin(Person(member, Tier.PIN), Millis(DAY), Door.KIOSK)
            yield from walk.answers(self.room, visit)
        yield from walk.answers(self.room)

    def places(self, word: str) -> list[str]:
        """Where a word is to be read."""
        return [path for path, text in self.everywhere() if word in text]


@pytest.fixture
def hall(kitchen: Kitchen) -> Hall:
    members = dict(zip((ROSA, ALI, MEI), kitchen.opening_evening(ROSA, ALI, MEI), strict=True))
    room = phone(kitchen.app())
    phones = {name: Phone(room.app.test_client(), room.app) for name in members}
    for name, each in phones.items():
        each.pair(members[name])
    return Hall(kitchen, room, members, phones)


def need(word: str, circle: Circle = Circle.MEMBERS) -> needs.ReportNeed:
    return needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, words(word), circle)


def supper(word: str, circle: Circle, place: str = "") -> signups.OpenSignup:
    tonight = Millis(1_795_435_200_000 + 6 * HOUR)
    return signups.OpenSignup(signups.Sort.MEAL, words(word), tonight, 9, words(place or "Kitchen"), circle)


# Who sees which words


def test_it_takes_a_card_and_a_line_that_has_words(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    assert hall.room.status(f"/words/{hall.lines['ricebowl']}") == 403
    assert hall.room.send(f"/words/{hall.lines['ricebowl']}")[0] == 403
    without = next(entry.seq for entry in hall.kitchen.service.follow(Position(0)) if not entry.head.body)
    for place in (0, without, 9_999, 10**12):
        assert hall.phones[ROSA].status(f"/words/{place}") == 404
        assert hall.phones[ROSA].send(f"/words/{place}")[0] == 404


def test_a_need_is_seen_by_members_and_does_not_tell_who_asked(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    assert hall.sees("ricebowl") == {ROSA, ALI, MEI}
    assert "You wrote this." in hall.page(ROSA, "ricebowl")
    assert "You did not write this." in hall.page(ALI, "ricebowl")
    assert "Rosa" not in hall.page(ALI, "ricebowl")


def test_a_note_to_who_asked_is_seen_by_those_two_alone(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    hall.writes(ALI, needs.TakeUpNeed(NeedId(1), words("atsixoclock")), "atsixoclock")
    assert hall.sees("atsixoclock") == {ROSA, ALI}
    assert "A note to who asked for help" in hall.page(MEI, "atsixoclock")
    assert "Ali" not in hall.page(MEI, "atsixoclock")


def test_an_old_note_is_its_writer_s_alone_once_somebody_else_took_it_up(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    hall.writes(ALI, needs.TakeUpNeed(NeedId(1), words("atsixoclock")), "atsixoclock")
    hall.kitchen.submit(needs.LetGoNeed(NeedId(1)), hall.members[ALI])
    assert hall.sees("atsixoclock") == {ALI}
    hall.writes(MEI, needs.TakeUpNeed(NeedId(1), words("atseven")), "atseven")
    assert hall.sees("atsixoclock") == {ALI}
    assert hall.sees("atseven") == {ROSA, MEI}


def test_a_note_to_who_offers_is_seen_by_those_two_alone(hall: Hall) -> None:
    hall.writes(ROSA, needs.MakeOffer(needs.Sort.CARE, words("haircut")), "haircut")
    hall.writes(MEI, needs.AskForOffer(OfferId(1), words("saturday")), "saturday")
    assert hall.sees("haircut") == {ROSA, ALI, MEI}
    assert hall.sees("saturday") == {ROSA, MEI}
    hall.kitchen.submit(needs.WithdrawOffer(OfferId(1)), hall.members[ROSA])
    assert hall.sees("haircut") == {ROSA}
    assert hall.sees("saturday") == {MEI}


def test_words_from_before_a_need_was_widened_are_its_writer_s_alone(hall: Hall) -> None:
    hall.writes(ROSA, need("formembers"), "formembers")
    hall.writes(ROSA, needs.WidenNeed(NeedId(1), Circle.ROOM, words("forall")), "forall")
    assert hall.sees("forall") == {ROSA, ALI, MEI}
    assert hall.sees("formembers") == {ROSA}
    assert f'href="/words/{hall.lines["formembers"]}"' in hall.phones[ROSA].get("/needs/1")


def test_a_place_that_was_changed_is_shown_to_others_no_more(hall: Hall) -> None:
    hall.writes(ROSA, supper("beansoup", Circle.MEMBERS, "rosaskitchen"), "beansoup")
    hall.lines["rosaskitchen"] = hall.lines["beansoup"]
    assert hall.sees("rosaskitchen") == {ROSA, ALI, MEI}
    starts = hall.kitchen.service.rules(lambda state: state.signups.signups[ListId(1)].starts)
    hall.kitchen.submit(signups.ChangeSignup(ListId(1), starts, 9, words("the hall")), hall.members[ROSA])
    assert hall.sees("beansoup") == {ROSA, ALI, MEI}
    assert hall.sees("rosaskitchen") == {ROSA}
    assert "Rosa wrote this." in hall.page(ALI, "beansoup")


def test_what_is_for_the_room_is_seen_by_every_member(hall: Hall) -> None:
    write_everything(hall)
    for word in ("freezer", "ramp", "darkroom", "badsoup", "holiday", "newpot", "whosaidit"):
        assert hall.sees(word) == {ROSA, ALI, MEI}, word
    assert "Mei wrote this." in hall.page(ALI, "badsoup")


def test_a_topic_that_was_withdrawn_is_its_writer_s_alone(hall: Hall) -> None:
    hall.writes(ROSA, assemblies.AddTopic(words("freezer")), "freezer")
    hall.kitchen.submit(assemblies.WithdrawTopic(TopicId(1)), hall.members[ROSA])
    assert hall.sees("freezer") == {ROSA}


def test_the_page_of_rules_and_the_hub_s_name_are_read_by_all_and_taken_back_by_nobody(hall: Hall) -> None:
    first = {entry.head.kind: entry.seq for entry in reversed(hall.kitchen.service.follow(Position(0)))}
    for kind, text in (("line.written", "This kitchen belongs"), ("hub.founded", "Maple Street Kitchen")):
        hall.lines[text] = first[kind]
        assert [who for who in hall.phones if text in hall.page(who, text).split("<main")[1]] == [ROSA, ALI, MEI]
        status, page = hall.phones[ROSA].send(f"/words/{first[kind]}", together="yes")
        assert (status, "Only an assembly changes that page" in page) == (422, True)
    assert "This kitchen belongs" in hall.room.get("/rules")


def write_what_stands_beside(hall: Hall) -> None:
    """Places, reasons, corrections and names: words that stand on the page of something else."""
    kitchen, rosa, ali = hall.kitchen, hall.members[ROSA], hall.members[ALI]
    starts = Millis(kitchen.clock.now + 6 * HOUR)
    kitchen.submit(supper("beansoup", Circle.ROOM), ali)
    hall.writes(ALI, signups.ChangeSignup(ListId(1), starts, 9, words("thecellar")), "thecellar")
    hall.writes(ALI, signups.CloseSignup(ListId(1), words("nogas"), cancel=True), "nogas")
    hall.writes(ROSA, ledger.OpenAccount(ledger.Group.SPENDING, words("bees")), "bees")
    hall.writes(ROSA, assemblies.ConvokeAssembly(Millis(starts + DAY), words("theyard")), "theyard", second=ALI)
    kitchen.submit(assemblies.ConvokeAssembly(Millis(starts + DAY), words("hall")), rosa, second=ali)
    moved = assemblies.MoveAssembly(AssemblyId(2), Millis(starts + 2 * DAY), words("theattic"))
    hall.writes(ROSA, moved, "theattic", second=ALI)
    hall.writes(ROSA, assemblies.CancelAssembly(AssemblyId(2), words("frostbite")), "frostbite", second=ALI)
    for number in (3, 4):
        kitchen.submit(assemblies.ConvokeAssembly(starts, words("hall")), rosa, second=ali)
        kitchen.submit(assemblies.OpenMeeting(AssemblyId(number), rosa, 3), rosa)
        if number == 4:
            corrected = assemblies.CorrectMinutes(AssemblyId(3), AssemblyId(4), words("onemorechair"))
            hall.writes(ROSA, corrected, "onemorechair")
        kitchen.submit(assemblies.CloseMeeting(AssemblyId(number)), rosa)


def test_whoever_is_asked_to_agree_reads_places_reasons_corrections_and_names(hall: Hall) -> None:
    write_what_stands_beside(hall)
    assert len(hall.lines) == 7
    for word, place in hall.lines.items():
        assert hall.sees(word) == {ROSA, ALI, MEI}, word
        asked = hall.phones[ALI].send(f"/words/{place}", together="yes")[1]
        assert word in asking_page(hall, asked, MEI), word


def test_every_kind_with_a_name_is_one_with_words() -> None:
    assert [kind for kind in (*KINDS, *NAMED) if kind not in FACTS or not word_fields(kind)] == []


def test_a_concerned_note_shows_to_nobody_else_on_any_line_of_the_log(hall: Hall) -> None:
    write_everything(hall)
    length = hall.kitchen.service.seal()[0]
    for word, between in (("atsixoclock", {ROSA, ALI}), ("saturday", {ROSA, MEI})):
        seen = {who for who, each in hall.phones.items() if any(word in text for _, text in walk.pages(each, length))}
        assert seen == between, word
        assert not [path for path, text in walk.pages(hall.room, length) if word in text]


# Taking them back


def write_everything(hall: Hall) -> None:
    """A word of every kind a phone shows, each on a line of its own."""
    kitchen, rosa, ali = hall.kitchen, hall.members[ROSA], hall.members[ALI]
    hall.writes(ROSA, need("ricebowl", Circle.FEDERATION), "ricebowl")
    hall.writes(ALI, needs.TakeUpNeed(NeedId(1), words("atsixoclock")), "atsixoclock")
    hall.writes(ROSA, needs.MakeOffer(needs.Sort.CARE, words("haircut"), Circle.FEDERATION), "haircut")
    hall.writes(MEI, needs.AskForOffer(OfferId(1), words("saturday")), "saturday")
    hall.writes(ALI, supper("beansoup", Circle.FEDERATION), "beansoup")
    hall.writes(ROSA, assemblies.AddTopic(words("freezer")), "freezer")
    hall.writes(ROSA, roles.TakeRole(RoleName("ballot_steward")), "steward")
    hall.writes(ROSA, ballots.OpenBallot(ballots.Method.YES_NO, words("ramp")), "ramp", Tier.PIN)
    for member in hall.members.values():
        kitchen.service.cast(BallotId(1), Person(member, Tier.PIN), (1,))
    kitchen.submit(ballots.CloseBallot(BallotId(1)), rosa)
    hall.writes(ALI, ballots.ObjectToBallot(BallotId(1), words("darkroom")), "darkroom")
    hall.writes(MEI, roles.PetitionRecall(RoleName("ballot_steward"), words("badsoup")), "badsoup")
    rest = constitution.SetClosure(kitchen.clock.now, Millis(kitchen.clock.now + DAY), words("holiday"))
    hall.writes(ROSA, rest, "holiday", second=ALI)
    kitchen.submit(assemblies.ConvokeAssembly(Millis(kitchen.clock.now + HOUR), words("hall")), rosa, second=ali)
    kitchen.submit(assemblies.OpenMeeting(AssemblyId(1), rosa, 3), rosa)
    hall.writes(ROSA, assemblies.MinuteDecision(AssemblyId(1), words("newpot"), None, True), "newpot")
    hall.writes(ROSA, assemblies.RecordNotes(AssemblyId(1), words("whosaidit")), "whosaidit")
    kitchen.submit(assemblies.CloseMeeting(AssemblyId(1)), rosa)
    del hall.lines["steward"]


def test_a_redacted_word_is_on_no_page_in_no_export_and_not_on_the_street(hall: Hall, tmp_path: Path) -> None:
    write_everything(hall)
    seen = list(hall.everywhere())
    assert [word for word in hall.lines if not any(word in text for _, text in seen)] == []
    for place in hall.lines.values():
        hall.kitchen.submit(archive.Redact(Position(place)), hall.members[ROSA], second=hall.members[MEI])
    after = list(hall.everywhere())
    assert [(word, path) for word in hall.lines for path, text in after if word in text] == []
    exported = "".join(
        file.read_text("utf-8") for file in write(hall.kitchen.service, tmp_path / "out", "en", people=True)
    )
    assert [word for word in hall.lines if word in exported] == []
    assert [word for word in hall.lines if word.encode() in b"".join(hall.kitchen.service.street(0))] == []
    kept = b"".join(file.read_bytes() for file in hall.kitchen.directory.rglob("*") if file.is_file())
    assert [word for word in hall.lines if word.encode() in kept] == []
    assert [name for name, found in hall.kitchen.service.verify() if not found.sound] == []


def asking_page(hall: Hall, asked: str, who: str) -> str:
    """What another member reads before they agree."""
    number = "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", asked)[0])
    return hall.phones[who].get(f"/archive/together?number={number}")


def agree(hall: Hall, asked: str, who: str) -> str:
    """Another member types the number they were told, and agrees."""
    number = "".join(re.findall(r"<strong>(\d{3}) (\d{3})</strong>", asked)[0])
    return hall.phones[who].send("/archive/together", number=number)[1]


def test_who_wrote_it_takes_it_back_alone_and_the_page_says_so(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    status, page = hall.phones[ROSA].send(f"/words/{hall.lines['ricebowl']}")
    assert (status, "taken back" in page, "ricebowl" in page) == (200, True, False)
    assert "Take these words back for good" not in page
    assert "(These words were taken back.)" in hall.phones[ALI].get("/needs/1")


def test_asked_twice_it_happens_once(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    path = f"/words/{hall.lines['ricebowl']}"
    assert hall.phones[ROSA].send(path, key="one-form")[0] == 200
    length = hall.kitchen.service.seal()
    assert hall.phones[ROSA].send(path, key="one-form")[0] == 200
    status, page = hall.phones[ROSA].send(path, key="another-form")
    assert (status, "There are no words to take back" in page) == (422, True)
    assert hall.kitchen.service.seal() == length


def test_what_somebody_else_wrote_takes_two(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    path = f"/words/{hall.lines['ricebowl']}"
    status, page = hall.phones[ALI].send(path)
    assert (status, "This takes two members" in page, "ricebowl" in page) == (422, True, True)
    asked = hall.phones[ALI].send(path, together="yes")[1]
    assert "ricebowl" in hall.phones[ROSA].get("/needs/1")
    assert "You agreed" in agree(hall, asked, MEI)
    assert "ricebowl" not in hall.phones[ROSA].get("/needs/1")


def test_what_is_everybody_s_takes_two_even_from_who_wrote_it_down(hall: Hall) -> None:
    dues = ledger.RecordMoney(
        hall.kitchen.clock.now, ledger.came_in(ledger.Account("dues"), ledger.TIN, 100), words("Xdues")
    )
    hall.writes(ROSA, dues, "Xdues", second=ALI)
    page = hall.page(ROSA, "Xdues")
    assert "everybody&#39;s, whoever wrote it down: to take it back takes two of you" in page
    assert "Do this with another member" in page
    assert "Take these words back for good" not in page
    assert "To take back what somebody else wrote takes two of you" in hall.page(MEI, "Xdues")


def test_the_page_of_rules_offers_no_way_to_take_it_back(hall: Hall) -> None:
    page = hall.phones[ROSA].get("/words/1")
    assert "Only an assembly changes that page" in page
    assert "<button" not in page.partition("<h1>")[2]


def test_who_is_asked_to_agree_reads_no_words_that_are_not_for_every_member(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    hall.writes(ALI, needs.TakeUpNeed(NeedId(1), words("atsixoclock")), "atsixoclock")
    for word, shown in (("ricebowl", True), ("atsixoclock", False)):
        asked = hall.phones[ROSA].send(f"/words/{hall.lines[word]}", together="yes")[1]
        page = asking_page(hall, asked, MEI)
        assert "Rosa asks you to agree" in page
        assert (word in page) == shown


# Where the way to it begins


@pytest.mark.parametrize(
    ("path", "word", "write_it"),
    [
        ("/needs/1", "ricebowl", lambda: need("ricebowl")),
        ("/needs", "haircut", lambda: needs.MakeOffer(needs.Sort.CARE, words("haircut"))),
        ("/assemblies", "freezer", lambda: assemblies.AddTopic(words("freezer"))),
    ],
)
def test_beside_one_s_own_words_stands_the_way_to_take_them_back(
    hall: Hall, path: str, word: str, write_it: Callable[[], house.AnyCommand]
) -> None:
    hall.writes(ROSA, write_it(), word)
    link = f'href="/words/{hall.lines[word]}"'
    assert link in hall.phones[ROSA].get(path)
    assert link not in walk.asked(hall.room, path)


def test_members_find_it_beside_minutes_and_a_rest_and_the_room_does_not(hall: Hall) -> None:
    write_everything(hall)
    for path, word in (("/assemblies/1", "newpot"), ("/assemblies/1", "whosaidit"), ("/rest", "holiday")):
        link = f'href="/words/{hall.lines[word]}"'
        assert link in hall.phones[MEI].get(path)
        assert link not in hall.room.get(path)


def test_a_note_is_taken_back_by_who_wrote_it_and_the_kitchen_remains(hall: Hall) -> None:
    hall.writes(ROSA, need("ricebowl"), "ricebowl")
    hall.writes(ALI, needs.TakeUpNeed(NeedId(1), words("atsixoclock")), "atsixoclock")
    assert f'href="/words/{hall.lines["atsixoclock"]}"' in hall.phones[ALI].get("/needs/1")
    hall.phones[ALI].send(f"/words/{hall.lines['atsixoclock']}")
    assert "meet in the kitchen" in hall.phones[ROSA].get("/waiting")


def test_the_page_says_what_goes_what_stays_and_what_cannot_be_done_here(hall: Hall) -> None:
    page = hall.room.get("/archive")
    for phrase in (
        "Paper that was printed stays",
        "from each neighbour hub",
        "neighbour hub cannot be taken back here",
    ):
        assert phrase in page


# A need for members


def test_a_need_for_members_never_shows_to_the_room_anywhere(hall: Hall, tmp_path: Path) -> None:
    hall.writes(ROSA, need("ricebowl", Circle.MEMBERS), "ricebowl")
    hall.writes(ALI, needs.TakeUpNeed(NeedId(1), words("atsixoclock")), "atsixoclock")
    hall.writes(ROSA, need("secondbowl", Circle.MEMBERS), "secondbowl")
    length = hall.kitchen.service.seal()[0]
    shown = [text for _, text in walk.pages(hall.phones[MEI], length)]
    assert all(any(word in text for text in shown) for word in ("ricebowl", "secondbowl"))
    for word in ("ricebowl", "secondbowl", "atsixoclock"):
        assert not [path for path, text in walk.pages(hall.room, length) if word in text]
        assert not [path for path, text in walk.answers(hall.room) if word in text]
        assert word.encode() not in b"".join(hall.kitchen.service.street(0))
    list(write(hall.kitchen.service, tmp_path / "out", "en", people=False))
    sheets = "".join(file.read_text("utf-8") for file in (tmp_path / "out" / "sheets").iterdir())
    assert "ricebowl" not in sheets
    assert "secondbowl" not in sheets
