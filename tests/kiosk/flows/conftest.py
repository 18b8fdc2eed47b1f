"""Evenings at the kiosk, for the tests of its flows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kitchen import NOON, Kitchen, seeded
from pressing import Evening, Tray, Type

from hub.log.fs import RealDisk
from hub.printing.port import PrinterSettings
from hub.printing.press import Press
from hub.printing.spool import Spool
from kiosk.board import Board
from kiosk.flows.home import first


@pytest.fixture
def tray() -> Tray:
    """The printer's tray."""
    return Tray()


@pytest.fixture
def press(tmp_path: Path, tray: Tray) -> Press:
    """A press with that tray, worked by hand: `press.step()` prints one sheet."""
    spool = Spool(RealDisk(), tmp_path / "spool", seeded("spool"), lambda: NOON)
    return Press(PrinterSettings("network", "127.0.0.1:9100"), spool, Type, lambda _: tray)


@pytest.fixture
def new(kitchen: Kitchen, press: Press) -> Iterator[Evening]:
    """A hub where nobody belongs yet, and the kiosk in its kitchen."""
    evening = Evening(kitchen, first(Board()), press)
    evening.wait(1)
    yield evening
    evening.close()


@pytest.fixture
def evening(new: Evening) -> Evening:
    """Rosa, Ali and Mei belong, and the kiosk shows its first screen."""
    names = ("Rosa", "Ali", "Mei")
    new.members = dict(zip(names, new.kitchen.opening_evening(*names), strict=True))
    new.wait(11)
    return new
