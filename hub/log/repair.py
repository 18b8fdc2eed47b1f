"""Carries out what a survey allows: sets a torn end aside, cuts it, makes the rest durable.

Every step can be repeated: a power cut within the repair leaves a chain that is surveyed the same.
"""

from __future__ import annotations

from pathlib import Path

from hub.log import fs
from hub.log.quarantine import Quarantine
from hub.log.recovery import Survey
from hub.log.segments import Segment
from hub.log.tail import Tail, settle


def keep_torn(quarantine: Quarantine, name: str, found: Survey) -> None:
    """Copy what will be cut, durably. Raises OSError; then nothing may be cut."""
    for segment, rest in found.rest:
        if rest:
            quarantine.keep(f"{name}-{segment.path.stem}-{segment.size}", rest)


def repair(disk: fs.Disk, directory: Path, found: Survey) -> Tail | None:
    """Leave on the medium exactly the good lines. Returns where to go on writing, if there is a file.

    Raises OSError.
    """
    fs.remove_unfinished(disk, directory)
    for segment, _ in reversed(found.rest):
        _cut(disk, segment, found)
    found.segments = [segment for segment in found.segments if _stays(segment, found)]
    disk.sync_directory(directory)
    return _settle(disk, found.segments[-1], found.group) if found.segments else None


def _stays(segment: Segment, found: Survey) -> bool:
    return bool(segment.starts) or segment.first == found.length + 1


def _cut(disk: fs.Disk, segment: Segment, found: Survey) -> None:
    if not _stays(segment, found):
        fs.remove_durably(disk, segment.path)
        return
    with fs.opened(disk, segment.path) as file:
        file.truncate(segment.size)
        file.sync()


def _settle(disk: fs.Disk, segment: Segment, first: int) -> Tail:
    """Make the lines from `first` on durable. Earlier segments were, when this one was begun."""
    begun = segment.starts[max(first - segment.first, 0) :]
    start = begun[0] if begun else segment.size
    file = disk.open(segment.path)
    settle(file, start, file.read(start, segment.size - start))
    return Tail(file, segment.size)
