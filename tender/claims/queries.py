"""Claims as the asker may see them, and the facts that the rules judge."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tender.bids.models import Bid, LotBid
from tender.bids.queries import NOWHERE, rules_of
from tender.claims.law import Consultation, LotFacts, Position
from tender.claims.models import LotClaim
from tender.claims.rules import LIVE, ClaimRole
from tender.core.errors import NotFound


def live_claims(session: Session, bid_id: UUID) -> Sequence[LotClaim]:
    """Give the live claims of a bid, lot by lot, the lead first."""
    return session.scalars(
        select(LotClaim)
        .join(LotBid, LotBid.id == LotClaim.lot_bid_id)
        .where(LotClaim.bid_id == bid_id, LotClaim.state.in_(LIVE))
        .options(joinedload(LotClaim.company), joinedload(LotClaim.lot_bid))
        .order_by(LotBid.position, LotClaim.role != ClaimRole.LEAD, LotClaim.claimed_at)
    ).all()


def claim_in(session: Session, bid: Bid, claim_id: UUID) -> LotClaim:
    """Find one claim of this bid as it now stands; NotFound if it is another's.

    Whoever writes holds the bid, so the claim itself needs no lock.
    """
    claim = session.scalar(
        select(LotClaim)
        .where(LotClaim.id == claim_id, LotClaim.bid_id == bid.id)
        .execution_options(populate_existing=True)
    )
    if claim is None:
        raise NotFound(NOWHERE)
    return claim


def lot_facts(session: Session, bid: Bid) -> tuple[LotFacts, ...]:
    """Give the consortium as plain values."""
    claims = live_claims(session, bid.id)
    return tuple(
        LotFacts(lb.lot.number, tuple(as_position(c) for c in claims if c.lot_bid_id == lb.id))
        for lb in bid.lot_bids
    )


def as_position(claim: LotClaim) -> Position:
    """Give a claim as a plain value."""
    return Position(
        claim.company_id, claim.company.trade_name, claim.role, claim.share, claim.state
    )


def consultation(session: Session, bid: Bid) -> Consultation:
    """Give the rules of the consultation that concern claims."""
    rules = rules_of(session, bid.id)
    return Consultation(rules.max_lots_bid, rules.several_candidatures_forbidden)


def facts_of_bids(session: Session, bids: Sequence[Bid]) -> dict[UUID, tuple[LotFacts, ...]]:
    """Give the consortium of each of many bids in one query."""
    claims = session.scalars(
        select(LotClaim)
        .where(LotClaim.bid_id.in_([b.id for b in bids]), LotClaim.state.in_(LIVE))
        .options(joinedload(LotClaim.company))
    ).all()
    by_lot: dict[UUID, list[Position]] = {}
    for claim in claims:
        by_lot.setdefault(claim.lot_bid_id, []).append(as_position(claim))
    return {
        bid.id: tuple(
            LotFacts(str(lb.position), tuple(by_lot.get(lb.id, ()))) for lb in bid.lot_bids
        )
        for bid in bids
    }
