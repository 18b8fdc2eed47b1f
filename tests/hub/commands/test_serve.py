"""A running hub among strangers: a crowd, too much at once, another machine, and a bug of its own."""

from __future__ import annotations

import http.client
import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from kitchen import Kitchen
from served import PATIENCE, Served, begun, serving

from hub.client import read_token
from hub.web import LARGEST_REQUEST

CROWD = 320
MUCH = 4 << 20


@pytest.fixture
def data(kitchen: Kitchen) -> Path:
    """The data directory of a founded hub that is not running."""
    kitchen.service.close()
    return kitchen.directory


@pytest.fixture
def hub(data: Path) -> Iterator[Served]:
    with serving(data) as served:
        yield served


def place_of(address: str) -> tuple[str, int]:
    host, _, port = address.removeprefix("http://").partition(":")
    return host, int(port)


def status_from(address: str, source: str, token: str) -> int:
    """What /api/status answers a caller from some address of this machine."""
    caller = http.client.HTTPConnection(*place_of(address), timeout=5, source_address=(source, 0))
    caller.request("GET", "/api/status", headers={"Authorization": f"Bearer {token}"})
    try:
        return caller.getresponse().status
    finally:
        caller.close()


def test_a_crowd_that_fills_the_halls_door_does_not_keep_the_kiosk_waiting(hub: Served) -> None:
    with ExitStack() as crowd:
        for _ in range(CROWD):
            crowd.enter_context(socket.create_connection(place_of(hub.address), timeout=5))
        late = http.client.HTTPConnection(*place_of(hub.address), timeout=1)
        late.request("GET", "/healthz")
        with pytest.raises(TimeoutError):
            late.getresponse()
        began = time.monotonic()
        assert hub.client(timeout=3).status()["damage"] is None
        assert time.monotonic() - began < 3
        late.close()


@pytest.mark.parametrize("framing", [f"Content-Length: {MUCH + (1 << 20)}", "Transfer-Encoding: chunked"])
def test_too_much_at_once_is_turned_away_before_it_lies_on_the_disk(hub: Served, framing: str) -> None:
    head = f"POST /needs/ask HTTP/1.1\r\nHost: hall\r\n{framing}\r\n\r\n".encode()
    chunk = b"10000\r\n" + bytes(1 << 16) + b"\r\n"
    with socket.create_connection(place_of(hub.address), timeout=10) as phone:
        phone.sendall(head)
        with suppress(ConnectionError):
            for _ in range(MUCH >> 16):
                phone.sendall(chunk)
        assert phone.recv(12) == b"HTTP/1.1 413"
        assert max(unnamed_files(hub.process.pid), default=0) <= LARGEST_REQUEST


def unnamed_files(pid: int) -> Iterator[int]:
    """The sizes of the files a process has open that stand in no directory."""
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            found = each.stat()
            if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                yield found.st_size


def test_a_request_of_just_the_largest_size_comes_in(hub: Served) -> None:
    caller = http.client.HTTPConnection(*place_of(hub.address), timeout=10)
    caller.request("POST", "/needs/ask", body=bytes(LARGEST_REQUEST))
    assert caller.getresponse().status == 400
    caller.close()


def test_the_api_answers_this_machine_only(hub: Served) -> None:
    token = read_token(hub.data, "kiosk")
    for door in (hub.address, hub.api):
        assert status_from(door, "127.0.0.1", token) == 200
        assert status_from(door, "127.0.0.2", token) == 401
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", place_of(hub.api)[1]), timeout=5).close()


def test_a_port_that_is_taken_is_named(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with begun(data, "--api-port", str(port)) as process:
            _, troubles = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert troubles.endswith(f"trestle: Address already in use: 127.0.0.1:{port}.\n")


CLOCKWORK = """
import errno, os, sys
from hub.cli import main
from hub.commands import serve
from hub.service import Service

def tick(service):
    if os.environ.get("TRESTLE_TEST_BUG"):
        raise ZeroDivisionError("a bug")
    raise OSError(errno.EIO, "the card does not answer")

serve.TICK = 0.02
Service.tick = tick
main(sys.argv[1:])
"""
"""`trestle` with a clockwork that cannot do its work."""


def test_a_bug_in_the_clockwork_ends_the_hub_so_that_it_is_started_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRESTLE_TEST_BUG", "yes")
    with begun(data, run=(sys.executable, "-c", CLOCKWORK)) as process:
        _, troubles = process.communicate(timeout=PATIENCE)
    assert process.returncode == os.EX_SOFTWARE == 70
    assert troubles.count("Traceback") == 1
    assert troubles.endswith("ZeroDivisionError: a bug\n")
    with serving(data) as again:
        assert again.client().status()["damage"] is None


def test_a_trouble_of_the_medium_is_said_once_and_the_hub_goes_on(data: Path) -> None:
    with begun(data, run=(sys.executable, "-c", CLOCKWORK)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = process.stdout.readline()
        said = process.stderr.readline()
        if "before a secret vote" in said:  # the file system here, which is not what this is about
            said = process.stderr.readline()
        assert said == "trestle: the card does not answer\n"
        assert '"api"' in told
        assert process.poll() is None
        process.terminate()
        _, troubles = process.communicate(timeout=PATIENCE)
    assert (process.returncode, troubles) == (0, "")
