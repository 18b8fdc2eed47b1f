"""`trestle doctor`: what is amiss with this machine, and what to do about it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from hub import config
from hub.commands.options import clock, data_option, json_option, reading
from hub.log.lock import unfit, unfit_for_ballots
from hub.stores import founded
from hub.words import fonts

LEAST_FREE: Final = 200 << 20
"""Bytes that should be free: years of log, and room for one rewritten segment."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` says what to do where it is not well."""

    what: str
    well: bool
    seen: str
    advice: str = ""


@click.command()
@data_option
@json_option
def doctor(data: Path, as_json: bool) -> int:
    """Look the machine over: disk, clock, settings, records. Exit 0 when all is well."""
    findings = list(examine(data))
    if as_json:
        click.echo(json.dumps([{"what": f.what, "well": f.well, "seen": f.seen, "advice": f.advice} for f in findings]))
    else:
        for finding in findings:
            click.echo(f"[{'ok' if finding.well else '!!'}] {finding.what}: {finding.seen}")
            if not finding.well:
                click.echo(f"     {finding.advice}")
    return 0 if all(finding.well for finding in findings) else 1


def examine(data: Path) -> Iterator[Finding]:
    """Everything looked at, one finding each."""
    yield _clock()
    yield from _place(data)
    yield from _settings(data)
    yield _letters()
    if not founded(data):
        yield Finding("hub", False, f"none in {data}", "Found one: trestle found --name NAME")
        return
    yield from _records(data)


def _clock() -> Finding:
    well = clock().clock_ok
    advice = "Set the clock; until then times in the log are marked as not trusted."
    return Finding("clock", well, "set" if well else "not set", advice)


def _place(data: Path) -> Iterator[Finding]:
    there = data if data.exists() else data.absolute().parent
    kind, ballots = unfit(there), unfit_for_ballots(there)
    yield Finding("file system", kind is None, kind or "keeps what it is told", "Move the data to ext4 on the card.")
    yield Finding(
        "secret ballots", ballots is None, ballots or "order of votes is not kept", "Use ext4 with data=ordered."
    )
    free = shutil.disk_usage(there).free
    yield Finding("free space", free >= LEAST_FREE, f"{free >> 20} MiB", "Make room: old backups go first.")
    if data.exists():
        others = data.stat().st_mode & 0o077
        yield Finding("access", not others, "owner only" if not others else "open to others", f"chmod 700 {data}")


def _settings(data: Path) -> Iterator[Finding]:
    try:
        found = config.read(data, os.environ)
    except config.BadConfig as fault:
        yield Finding("settings", False, str(fault), "Mend the file; the hub does not start with it.")
        return
    yield Finding("settings", True, f"pages at {found.listen}:{found.port}")
    yield Finding(
        "printer", True, f"{found.printer.kind}, {found.printer.width} dots wide; try it: trestle printer test"
    )


def _letters() -> Finding:
    try:
        there = fonts.found()
    except fonts.FontsMissing as fault:
        return Finding("letters", False, "some are missing", str(fault))
    return Finding("letters", True, f"{len(there)} fonts")


def _records(data: Path) -> Iterator[Finding]:
    with reading(data) as service:
        damage = service.damage
        chains = service.verify()
    yield Finding("log", damage is None, damage or "can be written", "See “If something breaks” in the README.")
    for name, found in chains:
        yield Finding(name, found.sound, f"{found.lines} lines, {found.signatures} signatures", str(found.faults[:3]))
