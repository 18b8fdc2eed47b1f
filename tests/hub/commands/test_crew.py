"""The threads of a running hub, and what ends them."""

from __future__ import annotations

import os
import signal

import pytest

from hub.commands.crew import Crew

PATIENCE = 10.0


def test_a_signal_ends_the_waiting_even_where_it_comes_before_it() -> None:
    crew, before = Crew(), signal.getsignal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, crew.call_off)
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        crew.wait()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert crew.stopping.is_set()
    assert not crew.failed


def test_a_signal_that_comes_while_the_crew_is_being_stopped_breaks_nothing() -> None:
    crew = Crew()
    crew.call_off()
    crew.call_off()
    crew.wait()
    crew.call_off()
    assert crew.stopping.is_set()


def test_a_bug_in_one_thread_ends_the_waiting(capsys: pytest.CaptureFixture[str]) -> None:
    crew = Crew()

    def fail() -> None:
        raise ZeroDivisionError

    idle = crew.start("idle", crew.stopping.wait)
    crew.start("bug", fail).join(PATIENCE)
    crew.wait()
    idle.join(PATIENCE)
    assert crew.failed
    assert not idle.is_alive()
    assert "ZeroDivisionError" in capsys.readouterr().err
