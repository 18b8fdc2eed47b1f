"""`trestle serve`: the hub itself, its pages and its API, until it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import threading
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from hub import config as settings
from hub.commands.addresses import EVERYWHERE, others_reach
from hub.commands.crew import Crew
from hub.commands.found import found_hub, founding
from hub.commands.listener import Listener
from hub.commands.options import data_option, json_option, open_hub, open_new
from hub.log import fs
from hub.log.lock import unfit_for_ballots
from hub.printing.port import Printer, PrinterSettings
from hub.printing.press import Press
from hub.printing.printers import open_printer
from hub.printing.spool import Spool
from hub.printing.typecase import Typesetting
from hub.service import Service
from hub.stores import check_place, founded
from hub.web import create_app
from hub.web.access import Door
from hub.words import Catalogue

TICK: Final = 2.0
"""Seconds between two looks at what is due."""
HOME: Final = "127.0.0.1"
"""The address of our own programs' door: no other machine reaches it."""
LET_GO: Final = 10.0
"""Seconds the press may go on with a sheet when the hub is told to stop; then its state is unknown."""
BROKEN: Final = 70
"""Exit status where a bug ended the hub (EX_SOFTWARE of sysexits.h): start it again."""


@click.command()
@data_option
@click.option("--listen", help="Address to listen at; the hall's Wi-Fi by default.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port; 0 takes a free one.")
@click.option("--api-port", type=click.IntRange(0, 65_535), help="Port for our own programs, on this machine only.")
@click.option("--found-if-missing", is_flag=True, help="Found a practice hub first, where there is none.")
@json_option
def serve(
    data: Path, listen: str | None, port: int | None, api_port: int | None, found_if_missing: bool, as_json: bool
) -> int:
    """Run the hub: pages for the hall, an API for the kiosk and the mesh on this machine.

    Ends with status 70 after a bug that stopped a part of it, so that a service manager starts it again.
    """
    if found_if_missing and not founded(data):
        _found_practice(data)
    config = settings.read(data, os.environ)
    config = replace(
        config,
        listen=settings.address(listen) if listen else config.listen,
        port=config.port if port is None else port,
        api_port=config.api_port if api_port is None else api_port,
    )
    service = open_hub(data)
    try:
        ephemeral = service.rules(lambda house: house.constitution.ephemeral)
        check_place(data, ephemeral=ephemeral)
        if not ephemeral and (kind := unfit_for_ballots(data)):
            click.echo(f"trestle: the data lie on {kind}; see “trestle doctor” before a secret vote.", err=True)
        return _run(service, config, as_json)
    finally:
        service.close()


def _found_practice(data: Path) -> None:
    service = open_new(data, ephemeral=True)
    try:
        name, text = "Maple Street Kitchen", "kitchen"
        found_hub(service, founding(service.hub, name, text, "en", "EUR", "UTC", {}, ephemeral=True))
    finally:
        service.close()
    click.echo(f"Founded a practice hub in {data}.", err=True)


def _run(service: Service, config: settings.Config, as_json: bool) -> int:
    """Everything at once, until a signal comes or a part fails; the programs' door has its own server."""
    crew = Crew()
    press = press_for(service, config, crew.stopping)
    app = create_app(
        service, Catalogue.load(), tokens(config.data), os.urandom, press, lambda: _address(config.listen, hall.port)
    )
    hall = Listener(app, config.listen, config.port, channel_timeout=20, cleanup_interval=5, connection_limit=300)
    programs = Listener(app, HOME, config.own_door, channel_timeout=60)
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, crew.call_off)
    ticker = crew.start("tick", lambda: _tick(service, crew.stopping))
    printing = crew.start("press", lambda: press.run(crew.stopping))
    doors = [(door, crew.start(name, door.run)) for name, door in (("hall", hall), ("programs", programs))]
    try:
        _tell(config.listen, hall.port, programs.port, as_json)
        crew.wait()
    finally:
        crew.stopping.set()
        press.wake()
        for door, thread in doors:
            door.stop(ended=thread.join)
        ticker.join()
        printing.join(LET_GO)
    return BROKEN if crew.failed else 0


def press_for(service: Service, config: settings.Config, stopping: threading.Event) -> Press:
    """The press of this hub: its spool lies beside the log."""
    spool = Spool(fs.RealDisk(), config.data / "spool", os.urandom, service.now)

    def opening(settings: PrinterSettings) -> Printer:
        return open_printer(settings, stopping, broke_off=spool.broke_off)

    return Press(config.own_printer, spool, typesetting, opening, lambda: service.erasures)


def typesetting() -> Typesetting:
    """What sets type, loaded when something is to be printed first."""
    from hub.printing.typeset import Typesetter

    return Typesetter()


def _tick(service: Service, stopping: threading.Event) -> None:
    """Look every few seconds; a trouble is said once, and looked at again the next time. Raises on a bug."""
    told: list[str] = []
    while not stopping.wait(TICK):
        try:
            trouble = service.tick()
        except OSError as fault:  # a full disk, an unreadable card: the pages go on and say so
            trouble = [f"{fault.strerror}"]
        for each in trouble:
            if each not in told:
                click.echo(f"trestle: {each}", err=True)
        told = trouble


def tokens(data: Path) -> dict[str, Door]:
    """The tokens of our own programs, made once, readable by the hub's owner only."""
    path = data / "tokens.json"
    disk = fs.RealDisk()
    content = fs.read(disk, path)
    if content is None:
        made = {door.value: os.urandom(24).hex() for door in (Door.KIOSK, Door.DESK, Door.MESH)}
        content = json.dumps(made).encode()
        fs.replace(disk, path, content)
    return {token: Door(name) for name, token in json.loads(content).items()}


def _address(listen: str, port: int) -> str:
    """Where phones find the pages; this machine's own address where no other reaches them."""
    return f"http://{next(iter(others_reach(listen)), HOME)}:{port}"


def _tell(listen: str, port: int, own_door: int, as_json: bool) -> None:
    address = f"http://{HOME if listen in EVERYWHERE else listen}:{port}"
    api = f"http://{HOME}:{own_door}"
    if as_json:
        click.echo(json.dumps({"address": address, "api": api, "pid": os.getpid()}))
        return
    click.echo(f"The hub is open: {address}")
    for other in others_reach(listen):
        click.echo(f"From a phone on the same network: http://{other}:{port}")
    click.echo(f"For the kiosk and the mesh on this machine: {api}")
    click.echo("Stop it with Ctrl-C.")
