"""What people ask for around a role."""

from __future__ import annotations

from dataclasses import field

from hub.domain.base import Command, DecisionId, MemberId, RoleName, Tier, Words, command


@command("create_role", Tier.CARD)
class CreateRole(Command):
    """Create a role, as an assembly decided; in the forming season by any member."""

    title: Words
    purpose: Words
    decision: DecisionId | None = None


@command("close_role", Tier.CARD)
class CloseRole(Command):
    """Close a role that was created here, as an assembly decided."""

    role: RoleName
    decision: DecisionId | None = None


@command("take_role", Tier.CARD)
class TakeRole(Command):
    """Take a free role for now, in the forming season."""

    role: RoleName


@command("step_down", Tier.CARD)
class StepDown(Command):
    """Lay a role down, today."""

    role: RoleName


@command("hand_over_role", Tier.PIN)
class HandOver(Command):
    """Pass a role on to `to`, who shows their card too, for the rest of its term."""

    role: RoleName
    to: MemberId


@command("learn_role", Tier.CARD)
class Learn(Command):
    """Learn a role beside whoever holds it."""

    role: RoleName


@command("stop_learning_role", Tier.CARD)
class StopLearning(Command):
    """Learn a role no longer."""

    role: RoleName


@command("confirm_trained", Tier.CARD)
class ConfirmTrained(Command):
    """Say, as who holds the role, that this member can do it."""

    role: RoleName
    member: MemberId


@command("petition_recall", Tier.CARD)
class PetitionRecall(Command):
    """Ask openly for a recall, or sign one that is asked for."""

    role: RoleName
    reason: Words = field(default_factory=lambda: Words({}))


@command("unsign_recall", Tier.CARD)
class UnsignRecall(Command):
    """Take your name off a petition."""

    role: RoleName


@command("end_terms", Tier.NONE)
class EndTerms(Command):
    """The hub's own act: terms that have run out."""


Commands = (
    CreateRole
    | CloseRole
    | TakeRole
    | StepDown
    | HandOver
    | Learn
    | StopLearning
    | ConfirmTrained
    | PetitionRecall
    | UnsignRecall
    | EndTerms
)
