"""Under which addresses phones find the hub."""

from __future__ import annotations

import ipaddress
import socket

from hub.commands.addresses import others_reach


def test_what_listens_for_this_machine_alone_is_reached_by_nobody_else() -> None:
    assert [others_reach(each) for each in ("127.0.0.1", "localhost", "::1")] == [[], [], []]


def test_what_listens_at_one_address_is_reached_there() -> None:
    assert others_reach("10.42.0.1") == ["10.42.0.1"]


def test_what_listens_everywhere_is_reached_at_every_address_this_machine_really_has() -> None:
    found = others_reach("0.0.0.0")
    assert found == others_reach("::")
    for address in found:
        assert not ipaddress.ip_address(address).is_loopback
        with socket.socket() as here:
            here.bind((address, 0))
