"""A receipt printer on a serial line, at the pace the line has.

Bytes are handed over at most a quarter of a second ahead, so that a question is answered soon and a printer
without flow control is not overrun. `dsr` waits for the printer's own ready wire before each portion.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import serial

from hub.domain.base import N_
from hub.printing.port import BadPrinter
from hub.printing.printers.file import NodeLink

BAUDS: Final = (9600, 19200, 38400, 57600, 115200, 230400)
FLOWS: Final = ("", "xonxoff", "rtscts", "dsr")
BITS_PER_BYTE: Final = 10
AHEAD: Final = 0.25
"""Seconds."""
ADDRESS: Final = re.compile(r"(?P<device>/[^@]+)@(?P<baud>\d+)(?:,(?P<flow>[a-z]+))?")

Rest = Callable[[float], object]


@dataclass(slots=True)
class SerialLink:
    """`Link` over one serial port.

    pyserial sets the line up and knows its wires. Bytes go past it: when its own writing runs out of time it
    does not say how many of them went.
    """

    port: serial.Serial
    wait_for_dsr: bool = False
    rest: Rest = time.sleep

    def send(self, content: memoryview) -> int:
        if self.wait_for_dsr and not self.port.dsr:
            self.rest(AHEAD)
            return 0
        portion = content[: max(1, int(self.port.baudrate / BITS_PER_BYTE * AHEAD))]
        taken = NodeLink(self.port.fileno()).send(portion)
        self.rest(taken * BITS_PER_BYTE / self.port.baudrate)
        return taken

    def receive(self, seconds: float) -> bytes:
        return NodeLink(self.port.fileno()).receive(seconds)

    def close(self) -> None:
        self.port.close()


def connect(device: str, baud: int, flow: str, rest: Rest = time.sleep) -> SerialLink:
    """Raises OSError when the device is not there or somebody else has it."""
    port = serial.Serial(
        device,
        baud,
        xonxoff=flow == "xonxoff",
        rtscts=flow == "rtscts",
        exclusive=True,
    )
    return SerialLink(port, flow == "dsr", rest)


def line(address: str) -> tuple[str, int, str]:
    """Device, baud and flow control from `/dev/ttyUSB0@19200,xonxoff`."""
    found = ADDRESS.fullmatch(address)
    baud, flow = (int(found["baud"]), found["flow"] or "") if found else (0, "")
    if not found or baud not in BAUDS or flow not in FLOWS:
        raise BadPrinter(
            N_("“{address}” is not a serial printer. Write it like /dev/ttyUSB0@9600; the speeds are {bauds}."),
            address=address,
            bauds=", ".join(map(str, BAUDS)),
        )
    return found["device"], baud, flow
