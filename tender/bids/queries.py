"""Finding bids: every query starts from what this person may see."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from tender.bids.models import Bid, BidPass, ConsultationRules, LotBid, Vote
from tender.bids.rules import PassKind, Stage, Standing
from tender.companies.models import Company
from tender.core.actor import Actor
from tender.core.errors import NotFound
from tender.core.orm import Json
from tender.notices.models import Tender

NOWHERE = "Cette page n’existe pas, ou n’est pas visible pour vous."


def at_door(actor: Actor) -> ColumnElement[bool]:
    """Say in SQL which bids the person steers, or holds a pass for.

    The pass of a coordinator opens nothing by itself: it outlives the seat.
    """
    held = select(BidPass.bid_id).where(
        or_(BidPass.person_id == actor.person_id, BidPass.company_id.in_(actor.companies)),
        BidPass.kind != PassKind.COORDINATOR,
    )
    return or_(Bid.id.in_(held), Bid.id.in_(actor.coordinates))


def bid_by_ref(session: Session, actor: Actor, ref: str) -> Bid:
    """Find a bid that the person holds a pass for; NotFound otherwise, however it fails."""
    wanted = select(Bid).where(Bid.ref == ref, at_door(actor)).options(selectinload(Bid.lot_bids))
    bid = session.scalar(wanted)
    if bid is None:
        raise NotFound(NOWHERE)
    return bid


def standing_in(session: Session, actor: Actor, bid_id: UUID) -> Standing:
    """Tell what a person is in a room, by the passes that they and their companies hold."""
    passes = session.scalars(
        select(BidPass).where(
            BidPass.bid_id == bid_id,
            or_(BidPass.person_id == actor.person_id, BidPass.company_id.in_(actor.companies)),
        )
    ).all()
    kinds = {p.kind for p in passes if p.person_id is not None}
    by_kind = {
        kind: frozenset(p.company_id for p in passes if p.company_id and p.kind is kind)
        for kind in (PassKind.MEMBER, PassKind.INVITED)
    }
    return Standing(
        bid_id=bid_id,
        coordinates=PassKind.COORDINATOR in kinds and bid_id in actor.coordinates,
        reviews=PassKind.REVIEWER in kinds,
        member_of=by_kind[PassKind.MEMBER],
        invited_as=by_kind[PassKind.INVITED],
    )


def room(session: Session, actor: Actor, ref: str) -> tuple[Bid, Standing]:
    """Find a bid with what the person is in it; NotFound if they are not at its door."""
    bid = bid_by_ref(session, actor, ref)
    return bid, standing_in(session, actor, bid.id)


SHOWN = (
    contains_eager(Bid.tender),
    joinedload(Bid.lead_company),
    selectinload(Bid.lot_bids).joinedload(LotBid.lot),
)
"""What a list shows of a bid, in three queries however many there are."""


def bids_of(
    session: Session, actor: Actor, *, words: str = "", stages: Sequence[Stage] = ()
) -> Sequence[Bid]:
    """List the bids that the person holds a pass for, the nearest deadline first."""
    wanted = select(Bid).join(Bid.tender).where(at_door(actor)).options(*SHOWN)
    if words:
        pattern = f"%{_literal(words)}%"
        found = func.unaccent(Tender.title + " " + Tender.buyer + " " + Bid.ref)
        wanted = wanted.where(found.ilike(func.unaccent(pattern), escape="\\"))
    if stages:
        wanted = wanted.where(Bid.stage.in_(stages))
    return session.scalars(wanted.order_by(Tender.deadline_at.nulls_last(), Bid.ref)).all()


def _literal(words: str) -> str:
    """Take what was typed for itself, not for a pattern."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def rules_of(session: Session, bid_id: UUID) -> ConsultationRules:
    """Give the rules of the consultation as entered so far."""
    return session.scalars(
        select(ConsultationRules).where(ConsultationRules.bid_id == bid_id)
    ).one()


def votes_on(session: Session, bid_id: UUID) -> Sequence[Vote]:
    """Give the votes on answering, in the order they came."""
    return session.scalars(select(Vote).where(Vote.bid_id == bid_id).order_by(Vote.at)).all()


def votes_on_bids(session: Session, bid_ids: Sequence[UUID]) -> dict[UUID, list[Json]]:
    """Give the marks of every vote on many bids in one query."""
    found: dict[UUID, list[Json]] = {}
    rows = session.execute(select(Vote.bid_id, Vote.scores).where(Vote.bid_id.in_(bid_ids))).all()
    for bid_id, scores in rows:
        found.setdefault(bid_id, []).append(scores)
    return found


def estimate_of(bid: Bid) -> Decimal | None:
    """Give the estimated value: the tender's, else the sum of what its lots say."""
    if bid.tender.estimated_value is not None:
        return bid.tender.estimated_value
    values = [lb.lot.estimated_value for lb in bid.lot_bids if lb.lot.estimated_value is not None]
    return sum(values, Decimal(0)) or None


def lot_bid_numbered(bid: Bid, number: str) -> LotBid:
    """Find our answer to a lot by the buyer's number for it; NotFound if there is none."""
    for lot_bid in bid.lot_bids:
        if lot_bid.lot.number == number:
            return lot_bid
    raise NotFound(NOWHERE)


def companies_at_door(session: Session, bid_id: UUID) -> Sequence[tuple[Company, PassKind]]:
    """List the companies that hold a pass, as far as the asker may know."""
    rows = session.execute(
        select(Company, BidPass.kind)
        .join(BidPass, BidPass.company_id == Company.id)
        .where(BidPass.bid_id == bid_id)
        .order_by(Company.trade_name)
    )
    return [(company, kind) for company, kind in rows]


def deadline_of(bid: Bid) -> datetime | None:
    """Give the binding deadline: the earliest among the lots that we answer."""
    instants = [lb.lot.deadline_at for lb in bid.lot_bids if lb.lot.deadline_at is not None]
    return min(instants) if instants else bid.tender.deadline_at
