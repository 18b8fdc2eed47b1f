"""Reads a page aloud with espeak-ng, a program of its own: it speaks every language of ours and can be stopped."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterable
from typing import Final

PROGRAM: Final = "espeak-ng"
LOUDNESS: Final = (60, 100, 160)
"""espeak's amplitude for the steps of the session's volume, soft to loud."""
PACE: Final = 150
"""Words a minute; a little slower than people speak."""
PAUSE: Final = ".\n"


def available() -> bool:
    """Whether this machine can speak; where it cannot, the button is not offered."""
    return shutil.which(PROGRAM) is not None


class Voice:
    """One voice at a time. `program` may be another that takes the same arguments."""

    def __init__(self, program: str = PROGRAM) -> None:
        self._program = program
        self._lock = threading.Lock()
        self._speaking: subprocess.Popen[bytes] | None = None
        self._turn = 0

    def say(self, phrases: Iterable[tuple[str, str]], language: str, volume: int = 1) -> None:
        """Say the phrases, each in its language ("" is the reader's), after stopping what was being said."""
        self.stop()
        told = joined(phrases, language)
        threading.Thread(target=self._run, args=(self._turn, told, volume), name="voice", daemon=True).start()

    @property
    def speaking(self) -> bool:
        """Whether something is being said just now."""
        return self._speaking is not None

    def stop(self) -> None:
        """Be silent now."""
        with self._lock:
            self._turn += 1
            if self._speaking is not None:
                self._speaking.terminate()

    def _run(self, turn: int, told: list[tuple[str, str]], volume: int) -> None:
        for language, text in told:
            with self._lock:
                if turn != self._turn:
                    return
                try:
                    started = subprocess.Popen(
                        command(self._program, language, volume), stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
                    )
                except OSError:
                    return  # the program went away: silence, and the screen still says it
                self._speaking = started
            started.communicate(text.encode())
            with self._lock:
                if self._speaking is started:
                    self._speaking = None


def command(program: str, language: str, volume: int) -> list[str]:
    """The program's arguments; what is said comes on its input, where no other user of the machine sees it."""
    loud = LOUDNESS[min(max(volume, 0), len(LOUDNESS) - 1)]
    return [program, "-v", voice(language), "-a", str(loud), "-s", str(PACE), "--stdin"]


def voice(language: str) -> str:
    """espeak's name of a language."""
    base = language.partition("-")[0].lower()
    return {"zh": "cmn", "no": "nb"}.get(base, base) or "en"


def joined(phrases: Iterable[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """Phrases of one language after another as one text with pauses: (language, text)."""
    told: list[tuple[str, str]] = []
    for text, own in phrases:
        spoken = own or language
        if told and told[-1][0] == spoken:
            told[-1] = (spoken, told[-1][1] + PAUSE + text)
        else:
            told.append((spoken, text))
    return told
