"""Reading aloud: the right voice, the words on its input only, and silence when somebody touches the screen."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from kiosk import speech
from kiosk.speech import Voice, command, joined, voice


def test_phrases_of_one_language_are_said_in_one_breath_with_pauses() -> None:
    told = joined([("Title", ""), ("Note", ""), ("Nota", "es"), ("Back", "")], "en")
    assert told == [("en", "Title.\nNote"), ("es", "Nota"), ("en", "Back")]


def test_what_is_said_is_no_argument_that_others_could_read() -> None:
    assert command("espeak-ng", "es", 2) == ["espeak-ng", "-v", "es", "-a", "160", "-s", "150", "--stdin"]


@pytest.mark.parametrize(("language", "name"), [("pt-BR", "pt"), ("zh-Hant", "cmn"), ("ar", "ar"), ("", "en")])
def test_a_language_has_its_voice(language: str, name: str) -> None:
    assert voice(language) == name


@pytest.mark.parametrize("volume", [-1, 0, 1, 2, 9])
def test_any_volume_is_one_of_three(volume: int) -> None:
    assert int(command("x", "en", volume)[4]) in speech.LOUDNESS


def program(place: Path, does: str) -> str:
    """Something that takes the arguments of espeak-ng."""
    path = place / "voice"
    path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def wait_for_voices() -> None:
    """Until nothing is being said."""
    for thread in threading.enumerate():
        if thread.name == "voice":
            thread.join(10)
            assert not thread.is_alive()


def test_everything_is_said_in_its_turn(tmp_path: Path) -> None:
    said = tmp_path / "said"
    Voice(program(tmp_path, f'echo "$2: $(cat)" >> {said}')).say([("Hello", ""), ("Hola", "es")], "en")
    wait_for_voices()
    assert said.read_text().splitlines() == ["en: Hello", "es: Hola"]


def test_a_touch_silences_it(tmp_path: Path) -> None:
    pipe = tmp_path / "begun"
    os.mkfifo(pipe)
    talker = Voice(program(tmp_path, f"echo yes > {pipe}; exec sleep 600"))
    talker.say([("A long story", ""), ("Otra", "es")], "en")
    assert pipe.read_text() == "yes\n"
    talker.stop()
    wait_for_voices()


def test_a_machine_without_a_voice_is_silent_and_goes_on(tmp_path: Path) -> None:
    voice = Voice(str(tmp_path / "missing"))
    for _ in range(2):
        voice.say([("Hello", "")], "en")
        wait_for_voices()
        assert not voice.speaking
