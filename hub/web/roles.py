"""Pages of roles: who holds what until when, who learns it, who is missing; and asking for a recall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

from flask import Blueprint, abort, request

from hub.documents.blocks import Document
from hub.documents.handover import handover
from hub.documents.roles import ROLES, TASKS, Titles, gap, role_name, roster, standing
from hub.domain import membership, roles
from hub.domain.base import LEDGER_KEEPER, N_, Circle, DecisionId, MemberId, Refusal, RoleName, Tier, Viewer
from hub.domain.house import House
from hub.views.roles import RoleRow
from hub.web.access import Rate
from hub.web.access import hall as open_to_hall
from hub.web.forms import numbered
from hub.web.hall import Hall, Read, Reply
from hub.web.names import names

NOTICES: Final[Mapping[str, str]] = {
    "role-take": N_("It is yours for now. Thank you! The next meeting confirms it."),
    "role-step-down": N_("You have laid it down. Thank you for all you did."),
    "role-learn": N_("Good! Now ask who holds it to show you."),
    "role-stop-learning": N_("You are not learning it any more."),
    "role-trained": N_("Thank you for teaching them!"),
    "role-recall": N_("Your name is on it."),
    "role-unsign": N_("Your name is off it."),
    "role-created": N_("There is a new role. Somebody can hold it now."),
    "role-close": N_("This role is closed."),
}


def blueprint(hall: Hall) -> Blueprint:
    """The routes of roles."""
    pages = Blueprint("roles", __name__)
    _reading(pages, hall)
    _creating(pages, hall)

    @pages.post("/roles/<role>/<act>")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def act_on(role: str, act: str) -> Reply:
        try:
            hall.submit(_command(hall, RoleName(role), act))
        except Refusal as no:
            return _one(hall, RoleName(role), no)
        if act == "close":
            return hall.done("roles.index", "role-close")
        return hall.done("roles.one", f"role-{act}", role=role)

    return pages


def _reading(pages: Blueprint, hall: Hall) -> None:
    @pages.get("/roles")
    @open_to_hall()
    def index() -> Reply:
        return _index(hall)

    @pages.get("/roles/sheet")
    @open_to_hall()
    def sheet() -> Reply:
        return hall.show(_sheet(hall, {}), "roles.index")

    @pages.get("/roles/<role>")
    @open_to_hall()
    def one(role: str) -> Reply:
        return _one(hall, RoleName(role))


def _creating(pages: Blueprint, hall: Hall) -> None:
    @pages.get("/roles/create")
    @open_to_hall(Tier.CARD, Circle.MEMBERS)
    def form() -> Reply:
        return _form(hall)

    @pages.post("/roles/create")
    @open_to_hall(Tier.CARD, Circle.MEMBERS, Rate.WRITE)
    def created() -> Reply:
        try:
            hall.submit(roles.CreateRole(hall.words("title"), hall.words("purpose"), _decision()))
        except Refusal as no:
            return _form(hall, no)
        return hall.done("roles.index", "role-created")


def _command(hall: Hall, role: RoleName, act: str) -> roles.Commands:
    acts: dict[str, Callable[[], roles.Commands]] = {
        "take": lambda: roles.TakeRole(role),
        "step-down": lambda: roles.StepDown(role),
        "learn": lambda: roles.Learn(role),
        "stop-learning": lambda: roles.StopLearning(role),
        "trained": lambda: roles.ConfirmTrained(role, MemberId(request.form.get("member", ""))),
        "recall": lambda: roles.PetitionRecall(role, hall.words("reason")),
        "unsign": lambda: roles.UnsignRecall(role),
        "close": lambda: roles.CloseRole(role, _decision()),
    }
    if act not in acts:
        abort(404)
    return acts[act]()


def _decision() -> DecisionId | None:
    """The decision a form names; None where it names none."""
    return DecisionId(numbered(request.form.get("decision", "").strip())) or None


# What a role is called


def titles(hall: Hall) -> Titles:
    """What the roles created here are called, those that are closed too."""
    return hall.service.read(lambda views: views.roles.titles())


def names_of_roles(hall: Hall) -> dict[str, str]:
    """Every role there is, as people call it: for a form's choices."""
    created = titles(hall)
    return {row.role: role_name(hall.speaker, row.role, created) for row in _rows(hall, hall.viewer)}


# What the pages show


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say today. `needed` names make a petition; `trained` is how many a keeper teaches first."""

    forming: bool
    voter: bool
    needed: int
    trained: int


def _standing(hall: Hall) -> Standing:
    member, now = hall.person.member, hall.service.now()

    def look(house: House) -> Standing:
        articles = house.constitution.articles
        return Standing(
            house.constitution.forming(now),
            member in membership.voters(house.membership),
            max(1, ceil(articles.recall_petition * len(membership.active(house.membership)))),
            articles.trained,
        )

    return hall.service.rules(look)


def _rows(hall: Hall, viewer: Viewer) -> list[RoleRow]:
    now = hall.service.now()
    return hall.service.read(lambda views: views.roles.all(viewer, now))


def _index(hall: Hall, no: Refusal | None = None) -> Reply:
    rules, sheet = _standing(hall), hall.sheet()
    return hall.render(
        "roles/index.html",
        no=no,
        rows=_rows(hall, hall.viewer),
        rules=rules,
        standing=lambda row: standing(sheet, row),
        gap=lambda row: gap(sheet, row, forming=rules.forming),
        roles=ROLES,
    )


def _form(hall: Hall, no: Refusal | None = None) -> Reply:
    return hall.render("roles/create.html", no=no, rules=_standing(hall))


def _one(hall: Hall, role: RoleName, no: Refusal | None = None) -> Reply:
    row = next((each for each in _rows(hall, hall.viewer) if each.role == role), None)
    if row is None and no is not None:
        return _index(hall, no)
    if row is None:
        abort(404)
    rules, sheet, member = _standing(hall), hall.sheet(), hall.person.member
    return hall.render(
        "roles/one.html",
        no=no,
        row=row,
        rules=rules,
        notes=standing(sheet, row) if row.member else gap(sheet, row, forming=rules.forming),
        mine=member is not None and row.member == member,
        learns=member in row.learning,
        can=member in row.trained,
        signed=row.petition is not None and member in row.petition.names,
        roles=ROLES,
        tasks=TASKS,
        keeper=role == LEDGER_KEEPER,
    )


def _sheet(hall: Hall, _: Mapping[str, str]) -> Document:
    """For the wall: what the room may see, whoever prints it."""
    rows = _rows(hall, Viewer(Circle.ROOM))
    return roster(hall.sheet(), rows, names(hall), forming=_standing(hall).forming)


def _handover(hall: Hall, asked: Mapping[str, str]) -> Document:
    """For the two it passes between. Who learned it is for members, as on its page."""
    row = next((each for each in _rows(hall, hall.viewer) if each.role == asked.get("role", "")), None)
    if row is None:
        abort(404)
    return handover(hall.sheet(), row, names(hall), forming=_standing(hall).forming)


def _read(hall: Hall, _: Mapping[str, str]) -> object:
    """Every role in words, with what it is to the reader. Who learns and who signed is for members."""
    shown, called, rules = names(hall), names_of_roles(hall), _standing(hall)
    return [
        {"role": row, "title": called[row.role], "name": shown(row.member) if row.member else ""}
        | _in_words(hall, row, rules)
        | {"learners": [{"member": each, "name": shown(each)} for each in row.learning]}
        for row in _rows(hall, hall.viewer)
    ]


def _in_words(hall: Hall, row: RoleRow, rules: Standing) -> dict[str, object]:
    sheet, member, own = hall.sheet(), hall.person.member, row.role in ROLES
    return {
        "task": hall.speaker.say(TASKS[row.role]) if own else hall.speaker.pick(row.purpose)[0],
        "notes": standing(sheet, row) if row.member else gap(sheet, row, forming=rules.forming),
        "mine": member is not None and row.member == member,
        "learns": member in row.learning,
        "can": member in row.trained,
        "signed": row.petition is not None and member in row.petition.names,
        "needed": rules.needed,
        "forming": rules.forming,
    }


READS: Final[Mapping[str, Read]] = {"roles": _read}
DOCUMENTS: Final[Mapping[str, Read]] = {"roles": _sheet, "handover": _handover}
