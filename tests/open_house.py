"""A real hub for tests at the glass: founded, with three members, and served by a process that may be killed.

house = OpenHouse(directory)                    # Rosa, Ali, Mei; each has a card, Rosa and Ali a PIN
with house.up(): ...                            # at the same port each time
with house.up("once it is in the box"): ...     # killed at that step by itself, as by a pulled plug
"""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from kitchen import Clock, Kitchen
from served import COMMAND, begun

from hub.client import Client, fresh_key, read_token
from hub.domain.ballots import CloseBallot, Method, OpenBallot
from hub.domain.base import DAY, BallotId, MemberId, Millis, Words
from hub.domain.membership import AskToJoin, Vouch
from hub.domain.signups import OpenSignup, Sort

PIN = "4711"
SUPPER = "Supper"
ABSTAIN, NONE = (3,), ()
DYING = """
import os, signal, sys

STEP = sys.argv.pop(1)

def dies(step, owner, name, *, after, when=lambda *_: True):
    if step != STEP:
        return
    usual = getattr(owner, name)
    def dying(*given, **named):
        if not after and when(*given):
            os.kill(os.getpid(), signal.SIGKILL)
        came = usual(*given, **named)
        if when(*given):
            os.kill(os.getpid(), signal.SIGKILL)
        return came
    setattr(owner, name, dying)

from hub.box import Box, COMMITTING, VOTED
from hub.cli import main
from hub.printing.printers.network import TcpLink
from hub.printing.printers.receipt import ReceiptPrinter
from hub.printing.spool import Spool
from hub.service import Service

dies("before it is cast", Service, "cast", after=False)
dies("once the roll is marked", Box, "_mark", after=True, when=lambda box, entry, mark: mark == COMMITTING)
dies("once it is in its slot", Box, "_mark", after=False, when=lambda box, entry, mark: mark == VOTED)
dies("once it is cast, before the answer", Service, "cast", after=True)
dies("before it waits", Spool, "add", after=False)
dies("once it waits", Spool, "add", after=True)
dies("once it is marked", Spool, "begin", after=True)
dies("after a first strip", ReceiptPrinter, "_hand_over", after=True, when=lambda _p, _t, _j, piece: len(piece) > 100)
dies("at the fence", ReceiptPrinter, "_await_fence", after=False)
dies("before it is done", Spool, "end", after=False)
dies("once it is done", Spool, "end", after=True)
main(sys.argv[1:])
"""
"""`trestle` that is killed at the step its first argument names."""


@dataclass
class OpenHouse:
    """The hub's directory, its port, and who belongs: cards by first name."""

    data: Path
    port: int = field(init=False)
    cards: dict[str, str] = field(init=False)
    process: Popen[str] | None = None
    visits: dict[str, str] = field(default_factory=dict)
    """Of who is there by PIN, at the hub that is up."""

    def __post_init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        kitchen = Kitchen(self.data, Clock(_now()))
        kitchen.found()
        names = ("Rosa", "Ali", "Mei")
        members = kitchen.opening_evening(*names)
        self.cards = {name: kitchen.cards[member] for name, member in zip(names, members, strict=True)}
        for member in members[:2]:
            kitchen.service.people.set_pin(member, PIN)
        supper = OpenSignup(Sort.MEAL, Words({"en": SUPPER}), Millis(_now() + 5 * DAY), 20)
        kitchen.submit(supper, members[0])
        kitchen.service.close()

    def printer(self, address: str) -> None:
        """Which printer it has from the next start on."""
        settings = f'[printer]\nkind = "network"\naddress = "{address}"\n'
        (self.data / "trestle.toml").write_text(settings, encoding="utf-8")

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def up(self, step: str = "") -> Iterator[Popen[str]]:
        """Serving, until the end of the block or that step."""
        run = (sys.executable, "-c", DYING, step) if step else COMMAND
        with begun(self.data, "--api-port", str(self.port), run=run) as process:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["api"] == self.api
            self.process, self.visits = process, {}
            yield process

    def kill(self) -> None:
        """As a pulled plug does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    @contextmanager
    def client(self, timeout: float = 10.0) -> Iterator[Client]:
        """One of our own programs at its door."""
        client = Client(self.api, read_token(self.data, "kiosk"), timeout=timeout)
        try:
            yield client
        finally:
            client.close()

    def join(self, name: str) -> None:
        """One more belongs, on Ali's word."""
        with self.client() as client:
            asked = client.submit(AskToJoin(True), key=fresh_key(), newcomer={"name": name, "language": "en"})
            visit = client.show_card(self.cards["Ali"]).visit
            member = MemberId(str(asked.person))
            self.cards[name] = client.submit(Vouch((member,)), key=fresh_key(), visit=visit).cards[member]

    # A secret vote

    def ask(self, question: str, *options: str) -> int:
        """Rosa puts a question to a secret vote: yes or no, or of several. Its number."""
        method = Method.APPROVAL if options else Method.YES_NO
        request = OpenBallot(method, Words({"en": question}), tuple(Words({"en": each}) for each in options))
        with self.client() as client:
            client.submit(request, key=fresh_key(), visit=self.visit(client, "Rosa"))
            found = next(line for line in client.read("votes")["open"] if line["text"]["en"] == question)
        return int(found["number"])

    def visit(self, client: Client, name: str) -> str:
        """Somebody is at another screen, card and PIN shown."""
        if name not in self.visits:
            shown = client.show_card(self.cards[name])
            if not shown.has_pin:
                client.choose_pin(shown.visit, PIN)
            self.visits[name] = client.show_card(self.cards[name], PIN).visit
        return self.visits[name]

    def count(self, number: int, voter: str = "Rosa") -> list[int]:
        """All others choose nothing, the ballot closes: how often each choice was in the box."""
        others = [name for name in self.cards if name != voter]
        with self.client() as client:
            votes = client.read("vote", ballot=number)
            for name in others:
                client.cast(self.visit(client, name), number, ABSTAIN if votes["yes_no"] else NONE)
            client.submit(CloseBallot(BallotId(number)), key=fresh_key(), visit=self.visit(client, "Ali"))
            results = client.read("ballot_results")
        *sums, nothing = next(row["sums"] for row in results if row["number"] == number)
        assert nothing == len(others)
        return list(sums)


def _now() -> Millis:
    return Millis(int(time.time() * 1000))
