"""Reviewers: appointed by the coordinator alone, let in and out at once."""

import pytest
from sqlalchemy.orm import Session

from tender.bids import reviewers
from tender.bids.queries import standing_in
from tender.core.actor import ClusterSeat
from tender.core.errors import Invalid, NotFound
from tests.factories import NOW, actor_for, make_bid, make_company, make_person

SEATS = (ClusterSeat.COORDINATOR,)


def test_a_reviewer_is_let_in_and_out_by_the_coordinator(session: Session, as_actor) -> None:
    coordinator = make_person(session, "Cora", seats=SEATS)
    reader = make_person(session, "Rose", company=make_company(session))
    bid = make_bid(session, coordinator)
    steering, bid_id = actor_for(coordinator, seats=SEATS, coordinates=(bid,)), bid.id
    reading = actor_for(reader)
    reviewers.appoint(session, steering, bid, f" {reader.email.upper()} ", now=NOW)
    reviewers.appoint(session, steering, bid, reader.email, now=NOW)
    assert [p.name for p in reviewers.reviewers_of(session, bid.id)] == ["Rose"]
    as_actor(reading)
    assert standing_in(session, reading, bid_id).reviews
    as_actor(steering)
    reviewers.dismiss(session, steering, bid, reading.person_id, now=NOW)
    as_actor(reading)
    assert not standing_in(session, reading, bid_id).inside


def test_an_unknown_address_is_refused_in_words(session: Session) -> None:
    coordinator = make_person(session, "Cora", seats=SEATS)
    bid = make_bid(session, coordinator)
    steering = actor_for(coordinator, seats=SEATS, coordinates=(bid,))
    with pytest.raises(Invalid, match="Personne n’a de compte"):
        reviewers.appoint(session, steering, bid, "nulle.part@exemple.fr", now=NOW)


def test_a_member_appoints_nobody(session: Session, as_actor) -> None:
    company = make_company(session)
    member = make_person(session, company=company)
    bid = make_bid(session, make_person(session, "Cora", seats=SEATS), invited=(company,))
    who = actor_for(member, company)
    as_actor(who)
    with pytest.raises(NotFound):
        reviewers.appoint(session, who, bid, member.email, now=NOW)
