"""Work for the hub off the drawing thread, with the real client against nobody."""

from __future__ import annotations

import queue
from collections.abc import Callable

import pytest

from hub.client import Client, HubDown, Refused
from kiosk.worker import Answer, Inline, Thread

NOWHERE = "http://127.0.0.1:9"
"""The discard port: nobody answers there."""


def test_what_the_hub_says_no_to_is_an_answer_and_what_is_a_bug_is_not() -> None:
    told: list[Answer] = []
    worker = Inline(Client(NOWHERE, "token"))
    worker.do(lambda client: client.status(), told.append)
    assert isinstance(told[0].why, HubDown)

    def refuse(_: Client) -> None:
        raise Refused("quorum", "No.", "No.")

    worker.do(refuse, told.append)
    assert isinstance(told[1].why, Refused)
    with pytest.raises(ZeroDivisionError):
        worker.do(lambda _: 1 // 0, told.append)


def test_a_thread_answers_in_order_on_the_thread_that_draws() -> None:
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    told: list[object] = []
    worker = Thread(Client(NOWHERE, "token"), posted.put)
    for number in range(3):
        worker.do(lambda _, n=number: n, lambda answer: told.append(answer.value))
    worker.close()
    assert told == [], "nothing is told before the drawing thread takes it"
    while not posted.empty():
        posted.get()()
    assert told == [0, 1, 2]


def test_a_bug_on_the_thread_is_raised_where_it_ends_the_program() -> None:
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    worker = Thread(Client(NOWHERE, "token"), posted.put)
    worker.do(lambda _: 1 // 0, lambda _: None)
    with pytest.raises(ZeroDivisionError):
        posted.get(timeout=10)()
    worker.close()
