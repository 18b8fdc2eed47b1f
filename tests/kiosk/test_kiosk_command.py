"""`trestle kiosk`: starts without a hub, ends with a signal, and says in a sentence what is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.command import UNFIT, kiosk


def test_without_a_token_it_says_where_one_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRESTLE_TOKEN", raising=False)
    told = CliRunner().invoke(kiosk, ["--data", str(tmp_path)])
    assert told.exit_code == 2
    assert "There is no token for the kiosk in" in told.output


def test_a_size_that_is_none_is_a_wrong_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRESTLE_TOKEN", "x")
    assert CliRunner().invoke(kiosk, ["--size", "large"]).exit_code == 2


def test_a_machine_with_no_place_to_keep_anything_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TRESTLE_TOKEN", "none")
    monkeypatch.setenv("TRESTLE_CACHE", str(tmp_path / "file" / "cache"))
    told = CliRunner().invoke(kiosk, ["--offscreen"], standalone_mode=False)
    assert told.return_value == UNFIT
    assert "cannot be made: Not a directory. Name one that can be written in TRESTLE_CACHE." in told.output


def test_it_starts_without_a_hub_and_ends_cleanly_when_told_to() -> None:
    environment = {**os.environ, "TRESTLE_TOKEN": "none", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "kiosk", "--offscreen", "--api", "http://127.0.0.1:9"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as screen:
        assert screen.stdout is not None
        assert screen.stdout.readline() == "The kiosk is shown.\n"
        screen.send_signal(signal.SIGTERM)
        told = screen.communicate(timeout=60)
    assert (screen.returncode, told) == (0, ("", ""))
