"""Claiming, changing, confirming, releasing a position on a lot."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tender.bids.findings import Finding, blocking
from tender.bids.models import Bid, BidPass, LotBid
from tender.bids.queries import deadline_of, standing_in
from tender.bids.rules import LotBidState, PassKind, require_coordinates, require_reason
from tender.bids.service import lock
from tender.claims import rules
from tender.claims.law import ENGAGED, LotFacts, Position, on_claim
from tender.claims.models import LotClaim
from tender.claims.queries import (
    as_position,
    claim_in,
    consultation,
    elsewhere,
    live_claims,
    lot_facts,
)
from tender.claims.rules import ClaimRole, ClaimState
from tender.companies.models import Company
from tender.core.actor import Actor
from tender.core.errors import Conflict, Invalid, NotFound
from tender.history.service import record


@dataclass(frozen=True, slots=True)
class Wish:
    """What a company asks for on a lot. `seen_version` is the version that the form was made of."""

    company_id: UUID
    role: ClaimRole
    share: Decimal
    tasks: str = ""
    override_reason: str = ""
    seen_version: int | None = None


def judge(
    session: Session, actor: Actor, bid: Bid, lot_bid: LotBid, wish: Wish, *, now: datetime
) -> list[Finding]:
    """Tell what the rules say of a wish, without doing anything."""
    company = session.get(Company, wish.company_id)
    if company is None:
        return []
    position = Position(company.id, company.trade_name, wish.role, wish.share, ClaimState.PROPOSED)
    facts = [
        _with(lot, position) if lot.number == lot_bid.lot.number else lot
        for lot in lot_facts(session, bid)
    ]
    outside = elsewhere(session, actor, lot_bid, company.id, on=now.date())
    return on_claim(position, facts, consultation(session, bid), outside)


def _with(lot: LotFacts, position: Position) -> LotFacts:
    others = tuple(p for p in lot.positions if p.company_id != position.company_id)
    return replace(lot, positions=(*others, position))


def claim_lot(
    session: Session, actor: Actor, bid: Bid, lot_bid: LotBid, wish: Wish, *, now: datetime
) -> LotClaim:
    """Position a company on a lot: its representative for the coordinator to confirm, or
    the coordinator for the company to accept.
    """
    coordinates = _require_may_claim(session, actor, bid, wish.company_id)
    rules.require_open(lock(session, bid.id).stage, deadline_of(bid), now)
    held = _hold(session, lot_bid)
    _require_free(session, held, wish)
    reason = _require_lawful(session, actor, bid, held, wish, coordinates=coordinates, now=now)
    claim = LotClaim(
        bid_id=bid.id, lot_bid_id=held.id, company_id=wish.company_id, role=wish.role,
        share=rules.fitting_share(wish.role, wish.share), claimed_at=now, claimed_by=actor.name,
        tasks=wish.tasks.strip(), override_reason=reason,
        awaits_company=coordinates and not actor.represents(wish.company_id),
    )  # fmt: skip
    session.add(claim)
    session.flush()
    _follow(session, held)
    _note(session, actor, "claims.claimed", claim, now)
    return claim


def change_claim(
    session: Session, actor: Actor, bid: Bid, claim_id: UUID, wish: Wish, *, now: datetime
) -> LotClaim:
    """Change role, share or tasks; what the coordinator had confirmed is to be confirmed again."""
    claim = claim_in(session, bid, claim_id)
    if claim.company_id != wish.company_id:
        raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")
    coordinates = _require_may_claim(session, actor, bid, claim.company_id)
    rules.require_open(lock(session, bid.id).stage, deadline_of(bid), now)
    if wish.seen_version is not None and wish.seen_version != claim.version:
        raise Conflict("Cette position a été modifiée pendant votre saisie. Rechargez la page.")
    held = _hold(session, session.get_one(LotBid, claim.lot_bid_id))
    _require_free(session, held, wish)
    reason = _require_lawful(session, actor, bid, held, wish, coordinates=coordinates, now=now)
    claim.role, claim.tasks, claim.override_reason = wish.role, wish.tasks.strip(), reason
    claim.share = rules.fitting_share(wish.role, wish.share)
    if claim.state is ClaimState.CONFIRMED and not coordinates:
        claim.move_to(ClaimState.PROPOSED)
    session.flush()
    _follow(session, held)
    _note(session, actor, "claims.changed", claim, now)
    return claim


def confirm_claim(
    session: Session, actor: Actor, bid: Bid, claim_id: UUID, *, now: datetime
) -> LotClaim:
    """Confirm a position: the other side of who proposed it. The company enters the room."""
    claim = claim_in(session, bid, claim_id)
    if claim.awaits_company:
        rules.require_represents(actor, claim.company_id)
        claim.awaits_company = False
    else:
        require_coordinates(standing_in(session, actor, bid.id))
    rules.require_open(lock(session, bid.id).stage, deadline_of(bid), now)
    if bid.id in actor.coordinates:
        claim.move_to(ClaimState.CONFIRMED)
        _let_in(session, actor, bid, claim, now)
    session.flush()
    _follow(session, _hold(session, session.get_one(LotBid, claim.lot_bid_id)))
    _note(session, actor, "claims.confirmed", claim, now)
    return claim


def release_claim(
    session: Session, actor: Actor, bid: Bid, claim_id: UUID, *, reason: str, now: datetime
) -> LotClaim:
    """Withdraw a position before the freeze; the lot opens again."""
    claim = claim_in(session, bid, claim_id)
    _require_may_claim(session, actor, bid, claim.company_id)
    rules.require_open(lock(session, bid.id).stage, deadline_of(bid), now)
    require_reason(reason)
    claim.move_to(ClaimState.RELEASED)
    session.flush()
    _follow(session, _hold(session, session.get_one(LotBid, claim.lot_bid_id)))
    if not any(c.company_id == claim.company_id for c in live_claims(session, bid.id)):
        _see_out(session, bid, claim.company_id)
    _note(session, actor, "claims.released", claim, now, reason=reason)
    return claim


def _require_may_claim(session: Session, actor: Actor, bid: Bid, company_id: UUID) -> bool:
    """Let a representative or the coordinator through; tell whether it is the coordinator."""
    standing = standing_in(session, actor, bid.id)
    at_door = company_id in standing.member_of | standing.invited_as
    if not standing.coordinates:
        if not at_door:
            raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")
        rules.require_represents(actor, company_id)
    elif (
        session.scalar(
            select(BidPass.id).where(BidPass.bid_id == bid.id, BidPass.company_id == company_id)
        )
        is None
    ):
        raise Invalid("Invitez d’abord cette entreprise dans l’affaire.", field="company")
    return standing.coordinates


def _hold(session: Session, lot_bid: LotBid) -> LotBid:
    """Lock the lot: whoever comes second on a seat waits here, then sees who was first."""
    wanted = select(LotBid).where(LotBid.id == lot_bid.id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def _require_free(session: Session, lot_bid: LotBid, wish: Wish) -> None:
    live = [c for c in live_claims(session, lot_bid.bid_id) if c.lot_bid_id == lot_bid.id]
    others = [as_position(c) for c in live if c.company_id != wish.company_id]
    rules.require_seat_free(others, wish.role)
    if wish.seen_version is None and len(others) < len(live):
        raise Conflict("L’entreprise a déjà une position sur ce lot : modifiez-la.")


def _require_lawful(
    session: Session, actor: Actor, bid: Bid, lot_bid: LotBid, wish: Wish, *,
    coordinates: bool, now: datetime,
) -> str:  # fmt: skip
    """Refuse on the first blocking rule, unless the coordinator overrides it in writing."""
    stops = blocking(judge(session, actor, bid, lot_bid, wish, now=now))
    if not stops:
        return ""
    if coordinates and wish.override_reason.strip() and all(f.rule != "R-10" for f in stops):
        reason = require_reason(wish.override_reason)
        for stop in stops:
            record(session, actor, "claims.overridden", now=now, object_id=wish.company_id,
                   bid_id=bid.id, rule=stop.rule, reason=reason)  # fmt: skip
        return reason
    first = stops[0]
    field = "share" if first.rule == "R-10" else "role"
    raise Invalid(first.text.message, field=field, article=first.article, **first.text.params)


def _let_in(session: Session, actor: Actor, bid: Bid, claim: LotClaim, now: datetime) -> None:
    if claim.role not in ENGAGED:
        return
    session.execute(
        update(BidPass)
        .where(BidPass.bid_id == bid.id, BidPass.company_id == claim.company_id)
        .values(kind=PassKind.MEMBER)
    )
    if claim.role is ClaimRole.LEAD and bid.lead_company_id is None:
        bid.lead_company_id = claim.company_id
        record(session, actor, "bids.lead_chosen", now=now, object_id=claim.company_id,
               bid_id=bid.id)  # fmt: skip


def _see_out(session: Session, bid: Bid, company_id: UUID) -> None:
    session.execute(
        update(BidPass)
        .where(BidPass.bid_id == bid.id, BidPass.company_id == company_id)
        .values(kind=PassKind.INVITED)
    )


def _follow(session: Session, lot_bid: LotBid) -> None:
    """Let the state of the lot follow its claims."""
    live = [c for c in live_claims(session, lot_bid.bid_id) if c.lot_bid_id == lot_bid.id]
    engaged = [c for c in live if c.role in ENGAGED]
    if not engaged:
        lot_bid.state = LotBidState.CONSIDERED
    elif all(c.state is ClaimState.CONFIRMED for c in engaged):
        lot_bid.state = LotBidState.CONFIRMED
    else:
        lot_bid.state = LotBidState.CLAIMED


def _note(
    session: Session, actor: Actor, action: str, claim: LotClaim, now: datetime, **more: str
) -> None:
    record(session, actor, action, now=now, object_id=claim.id, bid_id=claim.bid_id,
           company=claim.company.trade_name, lot=claim.lot_bid.lot.number, role=claim.role.value,
           **more)  # fmt: skip
