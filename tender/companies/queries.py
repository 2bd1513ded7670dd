"""Finding companies, their people and what links them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from tender.companies.models import CompanyRelationship


def _live(on: date) -> ColumnElement[bool]:
    return (CompanyRelationship.since <= on) & (
        CompanyRelationship.until.is_(None) | (CompanyRelationship.until >= on)
    )


def links_between(session: Session, company_id: UUID, *, on: date) -> Sequence[CompanyRelationship]:
    """List the links of a company with any other that hold on a date (its last day included)."""
    wanted = select(CompanyRelationship).where(
        or_(
            CompanyRelationship.company_id == company_id, CompanyRelationship.other_id == company_id
        ),
        _live(on),
    )
    return session.scalars(wanted.order_by(CompanyRelationship.since)).all()
