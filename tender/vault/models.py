"""Papers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tender.companies.models import Company
from tender.core.orm import Model
from tender.vault.rules import PaperKind

__all__ = ["ComplianceDocument", "PaperKind"]


class ComplianceDocument(Model):
    """One version of a company's paper; a newer one replaces it, the file stays."""

    __tablename__ = "compliance_document"
    company_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id), index=True)
    kind: Mapped[PaperKind]
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    file_name: Mapped[str]
    file_key: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    replaced_at: Mapped[datetime | None] = mapped_column(default=None)


Index(
    "uq_compliance_document_current",
    ComplianceDocument.company_id,
    ComplianceDocument.kind,
    unique=True,
    postgresql_where=ComplianceDocument.replaced_at.is_(None),
)
