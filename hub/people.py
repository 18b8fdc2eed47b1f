"""The erasable persons: names, contacts, card and PIN secrets, keyed by a random id.

The log knows only ids; what an id means to people stands here and nowhere else, so that `forget` is
the end of it. There is no trail of visits (only the month a person was last seen), and no secret: a
card number and a PIN can be tested against what is kept, not read from it.

The file is small (150 people, about 60 kB) and written whole at each change, never in place.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from tinydb.storages import Storage
from tinydb.table import Document, Table

from hub.domain.base import DAY, HOUR, MINUTE, N_, MemberId, Millis, Refusal, Words, plain, title
from hub.log.fs import Disk, read, remove_durably, replace

CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 without i, l, o and u (Douglas Crockford, crockford.com/base32.html): hard to misread."""
SYMBOLS: Final = 12
"""Of an id and of a card number: 12 x 5 = 60 random bits."""
SECRET_BYTES: Final = 32
SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 8
TRIES: Final = 5
FIRST_PAUSE: Final = Millis(5 * MINUTE)
LONGEST_PAUSE: Final = DAY
"""Five tries, then 5 minutes, 10, 20, ... a day: about 190 of 10,000 PINs in a first month of trying."""

UNKNOWN: Final = N_("This hub does not know this person any more.")


class PeopleDamaged(Exception):
    """The people file is not what this hub wrote. It is left as it is; restore it from the backup."""


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept of one person. Moments are Millis; `seen` and `card_issued` are months, "2026-11".

    `card` is the keyed hash of the card number, `pin` an argon2id hash. `guest_until` is set for who
    gave a first name for one evening.
    """

    name: str
    language: str
    contact: str = ""
    contact_until: int | None = None
    guest_until: int | None = None
    seen: str = ""
    card: str = ""
    card_issued: str = ""
    pin: str = ""
    wrong_pins: int = 0
    pin_paused_until: int | None = None


class AtomicStorage(Storage):
    """TinyDB's two-method port on one file that is replaced whole or not at all.

    The file is a checksum (SHA-256, hexadecimal), a line feed, and JSON. It is read once, here;
    afterwards memory is what the medium holds. Raises PeopleDamaged and touches nothing when the
    checksum does not match. Removes what a power cut left of an unfinished write: it may hold
    someone who was forgotten since.
    """

    def __init__(self, disk: Disk, path: Path) -> None:
        self._disk, self._path = disk, path
        self._tables = self._stored()
        self._sweep_unfinished()

    def read(self) -> dict[str, dict[str, Any]] | None:
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Return once `data` is on the medium. After OSError memory says again what the file says.

        Nothing is lost by a next attempt: it writes a new file from the start.
        """
        content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            replace(self._disk, self._path, _checksum(content) + b"\n" + content)
        except OSError:
            self._tables = self._stored()
            with suppress(OSError):
                self._sweep_unfinished()
            raise
        self._tables = data

    def _stored(self) -> dict[str, dict[str, Any]] | None:
        raw = read(self._disk, self._path)
        if raw is None:
            return None
        checksum, _, content = raw.partition(b"\n")
        if checksum != _checksum(content):
            raise PeopleDamaged(f"{self._path} is damaged. It was not touched; restore it from the backup.")
        tables: dict[str, dict[str, Any]] = json.loads(content)
        return tables

    def _sweep_unfinished(self) -> None:
        unfinished = self._path.with_name(self._path.name + ".new")
        if unfinished.name in self._disk.names(self._path.parent):
            remove_durably(self._disk, unfinished)


class Persons(Table):
    """TinyDB's table, keyed by member id in place of a running number."""

    document_id_class = str  # type: ignore[assignment]


def pi_hasher() -> PasswordHasher:
    """argon2id as a Raspberry Pi 4 bears it: 19 MiB, two passes, one lane.

    The minimum of the OWASP Password Storage Cheat Sheet. Four kiosks at once stay under 80 MiB.
    """
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)


class People:
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
        return cls(storage, secret, random_bytes, hasher or pi_hasher())

    def __init__(
        self, storage: Storage, secret: bytes, random_bytes: Callable[[int], bytes], hasher: PasswordHasher
    ) -> None:
        self._table = Persons(storage, "people", cache_size=0)
        self._random, self._hasher = random_bytes, hasher
        self._card_key = hashlib.blake2b(secret, person=b"trestle cards").digest()
        self._pepper = hashlib.blake2b(secret, person=b"trestle pins").digest()
        self._lock = threading.RLock()
        self._holders = self._cards()

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
            name=_name(name, language),
            language=language,
            contact=_contact(contact),
            contact_until=_expiry(contact, contact_until),
            guest_until=guest_until,
        )
        with self._lock:
            member = self._fresh_id()
            self._table.insert(Document(asdict(person), _key(member)))
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
        self._change_known(member, name=_name(name, language), language=language)

    def stay(self, member: MemberId) -> None:
        """A guest becomes a member: the id stays, and no evening sweeps it."""
        self._change_known(member, guest_until=None)

    def members(self) -> set[MemberId]:
        """The ids of everyone kept here, guests too."""
        with self._lock:
            return set(self._everyone())

    # Contacts

    def set_contact(self, member: MemberId, contact: str, until: Millis) -> None:
        """Keep how to reach a person, until a moment. An empty contact takes it back."""
        cleaned = _contact(contact)
        self._change_known(member, contact=cleaned, contact_until=until if cleaned else None)

    def contact(self, member: MemberId, now: Millis) -> str:
        """How to reach a person, or "" when there is none or it has expired."""
        person = self._person(member)
        return person.contact if person and not _over(person.contact_until, now) else ""

    # Cards

    def issue_card(self, member: MemberId, now: Millis) -> str:
        """A new card number, XXXX-XXXX-XXXX. It is shown this once; any earlier card is void.

        Only its keyed BLAKE2b is kept. A slow hash is for secrets people choose: 60 random bits
        leave nothing to guess, and without the hub's secret nothing to test a guess against.
        """
        number = self._random_symbols()
        self._change_cards(member, card=self._card_hash(number), card_issued=_month(now))
        return "-".join(number[at : at + 4] for at in range(0, SYMBOLS, 4)).upper()

    def who_holds(self, card: str) -> MemberId | None:
        """Whose card this is, however it was typed; None when nobody's.

        Looked up by keyed hash: what the time of a look-up says, it says of the hash only.
        """
        number = _card_number(card)
        with self._lock:
            return self._holders.get(self._card_hash(number)) if number else None

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

    # PINs

    def has_pin(self, member: MemberId) -> bool:
        """Whether the person has chosen a PIN."""
        person = self._person(member)
        return bool(person and person.pin)

    def set_pin(self, member: MemberId, pin: str) -> None:
        """Keep a PIN of 4 to 8 digits; wrong tries are forgotten. Raises Refusal for an easy one."""
        _check_pin_form(pin)
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
            raise _wrong(person, now) from None
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
        until = now + _pause(wrong) if wrong % TRIES == 0 else None
        self._change(member, wrong_pins=wrong, pin_paused_until=until)
        return self._known(member)

    def _refuse_while_paused(self, member: MemberId, person: Person, now: Millis) -> None:
        if _over(person.pin_paused_until, now) or person.pin_paused_until is None:
            return
        left = Millis(person.pin_paused_until - now)
        longest = _pause(person.wrong_pins)
        if left > longest:  # A hub without a battery clock came back in the past: count anew.
            left = longest
            self._change(member, pin_paused_until=now + left)
        raise _paused(left)

    def _peppered(self, member: MemberId, pin: str) -> bytes:
        """HMAC-SHA-256 first: 4 to 8 digits are few, and argon2 alone only slows who has the file."""
        return hmac.new(self._pepper, f"{member} {pin}".encode(), "sha256").digest()

    # Time

    def saw(self, member: MemberId, now: Millis) -> None:
        """Note the month; writes only when it is another than before."""
        with self._lock:
            person = self._person(member)
            if person and person.seen != _month(now):
                self._change(member, seen=_month(now))

    def seen(self, member: MemberId) -> str:
        """The month the person was last here, "2026-11", or ""."""
        person = self._person(member)
        return person.seen if person else ""

    def sweep(self, now: Millis) -> None:
        """Erase contacts and guests whose time is over. Call it only when the clock is trusted."""
        with self._lock:
            everyone = self._everyone()
            self._erase({member for member, person in everyone.items() if _over(person.guest_until, now)})
            for member, person in everyone.items():
                if _over(person.contact_until, now) and not _over(person.guest_until, now):
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

    # The table

    def _everyone(self) -> dict[MemberId, Person]:
        try:
            return {MemberId(str(document.doc_id)): Person(**document) for document in self._table.all()}
        except TypeError as fault:
            raise PeopleDamaged(f"another version of Trestle wrote the people file: {fault}") from fault

    def _person(self, member: MemberId) -> Person | None:
        with self._lock:
            document = self._table.get(doc_id=_key(member))
            return Person(**document) if document is not None else None

    def _known(self, member: MemberId) -> Person:
        person = self._person(member)
        if person is None:
            raise Refusal("", UNKNOWN)
        return person

    def _change(self, member: MemberId, **fields: str | int | None) -> None:
        self._table.update(fields, doc_ids=[_key(member)])

    def _change_known(self, member: MemberId, **fields: str | int | None) -> None:
        with self._lock:
            self._known(member)
            self._change(member, **fields)

    def _change_cards(self, member: MemberId, **fields: str) -> None:
        """Whatever becomes of the write, the index follows the table."""
        with self._lock:
            try:
                self._change_known(member, **fields)
            finally:
                self._holders = self._cards()

    def _cards(self) -> dict[str, MemberId]:
        return {person.card: member for member, person in self._everyone().items() if person.card}

    def _erase(self, members: set[MemberId]) -> None:
        """One write for all of them, none for nobody."""
        here = members & set(self._everyone())
        if not here:
            return
        try:
            self._table.remove(doc_ids=[_key(member) for member in here])
        finally:
            self._holders = self._cards()

    def _fresh_id(self) -> MemberId:
        while (member := MemberId(self._random_symbols())) in self._everyone():
            pass
        return member

    def _random_symbols(self) -> str:
        return "".join(CROCKFORD[byte & 31] for byte in self._random(SYMBOLS))

    def _card_hash(self, number: str) -> str:
        return hashlib.blake2b(number.encode(), key=self._card_key, digest_size=32).hexdigest()


def _key(member: MemberId) -> Any:
    """TinyDB's annotations say a document id is a number; `Persons` makes it a string."""
    return member


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _name(name: str, language: str) -> str:
    if not any(unicodedata.category(character)[0] in "LNPS" for character in plain(name)):
        raise Refusal("", N_("Please write a name. A first name or a nickname is fine."))
    return title(Words({language: name}))[language]


def _contact(contact: str) -> str:
    return title(Words({"en": contact}))["en"] if plain(contact) else ""


def _expiry(contact: str, until: Millis | None) -> Millis | None:
    if not _contact(contact):
        return None
    if until is None:
        raise ValueError("a contact is kept until a moment, never for ever")
    return until


def _card_number(card: str) -> str:
    """The 12 symbols a person meant, or "". Spaces and dashes go; o is 0, i and l are 1."""
    folded = unicodedata.normalize("NFKC", card).lower().translate(str.maketrans("oil", "011"))
    number = "".join(character for character in folded if character in CROCKFORD)
    stray = any(character.isalnum() and character not in CROCKFORD for character in folded)
    return number if len(number) == SYMBOLS and not stray else ""


def _check_pin_form(pin: str) -> None:
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        message = N_("A PIN is {least} to {most} digits long, only digits.")
        raise Refusal("", message, least=SHORTEST_PIN, most=LONGEST_PIN)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1:
        raise Refusal("", N_("That PIN is too easy to guess. Please mix the digits more."))


def _pause(wrong: int) -> Millis:
    """How long the `wrong`-th wrong PIN in a row pauses: 5 minutes at the fifth, then doubling."""
    doublings = min(max(wrong // TRIES - 1, 0), 16)
    return Millis(min(FIRST_PAUSE << doublings, LONGEST_PAUSE))


def _wrong(person: Person, now: Millis) -> Refusal:
    if person.pin_paused_until is not None:
        return _paused(Millis(person.pin_paused_until - now))
    left = TRIES - person.wrong_pins % TRIES
    if left == 1:
        return Refusal("", N_("That PIN is not right. You can try one more time."))
    return Refusal("", N_("That PIN is not right. You can try {left} more times."), left=left)


def _paused(left: Millis) -> Refusal:
    if left > 2 * HOUR:
        message = N_("Too many wrong PINs. For safety, please wait {hours} hours, then try again.")
        return Refusal("", message, hours=-(-left // HOUR))
    if left > MINUTE:
        message = N_("Too many wrong PINs. For safety, please wait {minutes} minutes, then try again.")
        return Refusal("", message, minutes=-(-left // MINUTE))
    return Refusal("", N_("Too many wrong PINs. For safety, please wait one minute, then try again."))


def _over(until: int | None, now: Millis) -> bool:
    return until is not None and until <= now


def _month(now: Millis) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=now)).strftime("%Y-%m")
