"""What printers answer."""

from __future__ import annotations

import pytest

from hub.printing.port import Trouble
from hub.printing.status import Answers, judge


def test_an_answer_to_a_question_is_told_from_the_fence() -> None:
    assert list(Answers().sort(b"\x12\x00\x16\x03\x72\x0f")) == [
        (False, 0x12),
        (True, 0x00),
        (False, 0x16),
        (True, 0x03),
        (False, 0x72),
        (True, 0x0F),
    ]


def test_what_a_printer_says_of_its_own_accord_is_no_answer() -> None:
    answers = Answers()
    assert list(answers.sort(b"\x14\x00")) == []
    assert list(answers.sort(b"\x00\x0f\x12")) == [(False, 0x12)]


def test_flow_control_and_noise_are_no_answers() -> None:
    assert list(Answers().sort(b"\x11\x13\xff\x92")) == []


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ({1: 0x12, 2: 0x12, 4: 0x12}, None),
        ({1: 0x12}, None),
        ({1: 0x12, 2: 0x12, 4: 0x1E}, None),
        ({1: 0x1A, 2: 0x16, 4: 0x72}, Trouble.COVER_OPEN),
        ({1: 0x1A, 2: 0x32, 4: 0x72}, Trouble.PAPER_OUT),
        ({1: 0x12, 4: 0x72}, Trouble.PAPER_OUT),
        ({1: 0x1A, 2: 0x52, 4: 0x12}, Trouble.ERROR),
        ({1: 0x1A}, Trouble.ERROR),
    ],
)
def test_answers_are_understood(answers: dict[int, int], trouble: Trouble | None) -> None:
    """Paper near its end is no trouble; an open lid comes before missing paper."""
    assert judge(answers) is trouble
