"""The threads of a running hub. One that fails ends them all: half a hub looks alive, and closes nothing."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable


class Crew:
    """Threads that work until `stopping`, which is set when one of them fails or `call_off` was called."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.failed = False
        self._heard, self._bell = os.pipe()

    def wait(self) -> None:
        """Wait until there is a reason to stop."""
        os.read(self._heard, 1)
        self.stopping.set()

    def call_off(self, *_: object) -> None:
        """End it all. Good as a handler of signals: it takes no lock and raises nothing, wherever it interrupts."""
        os.write(self._bell, b".")

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
            self.call_off()
