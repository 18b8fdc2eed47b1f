"""`trestle serve`: the hub itself, its pages and its API, until it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from pathlib import Path
from types import FrameType
from typing import Final

import click
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from hub import config as settings
from hub.commands.found import found_hub, founding
from hub.commands.options import data_option, json_option, open_hub, open_new
from hub.log import fs
from hub.service import Service
from hub.stores import founded
from hub.web import create_app
from hub.web.access import Door
from hub.words import Catalogue

TICK: Final = 2.0
"""Seconds between two looks at what is due."""
THREADS: Final = 8


@click.command()
@data_option
@click.option("--listen", help="Address to listen at; the hall's Wi-Fi by default.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port; 0 takes a free one.")
@click.option("--found-if-missing", is_flag=True, help="Found a practice hub first, where there is none.")
@json_option
def serve(data: Path, listen: str | None, port: int | None, found_if_missing: bool, as_json: bool) -> None:
    """Run the hub: pages for the hall, an API for the kiosk and the mesh on this machine."""
    if found_if_missing and not founded(data):
        _found_practice(data)
    config = settings.read(data, os.environ)
    service = open_hub(data)
    try:
        _run(service, data, listen or config.listen, config.port if port is None else port, as_json)
    finally:
        service.close()


def _found_practice(data: Path) -> None:
    service = open_new(data, ephemeral=True)
    try:
        name, text = "Maple Street Kitchen", "kitchen"
        found_hub(service, founding(service.hub, name, text, "en", "EUR", "UTC", {}, ephemeral=True))
    finally:
        service.close()
    click.echo(f"Founded a practice hub in {data}.")


def _run(service: Service, data: Path, listen: str, port: int, as_json: bool) -> None:
    app = create_app(service, Catalogue.load(), tokens(data), os.urandom)
    server = create_server(app, host=listen, port=port, threads=THREADS, ident=None, channel_timeout=60)
    stopping = threading.Event()
    ticker = threading.Thread(target=_tick, args=(service, stopping), name="tick", daemon=True)
    ticker.start()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, _stop)
    _tell(listen, _port_of(server), as_json)
    try:
        server.run()
    except SystemExit:
        pass
    finally:
        stopping.set()
        ticker.join()
        server.close()


def _port_of(server: MultiSocketServer | BaseWSGIServer) -> int:
    """The port the pages are served at; a name of several addresses has one for each, the first is told."""
    if isinstance(server, MultiSocketServer):
        return int(server.effective_listen[0][1])
    return int(server.getsockname()[1])


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit


def _tick(service: Service, stopping: threading.Event) -> None:
    """Look every few seconds; a trouble is said once, and looked at again the next time."""
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


def _tell(listen: str, port: int, as_json: bool) -> None:
    address = f"http://{'127.0.0.1' if listen == '0.0.0.0' else listen}:{port}"  # noqa: S104
    if as_json:
        click.echo(json.dumps({"address": address, "pid": os.getpid()}))
        return
    click.echo(f"The hub is open: {address}")
    for other in _other_addresses(listen):
        click.echo(f"From a phone on the same network: http://{other}:{port}")
    click.echo("Stop it with Ctrl-C.")


def _other_addresses(listen: str) -> list[str]:
    if listen != "0.0.0.0":  # noqa: S104
        return []
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except OSError:
        return []
    return sorted(address for address in found if not address.startswith("127."))
