"""A receipt printer on the network: a simulated one behind a TCP port, as tests and the demo reach it.

    with EmulatedPrinter() as printer:
        open_printer(PrinterSettings("network", printer.address)).print(...)
        printer.device.sheets           # the rasters that were cut off
        printer.device.paper = 50       # and every other switch of SimulatedPrinter
        printer.drop_after = 2000       # bytes from now, then it is switched off and on, once

It takes one connection at a time, as real ones do.
"""

from __future__ import annotations

import contextlib
import socket
from threading import Condition, Thread
from types import TracebackType

from hub.printing.printers.simulated import SimulatedPrinter, nobody


class EmulatedPrinter:
    def __init__(self, width: int = 576) -> None:
        self.device = SimulatedPrinter(width)
        self.drop_after: int | None = None
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connection: socket.socket | None = None
        self._moved = Condition()
        self._thread = Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> EmulatedPrinter:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.unplug()

    def unplug(self) -> None:
        """Gone, with all connections; nobody answers at the address any more."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._hang_up()
        self._thread.join(10)

    def wait_for_bytes(self, count: int, seconds: float = 10) -> bool:
        """Whether so many bytes have come in all, waiting for them."""
        with self._moved:
            return self._moved.wait_for(lambda: self.device.received >= count, seconds)

    def wait_for_sheets(self, count: int, seconds: float = 10) -> bool:
        """Whether so many sheets were cut off, waiting for them."""
        with self._moved:
            return self._moved.wait_for(lambda: len(self.device.sheets) >= count, seconds)

    def _hang_up(self) -> None:
        if connection := self._connection:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._connection = connection
                self.connections += 1
                self.device.answer = connection.sendall
                self._swallow(connection)
            self.device.hang_up()
            self.device.answer = nobody
            self._connection = None

    def _swallow(self, connection: socket.socket) -> None:
        while content := connection.recv(1 << 16):
            limit = self.drop_after
            content = content if limit is None else content[:limit]
            try:
                self.device.receive(content)
            finally:
                with self._moved:
                    self._moved.notify_all()
            if limit is None:
                continue
            self.drop_after = limit - len(content)
            if self.drop_after == 0:
                self.drop_after = None
                self.device.restart()
                return
