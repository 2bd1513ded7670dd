"""Who is in the room: the passes, and the lead member, follow the positions."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from tender.bids.models import Bid, BidPass
from tender.bids.queries import deadline_of, standing_in
from tender.bids.rules import PassKind, require_coordinates, require_in_time, require_working
from tender.bids.service import lock
from tender.claims.law import ENGAGED, MEMBERS
from tender.claims.models import LotClaim
from tender.claims.queries import live_claims
from tender.claims.rules import ClaimRole, ClaimState
from tender.core.actor import Actor, system
from tender.core.errors import Invalid
from tender.core.transaction import in_the_name_of
from tender.history.service import record


def in_the_name_of_the_bid(
    session: Session, actor: Actor, bid: Bid
) -> AbstractContextManager[None]:
    """Write what a company may not: its own confirmation, a better pass, the lead's name.

    The wall keeps these for who steers the bid. When a company accepts what the coordinator has
    proposed, or leaves, it is the coordinator's leave or the law that is carried out.
    """
    return in_the_name_of(session, actor, system("claims", bid_id=bid.id))


def let_in(session: Session, actor: Actor, bid: Bid, claim: LotClaim, *, now: datetime) -> None:
    """Give the company of a confirmed position the room; the first lead leads the consortium."""
    if claim.role not in ENGAGED:
        return
    _set_pass(session, bid.id, claim.company_id, PassKind.MEMBER)
    if claim.role is ClaimRole.LEAD and bid.lead_company_id is None:
        _lead(session, actor, bid, claim.company_id, now)


def see_out(session: Session, actor: Actor, bid: Bid, company_id: UUID, *, now: datetime) -> None:
    """Close the room to a company that does no work on any lot any more."""
    live = [c for c in live_claims(session, bid.id) if c.company_id == company_id]
    if any(c.role in ENGAGED for c in live):
        return
    _set_pass(session, bid.id, company_id, PassKind.INVITED)
    if bid.lead_company_id == company_id:
        with in_the_name_of_the_bid(session, actor, bid):
            bid.lead_company_id = None
        record(session, actor, "bids.lead_left", now=now, object_id=company_id, bid_id=bid.id)


def choose_lead(
    session: Session, actor: Actor, bid: Bid, company_id: UUID, *, now: datetime
) -> None:
    """Name the lead member of the consortium, among those that bind themselves (R-03)."""
    require_coordinates(standing_in(session, actor, bid.id))
    held = lock(session, bid.id)
    require_working(held.stage)
    require_in_time(deadline_of(held), now)
    if company_id not in binding_members(live_claims(session, bid.id)):
        raise Invalid(
            "Le mandataire est choisi parmi les cotraitants confirmés : un sous-traitant n’est "
            "pas membre du groupement.",
            field="company",
            article="R. 2142-24",
        )
    _lead(session, actor, held, company_id, now)


def binding_members(claims: Iterable[LotClaim]) -> frozenset[UUID]:
    """Name the companies that are bound to the buyer: leads and co-contractors, confirmed."""
    return frozenset(
        c.company_id for c in claims if c.role in MEMBERS and c.state is ClaimState.CONFIRMED
    )


def _lead(session: Session, actor: Actor, bid: Bid, company_id: UUID, now: datetime) -> None:
    bid.lead_company_id = company_id
    session.flush()
    session.refresh(bid, ["lead_company"])
    record(session, actor, "bids.lead_chosen", now=now, object_id=company_id, bid_id=bid.id)


def _set_pass(session: Session, bid_id: UUID, company_id: UUID, kind: PassKind) -> None:
    session.execute(
        update(BidPass)
        .where(BidPass.bid_id == bid_id, BidPass.company_id == company_id)
        .values(kind=kind)
    )
