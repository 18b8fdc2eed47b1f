"""Two copies of one batch, from different hands: which words we keep.

Words can be left out of a batch without any key, for the hashes bind them only by their own. So a copy
with fewer words is believed where its author took them back, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from hub import entry


def joined(ours: bytes, theirs: bytes, redacted: Collection[int]) -> bytes:
    """The batch with every word that either copy has, but those of the lines its author `redacted`.

    Both have the same hashes. What comes out is the author's own bytes: the original where it is whole,
    else what the author reissues.
    """
    batch, held = entry.read_batch(ours)
    _, heard = entry.read_batch(theirs)
    bodies = [
        None if mine.seq in redacted else mine.body or other.body for mine, other in zip(held, heard, strict=True)
    ]
    if not any(each.head.body and body is None for each, body in zip(held, bodies, strict=True)):
        for copy in (ours, theirs):
            if entry.read_batch(copy)[0].seed:
                return copy
    lines = [
        entry.BatchLine(line.head, body.words, body.salt) if body else entry.BatchLine(line.head)
        for line, body in zip(batch.lines, bodies, strict=True)
    ]
    return entry.canonical(msgspec.structs.replace(batch, seed="", lines=lines))
