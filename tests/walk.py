"""A walk through every page, question and sheet of a hub, to look for what should be nowhere."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from kitchen import Phone, own_program

from hub.web import INSTITUTIONS

MOST_OF_A_KIND = 3
"""Records of one kind a walk looks at; a test that makes more has to look further."""
PLACES = ("assembly", "ballot", "budget", "need", "number", "record", "signup")
"""What a question of the API may name the record by."""
ADDRESSES = itertools.count()


def pages(phone: Phone, lines: int) -> Iterator[tuple[str, str]]:
    """Every page this phone can ask for, refused or not, with each number a record has; `lines` is the log's length."""
    for rule in sorted(phone.app.url_map.iter_rules(), key=lambda each: each.rule):
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api/", "/static/")):
            for path in _paths(rule.rule, lines if "<int:position>" in rule.rule else MOST_OF_A_KIND):
                yield path, asked(phone, path)


def _paths(rule: str, most: int) -> Iterator[str]:
    rule = rule.replace("<role>", "facilitator")
    for number in range(1, most + 1) if "<" in rule else (0,):
        yield re.sub(r"<(int:)?[a-z_]+>", lambda place, n=number: str(n) if place[1] else f"x{n}", rule)


def asked(phone: Phone, path: str) -> str:
    """A page as it comes, refused or not. Each is asked for from another address: rates are tested by themselves."""
    number = next(ADDRESSES)
    address = f"10.{number // 62_500}.{number // 250 % 250}.{number % 250}"
    return phone.client.get(path, environ_overrides={"REMOTE_ADDR": address}).text


def answers(phone: Phone, visit: str = "") -> Iterator[tuple[str, str]]:
    """Every question and sheet the kiosk can ask for, with the card of a visit before it or with none."""
    client, token = own_program(phone.app)
    headers = {**token, "Trestle-Visit": visit} if visit else token
    reads = [f"/api/read/{name}" for room in INSTITUTIONS for name in room.READS]
    sheets = [f"/api/documents/{name}" for room in INSTITUTIONS for name in room.DOCUMENTS]
    for path in (*reads, *sheets, "/api/journal"):
        for number in range(1, MOST_OF_A_KIND + 1):
            asked = "&".join(f"{place}={number}" for place in PLACES)
            yield path, client.get(f"{path}?{asked}", headers=headers).text
