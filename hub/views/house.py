"""Every institution's read model, folded together; one set for this hub, one for each neighbour."""

from __future__ import annotations

from typing import assert_never

from hub.domain import (
    archive,
    assemblies,
    ballots,
    constitution,
    federation,
    ledger,
    membership,
    needs,
    roles,
    signups,
)
from hub.domain.house import AnyEvent
from hub.entry import Entry
from hub.views.assemblies import AssembliesView
from hub.views.ballots import BallotsView
from hub.views.constitution import ConstitutionView
from hub.views.federation import FederationView
from hub.views.ledger import LedgerView
from hub.views.members import MembersView
from hub.views.needs import NeedsView
from hub.views.roles import RolesView
from hub.views.signups import SignupsView


class Views:
    """What it all means today. Kept in memory, rebuilt from the chain at boot and after a redaction.

    `senseless` counts a neighbour's lines that mean nothing to us; there are none of our own.
    """

    def __init__(self) -> None:
        self.constitution = ConstitutionView()
        self.members = MembersView()
        self.roles = RolesView()
        self.assemblies = AssembliesView()
        self.signups = SignupsView()
        self.needs = NeedsView()
        self.ledger = LedgerView()
        self.ballots = BallotsView()
        self.federation = FederationView()
        self.senseless = 0

    def apply(self, entry: Entry, fact: AnyEvent) -> None:
        """Fold one fact into the institution it is about."""
        if isinstance(fact, needs.Events):
            self.needs.apply(entry, fact)
        elif isinstance(fact, membership.Events):
            self.members.apply(entry, fact)
        elif isinstance(fact, signups.Events):
            self.signups.apply(entry, fact)
        elif isinstance(fact, ledger.Events):
            self.ledger.apply(entry, fact)
        elif isinstance(fact, assemblies.Events):
            self.assemblies.apply(entry, fact)
        elif isinstance(fact, roles.Events):
            self.roles.apply(entry, fact)
        elif isinstance(fact, ballots.Events):
            self.ballots.apply(entry, fact)
        elif isinstance(fact, federation.Events):
            self.federation.apply(entry, fact)
        elif isinstance(fact, constitution.Events):
            self.constitution.apply(entry, fact)
        elif not isinstance(fact, archive.Events):
            assert_never(fact)
