"""Looking companies up by what people type and click."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.companies.models import Company, Person, Seat
from tender.core.actor import CompanyRole


def companies_named(session: Session, slugs: Iterable[str]) -> Sequence[Company]:
    """Find member companies by their slugs; unknown ones are left out."""
    return session.scalars(
        select(Company).where(Company.slug.in_(list(slugs)), Company.left_on.is_(None))
    ).all()


def all_companies(session: Session) -> Sequence[Company]:
    """List the companies of the cluster by name."""
    return session.scalars(
        select(Company).where(Company.left_on.is_(None)).order_by(Company.trade_name)
    ).all()


def contacts_of(session: Session, company_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Name one representative for each company."""
    rows = session.execute(
        select(Seat.company_id, Person.name)
        .join(Person, Person.id == Seat.person_id)
        .where(
            Seat.company_id.in_(company_ids),
            Seat.role == CompanyRole.REPRESENTATIVE,
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name.desc())
    )
    return dict(rows.all())
