"""What happened to a need or an offer."""

from __future__ import annotations

from hub.domain.base import Circle, Event, Kind, MemberId, NeedId, OfferId, Words, event


class Sort(Kind):
    """What a need or an offer is about."""

    FOOD = "food"
    HOME = "home"
    CARE = "care"
    REPAIR = "repair"
    TRANSPORT = "transport"
    THINGS = "things"
    COMPANY = "company"
    OTHER = "other"


class Soon(Kind):
    """How soon it is needed."""

    TODAY = "today"
    WEEK = "week"
    ANY_TIME = "any_time"


@event("need.reported", street=True)
class NeedReported(Event):
    """Somebody asked. `by` is None for a neighbour without a card."""

    need: NeedId
    sort: Sort
    soon: Soon
    circle: Circle
    by: MemberId | None
    text: Words


@event("need.taken_up", street=True)
class NeedTakenUp(Event):
    """A member said they will see to it; `note` says when and where."""

    need: NeedId
    by: MemberId
    note: Words


@event("need.let_go", street=True)
class NeedLetGo(Event):
    """Who had taken it up cannot after all; it is open again."""

    need: NeedId
    by: MemberId


@event("need.met", street=True)
class NeedMet(Event):
    """It was met, says one of those it concerns."""

    need: NeedId
    by: MemberId


@event("need.withdrawn", street=True)
class NeedWithdrawn(Event):
    """It is no longer asked, without having been met."""

    need: NeedId
    by: MemberId


@event("need.widened", street=True)
class NeedWidened(Event):
    """Whom it concerns let more people see it. Words travel again with the wider circle."""

    need: NeedId
    sort: Sort
    soon: Soon
    circle: Circle
    text: Words


@event("need.confirmed")
class NeedConfirmed(Event):
    """It is still needed, says who asked, or a member for who asked without a card."""

    need: NeedId
    by: MemberId


@event("need.contact_agreed")
class ContactAgreed(Event):
    """One side of a taken-up need lets the other see how to reach them."""

    need: NeedId
    by: MemberId


@event("offer.made", street=True)
class OfferMade(Event):
    """A member offers time, a skill or a thing."""

    offer: OfferId
    sort: Sort
    circle: Circle
    by: MemberId
    text: Words


@event("offer.asked_for")
class OfferAskedFor(Event):
    """A member would like what is offered."""

    offer: OfferId
    by: MemberId
    note: Words


@event("offer.withdrawn", street=True)
class OfferWithdrawn(Event):
    """The offer is over."""

    offer: OfferId
    by: MemberId


Events = (
    NeedReported
    | NeedTakenUp
    | NeedLetGo
    | NeedMet
    | NeedWithdrawn
    | NeedWidened
    | NeedConfirmed
    | ContactAgreed
    | OfferMade
    | OfferAskedFor
    | OfferWithdrawn
)
