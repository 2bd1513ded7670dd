"""Recording results: who, when, what becomes of the lot and its bid, who reads it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.rules import LotBidState as S
from tender.bids.rules import Stage
from tender.claims.rules import ClaimRole
from tender.core.actor import Actor, ClusterSeat
from tender.core.errors import Forbidden, Invalid
from tender.outcomes.queries import judged, names_of, withdrawn
from tender.outcomes.rules import count_rate, share_rate
from tender.outcomes.service import Result, record_outcome
from tests.factories import NOW, actor_for, make_bid, make_claim, make_company, make_person

AsActor = Callable[[Actor], Session]
SEATS = (ClusterSeat.COORDINATOR,)
DAY = date(2026, 11, 20)


class Filed:
    """A deposited bid on two lots, its members, a manager and a rival coordinator."""

    def __init__(self, session: Session) -> None:
        self.lead, self.other = make_company(session, "Menante"), make_company(session, "Autre")
        cora = make_person(session, "Cora", seats=SEATS)
        mona = make_person(session, "Mona", company=self.lead)
        rosa, odile = make_person(session, "Rosa"), make_person(session, "Odile")
        self.bid = make_bid(
            session, cora, lead=self.lead, members=(self.lead, self.other), stage=Stage.SUBMITTED
        )
        for lot_bid in self.bid.lot_bids:
            lot_bid.state = S.SUBMITTED
            make_claim(session, lot_bid, self.lead, role=ClaimRole.LEAD, share=60)
            make_claim(session, lot_bid, self.other, share=40)
        self.cora = actor_for(cora, seats=SEATS, coordinates=(self.bid,))
        self.mona = actor_for(mona, self.lead)
        self.rosa = actor_for(rosa, seats=SEATS)
        self.odile = actor_for(odile, seats=(ClusterSeat.MANAGER,))


@pytest.fixture
def filed(session: Session) -> Filed:
    return Filed(session)


def tell(session: Session, filed: Filed, lot: int, result: S, amount: int = 100) -> None:
    told = Result(result, DAY, our_amount=Decimal(amount))
    record_outcome(session, filed.cora, filed.bid, filed.bid.lot_bids[lot], told, now=NOW)


def test_the_last_result_decides_the_bid_and_a_correction_opens_it_again(
    filed: Filed, as_actor: AsActor
) -> None:
    session = as_actor(filed.cora)
    stages = []
    for lot, result in ((0, S.AWARDED), (1, S.RUNNER_UP), (1, S.REJECTED), (1, S.RUNNER_UP)):
        tell(session, filed, lot, result)
        stages.append(filed.bid.stage)
    assert stages == [Stage.SUBMITTED, Stage.SUBMITTED, Stage.DECIDED, Stage.SUBMITTED]
    assert [lb.state for lb in filed.bid.lot_bids] == [S.AWARDED, S.RUNNER_UP]


def test_only_the_coordinator_records_and_only_after_a_deposit(
    filed: Filed, as_actor: AsActor
) -> None:
    session = as_actor(filed.mona)
    told = Result(S.AWARDED, DAY)
    with pytest.raises(Forbidden):
        record_outcome(session, filed.mona, filed.bid, filed.bid.lot_bids[0], told, now=NOW)
    session = as_actor(filed.cora)
    filed.bid.lot_bids[1].state = S.CONFIRMED
    with pytest.raises(Invalid, match="pas dans le dépôt"):
        tell(session, filed, 1, S.AWARDED)
    filed.bid.stage = Stage.DRAFTING
    with pytest.raises(Invalid, match="dépôt"):
        tell(session, filed, 0, S.AWARDED)


def test_today_is_the_buyers_today(filed: Filed, as_actor: AsActor) -> None:
    session = as_actor(filed.cora)
    late_evening = NOW.replace(hour=23, minute=30)
    told = Result(S.AWARDED, late_evening.date() + timedelta(days=1))
    record_outcome(session, filed.cora, filed.bid, filed.bid.lot_bids[0], told, now=late_evening)
    assert filed.bid.lot_bids[0].state is S.AWARDED


def test_a_manager_reads_all_results_a_member_their_own_a_rival_none(
    filed: Filed, as_actor: AsActor
) -> None:
    session = as_actor(filed.cora)
    tell(session, filed, 0, S.AWARDED, 300)
    tell(session, filed, 1, S.REJECTED, 100)
    seen = {}
    for who in (filed.odile, filed.mona, filed.rosa):
        rows = judged(as_actor(who), who, since=DAY, until=DAY)
        seen[who.name] = (count_rate(rows).won, count_rate(rows).decided)
    assert seen == {"Odile": (1, 2), "Mona": (1, 2), "Rosa": (0, 0)}
    session = as_actor(filed.odile)
    rows = judged(session, filed.odile)
    assert share_rate(rows, filed.lead.id) == pytest.approx(0.75)
    assert set(names_of(session, rows).values()) == {"Menante", "Autre"}
    assert judged(session, filed.odile, since=DAY + timedelta(days=1)) == []


def test_what_was_given_up_before_the_deposit_is_counted_apart(
    filed: Filed, as_actor: AsActor
) -> None:
    session = as_actor(filed.cora)
    bid = session.get_one(Bid, filed.bid.id)
    bid.stage, bid.lot_bids[0].state, bid.lot_bids[1].state = (
        Stage.WITHDRAWN, S.CONFIRMED, S.CONSIDERED,
    )  # fmt: skip
    assert withdrawn(as_actor(filed.odile), filed.odile) == 1
    assert withdrawn(as_actor(filed.rosa), filed.rosa) == 0
