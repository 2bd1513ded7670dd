"""Claims against the real tables: who may, who is first, who enters the room."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tender.bids.models import BidPass
from tender.bids.queries import bid_by_ref, standing_in
from tender.bids.rules import LotBidState, Stage
from tender.claims import service
from tender.claims.judging import Wish
from tender.claims.queries import live_claims
from tender.claims.rules import ClaimRole, ClaimState
from tender.companies.models import CompanyRelationship, RelationshipKind
from tender.core.actor import ClusterSeat, CompanyRole, system
from tender.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.factories import (
    NOW,
    actor_for,
    make_bid,
    make_claim,
    make_company,
    make_person,
    make_tender,
)

SEATS = (ClusterSeat.COORDINATOR,)


class World:
    """A bid with two invited companies, its coordinator and their representatives."""

    def __init__(self, session: Session) -> None:
        self.tender = make_tender(session)
        self.a, self.b = make_company(session, "Alpha"), make_company(session, "Bravo")
        people = [
            make_person(session, "Coo", seats=SEATS),
            make_person(session, "Ana", company=self.a),
        ]
        self.bob = make_person(session, "Bob", company=self.b)
        self.bid = make_bid(session, people[0], invited=(self.a, self.b), tender=self.tender)
        self.lot = self.bid.lot_bids[0]
        self.coo = actor_for(people[0], seats=SEATS, coordinates=(self.bid,))
        self.ana, self.bert = actor_for(people[1], self.a), actor_for(self.bob, self.b)


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def wish(company, role=ClaimRole.LEAD, share=60, **more) -> Wish:
    return Wish(company.id, role, Decimal(share), **more)


def test_a_representative_claims_and_the_coordinator_lets_the_company_in(
    world: World, as_actor
) -> None:
    session = as_actor(world.ana)
    claim = service.claim_lot(session, world.ana, world.bid, world.lot, wish(world.a), now=NOW)
    assert claim.state is ClaimState.PROPOSED
    assert not standing_in(session, world.ana, world.bid.id).inside
    session = as_actor(world.coo)
    service.confirm_claim(session, world.coo, world.bid, claim.id, now=NOW)
    assert world.bid.lead_company_id == world.a.id
    session = as_actor(world.ana)
    assert standing_in(session, world.ana, world.bid.id).member_of == {world.a.id}


def test_the_second_lead_is_told_who_was_first(world: World, as_actor) -> None:
    session = as_actor(world.ana)
    service.claim_lot(session, world.ana, world.bid, world.lot, wish(world.a), now=NOW)
    session = as_actor(world.bert)
    with pytest.raises(Conflict, match="Alpha est déjà mandataire"):
        service.claim_lot(
            session, world.bert, world.bid, world.lot, wish(world.b, share=40), now=NOW
        )


def test_shares_past_a_hundred_are_refused_at_their_field(world: World, as_actor) -> None:
    session = as_actor(world.ana)
    service.claim_lot(session, world.ana, world.bid, world.lot, wish(world.a, share=70), now=NOW)
    session = as_actor(world.bert)
    with pytest.raises(Invalid, match="dépasseraient 100") as refused:
        service.claim_lot(
            session,
            world.bert,
            world.bid,
            world.lot,
            wish(world.b, ClaimRole.CO_CONTRACTOR, 31),
            now=NOW,
        )
    assert refused.value.field == "share"


def test_only_who_may_bind_a_company_claims_for_it(
    world: World, session: Session, as_actor
) -> None:
    as_actor(world.coo)
    contributor = actor_for(world.bob, world.b, role=CompanyRole.CONTRIBUTOR)
    session = as_actor(contributor)
    with pytest.raises(Forbidden):
        service.claim_lot(session, contributor, world.bid, world.lot, wish(world.b), now=NOW)
    with pytest.raises(NotFound):
        service.claim_lot(session, contributor, world.bid, world.lot, wish(world.a), now=NOW)


def test_after_the_deadline_the_composition_is_frozen(world: World, as_actor) -> None:
    session = as_actor(world.ana)
    late = NOW + timedelta(days=21)
    with pytest.raises(Invalid, match="figée") as refused:
        service.claim_lot(session, world.ana, world.bid, world.lot, wish(world.a), now=late)
    assert refused.value.article == "R. 2142-26"


def test_a_stale_form_changes_nothing(world: World, as_actor) -> None:
    session = as_actor(world.ana)
    claim = service.claim_lot(session, world.ana, world.bid, world.lot, wish(world.a), now=NOW)
    seen = claim.version
    service.change_claim(
        session, world.ana, world.bid, claim.id, wish(world.a, share=50, seen_version=seen), now=NOW
    )
    with pytest.raises(Conflict):
        service.change_claim(
            session,
            world.ana,
            world.bid,
            claim.id,
            wish(world.a, share=10, seen_version=seen),
            now=NOW,
        )
    assert claim.share == 50


def test_withdrawing_opens_the_lot_and_closes_the_room(world: World, as_actor) -> None:
    session = as_actor(world.coo)
    claim = make_claim(session, world.lot, world.a, role=ClaimRole.LEAD)
    session.query(BidPass).filter_by(company_id=world.a.id).update({"kind": "member"})
    session = as_actor(world.ana)
    service.release_claim(
        session, world.ana, world.bid, claim.id, reason="plus de disponibilité", now=NOW
    )
    assert live_claims(session, world.bid.id) == []
    assert world.lot.state is LotBidState.CONSIDERED
    assert not standing_in(session, world.ana, world.bid.id).inside


def test_a_linked_company_in_another_consortium_blocks_without_naming_it(
    world: World, session: Session, as_actor
) -> None:
    first, second = sorted((world.a, world.b), key=lambda c: c.id)
    as_actor(system("operator"))
    session.add(
        CompanyRelationship(
            company_id=first.id,
            other_id=second.id,
            kind=RelationshipKind.SHAREHOLDING,
            since=NOW.date(),
        )
    )
    other = make_person(session, "Rivale", seats=SEATS)
    rival = make_bid(session, other, invited=(world.b,), tender=world.tender, stage=Stage.FORMING)
    make_claim(session, rival.lot_bids[0], world.b, role=ClaimRole.LEAD)
    hidden = rival.ref
    session = as_actor(world.ana)
    with pytest.raises(Invalid, match="répond séparément") as refused:
        service.claim_lot(session, world.ana, world.bid, world.lot, wish(world.a), now=NOW)
    assert "Bravo" not in str(refused.value)
    with pytest.raises(NotFound):
        bid_by_ref(session, world.ana, hidden)


def test_the_coordinator_overrides_in_writing_only(
    world: World, session: Session, as_actor
) -> None:
    as_actor(world.coo)
    rival = make_bid(
        session, make_person_as_operator(session, as_actor), invited=(world.a,), tender=world.tender
    )
    make_claim(session, rival.lot_bids[0], world.a, role=ClaimRole.LEAD)
    session = as_actor(world.coo)
    with pytest.raises(Invalid, match="autre groupement"):
        service.claim_lot(session, world.coo, world.bid, world.lot, wish(world.a), now=NOW)
    reason = "Le service juridique a validé par écrit."
    claim = service.claim_lot(
        session, world.coo, world.bid, world.lot, wish(world.a, override_reason=reason), now=NOW
    )
    assert claim.override_reason == reason


def make_person_as_operator(session: Session, as_actor):
    as_actor(system("operator"))
    return make_person(session, "Autre", seats=SEATS)
