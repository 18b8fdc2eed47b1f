"""What can go wrong with the log, in sentences for people: what happened, what was kept, what to do.

These are not refusals of the rules: the machine cannot do what it should. Each is said on screen.
"""

from __future__ import annotations

from hub.domain.base import N_, HubId


class Fault(Exception):
    """A trouble of the medium. `message` is marked for translation; `parameters` fill its places."""

    MESSAGE = N_("Something is wrong with this hub's storage.")

    def __init__(self, **parameters: str | int) -> None:
        super().__init__(self.MESSAGE)
        self.parameters = parameters

    @property
    def message(self) -> str:
        """The English sentence, its `{places}` still open."""
        return self.MESSAGE

    def __str__(self) -> str:
        return self.MESSAGE.format(**self.parameters)


class DiskFull(Fault):
    """No room for the new line. The chain stands as it was and may take lines again later."""

    MESSAGE = N_(
        "The disk is full, so this was not recorded. Everything recorded before is safe. "
        "Make room on the disk (old backups go first), then do it again."
    )


class NotFinished(Fault):
    """What was recorded could not be carried out in the stores beside the log; it is tried again."""

    MESSAGE = N_(
        "This is decided and recorded, but the disk could not carry it out yet ({reason}). "
        "Make room on the disk; the hub finishes it by itself. Until then nobody is shown what should be gone."
    )


class Stopped(Fault):
    """The medium failed while a line was being written; only a fresh opening may write again."""

    MESSAGE = N_(
        "The disk failed while this was being recorded ({reason}). What was confirmed before was kept. "
        "Nothing more will be recorded until the hub is started again; then look if the last act is there. "
        "Copy the data to a stick first, and change the card if this comes back."
    )


class ReadOnly(Fault):
    """The chain is damaged where nothing may be cut: it can be read up to there, and not added to."""

    MESSAGE = N_(
        "The log “{chain}” is damaged at line {line} ({reason}). "
        "The {kept} lines before it are kept and can be read; nothing new is recorded, so that nothing is "
        "built on a gap. Restore from the backup stick, or let the neighbours refill it."
    )


class NotRepaired(ReadOnly):
    """A half-written end could not be set aside at the start, so that nothing was cut."""

    MESSAGE = N_(
        "The last line of the log “{chain}” was cut off by a loss of power, and could not be set aside "
        "({reason}). All {kept} lines before it are kept and can be read; nothing new is recorded. "
        "Make room on the disk, or change it, and start the hub again."
    )


class KeysMissing(Fault):
    """There is no key file: a fresh card, or the wrong directory."""

    MESSAGE = N_(
        "This hub has no key yet. If it is new, set it up. If it has run before, this is not the right "
        "data directory: do not set it up again, restore it from the backup stick."
    )


class KeysDamaged(Fault):
    """The key file is there and does not hold a key."""

    MESSAGE = N_("This hub's key file cannot be read. The log is kept. Restore the key from the backup stick.")


class KeysPresent(Fault):
    """A key file would have been overwritten; a hub's name is its key."""

    MESSAGE = N_("This hub has a key already, and its name is that key. Nothing was changed.")


class Occupied(Fault):
    """Another process holds the data directory."""

    MESSAGE = N_(
        "Another hub program is already running on this data. Nothing was changed. Stop that one first, or use it."
    )


class NotNext(Fault):
    """A neighbour's batch that does not follow what we hold. `held` is the last batch we have."""

    MESSAGE = N_(
        "Batch {number} of this hub does not follow batch {held}, the last we hold. Ask for the one after that."
    )

    def __init__(self, held: int, number: int) -> None:
        super().__init__(held=held, number=number)
        self.held = held


class Forked(Fault):
    """A hub has signed two different batches for one place in its chain. The second is kept as proof."""

    MESSAGE = N_(
        "The hub {author} has signed two different accounts of batch {number}. "
        "We keep the first, and the second as proof. Speak with its people: a restored card, or a copied "
        "one, is the usual cause."
    )

    def __init__(self, author: HubId, number: int) -> None:
        super().__init__(author=author[:8], number=number)
        self.author = author
        self.number = number
