"""The slip that brings a phone onto the hub's own Wi-Fi."""

from __future__ import annotations

import re

from hub.documents.blocks import Block, Code, Document, Heading, Item, Row, Rule, Text
from hub.documents.foot import Sheet
from hub.domain.base import N_


def wifi_slip(sheet: Sheet, network: str, password: str, address: str) -> Document:
    """Name and password of the network, a code for cameras, and the address to open then."""
    say = sheet.speaker.say
    title = say(N_("Join with your phone"))
    hub, language = sheet.speaker.pick(sheet.card.name)
    blocks: tuple[Block, ...] = (
        Heading(title, 1),
        Text(hub, lang=language, small=True),
        Rule(),
        Code(joining(network, password), say(N_("Hold the camera of your phone over this")), spelled=False),
        Row(say(N_("Wi-Fi")), network, strong=True),
        *([Row(say(N_("Password")), password, strong=True)] if password else []),
        Item(say(N_("Join this Wi-Fi.")), mark="1."),
        Item(say(N_("Open this page: {address}"), address=address), mark="2."),
        Rule(),
        Text(say(N_("There is no internet on it. What you do there stays in this house.")), small=True),
    )
    return Document("wifi", sheet.speaker.language, title, blocks)


def joining(network: str, password: str) -> str:
    """What phones read: the network and its password, "" where it is open to all."""
    if not password:
        return f"WIFI:T:nopass;S:{_escaped(network)};;"
    return f"WIFI:T:WPA;S:{_escaped(network)};P:{_escaped(password)};;"


def _escaped(text: str) -> str:
    """A value whose signs cannot end it: backslash, semicolon, comma, colon and quotation mark."""
    return re.sub(r'([\\;,:"])', r"\\\1", text)
