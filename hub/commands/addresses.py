"""Under which addresses this machine is found on its networks."""

from __future__ import annotations

import fcntl
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104  every network of this machine
ADDRESS_OF: Final = 0x8915
"""SIOCGIFADDR of linux/sockios.h: the IPv4 address of a network interface."""
WHERE: Final = slice(20, 24)
"""Of the answer, where the address stands (struct ifreq)."""


def others_reach(listen: str) -> list[str]:
    """The addresses at which other machines reach what listens at `listen`; none for this machine alone."""
    if listen not in EVERYWHERE:
        return [] if listen in ("localhost", "::1") or listen.startswith("127.") else [listen]
    return sorted(set(_ours()))


def _ours() -> Iterator[str]:
    """IPv4 only: a printed code and a typed address are read by people."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # an interface without an address
                answer = fcntl.ioctl(asking.fileno(), ADDRESS_OF, struct.pack("256s", name.encode()[:15]))
                address = socket.inet_ntoa(answer[WHERE])
                if not address.startswith("127."):
                    yield address
