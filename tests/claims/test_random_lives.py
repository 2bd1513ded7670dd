"""Whatever companies and coordinators do in whatever order, the law of consortia holds."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.bids.findings import blocking
from tender.bids.models import Bid
from tender.bids.queries import bid_by_ref, rules_of
from tender.bids.rules import LotBidState
from tender.claims import service
from tender.claims.judging import Wish, judge
from tender.claims.law import ENGAGED
from tender.claims.models import LotClaim
from tender.claims.queries import live_claims
from tender.claims.rules import ClaimRole, ClaimState
from tender.companies.models import Company, CompanyRelationship, RelationshipKind
from tender.core.actor import Actor, ClusterSeat, system
from tender.core.errors import Refusal
from tender.core.transaction import set_context
from tender.history.models import AuditEntry
from tests.factories import NOW, actor_for, make_bid, make_company, make_person, make_tender

SEATS = (ClusterSeat.COORDINATOR,)
WHY = "Validé par écrit par le conseil."
AsActor = Callable[[Actor], Session]


@dataclass(frozen=True)
class Act:
    """One thing that somebody tries: in which bid, on which lot, for which company."""

    verb: str
    steered: bool
    bid: int
    lot: int
    company: int
    role: ClaimRole
    share: int
    override: str


ACTS = st.builds(
    Act,
    verb=st.sampled_from(("claim", "claim", "change", "confirm", "confirm", "release", "leave")),
    steered=st.booleans(), bid=st.integers(0, 1), lot=st.integers(0, 1),
    company=st.integers(0, 2), role=st.sampled_from(ClaimRole),
    share=st.sampled_from((0, 20, 40, 60, 100, 101)), override=st.sampled_from(("", "", WHY)),
)  # fmt: skip


class World:
    """Two consortia for one call with two lots; two of the three companies are linked."""

    def __init__(self, session: Session) -> None:
        self.session = session
        tender = make_tender(session)
        self.companies = [make_company(session, name) for name in ("Alpha", "Bravo", "Charlie")]
        self.people = [actor_for(make_person(session, company=c), c) for c in self.companies]
        _link(session, *self.companies[:2])
        coordinators = [make_person(session, seats=SEATS) for _ in range(2)]
        bids: list[Bid] = []
        for person in coordinators:
            set_context(session, system("operator"))
            bid = make_bid(session, person, invited=tuple(self.companies), tender=tender)
            rules = rules_of(session, bid.id)
            rules.several_candidatures_forbidden, rules.max_lots_bid = True, 1
            session.flush()
            bids.append(bid)
        self.coordinators = [
            actor_for(person, seats=SEATS, coordinates=(bid,))
            for person, bid in zip(coordinators, bids, strict=True)
        ]
        self.refs = [bid.ref for bid in bids]

    def attempt(self, act: Act) -> None:
        """Do it as its own transaction would: wholly, or not at all."""
        who = self.coordinators[act.bid] if act.steered else self.people[act.company]
        self._as(who)
        with suppress(Refusal), self.session.begin_nested():
            self._do(who, act)

    def _do(self, who: Actor, act: Act) -> None:
        session, company = self.session, self.companies[act.company]
        bid = bid_by_ref(session, who, self.refs[act.bid])
        lot_bid, wish = bid.lot_bids[act.lot], self._wish(act, company)
        if act.verb == "claim":
            service.claim_lot(session, who, bid, lot_bid, wish, now=NOW)
        elif act.verb == "leave":
            service.leave(session, who, bid, company.id, now=NOW)
        for held in live_claims(session, bid.id):
            if (held.lot_bid_id, held.company_id) != (lot_bid.id, company.id):
                continue
            if act.verb == "change":
                service.change_claim(session, who, bid, held.id, wish, now=NOW)
            elif act.verb == "confirm":
                service.confirm_claim(session, who, bid, held.id, now=NOW)
            elif act.verb == "release":
                service.release_claim(session, who, bid, held.id, reason=WHY, now=NOW)

    def _wish(self, act: Act, company: Company) -> Wish:
        return Wish(company.id, act.role, Decimal(act.share), "", act.override)

    def check(self) -> None:
        """Everything that must hold at every moment."""
        for ref, coordinator in zip(self.refs, self.coordinators, strict=True):
            self._as(coordinator)
            bid = bid_by_ref(self.session, coordinator, ref)
            claims = live_claims(self.session, bid.id)
            for lot_bid in bid.lot_bids:
                self._check_lot(lot_bid.state, [c for c in claims if c.lot_bid_id == lot_bid.id])
        self._check_blocks()

    def _check_lot(self, state: LotBidState, claims: list[LotClaim]) -> None:
        engaged = [c for c in claims if c.role in ENGAGED]
        assert sum(c.role is ClaimRole.LEAD for c in claims) <= 1
        assert sum(c.share for c in engaged) <= 100
        assert len({c.company_id for c in claims}) == len(claims)
        sure = all(c.state is ClaimState.CONFIRMED for c in engaged)
        assert (state is LotBidState.CONFIRMED) == (bool(engaged) and sure)
        assert (state is LotBidState.CONSIDERED) == (not engaged)

    def _check_blocks(self) -> None:
        """A position stands against a rule only where somebody has passed over it in writing."""
        blocked = written = False
        for ref, coordinator in zip(self.refs, self.coordinators, strict=True):
            self._as(coordinator)
            bid = bid_by_ref(self.session, coordinator, ref)
            for claim in live_claims(self.session, bid.id):
                wish = Wish(claim.company_id, claim.role, claim.share)
                found = judge(self.session, coordinator, bid, claim.lot_bid, wish, now=NOW)
                blocked |= bool(blocking(found))
            wanted = select(AuditEntry.id).where(AuditEntry.action == "claims.overridden")
            written |= self.session.scalar(wanted.limit(1)) is not None
        assert written or not blocked

    def _as(self, actor: Actor) -> None:
        self.session.flush()
        self.session.expire_all()
        set_context(self.session, actor)


def _link(session: Session, one: Company, other: Company) -> None:
    first, second = sorted((one.id, other.id))
    session.add(
        CompanyRelationship(
            company_id=first, other_id=second, kind=RelationshipKind.SHAREHOLDING, since=NOW.date()
        )
    )
    session.flush()


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACTS, min_size=4, max_size=12))
def test_no_order_of_acts_breaks_the_law(world: World, acts: list[Act]) -> None:
    with world.session.begin_nested() as trial:
        for act in acts:
            world.attempt(act)
            world.check()
        trial.rollback()
