"""The demonstration is what it promises: a cluster, calls, a bid at every stage, a past."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from embedded.testing import Servers
from tender.assembly.service import preflight
from tender.bids.findings import blocking
from tender.bids.grid import tally
from tender.bids.models import Bid, LotBid
from tender.bids.queries import bids_of, votes_on
from tender.bids.rules import LotBidState, Stage
from tender.companies.models import Company, IntegrationTier
from tender.core import clock, setup
from tender.core.actor import system
from tender.core.transaction import reading
from tender.demo import story
from tender.demo.cast import COORDINATOR, OTHER_COORDINATOR, actor_named
from tender.history.queries import broken_chains
from tender.notices.models import Notice
from tender.outcomes.queries import judged, to_record
from tender.outcomes.rules import DECIDED, count_rate
from tender.submissions.archive import verify
from tender.submissions.models import Submission, SubmissionPackage
from tender.watches.models import Triage
from tests.faults.clone import bound, database

FLEETING = {Stage.GO}  # a go leads on to the building of the consortium at once


@pytest.fixture(scope="module")
def loaded(running: Servers) -> Iterator[bool]:
    with database(running) as made, bound(made):
        yield story.tell(now=clock.now())


def steered_by(session: Session, name: str) -> dict[Stage, list[Bid]]:
    found: dict[Stage, list[Bid]] = {}
    actor = actor_named(name)
    for bid in bids_of(session, actor):
        if bid.id in actor.coordinates:
            found.setdefault(bid.stage, []).append(bid)
    return found


@pytest.fixture
def session(loaded: bool) -> Iterator[Session]:
    with reading(actor_named(COORDINATOR)) as session:
        yield session


def test_it_is_loaded_once(loaded: bool) -> None:
    assert loaded
    assert not story.tell(now=clock.now())


def test_twenty_companies_stand_in_three_tiers(session: Session) -> None:
    tiers = Counter(session.scalars(select(Company.tier)))
    assert sum(tiers.values()) == 20
    assert set(tiers) == set(IntegrationTier)


def test_thirty_published_notices_were_read(session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(Notice)) == 30


def test_there_is_a_bid_at_every_stage(loaded: bool) -> None:
    stages: set[Stage] = set()
    for name in (COORDINATOR, OTHER_COORDINATOR):
        with reading(actor_named(name)) as session:
            stages |= set(steered_by(session, name))
    assert stages == set(Stage) - FLEETING


def test_nothing_blocks_the_bid_that_is_ready_to_assemble(session: Session) -> None:
    actor = actor_named(COORDINATOR)
    (ready,) = steered_by(session, COORDINATOR)[Stage.DRAFTING]
    assert blocking(preflight(session, actor, ready, now=clock.now())) == []


def test_one_bid_is_sealed_and_one_deposited_and_waits_for_its_result(session: Session) -> None:
    bids = steered_by(session, COORDINATOR)
    packages = session.scalars(select(SubmissionPackage)).all()
    assert {p.bid_id for p in packages} == {
        bid.id for stage in (Stage.ASSEMBLED, Stage.SUBMITTED) for bid in bids[stage]
    }
    (deposited,) = session.scalars(select(Submission)).all()
    assert [b.id for b in to_record(session, actor_named(COORDINATOR))] == [deposited.bid_id]
    assert all(verify(setup.storage().get(package.file_key)) == [] for package in packages)


def test_several_people_voted_apart(session: Session) -> None:
    for bid in steered_by(session, COORDINATOR)[Stage.QUALIFYING]:
        found = tally([vote.scores for vote in votes_on(session, bid.id)])
        assert found is not None
        assert found.voters == 2
        assert found.lowest < found.highest


def test_a_call_that_was_taken_up_is_marked_kept(session: Session) -> None:
    kept = set(session.scalars(select(Triage.tender_id)))
    mine = actor_named(COORDINATOR).coordinates
    current = select(Bid.tender_id).where(Bid.id.in_(mine), Bid.ref.not_like("PAS-%"))
    assert kept == set(session.scalars(current))


def test_the_manager_reads_150_decided_lots_and_what_stands_apart(loaded: bool) -> None:
    manager = actor_named("Odile Vasseur")
    with reading(manager) as session:
        rows = judged(session, manager)
        pending = session.scalars(select(LotBid).where(LotBid.state == LotBidState.SUBMITTED))
        assert len(pending.all()) > 0
    rate = count_rate(rows)
    assert rate.decided == sum(row.result in DECIDED for row in rows) == 150
    assert 0.25 < (rate.rate or 0) < 0.5
    assert {LotBidState.NO_AWARD, LotBidState.SUBMITTED} <= {row.result for row in rows}


def test_every_chain_of_its_history_holds(loaded: bool) -> None:
    with reading(system("audit")) as session:
        assert broken_chains(session) == []
