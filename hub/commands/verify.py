"""`trestle verify`: walk every chain and say what was checked."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hub.commands.options import data_option, json_option, reading
from hub.log.audit import Verified


@click.command()
@data_option
@json_option
def verify(data: Path, as_json: bool) -> int:
    """Check every hash, link, signature and word of every chain. Exit 0 when all is as it was written.

    Works beside a running hub, on a copy made for the purpose.
    """
    with reading(data) as service:
        chains = service.verify()
    sound = all(found.sound for _, found in chains)
    if as_json:
        click.echo(json.dumps({"sound": sound, "chains": [_plain(*each) for each in chains]}))
    else:
        for each in chains:
            _tell(*each)
        click.echo("All of it is as it was written." if sound else "Something is NOT as it was written.")
    return 0 if sound else 1


def _plain(chain: str, found: Verified) -> dict[str, object]:
    return {
        "chain": chain,
        "lines": found.lines,
        "signatures": found.signatures,
        "bodies": found.bodies,
        "blanked": found.blanked,
        "faults": [{"line": line, "fault": fault} for line, fault in found.faults],
    }


def _tell(chain: str, found: Verified) -> None:
    click.echo(
        f"{chain}: {found.lines} lines, every hash and link; {found.signatures} signatures; "
        f"words of {found.bodies} lines, {found.blanked} taken back"
    )
    for line, fault in found.faults:
        click.echo(f"  line {line}: {fault}")
