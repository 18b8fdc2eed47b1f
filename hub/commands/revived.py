"""A hub in its own process that comes back: found dead, it is started again, and what was asked is asked once more."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from hub.client import Client, HubDown, Receipt, read_token

T = TypeVar("T")
PATIENCE: Final = 60.0
"""Seconds for which a hub that does not answer is asked again."""


@dataclass(slots=True)
class Served:
    """A hub in its own process, started again whenever it is found dead."""

    data: Path
    starts: int = 0
    answered: int = 0
    """How many questions the hub has answered."""
    told: list[tuple[int, str]] = field(default_factory=list)
    """What the hub acknowledged: position and kind of every fact in a receipt."""
    _process: subprocess.Popen[str] | None = None
    _client: Client | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def client(self) -> Client:
        """A client of the living hub; starts one if there is none."""
        with self._lock:
            if self._process is None or self._process.poll() is not None or self._client is None:
                self._start()
            assert self._client is not None
            return self._client

    def _start(self) -> None:
        self._let_go()
        command = [sys.executable, "-m", "hub", "serve", "--data", str(self.data)]
        self._process = subprocess.Popen(
            [*command, "--listen", "127.0.0.1", "--port", "0", "--json"], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        told = self._process.stdout.readline()
        if not told:
            raise HubDown("the hub did not start")
        self._client = Client(json.loads(told)["api"], read_token(self.data, "kiosk"))
        self.starts += 1

    def kill(self) -> bool:
        """Pull the plug: SIGKILL, at once. Whether there was something to pull."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                return False
            self._process.kill()
            self._process.wait()
            return True

    def acknowledged(self, receipt: Receipt) -> Receipt:
        """Remember what a receipt promised, to hold it against the log at the end."""
        self.told += receipt.facts
        return receipt

    def stop(self) -> None:
        """End the hub in good order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=PATIENCE)
        self._let_go()

    def _let_go(self) -> None:
        if self._process is not None and self._process.stdout is not None:
            self._process.stdout.close()
        if self._client is not None:
            self._client.close()


def insist(hub: Served, act: Callable[[Client], T]) -> T:
    """Do something with the hub, again and again while it is down."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            answer = act(hub.client())
        except HubDown:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            hub.answered += 1
            return answer
