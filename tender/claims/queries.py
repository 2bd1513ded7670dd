"""Claims as the asker may see them, and the facts that the rules judge."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tender.bids.models import Bid, LotBid
from tender.bids.queries import NOWHERE, rules_of
from tender.bids.rules import Stage
from tender.claims.law import ENGAGED, Closeness, Consultation, Elsewhere, LotFacts, Position
from tender.claims.models import LotClaim
from tender.claims.rules import LIVE, ClaimRole
from tender.companies.models import RelationshipKind
from tender.companies.queries import links_between
from tender.core.actor import Actor
from tender.core.errors import NotFound
from tender.core.transaction import widened

CLOSE = {
    RelationshipKind.SHAREHOLDING: Closeness.GROUP,
    RelationshipKind.SHARED_DIRECTOR: Closeness.GROUP,
    RelationshipKind.SHARED_STAFF: Closeness.POOLED,
    RelationshipKind.SHARED_PREMISES: Closeness.POOLED,
}
GIVEN_UP = (Stage.NO_GO, Stage.CLOSED, Stage.CANCELLED_BY_BUYER, Stage.WITHDRAWN)


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


def elsewhere(
    session: Session, actor: Actor, lot_bid: LotBid, company_id: UUID, *, on: date
) -> Elsewhere:
    """Tell what stands against a company on a lot in other consortia: yes or no, never who."""
    links = {
        (link.other_id if link.company_id == company_id else link.company_id): CLOSE[link.kind]
        for link in sorted(
            links_between(session, company_id, on=on), key=lambda link: CLOSE[link.kind] == "group"
        )
    }
    with widened(session, actor, "separation"):
        rows = session.execute(
            select(LotClaim.company_id, LotClaim.role)
            .join(LotBid, LotBid.id == LotClaim.lot_bid_id)
            .join(Bid, Bid.id == LotClaim.bid_id)
            .where(
                LotBid.lot_id == lot_bid.lot_id,
                LotClaim.bid_id != lot_bid.bid_id,
                LotClaim.state.in_(LIVE),
                LotClaim.role.in_(ENGAGED),
                LotClaim.company_id.in_([company_id, *links]),
                Bid.stage.not_in(GIVEN_UP),
            )
        ).all()
    close = {links[c] for c, _ in rows if c != company_id}
    nearest = Closeness.GROUP if Closeness.GROUP in close else next(iter(close), None)
    return Elsewhere(
        leads=any(c == company_id and role is ClaimRole.LEAD for c, role in rows),
        engaged=any(c == company_id for c, _ in rows),
        linked=nearest,
    )


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
