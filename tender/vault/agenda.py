"""What the vault asks of a person: papers to replace."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tender.companies.models import Company
from tender.vault.models import ComplianceDocument, PaperKind
from tender.vault.rules import WARNING


@dataclass(frozen=True, slots=True)
class Expiring:
    """A paper that expires soon, or has."""

    company: str
    slug: str
    kind: PaperKind
    expires_on: date


def expiring(company_ids: Collection[UUID], on: date) -> Select[UUID]:
    """Select the current papers of companies that no longer hold, or not for long."""
    return select(ComplianceDocument.id).where(
        ComplianceDocument.company_id.in_(company_ids),
        ComplianceDocument.replaced_at.is_(None),
        ComplianceDocument.expires_on <= on + WARNING,
    )


def papers_due(session: Session, company_ids: Collection[UUID], on: date) -> Sequence[Expiring]:
    """List the papers to replace, the first to expire first."""
    rows = session.execute(
        select(
            Company.trade_name,
            Company.slug,
            ComplianceDocument.kind,
            ComplianceDocument.expires_on,
        )
        .join(Company, Company.id == ComplianceDocument.company_id)
        .where(ComplianceDocument.id.in_(expiring(company_ids, on)))
        .order_by(ComplianceDocument.expires_on)
    ).all()
    return [
        Expiring(company, slug, kind, last)
        for company, slug, kind, last in rows
        if last is not None
    ]
