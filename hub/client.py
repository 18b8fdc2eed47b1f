"""What the kiosk, the mesh and any desk call: the hub's API over loopback, typed and with plain faults.

One client serves one program with one token. Every write carries an idempotency key, so that a retry
after a lost answer can never do a thing twice.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import requests

from hub.domain.base import Command

TIMEOUT: Final = 10.0
"""Seconds until a silent hub counts as down."""


class HubDown(Exception):
    """The hub did not answer. Whether it did what was asked is unknown: ask again under the same key."""


class VisitOver(Exception):
    """The visit this was asked in is over: its time ran out, or the hub was started again. Show the card."""


class Refused(Exception):
    """The rules' no, or the medium's: the article it rests on, and the sentence to show."""

    def __init__(self, article: str, message: str, source: str) -> None:
        super().__init__(message)
        self.article, self.message, self.source = article, message, source


class NotNext(Exception):
    """A neighbour's batch that does not follow the last one held, whose number is `held`."""

    def __init__(self, held: int) -> None:
        super().__init__(f"batch {held} is the last one held")
        self.held = held


class Fault(Exception):
    """The hub did not understand us, or cannot write: a sentence for the log or the screen, and the HTTP status."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command led to; `cards` maps a member to the code of a card just made out."""

    position: int
    facts: tuple[tuple[int, str], ...]
    person: str | None
    cards: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A card that was shown: the visit it opened, and whose it is."""

    visit: str
    member: str
    tier: int
    name: str
    language: str
    has_pin: bool


@dataclass(frozen=True, slots=True)
class Print:
    """Where a sheet stands at the printer, and in a sentence what is in its way ("" for nothing).

    `queued` waits and goes on by itself; `sending` is being printed; `done`. `unknown`: a person looks at the
    paper, and `came_out` says what they saw. `spoiled`, `refused`, `lost`: it is not printed any more.
    `again`: if it did not come out whole, it is printed once more, as a copy.
    """

    job: str
    state: str
    trouble: str
    again: bool = True

    @property
    def waits(self) -> bool:
        """Whether it is still to be printed, or just being printed."""
        return self.state in ("queued", "sending")


def fresh_key() -> str:
    """An idempotency key for one request, 128 bits."""
    return secrets.token_hex(16)


def read_token(data: Path, door: str) -> str:
    """The token of one of our programs, from the hub's own directory. Raises KeyError, OSError."""
    tokens = json.loads((data / "tokens.json").read_text(encoding="utf-8"))
    return str(tokens[door])


class Client:
    """The API at `address` ("http://127.0.0.1:8081"). Not for use from several threads at once."""

    def __init__(self, address: str, token: str, language: str = "en", timeout: float = TIMEOUT) -> None:
        self._address = address.rstrip("/") + "/api"
        self._timeout = timeout
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update({"Authorization": f"Bearer {token}", "Accept-Language": language})

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def speak(self, language: str) -> None:
        """Be answered in another language from now on."""
        self._session.headers["Accept-Language"] = language

    def submit(
        self,
        command: Command,
        *,
        key: str,
        visit: str = "",
        second: str = "",
        newcomer: Mapping[str, object] | None = None,
    ) -> Receipt:
        """Submit a command. Raises Refused, Fault, HubDown."""
        sent = {"command": command.KIND, "values": msgspec.to_builtins(command), "newcomer": newcomer}
        headers = {"Idempotency-Key": key, "Trestle-Visit": visit, "Trestle-Second": second}
        got = self._call("POST", "/commands", sent, headers)
        facts = tuple((fact["position"], fact["kind"]) for fact in got["facts"])
        return Receipt(got["position"], facts, got["person"], got["cards"])

    def show_card(self, card: str, pin: str = "") -> Shown:
        """Show a card, with a PIN where the act asks for it. Raises Refused, Fault, HubDown."""
        return Shown(**self._call("POST", "/visits", {"card": card, "pin": pin}))

    def leave(self, visit: str) -> None:
        """End a visit."""
        self._call("DELETE", "/visits", None, {"Trestle-Visit": visit})

    def choose_pin(self, visit: str, pin: str) -> None:
        """Choose or change the PIN of the card that was shown."""
        self._call("POST", "/pin", {"pin": pin}, {"Trestle-Visit": visit})

    def offer_pairing(self, visit: str) -> str:
        """A one-time address below the hall's pages: who opens it on a phone is this person there, for half an hour."""
        return str(self._call("POST", "/pairings", None, {"Trestle-Visit": visit})["path"])

    def keep(self, visit: str, **kept: str) -> None:
        """Change what is kept of the person: `name`, `language`, `contact` ("" takes it back). Raises Refused."""
        self._call("POST", "/me", kept, {"Trestle-Visit": visit})

    def cast(self, visit: str, ballot: int, choice: Sequence[int]) -> None:
        """Cast a secret vote. After HubDown ask again: a vote that counted is refused as cast already."""
        self._call("POST", "/votes", {"ballot": ballot, "choice": list(choice)}, {"Trestle-Visit": visit})

    def read(self, name: str, visit: str = "", **parameters: str | int) -> Any:
        """A named question to the views, answered in plain values."""
        return self._call("GET", f"/read/{name}", None, {"Trestle-Visit": visit}, parameters)

    def document(self, name: str, visit: str = "", **parameters: str | int) -> Any:
        """A sheet: kind, title, lang, text, html, and its blocks, each a dict whose `is` names what it is."""
        return self._call("GET", f"/documents/{name}", None, {"Trestle-Visit": visit}, parameters)

    def print_sheet(self, name: str, key: str, visit: str = "", copies: int = 1, **parameters: str | int) -> Print:
        """Have a sheet printed. The same key is the same sheet. Raises Refused, Fault, HubDown."""
        sent = {"name": name, "parameters": parameters, "copies": copies}
        return Print(**self._call("POST", "/prints", sent, {"Idempotency-Key": key, "Trestle-Visit": visit}))

    def print_card(self, member: str, code: str, key: str, visit: str = "") -> Print:
        """Have a member card printed, by its code. Where it may not be printed, Refused: show the code."""
        return self.print_sheet("card", key, visit, member=member, code=code)

    def print_state(self, job: str) -> Print:
        """Where a sheet stands."""
        return Print(**self._call("GET", f"/prints/{job}"))

    def came_out(self, job: str, yes: bool) -> Print:
        """Say whether a sheet came out whole. If not it is printed again, as a copy; a private one never is."""
        return Print(**self._call("POST", f"/prints/{job}", {"came_out": yes}))

    def printer(self) -> Any:
        """The printer: kind, width in dots, trouble ("" for none), how many sheets wait, whether it answers."""
        return self._call("GET", "/printer")

    def preview(self, name: str, visit: str = "", **parameters: str | int) -> bytes:
        """The very picture that would be printed, a PNG as wide as the printer."""
        answer = self._ask("GET", f"/previews/{name}", headers={"Trestle-Visit": visit}, parameters=parameters)
        if not answer.ok:
            _answered(answer)
        return answer.content

    def status(self) -> Any:
        """The hub's version, key, position and whether it is well."""
        return self._call("GET", "/status")

    def follow(self, after: int, wait: float = 0.0) -> Any:
        """Journal lines after a position, waiting up to `wait` seconds for the first."""
        parameters = {"after": after, "wait": int(wait * 1000)}
        return self._call("GET", "/journal", parameters=parameters)

    def batches(self, after: int) -> list[bytes]:
        """This hub's street batches after a number."""
        return [str(batch).encode() for batch in self._call("GET", "/batches", parameters={"after": after})]

    def take_in(self, batch: bytes) -> Any:
        """Hand in a neighbour's batch. Raises NotNext, Refused, Fault, HubDown."""
        return self._call("POST", "/batches", batch)

    def _call(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        parameters: Mapping[str, str | int] | None = None,
    ) -> Any:
        return _answered(self._ask(method, path, body, headers, parameters))

    def _ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        parameters: Mapping[str, str | int] | None = None,
    ) -> requests.Response:
        content = body if isinstance(body, bytes) else None if body is None else msgspec.json.encode(body)
        try:
            return self._session.request(
                method, self._address + path, params=parameters, data=content, headers=headers, timeout=self._timeout
            )
        except requests.RequestException as fault:
            raise HubDown(f"the hub at {self._address} does not answer") from fault


def _answered(answer: requests.Response) -> Any:
    try:
        got = answer.json()
    except ValueError:
        raise Fault(f"the hub answered {answer.status_code} with something that is not JSON") from None
    if answer.ok:
        return got
    if answer.status_code == requests.codes.unauthorized and isinstance(got, dict) and "visit_over" in got:
        raise VisitOver(str(got["visit_over"]))
    if isinstance(got, dict) and "not_next" in got:
        raise NotNext(int(got["not_next"]))
    if isinstance(got, dict) and "refusal" in got:
        no = got["refusal"]
        raise Refused(no["article"], no["message"], no["source"])
    said = str(got.get("fault", got)) if isinstance(got, dict) else f"status {answer.status_code}"
    raise Fault(said, answer.status_code)
