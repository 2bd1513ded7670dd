"""Forty processes ask for one lead seat at one instant: one has it, the others are told who."""

import multiprocessing
from decimal import Decimal
from multiprocessing.synchronize import Barrier

from sqlalchemy import URL, Engine, NullPool, create_engine, func, select
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.claims import service
from tender.claims.judging import Wish
from tender.claims.models import LotClaim
from tender.claims.rules import ClaimRole
from tender.core.actor import Actor, ClusterSeat, system
from tender.core.errors import Conflict
from tender.core.transaction import set_context
from tests.factories import NOW, actor_for, make_bid, make_company, make_person

RIVALS = 40


def _claim(url: URL, rival: Actor, bid_id: object, start: Barrier) -> str:
    engine = create_engine(url, poolclass=NullPool)
    (company_id,) = rival.companies
    with Session(engine) as session, session.begin():
        set_context(session, rival)
        bid = session.get_one(Bid, bid_id)
        lot_bid = bid.lot_bids[0]
        wish = Wish(company_id, ClaimRole.LEAD, share=Decimal(50))
        start.wait()
        try:
            service.claim_lot(session, rival, bid, lot_bid, wish, now=NOW)
        except Conflict as refusal:
            return str(refusal)
    return "won"


def _run(answers, *args) -> None:
    try:
        answers.put(_claim(*args))
    except Exception as error:
        answers.put(f"broken: {error!r}")
        raise


def test_one_of_forty_processes_gets_the_lead_seat(clone: Engine) -> None:
    with Session(clone, expire_on_commit=False) as session, session.begin():
        set_context(session, system("operator"))
        companies = [make_company(session, f"Rivale {i}") for i in range(RIVALS)]
        rivals = [actor_for(make_person(session, company=c), c) for c in companies]
        coordinator = make_person(session, seats=(ClusterSeat.COORDINATOR,))
        bid = make_bid(session, coordinator, invited=tuple(companies))
    clone.dispose()
    forked = multiprocessing.get_context("fork")
    answers, start = forked.SimpleQueue(), forked.Barrier(RIVALS)
    runners = [
        forked.Process(target=_run, args=(answers, clone.url, rival, bid.id, start))
        for rival in rivals
    ]
    for runner in runners:
        runner.start()
    told = [answers.get() for _ in runners]
    for runner in runners:
        runner.join()
    assert told.count("won") == 1
    assert sum("est déjà mandataire de ce lot" in answer for answer in told) == RIVALS - 1
    with Session(clone) as session:
        set_context(session, actor_for(coordinator, coordinates=(bid,)))
        assert session.scalar(select(func.count()).select_from(LotClaim)) == 1
