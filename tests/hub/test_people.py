"""The erasable persons: what is kept, what is proved, and that forgotten means gone."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.base import DAY, HOUR, MINUTE, MemberId, Millis, Refusal
from hub.log.fs import File, RealDisk
from hub.people import CROCKFORD, People, PeopleDamaged, pi_hasher

NOW = Millis(1_795_000_000_000)  # November 2026
MONTH = Millis(31 * DAY)
SECRET = bytes(range(32))
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""argon2id at its weakest, so that the tests are about our rules."""


class FaultyDisk(RealDisk):
    """A real disk with a switch: every act named in `broken` raises OSError."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.renames = 0

    def open(self, path: Path, *, create: bool = False) -> File:
        self._may_break("open" if create else "")
        return super().open(path, create=create)

    def rename(self, source: Path, target: Path) -> None:
        self._may_break("rename")
        self.renames += 1
        super().rename(source, target)

    def sync_directory(self, directory: Path) -> None:
        self._may_break("sync_directory")
        super().sync_directory(directory)

    def remove(self, path: Path) -> None:
        self._may_break("remove")
        super().remove(path)

    def _may_break(self, act: str) -> None:
        if act in self.broken:
            raise OSError(5, f"broken {act}")


class House:
    """A people file that can be opened again, as after a restart."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "people.json"
        self.disk = FaultyDisk()
        self.random_bytes = random.Random(7).randbytes
        self.people = self.restart()

    def restart(self, secret: bytes = SECRET) -> People:
        self.people = People.open(self.disk, self.path, secret, self.random_bytes, QUICK)
        return self.people

    def everything_on_disk(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(self.path.parent.iterdir()))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def people(house: House) -> People:
    return house.people


@pytest.fixture
def ana(people: People) -> MemberId:
    return people.welcome("Ana", "es")


def refused(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)
    return str(refusal.value)


# Names


def test_a_person_is_kept_over_a_restart(house: House, ana: MemberId) -> None:
    people = house.restart()
    assert (people.name(ana), people.language(ana), people.members()) == ("Ana", "es", {ana})


def test_an_id_says_nothing_and_is_drawn_again_when_taken(house: House) -> None:
    draws = iter([bytes(12), bytes(12), bytes([31] * 12)])
    people = People.open(house.disk, house.path, SECRET, lambda count: next(draws), QUICK)
    assert people.welcome("Ana", "es") == "0" * 12
    assert people.welcome("Ben", "en") == "z" * 12


@pytest.mark.parametrize("name", ["👩🏽‍🌾", "שרה", "ليلى", "Ana  María\n", "3", "Zoë", "Ѳ"])
def test_names_of_every_script_are_names(people: People, name: str) -> None:
    assert people.name(people.welcome(name, "en")) == " ".join(name.split())


@pytest.mark.parametrize("name", ["", "  \n", "\u200b\u200d", "\u202e", "\x07"])
def test_a_name_nobody_can_read_is_refused(people: People, name: str) -> None:
    assert refused(people.welcome, name, "en") == "Please write a name. A first name or a nickname is fine."


def test_an_endless_name_and_a_strange_language_are_refused(people: People) -> None:
    assert "200 characters long; 120 fit" in refused(people.welcome, "A" * 200, "en")
    assert "not a language" in refused(people.welcome, "Ana", "../etc")
    assert people.members() == set()


def test_who_is_unknown_has_no_name(people: People, ana: MemberId) -> None:
    nobody = MemberId("nobody")
    assert people.names([ana, nobody]) == {ana: "Ana", nobody: ""}
    assert (people.language(nobody), people.contact(nobody, NOW), people.seen(nobody)) == ("", "", "")
    assert (people.has_pin(nobody), people.card_issued(nobody)) == (False, "")
    for act in (people.issue_card, people.check_pin, people.set_pin):
        arguments = {people.issue_card: (NOW,), people.check_pin: ("2580", NOW)}.get(act, ("2580",))
        assert refused(act, nobody, *arguments) == "This hub does not know this person any more."


def test_name_and_language_can_be_corrected(people: People, ana: MemberId) -> None:
    people.rename(ana, "Anna", "de")
    assert (people.name(ana), people.language(ana)) == ("Anna", "de")


# Contacts and guests


def test_a_contact_expires_to_the_moment(people: People, ana: MemberId) -> None:
    people.set_contact(ana, " 600 123 456 ", Millis(NOW + DAY))
    assert people.contact(ana, Millis(NOW + DAY - 1)) == "600 123 456"
    assert people.contact(ana, Millis(NOW + DAY)) == ""


def test_a_contact_can_be_taken_back(house: House, people: People, ana: MemberId) -> None:
    people.set_contact(ana, "600123456", Millis(NOW + DAY))
    people.set_contact(ana, "", NOW)
    assert b"600123456" not in house.everything_on_disk()


def test_a_contact_for_ever_is_a_fault_of_ours(people: People) -> None:
    with pytest.raises(ValueError, match="never for ever"):
        people.welcome("Ana", "es", contact="600123456")


def test_the_sweep_takes_guests_and_contacts_whose_time_is_over(house: House, people: People) -> None:
    evening = Millis(NOW + 5 * HOUR)
    ana = people.welcome("Ana", "es", "600123456", contact_until=evening)
    guest = people.welcome("Gus", "en", guest_until=evening)
    later = people.welcome("Lea", "fr", "lea@example.org", Millis(evening + 1), Millis(evening + 1))
    stays = people.welcome("Sam", "en", guest_until=evening)
    people.stay(stays)
    people.sweep(evening)
    assert people.members() == {ana, later, stays}
    assert (people.name(guest), people.contact(later, evening)) == ("", "lea@example.org")
    assert b"600123456" not in house.everything_on_disk()


# Cards


def test_a_card_is_twelve_plain_symbols_in_three_groups(people: People, ana: MemberId) -> None:
    card = people.issue_card(ana, NOW)
    assert [len(group) for group in card.split("-")] == [4, 4, 4]
    assert set(card.replace("-", "").lower()) <= set(CROCKFORD)
    assert (people.who_holds(card), people.card_issued(ana)) == (ana, "2026-11")


def test_a_card_is_found_however_it_is_typed(house: House) -> None:
    symbols = bytes(CROCKFORD.index(symbol) for symbol in "01ab01cd01ef")
    draws = iter([bytes(12), symbols])
    people = People.open(house.disk, house.path, SECRET, lambda count: next(draws), QUICK)
    ana = people.welcome("Ana", "es")
    assert people.issue_card(ana, NOW) == "01AB-01CD-01EF"
    for typed in ("01ab01cd01ef", "oIab olcd oief", " O1AB – 01CD / 01EF\r\n", "０１AB01CD01EF"):
        assert people.who_holds(typed) == ana
    for typed in ("", "01AB-01CD", "01AB-01CD-01EF-0", "01AB-01CD-01EG", "u1AB01CD01EF", "01AB01CD01EFß"):
        assert people.who_holds(typed) is None


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> People:
    return House(tmp_path_factory.mktemp("empty")).people


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_opens_nothing_in_an_empty_house(empty: People, typed: str) -> None:
    assert empty.who_holds(typed) is None


def test_a_new_card_voids_the_one_before(house: House, ana: MemberId) -> None:
    lost, new = house.people.issue_card(ana, NOW), house.people.issue_card(ana, NOW)
    for people in (house.people, house.restart()):
        assert (people.who_holds(lost), people.who_holds(new)) == (None, ana)


def test_a_void_card_opens_nothing(house: House, ana: MemberId) -> None:
    card = house.people.issue_card(ana, NOW)
    house.people.void_card(ana)
    house.people.void_card(ana)
    assert house.people.who_holds(card) is None
    assert house.restart().who_holds(card) is None


def test_the_file_alone_holds_no_card_number_and_no_pin(house: House, ana: MemberId) -> None:
    card = house.people.issue_card(ana, NOW)
    house.people.set_pin(ana, "902817")
    stored = house.everything_on_disk().lower()
    assert card.replace("-", "").lower().encode() not in stored
    assert b"902817" not in stored


def test_without_the_secret_of_the_hub_cards_and_pins_prove_nothing(house: House, ana: MemberId) -> None:
    card = house.people.issue_card(ana, NOW)
    house.people.set_pin(ana, "902817")
    stranger = house.restart(secret=bytes(32))
    assert stranger.who_holds(card) is None
    assert refused(stranger.check_pin, ana, "902817", NOW).startswith("That PIN is not right.")
    with pytest.raises(ValueError, match="32 bytes"):
        house.restart(secret=b"short")


# PINs


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２３５", "12 45", "²³⁴⁵"])
def test_a_pin_is_four_to_eight_digits(people: People, ana: MemberId, pin: str) -> None:
    assert refused(people.set_pin, ana, pin) == "A PIN is 4 to 8 digits long, only digits."


@pytest.mark.parametrize("pin", ["0000", "1234", "4321", "7890", "55555555", "2468"])
def test_an_easy_pin_is_refused(people: People, ana: MemberId, pin: str) -> None:
    assert refused(people.set_pin, ana, pin) == "That PIN is too easy to guess. Please mix the digits more."


def test_the_right_pin_passes_and_clears_the_wrong_ones(house: House, people: People, ana: MemberId) -> None:
    assert not people.has_pin(ana)
    assert refused(people.check_pin, ana, "2580", NOW) == "You have no PIN yet. Please choose one first."
    people.set_pin(ana, "2580")
    assert people.has_pin(ana)
    for _ in range(3):
        for _ in range(4):
            refused(people.check_pin, ana, "0852", NOW)
        people.check_pin(ana, "2580", NOW)
    house.restart().check_pin(ana, "2580", NOW)


def test_a_wrong_pin_says_how_many_tries_are_left_then_how_long_to_wait(people: People, ana: MemberId) -> None:
    people.set_pin(ana, "2580")
    assert [refused(people.check_pin, ana, "0852", NOW) for _ in range(6)] == [
        "That PIN is not right. You can try 4 more times.",
        "That PIN is not right. You can try 3 more times.",
        "That PIN is not right. You can try 2 more times.",
        "That PIN is not right. You can try one more time.",
        "Too many wrong PINs. For safety, please wait 5 minutes, then try again.",
        "Too many wrong PINs. For safety, please wait 5 minutes, then try again.",
    ]
    nearly = Millis(NOW + 5 * MINUTE - 1)
    assert "wait one minute" in refused(people.check_pin, ana, "2580", nearly)
    people.check_pin(ana, "2580", Millis(NOW + 5 * MINUTE))


def test_pauses_double_up_to_a_day_and_outlast_restarts(house: House, ana: MemberId) -> None:
    house.people.set_pin(ana, "2580")
    now, waits = NOW, []
    for _ in range(11):
        for _ in range(4):
            refused(house.people.check_pin, ana, "0852", now)
        waits.append(refused(house.restart().check_pin, ana, "0852", now).split("wait ")[1].split(",")[0])
        now = Millis(now + DAY)
    minutes = ["5 minutes", "10 minutes", "20 minutes", "40 minutes", "80 minutes"]
    assert waits == [*minutes, "3 hours", "6 hours", "11 hours", "22 hours", "24 hours", "24 hours"]
    house.people.check_pin(ana, "2580", now)
    assert "4 more times" in refused(house.people.check_pin, ana, "0852", now)


def test_a_clock_that_came_back_in_the_past_restarts_the_pause_and_no_more(people: People, ana: MemberId) -> None:
    people.set_pin(ana, "2580")
    for _ in range(5):
        refused(people.check_pin, ana, "0852", NOW)
    past = Millis(NOW - 1_000 * DAY)
    assert "wait 5 minutes" in refused(people.check_pin, ana, "2580", past)
    people.check_pin(ana, "2580", Millis(past + 5 * MINUTE))


def test_a_wrong_try_is_durable_before_it_is_answered(house: House, ana: MemberId) -> None:
    house.people.set_pin(ana, "2580")
    house.disk.broken = {"rename"}
    with pytest.raises(OSError, match="rename"):
        house.people.check_pin(ana, "2580", NOW)
    house.disk.broken = set()
    house.people._hasher = Unplugged()
    with pytest.raises(KeyboardInterrupt):
        house.people.check_pin(ana, "2580", NOW)
    assert "3 more times" in refused(house.restart().check_pin, ana, "0852", NOW)


class Unplugged(PasswordHasher):
    """Power is pulled while the PIN is being looked at."""

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        raise KeyboardInterrupt


def test_twenty_tries_at_once_are_five_guesses(people: People, ana: MemberId) -> None:
    people.set_pin(ana, "2580")
    start, answers = threading.Barrier(20), []

    def guess() -> None:
        start.wait()
        answers.append(refused(people.check_pin, ana, "0852", NOW))

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    looked_at = [answer for answer in answers if answer.startswith("That PIN")]
    assert (len(answers), len(looked_at)) == (20, 4)


def test_a_pin_changed_while_it_is_checked_does_not_pass(people: People, ana: MemberId) -> None:
    people.set_pin(ana, "2580")
    people._hasher = Meanwhile(lambda: people.set_pin(ana, "7391"))
    assert refused(people.check_pin, ana, "2580", NOW) == "This PIN was changed just now. Please type the new one."
    people._hasher = Meanwhile(lambda: people.forget(ana))
    assert refused(people.check_pin, ana, "7391", NOW) == "This hub does not know this person any more."
    assert people.members() == set()


class Meanwhile(PasswordHasher):
    """Something else happens while the PIN is being looked at."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self._act = act

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self._act()
        return QUICK.verify(hash, password)


def test_the_hubs_own_hasher_is_argon2id_with_owasps_minimum() -> None:
    assert pi_hasher().hash(b"2580").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


# Seen


def test_only_the_month_of_a_visit_is_kept_and_written_once(house: House, people: People, ana: MemberId) -> None:
    people.saw(ana, NOW)
    renames = house.disk.renames
    people.saw(ana, Millis(NOW + 3 * HOUR))
    assert (people.seen(ana), house.disk.renames) == ("2026-11", renames)
    people.saw(ana, Millis(NOW + MONTH))
    assert house.restart().seen(ana) == "2026-12"


# Forgetting


def test_forgotten_means_in_no_file(house: House, ana: MemberId) -> None:
    people = house.people
    ben = people.welcome("Benedikt", "de", "ben@example.org", Millis(NOW + DAY))
    card = people.issue_card(ben, NOW)
    people.set_pin(ben, "2580")
    people.forget(ben)
    people.forget(ben)
    on_disk = house.everything_on_disk()
    assert [path.name for path in house.path.parent.iterdir()] == ["people.json"]
    assert not [trace for trace in (b"Benedikt", b"ben@", b"argon2", ben.encode()) if trace in on_disk]
    assert (people.name(ben), people.who_holds(card), house.restart().members()) == ("", None, {ana})


@pytest.mark.parametrize("broken", ["open", "rename"])
def test_a_forgetting_that_failed_says_so_and_can_be_repeated(house: House, ana: MemberId, broken: str) -> None:
    card = house.people.issue_card(ana, NOW)
    house.disk.broken = {broken}
    with pytest.raises(OSError, match=broken):
        house.people.forget(ana)
    assert (house.people.name(ana), house.people.who_holds(card), house.people.members()) == ("", None, set())
    house.disk.broken = set()
    house.people.forget(ana)
    assert (house.restart().members(), house.people.who_holds(card)) == (set(), None)


def test_memory_says_what_the_file_says_after_the_directory_would_not_sync(house: House, ana: MemberId) -> None:
    card = house.people.issue_card(ana, NOW)
    house.disk.broken = {"sync_directory"}
    with pytest.raises(OSError, match="sync_directory"):
        house.people.forget(ana)
    assert (house.people.name(ana), house.people.who_holds(card)) == ("", None)


def test_an_unfinished_write_is_swept_at_the_next_start(house: House, ana: MemberId) -> None:
    house.disk.broken = {"rename", "remove"}
    with pytest.raises(OSError, match="rename"):
        house.people.rename(ana, "Anastasia", "es")
    assert b"Anastasia" in house.everything_on_disk()
    house.disk.broken = set()
    house.restart()
    assert b"Anastasia" not in house.everything_on_disk()


def test_at_boot_orphans_go_and_the_forgotten_go_again(house: House, ana: MemberId) -> None:
    orphan, restored = house.people.welcome("Olga", "ru"), house.people.welcome("Rosa", "es")
    house.restart().reconcile(known={ana, restored}, forgotten={restored, MemberId("longago")})
    assert house.restart().members() == {ana}
    assert not [trace for trace in ("Olga", "Rosa", orphan) if trace.encode() in house.everything_on_disk()]


def test_a_log_that_knows_nobody_makes_no_orphans(people: People, ana: MemberId) -> None:
    people.reconcile(known=set(), forgotten=set())
    assert people.members() == {ana}


# Damage


@pytest.mark.parametrize(
    "damage",
    [lambda raw: raw[:-1], lambda raw: b"", lambda raw: raw.replace(b"Ana", b"Ann"), lambda raw: raw + b" "],
)
def test_a_damaged_file_is_refused_and_kept(house: House, ana: MemberId, damage: Callable[[bytes], bytes]) -> None:
    damaged = damage(house.path.read_bytes())
    house.path.write_bytes(damaged)
    half_written = house.path.with_name("people.json.new")
    half_written.write_bytes(b"half")
    with pytest.raises(PeopleDamaged, match="not touched"):
        house.restart()
    assert (house.path.read_bytes(), half_written.read_bytes()) == (damaged, b"half")


def test_a_file_of_another_version_is_refused_and_kept(house: House, ana: MemberId) -> None:
    house.people._table.update({"shoe_size": 38})
    before = house.path.read_bytes()
    with pytest.raises(PeopleDamaged, match="another version"):
        house.restart()
    assert house.path.read_bytes() == before
