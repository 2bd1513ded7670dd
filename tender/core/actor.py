"""Who asks: a plain value that rules judge and that the database's second wall is told of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


class ClusterSeat(StrEnum):
    """A seat in the cluster itself (product.md section 1)."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    MANAGER = "manager"


class CompanyRole(StrEnum):
    """A seat in one member company."""

    REPRESENTATIVE = "representative"
    CONTRIBUTOR = "contributor"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with their seats, or a named part of the system with its one bid.

    `coordinates` names the bids that this person steers.

    `scope` is empty for people. For the system it names the work ("assembly", "sign_in"...):
    row-level policies open just the tables of that work, and just the rows of `bid_id`.
    """

    name: str
    person_id: UUID | None = None
    seats: frozenset[ClusterSeat] = frozenset()
    companies: Mapping[UUID, CompanyRole] = field(default_factory=lambda: MappingProxyType({}))
    coordinates: frozenset[UUID] = frozenset()
    scope: str = ""
    bid_id: UUID | None = None

    def has(self, seat: ClusterSeat) -> bool:
        """Tell whether the person holds a seat of the cluster."""
        return seat in self.seats

    def represents(self, company_id: UUID) -> bool:
        """Tell whether the person may bind the company."""
        return self.companies.get(company_id) is CompanyRole.REPRESENTATIVE

    def works_for(self, company_id: UUID) -> bool:
        """Tell whether the person holds any seat in the company."""
        return company_id in self.companies


def system(scope: str, *, bid_id: UUID | None = None) -> Actor:
    """Name a part of the system as the one who acts."""
    return Actor(name=f"système : {scope}", scope=scope, bid_id=bid_id)
