"""What stands against our companies in other consortia: yes or no, never who, never how many."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.bids.models import Bid, LotBid
from tender.bids.rules import Stage
from tender.claims.law import ENGAGED, Closeness, Elsewhere
from tender.claims.models import LotClaim
from tender.claims.rules import LIVE, ClaimRole
from tender.companies.models import CompanyRelationship, RelationshipKind
from tender.companies.queries import links_of
from tender.core.actor import Actor
from tender.core.transaction import widened

CLOSE = {
    RelationshipKind.SHAREHOLDING: Closeness.GROUP,
    RelationshipKind.SHARED_DIRECTOR: Closeness.GROUP,
    RelationshipKind.SHARED_STAFF: Closeness.POOLED,
    RelationshipKind.SHARED_PREMISES: Closeness.POOLED,
}
GIVEN_UP = (Stage.NO_GO, Stage.CLOSED, Stage.CANCELLED_BY_BUYER, Stage.WITHDRAWN)
Seat = tuple[UUID, ClaimRole]


def elsewhere(
    session: Session, actor: Actor, bid_id: UUID, pairs: Collection[tuple[UUID, UUID]], *, on: date
) -> dict[tuple[UUID, UUID], Elsewhere]:
    """Tell, for pairs of lot and company, what the other consortia of the cluster have on them."""
    companies = {company_id for _, company_id in pairs}
    close = _close(links_of(session, companies, on=on))
    asked = companies.union(*(close.get(c, {}) for c in companies))
    with widened(session, actor, "separation"):
        rows = session.execute(
            select(LotBid.lot_id, LotClaim.company_id, LotClaim.role)
            .join(LotClaim, LotClaim.lot_bid_id == LotBid.id)
            .join(Bid, Bid.id == LotClaim.bid_id)
            .where(
                LotBid.lot_id.in_({lot_id for lot_id, _ in pairs}),
                LotClaim.bid_id != bid_id,
                LotClaim.state.in_(LIVE),
                LotClaim.role.in_(ENGAGED),
                LotClaim.company_id.in_(asked),
                Bid.stage.not_in(GIVEN_UP),
            )
        ).all()
    return {
        (lot_id, company_id): _about(
            company_id, [(c, role) for lot, c, role in rows if lot == lot_id],
            close.get(company_id, {}),
        )
        for lot_id, company_id in pairs
    }  # fmt: skip


def _close(links: Iterable[CompanyRelationship]) -> dict[UUID, dict[UUID, Closeness]]:
    """Give each company's linked ones with the closest of their links."""
    found: dict[UUID, dict[UUID, Closeness]] = {}
    for link in sorted(links, key=lambda link: CLOSE[link.kind] is Closeness.GROUP):
        for one, other in (
            (link.company_id, link.other_id), (link.other_id, link.company_id),
        ):  # fmt: skip
            found.setdefault(one, {})[other] = CLOSE[link.kind]
    return found


def _about(company_id: UUID, seats: list[Seat], close: Mapping[UUID, Closeness]) -> Elsewhere:
    linked = {close[c] for c, _ in seats if c in close}
    return Elsewhere(
        leads=(company_id, ClaimRole.LEAD) in seats,
        engaged=any(c == company_id for c, _ in seats),
        linked=Closeness.GROUP if Closeness.GROUP in linked else next(iter(linked), None),
    )
