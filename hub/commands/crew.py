"""The threads of a running hub. One that fails ends them all: half a hub looks alive, and closes nothing."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable


class Crew:
    """Threads that work until `stopping`, each of which sets it when a bug ends it."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.failed = False

    def start(self, name: str, work: Callable[[], object]) -> threading.Thread:
        """Begin one more. It dies with the process, so that a stuck one holds up no end."""
        thread = threading.Thread(target=self._run, args=(work,), name=name, daemon=True)
        thread.start()
        return thread

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception:  # a bug: it is shown whole, for whoever mends it
            traceback.print_exc()
            self.failed = True
            self.stopping.set()
