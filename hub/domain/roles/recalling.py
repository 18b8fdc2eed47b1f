"""Asking for a recall, openly: signed by enough members, it is voted on."""

from __future__ import annotations

from fractions import Fraction

from hub.domain.base import DAY, N_, Context, MemberId, Millis, Refusal, RoleName, typed
from hub.domain.roles.facts import Events, RecallPetitioned, RecallReached, RecallSupported, RecallUnsigned
from hub.domain.roles.passing import known
from hub.domain.roles.requests import PetitionRecall
from hub.domain.roles.state import Role, State, holder


def signed(state: State, request: PetitionRecall, context: Context, *, active: int, voter: bool) -> list[Events]:
    """One more name on a petition, the first with its reason. Raises Refusal."""
    name, by, role = request.role, context.by, known(state, request.role)
    member = holder(state, name, context.now)
    if member is None:
        raise Refusal("recall_petition", N_("Nobody holds this role now."))
    if member == by:
        raise Refusal("recall_petition", N_("You hold this role yourself. You can step down today."))
    if not voter:
        raise Refusal("voting_age", N_("Signing is for members of voting age. Tell another member what worries you."))
    names = _open(role, context.now)
    if by in names:
        raise Refusal("recall_petition", N_("You signed this already. Ask others to sign it too."))
    fact: Events = RecallSupported(name, by)
    if not names:
        fact = RecallPetitioned(name, member, by, typed(request.reason))
    facts = [fact]
    enough = Fraction(len(names) + 1) >= context.articles.recall_petition * active
    if enough and (not names or not role.reached):
        facts.append(RecallReached(name, member, Millis(context.now + context.articles.recall_days * DAY)))
    return facts


def _open(role: Role, now: Millis) -> frozenset[MemberId]:
    """Who signed the petition that is open; nobody once its days for the vote are over."""
    return frozenset() if role.reached and now >= role.reached else role.petition


def unsigned(state: State, name: RoleName, context: Context) -> RecallUnsigned:
    """A name off a petition. What enough signed is voted on all the same. Raises Refusal."""
    role, by = known(state, name), context.by
    if by not in role.petition:
        raise Refusal("recall_petition", N_("Your name is not on this petition."))
    return RecallUnsigned(name, by)
