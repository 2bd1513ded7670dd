"""Both sides agree on each position: who asks, who answers, who is in the room after."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tender.bids.findings import Severity
from tender.bids.models import Bid
from tender.bids.queries import rules_of, standing_in
from tender.bids.rules import LotBidState
from tender.claims import members, service
from tender.claims.agenda import offered, proposals, proposed
from tender.claims.judging import Wish, conflicts
from tender.claims.models import LotClaim
from tender.claims.queries import live_claims
from tender.claims.rules import ClaimRole, ClaimState
from tender.companies.models import Company
from tender.core.actor import Actor, ClusterSeat, system
from tender.core.errors import Conflict, Forbidden, Invalid, NotFound
from tender.history.queries import entries_of
from tests.factories import (
    NOW,
    actor_for,
    make_bid,
    make_claim,
    make_company,
    make_person,
    make_tender,
)

AsActor = Callable[[Actor], Session]
SEATS = (ClusterSeat.COORDINATOR,)
WHY = "Nous n’avons plus l’équipe."
LEAD, CO, SUB = ClaimRole.LEAD, ClaimRole.CO_CONTRACTOR, ClaimRole.SUBCONTRACTOR


class World:
    """A bid with two invited companies, its coordinator and their representatives."""

    def __init__(self, session: Session, as_actor: AsActor) -> None:
        self.as_actor = as_actor
        tender = make_tender(session)
        self.a, self.b = make_company(session, "Alpha"), make_company(session, "Bravo")
        cora = make_person(session, "Cora", seats=SEATS)
        self.ana = actor_for(make_person(session, "Ana", company=self.a), self.a)
        self.bob = actor_for(make_person(session, "Bob", company=self.b), self.b)
        self.bid = make_bid(session, cora, invited=(self.a, self.b), tender=tender)
        self.cora = actor_for(cora, seats=SEATS, coordinates=(self.bid,))

    def claims(
        self, who: Actor, company: Company, role: ClaimRole = CO, share: int = 40
    ) -> LotClaim:
        session, wish = self.as_actor(who), Wish(company.id, role, Decimal(share))
        return service.claim_lot(session, who, self.bid, self.bid.lot_bids[0], wish, now=NOW)

    def changes(self, who: Actor, claim: LotClaim, share: int, tasks: str = "") -> LotClaim:
        session = self.as_actor(who)
        wish = Wish(claim.company_id, claim.role, Decimal(share), tasks)
        return service.change_claim(session, who, self.bid, claim.id, wish, now=NOW)

    def confirms(self, who: Actor, claim: LotClaim) -> LotClaim:
        session = self.as_actor(who)
        return service.confirm_claim(session, who, self.bid, claim.id, now=NOW)

    def releases(self, who: Actor, claim: LotClaim, why: str = WHY) -> LotClaim:
        session = self.as_actor(who)
        return service.release_claim(session, who, self.bid, claim.id, reason=why, now=NOW)

    def inside(self, who: Actor) -> bool:
        return standing_in(self.as_actor(who), who, self.bid.id).inside


@pytest.fixture
def world(session: Session, as_actor: AsActor) -> World:
    return World(session, as_actor)


def test_the_company_accepts_what_the_coordinator_proposes_and_enters_at_once(
    world: World,
) -> None:
    claim = world.claims(world.cora, world.a, LEAD)
    assert (claim.state, claim.awaits_company) == (ClaimState.PROPOSED, True)
    assert not world.inside(world.ana)
    with pytest.raises(Forbidden):
        world.confirms(world.cora, claim)
    with pytest.raises(Forbidden):
        world.confirms(world.bob, claim)
    world.confirms(world.ana, claim)
    assert (claim.state, claim.awaits_company) == (ClaimState.CONFIRMED, False)
    assert world.inside(world.ana)
    assert world.bid.lead_company_id == world.a.id
    assert world.bid.lot_bids[0].state is LotBidState.CONFIRMED


def test_a_proposal_is_asked_of_the_side_that_has_to_answer(world: World) -> None:
    world.claims(world.cora, world.a)
    world.claims(world.bob, world.b)
    for who, own, others in ((world.ana, 1, 0), (world.bob, 0, 0), (world.cora, 0, 1)):
        session = world.as_actor(who)
        assert len(proposals(session, offered(who))) == own
        assert len(proposals(session, proposed(who))) == others


def test_a_proposal_that_is_turned_down_is_declined_and_the_lot_opens(world: World) -> None:
    by_coordinator = world.claims(world.cora, world.a, LEAD)
    assert world.releases(world.ana, by_coordinator).state is ClaimState.DECLINED
    by_company = world.claims(world.bob, world.b, LEAD)
    assert world.releases(world.cora, by_company).state is ClaimState.DECLINED
    session = world.as_actor(world.cora)
    assert live_claims(session, world.bid.id) == []
    assert world.bid.lot_bids[0].state is LotBidState.CONSIDERED
    assert [e.action for e in entries_of(session, world.bid.id, limit=4)] == [
        "claims.declined", "claims.claimed", "claims.declined", "claims.claimed",
    ]  # fmt: skip


def test_who_takes_back_their_own_proposal_releases_it(world: World) -> None:
    assert world.releases(world.ana, world.claims(world.ana, world.a)).state is ClaimState.RELEASED
    own = world.claims(world.cora, world.b)
    assert world.releases(world.cora, own).state is ClaimState.RELEASED


def test_a_withdrawal_needs_a_reason_and_is_final(world: World) -> None:
    claim = world.claims(world.ana, world.a)
    with pytest.raises(Invalid, match="raison"):
        world.releases(world.ana, claim, why="non")
    world.releases(world.ana, claim)
    for again in (world.confirms, world.releases):
        with pytest.raises(Conflict):
            again(world.cora, claim)
    with pytest.raises(NotFound):
        world.changes(world.ana, claim, 30)


def test_another_share_is_for_the_other_side_to_agree_to(world: World) -> None:
    claim = world.confirms(world.cora, world.claims(world.ana, world.a))
    world.changes(world.ana, claim, 50)
    assert (claim.state, claim.awaits_company) == (ClaimState.PROPOSED, False)
    world.confirms(world.cora, claim)
    world.changes(world.cora, claim, 30)
    assert (claim.state, claim.awaits_company) == (ClaimState.PROPOSED, True)
    assert world.inside(world.ana)
    world.confirms(world.ana, claim)
    world.changes(world.cora, claim, 30, "équipe de nuit")
    assert claim.state is ClaimState.CONFIRMED


def test_who_only_watches_any_more_leaves_the_room_and_the_lead_seat(world: World) -> None:
    claim = world.confirms(world.cora, world.claims(world.ana, world.a, LEAD))
    session = world.as_actor(world.ana)
    watch = Wish(world.a.id, ClaimRole.WATCH, Decimal(0))
    service.change_claim(session, world.ana, world.bid, claim.id, watch, now=NOW)
    assert not world.inside(world.ana)
    assert world.as_actor(world.cora).get_one(Bid, world.bid.id).lead_company_id is None


def test_a_company_declines_its_invitation_with_what_is_proposed_for_it(world: World) -> None:
    claim = world.claims(world.cora, world.a)
    session = world.as_actor(world.ana)
    service.leave(session, world.ana, world.bid, world.a.id, now=NOW)
    session = world.as_actor(world.cora)
    assert session.get_one(LotClaim, claim.id).state is ClaimState.DECLINED
    with pytest.raises(Invalid, match="Invitez"):
        world.claims(world.cora, world.a)


def test_a_company_that_is_bound_does_not_decline_away(world: World) -> None:
    world.confirms(world.cora, world.claims(world.ana, world.a))
    session = world.as_actor(world.ana)
    with pytest.raises(Conflict, match="retirez d’abord"):
        service.leave(session, world.ana, world.bid, world.a.id, now=NOW)
    with pytest.raises(NotFound):
        service.leave(session, world.ana, world.bid, world.b.id, now=NOW)


def test_a_subcontractor_never_leads_the_consortium(world: World) -> None:
    world.confirms(world.cora, world.claims(world.ana, world.a))
    world.confirms(world.cora, world.claims(world.bob, world.b, SUB))
    session = world.as_actor(world.cora)
    with pytest.raises(Invalid, match="sous-traitant"):
        members.choose_lead(session, world.cora, world.bid, world.b.id, now=NOW)
    members.choose_lead(session, world.cora, world.bid, world.a.id, now=NOW)
    assert world.bid.lead_company is not None
    assert world.bid.lead_company.trade_name == "Alpha"


def test_what_became_unlawful_meanwhile_is_not_confirmed(world: World) -> None:
    claim = world.claims(world.ana, world.a)
    session = world.as_actor(world.cora)
    second = Wish(world.b.id, CO, Decimal(50))
    service.claim_lot(session, world.cora, world.bid, world.bid.lot_bids[1], second, now=NOW)
    rules_of(session, world.bid.id).max_lots_bid = 1
    with pytest.raises(Invalid, match="viserait 2 lots") as refused:
        world.confirms(world.cora, claim)
    assert refused.value.article == "L. 2113-10 et R. 2113-1"
    assert "Renoncez à un lot" in str(refused.value)


def test_a_blocked_claim_says_who_may_go_on_and_how(world: World) -> None:
    session = world.as_actor(world.cora)
    rules_of(session, world.bid.id).max_lots_bid = 1
    second = Wish(world.b.id, CO, Decimal(50))
    service.claim_lot(session, world.cora, world.bid, world.bid.lot_bids[1], second, now=NOW)
    with pytest.raises(Invalid, match="La coordination peut passer outre"):
        world.claims(world.ana, world.a)
    with pytest.raises(Invalid, match="Pour passer outre, donnez une raison écrite"):
        world.claims(world.cora, world.a)


def test_a_lot_that_the_buyer_took_back_is_not_claimed(world: World) -> None:
    world.bid.lot_bids[0].lot.withdrawn_at = NOW
    with pytest.raises(Invalid, match="retiré ce lot"):
        world.claims(world.ana, world.a)


def test_after_the_deadline_nothing_about_a_position_changes(world: World) -> None:
    claim = world.claims(world.ana, world.a)
    late = NOW + timedelta(days=21)
    session = world.as_actor(world.cora)
    for act in (
        lambda: service.confirm_claim(session, world.cora, world.bid, claim.id, now=late),
        lambda: service.release_claim(
            session, world.cora, world.bid, claim.id, reason=WHY, now=late
        ),
    ):
        with pytest.raises(Invalid, match="figée"):
            act()


def test_what_a_rival_consortium_does_later_is_found_again_before_the_seal(
    world: World, session: Session
) -> None:
    claim = world.confirms(world.cora, world.claims(world.ana, world.a, LEAD))
    tender = world.bid.tender
    as_operator = world.as_actor(system("operator"))
    rosa = make_person(as_operator, "Rosa", seats=SEATS)
    rival = make_bid(as_operator, rosa, invited=(world.a,), tender=tender)
    make_claim(as_operator, rival.lot_bids[0], world.a, role=LEAD)
    found = {
        who.name: [
            (f.rule, f.severity, str(f.text).startswith("Lot 1 : Alpha est"))
            for f in conflicts(world.as_actor(who), who, world.bid, now=NOW)
        ]
        for who in (world.cora, world.ana, world.bob)
    }
    told = [("R-04", Severity.BLOCK, True), ("R-06", Severity.WARN, True)]
    assert found == {"Cora": told, "Ana": told, "Bob": []}
    session = world.as_actor(world.cora)
    session.get_one(LotClaim, claim.id).override_reason = "Validé par écrit."
    severities = {f.severity for f in conflicts(session, world.cora, world.bid, now=NOW)}
    assert severities == {Severity.WARN}
