"""The erasable persons: names, contacts, card and PIN secrets, keyed by a random id.

The log knows only ids; what an id means to people stands here and nowhere else, so that `forget` is
the end of it. There is no trail of visits (only the month a person was last seen), and no secret: a
card number and a PIN can be tested against what is kept, not read from it.

The file is small (150 people, about 60 kB) and written whole at each change, never in place.
"""

from __future__ import annotations

from hub.people.cards import CROCKFORD, SYMBOLS
from hub.people.person import Person
from hub.people.pins import FIRST_PAUSE, LONGEST_PAUSE, LONGEST_PIN, SHORTEST_PIN, TRIES, pi_hasher
from hub.people.register import UNKNOWN, Persons
from hub.people.storage import AtomicStorage, PeopleDamaged
from hub.people.store import SECRET_BYTES, People

__all__ = [
    "CROCKFORD",
    "FIRST_PAUSE",
    "LONGEST_PAUSE",
    "LONGEST_PIN",
    "SECRET_BYTES",
    "SHORTEST_PIN",
    "SYMBOLS",
    "TRIES",
    "UNKNOWN",
    "AtomicStorage",
    "People",
    "PeopleDamaged",
    "Person",
    "Persons",
    "pi_hasher",
]
