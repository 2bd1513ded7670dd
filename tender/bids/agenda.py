"""What bids ask of a person: decisions to take, deadlines to meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from tender.bids.models import Bid, BidPass, LotBid
from tender.bids.queries import at_door
from tender.bids.rules import UNDECIDED, WORKING, PassKind
from tender.core.actor import Actor
from tender.notices.models import Lot, Tender

AT_WORK = UNDECIDED | WORKING


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A bid at work and its binding deadline, None when nobody wrote one."""

    ref: str
    title: str
    deadline: datetime | None


def deadline_in_sql() -> ColumnElement[datetime | None]:
    """Say in SQL what `queries.deadline_of` says: the earliest among the lots that we answer."""
    earliest = (
        select(func.min(Lot.deadline_at))
        .join(LotBid, LotBid.lot_id == Lot.id)
        .where(LotBid.bid_id == Bid.id)
        .correlate(Bid)
        .scalar_subquery()
    )
    return func.coalesce(earliest, Tender.deadline_at)


def upcoming(session: Session, actor: Actor) -> Sequence[Upcoming]:
    """List the bids at work that the person may see, the nearest deadline first."""
    due = deadline_in_sql().label("due")
    rows = session.execute(
        select(Bid.ref, Tender.title, due)
        .join(Tender, Tender.id == Bid.tender_id)
        .where(at_door(actor), Bid.stage.in_(AT_WORK), Tender.cancelled_at.is_(None))
        .order_by(due.nulls_last(), Bid.ref)
    ).all()
    return [Upcoming(ref, title, deadline) for ref, title, deadline in rows]


def undecided(actor: Actor) -> Select[UUID]:
    """Select the bids on which this coordinator has yet to decide."""
    return select(Bid.id).where(Bid.id.in_(actor.coordinates), Bid.stage.in_(UNDECIDED))


def decisions_due(session: Session, actor: Actor) -> Sequence[Upcoming]:
    """List the decisions to take."""
    rows = session.execute(
        select(Bid.ref, Tender.title, deadline_in_sql())
        .join(Tender, Tender.id == Bid.tender_id)
        .where(Bid.id.in_(undecided(actor)))
    ).all()
    return [Upcoming(ref, title, deadline) for ref, title, deadline in rows]


def judged_by(actor: Actor) -> Select[UUID]:
    """Select the bids whose sections the person approves or returns."""
    reviews = select(BidPass.bid_id).where(
        BidPass.person_id == actor.person_id, BidPass.kind == PassKind.REVIEWER
    )
    mine = Bid.id.in_(actor.coordinates) | Bid.id.in_(reviews)
    return select(Bid.id).where(mine, Bid.stage.in_(WORKING))


def bid_on(session: Session, actor: Actor, tender_id: UUID) -> Bid | None:
    """Find a bid on a tender at whose door the person stands, their own first."""
    own = Bid.coordinator_id == actor.person_id
    wanted = select(Bid).where(and_(Bid.tender_id == tender_id, at_door(actor)))
    return session.scalar(wanted.order_by(own.desc(), Bid.opened_at).limit(1))
