"""Other hubs' street chains: stored as received, verified before a byte is kept.

Holders serve the very bytes the author fixed, so that every hub's copy is the same. After a
redaction the holder makes the author's reissue by itself (entry.reissue) or takes it in (copies.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from hub import entry
from hub.domain.base import N_, HubId
from hub.log import copies, fs
from hub.log.audit import Verified
from hub.log.faults import Forked, NotNext
from hub.log.quarantine import PROOF, Quarantine
from hub.log.shelf import Held, Shelf

_AUTHOR: Final = re.compile(r"[0-9a-f]{64}")
_SUFFIX: Final = ".jsonl"

HOLE: Final = N_(
    "A part of this neighbour's chain is damaged here. What follows it is kept; the part is asked for again."
)


class Neighbours:
    """Every other hub's chain, one file each. Opened once, by the holder of `hub.lock`."""

    def __init__(self, disk: fs.Disk, directory: Path, quarantine: Path) -> None:
        self._disk = disk
        self._directory = directory
        self._quarantine = Quarantine(disk, quarantine)
        self._shelves: dict[HubId, Shelf] = {}

    @classmethod
    def open(cls, disk: fs.Disk, directory: Path, quarantine: Path) -> Neighbours:
        """Every chain in `directory` (made if missing), torn last lines cut. Raises OSError."""
        neighbours = cls(disk, directory, quarantine)
        fs.make_durable_directory(disk, directory)
        fs.remove_unfinished(disk, directory)
        neighbours._quarantine.tidy()
        for name in disk.names(directory):
            author = name.removesuffix(_SUFFIX)
            if name.endswith(_SUFFIX) and _AUTHOR.fullmatch(author):
                neighbours._shelf(HubId(author)).open()
        return neighbours

    def authors(self) -> list[HubId]:
        """Whose chains we hold something of."""
        return sorted(author for author, shelf in self._shelves.items() if shelf.held.batch or shelf.damaged)

    def held(self, author: HubId) -> Held:
        """How far we hold a chain without a gap: (batch, upto, head); (0, 0, genesis) for a stranger."""
        return self._shelf(author).held

    @property
    def damage(self) -> dict[HubId, str]:
        """Chains with a hole, each with a sentence for people. Taking the missing batch heals it."""
        return {author: HOLE for author, shelf in self._shelves.items() if shelf.damaged}

    def take(self, author: HubId, content: bytes, redacted: Callable[[], Collection[int]] = tuple) -> list[entry.Entry]:
        """Verify a batch and keep it; durable when this returns. Returns the entries that are new.

        A batch we hold gives []. If this copy has fewer words, it is believed where the author's own chain
        says so; if it has more, it gives back what somebody left out. `redacted` tells the lines whose
        words the chain, as we hold it, takes back; it is asked when two copies differ.
        Raises NotNext, Forked, entry.Damaged (nothing kept), DiskFull, Stopped.
        """
        batch, entries = entry.read_batch(content)
        if batch.author != author:
            raise entry.Damaged("this batch is another hub's")
        shelf = self._shelf(author)
        shelf.guard.check()
        held = shelf.held
        if batch.number > held.batch + 1:
            raise NotNext(held.batch, batch.number)
        if batch.number <= held.batch:
            self._take_again(shelf, batch.number, content, entries, redacted)
            return []
        if (batch.first, batch.prev) != (held.upto + 1, held.head):
            raise self._judge(shelf, batch.number, content, entries)
        shelf.add(batch.number, content, entries)
        return entries if shelf.held.batch == batch.number else list(shelf.entries(held.upto))

    def entries(self, author: HubId, after: int = 0) -> Iterator[entry.Entry]:
        """The verified entries of a chain after line `after`, as far as there is no gap."""
        return self._shelf(author).entries(after)

    def batches(self, author: HubId, after: int = 0) -> list[bytes]:
        """The bytes of the batches after number `after`, to serve."""
        shelf = self._shelf(author)
        return [shelf.read(number) for number in range(max(after, 0) + 1, shelf.held.batch + 1)]

    def blank(self, author: HubId, seqs: Collection[int]) -> int:
        """Take the words of these lines off the disk; durable when this returns.

        Batches with such words become what their author reissues. Returns how many lines had words.
        """
        shelf = self._shelf(author)
        wanted = [each for each in shelf.entries(min(seqs, default=1) - 1) if each.body and each.seq in seqs]
        if not wanted:
            return 0
        shelf.guard.check()
        shelf.replace({number: entry.reissue(shelf.read(number), seqs) for number in shelf.numbers_of(wanted)})
        return len(wanted)

    def verify(self, author: HubId) -> Verified:
        """Check a neighbour's batches: every hash and word, and the signature that closes each."""
        found = Verified()
        for batch in self.batches(author):
            try:
                _, entries = entry.read_batch(batch)
            except entry.Damaged as fault:
                found.faults.append((found.lines + 1, str(fault)))
                continue
            found.lines += len(entries)
            found.signatures += 1
            found.bodies += sum(each.body is not None for each in entries)
            found.blanked += sum(bool(each.head.body) and each.body is None for each in entries)
        return found

    def close(self) -> None:
        """Let go of the files."""
        for shelf in self._shelves.values():
            shelf.close()

    def _shelf(self, author: HubId) -> Shelf:
        if author not in self._shelves:
            if not _AUTHOR.fullmatch(author):
                raise entry.Damaged("this is not a hub's name")
            path = self._directory / f"{author}{_SUFFIX}"
            self._shelves[author] = Shelf(self._disk, path, author)
        return self._shelves[author]

    def _take_again(
        self,
        shelf: Shelf,
        number: int,
        content: bytes,
        entries: list[entry.Entry],
        redacted: Callable[[], Collection[int]],
    ) -> None:
        """A batch we hold, once more: the same, or with other words of it, or another one's place."""
        ours = shelf.read(number)
        if ours == content:
            return
        _, held = entry.read_batch(ours)
        if [each.hash for each in held] != [each.hash for each in entries]:
            raise self._judge(shelf, number, content, entries)
        kept = copies.joined(ours, content, redacted())
        if kept != ours:
            shelf.replace({number: kept})

    def _judge(self, shelf: Shelf, number: int, content: bytes, entries: list[entry.Entry]) -> Forked | entry.Damaged:
        """What to say of a batch that does not fit: a fork if it contradicts a line that we hold.

        The author signed both, so that the second is proof. One is kept for each author, not as many
        as are sent, and without its words, which nobody could take back there.
        """
        first = entries[0]
        ours = {each.head.seq: each.hash for each in shelf.entries(first.head.seq - 2)}
        theirs = {first.head.seq - 1: first.head.prev} | {each.head.seq: each.hash for each in entries}
        if all(ours.get(seq, found) == found for seq, found in theirs.items()):
            return entry.Damaged("this batch does not stand where it says")
        name = f"fork-{first.author[:16]}"
        if not self._quarantine.has(name):
            self._quarantine.keep(name, entry.reissue(content, theirs), PROOF)
        return Forked(first.author, number)
