"""The counts and names that the navigation shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tender.companies.models import Company
from tender.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Followed:
    """A bid in the side navigation."""

    ref: str
    title: str
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a page for one person."""

    company_name: str = ""
    company_slug: str = ""
    work: int = 0
    notices: int = 0
    bids: int = 0
    followed: Sequence[Followed] = ()


def of(session: Session, actor: Actor, *, now: datetime) -> Surroundings:  # noqa: ARG001
    """Gather the surroundings of a person."""
    first = next(iter(actor.companies), None)
    company = session.get(Company, first) if first else None
    if company is None:
        return Surroundings()
    return Surroundings(company_name=company.trade_name, company_slug=company.slug)
