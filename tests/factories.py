"""Plain functions that make rows. All names are invented; SIRET numbers pass the Luhn check."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from types import MappingProxyType

from sqlalchemy import text
from sqlalchemy.orm import Session

from tender.bids.models import Bid, BidPass, ConsultationRules, LotBid
from tender.bids.rules import PassKind, Stage
from tender.claims.models import LotClaim
from tender.claims.rules import ClaimRole, ClaimState
from tender.companies.models import ClusterSeatHeld, Company, IntegrationTier, Person, Seat
from tender.core.actor import Actor, ClusterSeat, CompanyRole, system
from tender.core.transaction import CONTEXT, set_context
from tender.notices.models import Lot, Tender

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SERIAL = count(1)


def luhn(digits: str) -> str:
    """Give the check digit that completes a SIREN or SIRET."""
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def make_siret(n: int) -> str:
    """Give the n-th valid SIRET."""
    siren = f"91{n:06d}"
    siren += luhn(siren)
    return siren + "0001" + luhn(siren + "0001")


def make_company(
    session: Session, name: str = "Nette Rive", *, tier: IntegrationTier = IntegrationTier.NETWORK
) -> Company:
    """A member company."""
    n = next(SERIAL)
    company = Company(
        slug=f"{name.lower().replace(' ', '-')}-{n}", trade_name=name, legal_name=f"{name} SCOP",
        legal_form="SCOP", siret=make_siret(n), tier=tier, city="Lille", nuts="FRE11", headcount=25,
        cpv_prefixes=["80"], statuses=["ess"],
    )  # fmt: skip
    session.add(company)
    session.flush()
    return company


def make_person(
    session: Session,
    name: str = "Salomé Ridel",
    *,
    company: Company | None = None,
    role: CompanyRole = CompanyRole.REPRESENTATIVE,
    seats: tuple[ClusterSeat, ...] = (),
) -> Person:
    """Somebody, with their seats."""
    person = Person(email=f"p{next(SERIAL)}@exemple.fr", name=name)
    session.add(person)
    session.flush()
    if company is not None:
        session.add(Seat(person_id=person.id, company_id=company.id, role=role))
    session.add_all(ClusterSeatHeld(person_id=person.id, seat=seat) for seat in seats)
    session.flush()
    return person


def actor_for(
    person: Person,
    *companies: Company,
    role: CompanyRole = CompanyRole.REPRESENTATIVE,
    seats: tuple[ClusterSeat, ...] = (),
    coordinates: tuple[Bid, ...] = (),
) -> Actor:
    """The same somebody as the one who asks."""
    return Actor(
        name=person.name, person_id=person.id, seats=frozenset(seats),
        companies=MappingProxyType({company.id: role for company in companies}),
        coordinates=frozenset(bid.id for bid in coordinates),
    )  # fmt: skip


@contextmanager
def operating(session: Session) -> Iterator[None]:
    """Let the operator prepare something in the session of whoever asks."""
    names = ("person", "companies", "seats", "scope", "coordinates", "bid")
    asked = ", ".join(f"coalesce(current_setting('app.{name}', true), '') {name}" for name in names)
    before = session.execute(text(f"select {asked}")).mappings().one()
    set_context(session, system("operator"))
    yield
    session.flush()
    session.execute(CONTEXT, dict(before))


def make_tender(
    session: Session,
    *,
    lots: int = 2,
    closes_in: timedelta = timedelta(days=21),
    now: datetime = NOW,
) -> Tender:
    """A call with its lots, all due at one instant."""
    tender = Tender(
        title="Formation et communication", buyer="Communauté du Val d’Ombelle", nuts="FRE11",
        cpv="80500000", published_on=date(2026, 11, 10), deadline_at=now + closes_in, added_at=now,
    )  # fmt: skip
    with operating(session):
        session.add(tender)
        session.flush()
        for i in range(1, lots + 1):
            session.add(
                Lot(
                    tender_id=tender.id, position=i, native_id=f"LOT-{i:04d}", number=str(i),
                    title=f"Lot numéro {i}", estimated_value=Decimal(100_000),
                    deadline_kind="tenders", deadline_at=now + closes_in,
                )
            )  # fmt: skip
    session.refresh(tender)
    return tender


def make_bid(
    session: Session,
    coordinator: Person,
    *,
    lead: Company | None = None,
    members: tuple[Company, ...] = (),
    invited: tuple[Company, ...] = (),
    tender: Tender | None = None,
    stage: Stage = Stage.FORMING,
) -> Bid:
    """An open bid on every lot of its tender. Leaves the session to the bid's coordinator."""
    tender = tender or make_tender(session)
    bid = Bid(
        ref=f"VAL-2026-{next(SERIAL):03d}", tender_id=tender.id, coordinator_id=coordinator.id,
        opened_at=NOW, stage=stage, lead_company_id=lead.id if lead else None,
    )  # fmt: skip
    asker = actor_for(coordinator, seats=(ClusterSeat.COORDINATOR,), coordinates=(bid,))
    set_context(session, asker)
    session.add(bid)
    session.flush()
    for lot in tender.lots:
        session.add(LotBid(bid_id=bid.id, lot_id=lot.id, position=lot.position))
    session.add(
        BidPass(bid_id=bid.id, person_id=coordinator.id, kind=PassKind.COORDINATOR, given_at=NOW)
    )
    for kind, companies in ((PassKind.MEMBER, members), (PassKind.INVITED, invited)):
        for company in companies:
            session.add(BidPass(bid_id=bid.id, company_id=company.id, kind=kind, given_at=NOW))
    session.add(ConsultationRules(bid_id=bid.id))
    session.flush()
    session.refresh(bid)
    return bid


def make_claim(
    session: Session,
    lot_bid: LotBid,
    company: Company,
    *,
    role: ClaimRole = ClaimRole.CO_CONTRACTOR,
    share: int = 50,
    state: ClaimState = ClaimState.CONFIRMED,
) -> LotClaim:
    """A position on a lot."""
    claim = LotClaim(
        bid_id=lot_bid.bid_id, lot_bid_id=lot_bid.id, company_id=company.id, role=role,
        share=Decimal(share), claimed_at=NOW, claimed_by="test", state=state,
    )  # fmt: skip
    session.add(claim)
    session.flush()
    return claim
