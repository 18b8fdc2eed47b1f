"""The served hub is killed at each step of a print: afterwards it tells the truth, and nothing comes out twice."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from json import loads
from pathlib import Path

import pytest
from emulated_printer import EmulatedPrinter
from kitchen import Kitchen
from served import PATIENCE, begun, serving

from hub.client import Client, HubDown, Print, read_token
from hub.domain.base import MemberId
from hub.printing.raster import Raster

KEY = "0123456789abcdef"
KILLED = """
import os, signal, sys
from hub.cli import main
from hub.printing.printers.network import TcpLink
from hub.printing.spool import Spool

STEP = sys.argv.pop(1)

def die(step):
    if step == STEP:
        os.kill(os.getpid(), signal.SIGKILL)

add, begin, end, send = Spool.add, Spool.begin, Spool.end, TcpLink.send
begun = []

def adding(spool, wanted):
    die("before it waits")
    added = add(spool, wanted)
    die("once it waits")
    return added

def beginning(spool, job):
    die("before it is marked")
    begin(spool, job)
    begun.append(job)
    die("once it is marked")

def ending(spool, job, state, trouble=""):
    die("before it is done")
    end(spool, job, state, trouble)
    die("once it is done")

def sending(link, content):
    sent = send(link, content)
    if begun and sent > 100:
        die("after a first strip")
    return sent

Spool.add, Spool.begin, Spool.end, TcpLink.send = adding, beginning, ending, sending
main(sys.argv[1:])
"""
"""`trestle` that is killed as by a pulled plug, at the step its first argument names."""


@pytest.fixture
def printer() -> Iterator[EmulatedPrinter]:
    with EmulatedPrinter() as emulated:
        yield emulated


@pytest.fixture
def hub(kitchen: Kitchen, printer: EmulatedPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kitchen:
    """A founded hub with that printer, not running. What it leaves lying when it is killed goes with the test."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    kitchen.opening_evening()
    settings = f'[printer]\nkind = "network"\naddress = "{printer.address}"\n'
    (kitchen.directory / "trestle.toml").write_text(settings, encoding="utf-8")
    kitchen.service.close()
    return kitchen


@contextmanager
def desk(data: Path) -> Iterator[Client]:
    """The hub, started again; a desk's client of it."""
    with serving(data) as served:
        client = served.client("desk")
        try:
            yield client
        finally:
            client.close()


def ask(client: Client, member: MemberId | None, kitchen: Kitchen) -> Print:
    """Ask for a sheet, or for a member's card, always under the same key."""
    if member is None:
        return client.print_sheet("constitution", KEY)
    return client.print_card(member, kitchen.cards[member], KEY)


def killed(kitchen: Kitchen, step: str, member: MemberId | None = None) -> Print | None:
    """Print until the hub dies at that step; what was answered, if anything was."""
    answered = None
    with begun(kitchen.directory, run=(sys.executable, "-c", KILLED, step)) as process:
        assert process.stdout is not None
        client = Client(loads(process.stdout.readline())["api"], read_token(kitchen.directory, "desk"))
        with suppress(HubDown):
            answered = ask(client, member, kitchen)
        process.communicate(timeout=PATIENCE)
        client.close()
    assert process.returncode == -9
    return answered


def settled(client: Client, sheet: Print) -> str:
    """The state of a sheet, once it waits no more."""
    until = time.monotonic() + PATIENCE
    while sheet.waits and time.monotonic() < until:
        sheet = client.print_state(sheet.job)
    return sheet.state


def whole(client: Client) -> Raster:
    return Raster.from_png(client.preview("constitution"))


@pytest.mark.parametrize("step", ["before it waits", "once it waits", "before it is marked", "once it is done"])
def test_killed_before_it_began_or_after_its_end_a_sheet_comes_out_once(
    step: str, hub: Kitchen, printer: EmulatedPrinter
) -> None:
    killed(hub, step)
    with desk(hub.directory) as client:
        assert settled(client, ask(client, None, hub)) == "done"
        assert client.printer()["queued"] == 0
    assert len(printer.device.sheets) == 1
    assert printer.device.hanging == 0


@pytest.mark.parametrize("step", ["once it waits", "before it is marked"])
def test_what_waited_is_printed_without_anybody_asking_again(step: str, hub: Kitchen, printer: EmulatedPrinter) -> None:
    killed(hub, step)
    with desk(hub.directory):
        assert printer.wait_for_sheets(1, PATIENCE)
    assert len(printer.device.sheets) == 1


@pytest.mark.parametrize("step", ["once it is marked", "after a first strip"])
def test_killed_within_a_sheet_a_person_is_asked_and_the_second_try_is_marked_as_a_copy(
    step: str, hub: Kitchen, printer: EmulatedPrinter
) -> None:
    answered = killed(hub, step)
    with desk(hub.directory) as client:
        found = ask(client, None, hub)
        assert answered is None or answered.job == found.job
        assert (found.state, client.printer()["queued"]) == ("unknown", 0)
        assert not printer.device.sheets
        assert settled(client, client.came_out(found.job, False)) == "done"
        plain = whole(client).height
    *half, copy = printer.device.sheets
    assert copy.height > plain
    assert [sheet.height < plain for sheet in half] == [True] * (step == "after a first strip")


def test_killed_before_it_could_write_that_it_was_done_the_sheet_is_out_and_a_person_says_so(
    hub: Kitchen, printer: EmulatedPrinter
) -> None:
    killed(hub, "before it is done")
    with desk(hub.directory) as client:
        found = ask(client, None, hub)
        assert found.state == "unknown"
        assert client.came_out(found.job, True).state == "done"
    assert len(printer.device.sheets) == 1


@pytest.mark.parametrize(
    ("step", "state", "sheets"),
    [
        ("once it waits", "lost", 0),
        ("before it is marked", "lost", 0),
        ("once it is marked", "unknown", 0),
        ("before it is done", "unknown", 1),
    ],
)
def test_a_card_is_never_printed_by_a_hub_that_was_started_again(
    step: str, state: str, sheets: int, hub: Kitchen, printer: EmulatedPrinter
) -> None:
    rosa = next(iter(hub.cards))
    killed(hub, step, rosa)
    kept = b"".join(path.read_bytes() for path in (hub.directory / "spool").iterdir())
    assert hub.cards[rosa].encode() not in kept
    assert b"PNG" not in kept
    with desk(hub.directory) as client:
        found = ask(client, rosa, hub)
        assert found.state == state
        assert client.came_out(found.job, False).state == ("spoiled" if state == "unknown" else state)
        client.print_sheet("constitution", "another")
        assert printer.wait_for_sheets(sheets + 1, PATIENCE)
    assert len(printer.device.sheets) == sheets + 1


def test_a_hub_that_is_stopped_while_paper_is_out_ends_in_good_order_and_asks_afterwards(
    hub: Kitchen, printer: EmulatedPrinter
) -> None:
    printer.device.paper = 200
    with desk(hub.directory) as client:
        first = client.print_sheet("constitution", KEY)
        until = time.monotonic() + PATIENCE
        while "no paper" not in client.print_state(first.job).trouble and time.monotonic() < until:
            pass
        assert client.print_state(first.job).state == "sending"
    printer.device.refill()
    with desk(hub.directory) as client:
        assert client.print_state(first.job).state == "unknown"
