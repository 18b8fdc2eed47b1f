"""The verbs of the hub: what is asked twice happens once, what is taken back is gone everywhere."""

from __future__ import annotations

import errno
import json
import os
import threading
from pathlib import Path

import pytest
from kitchen import NOON, Clock, Kitchen
from stranger import Stranger

from hub import entry
from hub.box import BoxDamaged, BoxLost
from hub.domain import archive, ballots, constitution, federation, membership, needs, signups
from hub.domain.base import (
    DAY,
    HOUR,
    BallotId,
    Circle,
    ListId,
    MemberId,
    Millis,
    NeedId,
    Position,
    Refusal,
    Tier,
    Viewer,
    Words,
)
from hub.domain.house import Person
from hub.domain.membership import Standing
from hub.log.faults import NotFinished, Occupied
from hub.people import People
from hub.service import LONGEST_KEY, Newcomer
from hub.stores import open_stores

ROOM = Viewer(Circle.ROOM)


def report(text: str, circle: Circle = Circle.ROOM) -> needs.ReportNeed:
    """Somebody needs something."""
    return needs.ReportNeed(needs.Sort.FOOD, needs.Soon.TODAY, Words({"en": text}), circle)


def everywhere(directory: Path) -> bytes:
    """Every byte the hub keeps."""
    return b"".join(path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file())


def open_needs(kitchen: Kitchen) -> list[str]:
    """The words of the open needs."""
    return [row.text.get("en", "") for row in kitchen.service.read(lambda views: views.needs.open(ROOM))]


# Asking twice


def test_the_same_key_gives_the_first_receipt_again_and_writes_nothing(kitchen: Kitchen) -> None:
    first = kitchen.service.submit(report("Rice"), key="form 1")
    assert kitchen.service.submit(report("Rice"), key="form 1") == first
    assert open_needs(kitchen) == ["Rice"]


def test_the_same_key_is_known_after_a_restart(kitchen: Kitchen) -> None:
    first = kitchen.service.submit(report("Rice"), key="form 1")
    kitchen.reopen()
    assert kitchen.service.submit(report("Rice"), key="form 1") == first


def test_the_same_key_with_other_words_is_refused_not_dropped(kitchen: Kitchen) -> None:
    kitchen.service.submit(report("Rice"), key="form 1")
    with pytest.raises(Refusal, match="sent before, with other words"):
        kitchen.service.submit(report("Insulin, tonight"), key="form 1")
    assert open_needs(kitchen) == ["Rice"]


def test_a_card_is_told_again_to_who_lost_the_answer_and_not_a_day_later(kitchen: Kitchen) -> None:
    rosa = kitchen.opening_evening()[0]
    noor = kitchen.ask("Noor")
    vouch = membership.Vouch((noor,))
    for _ in range(2):
        told = kitchen.service.submit(vouch, Person(rosa, Tier.CARD), "vouching").cards[noor]
        assert kitchen.service.people.who_holds(told) == noor
    kitchen.clock.forward(2 * DAY)
    assert kitchen.service.submit(vouch, Person(rosa, Tier.CARD), "vouching").cards == {}
    assert kitchen.service.people.who_holds(told) == noor


def test_a_key_of_one_person_is_no_key_of_another(kitchen: Kitchen) -> None:
    rosa, ali, _ = kitchen.opening_evening()
    for member in (rosa, ali):
        kitchen.service.submit(report("Rice"), Person(member, Tier.CARD), "same")
    assert open_needs(kitchen) == ["Rice", "Rice"]


def test_a_key_that_is_too_long_is_refused(kitchen: Kitchen) -> None:
    with pytest.raises(Refusal, match="idempotency key"):
        kitchen.service.submit(report("Rice"), key="k" * (LONGEST_KEY + 1))


def test_a_refusal_writes_nothing_and_may_be_asked_again(kitchen: Kitchen) -> None:
    before = kitchen.service.seal()
    with pytest.raises(Refusal, match="few words"):
        kitchen.service.submit(report(" "), key="form 1")
    assert kitchen.service.seal() == before
    kitchen.service.submit(report("Rice"), key="form 1")
    assert open_needs(kitchen) == ["Rice"]


def test_many_threads_lose_nothing_and_number_every_need_once(kitchen: Kitchen) -> None:
    def ask(which: int) -> None:
        for place in range(10):
            kitchen.service.submit(report(f"{which}-{place}"))

    threads = [threading.Thread(target=ask, args=(which,)) for which in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = kitchen.service.read(lambda views: views.needs.open(ROOM))
    assert sorted(row.number for row in rows) == list(range(1, 41))


# Persons


def test_a_name_is_in_the_people_store_and_in_no_line(kitchen: Kitchen) -> None:
    member = kitchen.ask("Zubeida Quist")
    assert kitchen.service.people.name(member) == "Zubeida Quist"
    assert b"Zubeida" not in everywhere(kitchen.directory / "journal") + everywhere(kitchen.directory / "street")


def test_a_refused_newcomer_leaves_no_name_behind(kitchen: Kitchen) -> None:
    with pytest.raises(Refusal):
        kitchen.service.submit(signups.SignUpGuest(ListId(9)), newcomer=Newcomer("Zubeida", "en"))
    assert b"Zubeida" not in everywhere(kitchen.directory)


def test_joining_without_a_name_is_refused_plainly(kitchen: Kitchen) -> None:
    with pytest.raises(Refusal, match="what to call you"):
        kitchen.service.submit(membership.AskToJoin(True))


def test_emoji_and_right_to_left_names_are_kept_as_they_are(kitchen: Kitchen) -> None:
    for name in ("🌻", "فاطمة", "Ångström ’Malley"):
        assert kitchen.service.people.name(kitchen.ask(name)) == name


def test_a_card_opens_for_its_holder_and_a_reissued_one_voids_it(kitchen: Kitchen) -> None:
    rosa, ali, mei = kitchen.opening_evening()
    old = kitchen.cards[mei]
    assert kitchen.service.people.who_holds(old) == mei
    new = kitchen.submit(membership.ReissueCard(mei), rosa, second=ali).cards[mei]
    assert kitchen.service.people.who_holds(old) is None
    assert kitchen.service.people.who_holds(new) == mei


def test_with_a_lost_card_goes_its_pin(kitchen: Kitchen) -> None:
    rosa, ali, mei = kitchen.opening_evening()
    kitchen.service.people.set_pin(mei, "2580")
    kitchen.submit(membership.ReissueCard(mei), rosa, second=ali)
    assert not kitchen.service.people.has_pin(mei)


def test_an_old_form_sent_again_voids_no_card_in_use(kitchen: Kitchen) -> None:
    rosa, *_ = kitchen.opening_evening()
    newcomer = kitchen.ask("Ida")
    vouch, form = membership.Vouch((newcomer,)), "form 7"
    first = kitchen.service.submit(vouch, Person(rosa, Tier.CARD), form).cards[newcomer]
    again = kitchen.service.submit(vouch, Person(rosa, Tier.CARD), form).cards[newcomer]
    assert kitchen.service.people.who_holds(first) is None
    kitchen.service.welcome_back(Person(newcomer, Tier.CARD))
    assert kitchen.service.submit(vouch, Person(rosa, Tier.CARD), form).cards == {}
    assert kitchen.service.people.who_holds(again) == newcomer


def test_a_lost_card_opens_nothing_after_a_start_though_its_successor_was_cut_short(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa, ali, mei = kitchen.opening_evening()
    lost = kitchen.cards[mei]

    def plug_pulled(*_: object) -> str:
        raise OSError(errno.EIO, "plug pulled")

    with monkeypatch.context() as patch:
        patch.setattr(People, "issue_card", plug_pulled)
        with pytest.raises(NotFinished, match="plug pulled"):
            kitchen.submit(membership.ReissueCard(mei), rosa, second=ali)
    kitchen.reopen()
    assert kitchen.service.people.who_holds(lost) is None
    assert kitchen.service.people.who_holds(kitchen.cards[rosa]) == rosa


def test_asked_again_under_the_same_key_the_hub_makes_out_a_working_card(kitchen: Kitchen) -> None:
    members = [kitchen.ask(name) for name in ("Rosa", "Ali", "Mei")]
    command = membership.OpenEvening(tuple(members))
    lost = kitchen.service.submit(command, key="evening").cards
    kitchen.reopen()
    again = kitchen.service.submit(command, key="evening").cards
    assert again.keys() == lost.keys()
    assert all(kitchen.service.people.who_holds(card) == member for member, card in again.items())


def test_who_left_has_no_card_and_no_place_any_more(kitchen: Kitchen) -> None:
    rosa, _ali, mei = kitchen.opening_evening()
    kitchen.service.submit(report("Rice"), Person(rosa, Tier.CARD))
    kitchen.submit(needs.TakeUpNeed(NeedId(1)), mei)
    kitchen.submit(membership.Leave(), mei, Tier.PIN)
    assert kitchen.service.people.who_holds(kitchen.cards[mei]) is None
    assert open_needs(kitchen) == ["Rice"]
    with pytest.raises(Refusal, match="no longer valid"):
        kitchen.submit(needs.TakeUpNeed(NeedId(1)), mei)


def test_a_resting_member_is_back_with_one_scan(kitchen: Kitchen) -> None:
    rosa, ali, mei = kitchen.opening_evening()
    kitchen.clock.forward(250 * DAY)
    for member in (rosa, ali):
        kitchen.service.welcome_back(Person(member, Tier.CARD))
    kitchen.service.people.saw(mei, Millis(NOON))
    kitchen.service.tick()
    assert kitchen.service.rules(lambda house: membership.standing(house.membership, mei)) is Standing.RESTING
    kitchen.service.welcome_back(Person(mei, Tier.CARD))
    assert kitchen.service.rules(lambda house: membership.standing(house.membership, mei)) is Standing.MEMBER


# Taking words back


def test_a_redacted_word_is_in_no_file_view_or_batch_and_every_chain_verifies(kitchen: Kitchen) -> None:
    rosa, _ali, _ = kitchen.opening_evening()
    position = kitchen.service.submit(report("xylophone", Circle.FEDERATION), Person(rosa, Tier.CARD)).position
    assert b"xylophone" in b"".join(kitchen.service.street(0))
    kitchen.submit(archive.Redact(position), rosa)
    assert b"xylophone" not in everywhere(kitchen.directory)
    assert b"xylophone" not in b"".join(kitchen.service.street(0))
    assert open_needs(kitchen) == [""]
    assert all(found.sound for _, found in kitchen.service.verify())
    kitchen.reopen()
    assert open_needs(kitchen) == [""]
    assert all(found.sound for _, found in kitchen.service.verify())


def test_others_words_take_two_members(kitchen: Kitchen) -> None:
    rosa, ali, mei = kitchen.opening_evening()
    position = kitchen.service.submit(report("xylophone"), Person(rosa, Tier.CARD)).position
    with pytest.raises(Refusal, match="two members"):
        kitchen.submit(archive.Redact(position), ali)
    kitchen.submit(archive.Redact(position), ali, second=mei)
    assert b"xylophone" not in everywhere(kitchen.directory)


@pytest.mark.parametrize("place", [0, -3, 9_999])
def test_where_no_line_is_there_is_nothing_to_take_back(kitchen: Kitchen, place: int) -> None:
    rosa = kitchen.opening_evening()[0]
    with pytest.raises(Refusal, match="no words"):
        kitchen.submit(archive.Redact(Position(place)), rosa)


def test_a_redaction_cut_short_by_a_power_cut_is_finished_at_the_next_start(kitchen: Kitchen) -> None:
    rosa = kitchen.opening_evening()[0]
    position = kitchen.service.submit(report("xylophone"), Person(rosa, Tier.CARD)).position
    kitchen.service.close()
    before = {path: path.read_bytes() for path in kitchen.directory.rglob("*.jsonl")}
    kitchen.open()
    kitchen.submit(archive.Redact(position), rosa)
    kitchen.service.close()
    journal = kitchen.directory / "journal" / "00000001.jsonl"
    redaction = journal.read_bytes().splitlines(keepends=True)[-1]
    journal.write_bytes(before[journal] + redaction)
    assert b"xylophone" in everywhere(kitchen.directory)
    kitchen.open()
    assert b"xylophone" not in everywhere(kitchen.directory)


def test_forgetting_erases_the_person_and_what_they_wrote_about_themselves(kitchen: Kitchen) -> None:
    _rosa, _ali, mei = kitchen.opening_evening("Rosa", "Ali", "Mnemosyne")
    kitchen.service.people.set_contact(mei, "+34 600 123 987", Millis(kitchen.clock.now + DAY))
    kitchen.service.submit(report("a xylophone for my niece", Circle.FEDERATION), Person(mei, Tier.CARD))
    kitchen.submit(membership.Forget(mei), mei, Tier.PIN)
    for word in (b"Mnemosyne", b"123 987", b"xylophone"):
        assert word not in everywhere(kitchen.directory)
    assert kitchen.service.people.name(mei) == ""
    assert all(found.sound for _, found in kitchen.service.verify())


def test_a_restored_people_file_is_made_to_forget_again(kitchen: Kitchen) -> None:
    _, _, mei = kitchen.opening_evening("Rosa", "Ali", "Mnemosyne")
    kept = (kitchen.directory / "people.json").read_bytes()
    kitchen.submit(membership.Forget(mei), mei, Tier.PIN)
    kitchen.service.close()
    (kitchen.directory / "people.json").write_bytes(kept)
    kitchen.open()
    assert b"Mnemosyne" not in everywhere(kitchen.directory)


# The medium


def test_a_second_process_on_the_same_data_is_turned_away(kitchen: Kitchen) -> None:
    with pytest.raises(Occupied):
        open_stores(kitchen.directory, os.urandom)


# By itself


def test_the_forming_season_ends_by_itself(kitchen: Kitchen) -> None:
    kitchen.end_forming()
    assert kitchen.service.rules(lambda house: house.constitution.formed)


def test_what_happened_outside_an_article_is_on_the_next_agenda(kitchen: Kitchen) -> None:
    from hub.domain import ledger

    rosa = kitchen.opening_evening()[0]
    kitchen.end_forming()
    spent = (ledger.Posting(ledger.TIN, -90_000), ledger.Posting(ledger.Account("food"), 90_000))
    kitchen.submit(ledger.RecordMoney(Millis(NOON), spent, Words({"en": "A freezer"})), rosa)
    because = kitchen.service.rules(lambda house: [topic.article for topic in house.assemblies.topics.values()])
    assert "spending_limit" in because


# Following


def test_a_follower_hears_every_line_once_and_waits_for_the_next(kitchen: Kitchen) -> None:
    after = kitchen.service.seal()[0]
    assert kitchen.service.follow(after) == []
    heard: list[str] = []

    def follow() -> None:
        heard.extend(entry.head.kind for entry in kitchen.service.follow(after, wait=5.0))

    listener = threading.Thread(target=follow)
    listener.start()
    kitchen.service.submit(report("Rice"))
    listener.join()
    assert heard == ["need.reported"]


# Neighbours


@pytest.fixture
def neighbour(tmp_path: Path, kitchen: Kitchen) -> Kitchen:
    """Another hub, three blocks away, accepted as a neighbour."""
    other = Kitchen(tmp_path / "other")
    other.found()
    rosa, ali, _ = kitchen.opening_evening()
    accept = federation.AcceptNeighbour(other.service.hub, Words({"en": "Oak Street"}))
    kitchen.submit(accept, rosa, Tier.PIN, second=ali)
    return other


def hand_over(source: Kitchen, target: Kitchen) -> None:
    """Carry every batch from one hub to the other."""
    for batch in source.service.street(0):
        target.service.take_in(batch)


def their_needs(kitchen: Kitchen, other: Kitchen) -> list[Words] | None:
    """The needs a hub shows of a neighbour."""
    return kitchen.service.read_neighbour(
        other.service.hub, lambda views: [row.text for row in views.needs.open(Viewer(Circle.FEDERATION))]
    )


def test_a_neighbours_need_for_the_federation_is_shown_and_others_are_not(kitchen: Kitchen, neighbour: Kitchen) -> None:
    neighbour.service.submit(report("Blankets", Circle.FEDERATION))
    neighbour.service.submit(report("Private", Circle.ROOM))
    hand_over(neighbour, kitchen)
    assert their_needs(kitchen, neighbour) == [{"en": "Blankets"}]
    assert open_needs(kitchen) == []
    kitchen.reopen()
    assert their_needs(kitchen, neighbour) == [{"en": "Blankets"}]


def test_no_ones_id_goes_on_the_street(neighbour: Kitchen) -> None:
    member = neighbour.opening_evening()[0]
    neighbour.service.submit(report("Blankets", Circle.FEDERATION), Person(member, Tier.CARD))
    assert member.encode() not in b"".join(neighbour.service.street(0))


def test_hearing_the_same_batch_again_changes_nothing(kitchen: Kitchen, neighbour: Kitchen) -> None:
    neighbour.service.submit(report("Blankets", Circle.FEDERATION))
    hand_over(neighbour, kitchen)
    before = kitchen.service.seal()
    hand_over(neighbour, kitchen)
    assert kitchen.service.seal() == before


def test_a_strangers_batch_is_not_taken_in(kitchen: Kitchen, tmp_path: Path) -> None:
    stranger = Kitchen(tmp_path / "stranger")
    stranger.found()
    with pytest.raises(Refusal, match="not a neighbour"):
        hand_over(stranger, kitchen)
    stranger.service.close()


def test_a_neighbours_redaction_blanks_our_copy_too(kitchen: Kitchen, neighbour: Kitchen) -> None:
    rosa = neighbour.opening_evening()[0]
    position = neighbour.service.submit(report("xylophone", Circle.FEDERATION), Person(rosa, Tier.CARD)).position
    hand_over(neighbour, kitchen)
    assert b"xylophone" in everywhere(kitchen.directory)
    neighbour.submit(archive.Redact(position), rosa)
    hand_over(neighbour, kitchen)
    assert b"xylophone" not in everywhere(kitchen.directory)
    assert their_needs(kitchen, neighbour) == [{}]
    assert all(found.sound for _, found in kitchen.service.verify())


def test_words_a_relay_left_out_are_not_gone_and_come_back(kitchen: Kitchen, neighbour: Kitchen) -> None:
    neighbour.service.submit(report("xylophone", Circle.FEDERATION))
    true = neighbour.service.street(0)[-1]
    stripped = entry.reissue(true, [each.seq for each in entry.read_batch(true)[1]])
    hand_over(neighbour, kitchen)
    kitchen.service.take_in(stripped)
    assert their_needs(kitchen, neighbour) == [{"en": "xylophone"}]
    assert true in everywhere(kitchen.directory / "neighbours")


def test_who_hears_a_stripped_copy_first_is_healed_by_the_true_one(kitchen: Kitchen, neighbour: Kitchen) -> None:
    neighbour.service.submit(report("xylophone", Circle.FEDERATION))
    *before, true = neighbour.service.street(0)
    stripped = entry.reissue(true, [each.seq for each in entry.read_batch(true)[1]])
    for batch in (*before, stripped):
        kitchen.service.take_in(batch)
    assert their_needs(kitchen, neighbour) == [{}]
    kitchen.service.take_in(true)
    assert their_needs(kitchen, neighbour) == [{"en": "xylophone"}]
    assert true in everywhere(kitchen.directory / "neighbours")


def test_an_old_copy_does_not_bring_back_what_its_author_took_back(kitchen: Kitchen, neighbour: Kitchen) -> None:
    rosa = neighbour.opening_evening()[0]
    position = neighbour.service.submit(report("xylophone", Circle.FEDERATION), Person(rosa, Tier.CARD)).position
    hand_over(neighbour, kitchen)
    old = neighbour.service.street(0)
    neighbour.submit(archive.Redact(position), rosa)
    hand_over(neighbour, kitchen)
    for batch in old:
        kitchen.service.take_in(batch)
    assert b"xylophone" not in everywhere(kitchen.directory)
    assert their_needs(kitchen, neighbour) == [{}]


def test_a_malformed_redaction_takes_nothing_back_and_stops_nothing(kitchen: Kitchen) -> None:
    stranger = Stranger()
    rosa, ali, _ = kitchen.opening_evening()
    kitchen.submit(federation.AcceptNeighbour(stranger.hub, Words({"en": "Odd"})), rosa, Tier.PIN, second=ali)
    need = {"need": 1, "sort": "food", "soon": "today", "circle": 3, "by": None}
    true = stranger.says([("need.reported", need, {"text": Words({"en": "Rice"})})])
    broken = stranger.says([("words.redacted", {"position": "x", "by": []}, None)])
    for batch in (true, broken, entry.reissue(true, [1])):
        kitchen.service.take_in(batch)
    kitchen.reopen()
    shown = kitchen.service.read_neighbour(stranger.hub, lambda views: views.needs.open(Viewer(Circle.FEDERATION)))
    assert shown is not None
    assert [row.text for row in shown] == [{"en": "Rice"}]


def test_a_fact_of_a_newer_version_is_kept_and_passed_over(kitchen: Kitchen) -> None:
    from hub.log.chain import Record

    kitchen.service._stores.journal.append([Record("tomorrow.invented", b'{"x":1}', None)], kitchen.clock())
    kitchen.reopen()
    kitchen.service.submit(report("Rice"))
    assert open_needs(kitchen) == ["Rice"]
    assert any(entry.head.kind == "tomorrow.invented" for entry in kitchen.service.follow(Position(0)))


# Secret votes


def open_ballot(kitchen: Kitchen, steward: MemberId) -> BallotId:
    """A yes / no question, open at the kiosk."""
    command = ballots.OpenBallot(ballots.Method.YES_NO, Words({"en": "A ramp?"}))
    kitchen.submit(command, steward, Tier.PIN)
    return BallotId(1)


def test_a_vote_is_cast_once_and_counted_once_over_restarts(kitchen: Kitchen) -> None:
    rosa, ali, _mei = kitchen.opening_evening()
    ballot = open_ballot(kitchen, rosa)
    kitchen.service.cast(ballot, Person(rosa, Tier.PIN), (1,))
    kitchen.reopen()
    with pytest.raises(Refusal, match="voted in this already"):
        kitchen.service.cast(ballot, Person(rosa, Tier.PIN), (2,))
    kitchen.service.cast(ballot, Person(ali, Tier.PIN), (2,))
    kitchen.clock.forward(8 * DAY)
    kitchen.service.tick()
    assert kitchen.service.rules(lambda house: house.ballots.ballots[ballot].sums) == (1, 1, 0)
    assert not list((kitchen.directory / "boxes").iterdir())


def test_no_line_no_file_and_no_number_tells_of_a_vote_while_the_ballot_is_open(kitchen: Kitchen) -> None:
    rosa = kitchen.opening_evening()[0]
    ballot = open_ballot(kitchen, rosa)
    before = everywhere(kitchen.directory / "journal"), everywhere(kitchen.directory / "street"), kitchen.service.seal()
    kitchen.service.cast(ballot, Person(rosa, Tier.PIN), (1,))
    after = everywhere(kitchen.directory / "journal"), everywhere(kitchen.directory / "street"), kitchen.service.seal()
    assert before == after
    assert kitchen.service.turnout(ballot) == 0


def test_a_vote_takes_card_and_pin_and_an_open_ballot(kitchen: Kitchen) -> None:
    rosa, ali, _ = kitchen.opening_evening()
    ballot = open_ballot(kitchen, rosa)
    with pytest.raises(Refusal, match="PIN"):
        kitchen.service.cast(ballot, Person(ali, Tier.CARD), (1,))
    kitchen.clock.forward(7 * DAY + HOUR)
    with pytest.raises(Refusal, match="time for this ballot is over"):
        kitchen.service.cast(ballot, Person(ali, Tier.PIN), (1,))
    kitchen.service.tick()
    with pytest.raises(Refusal, match="not open"):
        kitchen.service.cast(ballot, Person(ali, Tier.PIN), (1,))


def test_who_joins_after_opening_votes_the_next_time(kitchen: Kitchen) -> None:
    rosa = kitchen.opening_evening()[0]
    ballot = open_ballot(kitchen, rosa)
    late = kitchen.join("Late", rosa)
    with pytest.raises(Refusal, match="next one"):
        kitchen.service.cast(ballot, Person(late, Tier.PIN), (1,))


def test_a_ballot_that_lost_its_box_takes_no_second_vote_and_is_annulled(kitchen: Kitchen) -> None:
    rosa = kitchen.opening_evening()[0]
    ballot = open_ballot(kitchen, rosa)
    kitchen.service.cast(ballot, Person(rosa, Tier.PIN), (1,))
    kitchen.service.close()
    for path in (kitchen.directory / "boxes").iterdir():
        path.unlink()
    kitchen.open()
    with pytest.raises(BoxLost):
        kitchen.service.cast(ballot, Person(rosa, Tier.PIN), (1,))
    assert kitchen.service.tick() == []
    row = kitchen.service.read(lambda views: views.ballots.ballot(ROOM, ballot))
    assert row is not None
    assert row.why == ballots.Why.BOX_LOST.value


def test_a_damaged_box_stops_its_own_ballot_and_nothing_else(kitchen: Kitchen) -> None:
    rosa, ali, _ = kitchen.opening_evening()
    ballot = open_ballot(kitchen, rosa)
    kitchen.service.cast(ballot, Person(rosa, Tier.PIN), (1,))
    roll = kitchen.directory / "boxes" / "1.roll"
    kitchen.service.close()
    roll.write_bytes(roll.read_bytes()[:-1])
    kitchen.open()
    kitchen.service.submit(report("Rice"))
    with pytest.raises(BoxDamaged):
        kitchen.service.cast(ballot, Person(ali, Tier.PIN), (1,))
    kitchen.clock.forward(8 * DAY)
    assert "close_ballot" in " ".join(kitchen.service.tick())
    kitchen.submit(ballots.AnnulBallot(ballot, ballots.Why.WITHDRAWN), rosa, Tier.PIN, ali)
    assert kitchen.service.tick() == []
    assert not list((kitchen.directory / "boxes").iterdir())


def test_a_box_whose_ballot_is_released_goes_at_the_next_start(kitchen: Kitchen) -> None:
    rosa = kitchen.opening_evening()[0]
    ballot = open_ballot(kitchen, rosa)
    kitchen.service.cast(ballot, Person(rosa, Tier.PIN), (1,))
    kept = {path: path.read_bytes() for path in (kitchen.directory / "boxes").iterdir()}
    kitchen.clock.forward(8 * DAY)
    kitchen.service.tick()
    kitchen.service.close()
    for path, content in kept.items():
        path.write_bytes(content)
    kitchen.open()
    assert not list((kitchen.directory / "boxes").iterdir())


def test_a_closure_lets_deadlines_stand_still(kitchen: Kitchen) -> None:
    rosa, ali, _ = kitchen.opening_evening()
    ballot = open_ballot(kitchen, rosa)
    rest = constitution.SetClosure(kitchen.clock.now, Millis(kitchen.clock.now + 30 * DAY), Words({"en": "Rest"}))
    kitchen.submit(rest, rosa, second=ali)
    kitchen.clock.forward(31 * DAY)
    kitchen.service.tick()
    kitchen.service.cast(ballot, Person(ali, Tier.PIN), (1,))


def test_an_exported_journal_line_is_plain_json(kitchen: Kitchen) -> None:
    entry = kitchen.service.follow(Position(0))[0]
    assert json.loads(bytes(entry.head.data))["currency"] == "EUR"


def test_a_clock_that_was_never_set_is_marked_and_sweeps_nothing(empty: Kitchen) -> None:
    empty.clock = Clock(Millis(1_000), clock_ok=False)
    empty.reopen()
    empty.found()
    member = empty.ask("Rosa")
    empty.service.tick()
    assert empty.service.people.name(member) == "Rosa"
    assert not empty.service.follow(Position(0))[0].head.clock_ok
