"""One address the hub answers at, with a server of its own: a crowd at one door does not close another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Flask
from waitress import wasyncore
from waitress.server import MultiSocketServer, create_server
from waitress.trigger import trigger

from hub.web import LARGEST_REQUEST

THREADS: Final = 8


class Listener:
    """Answers at one address from its own threads, between `run` and `stop`."""

    def __init__(self, app: Flask, host: str, port: int, **limits: Any) -> None:
        """Take the address. Raises OSError, with the address for its file name, where it is taken.

        A request that is too large is turned away while it comes in: nothing of it waits on the disk
        for the application to say so. The server refuses from its figure on, the application above it.
        """
        self._sockets: dict[Any, Any] = {}
        self._left: dict[Any, Any] = {}
        self._bell = trigger(self._sockets)
        sizes: dict[str, Any] = {"max_request_body_size": LARGEST_REQUEST + 1, "threads": THREADS, "ident": None}
        try:
            self._server = create_server(app, map=self._sockets, host=host, port=port, **sizes, **limits)
        except OSError as fault:
            fault.filename = f"{host}:{port}"
            raise

    @property
    def port(self) -> int:
        """The port it answers at; a name of several addresses has one for each, the first is told."""
        if isinstance(self._server, MultiSocketServer):
            return int(self._server.effective_listen[0][1])
        return int(self._server.getsockname()[1])

    def run(self) -> None:
        """Answer, until `stop`."""
        self._server.run()

    def stop(self, ended: Callable[[], object]) -> None:
        """Take no more requests, wait until `run` has `ended`, answer what was begun, then hang up."""
        self._bell.pull_trigger(self._leave)  # type: ignore[arg-type]  # called with nothing, in truth
        ended()
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._left, ignore_all=True)

    def _leave(self) -> None:
        """Ends `run`, which goes on while there is a socket to look at."""
        self._left.update(self._sockets)
        self._sockets.clear()
