"""Real participatory budgets, read from the .pb files of the pabulib collection.

Format: sections META, PROJECTS and VOTES, each a heading line and rows with `;` between fields
(pabulib.org). Only approval ballots are read here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


class NotABudget(Exception):
    """The file is no participatory budget we can read; the sentence says where it stops being one."""


@dataclass(frozen=True, slots=True)
class Project:
    """One option: its number in the file, its name, its cost, and how many votes the city counted."""

    number: str
    name: str
    cost: int
    votes: int


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget vote: what it was, its projects in the file's order, and each voter's approvals.

    `votes` maps a voter's number to places in `projects`, from 0, in rising order.
    """

    title: str
    projects: tuple[Project, ...]
    votes: Mapping[str, tuple[int, ...]]


def read(path: Path) -> Budget:
    """The budget in a file. Raises NotABudget, OSError."""
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise NotABudget(f"{path} is not a text in the .pb format: {fault}") from fault
    try:
        meta = {row["key"]: row["value"] for row in _section(rows, "META")}
        projects = tuple(_project(row) for row in _section(rows, "PROJECTS"))
        places = {project.number: place for place, project in enumerate(projects)}
        votes = {row["voter_id"]: _choice(row["vote"], places) for row in _section(rows, "VOTES")}
    except KeyError as fault:
        raise NotABudget(f"{path} has no {fault} where the .pb format wants one") from fault
    except ValueError as fault:
        raise NotABudget(f"{path} has something else where the .pb format wants a number: {fault}") from fault
    if meta.get("vote_type") != "approval":
        raise NotABudget(f"{path} holds {meta.get('vote_type', 'no')} votes; only approval votes are read")
    return Budget(meta.get("description", path.stem), projects, votes)


def _section(rows: list[list[str]], name: str) -> Iterator[dict[str, str]]:
    start = next((place for place, row in enumerate(rows) if row == [name]), None)
    if start is None:
        raise KeyError(f"section {name}")
    if len(rows) == start + 1:
        raise KeyError(f"headings of section {name}")
    headings = rows[start + 1]
    for row in rows[start + 2 :]:
        if len(row) <= 1:
            return
        yield dict(zip(headings, row, strict=False))


def _project(row: dict[str, str]) -> Project:
    return Project(row["project_id"], row["name"], int(row["cost"]), int(row["votes"]))


def _choice(text: str, places: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(places[number] for number in text.split(",") if number))
