"""`trestle replay FILE.pb`: a real participatory budget, voted again through the real hub.

A hub is founded and served as its own process; every voter of the file joins, is vouched for, chooses
a PIN, shows card and PIN and casts, all through the API the kiosk uses. The hub may be killed on the
way: it is started again and the replay goes on where it was.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

import click

from hub import pabulib
from hub.client import Client, HubDown, Refused, VisitOver
from hub.commands.options import json_option
from hub.commands.revived import Served, insist
from hub.domain import ballots, membership
from hub.domain.base import BallotId, MemberId, Refusal, Words
from hub.pabulib import Budget
from hub.stores import founded

T = TypeVar("T")
STEPS: Final = 9
"""Answers each voter's way takes: whatever the machine's pace, kills come while people join, and while they vote."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a voter holds: a card, and a PIN they chose ("" to show the card alone)."""

    card: str
    pin: str


def with_card(hub: Served, held: Held, act: Callable[[Client, str], T]) -> T:
    """Show a card, do something, leave. A hub that was killed in between has forgotten us: show it again."""
    while True:
        shown = insist(hub, lambda client: client.show_card(held.card, held.pin))
        with suppress(VisitOver):
            done = insist(hub, lambda client: act(client, shown.visit))  # noqa: B023  called at once
            with suppress(HubDown, VisitOver):
                hub.client().leave(shown.visit)
            return done


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory of the hub; a run cut short goes on there.",
)
@click.option("--kills", type=click.IntRange(0, 200), default=0, help="Kill the hub so many times on the way.")
@click.option("--seed", type=int, default=1, show_default=True, help="Seed for the moments of the kills.")
@json_option
def replay(file: Path, data: Path | None, kills: int, seed: int, as_json: bool) -> int:
    """Vote a real participatory budget again, through the real hub, and hold the counts against the file's."""
    try:
        budget = pabulib.read(file)
    except pabulib.NotABudget as fault:
        raise Refusal("", str(fault)) from fault
    with ExitStack() as held:
        where = data or Path(held.enter_context(TemporaryDirectory(prefix="trestle-replay-", dir="/var/tmp")))
        found = run(budget, where / "hub", kills, random.Random(seed))  # noqa: S311  moments, not secrets
    click.echo(json.dumps(found) if as_json else _told(budget, found))
    return 0 if found["counts_equal"] and found["verified"] else 1


def run(budget: Budget, data: Path, kills: int, dice: random.Random) -> dict[str, object]:
    """The whole replay. Returns what was counted, checked and measured."""
    if not founded(data):
        name = budget.title[:100]
        _trestle("found", "--data", str(data), "--name", name, "--currency", "PLN", "--zone", "Europe/Warsaw")
    hub = Served(data)
    stopping = threading.Event()
    voters = list(budget.votes)
    moments = sorted(dice.choices(range(len(voters) * STEPS), k=kills))
    killer = threading.Thread(target=_kill, args=(hub, moments, dice, stopping), daemon=True)
    started = time.monotonic()
    try:
        killer.start()
        cards = _gather(hub, voters)
        joined, began = time.monotonic(), hub.starts
        ballot = _open(hub, budget, cards[voters[0]])
        for voter in voters:
            _vote(hub, ballot, cards[voter], tuple(place + 1 for place in budget.votes[voter]))
        voted = time.monotonic()
        released = _close(hub, ballot, cards[voters[0]])
        lost = _lost(hub)
    finally:
        stopping.set()
        killer.join()
        hub.stop()
    wanted = [project.votes for project in budget.projects]
    counts = list(released["sums"][:-1])
    verified = json.loads(_trestle("verify", "--data", str(data), "--json"))
    return {
        "voters": len(voters),
        "counts": counts,
        "counts_equal": counts == wanted,
        "verified": verified["sound"],
        "lost": lost,
        "struck": released["cast"],
        "lines": sum(chain["lines"] for chain in verified["chains"]),
        "starts": hub.starts,
        "starts_while_voting": hub.starts - began,
        "join_seconds": round(joined - started, 2),
        "vote_seconds": round(voted - joined, 2),
        "seconds": round(voted - started, 2),
        "votes_per_second": round(len(voters) / max(voted - joined, 0.001), 1),
    }


def _lost(hub: Served) -> int:
    """How many acknowledged facts are not in the log at their place."""
    held: set[tuple[int, str]] = set()
    after = 0
    while lines := insist(hub, lambda client: client.follow(after)):  # noqa: B023  called at once
        held |= {(line["seq"], line["kind"]) for line in lines}
        after = lines[-1]["seq"]
    return sum(each not in held for each in hub.told)


def _kill(hub: Served, moments: Sequence[int], dice: random.Random, stopping: threading.Event) -> None:
    """Kill the hub after so many answers each time, somewhere in the midst of the next few."""
    for moment in moments:
        while hub.answered < moment and not stopping.wait(0.001):
            pass
        time.sleep(dice.uniform(0, 0.02))
        while not stopping.is_set() and not hub.kill():
            time.sleep(0.001)


def _trestle(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "hub", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal("", done.stderr.strip() or f"trestle {arguments[0]} ended with {done.returncode}")
    return done.stdout


def _gather(hub: Served, voters: Sequence[str]) -> dict[str, Held]:
    """Everybody joins: three begin, the others are vouched for by the first. Each chooses a PIN."""
    members = [MemberId(_join(hub, voter)) for voter in voters]
    first = membership.OpenEvening(tuple(members[: membership.FIRST]))
    cards = _pocketed(hub)
    _pocket(hub, cards, insist(hub, lambda client: client.submit(first, key="replay-opening")).cards)
    elder = Held(cards[members[0]], "")
    for member in members[membership.FIRST :]:
        if member not in cards:
            _pocket(hub, cards, _vouch(hub, elder, member))
    held = {voter: Held(cards[member], _pin(voter)) for voter, member in zip(voters, members, strict=True)}
    for each in held.values():
        _choose_pin(hub, each)
    return held


def _pocketed(hub: Served) -> dict[str, str]:
    """The cards of an earlier run of this replay: a hub tells a code until its card is shown, then no more."""
    pocket = hub.data.with_name("cards.jsonl")
    lines = pocket.read_text(encoding="utf-8").splitlines() if pocket.exists() else []
    return {member: code for line in lines if line.endswith("}") for member, code in json.loads(line).items()}


def _pocket(hub: Served, cards: dict[str, str], made: dict[str, str]) -> None:
    """Put cards just made out where a later run finds them, before they are shown."""
    cards |= made
    if made:
        with hub.data.with_name("cards.jsonl").open("a", encoding="utf-8") as pocket:
            pocket.write(json.dumps(made) + "\n")


def _join(hub: Served, voter: str) -> str:
    newcomer = {"name": f"Voter {voter}", "language": "en"}
    command = membership.AskToJoin(adult=True)
    receipt = insist(hub, lambda client: client.submit(command, key=f"replay-join-{voter}", newcomer=newcomer))
    hub.acknowledged(receipt)
    assert receipt.person is not None
    return receipt.person


def _vouch(hub: Served, elder: Held, member: MemberId) -> dict[str, str]:
    command, key = membership.Vouch((member,)), f"replay-vouch-{member}"
    receipt = with_card(hub, elder, lambda client, visit: client.submit(command, key=key, visit=visit))
    return hub.acknowledged(receipt).cards


def _pin(voter: str) -> str:
    """A PIN for a voter of the file: the same whenever the replay runs, so that it can go on."""
    return str(random.Random(f"pin {voter}").randrange(100_007, 999_983))  # noqa: S311  made up, not secret


def _choose_pin(hub: Served, held: Held) -> None:
    """Choose the PIN, unless an earlier run did."""
    plain = Held(held.card, "")
    try:
        with_card(hub, plain, lambda client, visit: client.choose_pin(visit, held.pin))
    except Refused:
        with_card(hub, held, lambda client, visit: None)


def _open(hub: Served, budget: Budget, steward: Held) -> BallotId:
    options = tuple(Words({"pl": f"{project.number} {project.name}"[:120]}) for project in budget.projects)
    command = ballots.OpenBallot(ballots.Method.APPROVAL, Words({"en": budget.title}), options)
    hub.acknowledged(
        with_card(hub, steward, lambda client, visit: client.submit(command, key="replay-open", visit=visit))
    )
    return BallotId(1)


def _vote(hub: Served, ballot: BallotId, voter: Held, choice: tuple[int, ...]) -> None:
    """Show card and PIN, cast. Told that this vote is in already: it was, before the hub was killed."""
    try:
        with_card(hub, voter, lambda client, visit: client.cast(visit, ballot, choice))
    except Refused as no:
        if no.source != ballots.voted_already().message:
            raise


def _close(hub: Served, ballot: BallotId, steward: Held) -> Any:
    """Close the ballot and read what it released: sums in the file's order, who approved none comes last."""
    command = ballots.CloseBallot(ballot)
    hub.acknowledged(
        with_card(hub, steward, lambda client, visit: client.submit(command, key="replay-close", visit=visit))
    )
    return insist(hub, lambda client: client.read("ballot", ballot=ballot))


def _told(budget: Budget, found: dict[str, object]) -> str:
    counts = found["counts"]
    assert isinstance(counts, list)
    lines = [budget.title]
    for project, counted in zip(budget.projects, counts, strict=True):
        mark = "=" if counted == project.votes else "NOT"
        lines.append(f"  {counted:>5} {mark} {project.votes:<5} {project.name}")
    lines += [
        f"{found['voters']} voters, every count equal: {'yes' if found['counts_equal'] else 'NO'}",
        f"acknowledged and lost: {found['lost']}; on the roll struck: {found['struck']}",
        f"verify: {found['lines']} lines, {'sound' if found['verified'] else 'NOT SOUND'}; "
        f"hub started {found['starts']} times",
        f"{found['seconds']} s in all: joining {found['join_seconds']} s, voting {found['vote_seconds']} s, "
        f"{found['votes_per_second']} votes per second",
    ]
    return "\n".join(lines)
