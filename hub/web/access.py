"""Who may knock at which door: every route states it, or the application refuses to start.

A door is how a request comes in: HALL is anybody on the hall's Wi-Fi; KIOSK, DESK and MESH are our own
programs on this machine, known by a token. The table in docs/access.md is written from these rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Flask

from hub.domain.base import Circle, Tier

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Door(Enum):
    """How a request comes in."""

    HALL = "hall"
    KIOSK = "kiosk"
    DESK = "desk"
    MESH = "mesh"


class Rate(Enum):
    """How often one address may come through, as `limits` writes it."""

    READ = "240/minute"
    WRITE = "20/minute"
    TRY = "10/minute"
    FREE = ""


@dataclass(frozen=True, slots=True)
class Access:
    """One route's rule.

    `tier` is the least sureness about who asks; `circle` the narrowest circle whose records the
    answer may hold, for somebody of that tier. Records are still judged one by one by `Viewer`.
    """

    doors: frozenset[Door]
    tier: Tier
    circle: Circle
    rate: Rate


class Unguarded(Exception):
    """A route has no access rule, or one that contradicts itself. The application does not start."""


def hall(tier: Tier = Tier.NONE, circle: Circle = Circle.ROOM, rate: Rate = Rate.READ) -> Callable[[Handler], Handler]:
    """Open a route to the hall's Wi-Fi."""
    return _guard(Access(frozenset({Door.HALL}), tier, circle, rate))


def programs(*doors: Door, circle: Circle = Circle.CONCERNED) -> Callable[[Handler], Handler]:
    """Open a route to our own programs on this machine, by their token."""
    return _guard(Access(frozenset(doors), Tier.NONE, circle, Rate.FREE))


def _guard(access: Access) -> Callable[[Handler], Handler]:
    def mark(handler: Handler) -> Handler:
        handler.access = access  # type: ignore[attr-defined]
        return handler

    return mark


def rule_of(app: Flask, endpoint: str) -> Access:
    """The rule of a route. Raises Unguarded where there is none."""
    found = getattr(app.view_functions[endpoint], "access", None)
    if not isinstance(found, Access):
        raise Unguarded(f"the route “{endpoint}” has no access rule; refusing to start")
    if Door.HALL in found.doors and found.tier is Tier.NONE and found.circle < Circle.ROOM:
        raise Unguarded(f"the route “{endpoint}” would show narrow records to the whole room")
    return found


def rules(app: Flask) -> Iterator[tuple[str, str, Access]]:
    """Every route as (method, path, rule), sorted. Raises Unguarded."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        access = rule_of(app, rule.endpoint)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule.rule, access


def write_table(app: Flask) -> str:
    """docs/access.md: who may see and do what, route by route."""
    lines = [
        "# Who may see and do what",
        "",
        "Written from the access rules of the routes; a test walks every row.",
        "",
        "| method | path | door | at least | narrowest circle | rate |",
        "|---|---|---|---|---|---|",
    ]
    for method, path, access in rules(app):
        doors = ", ".join(sorted(door.value for door in access.doors))
        lines.append(
            f"| {method} | `{path}` | {doors} | {_TIERS[access.tier]} | {access.circle.name.lower()} "
            f"| {access.rate.value or '-'} |"
        )
    return "\n".join(lines) + "\n"


_TIERS = {Tier.NONE: "nobody in particular", Tier.CARD: "card or paired phone", Tier.PIN: "card and PIN"}
