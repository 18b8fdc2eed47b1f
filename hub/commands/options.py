"""What several commands share: where the data are, the clock, opening a hub."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from hub.commands.copying import beside
from hub.domain.base import Millis
from hub.log.chain import Stamp
from hub.log.faults import Occupied
from hub.service import Service
from hub.stores import Stores, check_place, founded, no_such_hub, open_stores

F = TypeVar("F", bound=Callable[..., Any])

BUILT: Final = 1_767_225_600_000
"""2026-01-01 UTC in milliseconds: a clock that shows an earlier day was never set."""


def data_option(function: F) -> F:
    """`--data DIR`."""
    option = click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("var"),
        envvar="TRESTLE_DATA",
        show_default=True,
        help="The hub's directory.",
    )
    return option(function)


def json_option(function: F) -> F:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")(function)


def clock() -> Stamp:
    """The machine's clock, and whether it looks set."""
    now = Millis(time.time_ns() // 1_000_000)
    return Stamp(now, now >= BUILT)


def open_hub(data: Path) -> Service:
    """Open the hub in a directory. Raises Refusal where there is none, Occupied where it is running."""
    if not founded(data):
        raise no_such_hub(data)
    return _in_service(open_stores(data, os.urandom))


def _in_service(stores: Stores) -> Service:
    try:
        return Service(stores, clock)
    except BaseException:
        stores.close()
        raise


@contextmanager
def reading(data: Path) -> Iterator[Service]:
    """The hub in a directory, to be read; on a copy while the hub itself is running."""
    with ExitStack() as held:
        try:
            service = open_hub(data)
        except Occupied:
            service = held.enter_context(beside(data, open_hub))
        else:
            held.callback(service.close)
        yield service


def open_new(data: Path, *, ephemeral: bool) -> Service:
    """Open a directory for founding. Raises Unfit where it could not keep the data."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_place(data, ephemeral=ephemeral)
    return _in_service(open_stores(data, os.urandom))
