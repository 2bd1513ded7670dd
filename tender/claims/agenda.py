"""What claims ask of a person: invitations to answer, positions to confirm or to accept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tender.bids.agenda import AT_WORK, deadline_in_sql
from tender.bids.models import Bid, BidPass, LotBid
from tender.bids.rules import WORKING, PassKind
from tender.claims.models import LotClaim
from tender.claims.rules import LIVE, ClaimState
from tender.companies.models import Company
from tender.core.actor import Actor, CompanyRole
from tender.notices.models import Lot, Tender


@dataclass(frozen=True, slots=True)
class Invitation:
    """A company that was asked, and has not answered."""

    ref: str
    title: str
    company: str
    slug: str
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A position that waits for the coordinator, or for the company."""

    id: UUID
    ref: str
    title: str
    company: str
    lot: str
    claimed_at: datetime
    deadline: datetime | None


def represented(actor: Actor) -> list[UUID]:
    """Name the companies that the person may bind."""
    return [c for c, role in actor.companies.items() if role is CompanyRole.REPRESENTATIVE]


def unanswered(actor: Actor) -> Select[UUID]:
    """Select the passes by which the person's companies are invited and hold no position yet."""
    answered = select(LotClaim.id).where(
        LotClaim.bid_id == BidPass.bid_id,
        LotClaim.company_id == BidPass.company_id,
        LotClaim.state.in_(LIVE),
    )
    return (
        select(BidPass.id)
        .join(Bid, Bid.id == BidPass.bid_id)
        .where(
            BidPass.company_id.in_(represented(actor)),
            BidPass.kind == PassKind.INVITED,
            Bid.stage.in_(AT_WORK),
            ~answered.exists(),
        )
    )


def invitations(session: Session, actor: Actor) -> Sequence[Invitation]:
    """List the invitations to answer."""
    rows = session.execute(
        select(Bid.ref, Tender.title, Company.trade_name, Company.slug, deadline_in_sql())
        .join(BidPass, BidPass.bid_id == Bid.id)
        .join(Company, Company.id == BidPass.company_id)
        .join(Tender, Tender.id == Bid.tender_id)
        .where(BidPass.id.in_(unanswered(actor)))
        .order_by(deadline_in_sql(), Bid.opened_at)
    ).all()
    return [Invitation(*row) for row in rows]


def proposed(actor: Actor) -> Select[UUID]:
    """Select the positions that this coordinator has to confirm or turn down."""
    return _waiting().where(
        LotClaim.bid_id.in_(actor.coordinates), LotClaim.awaits_company.is_(False)
    )


def offered(actor: Actor) -> Select[UUID]:
    """Select the positions that the coordination proposes to the companies the person binds."""
    return _waiting().where(
        LotClaim.company_id.in_(represented(actor)), LotClaim.awaits_company.is_(True)
    )


def _waiting() -> Select[UUID]:
    return (
        select(LotClaim.id)
        .join(Bid, Bid.id == LotClaim.bid_id)
        .where(LotClaim.state == ClaimState.PROPOSED, Bid.stage.in_(WORKING))
    )


def proposals(session: Session, wanted: Select[UUID]) -> Sequence[Proposal]:
    """List selected positions, the first asked first."""
    rows = session.execute(
        select(
            LotClaim.id, Bid.ref, Tender.title, Company.trade_name, Lot.number,
            LotClaim.claimed_at, deadline_in_sql(),
        )
        .join(LotBid, LotBid.id == LotClaim.lot_bid_id)
        .join(Lot, Lot.id == LotBid.lot_id)
        .join(Bid, Bid.id == LotClaim.bid_id)
        .join(Tender, Tender.id == Bid.tender_id)
        .join(Company, Company.id == LotClaim.company_id)
        .where(LotClaim.id.in_(wanted))
        .order_by(LotClaim.claimed_at)
    ).all()  # fmt: skip
    return [Proposal(*row) for row in rows]
