"""The people store: every change is on the medium when its method returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from tinydb.storages import Storage

from hub.domain.base import N_, MemberId, Millis, Refusal
from hub.log.fs import Disk
from hub.people import pins
from hub.people.cards import SYMBOLS, Cards, shown, symbols
from hub.people.person import Person, cleaned_contact, expiry, month, over, readable_name
from hub.people.register import Register
from hub.people.storage import AtomicStorage

SECRET_BYTES: Final = 32


class People(Register):
    """Everyone this hub can call by name. Safe to call from several threads.

    `secret` is 32 random bytes of this hub, kept apart from this file: who finds the file alone can
    test no guess. `random_bytes(n)` gives n random bytes. Every change is on the medium when its
    method returns; OSError says it is not. Who is unknown or forgotten has no name, no language, no
    contact; acts on them that a person waits for raise Refusal.
    """

    @classmethod
    def open(
        cls,
        disk: Disk,
        path: Path,
        secret: bytes,
        random_bytes: Callable[[int], bytes],
        hasher: PasswordHasher | None = None,
    ) -> People:
        """Open the file, or begin one. Raises PeopleDamaged when it cannot be believed."""
        if len(secret) < SECRET_BYTES:
            raise ValueError(f"the secret of the people file is {SECRET_BYTES} bytes long")
        storage = AtomicStorage(disk, path)
        return cls(storage, secret, random_bytes, hasher or pins.pi_hasher())

    def __init__(
        self, storage: Storage, secret: bytes, random_bytes: Callable[[int], bytes], hasher: PasswordHasher
    ) -> None:
        super().__init__(storage)
        self._random, self._hasher = random_bytes, hasher
        self._cards, self._peppered = Cards(secret), pins.Pepper(secret)
        self._know_cards()

    # Names

    def welcome(
        self,
        name: str,
        language: str,
        contact: str = "",
        contact_until: Millis | None = None,
        guest_until: Millis | None = None,
    ) -> MemberId:
        """Keep a new person and return their id. Call it before the log says they came.

        A contact needs the moment it expires. `guest_until` makes a guest, swept after that moment.
        Raises Refusal for a name nobody can read.
        """
        person = Person(
            name=readable_name(name, language),
            language=language,
            contact=cleaned_contact(contact),
            contact_until=expiry(contact, contact_until),
            guest_until=guest_until,
        )
        with self._lock:
            member = self._fresh_id()
            self._add(member, person)
            return member

    def _fresh_id(self) -> MemberId:
        while (member := MemberId(symbols(self._random(SYMBOLS)))) in self._everyone():
            pass
        return member

    def name(self, member: MemberId) -> str:
        """The name, or "" for who is unknown or forgotten."""
        person = self._person(member)
        return person.name if person else ""

    def names(self, members: Iterable[MemberId]) -> dict[MemberId, str]:
        """The names of several at once; "" like `name`."""
        with self._lock:
            return {member: self.name(member) for member in members}

    def language(self, member: MemberId) -> str:
        """The language the person reads best, or ""."""
        person = self._person(member)
        return person.language if person else ""

    def rename(self, member: MemberId, name: str, language: str) -> None:
        """Correct name and language. Raises Refusal like `welcome`."""
        self._change_known(member, name=readable_name(name, language), language=language)

    def stay(self, member: MemberId) -> None:
        """A guest becomes a member: the id stays, and no evening sweeps it."""
        self.expect(member, None)

    def expect(self, member: MemberId, until: Millis | None) -> None:
        """Keep a guest's name until another moment, None for good. Nothing is done for who is no guest."""
        with self._lock:
            person = self._person(member)
            if person and person.guest_until not in (None, until):
                self._change(member, guest_until=until)

    def members(self) -> set[MemberId]:
        """The ids of everyone kept here, guests too."""
        with self._lock:
            return set(self._everyone())

    # Contacts

    def set_contact(self, member: MemberId, contact: str, until: Millis) -> None:
        """Keep how to reach a person, until a moment. An empty contact takes it back."""
        cleaned = cleaned_contact(contact)
        self._change_known(member, contact=cleaned, contact_until=until if cleaned else None)

    def contact(self, member: MemberId, now: Millis) -> str:
        """How to reach a person, or "" when there is none or it has expired."""
        person = self._person(member)
        return person.contact if person and not over(person.contact_until, now) else ""

    def contact_until(self, member: MemberId) -> Millis | None:
        """The moment the contact expires; None where there is none."""
        person = self._person(member)
        return Millis(person.contact_until) if person and person.contact_until is not None else None

    # Cards

    def issue_card(self, member: MemberId, now: Millis, place: int = 0) -> str:
        """A new card number, XXXX-XXXX-XXXX, shown this once; any earlier card and its PIN are void.

        `place` is the line of the log that made it out. Only the card's keyed hash is kept (`Cards`).
        """
        number = symbols(self._random(SYMBOLS))
        self._change_cards(
            member,
            card=self._cards.hash(number),
            card_issued=month(now),
            card_place=place,
            card_shown=False,
            pin="",
            wrong_pins=0,
            pin_paused_until=None,
        )
        return shown(number)

    def may_be_told(self, member: MemberId, place: int) -> bool:
        """Whether the code of the card that line made out may be told (again): its holder never showed it.

        Whoever lost the answer asks again; whoever finds an old form cannot void a card in use.
        """
        person = self._person(member)
        return person is not None and not (person.card and person.card_place == place and person.card_shown)

    def void_older_cards(self, latest: Mapping[MemberId, int]) -> None:
        """At boot: void each card that is not the one the log made out last."""
        for member, place in latest.items():
            person = self._person(member)
            if person and person.card_place not in (0, place):
                self.void_card(member)

    def who_holds(self, card: str) -> MemberId | None:
        """Whose card this is, however it was typed; None when nobody's.

        Looked up by keyed hash: what the time of a look-up says, it says of the hash only.
        """
        with self._lock:
            return self._cards.holder(card)

    def card_issued(self, member: MemberId) -> str:
        """The month the card was issued, "" without a card. Thermal paper fades; reprint in time."""
        person = self._person(member)
        return person.card_issued if person else ""

    def void_card(self, member: MemberId) -> None:
        """From now on the card opens nothing. No card is fine too."""
        with self._lock:
            person = self._person(member)
            if person and person.card:
                self._change_cards(member, card="", card_issued="")

    def _change_cards(self, member: MemberId, **fields: str | int | None) -> None:
        """Whatever becomes of the write, the index follows the table."""
        with self._lock:
            try:
                self._change_known(member, **fields)
            finally:
                self._know_cards()

    def _know_cards(self) -> None:
        self._cards.follow((person.card, member) for member, person in self._everyone().items() if person.card)

    # PINs

    def has_pin(self, member: MemberId) -> bool:
        """Whether the person has chosen a PIN."""
        person = self._person(member)
        return bool(person and person.pin)

    def set_pin(self, member: MemberId, pin: str) -> None:
        """Keep a PIN of 4 to 8 digits; wrong tries are forgotten. Raises Refusal for an easy one."""
        pins.check_form(pin)
        self._known(member)
        hashed = self._hasher.hash(self._peppered(member, pin), salt=self._random(16))
        self._change_known(member, pin=hashed, wrong_pins=0, pin_paused_until=None)

    def check_pin(self, member: MemberId, pin: str, now: Millis) -> None:
        """Return when the PIN is right; raise Refusal with what to do when it is not.

        The try is booked as wrong and durable before the PIN is looked at, and a right one clears
        it: neither many tries at once nor a pulled plug buys another guess.
        """
        with self._lock:
            person = self._book_try(member, now)
        try:
            self._hasher.verify(person.pin, self._peppered(member, pin))
        except VerifyMismatchError:
            raise pins.wrong(person, now) from None
        with self._lock:
            if self._known(member).pin != person.pin:
                raise Refusal("", N_("This PIN was changed just now. Please type the new one."))
            self._change(member, wrong_pins=0, pin_paused_until=None)

    def _book_try(self, member: MemberId, now: Millis) -> Person:
        person = self._known(member)
        if not person.pin:
            raise Refusal("", N_("You have no PIN yet. Please choose one first."))
        self._refuse_while_paused(member, person, now)
        wrong = person.wrong_pins + 1
        until = now + pins.pause(wrong) if wrong % pins.TRIES == 0 else None
        self._change(member, wrong_pins=wrong, pin_paused_until=until)
        return self._known(member)

    def _refuse_while_paused(self, member: MemberId, person: Person, now: Millis) -> None:
        if over(person.pin_paused_until, now) or person.pin_paused_until is None:
            return
        left = Millis(person.pin_paused_until - now)
        longest = pins.pause(person.wrong_pins)
        if left > longest:  # A hub without a battery clock came back in the past: count anew.
            left = longest
            self._change(member, pin_paused_until=now + left)
        raise pins.paused(left)

    # Time

    def saw(self, member: MemberId, now: Millis) -> None:
        """Note the month in which a card was shown; writes only what is another than before."""
        with self._lock:
            person = self._person(member)
            if person and (person.seen, person.card_shown) != (month(now), True):
                self._change(member, seen=month(now), card_shown=True)

    def seen(self, member: MemberId) -> str:
        """The month the person was last here, "2026-11", or ""."""
        person = self._person(member)
        return person.seen if person else ""

    def sweep(self, now: Millis) -> None:
        """Erase contacts and guests whose time is over. Call it only when the clock is trusted."""
        with self._lock:
            everyone = self._everyone()
            self._erase({member for member, person in everyone.items() if over(person.guest_until, now)})
            for member, person in everyone.items():
                if over(person.contact_until, now) and not over(person.guest_until, now):
                    self._change(member, contact="", contact_until=None)

    # Forgetting

    def forget(self, member: MemberId) -> None:
        """Erase everything kept of a person; nothing to erase is fine too.

        No file holds it any more when this returns. The memory card may, until it uses the same
        cells again.
        """
        with self._lock:
            self._erase({member})

    def reconcile(self, known: set[MemberId], forgotten: set[MemberId]) -> None:
        """At boot: erase whom the log never came to know, and again whom it has forgotten.

        `known` holds guests too. A log that knows nobody at all is a log not read yet, or lost; it
        makes no orphans.
        """
        with self._lock:
            here = set(self._everyone())
            self._erase((here - known if known else set()) | forgotten)

    def _erase(self, members: set[MemberId]) -> None:
        """One write for all of them, none for nobody."""
        here = (members & set(self._everyone())) | self._gone
        if not here:
            return
        try:
            self._remove(here)
        finally:
            self._know_cards()
