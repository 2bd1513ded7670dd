"""Finding papers: those of one's own company, or their mere validity for a coordinator."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from tender.core.actor import Actor
from tender.core.errors import NotFound
from tender.vault.models import ComplianceDocument, PaperKind
from tender.vault.rules import PaperState, validity

NOWHERE = "Cette page n’existe pas, ou n’est pas visible pour vous."
SHOWN_KINDS = tuple(kind for kind in PaperKind if kind is not PaperKind.BANK_DETAILS)
Worth = tuple[PaperState, date | None]


def papers_of(session: Session, actor: Actor, company_id: UUID) -> Sequence[ComplianceDocument]:
    """List the current papers of the person's own company, in the order of their kinds."""
    if not actor.works_for(company_id):
        raise NotFound(NOWHERE)
    papers = session.scalars(_current(ComplianceDocument.company_id == company_id)).all()
    return sorted(papers, key=lambda paper: list(PaperKind).index(paper.kind))


def paper_of(
    session: Session, actor: Actor, company_id: UUID, paper_id: UUID
) -> ComplianceDocument:
    """Find one paper, current or replaced, of the person's own company."""
    paper = session.scalar(
        select(ComplianceDocument).where(
            ComplianceDocument.id == paper_id, ComplianceDocument.company_id == company_id
        )
    )
    if paper is None or not actor.works_for(company_id):
        raise NotFound(NOWHERE)
    return paper


def current_paper(session: Session, company_id: UUID, kind: PaperKind) -> ComplianceDocument | None:
    """Find the paper of a kind that holds now, as far as the asker may see it."""
    of = (ComplianceDocument.company_id == company_id) & (ComplianceDocument.kind == kind)
    return session.scalar(_current(of))


def papers_state(
    session: Session, company_ids: Collection[UUID], on: date
) -> Mapping[UUID, Mapping[PaperKind, Worth]]:
    """Judge all papers of companies on a day: {company: {kind: (state, last day)}}.

    Every kind is there, `missing` where there is no paper that the asker may see; but bank
    details, which are for their owner alone. The wall decides whose papers are seen.
    """
    papers = session.scalars(_current(ComplianceDocument.company_id.in_(company_ids))).all()
    held = {(paper.company_id, paper.kind): paper for paper in papers}
    return {
        company_id: {kind: _worth(held.get((company_id, kind)), on) for kind in SHOWN_KINDS}
        for company_id in company_ids
    }


def _worth(paper: ComplianceDocument | None, on: date) -> Worth:
    if paper is None:
        return validity(None, on, held=False), None
    return validity(paper.expires_on, on), paper.expires_on


def _current(which: ColumnElement[bool]) -> Select[ComplianceDocument]:
    return select(ComplianceDocument).where(which, ComplianceDocument.replaced_at.is_(None))
