"""A person at the kiosk, for tests: presses what the page shows, at a real hub over a real connection."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kitchen import CATALOGUE, Kitchen
from werkzeug.serving import WSGIRequestHandler, make_server

from hub.client import Client
from hub.documents.blocks import Document
from hub.domain.base import MemberId
from hub.printing.port import Ended, Job, Trouble
from hub.printing.press import Press
from hub.printing.raster import Raster
from hub.web import create_app
from hub.web.access import Door
from kiosk.page import Keypad, Page, Row, Rows, Tile, Tiles, Typing, spoken
from kiosk.session import Session
from kiosk.stack import Screen
from kiosk.worker import Inline

PIN = "4711"


@dataclass
class Seconds:
    """A clock that stands still until it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: the tests' output is read by people."""


class Hub:
    """A hub's server. Fault switches: `down` answers nothing; `lost` does what it is asked, and no answer comes."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.down = self.lost = False
        self.asked: list[tuple[str, str]] = []
        """Method and path of every request that came in."""
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def _answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        if self.down:
            return self._silent(environ)
        answer: Iterable[bytes] = self._app(environ, start)
        return self._silent(environ) if self.lost else answer

    @staticmethod
    def _silent(environ: dict[str, Any]) -> Iterable[bytes]:
        environ["werkzeug.socket"].shutdown(2)
        raise ConnectionResetError

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Type:
    """A typesetter with one face: every sheet looks the same."""

    def raster(self, document: Document, width: int = 576, *, copy: bool = False) -> Raster:
        return Raster(width, 24, bytes(24 * width // 8))

    def pdf(self, document: Document, paper: str = "a4") -> bytes:
        return b"%PDF"


@dataclass
class Tray:
    """A printer whose sheets are counted. `wrong` is what keeps it from printing; `answers` false makes it mute."""

    wrong: Trouble | None = None
    answers: bool = True
    width: int = 576
    kinds: list[str] = field(default_factory=list)

    def trouble(self) -> Trouble | None:
        return self.wrong

    def print(self, job: Job, sending: Callable[[], None]) -> Ended:
        sending()
        self.kinds.append(job.kind.removeprefix("members-"))
        return Ended.DONE if self.answers else Ended.SENT

    def close(self) -> None:
        pass


@dataclass
class Presser:
    """Somebody's finger. What is not on the page cannot be pressed: then the test fails and shows the page."""

    session: Session

    @property
    def page(self) -> Page:
        return self.session.page()

    @property
    def title(self) -> str:
        return self.page.title

    def text(self) -> str:
        """All the page says, a line each."""
        page = self.page
        return "\n".join([*(text for text, _ in spoken(page)), *page.corner])

    def labels(self) -> list[str]:
        """What can be pressed."""
        return [label for label, _ in _pressable(self.page)]

    def press(self, label: str) -> None:
        """Press a button, a tile or a row by its whole label, or Back or Leave."""
        found = [press for name, press in _pressable(self.page) if name == label]
        assert found, f"no “{label}” on this page:\n{self.text()}\n{self.labels()}"
        self.session.press(found[0])

    def row(self, part: str) -> None:
        """Press the row or tile in whose words this stands."""
        body = self.page.body
        assert isinstance(body, Rows | Tiles), self.text()
        parts: Iterable[Row | Tile] = body.rows if isinstance(body, Rows) else body.tiles
        found = [each.press for each in parts if part in f"{each.label} {each.detail}" and each.press is not None]
        assert found, f"no row “{part}” on this page:\n{self.text()}"
        self.session.press(found[0])

    def type(self, text: str) -> None:
        """Type into the field."""
        body = self.page.body
        assert isinstance(body, Typing), self.text()
        self.session.press(lambda: body.typed(text))

    def keys(self, digits: str) -> None:
        """Press digits, one after the other."""
        for count in range(1, len(digits) + 1):
            body = self.page.body
            assert isinstance(body, Keypad), self.text()
            self.session.press(partial(body.typed, digits[:count]))

    def scan(self, code: str) -> None:
        """Hold a card under the scanner."""
        scan = self.page.scan
        assert scan is not None, f"no card is asked for here:\n{self.text()}"
        self.session.press(lambda: scan(code))


def _pressable(page: Page) -> list[tuple[str, Callable[[], None]]]:
    found: list[tuple[str, Callable[[], None]]] = [(button.label, button.press) for button in page.buttons]
    if isinstance(page.body, Tiles):
        found += [(tile.label or tile.figure, tile.press) for tile in page.body.tiles if tile.press is not None]
    if isinstance(page.body, Rows):
        found += [(row.label, row.press) for row in page.body.rows if row.press is not None]
    found += [("Back", page.back)] if page.back is not None else []
    return [*found, ("Leave", page.leave)] if page.leave is not None else found


@dataclass
class Evening:
    """A hub that is up, its members, and the kiosk before them."""

    kitchen: Kitchen
    first: Callable[[Session], Screen]
    press_room: Press | None = None
    clock: Seconds = field(default_factory=Seconds)
    members: dict[str, MemberId] = field(default_factory=dict)
    hub: Hub = field(init=False)
    client: Client = field(init=False)
    session: Session = field(init=False)
    person: Presser = field(init=False)

    def __post_init__(self) -> None:
        kitchen = self.kitchen
        tokens = {"kiosk-token": Door.KIOSK}
        self.hub = Hub(create_app(kitchen.service, CATALOGUE, tokens, kitchen.random_bytes, self.press_room))
        self.client = Client(self.hub.address, "kiosk-token", timeout=5)
        self.session = Session(Inline(self.client), self.clock, CATALOGUE, self.first)
        self.person = Presser(self.session)

    def card(self, name: str) -> str:
        """The code of a member's card, by their name."""
        return self.kitchen.cards[self.members[name]]

    def wait(self, seconds: float) -> None:
        """Let time pass, a quarter of a second at a time."""
        until = self.clock.now + seconds
        while self.clock.now < until:
            self.clock.now = min(until, self.clock.now + 0.25)
            self.session.tick()

    def chose_pin(self, name: str) -> None:
        """A member chose their PIN on an evening before this one."""
        self.client.choose_pin(self.client.show_card(self.card(name)).visit, PIN)

    def close(self) -> None:
        """Let go of the connection, and stop the hub."""
        self.client.close()
        self.hub.close()
