"""The journal: everything this hub decides and everything it takes in, in one order.

`follow`, (boot, seq) and every position that another store names mean this chain.
"""

from __future__ import annotations

from hub.log.chain import Chain


class Journal(Chain):
    """The truth. Each call to `append` is one write and one sync; each line bears a signature."""

    NAME = "journal"
