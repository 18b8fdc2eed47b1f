"""A receipt printer on the network: raw bytes over TCP, port 9100, status back over the same connection."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass
from typing import Final

from hub.domain.base import N_
from hub.printing.port import BadPrinter

PORT: Final = 9100
CONNECT_SECONDS: Final = 3.0
MOMENT: Final = 0.25
"""Seconds after which a printer that takes no bytes is said to take none."""
AT_ONCE: Final = 1 << 14
MOST_HEARD: Final = 32
"""Answers a printer is heard out for when the connection ends: one that never stops talking is hung up on."""


@dataclass(slots=True)
class TcpLink:
    """`Link` over one connection."""

    connection: socket.socket

    def send(self, content: memoryview) -> int:
        self.connection.settimeout(MOMENT)
        try:
            return self.connection.send(content[:AT_ONCE])
        except TimeoutError:
            return 0

    def receive(self, seconds: float) -> bytes:
        self.connection.settimeout(seconds)
        try:
            found = self.connection.recv(256)
        except (TimeoutError, BlockingIOError):
            return b""
        if not found:
            raise ConnectionError("the printer ended the connection")
        return found

    def close(self) -> None:
        """Say goodbye and hear the printer out: hanging up on unread answers throws away what is still on its way."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(MOMENT)
            for _ in range(MOST_HEARD):
                if not self.connection.recv(256):
                    break
        self.connection.close()


def connect(host: str, port: int) -> TcpLink:
    """Raises OSError when nobody is there."""
    connection = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return TcpLink(connection)


def host_and_port(address: str) -> tuple[str, int]:
    """From `host`, `host:port` or `[v6]:port`."""
    host, colon, port = address.rpartition(":")
    if not colon or (address.startswith("[") and address.endswith("]")):
        host, port = address, str(PORT)
    if not host.strip("[]") or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise BadPrinter(
            N_("“{address}” is not the address of a printer. Write it like 192.168.4.20:9100."), address=address
        )
    return host.strip("[]"), int(port)
