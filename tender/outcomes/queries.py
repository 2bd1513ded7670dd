"""Outcomes as the asker may see them: a manager all of them, others those of their rooms."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from tender.bids.models import Bid, LotBid
from tender.bids.queries import at_door
from tender.bids.rules import LotBidState, Stage
from tender.claims.law import ENGAGED
from tender.claims.models import LotClaim
from tender.claims.rules import LIVE
from tender.companies.models import Company
from tender.core.actor import Actor, ClusterSeat
from tender.outcomes.models import Outcome
from tender.outcomes.rules import APART, DECIDED, Judged


def judged(
    session: Session, actor: Actor, *, since: date | None = None, until: date | None = None
) -> list[Judged]:
    """Give the decided and the pending lot bids of a period, by date of decision."""
    rows = session.execute(
        select(LotBid, Bid, Outcome)
        .join(Bid, Bid.id == LotBid.bid_id)
        .outerjoin(Outcome, Outcome.lot_bid_id == LotBid.id)
        .where(_visible(actor), or_(Outcome.id.is_not(None), LotBid.state.in_(APART)))
        .options(joinedload(LotBid.lot), joinedload(Bid.tender), joinedload(Bid.lead_company))
        .order_by(Outcome.decided_on.nulls_last(), Bid.ref, LotBid.position)
    ).all()
    shares = _shares(session, [lot_bid.id for lot_bid, _, _ in rows])
    found = [_plain(*row, shares.get(row[0].id, {})) for row in rows]
    return [r for r in found if _within(r.decided_on, since, until)]


def _visible(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.has(ClusterSeat.MANAGER) else at_door(actor)


def withdrawn(session: Session, actor: Actor) -> int:
    """Count the lots that a consortium had taken on and gave up before the deposit."""
    return (
        session.scalar(
            select(func.count(LotBid.id))
            .join(Bid, Bid.id == LotBid.bid_id)
            .where(
                _visible(actor),
                Bid.stage == Stage.WITHDRAWN,
                LotBid.state != LotBidState.CONSIDERED,
            )
        )
        or 0
    )


def names_of(session: Session, rows: Sequence[Judged]) -> dict[UUID, str]:
    """Name the companies that have a share in lots which are decided."""
    ids = {company_id for row in rows if row.result in DECIDED for company_id in row.members}
    found = session.execute(select(Company.id, Company.trade_name).where(Company.id.in_(ids)))
    return dict(found.all())


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    if day is None:
        return True
    return (since is None or day >= since) and (until is None or day <= until)


def _plain(
    lot_bid: LotBid, bid: Bid, outcome: Outcome | None, members: dict[UUID, Decimal]
) -> Judged:
    lot, tender = lot_bid.lot, bid.tender
    return Judged(
        result=outcome.result if outcome else lot_bid.state,
        decided_on=outcome.decided_on if outcome else None,
        amount=(outcome.our_amount if outcome else None) or lot.estimated_value,
        buyer=tender.buyer,
        cpv=(lot.cpv or tender.cpv or "")[:2],
        place=(lot.nuts[0] if lot.nuts else tender.nuts or "")[:5],
        lead=bid.lead_company.trade_name if bid.lead_company else "",
        members=members,
    )


def _shares(session: Session, lot_bid_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, Decimal]]:
    rows = session.execute(
        select(LotClaim.lot_bid_id, LotClaim.company_id, LotClaim.share).where(
            LotClaim.lot_bid_id.in_(lot_bid_ids),
            LotClaim.state.in_(LIVE),
            LotClaim.role.in_(ENGAGED),
        )
    ).all()
    found: dict[UUID, dict[UUID, Decimal]] = {}
    for lot_bid_id, company_id, share in rows:
        found.setdefault(lot_bid_id, {})[company_id] = share
    return found


def outcomes_of(session: Session, bid_id: UUID) -> dict[UUID, Outcome]:
    """Give the outcomes of a bid by its lot bids."""
    rows = session.scalars(select(Outcome).where(Outcome.bid_id == bid_id)).all()
    return {row.lot_bid_id: row for row in rows}


def to_record(session: Session, actor: Actor) -> Sequence[Bid]:
    """List the bids that this person coordinates and that wait for a result."""
    return session.scalars(
        select(Bid)
        .where(Bid.id.in_(actor.coordinates), Bid.stage == Stage.SUBMITTED)
        .options(joinedload(Bid.tender), selectinload(Bid.lot_bids))
        .order_by(Bid.ref)
    ).all()


def waiting(bid: Bid) -> int:
    """Count the lots of a bid without a final result."""
    return sum(
        1 for lb in bid.lot_bids if lb.state in (LotBidState.SUBMITTED, LotBidState.RUNNER_UP)
    )
