"""The journal: everything this hub decides and everything it takes in, in one order.

`follow`, (boot, seq) and every position that another store names mean this chain.
"""

from __future__ import annotations

from collections.abc import Collection

from hub.log.chain import Chain


class Journal(Chain):
    """The truth. Each call to `append` is one write and one sync; each line bears a signature."""

    NAME = "journal"

    def redact(self, seqs: Collection[int]) -> list[str]:
        """Blank these lines and return what stood there, for the stores that hold copies.

        Call it when the `redacted` event is durable, and again for every such event at boot: a power
        cut between the two is healed that way. The second time there is nothing to return.
        """
        texts = self.texts(seqs)
        self.blank(seqs)
        return texts
