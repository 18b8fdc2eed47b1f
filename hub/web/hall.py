"""What every page needs: the service, the reader's language, who they are, forms, refusals.

One `Hall` is made when the application is composed and given to each blueprint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any, Final, TypeVar

from flask import Response, g, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from hub.documents.as_html import as_html
from hub.documents.blocks import Document
from hub.documents.foot import Sheet
from hub.domain.base import N_, Circle, Refusal, Viewer, Words
from hub.domain.house import NOBODY, AnyCommand, Person
from hub.service import LONGEST_KEY, Newcomer, Receipt, Service
from hub.web.visits import Visits
from hub.words import Catalogue
from hub.words.speaker import Speaker

KEYS: Final = "hall:"
"""Before every key of a form, so that none is ever the key of another door."""
K = TypeVar("K", bound=Enum)
Reply = Response | str | tuple[str, int]
Read = Callable[["Hall", Mapping[str, str]], object]
"""One named question of the API: the hall and its parameters in, plain values out."""

Numbered = Mapping[str, tuple[str, Callable[["Hall"], Iterable[int]]]]
"""Of sheets of which there are many: the parameter that says which, and all there are."""


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall's pages and the API share it."""

    service: Service
    catalogue: Catalogue
    visits: Visits
    address: Callable[[], str] = str
    """Where phones find the pages, "" where nobody knows."""

    @property
    def person(self) -> Person:
        """Who asks."""
        found = g.get("person", NOBODY)
        assert isinstance(found, Person)
        return found

    @property
    def viewer(self) -> Viewer:
        """Whose eyes: the room's, or a member's."""
        return viewer_of(self.person)

    @property
    def speaker(self) -> Speaker:
        """The reader's language and the hub's clock."""
        if "speaker" not in g:
            g.speaker = self.speak(_wanted_language(self))
        found = g.speaker
        assert isinstance(found, Speaker)
        return found

    def speak(self, language: str) -> Speaker:
        """A speaker of one language."""
        card = self.service.read(lambda views: views.constitution.card)
        return Speaker(self.catalogue, language, card.language, card.zone)

    def sheet(self) -> Sheet:
        """What a document needs beside its rows, as of this moment."""
        position, digest = self.service.seal()
        card = self.service.read(lambda views: views.constitution.card)
        return Sheet(self.speaker, card, position, digest, self.service.now())

    def submit(self, command: AnyCommand, newcomer: Newcomer | None = None) -> Receipt:
        """Submit what a form asks for; the form's own key makes a second click harmless."""
        return self.service.submit(command, self.person, form_key(), newcomer=newcomer)

    def words(self, field: str) -> Words:
        """What the person typed in a field, in the language they read the page in."""
        return Words({self.speaker.language: request.form.get(field, "")})

    def render(self, template: str, *, no: Refusal | None = None, **values: Any) -> Reply:
        """A page; with a refusal it says so above the form, keeps the answers and is no success."""
        page = render_template(template, no=no, answers=request.form if no else {}, **values)
        return (page, 422) if no else page

    def show(self, document: Document, back: str, *, wall: bool = True, **values: Any) -> Reply:
        """A page that is one sheet, with a way back to the page it was opened from, an endpoint and its values.

        `wall`: it is among those everybody may have as a PDF, under its kind and the same values.
        """
        page, pdf = url_for(back, **values), url_for("paper.sheet", name=document.kind, **values) if wall else ""
        return self.render("sheet.html", sheet=as_html(document), title=document.title, back=page, pdf=pdf)

    def done(self, endpoint: str, notice: str, **values: Any) -> Response:
        """After a form: go to a page (so that reloading repeats nothing) and say what happened."""
        return made(redirect(url_for(endpoint, done=notice, **values), 303))

    def inner(self, document: Document) -> Markup:
        """A sheet inside a page."""
        return as_html(document)


def made(response: Any) -> Response:
    """A response of Flask's, typed."""
    found = make_response(response)
    assert isinstance(found, Response)
    return found


def viewer_of(person: Person) -> Viewer:
    """Whose eyes a person's are."""
    return Viewer(Circle.MEMBERS, person.member) if person.member is not None else Viewer(Circle.ROOM)


def form_key() -> str:
    """The key of the form that was sent, as a key of this door; "" where it has none. Raises Refusal."""
    sent = request.form.get("key", "")
    if len(KEYS + sent) > LONGEST_KEY:
        raise Refusal("", N_("Something is wrong with this form. Open the page again."))
    return KEYS + sent if sent else ""


def number(field: str) -> int:
    """A whole number from a form. Raises Refusal."""
    try:
        return int(request.form.get(field, "").strip())
    except ValueError:
        raise Refusal("", N_("That is not a whole number. Use digits only.")) from None


def choice(kind: type[K], field: str) -> K:
    """One of a closed vocabulary, from a form. Raises Refusal."""
    sent = request.form.get(field, "")
    try:
        return kind(int(sent)) if issubclass(kind, IntEnum) else kind(sent)
    except ValueError:
        raise Refusal("", N_("Please choose one of the answers.")) from None


def _wanted_language(hall: Hall) -> str:
    asked = request.args.get("lang") or request.cookies.get("lang", "")
    if asked in dict(hall.catalogue.languages):
        return asked
    default = hall.service.read(lambda views: views.constitution.card.language)
    return hall.catalogue.negotiate(request.headers.get("Accept-Language", ""), default)
