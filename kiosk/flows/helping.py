"""Seeing to a need: who does, where they meet, how they reach each other, and what each of them can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from hub.domain.base import N_, NeedId
from hub.domain.needs import AgreeContact, Commands, ConfirmNeed, LetGoNeed, MarkNeedMet, WithdrawNeed
from kiosk.flows.steps import Act
from kiosk.page import Line, Press, Style
from kiosk.session import Session

Row = dict[str, Any]
KITCHEN: Final = N_("No place was named: meet in the kitchen.")
Do = Callable[[Commands, str, str], None]
"""Does something with a need, and says then: a title and a sentence."""


def standing(session: Session, got: Row) -> Sequence[Line]:
    """Who takes care of it, where they meet and how they reach each other, as far as these eyes may see."""
    say, row = session.say, got["need"]
    lines = [Line(say(N_("Somebody is seeing to it.")))]
    if got["taker"] and got["mine"]:
        lines = [Line(say(N_("{name} took it up."), name=got["taker"]), Style.STRONG)]
    if got["taking"]:
        lines = [Line(say(N_("You took it up.")), Style.STRONG)]
    if got["mine"] or got["taking"] or not got["named"]:
        note, lang = session.speaker.pick(row["note"]) if row["note"] else (say(KITCHEN), "")
        lines.append(Line(note, lang=lang))
    if got["contact"]:
        contact = session.speaker.exact(got["contact"])
        lines.append(Line(say(N_("You can reach each other: {contact}"), contact=contact), Style.STRONG))
    elif got["both"]:
        text = N_("You both agreed, but the other has not said how to reach them. Leave word in the kitchen.")
        lines.append(Line(say(text)))
    elif got["agreed"]:
        text = N_("You agreed. As soon as the other agrees too, you both see how to reach each other.")
        lines.append(Line(say(text)))
    return lines


def acts(got: Row, take: Press, act: Do) -> Sequence[Act]:
    """What a member can do with a need, the likeliest last."""
    row, number = got["need"], NeedId(got["need"]["number"])
    state, theirs = row["state"], got["mine"] or not got["named"]
    if state not in ("open", "taken"):
        return ()
    found: list[Act] = []

    def offer(label: str, command: Commands, title: str, text: str, *, main: bool = False) -> None:
        found.append(Act(label, lambda: act(command, title, text), main))

    if theirs:
        gone = N_("Nobody is asked for it any more.")
        offer(N_("Not needed any more"), WithdrawNeed(number), N_("It is off the list."), gone)
    if got["taking"]:
        back = N_("It is open again for somebody else.")
        offer(N_("I cannot after all"), LetGoNeed(number), N_("That is all right"), back)
    if state == "taken" and got["named"] and (got["mine"] or got["taking"]) and not got["agreed"]:
        both = N_("Once both agree, each sees how to reach the other.")
        offer(N_("Let them reach me"), AgreeContact(number), N_("Agreed."), both)
    if got.get("remind"):
        still = N_("It stays on the list. In two weeks we ask again.")
        offer(N_("It is still needed"), ConfirmNeed(number), N_("Good to know"), still, main=True)
    if state == "open" and not got["mine"]:
        found.append(Act(N_("I will see to it"), take, main=True))
    elif got["mine"] or got["taking"] or not got["named"]:
        offer(
            N_("It was met"), MarkNeedMet(number), N_("Good!"), N_("It is marked as met."), main=not got.get("remind")
        )
    return found
