"""Packages and their deposits."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.queries import NOWHERE
from tender.claims.queries import lot_facts
from tender.companies.models import Company
from tender.core.errors import NotFound
from tender.submissions.models import Submission, SubmissionPackage
from tender.vault.models import ComplianceDocument
from tender.vault.queries import SHOWN_KINDS


def package_of(session: Session, run_id: UUID) -> SubmissionPackage | None:
    """Find the package that was sealed from a run."""
    return session.scalar(select(SubmissionPackage).where(SubmissionPackage.run_id == run_id))


def package_in(session: Session, bid_id: UUID, run_id: UUID) -> SubmissionPackage:
    """Find a package of this bid; NotFound if there is none."""
    found = package_of(session, run_id)
    if found is None or found.bid_id != bid_id:
        raise NotFound(NOWHERE)
    return found


def deposit_of(session: Session, package_id: UUID) -> Submission | None:
    """Find the deposit of a package."""
    return session.scalar(select(Submission).where(Submission.package_id == package_id))


def papers_to_file(session: Session, bid: Bid) -> Sequence[tuple[Company, ComplianceDocument]]:
    """List the members' current papers that go with the candidature, company by company."""
    engaged = {p.company_id for lot in lot_facts(session, bid) for p in lot.engaged}
    rows = session.execute(
        select(Company, ComplianceDocument)
        .join(ComplianceDocument, ComplianceDocument.company_id == Company.id)
        .where(
            Company.id.in_(engaged),
            ComplianceDocument.replaced_at.is_(None),
            ComplianceDocument.kind.in_(SHOWN_KINDS),
        )
        .order_by(Company.trade_name, ComplianceDocument.kind)
    ).all()
    return [(company, paper) for company, paper in rows]
