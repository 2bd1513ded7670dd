"""Claiming, changing, confirming, releasing a position on a lot.

Two sides agree on each position: the company, and the coordinator for the consortium. Whoever
asks, it is the other side that confirms or turns down (`awaits_company` tells which one is asked).
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.bids.models import Bid, BidPass, LotBid
from tender.bids.queries import NOWHERE, deadline_of, standing_in
from tender.bids.rules import LotBidState, require_coordinates, require_reason
from tender.bids.service import decline, lock
from tender.claims import rules
from tender.claims.judging import Wish, require_lawful
from tender.claims.law import ENGAGED
from tender.claims.members import in_the_name_of_the_bid, let_in, see_out
from tender.claims.models import LotClaim
from tender.claims.queries import as_position, claim_in, live_claims
from tender.claims.rules import ClaimState
from tender.core.actor import Actor
from tender.core.errors import Conflict, Invalid, NotFound
from tender.history.service import record


def claim_lot(
    session: Session, actor: Actor, bid: Bid, lot_bid: LotBid, wish: Wish, *, now: datetime
) -> LotClaim:
    """Position a company on a lot: its representative for the coordinator to confirm, or
    the coordinator for the company to accept.
    """
    coordinates = _require_may_claim(session, actor, bid, wish.company_id)
    _require_open(session, bid, now)
    held = _hold(session, lot_bid)
    wish = replace(wish, share=rules.fitting_share(wish.role, wish.share))
    _require_free(session, held, wish)
    reason = require_lawful(session, actor, bid, held, wish, coordinates=coordinates, now=now)
    claim = LotClaim(
        bid_id=bid.id, lot_bid_id=held.id, company_id=wish.company_id, role=wish.role,
        share=wish.share, claimed_at=now, claimed_by=actor.name, tasks=wish.tasks.strip(),
        override_reason=reason,
        awaits_company=coordinates and not actor.represents(wish.company_id),
    )  # fmt: skip
    session.add(claim)
    _follow(session, held)
    _note(session, actor, "claims.claimed", claim, now)
    return claim


def change_claim(
    session: Session, actor: Actor, bid: Bid, claim_id: UUID, wish: Wish, *, now: datetime
) -> LotClaim:
    """Change role, share or tasks; the other side confirms what it had not agreed to."""
    coordinates = _require_may_claim(session, actor, bid, wish.company_id)
    _require_open(session, bid, now)
    claim = claim_in(session, bid, claim_id)
    if claim.company_id != wish.company_id or claim.state not in rules.LIVE:
        raise NotFound(NOWHERE)
    if wish.seen_version is not None and wish.seen_version != claim.version:
        raise Conflict("Cette position a été modifiée pendant votre saisie. Rechargez la page.")
    held = _hold(session, claim.lot_bid)
    wish = replace(wish, share=rules.fitting_share(wish.role, wish.share))
    _require_free(session, held, wish, own=claim)
    reason = require_lawful(session, actor, bid, held, wish, coordinates=coordinates, now=now)
    claim.override_reason, claim.tasks = reason, wish.tasks.strip()
    same = (claim.role, claim.share) == (wish.role, wish.share)
    claim.role, claim.share = wish.role, wish.share
    if not (coordinates and (same or actor.represents(claim.company_id))):
        _ask_again(claim, of_company=coordinates)
    _follow(session, held)
    see_out(session, actor, bid, claim.company_id, now=now)
    _note(session, actor, "claims.changed", claim, now)
    return claim


def _ask_again(claim: LotClaim, *, of_company: bool) -> None:
    """Let the other side of who changed a position agree anew."""
    if claim.state is ClaimState.CONFIRMED:
        claim.move_to(ClaimState.PROPOSED)
    claim.awaits_company = of_company


def confirm_claim(
    session: Session, actor: Actor, bid: Bid, claim_id: UUID, *, now: datetime
) -> LotClaim:
    """Confirm a position, as the other side of who proposed it. The company enters the room."""
    _require_open(session, bid, now)
    claim = claim_in(session, bid, claim_id)
    if claim.awaits_company:
        rules.require_represents(actor, claim.company_id)
    else:
        require_coordinates(standing_in(session, actor, bid.id))
    if not claim.override_reason:
        wish = Wish(claim.company_id, claim.role, claim.share)
        require_lawful(session, actor, bid, claim.lot_bid, wish, coordinates=False, now=now)
    with in_the_name_of_the_bid(session, actor, bid):
        claim.move_to(ClaimState.CONFIRMED)
        claim.awaits_company = False
        let_in(session, actor, bid, claim, now=now)
    _follow(session, _hold(session, claim.lot_bid))
    _note(session, actor, "claims.confirmed", claim, now)
    return claim


def release_claim(
    session: Session, actor: Actor, bid: Bid, claim_id: UUID, *, reason: str, now: datetime
) -> LotClaim:
    """Withdraw a position before the freeze, or turn down one that was proposed; the lot opens."""
    _require_open(session, bid, now)
    claim = claim_in(session, bid, claim_id)
    coordinates = _require_may_claim(session, actor, bid, claim.company_id)
    why = require_reason(reason)
    _end(session, actor, bid, claim, coordinates=coordinates, why=why, now=now)
    return claim


def _end(
    session: Session, actor: Actor, bid: Bid, claim: LotClaim, *,
    coordinates: bool, why: str, now: datetime,
) -> None:  # fmt: skip
    asked = actor.represents(claim.company_id) if claim.awaits_company else coordinates
    own = not claim.awaits_company and actor.represents(claim.company_id)
    declined = claim.state is ClaimState.PROPOSED and asked and not own
    claim.move_to(ClaimState.DECLINED if declined else ClaimState.RELEASED)
    claim.awaits_company = False
    _follow(session, _hold(session, claim.lot_bid))
    see_out(session, actor, bid, claim.company_id, now=now)
    _note(session, actor, f"claims.{claim.state.value}", claim, now, reason=why)


def leave(session: Session, actor: Actor, bid: Bid, company_id: UUID, *, now: datetime) -> None:
    """A company does not take part: what is proposed lapses, and its way in closes (R-42)."""
    lock(session, bid.id)
    if not actor.represents(company_id):
        raise NotFound(NOWHERE)
    mine = [c for c in live_claims(session, bid.id) if c.company_id == company_id]
    if any(c.state is ClaimState.CONFIRMED for c in mine):
        raise Conflict(
            "L’entreprise est engagée sur un lot : retirez d’abord ses positions, puis déclinez."
        )
    for claim in mine:
        _end(session, actor, bid, claim, coordinates=False, why="", now=now)
    decline(session, actor, bid, company_id, now=now)


def _require_open(session: Session, bid: Bid, now: datetime) -> None:
    """Hold the bid, then judge whether its composition may still change (R-07)."""
    rules.require_open(lock(session, bid.id).stage, deadline_of(bid), now)


def _require_may_claim(session: Session, actor: Actor, bid: Bid, company_id: UUID) -> bool:
    """Let a representative or the coordinator through; tell whether it is the coordinator."""
    standing = standing_in(session, actor, bid.id)
    if not standing.coordinates:
        if company_id not in standing.member_of | standing.invited_as:
            raise NotFound(NOWHERE)
        rules.require_represents(actor, company_id)
        return False
    there = select(BidPass.id).where(BidPass.bid_id == bid.id, BidPass.company_id == company_id)
    if session.scalar(there) is None:
        raise Invalid("Invitez d’abord cette entreprise dans l’affaire.", field="company")
    return True


def _hold(session: Session, lot_bid: LotBid) -> LotBid:
    """Lock the lot: whoever comes second on a seat waits here, then sees who was first."""
    wanted = select(LotBid).where(LotBid.id == lot_bid.id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def _require_free(
    session: Session, lot_bid: LotBid, wish: Wish, *, own: LotClaim | None = None
) -> None:
    """Refuse a lot that the buyer took back, a seat that is taken, a second position."""
    if lot_bid.lot.withdrawn_at is not None:
        raise Invalid("L’acheteur a retiré ce lot de la consultation.", field="role")
    live = [c for c in live_claims(session, lot_bid.bid_id) if c.lot_bid_id == lot_bid.id]
    others = [as_position(c) for c in live if c.company_id != wish.company_id]
    rules.require_seat_free(others, wish.role)
    if own is None and len(others) < len(live):
        raise Conflict("L’entreprise a déjà une position sur ce lot : modifiez-la.")


def _follow(session: Session, lot_bid: LotBid) -> None:
    """Let the state of the lot follow its claims."""
    session.flush()
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
