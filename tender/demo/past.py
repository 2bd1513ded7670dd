"""What the cluster won and lost before: 150 decided lots, from calls typed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from tender.bids.models import Bid, BidPass, ConsultationRules, LotBid
from tender.bids.rules import LotBidState, PassKind, Stage
from tender.claims.models import LotClaim
from tender.claims.rules import ClaimRole, ClaimState
from tender.companies.directory import all_companies
from tender.companies.models import Company
from tender.core.actor import Actor
from tender.core.transaction import set_context, transaction
from tender.demo.cast import COORDINATOR, actor_named
from tender.history.service import record
from tender.notices.models import Lot, Tender
from tender.outcomes.models import Outcome

S = LotBidState
DECIDED = 150
FILED_AFTER = 365
BUYERS = (
    ("Ville de Brumeval", "city", "FRE11"),
    ("Département de la Haute-Brume", "department", "FRE12"),
    ("Région des Deux-Versants", "region", "FRE11"),
    ("Université de Sainte-Orme", "university", "FRE11"),
    ("Centre hospitalier de Roquebelle", "hospital", "FRE12"),
    ("Office d’habitat des Trois-Rives", "housing", "FRE22"),
    ("Communauté de communes du Pays d’Aulne", "epci", "FRE21"),
    ("Musée des Terres-Claires", "museum", "FRE11"),
)
SUBJECTS = (
    ("Formation des agents", "80500000"), ("Campagne de communication", "79340000"),
    ("Accompagnement au changement", "79410000"), ("Organisation d’événements", "79950000"),
    ("Expertise comptable", "79210000"), ("Nettoyage des locaux", "90910000"),
    ("Restauration collective", "55520000"), ("Traduction et interprétation", "79530000"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Past:
    """One bid of the past: what it was about, when it was decided, how each lot ended."""

    number: int
    days_ago: int
    results: tuple[LotBidState, ...]


def pasts(random: Random) -> Iterator[Past]:
    """Draw bids until the wanted number of lots is decided; some lots stay apart."""
    decided, number = 0, 0
    while decided < DECIDED:
        number += 1
        size = min(random.randint(2, 6), DECIDED - decided)
        results = [_result(random) for _ in range(size)]
        decided += size
        if number % 6 == 0:
            results.append(S.NO_AWARD)
        yield Past(number, random.randint(10, 700), tuple(results))


def _result(random: Random) -> LotBidState:
    drawn = random.random()
    for limit, result in ((0.36, S.AWARDED), (0.94, S.REJECTED), (0.98, S.IRREGULAR)):
        if drawn < limit:
            return result
    return S.LATE


def tell(*, now: datetime, seed: int = 2026) -> int:
    """Write the past down; give the number of decided lots."""
    random = Random(seed)  # noqa: S311 - a believable past, the same every time
    decided = 0
    for past in pasts(random):
        actor = actor_named(COORDINATOR)
        with transaction(actor) as session:
            _write(session, actor, past, random, now=now)
        decided += sum(1 for r in past.results if r is not S.NO_AWARD)
    return decided


def _write(session: Session, actor: Actor, past: Past, random: Random, *, now: datetime) -> None:
    when = now - timedelta(days=past.days_ago)
    companies = random.sample(list(all_companies(session)), random.randint(2, 4))
    tender = _tender(session, past, random, when)
    bid = _bid(session, actor, tender, companies[0], past, when)
    for lot, result in zip(tender.lots, past.results, strict=True):
        lot_bid = LotBid(bid_id=bid.id, lot_id=lot.id, position=lot.position, state=result)
        session.add(lot_bid)
        session.flush()
        _claims(session, lot_bid, companies, random, when)
        session.add(
            Outcome(
                bid_id=bid.id, lot_bid_id=lot_bid.id, result=result, decided_on=when.date(),
                our_amount=_offer(lot, random), recorded_at=when, recorded_by=actor.name,
                offers_received=random.randint(2, 9), our_rank=_rank(result, random),
            )
        )  # fmt: skip
    record(session, actor, "outcomes.recorded", now=when, object_id=bid.id, bid_id=bid.id)


def _tender(session: Session, past: Past, random: Random, when: datetime) -> Tender:
    buyer, kind, nuts = random.choice(BUYERS)
    subject, cpv = random.choice(SUBJECTS)
    tender = Tender(
        title=f"{subject}, {when.year}", buyer=buyer, buyer_type=kind, cpv=cpv, nuts=nuts,
        published_on=(when - timedelta(days=120)).date(), deadline_at=when - timedelta(days=75),
        added_at=when - timedelta(days=118),
    )  # fmt: skip
    session.add(tender)
    session.flush()
    for position in range(1, len(past.results) + 1):
        value = Decimal(random.randrange(18, 480)) * 1000
        session.add(
            Lot(
                tender_id=tender.id, position=position, native_id=f"P{past.number}-{position}",
                number=str(position), title=f"{subject}, secteur {position}", cpv=cpv, nuts=[nuts],
                estimated_value=value, deadline_kind="tenders", deadline_at=tender.deadline_at,
            )
        )  # fmt: skip
    session.flush()
    session.refresh(tender)
    return tender


def _bid(
    session: Session, actor: Actor, tender: Tender, lead: Company, past: Past, when: datetime
) -> Bid:
    if actor.person_id is None:
        raise TypeError("only a person coordinates a bid")
    bid = Bid(
        ref=f"PAS-{when.year}-{past.number:03d}", tender_id=tender.id, lead_company_id=lead.id,
        coordinator_id=actor.person_id, opened_at=when - timedelta(days=110),
        stage=Stage.CLOSED if past.days_ago > FILED_AFTER else Stage.DECIDED,
        decided_at=when - timedelta(days=108),
        decision_reason="Dans le cœur de métier du groupement.",
    )  # fmt: skip
    set_context(session, replace(actor, coordinates=actor.coordinates | {bid.id}))
    session.add(bid)
    session.flush()
    session.add(
        BidPass(bid_id=bid.id, person_id=actor.person_id, kind=PassKind.COORDINATOR, given_at=when)
    )
    session.add(ConsultationRules(bid_id=bid.id, several_candidatures_forbidden=False))
    return bid


def _claims(
    session: Session, lot_bid: LotBid, companies: list[Company], random: Random, when: datetime
) -> None:
    engaged = companies[: random.randint(1, len(companies))]
    rest = (100 - 40) // max(1, len(engaged) - 1) if len(engaged) > 1 else 0
    shares = [100 - rest * (len(engaged) - 1)] + [rest] * (len(engaged) - 1)
    for place, (company, share) in enumerate(zip(engaged, shares, strict=True)):
        session.add(
            LotClaim(
                bid_id=lot_bid.bid_id, lot_bid_id=lot_bid.id, company_id=company.id,
                role=ClaimRole.LEAD if place == 0 else ClaimRole.CO_CONTRACTOR,
                share=Decimal(share), claimed_at=when, claimed_by="reprise des archives",
                state=ClaimState.CONFIRMED,
            )
        )  # fmt: skip
    for company in engaged:
        _let_in(session, lot_bid.bid_id, company.id, when)


def _let_in(session: Session, bid_id: UUID, company_id: UUID, when: datetime) -> None:
    there = session.query(BidPass).filter_by(bid_id=bid_id, company_id=company_id).first()
    if there is None:
        session.add(
            BidPass(bid_id=bid_id, company_id=company_id, kind=PassKind.MEMBER, given_at=when)
        )
        session.flush()


def _offer(lot: Lot, random: Random) -> Decimal:
    base = lot.estimated_value or Decimal(0)
    return (base * Decimal(random.randrange(82, 104)) / 100).quantize(Decimal("0.01"))


def _rank(result: LotBidState, random: Random) -> int | None:
    if result is S.AWARDED:
        return 1
    return random.randint(2, 5) if result is S.REJECTED else None
