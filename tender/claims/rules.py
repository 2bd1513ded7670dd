"""Claims: roles, states and the rules of consortium law that concern them."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from tender.bids.rules import Stage, require_working
from tender.core.actor import Actor
from tender.core.errors import Conflict, Forbidden, Invalid
from tender.core.states import moved
from tender.core.text import N_


class HasRole(Protocol):
    """A position, as far as seats are concerned."""

    @property
    def role(self) -> "ClaimRole":
        """What the company is on the lot."""

    @property
    def company(self) -> str:
        """Its name."""


class ClaimRole(StrEnum):
    """What the company is on the lot."""

    LEAD = "lead"
    CO_CONTRACTOR = "co_contractor"
    SUBCONTRACTOR = "subcontractor"
    STAND_BY = "stand_by"
    WATCH = "watch"


class ClaimState(StrEnum):
    """The life of a claim."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RELEASED = "released"
    DECLINED = "declined"


MOVES: Mapping[ClaimState, Set[ClaimState]] = MappingProxyType(
    {
        ClaimState.PROPOSED: {ClaimState.CONFIRMED, ClaimState.RELEASED, ClaimState.DECLINED},
        ClaimState.CONFIRMED: {ClaimState.PROPOSED, ClaimState.RELEASED},
        ClaimState.RELEASED: frozenset(),
        ClaimState.DECLINED: frozenset(),
    }
)
FROZEN = N_(
    "La date limite est passée : la composition du groupement est figée jusqu’à la signature du "
    "marché."
)
SEAT_TAKEN = N_("{company} est déjà mandataire de ce lot. Choisissez un autre rôle.")
LIVE = (ClaimState.PROPOSED, ClaimState.CONFIRMED)


def moved_to(present: ClaimState, wanted: ClaimState) -> ClaimState:
    """Give the wanted state if the table of moves allows it."""
    return moved(MOVES, present, wanted)


def require_represents(actor: Actor, company_id: UUID) -> None:
    """Only someone who may bind the company positions it."""
    if not actor.represents(company_id):
        raise Forbidden("Seule une personne qui représente l’entreprise peut la positionner.")


def require_open(stage: Stage, deadline: datetime | None, now: datetime) -> None:
    """R-07: the composition changes freely until the deadline, then no more."""
    require_working(stage)
    if deadline is not None and now >= deadline:
        raise Invalid(FROZEN, article="R. 2142-26")


def require_seat_free(others: Sequence[HasRole], role: ClaimRole) -> None:
    """R-03: a lot has one lead; the second to ask is told who was first."""
    lead = next((p for p in others if p.role is ClaimRole.LEAD), None)
    if role is ClaimRole.LEAD and lead is not None:
        raise Conflict(SEAT_TAKEN, field="role", article="R. 2142-24", company=lead.company)


def fitting_share(role: ClaimRole, share: Decimal) -> Decimal:
    """A share is between 0 and 100 with two decimals; who only watches has none."""
    if role in (ClaimRole.WATCH, ClaimRole.STAND_BY):
        return Decimal(0)
    if not share.is_finite() or share <= 0 or share > 100:
        raise Invalid("La part est comprise entre 0,01 et 100 %.", field="share")
    if share != share.quantize(Decimal("0.01")):
        raise Invalid("La part a deux décimales au plus.", field="share")
    return share
