"""The hub's programs as their own processes, for tests that look at them from outside."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub.client import Client, read_token

COMMAND = (sys.executable, "-m", "hub")
PATIENCE = 30.0


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person would."""
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def trestle(*arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command, and look at how it ends."""
    done = run(*arguments)
    assert done.returncode == status, (arguments, done.stdout, done.stderr)
    return done


@dataclass(frozen=True, slots=True)
class Served:
    """Where it keeps its data, and where it answers: the hall, and our own programs."""

    data: Path
    address: str
    api: str
    process: subprocess.Popen[str]

    def client(self, door: str = "kiosk", language: str = "en", timeout: float = 10.0) -> Client:
        """One of our own programs, at its own door."""
        return Client(self.api, read_token(self.data, door), language, timeout=timeout)


@contextmanager
def begun(data: Path, *arguments: str, run: tuple[str, ...] = COMMAND) -> Iterator[subprocess.Popen[str]]:
    """Serving at free ports. What it tells and what troubles it can be read; nothing of it outlives the block."""
    serve = [*run, "serve", "--data", str(data), "--listen", "127.0.0.1", "--port", "0", "--json", *arguments]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def serving(data: Path) -> Iterator[Served]:
    """A hub that is up for the length of a `with` block, and ends in good order."""
    with begun(data) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield Served(data, told["address"], told["api"], process)
        process.send_signal(signal.SIGTERM)
        _, troubles = process.communicate(timeout=PATIENCE)
        assert (process.returncode, "Traceback" in troubles) == (0, False), troubles
