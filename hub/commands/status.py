"""`trestle status`: how the hub is doing, in a few lines."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hub.commands.options import data_option, json_option, reading
from hub.domain.base import Circle, Viewer
from hub.domain.membership import Standing
from hub.service import Service


@click.command()
@data_option
@json_option
def status(data: Path, as_json: bool) -> int:
    """Say who this hub is and how it is doing. Exit 0 when it can be written."""
    with reading(data) as service:
        found = standing(service)
    if as_json:
        click.echo(json.dumps(found))
    else:
        for name, value in found.items():
            click.echo(f"{name.replace('_', ' '):<12} {value}")
    return 1 if found["damage"] else 0


def standing(service: Service) -> dict[str, object]:
    """What `status` tells, as plain values. Nothing personal."""
    position, digest = service.seal()
    card = service.read(lambda views: views.constitution.card)
    room = Viewer(Circle.MEMBERS)
    return {
        "hub": card.name.get(card.language, ""),
        "key": service.hub,
        "practice": card.ephemeral,
        "position": position,
        "hash": digest,
        "members": service.read(lambda views: views.members.count(Standing.MEMBER)),
        "open_needs": service.read(lambda views: len(views.needs.open(room))),
        "damage": service.damage or "",
    }
